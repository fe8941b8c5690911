//! Discrepancies alone, gravest first, each with the sentences that it is about.

mod csv;
mod jsonl;
mod row;
mod text;

use crate::model::{Check, Field, Record, Span, Verdict};
use crate::text::sentence_around;

#[cfg(feature = "xlsx")]
use super::heading;
use super::page::Page;
#[cfg(feature = "xlsx")]
use super::rows::{Cell, Column, Row as _};
#[cfg(feature = "xlsx")]
use row::Row;

/// A form in which discrepancies are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// For reading in a terminal: one block a reference.
    Text(Page),
    /// One discrepancy a line, as JSON.
    Jsonl,
    /// One row a discrepancy, for spreadsheets.
    Csv,
}

impl Report {
    /// Writes what stands before the first record.
    pub fn head(&self, out: &mut Vec<u8>) {
        if *self == Self::Csv {
            csv::head(out);
        }
    }

    /// Writes the discrepancies of one record; nothing where it has none.
    pub fn record(&self, record: &Record, out: &mut Vec<u8>) {
        let found = discrepancies(record);
        if found.is_empty() {
            return;
        }
        match self {
            Self::Text(page) => text::record(record, &found, *page, out),
            Self::Jsonl => jsonl::record(record, &found, out),
            Self::Csv => csv::record(record, &found, out),
        }
    }
}

/// A check that came to a discrepancy, with the sentences of its numbers.
pub struct Discrepancy<'a> {
    /// The check.
    pub check: &'a Check,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
}

/// A sentence and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Place in title or abstract.
    pub at: Span,
    /// Its words.
    pub text: String,
}

/// The columns of [`checks`].
#[cfg(feature = "xlsx")]
pub const COLUMNS: &[Column] = Row::COLUMNS;

/// Every check of a record that was made, a row each.
#[cfg(feature = "xlsx")]
pub fn checks(record: &Record) -> Vec<Vec<Cell<'_>>> {
    let made = record.checks.iter().filter(|check| check.verdict != Verdict::NotCheckable);
    let made = made.map(|check| Discrepancy { check, sentences: sentences(record, check) });
    let author = heading::first_author(&record.reference).unwrap_or_default();
    made.map(|made| row::row(record, &author, &made).cells()).collect()
}

fn discrepancies(record: &Record) -> Vec<Discrepancy<'_>> {
    let flagged = |verdict| record.checks.iter().filter(move |check| check.verdict == verdict);
    let gravest_first = flagged(Verdict::Inconsistent).chain(flagged(Verdict::Suspicious));
    gravest_first.map(|check| Discrepancy { check, sentences: sentences(record, check) }).collect()
}

fn sentences(record: &Record, check: &Check) -> Vec<Sentence> {
    let of_findings = check.findings.iter().map(|id| {
        let finding = &record.findings[id.index()];
        let number = finding.estimate.as_ref().or(finding.events.as_ref());
        number.map_or(finding.at, |number| number.at)
    });
    let of_groups = check.groups.iter().map(|id| {
        let group = &record.groups[id.index()];
        group.n.as_ref().map_or(group.at, |n| n.at)
    });
    let mut places: Vec<Span> = of_findings.collect();
    if places.is_empty() {
        places.extend(of_groups);
    }
    let mut found: Vec<Sentence> = places.into_iter().filter_map(|place| sentence(record, place)).collect();
    found.sort_by_key(|sentence| (sentence.at.field == Field::Abstract, sentence.at.start));
    found.dedup();
    found
}

fn sentence(record: &Record, place: Span) -> Option<Sentence> {
    let text = match place.field {
        Field::Title => record.reference.title.as_deref()?,
        Field::Abstract => record.reference.abstract_text.as_deref()?,
    };
    let text: Vec<char> = text.chars().collect();
    let range = sentence_around(&text, place.start as usize);
    let at = Span { field: place.field, start: range.start as u32, end: range.end as u32 };
    Some(Sentence { at, text: text[range].iter().collect() })
}

/// The code of a verdict.
fn code(verdict: Verdict) -> &'static str {
    if verdict == Verdict::Inconsistent { "inconsistent" } else { "suspicious" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    fn written(report: &Report, record: &Record) -> String {
        let mut out = Vec::new();
        report.head(&mut out);
        report.record(record, &mut out);
        String::from_utf8(out).expect("text is UTF-8")
    }

    #[test]
    fn the_gravest_come_first_with_their_sentences() {
        let record = sample::record();
        let found = discrepancies(&record);
        let verdicts: Vec<Verdict> = found.iter().map(|discrepancy| discrepancy.check.verdict).collect();
        assert_eq!(verdicts, [Verdict::Inconsistent, Verdict::Suspicious]);
        assert!(found.iter().all(|discrepancy| !discrepancy.sentences.is_empty()));
    }

    #[test]
    fn a_record_without_discrepancies_leaves_no_trace() {
        let mut record = sample::record();
        record.checks.retain(|check| check.verdict == Verdict::Consistent);
        for report in [Report::Text(Page { width: 80, colour: false }), Report::Jsonl] {
            assert_eq!(written(&report, &record), "");
        }
        assert_eq!(written(&Report::Csv, &record).lines().count(), 1);
    }

    #[test]
    fn each_form_has_one_entry_a_discrepancy() {
        let record = sample::record();
        assert_eq!(written(&Report::Jsonl, &record).lines().count(), 2);
        let csv = written(&Report::Csv, &record);
        assert_eq!(::csv::Reader::from_reader(csv.as_bytes()).records().count(), 2);
        let text = written(&Report::Text(Page { width: 60, colour: false }), &record);
        assert_eq!(text.matches("proportion.percent").count() + text.matches("interval.order").count(), 2);
        assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
    }
}
