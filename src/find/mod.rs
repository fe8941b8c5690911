//! Sentence → mentions: the typed spans from which findings and groups are built.
//!
//! A sentence is rewritten, layer by layer, as a [`Masked`] string: lower-case text with one capital for each mention
//! found so far, so that each rule sees what earlier layers made of the sentence and stays short.

mod mask;
mod number;
mod rewrite;

pub use mask::{Masked, Mention, Part};
pub use number::{Number, numbers};
pub use rewrite::{mentions, numbered, rewrite_findings};
