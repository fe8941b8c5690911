//! The formats that can be read, and their names on the command line and in `source.format`.

use std::fmt;
use std::str::FromStr;

/// A format of reference export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// RIS, in the dialects of all databases and reference managers.
    Ris,
    /// One JSON object a line.
    Jsonl,
    /// PubMed's tagged format, also called MEDLINE or nbib.
    Nbib,
    /// Web of Science tagged export.
    Wos,
    /// PubMed XML, as downloaded or from the baseline.
    PubmedXml,
    /// Ovid's export with field names written out.
    Ovid,
    /// EndNote XML.
    EndnoteXml,
    /// `BibTeX` and `BibLaTeX`.
    Bibtex,
    /// EndNote's and Refer's tagged format.
    Enw,
    /// Rows with columns for title and abstract, between commas, tabs or semicolons.
    Csv,
}

impl Format {
    /// Every format, in the order in which they are listed to people.
    pub const ALL: [Self; 10] = [
        Self::Ris,
        Self::Nbib,
        Self::PubmedXml,
        Self::Wos,
        Self::Ovid,
        Self::EndnoteXml,
        Self::Enw,
        Self::Bibtex,
        Self::Csv,
        Self::Jsonl,
    ];

    /// The name used with `--from` and in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ris => "ris",
            Self::Jsonl => "jsonl",
            Self::Nbib => "nbib",
            Self::Wos => "wos",
            Self::Ovid => "ovid",
            Self::PubmedXml => "pubmed-xml",
            Self::EndnoteXml => "endnote-xml",
            Self::Bibtex => "bibtex",
            Self::Enw => "enw",
            Self::Csv => "csv",
        }
    }

    /// All names, for messages.
    pub(super) fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no format's.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("no format is called {0:?}; there are {names}", names = Format::names())]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|format| format.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}
