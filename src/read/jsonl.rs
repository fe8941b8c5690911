//! One JSON object a line: `{"id"?, "title"?, "abstract"?, …}` with the fields of a reference.
//!
//! Title and abstract are kept exactly as given, unless nothing is in them, since spans made elsewhere point into them. A line that is no such
//! object is skipped with its id, where one can still be found.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::date::Date;
use super::feed::{Feed, Outbox};
use super::identifier;
use super::lines::{LONGEST_LINE, Line};
use super::{Format, Item, Skipped, decode};
use crate::model::{Bibliography, Diagnostic, Reference, Severity};

/// Reads one record a line.
pub(super) struct Jsonl;

impl Feed for Jsonl {
    fn line(&mut self, line: &Line, out: &mut Outbox) {
        let text = line.text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{1E}' | '\0'));
        if text.is_empty() {
            return;
        }
        if line.cut {
            out.skip(line.number, find_id(text), "jsonl.too_long", "the line is longer than can be read");
            return;
        }
        let mut diagnostics = Vec::new();
        if line.repaired {
            let message = "bytes that are not UTF-8 were read as Windows-1252";
            diagnostics.push(Diagnostic::new(Severity::Warning, "encoding.windows_1252", message, line.number));
        }
        if !text.starts_with('{') {
            return out.skip(line.number, None, "jsonl.syntax", "the line is not a JSON object");
        }
        let given: Given = match serde_json::from_str(text) {
            Ok(given) => given,
            Err(error) => {
                let what = if error.is_data() { "type" } else { "syntax" };
                let code = if error.is_data() { "jsonl.type" } else { "jsonl.syntax" };
                let message = format!("{what} error: {error}").replace(" at line 1 column ", " at column ");
                return out.skip(line.number, find_id(text), code, message);
            }
        };
        let Ok(id) = given.id.map(id).transpose() else {
            return out.skip(line.number, None, "jsonl.type", "the id is neither a string nor a number");
        };
        out.reference_with_id(id.flatten(), line.number, given.into(), diagnostics);
    }

    fn end(&mut self, _: &mut Outbox) {}
}

/// The longest line that is read, in bytes.
pub const LONGEST_JSON_LINE: usize = LONGEST_LINE;

/// What stands on line `number` of JSON lines, for callers that split lines themselves: one item for each, also for one
/// that is blank; `cut` says that only the beginning of it was kept.
///
/// # Panics
/// Never: what was put can be taken.
pub fn json_line(name: &str, number: u64, bytes: &[u8], cut: bool) -> Item {
    let (text, repaired) = decode::line(bytes);
    let mut out = Outbox::new(name, Format::Jsonl);
    Jsonl.line(&Line { text, number, repaired, cut }, &mut out);
    out.begins();
    let mut item = out.pop().unwrap_or_else(|| {
        out.skip(number, None, "jsonl.blank", "the line is blank");
        out.begins();
        out.pop().expect("a record that was put is there")
    });
    match &mut item {
        Item::Reference(Reference { source, .. }) | Item::Skipped(Skipped { source, .. }) => source.record = number,
    }
    item
}

/// A line as given. Title and abstract must be strings; what the other fields hold is taken if it can be.
#[derive(Deserialize)]
struct Given<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    title: Option<String>,
    #[serde(rename = "abstract")]
    abstract_text: Option<String>,
    #[serde(rename = "type")]
    kind: Option<Value>,
    authors: Option<Value>,
    year: Option<Value>,
    date: Option<Value>,
    journal: Option<Value>,
    volume: Option<Value>,
    issue: Option<Value>,
    pages: Option<Value>,
    doi: Option<Value>,
    pmid: Option<Value>,
    pmcid: Option<Value>,
    issn: Option<Value>,
    url: Option<Value>,
    language: Option<Value>,
    keywords: Option<Value>,
}

impl From<Given<'_>> for Bibliography {
    fn from(given: Given) -> Self {
        let year = given.year.and_then(text).and_then(|year| Date::parse(&year));
        let date = given.date.and_then(text).and_then(|date| Date::parse(&date)).or(year);
        Self {
            kind: given.kind.and_then(text),
            title: given.title.filter(|text| !text.trim().is_empty()),
            authors: given.authors.map(texts).unwrap_or_default(),
            year: year.or(date).map(|date| date.year),
            date: date.map(|date| date.to_string()),
            journal: given.journal.and_then(text),
            volume: given.volume.and_then(text),
            issue: given.issue.and_then(text),
            pages: given.pages.and_then(text),
            doi: given.doi.and_then(text).and_then(|doi| identifier::doi(&doi)),
            pmid: given.pmid.and_then(text).and_then(|pmid| identifier::pmid(&pmid).map(str::to_owned)),
            pmcid: given.pmcid.and_then(text).and_then(|pmcid| identifier::pmcid(&pmcid)),
            issn: given.issn.and_then(text),
            url: given.url.and_then(text),
            language: given.language.and_then(text),
            keywords: given.keywords.map(texts).unwrap_or_default(),
            abstract_text: given.abstract_text.filter(|text| !text.trim().is_empty()),
        }
    }
}

/// An id verbatim, strings without their quotation marks; `null` is none.
fn id(raw: &RawValue) -> Result<Option<String>, serde_json::Error> {
    let literal = raw.get();
    if literal.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return Ok(Some(literal.to_owned()));
    }
    serde_json::from_str(literal)
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn texts(value: Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.into_iter().filter_map(text).collect(),
        other => text(other).into_iter().collect(),
    }
}

/// The id on a line that is not good JSON, if its place can be made out.
fn find_id(line: &str) -> Option<String> {
    let at = line.find("\"id\"")?;
    let value = line[at + 4..].trim_start().strip_prefix(':')?;
    let mut values = serde_json::Deserializer::from_str(value).into_iter::<Value>();
    text(values.next()?.ok()?)
}

#[cfg(test)]
mod tests {
    use super::find_id;

    #[test]
    fn the_id_of_a_bad_line_is_found_if_it_is_there() {
        assert_eq!(find_id(r#"{"id": "a 1", "title": "cut of"#).as_deref(), Some("a 1"));
        assert_eq!(find_id(r#"{"title": 5, "id":17, "#).as_deref(), Some("17"));
        assert_eq!(find_id(r#"{"title": "no id"#), None);
        assert_eq!(find_id(r#"{"id": "unclosed"#), None);
    }
}
