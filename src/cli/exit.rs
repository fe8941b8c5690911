//! How a run ends: the exit codes, and the failures that lead to them.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::read::ReadError;
use crate::review::DecisionsError;
use crate::rules::RuleErrors;

/// How a run ended; the number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, also when some records were reported as unusable.
    Done = 0,
    /// The condition asked for is met (`--fail-on`, `--strict`, `rules check`).
    Condition = 1,
    /// Wrong usage, or rules that do not load.
    Usage = 2,
    /// An input could not be read; the others were.
    Input = 3,
    /// The output could not be written.
    Output = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What ends a run at once.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line makes no sense, or asked for help.
    #[error(transparent)]
    Usage(clap::Error),
    /// The rules do not load.
    #[error(transparent)]
    Rules(RuleErrors),
    /// The only input cannot be read.
    #[error(transparent)]
    Input(ReadError),
    /// A file of decisions cannot be used.
    #[error(transparent)]
    Decisions(DecisionsError),
    /// The input holds no reference with the id asked for.
    #[error("{input} holds no reference with the id {id}")]
    NoSuchReference { input: String, id: String },
    /// Nothing in the inputs is what was asked for.
    #[error("{0}")]
    NothingToShow(String),
    /// There is no rule with the id asked for.
    #[error("there is no rule {id}")]
    NoSuchRule { id: String },
    /// The output cannot be written.
    #[error("cannot write {}: {error}", path.display())]
    Output { path: PathBuf, error: io::Error },
    /// The reader of the output has enough.
    #[error("the pipe was closed")]
    ClosedPipe,
}

impl Failure {
    /// A failure of a passing file.
    pub fn spool(error: io::Error) -> Self {
        Self::Output { path: std::env::temp_dir(), error }
    }

    /// How the run ends.
    pub fn exit(&self) -> Exit {
        match self {
            Self::ClosedPipe => Exit::Done,
            Self::Usage(error) if !error.use_stderr() => Exit::Done,
            Self::Usage(_)
            | Self::Rules(_)
            | Self::NoSuchReference { .. }
            | Self::NothingToShow(_)
            | Self::NoSuchRule { .. } => Exit::Usage,
            Self::Input(_) | Self::Decisions(_) => Exit::Input,
            Self::Output { .. } => Exit::Output,
        }
    }
}
