//! Reads an input from memory and sorts what comes out.
// Each test file uses its own part of this.
#![allow(dead_code)]

use std::io::Cursor;

use trialtab::model::Reference;
use trialtab::read::{Format, Item, Options, Skipped, from_reader};

/// Everything read from one input.
#[derive(Debug, Default)]
pub struct Read {
    pub references: Vec<Reference>,
    pub skipped: Vec<Skipped>,
    /// Code of the error that made the input unreadable.
    pub error: Option<String>,
}

impl Read {
    /// The one record of the input.
    #[track_caller]
    pub fn only(&self) -> &Reference {
        assert_eq!(self.seen(), 1, "one record: {self:?}");
        &self.references[0]
    }

    pub fn seen(&self) -> usize {
        self.references.len() + self.skipped.len()
    }

    pub fn without_abstract(&self) -> usize {
        self.references.iter().filter(|reference| reference.bibliography.abstract_text.is_none()).count()
    }

    /// Codes of the diagnostics, in order.
    pub fn codes(&self) -> Vec<String> {
        self.references.iter().flat_map(|reference| &reference.diagnostics).map(|d| d.code.clone()).collect()
    }
}

/// Reads `input`, whatever its format.
pub fn read(input: impl AsRef<[u8]>) -> Read {
    read_with(input.as_ref(), &Options::default())
}

/// Reads `input` as `format`.
pub fn read_as(input: impl AsRef<[u8]>, format: Format) -> Read {
    read_with(input.as_ref(), &Options { from: Some(format) })
}

fn read_with(input: &[u8], options: &Options) -> Read {
    let mut read = Read::default();
    let reader = match from_reader("input", Cursor::new(input.to_vec()), options) {
        Ok(reader) => reader,
        Err(error) => return Read { error: Some(error.code().to_owned()), ..read },
    };
    for item in reader {
        match item {
            Ok(Item::Reference(reference)) => read.references.push(reference),
            Ok(Item::Skipped(skipped)) => read.skipped.push(skipped),
            Err(error) => read.error = Some(error.code().to_owned()),
        }
    }
    read
}
