//! `trialtab extract`: read, extract and write, in parallel and in order.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::extract::Extractor;
use crate::model::{Diagnostic, Record, Reference, Severity};
use crate::read::{self, ReadError};
use crate::write::Format;

use super::args::FailOn;
use super::config::{Extraction, usage};
use super::exit::{Exit, Failure};
use super::inputs::{Entry, Inputs};
use super::output::Output;
use super::progress::Progress;
use super::report::Reporter;
use super::tally::Tally;
use super::waves;

/// Text that one wave may hold, so that very long abstracts do not add up.
const WAVE_BYTES: usize = 4 * 1024 * 1024;

/// Runs it.
pub fn run(run: &Extraction) -> Result<Exit, Failure> {
    let extractor = super::extractor(run.rules.as_deref())?.explaining_checks(run.explain_checks);
    let mut sink = Sink {
        output: open_output(run)?,
        reporter: Reporter::new(anstream::stderr(), run.chatter),
        progress: Progress::new(run.progress),
        tally: Tally::default(),
        failure: None,
    };
    let mut head = Vec::new();
    run.format.head(&mut head);
    sink.output.write(&head)?;
    let mut inputs = Inputs::new(run.inputs.clone(), run.read.clone());
    let work = Work { extractor, format: run.format.clone() };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(run.threads.unwrap_or(0))
        .build()
        .map_err(|error| usage(format!("cannot start the threads: {error}")))?;
    pool.install(|| {
        waves::run(|size| wave(&mut inputs, size), |entry| work.on(entry), |wave| sink.take(&wave));
    });
    sink.close(run)
}

/// The next entries, at most `size` and not much over [`WAVE_BYTES`].
fn wave(inputs: &mut Inputs, size: usize) -> Vec<Entry> {
    let (mut entries, mut bytes) = (Vec::new(), 0);
    while entries.len() < size && bytes < WAVE_BYTES {
        let Some(entry) = inputs.next() else { break };
        if let Entry::Reference(reference) = &entry {
            bytes += reference.bibliography.abstract_text.as_deref().map_or(0, str::len);
        }
        entries.push(entry);
    }
    entries
}

fn open_output(run: &Extraction) -> Result<Output, Failure> {
    let Some(path) = &run.output else { return Ok(Output::stdout()) };
    let same = |input: &Path| input.canonicalize().ok().is_some_and(|input| path.canonicalize().ok() == Some(input));
    if let Some(input) = run.inputs.iter().find(|input| same(input)) {
        return Err(usage(format!("the output would replace the input {}", input.display())));
    }
    Output::file(path)
}

/// What is made of one entry.
struct Done {
    bytes: Vec<u8>,
    tally: Tally,
    path: String,
    diagnostics: Vec<Diagnostic>,
    unreadable: Option<ReadError>,
}

struct Work {
    extractor: Extractor,
    format: Format,
}

impl Work {
    fn on(&self, entry: Entry) -> Done {
        match entry {
            Entry::Reference(reference) => self.done(self.record(&reference)),
            Entry::Skipped { id, source, diagnostic } => {
                // One line in, one line out: only an input of lines has a place for it in the output.
                let has_line = source.format == read::Format::Jsonl.name();
                let reference = Reference { id: Some(id), source, ..Reference::default() };
                let mut done = self.done(self.unusable(&reference, diagnostic));
                if !has_line {
                    done.bytes.clear();
                }
                done
            }
            Entry::Unreadable { error, broke_off } => Done {
                bytes: Vec::new(),
                tally: Tally {
                    unreadable: u64::from(!broke_off),
                    broken_off: u64::from(broke_off),
                    ..Tally::default()
                },
                path: String::new(),
                diagnostics: Vec::new(),
                unreadable: Some(error),
            },
        }
    }

    /// An abstract that trips the extractor up is reported, and the others go on.
    fn record(&self, reference: &Reference) -> Record {
        let attempt = catch_unwind(AssertUnwindSafe(|| self.extractor.extract(reference)));
        attempt.unwrap_or_else(|_| {
            let message = "a fault of the program on this abstract: please report it";
            let diagnostic = Diagnostic::new(Severity::Error, "internal.panic", message, reference.source.line);
            let bare = Reference { id: reference.id.clone(), source: reference.source.clone(), ..Reference::default() };
            self.unusable(&bare, diagnostic)
        })
    }

    /// The record of a reference without words, and why it has none.
    fn unusable(&self, reference: &Reference, diagnostic: Diagnostic) -> Record {
        let mut record = self.extractor.extract(reference);
        record.error = Some(format!("{}: {}", diagnostic.code, diagnostic.message));
        record.diagnostics.push(diagnostic);
        record
    }

    fn done(&self, record: Record) -> Done {
        let mut bytes = Vec::new();
        self.format.record(&record, &mut bytes);
        let tally = Tally::of(&record);
        Done { bytes, tally, path: record.source.path, diagnostics: record.diagnostics, unreadable: None }
    }
}

/// Takes what is done, in input order.
struct Sink<W: std::io::Write> {
    output: Output,
    reporter: Reporter<W>,
    progress: Progress,
    tally: Tally,
    failure: Option<Failure>,
}

impl<W: std::io::Write> Sink<W> {
    fn take(&mut self, wave: &[Done]) -> ControlFlow<()> {
        for done in wave {
            self.tally += done.tally;
            self.report(done);
            if let Err(failure) = self.output.write(&done.bytes) {
                self.failure = Some(failure);
                return ControlFlow::Break(());
            }
        }
        if let Err(failure) = self.output.flush() {
            self.failure = Some(failure);
            return ControlFlow::Break(());
        }
        self.progress.advance(wave.len() as u64);
        ControlFlow::Continue(())
    }

    fn report(&mut self, done: &Done) {
        if done.diagnostics.is_empty() && done.unreadable.is_none() {
            return;
        }
        let reporter = &mut self.reporter;
        self.progress.aside(|| {
            for diagnostic in &done.diagnostics {
                reporter.diagnostic(&done.path, diagnostic);
            }
            if let Some(error) = &done.unreadable {
                reporter.error(error);
            }
        });
    }

    fn close(mut self, run: &Extraction) -> Result<Exit, Failure> {
        drop(self.progress);
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        self.reporter.close(&self.tally);
        // Half of an input, or nothing at all, must not pass for the whole in the place of an older file.
        let nothing_read = self.tally.unreadable == run.inputs.len() as u64;
        match &run.output {
            Some(path) if nothing_read || self.tally.broken_off > 0 => {
                self.reporter.error(format_args!("{} is not written", path.display()));
            }
            _ => self.output.finish()?,
        }
        Ok(exit(&self.tally, run))
    }
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

    fn asked(fail_on: Option<FailOn>, strict: bool) -> Extraction {
        Extraction {
            inputs: Vec::new(),
            read: read::Options::default(),
            rules: None,
            format: Format::Jsonl,
            output: None,
            threads: Some(1),
            explain_checks: false,
            fail_on,
            strict,
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
