//! `restatement.match`: a number told again, in conclusions or title, says the same.

use crate::model::{Finding, Interval, Quantity, Verdict};

use super::alike::in_common_unit;
use super::catalogue::RESTATEMENT_MATCH;
use super::phrase;
use super::sheet::{Row, Sheet};
use super::study::Study;

/// Judges every finding that states another one again.
pub fn check(study: &Study, sheet: &mut Sheet) {
    for again in &study.record.findings {
        let Some(first) = again.repeats.and_then(|id| study.record.findings.get(id.index())) else {
            continue;
        };
        let pair = [first, again];
        let numbers = pairs(first, again);
        if numbers.is_empty() {
            sheet.stop(RESTATEMENT_MATCH, &pair, "it is told again without a number of the same kind");
            continue;
        }
        let differs =
            |(a, b): &&(&Quantity, &Quantity)| in_common_unit(a, b).is_some_and(|(x, y)| !x.range().meets(y.range()));
        let shown = numbers.iter().find(differs);
        if shown.is_some() && again.group.is_some() && first.group.is_some() && again.group != first.group {
            sheet.stop(RESTATEMENT_MATCH, &pair, "it is told again of another group");
            continue;
        }
        let (a, b) = shown.unwrap_or(&numbers[0]);
        let name = phrase::outcome(first);
        let (verdict, message) = match shown {
            Some(_) => {
                let told =
                    format!("{name} is {} at first and {} when told again.", phrase::printed(a), phrase::printed(b));
                (Verdict::Suspicious, told)
            }
            None => (Verdict::Consistent, format!("{name} is {} both times.", phrase::printed(a))),
        };
        sheet.push(Row::new(RESTATEMENT_MATCH, verdict, message).findings(&pair).reported(b));
    }
}

/// Numbers of the same kind that both findings print.
fn pairs<'a>(first: &'a Finding, again: &'a Finding) -> Vec<(&'a Quantity, &'a Quantity)> {
    let limit = |interval: &'a Option<Interval>, pick: fn(&'a Interval) -> Option<&'a Quantity>| {
        interval.as_ref().and_then(pick)
    };
    let low = |f: &'a Finding| limit(&f.interval, |interval| interval.low.as_ref());
    let high = |f: &'a Finding| limit(&f.interval, |interval| interval.high.as_ref());
    let all = [
        (first.estimate.as_ref(), again.estimate.as_ref()),
        (first.events.as_ref(), again.events.as_ref()),
        (low(first), low(again)),
        (high(first), high(again)),
    ];
    all.into_iter().filter_map(|(a, b)| a.zip(b)).collect()
}
