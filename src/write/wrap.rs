//! Text in lines of a given width, as ranges of its characters.
//!
//! Ranges, not copies: what is marked under a line (`trialtab explain`) needs to know which characters stand in it.
//! Widths are columns of a terminal, where a character takes none, one or two.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// The columns that a character takes.
pub fn columns(c: char) -> usize {
    c.width().unwrap_or(1)
}

/// Splits `text` after white space into lines of at most `width` columns; a longer word is cut. Ranges count
/// characters and leave out the white space at which a line was broken.
pub fn wrap(text: &[char], width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = line_end(text, start, width.max(2));
        let trimmed = text[start..end].iter().rposition(|c| !c.is_whitespace()).map_or(start, |last| start + last + 1);
        lines.push(start..trimmed);
        start = end + text[end..].iter().take_while(|c| c.is_whitespace()).count();
    }
    lines
}

fn line_end(text: &[char], start: usize, width: usize) -> usize {
    let mut used = 0;
    let mut word_start = None;
    for (at, &c) in text.iter().enumerate().skip(start) {
        used += columns(c);
        if used > width && !c.is_whitespace() {
            return word_start.unwrap_or(at);
        }
        if c.is_whitespace() && at > start {
            word_start = Some(at + 1);
        }
    }
    text.len()
}

/// `text` in lines of at most `width` columns.
pub fn fill(text: &str, width: usize) -> Vec<String> {
    let text: Vec<char> = text.chars().collect();
    wrap(&text, width).into_iter().map(|line| text[line].iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_between_words_and_long_words_are_cut() {
        assert_eq!(fill("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(fill("abcdefghij kl", 4), ["abcd", "efgh", "ij", "kl"]);
        assert_eq!(fill("完全寛解 率", 8), ["完全寛解", "率"]);
        assert!(fill("", 10).is_empty());
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_word_is_lost(text in "[a-z≥寛 ]{0,200}", width in 2usize..40) {
            let lines = fill(&text, width);
            for line in &lines {
                prop_assert!(line.chars().map(columns).sum::<usize>() <= width, "{line:?}");
            }
            let squeeze = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(squeeze(&lines.concat()), squeeze(&text));
        }
    }
}
