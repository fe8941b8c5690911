//! Whether what looks like a tag line inside a record is one: its shape, and whether the value is of the tag's kind.

use super::tag::{Kind, TagLine, is_common, is_single, is_type, is_type_code};
use crate::read::date::Date;

/// What the record says about a line so far.
pub(super) struct Place {
    /// The last field is prose, so that the line may be its continuation.
    pub in_prose: bool,
    /// The line is written like the record's own tag lines.
    pub exact: bool,
    /// The record has the field already.
    pub seen: bool,
}

/// Whether `line`, whose tag holds `kind`, is a tag line at `place`.
pub(super) fn is_field(line: &TagLine, kind: Kind, place: &Place) -> bool {
    if !place.exact && (line.shape.is_word() || line.shape.lower && (place.in_prose || line.shape.gap != 2)) {
        return false;
    }
    if !place.in_prose {
        return kind != Kind::Type || is_type(line.value);
    }
    let value = line.value.trim().trim_matches('"');
    if !place.exact && line.shape.is_minus() || line.shape.is_word() && !is_common(line.tag) {
        return false;
    }
    if place.seen && is_single(line.tag) && kind != Kind::Type {
        return false;
    }
    if value.is_empty() {
        return place.exact;
    }
    match kind {
        Kind::Type => place.exact && is_type(value) || !line.shape.lower && is_type_code(value),
        Kind::End => false,
        Kind::Date => is_date(value) || place.exact && is_short_number(value),
        Kind::Doi => value.contains("10."),
        Kind::Number => is_number(value),
        Kind::Link => place.exact && !line.shape.is_word() || value.contains("://"),
        Kind::Abstract => place.exact,
        Kind::Author if !place.exact => is_name(value),
        Kind::Title if line.shape.is_word() && is_stage(value) => false,
        Kind::Title | Kind::Author | Kind::Keyword | Kind::Note | Kind::Other => {
            place.exact && !line.shape.is_word() || value.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        }
    }
}

/// Whether `value` could be a date of publication, or what stands for one that is still unknown.
pub(super) fn is_date(value: &str) -> bool {
    const UNKNOWN: [&str; 7] =
        ["in press", "n.d.", "undated", "forthcoming", "submitted", "accepted", "ahead of print"];
    value.len() <= 40
        && (Date::parse(value).is_some()
            || Date::is_month(value)
            || UNKNOWN.iter().any(|word| word.eq_ignore_ascii_case(value)))
}

/// Whether `value` could be a year of which only digits are left (`'21`).
fn is_short_number(value: &str) -> bool {
    value.len() <= 8 && value.contains(|c: char| c.is_ascii_digit()) && !value.contains(char::is_alphabetic)
}

/// Whether `value` could be a name: with a comma, or a few words in capitals.
fn is_name(value: &str) -> bool {
    const PARTICLES: [&str; 16] =
        ["van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin"];
    let family = value.split_once(',').map_or(value, |(family, _)| family);
    value.starts_with(char::is_uppercase)
        && family.split(' ').all(|word| word.starts_with(char::is_uppercase) || PARTICLES.contains(&word))
}

/// Whether `value` could be a volume, issue, page or serial number.
pub(super) fn is_number(value: &str) -> bool {
    const WORDS: [&str; 13] =
        ["suppl", "pt", "part", "no", "spec", "art", "pp", "page", "vol", "iss", "ahead", "of", "print"];
    let is_prose = |word: &str| {
        word.len() > 2
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_punctuation())
            && word.starts_with(|c: char| c.is_ascii_lowercase())
            && !WORDS.iter().any(|known| word.starts_with(known))
    };
    value.len() <= 60 && (!value.contains(' ') || !value.split(' ').any(is_prose))
}

/// Whether `value` goes on with a range of stages or vertebrae (`T1-T3`, `T2-4`).
fn is_stage(value: &str) -> bool {
    value.bytes().take(2).any(|byte| byte.is_ascii_digit())
}
