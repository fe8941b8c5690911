//! The names that an allocation lists: "to exercise for a year (n = 98) or usual care (n = 96)".
//!
//! Two ways to read a list. Where two or more brackets hold sizes, each bracket ends a name and nothing else matters.
//! Else the list is cut at "or" and "versus" (or at commas before them), and each name at the first word that no name
//! goes on with ("for", "until", "who").

use crate::find::Masked;
use crate::rules::{Kind, RulePack, Vocabulary};

/// A name of a list: bytes of the masked sentence, and the bracket behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub start: usize,
    pub end: usize,
    /// Inside of the bracket that closes the name.
    pub bracket: Option<(usize, usize)>,
    /// The size in that bracket: its mention.
    pub size: Option<usize>,
}

/// Bytes of the longest name, sizes and schedules included.
const LONGEST: usize = 220;

/// The names listed behind byte `from` of a masked sentence; none where fewer than two stand there. `joined` says
/// that "and" alone parts two names ("between exercise and usual care").
pub(super) fn listed(pack: &RulePack, masked: &Masked<'_>, from: usize, joined: bool) -> Vec<Item> {
    let sized = sized(masked, from);
    if sized.len() > 1 {
        return sized;
    }
    let items = parted(pack, masked.text(), from, joined);
    if items.len() > 1 { items } else { Vec::new() }
}

/// The bracket that opens at byte `open`: where it closes.
pub(super) fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_u32;
    for (k, b) in text.bytes().enumerate().skip(open) {
        match b {
            b'(' | b'[' => depth += 1,
            b')' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(k);
                }
            }
            _ => {}
        }
    }
    None
}

/// The size that a bracket gives: "n = 98", "98 patients", and nothing that makes it a finding.
pub(super) fn size_in(masked: &Masked<'_>, open: usize, close: usize) -> Option<usize> {
    let text = masked.text();
    let inner = &text[open + 1..close];
    if inner.bytes().any(|b| b == Kind::Percent.symbol() || b == Kind::Ci.symbol()) {
        return None;
    }
    if let Some(at) = inner.bytes().position(|b| b == Kind::Size.symbol()) {
        return masked.mention_at(open + 1 + at);
    }
    let people = inner.bytes().position(|b| b == Kind::People.symbol())?;
    // "(28 patients were treatment-naive)" tells of a part.
    if !inner[people + 1..].is_empty() && !inner[people + 1..].starts_with([',', ';']) {
        return None;
    }
    let before = inner[..people].trim_end();
    let at = before.len().checked_sub(1)?;
    let counts = matches!(before.as_bytes()[at], b if b == Kind::Int.symbol() || b == Kind::Word.symbol());
    counts.then(|| masked.mention_at(open + 1 + at)).flatten()
}

/// The names whose brackets hold sizes.
fn sized(masked: &Masked<'_>, from: usize) -> Vec<Item> {
    let text = masked.text();
    let mut items = Vec::new();
    let (mut before, mut at) = (from, from);
    while let Some(open) = text[at..].find(['(', '[']).map(|k| at + k) {
        let Some(close) = closing(text, open) else { break };
        at = close + 1;
        let Some(size) = size_in(masked, open, close) else { continue };
        if text[before..open].contains(". ") || open - before > LONGEST {
            if items.len() > 1 {
                break;
            }
            items.clear();
        }
        if let Some(start) = name_start(text, before, open, items.is_empty()) {
            let item = Item { start, end: open, bracket: Some((open + 1, close)), size: Some(size) };
            items.push(item);
        }
        before = close + 1;
    }
    items
}

/// Where the name begins that ends before a bracket: behind the glue that parts it from the one before.
fn name_start(text: &str, before: usize, open: usize, first: bool) -> Option<usize> {
    let region = &text[before..open];
    let glue = |r: &str| GLUE.iter().find(|g| r.starts_with(**g)).map(|g| g.len());
    let mut at = before;
    while let Some(length) = glue(&text[at..open]) {
        at += length;
    }
    let cut = |region: &str| {
        [", or ", " or ", "; ", ": ", " C "].iter().filter_map(|s| region.rfind(s).map(|k| k + s.len())).max()
    };
    if at > before || first {
        // "to A or B (n = 20)": only the second is the one whose size is said.
        return Some(cut(&text[at..open]).filter(|_| first).map_or(at, |k| at + k));
    }
    [", and ", " and ", ", "]
        .iter()
        .filter_map(|s| region.rfind(s).map(|k| k + s.len()))
        .chain(cut(region))
        .max()
        .map(|k| before + k)
}

/// What parts one name from the next.
const GLUE: [&str; 12] = [" ", ",", ";", ":", "and ", "or ", "C ", "to ", "the ", "either ", "a ", "an "];

/// The names between "or" and "versus", each up to the first word that ends it.
fn parted(pack: &RulePack, text: &str, from: usize, joined: bool) -> Vec<Item> {
    let to = text.len().min(from + 2 * LONGEST);
    let pieces = pieces(text, from, to);
    let alternatives = pieces.iter().filter(|p| p.1 == Parts::Or).count();
    let sums = pieces.iter().filter(|p| p.1 == Parts::And).count();
    let wanted = |parts: Parts| match parts {
        Parts::Or => true,
        Parts::Comma => alternatives > 0 && sums == 0 || alternatives == 0 && joined && sums == 1,
        Parts::And => alternatives == 0 && joined,
    };
    let mut items: Vec<Item> = Vec::new();
    let mut start = from;
    for (at, parts, next) in pieces {
        if parts == Parts::Comma && !wanted(parts) || parts == Parts::And && !wanted(parts) {
            continue;
        }
        items.extend(one(pack, text, start, at));
        start = next;
        if items.is_empty() {
            break;
        }
    }
    if !items.is_empty() {
        items.extend(last(pack, text, start, to));
    }
    items
}

/// What stands between two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parts {
    Or,
    And,
    Comma,
}

/// Where a list may be cut: place, what stands there, where the next name begins. The list ends with its sentence, or
/// with the first comma that no "or" follows.
fn pieces(text: &str, from: usize, to: usize) -> Vec<(usize, Parts, usize)> {
    let mut found = Vec::new();
    let mut at = from;
    while at < to {
        let rest = &text[at..to];
        if rest.starts_with(['(', '[']) {
            at = closing(text, at).map_or(to, |close| close + 1);
            continue;
        }
        if rest.starts_with(". ") || rest.starts_with("; ") {
            break;
        }
        let cut = [
            (", or ", Parts::Or),
            (" or ", Parts::Or),
            (" C ", Parts::Or),
            (", and ", Parts::And),
            (" and ", Parts::And),
            (", ", Parts::Comma),
        ];
        match cut.iter().find(|(s, _)| rest.starts_with(s)) {
            Some((s, parts)) => {
                found.push((at, *parts, at + s.len()));
                at += s.len() - usize::from(s.ends_with(' '));
            }
            None => at += 1,
        }
    }
    let last = found.iter().rposition(|p| p.1 == Parts::Or).or_else(|| found.iter().position(|p| p.1 == Parts::And));
    found.truncate(last.map_or(0, |k| k + 1));
    found
}

/// One name between two cuts.
fn one(pack: &RulePack, text: &str, start: usize, end: usize) -> Option<Item> {
    let mut at = start;
    let mut bracket = None;
    let mut stop = end;
    let mut start = start;
    while at < end {
        let rest = &text[at..end];
        // "(1) exercise or (2) usual care"
        if rest.starts_with('(') && rest[2.min(rest.len())..].starts_with(')') {
            at += 3;
            start = at;
            continue;
        }
        if rest.starts_with(['(', '[']) {
            // A bracket that nothing closes ends the name all the same.
            let Some(close) = closing(text, at).filter(|close| *close < end) else {
                stop = at;
                break;
            };
            bracket = Some((at + 1, close));
            // "general anaesthesia (GA) alone"
            let alone = [" alone", " only"].iter().find(|w| text[close + 1..end].starts_with(**w));
            stop = alone.map_or(at, |w| close + 1 + w.len());
            break;
        }
        let word_end = rest.find(' ').map_or(end, |k| at + k);
        let word = text[at..word_end].trim_matches([',', '.', ':', ';', ')', ']']);
        if at > start && pack.is_word(Vocabulary::AfterName, word) || text[at..word_end].ends_with([':']) {
            stop = at;
            break;
        }
        at = word_end + 1;
    }
    let end = start + text[start..stop.max(start)].trim_end_matches([' ', ',', '.', ':']).len();
    let start = start + text[start..end].len() - text[start..end].trim_start().len();
    (end > start).then_some(Item { start, end, bracket, size: None })
}

/// The last name of a list. It may hold commas itself, if "and" or an abbreviation in brackets closes them:
/// "bortezomib, doxorubicin, and dexamethasone", "doxorubicin, cyclophosphamide (AC)".
fn last(pack: &RulePack, text: &str, start: usize, to: usize) -> Option<Item> {
    let stop = |ends: &[&str]| ends.iter().filter_map(|s| text[start..to].find(s)).min().map_or(to, |k| start + k);
    let whole = one(pack, text, start, stop(&[". ", "; "]))?;
    let inner = &text[whole.start..whole.end];
    let closed = inner.rfind(", ").is_none_or(|comma| inner[comma..].contains("and ") || whole.bracket.is_some());
    if closed { Some(whole) } else { one(pack, text, start, stop(&[". ", "; ", ", "])) }
}

/// The names on both sides of the "versus" (or "or") that stands in bytes `at..end`.
pub(super) fn sides(pack: &RulePack, text: &str, at: usize, end: usize) -> Option<(Item, Item)> {
    let right = one(pack, text, end, right_end(text, end))?;
    let left = left(pack, text, at)?;
    Some((left, right))
}

fn right_end(text: &str, from: usize) -> usize {
    let mut at = from;
    while at < text.len() {
        match text.as_bytes()[at] {
            b'(' | b'[' => at = closing(text, at).map_or(text.len(), |k| k),
            b',' | b';' | b':' | b'.' | b')' | b']' => return at,
            b if b == Kind::Versus.symbol() => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

fn left(pack: &RulePack, text: &str, at: usize) -> Option<Item> {
    let end = text[..at].trim_end().len();
    let mut bracket = None;
    let mut stop = end;
    if text[..end].ends_with(')') {
        let open = text[..end].rfind('(')?;
        bracket = Some((open + 1, end - 1));
        stop = text[..open].trim_end().len();
    }
    let mut start = stop;
    while start > 0 {
        let word_start = text[..start].trim_end().rfind([' ', '(', '[']).map_or(0, |k| k + 1);
        let word = text[word_start..start].trim();
        let ends = word.ends_with([':', ';', ',', '.', ')']) || word.bytes().any(|b| b == Kind::Versus.symbol());
        // "tamoxifen, 5 mg per day": a dose alone is no name.
        let named = text[start..stop].bytes().any(|b| b.is_ascii_lowercase());
        if ends && named || pack.is_word(Vocabulary::BeforeName, word.trim_matches([',', '-', ':'])) {
            break;
        }
        start = word_start;
        if word_start == 0 || text[..word_start].ends_with(['(', '[']) {
            break;
        }
    }
    let name = text[start..stop].len() - text[start..stop].trim_start().len();
    (start + name < stop).then_some(Item { start: start + name, end: stop, bracket, size: None })
}

#[cfg(test)]
mod tests {
    use crate::bind::example::groups;

    #[test]
    fn brackets_with_sizes_end_names() {
        let text = "They were randomised to doxorubicin and cyclophosphamide for 12 weeks (n = 98), exercise (yoga; n = 96) \
                    or usual care (n = 97).";
        assert_eq!(groups(text), ["arm intervention 98", "arm intervention 96", "arm control 97"]);
    }

    #[test]
    fn lists_without_sizes_are_cut_at_or() {
        let text = "They were randomly assigned to receive letrozole for 5 years, exemestane, or placebo.";
        assert_eq!(groups(text), ["arm intervention", "arm intervention", "arm control"]);
    }

    #[test]
    fn versus_has_a_name_on_either_side() {
        let text = "This is a trial of paclitaxel plus trastuzumab versus paclitaxel alone in older women.";
        assert_eq!(groups(text), ["arm intervention", "arm control"]);
    }
}
