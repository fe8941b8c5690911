//! What can be wrong with a rule file, with a fixed code, and where.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use thiserror::Error;

/// Kind of error, each with its fixed code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RuleErrorKind {
    /// The file is not TOML, or a key is missing or unknown, or a value has the wrong type.
    #[error("{0}")]
    Syntax(String),
    /// Two rules have one id.
    #[error("a rule `{0}` exists already; give it another id, or say `replaces = true` to replace it")]
    DuplicateId(String),
    /// `replaces = true`, but there is nothing to replace.
    #[error("no earlier rule `{0}` to replace")]
    NothingToReplace(String),
    /// A rule without `finds` or without `ignores`.
    #[error("rule `{0}` has no `{1}`; every rule carries examples of both")]
    NoExamples(String, &'static str),
    /// A placeholder that is neither a kind of mention nor a word list.
    #[error("`{{{0}}}` is neither a kind of mention nor a word list")]
    UnknownPlaceholder(String),
    /// A word list that uses itself.
    #[error("word list `{0}` uses itself")]
    Recursive(String),
    /// A regular expression that does not parse.
    #[error("bad pattern: {0}")]
    BadPattern(String),
    /// A pattern that grows too large.
    #[error("pattern too large: {0}")]
    TooLarge(String),
    /// Outcome words that stand for more phrases than can be listed, or for endless ones.
    #[error("outcome words must stand for a finite number of phrases, at most {0}")]
    Endless(usize),
    /// A kind of cue that no context rule finds.
    #[error("rules/checks names the cue `{0}`, but there is no context rule `cue.{0}`")]
    UnknownCue(String),
    /// What the checks go by is not whole, or holds a key that no check knows.
    #[error("the tables of rules/checks do not go together: {0}")]
    Thresholds(String),
    /// A file that cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
}

impl RuleErrorKind {
    /// The fixed code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "rules.syntax",
            Self::DuplicateId(_) => "rules.duplicate_id",
            Self::NothingToReplace(_) => "rules.nothing_to_replace",
            Self::NoExamples(..) => "rules.no_examples",
            Self::UnknownPlaceholder(_) => "rules.unknown_placeholder",
            Self::Recursive(_) => "rules.recursive",
            Self::BadPattern(_) => "rules.bad_pattern",
            Self::TooLarge(_) => "rules.too_large",
            Self::Endless(_) => "rules.endless",
            Self::UnknownCue(_) => "rules.unknown_cue",
            Self::Thresholds(_) => "rules.thresholds",
            Self::Unreadable(_) => "rules.unreadable",
        }
    }
}

/// One error of a rule file.
#[derive(Debug, Clone)]
pub struct RuleError {
    kind: RuleErrorKind,
    file: String,
    source: String,
    at: Range<usize>,
}

impl RuleError {
    pub(super) fn new(kind: RuleErrorKind, file: &str, source: &str, at: Range<usize>) -> Self {
        Self { kind, file: file.to_owned(), source: source.to_owned(), at }
    }

    /// What is wrong.
    pub fn kind(&self) -> &RuleErrorKind {
        &self.kind
    }

    /// The file, as it was named.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Line in the file, from 1.
    pub fn line(&self) -> usize {
        line_of(&self.source, self.at.start)
    }
}

/// Line, from 1, of byte `at` of `source`.
#[allow(clippy::naive_bytecount, reason = "counted once for an error")]
pub(super) fn line_of(source: &str, at: usize) -> usize {
    source.as_bytes()[..at.min(source.len())].iter().filter(|b| **b == b'\n').count() + 1
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = self.kind.to_string();
        if self.source.is_empty() {
            return write!(f, "error[{}]: {}: {title}", self.kind.code(), self.file);
        }
        // A whole table marked would bury the message: its first line says enough.
        let end = self.source[self.at.start..].find('\n').map_or(self.at.end, |n| self.at.end.min(self.at.start + n));
        let report = [Level::ERROR.primary_title(&title).id(self.kind.code()).element(
            Snippet::source(&self.source).path(&self.file).annotation(AnnotationKind::Primary.span(self.at.start..end)),
        )];
        write!(f, "{}", Renderer::plain().render(&report))
    }
}

/// All errors of a rule pack, in file order.
#[derive(Debug, Clone)]
pub struct RuleErrors(pub Vec<RuleError>);

impl fmt::Display for RuleErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (k, error) in self.0.iter().enumerate() {
            if k > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for RuleErrors {}
