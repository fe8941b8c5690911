//! What the arguments of a command name: files, folders, patterns, standard input.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::ReadError;

/// Endings of files that are looked at in a folder; what they hold is told by their content.
const ENDINGS: [&str; 13] =
    ["ris", "nbib", "txt", "xml", "bib", "bibtex", "enw", "csv", "tsv", "jsonl", "ndjson", "ciw", "isi"];

/// The inputs that `arguments` name, in order, each once.
///
/// A file and `-` (standard input) are taken as they are; of a folder, every export in it and below it, by name; of a
/// pattern (`exports/*.ris`), every file that it matches, by name. What names nothing is an error, beside the inputs
/// that the other arguments name.
pub fn inputs(arguments: &[PathBuf]) -> (Vec<PathBuf>, Vec<ReadError>) {
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut errors = Vec::new();
    for argument in arguments {
        let found = match expand(argument) {
            Ok(found) => found,
            Err(source) => {
                errors.push(ReadError::Open { path: argument.to_string_lossy().into_owned(), source });
                continue;
            }
        };
        for path in found {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    (paths, errors)
}

fn expand(argument: &Path) -> io::Result<Vec<PathBuf>> {
    if argument == Path::new("-") {
        return Ok(vec![argument.to_owned()]);
    }
    let mut found = Vec::new();
    if argument.is_dir() {
        exports_in(argument, &mut found)?;
    } else if argument.exists() {
        found.push(argument.to_owned());
    } else if let Some(pattern) = argument.to_str().filter(|text| text.contains(['*', '?', '['])) {
        let matches = glob::glob(pattern).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        found.extend(matches.filter_map(Result::ok).filter(|path| path.is_file() && !is_hidden(path)));
    } else {
        found.push(argument.to_owned());
    }
    if found.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "no export is there"));
    }
    Ok(found)
}

/// Adds the exports in `folder` and below it, by name; hidden files and links to folders are passed over.
fn exports_in(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if is_hidden(&path) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            exports_in(&path, found)?;
        } else if is_export(&path) {
            found.push(path);
        }
    }
    Ok(())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn is_export(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending)) && path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_folders_and_patterns_are_found_in_order_and_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("deep/er")).expect("a folder");
        for name in ["b.ris", "a.NBIB", "c.xml.gz", "notes.md", ".hidden.ris", "deep/er/d.csv"] {
            fs::write(at(name), "").expect("a file");
        }
        let all = [at("a.NBIB"), at("b.ris"), at("c.xml.gz"), at("deep/er/d.csv")];
        let (found, errors) = inputs(&[folder.path().to_owned(), at("b.ris")]);
        assert_eq!((found.as_slice(), errors.len()), (&all[..], 0));
        let (found, errors) = inputs(&[at("*.ris"), "-".into(), at("*.none"), at("absent.ris")]);
        assert_eq!(found, [at("b.ris"), "-".into(), at("absent.ris")]);
        assert_eq!(errors.iter().map(ReadError::code).collect::<Vec<_>>(), ["read.open"]);
    }
}
