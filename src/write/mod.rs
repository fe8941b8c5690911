//! Records → bytes: a table for the terminal, JSON lines, CSV.
//!
//! A record is written on its own, without a look at the others, so that workers can write in parallel and memory
//! does not grow with the input. What stands before the first record is [`Format::head`].

mod csv;
mod discrepancies;
mod jsonl;
mod separated;
mod spreadsheet;
mod table;

pub(crate) mod heading;
pub(crate) mod index;
pub(crate) mod literal;
pub(crate) mod page;
pub(crate) mod phrase;
pub(crate) mod printable;
pub(crate) mod wrap;

#[cfg(test)]
pub(crate) mod sample;

pub use discrepancies::Report;
pub use page::Page;

use crate::model::Record;

/// A form in which records are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// For reading in a terminal: one block a reference, one row a finding.
    Table(Page),
    /// The whole record, one JSON object a line.
    Jsonl,
    /// One row a finding, for spreadsheets and statistics programs.
    Csv,
    /// Only what disagrees.
    Discrepancies(Report),
}

impl Format {
    /// Writes what stands before the first record.
    pub fn head(&self, out: &mut Vec<u8>) {
        match self {
            Self::Csv => csv::head(out),
            Self::Discrepancies(report) => report.head(out),
            Self::Table(_) | Self::Jsonl => {}
        }
    }

    /// Writes one record. A record with an `error` has a line of its own in JSON lines only.
    pub fn record(&self, record: &Record, out: &mut Vec<u8>) {
        match self {
            Self::Table(page) => table::record(record, *page, out),
            Self::Jsonl => jsonl::record(record, out),
            Self::Csv => csv::record(record, out),
            Self::Discrepancies(report) => report.record(record, out),
        }
    }
}
