//! Where the records of a run go, one after the other: linked, counted, reported and written.

use std::ops::ControlFlow;

use crate::write::{Book, Format};

use super::args::FailOn;
use super::config::Extraction;
use super::decisions::Account;
use super::digest::Later;
use super::exit::{Exit, Failure};
use super::ledger::Ledger;
use super::link::Links;
use super::manifest::{self, Gathered};
use super::output::Output;
use super::progress::Progress;
use super::report::Reporter;
use super::tally::Tally;
use super::work::{Done, Made};

/// Takes what is done, in input order.
pub(super) struct Sink<W: std::io::Write> {
    pub output: Output,
    pub ledger: Option<Ledger>,
    pub links: Option<Links>,
    pub book: Option<Box<dyn Book>>,
    pub gathered: Gathered,
    pub format: Format,
    /// Whether records that repeat others are not written.
    pub leaves_out: bool,
    pub decisions: Option<Account>,
    pub reporter: Reporter<W>,
    pub progress: Progress,
    pub tally: Tally,
    /// Of the input at hand.
    pub of_input: Tally,
    /// Inputs that were opened, or could not be.
    pub inputs: u64,
    /// Where the gravest come first: what is to be written after all of it.
    pub less_grave: Option<Vec<u8>>,
    pub failure: Option<Failure>,
}

impl<W: std::io::Write> Sink<W> {
    /// Takes a wave; breaks off where something cannot be written.
    pub fn take(&mut self, wave: Vec<Done>) -> ControlFlow<()> {
        let records = wave.len() as u64;
        for done in wave {
            if let Err(failure) = self.take_one(done) {
                self.failure = Some(failure);
                return ControlFlow::Break(());
            }
        }
        if let Err(failure) = self.output.flush() {
            self.failure = Some(failure);
            return ControlFlow::Break(());
        }
        self.progress.advance(records);
        ControlFlow::Continue(())
    }

    fn take_one(&mut self, done: Done) -> Result<(), Failure> {
        match done {
            Done::Record(mut made) => {
                self.write(&mut made)?;
                self.of_input += made.tally;
                self.report(&made)?;
                self.account(&mut made)?;
                match self.less_grave.as_mut().filter(|_| made.tally.inconsistent == 0) {
                    Some(less_grave) => {
                        less_grave.extend_from_slice(&made.bytes);
                        Ok(())
                    }
                    None => self.output.write(&made.bytes),
                }
            }
            Done::Ended { path, format, digest } => self.end_input(&path.to_string_lossy(), format.name(), digest),
            Done::Unreadable { error, broke_off } => {
                self.of_input.unreadable += u64::from(!broke_off);
                self.of_input.broken_off += u64::from(broke_off);
                let reporter = &mut self.reporter;
                self.progress.aside(|| reporter.error(&error));
                if let Some(ledger) = &mut self.ledger {
                    ledger.unreadable(&error)?;
                }
                if broke_off {
                    return self.end_input(error.path(), "broke off", None);
                }
                self.gathered.input(error.path(), "unreadable", &Tally::default(), None);
                self.inputs += 1;
                self.tally += std::mem::take(&mut self.of_input);
                Ok(())
            }
        }
    }

    /// Links a record that was kept, and writes it.
    fn write(&mut self, made: &mut Made) -> Result<(), Failure> {
        let Some(mut record) = made.record.take() else { return Ok(()) };
        if let Some(links) = &mut self.links {
            links.link(&mut record).map_err(Failure::spool)?;
            made.tally = Tally::of(&record);
        }
        if self.leaves_out && record.duplicate_of.is_some() {
            return Ok(());
        }
        if let Some(book) = &mut self.book {
            return book.record(&record).map_err(|error| self.output.failure(error));
        }
        self.format.record(&record, &mut made.bytes);
        Ok(())
    }

    /// Sums up the input at hand.
    fn end_input(&mut self, path: &str, format: &str, digest: Option<Later>) -> Result<(), Failure> {
        let of_input = std::mem::take(&mut self.of_input);
        self.gathered.input(path, format, &of_input, digest);
        self.inputs += 1;
        self.tally += of_input;
        let reporter = &mut self.reporter;
        self.progress.aside(|| reporter.input(path, format, &of_input));
        self.ledger.as_mut().map_or(Ok(()), |ledger| ledger.input(path, format, &of_input))
    }

    fn report(&mut self, made: &Made) -> Result<(), Failure> {
        if made.diagnostics.is_empty() {
            return Ok(());
        }
        let reporter = &mut self.reporter;
        self.progress.aside(|| {
            for diagnostic in &made.diagnostics {
                reporter.diagnostic(&made.source.path, diagnostic);
            }
        });
        let Some(ledger) = &mut self.ledger else { return Ok(()) };
        made.diagnostics.iter().try_for_each(|diagnostic| ledger.diagnostic(&made.id, &made.source, diagnostic))
    }

    /// Takes note of the decisions on a record.
    fn account(&mut self, made: &mut Made) -> Result<(), Failure> {
        let Some(decisions) = &mut self.decisions else { return Ok(()) };
        let (outcome, reporter, ledger) = (std::mem::take(&mut made.reviewed), &mut self.reporter, &mut self.ledger);
        let quiet = outcome.reports.is_empty();
        let take = || decisions.take(&made.id, outcome, reporter, ledger.as_mut());
        self.of_input.warnings += if quiet { take() } else { self.progress.aside(take) }?;
        Ok(())
    }

    /// Sums up, and puts the output in its place.
    pub fn close(mut self, run: &Extraction) -> Result<Exit, Failure> {
        drop(self.progress);
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        self.output.write(&self.less_grave.unwrap_or_default())?;
        if let Some(mut decisions) = self.decisions {
            self.tally.warnings += decisions.close(&mut self.reporter, self.ledger.as_mut())?;
        }
        self.reporter.close(&self.tally);
        if self.leaves_out && self.tally.duplicates > 0 {
            self.reporter.left_out(self.tally.duplicates);
        }
        if let Some(ledger) = self.ledger {
            ledger.finish()?;
        }
        let manifest = self.gathered.close(&self.tally);
        // Half of an input, or nothing at all, must not pass for the whole in the place of an older file.
        let nothing_read = self.tally.unreadable == self.inputs;
        match &run.output {
            Some(path) if nothing_read || self.tally.broken_off > 0 => {
                self.reporter.error(format_args!("{} is not written", path.display()));
            }
            _ => {
                if let Some(book) = self.book {
                    let failed = |error| book_failed(error, &self.output);
                    let leaves = book.finish(&manifest).map_err(failed)?;
                    self.output.bind(leaves, run.output.as_deref())?;
                }
                self.output.finish()?;
                run.manifest.as_deref().map_or(Ok(()), |path| manifest::write(&manifest, path))?;
            }
        }
        Ok(exit(&self.tally, run))
    }
}

/// A book that has nothing to show says so; all else is a failure of the output.
fn book_failed(error: std::io::Error, output: &Output) -> Failure {
    if error.kind() == std::io::ErrorKind::NotFound {
        return Failure::NothingToShow(error.to_string());
    }
    output.failure(error)
}

fn exit(tally: &Tally, run: &Extraction) -> Exit {
    let flagged = match run.fail_on {
        Some(FailOn::Suspicious) => tally.suspicious + tally.inconsistent > 0,
        Some(FailOn::Inconsistent) => tally.inconsistent > 0,
        None => false,
    };
    let irregular = run.strict && tally.warnings + tally.skipped > 0;
    if tally.unreadable + tally.broken_off > 0 {
        Exit::Input
    } else if flagged || irregular {
        Exit::Condition
    } else {
        Exit::Done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::config::Chatter;
    use crate::read;

    fn asked(fail_on: Option<FailOn>, strict: bool) -> Extraction {
        Extraction {
            inputs: Vec::new(),
            read: read::Options::default(),
            rules: None,
            decisions: Vec::new(),
            format: Format::Jsonl,
            output: None,
            threads: Some(1),
            explain_checks: false,
            fail_on,
            strict,
            link: false,
            dedupe: false,
            diagnostics: None,
            manifest: None,
            command: Vec::new(),
            chatter: Chatter::Normal,
            progress: false,
        }
    }

    #[test]
    fn the_exit_code_answers_what_was_asked() {
        let suspicious = Tally { suspicious: 1, ..Tally::default() };
        let inconsistent = Tally { inconsistent: 1, ..Tally::default() };
        let warned = Tally { warnings: 1, ..Tally::default() };
        let skipped = Tally { skipped: 1, ..Tally::default() };
        let unreadable = Tally { unreadable: 1, inconsistent: 1, ..Tally::default() };
        let on_suspicious = asked(Some(FailOn::Suspicious), false);
        let on_inconsistent = asked(Some(FailOn::Inconsistent), false);
        assert_eq!(exit(&suspicious, &on_suspicious), Exit::Condition);
        assert_eq!(exit(&inconsistent, &on_suspicious), Exit::Condition);
        assert_eq!(exit(&suspicious, &on_inconsistent), Exit::Done);
        assert_eq!(exit(&inconsistent, &on_inconsistent), Exit::Condition);
        assert_eq!(exit(&inconsistent, &asked(None, true)), Exit::Done);
        assert_eq!(exit(&warned, &asked(None, false)), Exit::Done);
        assert_eq!(exit(&warned, &asked(None, true)), Exit::Condition);
        assert_eq!(exit(&skipped, &asked(None, true)), Exit::Condition);
        assert_eq!(exit(&unreadable, &on_inconsistent), Exit::Input);
    }
}
