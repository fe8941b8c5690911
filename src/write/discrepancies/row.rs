//! A check as a row of a table. Names and order of the columns are part of the contract: new ones go to the end.

use std::borrow::Cow;

use crate::model::{Record, Reported};
use crate::write::rows::{code, row};

use super::Discrepancy;

row! {
    /// One check.
    pub struct Row<'a> {
        record: Cow<'a, str>,
        source: Cow<'a, str>,
        line: i64,
        first_author: Cow<'a, str>,
        year: Option<i64>,
        title: Cow<'a, str>,
        doi: Cow<'a, str>,
        pmid: Cow<'a, str>,
        verdict: &'a str,
        check: &'a str,
        inspect_sr: &'a str,
        findings: String,
        groups: String,
        reported: Cow<'a, str>,
        expected_low: Option<f64>,
        expected_high: Option<f64>,
        methods: String,
        message: Cow<'a, str>,
        sentence: Cow<'a, str>,
        sentence_field: Option<&'a str>,
        sentence_start: Option<i64>,
        sentence_end: Option<i64>,
    }
}

/// The row of a check.
pub fn row<'a>(record: &'a Record, author: &str, Discrepancy { check, sentences }: &Discrepancy<'a>) -> Row<'a> {
    let text = |text: Option<&'a str>| Cow::from(text.unwrap_or_default());
    let all: Vec<&str> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    let reported = check.reported.as_ref().map(|reported| match reported {
        Reported::Value(value) => value.clone(),
        Reported::Interval(low, high) => format!("{low} to {high}"),
    });
    let first = sentences.first();
    Row {
        record: record.id.as_str().into(),
        source: record.source.path.as_str().into(),
        line: record.source.line as i64,
        first_author: author.to_owned().into(),
        year: record.reference.year.map(i64::from),
        title: text(record.reference.title.as_deref()),
        doi: text(record.reference.doi.as_deref()),
        pmid: text(record.reference.pmid.as_deref()),
        verdict: code(check.verdict),
        check: check.check.0,
        inspect_sr: check.inspect_sr.map_or("", |item| item.code()),
        findings: check.findings.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        groups: check.groups.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        reported: reported.unwrap_or_default().into(),
        expected_low: check.expected.as_ref().map(|expected| expected.low),
        expected_high: check.expected.as_ref().map(|expected| expected.high),
        methods: check.methods.join(" "),
        message: check.message.as_str().into(),
        sentence: all.join(" ").into(),
        sentence_field: first.map(|sentence| code(sentence.at.field)),
        sentence_start: first.map(|sentence| i64::from(sentence.at.start)),
        sentence_end: first.map(|sentence| i64::from(sentence.at.end)),
    }
}
