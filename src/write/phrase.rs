//! A record's values in the words of a paper: "34/43, 79% (95% CI 66 to 92)".
//!
//! Numbers are printed from their value and printed decimals, so that a column reads alike whatever the abstracts
//! wrote (".5", "0·5", "Forty-three").

use std::fmt::Write as _;

use crate::model::{
    Design, DesignKind, Direction, Finding, FindingKind, Grade, Interval, IntervalKind, Measure, Op, PValue, Quantity,
    SpreadKind, Status, TimePoint, Unit, Verdict,
};

use super::index::Index;

/// What was looked at: the known outcome's name, else the abstract's words in quotation marks.
pub fn outcome(finding: &Finding) -> String {
    let mut words = match &finding.outcome.id {
        Some(id) => id.replace('_', " "),
        None if finding.outcome.text.is_empty() => "–".to_owned(),
        None => format!("“{}”", finding.outcome.text),
    };
    if finding.kind == FindingKind::Baseline {
        words.push_str(" (at entry)");
    }
    if let Some(first) = finding.repeats {
        let _ = write!(words, " (again, see {first})");
    }
    words
}

/// Who it was seen in, with sizes; empty where that is not clear.
pub fn group(index: &Index, finding: &Finding) -> String {
    let sized = |id| {
        let group = index.group(id);
        match &group.n {
            Some(n) => format!("{} ({})", group.label, number(n)),
            None => group.label.clone(),
        }
    };
    match (finding.group, finding.comparator) {
        (Some(group), Some(comparator)) => format!("{} v {}", sized(group), sized(comparator)),
        (Some(group), None) => sized(group),
        (None, Some(comparator)) => format!("? v {}", sized(comparator)),
        (None, None) => String::new(),
    }
}

/// The reported numbers with their interval or spread.
pub fn value(finding: &Finding) -> String {
    let mut parts = Vec::new();
    match (&finding.events, &finding.total) {
        (Some(events), Some(total)) => parts.push(format!("{}/{}", number(events), number(total))),
        (Some(events), None) => parts.push(number(events)),
        (None, Some(total)) => parts.push(format!("of {}", number(total))),
        (None, None) => {}
    }
    if let Some(estimate) = &finding.estimate {
        parts.push(join(&measure(finding), &quantity(estimate)));
    }
    match finding.status {
        Status::NotReached => parts.push(join(&measure(finding), "not reached")),
        Status::None if parts.is_empty() => parts.push("none".to_owned()),
        Status::None | Status::Reported => {}
    }
    if parts.is_empty() {
        parts.push(measure(finding));
    }
    let mut words = parts.join(", ");
    if let Some(interval) = &finding.interval {
        let _ = write!(words, " ({})", self::interval(interval));
    }
    if let Some(spread) = &finding.spread {
        let kind = match spread.kind {
            Some(SpreadKind::Sd) => "SD ",
            Some(SpreadKind::Se) => "SE ",
            None => "± ",
        };
        let _ = write!(words, " ({kind}{:.*})", usize::from(spread.decimals), spread.value);
    }
    if let Some(direction) = finding.direction {
        words = join(&words, self::direction(direction));
    }
    words
}

/// Time point of the estimate.
pub fn time(time: &TimePoint) -> String {
    with_unit(time.value.to_string(), (time.value - 1.0).abs() < f64::EPSILON, &time.unit)
}

/// Grade of a toxicity.
pub fn grade(grade: &Grade) -> String {
    match (grade.min, grade.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min}–{max}"),
        (Some(min), None) => format!("≥{min}"),
        (None, Some(max)) => format!("≤{max}"),
        (None, None) => grade.text.clone(),
    }
}

/// A p value.
pub fn p(p: &PValue) -> String {
    let value = format!("{}{:.*}", before(p.op), usize::from(p.decimals), p.value);
    if p.sided == Some(1) { format!("{value} (1-sided)") } else { value }
}

/// The design in two or three words.
pub fn design(design: &Design) -> String {
    let kind = match design.kind {
        DesignKind::Randomised => "randomised",
        DesignKind::SingleArm => "single arm",
        DesignKind::Cohort => "cohort",
        DesignKind::CaseControl => "case-control",
        DesignKind::Review => "review",
        DesignKind::MetaAnalysis => "meta-analysis",
        DesignKind::Protocol => "protocol",
        DesignKind::Unknown => "design not said",
    };
    design.phase.as_ref().map_or_else(|| kind.to_owned(), |phase| format!("{kind}, phase {phase}"))
}

/// The name of a verdict.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Consistent => "consistent",
        Verdict::Inconsistent => "inconsistent",
        Verdict::Suspicious => "suspicious",
        Verdict::NotCheckable => "not checkable",
    }
}

fn interval(interval: &Interval) -> String {
    let kind = match interval.kind {
        IntervalKind::Ci => "CI",
        IntervalKind::Credible => "CrI",
        IntervalKind::Iqr => "IQR",
        IntervalKind::Range => "range",
    };
    let level = interval.level.map(|level| format!("{level}% ")).unwrap_or_default();
    let limit = |limit: &Option<Quantity>| limit.as_ref().map_or_else(|| "NR".to_owned(), number);
    format!("{level}{kind} {} to {}", limit(&interval.low), limit(&interval.high))
}

fn measure(finding: &Finding) -> String {
    let name = match finding.measure {
        Measure::Count
        | Measure::Proportion
        | Measure::SurvivalProbability
        | Measure::CumulativeIncidence
        | Measure::Other => "",
        Measure::Median => "median",
        Measure::Mean => "mean",
        Measure::Change => "change",
        Measure::Difference => "difference",
        Measure::HazardRatio => "HR",
        Measure::OddsRatio => "OR",
        Measure::RiskRatio => "RR",
        Measure::RateRatio => "rate ratio",
        Measure::SubdistributionHazardRatio => "sHR",
        Measure::StandardisedDifference => "SMD",
        Measure::Rate => "rate",
        Measure::Correlation => "correlation",
    };
    match finding.adjusted {
        Some(true) => join("adjusted", name),
        Some(false) => join("unadjusted", name),
        None => name.to_owned(),
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Increase => "(increase)",
        Direction::Decrease => "(decrease)",
        Direction::Better => "(better)",
        Direction::Worse => "(worse)",
    }
}

/// A number with its unit.
pub fn quantity(quantity: &Quantity) -> String {
    let one = quantity.decimals == 0 && (quantity.value - 1.0).abs() < f64::EPSILON;
    match &quantity.unit {
        Some(unit) => with_unit(number(quantity), one, unit),
        None => number(quantity),
    }
}

/// A number with its sign, as printed.
pub fn number(quantity: &Quantity) -> String {
    let value = format!("{:.*}", usize::from(quantity.decimals), quantity.value);
    match quantity.op {
        Some(Op::Censored) => value + "+",
        Some(op) => before(op).to_owned() + &value,
        None => value,
    }
}

fn before(op: Op) -> &'static str {
    match op {
        Op::Equal | Op::Censored => "",
        Op::Less => "<",
        Op::Greater => ">",
        Op::AtMost => "≤",
        Op::AtLeast => "≥",
        Op::About => "~",
    }
}

fn with_unit(number: String, one: bool, unit: &Unit) -> String {
    match unit {
        Unit::Percent => number + "%",
        Unit::Fraction => number,
        Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Cycle if !one => {
            format!("{number} {}s", unit.as_str())
        }
        unit => format!("{number} {}", unit.as_str()),
    }
}

fn join(a: &str, b: &str) -> String {
    [a, b].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    #[test]
    fn numbers_read_as_in_a_paper() {
        let record = sample::record();
        let values: Vec<String> = record.findings.iter().map(value).collect();
        assert_eq!(
            values,
            ["31/40, 77.5% (95% CI 61.5 to 89.2)", "12, 34% (95% CI 16 to 44)", "HR 0.62 (95% CI 0.41 to NR)", "none"]
        );
    }

    #[test]
    fn times_grades_and_bounds() {
        let time_of = |value, unit| time(&TimePoint { value, unit, text: String::new(), at: sample::span(0, 0) });
        assert_eq!(time_of(1.0, Unit::Year), "1 year");
        assert_eq!(time_of(18.5, Unit::Month), "18.5 months");
        assert_eq!(time_of(3.0, Unit::Other("visit".into())), "3 visit");
        let grade_of =
            |min, max| grade(&Grade { min, max, scale: None, text: "severe".into(), at: sample::span(0, 0) });
        assert_eq!(grade_of(Some(3), None), "≥3");
        assert_eq!(grade_of(None, Some(2)), "≤2");
        assert_eq!(grade_of(Some(1), Some(2)), "1–2");
        assert_eq!(grade_of(Some(3), Some(3)), "3");
        assert_eq!(grade_of(None, None), "severe");
        let censored = Quantity { op: Some(Op::Censored), ..sample::quantity(33.9, 1, Some(Unit::Month)) };
        assert_eq!(quantity(&censored), "33.9+ months");
    }
}
