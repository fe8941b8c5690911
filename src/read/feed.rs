//! What the line-based formats share: a reader is fed lines and puts records into an outbox.
//!
//! The trick: a record leaves the outbox when the next one begins, so that lines between records that belong to
//! neither are reported on the one before them.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::lines::{Line, Lines};
use super::{Format, Item, ReadError, Skipped};
use crate::model::{Bibliography, Diagnostic, Reference, Severity, Source};

/// A format that is read line by line.
pub(super) trait Feed {
    /// Takes the next line.
    fn line(&mut self, line: &Line, out: &mut Outbox);
    /// Takes the end of the input.
    fn end(&mut self, out: &mut Outbox);
}

/// Takes records as they are completed and numbers them.
pub(super) struct Outbox {
    path: String,
    format: Format,
    records: u64,
    last: Option<Item>,
    outside: Option<Outside>,
    /// What there is to say about the input as a whole.
    first: Option<Diagnostic>,
    ready: VecDeque<Item>,
}

/// Lines that belong to no record.
struct Outside {
    first: u64,
    lines: u64,
}

impl Outbox {
    pub fn new(path: &str, format: Format) -> Self {
        Self {
            path: path.to_owned(),
            format,
            records: 0,
            last: None,
            outside: None,
            first: None,
            ready: VecDeque::new(),
        }
    }

    /// The first reference carries this note about the input.
    pub fn note_first(&mut self, note: Diagnostic) {
        self.first = Some(note);
    }

    /// The records that follow are of `format`.
    pub fn turn_to(&mut self, format: Format) {
        self.format = format;
    }

    /// A record begins: the one before it is complete.
    pub fn begins(&mut self) {
        let Some(mut item) = self.last.take() else { return };
        if let Some(note) = self.outside.take().map(Outside::into_note) {
            match &mut item {
                Item::Reference(reference) => reference.diagnostics.push(note),
                Item::Skipped(skipped) => {
                    skipped.diagnostic.message = format!("{}; {}", skipped.diagnostic.message, note.message);
                }
            }
        }
        self.ready.push_back(item);
    }

    /// A line belongs to no record.
    pub fn outside(&mut self, line: u64) {
        self.outside.get_or_insert(Outside { first: line, lines: 0 }).lines += 1;
    }

    /// A record is done.
    pub fn reference(&mut self, line: u64, bibliography: Bibliography, diagnostics: Vec<Diagnostic>) {
        self.reference_with_id(None, line, bibliography, diagnostics);
    }

    /// A record to which the input gives an id is done.
    pub fn reference_with_id(
        &mut self,
        id: Option<String>,
        line: u64,
        bibliography: Bibliography,
        mut diagnostics: Vec<Diagnostic>,
    ) {
        self.begins();
        diagnostics.extend(self.first.take());
        diagnostics.extend(self.outside.take().map(Outside::into_note));
        let source = self.source(line);
        self.last = Some(Item::Reference(Reference { id, source, bibliography, diagnostics }));
    }

    /// A record could not be used.
    pub fn skip(&mut self, line: u64, id: Option<String>, code: &'static str, message: impl Into<String>) {
        self.begins();
        let diagnostic = Diagnostic::new(Severity::Error, code, message, line);
        let source = self.source(line);
        self.last = Some(Item::Skipped(Skipped { id, source, diagnostic }));
    }

    /// The next record that is complete and reported.
    pub fn pop(&mut self) -> Option<Item> {
        self.ready.pop_front()
    }

    /// Lets the last record go; an error where the input held something, but no record.
    pub fn close(&mut self) -> Option<ReadError> {
        self.begins();
        let nothing = self.records == 0 && self.outside.is_some();
        nothing.then(|| ReadError::NoRecord { path: self.path.clone(), format: self.format })
    }

    /// The error that reading stopped after `line`.
    pub fn failed(&self, line: u64, source: io::Error) -> ReadError {
        ReadError::Io { path: self.path.clone(), line, source }
    }

    fn source(&mut self, line: u64) -> Source {
        self.records += 1;
        Source { path: self.path.clone(), format: self.format.name().to_owned(), record: self.records, line }
    }
}

impl Outside {
    fn into_note(self) -> Diagnostic {
        let message = match self.lines {
            1 => "one line belongs to no record".to_owned(),
            n => format!("{n} lines belong to no record"),
        };
        Diagnostic::new(Severity::Note, "read.outside", message, self.first)
    }
}

/// Reads a line-based format from `input`.
pub(super) struct Fed<R, F> {
    lines: Lines<R>,
    feed: F,
    out: Outbox,
    ended: bool,
    error: Option<ReadError>,
}

impl<R: Read, F: Feed> Fed<R, F> {
    pub fn new(input: R, feed: F, out: Outbox) -> Self {
        Self { lines: Lines::new(input), feed, out, ended: false, error: None }
    }

    fn end(&mut self) {
        self.ended = true;
        self.feed.end(&mut self.out);
        let nothing = self.out.close();
        self.error = self.error.take().or(nothing);
    }
}

impl<R: Read, F: Feed> Iterator for Fed<R, F> {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.out.pop() {
                return Some(Ok(item));
            }
            if self.ended {
                return self.error.take().map(Err);
            }
            match self.lines.next() {
                Ok(Some(line)) => self.feed.line(&line, &mut self.out),
                Ok(None) => self.end(),
                Err(source) => {
                    self.error = Some(self.out.failed(self.lines.number(), source));
                    self.end();
                }
            }
        }
    }
}
