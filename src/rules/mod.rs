//! TOML → a checked, compiled rule pack.
//!
//! Rules are typed in `rules/` (and in a user's `--rules` folder, layered over it). Both go through one loader:
//! `file` is what was typed, `pack` checks it and compiles it, and only the compiled pack runs.

mod automaton;
mod compile;
mod error;
mod file;
mod kind;
mod layer;
mod needs;
mod pack;
mod pattern;
mod phrases;
mod places;
mod regex;
mod sight;
mod sources;
mod starts;
mod terms;
mod thresholds;
mod vocabulary;

pub use error::{RuleError, RuleErrorKind, RuleErrors};
pub use file::{Binds, Domain, Early, Effect, GroupRuleKind, Side, Vocabulary};
pub use kind::Kind;
pub use layer::{GapSet, Hit, Layer};
pub use pack::{Gaps, MakesBundle, MakesGroup, MakesMention, OutcomeRule, Rule, RuleId, RulePack, Table};
pub use sight::Sight;
pub use terms::{Term, Terms};
#[cfg(test)]
pub use thresholds::BUILT_IN as BUILT_IN_LIMITS;
pub use thresholds::{
    CATALOGUE, CueLists, OutcomeLists, PValueLimits, Part, Partition, ProportionLimits, ResponderWords, SymmetryLimits,
    Thresholds, Words,
};
