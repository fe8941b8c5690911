//! All inputs of a run as one stream of entries, in order, each with its id.

use std::path::{Path, PathBuf};

use crate::model::{Diagnostic, Reference, Source};
use crate::read::{self, Item, Options, ReadError, Reader};

use super::digest::{Digesting, Later};
use super::ids::Ids;

/// What comes next in the inputs.
#[allow(clippy::large_enum_variant, reason = "nearly every entry is a reference")]
pub enum Entry {
    /// A reference; its `id` is set.
    Reference(Reference),
    /// A record that cannot be used.
    Skipped { id: String, source: Source, diagnostic: Diagnostic },
    /// An input has come to its end.
    Ended { path: PathBuf, format: read::Format, digest: Option<Later> },
    /// An input that cannot be opened, or not be read any further; then some of its records came before.
    Unreadable { error: ReadError, broke_off: bool },
}

/// Reads one input after the other.
pub struct Inputs {
    waiting: std::vec::IntoIter<PathBuf>,
    options: Options,
    current: Option<(PathBuf, Reader, Option<Later>)>,
    /// Whether the bytes of inputs are digested.
    digests: bool,
    /// Arguments that name nothing.
    nameless: std::vec::IntoIter<ReadError>,
    /// Whether a record came from the current input.
    begun: bool,
    ids: Ids,
}

impl Inputs {
    /// Of what these arguments name: files, folders, patterns; `-` is standard input.
    pub fn new(arguments: &[PathBuf], options: Options) -> Self {
        let (paths, errors) = read::inputs(arguments);
        Self {
            waiting: paths.into_iter(),
            options,
            current: None,
            digests: false,
            nameless: errors.into_iter(),
            begun: false,
            ids: Ids::default(),
        }
    }

    /// With the SHA-256 of each, where `digests` says so.
    pub fn digesting(self, digests: bool) -> Self {
        Self { digests, ..self }
    }

    fn open(&self, path: &Path) -> Result<(Reader, Option<Later>), ReadError> {
        if !self.digests {
            return Ok((read::open(path, &self.options)?, None));
        }
        let (input, later) = Digesting::new(read::bytes(path)?);
        Ok((read::from_reader(&path.to_string_lossy(), input, &self.options)?, Some(later)))
    }

    /// The paths still to come.
    pub fn paths(&self) -> &[PathBuf] {
        self.waiting.as_slice()
    }

    fn entry(&mut self, item: Item) -> Entry {
        match item {
            Item::Reference(mut reference) => {
                let given = reference.id.take();
                reference.id = Some(self.ids.next(given, Some(&reference.bibliography), &reference.source));
                Entry::Reference(reference)
            }
            Item::Skipped(skipped) => Entry::Skipped {
                id: self.ids.next(skipped.id, None, &skipped.source),
                source: skipped.source,
                diagnostic: skipped.diagnostic,
            },
        }
    }
}

impl Iterator for Inputs {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            if let Some(error) = self.nameless.next() {
                return Some(Entry::Unreadable { error, broke_off: false });
            }
            let Some((_, reader, _)) = &mut self.current else {
                let path = self.waiting.next()?;
                match self.open(&path) {
                    Ok((reader, digest)) => (self.current, self.begun) = (Some((path, reader, digest)), false),
                    Err(error) => return Some(Entry::Unreadable { error, broke_off: false }),
                }
                continue;
            };
            match reader.next() {
                Some(Ok(item)) => {
                    self.begun = true;
                    return Some(self.entry(item));
                }
                Some(Err(error)) => {
                    self.current = None;
                    return Some(Entry::Unreadable { error, broke_off: self.begun });
                }
                None => {
                    let (path, reader, digest) = self.current.take()?;
                    return Some(Entry::Ended { path, format: reader.format(), digest });
                }
            }
        }
    }
}
