//! The command line explains itself: help, usage errors, schema, completions.

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use predicates::str::{contains, is_empty};
use serde_json::Value;

fn trialtab(args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("trialtab");
    command.args(args);
    command
}

#[test]
fn help_shows_examples_and_every_exit_code() {
    for args in [&["--help"][..], &["-h"], &["extract", "--help"], &["extract", "-h"]] {
        let help = trialtab(args).assert().success().stdout(contains("Examples:")).stdout(contains("Exit codes:"));
        let text = String::from_utf8(help.get_output().stdout.clone()).unwrap();
        for code in 0..=4 {
            assert!(text.contains(&format!("\n  {code}  ")), "{args:?} tells about {code}");
        }
    }
    trialtab(&["explain", "--help"]).assert().success().stdout(contains("Examples:"));
}

#[test]
fn wrong_usage_is_code_2_and_says_what_to_do() {
    for args in [
        &[][..],
        &["extract"],
        &["extract", "a.ris", "--format", "docx"],
        &["extract", "a.ris", "--from", "docx"],
        &["extract", "a.ris", "--threads", "0"],
        &["extract", "a.ris", "--quiet", "--verbose"],
        &["extract", "a.ris", "--no-such-flag"],
        &["conjure"],
    ] {
        trialtab(args).assert().code(2).stdout(is_empty()).stderr(contains("help"));
    }
}

#[test]
fn the_version_is_printed() {
    trialtab(&["--version"]).assert().success().stdout(concat!("trialtab ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn the_schema_is_json() {
    let output = trialtab(&["schema"]).output().unwrap();
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(schema["title"], "Record");
    assert!(schema["properties"]["findings"].is_object());
}

#[test]
fn every_shell_has_completions_that_know_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        trialtab(&["completions", shell]).assert().success().stdout(contains("extract")).stdout(contains("fail-on"));
    }
}
