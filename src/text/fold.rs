//! The ASCII view of a text and the way back to its own characters.
//!
//! Runs of ASCII are copied as they are; only the other characters leave a mark in the map, so that plain English
//! costs one scan and no map at all.

use std::borrow::Cow;

/// A text folded to ASCII: `≥` is `>=`, any dash `-`, a middle dot between digits a point, any space a space.
#[derive(Debug)]
pub struct Folded<'a> {
    original: &'a str,
    ascii: Cow<'a, str>,
    /// Both ends of every character that is not ASCII, in order.
    marks: Vec<Mark>,
}

/// A place that is known in all three measures.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    folded: u32,
    byte: u32,
    code_point: u32,
}

impl<'a> Folded<'a> {
    /// Folds `original`.
    pub fn new(original: &'a str) -> Self {
        if original.is_ascii() {
            return Self { original, ascii: Cow::Borrowed(original), marks: Vec::new() };
        }
        let mut ascii = String::with_capacity(original.len());
        let mut marks = Vec::new();
        let mut code_point = 0;
        let mut rest = original;
        while let Some(at) = rest.bytes().position(|b| !b.is_ascii()) {
            ascii.push_str(&rest[..at]);
            code_point += at;
            let from = &rest[at..];
            let Some(c) = from.chars().next() else { break };
            let byte = original.len() - from.len();
            marks.push(Mark { folded: ascii.len() as u32, byte: byte as u32, code_point: code_point as u32 });
            rest = &from[c.len_utf8()..];
            ascii.push_str(fold(c, ascii.as_bytes(), rest));
            code_point += 1;
            let end = byte + c.len_utf8();
            marks.push(Mark { folded: ascii.len() as u32, byte: end as u32, code_point: code_point as u32 });
        }
        ascii.push_str(rest);
        Self { original, ascii: Cow::Owned(ascii), marks }
    }

    /// The folded view.
    pub fn as_str(&self) -> &str {
        &self.ascii
    }

    /// The author's own characters behind a range of the view; a character that the range cuts is taken whole.
    pub fn literal(&self, start: usize, end: usize) -> &'a str {
        if start >= end {
            return "";
        }
        &self.original[self.before(start).byte as usize..self.after(end).byte as usize]
    }

    /// The code points behind a range of the view, half-open.
    pub fn code_points(&self, start: usize, end: usize) -> (u32, u32) {
        if start >= end {
            let at = self.before(start).code_point;
            return (at, at);
        }
        (self.before(start).code_point, self.after(end).code_point)
    }

    /// The original place of `offset`, or of the start of the character it lies in.
    fn before(&self, offset: usize) -> Mark {
        let offset = offset as u32;
        let next = self.marks.partition_point(|m| m.folded <= offset);
        // Marks come in pairs (start, end of a character): an odd count means that the offset lies inside one.
        let Some(last) = next.checked_sub(1).map(|k| self.marks[k]) else {
            return Mark { folded: offset, byte: offset, code_point: offset };
        };
        if next % 2 == 1 { last } else { last.advanced(offset) }
    }

    /// The original place of `offset`, or of the end of the character it lies in.
    fn after(&self, offset: usize) -> Mark {
        let offset = offset as u32;
        let next = self.marks.partition_point(|m| m.folded < offset);
        let Some(last) = next.checked_sub(1).map(|k| self.marks[k]) else {
            return Mark { folded: offset, byte: offset, code_point: offset };
        };
        if next % 2 == 1 { self.marks[next] } else { last.advanced(offset) }
    }
}

impl Mark {
    /// The place `offset` in the ASCII run that begins at this mark.
    fn advanced(self, offset: u32) -> Self {
        let step = offset - self.folded;
        Self { folded: offset, byte: self.byte + step, code_point: self.code_point + step }
    }
}

/// What stands for `c` in the view, after `before` (folded) and before `rest` (not yet folded).
fn fold(c: char, before: &[u8], rest: &str) -> &'static str {
    let between_digits =
        before.last().is_some_and(u8::is_ascii_digit) && rest.as_bytes().first().is_some_and(u8::is_ascii_digit);
    match c {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            if between_digits && groups_thousands(rest) { "" } else { " " }
        }
        '\u{2028}' | '\u{2029}' | '\u{85}' => " ",
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => "",
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => "-",
        '·' | '∙' | '•' | '⋅' | '․' | '‧' => {
            if between_digits || rest.as_bytes().first().is_some_and(u8::is_ascii_digit) { "." } else { "*" }
        }
        '≥' | '⩾' | '≧' | '⪰' => ">=",
        '≤' | '⩽' | '≦' | '⪯' => "<=",
        '±' => "+/-",
        '×' | '✕' => "x",
        '÷' | '⁄' | '∕' | '／' => "/",
        '≈' | '∼' | '～' | '≃' | '≅' => "~",
        '＜' | '‹' => "<",
        '＞' | '›' => ">",
        '＝' => "=",
        '％' => "%",
        '（' => "(",
        '）' => ")",
        '’' | '‘' | '′' | '`' | '´' => "'",
        '“' | '”' | '„' | '″' | '«' | '»' => "\"",
        '…' => "...",
        '®' | '™' | '©' => "",
        'µ' | 'μ' => "u",
        '½' => "1/2",
        '¼' => "1/4",
        '¾' => "3/4",
        '°' => "deg",
        _ => deunicode::deunicode_char(c).unwrap_or("?"),
    }
}

/// Whether `rest` begins with exactly three digits, as after the space of "13 388".
fn groups_thousands(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_what_rules_look_for() {
        let text = "CRS ≥ grade 3: 13\u{2009}388 of 5·2% – 12 ± 3 µg";
        let view = Folded::new(text);
        assert_eq!(view.as_str(), "CRS >= grade 3: 13388 of 5.2% - 12 +/- 3 ug");
        let at = view.as_str().find("13388").expect("folded number");
        assert_eq!(view.literal(at, at + 5), "13\u{2009}388");
    }

    #[test]
    fn a_cut_character_is_taken_whole() {
        let view = Folded::new("a≥b");
        assert_eq!(view.as_str(), "a>=b");
        assert_eq!(view.literal(1, 2), "≥");
        assert_eq!(view.literal(2, 3), "≥");
        assert_eq!(view.code_points(2, 4), (1, 3));
    }

    proptest! {
        #[test]
        fn every_range_maps_to_characters(text in "\\PC{0,40}") {
            let view = Folded::new(&text);
            prop_assert!(view.as_str().is_ascii());
            let characters: Vec<char> = text.chars().collect();
            for start in 0..=view.as_str().len() {
                for end in start..=view.as_str().len() {
                    let (from, to) = view.code_points(start, end);
                    let literal: String = characters[from as usize..to as usize].iter().collect();
                    prop_assert_eq!(view.literal(start, end), literal);
                }
            }
        }
    }
}
