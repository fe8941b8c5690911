//! Parquet and Arrow IPC: the tidy table, typed; what a row does not have is null.
//!
//! Rows are gathered in batches, and a batch becomes a row group, so that memory stays flat. The manifest of the run stands
//! in the file's metadata, under `trialtab`.

mod batch;

use std::fs::File;
use std::io::{self, BufWriter, Seek};

use arrow_array::RecordBatch;
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::book::{Book, Leaf};
use super::manifest::Manifest;
use super::rows::Row;
use super::tidy::{self, Tidy};
use crate::model::Record;
use batch::Batch;

/// Key of the manifest in the metadata.
const KEY: &str = "trialtab";

/// A file of columns that is being filled.
pub struct Columnar {
    batch: Batch,
    writer: Writer,
}

enum Writer {
    Parquet(Box<ArrowWriter<File>>),
    Arrow(Box<FileWriter<BufWriter<File>>>),
}

impl Columnar {
    /// Of Parquet, compressed by Snappy, which every reader knows.
    pub fn parquet() -> io::Result<Self> {
        let batch = Batch::new(Tidy::COLUMNS);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("trialtab ", env!("CARGO_PKG_VERSION")).to_owned());
        let writer = ArrowWriter::try_new(tempfile::tempfile()?, batch.schema(), Some(properties.build()));
        Ok(Self { batch, writer: Writer::Parquet(Box::new(writer.map_err(parquet_error)?)) })
    }

    /// Of Arrow IPC (also known as Feather).
    pub fn arrow() -> io::Result<Self> {
        let batch = Batch::new(Tidy::COLUMNS);
        let schema: SchemaRef = batch.schema();
        let writer = FileWriter::try_new(BufWriter::new(tempfile::tempfile()?), &schema).map_err(arrow_error)?;
        Ok(Self { batch, writer: Writer::Arrow(Box::new(writer)) })
    }
}

impl Book for Columnar {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        if record.error.is_some() {
            return Ok(());
        }
        tidy::rows(record).for_each(|row| self.batch.add(&row.cells()));
        if self.batch.is_full() { self.writer.write(&self.batch.take()?) } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>, run: &Manifest) -> io::Result<Vec<Leaf>> {
        self.writer.write(&self.batch.take()?)?;
        let mut content = self.writer.finish(serde_json::to_string(run)?)?;
        content.rewind()?;
        Ok(vec![Leaf { name: None, content }])
    }
}

impl Writer {
    fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        match self {
            Self::Parquet(writer) => {
                writer.write(batch).map_err(parquet_error)?;
                writer.flush().map_err(parquet_error)
            }
            Self::Arrow(writer) => writer.write(batch).map_err(arrow_error),
        }
    }

    fn finish(self, manifest: String) -> io::Result<File> {
        match self {
            Self::Parquet(mut writer) => {
                writer.append_key_value_metadata(KeyValue::new(KEY.to_owned(), manifest));
                writer.into_inner().map_err(parquet_error)
            }
            Self::Arrow(mut writer) => {
                writer.write_metadata(KEY, manifest);
                let file = writer.into_inner().map_err(arrow_error)?;
                file.into_inner().map_err(io::IntoInnerError::into_error)
            }
        }
    }
}

fn parquet_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => io::Error::other(error),
        error => io::Error::other(error),
    }
}

fn arrow_error(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        error => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::write::sample;

    fn written(book: io::Result<Columnar>) -> Vec<u8> {
        let mut book = Box::new(book.unwrap());
        book.record(&sample::record()).unwrap();
        let mut bytes = Vec::new();
        book.finish(&Manifest::default()).unwrap()[0].content.read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_same_records_are_the_same_bytes() {
        let parquet = written(Columnar::parquet());
        assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
        assert!(parquet == written(Columnar::parquet()));
        let arrow = written(Columnar::arrow());
        assert!(arrow.starts_with(b"ARROW1") && arrow.ends_with(b"ARROW1"));
        assert!(arrow == written(Columnar::arrow()));
    }
}
