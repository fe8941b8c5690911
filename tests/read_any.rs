//! What must hold for every input: no panic, every record counted, text kept.

mod support;

use proptest::prelude::*;
use serde_json::json;
use support::{Read, read, read_as};
use trialtab::read::Format;

/// Pieces of real exports, which together come close to every reader's edges.
const PIECES: [&str; 48] = [
    "TY  - JOUR\n",
    "TY - JOUR ",
    "TI  - A title\n",
    "TI - A title ",
    "AB  - Text of 12 (34%)\n",
    "AB - Text ",
    "ER  - \n",
    "ER - ",
    "ER\n",
    "AU  - Miller, A\n",
    "KW  - word\n",
    "PY  - 2020\n",
    "DO  - 10.5555/x\n",
    "N2  - \n",
    "\n",
    "\r",
    "\r\n",
    " ",
    "      ",
    "\u{FEFF}",
    "\u{2028}",
    "PMID- 30000001\n",
    "FAU - Miller, Ann\n",
    "FN Clarivate Web of Science\nVR 1.0\n",
    "PT J\n",
    "AB Text\n",
    "EF\n",
    "<1>\n",
    "Title\n  A title\n",
    "%0 Journal Article\n",
    "%T A title\n",
    "%X Text\n",
    "@article{a, title = {",
    "},\n",
    "}\n",
    "{\"id\": 1, ",
    "\"title\": \"A\"}\n",
    "title,abstract\n",
    "\"a\",",
    "<PubmedArticle>",
    "</PubmedArticle>",
    "<AbstractText Label=\"AIM\">",
    "</AbstractText>",
    "<ArticleTitle>",
    "&lt;",
    "&",
    "<",
    "1. \n",
];

fn assert_counts(read: &Read, input: &[u8]) {
    let numbers = |sources: Vec<(u64, u64)>| {
        let mut sorted = sources;
        sorted.sort_unstable();
        sorted
    };
    let sources = numbers(
        read.references
            .iter()
            .map(|reference| &reference.source)
            .chain(read.skipped.iter().map(|skipped| &skipped.source))
            .map(|source| (source.record, source.line))
            .collect(),
    );
    let lines = input.len() as u64 + 1;
    for ((record, line), n) in sources.iter().zip(1..) {
        assert_eq!(*record, n, "records are numbered without a gap");
        assert!((1..=lines).contains(line), "line {line} of {lines}");
    }
    let used = read.references.iter().filter(|reference| reference.bibliography.abstract_text.is_some()).count();
    assert_eq!(read.seen(), used + read.without_abstract() + read.skipped.len(), "every record is accounted for");
    assert!(sources.windows(2).all(|pair| pair[0].1 <= pair[1].1), "records stand in the order of their lines");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_read_without_panic_and_counted(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        assert_counts(&read(&bytes), &bytes);
    }

    #[test]
    fn any_order_of_pieces_is_read_by_every_reader(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        let input = pieces.concat();
        assert_counts(&read(&input), input.as_bytes());
        for format in Format::ALL {
            assert_counts(&read_as(&input, format), input.as_bytes());
        }
    }

    #[test]
    fn ris_text_comes_out_as_it_went_in(texts in prop::collection::vec("[A-Za-z0-9][A-Za-z0-9 ,.;:%()=+≥–éβ-]{0,120}[a-z.]", 1..5)) {
        let input: Vec<String> = texts.iter().map(|text| format!("TY  - JOUR\nTI  - t{text}\nAB  - a{text}\nER  - \n")).collect();
        let read = read(input.concat());
        prop_assert_eq!(read.references.len(), texts.len());
        for (reference, text) in read.references.iter().zip(&texts) {
            prop_assert_eq!(reference.bibliography.title.clone(), Some(format!("t{text}")));
            prop_assert_eq!(reference.bibliography.abstract_text.clone(), Some(format!("a{text}")));
        }
    }

    #[test]
    fn jsonl_text_is_kept_to_the_character(title in "\\PC*[^ ]\\PC*", text in "[^\\s](?s:.)*", id in any::<String>()) {
        let line = json!({"id": id, "title": title, "abstract": text}).to_string();
        let read = read(&line);
        let only = read.only();
        prop_assert_eq!(only.id.as_ref(), Some(&id));
        prop_assert_eq!(only.bibliography.title.as_ref(), Some(&title));
        prop_assert_eq!(only.bibliography.abstract_text.as_ref(), Some(&text));
    }
}
