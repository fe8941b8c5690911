//! RIS: the references as they were read, with what was found in them as notes, for Zotero, Covidence and `ASReview`.
//!
//! Reading it again gives the same references. Each reference has at most two notes (`N1`), one of metrics and one of
//! discrepancies, since Zotero makes every note an item of its own.

use std::borrow::Cow;

use crate::model::{Bibliography, FindingKind, Record, Verdict};

use super::index::Index;
use super::phrase;

/// Between the entries of a note: a field of RIS is one line.
const BETWEEN: &str = " | ";

/// Writes one record.
pub fn record(record: &Record, out: &mut Vec<u8>) {
    if record.error.is_some() {
        return;
    }
    let reference = &record.reference;
    field(*b"TY", Some(kind(reference)), out);
    for author in &reference.authors {
        field(*b"AU", Some(author), out);
    }
    field(*b"TI", reference.title.as_deref(), out);
    field(*b"JF", reference.journal.as_deref(), out);
    dates(reference, out);
    field(*b"VL", reference.volume.as_deref(), out);
    field(*b"IS", reference.issue.as_deref(), out);
    pages(reference, out);
    field(*b"SN", reference.issn.as_deref(), out);
    field(*b"DO", reference.doi.as_deref(), out);
    field(*b"AN", reference.pmid.as_ref().map(|pmid| format!("PMID: {pmid}")).as_deref(), out);
    field(*b"C2", reference.pmcid.as_deref(), out);
    field(*b"LA", reference.language.as_deref(), out);
    for keyword in &reference.keywords {
        field(*b"KW", Some(keyword), out);
    }
    field(*b"UR", reference.url.as_deref(), out);
    field(*b"AB", reference.abstract_text.as_deref(), out);
    field(*b"N1", metrics(record).as_deref(), out);
    field(*b"N1", discrepancies(record).as_deref(), out);
    out.extend(b"ER  - \n\n");
}

fn field(tag: [u8; 2], value: Option<&str>, out: &mut Vec<u8>) {
    let Some(value) = value.filter(|value| !value.trim().is_empty()) else { return };
    out.extend(tag);
    out.extend(b"  - ");
    out.extend(one_line(value).as_bytes());
    out.push(b'\n');
}

/// A line end inside a field would begin another one.
fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r']) {
        return text
            .split(['\n', '\r'])
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
            .into();
    }
    text.into()
}

/// The type where it is one of RIS, else a journal article.
fn kind(reference: &Bibliography) -> &str {
    let known = |kind: &&str| (2..=6).contains(&kind.len()) && kind.bytes().all(|byte| byte.is_ascii_uppercase());
    reference.kind.as_deref().filter(known).unwrap_or("JOUR")
}

fn dates(reference: &Bibliography, out: &mut Vec<u8>) {
    field(*b"PY", reference.year.map(|year| year.to_string()).as_deref(), out);
    let date = reference.date.as_deref().filter(|date| date.contains('-'));
    field(*b"DA", date.map(|date| date.replace('-', "/")).as_deref(), out);
}

/// First and last page apart where they are two, else as printed.
fn pages(reference: &Bibliography, out: &mut Vec<u8>) {
    let Some(pages) = reference.pages.as_deref() else { return };
    match pages.split_once('-') {
        Some((first, last)) if first != last && !first.is_empty() && !last.is_empty() && !last.contains('-') => {
            field(*b"SP", Some(first), out);
            field(*b"EP", Some(last), out);
        }
        _ => field(*b"SP", Some(pages), out),
    }
}

/// Every result in a few words.
fn metrics(record: &Record) -> Option<String> {
    let index = Index::of(record);
    let results = record.findings.iter().filter(|f| f.kind == FindingKind::Result && f.repeats.is_none());
    let told = results.map(|finding| {
        let mut words = phrase::outcome(finding);
        let grade = finding.grade.as_ref().map(|grade| format!(" grade {}", phrase::grade(grade)));
        words.extend(grade);
        let time = finding.time.as_ref().map(|time| format!(" at {}", phrase::time(time)));
        words.extend(time);
        let group = phrase::group(&index, finding);
        let group = if group.is_empty() { group } else { format!(", {group}") };
        let p = finding.p.as_ref().map(|p| format!(", p {}", phrase::p(p))).unwrap_or_default();
        format!("{words}{group}: {}{p}", phrase::value(finding))
    });
    note("trialtab metrics", &told.collect::<Vec<_>>())
}

fn discrepancies(record: &Record) -> Option<String> {
    let flagged = |verdict| record.checks.iter().filter(move |check| check.verdict == verdict);
    let gravest_first = flagged(Verdict::Inconsistent).chain(flagged(Verdict::Suspicious));
    let told =
        gravest_first.map(|check| format!("{} ({}): {}", phrase::verdict(check.verdict), check.check.0, check.message));
    note("trialtab discrepancies", &told.collect::<Vec<_>>())
}

fn note(title: &str, entries: &[String]) -> Option<String> {
    (!entries.is_empty()).then(|| format!("{title}: {}", entries.join(BETWEEN)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    fn written(record: &Record) -> String {
        let mut out = Vec::new();
        super::record(record, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn metrics_and_discrepancies_are_notes() {
        let text = written(&sample::record());
        let notes: Vec<&str> = text.lines().filter(|line| line.starts_with("N1  - ")).collect();
        insta::assert_snapshot!(notes.join("\n"), @r"
        N1  - trialtab metrics: complete remission, adults (40): 31/40, 77.5% (95% CI 61.5 to 89.2) | relapse, adults (40): 12, 34% (95% CI 16 to 44) | overall survival, adults (40): HR 0.62 (95% CI 0.41 to NR), p <0.001 | “fatal event”: none
        N1  - trialtab discrepancies: inconsistent (proportion.percent): 12 of 40 is 30.0%, and 34% is printed. | suspicious (interval.order): The limits look alike.
        ");
    }

    #[test]
    fn no_field_breaks_a_line() {
        let mut record = sample::record();
        record.reference.abstract_text = Some("One.\nER  - \nTwo.".into());
        assert_eq!(written(&record).matches("\nER  - ").count(), 1);
    }
}
