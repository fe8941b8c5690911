//! Typed rule files → the compiled pack, with every error of every file reported at once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use sha2::{Digest, Sha256};
use toml::Spanned;

use super::error::{RuleError, RuleErrorKind, RuleErrors, line_of};
use super::file::{Binds, Effect, RuleFile, Side, Vocabulary};
use super::kind::Kind;
use super::layer::{Draft, GapSet, Layer, LayerRule};
use super::pack::{Gaps, MakesBundle, MakesGroup, MakesMention, OutcomeRule, Rule, RuleId, RulePack, Table};
use super::pattern::{WordLists, expand};
use super::phrases::phrases;
use super::regex::Pattern;
use super::sources::{CHECKS, SourceFile};
use super::terms::Terms;
use super::thresholds::Thresholds;
use super::vocabulary::WordSet;
use crate::model::{DesignKind, Measure, RulesInForce, Section};
use crate::text::SectionLabels;

/// Checks and compiles `files`, in layers: a later rule may replace an earlier one.
pub(super) fn compile(files: &[SourceFile], name: &str) -> Result<RulePack, RuleErrors> {
    let mut compiler = Compiler::default();
    let mut parsed = Vec::new();
    for file in files {
        if file.name.rsplit('/').nth(1) == Some(CHECKS) {
            compiler.limits(file);
            continue;
        }
        match toml::from_str::<RuleFile>(&file.text) {
            Ok(typed) => parsed.push((file, typed)),
            Err(e) => {
                let at = e.span().unwrap_or(0..0);
                compiler.error(file, RuleErrorKind::Syntax(e.message().to_owned()), at);
            }
        }
    }
    for (file, typed) in &parsed {
        compiler.word_lists(file, typed);
    }
    for (file, typed) in &parsed {
        compiler.file(file, typed);
    }
    compiler.finish(RulesInForce {
        name: name.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        hash: hash(files),
    })
}

/// What the ids of context rules begin with that are cues for the checks.
const CUE: &str = "cue.";

/// First 16 hexadecimal digits of the SHA-256 of names and texts.
fn hash(files: &[SourceFile]) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(file.name.as_bytes());
        hasher.update([0]);
        hasher.update(file.text.as_bytes());
        hasher.update([0]);
    }
    let mut head = [0; 8];
    head.copy_from_slice(&hasher.finalize()[..8]);
    format!("{:016x}", u64::from_be_bytes(head))
}

/// A pattern with its placeholders resolved, and how long a match of it may be.
struct Written {
    pattern: Pattern,
    parts: Vec<String>,
    within: Option<u16>,
}

/// A rule on its way into the pack, with what it compiles to.
enum Body {
    Phrases(MakesMention, Vec<String>, Option<OutcomeRule>),
    Mention(u8, MakesMention, Written),
    Finding(u8, MakesBundle, Written),
    Bind(Binds, Side, u16, Written),
    Group(u8, MakesGroup, Written),
    Context(Effect, Written),
    Design(DesignKind, Written),
    Measure(Measure, Written),
    Registry(Written),
}

#[derive(Default)]
struct Compiler {
    errors: Vec<RuleError>,
    lists: WordLists,
    sections: Vec<(String, Option<Section>)>,
    rules: Vec<(Rule, Body)>,
    by_id: BTreeMap<String, usize>,
    vocabulary: BTreeMap<Vocabulary, BTreeSet<String>>,
    limits: toml::Table,
}

/// The columns that every table shares.
struct Common<'t> {
    id: &'t Spanned<String>,
    title: &'t str,
    finds: &'t BTreeMap<String, Vec<String>>,
    ignores: &'t [String],
    replaces: bool,
    table: Table,
}

macro_rules! common {
    ($typed:expr, $table:ident) => {
        Common {
            id: &$typed.id,
            title: &$typed.title,
            finds: &$typed.finds,
            ignores: &$typed.ignores,
            replaces: $typed.replaces,
            table: Table::$table,
        }
    };
}

impl Compiler {
    fn error(&mut self, file: &SourceFile, kind: RuleErrorKind, at: Range<usize>) {
        self.errors.push(RuleError::new(kind, &file.name, &file.text, at));
    }

    fn limits(&mut self, file: &SourceFile) {
        match toml::from_str::<toml::Table>(&file.text) {
            Ok(tables) => self.limits.extend(tables),
            Err(e) => self.error(file, RuleErrorKind::Syntax(e.message().to_owned()), e.span().unwrap_or(0..0)),
        }
    }

    fn word_lists(&mut self, file: &SourceFile, typed: &RuleFile) {
        for list in &typed.words {
            let joined: Vec<&str> = list.any.iter().map(|w| w.get_ref().as_str()).collect();
            if self.lists.insert(list.id.get_ref().clone(), joined.join("|")).is_some() {
                self.error(file, RuleErrorKind::DuplicateId(list.id.get_ref().clone()), list.id.span());
            }
        }
    }

    fn file(&mut self, file: &SourceFile, typed: &RuleFile) {
        for section in &typed.section {
            self.sections.extend(section.labels.iter().map(|l| (l.to_ascii_lowercase(), section.section)));
        }
        for t in &typed.outcome {
            let Some(words) = self.phrases(file, &t.words) else { continue };
            let rule = OutcomeRule { domain: t.domain, early: t.early.clone() };
            let makes = MakesMention { kind: Kind::Outcome, set: BTreeMap::new() };
            self.add(file, &common!(t, Outcome), Body::Phrases(makes, words, Some(rule)));
        }
        for t in &typed.term {
            let Some(words) = self.phrases(file, &t.words) else { continue };
            let makes = MakesMention { kind: t.kind, set: t.set.clone() };
            self.add(file, &common!(t, Term), Body::Phrases(makes, words, None));
        }
        for t in &typed.mention {
            let Some(expanded) = self.expand(file, &t.pattern, t.within) else { continue };
            let makes = MakesMention { kind: t.kind, set: t.set.clone() };
            self.add(file, &common!(t, Mention), Body::Mention(t.layer, makes, expanded));
        }
        for t in &typed.finding {
            let Some(expanded) = self.expand(file, &t.pattern, t.within) else { continue };
            self.add(file, &common!(t, Finding), Body::Finding(t.layer, MakesBundle { measure: t.measure }, expanded));
        }
        for t in &typed.bind {
            let Some(expanded) = self.gap(file, &t.gap, t.within) else { continue };
            self.add(file, &common!(t, Bind), Body::Bind(t.binds, t.side, t.rank, expanded));
        }
        for t in &typed.group {
            let Some(expanded) = self.expand(file, &t.pattern, t.within) else { continue };
            let makes = MakesGroup { kind: t.kind, basis: t.basis, role: t.role };
            self.add(file, &common!(t, Group), Body::Group(t.layer, makes, expanded));
        }
        for t in &typed.context {
            let Some(expanded) = self.expand(file, &t.pattern, t.within) else { continue };
            self.add(file, &common!(t, Context), Body::Context(t.effect, expanded));
        }
        for t in &typed.design {
            let Some(expanded) = self.expand(file, &t.pattern, t.within) else { continue };
            self.add(file, &common!(t, Design), Body::Design(t.kind, expanded));
        }
        for t in &typed.measure {
            let Some(expanded) = self.expand(file, &t.pattern, t.within) else { continue };
            self.add(file, &common!(t, Measure), Body::Measure(t.measure, expanded));
        }
        for t in &typed.registry {
            let Some(expanded) = self.expand(file, &t.pattern, t.within) else { continue };
            self.add(file, &common!(t, Registry), Body::Registry(expanded));
        }
        for t in &typed.vocabulary {
            self.vocabulary.entry(t.id).or_default().extend(t.words.iter().cloned());
        }
    }

    fn phrases(&mut self, file: &SourceFile, words: &[Spanned<String>]) -> Option<Vec<String>> {
        let mut all = Vec::new();
        let mut sound = true;
        for word in words {
            let found = expand(word.get_ref(), &self.lists).and_then(|e| phrases(&e.regex));
            match found {
                Ok(found) => all.extend(found),
                Err(kind) => {
                    sound = false;
                    self.error(file, kind, word.span());
                }
            }
        }
        sound.then_some(all)
    }

    fn expand(&mut self, file: &SourceFile, pattern: &Spanned<String>, within: Option<u16>) -> Option<Written> {
        self.written(file, pattern, within, |regex| regex)
    }

    /// The pattern of a gap, which must match from end to end.
    fn gap(&mut self, file: &SourceFile, pattern: &Spanned<String>, within: Option<u16>) -> Option<Written> {
        self.written(file, pattern, within, |regex| format!("^(?:{regex})$"))
    }

    fn written(
        &mut self,
        file: &SourceFile,
        typed: &Spanned<String>,
        within: Option<u16>,
        anchored: impl Fn(String) -> String,
    ) -> Option<Written> {
        let written = expand(typed.get_ref(), &self.lists).and_then(|expanded| {
            let pattern = Pattern::new(anchored(expanded.regex))?;
            Ok(Written { pattern, parts: expanded.parts, within })
        });
        written.map_err(|kind| self.error(file, kind, typed.span())).ok()
    }

    fn add(&mut self, file: &SourceFile, common: &Common<'_>, body: Body) {
        let id = common.id.get_ref();
        for (missing, which) in [(common.finds.is_empty(), "finds"), (common.ignores.is_empty(), "ignores")] {
            if missing {
                self.error(file, RuleErrorKind::NoExamples(id.clone(), which), common.id.span());
            }
        }
        let rule = Rule {
            id: id.clone(),
            table: common.table,
            title: common.title.to_owned(),
            file: file.name.clone(),
            line: line_of(&file.text, common.id.span().start),
            source: table_around(&file.text, common.id.span().start).to_owned(),
            finds: common.finds.clone(),
            ignores: common.ignores.to_vec(),
        };
        match (self.by_id.get(id).copied(), common.replaces) {
            (Some(place), true) => self.rules[place] = (rule, body),
            (Some(_), false) => self.error(file, RuleErrorKind::DuplicateId(id.clone()), common.id.span()),
            (None, true) => self.error(file, RuleErrorKind::NothingToReplace(id.clone()), common.id.span()),
            (None, false) => {
                self.by_id.insert(id.clone(), self.rules.len());
                self.rules.push((rule, body));
            }
        }
    }

    fn finish(mut self, in_force: RulesInForce) -> Result<RulePack, RuleErrors> {
        let whole = |kind: RuleErrorKind| RuleError::new(kind, "rules", "", 0..0);
        let thresholds: Option<Thresholds> = match std::mem::take(&mut self.limits).try_into() {
            Ok(thresholds) => Some(thresholds),
            Err(e) => {
                self.errors.push(whole(RuleErrorKind::Thresholds(e.message().to_owned())));
                None
            }
        };
        let kinds = thresholds.iter().flat_map(Thresholds::cue_kinds);
        let unknown = kinds.filter(|kind| !self.by_id.contains_key(&format!("{CUE}{kind}")));
        let unknown: BTreeSet<String> = unknown.map(str::to_owned).collect();
        self.errors.extend(unknown.into_iter().map(|kind| whole(RuleErrorKind::UnknownCue(kind))));
        let Some(thresholds) = thresholds.filter(|_| self.errors.is_empty()) else {
            return Err(RuleErrors(self.errors));
        };
        let mut sorted = Sorted::default();
        let mut rules = Vec::with_capacity(self.rules.len());
        for (k, (rule, body)) in self.rules.into_iter().enumerate() {
            rules.push(rule);
            sorted.take(RuleId(k as u16), body);
        }
        let Sorted {
            phrases,
            term_rules,
            outcomes,
            mentions,
            findings,
            mut binds,
            groups,
            contexts,
            cues,
            designs,
            measures,
            registries,
        } = sorted;
        let mut gap = |purpose: (Binds, Side)| {
            let key = purpose_key(purpose);
            GapSet::new(binds.remove(&key).unwrap_or_default())
        };
        let gaps = Gaps {
            number: gap((Binds::Number, Side::Before)),
            outcome_before: gap((Binds::Outcome, Side::Before)),
            outcome_after: gap((Binds::Outcome, Side::After)),
            group_before: gap((Binds::Group, Side::Before)),
            group_after: gap((Binds::Group, Side::After)),
            time_before: gap((Binds::Time, Side::Before)),
            time_after: gap((Binds::Time, Side::After)),
            grade_before: gap((Binds::Grade, Side::Before)),
            grade_after: gap((Binds::Grade, Side::After)),
        };
        Ok(RulePack {
            in_force,
            rules,
            sections: SectionLabels::new(self.sections),
            terms: Terms::new(phrases),
            term_rules,
            outcomes,
            mentions: layers(mentions),
            findings: layers(findings),
            gaps,
            groups: layers(groups),
            contexts: layer(contexts),
            cues: layer(cues),
            designs: layer(designs),
            measures: layer(measures),
            registries: layer(registries),
            thresholds,
            vocabulary: self.vocabulary.into_iter().map(|(list, words)| (list, WordSet::new(words))).collect(),
        })
    }
}

/// The bodies of all rules, by what runs them.
#[derive(Default)]
struct Sorted {
    phrases: Vec<(RuleId, String)>,
    term_rules: BTreeMap<RuleId, MakesMention>,
    outcomes: BTreeMap<RuleId, OutcomeRule>,
    mentions: BTreeMap<u8, Vec<Draft<MakesMention>>>,
    findings: BTreeMap<u8, Vec<Draft<MakesBundle>>>,
    binds: BTreeMap<(u8, u8), Vec<Draft<u16>>>,
    groups: BTreeMap<u8, Vec<Draft<MakesGroup>>>,
    contexts: Vec<Draft<Effect>>,
    cues: Vec<Draft<Effect>>,
    designs: Vec<Draft<DesignKind>>,
    measures: Vec<Draft<Measure>>,
    registries: Vec<Draft<()>>,
}

impl Written {
    fn draft<T>(self, id: RuleId, makes: T) -> Draft<T> {
        Draft { id, makes, pattern: self.pattern, parts: self.parts, within: self.within }
    }
}

impl Sorted {
    fn take(&mut self, id: RuleId, body: Body) {
        match body {
            Body::Phrases(makes, phrases, outcome) => {
                self.term_rules.insert(id, makes);
                self.phrases.extend(phrases.into_iter().map(|p| (id, p)));
                if let Some(outcome) = outcome {
                    self.outcomes.insert(id, outcome);
                }
            }
            Body::Mention(layer, makes, written) => {
                self.mentions.entry(layer).or_default().push(written.draft(id, makes));
            }
            Body::Finding(layer, makes, written) => {
                self.findings.entry(layer).or_default().push(written.draft(id, makes));
            }
            Body::Bind(binds, side, rank, written) => {
                self.binds.entry(purpose_key((binds, side))).or_default().push(written.draft(id, rank));
            }
            Body::Group(layer, makes, written) => {
                self.groups.entry(layer).or_default().push(written.draft(id, makes));
            }
            Body::Context(makes @ (Effect::Cue | Effect::CueEverywhere), written) => {
                self.cues.push(written.draft(id, makes));
            }
            Body::Context(makes, written) => self.contexts.push(written.draft(id, makes)),
            Body::Design(makes, written) => self.designs.push(written.draft(id, makes)),
            Body::Measure(makes, written) => self.measures.push(written.draft(id, makes)),
            Body::Registry(written) => self.registries.push(written.draft(id, ())),
        }
    }
}

fn purpose_key((binds, side): (Binds, Side)) -> (u8, u8) {
    (binds as u8, side as u8)
}

fn layer<T>(drafts: Vec<Draft<T>>) -> Layer<T> {
    Layer::new(drafts.into_iter().map(LayerRule::new).collect())
}

fn layers<T>(drafts: BTreeMap<u8, Vec<Draft<T>>>) -> Vec<(u8, Layer<T>)> {
    drafts.into_iter().map(|(number, drafts)| (number, layer(drafts))).collect()
}

/// The table of `text` that holds byte `at`, from its header to the next header.
fn table_around(text: &str, at: usize) -> &str {
    let start = text[..at].rfind("[[").unwrap_or(0);
    let end = text[at..].find("\n[[").map_or(text.len(), |n| at + n);
    text[start..end].trim_end()
}
