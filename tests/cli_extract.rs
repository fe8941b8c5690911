//! What a user of `trialtab extract` relies on, whatever the rules find: one line in, one line out, in order; ids;
//! exit codes; whole files or none.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use serde_json::Value;
use tempfile::TempDir;

const RIS: &str = "\
TY  - JOUR
TI  - An invented trial of invented cells
AU  - Okafor, Ada
PY  - 2021
DO  - 10.5555/Made.Up.1
AB  - Forty adults were treated. Of these, 31 had a complete remission.
ER  - 

TY  - JOUR
TI  - A letter without an abstract
ER  - 
";

fn extract(folder: &TempDir) -> Command {
    let mut command = cargo_bin_cmd!("trialtab");
    command.current_dir(folder.path()).env_remove("NO_COLOR").arg("extract");
    command
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("the folder takes files");
    }
    folder
}

fn line(id: &str, text: &str) -> String {
    serde_json::json!({"id": id, "abstract": text}).to_string() + "\n"
}

fn rows(command: &mut Command) -> Vec<Value> {
    let output = command.output().expect("trialtab runs");
    let text = String::from_utf8(output.stdout).expect("JSON lines are UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter().filter_map(|row| row["id"].as_str()).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    names
}

#[test]
fn references_get_their_best_id_and_no_id_twice() {
    let given = line("Study A", "One.") + &line("Study A", "Two.");
    let folder = folder(&[("a.ris", RIS), ("b.jsonl", &given), ("c.ris", RIS)]);
    let rows = rows(extract(&folder).args(["a.ris", "b.jsonl", "c.ris", "--format", "jsonl"]));
    assert_eq!(
        ids(&rows),
        ["doi:10.5555/made.up.1", "a.ris#2", "Study A", "Study A#2", "doi:10.5555/made.up.1#2", "c.ris#2"]
    );
    assert_eq!(rows[4]["source"]["path"], "c.ris");
}

#[test]
fn a_reference_without_abstract_has_a_row_without_findings() {
    let folder = folder(&[("a.ris", RIS)]);
    let rows = rows(extract(&folder).args(["a.ris", "--format", "jsonl"]));
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1]["findings"], Value::Array(Vec::new()));
    extract(&folder).arg("a.ris").assert().success().stdout(contains("no abstract"));
}

#[test]
fn one_line_in_is_one_line_out_also_where_it_cannot_be_used() {
    let input = line("x", "Ten adults were seen.") + "{\"id\": \"broken\",\n" + &line("y", "None died.");
    let folder = folder(&[("a.jsonl", &input)]);
    let mut command = extract(&folder);
    command.args(["a.jsonl", "--format", "jsonl"]);
    let rows = rows(&mut command);
    assert_eq!(rows.len(), 3);
    assert_eq!((&rows[0]["id"], &rows[2]["id"]), (&"x".into(), &"y".into()));
    assert!(rows[1]["error"].as_str().unwrap().starts_with("jsonl.syntax: "));
    assert_eq!(rows[1]["source"]["line"], 2);
    assert_eq!(rows[1]["schema"], rows[0]["schema"]);
    assert!(rows[0].get("error").is_none());
    command
        .assert()
        .code(0)
        .stderr(contains("a.jsonl:2: jsonl.syntax: "))
        .stderr(contains("2 references read, 2 with abstract,"))
        .stderr(contains("1 skipped\n"));
}

#[test]
fn output_is_the_same_at_any_number_of_threads() {
    let input: String = (0..3000).map(|n| line(&format!("r{n}"), &format!("Of {n} adults, 3 relapsed."))).collect();
    let folder = folder(&[("a.jsonl", &input)]);
    let output = |threads: &str, format: &str| {
        extract(&folder).args(["a.jsonl", "--threads", threads, "--format", format]).output().unwrap().stdout
    };
    for format in ["jsonl", "csv", "table"] {
        assert_eq!(output("1", format), output("4", format), "{format}");
    }
    let rows = rows(extract(&folder).args(["a.jsonl", "--format", "jsonl", "--threads", "3"]));
    assert_eq!(rows.len(), 3000);
    assert!(rows.iter().enumerate().all(|(n, row)| row["id"] == format!("r{n}")));
}

#[test]
fn standard_input_is_read() {
    let folder = folder(&[]);
    let mut command = extract(&folder);
    command.args(["-", "--from", "jsonl", "--format", "jsonl"]).write_stdin(line("x", "Ten adults were seen."));
    command.assert().success().stdout(contains(r#""id":"x""#));
}

#[test]
fn the_extension_tells_the_format_of_the_output() {
    let folder = folder(&[("a.ris", RIS)]);
    for (name, begins) in [("o.jsonl", "{\"schema\":"), ("o.csv", "record,source,line,"), ("o.txt", "Okafor 2021 · ")]
    {
        extract(&folder).args(["a.ris", "-o", name]).assert().success().stdout(is_empty());
        assert!(fs::read_to_string(folder.path().join(name)).unwrap().starts_with(begins), "{name}");
    }
    extract(&folder).args(["a.ris", "-o", "o.docx"]).assert().code(2).stderr(contains("--format"));
    assert_eq!(names(folder.path()), ["a.ris", "o.csv", "o.jsonl", "o.txt"]);
}

#[test]
fn a_pipe_gets_no_colour() {
    let folder = folder(&[("a.ris", RIS)]);
    extract(&folder).arg("a.ris").assert().success().stdout(contains('\u{1b}').not()).stderr(contains('\u{1b}').not());
}

#[test]
fn no_color_means_none() {
    let folder = folder(&[("a.ris", RIS)]);
    let forced = |command: &mut Command| command.env("CLICOLOR_FORCE", "1").arg("a.ris").output().unwrap().stdout;
    assert!(forced(&mut extract(&folder)).contains(&0x1b));
    assert!(!forced(extract(&folder).env("NO_COLOR", "1")).contains(&0x1b));
}

#[test]
fn fail_on_is_code_1_where_a_check_came_to_that() {
    let text = |percent: u32| format!("Complete remission was reached by 34 of 43 patients ({percent}%).");
    let folder = folder(&[("right.jsonl", &line("x", &text(79))), ("wrong.jsonl", &line("x", &text(75)))]);
    for verdict in ["inconsistent", "suspicious"] {
        extract(&folder).args(["right.jsonl", "--fail-on", verdict]).assert().code(0);
        extract(&folder).args(["wrong.jsonl", "--fail-on", verdict]).assert().code(1).stdout(contains("75%"));
    }
    extract(&folder).args(["wrong.jsonl"]).assert().code(0).stderr(contains("1 discrepancy"));
}

#[test]
fn an_input_that_cannot_be_read_is_reported_and_the_others_are_read() {
    let folder = folder(&[("a.ris", RIS)]);
    let mut command = extract(&folder);
    command.args(["missing.ris", "a.ris", "-o", "o.jsonl"]);
    command.assert().code(3).stderr(contains("missing.ris")).stderr(contains("1 input unreadable"));
    assert_eq!(fs::read_to_string(folder.path().join("o.jsonl")).unwrap().lines().count(), 2);
}

#[test]
fn where_nothing_could_be_read_the_old_output_stays() {
    let folder = folder(&[("o.jsonl", "old")]);
    extract(&folder).args(["missing.ris", "-o", "o.jsonl"]).assert().code(3).stderr(contains("not written"));
    assert_eq!(fs::read_to_string(folder.path().join("o.jsonl")).unwrap(), "old");
    assert_eq!(names(folder.path()), ["o.jsonl"]);
}

#[test]
fn an_output_that_cannot_be_written_is_code_4() {
    let folder = folder(&[("a.ris", RIS)]);
    let nowhere = extract(&folder).args(["a.ris", "-o", "no/such/folder/o.csv"]).assert().code(4);
    nowhere.stderr(contains("cannot write no/such/folder/o.csv: ").and(contains(".partial").not()));
    #[cfg(target_os = "linux")]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut run = Process::new(assert_cmd::cargo::cargo_bin!("trialtab"));
        run.current_dir(folder.path()).args(["extract", "a.ris"]).stdout(full).stderr(Stdio::null());
        assert_eq!(run.status().unwrap().code(), Some(4));
    }
}

#[test]
fn an_output_never_replaces_an_input() {
    let folder = folder(&[("a.jsonl", &line("x", "Ten adults were seen."))]);
    extract(&folder).args(["a.jsonl", "-o", "./a.jsonl"]).assert().code(2).stderr(contains("replace the input"));
    assert_eq!(fs::read_to_string(folder.path().join("a.jsonl")).unwrap(), line("x", "Ten adults were seen."));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let input: String = (0..20_000).map(|n| line(&format!("r{n}"), "Ten adults were seen.")).collect();
    let folder = folder(&[("a.jsonl", &input)]);
    let mut run = Process::new(assert_cmd::cargo::cargo_bin!("trialtab"))
        .current_dir(folder.path())
        .args(["extract", "a.jsonl", "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(run.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = run.wait_with_output().unwrap();
    assert!(first.contains("\"id\":\"r0\""));
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn strict_is_for_irregular_input_and_quiet_for_standard_error() {
    let folder = folder(&[("good.jsonl", &line("x", "Ten adults were seen.")), ("bad.jsonl", "{\"id\": \n")]);
    extract(&folder).args(["good.jsonl", "--strict"]).assert().code(0);
    extract(&folder).args(["bad.jsonl", "--strict"]).assert().code(1);
    extract(&folder).args(["good.jsonl", "--quiet"]).assert().code(0).stderr(is_empty());
    let quiet = extract(&folder).args(["bad.jsonl", "--quiet"]).assert().code(0);
    quiet.stderr(contains("bad.jsonl:1: jsonl.syntax").and(contains("skipped").not()));
}

#[test]
fn very_many_diagnostics_are_counted_unless_all_are_wanted() {
    let folder = folder(&[("a.jsonl", &"{\"id\": \n".repeat(500))]);
    let lines = |flag: &[&str]| {
        let output = extract(&folder).arg("a.jsonl").args(flag).output().unwrap();
        String::from_utf8(output.stderr).unwrap().lines().count()
    };
    assert!(lines(&[]) < 30);
    assert_eq!(lines(&["--verbose"]), 502);
}

#[test]
fn rules_that_do_not_load_end_the_run_before_it_begins() {
    let folder = folder(&[("a.ris", RIS), ("o.jsonl", "old")]);
    extract(&folder).args(["a.ris", "--rules", "no-such-folder", "-o", "o.jsonl"]).assert().code(2);
    assert_eq!(fs::read_to_string(folder.path().join("o.jsonl")).unwrap(), "old");
}

#[test]
fn rows_come_out_while_the_input_still_comes_in() {
    const LIMIT: usize = 200_000;
    let mut run = Process::new(assert_cmd::cargo::cargo_bin!("trialtab"))
        .args(["extract", "-", "--from", "jsonl", "--format", "jsonl", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut input, output) = (run.stdin.take().unwrap(), run.stdout.take().unwrap());
    let has_come = Arc::new(AtomicBool::new(false));
    let writer = thread::spawn({
        let has_come = Arc::clone(&has_come);
        move || {
            let row = line("x", "Ten adults were seen.");
            (0..LIMIT).take_while(|_| !has_come.load(Relaxed) && input.write_all(row.as_bytes()).is_ok()).count()
        }
    });
    let mut rows = BufReader::new(output).lines();
    assert!(rows.next().unwrap().unwrap().contains("\"id\":\"x\""));
    has_come.store(true, Relaxed);
    let others = rows.count();
    let written = writer.join().unwrap();
    assert!(written < LIMIT, "the first row came before the input ended");
    assert_eq!(1 + others, written);
    assert!(run.wait().unwrap().success());
}

#[test]
fn the_manifest_says_what_the_run_was_and_becomes_paragraphs() {
    let folder = folder(&[("a.ris", RIS)]);
    let mut command = extract(&folder);
    command.args(["a.ris", "-o", "o.csv", "--manifest", "run.json"]).assert().success();
    let run: Value = serde_json::from_str(&fs::read_to_string(folder.path().join("run.json")).unwrap()).unwrap();
    assert_eq!(run["inputs"][0]["bytes"], RIS.len());
    assert_eq!(run["inputs"][0]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!((&run["counts"]["references"], &run["counts"]["with_abstract"]), (&2.into(), &1.into()));
    assert_eq!(run["command"].as_array().map(Vec::len), Some(7));
    let mut methods = cargo_bin_cmd!("trialtab");
    methods.current_dir(folder.path()).args(["methods", "run.json"]);
    methods
        .assert()
        .success()
        .stdout(contains("item 8").and(contains("item 9")).and(contains("2 references were read")));
    cargo_bin_cmd!("trialtab").args(["methods", "no-such.json"]).assert().code(3);
    extract(&folder).args(["a.ris", "--manifest", "a.ris"]).assert().code(2).stderr(contains("replace the input"));
}

#[test]
fn what_is_not_for_a_terminal_wants_a_place() {
    let folder = folder(&[("a.ris", RIS)]);
    for format in ["metafor", "xlsx", "parquet", "arrow"] {
        extract(&folder).args(["a.ris", "--format", format]).assert().code(2).stderr(contains("give -o"));
    }
    extract(&folder).args(["a.ris", "--format", "metafor", "-o", "pooled"]).assert().success().stdout(is_empty());
    assert_eq!(
        names(&folder.path().join("pooled")),
        ["continuous.csv", "proportions.csv", "ratios.csv", "survival.csv", "two_group.csv"]
    );
    for name in ["o.xlsx", "o.parquet", "o.arrow", "o.ris"] {
        extract(&folder).args(["a.ris", "-o", name]).assert().success().stdout(is_empty());
    }
    extract(&folder).args(["a.ris", "--include-inconsistent"]).assert().code(2).stderr(contains("metafor"));
}

#[test]
fn a_byte_order_mark_is_written_on_request() {
    let folder = folder(&[("a.ris", RIS)]);
    for layout in ["tidy", "wide"] {
        let output =
            |more: &[&str]| extract(&folder).args(["a.ris", "--layout", layout]).args(more).output().unwrap().stdout;
        let (plain, marked) = (output(&[]), output(&["--bom"]));
        assert!(plain.starts_with(b"record,"));
        assert_eq!(marked.strip_prefix("\u{feff}".as_bytes()), Some(plain.as_slice()));
    }
}
