//! `median.order`: a median lies within its range or quartiles, and the quartiles within the range.

use crate::model::{Finding, Interval, IntervalKind, Measure, Quantity, Unit, Verdict};

use super::alike::{days_in, in_common_unit, same_moment, same_outcome, same_people};
use super::catalogue::MEDIAN_ORDER;
use super::phrase;
use super::printed::Printed;
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::Study;

/// By how much of a number a conversion of months to days may be off.
const CONVERSION: f64 = 0.02;

/// Judges every median with a range or quartiles, and every pair of both.
pub fn check(study: &Study, sheet: &mut Sheet) {
    for print in study.prints() {
        let finding = print.lead();
        let Some((estimate, interval)) = bracketed(finding) else { continue };
        if is_in_another_unit(study, interval) {
            sheet.stop(MEDIAN_ORDER, &print.findings, "the unit printed after the limits is another than the one read");
            continue;
        }
        let Some(order) = order(estimate, interval) else {
            sheet.stop(MEDIAN_ORDER, &print.findings, "median and limits are printed in different units");
            continue;
        };
        if let Some(why) = study.why_not(MEDIAN_ORDER, &print.findings) {
            sheet.stop(MEDIAN_ORDER, &print.findings, why);
            continue;
        }
        let name = phrase::outcomes(&print.findings);
        let claim = format!("{name}: median {} with {}", phrase::printed(estimate), words(interval));
        let (verdict, message) = match order {
            Order::Within => (Verdict::Consistent, format!("{claim} lies between them.")),
            Order::Outside => (study.flag(MEDIAN_ORDER, true), format!("{claim} lies outside them.")),
            Order::Turned => {
                (study.flag(MEDIAN_ORDER, true), format!("{claim}, of which the lower is above the upper."))
            }
        };
        let row = Row::new(MEDIAN_ORDER, verdict, message).findings(&print.findings);
        sheet.push(row.reported(estimate));
    }
    quartiles_in_range(study, sheet);
}

/// Whether the word after the upper limit is another unit of time than was read.
fn is_in_another_unit(study: &Study, interval: &Interval) -> bool {
    let Some(high) = &interval.high else { return false };
    let (Some(unit), Some(after)) = (&high.unit, study.after(high.at, 12)) else { return false };
    let after = after.trim_start_matches([' ', '-', '\u{a0}', '\u{2009}']);
    let units = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];
    units.iter().any(|other| other != unit && days_in(unit).is_some() && after.starts_with(other.as_str()))
}

enum Order {
    Within,
    Outside,
    Turned,
}

fn bracketed(finding: &Finding) -> Option<(&Quantity, &Interval)> {
    let interval = finding.interval.as_ref()?;
    let spread = matches!(interval.kind, IntervalKind::Iqr | IntervalKind::Range);
    let closed = interval.low.is_some() && interval.high.is_some();
    Some((finding.estimate.as_ref()?, interval)).filter(|_| finding.measure == Measure::Median && spread && closed)
}

fn words(interval: &Interval) -> String {
    let kind = if interval.kind == IntervalKind::Iqr { "quartiles" } else { "range" };
    format!("{kind} {}", phrase::limits(interval))
}

/// None where the units do not go together.
fn order(estimate: &Quantity, interval: &Interval) -> Option<Order> {
    let (low, high) = (interval.low.as_ref()?, interval.high.as_ref()?);
    // "17 to 66 months" says the unit of both.
    let unit = low.unit.as_ref().or(high.unit.as_ref()).cloned();
    let [low, high] = [low, high].map(|limit| Quantity { unit: limit.unit.clone().or(unit.clone()), ..limit.clone() });
    if is_below(&high, &low)? {
        return Some(Order::Turned);
    }
    Some(if is_below(estimate, &low)? || is_below(&high, estimate)? { Order::Outside } else { Order::Within })
}

/// Whether one number is smaller than another, whatever they round and convert.
fn is_below(a: &Quantity, b: &Quantity) -> Option<bool> {
    let (x, y) = in_common_unit(a, b)?;
    let converted = a.unit != b.unit && a.unit.is_some() && b.unit.is_some();
    let widened = |n: Printed| {
        let slack = if converted { CONVERSION * n.value.abs() } else { 0.0 };
        n.range().plus(Range { low: -slack, high: slack })
    };
    Some(widened(x).is_below(widened(y)))
}

fn quartiles_in_range(study: &Study, sheet: &mut Sheet) {
    let of_kind = |kind: IntervalKind| {
        study
            .findings()
            .filter_map(move |f| bracketed(f).filter(|(_, interval)| interval.kind == kind).map(|b| (f, b.1)))
    };
    for (f, quartiles) in of_kind(IntervalKind::Iqr) {
        let same = |g: &Finding| {
            same_outcome(f, g)
                && same_people(f, g)
                && same_moment(f, g)
                && f.estimate.as_ref().map(|e| e.at) == g.estimate.as_ref().map(|e| e.at)
        };
        for (g, range) in of_kind(IntervalKind::Range).filter(|(g, _)| same(g)) {
            let outside = |inner: &Interval, outer: &Interval| {
                let below = is_below(inner.low.as_ref()?, outer.low.as_ref()?)?;
                Some(below || is_below(outer.high.as_ref()?, inner.high.as_ref()?)?)
            };
            let Some(outside) = outside(quartiles, range) else { continue };
            let relation = if outside { "reach beyond" } else { "lie within" };
            let verdict = if outside { study.flag(MEDIAN_ORDER, true) } else { Verdict::Consistent };
            let message = format!("{}: {} {relation} the {}.", phrase::outcome(f), words(quartiles), words(range));
            sheet.push(Row::new(MEDIAN_ORDER, verdict, message).findings(&[f, g]).reported_limits(quartiles));
        }
    }
}
