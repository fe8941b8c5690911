//! One record as the checks see it: its findings, how many people each counts, and which words limit them.
//!
//! The trick is to say with every group size how sure it is: printed with the number, the only one of the record, or
//! one among several; the verdict hangs on that.

use crate::model::{BoundBy, CheckId, DesignKind, Finding, Group, GroupId, PValue, Record, Section, Verdict};
use crate::rules::Thresholds;

use super::alike::same_print;
use super::passage::Passages;
use super::printed::{Printed, whole};
use super::range::Range;
use super::wording::tokens;

/// A record with what the checks go by.
#[derive(Debug, Clone, Copy)]
pub struct Study<'a> {
    /// The record.
    pub record: &'a Record,
    /// The limits.
    pub thresholds: &'a Thresholds,
    /// Its texts.
    pub passages: &'a Passages,
}

/// How many people a finding counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// People.
    pub n: f64,
    /// How sure that is.
    pub source: SizeSource,
}

/// Where the size of a finding's group comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizeSource {
    /// Printed with the number.
    Printed,
    /// The group's, and the record has no other.
    OnlyOne,
    /// The group's, one among several.
    Inherited,
}

/// Findings that share one printed number: "event-free and overall survival were 43%".
#[derive(Debug)]
pub struct Print<'a> {
    /// The findings, in order.
    pub findings: Vec<&'a Finding>,
}

impl<'a> Print<'a> {
    /// The first of them, which carries the numbers.
    pub fn lead(&self) -> &'a Finding {
        self.findings[0]
    }
}

impl<'a> Study<'a> {
    /// Findings to check: results and baseline, told for the first time, of this study.
    pub fn findings(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let told_first = |f: &&Finding| f.repeats.is_none() && f.section != Some(Section::Background);
        self.record.findings.iter().filter(told_first)
    }

    /// The same, by printed number.
    pub fn prints(&self) -> Vec<Print<'a>> {
        let mut prints: Vec<Print<'a>> = Vec::new();
        for finding in self.findings() {
            match prints.iter_mut().find(|print| same_print(print.lead(), finding)) {
                Some(print) => print.findings.push(finding),
                None => prints.push(Print { findings: vec![finding] }),
            }
        }
        prints
    }

    /// The p of a finding, where all of it was read: no power of ten, no further digits come after.
    pub fn p_of<'f>(&self, finding: &'f Finding) -> Option<&'f PValue> {
        let p = finding.p.as_ref()?;
        let after = self.after(p.at, 12).unwrap_or_default();
        let rest = after.trim_start();
        let power = rest.starts_with(['\u{d7}', '*', '\u{b7}', '\u{2062}'])
            || rest.starts_with("x 10")
            || rest.starts_with("x10");
        let exponent = after.starts_with(['e', '^', '\u{2212}', '-', '\u{2013}']);
        let digits = rest.len() < after.len() && p.value == 0.0 && rest.starts_with(|c: char| c.is_ascii_digit());
        // "log-rank = 3.52" is the statistic.
        let named = !p.text.contains(char::is_alphabetic) || tokens(&p.text).iter().any(|word| word.starts_with('p'));
        (!power && !exponent && !digits && named).then_some(p)
    }

    /// Findings of a kind that carry a p, by the place of the p.
    pub fn by_p(&self, is_of_kind: impl Fn(&Finding) -> bool) -> Vec<Vec<&'a Finding>> {
        let place = |f: &Finding| f.p.as_ref().map(|p| p.at);
        let mut together: Vec<Vec<&'a Finding>> = Vec::new();
        for finding in self.findings().filter(|f| self.p_of(f).is_some() && is_of_kind(f)) {
            match together.iter_mut().find(|findings| place(findings[0]) == place(finding)) {
                Some(findings) => findings.push(finding),
                None => together.push(vec![finding]),
            }
        }
        together
    }

    /// A group by its id.
    pub fn group(&self, id: GroupId) -> Option<&'a Group> {
        self.record.groups.get(id.index())
    }

    /// How many people a finding counts, or why that is not known.
    pub fn size(&self, finding: &Finding) -> Result<Size, &'static str> {
        if let Some(total) = &finding.total {
            let n = whole(total).filter(|n| *n > 0.0).ok_or("the total is not printed as a whole number")?;
            return Ok(Size { n, source: SizeSource::Printed });
        }
        let id = finding.group.ok_or("the group is not clear")?;
        if finding.bound_by == Some(BoundBy::Arithmetic) {
            return Err("the group was found by the number that fits");
        }
        let group = self.group(id).ok_or("the group is not clear")?;
        let n = group_size(group).ok_or("the size of the group is not reported")?;
        if !self.counts_people(group) {
            return Err("the size of the group may count something else than people");
        }
        // "Of the 59 patients, 12 (20%) …" prints the total as surely as "12 of 59".
        if group.n.iter().map(|n| n.at).chain(group.also_at.iter().copied()).any(|at| self.is_total_of(at, finding)) {
            return Ok(Size { n, source: SizeSource::Printed });
        }
        if self.may_be_of_an_arm(finding, group) {
            return Err("the number may be of one arm");
        }
        if self.cue_here(&self.thresholds.words.other_set_cues, finding).is_some() {
            return Err("the words name another set of people");
        }
        let alone = self.sizes().all(|other| (other - n).abs() < 0.5) && !self.has_unsized_arm();
        Ok(Size { n, source: if alone { SizeSource::OnlyOne } else { SizeSource::Inherited } })
    }

    /// The same, but not where the events and the percentage of the finding itself speak of other people.
    pub fn agreed_size(&self, finding: &Finding) -> Result<Size, &'static str> {
        let size = self.size(finding)?;
        let (Some(estimate), Some(events)) = (&finding.estimate, &finding.events) else { return Ok(size) };
        let (Some(share), Some(x)) = (Printed::percent(estimate), whole(events)) else { return Ok(size) };
        let exact = Range::point(100.0 * x / size.n);
        let agrees = exact.meets(share.range()) || exact.meets(share.truncated());
        if agrees || finding.total.is_some() {
            Ok(size)
        } else {
            Err("the events and the percentage do not go with the size of the group")
        }
    }

    /// Every size of a group and every total in the record.
    pub fn sizes(&self) -> impl Iterator<Item = f64> + use<'a> {
        let groups = self.record.groups.iter().filter_map(group_size);
        groups.chain(self.record.findings.iter().filter_map(|finding| whole(finding.total.as_ref()?)))
    }

    /// Inconsistent where that is certain and no words of the abstract take the certainty away; else suspicious.
    pub fn flag(&self, check: CheckId, certain: bool) -> Verdict {
        if certain && !self.is_doubted(check) { Verdict::Inconsistent } else { Verdict::Suspicious }
    }

    /// Whether the numbers were pooled over several studies.
    pub fn is_pooled(&self) -> bool {
        matches!(self.record.design.kind, DesignKind::MetaAnalysis | DesignKind::Review)
    }
}

/// Whether the outcome of a finding is in a list of ids.
pub fn is_among(list: &[String], finding: &Finding) -> bool {
    finding.outcome.id.as_ref().is_some_and(|id| list.contains(id))
}

/// The size of a group, where it is an exact whole number.
pub fn group_size(group: &Group) -> Option<f64> {
    whole(group.n.as_ref()?).filter(|n| *n > 0.0)
}
