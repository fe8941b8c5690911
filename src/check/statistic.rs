//! `statistic.p_value`: a test statistic with its degrees of freedom gives the printed p (as statcheck: Nuijten and
//! others 2016).
//!
//! The rules find where a statistic stands; its numbers are read here, each as the set of reals that round to it.

use statrs::distribution::{ChiSquared, ContinuousCDF, FisherSnedecor, StudentsT};

use crate::model::{Cue, Finding, Op, PValue, Verdict};

use super::catalogue::STATISTIC_P_VALUE;
use super::methods::two_sided;
use super::p_value::is_significant;
use super::phrase;
use super::printed::p_range;
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::Study;

/// The kind of cue that stands for a statistic.
const CUE: &str = "statistic";
/// The usual limit of significance.
const ALPHA: f64 = 0.05;

/// A test by its statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Test {
    T,
    F,
    ChiSquare,
    Z,
    R,
}

/// A statistic as printed.
#[derive(Debug, Clone, PartialEq)]
struct Statistic {
    test: Test,
    freedom: Vec<f64>,
    value: Range,
    p: PValue,
}

/// A piece of the printed text.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    /// Value, decimals, and whether it stands right after a letter ("F1,77").
    Number(f64, u8, bool),
    Sign(Op),
}

/// Judges every statistic that the rules found.
pub fn check(study: &Study, sheet: &mut Sheet) {
    for cue in study.record.cues.iter().filter(|cue| cue.kind == CUE) {
        let Some(text) = study.text_at(cue.at) else { continue };
        let carriers: Vec<&Finding> =
            study.findings().filter(|f| f.p.as_ref().is_some_and(|p| within(cue, p))).collect();
        let Some(statistic) = parse(&text, cue) else {
            sheet.stop(STATISTIC_P_VALUE, &carriers, "the degrees of freedom are not printed");
            continue;
        };
        if let Some(why) = stopped(study, cue, &carriers) {
            sheet.stop(STATISTIC_P_VALUE, &carriers, why);
            continue;
        }
        sheet.push(row(study, &text, &statistic, &carriers));
    }
}

fn within(cue: &Cue, p: &PValue) -> bool {
    p.at.field == cue.at.field && cue.at.start <= p.at.start && p.at.end <= cue.at.end
}

/// The first words of the sentence that stop it.
fn stopped(study: &Study, cue: &Cue, carriers: &[&Finding]) -> Option<String> {
    let beside = |other: &&Cue| {
        other.sentence == cue.sentence
            && other.at.field == cue.at.field
            && study.thresholds.cues_of(STATISTIC_P_VALUE.0).any(|lists| lists.here.contains(&other.kind))
    };
    let here = study.record.cues.iter().find(beside).map(|other| study.phrase(other));
    here.or_else(|| study.why_not(STATISTIC_P_VALUE, carriers))
}

fn row(study: &Study, text: &str, statistic: &Statistic, carriers: &[&Finding]) -> Row {
    let recomputed = p_values(statistic);
    let printed = p_range(&statistic.p);
    let claim = text.split(['p', 'P']).next().unwrap_or(text).trim_end_matches([' ', ',', ';', ':', '(']);
    let range = phrase::p_between(recomputed.low, recomputed.high);
    let sides = statistic.test != Test::F && statistic.test != Test::ChiSquare;
    let one_sided = sides && printed.meets(recomputed.times(0.5));
    let said = carriers.iter().any(|f| study.has_cue(&study.thresholds.p_value.one_sided_cues, f));
    let flips = is_significant(&statistic.p, false, ALPHA).is_some_and(|told| {
        let shown = if recomputed.high < ALPHA { Some(true) } else { (recomputed.low > ALPHA).then_some(false) };
        shown.is_some_and(|shown| shown != told)
    });
    let tail = if flips { ", which turns the decision at 0.05" } else { "" };
    let of_people = p_values_of_people(statistic).is_some_and(|other| printed.meets(other));
    let (verdict, methods) = if printed.meets(recomputed) || of_people {
        (Verdict::Consistent, vec!["two_sided"])
    } else if one_sided {
        (if said { Verdict::Consistent } else { Verdict::Suspicious }, vec!["one_sided"])
    } else {
        (study.flag(STATISTIC_P_VALUE, true), Vec::new())
    };
    let message = match (verdict, one_sided) {
        (Verdict::Consistent, _) => format!("{claim} gives p {range}, printed as {}.", statistic.p.text),
        (_, true) => format!("{claim} gives p {range}, and {} only with one side.", statistic.p.text),
        _ => format!("{claim} gives p {range}, but {} is printed{tail}.", statistic.p.text),
    };
    let row = Row::new(STATISTIC_P_VALUE, verdict, message).findings(carriers).reported_text(&statistic.p.text);
    row.expected(recomputed).methods(methods)
}

/// The two-sided p values of every number that the statistic may stand for.
fn p_values(statistic: &Statistic) -> Range {
    let at = |x: f64| -> f64 {
        let df = &statistic.freedom;
        match statistic.test {
            Test::Z => two_sided(x),
            Test::T => StudentsT::new(0.0, 1.0, df[0]).map_or(f64::NAN, |t| 2.0 * t.sf(x)),
            Test::F => FisherSnedecor::new(df[0], df[1]).map_or(f64::NAN, |f| f.sf(x)),
            Test::ChiSquare => ChiSquared::new(df[0]).map_or(f64::NAN, |chi| chi.sf(x)),
            Test::R => {
                let t = x.min(1.0) * (df[0] / (1.0 - x.min(1.0 - 1e-12).powi(2))).sqrt();
                StudentsT::new(0.0, 1.0, df[0]).map_or(f64::NAN, |distribution| 2.0 * distribution.sf(t))
            }
        }
    };
    Range::between(at(statistic.value.high), at(statistic.value.low.max(0.0)))
}

/// The same where the number beside a correlation is that of the people, and not of the degrees of freedom.
fn p_values_of_people(statistic: &Statistic) -> Option<Range> {
    let people = statistic.freedom.first().copied().filter(|n| statistic.test == Test::R && *n > 2.0)?;
    Some(p_values(&Statistic { freedom: vec![people - 2.0], ..statistic.clone() }))
}

fn parse(text: &str, cue: &Cue) -> Option<Statistic> {
    let tokens = tokens(text);
    let sign = tokens.iter().position(|token| matches!(token, Token::Sign(_)))?;
    let (before, after) = tokens.split_at(sign);
    let Token::Word(name) = before.first()? else { return None };
    let test = match name.as_str() {
        "t" => Test::T,
        "f" => Test::F,
        "z" => Test::Z,
        "r" => Test::R,
        "x" | "chi" | "\u{3c7}" => Test::ChiSquare,
        _ => return None,
    };
    let mut freedom: Vec<(f64, bool)> = before[1..].iter().filter_map(number).collect();
    if matches!(freedom.first(), Some((2.0, true))) && matches!(test, Test::ChiSquare | Test::R) {
        freedom.remove(0);
        // r² is no correlation.
        if test == Test::R {
            return None;
        }
    }
    let [Token::Sign(_), Token::Number(value, decimals, _), rest @ ..] = after else { return None };
    let (rest, stated) = match rest {
        [Token::Word(df), Token::Sign(_), Token::Number(stated, ..), rest @ ..] if df == "df" => (rest, Some(*stated)),
        _ => (rest, None),
    };
    let mut freedom: Vec<f64> = freedom.into_iter().map(|(number, _)| number).collect();
    freedom.extend(stated);
    let [Token::Word(p), Token::Sign(op), Token::Number(printed, digits, _)] = rest else { return None };
    let wanted = match test {
        Test::Z => 0,
        Test::F => 2,
        _ => 1,
    };
    let sound = freedom.len() == wanted && freedom.iter().all(|df| *df > 0.0 && df.is_finite());
    if p != "p" || !sound || *printed > 1.0 {
        return None;
    }
    let half = 0.5 * 10f64.powi(-i32::from(*decimals));
    let place = text.rfind(['p', 'P'])?;
    Some(Statistic {
        test,
        freedom,
        value: Range { low: (value.abs() - half).max(0.0), high: value.abs() + half },
        p: PValue {
            op: *op,
            value: *printed,
            decimals: *digits,
            sided: None,
            test: None,
            text: text[place..].to_owned(),
            at: cue.at,
        },
    })
}

fn number(token: &Token) -> Option<(f64, bool)> {
    if let Token::Number(value, _, attached) = token { Some((*value, *attached)) } else { None }
}

fn tokens(text: &str) -> Vec<Token> {
    let text: Vec<char> = text.chars().map(|c| if c == '\u{b7}' { '.' } else { c }).collect();
    let digit = |i: usize| text.get(i).is_some_and(char::is_ascii_digit);
    let mut found = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let start = i;
        if digit(i) || (text[i] == '.' && digit(i + 1)) {
            while digit(i) || (text.get(i) == Some(&'.') && digit(i + 1)) {
                i += 1;
            }
            let printed: String = text[start..i].iter().collect();
            let decimals = printed.split_once('.').map_or(0, |(_, rest)| rest.len() as u8);
            let attached = start > 0 && text[start - 1].is_alphabetic();
            if let Ok(value) = printed.parse() {
                found.push(Token::Number(value, decimals, attached));
            }
            continue;
        }
        if text[i].is_alphabetic() {
            while text.get(i).is_some_and(|c| c.is_alphabetic()) {
                i += 1;
            }
            let word: String = text[start..i].iter().flat_map(|c| c.to_lowercase()).collect();
            if word != "squared" && word != "square" {
                found.push(Token::Word(word));
            }
            continue;
        }
        let sign = match text[i] {
            '=' => Some(Op::Equal),
            '<' => Some(Op::Less),
            '>' => Some(Op::Greater),
            '\u{2264}' => Some(Op::AtMost),
            '\u{2265}' => Some(Op::AtLeast),
            _ => None,
        };
        found.extend(sign.map(Token::Sign));
        i += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Field, Span};

    fn read(text: &str) -> Option<Statistic> {
        let at = Span { field: Field::Abstract, start: 0, end: 0 };
        parse(text, &Cue { kind: CUE.to_owned(), at, sentence: 0, everywhere: false })
    }

    // Expected values: scipy 1.17.1, `t.sf`, `f.sf`, `chi2.sf`, `norm.sf`.
    #[test]
    fn p_values_agree_with_scipy() {
        let expected = [
            ("t(38) = 2.10, p = .04", 0.042_421_843),
            ("F(1, 77) = 4.82, p < .05", 0.031_143_248),
            ("F1,77 = 4.82, P<.05", 0.031_143_248),
            ("\u{3c7}2(1) = 5.4, p = 0.02", 0.020_136_752),
            ("X2 = 26.22, df = 6, P<0.001", 0.000_202_581),
            ("z = 2.1, p = .036", 0.035_728_841),
            ("r (48) = 0.31, p = 0.03", 0.028_460_945),
        ];
        for (text, p) in expected {
            let statistic = read(text).unwrap_or_else(|| panic!("{text} is a statistic"));
            let middle = Statistic { value: Range::point(statistic.value.middle()), ..statistic };
            assert!((p_values(&middle).low - p).abs() < 1e-6, "{text}: {:?}", p_values(&middle));
        }
    }

    #[test]
    fn what_lacks_its_degrees_of_freedom_is_not_judged() {
        for text in ["t = 2.1, p = .04", "r2 = 0.69; P < 0.0001", "\u{3c7}2 = 17.9 p<0.0001", "F(3) = 2.0, p = .04"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
