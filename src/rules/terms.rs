//! All literal phrases of the pack (outcomes, people, ratios) in one trie, walked from the beginning of each word.
//!
//! Hyphens and blanks are one to it, and so are capitals and small letters, except in words that the rule itself
//! writes with a capital ("CR", "EFS"): those must stand as written. Nearly every walk ends within three letters, in
//! the few nodes near the root; an automaton that follows all beginnings at once visits far more memory.

use super::pack::RuleId;

/// A phrase and the rule it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Phrase {
    /// The phrase as it is looked for: small letters, hyphens as blanks.
    flat: Box<[u8]>,
    rule: RuleId,
    /// The phrase as the rule writes it, where that holds a capital, so that case counts.
    cased: Option<Box<str>>,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The rule it belongs to.
    pub rule: RuleId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A node of the trie: phrases that begin alike.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// How many of its children there are.
    count: u8,
    /// The first of its children, which stand together.
    children: u32,
    /// The phrases that end here; for a node without children all that go through it.
    phrases: (u32, u32),
}

/// All literal phrases of a rule pack.
#[derive(Debug, Clone)]
pub struct Terms {
    nodes: Vec<Node>,
    /// The label of each node.
    labels: Vec<u8>,
    /// The node of each first byte; that of the root where there is none.
    first: [u32; 256],
    /// In order of their flat text, then of their rules.
    phrases: Vec<Phrase>,
}

impl Terms {
    pub(super) fn new(phrases: Vec<(RuleId, String)>) -> Self {
        let mut phrases: Vec<Phrase> = phrases
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(rule, text)| {
                let flat = text.bytes().map(flat).collect();
                let cased = text.bytes().any(|b| b.is_ascii_uppercase()).then(|| text.replace('-', " ").into());
                Phrase { flat, rule, cased }
            })
            .collect();
        phrases.sort_unstable();
        let mut labels = vec![0];
        let mut nodes = vec![Node { count: 0, children: 0, phrases: (0, 0) }];
        // Phrases of each node that has no children yet, and how many bytes of them lead to it.
        let mut open = std::collections::VecDeque::from([(0, 0..phrases.len(), 0)]);
        while let Some((node, range, depth)) = open.pop_front() {
            let ended = phrases[range.clone()].iter().take_while(|p| p.flat.len() == depth).count();
            let mut from = range.start + ended;
            let alike = phrases[range.clone()].windows(2).all(|pair| pair[0].flat == pair[1].flat);
            nodes[node].phrases = (range.start as u32, from as u32);
            if alike && depth > 0 {
                nodes[node].phrases.1 = range.end as u32;
                continue;
            }
            nodes[node].children = nodes.len() as u32;
            while from < range.end {
                let label = phrases[from].flat[depth];
                let size = phrases[from..range.end].iter().take_while(|p| p.flat[depth] == label).count();
                open.push_back((nodes.len(), from..from + size, depth + 1));
                nodes[node].count += 1;
                labels.push(label);
                nodes.push(Node { count: 0, children: 0, phrases: (0, 0) });
                from += size;
            }
        }
        let mut first = [0; 256];
        for child in nodes[0].children..nodes[0].children + u32::from(nodes[0].count) {
            first[usize::from(labels[child as usize])] = child;
        }
        Self { nodes, labels, first, phrases }
    }

    /// The phrases in `folded`, leftmost and longest, none overlapping another; of equal ones that of the first rule.
    pub fn find(&self, folded: &str) -> Vec<Term> {
        let text = folded.as_bytes();
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let opens = at == 0 || !text[at - 1].is_ascii_alphanumeric() || !text[at].is_ascii_alphanumeric();
            match opens.then(|| self.longest(folded, at)).flatten() {
                Some(term) => {
                    at = term.end;
                    found.push(term);
                }
                None => at += 1,
            }
        }
        found
    }

    /// The longest phrase that begins at byte `at`.
    fn longest(&self, folded: &str, at: usize) -> Option<Term> {
        let text = folded.as_bytes();
        let mut best = None;
        let mut node = self.first[usize::from(flat(text[at]))] as usize;
        let mut end = at + 1;
        while node > 0 {
            let Node { count, children, .. } = self.nodes[node];
            best = self.ending(folded, at, self.nodes[node]).or(best);
            let (Some(next), true) = (text.get(end).map(|b| flat(*b)), count > 0) else { break };
            let children = children as usize;
            let labels = &self.labels[children..children + usize::from(count)];
            node = labels.iter().position(|label| *label == next).map_or(0, |k| children + k);
            end += 1;
        }
        best
    }

    /// The first phrase of a node that stands at byte `at`; they are all alike but for their case.
    fn ending(&self, folded: &str, at: usize, node: Node) -> Option<Term> {
        if node.phrases.0 == node.phrases.1 {
            return None;
        }
        let phrases = &self.phrases[node.phrases.0 as usize..node.phrases.1 as usize];
        let text = folded.as_bytes();
        let end = at + phrases.first()?.flat.len();
        let stands = text.get(at..end)?.iter().zip(&*phrases[0].flat).all(|(b, wanted)| flat(*b) == *wanted);
        let inside = |b: &u8| b.is_ascii_alphanumeric();
        if !stands || end < text.len() && inside(&text[end]) && inside(&text[end - 1]) {
            return None;
        }
        let rule = phrases.iter().find(|p| p.cased.as_ref().is_none_or(|c| same_case(&folded[at..end], c)))?.rule;
        Some(Term { rule, start: at, end })
    }
}

/// A byte as phrases have it: a small letter for a capital, a blank for a hyphen or a line break.
fn flat(b: u8) -> u8 {
    if matches!(b, b'-' | b'\n' | b'\t') { b' ' } else { b.to_ascii_lowercase() }
}

/// Whether every word of `phrase` that holds a capital stands in `text` as written.
fn same_case(text: &str, phrase: &str) -> bool {
    // A word with a capital is an abbreviation: its small letters count as well ("CRi" is not "CRI").
    let mut at = 0;
    phrase.split(' ').all(|word| {
        let printed = &text[at..at + word.len()];
        at += word.len() + 1;
        printed == word || !word.bytes().any(|b| b.is_ascii_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins_and_capitals_stand_as_written() {
        let phrases = ["relapse", "relapse free survival", "CR", "CRi", "relapse-free"];
        let terms = Terms::new((0..).map(RuleId).zip(phrases.map(str::to_owned)).collect());
        let found = |text: &str| -> Vec<(u16, usize, usize)> {
            terms.find(text).iter().map(|t| (t.rule.0, t.start, t.end)).collect()
        };
        assert_eq!(found("Relapse-free survival or relapse"), [(1, 0, 21), (0, 25, 32)]);
        assert_eq!(found("CRi, cr, CR; prerelapse, relapse-free"), [(3, 0, 3), (2, 9, 11), (4, 25, 37)]);
    }
}
