//! What holds for every input, whatever the rules make of it: nothing panics, spans point at exactly their literal
//! text, and the same reference gives the same record.

#[path = "support/spans.rs"]
mod spans;

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use trialtab::model::Bibliography;
use trialtab::{Extractor, Item, Options, Record, Reference, open};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::built_in().expect("the built-in rules load"));

/// Sentences of the example, so that most of what is made up holds something to find.
static SENTENCES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/car-t.ris");
    let items = open(path.as_ref(), &Options::default()).expect("the example is there");
    let abstracts = items.filter_map(|item| match item.expect("the example can be read") {
        Item::Reference(reference) => reference.bibliography.abstract_text,
        Item::Skipped(_) => None,
    });
    abstracts.flat_map(|text| text.split_inclusive(". ").map(str::to_owned).collect::<Vec<_>>()).collect()
});

/// Characters that a folded view shortens, lengthens, drops or cannot show.
const AWKWARD: [&str; 20] = [
    "≥", "≤", "–", "·", "\u{2009}", "\u{a0}", "\u{ad}", "\u{200b}", "±", "½", "10⁶", "µ", "β", "ﬁ", "e\u{301}", "😀",
    "中文", "…", "\n", "\u{2028}",
];

/// A sentence of the example with awkward characters put between its own, or in the place of some.
fn disturbed() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), select(&AWKWARD[..]), any::<bool>());
    (select(SENTENCES.as_slice()), prop::collection::vec(change, 0..6)).prop_map(|(sentence, changes)| {
        let mut characters: Vec<String> = sentence.chars().map(String::from).collect();
        for (place, awkward, replaces) in changes {
            let place = place.index(characters.len());
            if replaces {
                awkward.clone_into(&mut characters[place]);
            } else {
                characters.insert(place, awkward.to_owned());
            }
        }
        characters.concat()
    })
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => disturbed(),
        1 => any::<String>(),
        1 => "[0-9%().,;·≥≤±<>=–/ npPCI]{0,40}",
    ];
    prop::collection::vec(piece, 1..7).prop_map(|pieces| pieces.concat())
}

fn record(title: &str, text: &str) -> Record {
    let bibliography =
        Bibliography { title: Some(title.to_owned()), abstract_text: Some(text.to_owned()), ..Bibliography::default() };
    EXTRACTOR.extract(&Reference { bibliography, ..Reference::default() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_point_at_exactly_their_literal_text(title in text(), text in text()) {
        let record = record(&title, &text);
        prop_assert_eq!(spans::faults(&record), Vec::<String>::new());
    }

    #[test]
    fn the_same_reference_gives_the_same_record(title in text(), text in text()) {
        prop_assert_eq!(record(&title, &text), record(&title, &text));
    }
}

#[test]
fn what_is_made_up_holds_findings() {
    let found: usize = SENTENCES.iter().map(|sentence| record("", sentence).findings.len()).sum();
    assert!(found > 50, "{found} findings in the sentences of the example");
}
