//! What rules need of a sentence, looked for once for all of them.
//!
//! Two tricks. A sentence only ever loses words, because each layer puts capitals in the place of some of them: one look
//! at it before the first layer serves every layer. And nothing is searched: the sentence leaves the hashes of its
//! three-letter pieces in a table of half a kilobyte, where a word of any rule is found by three bits, so that the words
//! of all rules together touch less memory than one automaton would. Mentions, which come and go, leave theirs in a
//! second table that is filled anew when the sentence changes ("(I", "s P").

use super::needs::{Bytes, Need, is_symbol};
use super::places::Places;

/// What a text must hold to match a pattern, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    /// Bytes that every match holds.
    all: Bytes,
    need: Option<Look>,
}

#[derive(Debug, Clone)]
enum Look {
    All(Box<[Look]>),
    Any(Box<[Look]>),
    One { bytes: Bytes, words: Box<[Hashes]>, around: Box<[Hashes]> },
}

/// Places in a table that a text has if it has a string.
type Hashes = [u16; 3];

/// What stands in a sentence of what rules need.
#[derive(Debug, Clone)]
pub struct Sight {
    /// Its pieces when it was first looked at.
    words: [u64; HASHES / 64],
    /// Its bytes as it is now.
    bytes: Bytes,
    /// Its mentions with their neighbours as it is now.
    around: [u64; HASHES / 64],
    /// Where its bytes stand as it is now.
    places: Places,
}

/// Places in a table of hashes: a power of two.
const HASHES: usize = 4096;

/// The place of a piece of two or three bytes, put together to one number.
fn place(piece: u32) -> u16 {
    (piece.wrapping_mul(0x9e37_79b1) >> (32 - HASHES.trailing_zeros())) as u16
}

fn place_of(piece: &[u8]) -> u16 {
    place(piece.iter().fold(0, |sum, b| sum << 8 | u32::from(*b)))
}

fn mark(table: &mut [u64; HASHES / 64], place: u16) {
    table[usize::from(place / 64)] |= 1 << (place % 64);
}

fn has_all(table: &[u64; HASHES / 64], places: Hashes) -> bool {
    places.iter().all(|place| table[usize::from(place / 64)] & 1 << (place % 64) != 0)
}

impl Wanted {
    /// What a match must hold: `all` of these bytes, and what `need` says.
    pub fn new(all: Bytes, need: Option<&Need>) -> Self {
        Self { all, need: need.map(Look::new) }
    }

    /// Whether a text that looks like `sight` can match.
    pub fn can_match(&self, sight: &Sight) -> bool {
        sight.bytes.hold(self.all) && self.need.as_ref().is_none_or(|need| need.is_filled(sight))
    }

    /// Whether a text that holds the bytes `present` can match, whatever its words.
    pub fn bytes_can_match(&self, present: Bytes) -> bool {
        present.hold(self.all)
    }
}

impl Look {
    fn new(need: &Need) -> Self {
        match need {
            Need::All(needs) => Self::All(needs.iter().map(Self::new).collect()),
            Need::Any(needs) => Self::Any(needs.iter().map(Self::new).collect()),
            Need::Strings(strings) => Self::One {
                bytes: strings.bytes,
                words: strings.words.iter().map(|word| word_hashes(word.as_bytes())).collect(),
                around: strings.around.iter().map(|string| around_hashes(string)).collect(),
            },
        }
    }

    fn is_filled(&self, sight: &Sight) -> bool {
        match self {
            Self::All(needs) => needs.iter().all(|need| need.is_filled(sight)),
            Self::Any(needs) => needs.iter().any(|need| need.is_filled(sight)),
            Self::One { bytes, words, around } => {
                sight.bytes.meet(*bytes)
                    || around.iter().any(|places| has_all(&sight.around, *places))
                    || words.iter().any(|places| has_all(&sight.words, *places))
            }
        }
    }
}

/// The first, the last and the middle piece of a word of three letters or more.
fn word_hashes(word: &[u8]) -> Hashes {
    let last = word.len() - 3;
    [0, last, last / 2].map(|at| place_of(&word[at..at + 3]))
}

/// Up to three pieces of a string that hold a mention.
fn around_hashes(string: &[u8]) -> Hashes {
    let mut found: Vec<u16> = Vec::new();
    for size in [3, 2] {
        found.extend(string.windows(size).filter(|w| w.iter().any(|b| is_symbol(*b))).map(place_of));
    }
    std::array::from_fn(|k| *found.get(k).unwrap_or(&found[0]))
}

impl Sight {
    /// Looks at a sentence before its first layer.
    pub fn new(text: &str) -> Self {
        let mut words = [0; HASHES / 64];
        let mut piece = 0;
        for b in text.bytes() {
            piece = (piece << 8 | u32::from(b)) & 0x00ff_ffff;
            mark(&mut words, place(piece));
        }
        let mut sight = Self { words, bytes: Bytes::default(), around: [0; HASHES / 64], places: Places::default() };
        sight.renew(text);
        sight
    }

    /// Looks again at a sentence in which mentions have taken the place of words.
    pub fn renew(&mut self, text: &str) {
        self.bytes = Bytes::of(text);
        self.places.lay_out(text.as_bytes());
        self.around = [0; HASHES / 64];
        let mut piece = 0;
        let mut since = 3;
        for b in text.bytes() {
            piece = piece << 8 | u32::from(b);
            since = if is_symbol(b) { 0 } else { since + 1 };
            if since < 2 {
                mark(&mut self.around, place(piece & 0xffff));
            }
            if since < 3 {
                mark(&mut self.around, place(piece & 0x00ff_ffff));
            }
        }
    }

    /// Where its bytes stand.
    pub(super) fn places(&self) -> &Places {
        &self.places
    }
}
