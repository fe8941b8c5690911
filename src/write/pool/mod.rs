//! What a meta-analysis can pool of a record, with everything that forbids it said beside.
//!
//! A number is never made up: one that does not follow from what is printed is left out, and `withheld` says why. Results at
//! entry and repetitions are passed over. metafor and `RevMan` are written from the same rows.

mod context;
mod means;
mod pairs;
mod ratios;
mod shares;
mod survival;

pub use context::{Context, Slabs, grade, months, time};
pub use means::{Means, means};
pub use pairs::{Pair, pairs};
pub use ratios::{Ratio, ratios};
pub use shares::{Share, shares};
pub use survival::{Survival, survival};

#[cfg(test)]
mod tests;
