//! Rule files as they are typed: one serde type for each table, nothing checked yet but keys and types.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::kind::Kind;
use crate::model::{Basis, DesignKind, Measure, Role, Section};

/// A rule file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RuleFile {
    pub words: Vec<WordsTable>,
    pub section: Vec<SectionTable>,
    pub outcome: Vec<OutcomeTable>,
    pub term: Vec<TermTable>,
    pub mention: Vec<MentionTable>,
    pub finding: Vec<FindingTable>,
    pub bind: Vec<BindTable>,
    pub group: Vec<GroupTable>,
    pub context: Vec<ContextTable>,
    pub design: Vec<DesignTable>,
    pub registry: Vec<RegistryTable>,
    pub measure: Vec<MeasureTable>,
    pub vocabulary: Vec<VocabularyTable>,
}

/// Plain words that a binding module looks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VocabularyTable {
    pub id: Vocabulary,
    pub words: Vec<String>,
}

/// A word list: pattern fragments that rules use as `{id}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordsTable {
    pub id: Spanned<String>,
    pub any: Vec<Spanned<String>>,
}

/// Words that label a section of a structured abstract.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionTable {
    /// The section; none where nothing under the label is a finding.
    #[serde(default)]
    pub section: Option<Section>,
    pub labels: Vec<String>,
}

macro_rules! table {
    ($(#[$doc:meta])* $name:ident { $($(#[$attr:meta])* $field:ident : $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            pub id: Spanned<String>,
            pub title: String,
            $($(#[$attr])* pub $field: $type,)*
            #[serde(default)]
            pub finds: BTreeMap<String, Vec<String>>,
            #[serde(default)]
            pub ignores: Vec<String>,
            #[serde(default)]
            pub replaces: bool,
        }
    };
}

table! {
    /// An outcome and its words.
    OutcomeTable {
        domain: Domain,
        #[serde(default)]
        early: Option<Early>,
        words: Vec<Spanned<String>>,
    }
}

table! {
    /// Literal words that are a mention by themselves: people, ratios.
    TermTable {
        kind: Kind,
        words: Vec<Spanned<String>>,
        #[serde(default)]
        set: BTreeMap<String, String>,
    }
}

table! {
    /// A mention: what stands in the text, before anything is bound.
    MentionTable {
        kind: Kind,
        layer: u8,
        pattern: Spanned<String>,
        #[serde(default)]
        within: Option<u16>,
        #[serde(default)]
        set: BTreeMap<String, String>,
    }
}

table! {
    /// A bundle: a reported number with what stands in its brackets.
    FindingTable {
        layer: u8,
        pattern: Spanned<String>,
        #[serde(default)]
        within: Option<u16>,
        #[serde(default)]
        measure: Option<Measure>,
    }
}

table! {
    /// A gap rule: what may stand between a number and the thing it is bound to.
    BindTable {
        binds: Binds,
        side: Side,
        gap: Spanned<String>,
        #[serde(default)]
        within: Option<u16>,
        rank: u16,
    }
}

table! {
    /// A construction that names or sizes a group.
    GroupTable {
        kind: GroupRuleKind,
        #[serde(default)]
        layer: u8,
        pattern: Spanned<String>,
        #[serde(default)]
        within: Option<u16>,
        #[serde(default)]
        basis: Option<Basis>,
        #[serde(default)]
        role: Option<Role>,
    }
}

table! {
    /// Words that decide what the numbers around them are.
    ContextTable {
        effect: Effect,
        pattern: Spanned<String>,
        #[serde(default)]
        within: Option<u16>,
    }
}

table! {
    /// Ids of a trial registry; the pattern looks at the text itself, capitals and digits as they stand.
    RegistryTable {
        pattern: Spanned<String>,
        #[serde(default)]
        within: Option<u16>,
    }
}

table! {
    /// Words before a number that tell what it measures.
    MeasureTable {
        measure: Measure,
        pattern: Spanned<String>,
        #[serde(default)]
        within: Option<u16>,
    }
}

table! {
    /// Words that tell how the study was done.
    DesignTable {
        kind: DesignKind,
        pattern: Spanned<String>,
        #[serde(default)]
        within: Option<u16>,
    }
}

/// What an outcome is called when it is reported at an early time point.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Early {
    /// Id of that outcome.
    pub outcome: String,
    /// The last day that is early.
    pub days: f64,
}

/// The part of medicine that an outcome belongs to: decides what a percentage of it measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// Response to treatment: percentages are proportions.
    Response,
    /// Times to something: the number is a length of time.
    TimeToEvent,
    /// Survival: percentages are survival probabilities.
    Survival,
    /// Failures, relapse, death: proportions, or cumulative incidences where the words say so.
    Failure,
    /// Transplantation.
    Transplant,
    /// Toxicity.
    Toxicity,
    /// Conduct of the study.
    Conduct,
    /// Reported by the patient, on a scale.
    Patient,
    /// None of these.
    Other,
}

/// The lists of plain words that binding modules look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vocabulary {
    /// Words that say nothing about which arm is meant.
    ArmFiller,
    /// Words that, as the only words before "group", name no arm of the study.
    NoArm,
    /// Words that no name of an arm holds.
    NotInArm,
    /// Words before which the name of an arm ends.
    AfterName,
    /// Words behind which the name of an arm begins.
    BeforeName,
    /// Beginnings of words in sentences that give people to arms.
    Allocating,
    /// Beginnings of words in sentences that count people for counting's sake.
    Counting,
    /// Words by which what is counted are no people: centres, trials, years.
    NotPeople,
    /// Words between a failure and its cause.
    Cause,
    /// Words that begin no name of an outcome.
    NotOutcome,
    /// What stands before an outcome that only says which people or when: "who had", "during".
    Aside,
    /// What an outcome follows that a whole sentence of prognostic factors is about: "associated with", "predictor of".
    Governing,
    /// Words by which groups are compared.
    Comparative,
    /// Words that say how a value was measured.
    MeasureWord,
    /// Words for how many of the people there were.
    Counted,
    /// First words of a circumstance that opens a clause.
    Opening,
    /// Words that tell what became of the subject of a clause.
    Predicate,
    /// Words for what became of people before anything was measured.
    Disposition,
    /// Words for groups and analyses, which are no outcomes.
    Whom,
    /// Verbs whose object is what was changed.
    Changing,
    /// Words for more or less of something.
    Degree,
    /// Words by which a clause goes on about the outcome before: "falling to", "compared with", "in those".
    Continuing,
    /// What stands before a noun phrase that only says where or in whom: "treated with", "in".
    Circumstance,
    /// Words by which an arm is surely the control.
    Control,
    /// Words by which an arm is the control if no other is surely one.
    LikelyControl,
    /// Words by which the arm under study is named.
    Intervention,
}

/// What a gap rule binds to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binds {
    /// The number before it in one list ("31 % and 57 %").
    Number,
    /// An outcome.
    Outcome,
    /// An arm.
    Group,
    /// A time point.
    Time,
    /// A grade.
    Grade,
}

/// On which side of the number the bound thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Before the number.
    Before,
    /// After it.
    After,
}

/// What a group rule tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupRuleKind {
    /// The whole study's size.
    All,
    /// An arm, with its size or without.
    Arm,
    /// Two arms that are compared ("A versus B", "A or placebo").
    Pair,
    /// Words behind which the arms are listed ("were randomised to …").
    Allocation,
    /// Words with an arm on either side ("… versus …").
    Comparison,
    /// The size of an arm that is known by now.
    Size,
    /// A part of the people, with its size, that the sentence is about ("Of the 59 evaluable patients, …").
    Scope,
    /// A part of the people, with its size, that is only counted.
    Subgroup,
}

/// What words of context do to the numbers of their sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// They are no findings, unless they stand in the results.
    Suppress,
    /// They are no findings wherever they stand: what was planned.
    Plan,
    /// They are characteristics at entry.
    Baseline,
    /// They state earlier ones again.
    Conclusion,
    /// They limit what can be recomputed from this sentence.
    Cue,
    /// They limit what can be recomputed from the whole abstract.
    CueEverywhere,
}
