//! What a rule author relies on: `rules check` runs every example, a rule that does not load is shown with its file,
//! line and a fixed code, and a rule in a folder works without any other change.

use std::fs;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use predicates::prelude::*;
use predicates::str::contains;
use tempfile::TempDir;

const TASTE: &str = r#"[[outcome]]
id = "taste_loss"
title = "Loss of taste"
domain = "patient"
words = ["(taste loss|loss of taste)", "ageusia"]
finds = { "taste_loss 20%" = ["Taste loss was seen in 20% of patients.", "In all, 20% of patients had ageusia."] }
ignores = ["Nausea was seen in 20% of patients."]
"#;

/// A folder whose `pack/own.toml` is [`TASTE`] with `from` replaced by `to`.
fn pack(from: &str, to: &str) -> TempDir {
    assert!(TASTE.contains(from), "{from} stands in the rule");
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::create_dir(folder.path().join("pack")).expect("a folder in it");
    fs::write(folder.path().join("pack/own.toml"), TASTE.replacen(from, to, 1)).expect("the folder takes files");
    folder
}

fn rules(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("trialtab");
    command.current_dir(folder.path()).arg("rules").args(args);
    command
}

#[test]
fn the_built_in_rules_keep_to_their_examples() {
    cargo_bin_cmd!("trialtab").args(["rules", "check"]).assert().code(0).stdout(contains(", 0 failures\n"));
}

#[test]
fn a_rule_in_a_folder_needs_nothing_else() {
    let folder = pack("", "");
    rules(&folder, &["check", "pack"]).assert().code(0).stdout(contains(", 0 failures\n"));
    rules(&folder, &["list", "--rules", "pack"]).assert().code(0).stdout(contains("taste_loss "));
    rules(&folder, &["show", "taste_loss", "--rules", "pack"]).assert().code(0).stdout(contains("# pack/own.toml:2\n"));
    rules(&folder, &["show", "taste_loss"]).assert().code(2).stderr(contains("there is no rule taste_loss"));
    let line = r#"{"id": "x", "abstract": "Of 50 patients, 10 (20%) had ageusia."}"#;
    fs::write(folder.path().join("a.jsonl"), line).expect("the folder takes files");
    let mut extract = cargo_bin_cmd!("trialtab");
    extract.current_dir(folder.path()).args(["extract", "a.jsonl", "--rules", "pack", "--format", "jsonl"]);
    extract.assert().code(0).stdout(contains(r#""outcome":{"id":"taste_loss""#));
}

#[test]
fn a_rule_that_does_not_load_is_shown_with_code_line_and_caret() {
    for (from, to, code, place) in [
        ("words =", "wrods =", "rules.syntax", "own.toml:5:1"),
        ("[[outcome]]", "[[outcome]", "rules.syntax", "own.toml:1:11"),
        ("\"taste_loss\"", "\"complete_remission\"", "rules.duplicate_id", "own.toml:2:6"),
        ("finds =", "# finds =", "rules.no_examples", "own.toml:2:6"),
        ("ignores =", "# ignores =", "rules.no_examples", "own.toml:2:6"),
        ("(taste loss|", "((taste loss|", "rules.bad_pattern", "own.toml:5:10"),
        ("(taste loss|", "({no_such_list}|", "rules.", "own.toml:5:10"),
    ] {
        let check = rules(&pack(from, to), &["check", "pack"]).assert().code(1);
        let shown = contains(format!("error[{code}")).and(contains(place)).and(contains("^"));
        check.stdout(shown);
    }
}

#[test]
fn an_example_that_fails_is_named_with_file_and_line() {
    let missed = rules(&pack("\"ageusia\"", "\"parosmia\""), &["check", "pack"]).assert().code(1);
    missed.stdout(
        contains("pack/own.toml:6: rule `taste_loss` should find `taste_loss 20%` in").and(contains("1 failure")),
    );
    let noisy = rules(&pack("Nausea was", "Taste loss was"), &["check", "pack"]).assert().code(1);
    noisy.stdout(contains("pack/own.toml:7: rule `taste_loss` should make nothing of").or(contains("own.toml:6: ")));
}

#[test]
fn a_folder_without_rules_is_an_error() {
    rules(&pack("", ""), &["check", "no-such-folder"]).assert().code(1).stdout(contains("rules.unreadable"));
}
