//! SHIM, replaced on merge: an extractor that finds nothing.

use std::path::Path;

use crate::model::{Design, FindingId, Record, Reference, RulesInForce, SCHEMA, Section, Span};
use crate::rules::RuleErrors;

/// Makes records of references.
pub struct Extractor;

impl Extractor {
    /// With the built-in rules.
    pub fn built_in() -> Result<Self, RuleErrors> {
        Ok(Self)
    }

    /// With the rules of a folder on top.
    pub fn with_rules(dir: &Path) -> Result<Self, RuleErrors> {
        if dir.is_dir() { Ok(Self) } else { Err(RuleErrors::unreadable(dir)) }
    }

    /// The record of a reference.
    pub fn extract(&self, reference: &Reference) -> Record {
        Record {
            schema: SCHEMA,
            id: reference.id.clone().unwrap_or_default(),
            source: reference.source.clone(),
            rules: RulesInForce::default(),
            reference: reference.bibliography.clone(),
            content_hash: String::new(),
            duplicate_of: None,
            same_trial_as: None,
            design: Design::default(),
            groups: Vec::new(),
            findings: Vec::new(),
            checks: Vec::new(),
            diagnostics: reference.diagnostics.clone(),
            error: None,
            cues: Vec::new(),
        }
    }

    /// The record of a reference and how it came about.
    pub fn explain(&self, reference: &Reference) -> Explanation {
        Explanation { record: self.extract(reference), sentences: Vec::new() }
    }
}

/// A record and how it came about.
pub struct Explanation {
    /// The record.
    pub record: Record,
    /// Its sentences.
    pub sentences: Vec<ExplainedSentence>,
}

/// A sentence with what was seen in it.
pub struct ExplainedSentence {
    /// Where it stands.
    pub at: Span,
    /// Its section.
    pub section: Option<Section>,
    /// What was seen in it.
    pub mentions: Vec<ExplainedMention>,
    /// What was made of it.
    pub findings: Vec<FindingTrace>,
}

/// A mention.
pub struct ExplainedMention {
    /// Its kind.
    pub kind: String,
    /// The rule that saw it.
    pub rule: String,
    /// Where it stands.
    pub at: Span,
}

/// The rules behind a finding.
pub struct FindingTrace {
    /// The finding.
    pub finding: FindingId,
    /// The rules, in order.
    pub rules: Vec<String>,
}
