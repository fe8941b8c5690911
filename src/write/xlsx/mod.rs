//! XLSX: sheets Evidence, Findings, Checks, References and About, for Excel and Calc.
//!
//! Every sheet but Evidence is written as records come, through passing files; Evidence waits in a [`Spool`] for its
//! columns. The creation date is fixed, so that the same run gives the same bytes.
//!
//! A sheet holds 1,048,576 rows and 16,384 columns, a cell 32,767 characters; more rows or columns are an error, a longer text is cut
//! and ends in "…".

mod about;
mod references;
mod sheet;

use std::io::{self, Seek};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::book::{Book, Leaf};
use super::discrepancies;
use super::manifest::Manifest;
use super::rows::{Cell, Column, Kind, Row};
use super::tidy::{self, Tidy};
use super::wide::{self, Spool};
use crate::model::Record;
use references::Reference;
use sheet::{Look, Sheet};

const EVIDENCE: usize = 0;
const FINDINGS: usize = 1;
const CHECKS: usize = 2;
const REFERENCES: usize = 3;
const ABOUT: usize = 4;

/// A workbook that is being filled.
pub struct Xlsx {
    workbook: Workbook,
    look: Look,
    evidence: Spool,
    /// Rows written to each sheet.
    rows: [u32; 5],
}

impl Xlsx {
    /// One with heads of columns.
    pub fn new() -> io::Result<Self> {
        let mut workbook = Workbook::new();
        for name in ["Evidence", "Findings", "Checks", "References", "About"] {
            workbook.add_worksheet_with_constant_memory().map_err(io_error)?.set_name(name).map_err(io_error)?;
        }
        let mut book = Self { workbook, look: Look::default(), evidence: Spool::new()?, rows: [0; 5] };
        for (sheet, columns) in
            [(FINDINGS, Tidy::COLUMNS), (CHECKS, discrepancies::COLUMNS), (REFERENCES, Reference::COLUMNS)]
        {
            book.on(sheet, |sheet| sheet.head(columns.iter().map(|column| column.name)))?;
        }
        Ok(book)
    }

    fn on(&mut self, sheet: usize, write: impl FnOnce(&mut Sheet) -> Result<(), XlsxError>) -> io::Result<()> {
        let worksheet = self.workbook.worksheet_from_index(sheet).map_err(io_error)?;
        let mut at = Sheet { worksheet, look: &self.look, row: self.rows[sheet] };
        write(&mut at).map_err(|error| too_much(error, sheet))?;
        self.rows[sheet] = at.row;
        Ok(())
    }

    /// Writes the sheet of evidence, whose columns are known now: their number.
    fn write_evidence(&mut self) -> io::Result<usize> {
        let rows = std::mem::replace(&mut self.evidence, Spool::new()?).finish()?;
        let names = rows.names().to_vec();
        self.on(EVIDENCE, |sheet| sheet.head(names.iter().map(String::as_str)))?;
        let is_check: Vec<bool> = names.iter().map(|name| name.rsplit('.').next() == Some("check")).collect();
        let place = |name: &str| names.iter().position(|column| column == name).unwrap_or_default();
        let (verdict, message) = (place("verdict"), place("discrepancies"));
        for cells in rows {
            let cells = cells?;
            let note = text(&cells[message]).to_owned();
            self.on(EVIDENCE, |sheet| {
                sheet.row(&cells, |column| column == verdict || is_check[column], (verdict, &note))
            })?;
        }
        Ok(names.len())
    }
}

impl Book for Xlsx {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        if record.error.is_some() {
            return Ok(());
        }
        wide::rows(record).iter().try_for_each(|row| self.evidence.add(row))?;
        let (verdict, messages) = (column(Tidy::COLUMNS, "verdict"), column(Tidy::COLUMNS, "messages"));
        self.on(FINDINGS, |sheet| {
            tidy::rows(record).try_for_each(|row| {
                let cells = row.cells();
                let note = text(&cells[messages]);
                sheet.row(&cells, |column| column == verdict, (verdict, note))
            })
        })?;
        let verdict = column(discrepancies::COLUMNS, "verdict");
        let message = column(discrepancies::COLUMNS, "message");
        self.on(CHECKS, |sheet| {
            discrepancies::checks(record).into_iter().try_for_each(|cells| {
                let note = text(&cells[message]);
                sheet.row(&cells, |column| column == verdict, (verdict, note))
            })
        })?;
        let reference = references::row(record);
        let links = references::links(&reference);
        let cells = reference.cells();
        self.on(REFERENCES, |sheet| {
            sheet.row(&cells, |_| false, (0, ""))?;
            links.iter().try_for_each(|(name, url)| {
                let place = column(Reference::COLUMNS, name);
                sheet.link(place, url, text(&cells[place]))
            })
        })
    }

    fn finish(mut self: Box<Self>, run: &Manifest) -> io::Result<Vec<Leaf>> {
        let columns = self.write_evidence()?;
        self.on(ABOUT, |sheet| about::write(sheet, run))?;
        for (sheet, columns) in [
            (EVIDENCE, columns),
            (FINDINGS, Tidy::COLUMNS.len()),
            (CHECKS, discrepancies::COLUMNS.len()),
            (REFERENCES, Reference::COLUMNS.len()),
        ] {
            self.on(sheet, |sheet| sheet.finish(columns as u16))?;
        }
        let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(io_error)?;
        let about = DocProperties::new().set_title("Evidence table").set_comment(format!("trialtab {}", run.version));
        self.workbook.set_properties(&about.set_creation_datetime(&day));
        let mut content = tempfile::tempfile()?;
        self.workbook.save_to_writer(&mut content).map_err(io_error)?;
        content.rewind()?;
        Ok(vec![Leaf { name: None, content }])
    }
}

/// Place of a column.
fn column(columns: &[Column], name: &str) -> usize {
    columns.iter().position(|column| column.name == name && column.kind == Kind::Text).unwrap_or_default()
}

/// The words of a cell.
fn text<'a>(cell: &'a Cell) -> &'a str {
    match cell {
        Cell::Text(text) => text,
        _ => "",
    }
}

fn too_much(error: XlsxError, sheet: usize) -> io::Error {
    match error {
        XlsxError::RowColumnLimitError => io::Error::other(format!(
            "a sheet of XLSX holds 1,048,576 rows and 16,384 columns, and sheet {} would have more; write CSV or Parquet",
            ["Evidence", "Findings", "Checks", "References", "About"][sheet]
        )),
        error => io_error(error),
    }
}

fn io_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::write::sample;

    fn written() -> Vec<u8> {
        let mut book = Box::new(Xlsx::new().unwrap());
        book.record(&sample::record()).unwrap();
        let mut leaves = book.finish(&Manifest::default()).unwrap();
        let mut bytes = Vec::new();
        leaves[0].content.read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_same_records_are_the_same_bytes() {
        let (first, second) = (written(), written());
        assert!(first.starts_with(b"PK"));
        assert!(first == second, "two workbooks of one record differ");
    }
}
