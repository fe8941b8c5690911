//! Numbers and names as the messages print them.

use crate::model::{Finding, Interval, Measure, Op, Quantity, Unit};

/// Words for the outcome of a finding.
pub fn outcome(finding: &Finding) -> String {
    match (&finding.outcome.id, finding.outcome.text.trim()) {
        (_, text) if !text.is_empty() => text.to_owned(),
        (Some(id), _) => id.replace('_', " "),
        (None, _) => "this number".to_owned(),
    }
}

/// Outcomes of several findings: "event-free survival and overall survival".
pub fn outcomes(findings: &[&Finding]) -> String {
    let names: Vec<String> = findings.iter().map(|finding| outcome(finding)).collect();
    list(&names)
}

/// "a", "a and b", "a, b and c".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// A printed number in figures, with its bound and a percent sign, whatever its words were.
pub fn printed(quantity: &Quantity) -> String {
    let figures = figures(quantity);
    match quantity.unit {
        Some(Unit::Percent) => format!("{figures}%"),
        _ => figures,
    }
}

/// The same without a unit.
pub fn figures(quantity: &Quantity) -> String {
    let value = format!("{:.*}", usize::from(quantity.decimals), quantity.value);
    match quantity.op {
        None | Some(Op::Equal) => value,
        Some(Op::Censored) => format!("{value}+"),
        Some(op) => format!("{}{value}", symbol(op)),
    }
}

/// Printed limits: "66 to 92%".
pub fn limits(interval: &Interval) -> String {
    let (Some(low), Some(high)) = (&interval.low, &interval.high) else {
        return "an open interval".to_owned();
    };
    format!("{} to {}", figures(low), printed(high))
}

/// A recomputed number, one decimal finer than the printed one.
pub fn finer(value: f64, quantity: &Quantity) -> String {
    format!("{:.*}", usize::from(quantity.decimals) + 1, value)
}

/// A recomputed percentage beside a printed share, one decimal finer, in percent.
pub fn percent(value: f64, share: &Quantity) -> String {
    let decimals = match share.unit {
        Some(Unit::Fraction) => usize::from(share.decimals).saturating_sub(2),
        _ => usize::from(share.decimals),
    };
    format!("{:.*}%", decimals + 1, value)
}

/// A whole number.
pub fn count(value: f64) -> String {
    format!("{value:.0}")
}

/// A level of confidence: "95%".
pub fn level(value: f64) -> String {
    format!("{value}%")
}

/// A p value with two significant digits.
pub fn p(value: f64) -> String {
    match value {
        v if v < 1e-4 => "<0.0001".to_owned(),
        v if v >= 0.095 => format!("{v:.2}"),
        v => {
            let decimals = 1 - v.log10().floor() as i32;
            format!("{v:.*}", decimals.max(2) as usize)
        }
    }
}

/// A range of p values: "0.011 to 0.014".
pub fn p_between(low: f64, high: f64) -> String {
    let (low, high) = (p(low), p(high));
    if low == high { low } else { format!("{low} to {high}") }
}

/// The name of a ratio.
pub fn ratio(measure: Measure) -> &'static str {
    match measure {
        Measure::HazardRatio => "hazard ratio",
        Measure::OddsRatio => "odds ratio",
        Measure::RiskRatio => "risk ratio",
        Measure::RateRatio => "rate ratio",
        Measure::SubdistributionHazardRatio => "subdistribution hazard ratio",
        _ => "estimate",
    }
}

fn symbol(op: Op) -> &'static str {
    match op {
        Op::Less => "<",
        Op::Greater => ">",
        Op::AtMost => "≤",
        Op::AtLeast => "≥",
        Op::About => "about ",
        Op::Equal | Op::Censored => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_values_keep_two_digits() {
        assert_eq!(p(0.0312), "0.031");
        assert_eq!(p(0.5), "0.50");
        assert_eq!(p(0.00081), "0.00081");
        assert_eq!(p(1e-7), "<0.0001");
        assert_eq!(p_between(0.0301, 0.0302), "0.030");
    }

    #[test]
    fn lists_read_as_in_a_sentence() {
        let items = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(list(&items(&["a", "b", "c"])), "a, b and c");
        assert_eq!(list(&items(&["a"])), "a");
    }
}
