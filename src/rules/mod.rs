//! TOML → a checked, compiled rule pack.
//!
//! Rules are typed in `rules/` (and in a user's `--rules` folder, layered over it). Both go through one loader:
//! `file` is what was typed, `pack` checks it and compiles it, and only the compiled pack runs.

mod compile;
mod error;
mod file;
mod kind;
mod layer;
mod pack;
mod pattern;
mod phrases;
mod regex;
mod sources;
mod terms;
mod thresholds;

pub use error::{RuleError, RuleErrorKind, RuleErrors};
pub use file::{Binds, Domain, Early, Effect, GroupRuleKind, Side, Vocabulary};
pub use kind::Kind;
pub use layer::{GapSet, Hit, Layer};
pub use pack::{Gaps, MakesBundle, MakesGroup, MakesMention, OutcomeRule, Rule, RuleId, RulePack, Table};
pub use terms::{Term, Terms, flatten};
#[cfg(test)]
pub use thresholds::BUILT_IN as BUILT_IN_LIMITS;
pub use thresholds::{
    CATALOGUE, CueLists, OutcomeLists, PValueLimits, Part, Partition, ProportionLimits, ResponderWords, SymmetryLimits,
    Thresholds, Words,
};
