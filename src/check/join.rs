//! A count and the percentage that says it again right after: "34 of 43 adults, a rate of 79% (95% CI …)".
//!
//! The extractor may keep them as two findings; a check needs the events of the percentage. Only words that join the two
//! may stand between.

use crate::model::{Finding, Measure, Quantity, Record};
use crate::rules::Thresholds;

use super::passage::Passages;
use super::study::Study;
use super::wording::tokens;

/// The record with such percentages completed; none where it has none.
pub fn joined(record: &Record, thresholds: &Thresholds, passages: &Passages) -> Option<Record> {
    let study = Study { record, thresholds, passages };
    let pairs: Vec<(usize, usize)> = record
        .findings
        .iter()
        .enumerate()
        .filter(|(_, share)| is_bare_share(share))
        .filter_map(|(i, share)| Some((i, record.findings.iter().position(|count| says_again(&study, count, share))?)))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let mut complete = record.clone();
    for (share, count) in pairs {
        let counted = &record.findings[count];
        let finding = &mut complete.findings[share];
        finding.events.clone_from(&counted.events);
        finding.total.clone_from(&counted.total);
    }
    Some(complete)
}

fn is_bare_share(finding: &Finding) -> bool {
    finding.measure == Measure::Proportion && finding.estimate.is_some() && finding.events.is_none()
}

fn says_again(study: &Study, count: &Finding, share: &Finding) -> bool {
    let (Some(_), Some(total), Some(estimate)) = (&count.events, &count.total, &share.estimate) else { return false };
    count.estimate.is_none() && count.sentence == share.sentence && is_joined(study, total, estimate)
}

fn is_joined(study: &Study, total: &Quantity, estimate: &Quantity) -> bool {
    if total.at.field != estimate.at.field || estimate.at.start < total.at.end || estimate.at.start - total.at.end > 40
    {
        return false;
    }
    let Some(between) = study.between(total.at, estimate.at) else { return false };
    let words = &study.thresholds.words;
    tokens(&between).iter().all(|token| words.again.contains(token) || words.people.contains(token))
}
