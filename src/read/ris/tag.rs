//! What a RIS tag line looks like (`TI  - `, and everything that exports make of it), and what each tag holds.
//!
//! The trick: a line is read as a tag line in any shape, and its [`Shape`] is kept, so that a line inside an abstract
//! can be compared with the shape of the record's own tag lines.

/// A tag in capitals.
pub(super) type Tag = [u8; 2];

/// A byte-order mark that was once read as Windows-1252.
const MISREAD_MARK: &str = "ï»¿";

/// A line that may be a tag line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TagLine<'a> {
    pub tag: Tag,
    pub shape: Shape,
    pub value: &'a str,
}

/// How a tag line is written.
// The marks are independent of each other and compared all at once.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Blanks before the tag.
    pub indented: bool,
    /// Small letters in the tag.
    pub lower: bool,
    /// A quotation mark before the tag, as when a spreadsheet wrote the file.
    pub quoted: bool,
    /// Number of blanks before the hyphen.
    pub gap: u8,
    /// A hyphen after ordinary spaces, not a dash or a no-break space.
    pub plain: bool,
    /// No blank after the hyphen; none where nothing follows.
    tight: Option<bool>,
}

impl Shape {
    /// Whether both could be written by the same program.
    pub fn fits(self, other: Self) -> bool {
        let tight = self.tight.is_none() || other.tight.is_none() || self.tight == other.tight;
        tight && Self { tight: None, ..self } == Self { tight: None, ..other }
    }

    /// Whether the hyphen could as well be a minus sign (`CI -0.3`).
    pub fn is_minus(self) -> bool {
        self.gap > 0 && self.tight == Some(true)
    }

    /// Whether the line could as well be a hyphenated word (`ER-positive`).
    pub fn is_word(self) -> bool {
        self.gap == 0 && self.tight == Some(true)
    }
}

/// Blanks of every width.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{2000}'..='\u{200B}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}

/// Hyphens and the dashes that editors make of them.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{AD}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}

/// Whether `bytes` begins with two characters that could be a tag in capitals.
pub(super) fn opens_with_capitals(bytes: &[u8]) -> bool {
    matches!(bytes, [b'A'..=b'Z', b'A'..=b'Z' | b'0'..=b'9', ..])
}

/// Reads `line` as a tag line, known tag or not.
pub(super) fn tag_line(line: &str) -> Option<TagLine<'_>> {
    let bytes = line.as_bytes();
    if opens_with_capitals(bytes) && bytes.get(2..5) == Some(b"  -") {
        let (gap, value) = (2, &line[5..]);
        let shape = Shape { indented: false, lower: false, quoted: false, gap, plain: true, tight: tight(value) };
        return Some(TagLine { tag: [bytes[0], bytes[1]], shape, value });
    }
    irregular(line)
}

fn irregular(line: &str) -> Option<TagLine<'_>> {
    let unmarked = line.strip_prefix(MISREAD_MARK).unwrap_or(line);
    let start = unmarked.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}');
    let indented = unmarked[..unmarked.len() - start.len()].contains(|c| is_blank(c) && c != '\u{200B}');
    let (quoted, rest) = start.strip_prefix('"').map_or((false, start), |rest| (true, rest));
    let [first, second, ..] = *rest.as_bytes() else { return None };
    if !first.is_ascii_alphabetic() || !second.is_ascii_alphanumeric() {
        return None;
    }
    let behind = &rest[2..];
    let dash = behind.trim_start_matches(is_blank);
    let blanks = &behind[..behind.len() - dash.len()];
    let hyphen = dash.chars().next().filter(|&c| is_dash(c))?;
    let gap = blanks.chars().count();
    if gap > 6 {
        return None;
    }
    let value = &dash[hyphen.len_utf8()..];
    let lower = first.is_ascii_lowercase() || second.is_ascii_lowercase();
    let plain = hyphen == '-' && blanks.bytes().all(|byte| byte == b' ');
    let shape = Shape { indented, lower, quoted, gap: gap as u8, plain, tight: tight(value) };
    Some(TagLine { tag: [first.to_ascii_uppercase(), second.to_ascii_uppercase()], shape, value })
}

fn tight(value: &str) -> Option<bool> {
    let first = value.chars().next().filter(|c| !matches!(c, '"' | ','))?;
    if !is_blank(first) {
        return Some(true);
    }
    let beginning = &value.as_bytes()[..value.len().min(16)];
    (value.len() > 16 || beginning.iter().any(|byte| !matches!(byte, b' ' | b'\t' | b'"' | b','))).then_some(false)
}

/// What a tag holds, as far as telling it from text needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Type,
    End,
    Title,
    Abstract,
    Author,
    Date,
    /// Volume, issue, page: short.
    Number,
    Doi,
    Link,
    Keyword,
    /// Notes and addresses: prose that runs over lines.
    Note,
    /// Names, codes and places of no use here.
    Other,
}

impl Kind {
    /// Whether the field is prose, whose continuation lines may look like tag lines.
    pub fn is_prose(self) -> bool {
        matches!(self, Self::Title | Self::Abstract | Self::Note)
    }
}

/// What `tag` holds; none for a tag that no known export writes.
pub(super) fn kind(tag: Tag) -> Option<Kind> {
    let kind = match &tag {
        b"TY" => Kind::Type,
        b"ER" => Kind::End,
        b"TI" | b"T1" | b"T2" | b"T3" | b"T4" | b"TT" | b"ST" | b"BT" | b"CT" => Kind::Title,
        b"AB" | b"N2" => Kind::Abstract,
        b"AU" | b"A1" | b"A2" | b"A3" | b"A4" | b"A5" | b"A6" | b"ED" | b"TA" | b"AF" => Kind::Author,
        b"PY" | b"Y1" | b"Y2" | b"DA" | b"YR" | b"PD" => Kind::Date,
        b"VL" | b"VO" | b"IS" | b"IP" | b"CP" | b"SP" | b"EP" | b"PG" | b"SN" | b"NV" => Kind::Number,
        b"DO" | b"DI" => Kind::Doi,
        b"UR" | b"L1" | b"L2" | b"L3" | b"L4" | b"LK" | b"XL" => Kind::Link,
        b"KW" | b"K1" => Kind::Keyword,
        b"N1" | b"AD" | b"NO" | b"M1" | b"CA" | b"RN" | b"A7" | b"AI" | b"FU" | b"FX" => Kind::Note,
        _ if is_other(tag) => Kind::Other,
        _ => return None,
    };
    Some(kind)
}

/// Tags of the RIS specification and of the databases' own dialects that hold nothing for the record.
fn is_other(tag: Tag) -> bool {
    matches!(
        &tag,
        b"AC"
            | b"AN"
            | b"AP"
            | b"AR"
            | b"AS"
            | b"AV"
            | b"C1"
            | b"C2"
            | b"C3"
            | b"C4"
            | b"C5"
            | b"C6"
            | b"C7"
            | b"C8"
            | b"CC"
            | b"CL"
            | b"CN"
            | b"CY"
            | b"DB"
            | b"DC"
            | b"DE"
            | b"DP"
            | b"DS"
            | b"ET"
            | b"FD"
            | b"GR"
            | b"H1"
            | b"H2"
            | b"ID"
            | b"IN"
            | b"J1"
            | b"J2"
            | b"JA"
            | b"JF"
            | b"JO"
            | b"JT"
            | b"LA"
            | b"LB"
            | b"LG"
            | b"LL"
            | b"M2"
            | b"M3"
            | b"MH"
            | b"NL"
            | b"NS"
            | b"OP"
            | b"OT"
            | b"PA"
            | b"PB"
            | b"PL"
            | b"PM"
            | b"PP"
            | b"PT"
            | b"PU"
            | b"RI"
            | b"RP"
            | b"RT"
            | b"SB"
            | b"SE"
            | b"SF"
            | b"SI"
            | b"SO"
            | b"SR"
            | b"SV"
            | b"U1"
            | b"U2"
            | b"U3"
            | b"U4"
            | b"U5"
            | b"UI"
            | b"UT"
            | b"VN"
            | b"VI"
            | b"WP"
            | b"WT"
            | b"WV"
    )
}

/// Whether nearly every export writes the tag, so that even a hyphenated word (`AU-Miller`) may be one.
pub(super) fn is_common(tag: Tag) -> bool {
    !is_other(tag) && kind(tag) != Some(Kind::Note) && tag != *b"CT" && tag != *b"ED"
        || matches!(
            &tag,
            b"AD"
                | b"AN"
                | b"C1"
                | b"CY"
                | b"DB"
                | b"ID"
                | b"J2"
                | b"JA"
                | b"JF"
                | b"JO"
                | b"LA"
                | b"M3"
                | b"N1"
                | b"PB"
        )
}

/// Whether a record has the field at most once.
pub(super) fn is_single(tag: Tag) -> bool {
    matches!(
        &tag,
        b"TY"
            | b"TI"
            | b"T1"
            | b"T2"
            | b"ST"
            | b"PY"
            | b"Y1"
            | b"DO"
            | b"VL"
            | b"IS"
            | b"SP"
            | b"EP"
            | b"JF"
            | b"JO"
            | b"JA"
    )
}

/// Whether `value` could be a type of reference (`JOUR`, `Journal Article`).
pub(super) fn is_type(value: &str) -> bool {
    let value = value.trim().trim_matches('"');
    (2..=40).contains(&value.len()) && value.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Whether `value` is a type of reference as the specification writes it (`JOUR`).
pub(super) fn is_type_code(value: &str) -> bool {
    let value = value.trim().trim_matches('"');
    (3..=8).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_line_in_its_many_shapes() {
        for line in [
            "TI  - Title",
            "TI  -  Title",
            "TI  -Title",
            "TI - Title",
            "TI- Title",
            "TI-Title",
            "TI\t-\tTitle",
            "TI\u{A0} \u{A0}- Title",
            "TI  – Title",
            "  TI  - Title",
            "ti  - Title",
            "\u{FEFF}TI  - Title",
            "\u{C}TI  - Title",
            "TI   - Title",
        ] {
            let read = tag_line(line).unwrap_or_else(|| panic!("{line:?} is a tag line"));
            assert_eq!((read.tag, read.value.trim()), (*b"TI", "Title"), "{line:?}");
        }
        for line in ["", "T", "TI", "TI Title", "TIT - x", "1I  - x", "Ü - x", "- x", "RESULTS - x"] {
            assert_eq!(tag_line(line), None, "{line:?}");
        }
    }

    #[test]
    fn shapes_tell_a_tag_line_from_a_sentence() {
        let shape = |line| tag_line(line).expect("a tag line").shape;
        assert!(shape("TY  - JOUR").fits(shape("AB  -  text")));
        assert!(shape("TY  - JOUR").fits(shape("AB  -")));
        assert!(!shape("TY  - JOUR").fits(shape("ER - positive")));
        assert!(!shape("TY  - JOUR").fits(shape("er  - positive")));
        assert!(shape("ER-positive").is_word());
    }
}
