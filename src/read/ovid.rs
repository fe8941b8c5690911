//! Ovid's export with field names written out: a counter, a name on its own line, the value indented below it.
//!
//! The trick: only a line that is not indented and is one of the known names opens a field.

use super::abstracts::Abstracts;
use super::date::Date;
use super::draft::Draft;
use super::feed::{Feed, Outbox};
use super::furniture::{is_counter, is_furniture};
use super::identifier;
use super::lines::Line;
use super::markup::plain;
use crate::model::Bibliography;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Authors,
    Source,
    Journal,
    Abstract,
    Year,
    Doi,
    Pmid,
    Accession,
    Kind,
    Language,
    Issn,
    Keywords,
    /// A field of no use here.
    Other,
}

/// The field called `name`.
fn known(name: &str) -> Option<Field> {
    Some(match name.trim_end().trim_end_matches(['.', ':']) {
        "Title" | "Article Title" => Field::Title,
        "Author" | "Authors" | "Authors Full Name" | "Author/Editor" => Field::Authors,
        "Source" => Field::Source,
        "Journal" | "Journal Name" | "Journal Title" => Field::Journal,
        "Abstract" => Field::Abstract,
        "Year of Publication" | "Publication Year" | "Date of Publication" | "Publication Date" | "Year" => Field::Year,
        "Digital Object Identifier" | "DOI" | "DOI Number" => Field::Doi,
        "PMID" | "PubMed ID" | "Pubmed Id" => Field::Pmid,
        "Unique Identifier" | "Accession Number" => Field::Accession,
        "Publication Type" => Field::Kind,
        "Language" => Field::Language,
        "ISSN" | "ISSN Print" | "ISSN Electronic" | "ISSN Linking" => Field::Issn,
        "Keyword"
        | "Keywords"
        | "Keyword Heading"
        | "Heading Word"
        | "MeSH Subject Headings"
        | "Subject Headings"
        | "Candidate Term Words" => Field::Keywords,
        "Abbreviated Source"
        | "Author Affiliation"
        | "Author NameID"
        | "Cited References"
        | "Clinical Trial Number"
        | "Comments"
        | "Copyright Information"
        | "Correspondence Address"
        | "Country of Publication"
        | "Create Date"
        | "Database"
        | "Date Created"
        | "Drug Index Terms"
        | "Embase Accession ID"
        | "Entry Date"
        | "Funding"
        | "Grant Information"
        | "Institution"
        | "Link to the Ovid Full Text or citation"
        | "NLM Journal Code"
        | "Other Index Terms"
        | "Publication History Status"
        | "Publisher"
        | "Publishing Model"
        | "Registry Number"
        | "Status"
        | "Update Date"
        | "Version ID"
        | "Volume"
        | "Year of Entry" => Field::Other,
        _ => return None,
    })
}

/// Whether `lines` (the first of an input) are this format's.
pub(super) fn is_ovid<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let mut filled = lines.filter(|line| !line.trim().is_empty());
    filled.by_ref().any(|line| is_counter(line.trim()))
        && filled.next().is_some_and(|name| known(name).is_some())
        && filled.next().is_some_and(|value| value.starts_with([' ', '\t']))
}

/// Reads records from the lines that it is fed.
pub(super) struct Ovid {
    draft: Draft<Field>,
    inside: bool,
}

impl Feed for Ovid {
    fn line(&mut self, line: &Line, out: &mut Outbox) {
        let text = line.text.trim_end().trim_start_matches('\u{FEFF}');
        if text.is_empty() {
            return;
        }
        let indented = text.starts_with([' ', '\t', '\u{A0}']);
        let field = if indented { None } else { known(text) };
        if !indented && is_counter(text) {
            self.finish(out);
            out.begins();
            self.draft.begin(line.number);
            self.inside = true;
        } else if !self.inside {
            if !is_furniture(text) {
                out.outside(line.number);
            }
        } else if let Some(field) = field {
            self.draft.push(field, "", line.number);
        } else if !indented && is_furniture(text) {
            self.draft.push(Field::Other, "", line.number);
        } else {
            self.value(text, line.number);
        }
        if line.repaired && self.inside {
            self.draft.note_repaired(line.number);
        }
        if line.cut && self.inside {
            self.draft.too_long.get_or_insert(line.number);
        }
    }

    fn end(&mut self, out: &mut Outbox) {
        self.finish(out);
    }
}

impl Ovid {
    pub fn new() -> Self {
        Self { draft: Draft::new(), inside: false }
    }

    /// A line of the last field: another keyword, or more of the same text.
    fn value(&mut self, text: &str, number: u64) {
        match self.draft.last_tag() {
            Some(Field::Keywords) if self.draft.last().is_some_and(|last| !last.is_empty()) => {
                self.draft.push(Field::Keywords, text, number);
            }
            _ => self.draft.extend(text, number),
        }
    }

    fn finish(&mut self, out: &mut Outbox) {
        if !std::mem::take(&mut self.inside) {
            return;
        }
        let line = self.draft.line;
        if let Some(at) = self.draft.too_long {
            out.skip(line, None, "ovid.too_long", format!("the record is longer than can be read, at line {at}"));
            return;
        }
        let reference = bibliography(&mut self.draft);
        if reference.title.is_none() && reference.abstract_text.is_none() {
            out.skip(line, None, "ovid.empty", "the record has neither title nor abstract");
            return;
        }
        out.reference(line, reference, std::mem::take(&mut self.draft.diagnostics));
    }
}

fn bibliography(draft: &mut Draft<Field>) -> Bibliography {
    let mut out = Bibliography::default();
    let mut abstracts = Abstracts::default();
    for (field, value) in draft.filled() {
        match field {
            Field::Abstract => abstracts.push(value),
            Field::Authors if out.authors.is_empty() => {
                out.authors = value.split("; ").map(|name| plain(name).trim_end_matches('.').to_owned()).collect();
            }
            Field::Keywords => out.keywords.push(plain(value)),
            _ => {}
        }
    }
    let first = |field: Field| draft.value(field);
    let text = |field: Field| first(field).map(plain);
    out.kind = text(Field::Kind);
    out.title = text(Field::Title);
    out.journal = text(Field::Journal).or_else(|| {
        let source = text(Field::Source)?;
        source.split(". ").next().map(|journal| journal.trim_end_matches('.').to_owned())
    });
    out.language = text(Field::Language);
    out.issn = text(Field::Issn).and_then(|issn| issn.split_whitespace().next().map(str::to_owned));
    out.doi = first(Field::Doi).and_then(identifier::doi);
    let accession = first(Field::Accession).and_then(|id| identifier::bare_pmid(id, 7));
    out.pmid = first(Field::Pmid)
        .and_then(|id| identifier::pmid(id.split_whitespace().next()?))
        .or(accession)
        .map(str::to_owned);
    if let Some(date) = first(Field::Year).and_then(Date::parse) {
        out.year = Some(date.year);
        out.date = Some(date.to_string());
    }
    out.abstract_text = abstracts.choose(draft);
    out
}
