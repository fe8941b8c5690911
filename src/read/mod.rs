//! Reads exports of references, whatever database or manager wrote them and whatever happened to them since.
//!
//! An input is unpacked, decoded and recognised by its first bytes; then one record at a time is read from it, so that
//! memory does not grow with the input. What cannot be used is [`Item::Skipped`] with its place and a fixed code:
//! `references + skipped` is always the number of records seen.
//!
//! ```
//! use trialtab::read::{Item, Options, from_reader};
//!
//! let input = "TY  - JOUR\nTI  - A trial\nAB  - Of 43 people, 34 responded.\nER  - \n";
//! let mut records = from_reader("trial.ris", input.as_bytes(), &Options::default())?;
//! let Some(Ok(Item::Reference(reference))) = records.next() else { panic!("one record") };
//! assert_eq!(reference.bibliography.title.as_deref(), Some("A trial"));
//! assert!(records.next().is_none());
//! # Ok::<(), trialtab::read::ReadError>(())
//! ```

mod abstracts;
mod bibtex;
mod bibtex_repair;
mod csv;
mod date;
mod decode;
mod detect;
mod draft;
mod enw;
mod error;
mod feed;
mod format;
mod furniture;
mod identifier;
mod inputs;
mod jsonl;
mod lines;
mod markup;
mod nbib;
mod ovid;
mod people;
mod reader;
mod restyled;
mod ris;
mod tagged;
mod tex;
mod wos;
mod xml;

pub use error::ReadError;
pub use format::{Format, UnknownFormat};
pub use inputs::inputs;
pub use jsonl::{LONGEST_JSON_LINE, json_line};
pub use reader::{Item, Options, Reader, Skipped, bytes, from_reader, open};
