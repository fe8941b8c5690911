//! Field text as its author meant it: entities decoded, HTML and JATS tags dropped, invisible characters removed.
//!
//! The trick: most fields need none of this, and one look at the bytes tells. A `<` is markup only where a known tag
//! stands complete, so that `P<0.05` and `a <b and c> d` survive.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use html_escape::decode_html_entities;

/// Tags that separate words.
const BLOCKS: &[&str] = &[
    "abstract",
    "abstracttext",
    "blockquote",
    "br",
    "break",
    "dd",
    "disp-formula",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "label",
    "li",
    "list",
    "list-item",
    "ol",
    "p",
    "para",
    "sec",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];
/// Tags that stand inside words.
const INLINES: &[&str] = &[
    "a",
    "abbr",
    "alternatives",
    "b",
    "bold",
    "cite",
    "code",
    "em",
    "emphasis",
    "ext-link",
    "font",
    "i",
    "inf",
    "inline-formula",
    "inline-graphic",
    "italic",
    "math",
    "mfrac",
    "mi",
    "mml",
    "mn",
    "mo",
    "monospace",
    "mrow",
    "mspace",
    "msub",
    "msubsup",
    "msup",
    "mtext",
    "named-content",
    "overline",
    "roman",
    "s",
    "sc",
    "scp",
    "semantics",
    "small",
    "span",
    "strike",
    "strong",
    "styled-content",
    "sub",
    "sup",
    "tt",
    "u",
    "underline",
    "uri",
    "xref",
];
/// Longest attribute or comment of a tag.
const LONGEST_PART: usize = 512;
/// Entities are decoded as often as exports are known to have encoded them.
const ENCODED_AT_MOST: usize = 3;

/// Bytes that may begin something to mend: controls, `&`, `<`, and the lead bytes of invisible characters.
const SUSPECT: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[0x7F] = true;
    table[0xC2] = true;
    table[0xE2] = true;
    table[0xEF] = true;
    table
};

/// The text of a field, decoded and trimmed.
pub(super) fn plain(raw: &str) -> String {
    if is_plain_ascii(raw) || !needs_mending(raw.as_bytes()) {
        return raw.trim().to_owned();
    }
    let mut text = Cow::Borrowed(raw);
    for _ in 0..ENCODED_AT_MOST {
        let Cow::Owned(decoded) = decode_html_entities(&text) else { break };
        text = Cow::Owned(decoded);
    }
    visible(&text)
}

/// Whether `raw` holds printable ASCII alone and no sign of markup; without a branch, so that it runs many bytes at once.
fn is_plain_ascii(raw: &str) -> bool {
    let tame = |byte: u8| (0x20..=0x7E).contains(&byte) && byte != b'&' && byte != b'<';
    raw.bytes().fold(true, |all, byte| all & tame(byte))
}

/// Whether `bytes` hold what [`visible`] would change: of the characters with a suspect lead byte few are invisible.
fn needs_mending(bytes: &[u8]) -> bool {
    let hits = bytes.iter().enumerate().filter(|(_, byte)| SUSPECT[usize::from(**byte)]);
    hits.map(|(at, _)| &bytes[at..]).any(|rest| match rest {
        [0xC2, second, ..] => *second < 0xA0 || *second == 0xAD,
        [0xE2, 0x80, third, ..] => matches!(third, 0x8B | 0xA8 | 0xA9),
        [0xE2, 0x81, third, ..] => *third == 0xA0,
        [0xE2, ..] => false,
        [0xEF, second, ..] => *second == 0xBB,
        _ => true,
    })
}

/// A C1 control stands for the Windows-1252 character of that number, as in HTML.
fn mended(c: char) -> char {
    if !('\u{80}'..='\u{9F}').contains(&c) {
        return c;
    }
    WINDOWS_1252.decode_without_bom_handling(&[c as u8]).0.chars().next().unwrap_or(c)
}

/// `text` without tags and invisible characters; line breaks of any kind become one space.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut space_due = false;
    loop {
        let run = rest.bytes().position(|byte| SUSPECT[usize::from(byte)]).unwrap_or(rest.len());
        push(&rest[..run], &mut space_due, &mut out);
        rest = &rest[run..];
        let Some(c) = rest.chars().next() else { break };
        if let Some((length, breaks)) = tag(rest) {
            space_due |= breaks;
            rest = &rest[length..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => space_due = true,
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\0'..='\u{1F}' | '\u{7F}' => {}
            _ => push(mended(c).encode_utf8(&mut [0; 4]), &mut space_due, &mut out),
        }
    }
    out.trim().to_owned()
}

/// Appends `piece`, after one space where one is due.
fn push(piece: &str, space_due: &mut bool, out: &mut String) {
    if !*space_due {
        out.push_str(piece);
        return;
    }
    let piece = piece.trim_start();
    if piece.is_empty() {
        return;
    }
    out.truncate(out.trim_end().len());
    out.push(' ');
    out.push_str(piece);
    *space_due = false;
}

/// Length of the known tag or comment at the beginning of `text`, and whether it separates words.
fn tag(text: &str) -> Option<(usize, bool)> {
    let inside = text.strip_prefix('<')?;
    if inside.starts_with("!--") {
        return Some((near(text).find("-->")? + 3, false));
    }
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let named = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == ':';
    let name = &inside[..inside.find(|c| !named(c))?];
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    let among = |tags: &[&str]| tags.iter().any(|known| known.eq_ignore_ascii_case(local));
    let breaks = among(BLOCKS);
    if !breaks && !among(INLINES) {
        return None;
    }
    let rest = attributes(&inside[name.len()..])?;
    let rest = rest.strip_prefix('/').unwrap_or(rest).strip_prefix('>')?;
    Some((text.len() - rest.len(), breaks))
}

/// The beginning of `text`, as far as one attribute or comment may reach, so that many `<` cannot cost the square.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_PART)]
}

/// What follows the `name="value"` pairs at the beginning of `text`.
fn attributes(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    while !rest.starts_with(['>', '/']) {
        let (name, _) = near(rest).split_once('=')?;
        let value = &rest[name.len() + 1..];
        if name.is_empty() || !name.trim_end().bytes().all(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(&b)) {
            return None;
        }
        let value = value.trim_start();
        let after = match value.chars().next()? {
            quote @ ('"' | '\'') => &value[near(&value[1..]).find(quote)? + 2..],
            _ => &value[near(value).find(|c: char| c.is_whitespace() || c == '>')?..],
        };
        rest = after.trim_start();
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn entities_are_decoded_however_often_they_were_encoded() {
        assert_eq!(plain("M&uuml;ller &amp; S&#246;hne, &#x2265;3, &alpha;"), "Müller & Söhne, ≥3, α");
        assert_eq!(plain("p &amp;lt; 0.05, n &amp;amp;ge; 4"), "p < 0.05, n ≥ 4");
        assert_eq!(plain("R&D; AT&T & co; &nosuch; &#0;"), "R&D; AT&T & co; &nosuch; &#0;");
        assert_eq!(plain("5&#150;10 years, it&#146;s"), "5–10 years, it’s");
    }

    #[test]
    fn tags_go_and_their_text_stays() {
        assert_eq!(
            plain("n<sup>2</sup> of <I>E. coli</I> in CD4<sub>low</sub> cells"),
            "n2 of E. coli in CD4low cells"
        );
        assert_eq!(
            plain("<jats:title>Aim</jats:title><jats:p>To see.</jats:p>\n<jats:p>More</jats:p>"),
            "Aim To see. More"
        );
        assert_eq!(plain("one<br/>two<br>three <a href=\"http://x.org/?a=1>2\">link</a>"), "one two three link");
        assert_eq!(plain("&lt;p&gt;escaped &lt;b class='x'&gt;markup&lt;/b&gt;&lt;/p&gt;"), "escaped markup");
        assert_eq!(plain("kept<!-- not this --> here"), "kept here");
    }

    #[test]
    fn comparison_signs_survive() {
        for text in [
            "P<0.05",
            "P < 0.05 and r > 0.3",
            "P&lt;0.05",
            "x <b and c> y",
            "platelets <LOQ> or <10",
            "a<b",
            "<p",
            "3<i",
            "Embase <1980 to 2024>",
            "<",
            "n<sup",
            "</",
        ] {
            assert_eq!(plain(text), text.replace("&lt;", "<"));
        }
    }

    #[test]
    fn invisible_characters_go_and_line_breaks_become_one_space() {
        assert_eq!(plain("analy\u{AD}sed\u{200B} twice\u{FEFF}"), "analysed twice");
        assert_eq!(
            plain("one\u{2028}two \u{2029} three\u{C}four\u{85}: five\tsix\u{0}"),
            "one two three four : five six"
        );
        assert_eq!(plain("  5\u{A0}mg\u{2009}daily  "), "5\u{A0}mg\u{2009}daily");
        assert_eq!(plain("it\u{92}s 5\u{96}10"), "it’s 5–10");
    }
}
