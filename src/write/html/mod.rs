//! The review page: one HTML file with everything in it, which asks no network for anything.
//!
//! The records stand in it as lines of JSON in an element that no browser runs, and the page's own script, which the
//! page's policy knows by its hash, draws only what is looked at. So a page of thousands of references opens at once,
//! and an abstract full of markup is text wherever it is shown.

mod loose;
mod marks;
mod shell;
mod view;

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

use crate::model::Record;

use super::book::{Book, Leaf};
use super::forest::{Figures, Picture};
use super::manifest::Manifest;
use view::{Details, Summary};

/// A page that is being written.
pub struct Html {
    file: BufWriter<File>,
    figures: Figures,
}

impl Html {
    /// A page without records.
    pub fn new() -> io::Result<Self> {
        let mut file = BufWriter::new(tempfile::tempfile()?);
        file.write_all(shell::head().as_bytes())?;
        Ok(Self { file, figures: Figures::default() })
    }
}

impl Book for Html {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        if record.error.is_some() {
            return Ok(());
        }
        self.figures.take(record);
        writeln!(self.file, "{}", line(record))
    }

    fn finish(mut self: Box<Self>, _: &Manifest) -> io::Result<Vec<Leaf>> {
        let figures: String = self.figures.drawn().map(|picture| figure(&picture) + "\n").collect();
        self.file.write_all(shell::tail(&figures).as_bytes())?;
        let mut content = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        content.rewind()?;
        Ok(vec![Leaf { name: None, content }])
    }
}

/// A record as one line: summary and details, both JSON and safe inside an element of HTML, with a tab between.
fn line(record: &Record) -> String {
    let details = Details::of(record);
    let summary = serde_json::to_string(&Summary::of(record, &details)).expect("a summary is plain data");
    let details = serde_json::to_string(&details).expect("details are plain data");
    format!("{}\t{}", inert(&summary), inert(&details))
}

/// A forest plot as one line of JSON.
fn figure(picture: &Picture) -> String {
    inert(&serde_json::to_string(picture).expect("a picture is plain data"))
}

/// JSON without `<`: nothing in it can end the element, open a comment, or be taken for a tag.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests;
