//! What was recomputed.

use schemars::JsonSchema;
use serde::Serialize;

use super::{FindingId, GroupId};

/// Id from the check catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct CheckId(pub &'static str);

/// What a check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Some rounding of the reported numbers makes the report true.
    Consistent,
    /// Cannot be reached by any rounding of the reported numbers.
    Inconsistent,
    /// Possible, worth a look.
    Suspicious,
    /// Words or numbers are missing; `why` says which.
    NotCheckable,
}

/// One check of one set of findings or groups.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Check {
    /// Id from the check catalogue.
    pub check: CheckId,
    /// What it came to.
    pub verdict: Verdict,
    /// The findings it looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingId>,
    /// The groups it looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupId>,
    /// The number or interval printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<Reported>,
    /// The one recomputed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Expected>,
    /// Exactly the methods whose result agrees with the printed digits.
    pub methods: Vec<&'static str>,
    /// For `not_checkable`: the words or the missing number that stopped it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The INSPECT-SR item it informs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inspect_sr: Option<InspectSr>,
    /// One sentence that a reviewer can paste into a query to the authors.
    pub message: String,
}

/// A printed number or interval, as text.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Reported {
    /// One printed number.
    Value(String),
    /// Printed limits.
    Interval(String, String),
}

/// A recomputed number with its rounding range, or a recomputed interval.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Expected {
    /// Lowest value that the printed numbers allow, in the unit of the printed one.
    pub low: f64,
    /// Highest value that they allow.
    pub high: f64,
}

/// Item of the INSPECT-SR checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub enum InspectSr {
    /// Participant numbers.
    #[serde(rename = "4.6")]
    ParticipantNumbers,
    /// Impossible values.
    #[serde(rename = "4.8")]
    ImpossibleValues,
    /// Statistical results.
    #[serde(rename = "4.9")]
    StatisticalResults,
}

impl InspectSr {
    /// The number of the item.
    pub fn code(self) -> &'static str {
        match self {
            Self::ParticipantNumbers => "4.6",
            Self::ImpossibleValues => "4.8",
            Self::StatisticalResults => "4.9",
        }
    }
}
