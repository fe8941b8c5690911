//! When two findings speak of the same thing: number, outcome, people, time, grade.

use crate::model::{Finding, Grade, Quantity, TimePoint, Unit};

use super::printed::Printed;

/// Days in a month and in a year, on average.
const MONTH: f64 = 30.4375;
const YEAR: f64 = 365.25;

/// Whether both carry the very same printed number, for the same group.
pub fn same_print(a: &Finding, b: &Finding) -> bool {
    let place = |f: &Finding| f.estimate.as_ref().or(f.events.as_ref()).map(|quantity| quantity.at);
    let limits = |f: &Finding| f.interval.as_ref().map(|interval| interval.at);
    let number = place(a).is_some() && place(a) == place(b) && limits(a) == limits(b);
    number && a.group == b.group && a.measure == b.measure
}

/// Whether both are about the same people, analysed and graded in the same way.
pub fn same_scope(a: &Finding, b: &Finding) -> bool {
    same_people(a, b) && same_grade(a.grade.as_ref(), b.grade.as_ref())
}

/// Whether both are about the same people, analysed in the same way. Two findings without a group are, where the record
/// has no groups to tell apart; whether that is so, [`Study::is_firmly_bound`](super::study::Study) knows.
pub fn same_people(a: &Finding, b: &Finding) -> bool {
    a.group == b.group && a.comparator == b.comparator && a.analysis == b.analysis && same_total(a, b)
}

fn same_total(a: &Finding, b: &Finding) -> bool {
    let (Some(a), Some(b)) = (&a.total, &b.total) else { return true };
    (a.value - b.value).abs() < 0.5
}

/// Whether both are about the same outcome: the same id, or the same words where there is none.
pub fn same_outcome(a: &Finding, b: &Finding) -> bool {
    match (&a.outcome.id, &b.outcome.id) {
        (Some(a), Some(b)) => a == b,
        (None, None) => !a.outcome.text.is_empty() && a.outcome.text.eq_ignore_ascii_case(&b.outcome.text),
        _ => false,
    }
}

/// Whether the grades are the same, or said for neither.
pub fn same_grade(a: Option<&Grade>, b: Option<&Grade>) -> bool {
    a.map(|grade| (grade.min, grade.max)) == b.map(|grade| (grade.min, grade.max))
}

/// Whether both say the same time.
pub fn same_time(a: &Finding, b: &Finding) -> bool {
    let (Some(a), Some(b)) = (&a.time, &b.time) else { return false };
    match (days_at(a), days_at(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= 0.01 * a.max(b),
        (None, None) => a.unit == b.unit && (a.value - b.value).abs() < 1e-9,
        _ => false,
    }
}

/// Whether both say the same time, or neither says any.
pub fn same_moment(a: &Finding, b: &Finding) -> bool {
    same_time(a, b) || (a.time.is_none() && b.time.is_none())
}

/// A time point in days; none for cycles, visits and the like.
pub fn days_at(time: &TimePoint) -> Option<f64> {
    Some(time.value * days_in(&time.unit)?)
}

/// Days in a unit of time.
pub fn days_in(unit: &Unit) -> Option<f64> {
    match unit {
        Unit::Day => Some(1.0),
        Unit::Week => Some(7.0),
        Unit::Month => Some(MONTH),
        Unit::Year => Some(YEAR),
        _ => None,
    }
}

/// Whether both have an estimate and no number is what both may stand for.
pub fn values_differ(a: &Finding, b: &Finding) -> bool {
    let (Some(a), Some(b)) = (&a.estimate, &b.estimate) else { return false };
    in_common_unit(a, b).is_some_and(|(a, b)| !a.range().meets(b.range()))
}

/// Two numbers in one unit: both as percentages, both in days, or both as printed; none where the units do not go together.
pub fn in_common_unit(a: &Quantity, b: &Quantity) -> Option<(Printed, Printed)> {
    if let (Some(a), Some(b)) = (Printed::percent(a), Printed::percent(b)) {
        return Some((a, b));
    }
    let days = |q: &Quantity| q.unit.as_ref().and_then(days_in);
    if let (Some(to_days_a), Some(to_days_b)) = (days(a), days(b))
        && a.unit != b.unit
    {
        return Some((Printed::of(a).scaled(to_days_a), Printed::of(b).scaled(to_days_b)));
    }
    let comparable = a.unit == b.unit || a.unit.is_none() || b.unit.is_none();
    let is_share = |q: &Quantity| matches!(q.unit, Some(Unit::Percent | Unit::Fraction));
    (comparable && is_share(a) == is_share(b)).then(|| (Printed::of(a), Printed::of(b)))
}
