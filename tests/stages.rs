//! The stages are a one-way street: a stage imports only those before it.

use std::fs;
use std::path::{Path, PathBuf};

/// The stages in order; `extract` strings them together for `cli`, and `lib` and `main` stand above all.
const ORDER: [&str; 11] =
    ["model", "text", "read", "rules", "find", "bind", "check", "review", "write", "extract", "cli"];

/// Files of the crate's root that are no stage.
const ROOT: [&str; 2] = ["lib.rs", "main.rs"];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Modules of the crate that `code` names by `crate::…`, also those in braces.
fn named_by_crate(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, root) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + root.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            found.push(first_word(rest));
            continue;
        };
        let (mut depth, mut item) = (0, String::new());
        for c in list.chars() {
            match c {
                '}' if depth == 0 => break,
                ',' if depth == 0 => found.push(first_word(&std::mem::take(&mut item))),
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            item.push(c);
        }
        found.push(first_word(&item));
    }
    found.retain(|word| !word.is_empty());
    found
}

fn first_word(text: &str) -> String {
    text.trim_start_matches([',', ' ', '\n']).chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether a chain of `super::` climbs out of the stage, for a module `depth` levels below the crate.
fn climbs_out(code: &str, depth: usize) -> bool {
    let mut inside = depth;
    code.lines().any(|line| {
        // A module written in the file itself is one level deeper.
        if line.starts_with("mod ") && line.ends_with('{') {
            inside = depth + 1;
        } else if line == "}" {
            inside = depth;
        }
        let supers = line.matches("super::").count();
        let longest = (1..=supers).rev().find(|n| line.contains(&"super::".repeat(*n))).unwrap_or(0);
        longest >= inside
    })
}

fn without_comments(code: &str) -> String {
    code.lines().filter(|line| !line.trim_start().starts_with("//")).fold(String::new(), |all, line| all + line + "\n")
}

#[test]
fn a_stage_imports_only_stages_before_it() {
    let source = source();
    let mut all = Vec::new();
    files(&source, &mut all);
    let mut wrong = Vec::new();
    for path in all {
        let inside: Vec<_> = path.strip_prefix(&source).expect("below src").components().collect();
        let name = |k: usize| inside[k].as_os_str().to_string_lossy().into_owned();
        if inside.len() == 1 && ROOT.contains(&name(0).as_str()) {
            continue;
        }
        let stage = name(0).trim_end_matches(".rs").to_owned();
        let Some(place) = ORDER.iter().position(|known| *known == stage) else {
            wrong.push(format!("{} belongs to no stage", path.display()));
            continue;
        };
        let code = without_comments(&fs::read_to_string(&path).expect("a source file"));
        for other in named_by_crate(&code) {
            if !ORDER[..=place].contains(&other.as_str()) {
                wrong.push(format!("{} imports {other}", path.display()));
            }
        }
        let is_folder = name(inside.len() - 1) == "mod.rs";
        if climbs_out(&code, inside.len() - usize::from(is_folder)) {
            wrong.push(format!("{} climbs out of its stage by super", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn imports_are_seen_however_they_are_written() {
    assert_eq!(named_by_crate("use crate::model::Span;"), ["model"]);
    assert_eq!(named_by_crate("use crate::{cli, model::{Span, Field}, text};"), ["cli", "model", "text"]);
    assert_eq!(named_by_crate("pub(crate) fn a() { crate::write::b() }"), ["write"]);
    assert!(climbs_out("use super::super::cli;", 2));
    assert!(!climbs_out("use super::super::Draft;", 3));
    assert!(!climbs_out("mod tests {\n    use super::*;\n}", 1));
    assert!(climbs_out("use super::text;", 1));
}

#[test]
fn no_file_is_long() {
    let mut all = Vec::new();
    files(&source(), &mut all);
    let lines = |path: &PathBuf| fs::read_to_string(path).expect("a source file").lines().count();
    let long: Vec<_> = all.iter().filter(|path| lines(path) > 500).collect();
    assert!(long.is_empty(), "past 500 lines it is two things: {long:?}");
}
