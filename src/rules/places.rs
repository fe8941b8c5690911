//! Where each byte stands in a text: a row of bits for each byte of ASCII, a bit for each place.
//!
//! A pattern that can begin with any of a few bytes finds its places by laying a few rows over each other, 64 places at
//! a time; that costs less than looking at the text once.

/// The longest text that is laid out; a longer one is searched the usual way.
const LONGEST: usize = 4096;

/// Rows: one for each printable byte, and one for the others.
const ROWS: usize = 96;

/// The places of the bytes of a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// Row by row, `width` numbers each.
    rows: Vec<u64>,
    /// Places where a word begins or ends.
    edges: Vec<u64>,
    width: usize,
}

/// The row of each byte.
const ROW: [u8; 256] = {
    let mut rows = [0x7f - b' '; 256];
    let mut b = b' ';
    while b < 0x7f {
        rows[b as usize] = b - b' ';
        b += 1;
    }
    rows
};

/// 1 for each byte of a word.
const LETTER: [u8; 256] = {
    let mut letters = [0; 256];
    let mut b: u8 = 0;
    while b < 0x80 {
        letters[b as usize] = (b.is_ascii_alphanumeric() || b == b'_') as u8;
        b += 1;
    }
    letters
};

/// The row of a byte.
pub(super) fn row(b: u8) -> u8 {
    ROW[usize::from(b)]
}

impl Places {
    /// Lays out `text` in place of the one before.
    pub fn lay_out(&mut self, text: &[u8]) {
        self.rows.clear();
        self.edges.clear();
        self.width = 0;
        if text.len() > LONGEST {
            return;
        }
        self.width = text.len().div_ceil(64);
        self.rows.resize(ROWS * self.width, 0);
        let mut inside = 0;
        for (number, piece) in text.chunks(64).enumerate() {
            let mut letters = 0_u64;
            for (k, b) in piece.iter().enumerate() {
                self.rows[usize::from(ROW[usize::from(*b)]) * self.width + number] |= 1 << k;
                letters |= u64::from(LETTER[usize::from(*b)]) << k;
            }
            self.edges.push(letters ^ (letters << 1 | inside));
            inside = letters >> 63;
        }
    }

    /// Numbers of 64 places; 0 where the text was too long, or empty.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The places of the bytes of `rows` among the `number`th 64.
    pub fn any_of(&self, rows: &[u8], number: usize) -> u64 {
        rows.iter().fold(0, |places, row| places | self.rows[usize::from(*row) * self.width + number])
    }

    /// The places among the `number`th 64 where a word begins or ends.
    pub fn edges(&self, number: usize) -> u64 {
        self.edges[number]
    }
}
