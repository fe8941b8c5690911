//! `interval.symmetry`: a ratio's interval made on the log scale has its estimate at the geometric middle.

use crate::model::{Finding, IntervalKind, Measure, Verdict};

use super::alike::same_outcome;
use super::catalogue::INTERVAL_SYMMETRY;
use super::interval::{Bracket, is_ratio};
use super::phrase;
use super::printed::whole;
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::{Study, group_size};

/// Where the estimate of a ratio lies within its interval, on the log scale.
#[derive(Debug, Clone, Copy)]
pub struct LogBracket {
    /// Logarithm of the estimate.
    pub estimate: Range,
    /// Logarithm of the lower limit.
    pub low: Range,
    /// Logarithm of the upper limit.
    pub high: Range,
}

impl LogBracket {
    /// Logarithms of a bracket; a limit that may be 0 is open downwards.
    pub fn of(bracket: Bracket) -> Self {
        let ln = |range: Range| range.map(|end| end.max(0.0).ln());
        Self {
            estimate: ln(bracket.estimate.range()),
            low: ln(bracket.limits.low.range()),
            high: ln(bracket.limits.high.range()),
        }
    }

    /// Width of the interval.
    pub fn width(self) -> Range {
        let width = self.high.minus(self.low);
        Range { low: width.low.max(0.0), high: width.high }
    }

    /// Share of the width by which the estimate lies off the middle, at the least; 0 where it may be there.
    pub fn off_middle(self) -> f64 {
        let middle = self.low.plus(self.high).times(0.5);
        let gap = self.estimate.gap(middle);
        if gap > 0.0 { gap / self.width().high } else { 0.0 }
    }
}

/// Judges every ratio with an interval.
pub fn check(study: &Study, sheet: &mut Sheet) {
    for print in study.prints() {
        let finding = print.lead();
        let Some(interval) = finding.interval.as_ref().filter(|_| is_ratio(finding.measure)) else {
            continue;
        };
        // An estimate outside its limits is for interval.order to say.
        let Some(bracket) = Bracket::of(finding).filter(|bracket| bracket.is_ordered()) else { continue };
        if let Err(why) = expected_symmetric(study, finding) {
            sheet.stop(INTERVAL_SYMMETRY, &print.findings, why);
            continue;
        }
        let logs = LogBracket::of(bracket);
        let off = logs.off_middle();
        let middle = logs.low.plus(logs.high).times(0.5).map(f64::exp);
        let verdict = match off {
            0.0 => Verdict::Consistent,
            _ => study.flag(INTERVAL_SYMMETRY, off > study.thresholds.symmetry.log_width_share),
        };
        let Some(estimate) = &finding.estimate else { continue };
        let message = format!(
            "The {} of {} has the limits {}, whose geometric middle is {} to {}, printed as {}.",
            phrase::ratio(finding.measure),
            phrase::outcomes(&print.findings),
            phrase::limits(interval),
            phrase::finer(middle.low, estimate),
            phrase::finer(middle.high, estimate),
            phrase::printed(estimate),
        );
        let row = Row::new(INTERVAL_SYMMETRY, verdict, message).findings(&print.findings);
        sheet.push(row.reported(estimate).expected(middle));
    }
}

/// Whether the interval of a finding can be expected to be symmetric on the log scale.
fn expected_symmetric(study: &Study, finding: &Finding) -> Result<(), String> {
    if let Some(why) = study.why_not(INTERVAL_SYMMETRY, &[finding]) {
        return Err(why);
    }
    if finding.interval.as_ref().is_some_and(|interval| interval.kind != IntervalKind::Ci) {
        return Err("the interval is no confidence interval".to_owned());
    }
    let few = study.thresholds.symmetry.few_events;
    if study.findings().any(|other| is_sparse_arm(study, finding, other, few)) {
        return Err(format!("an arm has fewer than {few} events"));
    }
    Ok(())
}

/// Whether another finding shows that an arm of this ratio has few events, or few people without one for odds.
fn is_sparse_arm(study: &Study, ratio: &Finding, other: &Finding, few: f64) -> bool {
    let in_arm = other.group.is_some() && (other.group == ratio.group || other.group == ratio.comparator);
    if !in_arm || !same_outcome(ratio, other) {
        return false;
    }
    let Some(events) = other.events.as_ref().and_then(whole) else { return false };
    let total = other.total.as_ref().and_then(whole);
    let people = total.or_else(|| group_size(study.group(other.group?)?));
    let spared = people.map_or(f64::INFINITY, |n| n - events);
    events < few || (ratio.measure == Measure::OddsRatio && spared < few)
}
