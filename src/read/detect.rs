//! The format of an input, told by its first bytes and never by its name alone.
//!
//! The trick: each tagged format has lines that no other has (`TY  -`, `PMID-`, `PT J`), so the first such line decides,
//! however much a database printed above it.

use super::Format;
use super::ris;

/// The format of an input that begins with `head`.
pub(super) fn format(head: &[u8]) -> Option<Format> {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if text.starts_with('{') {
        return Some(Format::Jsonl);
    }
    let lines = || text.split(['\n', '\r']);
    lines()
        .find_map(opening)
        .or_else(|| (lines().filter(|line| ris::is_tag_line(line)).count() >= 2).then_some(Format::Ris))
}

/// The format of which `line` is the opening of a record.
fn opening(line: &str) -> Option<Format> {
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
    None
}
