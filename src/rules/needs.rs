//! What every match of a pattern holds, read off the pattern itself: so that a rule that cannot match is passed over
//! without a search, and no rule author has to say it.
//!
//! What is finite in a pattern is multiplied out to strings (`(?:assigned|allocated) to` gives two); wherever it is not
//! finite it is cut, and each piece between two cuts must be there. Alternatives stay alternatives.

use std::collections::BTreeSet;

use regex_syntax::hir::{Class, Hir, HirKind};

/// The most strings a finite part of a pattern is multiplied out to.
const MOST_STRINGS: usize = 64;

/// The most strings of an alternation that are kept as one set.
const MOST_BRANCHES: usize = 400;

/// The longest string that is multiplied out; the rest of a literal adds little.
const LONGEST: usize = 24;

/// The most pieces of a pattern that are looked for.
const MOST_PIECES: usize = 6;

/// A set of ASCII bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Bytes(pub(super) u128);

impl Bytes {
    /// The bytes that stand in `text`.
    pub fn of(text: &str) -> Self {
        let mut halves = [0_u64; 2];
        for b in text.bytes().filter(u8::is_ascii) {
            halves[usize::from(b >> 6)] |= 1 << (b & 63);
        }
        Self(u128::from(halves[1]) << 64 | u128::from(halves[0]))
    }

    /// Whether every byte of `needed` is in the set.
    pub fn hold(self, needed: Self) -> bool {
        needed.0 & !self.0 == 0
    }

    /// Whether `b` is in the set.
    pub fn has(self, b: u8) -> bool {
        b.is_ascii() && self.0 & 1 << b != 0
    }

    /// Whether any byte of `other` is in the set.
    pub fn meet(self, other: Self) -> bool {
        other.0 & self.0 != 0
    }
}

/// What a text must hold to match a pattern, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Need {
    /// All of these.
    All(Vec<Need>),
    /// One of these.
    Any(Vec<Need>),
    /// One of these strings.
    Strings(Strings),
}

/// Strings of which a match holds one, by how they are looked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Strings {
    /// Bytes that stand by themselves.
    pub bytes: Bytes,
    /// Words in small letters.
    pub words: BTreeSet<String>,
    /// Mentions with what stands beside them.
    pub around: BTreeSet<Vec<u8>>,
}

impl Need {
    /// The needs of `hir`; none where it may match without any.
    pub fn of(hir: &Hir) -> Option<Self> {
        let mut found = Vec::new();
        let whole = strings(hir, &mut found);
        found.extend(whole.as_ref().and_then(Strings::of));
        Self::all(found)
    }

    fn all(mut needs: Vec<Self>) -> Option<Self> {
        needs.retain(|need| need.commonness() < 1.6);
        needs.sort_by(|a, b| a.commonness().total_cmp(&b.commonness()));
        needs.dedup();
        needs.truncate(MOST_PIECES);
        if needs.len() > 1 { Some(Self::All(needs)) } else { needs.pop() }
    }

    /// About how often a sentence fills it.
    fn commonness(&self) -> f64 {
        match self {
            Self::All(needs) => needs.iter().map(Self::commonness).fold(1.0, f64::min),
            Self::Any(needs) => needs.iter().map(Self::commonness).sum(),
            Self::Strings(strings) => {
                let bytes = f64::from(strings.bytes.0.count_ones()) * 0.3;
                let words: f64 = strings.words.iter().map(|word| commonness(word)).sum();
                bytes + words + strings.around.len() as f64 * 0.02
            }
        }
    }
}

/// Words of which nearly every sentence holds one.
const COMMON: &[&str] = &["of", "the", "and", "in", "with", "was", "were", "to", "for", "a", "at", "by", "or"];

/// About how often a sentence holds `word`.
fn commonness(word: &str) -> f64 {
    let word = word.trim();
    if COMMON.contains(&word) { 0.7 } else { 0.002 + 0.5_f64.powi(word.len() as i32) }
}

impl Strings {
    /// The needs of a set of strings of which every match holds one; none where one of them says nothing.
    fn of(strings: &BTreeSet<Vec<u8>>) -> Option<Need> {
        let mut found = Self::default();
        for string in strings {
            // Which mentions there are changes from layer to layer; words only go.
            let runs = string.split(|b| is_symbol(*b)).filter_map(|run| std::str::from_utf8(run).ok());
            let word = runs.filter(|run| run.len() > 2).min_by(|a, b| commonness(a).total_cmp(&commonness(b)));
            let symbol = string.iter().find(|b| is_symbol(**b));
            match (word, symbol) {
                (Some(word), symbol) if symbol.is_none() || commonness(word) < 0.03 => {
                    found.words.insert(word.to_owned());
                }
                (_, Some(symbol)) if string.len() == 1 => found.bytes.0 |= 1 << symbol,
                (_, Some(_)) => {
                    found.around.insert(string.clone());
                }
                (_, None) => {
                    let mark = string.iter().find(|b| b.is_ascii_punctuation())?;
                    found.bytes.0 |= 1 << mark;
                }
            }
        }
        let words = found.words.clone();
        found.words.retain(|word| !words.iter().any(|other| other != word && word.contains(other.as_str())));
        (!strings.is_empty()).then_some(Need::Strings(found))
    }
}

/// Whether a byte of a masked string stands for a mention.
pub(super) fn is_symbol(b: u8) -> bool {
    b.is_ascii_uppercase() || matches!(b, b'1'..=b'9')
}

/// All strings that `hir` matches, where they are few; else none, with what its parts need put to `needs`.
fn strings(hir: &Hir, needs: &mut Vec<Need>) -> Option<BTreeSet<Vec<u8>>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(BTreeSet::from([Vec::new()])),
        HirKind::Literal(literal) if literal.0.len() <= LONGEST => Some(BTreeSet::from([literal.0.to_vec()])),
        HirKind::Literal(literal) => {
            needs.extend(Strings::of(&BTreeSet::from([literal.0[..LONGEST].to_vec()])));
            None
        }
        HirKind::Class(Class::Bytes(class)) => {
            let size: usize = class.ranges().iter().map(|r| usize::from(r.end() - r.start()) + 1).sum();
            (size <= 8).then(|| class.ranges().iter().flat_map(|r| r.start()..=r.end()).map(|b| vec![b]).collect())
        }
        HirKind::Class(Class::Unicode(_)) => None,
        HirKind::Capture(capture) => strings(&capture.sub, needs),
        HirKind::Repetition(repeat) => {
            let mut within = Vec::new();
            let one = strings(&repeat.sub, &mut within);
            match (repeat.min, repeat.max) {
                (0, Some(1)) => one.map(|mut set| {
                    set.insert(Vec::new());
                    set
                }),
                (0, _) => None,
                (_, max) => {
                    needs.append(&mut within);
                    if max == Some(1) {
                        return one;
                    }
                    needs.extend(one.as_ref().and_then(Strings::of));
                    None
                }
            }
        }
        HirKind::Alternation(branches) => alternation(branches, needs),
        HirKind::Concat(parts) => concat(parts, needs),
    }
}

fn alternation(branches: &[Hir], needs: &mut Vec<Need>) -> Option<BTreeSet<Vec<u8>>> {
    // Finite branches are kept together as long as they are few.
    let mut together = BTreeSet::new();
    let mut others = Vec::new();
    let mut without_need = false;
    for branch in branches {
        let mut within = Vec::new();
        match strings(branch, &mut within) {
            Some(found) if together.len() + found.len() <= MOST_BRANCHES => together.extend(found),
            found => {
                within.extend(found.as_ref().and_then(Strings::of));
                let need = Need::all(within);
                without_need |= need.is_none();
                others.extend(need);
            }
        }
    }
    if without_need {
        return None;
    }
    if others.is_empty() {
        return Some(together);
    }
    if !together.is_empty() {
        others.push(Strings::of(&together)?);
    }
    needs.push(if others.len() > 1 { Need::Any(others) } else { others.pop()? });
    None
}

fn concat(parts: &[Hir], needs: &mut Vec<Need>) -> Option<BTreeSet<Vec<u8>>> {
    let mut run = BTreeSet::from([Vec::new()]);
    let mut whole = true;
    for part in parts {
        let Some(next) = strings(part, needs) else {
            needs.extend(Strings::of(&run));
            run = BTreeSet::from([Vec::new()]);
            whole = false;
            continue;
        };
        let size = run.len() * next.len();
        if size > MOST_STRINGS && run.len() > 1 && next.len() > 1 || run.iter().chain(&next).any(|s| s.len() > LONGEST)
        {
            needs.extend(Strings::of(&run));
            run = next;
            whole = false;
            continue;
        }
        run = run.iter().flat_map(|head| next.iter().map(move |tail| [head.as_slice(), tail].concat())).collect();
    }
    if whole {
        return Some(run);
    }
    needs.extend(Strings::of(&run));
    None
}

/// The bytes that every match of `hir` holds, as a set.
pub(super) fn bytes(hir: &Hir) -> Bytes {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Bytes::default(),
        HirKind::Literal(literal) => Bytes(literal.0.iter().filter(|b| b.is_ascii()).fold(0, |set, b| set | 1 << b)),
        HirKind::Class(Class::Bytes(class)) => match class.ranges() {
            [one] if one.start() == one.end() && one.start().is_ascii() => Bytes(1 << one.start()),
            _ => Bytes::default(),
        },
        HirKind::Class(Class::Unicode(_)) => Bytes::default(),
        HirKind::Capture(capture) => bytes(&capture.sub),
        HirKind::Repetition(repeat) if repeat.min > 0 => bytes(&repeat.sub),
        HirKind::Repetition(_) => Bytes::default(),
        HirKind::Concat(parts) => Bytes(parts.iter().fold(0, |set, part| set | bytes(part).0)),
        HirKind::Alternation(parts) => parts.iter().map(bytes).reduce(|a, b| Bytes(a.0 & b.0)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(pattern: &str) -> Option<Need> {
        let mut parser = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build();
        Need::of(&parser.parse(pattern).expect("valid"))
    }

    fn words(words: &[&str]) -> Need {
        let words = words.iter().map(|&w| w.to_owned()).collect();
        Need::Strings(Strings { words, ..Strings::default() })
    }

    #[test]
    fn what_is_finite_is_multiplied_out() {
        assert_eq!(need("(?:assigned|allocated) to"), Some(words(&["assigned to", "allocated to"])));
        assert_eq!(need("rates? of"), Some(words(&["rate of", "rates of"])));
    }

    #[test]
    fn what_is_not_is_cut() {
        assert_eq!(need("mean [a-z]+ score"), Some(Need::All(vec![words(&[" score"]), words(&["mean "])])));
        let either = Need::Any(vec![
            Need::All(vec![
                words(&["fell by"]),
                Need::Strings(Strings { bytes: Bytes::of("P"), ..Strings::default() }),
            ]),
            words(&["reduction"]),
        ]);
        assert_eq!(need("fell by[a-z]+P|reduction"), Some(either));
    }

    #[test]
    fn what_may_match_without_any_needs_none() {
        assert_eq!(need("(?:rate)?[a-z]*"), None);
        assert_eq!(need("rate|[a-z]+"), None);
    }
}
