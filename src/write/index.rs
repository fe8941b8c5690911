//! A record's checks by finding, so that a row of output finds its own without a search.

use crate::model::{Check, Finding, Group, GroupId, Record, Verdict};

/// A record with its checks sorted by finding.
pub struct Index<'a> {
    record: &'a Record,
    by_finding: Vec<Vec<&'a Check>>,
}

impl<'a> Index<'a> {
    /// Of this record.
    pub fn of(record: &'a Record) -> Self {
        let mut by_finding = vec![Vec::new(); record.findings.len()];
        for check in &record.checks {
            for finding in &check.findings {
                by_finding[finding.index()].push(check);
            }
        }
        Self { record, by_finding }
    }

    /// The checks that looked at a finding, in the record's order.
    pub fn checks(&self, finding: &Finding) -> &[&'a Check] {
        &self.by_finding[finding.id.index()]
    }

    /// The gravest verdict on a finding; none where nothing was checked.
    pub fn verdict(&self, finding: &Finding) -> Option<Verdict> {
        self.checks(finding).iter().map(|check| check.verdict).max_by_key(|&verdict| gravity(verdict))
    }

    /// The group of an id.
    pub fn group(&self, id: GroupId) -> &'a Group {
        &self.record.groups[id.index()]
    }
}

fn gravity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotCheckable => 0,
        Verdict::Consistent => 1,
        Verdict::Suspicious => 2,
        Verdict::Inconsistent => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    #[test]
    fn the_gravest_verdict_stands_for_a_finding() {
        let record = sample::record();
        let index = Index::of(&record);
        let verdicts: Vec<_> = record.findings.iter().map(|finding| index.verdict(finding)).collect();
        assert_eq!(verdicts, [Some(Verdict::Consistent), Some(Verdict::Inconsistent), Some(Verdict::Suspicious), None]);
    }
}
