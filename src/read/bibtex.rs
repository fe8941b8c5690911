//! BibTeX, parsed by the biblatex crate one entry at a time.
//!
//! The trick: lines are gathered until an entry's braces close, so that the file need not fit the memory and a damaged
//! entry costs only itself; `@string` definitions are kept and put before each entry.

use std::borrow::Cow;

use biblatex::{Bibliography as Parsed, Chunk, Entry, Person, Spanned};

use super::abstracts::Abstracts;
use super::bibtex_repair;
use super::date::Date;
use super::decode;
use super::draft::Draft;
use super::feed::{Feed, Outbox};
use super::identifier;
use super::lines::Line;
use super::markup::plain;
use super::tex;
use crate::model::Bibliography;
use crate::model::Severity::Warning;

/// Longest entry, in bytes.
const LONGEST_ENTRY: usize = 1 << 20;
/// Most that is kept of `@string` definitions, which are parsed again with each entry.
const LONGEST_STRINGS: usize = 16 << 10;
/// Braces within braces that an entry may have; the parser calls itself for each.
const DEEPEST: i64 = 64;

/// Reads one record an entry.
pub(super) struct Bibtex {
    strings: String,
    entry: String,
    depth: i64,
    opened: bool,
    draft: Draft<u8>,
}

impl Feed for Bibtex {
    fn line(&mut self, line: &Line, out: &mut Outbox) {
        let text = line.text.trim_start_matches('\u{FEFF}');
        if opens_entry(text) {
            self.take_entry(out);
            self.draft.begin(line.number);
        } else if self.entry.is_empty() {
            return;
        }
        if line.repaired {
            self.draft.note_repaired(line.number);
        }
        if line.cut || self.entry.len() + text.len() > LONGEST_ENTRY {
            self.draft.too_long.get_or_insert(line.number);
            if self.entry.is_empty() {
                self.entry.push_str(text);
            }
            return;
        }
        self.entry.push_str(text);
        self.entry.push('\n');
        if self.count_braces(text) > DEEPEST {
            self.draft.too_long.get_or_insert(line.number);
        }
        if self.opened && self.depth <= 0 {
            self.take_entry(out);
        }
    }

    fn end(&mut self, out: &mut Outbox) {
        self.take_entry(out);
    }
}

impl Bibtex {
    pub fn new() -> Self {
        Self { strings: String::new(), entry: String::new(), depth: 0, opened: false, draft: Draft::new() }
    }

    /// Counts the braces of a line; the deepest that it goes.
    fn count_braces(&mut self, text: &str) -> i64 {
        let mut escaped = false;
        let mut deepest = self.depth;
        for byte in text.bytes() {
            match byte {
                b'{' | b'}' if escaped => {}
                b'{' => {
                    self.depth += 1;
                    self.opened = true;
                    deepest = deepest.max(self.depth);
                }
                b'}' => self.depth -= 1,
                _ => {}
            }
            escaped = byte == b'\\' && !escaped;
        }
        deepest
    }

    /// What can be made of an entry that does not parse.
    fn repaired(&self, entry: &str, kind: &str) -> Option<Parsed> {
        let entry = bibtex_repair::repaired(entry, kind, &self.strings)?;
        Parsed::parse(&format!("{}{entry}", self.strings)).ok()
    }

    fn take_entry(&mut self, out: &mut Outbox) {
        let mut entry = std::mem::take(&mut self.entry);
        self.depth = 0;
        self.opened = false;
        while let Some(further) = further_entry(&entry) {
            let rest = entry.split_off(further);
            self.take(&entry, out);
            entry = rest;
        }
        self.take(&entry, out);
    }

    fn take(&mut self, entry: &str, out: &mut Outbox) {
        let entry = decode::untwisted(entry).map_or(Cow::Borrowed(entry), Cow::Owned);
        let Some(kind) = kind(&entry) else { return };
        let line = self.draft.line;
        match kind.to_ascii_lowercase().as_str() {
            "comment" | "preamble" => return,
            "string" if self.strings.len() + entry.len() <= LONGEST_STRINGS => {
                return self.strings.push_str(&entry);
            }
            _ => {}
        }
        if let Some(at) = self.draft.too_long {
            let message = format!("the entry is longer or deeper than can be read, at line {at}");
            return out.skip(line, key(&entry), "bibtex.too_long", message);
        }
        let parsed = match Parsed::parse(&format!("{}{entry}", self.strings)) {
            Ok(parsed) => parsed,
            Err(error) => {
                let message = format!("the entry is damaged: {}", error.kind);
                let Some(parsed) = self.repaired(&entry, kind) else {
                    return out.skip(line, key(&entry), "bibtex.syntax", message);
                };
                self.draft.note(Warning, "bibtex.repaired", &message, line);
                parsed
            }
        };
        if parsed.is_empty() {
            out.skip(line, key(&entry), "bibtex.syntax", "the entry is damaged");
        }
        for parsed in parsed.iter() {
            let reference = bibliography(parsed, &mut self.draft);
            if reference.title.is_none() && reference.abstract_text.is_none() {
                let message = "the entry has neither title nor abstract";
                out.skip(line, Some(parsed.key.clone()), "bibtex.empty", message);
            } else {
                out.reference(line, reference, std::mem::take(&mut self.draft.diagnostics));
            }
        }
    }
}

/// Where a further entry begins on the line on which the first one of `text` is closed.
fn further_entry(text: &str) -> Option<usize> {
    let at = text.match_indices('@').map(|(at, _)| at).skip(1);
    at.into_iter().find(|&at| text[..at].trim_end().ends_with('}') && opens_entry(&text[at..]))
}

/// Whether `line` opens an entry.
pub(super) fn opens_entry(line: &str) -> bool {
    let line = line.trim_start();
    kind(line).is_some_and(|kind| line[1 + kind.len()..].trim_start().starts_with(['{', '(']))
}

/// The word behind the `@` with which `entry` begins.
fn kind(entry: &str) -> Option<&str> {
    let word = entry.trim_start().strip_prefix('@')?;
    let end = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    (end > 0).then(|| &word[..end])
}

/// The citation key of `entry`.
fn key(entry: &str) -> Option<String> {
    let (_, behind) = entry.split_once(['{', '('])?;
    let (key, _) = behind.split_once(',')?;
    let key = key.trim();
    (!key.is_empty() && !key.contains(char::is_whitespace)).then(|| key.to_owned())
}

fn bibliography(entry: &Entry, draft: &mut Draft<u8>) -> Bibliography {
    let verbatim = |name: &str| entry.get(name).map(printed);
    let text = |names: &[&str]| {
        names.iter().filter_map(|name| verbatim(name)).map(|text| plain(&text)).find(|text| !text.is_empty())
    };
    let mut abstracts = Abstracts::default();
    if let Some(text) = verbatim("abstract") {
        abstracts.push(&text);
    }
    let parts = ["year", "month", "day"].map(|name| verbatim(name).unwrap_or_default());
    let date = verbatim("date").and_then(|date| Date::parse(&date)).or_else(|| Date::parse(&parts.join(" ")));
    Bibliography {
        kind: Some(entry.entry_type.to_string()),
        title: text(&["title", "booktitle"]),
        authors: entry.author().map(|people| people.iter().map(name).collect()).unwrap_or_default(),
        year: date.map(|date| date.year),
        date: date.map(|date| date.to_string()),
        journal: text(&["journal", "journaltitle", "booktitle", "shortjournal"]),
        volume: text(&["volume"]),
        issue: text(&["number", "issue"]),
        pages: text(&["pages"]).map(|pages| pages.replace("--", "-").replace('–', "-")),
        doi: ["doi", "url", "note"].iter().filter_map(|name| verbatim(name)).find_map(|text| identifier::doi(&text)),
        pmid: text(&["pmid"]).and_then(|id| identifier::pmid(&id).map(str::to_owned)),
        pmcid: text(&["pmcid", "pmc"]).and_then(|id| identifier::pmcid(&id)),
        issn: text(&["issn", "isbn"]),
        url: text(&["url"]),
        language: text(&["language", "langid"]),
        keywords: text(&["keywords", "keyword"]).map(|words| keywords(&words)).unwrap_or_default(),
        abstract_text: abstracts.choose(draft),
    }
}

/// The characters that a field prints.
fn printed(chunks: &[Spanned<Chunk>]) -> String {
    let mut out = String::new();
    for chunk in chunks {
        match &chunk.v {
            Chunk::Normal(text) | Chunk::Verbatim(text) => out.push_str(text),
            Chunk::Math(math) => out.push_str(&tex::formula(math).unwrap_or_else(|| format!("${math}$"))),
        }
    }
    out
}

fn keywords(text: &str) -> Vec<String> {
    let separator = if text.contains(';') { ';' } else { ',' };
    text.split(separator).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn name(person: &Person) -> String {
    let family = [person.prefix.as_str(), person.name.as_str()].join(" ");
    let given = [person.given_name.as_str(), person.suffix.as_str()].join(" ");
    let (family, given) = (family.trim(), given.trim());
    plain(&if given.is_empty() { family.to_owned() } else { format!("{family}, {given}") })
}
