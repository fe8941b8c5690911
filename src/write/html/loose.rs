//! Percentages and fractions of the abstract that no finding took: where a reviewer looks for what was missed.

use crate::model::Field;

use super::marks::Mark;

/// Half-open ranges of code points, in order. A number that a mark touches is not loose.
pub fn loose(text: &str, marks: &[Mark]) -> Vec<(u32, u32)> {
    let text: Vec<char> = text.chars().collect();
    let mut taken = vec![false; text.len()];
    for Mark(_, field, start, end, _) in marks {
        if *field == Field::Abstract {
            taken[(*start as usize).min(text.len())..(*end as usize).min(text.len())].fill(true);
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !text[at].is_ascii_digit() || at > 0 && is_word(text[at - 1]) {
            at += 1;
            continue;
        }
        let number = number_end(&text, at);
        let end = share_end(&text, number);
        if end > number && !taken[at..end].contains(&true) {
            found.push((at as u32, end as u32));
        }
        at = end.max(number);
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '·' | '-' | '–')
}

/// One past a number that begins at `at`; a point counts where a digit follows.
fn number_end(text: &[char], at: usize) -> usize {
    let mut end = at;
    while end < text.len() {
        let point = matches!(text[end], '.' | '·' | ',') && text.get(end + 1).is_some_and(char::is_ascii_digit);
        if !(text[end].is_ascii_digit() || point) {
            break;
        }
        end += 1;
    }
    end
}

/// One past the sign or the second number that makes a share of the number before; `number` itself where it is none.
fn share_end(text: &[char], number: usize) -> usize {
    let spaces = text[number..].iter().take_while(|c| matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')).count();
    match text.get(number + spaces) {
        Some('%') => number + spaces + 1,
        Some('/') if spaces == 0 && text.get(number + 1).is_some_and(char::is_ascii_digit) => {
            number_end(text, number + 1)
        }
        _ => number,
    }
}

#[cfg(test)]
mod tests {
    use super::super::marks::Kind;
    use super::*;

    fn words(text: &str, marks: &[Mark]) -> Vec<String> {
        let part = |(start, end): (u32, u32)| text.chars().skip(start as usize).take((end - start) as usize).collect();
        loose(text, marks).into_iter().map(part).collect()
    }

    #[test]
    fn shares_that_no_mark_touches_are_loose() {
        let text = "In 2019, 34/43 (79.1%) of ≥60-year-olds and 12 % of others on 5 mg, CD19, IL-6.5%.";
        assert_eq!(words(text, &[]), ["34/43", "79.1%", "12 %"]);
        let taken = Mark(Kind::Estimate, Field::Abstract, 16, 21, Vec::new());
        assert_eq!(words(text, &[taken]), ["34/43", "12 %"]);
        assert_eq!(words("", &[]), Vec::<String>::new());
    }
}
