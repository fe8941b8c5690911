//! `trialtab extract` and `trialtab check`: read, extract and write, in parallel and in order.

use std::path::{Path, PathBuf};

use crate::write::Format;

use super::config::{Extraction, usage};
use super::decisions::Given;
use super::exit::{Exit, Failure};
use super::inputs::{Entry, Inputs};
use super::ledger::Ledger;
use super::link::Links;
use super::manifest::Gathered;
use super::output::Output;
use super::progress::Progress;
use super::report::Reporter;
use super::sink::Sink;
use super::tally::Tally;
use super::waves;
use super::work::Work;

/// Text that one wave may hold, so that very long abstracts do not add up.
const WAVE_BYTES: usize = 4 * 1024 * 1024;

/// Runs it.
pub fn run(run: &Extraction) -> Result<Exit, Failure> {
    let extractor = super::extractor(run.rules.as_deref())?.explaining_checks(run.explain_checks);
    if let Some(path) = &run.manifest {
        spare_inputs(path, Inputs::new(&run.inputs, run.read.clone()).paths())?;
    }
    let book = match &run.format {
        Format::Whole(whole) => Some(whole.open().map_err(Failure::spool)?),
        _ => None,
    };
    let decisions = Given::read(&run.decisions)?;
    let digests = run.manifest.is_some() || book.is_some();
    let mut inputs = Inputs::new(&run.inputs, run.read.clone()).digesting(digests);
    let mut sink = Sink {
        output: open_output(run, inputs.paths())?,
        ledger: run.diagnostics.as_deref().map(|path| open_ledger(run, path, inputs.paths())).transpose()?,
        links: run.link.then(Links::new).transpose().map_err(Failure::spool)?,
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
