//! Intervals beside estimates: in order and on the scale, and not the same one twice.

use crate::model::{Finding, Interval, IntervalKind, Measure, Quantity, Unit, Verdict};

use super::catalogue::{INTERVAL_DUPLICATE, INTERVAL_ORDER};
use super::phrase;
use super::printed::{Limits, Printed};
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::{Print, Study};

/// An estimate and its limits in one unit.
#[derive(Debug, Clone, Copy)]
pub struct Bracket {
    /// The estimate.
    pub estimate: Printed,
    /// Its limits.
    pub limits: Limits,
}

impl Bracket {
    /// Estimate and limits of a finding, where both are printed and their units go together.
    pub fn of(finding: &Finding) -> Option<Self> {
        let (estimate, interval) = (finding.estimate.as_ref()?, finding.interval.as_ref()?);
        if is_share(estimate) {
            let limits = Limits::percent(interval, estimate)?;
            return Some(Self { estimate: Printed::percent(estimate)?, limits });
        }
        let of_other_unit = |limit: &Quantity| limit.unit.is_some() && limit.unit != estimate.unit;
        if interval.low.iter().chain(&interval.high).any(of_other_unit) {
            return None;
        }
        Some(Self { estimate: Printed::of(estimate), limits: Limits::of(interval)? })
    }

    /// Whether some choice of reals puts the estimate between the limits.
    pub fn is_ordered(self) -> bool {
        let (estimate, low, high) = (self.estimate.range(), self.limits.low.range(), self.limits.high.range());
        !high.is_below(low) && !estimate.is_below(low) && !high.is_below(estimate)
    }

    /// The same with the sign of the estimate turned: "fell by 3.5 (−6 to −1)".
    fn negated(self) -> Self {
        Self { estimate: self.estimate.negated(), ..self }
    }
}

fn is_share(estimate: &Quantity) -> bool {
    matches!(estimate.unit, Some(Unit::Percent | Unit::Fraction))
}

/// Measures that lie between 0 and 100 %.
fn has_percent_scale(measure: Measure) -> bool {
    matches!(measure, Measure::Proportion | Measure::SurvivalProbability | Measure::CumulativeIncidence)
}

/// Measures of one group over another that lie above 0.
pub fn is_ratio(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::HazardRatio
            | Measure::OddsRatio
            | Measure::RiskRatio
            | Measure::RateRatio
            | Measure::SubdistributionHazardRatio
    )
}

/// `interval.order`: the estimate lies between the limits, and both on the scale.
pub fn order(study: &Study, sheet: &mut Sheet) {
    for print in study.prints() {
        let finding = print.lead();
        let Some(interval) = &finding.interval else { continue };
        let of_median = matches!(finding.measure, Measure::Median) && interval.kind != IntervalKind::Ci;
        // A mean need not lie within the quartiles.
        if of_median || interval.kind == IntervalKind::Iqr {
            continue;
        }
        let Some(estimate) = &finding.estimate else { continue };
        if interval.low.is_none() || interval.high.is_none() {
            continue;
        }
        let Some(bracket) = Bracket::of(finding) else {
            sheet.stop(INTERVAL_ORDER, &print.findings, "estimate and limits are printed in different units");
            continue;
        };
        let stopped = study.why_not(INTERVAL_ORDER, &print.findings);
        if let Some(why) = stopped.or_else(|| not_of_it(study, finding, bracket, estimate, interval)) {
            sheet.stop(INTERVAL_ORDER, &print.findings, why);
            continue;
        }
        sheet.push(order_row(study, &print, bracket, estimate, interval));
    }
}

/// Why limits that do not go with an estimate may be those of something else.
fn not_of_it(
    study: &Study,
    finding: &Finding,
    bracket: Bracket,
    estimate: &Quantity,
    interval: &Interval,
) -> Option<String> {
    let share = has_percent_scale(finding.measure);
    let scale = Range { low: 0.0, high: 100.0 };
    let (low, high) = (bracket.limits.low.range(), bracket.limits.high.range());
    let on_scale = !share || (low.meets(scale) && high.meets(scale));
    if bracket.is_ordered() && on_scale {
        return None;
    }
    let why = if matches!(finding.measure, Measure::Other | Measure::Count) {
        "it is not clear what was measured"
    } else if share && bracket.estimate.range().high < 0.0 {
        "a negative percentage is a change"
    } else if share && estimate.unit != Some(Unit::Percent) {
        "the numbers may be those of a ratio"
    } else if !on_scale && !bracket.is_ordered() || share && study.may_be_of_difference(finding) {
        "the limits may be those of a difference"
    } else if low.high < 0.0
        && share
        && (finding.outcome.id.is_none() || study.cue_here(&study.thresholds.words.change_cues, finding).is_some())
    {
        "the percentage may be a change or a difference"
    } else if bracket.negated().is_ordered() && study.cue_here(&study.thresholds.words.change_cues, finding).is_some() {
        "the sign of a change is told in words"
    } else if share && interval.kind == IntervalKind::Range {
        "a percentage of people has no range"
    } else if !is_ratio(finding.measure) && (interval.level.is_none() || !study.is_called_ci(estimate, interval)) {
        "the limits are not called a confidence interval"
    } else if !study.is_beside(finding, estimate, interval) {
        "other words stand between the number and its limits"
    } else {
        return None;
    };
    Some(why.to_owned())
}

fn order_row(study: &Study, print: &Print, bracket: Bracket, estimate: &Quantity, interval: &Interval) -> Row {
    let finding = print.lead();
    let name = phrase::outcomes(&print.findings);
    let (value, printed_limits) = (phrase::printed(estimate), phrase::limits(interval));
    let (low, high) = (bracket.limits.low.range(), bracket.limits.high.range());
    let (verdict, message) = if high.is_below(low) {
        let certain = is_ratio(finding.measure) || has_percent_scale(finding.measure);
        let turned = Bracket { limits: Limits { low: bracket.limits.high, high: bracket.limits.low }, ..bracket };
        let swapped = if turned.is_ordered() { " (exchanged, they would hold it)" } else { "" };
        let told =
            format!("{name}: of the limits beside {value}, {printed_limits}, the lower is above the upper{swapped}.");
        (study.flag(INTERVAL_ORDER, certain), told)
    } else if !bracket.is_ordered() {
        let lost_sign = bracket.negated().is_ordered() && !is_ratio(finding.measure);
        let side = if high.is_below(bracket.estimate.range()) { "above" } else { "below" };
        let told = format!("{name}: {value} lies {side} both of its limits, {printed_limits}.");
        (study.flag(INTERVAL_ORDER, !lost_sign), told)
    } else if let Some((verdict, reason)) = off_scale(study, finding, bracket) {
        (verdict, format!("{name}: {value} has the limits {printed_limits}, but {reason}."))
    } else {
        (Verdict::Consistent, format!("{name}: {value} lies between its limits, {printed_limits}."))
    };
    let cause = if high.is_below(low) {
        Some("exchanging the limits")
    } else {
        (!bracket.is_ordered()).then_some("limits on another scale")
    };
    Row::new(INTERVAL_ORDER, verdict, message)
        .explained(cause.map(str::to_owned), format!("{value}, {printed_limits}"))
        .findings(&print.findings)
        .reported_limits(interval)
        .expected(Range { low: low.low, high: high.high })
}

/// A limit that the measure cannot have.
fn off_scale(study: &Study, finding: &Finding, bracket: Bracket) -> Option<(Verdict, &'static str)> {
    let (low, high) = (bracket.limits.low.range(), bracket.limits.high.range());
    if is_ratio(finding.measure) && low.high < 0.0 {
        return Some((study.flag(INTERVAL_ORDER, true), "a ratio cannot be negative"));
    }
    let whole = Range { low: 0.0, high: 100.0 };
    if !has_percent_scale(finding.measure) || (low.meets(whole) && high.meets(whole)) {
        return None;
    }
    let estimate = bracket.estimate.range();
    let symmetric = estimate.minus(low).meets(high.minus(estimate));
    // Below 0 may lie an efficacy or a difference, which are no shares.
    let known = finding.outcome.id.is_some() && low.high >= 0.0;
    let verdict = if symmetric { Verdict::Suspicious } else { study.flag(INTERVAL_ORDER, known) };
    Some((verdict, "a percentage of people lies between 0 and 100%"))
}

/// `interval.duplicate`: the same limits twice beside different estimates of different things.
pub fn duplicate(study: &Study, sheet: &mut Sheet) {
    let prints = study.prints();
    let closed: Vec<(&Print, &Interval)> =
        prints.iter().filter_map(|print| Some((print, closed_interval(print.lead())?))).collect();
    for (i, (print, interval)) in closed.iter().enumerate() {
        let twins = closed[i + 1..].iter().filter(|(_, other)| same_limits(interval, other));
        for (twin, _) in twins {
            sheet_twins(study, sheet, print, twin, interval);
        }
    }
}

fn sheet_twins(study: &Study, sheet: &mut Sheet, print: &Print, twin: &Print, interval: &Interval) {
    let (a, b) = (print.lead(), twin.lead());
    let (Some(one), Some(other)) = (&a.estimate, &b.estimate) else { return };
    let same_number = Printed::percent(one)
        .zip(Printed::percent(other))
        .is_none_or(|(one, other)| (one.value - other.value).abs() < 1e-9);
    let one_place = a.interval.as_ref().map(|i| i.at) == b.interval.as_ref().map(|i| i.at);
    let one_thing = super::alike::same_outcome(a, b) && a.group == b.group;
    if same_number || one_place || one_thing {
        return;
    }
    let both: Vec<&Finding> = print.findings.iter().chain(&twin.findings).copied().collect();
    if let Some(why) = study.why_not(INTERVAL_DUPLICATE, &both) {
        return sheet.stop(INTERVAL_DUPLICATE, &both, why);
    }
    let message = format!(
        "The same interval, {}, stands beside {} ({}) and beside {} ({}).",
        phrase::limits(interval),
        phrase::printed(one),
        phrase::outcomes(&print.findings),
        phrase::printed(other),
        phrase::outcomes(&twin.findings)
    );
    sheet.push(Row::new(INTERVAL_DUPLICATE, Verdict::Suspicious, message).findings(&both).reported_limits(interval));
}

/// The confidence interval of a percentage, if both limits are printed and neither is at the edge.
fn closed_interval(finding: &Finding) -> Option<&Interval> {
    let interval = finding.interval.as_ref()?;
    let ci = matches!(interval.kind, IntervalKind::Ci | IntervalKind::Credible);
    if !ci || !has_percent_scale(finding.measure) {
        return None;
    }
    let limits = Limits::percent(interval, finding.estimate.as_ref()?)?;
    let inside = |limit: Printed| !limit.is_bound() && limit.value > 0.0 && limit.value < 100.0;
    (inside(limits.low) && inside(limits.high)).then_some(interval)
}

fn same_limits(a: &Interval, b: &Interval) -> bool {
    let same = |a: &Option<Quantity>, b: &Option<Quantity>| match (a, b) {
        (Some(a), Some(b)) => a.decimals == b.decimals && (a.value - b.value).abs() < 1e-9,
        _ => false,
    };
    same(&a.low, &b.low) && same(&a.high, &b.high)
}
