//! Slots set by hand: what a reviewer typed becomes part of a finding.
//!
//! A typed number points at the same words in the evidence where they stand there, else at the whole of it. All of a
//! decision is done or nothing.

use std::collections::BTreeMap;

use crate::model::{
    Change, Finding, Grade, Group, GroupId, GroupKind, Interval, IntervalKind, Measure, Op, Outcome, PValue, Quantity,
    Record, Span, Status, TimePoint, Unit,
};
use crate::rules::RulePack;

use super::decision::Slot;
use super::{place, typed};

const USUAL_LEVEL: f64 = 95.0;

/// Sets slots of a finding of `record`; groups that are not in the record yet are added to it.
///
/// # Errors
/// The slot that cannot be understood, in words; then nothing is changed.
pub fn amend(
    record: &mut Record,
    finding: &mut Finding,
    set: &BTreeMap<Slot, String>,
    pack: &RulePack,
) -> Result<Vec<Change>, String> {
    let mut amended = finding.clone();
    let before: Vec<Change> =
        set.keys().map(|&slot| Change { slot: slot.name().to_owned(), was: printed(record, finding, slot) }).collect();
    for (&slot, words) in set {
        let words = words.trim();
        if fill(record, &mut amended, slot, words, pack).is_none() {
            return Err(format!("“{words}” is no {}", slot.name()));
        }
    }
    // Last, because they alone change the record.
    regroup(record, &mut amended, set)?;
    if let Some(label) = set.get(&Slot::Comparator) {
        amended.comparator = called(record, label.trim(), None, finding.at);
    }
    if amended.estimate.is_some() || amended.events.is_some() {
        amended.status = Status::Reported;
    }
    *finding = amended;
    Ok(before)
}

/// What stands in a slot, as printed.
fn printed(record: &Record, finding: &Finding, slot: Slot) -> Option<String> {
    let group = |id: Option<GroupId>| id.map(|id| &record.groups[id.index()]);
    let text = |quantity: &Quantity| quantity.text.clone();
    match slot {
        Slot::Outcome => Some(finding.outcome.id.clone().unwrap_or_else(|| finding.outcome.text.clone())),
        Slot::Measure => serde_variant::to_variant_name(&finding.measure).ok().map(str::to_owned),
        Slot::Group => group(finding.group).map(|group| group.label.clone()),
        Slot::GroupN => group(finding.group).and_then(|group| group.n.as_ref()).map(text),
        Slot::Comparator => group(finding.comparator).map(|group| group.label.clone()),
        Slot::Estimate => finding.estimate.as_ref().map(text),
        Slot::Events => finding.events.as_ref().map(text),
        Slot::Total => finding.total.as_ref().map(text),
        Slot::Interval => finding.interval.as_ref().map(|interval| {
            let limit = |limit: &Option<Quantity>| limit.as_ref().map_or_else(|| "NR".to_owned(), text);
            format!("{} to {}", limit(&interval.low), limit(&interval.high))
        }),
        Slot::P => finding.p.as_ref().map(|p| p.text.clone()),
        Slot::Time => finding.time.as_ref().map(|time| time.text.clone()),
        Slot::Grade => finding.grade.as_ref().map(|grade| grade.text.clone()),
    }
}

/// Puts typed words into a slot; none where they are not of its kind. Groups come later.
fn fill(record: &Record, finding: &mut Finding, slot: Slot, words: &str, pack: &RulePack) -> Option<()> {
    let at = place::of_words(&record.reference, finding.at, words);
    let quantity = || typed::quantity(words, at);
    match slot {
        Slot::Group | Slot::Comparator => {}
        Slot::GroupN if words.is_empty() => {}
        Slot::GroupN => drop(count(words, at)?),
        Slot::Outcome => finding.outcome = outcome(words, at, pack)?,
        Slot::Measure => finding.measure = measure(words)?,
        Slot::Estimate if words.is_empty() => finding.estimate = None,
        Slot::Estimate => finding.estimate = Some(quantity()?),
        Slot::Events if words.is_empty() => finding.events = None,
        Slot::Events => finding.events = Some(count(words, at)?),
        Slot::Total if words.is_empty() => finding.total = None,
        Slot::Total => finding.total = Some(count(words, at)?),
        Slot::Interval if words.is_empty() => finding.interval = None,
        Slot::Interval => {
            let (low, high) = typed::limits(words, at)?;
            let (kind, level) = finding
                .interval
                .as_ref()
                .map_or((IntervalKind::Ci, Some(USUAL_LEVEL)), |interval| (interval.kind, interval.level));
            finding.interval = Some(Interval { kind, level, low, high, at });
        }
        Slot::P if words.is_empty() => finding.p = None,
        Slot::P => finding.p = Some(p_value(words, at)?),
        Slot::Time if words.is_empty() => finding.time = None,
        Slot::Time => finding.time = Some(time(words, at)?),
        Slot::Grade if words.is_empty() => finding.grade = None,
        Slot::Grade => {
            let (min, max) = typed::grades(words)?;
            let scale = finding.grade.as_ref().and_then(|grade| grade.scale);
            finding.grade = Some(Grade { min, max, scale, text: words.to_owned(), at });
        }
    }
    Some(())
}

/// A whole number of people.
fn count(words: &str, at: Span) -> Option<Quantity> {
    typed::quantity(words, at).filter(|n| n.value >= 0.0 && n.decimals == 0 && n.unit.is_none())
}

/// A known outcome by its id or by the same words with spaces; else the words.
fn outcome(words: &str, at: Span, pack: &RulePack) -> Option<Outcome> {
    let id = words.to_lowercase().replace([' ', '-'], "_");
    let id = pack.outcome_by_id(&id).map(|_| id);
    (!words.is_empty()).then(|| Outcome { id, text: words.to_owned(), at: Some(at) })
}

fn measure(words: &str) -> Option<Measure> {
    serde_json::from_value(serde_json::Value::String(words.to_owned())).ok()
}

fn p_value(words: &str, at: Span) -> Option<PValue> {
    let number = typed::quantity(words.trim_start_matches(['p', 'P']), at)?;
    (0.0..=1.0).contains(&number.value).then(|| PValue {
        op: number.op.unwrap_or(Op::Equal),
        value: number.value,
        decimals: number.decimals,
        sided: None,
        test: None,
        text: words.to_owned(),
        at,
    })
}

fn time(words: &str, at: Span) -> Option<TimePoint> {
    let number = typed::quantity(words, at)?;
    let unit = number.unit.filter(|unit| !matches!(unit, Unit::Percent | Unit::Fraction))?;
    Some(TimePoint { value: number.value, unit, text: words.to_owned(), at })
}

/// Sets the group by its label and size, where either is given.
fn regroup(record: &mut Record, finding: &mut Finding, set: &BTreeMap<Slot, String>) -> Result<(), String> {
    let (label, n) = (set.get(&Slot::Group), set.get(&Slot::GroupN).filter(|n| !n.trim().is_empty()));
    if label.is_none() && n.is_none() {
        return Ok(());
    }
    let current = finding.group.map(|id| record.groups[id.index()].label.clone());
    let Some(label) = label.map(|label| label.trim().to_owned()).or(current) else {
        return Err("a size without a group".to_owned());
    };
    let n = n.and_then(|n| typed::quantity(n, place::of_words(&record.reference, finding.at, n.trim())));
    finding.group = called(record, &label, n, finding.at);
    Ok(())
}

/// The group of a label and, where given, a size; a new one where the record has none such.
fn called(record: &mut Record, label: &str, n: Option<Quantity>, evidence: Span) -> Option<GroupId> {
    if label.is_empty() {
        return None;
    }
    let size = |n: &Quantity| n.value.to_bits();
    let same = |group: &Group| {
        group.label.to_lowercase() == label.to_lowercase()
            && n.as_ref().is_none_or(|n| group.n.as_ref().map(size) == Some(size(n)))
    };
    if let Some(index) = record.groups.iter().position(same) {
        return Some(GroupId::of(index));
    }
    let id = GroupId::of(record.groups.len());
    record.groups.push(Group {
        id,
        // Nothing says that it is an arm, or everybody.
        kind: GroupKind::Subgroup,
        role: None,
        role_by: None,
        basis: None,
        label: label.to_owned(),
        n,
        also_at: Vec::new(),
        parent: None,
        at: place::of_words(&record.reference, evidence, label),
    });
    Some(id)
}
