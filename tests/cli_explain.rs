//! What a user of `trialtab explain` relies on, whatever the rules find.

use std::fs;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use predicates::prelude::*;
use predicates::str::contains;
use tempfile::TempDir;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let lines = "{\"id\": \"a\", \"title\": \"First study\", \"abstract\": \"Ten adults were seen.\"}\n\
        {\"id\": \n\
        {\"id\": \"b\", \"title\": \"Second study\", \"abstract\": \"None of them died.\"}\n";
    fs::write(folder.path().join("in.jsonl"), lines).expect("the folder takes files");
    folder
}

fn explain(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("trialtab");
    command.current_dir(folder.path()).arg("explain").args(args);
    command
}

#[test]
fn every_reference_is_explained_and_the_unusable_reported() {
    let page = explain(&folder(), &["in.jsonl"]).assert().success();
    let page = page.stdout(contains("First study").and(contains("Second study")).and(contains('\u{1b}').not()));
    page.stderr(contains("in.jsonl:2: jsonl.syntax"));
}

#[test]
fn an_id_picks_one_reference() {
    let page = explain(&folder(), &["in.jsonl", "--id", "b"]).assert().success();
    page.stdout(contains("Second study").and(contains("First study").not()));
}

#[test]
fn an_unknown_id_or_input_is_an_error() {
    explain(&folder(), &["in.jsonl", "--id", "zzz"]).assert().code(2).stderr(contains("zzz"));
    explain(&folder(), &["missing.ris"]).assert().code(3).stderr(contains("missing.ris"));
}
