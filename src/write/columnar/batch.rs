//! Rows of cells as columns of arrays.

use std::io;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use crate::write::rows::{Cell, Column, Kind};

/// Rows of a batch.
const ROWS: usize = 32_768;

/// Rows that are being gathered.
pub struct Batch {
    schema: SchemaRef,
    columns: Vec<Builder>,
    rows: usize,
}

enum Builder {
    Text(StringBuilder),
    Number(Float64Builder),
    Whole(Int64Builder),
    Flag(BooleanBuilder),
}

impl Batch {
    /// Of a table with these columns.
    pub fn new(columns: &[Column]) -> Self {
        let field = |column: &Column| {
            let kind = match column.kind {
                Kind::Text => DataType::Utf8,
                Kind::Number => DataType::Float64,
                Kind::Whole => DataType::Int64,
                Kind::Flag => DataType::Boolean,
            };
            Field::new(column.name, kind, true)
        };
        let builder = |column: &Column| match column.kind {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Number => Builder::Number(Float64Builder::new()),
            Kind::Whole => Builder::Whole(Int64Builder::new()),
            Kind::Flag => Builder::Flag(BooleanBuilder::new()),
        };
        let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
        Self { schema, columns: columns.iter().map(builder).collect(), rows: 0 }
    }

    /// The types of its columns.
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// Adds a row.
    pub fn add(&mut self, cells: &[Cell]) {
        self.rows += 1;
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.add(cell);
        }
    }

    /// Whether it holds as many rows as it should.
    pub fn is_full(&self) -> bool {
        self.rows >= ROWS
    }

    /// Its rows; it is empty then.
    pub fn take(&mut self) -> io::Result<RecordBatch> {
        self.rows = 0;
        let arrays = self.columns.iter_mut().map(Builder::take).collect();
        RecordBatch::try_new(self.schema(), arrays).map_err(io::Error::other)
    }
}

impl Builder {
    /// Adds a cell; one of another kind than its column's cannot be, and would be null.
    fn add(&mut self, cell: &Cell) {
        match (self, cell) {
            (Self::Text(column), Cell::Text(text)) => column.append_value(text),
            (Self::Number(column), Cell::Number(number)) => column.append_value(*number),
            (Self::Whole(column), Cell::Whole(number)) => column.append_value(*number),
            (Self::Flag(column), Cell::Flag(flag)) => column.append_value(*flag),
            (Self::Text(column), _) => column.append_null(),
            (Self::Number(column), _) => column.append_null(),
            (Self::Whole(column), _) => column.append_null(),
            (Self::Flag(column), _) => column.append_null(),
        }
    }

    fn take(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => Arc::new(column.finish()),
            Self::Number(column) => Arc::new(column.finish()),
            Self::Whole(column) => Arc::new(column.finish()),
            Self::Flag(column) => Arc::new(column.finish()),
        }
    }
}
