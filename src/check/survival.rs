//! Survival probabilities against one another: a composite never above overall survival, a curve that never rises.

use crate::model::{Finding, Measure, Verdict};

use super::alike::{days_at, same_outcome, same_people, same_print, same_scope, same_time};
use super::catalogue::{SURVIVAL_MONOTONE, SURVIVAL_ORDER};
use super::phrase;
use super::printed::Printed;
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::{Study, is_among};

/// Why numbers that disagree are not called wrong.
const NOT_FIRM: &str = "it is not certain that both numbers are of the same people";

/// `survival.order`: event-free and progression-free survival do not exceed overall survival, and what competes does
/// not exceed the whole.
pub fn order(study: &Study, sheet: &mut Sheet) {
    let lists = &study.thresholds.outcomes;
    let survivals: Vec<&Finding> = study.findings().filter(|f| survival_share(study, f).is_some()).collect();
    let overall = survivals.iter().filter(|f| is_among(&lists.overall_survival, f));
    for whole in overall {
        for part in &survivals {
            let same_origin = is_among(&lists.composite_survival, part);
            if !same_origin && !is_among(&lists.survival_from_remission, part) {
                continue;
            }
            if same_people(part, whole) && same_time(part, whole) && !same_print(part, whole) {
                order_row(study, sheet, part, whole, same_origin);
            }
        }
    }
    competing(study, sheet, &survivals);
}

fn order_row(study: &Study, sheet: &mut Sheet, part: &Finding, whole: &Finding, same_origin: bool) {
    let pair = [part, whole];
    if let Some(why) = study.why_not(SURVIVAL_ORDER, &pair) {
        return sheet.stop(SURVIVAL_ORDER, &pair, why);
    }
    let (Some(of_part), Some(of_whole)) = (survival_share(study, part), survival_share(study, whole)) else {
        return;
    };
    let (Some(part_printed), Some(whole_printed)) = (&part.estimate, &whole.estimate) else { return };
    let (a, b) = (phrase::outcome(part), phrase::outcome(whole));
    let (a_value, b_value) = (phrase::printed(part_printed), phrase::printed(whole_printed));
    let exceeds = of_whole.range().is_below(of_part.range());
    if exceeds && !(study.is_firmly_bound(part) && study.is_firmly_bound(whole)) {
        return sheet.stop(SURVIVAL_ORDER, &pair, NOT_FIRM);
    }
    let (verdict, message) = if exceeds {
        let told = format!("{a} of {a_value} is higher than {b} of {b_value} in the same people at the same time");
        let tail =
            if same_origin { "." } else { ", which is possible only if they are not counted from the same start." };
        (study.flag(SURVIVAL_ORDER, same_origin), format!("{told}{tail}"))
    } else {
        (Verdict::Consistent, format!("{a} of {a_value} does not exceed {b} of {b_value}."))
    };
    let row = Row::new(SURVIVAL_ORDER, verdict, message).findings(&pair).reported(part_printed);
    sheet.push(row.expected(Range { low: 0.0, high: of_whole.range().high }));
}

/// Relapse, death without relapse and survival free of both share out 100 %.
fn competing(study: &Study, sheet: &mut Sheet, survivals: &[&Finding]) {
    let lists = &study.thresholds.outcomes;
    for free in survivals.iter().filter(|f| is_among(&lists.survival_from_remission, f)) {
        let with = |id: &String| {
            study.findings().find(|f| {
                f.outcome.id.as_ref() == Some(id)
                    && f.measure == Measure::CumulativeIncidence
                    && same_people(f, free)
                    && same_time(f, free)
            })
        };
        let rivals: Vec<&Finding> = lists.competing.iter().filter_map(with).collect();
        if rivals.len() < 2 || rivals.len() < lists.competing.len() {
            continue;
        }
        let all: Vec<&Finding> = rivals.into_iter().chain([*free]).collect();
        competing_row(study, sheet, &all);
    }
}

fn competing_row(study: &Study, sheet: &mut Sheet, all: &[&Finding]) {
    if let Some(why) = study.why_not(SURVIVAL_ORDER, all) {
        return sheet.stop(SURVIVAL_ORDER, all, why);
    }
    let shares = all.iter().map(|f| f.estimate.as_ref().and_then(Printed::percent));
    let Some(shares) = shares.collect::<Option<Vec<Printed>>>() else { return };
    let sum = shares.iter().fold(Range::point(0.0), |sum, share| sum.plus(share.range()));
    let values: Vec<String> = all.iter().filter_map(|f| f.estimate.as_ref()).map(phrase::printed).collect();
    let over = Range::point(100.0).is_below(sum);
    if over && !all.iter().all(|f| study.is_firmly_bound(f)) {
        return sheet.stop(SURVIVAL_ORDER, all, NOT_FIRM);
    }
    let verdict = if over { Verdict::Suspicious } else { Verdict::Consistent };
    let told = if over { "more than 100%" } else { "no more than 100%" };
    let message = format!("{} are {} and add up to {told}.", phrase::outcomes(all), phrase::list(&values));
    sheet.push(Row::new(SURVIVAL_ORDER, verdict, message).findings(all).expected(sum));
}

/// `survival.monotone`: survival never rises with time, incidence never falls.
pub fn monotone(study: &Study, sheet: &mut Sheet) {
    let mut timed: Vec<(f64, &Finding)> = study.findings().filter_map(|f| Some((curve_time(study, f)?, f))).collect();
    timed.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (i, (early, first)) in timed.iter().enumerate() {
        let on_curve = |f: &Finding| f.measure == first.measure && same_outcome(f, first) && same_scope(f, first);
        let mut later = timed[i + 1..].iter().filter(|(late, f)| *late > early * 1.01 && on_curve(f));
        if let Some((_, next)) = later.next() {
            monotone_row(study, sheet, first, next);
        }
    }
}

fn curve_time(study: &Study, finding: &Finding) -> Option<f64> {
    let on_curve = finding.measure == Measure::CumulativeIncidence || survival_share(study, finding).is_some();
    finding.outcome.id.as_ref().filter(|_| on_curve)?;
    days_at(finding.time.as_ref()?)
}

fn monotone_row(study: &Study, sheet: &mut Sheet, early: &Finding, late: &Finding) {
    let pair = [early, late];
    let (Some(first), Some(last)) = (&early.estimate, &late.estimate) else { return };
    let (Some(before), Some(after)) = (Printed::percent(first), Printed::percent(last)) else { return };
    if let Some(why) = study.why_not(SURVIVAL_MONOTONE, &pair) {
        return sheet.stop(SURVIVAL_MONOTONE, &pair, why);
    }
    let rises_with_time = early.measure == Measure::CumulativeIncidence;
    let against =
        if rises_with_time { after.range().is_below(before.range()) } else { before.range().is_below(after.range()) };
    if against && !(study.is_firmly_bound(early) && study.is_firmly_bound(late)) {
        return sheet.stop(SURVIVAL_MONOTONE, &pair, NOT_FIRM);
    }
    let told = format!(
        "{} is {} at {} and {} at {}",
        phrase::outcome(early),
        phrase::printed(first),
        when(early),
        phrase::printed(last),
        when(late)
    );
    let (verdict, message) = if against {
        let rule = if rises_with_time { "an incidence cannot fall" } else { "survival cannot rise" };
        (study.flag(SURVIVAL_MONOTONE, true), format!("{told}, but {rule} with time."))
    } else {
        (Verdict::Consistent, format!("{told}."))
    };
    sheet.push(Row::new(SURVIVAL_MONOTONE, verdict, message).findings(&pair).reported(last));
}

fn when(finding: &Finding) -> String {
    finding.time.as_ref().map_or(String::new(), |time| time.text.clone())
}

/// The share of people alive and free of the event, where that is what a finding says.
fn survival_share(study: &Study, finding: &Finding) -> Option<Printed> {
    let named = is_among(&study.thresholds.outcomes.higher_is_fewer_events, finding);
    let share = finding.measure == Measure::SurvivalProbability || (finding.measure == Measure::Proportion && named);
    finding.estimate.as_ref().filter(|_| share).and_then(Printed::percent)
}
