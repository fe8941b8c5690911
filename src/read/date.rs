//! Dates in every shape that exports print them, as far as they are certain.
//!
//! The trick: a date is cut into runs of digits and of letters, and the place of the four-digit year says in which
//! order the others stand. What stays ambiguous (`03/04/2020`) is left out.

use std::fmt;

/// A date that may end at the year or at the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub year: i32,
    month: Option<u8>,
    day: Option<u8>,
}

/// First letters of the months in the languages that reference managers print.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrz"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aoû", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott"],
    &["nov"],
    &["dec", "déc", "dez", "dic"],
];
const DAYS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

impl Date {
    /// Reads `text`; none where it holds no year.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(date) = compact(text) {
            return Some(date);
        }
        let tokens: Vec<Token> = tokens(text).take(8).collect();
        let at = tokens.iter().position(|token| matches!(token, Token::Year(_)))?;
        let Token::Year(year) = tokens[at] else { return None };
        let (before, after) = (&tokens[..at], &tokens[at + 1..]);
        let (month, day) = match (before, after) {
            ([.., Token::Number(day), Token::Month(month)] | [.., Token::Month(month), Token::Number(day)], _) => {
                (Some(*month), Some(*day))
            }
            ([Token::Number(a), Token::Number(b)], _) => numeric(*a, *b),
            ([Token::Number(month)] | [Token::Month(month), ..], _) => (Some(*month), None),
            ([], _) => month_then_day(after),
            _ => (None, None),
        };
        Some(Self::checked(year, month, day))
    }

    /// This date, more exact by the month and day that `text` holds (`SEP 15`).
    pub fn refined(self, text: &str) -> Self {
        let tokens: Vec<Token> = tokens(text).take(3).collect();
        if self.month.is_some() || !matches!(tokens.first(), Some(Token::Month(_))) {
            return self;
        }
        let (month, day) = month_then_day(&tokens);
        Self::checked(self.year, month, day)
    }

    /// Whether `text` is a month, with or without a day, and lacks only its year.
    pub fn is_month(text: &str) -> bool {
        matches!(tokens(text).next(), Some(Token::Month(_))) && text.split_whitespace().count() <= 2
    }

    /// How much is known: 1 the year, 2 the month, 3 the day.
    pub fn precision(self) -> u8 {
        1 + u8::from(self.month.is_some()) + u8::from(self.day.is_some())
    }

    fn checked(year: i32, month: Option<u8>, day: Option<u8>) -> Self {
        let month = month.filter(|month| (1..=12).contains(month));
        let longest = month.map_or(0, |month| DAYS[usize::from(month) - 1]);
        Self { year, month, day: day.filter(|day| (1..=longest).contains(day)) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        let Some(month) = self.month else { return Ok(()) };
        write!(f, "-{month:02}")?;
        let Some(day) = self.day else { return Ok(()) };
        write!(f, "-{day:02}")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Year(i32),
    Number(u8),
    Month(u8),
}

/// `2020` and `2020///` are nearly every date; `20201019` holds no separator.
fn compact(text: &str) -> Option<Date> {
    let digits = text.trim_end_matches('/');
    let number: u32 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
    let (year, month, day) = match digits.len() {
        4 => (number, None, None),
        6 => (number / 100, Some(number % 100), None),
        8 => (number / 10_000, Some(number / 100 % 100), Some(number % 100)),
        _ => return None,
    };
    let date = Date::checked(plausible(year)?, month.map(|m| m as u8), day.map(|d| d as u8));
    (digits.len() == 4 || date.month.is_some()).then_some(date)
}

fn plausible(year: u32) -> Option<i32> {
    i32::try_from(year).ok().filter(|year| (1500..2200).contains(year))
}

/// Years, months and other small numbers of `text`; everything else (`epub`, `th`, seasons) is passed over.
fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
            let first = rest.chars().next()?;
            let alike = |c: char| c.is_alphanumeric() && c.is_ascii_digit() == first.is_ascii_digit();
            let (run, behind) = rest.split_at(rest.find(|c| !alike(c)).unwrap_or(rest.len()));
            rest = behind;
            if run.eq_ignore_ascii_case("q") {
                rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            } else if let Some(token) = token(run) {
                return Some(token);
            }
        }
    })
}

fn token(run: &str) -> Option<Token> {
    match run.len() {
        1 | 2 if run.as_bytes()[0].is_ascii_digit() => return run.parse().ok().map(Token::Number),
        4 if run.as_bytes()[0].is_ascii_digit() => return plausible(run.parse().ok()?).map(Token::Year),
        _ => {}
    }
    let lower = run.to_lowercase();
    let month = MONTHS.iter().position(|names| names.iter().any(|name| lower.starts_with(name)))?;
    Some(Token::Month(month as u8 + 1))
}

fn month_then_day(tokens: &[Token]) -> (Option<u8>, Option<u8>) {
    match tokens {
        [Token::Number(month) | Token::Month(month), Token::Number(day), ..]
        | [Token::Number(day), Token::Month(month), ..] => (Some(*month), Some(*day)),
        [Token::Number(month) | Token::Month(month), ..] => (Some(*month), None),
        _ => (None, None),
    }
}

/// Month and day of `a/b/YEAR`, where only one order is possible.
fn numeric(a: u8, b: u8) -> (Option<u8>, Option<u8>) {
    match (a, b) {
        (13.., 1..=12) => (Some(b), Some(a)),
        (1..=12, 13..) => (Some(a), Some(b)),
        _ if a == b => (Some(a), Some(b)),
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    fn read(text: &str) -> Option<String> {
        Date::parse(text).map(|date| date.to_string())
    }

    #[test]
    fn one_date_in_its_many_shapes() {
        for text in [
            "2020/10/19",
            "2020/10/19/",
            "2020/10/19/epub",
            "2020-10-19",
            "2020.10.19",
            "20201019",
            "2020 Oct 19",
            "2020/Oct/19",
            "19 October 2020",
            "October 19th, 2020",
            "Oct. 19 2020",
            "19/10/2020",
            "10/19/2020",
            "2020-10-19T21:52:05Z",
            "2020/10/19/21:52:05",
            " 19-OCT-2020 ",
            "2020 Oct 19 [Epub]",
            "2020Oct19",
            "Mon, 19 Oct 2020",
        ] {
            assert_eq!(read(text).as_deref(), Some("2020-10-19"), "{text}");
        }
        for text in [
            "2020/10//",
            "2020-10",
            "Oct 2020",
            "2020 Oct",
            "2020 Oct-Nov",
            "10/2020",
            "202010",
            "2020/10/00",
            "Okt. 2020",
        ] {
            assert_eq!(read(text).as_deref(), Some("2020-10"), "{text}");
        }
        for text in [
            "2020",
            "2020///",
            "2020//",
            "c2020",
            "[2020]",
            "Fall 2020",
            "2020 Spring",
            "2020-2021",
            "2020 Q1",
            "03/04/2020",
            "2020/13/40",
        ] {
            assert_eq!(read(text).as_deref(), Some("2020"), "{text}");
        }
        for text in ["", "in press", "like text", "15 Sep", "34 (79%)", "0000", "19326203"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_refines_the_year() {
        let year = Date::parse("2020").expect("a year");
        assert_eq!(year.refined("SEP 15").to_string(), "2020-09-15");
        assert_eq!(year.refined("JAN-FEB").to_string(), "2020-01");
        assert_eq!(year.refined("WIN").to_string(), "2020");
        assert_eq!(Date::parse("2020/02/03").expect("a date").refined("SEP 15").to_string(), "2020-02-03");
    }
}
