//! Recomputes what an abstract reports: record in, one row out for each check and set of findings.
//!
//! Every printed number is the set of reals that round to it; a check asks whether any choice from those sets makes the
//! report true, and says `inconsistent` only where none does and no words of the abstract make the check inapplicable.
//! One family of the catalogue a file; the statistics are in [`methods`] and know nothing of records.

use crate::model::{Check, Record};
use crate::rules::Thresholds;

mod alike;
mod applicability;
mod catalogue;
mod complement;
mod counts;
mod difference;
mod feasible;
mod follow_up;
mod groups;
mod interval;
mod join;
mod means;
mod median;
pub mod methods;
mod p_bounds;
mod p_value;
mod partition;
mod passage;
mod phrase;
mod printed;
mod proportion;
mod proportion_ci;
mod range;
mod ratio;
mod responders;
mod restatement;
mod sheet;
mod statistic;
mod study;
mod survival;
mod survival_width;
mod symmetry;
mod trust;
mod two_group;
mod wording;

#[cfg(test)]
mod tests;

pub(crate) use interval::is_ratio;
pub(crate) use printed::{Limits, Printed, level, whole};
pub(crate) use proportion::{people_giving, whole_words};

use passage::Passages;
use sheet::Sheet;
use study::Study;

/// All checks, family by family.
const FAMILIES: &[fn(&Study, &mut Sheet)] = &[
    proportion::percent,
    feasible::check,
    proportion_ci::check,
    interval::order,
    interval::duplicate,
    symmetry::check,
    survival::order,
    survival::monotone,
    survival_width::check,
    complement::check,
    counts::subset,
    groups::sum,
    groups::flow,
    ratio::check,
    two_group::p_value,
    two_group::ratio,
    difference::value,
    difference::p_value,
    means::p_value,
    means::grim,
    median::check,
    follow_up::check,
    partition::check,
    restatement::check,
    p_bounds::check,
    statistic::check,
];

/// Checks a record; rows come by first finding, then check id, those about groups alone first.
///
/// With `explain`, checks that could not be done have a row too, which says why.
pub fn check(record: &Record, thresholds: &Thresholds, explain: bool) -> Vec<Check> {
    let passages = Passages::of(record);
    let joined = join::joined(record, thresholds, &passages);
    let study = Study { record: joined.as_ref().unwrap_or(record), thresholds, passages: &passages };
    let mut sheet = Sheet::new(explain);
    for family in FAMILIES {
        family(&study, &mut sheet);
    }
    sheet.finish()
}
