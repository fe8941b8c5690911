//! The compiled rule pack: what the later stages run.

use std::collections::BTreeMap;
use std::path::Path;

use super::compile::compile;
use super::error::RuleErrors;
use super::file::{Domain, Early, Effect, GroupRuleKind, Vocabulary};
use super::kind::Kind;
use super::layer::{GapSet, Layer};
use super::sources::{self, SourceFile};
use super::terms::Terms;
use super::thresholds::Thresholds;
use super::vocabulary::WordSet;
use crate::model::{Basis, DesignKind, Measure, Role, RulesInForce};
use crate::text::SectionLabels;

/// A rule's place in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub(super) u16);

/// The kind of table a rule was typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// `[[outcome]]`
    Outcome,
    /// `[[term]]`
    Term,
    /// `[[mention]]`
    Mention,
    /// `[[finding]]`
    Finding,
    /// `[[bind]]`
    Bind,
    /// `[[group]]`
    Group,
    /// `[[context]]`
    Context,
    /// `[[design]]`
    Design,
    /// `[[measure]]`
    Measure,
    /// `[[registry]]`
    Registry,
}

impl Table {
    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Term => "term",
            Self::Mention => "mention",
            Self::Finding => "finding",
            Self::Bind => "bind",
            Self::Group => "group",
            Self::Context => "context",
            Self::Design => "design",
            Self::Measure => "measure",
            Self::Registry => "registry",
        }
    }
}

/// A rule as a person sees it: where it was typed, what it says, and its examples.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Its table.
    pub table: Table,
    /// What it is for.
    pub title: String,
    /// File it was typed in.
    pub file: String,
    /// Line of its id, from 1.
    pub line: usize,
    /// The table as typed.
    pub source: String,
    /// Result ← phrasings that give it.
    pub finds: BTreeMap<String, Vec<String>>,
    /// Phrasings in which the rule must make nothing.
    pub ignores: Vec<String>,
}

/// What an outcome rule says beyond its words.
#[derive(Debug, Clone)]
pub struct OutcomeRule {
    /// The part of medicine.
    pub domain: Domain,
    /// Its name at an early time point.
    pub early: Option<Early>,
}

/// What a mention rule makes: its kind, and constants that its matches carry.
#[derive(Debug, Clone)]
pub struct MakesMention {
    /// Kind of mention.
    pub kind: Kind,
    /// Constants (`interval = "iqr"`).
    pub set: BTreeMap<String, String>,
}

/// What a finding rule makes.
#[derive(Debug, Clone)]
pub struct MakesBundle {
    /// The measure, where the construction alone tells it.
    pub measure: Option<Measure>,
}

/// What a group rule makes.
#[derive(Debug, Clone)]
pub struct MakesGroup {
    /// What it tells.
    pub kind: GroupRuleKind,
    /// How the n counts.
    pub basis: Option<Basis>,
    /// Role of the arm.
    pub role: Option<Role>,
}

/// The gap rules, by what they bind and on which side of the number it stands.
#[derive(Debug, Clone)]
pub struct Gaps {
    /// Between a number and the one before it in its list.
    pub number: GapSet,
    /// Between an outcome and the number after it.
    pub outcome_before: GapSet,
    /// Between a number and the outcome after it.
    pub outcome_after: GapSet,
    /// Between an arm and the number after it.
    pub group_before: GapSet,
    /// Between a number and the arm after it.
    pub group_after: GapSet,
    /// Between a time point and the number after it.
    pub time_before: GapSet,
    /// Between a number and the time point after it.
    pub time_after: GapSet,
    /// Between a grade and the number after it.
    pub grade_before: GapSet,
    /// Between a number and the grade after it.
    pub grade_after: GapSet,
}

impl Gaps {
    fn all_mut(&mut self) -> [&mut GapSet; 9] {
        [
            &mut self.number,
            &mut self.outcome_before,
            &mut self.outcome_after,
            &mut self.group_before,
            &mut self.group_after,
            &mut self.time_before,
            &mut self.time_after,
            &mut self.grade_before,
            &mut self.grade_after,
        ]
    }
}

/// A checked, compiled rule pack.
#[derive(Debug, Clone)]
pub struct RulePack {
    pub(super) in_force: RulesInForce,
    pub(super) rules: Vec<Rule>,
    pub(super) sections: SectionLabels,
    pub(super) terms: Terms,
    pub(super) term_rules: BTreeMap<RuleId, MakesMention>,
    pub(super) outcomes: BTreeMap<RuleId, OutcomeRule>,
    pub(super) mentions: Vec<(u8, Layer<MakesMention>)>,
    pub(super) findings: Vec<(u8, Layer<MakesBundle>)>,
    pub(super) gaps: Gaps,
    pub(super) groups: Vec<(u8, Layer<MakesGroup>)>,
    pub(super) contexts: Layer<Effect>,
    pub(super) cues: Layer<Effect>,
    pub(super) designs: Layer<DesignKind>,
    pub(super) measures: Layer<Measure>,
    pub(super) registries: Layer<()>,
    pub(super) thresholds: Thresholds,
    pub(super) vocabulary: BTreeMap<Vocabulary, WordSet>,
}

impl RulePack {
    /// The pack built into the program.
    pub fn built_in() -> Result<Self, RuleErrors> {
        compile(&sources::built_in(), "built-in")
    }

    /// The built-in pack with the rules of `folder` layered over it; a user's rule with `replaces = true` takes the
    /// place of the built-in rule of the same id.
    pub fn layered(folder: &Path) -> Result<Self, RuleErrors> {
        let mut files = sources::built_in();
        files.extend(sources::in_folder(folder)?);
        let name = folder.file_name().map_or_else(|| "rules".to_owned(), |n| n.to_string_lossy().into_owned());
        compile(&files, &format!("built-in+{name}"))
    }

    /// The pack of one rule file alone, with the built-in limits of the checks; `name` is for messages.
    pub fn from_text(name: &str, text: &str) -> Result<Self, RuleErrors> {
        let mut files = sources::limits();
        files.push(SourceFile { name: name.to_owned(), text: text.to_owned() });
        compile(&files, name)
    }

    /// The same pack without its shortcuts: every rule looks at every sentence. For the tests of rules.
    #[must_use]
    pub fn without_prefilter(mut self) -> Self {
        self.mentions.iter_mut().for_each(|(_, layer)| layer.set_prefilter(false));
        self.findings.iter_mut().for_each(|(_, layer)| layer.set_prefilter(false));
        self.groups.iter_mut().for_each(|(_, layer)| layer.set_prefilter(false));
        self.contexts.set_prefilter(false);
        self.cues.set_prefilter(false);
        self.designs.set_prefilter(false);
        self.measures.set_prefilter(false);
        self.gaps.all_mut().into_iter().for_each(|gaps| gaps.set_prefilter(false));
        self
    }

    /// Name, version and hash, as every record carries them.
    pub fn in_force(&self) -> &RulesInForce {
        &self.in_force
    }

    /// Every rule, in file order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// A rule by its place.
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.0 as usize]
    }

    /// Labels of sections.
    pub fn sections(&self) -> &SectionLabels {
        &self.sections
    }

    /// Literal phrases.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// What the phrases of a rule make; none for rules that have no phrases.
    pub fn term(&self, id: RuleId) -> Option<&MakesMention> {
        self.term_rules.get(&id)
    }

    /// The outcome rule of an id.
    pub fn outcome_by_id(&self, id: &str) -> Option<RuleId> {
        let named = |rule: &&RuleId| self.rule(**rule).id == id;
        self.outcomes.keys().find(named).copied()
    }

    /// What an outcome rule says beyond its words; none for other rules.
    pub fn outcome(&self, id: RuleId) -> Option<&OutcomeRule> {
        self.outcomes.get(&id)
    }

    /// Layers of mention rules, each with its number, in the order they run.
    pub fn mentions(&self) -> &[(u8, Layer<MakesMention>)] {
        &self.mentions
    }

    /// Layers of finding rules, each with its number, in the order they run.
    pub fn findings(&self) -> &[(u8, Layer<MakesBundle>)] {
        &self.findings
    }

    /// Gap rules.
    pub fn gaps(&self) -> &Gaps {
        &self.gaps
    }

    /// Layers of group rules; each looks at every sentence on its own.
    pub fn groups(&self) -> &[(u8, Layer<MakesGroup>)] {
        &self.groups
    }

    /// Words that limit what can be recomputed.
    pub fn cues(&self) -> &Layer<Effect> {
        &self.cues
    }

    /// Words that decide what the numbers around them are.
    pub fn contexts(&self) -> &Layer<Effect> {
        &self.contexts
    }

    /// Words of study design.
    pub fn designs(&self) -> &Layer<DesignKind> {
        &self.designs
    }

    /// Ids of trial registries, to be looked for in the folded text.
    pub fn registries(&self) -> &Layer<()> {
        &self.registries
    }

    /// Words that tell what a number measures.
    pub fn measures(&self) -> &Layer<Measure> {
        &self.measures
    }

    /// Whether `word` (small letters) is in a list of plain words.
    pub fn is_word(&self, list: Vocabulary, word: &str) -> bool {
        self.vocabulary.get(&list).is_some_and(|words| words.contains(word))
    }

    /// Whether `text` (masked) holds a word of a list, or the beginning of one.
    pub fn has_word(&self, list: Vocabulary, text: &str) -> bool {
        self.vocabulary.get(&list).is_some_and(|words| words.iter().any(|w| text.contains(w)))
    }

    /// Whether `text` (masked) ends with a word of a list.
    pub fn ends_with_word(&self, list: Vocabulary, text: &str) -> bool {
        self.vocabulary.get(&list).is_some_and(|words| words.iter().any(|w| text.ends_with(w)))
    }

    /// What the checks go by.
    pub fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }
}
