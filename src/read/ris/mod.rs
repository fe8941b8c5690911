//! RIS in the dialects of all databases and reference managers, and in the states in which reviewers have it.
//!
//! The reader is fed one line after another and keeps one record. The trick: a line that could be the end of a record
//! or a word of its abstract (`ER  -`, a counter) is held back until the next line tells which it is.

mod fit;
mod flat;
mod held;
mod record;
mod tag;

use std::borrow::Cow;

use self::fit::Place;
use self::flat::Flat;
use self::held::{Held, Verdict, What};
use self::tag::{Kind, Shape, Tag, TagLine, kind, tag_line};
use super::draft::Draft;
use super::feed::{Feed, Outbox};
use super::furniture::is_furniture;
use super::lines::{LONGEST_LINE, Line};
use super::people;
use crate::model::Severity::{Note, Warning};

/// Reads records from the lines that it is fed.
// What is known of a record comes in any combination.
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Ris {
    draft: Draft<Tag>,
    inside: bool,
    /// Whether the record has its `TY`.
    typed: bool,
    /// Whether the record has more than codes and dates.
    content: bool,
    /// Shape of the record's first tag line, and of the last one that was not in doubt.
    shapes: [Option<Shape>; 2],
    /// Kind of the last field.
    last: Option<Kind>,
    held: Option<Held>,
    flat: Option<Flat>,
    after_blank: bool,
    /// The line being read, where its bytes were not UTF-8.
    repaired: Option<u64>,
}

impl Feed for Ris {
    fn line(&mut self, line: &Line, out: &mut Outbox) {
        self.repaired = line.repaired.then_some(line.number);
        if line.cut {
            self.cut_line(line, out);
        } else if self.flat.is_some() {
            self.flat_goes_on(line, out);
        } else {
            self.text(&line.text, line.number, out);
        }
    }

    fn end(&mut self, out: &mut Outbox) {
        self.end_flat(out);
        if !self.inside {
            return;
        }
        if self.held.as_ref().is_none_or(|held| held.what == What::Furniture) {
            let message = "the input ends before the end of this record, which has what was there";
            self.draft.note(Warning, "ris.no_end", message, self.draft.line);
        }
        self.finish(out);
    }
}

impl Ris {
    pub fn new() -> Self {
        Self {
            draft: Draft::new(),
            inside: false,
            typed: false,
            content: false,
            shapes: [None; 2],
            last: None,
            held: None,
            flat: None,
            after_blank: false,
            repaired: None,
        }
    }

    fn text(&mut self, text: &str, number: u64, out: &mut Outbox) {
        if is_empty(text) {
            self.blank(out);
            self.after_blank = true;
            return;
        }
        let text = without_counter(text);
        if self.inside {
            self.inside(text, number, out);
        } else {
            self.outside(text, number, out);
        }
        self.after_blank = false;
    }

    fn blank(&mut self, out: &mut Outbox) {
        if !self.inside {
            return;
        }
        if self.held.as_ref().is_some_and(|held| held.what == What::End) {
            self.finish(out);
        } else if !self.typed && !self.content {
            self.abandon(out);
        }
    }

    fn outside(&mut self, text: &str, number: u64, out: &mut Outbox) {
        let Some(line) = tag_line(text) else {
            if !is_furniture(text) && !is_bare_end(text) {
                out.outside(number);
            }
            return;
        };
        match kind(line.tag) {
            Some(_) if flat::is_flat(text) => self.begin_flat(text, number, out),
            Some(Kind::Type) if tag::is_type(line.value) => self.begin(&line, number, out),
            Some(Kind::End) => self.next_record_behind(&line, number, out),
            Some(kind) if kind != Kind::Type && !line.shape.is_word() && (!line.shape.lower || line.shape.gap == 2) => {
                self.begin(&line, number, out);
            }
            _ => out.outside(number),
        }
    }

    fn inside(&mut self, text: &str, number: u64, out: &mut Outbox) {
        let line = tag_line(text);
        if let Some(held) = self.held.take() {
            match self.verdict(&held, text, line.as_ref()) {
                Verdict::Ended => {
                    self.end_held(&held, out);
                    self.outside(text, number, out);
                    return;
                }
                Verdict::Text => self.draft.extend(&held.text, held.line),
                Verdict::Undecided => self.held = Some(held),
            }
        }
        let Some(line) = line else {
            self.untagged(text, number, out);
            return;
        };
        match kind(line.tag) {
            None => self.unknown(text, &line, number, out),
            Some(Kind::End) => self.end_line(text, &line, number, out),
            Some(kind) => self.known(text, &line, kind, number, out),
        }
    }

    fn untagged(&mut self, text: &str, number: u64, out: &mut Outbox) {
        if is_bare_end(text) {
            self.hold(text, number, What::End);
        } else if is_furniture(text) {
            self.hold(text, number, What::Furniture);
        } else {
            self.continuation(text, number, out);
        }
    }

    fn unknown(&mut self, text: &str, line: &TagLine, number: u64, out: &mut Outbox) {
        if self.in_prose() || line.shape.is_word() || line.shape.lower || !self.is_exact(line.shape) {
            self.continuation(text, number, out);
        } else {
            self.field(line, Kind::Other, number);
        }
    }

    fn end_line(&mut self, text: &str, line: &TagLine, number: u64, out: &mut Outbox) {
        let value = line.value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | ','));
        let exact = self.is_exact(line.shape);
        if begins_record(value) {
            self.finish(out);
            self.outside(value, number, out);
        } else if !exact && (line.shape.lower || line.shape.is_word()) {
            self.continuation(text, number, out);
        } else if value.is_empty() && self.in_prose() {
            self.hold(text, number, What::End);
        } else if value.is_empty() {
            self.finish(out);
        } else if !self.in_prose() {
            self.note_end_text(number);
            self.finish(out);
        } else if exact {
            self.hold(text, number, What::EndWithText);
        } else {
            self.continuation(text, number, out);
        }
    }

    fn known(&mut self, text: &str, line: &TagLine, kind: Kind, number: u64, out: &mut Outbox) {
        let in_prose = self.in_prose();
        let exact = self.is_exact(line.shape);
        if self.after_blank && exact && self.begins_again(line.tag) {
            self.note_no_end(number);
            self.finish(out);
            self.begin(line, number, out);
            return;
        }
        let seen = in_prose && self.draft.has(line.tag);
        if !fit::is_field(line, kind, &Place { in_prose, exact, seen }) {
            self.continuation(text, number, out);
        } else if kind == Kind::Type {
            self.type_line(text, line, number, out);
        } else if line.shape.gap == 2 && flat::holds_tag(line.value) {
            self.note_repaired();
            self.note_content(line.value);
            self.several_fields(line, kind, number, out);
        } else {
            self.field(line, kind, number);
        }
    }

    /// A `TY` inside a record: the next record, or this one's own, late or again.
    fn type_line(&mut self, text: &str, line: &TagLine, number: u64, out: &mut Outbox) {
        let only_type = self.typed && self.draft.has_only(*b"TY");
        if !self.typed && !self.content {
            self.abandon(out);
        } else if only_type && !flat::is_flat(text) {
            self.draft.note(Note, "ris.type_again", "the record begins with more than one TY line", number);
            self.field(line, Kind::Type, number);
            return;
        } else if !self.typed && !self.after_blank {
            self.draft.note(Note, "ris.type_not_first", "the TY line is not the first of this record", number);
            self.typed = true;
            self.field(line, Kind::Type, number);
            return;
        } else {
            self.note_no_end(number);
            self.finish(out);
        }
        self.outside(text, number, out);
    }

    fn begin(&mut self, line: &TagLine, number: u64, out: &mut Outbox) {
        out.begins();
        self.draft.begin(number);
        self.inside = true;
        self.typed = line.tag == *b"TY";
        self.content = false;
        self.shapes = [Some(line.shape), None];
        self.last = None;
        self.held = None;
        self.field(line, kind(line.tag).unwrap_or(Kind::Other), number);
    }

    fn field(&mut self, line: &TagLine, kind: Kind, number: u64) {
        self.note_repaired();
        self.draft.push(line.tag, &unquoted(line.value, line.shape.quoted), number);
        if !self.in_prose() {
            self.shapes[1] = Some(line.shape);
        }
        self.last = Some(kind);
        self.note_content(line.value);
    }

    fn note_content(&mut self, value: &str) {
        let says = matches!(self.last, Some(Kind::Title | Kind::Abstract | Kind::Author | Kind::Doi));
        self.content |= says && !value.trim().is_empty();
    }

    fn continuation(&mut self, text: &str, number: u64, out: &mut Outbox) {
        if self.after_blank && !self.in_prose() {
            out.outside(number);
            return;
        }
        self.note_repaired();
        let text = unquoted(text, self.shapes[0].is_some_and(|shape| shape.quoted));
        if self.last == Some(Kind::Keyword) {
            self.draft.push(*b"KW", &text, number);
        } else if self.last == Some(Kind::Author)
            && let Some(tag) = self.draft.last_tag()
            && self.draft.last().is_some_and(|last| people::is_further(last, &text))
        {
            self.draft.push(tag, &text, number);
        } else {
            self.draft.extend(&text, number);
            self.note_content(&text);
        }
    }

    fn finish(&mut self, out: &mut Outbox) {
        self.inside = false;
        self.held = None;
        let line = self.draft.line;
        if let Some(at) = self.draft.too_long {
            out.skip(line, None, "ris.too_long", format!("the record is longer than can be read, at line {at}"));
            return;
        }
        if !self.typed {
            self.draft.note(Note, "ris.no_type", "the record has no TY line", line);
        }
        let bibliography = record::bibliography(&mut self.draft);
        if record::is_empty(&bibliography) {
            out.skip(line, None, "ris.empty", "the record says nothing but its type");
            return;
        }
        out.reference(line, bibliography, std::mem::take(&mut self.draft.diagnostics));
    }

    /// Gives up what began like a record without `TY` and holds nothing of one.
    fn abandon(&mut self, out: &mut Outbox) {
        self.inside = false;
        self.held = None;
        for _ in self.draft.fields() {
            out.outside(self.draft.line);
        }
    }

    /// What stands behind an `ER` between records: nothing, or the next record without a line break.
    fn next_record_behind(&mut self, line: &TagLine, number: u64, out: &mut Outbox) {
        if begins_record(line.value) {
            self.outside(line.value, number, out);
        } else if !line.value.trim().is_empty() {
            out.outside(number);
        }
    }

    fn cut_line(&mut self, line: &Line, out: &mut Outbox) {
        self.end_flat(out);
        if self.inside {
            self.draft.too_long.get_or_insert(line.number);
        } else if begins_record(&line.text) {
            out.begins();
            out.skip(line.number, None, "ris.too_long", "the line is longer than can be read");
        } else {
            out.outside(line.number);
        }
    }

    fn in_prose(&self) -> bool {
        self.last.is_some_and(Kind::is_prose)
    }

    fn is_exact(&self, shape: Shape) -> bool {
        self.shapes.iter().flatten().any(|known| known.fits(shape))
    }

    /// Whether a line so tagged, after a blank line, shows that the record's end and the next one's `TY` are missing.
    fn begins_again(&self, tag: Tag) -> bool {
        let title = matches!(&tag, b"TI" | b"T1");
        (title || !self.typed && tag::is_single(tag)) && self.draft.has(tag)
    }

    fn note_repaired(&mut self) {
        if let Some(line) = self.repaired.take() {
            self.draft.note_repaired(line);
        }
    }

    fn note_no_end(&mut self, line: u64) {
        self.draft.note(Note, "ris.no_end", "the record has no ER line; the next one begins", line);
    }

    fn note_end_text(&mut self, line: u64) {
        self.draft.note(Note, "ris.end_text", "the text behind ER belongs to no field and is left out", line);
    }
}

/// Whether `line` opens a record.
pub(super) fn opens_record(line: &str) -> bool {
    let line = without_counter(line.trim_start_matches(|c: char| !c.is_alphanumeric()));
    begins_record(line) || flat::is_flat(line)
}

/// Whether `line` looks like a line of a record.
pub(super) fn is_tag_line(line: &str) -> bool {
    tag_line(line).is_some_and(|line| kind(line.tag).is_some() && !line.shape.is_word())
}

/// `text` without the counter that stands before its `TY` (`12. TY  - JOUR`).
fn without_counter(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return text;
    }
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ':', ' ', '\t']);
    if behind.starts_with("TY") && begins_record(behind) { behind } else { text }
}

/// Whether nothing can be seen on the line.
fn is_empty(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{1A}' | '\0'))
}

/// `ER` without its hyphen.
fn is_bare_end(text: &str) -> bool {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | ',')).eq_ignore_ascii_case("ER")
}

/// Whether `text` opens with a `TY` line.
fn begins_record(text: &str) -> bool {
    tag_line(text).is_some_and(|line| line.tag == *b"TY" && (tag::is_type(line.value) || flat::is_flat(text)))
}

/// `value` without the quotation marks and commas that a spreadsheet put around the line.
fn unquoted(value: &str, quoted: bool) -> Cow<'_, str> {
    if !quoted {
        return Cow::Borrowed(value);
    }
    let value = value.trim().trim_end_matches(',');
    let value = value.strip_suffix('"').unwrap_or(value);
    if value.contains("\"\"") { Cow::Owned(value.replace("\"\"", "\"")) } else { Cow::Borrowed(value) }
}
