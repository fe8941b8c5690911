//! A record while it is being read: its fields in one string that is used again for the next record, so that a field
//! costs no allocation until the record is complete.

use std::ops::Range;

use super::decode;
use crate::model::{Diagnostic, Severity};

/// Longest record that is kept, in bytes of field text.
const LONGEST_RECORD: usize = 16 << 20;
/// Most fields of a record; papers of large collaborations have some ten thousand.
const MOST_FIELDS: usize = 200_000;

/// Fields in the order in which they were read, tagged by `T`.
#[derive(Debug)]
pub(super) struct Draft<T> {
    text: String,
    fields: Vec<(T, Range<usize>)>,
    /// The tags that the record has, each once.
    tags: Vec<T>,
    /// Line on which the record begins.
    pub line: u64,
    /// What was wrong so far.
    pub diagnostics: Vec<Diagnostic>,
    /// Line at which it grew past what is kept.
    pub too_long: Option<u64>,
}

impl<T: Copy + PartialEq> Draft<T> {
    pub fn new() -> Self {
        Self {
            text: String::new(),
            fields: Vec::new(),
            tags: Vec::new(),
            line: 0,
            diagnostics: Vec::new(),
            too_long: None,
        }
    }

    /// Empties the draft for a record that begins at `line`.
    pub fn begin(&mut self, line: u64) {
        self.text.clear();
        self.fields.clear();
        self.tags.clear();
        self.diagnostics.clear();
        self.line = line;
        self.too_long = None;
    }

    /// Adds a field.
    pub fn push(&mut self, tag: T, value: &str, line: u64) {
        if self.fields.len() == MOST_FIELDS {
            self.too_long.get_or_insert(line);
            return;
        }
        if !self.tags.contains(&tag) {
            self.tags.push(tag);
        }
        let start = self.text.len();
        self.fields.push((tag, start..start));
        self.append("", value, line);
    }

    /// Adds a continuation line to the last field, after one space.
    pub fn extend(&mut self, value: &str, line: u64) {
        let joint = if self.last().is_none_or(str::is_empty) { "" } else { " " };
        self.append(joint, value, line);
    }

    fn append(&mut self, joint: &str, value: &str, line: u64) {
        if let Some(restored) = decode::untwisted(value) {
            let message = "characters that were once decoded wrongly (UTF-8 read as Windows-1252) are restored";
            self.note(Severity::Warning, "encoding.twice", message, line);
            self.put(joint, restored.trim(), line);
        } else {
            self.put(joint, value.trim(), line);
        }
    }

    fn put(&mut self, joint: &str, value: &str, line: u64) {
        let Some((_, range)) = self.fields.last_mut() else { return };
        if self.text.len() + value.len() > LONGEST_RECORD {
            self.too_long.get_or_insert(line);
            return;
        }
        if value.is_empty() {
            return;
        }
        self.text.push_str(joint);
        self.text.push_str(value);
        range.end = self.text.len();
    }

    /// Value of the last field.
    pub fn last(&self) -> Option<&str> {
        self.fields.last().map(|(_, range)| &self.text[range.clone()])
    }

    /// Tag of the last field.
    pub fn last_tag(&self) -> Option<T> {
        self.fields.last().map(|(tag, _)| *tag)
    }

    /// Whether the record has a field so tagged.
    pub fn has(&self, tag: T) -> bool {
        self.tags.contains(&tag)
    }

    /// Whether all fields are so tagged.
    pub fn has_only(&self, tag: T) -> bool {
        self.tags == [tag]
    }

    /// Value of the first field so tagged that has one.
    pub fn value(&self, tag: T) -> Option<&str> {
        self.filled().find(|(known, _)| *known == tag).map(|(_, value)| value)
    }

    /// The fields that have a value.
    pub fn filled(&self) -> impl Iterator<Item = (T, &str)> {
        self.fields().filter(|(_, value)| !value.is_empty())
    }

    /// All fields, in order.
    pub fn fields(&self) -> impl Iterator<Item = (T, &str)> {
        self.fields.iter().map(|(tag, range)| (*tag, &self.text[range.clone()]))
    }

    /// Notes that bytes of `line` were not UTF-8.
    pub fn note_repaired(&mut self, line: u64) {
        let message = "bytes that are not UTF-8 were read as Windows-1252";
        self.note(Severity::Warning, "encoding.windows_1252", message, line);
    }

    /// Notes an irregularity, each code once a record.
    pub fn note(&mut self, severity: Severity, code: &'static str, message: &str, line: u64) {
        if !self.diagnostics.iter().any(|known| known.code == code) {
            self.diagnostics.push(Diagnostic::new(severity, code, message, line));
        }
    }
}
