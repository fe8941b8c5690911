//! What a run was: which program, rules and inputs, asked for what, and what came of it. No clock is in it, so that the same
//! run gives the same bytes.

use serde::{Deserialize, Serialize};

use crate::model::RulesInForce;

/// Version of the manifest's shape.
pub const SCHEMA: &str = "trialtab-run/1";

/// A run of `trialtab extract`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this shape.
    pub schema: String,
    /// Version of the program.
    pub version: String,
    /// The rules in force.
    pub rules: RulesInForce,
    /// The command line, word by word.
    pub command: Vec<String>,
    /// What was asked for.
    pub options: Choices,
    /// The inputs, in order.
    pub inputs: Vec<Input>,
    /// What came of it.
    pub counts: Counts,
}

/// What was asked for, where it changes what is written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Choices {
    /// Format of the output.
    pub format: String,
    /// Folder of rules layered over the built-in ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<String>,
    /// Whether records were linked to those they repeat.
    pub link: bool,
    /// Whether repeats were left out.
    pub dedupe: bool,
    /// Files of reviewers' decisions that were applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<String>,
    /// Whether checks that could not be made were kept.
    pub explain: bool,
}

/// An input.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Input {
    /// Path as given; `-` for standard input.
    pub path: String,
    /// Format it was read as; "broke off" or "unreadable" where it could not be read to its end.
    pub format: String,
    /// SHA-256 of its bytes as they are on disk; none where they could not all be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Their number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Records seen: used and skipped.
    pub seen: u64,
    /// Records with an abstract.
    pub used: u64,
    /// Records without an abstract.
    pub without_abstract: u64,
    /// Records that could not be used.
    pub skipped: u64,
}

/// What came of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// References that could be used.
    pub references: u64,
    /// Those of them with an abstract.
    pub with_abstract: u64,
    /// Records that could not be used.
    pub skipped: u64,
    /// References that repeat an earlier one, where linking was asked for.
    pub duplicates: u64,
    /// References that report the trial of an earlier one.
    pub companions: u64,
    /// Findings.
    pub findings: u64,
    /// Checks that came to `inconsistent`.
    pub inconsistent: u64,
    /// Checks that came to `suspicious`.
    pub suspicious: u64,
}
