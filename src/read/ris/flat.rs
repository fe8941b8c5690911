//! Records whose line breaks are lost: one or many on a line, the tags still there (`TY - JOUR TI - … ER -`).
//!
//! The trick: every known tag between blanks is a candidate, and each is judged by the text up to the next one, so
//! that `grade - 3` or `T2 - weighted` inside an abstract stays text.

use std::borrow::Cow;
use std::ops::Range;

use super::fit;
use super::tag::{Kind, Shape, Tag, TagLine, is_dash, is_single, is_type, is_type_code, kind, tag_line};
use super::{LONGEST_LINE, Line, Note, Outbox, Ris, begins_record, is_empty};

/// Tags behind the `TY` from which a line counts as flat.
const ENOUGH_TAGS: usize = 3;
/// A line that holds as many is no shorter.
const SHORTEST_FLAT: usize = 20;
/// Names, codes and keywords are shorter than this; longer ones are text with a tag-like word in it.
const LONGEST_SHORT_VALUE: usize = 300;

/// Records on one line, which an editor may have broken.
pub(super) struct Flat {
    pub text: String,
    pub line: u64,
}

impl Ris {
    pub(super) fn begin_flat(&mut self, text: &str, line: u64, out: &mut Outbox) {
        self.flat = Some(Flat { text: text.to_owned(), line });
        if is_complete(text) {
            self.end_flat(out);
        }
    }

    /// Takes the next line of a flat record that an editor broke.
    pub(super) fn flat_goes_on(&mut self, line: &Line, out: &mut Outbox) {
        let ends = is_empty(&line.text) || begins_record(&line.text);
        let Some(flat) = self.flat.as_mut().filter(|flat| !ends && flat.text.len() < LONGEST_LINE) else {
            self.end_flat(out);
            self.text(&line.text, line.number, out);
            return;
        };
        flat.text.push(' ');
        flat.text.push_str(&line.text);
        if is_complete(&flat.text) {
            self.end_flat(out);
        }
    }

    pub(super) fn end_flat(&mut self, out: &mut Outbox) {
        let Some(Flat { text, line }) = self.flat.take() else { return };
        let text = with_blanks(&text);
        let mut candidates = candidates(&text, is_glued(&text)).peekable();
        let mut shape = None;
        while let Some(candidate) = candidates.next() {
            let next = candidates.peek();
            let end = next.map_or(text.len(), |next| next.at.start);
            let value = text[candidate.at.end..end].trim();
            let typed = candidate.kind == Kind::Type && is_type(value) && (!self.inside || is_type_code(value));
            let untyped = !self.inside && !matches!(candidate.kind, Kind::Type | Kind::End);
            if typed || untyped {
                if self.inside {
                    self.note_no_end(line);
                    self.finish(out);
                }
                shape = Some(candidate.shape);
                self.begin_flat_record(&candidate, value, line, out);
            } else if self.inside && !self.is_flat_field(&candidate, value, shape, next.map(|next| next.kind)) {
                self.draft.extend(text[candidate.at.start..end].trim(), line);
            } else if self.inside && candidate.kind == Kind::End {
                self.finish(out);
            } else if self.inside {
                self.draft.push(candidate.tag, value, line);
                self.last = Some(candidate.kind);
            }
        }
        if self.inside {
            self.finish(out);
        }
    }

    fn begin_flat_record(&mut self, first: &Candidate, value: &str, line: u64, out: &mut Outbox) {
        out.begins();
        self.draft.begin(line);
        self.draft.note(Note, "ris.flat", "the record's line breaks are lost; its tags tell the fields", line);
        self.note_repaired();
        self.draft.push(first.tag, value, line);
        self.inside = true;
        self.typed = first.kind == Kind::Type;
        self.last = Some(first.kind);
    }

    /// Adds the fields of a line that holds more than its own one: the line break before the others is lost.
    pub(super) fn several_fields(&mut self, line: &TagLine, kind: Kind, number: u64, out: &mut Outbox) {
        let text = line.value;
        let alike = |candidate: &Candidate| candidate.shape.gap == 2 && candidate.shape.fits(line.shape);
        let mut rest = candidates(text, false).filter(alike).peekable();
        let end = rest.peek().map_or(text.len(), |first| first.at.start);
        self.draft.push(line.tag, &text[..end], number);
        self.last = Some(kind);
        while let Some(candidate) = rest.next() {
            let next = rest.peek();
            let end = next.map_or(text.len(), |next| next.at.start);
            let value = text[candidate.at.end..end].trim();
            let after_sentence = self.draft.last().is_none_or(|last| last.ends_with(['.', ')', '?', '!', ']', '>']));
            let fits = self.is_flat_field(&candidate, value, Some(line.shape), next.map(|next| next.kind));
            if !fits || self.in_prose() && !after_sentence {
                self.draft.extend(text[candidate.at.start..end].trim(), number);
                continue;
            }
            self.draft.note(Note, "ris.flat", "a line holds several fields; its tags tell them apart", number);
            if candidate.kind == Kind::End {
                self.finish(out);
                return;
            }
            self.draft.push(candidate.tag, value, number);
            self.last = Some(candidate.kind);
        }
    }

    /// Whether `candidate` opens a field; `shape` is that of the record's `TY`.
    fn is_flat_field(&self, candidate: &Candidate, value: &str, shape: Option<Shape>, next: Option<Kind>) -> bool {
        let in_prose = self.in_prose();
        let seen = is_single(candidate.tag) && self.draft.has(candidate.tag);
        let exact = shape.is_some_and(|shape| shape.fits(candidate.shape));
        if seen || in_prose && !exact {
            return false;
        }
        let opens_low = value.starts_with(char::is_lowercase);
        match candidate.kind {
            Kind::Type => false,
            Kind::End => value.is_empty() && matches!(next, None | Some(Kind::Type)) || !in_prose && !opens_low,
            Kind::Date => value.is_empty() || fit::is_date(value),
            Kind::Doi => value.is_empty() || value.contains("10."),
            Kind::Number => fit::is_number(value),
            Kind::Link => value.is_empty() || !opens_low || value.contains("://"),
            Kind::Keyword => value.len() <= LONGEST_SHORT_VALUE,
            Kind::Author | Kind::Other => value.len() <= LONGEST_SHORT_VALUE && !(in_prose && opens_low),
            Kind::Title | Kind::Abstract | Kind::Note => !(in_prose && opens_low),
        }
    }
}

/// A place in the line where a tag may stand.
struct Candidate {
    tag: Tag,
    kind: Kind,
    shape: Shape,
    at: Range<usize>,
}

/// Whether `text` opens with `TY`, or any other tag, and holds enough others.
pub(super) fn is_flat(text: &str) -> bool {
    if text.len() < SHORTEST_FLAT {
        return false;
    }
    let Some(first) = tag_line(text).filter(|line| line.tag == *b"TY" || line.shape.gap > 0) else { return false };
    let text = with_blanks(text);
    let kinds = || candidates(&text, is_glued(&text)).map(|candidate| candidate.kind);
    if first.tag == *b"TY" {
        return kinds().skip(1).take(ENOUGH_TAGS).count() == ENOUGH_TAGS;
    }
    let has = |wanted| kinds().any(|kind| kind == wanted);
    kind(first.tag).is_some_and(|kind| !matches!(kind, Kind::End | Kind::Abstract | Kind::Note))
        && has(Kind::Title)
        && has(Kind::Author)
        && (has(Kind::Date) || has(Kind::Doi) || has(Kind::Abstract))
}

/// Whether the line breaks before tags were taken out and nothing put in their place (`TY  - JOURTI  - Title`).
fn is_glued(text: &str) -> bool {
    let enough = |glued| candidates(text, glued).skip(1).take(ENOUGH_TAGS).count() == ENOUGH_TAGS;
    !enough(false) && enough(true)
}

/// Whether `value`, of a line with a tag, holds what looks like a further tag line.
pub(super) fn holds_tag(value: &str) -> bool {
    let bytes = value.as_bytes();
    memchr::memchr_iter(b'-', bytes).any(|at| at > 4 && bytes[at - 1] == b' ' && bytes[at - 2] == b' ')
}

/// Whether `text` ends with an `ER`.
fn is_complete(text: &str) -> bool {
    let text =
        text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '\\' | 'n' | 'r' | '<' | 'b' | '/' | '>'));
    let text = text.trim_end_matches(is_dash).trim_end();
    let before = text.strip_suffix("ER").or_else(|| text.strip_suffix("er"));
    before.is_some_and(|before| before.ends_with(|c: char| c.is_whitespace() || matches!(c, 'n' | '>')))
}

/// What stands for a line break in text that went through a program or a web page.
const BREAKS: [&str; 4] = ["\\n", "<br>", "<br/>", "<br />"];
/// What stands between fields that were put into one line on purpose; elsewhere it is a sign like any other.
const BORDERS: [&str; 3] = ["|", ";", "¶"];

/// `text` with the marks that stand for line breaks made blanks, where tags follow them.
fn with_blanks(text: &str) -> Cow<'_, str> {
    let opens_tag =
        |at: usize| tag_line(&text[at..]).is_some_and(|line| kind(line.tag).is_some() && !line.shape.is_word());
    let places = |mark: &'static str| {
        memchr::memmem::find_iter(text.as_bytes(), mark.as_bytes()).filter(move |at| opens_tag(at + mark.len()))
    };
    let enough = |mark: &&&'static str| places(mark).take(ENOUGH_TAGS).count() == ENOUGH_TAGS;
    if let Some(mark) = BREAKS.iter().find(enough) {
        return Cow::Owned(text.replace("\\r\\n", " ").replace(mark, " "));
    }
    let Some(mark) = BORDERS.iter().find(enough) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in places(mark) {
        out.push_str(&text[from..at]);
        out.push(' ');
        from = at + mark.len();
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Every known tag of `text` that stands between blanks, or at the beginning; anywhere where they are `glued`.
fn candidates(text: &str, glued: bool) -> impl Iterator<Item = Candidate> + '_ {
    let lower = tag_line(text).is_some_and(|line| line.shape.lower);
    let mut dashes = text.char_indices().filter(|&(_, c)| is_dash(c));
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let (at, dash) = dashes.next()?;
            let before = text[..at].trim_end_matches(super::tag::is_blank);
            let start = before.len().checked_sub(2).filter(|&start| start >= from && text.is_char_boundary(start));
            let Some(start) = start else { continue };
            let apart =
                text[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '\u{FEFF}' || c == '"');
            let is_glued = |line: &TagLine| glued && line.shape.gap == 2 && line.shape.plain;
            let line = tag_line(&text[start..]).filter(|line| is_open(line, lower) && (apart || is_glued(line)));
            let Some(line) = line else { continue };
            let Some(kind) = kind(line.tag) else { continue };
            from = at + dash.len_utf8();
            return Some(Candidate { tag: line.tag, kind, shape: line.shape, at: start..from });
        }
    })
}

/// Whether a line opens like a tag of a record whose tags are in capitals, or small letters.
fn is_open(line: &TagLine, lower: bool) -> bool {
    line.shape.lower == lower && (line.shape.gap > 0 || !line.shape.is_word())
}
