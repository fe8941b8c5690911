//! What the program makes of each file in `examples/`, whole, in each output format: a reader of `snapshots/` sees the
//! product. After a change that is meant, `INSTA_UPDATE=always cargo test --test examples` writes them anew.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use insta::assert_snapshot;
use serde_json::Value;

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// Names of the example files.
fn examples() -> Vec<String> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")).expect("the examples are there");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let files = paths.filter(|path| path.extension() != Some(OsStr::new("rs")));
    let mut names: Vec<String> =
        files.map(|path| path.file_name().expect("a file").to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn extract(name: &str, arguments: &[&str]) -> String {
    let mut command = cargo_bin_cmd!("trialtab");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("CLICOLOR_FORCE").arg("extract");
    let output = command.arg(format!("examples/{name}")).args(arguments).output().expect("trialtab runs");
    assert!(output.status.success(), "{name} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

fn assert_shown(name: &str, form: &str, shown: &str) {
    settings().bind(|| assert_snapshot!(format!("{}__{form}", name.replace('.', "_")), shown));
}

#[test]
fn the_table_of_each_example() {
    for name in examples() {
        assert_shown(&name, "table", &extract(&name, &["--width", "100"]));
    }
}

#[test]
fn the_readme_shows_what_really_comes_out() {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the readme is there");
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a piece of output");
    let table = extract("abstracts.jsonl", &["--width", "100"]);
    assert!(table.contains(shown), "README.md shows what is not in snapshots/abstracts_jsonl__table.snap");
}

#[test]
fn the_csv_of_each_example() {
    for name in examples() {
        assert_shown(&name, "csv", &extract(&name, &["--format", "csv"]));
    }
}

#[test]
fn the_wide_csv_of_each_example() {
    for name in examples() {
        assert_shown(&name, "wide", &extract(&name, &["--layout", "wide"]));
    }
}

#[test]
fn the_data_for_meta_analysis_of_each_example() {
    for name in examples() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().to_str().expect("its name is UTF-8");
        extract(&name, &["--format", "metafor", "-o", path, "--quiet"]);
        for file in ["proportions", "two_group", "continuous", "ratios", "survival"] {
            let csv = fs::read_to_string(folder.path().join(file).with_extension("csv")).expect("the file is written");
            assert_shown(&name, &format!("metafor__{file}"), &csv);
        }
        assert_shown(&name, "revman", &extract(&name, &["--format", "revman"]));
    }
}

/// A record is one line of JSON, which nobody can read. Shown is that line broken before each group, finding, check
/// and diagnostic, nothing else changed but the hash of the rules, which every new rule changes.
#[test]
fn the_records_of_each_example() {
    for name in examples() {
        let lines = extract(&name, &["--format", "jsonl"]);
        let broken: Vec<String> = lines.lines().map(broken).collect();
        assert_shown(&name, "jsonl", &broken.join("\n"));
    }
}

fn broken(line: &str) -> String {
    let record: Value = serde_json::from_str(line).expect("each line is JSON");
    let hash = record["rules"]["hash"].as_str().expect("the rules have a hash");
    let mut shown = line.replacen(hash, "…", 1);
    for list in ["groups", "findings", "checks", "diagnostics"] {
        for item in record[list].as_array().into_iter().flatten() {
            let opening = match item["id"].as_str() {
                Some(id) => format!("{{\"id\":\"{id}\","),
                None => continue,
            };
            shown = shown.replacen(&opening, &format!("\n  {opening}"), 1);
        }
    }
    shown.replace("{\"check\":", "\n  {\"check\":").replace("{\"severity\":", "\n  {\"severity\":")
}

#[test]
fn an_example_is_the_same_with_one_thread_and_two() {
    for name in examples() {
        for format in ["table", "csv", "jsonl", "html"] {
            let with = |threads| extract(&name, &["--format", format, "--threads", threads]);
            assert_eq!(with("1"), with("2"), "{name} as {format}");
        }
    }
}
