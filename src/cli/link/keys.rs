//! What tells that two records are the same report, or of the same trial.

use std::hash::{DefaultHasher, Hash, Hasher};

use deunicode::deunicode;

use crate::model::{Bibliography, Design};

/// Letters and digits from which a title tells a report; shorter ones (`Reply`, `Editorial`) are many.
const SHORTEST_TITLE: usize = 20;

/// One of a record's keys.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    Doi(String),
    Pmid(String),
    /// Letters and digits of the title, the year, the family name of the first author.
    Title(String),
    Registry(String),
}

impl Key {
    /// Its hash, of which [`super::table::Table`] keeps 48 bits.
    pub fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        Hash::hash(self, &mut hasher);
        hasher.finish()
    }
}

/// The keys of the report that `reference` is, the surest first.
pub fn of_report(reference: &Bibliography) -> Vec<Key> {
    let doi = reference.doi.clone().map(|doi| Key::Doi(doi.to_ascii_lowercase()));
    let pmid = reference.pmid.clone().map(Key::Pmid);
    [doi, pmid, title(reference).map(Key::Title)].into_iter().flatten().collect()
}

/// The registry ids of the trial that a record reports.
pub fn of_trial(design: &Design) -> impl Iterator<Item = Key> + '_ {
    design.registry_ids.iter().map(|id| Key::Registry(folded(id))).filter(|key| *key != Key::Registry(String::new()))
}

fn title(reference: &Bibliography) -> Option<String> {
    let title = folded(reference.title.as_deref()?);
    let family = family_name(reference.authors.first()?);
    let year = reference.year?;
    (title.len() >= SHORTEST_TITLE && !family.is_empty()).then(|| format!("{title}|{year}|{family}"))
}

/// `Miller, Ann`, `Miller A.` and `Ann Miller` have the same family name.
fn family_name(author: &str) -> String {
    if let Some((family, _)) = author.split_once(',') {
        return folded(family);
    }
    let words: Vec<&str> = author.split_whitespace().collect();
    let initials = |word: &str| word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()) && word.len() <= 6;
    match words.as_slice() {
        [family @ .., last] if !family.is_empty() && initials(last) => folded(&family.concat()),
        [.., last] => folded(last),
        [] => String::new(),
    }
}

/// Letters and digits, without accents and in small letters.
fn folded(text: &str) -> String {
    deunicode(text).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
