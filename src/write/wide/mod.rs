//! The wide table: one row a study and group, with a group of columns for each outcome.
//!
//! The columns `complete_remission.x`, `.n`, `.percent`, `.ci_low`, … hold the first result of that outcome in the group,
//! `complete_remission.2.x`, … the second (another time, another grade). What is not a share of people has the name of its
//! measure in between (`overall_survival.median.value`). Results whose outcome has no id are told in words in the
//! column `other`. A column is there if any row has something in it.

mod csv;
mod spool;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::{
    Finding, FindingKind, Group, GroupId, IntervalKind, Measure, Record, SpreadKind, Status, Unit, Verdict,
};

pub use csv::Csv;
pub use spool::Spool;

use super::heading;
use super::index::Index;
use super::phrase;
use super::rows::{Cell, Row as _, code, row};

row! {
    /// What a row says of the study and the group.
    pub struct Study<'a> {
        record: Cow<'a, str>,
        first_author: String,
        year: Option<i64>,
        title: Cow<'a, str>,
        doi: Cow<'a, str>,
        pmid: Cow<'a, str>,
        registry_ids: String,
        design: &'a str,
        phase: Cow<'a, str>,
        group: Option<String>,
        group_label: Cow<'a, str>,
        group_kind: Option<&'a str>,
        group_role: Option<&'a str>,
        group_basis: Option<&'a str>,
        group_n: Option<f64>,
        verdict: Option<&'a str>,
        discrepancies: String,
        other: String,
    }
}

/// A column of an outcome. Columns are sorted by what they are, so that the same outcomes give the same columns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Outcome and, for what is no share of people, measure.
    stem: String,
    /// Which result of that outcome in the group, from 1.
    nth: u16,
    part: Part,
}

/// What a column holds of a result, in the order of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    X,
    N,
    Percent,
    Fraction,
    Value,
    Unit,
    Bound,
    Status,
    CiLow,
    CiHigh,
    CredibleLow,
    CredibleHigh,
    IqrLow,
    IqrHigh,
    RangeLow,
    RangeHigh,
    Sd,
    Se,
    Spread,
    P,
    Time,
    Grade,
    Versus,
    Check,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::X => "x",
            Self::N => "n",
            Self::Percent => "percent",
            Self::Fraction => "fraction",
            Self::Value => "value",
            Self::Unit => "unit",
            Self::Bound => "bound",
            Self::Status => "status",
            Self::CiLow => "ci_low",
            Self::CiHigh => "ci_high",
            Self::CredibleLow => "credible_low",
            Self::CredibleHigh => "credible_high",
            Self::IqrLow => "iqr_low",
            Self::IqrHigh => "iqr_high",
            Self::RangeLow => "range_low",
            Self::RangeHigh => "range_high",
            Self::Sd => "sd",
            Self::Se => "se",
            Self::Spread => "spread",
            Self::P => "p",
            Self::Time => "time",
            Self::Grade => "grade",
            Self::Versus => "versus",
            Self::Check => "check",
        }
    }
}

impl Key {
    /// Name of the column.
    pub fn name(&self) -> String {
        match self.nth {
            1 => format!("{}.{}", self.stem, self.part.name()),
            nth => format!("{}.{nth}.{}", self.stem, self.part.name()),
        }
    }
}

/// A row of the wide table.
pub struct Wide<'a> {
    /// Study and group.
    pub study: Vec<Cell<'a>>,
    /// What there is of outcomes.
    pub outcomes: Vec<(Key, Cell<'a>)>,
}

/// The rows of a record: a row for each group that has results, is the whole study or an arm; one without a group for
/// results whose group is not clear, or where there is nothing else.
pub fn rows(record: &Record) -> Vec<Wide<'_>> {
    let index = Index::of(record);
    let results = |group: Option<GroupId>| {
        let of_group = move |f: &&Finding| f.kind == FindingKind::Result && f.repeats.is_none() && f.group == group;
        record.findings.iter().filter(of_group).collect::<Vec<_>>()
    };
    let mut rows = Vec::new();
    for group in &record.groups {
        let findings = results(Some(group.id));
        let counts = group.kind != crate::model::GroupKind::Subgroup && group.n.is_some();
        if counts || !findings.is_empty() {
            rows.push(wide(record, &index, Some(group), &findings));
        }
    }
    let unbound = results(None);
    if rows.is_empty() || !unbound.is_empty() {
        rows.push(wide(record, &index, None, &unbound));
    }
    rows
}

fn wide<'a>(record: &'a Record, index: &Index<'a>, group: Option<&'a Group>, findings: &[&'a Finding]) -> Wide<'a> {
    let mut seen = HashMap::new();
    let mut outcomes = Vec::new();
    let (mut other, mut discrepancies) = (Vec::new(), Vec::new());
    let mut verdict = None;
    for finding in findings {
        let flagged = index.verdict(finding).filter(|v| matches!(v, Verdict::Inconsistent | Verdict::Suspicious));
        // Of the two, `inconsistent` is named first.
        verdict = verdict.into_iter().chain(flagged).min();
        for check in index.checks(finding).iter().filter(|_| flagged.is_some()) {
            if check.verdict != Verdict::Consistent && check.verdict != Verdict::NotCheckable {
                discrepancies.push(check.message.as_str());
            }
        }
        let Some(outcome) = &finding.outcome.id else {
            other.push(told(finding));
            continue;
        };
        let stem = stem(outcome, finding.measure);
        let nth = seen.entry(stem.clone()).and_modify(|nth| *nth += 1).or_insert(1);
        for (part, cell) in parts(index, finding, flagged) {
            outcomes.push((Key { stem: stem.clone(), nth: *nth, part }, cell));
        }
    }
    discrepancies.dedup();
    Wide { study: study(record, group, verdict, discrepancies.join(" | "), other.join(" | ")).cells(), outcomes }
}

fn study<'a>(
    record: &'a Record,
    group: Option<&'a Group>,
    verdict: Option<Verdict>,
    discrepancies: String,
    other: String,
) -> Study<'a> {
    let reference = &record.reference;
    let text = |text: &'a Option<String>| Cow::Borrowed(text.as_deref().unwrap_or_default());
    Study {
        record: record.id.as_str().into(),
        first_author: heading::first_author(reference).unwrap_or_default(),
        year: reference.year.map(i64::from),
        title: text(&reference.title),
        doi: text(&reference.doi),
        pmid: text(&reference.pmid),
        registry_ids: record.design.registry_ids.join("; "),
        design: code(record.design.kind),
        phase: text(&record.design.phase),
        group: group.map(|group| group.id.to_string()),
        group_label: group.map_or("", |group| group.label.as_str()).into(),
        group_kind: group.map(|group| code(group.kind)),
        group_role: group.and_then(|group| group.role).map(code),
        group_basis: group.and_then(|group| group.basis).map(code),
        group_n: group.and_then(|group| group.n.as_ref()).map(|n| n.value),
        verdict: verdict.map(code),
        discrepancies,
        other,
    }
}

fn stem(outcome: &str, measure: Measure) -> String {
    match measure {
        Measure::Count | Measure::Proportion => outcome.to_owned(),
        measure => format!("{outcome}.{}", code(measure)),
    }
}

/// A result in words: outcome, value, time and grade.
fn told(finding: &Finding) -> String {
    let mut words = format!("{}: {}", finding.outcome.text, phrase::value(finding));
    let grade = finding.grade.as_ref().map(|grade| format!("grade {}", phrase::grade(grade)));
    let time = finding.time.as_ref().map(|time| format!("at {}", phrase::time(time)));
    for part in [grade, time].into_iter().flatten() {
        words.push_str(", ");
        words.push_str(&part);
    }
    words
}

fn parts<'a>(index: &Index<'a>, f: &'a Finding, flagged: Option<Verdict>) -> Vec<(Part, Cell<'a>)> {
    let mut parts = Vec::new();
    let mut number = |part, value: Option<f64>| parts.extend(value.map(|value| (part, Cell::Number(value))));
    let none = (f.status == Status::None && f.events.is_none()).then_some(0.0);
    number(Part::X, f.events.as_ref().map(|events| events.value).or(none));
    number(Part::N, f.total.as_ref().map(|total| total.value));
    let unit = f.estimate.as_ref().and_then(|estimate| estimate.unit.as_ref());
    let part = match unit {
        Some(Unit::Percent) => Part::Percent,
        Some(Unit::Fraction) => Part::Fraction,
        _ => Part::Value,
    };
    number(part, f.estimate.as_ref().map(|estimate| estimate.value));
    if let Some(interval) = &f.interval {
        let (low, high) = match interval.kind {
            IntervalKind::Ci => (Part::CiLow, Part::CiHigh),
            IntervalKind::Credible => (Part::CredibleLow, Part::CredibleHigh),
            IntervalKind::Iqr => (Part::IqrLow, Part::IqrHigh),
            IntervalKind::Range => (Part::RangeLow, Part::RangeHigh),
        };
        number(low, interval.low.as_ref().map(|low| low.value));
        number(high, interval.high.as_ref().map(|high| high.value));
    }
    if let Some(spread) = &f.spread {
        let part = match spread.kind {
            Some(SpreadKind::Sd) => Part::Sd,
            Some(SpreadKind::Se) => Part::Se,
            None => Part::Spread,
        };
        number(part, Some(spread.value));
    }
    let mut text = |part, words: Option<Cow<'a, str>>| parts.extend(words.map(|words| (part, Cell::Text(words))));
    text(Part::Unit, unit.filter(|_| part == Part::Value).map(|unit| unit.as_str().into()));
    let bound = f.estimate.as_ref().and_then(|estimate| estimate.op).and_then(super::tidy::bound);
    text(Part::Bound, bound.map(Cow::Borrowed));
    text(Part::Status, (f.status == Status::NotReached).then_some("not reached".into()));
    text(Part::P, f.p.as_ref().map(|p| phrase::p(p).into()));
    text(Part::Time, f.time.as_ref().map(|time| phrase::time(time).into()));
    text(Part::Grade, f.grade.as_ref().map(|grade| phrase::grade(grade).into()));
    text(Part::Versus, f.comparator.map(|id| index.group(id).label.as_str().into()));
    text(Part::Check, flagged.map(|verdict| Cow::Borrowed(code(verdict))));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    #[test]
    fn a_group_has_one_row_with_its_outcomes_side_by_side() {
        let record = sample::record();
        let rows = rows(&record);
        assert_eq!(rows.len(), 2, "one of the group, one of what has none");
        let shown: Vec<String> =
            rows[0].outcomes.iter().map(|(key, cell)| format!("{} = {cell:?}", key.name())).collect();
        insta::assert_snapshot!(shown.join("\n"), @r#"
        complete_remission.x = Number(31.0)
        complete_remission.n = Number(40.0)
        complete_remission.percent = Number(77.5)
        complete_remission.ci_low = Number(61.5)
        complete_remission.ci_high = Number(89.2)
        relapse.x = Number(12.0)
        relapse.percent = Number(34.0)
        relapse.ci_low = Number(16.0)
        relapse.ci_high = Number(44.0)
        relapse.check = Text("inconsistent")
        overall_survival.hazard_ratio.value = Number(0.62)
        overall_survival.hazard_ratio.ci_low = Number(0.41)
        overall_survival.hazard_ratio.p = Text("<0.001")
        overall_survival.hazard_ratio.check = Text("suspicious")
        "#);
        let other = rows[1].study.last();
        assert_eq!(other, Some(&Cell::Text("fatal event: none".into())), "{other:?}");
    }

    #[test]
    fn a_second_result_of_an_outcome_has_columns_of_its_own() {
        let mut record = sample::record();
        let again = Finding { id: crate::model::FindingId::of(4), ..record.findings[0].clone() };
        record.findings.push(again);
        let names: Vec<String> = rows(&record)[0].outcomes.iter().map(|(key, _)| key.name()).collect();
        assert!(names.contains(&"complete_remission.x".to_owned()));
        assert!(names.contains(&"complete_remission.2.x".to_owned()));
    }

    #[test]
    fn a_study_without_anything_has_a_row() {
        let mut record = sample::record();
        (record.groups, record.findings, record.checks) = (Vec::new(), Vec::new(), Vec::new());
        assert_eq!(rows(&record).len(), 1);
    }
}
