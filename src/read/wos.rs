//! Web of Science tagged export: two capitals, a blank, the value; continuation lines indented by three.
//!
//! The trick: an indented line never opens a field, and what an indented line means depends on the field: another
//! author, or more of the same title.

use super::abstracts::Abstracts;
use super::date::Date;
use super::draft::Draft;
use super::feed::{Feed, Outbox};
use super::identifier;
use super::lines::Line;
use super::markup::plain;
use crate::model::Bibliography;
use crate::model::Severity::Warning;

type Tag = [u8; 2];

/// Tags of the export's core and of the collections within Web of Science.
const TAGS: &[&Tag] = &[
    b"AB", b"AE", b"AF", b"AR", b"AU", b"BA", b"BE", b"BF", b"BN", b"BP", b"BS", b"C1", b"C3", b"CA", b"CL", b"CR",
    b"CT", b"CY", b"D2", b"DA", b"DE", b"DI", b"DT", b"EA", b"ED", b"EF", b"EI", b"EM", b"EP", b"ER", b"ET", b"EY",
    b"FN", b"FT", b"FU", b"FX", b"G1", b"GA", b"GP", b"HC", b"HO", b"HP", b"ID", b"IS", b"J9", b"JI", b"LA", b"MA",
    b"MC", b"MH", b"MQ", b"NR", b"OA", b"OI", b"P2", b"PA", b"PD", b"PG", b"PI", b"PM", b"PN", b"PS", b"PT", b"PU",
    b"PY", b"RI", b"RP", b"SC", b"SE", b"SI", b"SN", b"SO", b"SP", b"SU", b"TC", b"TI", b"U1", b"U2", b"UT", b"VL",
    b"VR", b"WC", b"WE", b"Z9",
];

/// Reads records from the lines that it is fed.
pub(super) struct Wos {
    draft: Draft<Tag>,
    inside: bool,
    last: Tag,
}

impl Feed for Wos {
    fn line(&mut self, line: &Line, out: &mut Outbox) {
        let text = line.text.trim_start_matches('\u{FEFF}').trim_end();
        if text.is_empty() {
            return;
        }
        match field(text) {
            Some((tag, value)) if !self.is_prose(tag, value) => self.field(tag, value, line.number, out),
            _ if self.inside => self.continuation(text.trim_start(), line.number),
            _ => out.outside(line.number),
        }
        if line.repaired && self.inside {
            self.draft.note_repaired(line.number);
        }
        if line.cut && self.inside {
            self.draft.too_long.get_or_insert(line.number);
        }
    }

    fn end(&mut self, out: &mut Outbox) {
        if self.inside {
            let message = "the input ends before the end of this record, which has what was there";
            self.draft.note(Warning, "wos.no_end", message, self.draft.line);
        }
        self.finish(out);
    }
}

impl Wos {
    pub fn new() -> Self {
        Self { draft: Draft::new(), inside: false, last: *b"PT" }
    }

    /// Whether the line goes on with an abstract although it opens like a field (`CR was reached`, `ER positive`).
    fn is_prose(&self, tag: Tag, value: &str) -> bool {
        let in_prose = self.inside && matches!(&self.last, b"AB" | b"TI" | b"FX");
        in_prose && (self.draft.has(tag) || value.starts_with(char::is_lowercase) || tag == *b"ER" && !value.is_empty())
    }

    fn field(&mut self, tag: Tag, value: &str, number: u64, out: &mut Outbox) {
        match &tag {
            b"FN" | b"VR" | b"EF" | b"ER" => self.finish(out),
            _ => {
                if tag == *b"PT" {
                    self.finish(out);
                }
                if !self.inside {
                    out.begins();
                    self.draft.begin(number);
                    self.inside = true;
                }
                self.draft.push(tag, value, number);
                self.last = tag;
            }
        }
    }

    fn continuation(&mut self, text: &str, number: u64) {
        if matches!(&self.last, b"AU" | b"AF" | b"CA") {
            self.draft.push(self.last, text, number);
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
            out.skip(line, None, "wos.too_long", format!("the record is longer than can be read, at line {at}"));
            return;
        }
        let reference = bibliography(&mut self.draft);
        if reference.title.is_none() && reference.abstract_text.is_none() && reference.doi.is_none() {
            out.skip(line, None, "wos.empty", "the record has neither title nor abstract nor DOI");
            return;
        }
        out.reference(line, reference, std::mem::take(&mut self.draft.diagnostics));
    }
}

/// Tag and value of a line that opens a field.
fn field(line: &str) -> Option<(Tag, &str)> {
    let tag = <Tag>::try_from(line.as_bytes().get(..2)?).ok()?;
    let value = line.get(2..)?;
    let opens = TAGS.contains(&&tag) && (value.is_empty() || value.starts_with([' ', '\t']));
    opens.then_some((tag, value))
}

fn bibliography(draft: &mut Draft<Tag>) -> Bibliography {
    let mut out = Bibliography::default();
    let mut abstracts = Abstracts::default();
    let mut short_names = Vec::new();
    for (tag, value) in draft.filled() {
        match &tag {
            b"AB" => abstracts.push(value),
            b"AF" | b"CA" => out.authors.push(plain(value)),
            b"AU" => short_names.push(plain(value)),
            b"DE" | b"ID" => out.keywords.extend(value.split(';').map(plain).filter(|word| !word.is_empty())),
            _ => {}
        }
    }
    if !draft.filled().any(|(tag, _)| tag == *b"AF") {
        short_names.append(&mut out.authors);
        out.authors = short_names;
    }
    let first = |tags: &[&Tag]| tags.iter().find_map(|&&tag| draft.value(tag));
    out.kind = first(&[b"DT", b"PT"]).map(plain);
    out.title = first(&[b"TI"]).map(plain);
    out.journal = first(&[b"SO", b"JI", b"J9"]).map(plain);
    out.volume = first(&[b"VL"]).map(plain);
    out.issue = first(&[b"IS"]).map(plain);
    out.pages = match (first(&[b"BP"]), first(&[b"EP"])) {
        (Some(from), Some(to)) if from != to => Some(plain(&format!("{from}-{to}"))),
        (from, _) => from.or_else(|| first(&[b"AR"])).map(plain),
    };
    out.language = first(&[b"LA"]).map(plain);
    out.issn = first(&[b"SN", b"EI", b"BN"]).map(plain);
    out.doi = first(&[b"DI"]).and_then(identifier::doi);
    out.pmid = first(&[b"PM"]).and_then(identifier::pmid).map(str::to_owned);
    if let Some(date) = first(&[b"PY", b"EY"]).and_then(Date::parse) {
        let date = first(&[b"PD"]).map_or(date, |text| date.refined(text));
        out.year = Some(date.year);
        out.date = Some(date.to_string());
    }
    out.abstract_text = abstracts.choose(draft);
    out
}
