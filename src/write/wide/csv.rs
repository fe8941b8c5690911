//! The wide table as CSV.

use std::io::{self, BufWriter, Seek, Write};

use super::Spool;
use crate::model::Record;
use crate::write::book::{Book, Leaf};
use crate::write::csv;
use crate::write::manifest::Manifest;

/// Such a file.
pub struct Csv {
    spool: Spool,
    bom: bool,
}

impl Csv {
    /// An empty one, with a byte order mark if asked for.
    pub fn new(bom: bool) -> io::Result<Self> {
        Ok(Self { spool: Spool::new()?, bom })
    }
}

impl Book for Csv {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        if record.error.is_some() {
            return Ok(());
        }
        super::rows(record).iter().try_for_each(|row| self.spool.add(row))
    }

    fn finish(self: Box<Self>, _: &Manifest) -> io::Result<Vec<Leaf>> {
        let rows = self.spool.finish()?;
        let mut file = BufWriter::new(tempfile::tempfile()?);
        let mut line = if self.bom { csv::BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
        csv::names(rows.names().iter().map(String::as_str), &mut line);
        file.write_all(&line)?;
        for cells in rows {
            line.clear();
            csv::line(&cells?, &mut line);
            file.write_all(&line)?;
        }
        let mut content = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        content.rewind()?;
        Ok(vec![Leaf { name: None, content }])
    }
}
