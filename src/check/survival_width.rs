//! `survival.ci_width`: the interval of a survival probability is not narrower than its number of people allows.
//!
//! The trick is a bound: without censoring the variance is binomial, and censoring only takes information away, so the
//! narrowest interval that any method makes of n people cannot be undercut.

use crate::model::{Finding, Interval, IntervalKind, Measure, Quantity, Verdict};

use super::catalogue::SURVIVAL_CI_WIDTH;
use super::interval::Bracket;
use super::methods::{SurvivalTransform, critical, wilson};
use super::phrase;
use super::printed::level;
use super::proportion::size_words;
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::{Print, Size, SizeSource, Study};

/// A survival probability with its interval and people.
struct Case<'a> {
    finding: &'a Finding,
    estimate: &'a Quantity,
    interval: &'a Interval,
    bracket: Bracket,
    size: Size,
    z: f64,
}

/// Judges every survival probability with an interval.
pub fn check(study: &Study, sheet: &mut Sheet) {
    for print in study.prints() {
        let finding = print.lead();
        if finding.measure != Measure::SurvivalProbability {
            continue;
        }
        let (Some(estimate), Some(interval)) = (&finding.estimate, &finding.interval) else { continue };
        let Some(bracket) = Bracket::of(finding).filter(|bracket| bracket.is_ordered()) else { continue };
        if interval.kind != IntervalKind::Ci {
            continue;
        }
        if let Some(why) = study.why_not(SURVIVAL_CI_WIDTH, &print.findings) {
            sheet.stop(SURVIVAL_CI_WIDTH, &print.findings, why);
            continue;
        }
        if !study.is_beside(finding, estimate, interval) {
            sheet.stop(SURVIVAL_CI_WIDTH, &print.findings, "the interval does not stand beside the percentage");
            continue;
        }
        let size = match study.size(finding) {
            Ok(size) => size,
            Err(why) => {
                sheet.stop(SURVIVAL_CI_WIDTH, &print.findings, why);
                continue;
            }
        };
        let z = critical(level(interval));
        let case = Case { finding, estimate, interval, bracket, size, z };
        match larger_size(study, &case) {
            Some(m) if size.source == SizeSource::Inherited => {
                let why = format!("{} people, also given, could have it: the group may be another", phrase::count(m));
                sheet.stop(SURVIVAL_CI_WIDTH, &print.findings, why);
            }
            _ => sheet.push(width_row(study, &print, &case)),
        }
    }
}

/// A larger number of people, also given, that a too narrow interval could come from.
fn larger_size(study: &Study, case: &Case) -> Option<f64> {
    let widest = case.bracket.limits.high.range().high - case.bracket.limits.low.range().low;
    let too_narrow = widest < within(case, case.size.n) - 1e-9;
    study.sizes().filter(|m| too_narrow && *m > case.size.n).find(|m| within(case, *m) <= widest)
}

fn width_row(study: &Study, print: &Print, case: &Case) -> Row {
    let (low, high) = (case.bracket.limits.low.range(), case.bracket.limits.high.range());
    let widest = high.high - low.low;
    let n = case.size.n;
    let narrowest = narrowest(case, n);
    let limits = |range: Range| {
        format!(
            "{} to {}",
            phrase::percent(range.low, case.estimate).replace('%', ""),
            phrase::percent(range.high, case.estimate)
        )
    };
    let claim = format!(
        "The {} interval of {} ({}) is printed as {}",
        phrase::level(level(case.interval)),
        phrase::outcomes(&print.findings),
        phrase::printed(case.estimate),
        phrase::limits(case.interval)
    );
    let people = size_words(study, case.finding, case.size);
    let bound =
        format!("a group of {people} with nobody lost to follow-up gives at the narrowest {}", limits(narrowest));
    let (verdict, message) = if widest < narrowest.high - narrowest.low - 1e-9 {
        let sure_size = case.size.source != SizeSource::Inherited;
        let certain = sure_size && case.interval.level.is_some() && study.is_firmly_bound(case.finding);
        let others = larger_size(study, case)
            .map_or(String::new(), |m| format!("; {} people, a size also given, could", phrase::count(m)));
        (study.flag(SURVIVAL_CI_WIDTH, certain), format!("{claim}; {bound}, and censoring only widens it{others}."))
    } else {
        (Verdict::Consistent, format!("{claim}; {bound}."))
    };
    let row = Row::new(SURVIVAL_CI_WIDTH, verdict, message).findings(&print.findings);
    row.reported_limits(case.interval).expected(narrowest).methods(uncensored(case))
}

/// The narrowest interval that `n` people can give, in percent.
fn narrowest(case: &Case, n: f64) -> Range {
    let estimate = case.bracket.estimate.range().map(|end| end.clamp(0.0, 100.0) / 100.0);
    let narrower = |a: Range, b: Range| if b.high - b.low < a.high - a.low { b } else { a };
    // The width falls towards both edges, so it is least at an end of the printed range.
    [estimate.low, estimate.high]
        .map(|s| narrowest_at(s, n, case.z))
        .into_iter()
        .fold(Range::between(0.0, 100.0), narrower)
}

fn within(case: &Case, n: f64) -> f64 {
    let range = narrowest(case, n);
    range.high - range.low
}

fn narrowest_at(s: f64, n: f64, z: f64) -> Range {
    if s <= 0.0 || s >= 1.0 {
        return Range::point(s * 100.0);
    }
    let standard_error = (s * (1.0 - s) / n).sqrt();
    let by_scale = SurvivalTransform::ALL.into_iter().map(|transform| transform.limits(s, standard_error, z));
    let narrower = |a: Range, b: Range| if b.high - b.low < a.high - a.low { b } else { a };
    by_scale.fold(wilson(s * n, n, z), narrower).times(100.0)
}

/// The scales on which the printed limits are those of a curve without censoring.
fn uncensored(case: &Case) -> Vec<&'static str> {
    let estimate = case.bracket.estimate.range().map(|end| end / 100.0);
    if estimate.low <= 0.0 || estimate.high >= 1.0 {
        return Vec::new();
    }
    let at = |transform: SurvivalTransform, s: f64| {
        transform.limits(s, (s * (1.0 - s) / case.size.n).sqrt(), case.z).times(100.0)
    };
    let agrees = |transform: &SurvivalTransform| {
        let (a, b) = (at(*transform, estimate.low), at(*transform, estimate.high));
        let limits = case.bracket.limits;
        Range::between(a.low, b.low).meets(limits.low.range())
            && Range::between(a.high, b.high).meets(limits.high.range())
    };
    SurvivalTransform::ALL.into_iter().filter(agrees).map(SurvivalTransform::name).collect()
}
