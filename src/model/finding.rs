//! What was measured.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{FindingId, GroupId, Op, Quantity, Review, Span, Unit};

/// One reported number with everything that says what it is: outcome, measure, group, time, grade, interval, p.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Finding {
    /// `f1`, `f2`, … in order of appearance.
    pub id: FindingId,
    /// A result, or a characteristic at entry.
    pub kind: FindingKind,
    /// The finding that this one states again (conclusions).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeats: Option<FindingId>,
    /// What was looked at.
    pub outcome: Outcome,
    /// How it was measured.
    pub measure: Measure,
    /// Whether a two-group measure was adjusted, where that is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjusted: Option<bool>,
    /// The analysis set, where that is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
    /// The group it was seen in; none where that is not clear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// The other group of a two-group measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparator: Option<GroupId>,
    /// The number; none where only `events` was reported, or nothing was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Quantity>,
    /// People (or episodes) with the outcome, as reported in this finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<Quantity>,
    /// People looked at, as reported in this finding ("34/43", "34 of 43").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<Quantity>,
    /// Interval around or beside the estimate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// Standard deviation or error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spread: Option<Spread>,
    /// p value; one that compares two groups stands on both their findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p: Option<PValue>,
    /// Time point of the estimate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<TimePoint>,
    /// Grade of a toxicity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Direction told in words, for changes, differences and ratios.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Whether a number was reported at all.
    pub status: Status,
    /// Section of the abstract it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<Section>,
    /// Sentence of the abstract, from 0.
    pub sentence: u32,
    /// Id of the rule that made it.
    pub rule: String,
    /// How the group was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound_by: Option<BoundBy>,
    /// The whole evidence, from first to last part.
    pub at: Span,
    /// What reviewers decided, where decisions were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Box<Review>>,
}

impl Finding {
    /// A result of which nothing is known but what was measured, how and where it stands.
    pub fn new(outcome: Outcome, measure: Measure, at: Span) -> Self {
        Self {
            id: FindingId::of(0),
            kind: FindingKind::Result,
            repeats: None,
            outcome,
            measure,
            adjusted: None,
            analysis: None,
            group: None,
            comparator: None,
            estimate: None,
            events: None,
            total: None,
            interval: None,
            spread: None,
            p: None,
            time: None,
            grade: None,
            direction: None,
            status: Status::Reported,
            section: None,
            sentence: 0,
            rule: String::new(),
            bound_by: None,
            at,
            review: None,
        }
    }
}

/// Result, or characteristic at entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Something the study found out.
    Result,
    /// Characteristic at entry, exposure or disposition.
    Baseline,
}

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Outcome {
    /// Id from `rules/outcomes`; none where the words name no known outcome.
    pub id: Option<String>,
    /// The words.
    pub text: String,
    /// Where they stand; none where the number has no words for its outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Span>,
}

/// How an outcome was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Number of people or episodes.
    Count,
    /// Share of people.
    Proportion,
    /// Survival at a time point.
    SurvivalProbability,
    /// Incidence at a time point, with competing risks or without.
    CumulativeIncidence,
    /// Median.
    Median,
    /// Mean.
    Mean,
    /// Change within one group.
    Change,
    /// Difference between groups.
    Difference,
    /// Hazard ratio.
    HazardRatio,
    /// Odds ratio.
    OddsRatio,
    /// Risk ratio.
    RiskRatio,
    /// Rate ratio.
    RateRatio,
    /// Subdistribution hazard ratio.
    SubdistributionHazardRatio,
    /// Standardised mean difference.
    StandardisedDifference,
    /// Events per person-time.
    Rate,
    /// Correlation or agreement.
    Correlation,
    /// Anything else.
    Other,
}

/// The set of people analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Analysis {
    /// Intention to treat.
    Itt,
    /// Per protocol.
    PerProtocol,
    /// As treated.
    AsTreated,
    /// Safety set.
    Safety,
}

/// An interval beside an estimate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Interval {
    /// What the interval is.
    pub kind: IntervalKind,
    /// Confidence level in percent, where printed or set by the abstract's own convention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<f64>,
    /// Lower limit; none for "not reached".
    pub low: Option<Quantity>,
    /// Upper limit; none for "not reached".
    pub high: Option<Quantity>,
    /// Where it stands.
    pub at: Span,
}

/// What an interval is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntervalKind {
    /// Confidence interval.
    Ci,
    /// Credible interval.
    Credible,
    /// Interquartile range.
    Iqr,
    /// Range.
    Range,
}

/// Spread of a mean.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Spread {
    /// Standard deviation, standard error, or not said.
    pub kind: Option<SpreadKind>,
    /// The value, in the unit of the estimate.
    pub value: f64,
    /// The literal number.
    pub text: String,
    /// Decimals printed.
    pub decimals: u8,
    /// Where the number stands.
    pub at: Span,
}

/// Standard deviation or standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpreadKind {
    /// Standard deviation.
    Sd,
    /// Standard error.
    Se,
}

/// A printed p value.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PValue {
    /// `=`, `<`, `>`, `≤` or `≥`.
    pub op: Op,
    /// The value.
    pub value: f64,
    /// Decimals printed.
    pub decimals: u8,
    /// 1 or 2, where said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sided: Option<u8>,
    /// The test, where named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<String>,
    /// The literal text ("P < .001").
    pub text: String,
    /// Where it stands.
    pub at: Span,
}

/// Time point of an estimate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TimePoint {
    /// The value, in `unit`.
    pub value: f64,
    /// Unit of time.
    pub unit: Unit,
    /// The literal text ("1-year").
    pub text: String,
    /// Where it stands.
    pub at: Span,
}

/// Grade of a toxicity; an open end is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Grade {
    /// Lowest grade; none for "grade ≤2".
    pub min: Option<u8>,
    /// Highest grade; none for "grade ≥3".
    pub max: Option<u8>,
    /// The grading scale, where named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<GradeScale>,
    /// The literal text.
    pub text: String,
    /// Where it stands.
    pub at: Span,
}

/// A grading scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GradeScale {
    /// Common Terminology Criteria for Adverse Events.
    Ctcae,
    /// Lee criteria for cytokine release syndrome.
    Lee,
    /// Consensus of the American Society for Transplantation and Cellular Therapy.
    Astct,
    /// Glucksberg criteria for acute graft-versus-host disease.
    Glucksberg,
    /// Clavien–Dindo classification of surgical complications.
    ClavienDindo,
    /// World Health Organization toxicity scale.
    Who,
}

/// Direction told in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The value rose or is higher.
    Increase,
    /// The value fell or is lower.
    Decrease,
    /// It got better.
    Better,
    /// It got worse.
    Worse,
}

/// Whether a number was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A number was reported.
    Reported,
    /// A median was not reached.
    NotReached,
    /// "No patient …": events 0.
    None,
}

/// Section of a structured abstract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Background, aims, objective.
    Background,
    /// Methods, design, participants.
    Methods,
    /// Results, findings.
    Results,
    /// Conclusions, interpretation.
    Conclusions,
}

/// How the group of a finding was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoundBy {
    /// By the words between the number and the group.
    Construction,
    /// By the clause they share.
    Clause,
    /// By order in two lists.
    List,
    /// By a phrase that scopes what follows, or the study's whole population.
    Scope,
    /// By the n that fits, among groups in scope; proves nothing to a check.
    Arithmetic,
}
