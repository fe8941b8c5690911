//! What makes an input unreadable as a whole; what is wrong with one record is a
//! [`Diagnostic`](crate::model::Diagnostic) instead.

use std::io;

use super::Format;

/// An input that cannot be read at all, or that stopped midway.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file is missing, or may not be read.
    #[error("{path}: cannot be opened: {source}")]
    Open {
        /// Path as given.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// Reading failed after the input was opened (a damaged gzip stream, a vanished disk).
    #[error("{path}: reading stopped after line {line}: {source}")]
    Io {
        /// Path as given.
        path: String,
        /// Last line that was read.
        line: u64,
        /// What the system said.
        source: io::Error,
    },
    /// No reader knows the content.
    #[error("{path}: not a format that trialtab reads; name it with --from if it is one of {}", Format::names())]
    UnknownFormat {
        /// Path as given.
        path: String,
    },
    /// The input is not empty, yet holds nothing of the format it is read as.
    #[error("{path}: holds no record of the format {format}")]
    NoRecord {
        /// Path as given.
        path: String,
        /// The format it was read as.
        format: Format,
    },
}

impl ReadError {
    /// Path of the input, as given.
    pub fn path(&self) -> &str {
        match self {
            Self::Open { path, .. }
            | Self::Io { path, .. }
            | Self::UnknownFormat { path }
            | Self::NoRecord { path, .. } => path,
        }
    }

    /// The fixed code that scripts can count on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Open { .. } => "read.open",
            Self::Io { .. } => "read.io",
            Self::UnknownFormat { .. } => "read.unknown_format",
            Self::NoRecord { .. } => "read.no_record",
        }
    }
}
