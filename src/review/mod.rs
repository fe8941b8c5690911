//! Reviewers' decisions: records → the records that reviewers stand for.
//!
//! A decision names its finding by the record's id, the hash of the text, the span, and the words that the reviewer saw
//! there ([`sight`]). The trick is that last one: if other rules read the same words otherwise, nobody has judged that
//! reading, and the decision is reported and not applied.

mod agree;
mod amend;
mod apply;
mod decision;
mod place;
mod ruling;
mod sight;
mod typed;

pub use agree::{Agreement, Dispute, JUDGEMENTS, Side, agreement};
pub use decision::{At, Decision, Decisions, DecisionsError, Part, Read, Slot, Verb};
pub use ruling::Outcome;
pub use sight::sight;

/// Version of the shape of a decision, written in every line.
pub const SCHEMA: &str = "trialtab-decision/1";
