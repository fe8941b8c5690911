//! Differences between two groups: the value that their own values give, and the p that the interval gives.

use crate::model::{Finding, IntervalKind, Measure, Quantity, Unit, Verdict};

use super::alike::{in_common_unit, same_grade, same_moment, same_outcome};
use super::catalogue::{DIFFERENCE_P_VALUE, DIFFERENCE_VALUE};
use super::interval::Bracket;
use super::p_value::{NEAR_OTHER_TEST, judge, z_range};
use super::phrase;
use super::printed::{Printed, level, whole};
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::Study;

/// `difference.value`: the printed values of both groups differ by the printed difference.
pub fn value(study: &Study, sheet: &mut Sheet) {
    for print in study.prints() {
        let difference = print.lead();
        let Some(estimate) = difference.estimate.as_ref().filter(|_| difference.measure == Measure::Difference) else {
            continue;
        };
        let Some((a, b)) = values_of(study, difference) else { continue };
        let all = [difference, a, b];
        let adjusted = (difference.adjusted == Some(true)).then(|| "the difference is adjusted".to_owned());
        if let Some(why) = adjusted.or_else(|| study.why_not(DIFFERENCE_VALUE, &[difference])) {
            sheet.stop(DIFFERENCE_VALUE, &all, why);
            continue;
        }
        if let Some(row) = value_row(study, &all, estimate) {
            sheet.push(row);
        }
    }
}

/// The one value of each group, in the sentence of the difference.
fn values_of<'a>(study: &Study<'a>, difference: &Finding) -> Option<(&'a Finding, &'a Finding)> {
    let of = |group| {
        let mut values = study.findings().filter(|f| {
            f.group == group
                && group.is_some()
                && f.sentence == difference.sentence
                && same_outcome(f, difference)
                && same_grade(f.grade.as_ref(), difference.grade.as_ref())
                && matches!(f.measure, Measure::Proportion | Measure::Mean | Measure::Change)
        });
        values.next().filter(|_| values.next().is_none())
    };
    let (a, b) = (of(difference.group)?, of(difference.comparator)?);
    (a.measure == b.measure && same_moment(a, b)).then_some((a, b))
}

fn value_row(study: &Study, all: &[&Finding; 3], estimate: &Quantity) -> Option<Row> {
    let [_, a, b] = all;
    let (first, second) = (a.estimate.as_ref()?, b.estimate.as_ref()?);
    let (x, y) = in_common_unit(first, second)?;
    // A difference of percentages may be printed in points, without a sign.
    let of_shares = Printed::percent(first).is_some();
    let own_unit = if of_shares { is_of_shares(study, estimate) } else { estimate.unit == first.unit };
    if !own_unit {
        return None;
    }
    let printed =
        if of_shares { Printed::percent(estimate).unwrap_or(Printed::of(estimate)) } else { Printed::of(estimate) };
    let exact = share(a).zip(share(b));
    let by_counts = exact.map(|(p, q)| Range::point(p - q));
    let expected = by_counts.unwrap_or_else(|| x.range().minus(y.range()));
    let by_print = x.range().minus(y.range());
    // "Rose by 0.24 in one group and fell by 0.05 in the other" tells the signs in words.
    let told = if a.measure == Measure::Change { x.range().plus(y.range()) } else { by_print };
    let agrees =
        |range: Range| [by_print, expected, told].iter().any(|e| range.meets(*e) || range.meets(e.times(-1.0)));
    let (first, second, value) = (phrase::printed(first), phrase::printed(second), phrase::printed(estimate));
    let claim = format!("{} of {first} and {second} differ by ", phrase::outcome(a));
    let words = match (expected.magnitude().low, expected.magnitude().high) {
        (low, high) if high - low < 1e-9 => phrase::finer(low, estimate),
        (low, high) => format!("{} to {}", phrase::finer(low, estimate), phrase::finer(high, estimate)),
    };
    let (verdict, message) = if agrees(printed.range()) {
        (Verdict::Consistent, format!("{claim}{words}, printed as {value}."))
    } else if agrees(printed.truncated()) {
        (Verdict::Suspicious, format!("{claim}{words}, printed as {value}: cut off rather than rounded."))
    } else {
        let certain = all[0].adjusted == Some(false) || exact.is_some();
        (study.flag(DIFFERENCE_VALUE, certain), format!("{claim}{words}, but {value} is printed."))
    };
    Some(Row::new(DIFFERENCE_VALUE, verdict, message).findings(all).reported(estimate).expected(expected))
}

/// Whether a difference is one of percentages: by its unit, or by the word "points" after it.
fn is_of_shares(study: &Study, estimate: &Quantity) -> bool {
    let share = matches!(estimate.unit, Some(Unit::Percent | Unit::Fraction));
    share || study.after(estimate.at, 20).is_none_or(|after| after.contains("point"))
}

/// A plain proportion with its total, in percent.
fn share(finding: &Finding) -> Option<f64> {
    let (x, n) = (whole(finding.events.as_ref()?)?, whole(finding.total.as_ref()?)?);
    (finding.measure == Measure::Proportion && x <= n && n > 0.0).then(|| 100.0 * x / n)
}

/// `difference.p_value`: the difference over its standard error gives the printed p.
pub fn p_value(study: &Study, sheet: &mut Sheet) {
    for print in study.prints() {
        let finding = print.lead();
        if finding.measure != Measure::Difference {
            continue;
        }
        let (Some(estimate), Some(interval), Some(p)) = (&finding.estimate, &finding.interval, study.p_of(finding))
        else {
            continue;
        };
        let Some(bracket) = Bracket::of(finding).filter(|b| b.is_ordered() && interval.kind == IntervalKind::Ci) else {
            continue;
        };
        if let Some(why) = study.why_not(DIFFERENCE_P_VALUE, &print.findings) {
            sheet.stop(DIFFERENCE_P_VALUE, &print.findings, why);
            continue;
        }
        let (low, high) = (bracket.limits.low.range(), bracket.limits.high.range());
        let width = high.minus(low);
        let off_middle = bracket.estimate.range().gap(low.plus(high).times(0.5)) / width.high.max(f64::MIN_POSITIVE);
        if off_middle > study.thresholds.symmetry.log_width_share {
            sheet.stop(DIFFERENCE_P_VALUE, &print.findings, "the interval is not symmetric about the estimate");
            continue;
        }
        let width = Range { low: width.low.max(0.0), high: width.high };
        let level = level(interval);
        let judged = judge(study, DIFFERENCE_P_VALUE, finding, p, z_range(bracket.estimate.range(), width, level));
        if judged.verdict == Verdict::NotCheckable {
            sheet.stop(DIFFERENCE_P_VALUE, &print.findings, NEAR_OTHER_TEST);
            continue;
        }
        let claim = format!(
            "The difference of {} ({} interval {}) gives p {}",
            phrase::printed(estimate),
            phrase::level(level),
            phrase::limits(interval),
            phrase::p_between(judged.recomputed.low, judged.recomputed.high)
        );
        let message = match judged.verdict {
            Verdict::Consistent => format!("{claim}, printed as {}.", p.text),
            _ => format!("{claim}, but {} is printed.", p.text),
        };
        let row = Row::new(DIFFERENCE_P_VALUE, judged.verdict, message).findings(&print.findings);
        sheet.push(row.reported_text(&p.text).expected(judged.recomputed).methods(judged.methods));
    }
}
