//! Running the examples of every rule through the whole extractor.
//!
//! Each example runs twice, with the prefilter of the rules and without it, so that no shortcut can hide what a rule
//! should find.

use std::fmt;

use super::notation;
use crate::extract::{Explanation, Extractor};
use crate::model::{Bibliography, Reference};
use crate::rules::{Rule, RulePack};

/// How much was run.
#[derive(Debug, Default)]
pub struct Examples {
    /// Rules.
    pub rules: usize,
    /// Examples of theirs.
    pub examples: usize,
}

/// An example that fails.
#[derive(Debug)]
pub struct Fault {
    file: String,
    line: usize,
    rule: String,
    message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: rule `{}` {}", self.file, self.line, self.rule, self.message)
    }
}

/// Runs every example of `pack`.
pub fn examine(pack: RulePack) -> (Examples, Vec<Fault>) {
    let rules = pack.rules().to_vec();
    let bare = Extractor::with_pack(pack.clone().without_prefilter());
    let extractor = Extractor::with_pack(pack);
    let mut examples = Examples { rules: rules.len(), examples: 0 };
    let mut faults = Vec::new();
    for rule in &rules {
        for (wanted, text) in rule.finds.iter().flat_map(|(wanted, texts)| texts.iter().map(move |t| (wanted, t))) {
            examples.examples += 1;
            let explanation = explain(&extractor, text);
            if !notation::shows(&explanation, rule, wanted) {
                let found = notation::all(&explanation);
                let message = format!("should find `{wanted}` in {text:?}; found: {found}");
                faults.push(fault(rule, text, message));
            } else if explain(&bare, text).record != explanation.record {
                faults.push(fault(rule, text, format!("is hidden by the prefilter in {text:?}")));
            }
        }
        for text in &rule.ignores {
            examples.examples += 1;
            let explanation = explain(&extractor, text);
            if notation::speaks(&explanation, rule) {
                let message = format!("should make nothing of {text:?}; found: {}", notation::all(&explanation));
                faults.push(fault(rule, text, message));
            }
        }
    }
    (examples, faults)
}

fn explain(extractor: &Extractor, text: &str) -> Explanation {
    let bibliography = Bibliography { abstract_text: Some(text.to_owned()), ..Bibliography::default() };
    extractor.explain(&Reference { bibliography, ..Reference::default() })
}

/// A fault at the line of the example.
fn fault(rule: &Rule, text: &str, message: String) -> Fault {
    let typed = serde_json::to_string(text).unwrap_or_default();
    let lines_before = rule.source.find(&typed).map_or(0, |at| rule.source[..at].matches('\n').count());
    // The table's header stands one line above its id.
    let line = if lines_before == 0 { rule.line } else { rule.line - 1 + lines_before };
    Fault { file: rule.file.clone(), line, rule: rule.id.clone(), message }
}
