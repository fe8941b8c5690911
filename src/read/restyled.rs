//! RIS in other clothes: a colon, a tab or blanks for the hyphen (Cochrane's text export, `RefWorks`), lines that a mail
//! program quoted, a web page wrapped or an editor numbered.
//!
//! The trick: each style is tried on the first lines and the one that gives the most tag lines is taken (the last of several); then every line
//! is written as RIS and the RIS reader reads it.

use std::borrow::Cow;

use super::feed::{Feed, Outbox};
use super::lines::Line;
use super::ris::{self, Ris};

/// Lines that are looked at.
const LOOKED_AT: usize = 60;
/// Tag lines that tell a style.
const ENOUGH: usize = 4;

/// How tag lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// As in RIS, inside something else.
    Wrapped,
    Colon,
    Tab,
    Blanks,
    /// One blank, as `RefWorks` does.
    Blank,
}

const STYLES: [Style; 5] = [Style::Blank, Style::Blanks, Style::Tab, Style::Colon, Style::Wrapped];

/// The style of an input that begins with `head`; none where its lines are RIS as they are, or nothing like it.
pub(super) fn style(head: &[u8]) -> Option<Style> {
    let text = String::from_utf8_lossy(head);
    let filled = || text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(LOOKED_AT);
    if filled().filter(|line| ris::is_tag_line(line)).count() >= 2 {
        return None;
    }
    let lines: Vec<Cow<'_, str>> = filled().map(undressed).collect();
    let tags = |style: Style| -> Vec<&str> { lines.iter().filter_map(|line| tag_of(line, style)).collect() };
    let fits = |style: &Style| {
        let tags = tags(*style);
        let has = |wanted: &[&str]| tags.iter().any(|tag| wanted.contains(tag));
        tags.len() >= ENOUGH
            && has(&["TI", "T1"])
            && has(&["AU", "A1", "AB", "N2"])
            && (*style != Style::Blank || has(&["RT", "TY"]))
    };
    STYLES.into_iter().filter(fits).max_by_key(|style| tags(*style).len())
}

/// Reads records from the lines that it is fed.
pub(super) struct Restyled {
    style: Style,
    ris: Ris,
}

impl Restyled {
    pub fn new(style: Style) -> Self {
        Self { style, ris: Ris::new() }
    }
}

impl Feed for Restyled {
    fn line(&mut self, line: &Line, out: &mut Outbox) {
        let text = undressed(&line.text);
        let text = as_ris(&text, self.style).map_or(text, Cow::Owned);
        self.ris.line(&Line { text, ..*line }, out);
    }

    fn end(&mut self, out: &mut Outbox) {
        self.ris.end(out);
    }
}

/// `line` without the marks, markup and number around it.
fn undressed(line: &str) -> Cow<'_, str> {
    let mut rest = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '|' | '*' | '\u{FEFF}'));
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && rest[digits..].starts_with(['\t', ':', '|']) {
        rest = rest[digits + 1..].trim_start();
    }
    while let Some(behind) = markup(rest) {
        rest = behind.trim_start();
    }
    while let Some(at) = rest.rfind('<').filter(|&at| markup(&rest[at..]).is_some_and(str::is_empty)) {
        rest = rest[..at].trim_end();
    }
    if let Some(inside) = rest.strip_prefix('\'').map(|rest| rest.trim_end_matches([',', '\r'])) {
        rest = inside.strip_suffix('\'').unwrap_or(inside);
    }
    if rest.contains("&nbsp;") { Cow::Owned(rest.replace("&nbsp;", " ")) } else { Cow::Borrowed(rest) }
}

/// What follows the tag of a web page at the beginning of `text`.
fn markup(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('<')?;
    let (name, behind) = inside.split_once('>')?;
    let bare = name.trim_start_matches('/');
    let bare = bare.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let known = ["p", "div", "br", "pre", "span", "li", "td", "tr", "html", "body"];
    known.iter().any(|name| name.eq_ignore_ascii_case(bare)).then_some(behind)
}

/// The tag of `line` in a style, as it is written there.
fn tag_of(line: &str, style: Style) -> Option<&str> {
    if style == Style::Wrapped {
        return ris::is_tag_line(line).then(|| &line[..2]);
    }
    split(line, style).map(|(tag, _)| tag).filter(|tag| ris_tag(tag).is_some())
}

/// Tag and value of `line`.
fn split(line: &str, style: Style) -> Option<(&str, &str)> {
    let end = line.find(|c: char| !c.is_ascii_uppercase() && !c.is_ascii_digit())?;
    let (tag, behind) = line.split_at(end);
    let value = match style {
        Style::Wrapped => return None,
        Style::Colon => behind.trim_start_matches(' ').strip_prefix(':'),
        Style::Tab => behind.trim_start_matches(' ').strip_prefix('\t'),
        Style::Blanks => behind.strip_prefix("  "),
        Style::Blank => behind.strip_prefix(' '),
    }?;
    Some((tag, value.trim()))
}

/// The tag of RIS for a tag of another format; the names of some fields differ.
fn ris_tag(tag: &str) -> Option<&str> {
    Some(match tag {
        "RT" => "TY",
        "YR" => "PY",
        "FD" => "DA",
        "OP" => "EP",
        "NO" => "IS",
        "PG" => "SP",
        "SO" => "JO",
        "KY" => "KW",
        "PM" => "C3",
        "XR" => "U2",
        "DOI" => "DO",
        "US" => "UR",
        "ID" => "AN",
        "PT" => "M3",
        "CC" => "U3",
        _ if tag.len() == 2 && ris::is_tag_line(&format!("{tag}  - ")) => tag,
        _ => return None,
    })
}

fn as_ris(line: &str, style: Style) -> Option<String> {
    let (tag, value) = split(line, style)?;
    ris_tag(tag).map(|tag| format!("{tag}  - {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_is_told_by_the_first_lines() {
        for (head, want) in [
            ("TY  - JOUR\nTI  - A\nAU  - B\nAB  - C\n", None),
            ("> TY  - JOUR\n> TI  - A\n> AU  - B\n> AB  - C\n", Some(Style::Wrapped)),
            ("<p>TY  - JOUR</p>\n<p>TI  - A</p>\n<p>AU  - B</p>\n<p>AB  - C</p>\n", Some(Style::Wrapped)),
            ("1\tTY  - JOUR\n2\tTI  - A\n3\tAU  - B\n4\tAB  - C\n", Some(Style::Wrapped)),
            ("Record #1 of 1\nID: CN-1\nAU: B\nTI: A\nYR: 2021\nAB: C\n", Some(Style::Colon)),
            ("TY\tJOUR\nTI\tA\nAU\tB\nAB\tC\n", Some(Style::Tab)),
            ("RT Journal Article\nT1 A\nA1 B\nYR 2021\nAB C\n", Some(Style::Blank)),
            ("AB was seen.\nTI too.\nAU also.\nPY it was.\n", None),
            ("A letter.\n", None),
        ] {
            assert_eq!(style(head.as_bytes()), want, "{head}");
        }
    }

    #[test]
    fn lines_lose_their_clothes_and_nothing_else() {
        for (line, want) in [
            (" > TI  - A > b", "TI  - A > b"),
            ("<p class=\"x\">TI&nbsp; - A <i>b</i></p>", "TI  - A <i>b</i>"),
            ("12\tTI  - A", "TI  - A"),
            ("'TI  - A'", "TI  - A"),
            ("TI  - A<br/>", "TI  - A"),
            ("12 people", "12 people"),
        ] {
            assert_eq!(undressed(line), want, "{line}");
        }
    }
}
