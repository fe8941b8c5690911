//! A bibliographic reference as it was read from an export.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Diagnostic, Field, Span};

/// One reference, as a reader hands it on: what it says, where it stood, and what was wrong with it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reference {
    /// An id given by the input itself (JSONL), verbatim.
    pub id: Option<String>,
    /// Where it stood in the input.
    pub source: Source,
    /// What it says.
    pub bibliography: Bibliography,
    /// What was wrong with the input record; the record is used all the same.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where a reference stood in the input.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Source {
    /// Path as given on the command line; `-` for standard input.
    pub path: String,
    /// Name of the format read (`ris`, `jsonl`, …).
    pub format: String,
    /// Number of the record in that input, from 1.
    pub record: u64,
    /// Line on which the record begins, from 1.
    pub line: u64,
}

/// The bibliographic fields of a reference, decoded, with continuation lines joined and the author's own
/// characters kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Bibliography {
    /// Type of publication as the export names it (`JOUR`, `Journal Article`).
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Authors as printed, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Year of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Date of publication, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Journal or book.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub journal: Option<String>,
    /// Volume.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<String>,
    /// Issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// Pages, `first-last` or as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<String>,
    /// DOI, bare and in lower case (`10.1000/xyz`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// PubMed id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pmid: Option<String>,
    /// PubMed Central id, with its `PMC`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pmcid: Option<String>,
    /// ISSN or ISBN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issn: Option<String>,
    /// Link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Language as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Keywords, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Abstract.
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    pub abstract_text: Option<String>,
}

impl Bibliography {
    /// The words that a span of the record points at; what lies beyond the end of the field is left out.
    pub fn quote(&self, span: Span) -> &str {
        let field = match span.field {
            Field::Title => &self.title,
            Field::Abstract => &self.abstract_text,
        };
        let text = field.as_deref().unwrap_or_default();
        let byte = |point: u32| text.char_indices().nth(point as usize).map_or(text.len(), |(byte, _)| byte);
        text.get(byte(span.start)..byte(span.end)).unwrap_or_default()
    }
}
