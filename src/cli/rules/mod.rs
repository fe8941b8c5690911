//! `trialtab rules check|list|show`.

mod examine;
mod notation;

use std::fmt::Write as _;
use std::path::Path;

use super::args::RulesCommand;
use super::exit::{Exit, Failure};
use super::output::Output;
use crate::rules::{Rule, RulePack};

/// Runs one of the rules commands.
pub fn run(command: &RulesCommand, out: &mut Output) -> Result<Exit, Failure> {
    match command {
        RulesCommand::Check { dir } => check(dir.as_deref(), out),
        RulesCommand::List { rules } => {
            let pack = pack(rules.as_deref())?;
            out.write(list(&pack).as_bytes())?;
            Ok(Exit::Done)
        }
        RulesCommand::Show { id, rules } => {
            let pack = pack(rules.as_deref())?;
            let Some(rule) = pack.rules().iter().find(|r| r.id == *id) else {
                return Err(Failure::NoSuchRule { id: id.clone() });
            };
            out.write(show(rule).as_bytes())?;
            Ok(Exit::Done)
        }
    }
}

fn pack(dir: Option<&Path>) -> Result<RulePack, Failure> {
    match dir {
        Some(dir) => RulePack::layered(dir),
        None => RulePack::built_in(),
    }
    .map_err(Failure::Rules)
}

fn check(dir: Option<&Path>, out: &mut Output) -> Result<Exit, Failure> {
    let pack = match pack(dir) {
        Ok(pack) => pack,
        Err(failure) => {
            out.write(format!("{failure}\n").as_bytes())?;
            return Ok(Exit::Condition);
        }
    };
    let (examples, faults) = examine::examine(pack);
    for fault in &faults {
        out.write(format!("{fault}\n").as_bytes())?;
    }
    let summary = format!("{} rules, {} examples, {} failures\n", examples.rules, examples.examples, faults.len());
    out.write(summary.as_bytes())?;
    Ok(if faults.is_empty() { Exit::Done } else { Exit::Condition })
}

fn list(pack: &RulePack) -> String {
    let width = pack.rules().iter().map(|r| r.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in pack.rules() {
        let _ = writeln!(text, "{:width$}  {:8}  {}", rule.id, rule.table.name(), rule.title);
    }
    text
}

fn show(rule: &Rule) -> String {
    format!("# {}:{}\n{}\n", rule.file, rule.line, rule.source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_rule_does_what_its_examples_say() {
        let (examples, faults) = examine::examine(RulePack::built_in().expect("the built-in rules load"));
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(faults.is_empty(), "{} of {} examples fail:\n{}", faults.len(), examples.examples, faults.join("\n"));
    }

    #[test]
    fn a_rule_is_shown_as_it_was_typed() {
        let pack = RulePack::built_in().expect("the built-in rules load");
        let rule = pack.rules().iter().find(|r| r.id == "complete_remission").expect("a built-in outcome");
        let text = show(rule);
        assert!(text.contains("[[outcome]]") && text.contains("id = \"complete_remission\""), "{text}");
        assert!(!text.contains("[[outcome]]\nid = \"partial_response\""), "only this rule: {text}");
    }
}
