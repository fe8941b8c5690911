//! Text with marks under its words and a label for each mark.
//!
//! Labels hang from the first column of their mark. They are placed from right to left, each on the highest row
//! where it touches nothing, so that the line from a mark down to its label never crosses another label. The text is
//! kept narrower than the page by the longest label, so that the last one fits too.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::write::page::{EVIDENCE, FAINT, Page};
use crate::write::wrap::{columns, wrap};

/// A marked part of the text, in characters, and what to call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Characters of the text.
    pub at: Range<usize>,
    /// What to call it.
    pub label: String,
}

/// The text in lines of at most the page's width, indented, each with its marks and labels beneath.
pub fn underline(text: &str, marks: &[Mark], page: Page, indent: &str) -> Vec<String> {
    let text: Vec<char> = text.chars().collect();
    let width = page.width.saturating_sub(indent.len());
    let mut lines = Vec::new();
    let longest = marks.iter().map(|mark| mark.label.chars().count()).max().unwrap_or(0);
    for range in wrap(&text, width - longest.min(width / 3)) {
        lines.push(format!("{indent}{}", text[range.clone()].iter().collect::<String>()));
        let here: Vec<&Mark> = marks.iter().filter(|m| m.at.start < range.end && range.start < m.at.end).collect();
        if here.is_empty() {
            continue;
        }
        let column = |at: usize| text[range.start..at].iter().copied().map(columns).sum::<usize>();
        let mut rule = vec![' '; column(range.end) + 1];
        for mark in &here {
            rule[column(mark.at.start.max(range.start))..column(mark.at.end.min(range.end))].fill('─');
        }
        let mut labels: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for mark in here.iter().filter(|mark| mark.at.start >= range.start) {
            let start = column(mark.at.start);
            rule[start] = '┬';
            let stack = labels.entry(start).or_default();
            if !stack.contains(&mark.label.as_str()) {
                stack.push(&mark.label);
            }
        }
        lines.push(format!("{indent}{}", page.paint(EVIDENCE, trimmed(&rule))));
        let rows = place(&labels, width);
        lines.extend(rows.iter().map(|row| format!("{indent}{}", page.paint(FAINT, trimmed(row)))));
    }
    lines
}

/// Rows of labels, each at its column, those of one column stacked. Everything placed before a label stands to the right of its column, so the
/// row below all others takes any label.
fn place(labels: &BTreeMap<usize, Vec<&str>>, width: usize) -> Vec<Vec<char>> {
    let mut rows: Vec<Vec<char>> = Vec::new();
    for (&column, stack) in labels.iter().rev() {
        let stack: Vec<_> = stack.iter().map(|label| cut(label, width.saturating_sub(column))).collect();
        let stands = |&row: &usize| rows[row..].iter().zip(&stack).all(|(row, label)| fits(row, column, label.len()));
        let first = (0..rows.len()).find(stands).unwrap_or(rows.len());
        rows.resize(rows.len().max(first + stack.len()), Vec::new());
        for above in &mut rows[..first] {
            put(above, column, &['│']);
        }
        for (row, label) in rows[first..].iter_mut().zip(&stack) {
            put(row, column, label);
        }
    }
    rows
}

/// Whether there is room for `long` columns and a space after them.
fn fits(row: &[char], column: usize, long: usize) -> bool {
    row.iter().skip(column).take(long + 1).all(|&c| c == ' ')
}

fn cut(label: &str, width: usize) -> Vec<char> {
    let mut label: Vec<char> = label.chars().collect();
    if label.len() > width.max(1) {
        label.truncate(width.max(1) - 1);
        label.push('…');
    }
    label
}

fn put(row: &mut Vec<char>, start: usize, text: &[char]) {
    let end = start + text.len();
    if row.len() < end {
        row.resize(end, ' ');
    }
    row[start..end].copy_from_slice(text);
}

fn trimmed(row: &[char]) -> String {
    row.iter().collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(text: &str, words: &str, label: &str) -> Mark {
        let start = text[..text.find(words).unwrap()].chars().count();
        Mark { at: start..start + words.chars().count(), label: label.into() }
    }

    fn drawn(text: &str, marks: &[Mark], width: usize) -> String {
        underline(text, marks, Page { width, colour: false }, "  ").join("\n")
    }

    #[test]
    fn labels_hang_from_their_marks() {
        let text = "31 of 40 (77.5%; 95% CI 61.5, 89.2) had a complete remission.";
        let marks = [
            mark(text, "31 of 40", "fraction"),
            mark(text, "77.5%", "percent"),
            mark(text, "95% CI 61.5, 89.2", "ci"),
            mark(text, "complete remission", "outcome:complete_remission"),
        ];
        insta::assert_snapshot!(drawn(text, &marks, 100), @r"
          31 of 40 (77.5%; 95% CI 61.5, 89.2) had a complete remission.
          ┬───────  ┬────  ┬────────────────        ┬─────────────────
          fraction  │      ci                       outcome:complete_remission
                    percent
        ");
    }

    #[test]
    fn crowded_labels_move_down_and_the_text_leaves_room_for_late_ones() {
        let text = "12 (34%; ≥3 in 5) and 7 of all";
        let marks = [
            mark(text, "12", "count"),
            mark(text, "34%", "percent"),
            mark(text, "≥3", "grade"),
            mark(text, "5", "count"),
            mark(text, "7 of", "count"),
            mark(text, "all", "quantifier"),
        ];
        insta::assert_snapshot!(drawn(text, &marks, 36), @r"
          12 (34%; ≥3 in 5) and 7
          ┬─  ┬──  ┬─    ┬      ┬
          │   │    grade count  count
          │   percent
          count
          of all
          ── ┬──
             quantifier
        ");
    }

    #[test]
    fn a_mark_over_a_line_end_goes_on_without_its_label() {
        let text = "cytokine release syndrome was seen";
        insta::assert_snapshot!(drawn(text, &[mark(text, "cytokine release syndrome", "outcome")], 20), @r"
          cytokine
          ┬───────
          outcome
          release
          ───────
          syndrome was
          ────────
          seen
        ");
    }

    #[test]
    fn marks_that_begin_together_stack_their_labels() {
        let text = "relapse-free survival";
        let marks = [mark(text, "relapse", "relapse"), mark(text, text, "rfs")];
        insta::assert_snapshot!(drawn(text, &marks, 40), @r"
          relapse-free survival
          ┬────────────────────
          relapse
          rfs
        ");
    }

    proptest! {
        #[test]
        fn any_marks_on_any_text_draw(
            text in "[a-z≥寛\u{301} ]{1,120}",
            marks in proptest::collection::vec((0usize..120, 1usize..30, "[a-z:_]{1,30}"), 0..12),
            width in 12usize..60,
        ) {
            let length = text.chars().count();
            let marks: Vec<Mark> = marks
                .into_iter()
                .filter(|(start, ..)| *start < length)
                .map(|(start, long, label)| Mark { at: start..(start + long).min(length), label })
                .collect();
            let drawn = drawn(&text, &marks, width);
            let is_seen = |mark: &&Mark| text.chars().nth(mark.at.start).is_some_and(|c| columns(c) > 0 && c != ' ');
            let is_short = |mark: &&Mark| mark.label.len() <= (width - 2) / 3;
            for mark in marks.iter().filter(is_seen).filter(is_short) {
                prop_assert!(drawn.contains(&mark.label), "{} in\n{drawn}", mark.label);
            }
        }
    }
}
