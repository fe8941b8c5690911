//! What reviewers made of a finding.

use schemars::JsonSchema;
use serde::Serialize;

/// The decision on a finding that stands after review; findings that were rejected are not in the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Review {
    /// What was decided.
    pub decision: Decided,
    /// Names of those who decided so, in the order of their files.
    pub reviewers: Vec<String>,
    /// What they noted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What a correction changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// What was decided on a finding that stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// It is right as it was found.
    Accepted,
    /// Some of it was changed; `changes` says what.
    Corrected,
    /// It was not found, and a reviewer added it.
    Added,
}

/// A slot that a reviewer changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// Name of the slot (`estimate`, `outcome`, `group`, `time`, `grade`, …).
    pub slot: String,
    /// What stood there; none where nothing did.
    pub was: Option<String>,
}
