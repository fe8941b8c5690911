//! The evidence table for a terminal: one block a reference, one row a finding, and the discrepancies beneath.
//!
//! Each block is laid out on its own, so that the table streams; columns that a reference has nothing for are left
//! out, which is what makes the rest fit into 80 columns.

use std::fmt::Write as _;

use comfy_table::{Attribute, Cell, Color, ContentArrangement, LineStyle, Table, TableStyle};

use crate::model::{Check, Finding, Record, Verdict};

use super::heading::heading;
use super::index::Index;
use super::page::{FAINT, Page, mark};
use super::phrase;
use super::printable::printable;
use super::wrap::fill;

const RULE: TableStyle = TableStyle::new().header_separator(LineStyle::new('─', '─', '─', '─'));

/// Writes the block of one reference and an empty line.
pub fn record(record: &Record, page: Page, out: &mut Vec<u8>) {
    if record.error.is_some() {
        return;
    }
    let mut text = heading(record, page);
    if record.findings.is_empty() {
        let why = if record.reference.abstract_text.is_some() { "no findings" } else { "no abstract" };
        let _ = writeln!(text, "  {}", page.paint(FAINT, why));
    } else {
        text.push_str(&rows(record, page));
    }
    for check in &record.checks {
        note(check, page, &mut text);
    }
    text.push('\n');
    out.extend_from_slice(text.as_bytes());
}

fn rows(record: &Record, page: Page) -> String {
    let index = Index::of(record);
    let columns: Vec<&Column> =
        COLUMNS.iter().filter(|column| record.findings.iter().any(|f| !(column.cell)(&index, f).is_empty())).collect();
    let mut table = Table::new();
    table.load_style(RULE).set_content_arrangement(ContentArrangement::Dynamic).force_no_tty();
    table.set_width(u16::try_from(page.width).unwrap_or(u16::MAX));
    if page.colour {
        table.enforce_styling().style_text_only();
    }
    table.set_header(columns.iter().map(|column| head(column.head)));
    for finding in &record.findings {
        table.add_row(columns.iter().map(|column| {
            let text = (column.cell)(&index, finding);
            let cell = Cell::new(printable(&text));
            if column.head == CHECKED { tinted(cell, index.verdict(finding)) } else { cell }
        }));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    let mut text = table.trim_fmt();
    text.push('\n');
    text
}

struct Column {
    head: &'static str,
    cell: fn(&Index, &Finding) -> String,
}

const CHECKED: &str = "";

const COLUMNS: [Column; 8] = [
    Column { head: "#", cell: |_, finding| finding.id.to_string() },
    Column { head: "Outcome", cell: |_, finding| phrase::outcome(finding) },
    Column { head: "Group (n)", cell: phrase::group },
    Column { head: "Value", cell: |_, finding| phrase::value(finding) },
    Column { head: "Time", cell: |_, finding| finding.time.as_ref().map(phrase::time).unwrap_or_default() },
    Column { head: "Grade", cell: |_, finding| finding.grade.as_ref().map(phrase::grade).unwrap_or_default() },
    Column { head: "p", cell: |_, finding| finding.p.as_ref().map(phrase::p).unwrap_or_default() },
    Column {
        head: CHECKED,
        cell: |index, finding| match index.verdict(finding) {
            Some(Verdict::NotCheckable) | None => String::new(),
            Some(verdict) => mark(verdict).0.to_owned(),
        },
    },
];

/// An empty cell takes no style: escapes would keep its line from being trimmed.
fn head(text: &str) -> Cell {
    let cell = Cell::new(text);
    if text.is_empty() { cell } else { cell.add_attribute(Attribute::Dim) }
}

fn tinted(cell: Cell, verdict: Option<Verdict>) -> Cell {
    match verdict {
        Some(Verdict::Inconsistent) => cell.fg(Color::Red),
        Some(Verdict::Suspicious) => cell.fg(Color::Yellow),
        Some(Verdict::Consistent) => cell.fg(Color::Green),
        Some(Verdict::NotCheckable) | None => cell,
    }
}

/// A discrepancy, or what stopped a check, as a paragraph with a hanging indent.
fn note(check: &Check, page: Page, text: &mut String) {
    if check.verdict == Verdict::Consistent {
        return;
    }
    let (sign, style) = mark(check.verdict);
    let findings: Vec<String> = check.findings.iter().map(ToString::to_string).collect();
    let words = format!(
        "{}{} ({}): {}",
        if findings.is_empty() { String::new() } else { findings.join(", ") + " " },
        phrase::verdict(check.verdict),
        check.check.0,
        check.message
    );
    for (at, line) in fill(&printable(&words), page.width.saturating_sub(4)).into_iter().enumerate() {
        let lead = if at == 0 { sign } else { " " };
        let _ = writeln!(text, " {} {line}", page.paint(style, lead));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Diagnostic, Severity};
    use crate::write::sample;

    fn block(record: &Record, width: usize, colour: bool) -> String {
        let mut out = Vec::new();
        super::record(record, Page { width, colour }, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_block_has_a_row_a_finding_and_the_discrepancies_beneath() {
        insta::assert_snapshot!(block(&sample::record(), 100, false), @r"
        Okafor et al. 2021 · Invented cells after an invented transplant
        doi:10.5555/made.up.1 · single arm, phase 1/2 · made-up.ris:1
         #   Outcome             Group (n)    Value                               p
        ─────────────────────────────────────────────────────────────────────────────────────
         f1  complete remission  adults (40)  31/40, 77.5% (95% CI 61.5 to 89.2)          ✓
         f2  relapse             adults (40)  12, 34% (95% CI 16 to 44)                   ✗
         f3  overall survival    adults (40)  HR 0.62 (95% CI 0.41 to NR)         <0.001  ?
         f4  “fatal event”                    none
         ✗ f2 inconsistent (proportion.percent): 12 of 40 is 30.0%, and 34% is printed.
         ? f2, f3 suspicious (interval.order): The limits look alike.
        ");
    }

    #[test]
    fn a_narrow_page_wraps_and_never_overflows() {
        for width in [40, 60, 80] {
            for line in block(&sample::record(), width, false).lines() {
                assert!(line.chars().map(crate::write::wrap::columns).sum::<usize>() <= width, "{line}");
            }
        }
    }

    #[test]
    fn colour_adds_escapes_and_nothing_else() {
        let coloured = block(&sample::record(), 100, true);
        assert!(coloured.contains("\u{1b}["));
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), block(&sample::record(), 100, false));
    }

    #[test]
    fn escapes_in_an_abstract_do_not_reach_the_terminal() {
        let mut record = sample::record();
        record.findings[3].outcome.text = "fatal\u{1b}[2Jevent".into();
        record.reference.title = Some("A \u{1b}]0;title\u{7} B".into());
        assert!(!block(&record, 100, false).contains('\u{1b}'));
    }

    #[test]
    fn a_reference_with_nothing_in_it_says_why() {
        let mut record = sample::record();
        record.findings.clear();
        record.checks.clear();
        assert!(block(&record, 80, false).contains("no findings"));
        record.reference.abstract_text = None;
        assert!(block(&record, 80, false).contains("no abstract"));
    }

    #[test]
    fn an_unusable_record_has_no_block() {
        let mut record = sample::record();
        record.error = Some("not JSON".into());
        record.diagnostics.push(Diagnostic::new(Severity::Error, "jsonl.syntax", "not JSON", 1));
        assert_eq!(block(&record, 80, false), "");
    }
}
