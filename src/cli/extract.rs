//! `trialtab extract` and `trialtab check`: read, extract and write, in parallel and in order.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::extract::Extractor;
use crate::model::{Diagnostic, Record, Reference, Severity, Source};
use crate::read::{self, Item, ReadError, Skipped};
use crate::review;
use crate::write::{Book, Format};

use super::args::FailOn;
use super::config::{Extraction, usage};
use super::decisions::{Account, Given};
use super::digest::Later;
use super::exit::{Exit, Failure};
use super::inputs::{Entry, Inputs};
use super::ledger::Ledger;
use super::link::Links;
use super::manifest::{self, Gathered};
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
    if let Some(path) = &run.manifest {
        spare_inputs(path, Inputs::new(&run.inputs, run.read.clone()).paths())?;
    }
    let book = match &run.format {
        Format::Whole(whole) => Some(whole.open().map_err(spool_failed)?),
        _ => None,
    };
    let decisions = Given::read(&run.decisions)?;
    let digests = run.manifest.is_some() || book.is_some();
    let mut inputs = Inputs::new(&run.inputs, run.read.clone()).digesting(digests);
    let mut sink = Sink {
        output: open_output(run, inputs.paths())?,
        ledger: run.diagnostics.as_deref().map(|path| open_ledger(run, path, inputs.paths())).transpose()?,
        links: run.link.then(Links::new).transpose().map_err(spool_failed)?,
        book,
        gathered: Gathered::new(run, extractor.pack().in_force()),
        format: run.format.clone(),
        leaves_out: run.dedupe && run.format != Format::Jsonl,
        of_input: Tally::default(),
        inputs: 0,
        decisions: decisions.account(),
        reporter: Reporter::new(anstream::stderr(), run.chatter),
        progress: Progress::new(run.progress),
        tally: Tally::default(),
        less_grave: matches!(run.format, Format::Discrepancies(_)).then(Vec::new),
        failure: None,
    };
    let mut head = Vec::new();
    run.format.head(&mut head);
    sink.output.write(&head)?;
    let keeps = run.link || matches!(run.format, Format::Whole(_));
    let work = Work { extractor, decisions, format: run.format.clone(), keeps };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(run.threads.unwrap_or(0))
        .build()
        .map_err(|error| usage(format!("cannot start the threads: {error}")))?;
    pool.install(|| {
        waves::run(|size| wave(&mut inputs, size), |entry| work.on(entry), |wave| sink.take(wave));
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

/// A book that has nothing to show says so; all else is a failure of the output.
fn book_failed(error: std::io::Error, output: &Output) -> Failure {
    if error.kind() == std::io::ErrorKind::NotFound {
        return Failure::NothingToShow(error.to_string());
    }
    output.failure(error)
}

/// A failure of a passing file.
fn spool_failed(error: std::io::Error) -> Failure {
    Failure::Output { path: std::env::temp_dir(), error }
}

fn open_output(run: &Extraction, inputs: &[PathBuf]) -> Result<Output, Failure> {
    let Some(path) = &run.output else { return Ok(Output::stdout()) };
    if let Format::Whole(whole) = &run.format
        && !whole.files().is_empty()
    {
        whole.files().iter().try_for_each(|name| spare_inputs(&path.join(name), inputs))?;
        return Ok(Output::later(path));
    }
    spare_inputs(path, inputs)?;
    Output::file(path)
}

fn open_ledger(run: &Extraction, path: &Path, inputs: &[PathBuf]) -> Result<Ledger, Failure> {
    spare_inputs(path, inputs)?;
    if run.output.as_deref() == Some(path) {
        return Err(usage(format!("the output and the diagnostics would both be {}", path.display())));
    }
    Output::file(path).map(Ledger::new)
}

/// An error where writing to `path` would replace an input.
fn spare_inputs(path: &Path, inputs: &[PathBuf]) -> Result<(), Failure> {
    let same = |input: &Path| input.canonicalize().ok().is_some_and(|input| path.canonicalize().ok() == Some(input));
    match inputs.iter().find(|input| same(input)) {
        Some(input) => Err(usage(format!("the output would replace the input {}", input.display()))),
        None => Ok(()),
    }
}

/// What is made of one entry.
// A record is what nearly every entry becomes.
#[allow(clippy::large_enum_variant)]
enum Done {
    Record(Made),
    Ended { path: PathBuf, format: read::Format, digest: Option<Later> },
    Unreadable { error: ReadError, broke_off: bool },
}

/// What is made of one record.
struct Made {
    /// It as it is written; none yet where it is kept.
    bytes: Vec<u8>,
    tally: Tally,
    id: String,
    source: Source,
    diagnostics: Vec<Diagnostic>,
    /// What became of the decisions on it.
    reviewed: review::Outcome,
    /// Kept where it may still be linked, or goes into a book.
    record: Option<Record>,
}

pub(super) struct Work {
    extractor: Extractor,
    decisions: Given,
    format: Format,
    /// Whether records are kept, and written one after the other.
    keeps: bool,
}

impl Work {
    fn on(&self, entry: Entry) -> Done {
        match entry {
            Entry::Reference(reference) => Done::Record(self.made(self.record(&reference), true)),
            Entry::Skipped { id, source, diagnostic } => {
                // One line in, one line out: only an input of lines has a place for it in the output.
                let has_line = source.format == read::Format::Jsonl.name();
                let reference = Reference { id: Some(id), source, ..Reference::default() };
                Done::Record(self.made(self.unusable(&reference, diagnostic), has_line))
            }
            Entry::Ended { path, format, digest } => Done::Ended { path, format, digest },
            Entry::Unreadable { error, broke_off } => Done::Unreadable { error, broke_off },
        }
    }

    /// For JSON lines that are answered one by one.
    pub fn on_lines(extractor: Extractor) -> Result<Self, Failure> {
        Ok(Self { extractor, format: Format::Jsonl, keeps: false, decisions: Given::read(&[])? })
    }

    /// The line that answers an item, and its counts.
    pub fn answer(&self, item: Item) -> (Vec<u8>, Tally) {
        let record = match item {
            Item::Reference(reference) => self.record(&reference),
            Item::Skipped(Skipped { id, source, diagnostic }) => {
                self.unusable(&Reference { id, source, ..Reference::default() }, diagnostic)
            }
        };
        let made = self.made(record, true);
        (made.bytes, made.tally)
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

    fn made(&self, mut record: Record, has_line: bool) -> Made {
        let reviewed = self.decisions.apply(&mut record, &self.extractor);
        let mut bytes = Vec::new();
        let keeps = self.keeps && has_line;
        if has_line && !keeps {
            self.format.record(&record, &mut bytes);
        }
        Made {
            bytes,
            tally: Tally::of(&record),
            id: record.id.clone(),
            source: record.source.clone(),
            diagnostics: record.diagnostics.clone(),
            reviewed,
            record: keeps.then_some(record),
        }
    }
}

/// Takes what is done, in input order.
struct Sink<W: std::io::Write> {
    output: Output,
    ledger: Option<Ledger>,
    links: Option<Links>,
    book: Option<Box<dyn Book>>,
    gathered: Gathered,
    format: Format,
    /// Whether records that repeat others are not written.
    leaves_out: bool,
    decisions: Option<Account>,
    reporter: Reporter<W>,
    progress: Progress,
    tally: Tally,
    /// Of the input at hand.
    of_input: Tally,
    /// Inputs that were opened, or could not be.
    inputs: u64,
    /// Where the gravest come first: what is to be written after all of it.
    less_grave: Option<Vec<u8>>,
    failure: Option<Failure>,
}

impl<W: std::io::Write> Sink<W> {
    fn take(&mut self, wave: Vec<Done>) -> ControlFlow<()> {
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
            links.link(&mut record).map_err(spool_failed)?;
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

    fn close(mut self, run: &Extraction) -> Result<Exit, Failure> {
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
