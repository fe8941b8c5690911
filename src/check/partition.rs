//! `partition.percent`: percentages that share out everyone add up to 100.

use crate::model::{Finding, Measure, Verdict};

use super::alike::{same_moment, same_people};
use super::catalogue::PARTITION_PERCENT;
use super::phrase;
use super::printed::Printed;
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::Study;

/// Judges every list of outcomes that leaves no one over, told in one sentence of one group.
pub fn check(study: &Study, sheet: &mut Sheet) {
    for partition in &study.thresholds.outcomes.partition {
        let Some(first) = partition.outcomes.first() else { continue };
        for start in study.findings().filter(|f| is_share_of(f, first)) {
            let beside = |id: &String| {
                let mut same = study.findings().filter(|f| is_share_of(f, id) && is_beside(f, start));
                same.next().filter(|_| same.next().is_none())
            };
            let parts: Option<Vec<&Finding>> = partition.outcomes.iter().map(beside).collect();
            if let Some(parts) = parts {
                row(study, sheet, &parts);
            }
        }
    }
}

fn is_share_of(finding: &Finding, id: &String) -> bool {
    finding.measure == Measure::Proportion && finding.outcome.id.as_ref() == Some(id)
}

fn is_beside(a: &Finding, b: &Finding) -> bool {
    a.sentence == b.sentence && same_people(a, b) && same_moment(a, b)
}

fn row(study: &Study, sheet: &mut Sheet, parts: &[&Finding]) {
    if let Some(why) = study.why_not(PARTITION_PERCENT, parts) {
        return sheet.stop(PARTITION_PERCENT, parts, why);
    }
    let shares = parts.iter().map(|f| f.estimate.as_ref().and_then(Printed::percent));
    let Some(shares) = shares.collect::<Option<Vec<Printed>>>() else { return };
    let sum = shares.iter().fold(Range::point(0.0), |sum, share| sum.plus(share.range()));
    let values: Vec<String> = parts.iter().filter_map(|f| f.estimate.as_ref()).map(phrase::printed).collect();
    let adds_up = sum.meets(Range::point(100.0));
    if !adds_up && !parts.iter().all(|f| study.is_firmly_bound(f)) {
        let why = "it is not certain that all numbers are of the same people";
        return sheet.stop(PARTITION_PERCENT, parts, why);
    }
    let total: f64 = shares.iter().map(|share| share.value).sum();
    let verdict = if adds_up { Verdict::Consistent } else { Verdict::Suspicious };
    let relation = if adds_up { "as" } else { "but not" };
    let message = format!(
        "{} ({}) add up to {total:.1}%, {relation} everyone would.",
        phrase::outcomes(parts),
        phrase::list(&values)
    );
    sheet.push(Row::new(PARTITION_PERCENT, verdict, message).findings(parts).expected(Range::point(100.0)));
}
