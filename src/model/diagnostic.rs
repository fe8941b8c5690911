//! What was wrong with an input record.

use schemars::JsonSchema;
use serde::Serialize;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing was lost.
    Note,
    /// Something was mended or set aside.
    Warning,
    /// The record could not be used.
    Error,
}

/// One irregularity of the input, with a fixed code that scripts can count on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Fixed code (`ris.flat`, `jsonl.syntax`, …).
    pub code: String,
    /// One sentence for a person.
    pub message: String,
    /// Line of the input, from 1.
    pub line: u64,
}

impl Diagnostic {
    /// A diagnostic of the given severity.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>, line: u64) -> Self {
        Self { severity, code: code.to_owned(), message: message.into(), line }
    }
}
