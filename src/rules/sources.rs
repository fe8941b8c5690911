//! Where rule files come from: the ones built into the program, and a user's folder.

use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::error::{RuleError, RuleErrorKind, RuleErrors};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The folder of what the checks go by; a table there takes the place of an earlier one of its name.
pub(super) const CHECKS: &str = "checks";

/// A rule file's name and text.
#[derive(Debug, Clone)]
pub(super) struct SourceFile {
    pub name: String,
    pub text: String,
}

/// The built-in rule files, in order of their names.
pub(super) fn built_in() -> Vec<SourceFile> {
    fn collect(dir: &Dir<'_>, into: &mut Vec<SourceFile>) {
        for file in dir.files().filter(|f| f.path().extension().is_some_and(|e| e == "toml")) {
            let text = file.contents_utf8().unwrap_or_default().to_owned();
            into.push(SourceFile { name: format!("rules/{}", file.path().display()), text });
        }
        for below in dir.dirs() {
            collect(below, into);
        }
    }
    let mut files = Vec::new();
    collect(&BUILT_IN, &mut files);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// The built-in limits of the checks.
pub(super) fn limits() -> Vec<SourceFile> {
    let mut files = built_in();
    files.retain(|file| file.name.rsplit('/').nth(1) == Some(CHECKS));
    files
}

/// Every `.toml` below `folder`, in order of their paths.
pub(super) fn in_folder(folder: &Path) -> Result<Vec<SourceFile>, RuleErrors> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    if files.is_empty() {
        return Err(unreadable(folder, "no .toml file in it"));
    }
    Ok(files)
}

fn collect(folder: &Path, into: &mut Vec<SourceFile>) -> Result<(), RuleErrors> {
    let entries = fs::read_dir(folder).map_err(|e| unreadable(folder, &e.to_string()))?;
    for entry in entries {
        let path = entry.map_err(|e| unreadable(folder, &e.to_string()))?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            let text = fs::read_to_string(&path).map_err(|e| unreadable(&path, &e.to_string()))?;
            into.push(SourceFile { name: path.display().to_string(), text });
        }
    }
    Ok(())
}

fn unreadable(path: &Path, why: &str) -> RuleErrors {
    let kind = RuleErrorKind::Unreadable(why.to_owned());
    RuleErrors(vec![RuleError::new(kind, &path.display().to_string(), "", 0..0)])
}
