//! The command line.
//!
//! What was typed (`args`) becomes what it means (`config`) without touching a file; a command then runs and comes to
//! an [`Exit`]. All text goes through writers, so that a closed pipe is an answer and not a panic.

mod agree;
mod args;
mod config;
mod decisions;
mod digest;
mod exit;
mod explain;
mod extract;
mod filter;
mod ids;
mod inputs;
mod ledger;
mod link;
mod manifest;
mod methods;
mod output;
mod progress;
mod report;
mod rules;
mod schema;
mod sink;
mod tally;
mod underline;
mod waves;
mod work;

pub use exit::Exit;

use std::ffi::OsString;
use std::path::Path;

use clap::{CommandFactory, Parser};

use crate::extract::Extractor;
use args::{Args, Command};
use config::Terminal;
use exit::Failure;
use output::Output;

/// Runs the command line given by `args`, program name first, and says how it ended.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    let line: Vec<OsString> = args.into_iter().collect();
    let typed = Args::try_parse_from(&line).map_err(Failure::Usage);
    let outcome = typed.and_then(|args| dispatch(args.command, &line));
    outcome.unwrap_or_else(|failure| {
        report::failure(&failure);
        failure.exit()
    })
}

fn dispatch(command: Command, line: &[OsString]) -> Result<Exit, Failure> {
    let terminal = Terminal::detect();
    match command {
        Command::Extract(args) => {
            extract::run(&config::Extraction { command: config::command(line), ..config::extraction(args, terminal)? })
        }
        Command::Filter(args) => filter::run(&config::filtering(args)),
        Command::Check(args) => extract::run(&config::checking(args, terminal)?),
        Command::Agree(args) => {
            let run = config::agreement(args, terminal);
            Output::to_stdout(|out| agree::run(&run, out))
        }
        Command::Plot(args) => extract::run(&config::plotting(args, terminal)),
        Command::Explain(args) => explain::run(&config::explanation(args, terminal)),
        Command::Rules(command) => Output::to_stdout(|out| rules::run(&command, out)),
        Command::Methods { manifest } => Output::to_stdout(|out| methods::run(&manifest, out)),
        Command::Schema => Output::to_stdout(schema::write),
        Command::Completions { shell } => Output::to_stdout(|out| {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "trialtab", &mut script);
            out.write(&script)?;
            Ok(Exit::Done)
        }),
    }
}

/// The built-in rules, with those of `dir` on top.
fn extractor(dir: Option<&Path>) -> Result<Extractor, Failure> {
    match dir {
        Some(dir) => Extractor::with_rules(dir),
        None => Extractor::built_in(),
    }
    .map_err(Failure::Rules)
}
