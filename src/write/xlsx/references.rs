//! The sheet of references: what was read, and what came of it.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::model::{Record, Verdict};
use crate::write::rows::{code, row};

row! {
    /// A reference.
    pub struct Reference<'a> {
        record: Cow<'a, str>,
        authors: String,
        year: Option<i64>,
        title: Cow<'a, str>,
        journal: Cow<'a, str>,
        volume: Cow<'a, str>,
        issue: Cow<'a, str>,
        pages: Cow<'a, str>,
        doi: Cow<'a, str>,
        pmid: Cow<'a, str>,
        registry_ids: String,
        design: &'a str,
        phase: Cow<'a, str>,
        findings: i64,
        inconsistent: i64,
        suspicious: i64,
        duplicate_of: Cow<'a, str>,
        same_trial_as: Cow<'a, str>,
        source: Cow<'a, str>,
        line: i64,
        diagnostics: String,
        abstract_text: Cow<'a, str>,
    }
}

/// The row of a record.
pub fn row(record: &Record) -> Reference<'_> {
    let reference = &record.reference;
    let verdicts = |verdict| record.checks.iter().filter(|check| check.verdict == verdict).count() as i64;
    Reference {
        record: record.id.as_str().into(),
        authors: reference.authors.join("; "),
        year: reference.year.map(i64::from),
        title: text(reference.title.as_deref()),
        journal: text(reference.journal.as_deref()),
        volume: text(reference.volume.as_deref()),
        issue: text(reference.issue.as_deref()),
        pages: text(reference.pages.as_deref()),
        doi: text(reference.doi.as_deref()),
        pmid: text(reference.pmid.as_deref()),
        registry_ids: record.design.registry_ids.join("; "),
        design: code(record.design.kind),
        phase: text(record.design.phase.as_deref()),
        findings: record.findings.len() as i64,
        inconsistent: verdicts(Verdict::Inconsistent),
        suspicious: verdicts(Verdict::Suspicious),
        duplicate_of: text(record.duplicate_of.as_deref()),
        same_trial_as: text(record.same_trial_as.as_deref()),
        source: record.source.path.as_str().into(),
        line: record.source.line as i64,
        diagnostics: record.diagnostics.iter().map(|d| d.message.as_str()).collect::<Vec<_>>().join(" | "),
        abstract_text: text(reference.abstract_text.as_deref()),
    }
}

/// The columns that are links, and where they lead.
pub fn links(reference: &Reference) -> Vec<(&'static str, String)> {
    let doi = Some(&reference.doi).filter(|doi| !doi.is_empty());
    let pmid = Some(&reference.pmid).filter(|pmid| !pmid.is_empty() && pmid.bytes().all(|b| b.is_ascii_digit()));
    let doi = doi.map(|doi| ("doi", format!("https://doi.org/{}", escaped(doi))));
    let pmid = pmid.map(|pmid| ("pmid", format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/")));
    doi.into_iter().chain(pmid).collect()
}

/// A DOI as part of a link: what may not stand in one is written as its bytes.
fn escaped(doi: &str) -> String {
    doi.bytes().fold(String::with_capacity(doi.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"/.-_();:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

fn text(text: Option<&str>) -> Cow<'_, str> {
    text.unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    #[test]
    fn doi_and_pubmed_id_are_links() {
        let mut record = sample::record();
        record.reference.pmid = Some("123".into());
        record.reference.doi = Some("10.1002/(SICI)1097<1:AID>3.0.CO;2-#".into());
        assert_eq!(
            links(&row(&record)),
            [
                ("doi", "https://doi.org/10.1002/(SICI)1097%3C1:AID%3E3.0.CO;2-%23".to_owned()),
                ("pmid", "https://pubmed.ncbi.nlm.nih.gov/123/".to_owned()),
            ]
        );
        record.reference.pmid = Some("\"x".into());
        record.reference.doi = None;
        assert!(links(&row(&record)).is_empty());
    }
}
