//! EndNote's and Refer's tagged format (`.enw`): a per cent sign, one character, the value.

use super::abstracts::Abstracts;
use super::date::Date;
use super::draft::Draft;
use super::feed::{Feed, Outbox};
use super::identifier;
use super::lines::Line;
use super::markup::plain;
use crate::model::Bibliography;

/// The character behind the per cent sign.
type Tag = u8;

/// Characters that are tags.
const TAGS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ@!#$&(*+?<>=^[~";

/// Reads records from the lines that it is fed.
pub(super) struct Enw {
    draft: Draft<Tag>,
    inside: bool,
    after_blank: bool,
}

impl Feed for Enw {
    fn line(&mut self, line: &Line, out: &mut Outbox) {
        let text = line.text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{1A}'));
        if text.is_empty() {
            self.after_blank = true;
            return;
        }
        match field(text) {
            Some((tag, value)) => self.field(tag, value, line.number, out),
            None if self.inside => self.continuation(text, line.number),
            None => out.outside(line.number),
        }
        if line.repaired && self.inside {
            self.draft.note_repaired(line.number);
        }
        if line.cut && self.inside {
            self.draft.too_long.get_or_insert(line.number);
        }
        self.after_blank = false;
    }

    fn end(&mut self, out: &mut Outbox) {
        self.finish(out);
    }
}

impl Enw {
    pub fn new() -> Self {
        Self { draft: Draft::new(), inside: false, after_blank: false }
    }

    fn field(&mut self, tag: Tag, value: &str, number: u64, out: &mut Outbox) {
        let again = matches!(tag, b'0' | b'T') && self.draft.has(tag);
        if !self.inside || tag == b'0' || again && self.after_blank {
            self.finish(out);
            out.begins();
            self.draft.begin(number);
            self.inside = true;
        }
        self.draft.push(tag, value, number);
    }

    fn continuation(&mut self, text: &str, number: u64) {
        if self.draft.last_tag() == Some(b'K') {
            self.draft.push(b'K', text, number);
        } else {
            self.draft.extend(text, number);
        }
    }

    fn finish(&mut self, out: &mut Outbox) {
        if !std::mem::take(&mut self.inside) {
            return;
        }
        let line = self.draft.line;
        if let Some(at) = self.draft.too_long {
            out.skip(line, None, "enw.too_long", format!("the record is longer than can be read, at line {at}"));
            return;
        }
        let reference = bibliography(&mut self.draft);
        if reference.title.is_none() && reference.abstract_text.is_none() {
            out.skip(line, None, "enw.empty", "the record has neither title nor abstract");
            return;
        }
        out.reference(line, reference, std::mem::take(&mut self.draft.diagnostics));
    }
}

/// Tag and value of a line that opens a field.
pub(super) fn field(line: &str) -> Option<(Tag, &str)> {
    let [b'%', tag, ..] = *line.as_bytes() else { return None };
    let value = line.get(2..)?;
    (TAGS.contains(&tag) && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((tag, value))
}

fn bibliography(draft: &mut Draft<Tag>) -> Bibliography {
    let mut out = Bibliography::default();
    let mut abstracts = Abstracts::default();
    for (tag, value) in draft.filled() {
        match tag {
            b'X' => abstracts.push(value),
            b'A' => out.authors.push(plain(value)),
            b'K' => out.keywords.extend(value.split(';').map(plain).filter(|word| !word.is_empty())),
            _ => {}
        }
    }
    let text = |tag: Tag| draft.value(tag).map(plain);
    out.kind = text(b'0');
    out.title = text(b'T');
    out.journal = text(b'J').or_else(|| text(b'B'));
    out.volume = text(b'V');
    out.issue = text(b'N');
    out.pages = text(b'P');
    out.language = text(b'G');
    out.issn = text(b'@');
    out.url = text(b'U');
    out.doi = draft.filled().find_map(|(tag, value)| match tag {
        b'R' => identifier::doi(value),
        b'U' if value.contains("doi.org/") => identifier::doi(value),
        _ => None,
    });
    let accession = draft.value(b'M').and_then(|id| identifier::labelled_pmid(id).or(identifier::bare_pmid(id, 7)));
    out.pmid = accession.map(str::to_owned);
    out.pmcid = draft.value(b'2').and_then(identifier::pmcid);
    if let Some(year) = draft.value(b'D').or(draft.value(b'8')).and_then(Date::parse) {
        let date = draft.value(b'8').map_or(year, |text| Date::parse(text).unwrap_or_else(|| year.refined(text)));
        let date = if date.year == year.year { date } else { year };
        out.year = Some(date.year);
        out.date = Some(date.to_string());
    }
    out.abstract_text = abstracts.choose(draft);
    out
}
