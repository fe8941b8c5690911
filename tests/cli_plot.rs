//! `trialtab plot`: one outcome of all references as a picture.

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;

fn plot(arguments: &[&str]) -> Command {
    let mut command: Command = cargo_bin_cmd!("trialtab");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["plot", "examples/car-t.ris", "--quiet"]).args(arguments);
    command
}

fn drawn(arguments: &[&str]) -> String {
    let output = plot(arguments).output().expect("trialtab runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_method_is_said_and_used() {
    let wilson = drawn(&["--outcome", "complete_remission"]);
    assert!(wilson.starts_with("<svg ") && wilson.contains("by the method of Wilson"), "{wilson}");
    let exact = drawn(&["--outcome", "complete_remission", "--method", "clopper_pearson"]);
    assert!(exact.contains("by the method of Clopper-Pearson"), "{exact}");
    // 34 of 43: statsmodels 0.15.0, proportion_confint(34, 43, method="wilson") and method="beta".
    assert!(wilson.contains("79.1 [64.8, 88.6]"), "{wilson}");
    assert!(exact.contains("79.1 [64.0, 90.0]"), "{exact}");
    assert!(wilson.contains("Not pooled"), "{wilson}");
}

#[test]
fn ratios_are_drawn_as_printed() {
    let ratios = drawn(&["--outcome", "overall_survival", "--measure", "hazard_ratio"]);
    assert!(ratios.contains("as printed, on a logarithmic scale"), "{ratios}");
    assert!(ratios.contains("0.76 [0.60, 0.97]"), "{ratios}");
}

#[test]
fn an_outcome_with_nothing_to_draw_is_an_error_and_leaves_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("forest.svg");
    let output = plot(&["--outcome", "made_up"]).arg("-o").arg(&file).output().expect("trialtab runs");
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("no result of made_up has the numbers to be drawn"), "{words}");
    assert!(!file.exists());
}
