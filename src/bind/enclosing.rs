//! Numbers in brackets behind another number, whose people they share: "in 27 of 40 on A (fever [25%], rash [15%])".

use crate::find::Masked;
use crate::rules::Kind;

/// The bundle (mention) whose people the number at byte `at` of the masked string shares.
pub(super) fn outer(masked: &Masked<'_>, at: usize) -> Option<usize> {
    let text = masked.text();
    let mut open = unclosed(text, at);
    while let Some(bracket) = open {
        let before = masked
            .top()
            .rev()
            .find(|(place, m)| *place < bracket && masked.mentions()[*m].kind == Kind::Bundle)
            .filter(|(place, _)| only_tells_whom(&text[place + 1..bracket]));
        if let Some((_, mention)) = before {
            return Some(mention);
        }
        open = unclosed(text, bracket);
    }
    None
}

/// The innermost bracket that is open at byte `at`.
fn unclosed(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0;
    text[..at].bytes().rposition(|b| {
        match b {
            b')' | b']' => depth += 1,
            b'(' | b'[' => depth -= 1,
            _ => {}
        }
        depth < 0
    })
}

/// Whether what stands between a number and a bracket names no other outcome, so that the bracket goes on about it.
fn only_tells_whom(between: &str) -> bool {
    let other = [Kind::Outcome, Kind::Noun].map(|kind| char::from(kind.symbol()));
    between.len() <= WITHIN && !between.contains(other) && !between.contains([';', '.', '(', ')', '[', ']'])
}

/// Bytes between a number and a bracket that goes on about it.
const WITHIN: usize = 70;

#[cfg(test)]
mod tests {
    use crate::bind::example::sizes;

    #[test]
    fn numbers_in_brackets_share_the_denominator_before_them() {
        let text = "They were randomised to aspirin (n = 45) or placebo (n = 44). Toxicity was seen in 27 (68%) of 40 patients \
                    on aspirin (mostly fever [25%] and rash [15%]) and in 24 (63%) of 38 on placebo (mostly fever [21%]).";
        assert_eq!(sizes(text), [40.0, 40.0, 40.0, 38.0, 38.0]);
    }
}
