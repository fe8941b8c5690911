//! PubMed's tagged format (MEDLINE, nbib): four columns of tag, a hyphen, continuation lines indented.
//!
//! The trick: only a known tag in its columns opens a field, so that neither a broken indentation nor `ER - positive`
//! in an abstract makes one.

use super::abstracts::Abstracts;
use super::date::Date;
use super::draft::Draft;
use super::feed::{Feed, Outbox};
use super::furniture::is_furniture;
use super::identifier;
use super::lines::Line;
use super::markup::plain;
use crate::model::Bibliography;
use crate::model::Severity::Note;

/// A tag, filled up with blanks.
type Tag = [u8; 4];

/// Tags of MEDLINE, PubMed and Ovid; fields under others are continuation lines.
const TAGS: &[&[u8; 4]] = &[
    b"AB  ", b"AD  ", b"AID ", b"AU  ", b"AUID", b"BTI ", b"CDAT", b"CI  ", b"CIN ", b"CN  ", b"COI ", b"COIS",
    b"CON ", b"CP  ", b"CRDT", b"CRF ", b"CRI ", b"CTDT", b"CTI ", b"DA  ", b"DB  ", b"DCOM", b"DDIN", b"DEP ",
    b"DO  ", b"DP  ", b"DRDT", b"DRIN", b"ECF ", b"ECI ", b"ED  ", b"EDAT", b"EFR ", b"EIN ", b"EN  ", b"FAU ",
    b"FED ", b"FIR ", b"FPS ", b"GN  ", b"GR  ", b"GS  ", b"IP  ", b"IR  ", b"IRAD", b"IRID", b"IS  ", b"ISBN",
    b"JC  ", b"JID ", b"JT  ", b"LA  ", b"LID ", b"LR  ", b"MH  ", b"MHDA", b"MID ", b"NM  ", b"OAB ", b"OABL",
    b"OCI ", b"OID ", b"ORI ", b"OT  ", b"OTO ", b"OWN ", b"PB  ", b"PG  ", b"PHST", b"PL  ", b"PMC ", b"PMCR",
    b"PMID", b"PS  ", b"PST ", b"PT  ", b"PUBM", b"RF  ", b"RIN ", b"RN  ", b"ROF ", b"RPF ", b"RPI ", b"RRF ",
    b"RRI ", b"SB  ", b"SFM ", b"SI  ", b"SO  ", b"SPIN", b"STAT", b"TA  ", b"TI  ", b"TT  ", b"UI  ", b"UIN ",
    b"UOF ", b"VI  ", b"VN  ", b"VTI ", b"YR  ",
];

/// Reads records from the lines that it is fed.
pub(super) struct Nbib {
    draft: Draft<Tag>,
    inside: bool,
    after_blank: bool,
}

impl Feed for Nbib {
    fn line(&mut self, line: &Line, out: &mut Outbox) {
        let text = line.text.trim_matches(|c: char| c == '\u{FEFF}' || c == '\u{1A}').trim_end();
        if text.is_empty() {
            self.after_blank = true;
            return;
        }
        match field(text) {
            Some((tag, value)) => self.field(tag, value, line.number, out),
            None if is_furniture(text) && self.after_blank => {}
            None if self.inside => self.draft.extend(text, line.number),
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

impl Nbib {
    pub fn new() -> Self {
        Self { draft: Draft::new(), inside: false, after_blank: true }
    }

    fn field(&mut self, tag: Tag, value: &str, number: u64, out: &mut Outbox) {
        let again = self.draft.has(tag) && matches!(&tag, b"PMID" | b"UI  ");
        let apart = self.after_blank && (matches!(&tag, b"PMID" | b"UI  ") || self.begins_again(tag));
        if !self.inside || apart || again {
            self.finish(out);
            out.begins();
            self.draft.begin(number);
            self.inside = true;
        }
        self.draft.push(tag, value, number);
    }

    /// Whether a field so tagged, after a blank line, is the next record's: the record has it, or has all that records
    /// have. Blank lines alone do not end a record, since some programs put one after each line.
    fn begins_again(&self, tag: Tag) -> bool {
        const ONCE: [&Tag; 9] = [b"OWN ", b"STAT", b"DCOM", b"TI  ", b"AB  ", b"DP  ", b"SO  ", b"JT  ", b"VI  "];
        ONCE.contains(&&tag) && self.draft.has(tag) || self.draft.has(*b"SO  ")
    }

    fn finish(&mut self, out: &mut Outbox) {
        if !std::mem::take(&mut self.inside) {
            return;
        }
        let line = self.draft.line;
        if let Some(at) = self.draft.too_long {
            out.skip(line, None, "nbib.too_long", format!("the record is longer than can be read, at line {at}"));
            return;
        }
        let reference = bibliography(&mut self.draft);
        if reference.title.is_none() && reference.abstract_text.is_none() && reference.pmid.is_none() {
            out.skip(line, None, "nbib.empty", "the record has neither id nor title nor abstract");
            return;
        }
        if reference.pmid.is_none() {
            self.draft.note(Note, "nbib.no_pmid", "the record has no PMID", line);
        }
        out.reference(line, reference, std::mem::take(&mut self.draft.diagnostics));
    }
}

/// Whether `line` opens a field that no other format has (`FAU - `, `LID - `).
pub(super) fn is_own_line(line: &str) -> bool {
    field(line).is_some_and(|(tag, _)| tag[2] != b' ')
}

/// Tag and value of a line that opens a field.
pub(super) fn field(line: &str) -> Option<(Tag, &str)> {
    let (name, value) = line.split_once('-')?;
    let name = name.trim_end();
    let mut tag = *b"    ";
    if !(2..=4).contains(&name.len()) || !(value.is_empty() || value.starts_with(' ')) {
        return None;
    }
    tag[..name.len()].copy_from_slice(name.as_bytes());
    TAGS.contains(&&tag).then_some((tag, value))
}

fn bibliography(draft: &mut Draft<Tag>) -> Bibliography {
    let mut out = Bibliography::default();
    let mut abstracts = Abstracts::default();
    let mut short_names = Vec::new();
    for (tag, value) in draft.filled() {
        match &tag {
            b"AB  " => abstracts.push(value),
            b"FAU " | b"CN  " => out.authors.push(plain(value)),
            b"AU  " => short_names.push(plain(value)),
            b"MH  " | b"OT  " => out.keywords.push(plain(value)),
            b"LID " | b"AID " | b"SO  " if value.contains("doi") && out.doi.is_none() => {
                out.doi = identifier::doi(value);
            }
            b"DO  " => out.doi = identifier::doi(value),
            _ => {}
        }
    }
    if out.authors.is_empty() {
        out.authors = short_names;
    }
    let first = |tags: &[&Tag]| tags.iter().find_map(|&&tag| draft.value(tag));
    out.kind = first(&[b"PT  "]).map(plain);
    out.title = first(&[b"TI  ", b"BTI ", b"TT  ", b"CTI "]).map(plain);
    out.journal = first(&[b"JT  ", b"TA  "]).map(plain);
    out.volume = first(&[b"VI  "]).map(plain);
    out.issue = first(&[b"IP  "]).map(plain);
    out.pages = first(&[b"PG  "]).map(plain);
    out.language = first(&[b"LA  "]).map(plain);
    out.issn = first(&[b"IS  ", b"ISBN"]).and_then(|text| text.split_whitespace().next()).map(str::to_owned);
    out.pmid = first(&[b"PMID", b"UI  "]).and_then(identifier::pmid).map(str::to_owned);
    out.pmcid = first(&[b"PMC "]).and_then(identifier::pmcid);
    if let Some(date) = first(&[b"DP  ", b"YR  ", b"DEP ", b"CDAT"]).and_then(Date::parse) {
        out.year = Some(date.year);
        out.date = Some(date.to_string());
    }
    for (_, value) in draft.filled().filter(|(tag, _)| tag == b"OAB ") {
        abstracts.push_fallback(value);
    }
    out.abstract_text = abstracts.choose(draft);
    out
}
