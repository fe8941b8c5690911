//! The format of an input, told by its first bytes and never by its name alone.
//!
//! The trick: each tagged format has lines that no other has (`TY  -`, `PMID-`, `PT J`), so the first such line decides,
//! however much a database printed above it.

use super::{Format, bibtex, csv, nbib, ovid, ris};

/// Lines among which the header of a table is looked for; some programs print the search above it.
const ABOVE_HEADER: usize = 12;

/// The format of an input that begins with `head`.
pub(super) fn format(head: &[u8]) -> Option<Format> {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if text.starts_with('{') && !text.starts_with("{\\") {
        return Some(Format::Jsonl);
    }
    if text.starts_with('<')
        && let Some(format) = xml(text)
    {
        return Some(format);
    }
    if text.split(['\n', '\r']).next().and_then(csv::delimiter).is_some() {
        return Some(Format::Csv);
    }
    let lines = || text.split(['\n', '\r']);
    if ovid::is_ovid(lines()) {
        return Some(Format::Ovid);
    }
    if let Some(format) = lines().find_map(opening) {
        return Some(format);
    }
    if lines().any(|line| line.trim_start().starts_with("{\"")) {
        return Some(Format::Jsonl);
    }
    if delimiter(head).is_some() {
        return Some(Format::Csv);
    }
    if lines().filter(|line| nbib::is_own_line(line)).count() >= 2 {
        return Some(Format::Nbib);
    }
    (lines().filter(|line| ris::is_tag_line(line)).count() >= 2).then_some(Format::Ris)
}

/// The XML format whose first elements are in `text`.
fn xml(text: &str) -> Option<Format> {
    let pubmed = ["<PubmedArticle", "<PubmedBookArticle", "<MedlineCitation"];
    let endnote = ["<records>", "<record>", "<ref-type"];
    let at = |names: &[&str]| names.iter().filter_map(|name| text.find(name)).min();
    match (at(&pubmed), at(&endnote)) {
        (Some(_), _) => Some(Format::PubmedXml),
        (None, Some(_)) => Some(Format::EndnoteXml),
        (None, None) => None,
    }
}

/// The format of which `line` is the opening of a record.
pub(super) fn opening(line: &str) -> Option<Format> {
    if ris::opens_record(line) {
        return Some(Format::Ris);
    }
    if line.starts_with("PMID- ") || line.starts_with("PMID - ") {
        return Some(Format::Nbib);
    }
    if line.starts_with("FN ") && line.contains("Web of")
        || matches!(line.trim_end(), "PT J" | "PT B" | "PT S" | "PT P" | "PT C")
    {
        return Some(Format::Wos);
    }
    if line.starts_with("%0 ") || line.starts_with("%T ") {
        return Some(Format::Enw);
    }
    bibtex::opens_entry(line).then_some(Format::Bibtex)
}

/// What stands between the columns of a table that begins with `head`.
pub(super) fn delimiter(head: &[u8]) -> Option<u8> {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    lines.take(ABOVE_HEADER).find_map(csv::delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_telling_line_decides() {
        for (head, want) in [
            ("\n\n1. \nTY  - JOUR\n", Some(Format::Ris)),
            ("Dear all,\n\nTI  - A title\nAU  - Miller, A\n", Some(Format::Ris)),
            ("A header\nPMID- 30000001\nTI  - A title\n", Some(Format::Nbib)),
            ("FN Clarivate Analytics Web of Science\nVR 1.0\n", Some(Format::Wos)),
            ("<1>\nUnique Identifier\n  30000001\n", Some(Format::Ovid)),
            ("<1>\nTY  - JOUR\n", Some(Format::Ris)),
            ("<?xml version=\"1.0\"?><PubmedArticleSet><PubmedArticle>", Some(Format::PubmedXml)),
            ("<xml><records><record>", Some(Format::EndnoteXml)),
            ("% a comment\n@article{a, title = {T}}", Some(Format::Bibtex)),
            ("%0 Journal Article\n", Some(Format::Enw)),
            ("Title;Year;Abstract\n", Some(Format::Csv)),
            ("not json\n{\"id\": 1}\n", Some(Format::Jsonl)),
            ("<html><body>No export</body></html>", None),
            ("Title,Year\nA,2020\n", None),
            ("A letter to all - with a dash.\n", None),
        ] {
            assert_eq!(format(head.as_bytes()), want, "{head:?}");
        }
    }
}
