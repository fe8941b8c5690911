//! The file of decisions: one JSON object a line, as the review page exports it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::{Field, Span};

use super::SCHEMA;

/// One decision on one finding, or a finding that a reviewer adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// [`SCHEMA`].
    pub schema: String,
    /// Id of the record.
    pub record: String,
    /// Hash of its title and abstract.
    pub content_hash: String,
    /// Where the evidence stands.
    pub at: At,
    /// The words there, for people who read the file.
    #[serde(default)]
    pub quote: String,
    /// What the reviewer saw ([`super::sight`]); empty for a finding that is added.
    #[serde(default)]
    pub saw: String,
    /// What was decided.
    pub decision: Verb,
    /// The reviewer's name.
    #[serde(default)]
    pub reviewer: String,
    /// What the reviewer noted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// For a correction or an addition: what each slot is to hold, as typed; empty clears it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<Slot, String>,
}

/// A span as a decision writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct At {
    /// `title` or `abstract`.
    pub field: Part,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// Title or abstract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The title.
    Title,
    /// The abstract.
    Abstract,
}

impl From<At> for Span {
    fn from(at: At) -> Self {
        let field = match at.field {
            Part::Title => Field::Title,
            Part::Abstract => Field::Abstract,
        };
        Self { field, start: at.start, end: at.end }
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Right as it is.
    Accept,
    /// No finding: it leaves the tables.
    Reject,
    /// Right once `set` is done.
    Correct,
    /// A finding that was not found.
    Add,
}

impl Verb {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Correct => "correct",
            Self::Add => "add",
        }
    }

    /// What was done by it.
    pub fn past(self) -> &'static str {
        match self {
            Self::Accept => "accepted",
            Self::Reject => "rejected",
            Self::Correct => "corrected",
            Self::Add => "added",
        }
    }
}

/// A part of a finding that a reviewer can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// Id of an outcome, or its words.
    Outcome,
    /// A measure by its name in the record.
    Measure,
    /// Label of a group.
    Group,
    /// Size of that group.
    GroupN,
    /// Label of the group compared with.
    Comparator,
    /// The number with its unit ("79%").
    Estimate,
    /// People with the outcome.
    Events,
    /// People looked at.
    Total,
    /// Limits ("66 to 92").
    Interval,
    /// p value ("<0.001").
    P,
    /// Time point ("12 months").
    Time,
    /// Grade ("≥3", "1-2").
    Grade,
}

impl Slot {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Measure => "measure",
            Self::Group => "group",
            Self::GroupN => "group_n",
            Self::Comparator => "comparator",
            Self::Estimate => "estimate",
            Self::Events => "events",
            Self::Total => "total",
            Self::Interval => "interval",
            Self::P => "p",
            Self::Time => "time",
            Self::Grade => "grade",
        }
    }
}

/// Why a file of decisions cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DecisionsError {
    /// The file cannot be read.
    #[error("decisions.unreadable: cannot read {}: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A line is no decision.
    #[error("decisions.syntax: {}:{line}: {message}; export the file from the review page again", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
}

/// A decision and where it was read.
#[derive(Debug, Clone)]
pub struct Read {
    /// The decision.
    pub decision: Decision,
    /// Number of its file.
    pub file: usize,
    /// Its line, from 1.
    pub line: u64,
}

/// The decisions of all files given, by record.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    /// The files, as given.
    pub paths: Vec<PathBuf>,
    /// In the order of files and lines.
    pub all: Vec<Read>,
    by_record: BTreeMap<String, Vec<usize>>,
}

impl Decisions {
    /// Reads files, in the order in which their decisions are to hold: where two differ, the later one stands.
    ///
    /// # Errors
    /// A file that cannot be read, or a line that is no decision.
    pub fn read(paths: &[PathBuf]) -> Result<Self, DecisionsError> {
        let mut decisions = Self { paths: paths.to_vec(), ..Self::default() };
        for (file, path) in paths.iter().enumerate() {
            for (line, decision) in read(path)? {
                decisions.by_record.entry(decision.record.clone()).or_default().push(decisions.all.len());
                decisions.all.push(Read { decision, file, line });
            }
        }
        Ok(decisions)
    }

    /// Places in [`Self::all`] of the decisions on a record.
    pub fn of(&self, record: &str) -> &[usize] {
        self.by_record.get(record).map_or(&[], Vec::as_slice)
    }
}

/// The decisions of one file with their lines, from 1. Empty lines are passed over.
fn read(path: &Path) -> Result<Vec<(u64, Decision)>, DecisionsError> {
    let text = fs::read_to_string(path).map_err(|error| DecisionsError::Unreadable { path: path.to_owned(), error })?;
    let lines = text.trim_start_matches('\u{feff}').lines().zip(1u64..).filter(|(line, _)| !line.trim().is_empty());
    lines.map(|(line, number)| parse(line, path, number).map(|decision| (number, decision))).collect()
}

fn parse(line: &str, path: &Path, number: u64) -> Result<Decision, DecisionsError> {
    let wrong = |message: String| DecisionsError::Syntax { path: path.to_owned(), line: number, message };
    let decision: Decision = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
    if decision.schema != SCHEMA {
        return Err(wrong(format!("the schema is {}, and {SCHEMA} is what can be read", decision.schema)));
    }
    if decision.at.start >= decision.at.end {
        return Err(wrong("the decision points at no words".to_owned()));
    }
    Ok(decision)
}
