//! RIS that is written is read again as the same references.

use std::fs;
use std::path::Path;

use trialtab::model::{Bibliography, Reference};
use trialtab::read::{self, Format, Item, Options};
use trialtab::{Extractor, write};

fn references(name: &str, bytes: Vec<u8>) -> Vec<Reference> {
    let reader = read::from_reader(name, std::io::Cursor::new(bytes), &Options::default()).expect("a known format");
    let usable = |item| match item {
        Ok(Item::Reference(reference)) => Some(reference),
        _ => None,
    };
    reader.filter_map(usable).collect()
}

fn again(references: &[Reference]) -> Vec<Reference> {
    let extractor = Extractor::built_in().expect("the built-in rules load");
    let mut out = Vec::new();
    for reference in references {
        write::Format::Ris.record(&extractor.extract(reference), &mut out);
    }
    references_of_ris(out)
}

fn references_of_ris(bytes: Vec<u8>) -> Vec<Reference> {
    let options = Options { from: Some(Format::Ris) };
    let reader = read::from_reader("again.ris", std::io::Cursor::new(bytes), &options).expect("RIS");
    reader
        .map(|item| match item.expect("memory can be read") {
            Item::Reference(reference) => reference,
            Item::Skipped(skipped) => panic!("{skipped:?}"),
        })
        .collect()
}

/// What RIS can say: its types are codes, and a field is one line.
fn as_ris(said: &Bibliography) -> Bibliography {
    let is_code = |kind: &String| kind.len() <= 6 && kind.bytes().all(|byte| byte.is_ascii_uppercase());
    let kind = said.kind.clone().filter(is_code).unwrap_or("JOUR".into());
    let one_line = |text: &Option<String>| {
        text.as_deref().map(|text| text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" "))
    };
    Bibliography {
        kind: Some(kind),
        title: one_line(&said.title),
        abstract_text: one_line(&said.abstract_text),
        ..said.clone()
    }
}

#[test]
fn what_is_written_is_read_again() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for folder in ["examples", "tests/read"] {
        let mut paths: Vec<_> = fs::read_dir(root.join(folder))
            .expect("the folder is there")
            .map(|e| e.expect("an entry").path())
            .collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending != "rs")) {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            let first = references(&name, fs::read(&path).expect("a file"));
            let second = again(&first);
            assert_eq!(first.len(), second.len(), "{name}");
            for (before, after) in first.iter().zip(&second) {
                assert_eq!(as_ris(&before.bibliography), after.bibliography, "{name}");
                count += 1;
            }
        }
    }
    assert!(count > 30, "{count}");
}
