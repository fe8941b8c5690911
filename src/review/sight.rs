//! What a reviewer had before the eyes when deciding.

use serde_variant::to_variant_name;

use crate::model::{Finding, Quantity, Record};

/// The slots of a finding as printed, in a fixed order: two findings that read alike give the same words.
pub fn sight(record: &Record, finding: &Finding) -> String {
    let group = |id: Option<crate::model::GroupId>| id.map(|id| record.groups[id.index()].label.as_str());
    let number = |quantity: &Option<Quantity>| quantity.as_ref().map(|quantity| quantity.text.clone());
    let measure = to_variant_name(&finding.measure).ok();
    let status = to_variant_name(&finding.status).ok();
    let limits = finding.interval.as_ref().map(|interval| {
        let limit = |limit: &Option<Quantity>| number(limit).unwrap_or_else(|| "NR".to_owned());
        format!("{} to {}", limit(&interval.low), limit(&interval.high))
    });
    let slots = [
        ("outcome", Some(finding.outcome.id.clone().unwrap_or_else(|| finding.outcome.text.clone()))),
        ("measure", measure.map(str::to_owned)),
        ("group", group(finding.group).map(str::to_owned)),
        ("comparator", group(finding.comparator).map(str::to_owned)),
        ("events", number(&finding.events)),
        ("total", number(&finding.total)),
        ("estimate", number(&finding.estimate)),
        ("interval", limits),
        ("p", finding.p.as_ref().map(|p| p.text.clone())),
        ("time", finding.time.as_ref().map(|time| time.text.clone())),
        ("grade", finding.grade.as_ref().map(|grade| grade.text.clone())),
        ("status", status.filter(|status| *status != "reported").map(str::to_owned)),
    ];
    let said = slots.into_iter().filter_map(|(slot, words)| words.map(|words| format!("{slot}: {words}")));
    said.collect::<Vec<_>>().join("; ")
}
