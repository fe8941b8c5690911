//! Text of unknown origin, made safe to print in a terminal.
//!
//! Abstracts may carry control characters that move the cursor or hide text. Each is replaced by one other
//! character, so that places counted in characters still hold.

use std::borrow::Cow;

/// `text` with spaces for white-space controls and U+FFFD for every other control or bidirectional override.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unprintable) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(replace).collect())
}

fn replace(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        c if is_unprintable(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

fn is_unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_sequences_are_shown_not_obeyed() {
        assert_eq!(printable("\u{1b}[2Jgone"), "\u{fffd}[2Jgone");
        assert_eq!(printable("abc\u{202e}fed"), "abc\u{fffd}fed");
    }

    #[test]
    fn places_hold() {
        let text = "rate\tof\r\nrelapse\u{7}≥ 3";
        assert_eq!(printable(text), "rate of  relapse\u{fffd}≥ 3");
        assert_eq!(printable(text).chars().count(), text.chars().count());
    }
}
