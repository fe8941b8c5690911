//! Discrepancies for a terminal: one block a reference, and in it the arithmetic and the sentence of each.

use std::fmt::Write as _;

use crate::model::Record;
use crate::write::heading::heading;
use crate::write::page::{FAINT, Page, mark};
use crate::write::printable::printable;
use crate::write::wrap::fill;

use super::{Discrepancy, code};

/// Columns before arithmetic and sentence.
const INDENT: usize = 4;

/// Writes the block of one reference and an empty line.
pub fn record(record: &Record, found: &[Discrepancy], page: Page, out: &mut Vec<u8>) {
    let mut text = heading(record, page);
    for discrepancy in found {
        entry(discrepancy, page, &mut text);
    }
    text.push('\n');
    out.extend_from_slice(text.as_bytes());
}

fn entry(Discrepancy { check, sentences }: &Discrepancy, page: Page, text: &mut String) {
    let (sign, style) = mark(check.verdict);
    let item = check.inspect_sr.map_or(String::new(), |item| format!(" \u{b7} INSPECT-SR {}", item.code()));
    let _ = writeln!(text, "  {} {} \u{b7} {}{item}", page.paint(style, sign), code(check.verdict), check.check.0);
    for line in fill(&printable(&check.message), page.width.saturating_sub(INDENT)) {
        let _ = writeln!(text, "{:INDENT$}{line}", "");
    }
    for sentence in sentences {
        let quoted = format!("\u{201c}{}\u{201d}", printable(&sentence.text));
        for line in fill(&quoted, page.width.saturating_sub(INDENT)) {
            let _ = writeln!(text, "{:INDENT$}{}", "", page.paint(FAINT, line));
        }
    }
}
