//! The file of `--diagnostics`: one JSON object a line, for scripts and for the methods section of a review.
//!
//! A line with a `code` says what was wrong and where; a line with `seen` sums up an input, and `seen` is always
//! `used` + `without_abstract` + `skipped`.

use serde::Serialize;

use crate::model::{Diagnostic, Severity, Source};
use crate::read::ReadError;

use super::exit::Failure;
use super::output::Output;
use super::tally::Tally;

/// Writes the lines.
pub struct Ledger(Output);

#[derive(Serialize)]
struct Problem<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    severity: Severity,
    code: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Account<'a> {
    path: &'a str,
    format: &'a str,
    seen: u64,
    used: u64,
    without_abstract: u64,
    skipped: u64,
}

impl Ledger {
    /// To this file.
    pub fn new(output: Output) -> Self {
        Self(output)
    }

    /// What was wrong with a record; a skipped one has the severity `error`.
    pub fn diagnostic(&mut self, id: &str, source: &Source, diagnostic: &Diagnostic) -> Result<(), Failure> {
        self.line(&Problem {
            path: &source.path,
            record: Some(source.record),
            id: Some(id),
            line: Some(diagnostic.line),
            severity: diagnostic.severity,
            code: &diagnostic.code,
            message: &diagnostic.message,
        })
    }

    /// An input that could not be read, or not to its end.
    pub fn unreadable(&mut self, error: &ReadError) -> Result<(), Failure> {
        let (path, message) = (error.path(), error.to_string());
        let severity = Severity::Error;
        self.line(&Problem {
            path,
            record: None,
            id: None,
            line: None,
            severity,
            code: error.code(),
            message: &message,
        })
    }

    /// What became of the records of an input.
    pub fn input(&mut self, path: &str, format: &str, tally: &Tally) -> Result<(), Failure> {
        self.line(&Account {
            path,
            format,
            seen: tally.seen(),
            used: tally.with_abstract,
            without_abstract: tally.without_abstract(),
            skipped: tally.skipped,
        })
    }

    /// The file takes its place.
    pub fn finish(self) -> Result<(), Failure> {
        self.0.finish()
    }

    fn line(&mut self, object: &impl Serialize) -> Result<(), Failure> {
        let mut line = serde_json::to_vec(object).expect("strings and numbers are JSON");
        line.push(b'\n');
        self.0.write(&line)
    }
}
