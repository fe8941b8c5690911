//! Forms that are written whole: a table whose columns only the last record settles, or a file that has its table of contents
//! at the end.
//!
//! Records go in one at a time and are spooled to passing files, so that memory stays flat all the same.

use std::fs::File;
use std::io;

use crate::model::Record;

#[cfg(feature = "parquet")]
use super::columnar::Columnar;
use super::forest::{Chosen, Forest};
use super::html;
use super::manifest::Manifest;
use super::metafor::{self, Metafor};
use super::revman::Revman;
use super::wide;
#[cfg(feature = "xlsx")]
use super::xlsx::Xlsx;

/// Such a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whole {
    /// One row a study and group, as CSV.
    Wide {
        /// Whether it begins with a byte order mark.
        bom: bool,
    },
    /// A folder of data for R's metafor.
    Metafor {
        /// Whether what a check found inconsistent is written all the same.
        include_inconsistent: bool,
    },
    /// Data rows for `RevMan` Web.
    Revman {
        /// Whether what a check found inconsistent is written all the same.
        include_inconsistent: bool,
    },
    /// A workbook for Excel and Calc.
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// The tidy table as Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
    /// The tidy table as an Arrow IPC file.
    #[cfg(feature = "parquet")]
    Arrow,
    /// The review page.
    Html,
    /// A forest plot of one outcome.
    Forest(Chosen),
}

impl Whole {
    /// A book of this form, to be filled.
    ///
    /// # Errors
    /// Where no passing file can be made.
    pub fn open(&self) -> io::Result<Box<dyn Book>> {
        Ok(match self {
            Self::Wide { bom } => Box::new(wide::Csv::new(*bom)?),
            Self::Metafor { include_inconsistent } => Box::new(Metafor::new(*include_inconsistent)?),
            Self::Revman { include_inconsistent } => Box::new(Revman::new(*include_inconsistent)?),
            #[cfg(feature = "xlsx")]
            Self::Xlsx => Box::new(Xlsx::new()?),
            #[cfg(feature = "parquet")]
            Self::Parquet => Box::new(Columnar::parquet()?),
            #[cfg(feature = "parquet")]
            Self::Arrow => Box::new(Columnar::arrow()?),
            Self::Html => Box::new(html::Html::new()?),
            Self::Forest(chosen) => Box::new(Forest::new(chosen.clone())),
        })
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Wide { .. } => "wide csv",
            Self::Metafor { .. } => "metafor",
            Self::Revman { .. } => "revman",
            #[cfg(feature = "xlsx")]
            Self::Xlsx => "xlsx",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
            #[cfg(feature = "parquet")]
            Self::Arrow => "arrow",
            Self::Html => "html",
            Self::Forest(_) => "forest plot",
        }
    }

    /// Names of the files of its folder; none where it is one file.
    pub fn files(&self) -> &'static [&'static str] {
        match self {
            Self::Metafor { .. } => &metafor::NAMES,
            _ => &[],
        }
    }

    /// Whether it cannot be shown in a terminal.
    pub fn is_binary(&self) -> bool {
        !matches!(self, Self::Wide { .. } | Self::Revman { .. } | Self::Html | Self::Forest(_))
    }
}

/// What takes records and is written at the end.
pub trait Book: Send {
    /// Takes the next record; one that could not be used is passed over.
    ///
    /// # Errors
    /// Where a passing file cannot be written, or the form holds no more.
    fn record(&mut self, record: &Record) -> io::Result<()>;

    /// The files that it comes to; one without a name is the output itself.
    ///
    /// # Errors
    /// Where a passing file cannot be read or written.
    fn finish(self: Box<Self>, run: &Manifest) -> io::Result<Vec<Leaf>>;
}

/// A finished file.
#[derive(Debug)]
pub struct Leaf {
    /// Its name in the folder of the output; none where the output is this file.
    pub name: Option<&'static str>,
    /// Its content, from where the file stands.
    pub content: File,
}
