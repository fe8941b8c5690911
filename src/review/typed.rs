//! Numbers as a reviewer types them.

use crate::model::{Op, Quantity, Span, Unit};

/// No abstract counts further; checks may try every number up to one of these.
const LARGEST: f64 = 1e8;

const SIGNS: [(&str, Op); 8] = [
    ("<=", Op::AtMost),
    (">=", Op::AtLeast),
    ("≤", Op::AtMost),
    ("≥", Op::AtLeast),
    ("<", Op::Less),
    (">", Op::Greater),
    ("~", Op::About),
    ("=", Op::Equal),
];

/// The sign in front, and the rest.
pub fn sign(text: &str) -> (Option<Op>, &str) {
    let text = text.trim();
    let found = SIGNS.iter().find_map(|(sign, op)| text.strip_prefix(sign).map(|rest| (Some(*op), rest.trim())));
    found.unwrap_or((None, text))
}

/// A number with its sign and unit ("≥ 3", "79%", "1,204", "12.5 months"); none where there is no number.
pub fn quantity(text: &str, at: Span) -> Option<Quantity> {
    let (op, rest) = sign(text);
    let digits = rest.strip_prefix(['-', '−', '–']);
    let unsigned = digits.unwrap_or(rest);
    let end = unsigned.find(|c: char| !(c.is_ascii_digit() || ".,·".contains(c))).unwrap_or(unsigned.len());
    let (number, tail) = unsigned.split_at(end);
    let plain = plain(number);
    let value: f64 = plain.parse().ok().filter(|value: &f64| *value <= LARGEST)?;
    let (op, unit) = match tail.trim() {
        "+" => (Some(Op::Censored), None),
        unit => (op.filter(|op| *op != Op::Equal), self::unit(unit)),
    };
    Some(Quantity {
        value: if digits.is_some() { -value } else { value },
        text: text.trim().to_owned(),
        decimals: plain.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(255) as u8),
        op,
        unit,
        at,
    })
}

/// A point for the decimals and nothing between thousands.
fn plain(number: &str) -> String {
    let number = number.replace('·', ".");
    match number.rsplit_once(',') {
        // "1,204" and "1,204.5" have a comma for thousands, "12,5" for decimals.
        Some((_, last)) if last.split('.').next().is_some_and(|group| group.len() == 3) => number.replace(',', ""),
        Some((whole, decimals)) if !number.contains('.') => format!("{}.{decimals}", whole.replace(',', "")),
        _ => number,
    }
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word.to_lowercase().trim_end_matches('s') {
        "" => return None,
        "%" | "percent" | "per cent" => Unit::Percent,
        "day" | "d" => Unit::Day,
        "week" | "wk" => Unit::Week,
        "month" | "mo" => Unit::Month,
        "year" | "yr" | "y" => Unit::Year,
        "cycle" => Unit::Cycle,
        _ => Unit::Other(word.to_owned()),
    })
}

/// The two ends of "66 to 92", "66–92", "66, 92"; one that is not reached is `NR`.
pub fn limits(text: &str, at: Span) -> Option<(Option<Quantity>, Option<Quantity>)> {
    let text = text.trim().trim_matches(['(', ')', '[', ']']);
    let (low, high) = [" to ", "–", "; ", ", ", " - ", "-"].iter().find_map(|between| {
        let (low, high) = text.split_once(between)?;
        (!low.trim().is_empty()).then_some((low, high))
    })?;
    let limit = |text: &str| match text.trim() {
        "NR" | "not reached" | "NE" => Some(None),
        number => quantity(number, at).map(Some),
    };
    Some((limit(low)?, limit(high)?))
}

/// Lowest and highest of "≥3", "3", "1-2", "≤2".
pub fn grades(text: &str) -> Option<(Option<u8>, Option<u8>)> {
    let (op, rest) = sign(text.trim().trim_start_matches("grade").trim_start_matches("Grade"));
    let one = |text: &str| text.trim().parse::<u8>().ok().filter(|grade| *grade <= 5);
    match op {
        Some(Op::AtLeast) => Some((Some(one(rest)?), None)),
        Some(Op::AtMost) => Some((None, Some(one(rest)?))),
        Some(Op::Greater) => Some((Some(one(rest)? + 1), None)),
        Some(Op::Less) => Some((None, Some(one(rest)?.checked_sub(1)?))),
        _ => match ["–", "-", " or ", " to "].iter().find_map(|between| rest.split_once(between)) {
            Some((low, high)) => Some((Some(one(low)?), Some(one(high)?))),
            None => one(rest).map(|grade| (Some(grade), Some(grade))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Field;

    const AT: Span = Span { field: Field::Abstract, start: 0, end: 1 };

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let read = |text: &str| quantity(text, AT).map(|q| (q.value, q.decimals, q.op, q.unit));
        assert_eq!(read("79%"), Some((79.0, 0, None, Some(Unit::Percent))));
        assert_eq!(read(" 12.50 months "), Some((12.5, 2, None, Some(Unit::Month))));
        assert_eq!(read("1,204"), Some((1204.0, 0, None, None)));
        assert_eq!(read("12,5 %"), Some((12.5, 1, None, Some(Unit::Percent))));
        assert_eq!(read("0·62"), Some((0.62, 2, None, None)));
        assert_eq!(read("−3.1 kg"), Some((-3.1, 1, None, Some(Unit::Other("kg".into())))));
        assert_eq!(read("≥ 5"), Some((5.0, 0, Some(Op::AtLeast), None)));
        assert_eq!(read("33.9+"), Some((33.9, 1, Some(Op::Censored), None)));
        for none in ["", "many", "%", ".", "1.2.3", "900000000"] {
            assert_eq!(read(none), None, "{none:?}");
        }
    }

    #[test]
    fn limits_and_grades() {
        let read = |text: &str| limits(text, AT).map(|(low, high)| (low.map(|q| q.value), high.map(|q| q.value)));
        for text in ["66 to 92", "66–92", "66-92", "(66, 92)", "66% to 92%"] {
            assert_eq!(read(text), Some((Some(66.0), Some(92.0))), "{text}");
        }
        assert_eq!(read("0.41 to NR"), Some((Some(0.41), None)));
        assert_eq!(read("-2 to 4"), Some((Some(-2.0), Some(4.0))));
        assert_eq!(read("66"), None);
        assert_eq!(grades("≥3"), Some((Some(3), None)));
        assert_eq!(grades("grade 1–2"), Some((Some(1), Some(2))));
        assert_eq!(grades("3 or 4"), Some((Some(3), Some(4))));
        assert_eq!(grades("4"), Some((Some(4), Some(4))));
        assert_eq!(grades("<3"), Some((None, Some(2))));
        assert_eq!(grades("severe"), None);
    }
}
