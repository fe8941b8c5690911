//! How the study was done.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Span;

/// Kind of study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DesignKind {
    /// Participants were randomised.
    Randomised,
    /// One treated group, no comparison.
    SingleArm,
    /// Cohort, registry or retrospective series.
    Cohort,
    /// Cases against controls.
    CaseControl,
    /// Narrative or systematic review without pooling.
    Review,
    /// Pooled analysis of several studies.
    MetaAnalysis,
    /// Plan of a study; no results yet.
    Protocol,
    /// Not said.
    #[default]
    Unknown,
}

/// Design of the study and where the abstract says so.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Design {
    /// Kind of study.
    pub kind: DesignKind,
    /// Phase as digits: `1`, `1/2`, `2`, `2b`, `3`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
    /// Trial registry ids, in order of appearance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub registry_ids: Vec<String>,
    /// The words that tell the kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Span>,
}
