//! trialtab reads exported references, finds every reported trial metric in their abstracts, says who it belongs to
//! and when it was measured, recomputes it, and writes an evidence table in which each number points at its own words.

pub mod bind;
pub mod check;
pub mod cli;
pub mod extract;
pub mod find;
pub mod model;
pub mod read;
pub mod rules;
pub mod text;
pub mod write;
