//! A record as the page needs it, in two parts: a summary, which the list, the filters and the search need of every
//! reference, and the details, which are read only when the reference is looked at.

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::model::{
    DesignKind, Field, Finding, Group, GroupId, InspectSr, Interval, Measure, Quantity, Record, Review, Verdict,
};
use crate::review::sight;
use crate::write::heading;
use crate::write::index::Index;
use crate::write::phrase;

use super::loose::loose;
use super::marks::{Mark, marks};

/// What every reference is listed, filtered and searched by. Empty fields are left out.
#[derive(Debug, Serialize)]
pub struct Summary<'a> {
    id: &'a str,
    hash: &'a str,
    rules: &'a str,
    /// Stands for all that decisions hang on.
    sum: String,
    /// First author and year.
    lead: String,
    title: &'a str,
    #[serde(rename = "abstract")]
    body: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    journal: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doi: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pmid: Option<&'a str>,
    place: String,
    kind: DesignKind,
    design: String,
    registry: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate_of: Option<&'a str>,
    /// Number of findings.
    count: usize,
    outcomes: Vec<&'a str>,
    inconsistent: usize,
    suspicious: usize,
    unbound: bool,
    /// Findings (by place) that were decided on before the page was written.
    reviewed: Vec<usize>,
}

/// The rest of it.
#[derive(Debug, Serialize)]
pub struct Details<'a> {
    groups: Vec<(&'a str, String)>,
    findings: Vec<Row<'a>>,
    checks: Vec<Check<'a>>,
    marks: Vec<Mark>,
    loose: Vec<(u32, u32)>,
}

/// One finding as it is shown, and the parts of it that only a form shows.
#[derive(Debug, Serialize)]
struct Row<'a> {
    at: (Field, u32, u32),
    saw: String,
    outcome: Option<&'a str>,
    /// The words of an outcome that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
    name: String,
    group: String,
    value: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    time: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    grade: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    p: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
    rule: &'a str,
    measure: Measure,
    #[serde(skip_serializing_if = "String::is_empty")]
    estimate: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    events: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    total: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    interval: String,
    /// Places of the group and of the one compared with.
    #[serde(serialize_with = "places")]
    of: [Option<GroupId>; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'a Review>,
}

#[derive(Debug, Serialize)]
struct Check<'a> {
    id: &'static str,
    verdict: Verdict,
    findings: Vec<usize>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<&'static str>,
}

impl<'a> Details<'a> {
    /// Of this record.
    pub fn of(record: &'a Record) -> Self {
        let (index, marks) = (Index::of(record), marks(record));
        Self {
            groups: record.groups.iter().map(group).collect(),
            findings: record.findings.iter().map(|finding| row(record, &index, finding)).collect(),
            checks: record.checks.iter().map(check).collect(),
            loose: loose(record.reference.abstract_text.as_deref().unwrap_or_default(), &marks),
            marks,
        }
    }
}

impl<'a> Summary<'a> {
    /// Of this record and its details.
    pub fn of(record: &'a Record, details: &Details<'a>) -> Self {
        let reference = &record.reference;
        let year = reference.year.map(|year| year.to_string());
        let lead: Vec<String> = heading::first_author(reference).into_iter().chain(year).collect();
        let mut outcomes: Vec<&str> = details.findings.iter().filter_map(|row| row.outcome).collect();
        outcomes.sort_unstable();
        outcomes.dedup();
        let verdicts = |verdict| record.checks.iter().filter(|check| check.verdict == verdict).count();
        let unclear = |row: &Row| row.of[0].is_none() || row.outcome.is_none();
        let reviewed = record.findings.iter().enumerate().filter(|(_, finding)| finding.review.is_some());
        Self {
            id: &record.id,
            hash: &record.content_hash,
            rules: &record.rules.hash,
            sum: sum(details),
            lead: lead.join(" "),
            title: reference.title.as_deref().unwrap_or_default(),
            body: reference.abstract_text.as_deref().unwrap_or_default(),
            journal: reference.journal.as_deref(),
            doi: reference.doi.as_deref(),
            pmid: reference.pmid.as_deref(),
            place: format!("{}:{}", record.source.path, record.source.line),
            kind: record.design.kind,
            design: phrase::design(&record.design),
            registry: &record.design.registry_ids,
            duplicate_of: record.duplicate_of.as_deref(),
            count: details.findings.len(),
            outcomes,
            inconsistent: verdicts(Verdict::Inconsistent),
            suspicious: verdicts(Verdict::Suspicious),
            unbound: !details.loose.is_empty() || details.findings.iter().any(unclear),
            reviewed: reviewed.map(|(index, _)| index).collect(),
        }
    }
}

/// A few digits that change when a finding is read or stands otherwise.
fn sum(details: &Details) -> String {
    let mut hasher = Sha256::new();
    for row in &details.findings {
        hasher.update(format!("{:?} {}\n", row.at, row.saw));
    }
    let mut head = [0; 4];
    head.copy_from_slice(&hasher.finalize()[..4]);
    format!("{:08x}", u32::from_be_bytes(head))
}

fn group(group: &Group) -> (&str, String) {
    (&group.label, number(group.n.as_ref()))
}

fn check(check: &crate::model::Check) -> Check<'_> {
    Check {
        id: check.check.0,
        verdict: check.verdict,
        findings: check.findings.iter().map(|id| id.index()).collect(),
        message: &check.message,
        item: check.inspect_sr.map(InspectSr::code),
    }
}

fn row<'a>(record: &'a Record, index: &Index<'a>, finding: &'a Finding) -> Row<'a> {
    Row {
        at: (finding.at.field, finding.at.start, finding.at.end),
        saw: sight(record, finding),
        outcome: finding.outcome.id.as_deref(),
        words: Some(finding.outcome.text.as_str()).filter(|_| finding.outcome.id.is_none()),
        name: phrase::outcome(finding),
        group: phrase::group(index, finding),
        value: phrase::value(finding),
        time: finding.time.as_ref().map(phrase::time).unwrap_or_default(),
        grade: finding.grade.as_ref().map(phrase::grade).unwrap_or_default(),
        p: finding.p.as_ref().map(phrase::p).unwrap_or_default(),
        verdict: index.verdict(finding),
        rule: &finding.rule,
        measure: finding.measure,
        estimate: number(finding.estimate.as_ref()),
        events: number(finding.events.as_ref()),
        total: number(finding.total.as_ref()),
        interval: finding.interval.as_ref().map(limits).unwrap_or_default(),
        of: [finding.group, finding.comparator],
        review: finding.review.as_deref(),
    }
}

fn number(quantity: Option<&Quantity>) -> String {
    quantity.map(phrase::quantity).unwrap_or_default()
}

fn places<S: Serializer>(groups: &[Option<GroupId>; 2], serializer: S) -> Result<S::Ok, S::Error> {
    groups.map(|group| group.map(GroupId::index)).serialize(serializer)
}

fn limits(interval: &Interval) -> String {
    let limit = |limit: &Option<Quantity>| limit.as_ref().map_or_else(|| "NR".to_owned(), phrase::number);
    format!("{} to {}", limit(&interval.low), limit(&interval.high))
}
