//! The rows of one record's checks as they come in.

use crate::model::{Check, CheckId, Expected, Finding, FindingId, GroupId, Interval, Quantity, Reported, Verdict};

use super::catalogue::inspect_sr;
use super::range::Range;

/// Collects rows; keeps those of checks that could not be done only where they are to be explained.
#[derive(Debug)]
pub struct Sheet {
    rows: Vec<Check>,
    explain: bool,
}

/// One row in the making.
#[derive(Debug)]
pub struct Row(Check);

impl Sheet {
    /// An empty sheet.
    pub fn new(explain: bool) -> Self {
        Self { rows: Vec::new(), explain }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Row) {
        self.rows.push(row.0);
    }

    /// Says why a check could not be done.
    pub fn stop(&mut self, check: CheckId, findings: &[&Finding], why: impl Into<String>) {
        if self.explain {
            self.push(Row::stopped(check, why.into()).findings(findings));
        }
    }

    /// The same for a check of groups alone.
    pub fn stop_groups(&mut self, check: CheckId, groups: impl IntoIterator<Item = GroupId>, why: impl Into<String>) {
        if self.explain {
            self.push(Row::stopped(check, why.into()).groups(groups));
        }
    }

    /// The rows by first finding, then check id; rows about groups alone come first.
    pub fn finish(mut self) -> Vec<Check> {
        self.rows.sort_by(|a, b| {
            let key = |row: &Check| (row.findings.first().copied(), row.check.0);
            key(a).cmp(&key(b)).then_with(|| (&a.findings, &a.groups).cmp(&(&b.findings, &b.groups)))
        });
        self.rows.dedup_by(|a, b| a.check == b.check && a.findings == b.findings && a.groups == b.groups);
        self.rows
    }
}

impl Row {
    /// A row with its sentence.
    pub fn new(check: CheckId, verdict: Verdict, message: String) -> Self {
        Self(Check {
            check,
            verdict,
            findings: Vec::new(),
            groups: Vec::new(),
            reported: None,
            expected: None,
            methods: Vec::new(),
            why: None,
            inspect_sr: inspect_sr(check),
            message,
        })
    }

    fn stopped(check: CheckId, why: String) -> Self {
        let mut row = Self::new(check, Verdict::NotCheckable, format!("Not checked: {why}."));
        row.0.why = Some(why);
        row
    }

    /// The findings looked at, and their groups.
    pub fn findings(mut self, findings: &[&Finding]) -> Self {
        let mut ids: Vec<FindingId> = findings.iter().map(|finding| finding.id).collect();
        ids.sort_unstable();
        ids.dedup();
        self.0.findings = ids;
        let groups = findings.iter().flat_map(|finding| [finding.group, finding.comparator]).flatten();
        self.groups(groups)
    }

    /// Groups looked at.
    pub fn groups(mut self, groups: impl IntoIterator<Item = GroupId>) -> Self {
        self.0.groups.extend(groups);
        self.0.groups.sort_unstable();
        self.0.groups.dedup();
        self
    }

    /// The printed number.
    pub fn reported(mut self, quantity: &Quantity) -> Self {
        self.0.reported = Some(Reported::Value(quantity.text.clone()));
        self
    }

    /// The printed text of something else than a quantity.
    pub fn reported_text(mut self, text: &str) -> Self {
        self.0.reported = Some(Reported::Value(text.to_owned()));
        self
    }

    /// The printed limits.
    pub fn reported_limits(mut self, interval: &Interval) -> Self {
        if let (Some(low), Some(high)) = (&interval.low, &interval.high) {
            self.0.reported = Some(Reported::Interval(low.text.clone(), high.text.clone()));
        }
        self
    }

    /// The recomputed number with its range, or the recomputed interval; an infinite end says nothing and is left out.
    pub fn expected(mut self, range: Range) -> Self {
        if range.low.is_finite() && range.high.is_finite() {
            self.0.expected = Some(Expected { low: range.low, high: range.high });
        }
        self
    }

    /// The methods whose result agrees with the printed digits.
    pub fn methods(mut self, methods: Vec<&'static str>) -> Self {
        self.0.methods = methods;
        self
    }
}
