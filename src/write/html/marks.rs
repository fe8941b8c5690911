//! What is marked in title and abstract: each printed thing once, with the findings that it belongs to.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Field, Finding, Record, Span};

/// What a marked piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An estimate.
    Estimate,
    /// People with the outcome, or people looked at.
    Count,
    /// An interval or spread.
    Interval,
    /// A p value.
    P,
    /// A time point.
    Time,
    /// A grade.
    Grade,
    /// Words of an outcome.
    Outcome,
    /// Words of a group.
    Group,
    /// Size of a group.
    Size,
}

/// A marked piece of text: kind, field, first code point, one past the last, and the findings (by place) that use it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark(pub Kind, pub Field, pub u32, pub u32, pub Vec<usize>);

/// The marks of a record, by place.
pub fn marks(record: &Record) -> Vec<Mark> {
    let mut found: BTreeMap<(Field, u32, u32, Kind), Vec<usize>> = BTreeMap::new();
    let mut add = |kind: Kind, span: Span, finding: Option<usize>| {
        if span.start < span.end {
            let users = found.entry((span.field, span.start, span.end, kind)).or_default();
            users.extend(finding.filter(|finding| !users.contains(finding)));
        }
    };
    for group in &record.groups {
        add(Kind::Group, group.at, None);
        let sizes = group.n.iter().map(|n| n.at).chain(group.also_at.iter().copied());
        for size in sizes {
            add(Kind::Size, size, None);
        }
    }
    for (index, finding) in record.findings.iter().enumerate() {
        for (kind, span) in parts(finding) {
            add(kind, span, Some(index));
        }
        for group in [finding.group, finding.comparator].into_iter().flatten() {
            let group = &record.groups[group.index()];
            add(Kind::Group, group.at, Some(index));
            if let Some(n) = &group.n {
                add(Kind::Size, n.at, Some(index));
            }
        }
    }
    found.into_iter().map(|((field, start, end, kind), users)| Mark(kind, field, start, end, users)).collect()
}

fn parts(finding: &Finding) -> impl Iterator<Item = (Kind, Span)> {
    let parts = [
        finding.estimate.as_ref().map(|estimate| (Kind::Estimate, estimate.at)),
        finding.events.as_ref().map(|events| (Kind::Count, events.at)),
        finding.total.as_ref().map(|total| (Kind::Count, total.at)),
        finding.interval.as_ref().map(|interval| (Kind::Interval, interval.at)),
        finding.spread.as_ref().map(|spread| (Kind::Interval, spread.at)),
        finding.p.as_ref().map(|p| (Kind::P, p.at)),
        finding.time.as_ref().map(|time| (Kind::Time, time.at)),
        finding.grade.as_ref().map(|grade| (Kind::Grade, grade.at)),
        finding.outcome.at.map(|at| (Kind::Outcome, at)),
    ];
    // What a reviewer typed without its standing in the text points at all of the evidence: nothing to be marked.
    let typed = |(kind, at): &(Kind, Span)| {
        finding.review.is_some() && *at == finding.at && !matches!(kind, Kind::Estimate | Kind::Count)
    };
    parts.into_iter().flatten().filter(move |part| !typed(part))
}
