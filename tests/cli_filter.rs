//! What programs that spread work rely on in `trialtab filter`: one line in, one line out, in order; ids as they came; no
//! success where work was lost; an answer to what has arrived before more is waited for.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command as Process, Stdio};

use assert_cmd::cargo::cargo_bin_cmd;
use predicates::str::contains;
use serde_json::Value;

const LINES: &str = r#"{"id": "same", "abstract": "Of 40 adults, 20 (50%) had a complete remission."}

{"id": "same", "title": "No abstract"}
{"id": 17, "abstract": 5}
no json
{"id": "last", "abstract": "Of 40 adults, 10 (25%) died."}
"#;

fn answers(output: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(output).expect("answers are UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("an answer is JSON")).collect()
}

#[test]
fn every_line_is_answered_in_order_with_its_id() {
    let done = cargo_bin_cmd!("trialtab").arg("filter").write_stdin(LINES).assert().code(0);
    let done = done.stderr(contains("6 lines in, 6 out, 3 with an error"));
    let answers = answers(&done.get_output().stdout);
    let ids: Vec<&str> = answers.iter().filter_map(|answer| answer["id"].as_str()).collect();
    assert_eq!((ids[0], ids[2], ids[3], ids[5]), ("same", "same", "17", "last"));
    let failed: Vec<usize> = (0..6).filter(|k| answers[*k]["error"].is_string()).collect();
    assert_eq!(failed, [1, 3, 4]);
}

#[test]
fn a_line_that_is_cut_off_is_answered_but_no_success() {
    let cut = r#"{"id": "a", "title": "x"}
{"id": "b", "tit"#;
    let done = cargo_bin_cmd!("trialtab").arg("filter").write_stdin(cut).assert().code(3);
    let done = done.stderr(contains("2 lines in, 2 out, 1 with an error")).stderr(contains("cut off within line 2"));
    assert_eq!(answers(&done.get_output().stdout)[1]["id"], "b");
    // Without its line end the last line may still be whole.
    cargo_bin_cmd!("trialtab").arg("filter").write_stdin(r#"{"id": "a", "title": "x"}"#).assert().code(0);
}

#[test]
fn what_has_arrived_is_answered_before_more_is_waited_for() {
    let mut filter = Process::new(assert_cmd::cargo::cargo_bin!("trialtab"))
        .arg("filter")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut input = filter.stdin.take().expect("its input is piped");
    let mut output = BufReader::new(filter.stdout.take().expect("its output is piped"));
    for id in ["one", "two"] {
        writeln!(input, r#"{{"id": "{id}", "title": "x"}}"#).expect("it takes a line");
        let mut answer = String::new();
        output.read_line(&mut answer).expect("it answers");
        assert!(answer.contains(id), "{answer}");
    }
    drop(input);
    assert!(filter.wait().expect("it ends").success());
}
