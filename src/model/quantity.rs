//! A number as it was printed.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

use super::Span;

/// A printed number: its value, its literal text and how many decimals were printed, which sets the rounding
/// interval of every check.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Quantity {
    /// The value, in `unit` (79.0 for "79%").
    pub value: f64,
    /// The literal text ("79%", "Forty-three").
    pub text: String,
    /// Decimals printed; 0 for number words.
    pub decimals: u8,
    /// Set where the number is a bound ("<5", "33.9+").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub op: Option<Op>,
    /// What the number counts in; none for plain counts and ratios.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Where it stands.
    pub at: Span,
}

/// How a printed number bounds the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Op {
    /// Equal to.
    #[serde(rename = "=")]
    Equal,
    /// Less than.
    #[serde(rename = "<")]
    Less,
    /// Greater than.
    #[serde(rename = ">")]
    Greater,
    /// At most.
    #[serde(rename = "≤")]
    AtMost,
    /// At least.
    #[serde(rename = "≥")]
    AtLeast,
    /// About.
    #[serde(rename = "~")]
    About,
    /// And still going on (censored): "33.9+".
    #[serde(rename = "+")]
    Censored,
}

/// What a printed number counts in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Out of a hundred.
    Percent,
    /// Out of one ("0.91").
    Fraction,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
    /// Treatment cycles.
    Cycle,
    /// The abstract's own word ("kg", "points").
    Other(String),
}

impl Unit {
    /// The name used in the record.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Percent => "percent",
            Self::Fraction => "fraction",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
            Self::Cycle => "cycle",
            Self::Other(word) => word,
        }
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl JsonSchema for Unit {
    fn schema_name() -> Cow<'static, str> {
        "Unit".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "percent, fraction, day, week, month, year, cycle, else the abstract's own word"
        })
    }
}
