//! What must hold of any decisions, sensible or not: the record stays whole, and what is not understood changes nothing.

use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use trialtab::Extractor;
use trialtab::model::{Bibliography, Record, Reference};
use trialtab::review::{Decisions, sight};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::built_in().expect("the rules load"));

const ABSTRACT: &str = "Eighty adults were randomised to the drug (n = 41) or placebo (n = 39). Complete remission was seen in \
    31 of 41 patients (76%; 95% CI 60–88) and 12 of 39 (31%), respectively (P < 0.001). Grade ≥3 infection occurred in 5%. \
    1-year survival was 80% v 71% (hazard ratio 0.62; 95% CI 0.41–0.95).";

const SLOTS: [&str; 12] = [
    "outcome",
    "measure",
    "group",
    "group_n",
    "comparator",
    "estimate",
    "events",
    "total",
    "interval",
    "p",
    "time",
    "grade",
];

const TYPED: [&str; 30] = [
    "",
    "0",
    "1",
    "-3",
    "12",
    "41",
    "76%",
    "0%",
    "100%",
    "1000%",
    "0.0",
    "1e400",
    "99999999",
    "NaN",
    "≥3",
    "1-2",
    "60 to 88",
    "88 to 60",
    "NR to NR",
    "<0.001",
    "2.5",
    "12 months",
    "0 years",
    "death",
    "the drug",
    "placebo",
    "hazard_ratio",
    "mean",
    "proportion",
    "≥≥ \u{1F600} −",
];

fn record() -> Record {
    let bibliography =
        Bibliography { title: Some("A drug".into()), abstract_text: Some(ABSTRACT.into()), ..Bibliography::default() };
    EXTRACTOR.extract(&Reference { id: Some("a".into()), bibliography, ..Reference::default() })
}

fn decision(record: &Record, verb: &str, at: usize, set: &Map<String, Value>) -> Value {
    let finding = &record.findings[at % record.findings.len()];
    let (start, end) =
        if verb == "add" { (at as u32 * 7, at as u32 * 7 + 20) } else { (finding.at.start, finding.at.end) };
    json!({
        "schema": "trialtab-decision/1", "record": "a", "content_hash": record.content_hash,
        "at": {"field": "abstract", "start": start, "end": end}, "saw": sight(record, finding),
        "decision": verb, "reviewer": "R", "set": set,
    })
}

fn any_decision() -> impl Strategy<Value = (&'static str, usize, Vec<(usize, usize)>)> {
    let verbs = prop::sample::select(vec!["accept", "reject", "correct", "add"]);
    (verbs, 0usize..60, prop::collection::vec((0..SLOTS.len(), 0..TYPED.len()), 0..6))
}

fn read(decisions: &[Value]) -> (tempfile::TempDir, Decisions) {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = folder.path().join("decisions.jsonl");
    let lines: Vec<String> = decisions.iter().map(Value::to_string).collect();
    std::fs::write(&path, lines.join("\n")).expect("a file");
    let decisions = Decisions::read(&[path]).expect("each line is a decision");
    (folder, decisions)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_decisions_leave_a_whole_record(any in prop::collection::vec(any_decision(), 1..8)) {
        let mut record = record();
        let all: Vec<Value> = any
            .iter()
            .map(|(verb, at, set)| {
                let set = set.iter().map(|(slot, typed)| (SLOTS[*slot].to_owned(), TYPED[*typed].into())).collect();
                decision(&record, verb, *at, &set)
            })
            .collect();
        let (_folder, decisions) = read(&all);
        let outcome = EXTRACTOR.review(&mut record, &decisions);
        prop_assert!(outcome.applied.len() + outcome.reports.len() <= all.len());
        for (index, finding) in record.findings.iter().enumerate() {
            prop_assert_eq!(finding.id.index(), index);
            prop_assert!(finding.group.is_none_or(|group| group.index() < record.groups.len()));
            prop_assert!(finding.repeats.is_none_or(|first| first.index() < index));
            prop_assert!(!record.reference.quote(finding.at).is_empty());
        }
        for check in &record.checks {
            prop_assert!(check.findings.iter().all(|finding| finding.index() < record.findings.len()));
        }
    }
}
