//! Discrepancies as CSV: one row each, safe to open in a spreadsheet. Names and order of the columns are part of the
//! contract: new ones go to the end.

use serde::Serialize;

use crate::model::{Field, Record, Reported};
use crate::write::heading;
use crate::write::separated;
use crate::write::spreadsheet::{Number, Text};

use super::{Discrepancy, code};

/// Writes the line of column names.
pub fn head(out: &mut Vec<u8>) {
    separated::head::<Row>(out);
}

/// Writes a row for each discrepancy of the record.
pub fn record(record: &Record, found: &[Discrepancy], out: &mut Vec<u8>) {
    let author = heading::first_author(&record.reference).unwrap_or_default();
    separated::rows(found.iter().map(|discrepancy| row(record, &author, discrepancy)), out);
}

#[derive(Default, Serialize)]
struct Row<'a> {
    record: Text<'a>,
    source: Text<'a>,
    line: u64,
    first_author: Text<'a>,
    year: Option<i32>,
    title: Text<'a>,
    doi: Text<'a>,
    pmid: Text<'a>,
    verdict: &'static str,
    check: &'static str,
    inspect_sr: &'static str,
    findings: String,
    groups: String,
    reported: Text<'a>,
    expected_low: Option<Number>,
    expected_high: Option<Number>,
    methods: String,
    message: Text<'a>,
    sentence: Text<'a>,
    sentence_field: Option<Field>,
    sentence_start: Option<u32>,
    sentence_end: Option<u32>,
}

fn row<'a>(record: &'a Record, author: &'a str, Discrepancy { check, sentences }: &'a Discrepancy) -> Row<'a> {
    let text = |text: Option<&'a str>| Text::from(text.unwrap_or_default());
    let all: Vec<&str> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    let reported = check.reported.as_ref().map(|reported| match reported {
        Reported::Value(value) => value.clone(),
        Reported::Interval(low, high) => format!("{low} to {high}"),
    });
    let first = sentences.first();
    Row {
        record: record.id.as_str().into(),
        source: record.source.path.as_str().into(),
        line: record.source.line,
        first_author: author.into(),
        year: record.reference.year,
        title: text(record.reference.title.as_deref()),
        doi: text(record.reference.doi.as_deref()),
        pmid: text(record.reference.pmid.as_deref()),
        verdict: code(check.verdict),
        check: check.check.0,
        inspect_sr: check.inspect_sr.map_or("", |item| item.code()),
        findings: check.findings.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        groups: check.groups.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        reported: reported.unwrap_or_default().into(),
        expected_low: check.expected.as_ref().map(|expected| Number(expected.low)),
        expected_high: check.expected.as_ref().map(|expected| Number(expected.high)),
        methods: check.methods.join(" "),
        message: check.message.as_str().into(),
        sentence: all.join(" ").into(),
        sentence_field: first.map(|sentence| sentence.at.field),
        sentence_start: first.map(|sentence| sentence.at.start),
        sentence_end: first.map(|sentence| sentence.at.end),
    }
}
