//! Ids of records: what the input says, else a DOI, a `PubMed` id, or the place in the file; never twice.
//!
//! Only a 64-bit hash of each id is kept (two ids of 37 million collide with a chance of 4 in 100,000, and then one
//! gets a needless `#2`), so that ids cost memory of some ten bytes a record.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::model::{Bibliography, Source};

/// Hands out ids in input order.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<u64>,
    repeats: HashMap<u64, u64>,
}

impl Ids {
    /// The id of the next record.
    pub fn next(&mut self, given: Option<String>, reference: Option<&Bibliography>, source: &Source) -> String {
        let given = given.filter(|id| !id.is_empty());
        self.unique(given.or_else(|| reference.and_then(published)).unwrap_or_else(|| place(source)))
    }

    fn unique(&mut self, id: String) -> String {
        if self.taken.insert(hash(&id)) {
            return id;
        }
        let count = self.repeats.entry(hash(&id)).or_insert(1);
        loop {
            *count += 1;
            let numbered = format!("{id}#{count}");
            if self.taken.insert(hash(&numbered)) {
                return numbered;
            }
        }
    }
}

fn published(reference: &Bibliography) -> Option<String> {
    let doi = reference.doi.as_deref().map(str::trim).filter(|doi| !doi.is_empty());
    let pmid = reference.pmid.as_deref().map(str::trim).filter(|pmid| !pmid.is_empty());
    doi.map(|doi| format!("doi:{}", doi.to_lowercase())).or_else(|| pmid.map(|pmid| format!("pmid:{pmid}")))
}

/// The file's name without its folder: the id stays when the same file is read from elsewhere.
fn place(source: &Source) -> String {
    let name = Path::new(&source.path).file_name().map_or(source.path.as_str().into(), |name| name.to_string_lossy());
    format!("{name}#{}", source.record)
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source { path: "exports/a.ris".into(), format: "ris".into(), record: 7, line: 90 }
    }

    #[test]
    fn the_best_id_there_is() {
        let mut ids = Ids::default();
        let mut reference = Bibliography::default();
        let mut next = |given: Option<&str>, reference: &Bibliography| {
            ids.next(given.map(str::to_owned), Some(reference), &source())
        };
        assert_eq!(next(None, &reference), "a.ris#7");
        reference.pmid = Some("123".into());
        assert_eq!(next(None, &reference), "pmid:123");
        reference.doi = Some("10.5555/AbC".into());
        assert_eq!(next(None, &reference), "doi:10.5555/abc");
        assert_eq!(next(Some("Verbatim ID "), &reference), "Verbatim ID ");
        assert_eq!(next(Some(""), &reference), "doi:10.5555/abc#2");
    }

    #[test]
    fn no_id_comes_twice_even_if_the_input_plays_tricks() {
        let mut ids = Ids::default();
        let given: Vec<String> =
            ["x", "x#2", "x", "x", "x#2"].iter().map(|id| ids.next(Some((*id).to_owned()), None, &source())).collect();
        assert_eq!(given, ["x", "x#2", "x#3", "x#4", "x#2#2"]);
    }
}
