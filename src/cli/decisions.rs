//! Decisions in a run: what was said of those that do not hold, and the account of those that do.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use crate::extract::Extractor;
use crate::model::{Record, Source};
use crate::review::{self, Decisions, Verb};

use super::exit::Failure;
use super::ledger::Ledger;
use super::report::Reporter;

/// The decisions given, for the workers.
#[derive(Debug, Clone)]
pub struct Given(Option<Arc<Decisions>>);

impl Given {
    /// Reads the files; without files there is nothing to do.
    pub fn read(paths: &[PathBuf]) -> Result<Self, Failure> {
        if paths.is_empty() {
            return Ok(Self(None));
        }
        Decisions::read(paths).map(|decisions| Self(Some(Arc::new(decisions)))).map_err(Failure::Decisions)
    }

    /// Does what was decided on a record to it.
    pub fn apply(&self, record: &mut Record, extractor: &Extractor) -> review::Outcome {
        self.0.as_ref().map(|decisions| extractor.review(record, decisions)).unwrap_or_default()
    }

    /// The account of a run.
    pub fn account(&self) -> Option<Account> {
        let decisions = self.0.clone()?;
        Some(Account { heard: vec![false; decisions.all.len()], applied: Vec::new(), refused: 0, decisions })
    }
}

/// What became of each decision.
#[derive(Debug)]
pub struct Account {
    decisions: Arc<Decisions>,
    /// Whether the record of each was met.
    heard: Vec<bool>,
    applied: Vec<usize>,
    refused: u64,
}

impl Account {
    /// Takes what became of the decisions on a record, and reports those that do not hold; the number of them.
    pub fn take<W: Write>(
        &mut self,
        id: &str,
        outcome: review::Outcome,
        reporter: &mut Reporter<W>,
        ledger: Option<&mut Ledger>,
    ) -> Result<u64, Failure> {
        for &place in self.decisions.of(id) {
            self.heard[place] = true;
        }
        self.applied.extend(outcome.applied);
        self.report(outcome.reports, reporter, ledger)
    }

    /// Reports decisions on records that never came, and sums up.
    pub fn close<W: Write>(&mut self, reporter: &mut Reporter<W>, ledger: Option<&mut Ledger>) -> Result<u64, Failure> {
        let unheard = (0..self.heard.len()).filter(|&place| !self.heard[place]);
        let reports = unheard.map(|place| (place, self.decisions.no_record(place))).collect();
        let refused = self.report(reports, reporter, ledger)?;
        let applied =
            |verb| self.applied.iter().filter(|&&place| self.decisions.all[place].decision.decision == verb).count();
        let counts: Vec<String> = [Verb::Accept, Verb::Correct, Verb::Reject, Verb::Add]
            .into_iter()
            .map(|verb| format!("{} {}", applied(verb), verb.past()))
            .collect();
        reporter.decisions(self.applied.len(), &counts.join(", "), self.refused);
        Ok(refused)
    }

    fn report<W: Write>(
        &mut self,
        reports: Vec<(usize, crate::model::Diagnostic)>,
        reporter: &mut Reporter<W>,
        mut ledger: Option<&mut Ledger>,
    ) -> Result<u64, Failure> {
        let number = reports.len() as u64;
        self.refused += number;
        for (place, diagnostic) in reports {
            let read = &self.decisions.all[place];
            let path = self.decisions.paths[read.file].to_string_lossy().into_owned();
            reporter.diagnostic(&path, &diagnostic);
            if let Some(ledger) = &mut ledger {
                let source = Source { path, format: "decisions".into(), record: read.line, line: read.line };
                ledger.diagnostic(&read.decision.record, &source, &diagnostic)?;
            }
        }
        Ok(number)
    }
}
