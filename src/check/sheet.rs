//! The rows of one record's checks as they come in.

use crate::model::{Check, CheckId, Expected, Finding, FindingId, GroupId, Interval, Quantity, Reported, Verdict};

use super::catalogue::inspect_sr;
use super::phrase;
use super::range::Range;

/// Collects rows; keeps those of checks that could not be done only where they are to be explained.
#[derive(Debug)]
pub struct Sheet {
    rows: Vec<Row>,
    explain: bool,
}

/// One row in the making.
#[derive(Debug)]
pub struct Row {
    check: Check,
    cause: Option<Cause>,
}

/// What would explain a discrepancy, and the number that it explains.
#[derive(Debug)]
struct Cause {
    /// "a level of 90%".
    explanation: String,
    /// "45% (35 to 55%)".
    number: String,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(explain: bool) -> Self {
        Self { rows: Vec::new(), explain }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
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
        self.rows.sort_by(|a, b| order(&a.check, &b.check));
        let same = |a: &Check, b: &Check| a.check == b.check && a.findings == b.findings && a.groups == b.groups;
        self.rows.dedup_by(|a, b| same(&a.check, &b.check));
        let mut rows: Vec<Check> = merged(self.rows);
        rows.sort_by(order);
        rows
    }
}

fn order(a: &Check, b: &Check) -> std::cmp::Ordering {
    let key = |row: &Check| (row.findings.first().copied(), row.check.0);
    key(a).cmp(&key(b)).then_with(|| (&a.findings, &a.groups).cmp(&(&b.findings, &b.groups)))
}

/// Discrepancies of one check that have one explanation become one row.
fn merged(rows: Vec<Row>) -> Vec<Check> {
    let mut alone = Vec::new();
    let mut together: Vec<(Cause, Vec<(String, Check)>)> = Vec::new();
    for Row { check, cause } in rows {
        let Some(cause) = cause else {
            match alone.iter_mut().find(|twin| is_twin(twin, &check)) {
                Some(twin) => join(twin, check),
                None => alone.push(check),
            }
            continue;
        };
        // One number that two findings carry is one discrepancy.
        let twin = together.iter_mut().flat_map(|(_, members)| members);
        if let Some((_, twin)) = twin.into_iter().find(|(_, twin)| is_twin(twin, &check)) {
            join(twin, check);
            continue;
        }
        let number = cause.number.clone();
        let same = together.iter_mut().find(|(other, members)| {
            let (_, first) = &members[0];
            other.explanation == cause.explanation && first.check == check.check && first.verdict == check.verdict
        });
        match same {
            Some((_, members)) => members.push((number, check)),
            None => together.push((cause, vec![(number, check)])),
        }
    }
    alone.extend(together.into_iter().map(|(cause, members)| one(&cause, members)));
    alone
}

/// The same discrepancy, told of another finding.
fn is_twin(a: &Check, b: &Check) -> bool {
    let flagged = matches!(a.verdict, Verdict::Inconsistent | Verdict::Suspicious);
    flagged && a.check == b.check && a.verdict == b.verdict && a.message == b.message && a.reported == b.reported
}

fn join(row: &mut Check, other: Check) {
    row.findings.extend(other.findings);
    row.findings.sort_unstable();
    row.findings.dedup();
    row.groups.extend(other.groups);
    row.groups.sort_unstable();
    row.groups.dedup();
    row.methods.extend(other.methods);
    row.methods.sort_unstable();
    row.methods.dedup();
}

fn one(cause: &Cause, mut members: Vec<(String, Check)>) -> Check {
    let numbers: Vec<String> = members.iter().map(|(number, _)| number.clone()).collect();
    let (_, mut row) = members.remove(0);
    if members.is_empty() {
        return row;
    }
    let one_kind = members.len() + 1;
    let (reported, expected, first) = (row.reported.take(), row.expected.take(), row.message.clone());
    for (_, other) in members {
        join(&mut row, other);
    }
    (row.reported, row.expected) = (reported, expected);
    row.message = format!(
        "{one_kind} results ({}) disagree in one way, which {} would explain; the first of them: {first}",
        phrase::list(&numbers),
        cause.explanation
    );
    row
}

impl Row {
    /// A row with its sentence.
    pub fn new(check: CheckId, verdict: Verdict, message: String) -> Self {
        let check = Check {
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
        };
        Self { check, cause: None }
    }

    /// Words for what would explain the discrepancy, and for the number; such rows of one check become one.
    pub fn explained(mut self, explanation: Option<String>, number: String) -> Self {
        self.cause = explanation.map(|explanation| Cause { explanation, number });
        self
    }

    fn stopped(check: CheckId, why: String) -> Self {
        let mut row = Self::new(check, Verdict::NotCheckable, format!("Not checked: {why}."));
        row.check.why = Some(why);
        row
    }

    /// The findings looked at, and their groups.
    pub fn findings(mut self, findings: &[&Finding]) -> Self {
        let mut ids: Vec<FindingId> = findings.iter().map(|finding| finding.id).collect();
        ids.sort_unstable();
        ids.dedup();
        self.check.findings = ids;
        let groups = findings.iter().flat_map(|finding| [finding.group, finding.comparator]).flatten();
        self.groups(groups)
    }

    /// Groups looked at.
    pub fn groups(mut self, groups: impl IntoIterator<Item = GroupId>) -> Self {
        self.check.groups.extend(groups);
        self.check.groups.sort_unstable();
        self.check.groups.dedup();
        self
    }

    /// The printed number.
    pub fn reported(mut self, quantity: &Quantity) -> Self {
        self.check.reported = Some(Reported::Value(quantity.text.clone()));
        self
    }

    /// The printed text of something else than a quantity.
    pub fn reported_text(mut self, text: &str) -> Self {
        self.check.reported = Some(Reported::Value(text.to_owned()));
        self
    }

    /// The printed limits.
    pub fn reported_limits(mut self, interval: &Interval) -> Self {
        if let (Some(low), Some(high)) = (&interval.low, &interval.high) {
            self.check.reported = Some(Reported::Interval(low.text.clone(), high.text.clone()));
        }
        self
    }

    /// The recomputed number with its range, or the recomputed interval; an infinite end says nothing and is left out.
    pub fn expected(mut self, range: Range) -> Self {
        if range.low.is_finite() && range.high.is_finite() {
            self.check.expected = Some(Expected { low: range.low, high: range.high });
        }
        self
    }

    /// The methods whose result agrees with the printed digits.
    pub fn methods(mut self, methods: Vec<&'static str>) -> Self {
        self.check.methods = methods;
        self
    }
}
