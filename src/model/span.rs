//! Where a piece of evidence stands.

use schemars::JsonSchema;
use serde::Serialize;

/// The part of a reference that a span points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The title.
    Title,
    /// The abstract.
    Abstract,
}

/// A half-open range of Unicode code points of a field, as printed in the record's `reference`:
/// `text[start:end]` is always the literal evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct Span {
    /// The field pointed into.
    pub field: Field,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl Span {
    /// The smallest span that covers both; they must lie in the same field.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        debug_assert_eq!(self.field, other.field, "evidence of one thing lies in one field");
        Self { field: self.field, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
