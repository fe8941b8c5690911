//! What all rows of a record share: the study's label, outcome, time, grade, group, and what withholds them.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::{Finding, FindingKind, Grade, Group, Record, TimePoint, Unit, Verdict};
use crate::write::heading;
use crate::write::index::Index;
use crate::write::phrase;
use crate::write::rows::code;

const DAYS_OF_MONTH: f64 = 365.25 / 12.0;

/// Labels of studies, each given once.
#[derive(Debug, Default)]
pub struct Slabs(HashMap<String, u32>);

impl Slabs {
    /// "Okafor et al., 2021"; a second study of that name is "Okafor et al., 2021 (2)".
    pub fn next(&mut self, record: &Record) -> String {
        let author = heading::first_author(&record.reference);
        let label = match (author, record.reference.year) {
            (Some(author), Some(year)) => format!("{author}, {year}"),
            (Some(author), None) => author,
            (None, _) => record.id.clone(),
        };
        let count = self.0.entry(label.clone()).or_default();
        *count += 1;
        if *count == 1 { label } else { format!("{label} ({count})") }
    }
}

/// A record with what its rows share.
pub struct Context<'a> {
    /// The record.
    pub record: &'a Record,
    /// Its checks by finding.
    pub index: Index<'a>,
    /// Label of the study.
    pub slab: String,
    /// Whether what a check found inconsistent is written all the same.
    pub include_inconsistent: bool,
}

/// What two results must share to be set against each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    outcome: String,
    measure: &'static str,
    time: String,
    grade: (Option<u8>, Option<u8>),
    unit: String,
}

impl<'a> Context<'a> {
    /// Of a record.
    pub fn new(record: &'a Record, slab: String, include_inconsistent: bool) -> Self {
        Self { record, index: Index::of(record), slab, include_inconsistent }
    }

    /// Results, each once.
    pub fn results(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.record.findings.iter().filter(|f| f.kind == FindingKind::Result && f.repeats.is_none())
    }

    /// The group of a finding.
    pub fn group(&self, finding: &Finding) -> Option<&'a Group> {
        finding.group.map(|id| self.index.group(id))
    }

    /// Id of the outcome, else the words for it.
    pub fn outcome(finding: &'a Finding) -> Cow<'a, str> {
        finding.outcome.id.as_deref().unwrap_or(&finding.outcome.text).into()
    }

    /// Who the total is: the analysis set that the finding names, else how the group's size counts; empty where a total of
    /// its own is printed, or where that is not said.
    pub fn denominator(&self, finding: &Finding) -> &'static str {
        let group = self.group(finding);
        let size = group.and_then(|group| group.n.as_ref()).map(|n| n.value);
        let is_of_group = finding.total.as_ref().is_none_or(|total| Some(total.value) == size);
        let basis = || group.filter(|_| is_of_group).and_then(|group| group.basis).map(code);
        finding.analysis.map(code).or_else(basis).unwrap_or_default()
    }

    /// The verdict on a finding, and the reason why it is withheld if that is `inconsistent`.
    pub fn judged(&self, finding: &Finding) -> (&'static str, Option<String>) {
        let Some(verdict) = self.index.verdict(finding) else { return ("", None) };
        if verdict != Verdict::Inconsistent || self.include_inconsistent {
            return (code(verdict), None);
        }
        let wrong = self.index.checks(finding).iter().filter(|check| check.verdict == verdict);
        let wrong: Vec<String> = wrong.map(|check| format!("{}: {}", check.check.0, check.message)).collect();
        (code(verdict), Some(format!("inconsistent ({})", wrong.join(" | "))))
    }

    /// What this result must share with that of another arm.
    pub fn key(finding: &'a Finding) -> Key {
        Key {
            outcome: Self::outcome(finding).to_lowercase(),
            measure: code(finding.measure),
            time: finding.time.as_ref().map(moment).unwrap_or_default(),
            grade: finding.grade.as_ref().map_or((None, None), |grade| (grade.min, grade.max)),
            unit: String::new(),
        }
    }
}

impl Key {
    /// In this unit.
    pub fn in_unit(self, unit: Option<&Unit>) -> Self {
        Self { unit: unit.map(|unit| unit.as_str().to_owned()).unwrap_or_default(), ..self }
    }

    /// Whatever is measured.
    pub fn of_any_measure(self) -> Self {
        Self { measure: "", ..self }
    }
}

/// A time in words, alike for alike times ("24 months" for "2 years").
fn moment(time: &TimePoint) -> String {
    months(time).map_or_else(|| phrase::time(time), |months| format!("{months:.2} months"))
}

/// A time in months of 30.44 days; none for cycles and other words.
pub fn months(time: &TimePoint) -> Option<f64> {
    let months = match time.unit {
        Unit::Day => time.value / DAYS_OF_MONTH,
        Unit::Week => time.value * 7.0 / DAYS_OF_MONTH,
        Unit::Month => time.value,
        Unit::Year => time.value * 12.0,
        _ => return None,
    };
    Some((months * 100.0).round() / 100.0)
}

/// A time as it is told.
pub fn time(finding: &Finding) -> Option<String> {
    finding.time.as_ref().map(phrase::time)
}

/// A grade as it is told.
pub fn grade(finding: &Finding) -> Option<String> {
    finding.grade.as_ref().map(|grade: &Grade| phrase::grade(grade))
}

/// Whether the outcome is survival, which is estimated and not counted.
pub fn is_survival(finding: &Finding) -> bool {
    finding.outcome.id.as_deref().is_some_and(|id| id.ends_with("_survival"))
}
