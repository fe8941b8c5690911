//! What must hold on the evaluation sets, which live outside of this project.
//!
//! `TRIALTAB_EVAL` names their folder (`TRIALTAB_EVAL=../shared/eval cargo test --test evaluation`). Without it nothing
//! is tested here; with it, a set that is missing is a failure.

#[path = "support/spans.rs"]
mod spans;

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use rayon::prelude::*;
use trialtab::model::Check;
use trialtab::rules::Table;
use trialtab::{Extractor, Item, Options, Record, Reference, RulePack, Verdict, open};

/// The file `name` of the evaluation sets; none where no sets are named.
fn set(name: &str) -> Option<PathBuf> {
    let folder = env::var_os("TRIALTAB_EVAL")?;
    // Tests run in the folder of the crate, and so a relative path is meant.
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(name);
    assert!(path.exists(), "{} is missing", path.display());
    Some(path)
}

fn references(path: &Path) -> Vec<Reference> {
    let items = open(path, &Options::default()).expect("the set can be read");
    let reference = |item| match item {
        Item::Reference(reference) => reference,
        Item::Skipped(skipped) => panic!("{skipped:?}"),
    };
    items.map(|item| reference(item.expect("the set can be read"))).collect()
}

fn records(path: &Path) -> Vec<Record> {
    let extractor = Extractor::built_in().expect("the built-in rules load");
    references(path).par_iter().map(|reference| extractor.extract(reference)).collect()
}

/// The checks of a record with this id, as (what its findings print, verdict, methods, message).
fn checks<'a>(record: &'a Record, id: &str) -> Vec<(Vec<String>, &'a Check)> {
    let printed = |check: &Check| {
        let findings = record.findings.iter().filter(|finding| check.findings.contains(&finding.id));
        let quantity = |finding: &trialtab::model::Finding| finding.estimate.clone().or(finding.events.clone());
        findings.filter_map(quantity).map(|quantity| quantity.text).collect()
    };
    record.checks.iter().filter(|check| check.check.0 == id).map(|check| (printed(check), check)).collect()
}

#[test]
fn the_seed_is_read_whole_and_its_checks_say_what_is_known() {
    let Some(path) = set("seed/zhang2020.ris") else { return };
    let records = records(&path);
    assert_eq!(records.len(), 1);
    let record = &records[0];
    assert_eq!(record.findings.len(), 11);
    let sizes: BTreeSet<_> = record.groups.iter().filter_map(|g| g.n.as_ref()).map(|n| n.value as u32).collect();
    assert!(sizes.is_superset(&BTreeSet::from([32, 43])), "{sizes:?}");

    let percents = checks(record, "proportion.percent");
    assert_eq!(percents.iter().map(|(printed, _)| printed[0].as_str()).collect::<Vec<_>>(), ["79%", "88%", "21%"]);
    assert!(percents.iter().all(|(_, check)| check.verdict == Verdict::Consistent));

    let intervals = checks(record, "proportion.ci");
    let methods: Vec<_> =
        intervals.iter().map(|(printed, check)| (printed[0].as_str(), check.methods.as_slice())).collect();
    assert_eq!(methods, [("79%", &["wald_cc"][..]), ("88%", &[]), ("21%", &["wald_cc"])]);
    let off = intervals[1].1;
    assert_eq!(off.verdict, Verdict::Suspicious);
    for words in ["78.8 to 98.0%, which differs at the lower limit", "77.6 to 99.1%, which differs at the upper limit"]
    {
        assert!(off.message.contains(words), "{}", off.message);
    }

    let duplicates = checks(record, "interval.duplicate");
    assert_eq!(duplicates.len(), 1);
    assert_eq!(duplicates[0].0.iter().collect::<BTreeSet<_>>().len(), 2, "{}", duplicates[0].1.message);

    let complements = checks(record, "survival.complement");
    assert_eq!(complements.len(), 1);
    let (printed, complement) = &complements[0];
    assert!(printed.contains(&"41%".to_owned()) && printed.contains(&"59%".to_owned()));
    assert_eq!(complement.verdict, Verdict::Suspicious);
    assert!(complement.message.contains("add up to 100%, but their intervals do not mirror"), "{}", complement.message);

    let within = |(_, check): &(Vec<String>, &Check)| {
        check.verdict == Verdict::Consistent && check.message.contains("32") && check.message.contains("within the 34")
    };
    assert!(checks(record, "counts.subset").iter().any(within));
    assert!(!record.checks.iter().any(|check| check.verdict == Verdict::Inconsistent));
}

#[test]
fn every_outcome_of_the_list_has_a_rule() {
    let Some(path) = set("../outcomes.tsv") else { return };
    let list = std::fs::read_to_string(path).expect("the list can be read");
    let pack = RulePack::built_in().expect("the built-in rules load");
    let rules: BTreeSet<_> = pack.rules().iter().filter(|r| r.table == Table::Outcome).map(|r| r.id.as_str()).collect();
    let ids: Vec<_> = list.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    assert!(ids.len() > 50, "{} ids", ids.len());
    let missing: Vec<_> = ids.iter().filter(|id| **id != "other" && !rules.contains(**id)).collect();
    assert!(missing.is_empty(), "no rule for {missing:?}");
}

#[test]
fn spans_point_at_their_text_in_abstracts_as_they_are() {
    for name in ["facts/dev.jsonl", "pico/dev.jsonl"] {
        let Some(path) = set(name) else { return };
        let faults: Vec<_> = records(&path).iter().flat_map(spans::faults).collect();
        assert_eq!(faults, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn thousands_of_abstracts_come_out_the_same_with_one_thread_and_two() {
    let Some(path) = set("wild/abstracts.jsonl") else { return };
    let output = |threads: &str| {
        let mut command = cargo_bin_cmd!("trialtab");
        command.arg("extract").arg(&path).args(["--format", "jsonl", "--quiet", "--threads", threads]);
        command.assert().success().get_output().stdout.clone()
    };
    let one = output("1");
    assert!(one == output("2"), "the outputs differ");
    let text = String::from_utf8(one).expect("the output is UTF-8");
    let faults = text.lines().filter(|line| line.contains("internal.panic")).count();
    assert_eq!(faults, 0, "abstracts on which the program failed");
    let given = std::fs::read_to_string(&path).expect("the set can be read").lines().count();
    assert_eq!(text.lines().count(), given);
}
