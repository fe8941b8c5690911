//! `trialtab methods`: the manifest of a run as paragraphs of a review.

use std::fs;
use std::io;
use std::path::Path;

use crate::read::ReadError;
use crate::write::manifest::{Manifest, SCHEMA};
use crate::write::methods;

use super::exit::{Exit, Failure};
use super::output::Output;

/// Writes what a review says about the run whose manifest is at `path`.
pub fn run(path: &Path, out: &mut Output) -> Result<Exit, Failure> {
    let unreadable = |source| Failure::Input(ReadError::Open { path: path.to_string_lossy().into_owned(), source });
    let bytes = fs::read(path).map_err(unreadable)?;
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| {
        unreadable(io::Error::new(io::ErrorKind::InvalidData, format!("no manifest of a run: {error}")))
    })?;
    if manifest.schema != SCHEMA {
        let message = format!("its schema is {}, and this version reads {SCHEMA}", manifest.schema);
        return Err(unreadable(io::Error::new(io::ErrorKind::InvalidData, message)));
    }
    out.write(methods::paragraphs(&manifest).as_bytes())?;
    Ok(Exit::Done)
}
