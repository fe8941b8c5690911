//! Opens an input, finds out what it is, and hands on its records.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use encoding_rs::{UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;

use super::bibtex::Bibtex;
use super::csv::Csv;
use super::feed::{Fed, Outbox};
use super::jsonl::Jsonl;
use super::ovid::Ovid;
use super::restyled::{self, Restyled};
use super::tagged::Tagged;
use super::xml::{EndnoteXml, PubmedXml, Xml};
use super::{Format, ReadError, decode, detect};
use crate::model::{Diagnostic, Reference, Severity, Source};

/// Bytes that are looked at to recognise an input.
const HEAD: usize = 32 << 10;

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The format; none to recognise it by content.
    pub from: Option<Format>,
}

/// One record of an input.
// A reference is what nearly every item is, so that a box for it would only add an allocation.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A record that can be used, with an abstract or without.
    Reference(Reference),
    /// A record that cannot be used.
    Skipped(Skipped),
}

/// A record that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The id that the input gave it, where it could be found.
    pub id: Option<String>,
    /// Where it stands.
    pub source: Source,
    /// Why it cannot be used.
    pub diagnostic: Diagnostic,
}

/// The records of one input, in order, one at a time in memory.
pub struct Reader {
    format: Format,
    records: Records,
}

type Records = Box<dyn Iterator<Item = Result<Item, ReadError>> + Send>;

impl Reader {
    /// The format that the input is read as.
    pub fn format(&self) -> Format {
        self.format
    }
}

impl Iterator for Reader {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.records.next()
    }
}

/// Opens the file at `path`; `-` is standard input.
pub fn open(path: &Path, options: &Options) -> Result<Reader, ReadError> {
    from_reader(&path.to_string_lossy(), bytes(path)?, options)
}

/// The bytes of the file at `path`; `-` is standard input.
pub fn bytes(path: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
    let name = path.to_string_lossy();
    if name == "-" {
        return Ok(Box::new(io::stdin()));
    }
    let fail = |source| ReadError::Open { path: name.clone().into_owned(), source };
    let file = File::open(path).map_err(fail)?;
    if file.metadata().map_err(fail)?.is_dir() {
        return Err(fail(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    Ok(Box::new(file))
}

/// Reads `input`, which is called `name` in records and messages.
pub fn from_reader(name: &str, input: impl Read + Send + 'static, options: &Options) -> Result<Reader, ReadError> {
    let (mut head, mut input) = peek(Box::new(input));
    if head.starts_with(&[0x1F, 0x8B]) {
        (head, input) = peek(Box::new(MultiGzDecoder::new(input)));
    }
    let encoding = decode::encoding(&head);
    if let Some(encoding) = encoding {
        (head, input) = peek(Box::new(decode::Decoding::new(input, encoding)));
    }
    let legacy = encoding.filter(|encoding| ![UTF_16LE, UTF_16BE].contains(encoding));
    let blank = head.iter().all(u8::is_ascii_whitespace);
    let found = options.from.or_else(|| detect::format(&head));
    let style = if matches!(found, None | Some(Format::Ris)) { restyled::style(&head) } else { None };
    let format = match found {
        Some(format) => format,
        None if blank || style.is_some() => Format::Ris,
        None => return Err(ReadError::UnknownFormat { path: name.to_owned() }),
    };
    let mut out = Outbox::new(name, format);
    if let Some(encoding) = legacy {
        let message = format!("the input is not in UTF-8 and was read as {}", encoding.name());
        out.note_first(Diagnostic::new(Severity::Warning, "encoding.legacy", message, 1));
    }
    if let Some(style) = style {
        return Ok(Reader { format, records: Box::new(Fed::new(input, Restyled::new(style), out)) });
    }
    if let Some(tagged) = Tagged::new(format, options.from.is_none()) {
        return Ok(Reader { format, records: Box::new(Fed::new(input, tagged, out)) });
    }
    let records: Records = match format {
        Format::Ovid => Box::new(Fed::new(input, Ovid::new(), out)),
        Format::Bibtex => Box::new(Fed::new(input, Bibtex::new(), out)),
        Format::Csv => Box::new(Fed::new(input, Csv::new(detect::delimiter(&head)), out)),
        Format::PubmedXml => Box::new(Xml::<_, PubmedXml>::new(input, out)),
        Format::EndnoteXml => Box::new(Xml::<_, EndnoteXml>::new(input, out)),
        _ => Box::new(Fed::new(input, Jsonl, out)),
    };
    Ok(Reader { format, records })
}

type Input = Box<dyn Read + Send>;

/// The first bytes of `input`, and the whole input again; an error on the way comes after the bytes before it.
fn peek(mut input: Input) -> (Vec<u8>, Input) {
    let mut head = Vec::with_capacity(HEAD);
    let result = input.by_ref().take(HEAD as u64).read_to_end(&mut head);
    let start = Cursor::new(head.clone());
    match result {
        Ok(_) => (head, Box::new(start.chain(input))),
        Err(error) => (head, Box::new(start.chain(Failed(Some(error))))),
    }
}

/// The rest of an input that could not be read.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
