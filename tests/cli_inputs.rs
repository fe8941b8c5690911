//! What a user relies on when many inputs are given: all are found, every record is accounted for, duplicates are
//! linked and never lost.

use std::fs;
use std::io::Write;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use flate2::Compression;
use flate2::write::GzEncoder;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use tempfile::TempDir;

fn record(title: &str, doi: &str, text: &str) -> String {
    let doi = if doi.is_empty() { String::new() } else { format!("DO  - {doi}\n") };
    let text = if text.is_empty() { String::new() } else { format!("AB  - {text}\n") };
    format!("TY  - JOUR\nTI  - {title}\nAU  - Okafor, Ada\nPY  - 2021\n{doi}{text}ER  - \n\n")
}

const TITLE: &str = "An invented trial of invented cells";
const EMPTY: &str = "TY  - JOUR\nER  - \n\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder takes folders");
        fs::write(path, content).expect("the folder takes files");
    }
    folder
}

fn extract(folder: &TempDir) -> Command {
    let mut command = cargo_bin_cmd!("trialtab");
    command.current_dir(folder.path()).arg("extract");
    command
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(bytes).expect("JSON lines are UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

#[test]
fn files_folders_patterns_and_gzip_are_read_once_each() {
    let one = record(TITLE, "", "Ten adults were seen.");
    let folder = folder(&[("in/a.ris", &one), ("in/deep/b.txt", &one), ("in/notes.md", "x"), ("c.ris", &one)]);
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(one.as_bytes()).unwrap();
    fs::write(folder.path().join("d.ris.gz"), packed.finish().unwrap()).unwrap();
    let output = extract(&folder).args(["in", "*.ris*", "c.ris", "--format", "jsonl"]).output().unwrap();
    let rows = lines(&output.stdout);
    let paths: Vec<&str> = rows.iter().filter_map(|row| row["source"]["path"].as_str()).collect();
    assert_eq!(paths, ["in/a.ris", "in/deep/b.txt", "c.ris", "d.ris.gz"]);
    extract(&folder).args(["c.ris", "no*.ris"]).assert().code(3).stderr(contains("no*.ris"));
}

#[test]
fn every_record_of_every_input_is_accounted_for() {
    let mixed = record(TITLE, "", "Ten adults were seen.") + &record("A letter", "", "") + EMPTY;
    let folder = folder(&[("a.ris", &mixed), ("b.jsonl", "{\"id\": \n{\"abstract\": \"None died.\"}\n")]);
    let mut command = extract(&folder);
    command.args(["a.ris", "b.jsonl", "missing.ris", "--diagnostics", "d.jsonl", "-o", "o.csv"]);
    command
        .assert()
        .code(3)
        .stderr(contains("a.ris: ris: 3 seen = 1 used + 1 without abstract + 1 skipped"))
        .stderr(contains("b.jsonl: jsonl: 2 seen = 1 used + 0 without abstract + 1 skipped"));
    let ledger = lines(&fs::read(folder.path().join("d.jsonl")).unwrap());
    let codes: Vec<(&str, u64)> =
        ledger.iter().filter_map(|line| Some((line["code"].as_str()?, line["line"].as_u64().unwrap_or(0)))).collect();
    assert_eq!(codes, [("ris.empty", 14), ("jsonl.syntax", 1), ("read.open", 0)]);
    let accounts: Vec<&Value> = ledger.iter().filter(|line| line.get("seen").is_some()).collect();
    assert_eq!(accounts.len(), 2);
    for account in accounts {
        let n = |field: &str| account[field].as_u64().unwrap();
        assert_eq!(n("seen"), n("used") + n("without_abstract") + n("skipped"), "{account}");
    }
    extract(&folder).args(["a.ris", "--strict"]).assert().code(1);
}

#[test]
fn duplicates_are_linked_only_where_asked_for_and_left_out_of_tables_only_by_dedupe() {
    let first = record(TITLE, "10.5555/made.up.1", "Ten adults were seen. NCT01234567.");
    let again = record("An Invented Trial of Invented Cells.", "", "Ten adults were seen.");
    let other = record(TITLE, "10.5555/made.up.2", "Ten adults were seen again. NCT01234567.");
    let folder = folder(&[("medline.ris", &first), ("embase.ris", &(again + &other))]);
    let run = |flags: &[&str]| {
        let mut command = extract(&folder);
        command.args(["medline.ris", "embase.ris"]).args(flags);
        command
    };
    let plain = lines(&run(&["--format", "jsonl"]).output().unwrap().stdout);
    assert!(plain.iter().all(|row| row.get("duplicate_of").is_none() && row.get("same_trial_as").is_none()));
    for flag in ["--link", "--dedupe"] {
        let linked = lines(&run(&["--format", "jsonl", flag]).output().unwrap().stdout);
        assert_eq!(linked.len(), 3, "JSON lines keep every record");
        assert_eq!(linked[1]["duplicate_of"], "doi:10.5555/made.up.1");
        assert!(linked[2].get("duplicate_of").is_none(), "two DOIs are never the same");
        assert_eq!(linked[2]["same_trial_as"], "doi:10.5555/made.up.1");
    }
    run(&["--link"]).assert().code(0).stdout(contains("embase.ris#1"));
    run(&["--dedupe"])
        .assert()
        .code(0)
        .stdout(contains("embase.ris#1").not())
        .stderr(contains("1 duplicate and 1 companion report linked"))
        .stderr(contains("1 left out of the table as duplicates"));
}
