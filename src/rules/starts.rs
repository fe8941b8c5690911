//! Where a match of a pattern can begin, read off the pattern itself.

use std::ops::RangeInclusive;

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::needs::Bytes;
use super::places::{Places, row};

/// Bytes with which a match can begin, by what must stand before them.
#[derive(Debug, Clone, Default)]
pub(super) struct Starts {
    /// Rows of bytes before which anything may stand.
    free: Vec<u8>,
    /// Where a word begins or ends.
    at_word: Vec<u8>,
    /// Where nothing stands before.
    at_text: Vec<u8>,
}

/// Small letters among the free beginnings from which on nearly every place is one.
const MANY: usize = 18;

/// What may stand before the part of a pattern that is looked at: a set of the three.
#[derive(Debug, Clone, Copy, Default)]
struct Before {
    anything: bool,
    word_edge: bool,
    nothing: bool,
}

impl Before {
    fn or(self, other: Self) -> Self {
        Self {
            anything: self.anything || other.anything,
            word_edge: self.word_edge || other.word_edge,
            nothing: self.nothing || other.nothing,
        }
    }

    fn is_never(self) -> bool {
        !(self.anything || self.word_edge || self.nothing)
    }
}

impl Starts {
    /// The beginnings of `hir`; none where a match may be empty, or where they are too many to be worth looking for.
    pub fn of(hir: &Hir) -> Option<Self> {
        let mut sets = Sets::default();
        let after = sets.add(hir, Before { anything: true, ..Before::default() });
        let letters = (b'a'..=b'z').filter(|b| sets.free.has(*b)).count();
        let rows = |set: Bytes| (0..0x80).filter(|b| set.has(*b)).map(row).collect();
        (after.is_never() && letters < MANY).then(|| Self {
            free: rows(sets.free),
            at_word: rows(sets.at_word),
            at_text: rows(sets.at_text),
        })
    }

    /// The places from `from` on where a match can begin.
    pub fn places<'a>(&'a self, text: &'a Places, from: usize) -> impl Iterator<Item = usize> + 'a {
        (from / 64..text.width()).flat_map(move |number| {
            let mut places = text.any_of(&self.free, number);
            if !self.at_word.is_empty() {
                places |= text.any_of(&self.at_word, number) & text.edges(number);
            }
            if number == 0 {
                places |= text.any_of(&self.at_text, 0) & 1;
            }
            if number == from / 64 {
                places &= u64::MAX << (from % 64);
            }
            std::iter::from_fn(move || {
                let next = (places != 0).then(|| number * 64 + places.trailing_zeros() as usize);
                places &= places.wrapping_sub(1);
                next
            })
        })
    }
}

/// The same as sets of bytes.
#[derive(Default)]
struct Sets {
    free: Bytes,
    at_word: Bytes,
    at_text: Bytes,
}

impl Sets {
    /// Adds the beginnings of `hir`; what may stand before what follows it, if it may match nothing.
    fn add(&mut self, hir: &Hir, before: Before) -> Before {
        match hir.kind() {
            HirKind::Empty => before,
            HirKind::Look(Look::Start) => Before { nothing: true, ..Before::default() },
            HirKind::Look(Look::WordAscii) => {
                Before { anything: false, word_edge: before.anything || before.word_edge, nothing: before.nothing }
            }
            HirKind::Look(_) => before,
            HirKind::Literal(literal) => self.put(literal.0[0]..=literal.0[0], before),
            HirKind::Class(Class::Bytes(class)) => {
                class.ranges().iter().for_each(|r| {
                    self.put(r.start()..=r.end(), before);
                });
                Before::default()
            }
            HirKind::Class(Class::Unicode(_)) => self.put(0..=127, before),
            HirKind::Capture(capture) => self.add(&capture.sub, before),
            HirKind::Repetition(repeat) => {
                let after = self.add(&repeat.sub, before);
                if repeat.min == 0 { after.or(before) } else { after }
            }
            HirKind::Concat(parts) => {
                let mut after = before;
                for part in parts {
                    after = self.add(part, after);
                    if after.is_never() {
                        break;
                    }
                }
                after
            }
            HirKind::Alternation(branches) => {
                branches.iter().fold(Before::default(), |after, branch| after.or(self.add(branch, before)))
            }
        }
    }

    fn put(&mut self, bytes: RangeInclusive<u8>, before: Before) -> Before {
        let set = bytes.filter(u8::is_ascii).fold(0, |set, b| set | 1_u128 << b);
        for (stands, starts) in [
            (before.anything, &mut self.free),
            (before.word_edge, &mut self.at_word),
            (before.nothing, &mut self.at_text),
        ] {
            starts.0 |= if stands { set } else { 0 };
        }
        Before::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(pattern: &str, text: &str) -> Option<Vec<usize>> {
        let mut parser = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build();
        let starts = Starts::of(&parser.parse(pattern).expect("valid"))?;
        let mut places = Places::default();
        places.lay_out(text.as_bytes());
        Some(starts.places(&places, 0).collect())
    }

    #[test]
    fn a_match_begins_only_where_it_can() {
        assert_eq!(places(r"\b(?:of|with) I", "woof of I"), Some(vec![0, 5]));
        assert_eq!(places(r"(?:^|[;,] )(?:of|on)", "of on, on"), Some(vec![0, 5]));
        assert_eq!(places("(?:a )?I|P", "a I P"), Some(vec![0, 2, 4]));
    }

    #[test]
    fn beginnings_that_are_everywhere_are_none() {
        assert_eq!(places("[a-z]+ I", "a I"), None);
        assert_eq!(places("(?:I)?", "I"), None);
    }
}
