//! Lists of plain words that binding modules look for.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A list of words. It is asked for every word of an abstract many times over.
#[derive(Debug, Clone)]
pub(super) struct WordSet {
    sorted: Vec<String>,
    /// For each first byte, a bit for each length: most words are told apart from the list's by these alone.
    lengths: Vec<u64>,
    hashed: HashSet<String, BuildHasherDefault<Fnv>>,
}

impl WordSet {
    /// The set of `words`.
    pub fn new(words: BTreeSet<String>) -> Self {
        let mut lengths = vec![0; 256];
        for word in words.iter().filter(|word| !word.is_empty()) {
            lengths[usize::from(word.as_bytes()[0])] |= 1 << word.len().min(63);
        }
        Self { lengths, hashed: words.iter().cloned().collect(), sorted: words.into_iter().collect() }
    }

    /// Whether `word` is one of them.
    pub fn contains(&self, word: &str) -> bool {
        let lengths = word.bytes().next().map_or(0, |first| self.lengths[usize::from(first)]);
        lengths & 1 << word.len().min(63) != 0 && self.hashed.contains(word)
    }

    /// The words, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.sorted.iter().map(String::as_str)
    }
}

/// The hash of Fowler, Noll and Vo: for short words of the program's own lists the cheapest that will do.
#[derive(Debug, Clone)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
