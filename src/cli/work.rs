//! What is made of an entry: the record of a reference, checked, reviewed and written to bytes. Any thread does it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use crate::extract::Extractor;
use crate::model::{Diagnostic, Record, Reference, Severity, Source};
use crate::read::{self, Item, ReadError, Skipped};
use crate::review;
use crate::write::Format;

use super::decisions::Given;
use super::digest::Later;
use super::exit::Failure;
use super::inputs::Entry;
use super::tally::Tally;

/// What is made of one entry.
// A record is what nearly every entry becomes.
#[allow(clippy::large_enum_variant)]
pub(super) enum Done {
    Record(Made),
    Ended { path: PathBuf, format: read::Format, digest: Option<Later> },
    Unreadable { error: ReadError, broke_off: bool },
}

/// What is made of one record.
pub(super) struct Made {
    /// It as it is written; none yet where it is kept.
    pub bytes: Vec<u8>,
    pub tally: Tally,
    pub id: String,
    pub source: Source,
    pub diagnostics: Vec<Diagnostic>,
    /// What became of the decisions on it.
    pub reviewed: review::Outcome,
    /// Kept where it may still be linked, or goes into a book.
    pub record: Option<Record>,
}

/// What records are made with.
pub(super) struct Work {
    pub extractor: Extractor,
    pub decisions: Given,
    pub format: Format,
    /// Whether records are kept, and written one after the other.
    pub keeps: bool,
}

impl Work {
    /// What is made of an entry.
    pub fn on(&self, entry: Entry) -> Done {
        match entry {
            Entry::Reference(reference) => Done::Record(self.made(self.record(&reference), true)),
            Entry::Skipped { id, source, diagnostic } => {
                // One line in, one line out: only an input of lines has a place for it in the output.
                let has_line = source.format == read::Format::Jsonl.name();
                let reference = Reference { id: Some(id), source, ..Reference::default() };
                Done::Record(self.made(self.unusable(&reference, diagnostic), has_line))
            }
            Entry::Ended { path, format, digest } => Done::Ended { path, format, digest },
            Entry::Unreadable { error, broke_off } => Done::Unreadable { error, broke_off },
        }
    }

    /// For JSON lines that are answered one by one.
    pub fn on_lines(extractor: Extractor) -> Result<Self, Failure> {
        Ok(Self { extractor, format: Format::Jsonl, keeps: false, decisions: Given::read(&[])? })
    }

    /// The line that answers an item, and its counts.
    pub fn answer(&self, item: Item) -> (Vec<u8>, Tally) {
        let record = match item {
            Item::Reference(reference) => self.record(&reference),
            Item::Skipped(Skipped { id, source, diagnostic }) => {
                self.unusable(&Reference { id, source, ..Reference::default() }, diagnostic)
            }
        };
        let made = self.made(record, true);
        (made.bytes, made.tally)
    }

    /// An abstract that trips the extractor up is reported, and the others go on.
    fn record(&self, reference: &Reference) -> Record {
        let attempt = catch_unwind(AssertUnwindSafe(|| self.extractor.extract(reference)));
        attempt.unwrap_or_else(|_| {
            let message = "a fault of the program on this abstract: please report it";
            let diagnostic = Diagnostic::new(Severity::Error, "internal.panic", message, reference.source.line);
            let bare = Reference { id: reference.id.clone(), source: reference.source.clone(), ..Reference::default() };
            self.unusable(&bare, diagnostic)
        })
    }

    /// The record of a reference without words, and why it has none.
    fn unusable(&self, reference: &Reference, diagnostic: Diagnostic) -> Record {
        let mut record = self.extractor.extract(reference);
        record.error = Some(format!("{}: {}", diagnostic.code, diagnostic.message));
        record.diagnostics.push(diagnostic);
        record
    }

    fn made(&self, mut record: Record, has_line: bool) -> Made {
        let reviewed = self.decisions.apply(&mut record, &self.extractor);
        let mut bytes = Vec::new();
        let keeps = self.keeps && has_line;
        if has_line && !keeps {
            self.format.record(&record, &mut bytes);
        }
        Made {
            bytes,
            tally: Tally::of(&record),
            id: record.id.clone(),
            source: record.source.clone(),
            diagnostics: record.diagnostics.clone(),
            reviewed,
            record: keeps.then_some(record),
        }
    }
}
