//! SHIM, replaced on merge: a reader that knows just enough RIS and JSONL for the tests of the command line.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use crate::model::{Bibliography, Diagnostic, Reference, Severity, Source};

/// An input format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RIS.
    Ris,
    /// JSON lines.
    Jsonl,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Ris, Self::Jsonl];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ris => "ris",
            Self::Jsonl => "jsonl",
        }
    }
}

impl std::str::FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "ris" => Ok(Self::Ris),
            "jsonl" => Ok(Self::Jsonl),
            _ => Err(format!("no such input format: {name}")),
        }
    }
}

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The format, where it is not to be guessed.
    pub from: Option<Format>,
}

/// What a reader hands on.
#[allow(clippy::large_enum_variant, reason = "a shim")]
pub enum Item {
    /// A reference.
    Reference(Reference),
    /// A record that cannot be used.
    Skipped(Skipped),
}

/// A record that cannot be used.
pub struct Skipped {
    /// Its id, where that could be read.
    pub id: Option<String>,
    /// Where it stood.
    pub source: Source,
    /// What is wrong with it.
    pub diagnostic: Diagnostic,
}

/// The input could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}")]
pub struct ReadError {
    path: String,
    error: std::io::Error,
}

/// Items of one input.
pub struct Reader(Box<dyn Iterator<Item = Result<Item, ReadError>> + Send>);

impl Iterator for Reader {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

/// Opens an input.
pub fn open(path: &Path, options: &Options) -> Result<Reader, ReadError> {
    let name = path.display().to_string();
    let failed = |error| ReadError { path: path.display().to_string(), error };
    let input: Box<dyn Read + Send> = if name == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(path).map_err(failed)?)
    };
    let guess = if path.extension().is_some_and(|e| e == "jsonl") { Format::Jsonl } else { Format::Ris };
    let lines = BufReader::new(input).lines().map_while(Result::ok);
    match options.from.unwrap_or(guess) {
        Format::Jsonl => {
            Ok(Reader(Box::new((1..).zip(lines).map(move |(n, line)| Ok(json(&name, n, &line))))))
        }
        Format::Ris => Ok(Reader(Box::new(ris(&name, lines.collect()).into_iter().map(Ok)))),
    }
}

fn json(path: &str, line: u64, text: &str) -> Item {
    let source = Source { path: path.into(), format: "jsonl".into(), record: line, line };
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(value) => {
            let get = |key: &str| value.get(key).and_then(|v| v.as_str()).map(str::to_owned);
            let bibliography = Bibliography {
                title: get("title"),
                abstract_text: get("abstract"),
                ..Bibliography::default()
            };
            Item::Reference(Reference { id: get("id"), source, bibliography, diagnostics: Vec::new() })
        }
        Err(error) => {
            let diagnostic = Diagnostic::new(Severity::Error, "jsonl.syntax", error.to_string(), line);
            Item::Skipped(Skipped { id: None, source, diagnostic })
        }
    }
}

fn ris(path: &str, lines: Vec<String>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (at, line) in (1..).zip(lines) {
        let (tag, value) = (line.get(..2).unwrap_or_default(), line.get(6..).unwrap_or_default().to_owned());
        if tag == "TY" {
            let record = items.len() as u64 + 1;
            let source = Source { path: path.into(), format: "ris".into(), record, line: at };
            items.push(Item::Reference(Reference { source, ..Reference::default() }));
        }
        let Some(Item::Reference(reference)) = items.last_mut() else { continue };
        let b = &mut reference.bibliography;
        match tag {
            "TI" => b.title = Some(value),
            "AB" => b.abstract_text = Some(value),
            "AU" => b.authors.push(value),
            "PY" => b.year = value.parse().ok(),
            "DO" => b.doi = Some(value),
            "ER" | "TY" | "" => {}
            _ => reference.diagnostics.push(Diagnostic::new(
                Severity::Warning,
                "ris.unknown_tag",
                format!("{tag} is no tag of RIS"),
                at,
            )),
        }
    }
    items
}
