//! `trialtab rules check|list|show`.
//!
//! PLACEHOLDER, replaced on merge: loads the rules and does nothing with them.

use super::args::RulesCommand;
use super::exit::{Exit, Failure};
use super::output::Output;

/// Runs one of the rules commands.
pub fn run(command: &RulesCommand, _out: &mut Output) -> Result<Exit, Failure> {
    let (RulesCommand::Check { dir: rules } | RulesCommand::List { rules } | RulesCommand::Show { rules, .. }) =
        command;
    super::extractor(rules.as_deref())?;
    Ok(Exit::Done)
}
