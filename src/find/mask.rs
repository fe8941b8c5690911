//! A sentence as rules see it: lower-case ASCII with one capital for each mention, and the way back.
//!
//! Digits inside words are masked as `0`, which leaves the other digits free to stand for mentions too.

use std::collections::BTreeMap;

use super::number::Number;
use crate::model::Measure;
use crate::rules::{Kind, RuleId, Sight};

/// A typed span of a sentence.
#[derive(Debug, Clone)]
pub struct Mention<'p> {
    /// What it is.
    pub kind: Kind,
    /// The rule that made it; none for bare numbers.
    pub rule: Option<RuleId>,
    /// First byte in the folded view.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The number, where the mention is one.
    pub number: Option<Number>,
    /// Constants of the rule.
    pub set: Option<&'p BTreeMap<String, String>>,
    /// The measure, where the rule alone tells it.
    pub measure: Option<Measure>,
    /// Named parts.
    pub parts: Vec<Part<'p>>,
    /// For arms: the place of the arm in the abstract's list.
    pub arm: Option<usize>,
}

/// A named part of a mention.
#[derive(Debug, Clone, Copy)]
pub struct Part<'p> {
    /// Its name in the rule.
    pub name: &'p str,
    /// First byte in the folded view.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The mention it is, where it is exactly one.
    pub mention: Option<usize>,
}

impl Mention<'_> {
    /// A mention without parts.
    pub fn new(kind: Kind, rule: Option<RuleId>, start: usize, end: usize) -> Self {
        Self { kind, rule, start, end, number: None, set: None, measure: None, parts: Vec::new(), arm: None }
    }

    /// The mention that is part `name`, where that part is one.
    pub fn part(&self, name: &str) -> Option<usize> {
        self.parts.iter().find(|p| p.name == name).and_then(|p| p.mention)
    }

    /// A constant of the rule that made it.
    pub fn constant(&self, name: &str) -> Option<&str> {
        self.set.and_then(|set| set.get(name)).map(String::as_str)
    }
}

/// A masked sentence.
#[derive(Debug, Clone)]
pub struct Masked<'p> {
    text: String,
    /// For a capital: the place of its mention. For any other byte: its place in the folded view.
    cells: Vec<u32>,
    mentions: Vec<Mention<'p>>,
    /// What rules need of its words.
    sight: Sight,
}

impl<'p> Masked<'p> {
    /// Masks bytes `start..end` of `folded` (ASCII), with its `numbers` as the first mentions.
    pub fn new(folded: &str, start: usize, end: usize, numbers: &[Number]) -> Self {
        let mut text = Vec::with_capacity(end - start);
        let mut cells = Vec::with_capacity(end - start);
        let mut mentions = Vec::with_capacity(numbers.len() * 2);
        let mut at = start;
        for number in numbers {
            mask_words(folded, at, number.start, &mut text, &mut cells);
            let kind = if number.in_words {
                Kind::Word
            } else if number.decimals > 0 {
                Kind::Dec
            } else if (1900.0..2100.0).contains(&number.value) && number.end - number.start == 4 {
                Kind::Year
            } else {
                Kind::Int
            };
            text.push(kind.symbol());
            cells.push(mentions.len() as u32);
            mentions.push(Mention { number: Some(*number), ..Mention::new(kind, None, number.start, number.end) });
            at = number.end;
        }
        mask_words(folded, at, end, &mut text, &mut cells);
        let text = String::from_utf8(text).unwrap_or_default();
        Self { sight: Sight::new(&text), text, cells, mentions }
    }

    fn push_mention(&mut self, mention: Mention<'p>) {
        self.text.push(char::from(mention.kind.symbol()));
        self.cells.push(self.mentions.len() as u32);
        self.mentions.push(mention);
    }

    /// The rules that had a part in mention `index`: its own, and those of its parts.
    pub fn rules_of(&self, index: usize, into: &mut Vec<RuleId>) {
        let mention = &self.mentions[index];
        into.extend(mention.rule);
        for part in mention.parts.iter().filter_map(|p| p.mention) {
            self.rules_of(part, into);
        }
    }

    /// What stands in it of what rules need.
    pub fn sight(&self) -> &Sight {
        &self.sight
    }

    /// The masked string.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every mention made so far, those inside others included.
    pub fn mentions(&self) -> &[Mention<'p>] {
        &self.mentions
    }

    /// The mention at byte `at` of the masked string, if a capital stands there.
    pub fn mention_at(&self, at: usize) -> Option<usize> {
        is_symbol(self.text.as_bytes()[at]).then(|| self.cells[at] as usize)
    }

    /// The mentions of the masked string that stand by themselves: place in the string and in [`Self::mentions`].
    pub fn top(&self) -> impl DoubleEndedIterator<Item = (usize, usize)> + '_ {
        let symbols = self.text.bytes().enumerate().filter(|(_, b)| is_symbol(*b));
        symbols.map(|(at, _)| (at, self.cells[at] as usize))
    }

    /// The bytes of the folded view behind bytes `start..end` of the masked string.
    pub fn folded(&self, start: usize, end: usize) -> (usize, usize) {
        if start >= end {
            let at = if start < self.text.len() {
                self.cell_span(start).0
            } else {
                self.cells.last().map_or(0, |_| self.cell_span(self.text.len() - 1).1)
            };
            return (at, at);
        }
        (self.cell_span(start).0, self.cell_span(end - 1).1)
    }

    fn cell_span(&self, at: usize) -> (usize, usize) {
        match self.mention_at(at) {
            Some(m) => (self.mentions[m].start, self.mentions[m].end),
            None => (self.cells[at] as usize, self.cells[at] as usize + 1),
        }
    }

    /// Parts of a match, given as bytes of the masked string, as parts of a mention.
    pub fn parts(&self, parts: &[(&'p str, usize, usize)]) -> Vec<Part<'p>> {
        parts
            .iter()
            .map(|&(name, from, to)| {
                let (start, end) = self.folded(from, to);
                let mention = if to == from + 1 { self.mention_at(from) } else { None };
                Part { name, start, end, mention }
            })
            .collect()
    }

    /// Puts one capital in the place of each of `replacements` (bytes of the masked string, left to right, none
    /// overlapping another).
    pub fn replace(&mut self, replacements: Vec<(usize, usize, Mention<'p>)>) {
        if replacements.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let cells = std::mem::take(&mut self.cells);
        self.text.reserve(text.len());
        self.cells.reserve(cells.len());
        let mut at = 0;
        for (start, end, mention) in replacements {
            self.text.push_str(&text[at..start]);
            self.cells.extend_from_slice(&cells[at..start]);
            self.push_mention(mention);
            at = end;
        }
        self.text.push_str(&text[at..]);
        self.cells.extend_from_slice(&cells[at..]);
        self.sight.renew(&self.text);
    }

    /// Makes the mention at byte `at` of the masked string one of another kind.
    pub fn relabel(&mut self, at: usize, kind: Kind) {
        let Some(mention) = self.mention_at(at) else { return };
        self.mentions[mention].kind = kind;
        self.text.replace_range(at..=at, char::from(kind.symbol()).encode_utf8(&mut [0; 4]));
        self.sight.renew(&self.text);
    }

    /// Where in the masked string bytes `start..end` of the folded view stand, if each of them is either all inside or
    /// all outside the span and it begins and ends with plain text.
    pub fn place(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let from = self.first_cell(|(cell_start, _)| cell_start >= start)?;
        let to = self.first_cell(|(_, cell_end)| cell_end >= end)? + 1;
        (from < to && self.cell_span(from).0 == start && self.cell_span(to - 1).1 == end).then_some((from, to))
    }

    /// Where in the masked string bytes `start..end` of the folded view stand, with all of the mentions that they touch;
    /// and the bytes of the folded view that this covers.
    pub fn covering(&self, start: usize, end: usize) -> Option<((usize, usize), usize, usize)> {
        let from = self.first_cell(|(_, cell_end)| cell_end > start)?;
        let to = self.first_cell(|(_, cell_end)| cell_end >= end)? + 1;
        (from < to).then(|| ((from, to), self.cell_span(from).0, self.cell_span(to - 1).1))
    }

    /// The first cell whose bytes of the folded view are `far` enough; cells stand in order.
    fn first_cell(&self, far: impl Fn((usize, usize)) -> bool) -> Option<usize> {
        let (mut low, mut high) = (0, self.text.len());
        while low < high {
            let middle = low.midpoint(high);
            if far(self.cell_span(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        (low < self.text.len()).then_some(low)
    }

    /// Whether bytes `start..end` of the masked string hold no mention of any kind but those of `allowed`.
    pub fn is_plain(&self, start: usize, end: usize, allowed: &[Kind]) -> bool {
        self.text.as_bytes()[start..end]
            .iter()
            .all(|b| !is_symbol(*b) || allowed.iter().any(|kind| kind.symbol() == *b))
    }
}

/// Masks bytes `start..end` of the folded view, in which no mention stands.
fn mask_words(folded: &str, start: usize, end: usize, text: &mut Vec<u8>, cells: &mut Vec<u32>) {
    for (k, b) in folded.as_bytes()[start..end].iter().enumerate() {
        let shown = match b {
            b if b.is_ascii_whitespace() => b' ',
            b'0'..=b'9' => b'0',
            b => b.to_ascii_lowercase(),
        };
        if shown == b' ' && text.last() == Some(&b' ') {
            continue;
        }
        text.push(shown);
        cells.push((start + k) as u32);
    }
}

/// Whether a byte of a masked string stands for a mention.
fn is_symbol(b: u8) -> bool {
    b.is_ascii_uppercase() || matches!(b, b'1'..=b'9')
}
