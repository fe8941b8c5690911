//! Wide rows in a passing file until the last record has settled which columns there are.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use super::{Key, Study, Wide};
use crate::write::rows::{Cell, Row};

/// Takes rows.
pub struct Spool {
    file: BufWriter<File>,
    columns: HashMap<Key, u32>,
    rows: u64,
}

/// The rows, with all columns.
pub struct Rows {
    file: BufReader<File>,
    /// Where the column of each number stands.
    places: Vec<usize>,
    names: Vec<String>,
    left: u64,
}

impl Spool {
    /// An empty one.
    pub fn new() -> io::Result<Self> {
        Ok(Self { file: BufWriter::new(tempfile::tempfile()?), columns: HashMap::new(), rows: 0 })
    }

    /// Adds a row.
    pub fn add(&mut self, row: &Wide) -> io::Result<()> {
        self.rows += 1;
        for cell in &row.study {
            write_cell(&mut self.file, cell)?;
        }
        self.file.write_all(&(row.outcomes.len() as u32).to_le_bytes())?;
        for (key, cell) in &row.outcomes {
            let next = self.columns.len() as u32;
            let number = *self.columns.entry(key.clone()).or_insert(next);
            self.file.write_all(&number.to_le_bytes())?;
            write_cell(&mut self.file, cell)?;
        }
        Ok(())
    }

    /// The rows again, in their order.
    pub fn finish(self) -> io::Result<Rows> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        let mut columns: Vec<(Key, u32)> = self.columns.into_iter().collect();
        columns.sort_unstable();
        let fixed = Study::COLUMNS.len();
        let mut places = vec![0; columns.len()];
        for (place, (_, number)) in columns.iter().enumerate() {
            places[*number as usize] = fixed + place;
        }
        let names = Study::COLUMNS.iter().map(|column| column.name.to_owned());
        let names = names.chain(columns.iter().map(|(key, _)| key.name())).collect();
        Ok(Rows { file: BufReader::new(file), places, names, left: self.rows })
    }
}

impl Rows {
    /// Names of all columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    fn row(&mut self) -> io::Result<Vec<Cell<'static>>> {
        let mut cells = vec![Cell::Empty; self.names.len()];
        for cell in &mut cells[..Study::COLUMNS.len()] {
            *cell = read_cell(&mut self.file)?;
        }
        for _ in 0..u32::from_le_bytes(bytes(&mut self.file)?) {
            let number = u32::from_le_bytes(bytes(&mut self.file)?);
            cells[self.places[number as usize]] = read_cell(&mut self.file)?;
        }
        Ok(cells)
    }
}

impl Iterator for Rows {
    type Item = io::Result<Vec<Cell<'static>>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        Some(self.row())
    }
}

fn write_cell(out: &mut impl Write, cell: &Cell) -> io::Result<()> {
    match cell {
        Cell::Empty => out.write_all(&[0]),
        Cell::Text(text) => {
            out.write_all(&[1])?;
            out.write_all(&(text.len() as u64).to_le_bytes())?;
            out.write_all(text.as_bytes())
        }
        Cell::Number(number) => {
            out.write_all(&[2])?;
            out.write_all(&number.to_le_bytes())
        }
        Cell::Whole(number) => {
            out.write_all(&[3])?;
            out.write_all(&number.to_le_bytes())
        }
        Cell::Flag(flag) => out.write_all(&[4 + u8::from(*flag)]),
    }
}

fn read_cell(input: &mut impl Read) -> io::Result<Cell<'static>> {
    let [kind] = bytes(input)?;
    Ok(match kind {
        0 => Cell::Empty,
        1 => {
            let mut text = vec![0; u64::from_le_bytes(bytes(input)?) as usize];
            input.read_exact(&mut text)?;
            Cell::Text(Cow::Owned(String::from_utf8(text).map_err(io::Error::other)?))
        }
        2 => Cell::Number(f64::from_le_bytes(bytes(input)?)),
        3 => Cell::Whole(i64::from_le_bytes(bytes(input)?)),
        kind => Cell::Flag(kind == 5),
    })
}

fn bytes<const N: usize>(input: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::{sample, wide};

    #[test]
    fn rows_come_back_with_their_cells_under_their_columns() {
        let record = sample::record();
        let mut spool = Spool::new().unwrap();
        for row in wide::rows(&record) {
            spool.add(&row).unwrap();
        }
        let rows = spool.finish().unwrap();
        let names = rows.names().to_vec();
        let rows: Vec<_> = rows.collect::<io::Result<_>>().unwrap();
        assert_eq!(rows.len(), 2);
        let cell = |row: usize, name: &str| &rows[row][names.iter().position(|column| column == name).unwrap()];
        assert_eq!(cell(0, "complete_remission.percent"), &Cell::Number(77.5));
        assert_eq!(cell(0, "relapse.check"), &Cell::Text("inconsistent".into()));
        assert_eq!(cell(1, "complete_remission.percent"), &Cell::Empty);
        assert_eq!(cell(1, "record"), &Cell::Text(record.id.as_str().into()));
    }

    #[test]
    fn every_kind_of_cell_survives() {
        let cells = [
            Cell::Empty,
            Cell::Text("≥3".into()),
            Cell::Number(0.1 + 0.2),
            Cell::Whole(-7),
            Cell::Flag(true),
            Cell::Flag(false),
        ];
        let mut file = Vec::new();
        for cell in &cells {
            write_cell(&mut file, cell).unwrap();
        }
        let mut input = file.as_slice();
        for cell in &cells {
            assert_eq!(&read_cell(&mut input).unwrap(), cell);
        }
    }
}
