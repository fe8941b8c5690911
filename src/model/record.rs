//! The record of one reference.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Bibliography, Check, Design, Diagnostic, Finding, Group, Source, Span};

/// Version of the record's shape, written in every record.
pub const SCHEMA: &str = "trialtab/1";

/// Everything made of one reference.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Record {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// An id given in JSONL input, verbatim; else `doi:…`, `pmid:…`, `FILE#RECORD`; a second record with the same id gets `#2`.
    pub id: String,
    /// Where it stood in the input.
    pub source: Source,
    /// The rule pack in force.
    pub rules: RulesInForce,
    /// The reference itself.
    pub reference: Bibliography,
    /// Hash of title and abstract: what reviewers' decisions are tied to.
    pub content_hash: String,
    /// Id of the record that reports the same publication, where linking was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<String>,
    /// Id of the first record of the same trial, where linking was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_trial_as: Option<String>,
    /// How the study was done.
    pub design: Design,
    /// Who was counted.
    pub groups: Vec<Group>,
    /// What was measured.
    pub findings: Vec<Finding>,
    /// What was recomputed.
    pub checks: Vec<Check>,
    /// What was wrong with the input record.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// Set only where nothing could be made of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Words that limit what can be recomputed from this abstract; for the checks, not written.
    #[serde(skip)]
    pub cues: Vec<Cue>,
}

/// Which rules made the record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct RulesInForce {
    /// Names of the packs, layered in this order (`built-in`, or `built-in+NAME`).
    pub name: String,
    /// Version of the built-in pack.
    pub version: String,
    /// Hash of the rules' content.
    pub hash: String,
}

/// Words of the abstract that say how an estimate was made ("adjusted", "stratified log-rank", "Kaplan–Meier").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Kind of cue, an id from `rules/context` (`adjusted`, `log_rank`, …).
    pub kind: String,
    /// Sentence it stands in, from 0; cues of the methods section hold for the whole abstract.
    pub sentence: u32,
    /// Whether it holds for the whole abstract.
    pub everywhere: bool,
    /// Where the words stand.
    pub at: Span,
}
