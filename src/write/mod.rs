//! Records → bytes: a table for the terminal, JSON lines, CSV.
//!
//! A record is written on its own, without a look at the others, so that workers can write in parallel and memory
//! does not grow with the input. What stands before the first record is [`Format::head`]. Forms that cannot be written so
//! are a [`Book`].

mod book;
#[cfg(feature = "parquet")]
mod columnar;
mod csv;
mod discrepancies;
mod forest;
mod html;
mod jsonl;
mod metafor;
mod pool;
mod revman;
mod ris;
mod rows;
mod table;
mod tidy;
mod wide;
#[cfg(feature = "xlsx")]
mod xlsx;

pub(crate) mod heading;
pub(crate) mod index;
pub(crate) mod literal;
pub(crate) mod manifest;
pub(crate) mod methods;
pub(crate) mod page;
pub(crate) mod phrase;
pub(crate) mod printable;
pub(crate) mod wrap;

#[cfg(test)]
pub(crate) mod sample;

pub use book::{Book, Leaf, Whole};
pub use discrepancies::Report;
pub use forest::{Chosen, Family, USUAL_METHOD};
pub use manifest::Manifest;
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
    Csv {
        /// Whether it begins with a byte order mark, by which Excel knows UTF-8.
        bom: bool,
    },
    /// The references again, with notes.
    Ris,
    /// What is written whole, after the last record.
    Whole(Whole),
    /// Only what disagrees.
    Discrepancies(Report),
}

impl Format {
    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Table(_) => "table",
            Self::Jsonl => "jsonl",
            Self::Ris => "ris",
            Self::Csv { .. } => "csv",
            Self::Whole(whole) => whole.name(),
            Self::Discrepancies(_) => "discrepancies",
        }
    }

    /// Writes what stands before the first record.
    pub fn head(&self, out: &mut Vec<u8>) {
        match self {
            Self::Csv { bom } => {
                if *bom {
                    out.extend(csv::BYTE_ORDER_MARK);
                }
                csv::head::<tidy::Tidy>(out);
            }
            Self::Discrepancies(report) => report.head(out),
            Self::Table(_) | Self::Jsonl | Self::Ris | Self::Whole(_) => {}
        }
    }

    /// Writes one record; nothing where a [`Book`] takes it. A record with an `error` has a line of its own in JSON lines only.
    pub fn record(&self, record: &Record, out: &mut Vec<u8>) {
        match self {
            Self::Table(page) => table::record(record, *page, out),
            Self::Jsonl => jsonl::record(record, out),
            Self::Csv { .. } => csv::rows(tidy::rows(record), out),
            Self::Ris => ris::record(record, out),
            Self::Whole(_) => {}
            Self::Discrepancies(report) => report.record(record, out),
        }
    }
}
