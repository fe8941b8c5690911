//! `trialtab filter`: one JSON line in, one JSON line out, in order, for programs that spread work over many processes.
//!
//! Unlike `extract`, it answers every line, blank ones too; gives back each id as it came; and takes a line that is cut
//! short, or a reader that goes away, for what it is there: lost work, and so no success. What has arrived is answered
//! before more is waited for, so that a caller may write a line and wait for its answer.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;

use rayon::prelude::*;

use super::config::{Filtering, usage};
use super::exit::{Exit, Failure};
use super::tally::Tally;
use super::work::Work;
use crate::read::{self, Item};

/// Lines that are worked on together.
const WAVE: usize = 512;

/// Bytes that are worked on together.
const WAVE_BYTES: usize = 4 << 20;

/// Name of the input in records.
const INPUT: &str = "-";

/// Runs it.
pub fn run(run: &Filtering) -> Result<Exit, Failure> {
    let work = Work::on_lines(super::extractor(run.rules.as_deref())?)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(run.threads.unwrap_or(0))
        .build()
        .map_err(|error| usage(format!("cannot start the threads: {error}")))?;
    let mut input = Lines { input: io::BufReader::with_capacity(1 << 18, io::stdin()), read: 0, broke_off: None };
    let mut output = io::BufWriter::with_capacity(1 << 18, io::stdout());
    let mut tally = Tally::default();
    let mut written = 0;
    loop {
        let wave = input.wave();
        if wave.is_empty() {
            break;
        }
        let done: Vec<(Vec<u8>, Tally)> =
            pool.install(|| wave.into_par_iter().map(|line| work.answer(line.item())).collect());
        for (bytes, of_line) in done {
            output.write_all(&bytes).map_err(lost)?;
            tally += of_line;
            written += 1;
        }
        output.flush().map_err(lost)?;
    }
    let mut errors = io::stderr();
    // Nothing is left to be done where standard error is closed.
    let _ =
        writeln!(errors, "trialtab filter: {} lines in, {written} out, {} with an error", input.read, tally.skipped);
    if let Some(why) = input.broke_off {
        let _ = writeln!(errors, "trialtab filter: {why}");
        return Ok(Exit::Input);
    }
    Ok(Exit::Done)
}

/// To a filter a reader that goes away is an answer lost.
fn lost(error: io::Error) -> Failure {
    Failure::Output { path: PathBuf::from("standard output"), error: io::Error::other(error) }
}

/// A line as it came, without its end.
struct Line {
    number: u64,
    bytes: Vec<u8>,
    too_long: bool,
}

impl Line {
    fn item(&self) -> Item {
        read::json_line(INPUT, self.number, &self.bytes, self.too_long)
    }
}

/// Lines of an input.
struct Lines<R> {
    input: io::BufReader<R>,
    read: u64,
    /// Why the input has no good end.
    broke_off: Option<String>,
}

impl<R: io::Read> Lines<R> {
    /// The lines that are there, at least one; none at the end.
    fn wave(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut bytes = 0;
        while lines.len() < WAVE && bytes < WAVE_BYTES && self.broke_off.is_none() {
            match self.next() {
                Ok(Some(line)) => {
                    bytes += line.bytes.len();
                    lines.push(line);
                }
                Ok(None) => break,
                Err(error) => {
                    self.broke_off = Some(format!("the input broke off after line {}: {error}", self.read));
                    break;
                }
            }
            // More is not waited for.
            if !self.input.buffer().contains(&b'\n') {
                break;
            }
        }
        lines
    }

    fn next(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let mut too_long = false;
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', buffer);
            let taken = end.map_or(buffer.len(), |end| end + 1);
            too_long |= bytes.len() + taken > read::LONGEST_JSON_LINE;
            if !too_long {
                bytes.extend_from_slice(&buffer[..taken]);
            }
            self.input.consume(taken);
            if end.is_some() {
                bytes.pop_if(|b| *b == b'\n');
                self.read += 1;
                return Ok(Some(Line { number: self.read, bytes, too_long }));
            }
        }
        if bytes.is_empty() && !too_long {
            return Ok(None);
        }
        self.read += 1;
        let line = Line { number: self.read, bytes, too_long };
        if matches!(line.item(), Item::Skipped(_)) {
            self.broke_off = Some(format!("the input was cut off within line {}", self.read));
        }
        Ok(Some(line))
    }
}
