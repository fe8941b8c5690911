//! Numbers in digits and in words, found by one scan.

use crate::model::Op;

/// A number of the folded view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// Decimals printed.
    pub decimals: u8,
    /// `+` of a censored time ("33.9+").
    pub op: Option<Op>,
    /// Whether it is written in words.
    pub in_words: bool,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Every number in bytes `start..end` of `text`, left to right. Digits inside words ("CD19", "H1N1") and ordinals are
/// none.
pub fn numbers(text: &str, start: usize, end: usize) -> Vec<Number> {
    let bytes = &text.as_bytes()[..end];
    let mut found = Vec::new();
    let mut at = start;
    while at < end {
        let b = bytes[at];
        let point = b == b'.' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if point && at > start && bytes[at - 1].is_ascii_digit() {
            // The point of "RR1.16" begins no number.
            at = word_end(bytes, at + 1);
        } else if b.is_ascii_digit() || point {
            let number = digits(bytes, at);
            at = number.as_ref().map_or_else(|| word_end(bytes, at + 1), |n| n.end);
            found.extend(number);
        } else if b.is_ascii_alphabetic() {
            let stop = if range_glued(bytes, at, start) { at + 2 } else { word_end(bytes, at) };
            let number = words(text, at, stop, end);
            at = number.as_ref().map_or(stop, |n| n.end);
            found.extend(number);
        } else {
            at += 1;
        }
    }
    found
}

/// Whether "to" stands at `at` without the blank that should part it from the second number: "6.0 to15.1".
fn range_glued(bytes: &[u8], at: usize, start: usize) -> bool {
    at > start + 1
        && bytes[at..].starts_with(b"to")
        && bytes.get(at + 2).is_some_and(u8::is_ascii_digit)
        && bytes[at - 1] == b' '
        && bytes[at - 2].is_ascii_digit()
}

/// One past the last letter or digit of the word at `at`.
fn word_end(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count()
}

fn count_digits(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_digit()).count())
}

/// The number that begins with the digit or point at `at`; none where what follows makes it a word.
fn digits(bytes: &[u8], at: usize) -> Option<Number> {
    let mut end = at;
    let mut plain = String::new();
    let whole = count_digits(bytes, end);
    end += whole;
    plain.extend(bytes[at..end].iter().map(|b| char::from(*b)));
    // "13,388" and "13 388": groups of exactly three digits.
    while (1..=3).contains(&whole)
        && matches!(bytes.get(end), Some(b',' | b' '))
        && count_digits(bytes, end + 1) == 3
        && (bytes[end] == b',' || followed_by_word(bytes, end + 4))
        && plain != "0"
    {
        plain.extend(bytes[end + 1..end + 4].iter().map(|b| char::from(*b)));
        end += 4;
    }
    let point = bytes.get(end) == Some(&b'.') || bytes.get(end) == Some(&b',') && plain == "0";
    let fraction = if point { count_digits(bytes, end + 1) } else { 0 };
    if fraction > 0 {
        plain.push('.');
        plain.extend(bytes[end + 1..=end + fraction].iter().map(|b| char::from(*b)));
        end += 1 + fraction;
    }
    if bytes.get(end).is_some_and(u8::is_ascii_uppercase) || is_ordinal(bytes, end) {
        return None;
    }
    let mut start = at;
    let free = |k: usize| {
        k == 0 || !(bytes[k - 1].is_ascii_alphanumeric() || matches!(bytes[k - 1], b')' | b']' | b'%' | b'.'))
    };
    let signed = |sign: u8| start > 0 && bytes[start - 1] == sign && free(start - 1);
    // The minus of "12.6+/-6.3" is no sign.
    let before = &bytes[..start.saturating_sub(1)];
    let negative = signed(b'-') && !before.ends_with(b" -") && !before.ends_with(b"+/");
    let parted = parted_minus(bytes, at);
    if let Some(sign) = parted {
        start = sign;
    } else if negative || signed(b'+') && !before.ends_with(b"/") && !before.ends_with(b"-") {
        start -= 1;
    }
    let value: f64 = plain.parse().ok()?;
    let censored =
        bytes.get(end) == Some(&b'+') && !bytes.get(end + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'/');
    Some(Number {
        value: if negative || parted.is_some() { -value } else { value },
        decimals: fraction as u8,
        op: censored.then_some(Op::Censored),
        in_words: false,
        start,
        end: if censored { end + 1 } else { end },
    })
}

/// Where a minus stands that a blank parts from the digits at `at`: "(- 17%", "v - 2.5", not "group A - 17 women".
fn parted_minus(bytes: &[u8], at: usize) -> Option<usize> {
    let sign = at.checked_sub(2).filter(|k| &bytes[*k..at] == b"- ")?;
    let before = bytes[..sign].trim_ascii_end();
    let opens = before.last().is_none_or(|b| matches!(b, b'(' | b'[' | b',' | b';' | b':' | b'='));
    let words: [&[u8]; 7] = [b" v", b" vs", b" vs.", b" versus", b" was", b" were", b" of"];
    (sign > 0 && (opens || words.iter().any(|w| before.ends_with(w)))).then_some(sign)
}

/// Whether a blank and a small letter stand at `at`.
fn followed_by_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b' ') && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)
}

fn is_ordinal(bytes: &[u8], at: usize) -> bool {
    let tail = bytes.get(at..at + 2).unwrap_or_default();
    matches!(tail, b"st" | b"nd" | b"rd" | b"th") && !bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic)
}

/// What a number word adds.
fn word_value(word: &str) -> Option<f64> {
    let value = match word.to_ascii_lowercase().as_str() {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" | "fourty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        "hundred" => 100,
        "thousand" => 1000,
        _ => return None,
    };
    Some(f64::from(value))
}

/// What may follow "both" where it counts people: the rest of a word counts as well ("both participants").
const BOTH: &[&str] =
    &[" patient", " subject", " participant", " case", " individual", " of these", " of them", " of whom"];

/// The number in words that begins with the word `start..stop`.
#[allow(clippy::float_cmp, reason = "the words name whole numbers")]
fn words(text: &str, start: usize, stop: usize, end: usize) -> Option<Number> {
    if text[start..stop].eq_ignore_ascii_case("both") && BOTH.iter().any(|w| text[stop..end].starts_with(w)) {
        return Some(Number { value: 2.0, decimals: 0, op: None, in_words: true, start, end: stop });
    }
    let first = word_value(&text[start..stop])?;
    if first >= 100.0 {
        return None;
    }
    let bytes = &text.as_bytes()[..end];
    let (mut total, mut current, mut last) = (0.0, first, first);
    let mut stop = stop;
    while let Some(mut next) = separator(bytes, stop) {
        let mut joined_by_and = false;
        if text[next..end].starts_with("and ") && (last >= 100.0) {
            next += 4;
            joined_by_and = true;
        }
        let next_stop = word_end(bytes, next);
        let Some(value) = word_value(&text[next..next_stop]) else { break };
        let fits = match value {
            1000.0 => !joined_by_and && total == 0.0,
            100.0 => !joined_by_and && current < 10.0 && current > 0.0,
            // "twenty-one", "one hundred twenty"; but not "two three".
            v => last >= 100.0 || (20.0..100.0).contains(&last) && v < 10.0 && v > 0.0,
        };
        if !fits {
            break;
        }
        if value == 1000.0 {
            total = current * value;
            current = 0.0;
        } else if value == 100.0 {
            current *= value;
        } else {
            current += value;
        }
        last = value;
        stop = next_stop;
    }
    Some(Number { value: total + current, decimals: 0, op: None, in_words: true, start, end: stop })
}

/// Start of the next word if one blank or hyphen stands at `at`.
fn separator(bytes: &[u8], at: usize) -> Option<usize> {
    let next = bytes.get(at + 1)?;
    (matches!(bytes[at], b' ' | b'-') && next.is_ascii_alphabetic()).then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<f64> {
        numbers(text, 0, text.len()).iter().map(|n| n.value).collect()
    }

    #[test]
    fn digits_in_every_form() {
        assert_eq!(values("1,204 of 13 388 women"), [1204.0, 13388.0]);
        assert_eq!(values("P = .04, 0,03 and 5.25"), [0.04, 0.03, 5.25]);
        assert_eq!(values("(66, 92%) 10-12"), [66.0, 92.0, 10.0, 12.0]);
        assert_eq!(values("-1.4 (-2.0, -0.8)"), [-1.4, -2.0, -0.8]);
        assert_eq!(values("12.6+/-6.3, (+2.0) and 4-/+1"), [12.6, 6.3, 2.0, 4.0, 1.0]);
    }

    #[test]
    fn a_plus_marks_a_censored_time() {
        let found = numbers("33.9+ months", 0, 12);
        assert_eq!((found[0].op, found[0].decimals, found[0].end), (Some(Op::Censored), 1, 5));
    }

    #[test]
    fn digits_inside_words_are_none() {
        assert_eq!(values("CD19, H1N1, the 5th, RR1.16 and 3D"), [0.0; 0]);
        assert_eq!(values("6.0 to15.1 months"), [6.0, 15.1]);
    }

    #[test]
    fn numbers_in_words() {
        assert_eq!(values("Forty-three subjects"), [43.0]);
        assert_eq!(values("Two hundred and eleven or one hundred eighty-two"), [211.0, 182.0]);
        assert_eq!(values("One thousand two hundred and five"), [1205.0]);
        assert_eq!(values("two three"), [2.0, 3.0]);
        assert_eq!(values("Both patients, both arms"), [2.0]);
        assert_eq!(values("someone and sixth"), [0.0; 0]);
    }
}
