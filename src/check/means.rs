//! Means with their spread: the p of two groups' t tests, and whether whole numbers can have such a mean.
//!
//! The trick for the rounding: the p is least where the means lie furthest apart and the spreads are smallest, greatest
//! where it is the other way round, so two corners of all the printed sets bound it.

use crate::model::{Finding, Measure, SpreadKind, Verdict};

use super::alike::{same_moment, same_outcome};
use super::catalogue::{MEANS_GRIM, MEANS_P_VALUE};
use super::methods::{Sample, student, welch};
use super::p_value::{Agreement, compare, is_test_among};
use super::phrase;
use super::printed::{Printed, p_range};
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::Study;

/// Fewer people than this are hardly a group with a mean.
const FEW: f64 = 5.0;

/// The p of two samples.
type Test = fn(Sample, Sample) -> f64;

/// Tests of two means by the name written in the record.
const TESTS: [(&str, Test); 2] = [("welch", welch), ("student", student)];

/// A mean, its standard deviation and its people, as printed.
#[derive(Debug, Clone, Copy)]
struct Summary {
    mean: Range,
    sd: Range,
    n: f64,
}

/// `means.p_value`: some t test of two printed means gives the printed p.
pub fn p_value(study: &Study, sheet: &mut Sheet) {
    for together in study.by_p(is_mean) {
        match together.as_slice() {
            [_] => {}
            [a, b] if is_pair(a, b) => p_row(study, sheet, a, b),
            _ => sheet.stop(MEANS_P_VALUE, &together, "the p is of more than two means"),
        }
    }
}

fn is_mean(finding: &Finding) -> bool {
    finding.measure == Measure::Mean && finding.spread.is_some()
}

fn is_pair(a: &Finding, b: &Finding) -> bool {
    a.group != b.group && same_outcome(a, b) && same_moment(a, b)
}

fn p_row(study: &Study, sheet: &mut Sheet, a: &Finding, b: &Finding) {
    let pair = [a, b];
    let limits = &study.thresholds.p_value;
    let (Some(p), Some(first), Some(second)) = (study.p_of(a), &a.estimate, &b.estimate) else { return };
    if study.is_of_a_comparison(&pair, p) {
        return sheet.stop(MEANS_P_VALUE, &pair, "the p stands behind a ratio or difference");
    }
    if study.is_all(a) || study.is_all(b) {
        return sheet.stop(MEANS_P_VALUE, &pair, "one of the numbers may be of both groups");
    }
    if let Some(why) = study.why_not(MEANS_P_VALUE, &pair) {
        return sheet.stop(MEANS_P_VALUE, &pair, why);
    }
    if is_test_among(p, &limits.mean_tests) == Some(false) {
        return sheet.stop(MEANS_P_VALUE, &pair, "the test named is no t test");
    }
    let spreads: &[SpreadKind] = match (spread_kind(a), spread_kind(b)) {
        (None, None) => &[SpreadKind::Sd, SpreadKind::Se],
        (Some(SpreadKind::Se), _) | (_, Some(SpreadKind::Se)) => &[SpreadKind::Se],
        _ => &[SpreadKind::Sd],
    };
    let printed = p_range(p);
    let mut results: Vec<(&'static str, Range)> = Vec::new();
    for kind in spreads {
        match (summary(study, a, *kind), summary(study, b, *kind)) {
            (Ok(one), Ok(other)) => results.extend(TESTS.map(|(name, test)| (name, p_of(one, other, test)))),
            (Err(why), _) | (_, Err(why)) => return sheet.stop(MEANS_P_VALUE, &pair, why),
        }
    }
    let agreement = results.iter().map(|(_, range)| compare(limits, printed, *range, limits.factor)).min();
    let mut methods: Vec<&'static str> = results.iter().filter(|(_, r)| r.meets(printed)).map(|r| r.0).collect();
    methods.sort_unstable();
    methods.dedup();
    let Some(all) = results.iter().map(|result| result.1).reduce(Range::hull) else { return };
    let claim = format!(
        "{} of {} and {} gives p {} by t tests",
        phrase::outcome(a),
        phrase::printed(first),
        phrase::printed(second),
        phrase::p_between(all.low, all.high)
    );
    let (verdict, message) = match agreement {
        Some(Agreement::Meets) => (Verdict::Consistent, format!("{claim}, printed as {}.", p.text)),
        Some(Agreement::Far) => (Verdict::Suspicious, format!("{claim}, but {} is printed.", p.text)),
        _ => {
            return sheet.stop(
                MEANS_P_VALUE,
                &pair,
                "the p is near to that of a t test, another test may have been used",
            );
        }
    };
    let row = Row::new(MEANS_P_VALUE, verdict, message).findings(&pair).reported_text(&p.text);
    sheet.push(row.expected(all).methods(methods));
}

fn spread_kind(finding: &Finding) -> Option<SpreadKind> {
    finding.spread.as_ref().and_then(|spread| spread.kind)
}

fn summary(study: &Study, finding: &Finding, kind: SpreadKind) -> Result<Summary, &'static str> {
    let n = study.size(finding)?.n;
    if n < 2.0 {
        return Err("a group of one has no spread");
    }
    let estimate = finding.estimate.as_ref().ok_or("a mean is missing")?;
    let spread = Printed::spread(finding.spread.as_ref().ok_or("a spread is missing")?).range();
    let spread = Range { low: spread.low.max(1e-12), high: spread.high };
    let sd = if kind == SpreadKind::Se { spread.times(n.sqrt()) } else { spread };
    Ok(Summary { mean: Printed::of(estimate).range(), sd, n })
}

fn p_of(a: Summary, b: Summary, test: Test) -> Range {
    let apart = a.mean.minus(b.mean).magnitude();
    let at = |difference: f64, sd_a: f64, sd_b: f64| {
        test(Sample { mean: difference, sd: sd_a, n: a.n }, Sample { mean: 0.0, sd: sd_b, n: b.n })
    };
    Range::between(at(apart.high, a.sd.low, b.sd.low), at(apart.low, a.sd.high, b.sd.high))
}

/// `means.grim`: some sum of whole numbers gives the mean, and some sum of their squares the standard deviation
/// (GRIM: Brown, Heathers 2017; GRIMMER: Allard 2018).
pub fn grim(study: &Study, sheet: &mut Sheet) {
    for print in study.prints() {
        let finding = print.lead();
        let Some(estimate) = finding.estimate.as_ref().filter(|_| finding.measure == Measure::Mean) else {
            continue;
        };
        let words = finding.outcome.text.to_lowercase();
        if !study.thresholds.responders.whole_numbers.iter().any(|opening| words.starts_with(opening.as_str())) {
            continue;
        }
        if let Some(why) = study.why_not(MEANS_GRIM, &print.findings) {
            sheet.stop(MEANS_GRIM, &print.findings, why);
            continue;
        }
        let n = match study.size(finding) {
            Ok(size) if study.is_contested(finding) || size.n < FEW => {
                sheet.stop(MEANS_GRIM, &print.findings, "it is not certain of how many people it is the mean");
                continue;
            }
            Ok(size) => size.n,
            Err(why) => {
                sheet.stop(MEANS_GRIM, &print.findings, why);
                continue;
            }
        };
        let mean = Printed::of(estimate);
        if n * mean.step >= 1.0 || mean.is_bound() {
            continue;
        }
        let sums = whole_between(mean.range().times(n));
        let sd = finding.spread.as_ref().filter(|s| s.kind == Some(SpreadKind::Sd)).map(|s| Printed::spread(s).range());
        let squares = sd.is_none_or(|sd| sums.is_some_and(|sums| has_spread(sums, sd, n)));
        let methods = [(sums.is_some(), "grim"), (sums.is_some() && squares && sd.is_some(), "grimmer")];
        let claim =
            format!("{} of {} in {} people", phrase::outcome(finding), phrase::printed(estimate), phrase::count(n));
        let (verdict, message) = match (sums.is_some(), squares) {
            (true, true) => (Verdict::Consistent, format!("{claim} is the mean of some whole numbers.")),
            (true, false) => (
                Verdict::Suspicious,
                format!("{claim}: no whole numbers with this mean have the printed standard deviation."),
            ),
            _ => (Verdict::Suspicious, format!("{claim}: no whole numbers have this mean.")),
        };
        let row = Row::new(MEANS_GRIM, verdict, message).findings(&print.findings).reported(estimate);
        sheet.push(row.methods(methods.iter().filter(|(fits, _)| *fits).map(|m| m.1).collect()));
    }
}

fn whole_between(range: Range) -> Option<Range> {
    let (low, high) = ((range.low - 1e-9).ceil(), (range.high + 1e-9).floor());
    (low <= high).then_some(Range { low, high })
}

/// Whether some sum of squares, odd where the sum is odd, gives the standard deviation for one of the sums.
fn has_spread(sums: Range, sd: Range, n: f64) -> bool {
    let variance = sd.map(|end| end.max(0.0).powi(2) * (n - 1.0));
    let mut sum = sums.low;
    while sum <= sums.high {
        let squares = whole_between(Range::point(sum * sum / n).plus(variance));
        let parity = |low: f64| if (low - sum).rem_euclid(2.0) < 0.5 { low } else { low + 1.0 };
        if squares.is_some_and(|squares| parity(squares.low) <= squares.high) {
            return true;
        }
        sum += 1.0;
    }
    false
}
