//! A reference → its record: text, mentions, groups and findings, checks.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::bind::{self, Bound};
use crate::check;
use crate::model::{Diagnostic, Field, FindingId, Record, Reference, SCHEMA, Section, Severity, Span};
use crate::review::{self, Decisions};
use crate::rules::{RuleErrors, RuleId, RulePack};
use crate::text::Text;

/// Bytes of an abstract that are read for findings. What binds one number to another may look at all of them, so that
/// the work on an abstract could grow with the square of its length.
pub const LONGEST_ABSTRACT: usize = 64 << 10;

/// The same of a title.
const LONGEST_TITLE: usize = 4 << 10;

/// Makes records of references by a rule pack. One extractor serves any number of threads.
#[derive(Debug)]
pub struct Extractor {
    pack: RulePack,
    explain_checks: bool,
}

/// A record with what led to it, for rule authors.
#[derive(Debug)]
pub struct Explanation {
    /// The record.
    pub record: Record,
    /// The sentences of the abstract.
    pub sentences: Vec<ExplainedSentence>,
    /// For each group of the record, the id of the rule that made it.
    pub group_rules: Vec<String>,
    /// The rule that told the design.
    pub design_rule: Option<String>,
}

/// A sentence with its mentions and findings.
#[derive(Debug)]
pub struct ExplainedSentence {
    /// Where it stands.
    pub at: Span,
    /// Its section.
    pub section: Option<Section>,
    /// The sentence as the rules saw it last: one capital for each mention that stands by itself.
    pub masked: String,
    /// Its mentions, outermost first where one lies in another.
    pub mentions: Vec<ExplainedMention>,
    /// Its findings.
    pub findings: Vec<FindingTrace>,
    /// Ids of the context rules that spoke.
    pub contexts: Vec<String>,
}

/// A mention as a person sees it.
#[derive(Debug)]
pub struct ExplainedMention {
    /// Kind of mention.
    pub kind: String,
    /// Id of the rule that made it; empty for bare numbers.
    pub rule: String,
    /// Where it stands.
    pub at: Span,
}

/// A finding and the rules that had a part in it.
#[derive(Debug)]
pub struct FindingTrace {
    /// The finding.
    pub finding: FindingId,
    /// Ids of the rules.
    pub rules: Vec<String>,
}

impl Extractor {
    /// An extractor with the built-in rules.
    ///
    /// # Errors
    /// Never with the rules as released; the rules are checked like any others.
    pub fn built_in() -> Result<Self, RuleErrors> {
        RulePack::built_in().map(Self::with_pack)
    }

    /// An extractor with the rules of `folder` layered over the built-in ones.
    ///
    /// # Errors
    /// Everything that is wrong with the rules, with file and line.
    pub fn with_rules(folder: &Path) -> Result<Self, RuleErrors> {
        RulePack::layered(folder).map(Self::with_pack)
    }

    /// An extractor with a rule pack.
    pub fn with_pack(pack: RulePack) -> Self {
        Self { pack, explain_checks: false }
    }

    /// With `explain`, records say of each check that could not be done why not.
    #[must_use]
    pub fn explaining_checks(self, explain: bool) -> Self {
        Self { explain_checks: explain, ..self }
    }

    /// The rule pack in force.
    pub fn pack(&self) -> &RulePack {
        &self.pack
    }

    /// The record of a reference.
    pub fn extract(&self, reference: &Reference) -> Record {
        self.read(reference, |_, _| ()).0
    }

    /// Does reviewers' decisions on a record to it, and makes its checks again where they changed it.
    pub fn review(&self, record: &mut Record, decisions: &Decisions) -> review::Outcome {
        let outcome = decisions.apply(record, &self.pack);
        if outcome.changed {
            record.checks = check::check(record, self.pack.thresholds(), self.explain_checks);
        }
        outcome
    }

    /// The record of a reference with what led to it.
    pub fn explain(&self, reference: &Reference) -> Explanation {
        let (record, seen) = self.read(reference, |text, bound| {
            let groups: Vec<String> = bound.group_rules.iter().map(|rule| self.name(*rule)).collect();
            (self.sentences(text, bound), groups, bound.design_rule.map(|rule| self.name(rule)))
        });
        let (sentences, group_rules, design_rule) = seen.unwrap_or_default();
        Explanation { record, sentences, group_rules, design_rule }
    }

    /// Reads a reference; `look` sees what binding made of its abstract.
    fn read<T>(&self, reference: &Reference, look: impl FnOnce(&Text<'_>, &Bound<'_>) -> T) -> (Record, Option<T>) {
        let mut record = self.empty(reference);
        let Some(original) = reference.bibliography.abstract_text.as_deref().filter(|a| !a.trim().is_empty()) else {
            return (record, None);
        };
        let read = head(original, LONGEST_ABSTRACT);
        if read.len() < original.len() {
            let message = format!("only the first {LONGEST_ABSTRACT} bytes of the abstract were read for findings");
            let line = reference.source.line;
            record.diagnostics.push(Diagnostic::new(Severity::Warning, "abstract.too_long", message, line));
        }
        let text = Text::new(Field::Abstract, read, self.pack.sections());
        let title = reference.bibliography.title.as_deref().map(|title| head(title, LONGEST_TITLE));
        let title = title.map(|title| Text::new(Field::Title, title, self.pack.sections()));
        let mut bound = bind::bind(&self.pack, title.as_ref(), &text);
        let seen = look(&text, &bound);
        record.design = std::mem::take(&mut bound.design);
        record.groups = std::mem::take(&mut bound.groups);
        record.findings = std::mem::take(&mut bound.findings);
        record.cues = std::mem::take(&mut bound.cues);
        record.checks = check::check(&record, self.pack.thresholds(), self.explain_checks);
        (record, Some(seen))
    }

    /// A record that says only what the reference says.
    fn empty(&self, reference: &Reference) -> Record {
        Record {
            schema: SCHEMA,
            id: reference.id.clone().unwrap_or_else(|| derived_id(reference)),
            source: reference.source.clone(),
            rules: self.pack.in_force().clone(),
            reference: reference.bibliography.clone(),
            content_hash: content_hash(reference),
            duplicate_of: None,
            same_trial_as: None,
            design: crate::model::Design::default(),
            groups: Vec::new(),
            findings: Vec::new(),
            checks: Vec::new(),
            diagnostics: reference.diagnostics.clone(),
            error: None,
            cues: Vec::new(),
        }
    }

    fn name(&self, rule: RuleId) -> String {
        self.pack.rule(rule).id.clone()
    }

    fn sentences(&self, text: &Text<'_>, bound: &Bound<'_>) -> Vec<ExplainedSentence> {
        let name = |rule| self.name(rule);
        bound
            .sentences
            .iter()
            .zip(text.sentences())
            .enumerate()
            .map(|(index, (masked, sentence))| ExplainedSentence {
                at: text.span(sentence.start, sentence.end),
                section: sentence.section,
                masked: masked.text().to_owned(),
                mentions: masked
                    .mentions()
                    .iter()
                    .rev()
                    .map(|m| ExplainedMention {
                        kind: m.kind.name().to_owned(),
                        rule: m.rule.map(name).unwrap_or_default(),
                        at: text.span(m.start, m.end),
                    })
                    .collect(),
                contexts: bound
                    .contexts
                    .iter()
                    .filter(|(k, _)| *k as usize == index)
                    .map(|(_, rule)| name(*rule))
                    .collect(),
                findings: bound
                    .findings
                    .iter()
                    .zip(&bound.traces)
                    .filter(|(f, _)| f.sentence as usize == index)
                    .map(|(f, rules)| FindingTrace { finding: f.id, rules: rules.iter().copied().map(name).collect() })
                    .collect(),
            })
            .collect()
    }
}

/// The first `most` bytes of `text`, less the character that they would cut.
fn head(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// `doi:…` in small letters, `pmid:…`, else path and number of the record.
fn derived_id(reference: &Reference) -> String {
    let said = &reference.bibliography;
    if let Some(doi) = &said.doi {
        return format!("doi:{}", doi.to_ascii_lowercase());
    }
    if let Some(pmid) = &said.pmid {
        return format!("pmid:{pmid}");
    }
    format!("{}#{}", reference.source.path, reference.source.record)
}

/// First 16 hexadecimal digits of the SHA-256 of title and abstract.
fn content_hash(reference: &Reference) -> String {
    let said = &reference.bibliography;
    let mut hasher = Sha256::new();
    hasher.update(said.title.as_deref().unwrap_or_default().as_bytes());
    hasher.update([0]);
    hasher.update(said.abstract_text.as_deref().unwrap_or_default().as_bytes());
    let mut head = [0; 8];
    head.copy_from_slice(&hasher.finalize()[..8]);
    format!("{:016x}", u64::from_be_bytes(head))
}
