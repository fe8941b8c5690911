//! The checks on abstracts as people write them: `tests/phrasings/*.txt` says for each what a check must come to.
//!
//! A line is `check | verdict | abstract`. `consistent` (with the methods that fit, where they are named) and
//! `inconsistent` are about rows of that check; `quiet` means that no row of any check is `inconsistent`. A line that
//! opens with `~` is not read by the extractor yet and may fail.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use trialtab::Extractor;
use trialtab::model::{Bibliography, Record, Reference, Verdict};

fn record(extractor: &Extractor, text: &str) -> Record {
    let bibliography = Bibliography { abstract_text: Some(text.to_owned()), ..Bibliography::default() };
    extractor.extract(&Reference { bibliography, ..Reference::default() })
}

fn comes_to(record: &Record, check: &str, wanted: &str) -> bool {
    let mut words = wanted.split_whitespace();
    let verdict = words.next().unwrap_or_default();
    let methods: BTreeSet<&str> = words.collect();
    let has = |verdict| record.checks.iter().any(|row| row.check.0 == check && row.verdict == verdict);
    let flagged = |verdict| record.checks.iter().any(|row| row.verdict == verdict);
    let fits = |row: &trialtab::model::Check| {
        row.check.0 == check && row.methods.iter().copied().collect::<BTreeSet<_>>() == methods
    };
    match verdict {
        "quiet" => !flagged(Verdict::Inconsistent),
        "inconsistent" => has(Verdict::Inconsistent) && !has(Verdict::Consistent),
        "consistent" => {
            let calm = !flagged(Verdict::Inconsistent) && !flagged(Verdict::Suspicious);
            has(Verdict::Consistent) && calm && (methods.is_empty() || record.checks.iter().any(fits))
        }
        other => panic!("{other} is no verdict"),
    }
}

#[test]
fn every_phrasing_comes_to_its_verdict() {
    let extractor = Extractor::built_in().expect("the built-in rules load");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/phrasings");
    let mut wrong = Vec::new();
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder is there").flatten().map(|entry| entry.path()).collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file).expect("the file is text");
        for line in text.lines().filter(|line| !line.starts_with(['#', '~']) && !line.trim().is_empty()) {
            let parts: Vec<&str> = line.splitn(3, '|').map(str::trim).collect();
            let [check, wanted, text] = parts[..] else { panic!("{line} has three parts") };
            if !comes_to(&record(&extractor, text), check, wanted) {
                wrong.push(format!("{check} should be {wanted}: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
