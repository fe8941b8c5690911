//! `follow_up.horizon`: nothing is estimated at a time that nobody has reached.

use crate::model::{Finding, GroupKind, IntervalKind, Measure, Verdict};

use super::alike::{days_at, days_in};
use super::catalogue::FOLLOW_UP_HORIZON;
use super::phrase;
use super::printed::Printed;
use super::sheet::{Row, Sheet};
use super::study::Study;

/// The outcome under which follow-up is recorded.
const FOLLOW_UP: &str = "follow_up";
/// A time point is round: five years are reached with four years and eleven months.
const ROUNDNESS: f64 = 0.02;

/// Judges the latest estimate against the longest follow-up of its people.
pub fn check(study: &Study, sheet: &mut Sheet) {
    for follow_up in study.findings().filter(|f| f.outcome.id.as_deref() == Some(FOLLOW_UP)) {
        let Some(longest) = longest_days(follow_up) else { continue };
        let of_whole = follow_up.group.and_then(|id| study.group(id)).is_some_and(|g| g.kind == GroupKind::All);
        let over_time = |f: &&Finding| matches!(f.measure, Measure::SurvivalProbability | Measure::CumulativeIncidence);
        let reached = study.findings().filter(over_time).filter(|f| of_whole || f.group == follow_up.group);
        let timed = reached.filter_map(|f| Some((days_at(f.time.as_ref()?)?, f)));
        let Some((days, latest)) = timed.max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
        let pair = [follow_up, latest];
        if let Some(why) = study.why_not(FOLLOW_UP_HORIZON, &pair) {
            sheet.stop(FOLLOW_UP_HORIZON, &pair, why);
            continue;
        }
        let (Some(time), Some(interval)) = (&latest.time, &follow_up.interval) else { continue };
        let beyond = days * (1.0 - ROUNDNESS) > longest;
        let verdict = if beyond { Verdict::Suspicious } else { Verdict::Consistent };
        let relation = if beyond { "beyond" } else { "within" };
        let unit = follow_up.estimate.as_ref().and_then(|estimate| estimate.unit.as_ref());
        let units = unit.map_or(String::new(), |unit| format!(" {}s", unit.as_str()));
        let message = format!(
            "{} is given at {}, {relation} a follow-up of {}{units}.",
            phrase::outcome(latest),
            time.text,
            phrase::limits(interval)
        );
        sheet.push(Row::new(FOLLOW_UP_HORIZON, verdict, message).findings(&pair).reported_text(&time.text));
    }
}

/// The longest follow-up that the printed range allows, in days.
fn longest_days(finding: &Finding) -> Option<f64> {
    let interval = finding.interval.as_ref().filter(|interval| interval.kind == IntervalKind::Range)?;
    let high = interval.high.as_ref()?;
    let unit = high.unit.as_ref().or(finding.estimate.as_ref()?.unit.as_ref())?;
    Some(Printed::of(high).range().high * days_in(unit)?)
}
