//! The fields of a RIS record as a reference: which of the many tags for one thing is believed.

use super::tag::Tag;
use crate::model::Bibliography;
use crate::read::abstracts::Abstracts;
use crate::read::date::Date;
use crate::read::draft::Draft;
use crate::read::identifier;
use crate::read::markup::plain;
use crate::read::people;

/// Things of which a record has one, each found under several tags.
#[derive(Clone, Copy)]
enum Slot {
    Title,
    Journal,
    Volume,
    Issue,
    FirstPage,
    LastPage,
    Link,
    Language,
    Issn,
}
const SLOTS: usize = 9;

/// What `tag` is taken for, and its rank among the tags for the same thing.
fn slot(tag: Tag) -> Option<(Slot, u8)> {
    Some(match &tag {
        b"TI" => (Slot::Title, 0),
        b"T1" => (Slot::Title, 1),
        b"CT" => (Slot::Title, 2),
        b"BT" => (Slot::Title, 3),
        b"TT" => (Slot::Title, 4),
        b"ST" => (Slot::Title, 5),
        b"JF" => (Slot::Journal, 0),
        b"T2" => (Slot::Journal, 1),
        b"JT" => (Slot::Journal, 2),
        b"JO" => (Slot::Journal, 3),
        b"JA" => (Slot::Journal, 4),
        b"J2" => (Slot::Journal, 5),
        b"J1" => (Slot::Journal, 6),
        b"VL" => (Slot::Volume, 0),
        b"VO" => (Slot::Volume, 1),
        b"IS" => (Slot::Issue, 0),
        b"IP" => (Slot::Issue, 1),
        b"CP" => (Slot::Issue, 2),
        b"SP" => (Slot::FirstPage, 0),
        b"PG" => (Slot::FirstPage, 1),
        b"EP" => (Slot::LastPage, 0),
        b"UR" => (Slot::Link, 0),
        b"L2" => (Slot::Link, 1),
        b"LK" => (Slot::Link, 2),
        b"L1" => (Slot::Link, 3),
        b"L3" => (Slot::Link, 4),
        b"LA" => (Slot::Language, 0),
        b"LG" => (Slot::Language, 1),
        b"SN" => (Slot::Issn, 0),
        _ => return None,
    })
}

/// The reference that `draft` describes.
pub(super) fn bibliography(draft: &mut Draft<Tag>) -> Bibliography {
    let mut out = Bibliography::default();
    let mut abstracts = Abstracts::default();
    let mut slots: [Option<(u8, &str)>; SLOTS] = [None; SLOTS];
    let mut people = Vec::new();
    for (tag, value) in draft.filled() {
        match &tag {
            b"AB" => abstracts.push(value),
            b"N2" => abstracts.push_other(value),
            b"AU" => people::add(&mut out.authors, plain(value)),
            b"A1" => people::add(&mut people, plain(value)),
            b"KW" | b"K1" => push_each(&mut out.keywords, value),
            b"TY" => out.kind = Some(plain(value)),
            b"DO" if out.doi.is_none() => out.doi = identifier::doi(value),
            _ => {
                let Some((slot, rank)) = slot(tag) else { continue };
                let known = &mut slots[slot as usize];
                if known.is_none_or(|(best, _)| rank < best) {
                    *known = Some((rank, value));
                }
            }
        }
    }
    if out.authors.is_empty() {
        out.authors = people;
    } else {
        people.retain(|name| !out.authors.contains(name));
        out.authors.append(&mut people);
    }
    let of = |slot: Slot| slots[slot as usize].map(|(_, value)| value);
    out.title = of(Slot::Title).map(plain);
    out.journal = of(Slot::Journal).map(plain);
    out.volume = of(Slot::Volume).map(plain);
    out.issue = of(Slot::Issue).map(plain);
    out.pages = pages(of(Slot::FirstPage), of(Slot::LastPage));
    out.url = of(Slot::Link).and_then(|link| link.split_whitespace().next()).map(str::to_owned);
    out.language = of(Slot::Language).map(plain);
    out.issn = of(Slot::Issn).map(plain);
    out.doi = out.doi.or_else(|| doi_elsewhere(draft));
    out.pmid = pmid(draft);
    out.pmcid = pmcid(draft);
    if let Some(date) = date(draft) {
        out.year = Some(date.year);
        out.date = Some(date.to_string());
    }
    for note in draft.filled().filter(|(tag, _)| tag == b"N1").filter_map(|(_, note)| abstract_in(note)) {
        abstracts.push_fallback(note);
    }
    out.abstract_text = abstracts.choose(draft);
    out
}

/// The abstract that a note says it holds.
fn abstract_in(note: &str) -> Option<&str> {
    let rest = note.trim_start();
    let rest = ["Abstract:", "ABSTRACT:", "Abstract :"].iter().find_map(|label| rest.strip_prefix(label))?;
    Some(rest.trim()).filter(|text| !text.is_empty())
}

/// Whether the record says nothing that a reader could use.
pub(super) fn is_empty(reference: &Bibliography) -> bool {
    let texts = [&reference.title, &reference.abstract_text, &reference.doi, &reference.pmid, &reference.journal];
    texts.iter().all(|text| text.is_none()) && reference.authors.is_empty()
}

/// Adds the values of a field; some exports put all of them into one, between semicolons.
fn push_each(values: &mut Vec<String>, field: &str) {
    let text = plain(field);
    if !text.contains(';') {
        values.push(text);
        return;
    }
    values.extend(text.split(';').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned));
}

fn pages(first: Option<&str>, last: Option<&str>) -> Option<String> {
    let first = plain(first.or(last)?);
    match last.map(plain) {
        Some(last) if last != first && !first.contains(['-', '–']) => Some(format!("{first}-{last}")),
        _ => Some(first),
    }
}

/// The date of publication: the year of the first field that has one, as exact as any field of that year says.
fn date(draft: &Draft<Tag>) -> Option<Date> {
    const TAGS: [Tag; 4] = [*b"PY", *b"Y1", *b"YR", *b"DA"];
    let dates = || TAGS.iter().filter_map(|&tag| Date::parse(draft.value(tag)?));
    let first = dates().next()?;
    let exact =
        dates().fold(
            first,
            |best, date| {
                if date.year == best.year && date.precision() > best.precision() { date } else { best }
            },
        );
    Some(draft.value(*b"PD").map_or(exact, |text| exact.refined(text)))
}

/// A DOI outside its own field.
fn doi_elsewhere(draft: &Draft<Tag>) -> Option<String> {
    draft.filled().find_map(|(tag, value)| match &tag {
        b"DI" | b"M3" => identifier::doi(value),
        b"UR" | b"L1" | b"L2" | b"L3" | b"LK" if value.contains("doi.org/") => {
            value.split_whitespace().filter(|link| link.contains("doi.org/")).find_map(identifier::doi)
        }
        b"N1" | b"ID" | b"AN" | b"C7" => identifier::labelled_doi(value),
        _ => None,
    })
}

/// The PubMed id: where it is said to be one, else from a field that holds one in some databases' exports.
fn pmid(draft: &Draft<Tag>) -> Option<String> {
    let labelled = draft.filled().find_map(|(tag, value)| match &tag {
        b"PM" => identifier::pmid(value),
        b"C3" | b"C2" | b"C5" | b"AN" | b"ID" | b"UR" | b"L2" | b"LK" | b"N1" | b"U1" | b"UI" | b"M1" | b"LB" => {
            identifier::labelled_pmid(value)
        }
        _ => None,
    });
    if labelled.is_some() {
        return labelled.map(str::to_owned);
    }
    let mut databases =
        draft.filled().filter(|(tag, _)| matches!(tag, b"DB" | b"DP")).map(|(_, value)| value).peekable();
    let unsaid = databases.peek().is_none();
    let indexed = databases.any(|name| {
        let name = name.to_ascii_lowercase();
        ["pubmed", "medline", "nlm"].iter().any(|known| name.contains(known))
    });
    let shortest = if indexed { 4 } else { 7 };
    draft
        .filled()
        .find_map(|(tag, value)| match &tag {
            b"C5" | b"C2" => identifier::bare_pmid(value, 6),
            b"AN" | b"ID" | b"UI" if unsaid || indexed => identifier::bare_pmid(value, shortest),
            _ => None,
        })
        .map(str::to_owned)
}

fn pmcid(draft: &Draft<Tag>) -> Option<String> {
    draft.filled().find_map(|(tag, value)| match &tag {
        b"C2" | b"C6" | b"AN" | b"ID" | b"UR" | b"L1" | b"L2" | b"L3" | b"LK" | b"N1" => identifier::pmcid(value),
        _ => None,
    })
}
