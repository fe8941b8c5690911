//! Mentions → groups and findings: whose each number is, of what, when and how bad.
//!
//! Two passes. The first reads the whole abstract for arms, sizes and abbreviations, because a label defined in the
//! methods names a column of the results. The second takes each sentence by itself: its numbers form lists, and each
//! list is bound to outcomes, arms, times and grades by gap rules, the best rank first.

mod abbreviation;
mod arms;
mod attribute;
mod context;
mod design;
mod document;
#[cfg(test)]
mod example;
mod finding;
mod grade;
mod group;
mod ledger;
mod list;
mod measure;
mod outcome;
mod p_value;
mod phrase;
mod population;
mod repeat;
mod sentence;
mod split;
