//! Discrepancies as CSV: one row each, safe to open in a spreadsheet.

use crate::model::Record;
use crate::write::csv;
use crate::write::heading;

use super::Discrepancy;
use super::row::{Row, row};

/// Writes the line of column names.
pub fn head(out: &mut Vec<u8>) {
    csv::head::<Row>(out);
}

/// Writes a row for each discrepancy of the record.
pub fn record(record: &Record, found: &[Discrepancy], out: &mut Vec<u8>) {
    let author = heading::first_author(&record.reference).unwrap_or_default();
    csv::rows(found.iter().map(|discrepancy| row(record, &author, discrepancy)), out);
}
