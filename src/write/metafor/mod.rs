//! Files that R's metafor takes as they are (`escalc`, `rma`, `conv.wald`), a folder of CSV.
//!
//! Columns have metafor's names. A row whose numbers are withheld has none, so that metafor passes it over, and says why in
//! `withheld`.

mod rows;

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

use super::book::{Book, Leaf};
use super::csv;
use super::manifest::Manifest;
use super::pool::{self, Context, Slabs};
use super::rows::Row;
use crate::model::Record;
use rows::{Continuous, Hazard, Proportion, Survivors, TwoGroup};

/// The files.
pub const NAMES: [&str; 5] = ["proportions.csv", "two_group.csv", "continuous.csv", "ratios.csv", "survival.csv"];

/// The files of a folder that is being filled, in the order of [`NAMES`].
pub struct Metafor {
    files: [BufWriter<File>; 5],
    slabs: Slabs,
    include_inconsistent: bool,
}

impl Metafor {
    /// With heads of columns.
    pub fn new(include_inconsistent: bool) -> io::Result<Self> {
        fn file<'a, R: Row<'a>>() -> io::Result<BufWriter<File>> {
            let mut head = Vec::new();
            csv::head::<R>(&mut head);
            let mut file = BufWriter::new(tempfile::tempfile()?);
            file.write_all(&head)?;
            Ok(file)
        }
        let files = [
            file::<Proportion>()?,
            file::<TwoGroup>()?,
            file::<Continuous>()?,
            file::<Hazard>()?,
            file::<Survivors>()?,
        ];
        Ok(Self { files, slabs: Slabs::default(), include_inconsistent })
    }

    fn write<'a, R: Row<'a>>(&mut self, file: usize, rows: impl Iterator<Item = R>) -> io::Result<()> {
        let mut lines = Vec::new();
        csv::rows(rows, &mut lines);
        self.files[file].write_all(&lines)
    }
}

impl Book for Metafor {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        if record.error.is_some() || record.findings.is_empty() {
            return Ok(());
        }
        let context = Context::new(record, self.slabs.next(record), self.include_inconsistent);
        let shares = pool::shares(&context);
        self.write(0, shares.iter().map(|share| rows::proportion(&context, share)))?;
        self.write(1, pool::pairs(&context, &shares).iter().map(|pair| rows::two_group(&context, pair)))?;
        self.write(2, pool::means(&context).iter().map(|means| rows::continuous(&context, means)))?;
        self.write(3, pool::ratios(&context).iter().map(|ratio| rows::ratio(&context, ratio)))?;
        self.write(4, pool::survival(&context).iter().map(|estimate| rows::survival(&context, estimate)))
    }

    fn finish(self: Box<Self>, _: &Manifest) -> io::Result<Vec<Leaf>> {
        let leaf = |(name, file): (&'static str, BufWriter<File>)| {
            let mut content = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            content.rewind()?;
            Ok(Leaf { name: Some(name), content })
        };
        NAMES.into_iter().zip(self.files).map(leaf).collect()
    }
}
