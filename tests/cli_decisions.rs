//! Reviewers' decisions, from the command line: what they do to every output, and what is said of those that do not hold.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::{Value, json};

const INPUT: &str = r#"{"id": "a", "title": "An invented trial", "abstract": "Forty patients were treated. Complete remission was seen in 31 of 40 patients (77%). Relapse occurred in 12 of 40 (34%). At 1 year, 5% of patients had died in another way."}
"#;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        folder.write("in.jsonl", INPUT);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }

    /// A file of decisions, one a line.
    fn decisions(&self, name: &str, decisions: &[Value]) -> PathBuf {
        let lines: Vec<String> = decisions.iter().map(Value::to_string).collect();
        self.write(name, &lines.join("\n"));
        self.path(name)
    }

    fn run(&self, arguments: &[&str], decisions: &[&Path]) -> (String, String) {
        let mut command: Command = cargo_bin_cmd!("trialtab");
        command.current_dir(self.0.path()).arg("extract").arg("in.jsonl").args(arguments);
        for file in decisions {
            command.arg("--decisions").arg(file);
        }
        let output = command.output().expect("trialtab runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (text(output.stdout), text(output.stderr))
    }

    fn record(&self, decisions: &[&Path]) -> (Value, String) {
        let (out, err) = self.run(&["--format", "jsonl"], decisions);
        (serde_json::from_str(&out).expect("a record"), err)
    }

    /// The finding of an outcome as the review page shows it, ready for a decision.
    fn seen(&self, outcome: &str) -> Value {
        let (page, _) = self.run(&["--format", "html"], &[]);
        let (_, rest) = page.split_once("id=\"records\">").expect("the records");
        let line = rest.trim_start().lines().next().expect("a record");
        let (summary, details) = line.split_once('\t').expect("two parts");
        let view: Value = serde_json::from_str(summary).expect("JSON");
        let details: Value = serde_json::from_str(details).expect("JSON");
        let row = details["findings"].as_array().expect("rows").iter().find(|row| row["outcome"] == outcome);
        let row = row.expect("the outcome is found");
        json!({
            "schema": "trialtab-decision/1", "record": view["id"], "content_hash": view["hash"],
            "at": {"field": row["at"][0], "start": row["at"][1], "end": row["at"][2]},
            "quote": "…", "saw": row["saw"], "reviewer": "A. Okafor",
        })
    }
}

fn with(mut decision: Value, verb: &str, more: &Value) -> Value {
    decision["decision"] = verb.into();
    for (key, value) in more.as_object().expect("an object") {
        decision[key] = value.clone();
    }
    decision
}

fn outcomes(record: &Value) -> Vec<&str> {
    let findings = record["findings"].as_array().expect("findings");
    findings.iter().map(|finding| finding["outcome"]["id"].as_str().unwrap_or("?")).collect()
}

#[test]
fn what_is_rejected_leaves_and_what_is_corrected_says_so() {
    let folder = Folder::new();
    let remission = folder.seen("complete_remission");
    let relapse = folder.seen("relapse");
    let file = folder.decisions(
        "a.jsonl",
        &[
            with(remission, "reject", &json!({})),
            with(relapse, "correct", &json!({"set": {"estimate": "30%", "time": "12 months"}, "note": "misprint"})),
        ],
    );
    let (record, err) = folder.record(&[&file]);
    assert!(!outcomes(&record).contains(&"complete_remission"), "{record}");
    let relapse = record["findings"].as_array().unwrap().iter().find(|f| f["outcome"]["id"] == "relapse").unwrap();
    assert_eq!(relapse["id"], "f1");
    assert_eq!(relapse["estimate"]["value"], 30.0);
    assert_eq!((&relapse["time"]["value"], &relapse["time"]["unit"]), (&json!(12.0), &json!("month")));
    assert_eq!(
        relapse["review"],
        json!({"decision": "corrected", "reviewers": ["A. Okafor"], "note": "misprint",
            "changes": [{"slot": "estimate", "was": "34%"}, {"slot": "time", "was": null}]})
    );
    // 12 of 40 is 30%: the check is made again.
    let checks = record["checks"].as_array().unwrap();
    assert!(checks.iter().all(|check| check["verdict"] != "inconsistent"), "{checks:?}");
    assert!(err.contains("2 decisions applied (0 accepted, 1 corrected, 1 rejected, 0 added), 0 not applied"), "{err}");
    let (csv, _) = folder.run(&["--format", "csv"], &[&file]);
    assert!(csv.contains("corrected,A. Okafor,misprint,estimate (was: 34%); time (was: nothing)"), "{csv}");
}

#[test]
fn what_is_added_stands_where_its_words_stand() {
    let folder = Folder::new();
    let mut added = folder.seen("relapse");
    let whole: Value = serde_json::from_str(INPUT).unwrap();
    let text = whole["abstract"].as_str().unwrap();
    let start = text.find("31 of 40").unwrap();
    added["at"] = json!({"field": "abstract", "start": start, "end": start + 8});
    added["saw"] = "".into();
    let set =
        json!({"set": {"outcome": "complete remission", "events": "31", "group": "the treated", "group_n": "40"}});
    let file = folder.decisions("a.jsonl", &[with(added, "add", &set)]);
    let (record, _) = folder.record(&[&file]);
    let findings = record["findings"].as_array().unwrap();
    let finding = findings.iter().find(|f| f["review"]["decision"] == "added").unwrap();
    assert_eq!(finding["outcome"]["id"], "complete_remission");
    assert_eq!(finding["events"]["at"], json!({"field": "abstract", "start": start, "end": start + 2}));
    assert_eq!(finding["sentence"], 1);
    let group = finding["group"].as_str().unwrap();
    let group = record["groups"].as_array().unwrap().iter().find(|g| g["id"] == group).unwrap();
    assert_eq!((&group["label"], &group["n"]["value"]), (&json!("the treated"), &json!(40.0)));
    let ids: Vec<String> = (1..=findings.len()).map(|k| format!("f{k}")).collect();
    assert_eq!(findings.iter().map(|f| f["id"].as_str().unwrap()).collect::<Vec<_>>(), ids);
}

#[test]
fn a_decision_on_other_words_is_reported_and_not_applied() {
    let folder = Folder::new();
    let seen = folder.seen("relapse");
    let changed = |key: &str, value: Value| {
        let mut decision = with(seen.clone(), "reject", &json!({}));
        decision[key] = value;
        decision
    };
    let cases = [
        ("decisions.text_changed", changed("content_hash", "0000000000000000".into())),
        ("decisions.reading_changed", changed("saw", "outcome: death".into())),
        ("decisions.no_finding", changed("at", json!({"field": "abstract", "start": 0, "end": 3}))),
        ("decisions.no_record", changed("record", "b".into())),
        ("decisions.value", with(seen.clone(), "correct", &json!({"set": {"grade": "severe"}}))),
    ];
    let (untouched, _) = folder.record(&[]);
    for (code, decision) in cases {
        let file = folder.decisions("a.jsonl", &[decision]);
        let (record, err) = folder.record(&[&file]);
        assert_eq!(record, untouched, "{code}");
        assert!(err.contains(&format!("a.jsonl:1: {code}: ")), "{code}: {err}");
        assert!(err.contains("0 decisions applied"), "{err}");
    }
}

#[test]
fn of_two_reviewers_the_later_file_stands_and_the_difference_is_told() {
    let folder = Folder::new();
    let seen = folder.seen("relapse");
    let mut other = with(seen.clone(), "accept", &json!({}));
    other["reviewer"] = "P. Lindqvist".into();
    let a = folder.decisions("a.jsonl", &[with(seen.clone(), "reject", &json!({}))]);
    let b = folder.decisions("b.jsonl", &[other.clone()]);
    let (record, err) = folder.record(&[&a, &b]);
    assert!(outcomes(&record).contains(&"relapse"));
    assert!(
        err.contains("decisions.differ") && err.contains("rejected by A. Okafor, accepted by P. Lindqvist"),
        "{err}"
    );
    let (record, _) = folder.record(&[&b, &a]);
    assert!(!outcomes(&record).contains(&"relapse"));
    let both = folder.decisions("c.jsonl", &[with(seen, "accept", &json!({}))]);
    let (record, _) = folder.record(&[&both, &b]);
    let relapse = record["findings"].as_array().unwrap().iter().find(|f| f["outcome"]["id"] == "relapse").unwrap();
    assert_eq!(relapse["review"]["reviewers"], json!(["A. Okafor", "P. Lindqvist"]));
}

#[test]
fn a_file_that_holds_no_decisions_is_refused_with_its_line() {
    let folder = Folder::new();
    folder.write("a.jsonl", "\n{\"decision\": \"reject\"}\n");
    let mut command: Command = cargo_bin_cmd!("trialtab");
    command.current_dir(folder.0.path()).args(["extract", "in.jsonl", "--decisions", "a.jsonl"]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains("decisions.syntax: a.jsonl:2:"), "{err}");
}

#[test]
fn two_reviewers_are_compared() {
    let folder = Folder::new();
    let (remission, relapse) = (folder.seen("complete_remission"), folder.seen("relapse"));
    let mut by_b = [
        with(remission.clone(), "accept", &json!({})),
        with(relapse.clone(), "correct", &json!({"set": {"estimate": "30%"}})),
    ];
    for decision in &mut by_b {
        decision["reviewer"] = "P. Lindqvist".into();
    }
    folder.decisions("a.jsonl", &[with(remission, "accept", &json!({})), with(relapse, "reject", &json!({}))]);
    folder.decisions("b.jsonl", &by_b);
    let mut command: Command = cargo_bin_cmd!("trialtab");
    command.current_dir(folder.0.path()).args(["agree", "a.jsonl", "b.jsonl"]);
    let out = String::from_utf8(command.output().unwrap().stdout).unwrap();
    insta::assert_snapshot!(out, @r"
    A  a.jsonl
    B  b.jsonl

    2 findings judged by both, 0 by A alone, 0 by B alone; 0 added by both alike

    A down, B across  accept  reject correct
    accept                 1       0       0
    reject                 0       0       1
    correct                0       0       0

    Agreement 50.0%, by chance 25.0%; Cohen's kappa 0.33 (95% CI 0.03 to 0.64)

    1 disagreement

    a: “…”
        outcome: relapse; measure: proportion; group: Forty patients were treated; events: 12; total:
        40; estimate: 34%
      A  rejected by A. Okafor
      B  corrected by P. Lindqvist: estimate “30%”
    ");
    command.args(["--format", "jsonl"]);
    let line: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
    assert_eq!((&line["a"]["decision"], &line["b"]["set"]["estimate"]), (&json!("reject"), &json!("30%")));
}
