//! The phrases that a finite pattern stands for: `complete (histological )?(remission|response)s?` is six phrases.
//!
//! Outcome words are written as patterns but searched as literals, all at once; so each pattern must be finite.

use regex_syntax::hir::{Hir, HirKind};

use super::error::RuleErrorKind;

/// The most phrases one pattern may stand for.
pub(super) const MOST_PHRASES: usize = 4096;

/// Every phrase that `pattern` stands for, sorted, each once.
pub(super) fn phrases(pattern: &str) -> Result<Vec<String>, RuleErrorKind> {
    let hir = regex_syntax::ParserBuilder::new()
        .build()
        .parse(pattern)
        .map_err(|e| RuleErrorKind::BadPattern(e.to_string()))?;
    let mut found = list(&hir)?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn list(hir: &Hir) -> Result<Vec<String>, RuleErrorKind> {
    let endless = || RuleErrorKind::Endless(MOST_PHRASES);
    let found = match hir.kind() {
        HirKind::Empty => vec![String::new()],
        HirKind::Literal(literal) => vec![String::from_utf8_lossy(&literal.0).into_owned()],
        HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => {
            class.iter().flat_map(|r| r.start()..=r.end()).take(MOST_PHRASES + 1).map(String::from).collect()
        }
        HirKind::Capture(capture) => list(&capture.sub)?,
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(list(branch)?);
            }
            all
        }
        HirKind::Concat(parts) => {
            let mut all = vec![String::new()];
            for part in parts {
                let tails = list(part)?;
                if all.len() * tails.len() > MOST_PHRASES {
                    return Err(endless());
                }
                all = all.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect();
            }
            all
        }
        HirKind::Repetition(repeat) if repeat.min == 0 && repeat.max == Some(1) => {
            let mut all = list(&repeat.sub)?;
            all.push(String::new());
            all
        }
        HirKind::Repetition(_) | HirKind::Look(_) | HirKind::Class(_) => return Err(endless()),
    };
    if found.len() > MOST_PHRASES { Err(endless()) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_lists_its_phrases() {
        assert_eq!(phrases("complete (histological )?(remission|response)s?").expect("finite").len(), 8);
        assert_eq!(phrases("CRi|CR[hp]").expect("finite"), ["CRh", "CRi", "CRp"]);
    }

    #[test]
    fn endless_patterns_are_errors() {
        assert_eq!(phrases("relapse.*").expect_err("endless").code(), "rules.endless");
        assert_eq!(phrases("a{3,}").expect_err("endless").code(), "rules.endless");
    }
}
