//! What a run has seen, in numbers.

use std::fmt;
use std::ops::AddAssign;

use crate::model::{Diagnostic, Record, Severity, Verdict};

/// Counts of a run or of a part of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// References that could be used.
    pub references: u64,
    /// Those of them with an abstract.
    pub with_abstract: u64,
    /// Findings.
    pub findings: u64,
    /// Checks that came to `inconsistent`.
    pub inconsistent: u64,
    /// Checks that came to `suspicious`.
    pub suspicious: u64,
    /// Records that could not be used.
    pub skipped: u64,
    /// Diagnostics that are warnings or worse.
    pub warnings: u64,
    /// Records that repeat an earlier one, where linking was asked for.
    pub duplicates: u64,
    /// Records that report the trial of an earlier one.
    pub companions: u64,
    /// Inputs that could not be read at all.
    pub unreadable: u64,
    /// Inputs that could not be read to their end.
    pub broken_off: u64,
}

impl Tally {
    /// Of one record.
    pub fn of(record: &Record) -> Self {
        let used = record.error.is_none();
        let verdicts = |verdict| record.checks.iter().filter(|check| check.verdict == verdict).count() as u64;
        let has_abstract = record.reference.abstract_text.as_deref().is_some_and(|text| !text.trim().is_empty());
        Self {
            references: u64::from(used),
            with_abstract: u64::from(used && has_abstract),
            findings: record.findings.len() as u64,
            inconsistent: verdicts(Verdict::Inconsistent),
            suspicious: verdicts(Verdict::Suspicious),
            skipped: u64::from(!used),
            warnings: record.diagnostics.iter().filter(|diagnostic| is_warning(diagnostic)).count() as u64,
            duplicates: u64::from(record.duplicate_of.is_some()),
            companions: u64::from(record.same_trial_as.is_some()),
            unreadable: 0,
            broken_off: 0,
        }
    }

    /// Records seen: used, without abstract, or skipped.
    pub fn seen(&self) -> u64 {
        self.references + self.skipped
    }

    /// Records without an abstract.
    pub fn without_abstract(&self) -> u64 {
        self.references - self.with_abstract
    }
}

fn is_warning(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity >= Severity::Warning
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.references += other.references;
        self.with_abstract += other.with_abstract;
        self.findings += other.findings;
        self.inconsistent += other.inconsistent;
        self.suspicious += other.suspicious;
        self.skipped += other.skipped;
        self.warnings += other.warnings;
        self.duplicates += other.duplicates;
        self.companions += other.companions;
        self.unreadable += other.unreadable;
        self.broken_off += other.broken_off;
    }
}

impl fmt::Display for Tally {
    /// The closing line of a run.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let discrepancies = self.inconsistent + self.suspicious;
        write!(f, "{} read, {} with abstract, ", counted(self.references, "reference"), self.with_abstract)?;
        write!(f, "{}, ", counted(self.findings, "finding"))?;
        let plural = if discrepancies == 1 { "discrepancy" } else { "discrepancies" };
        write!(f, "{discrepancies} {plural}, {} skipped", self.skipped)?;
        if self.duplicates + self.companions > 0 {
            let companions = counted(self.companions, "companion report");
            write!(f, ", {} and {companions} linked", counted(self.duplicates, "duplicate"))?;
        }
        match self.unreadable + self.broken_off {
            0 => Ok(()),
            n => write!(f, ", {} unreadable", counted(n, "input")),
        }
    }
}

fn counted(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    #[test]
    fn the_closing_line_adds_up() {
        let mut tally = Tally::of(&sample::record());
        assert_eq!(tally.to_string(), "1 reference read, 1 with abstract, 4 findings, 2 discrepancies, 0 skipped");
        let mut unusable = sample::record();
        unusable.error = Some("not JSON".into());
        (unusable.findings, unusable.checks) = (Vec::new(), Vec::new());
        unusable.diagnostics = vec![
            Diagnostic::new(Severity::Error, "jsonl.syntax", "not JSON", 1),
            Diagnostic::new(Severity::Note, "jsonl.bom", "begins with a mark", 1),
        ];
        tally += Tally::of(&unusable);
        tally.unreadable += 1;
        assert_eq!(
            tally.to_string(),
            "1 reference read, 1 with abstract, 4 findings, 2 discrepancies, 1 skipped, 1 input unreadable"
        );
        assert_eq!(tally.warnings, 1);
    }
}
