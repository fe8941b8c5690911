//! trialtab reads exported references, finds every reported trial metric in their abstracts, says who it belongs to
//! and when it was measured, recomputes it, and writes an evidence table in which each number points at its own words.
//!
//! A program that uses it reads an input, builds an [`Extractor`] from a rule pack (the built-in one, or a folder
//! layered over it), and asks it for the [`Record`] of each [`Reference`]:
//!
//! ```
//! use trialtab::{Extractor, Item, Options, Verdict, from_reader};
//!
//! let input = "\
//! TY  - JOUR
//! TI  - An invented trial of invented cells
//! AB  - Forty-three patients were treated. Complete remission was reached by 34 of 43 patients (75%).
//! ER  -
//! ";
//! let extractor = Extractor::built_in()?; // or Extractor::with_rules("my-rules".as_ref())?
//! for item in from_reader("trial.ris", input.as_bytes(), &Options::default())? {
//!     let Item::Reference(reference) = item? else { continue };
//!     let record = extractor.extract(&reference);
//!
//!     let finding = &record.findings[0];
//!     assert_eq!(finding.outcome.id.as_deref(), Some("complete_remission"));
//!     assert_eq!(finding.estimate.as_ref().map(|estimate| estimate.text.as_str()), Some("75%"));
//!     assert_eq!(reference.bibliography.quote(finding.at), "Complete remission was reached by 34 of 43 patients (75%)");
//!
//!     // 34 of 43 is 79%.
//!     let check = record.checks.iter().find(|check| check.check.0 == "proportion.percent");
//!     assert_eq!(check.map(|check| check.verdict), Some(Verdict::Inconsistent));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The modules are the stages, in the order [`model`], [`text`], [`read`], [`rules`], [`find`], [`bind`], [`check`], [`review`], [`mod@write`],
//! [`cli`]; one imports only those before it. [`extract`] strings them together.

pub mod bind;
pub mod check;
pub mod cli;
pub mod extract;
pub mod find;
pub mod model;
pub mod read;
pub mod review;
pub mod rules;
pub mod text;
pub mod write;

pub use extract::Extractor;
pub use model::{Record, Reference, Verdict};
pub use read::{Item, Options, ReadError, Skipped, from_reader, inputs, open};
pub use rules::{RuleErrors, RulePack};
