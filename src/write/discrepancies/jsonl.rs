//! Discrepancies as JSON lines: the row of the check, with its record and its sentences.

use serde::Serialize;

use crate::model::{Check, Record, Source, Span};

use super::Discrepancy;

#[derive(Serialize)]
struct Line<'a> {
    record: &'a str,
    source: &'a Source,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doi: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pmid: Option<&'a str>,
    #[serde(flatten)]
    check: &'a Check,
    sentences: Vec<Quote<'a>>,
}

#[derive(Serialize)]
struct Quote<'a> {
    text: &'a str,
    at: Span,
}

/// Writes one line a discrepancy.
pub fn record(record: &Record, found: &[Discrepancy], out: &mut Vec<u8>) {
    for Discrepancy { check, sentences } in found {
        let line = Line {
            record: &record.id,
            source: &record.source,
            title: record.reference.title.as_deref(),
            year: record.reference.year,
            doi: record.reference.doi.as_deref(),
            pmid: record.reference.pmid.as_deref(),
            check,
            sentences: sentences.iter().map(|sentence| Quote { text: &sentence.text, at: sentence.at }).collect(),
        };
        serde_json::to_writer(&mut *out, &line).expect("a line has string keys, and a vector takes every write");
        out.push(b'\n');
    }
}
