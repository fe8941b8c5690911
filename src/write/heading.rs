//! The lines that introduce a reference: who, when, what, and how the study was done.

use std::fmt::Write as _;

use crate::model::{Bibliography, Record};

use super::page::{FAINT, Page, STRONG};
use super::phrase;
use super::printable::printable;
use super::wrap::fill;

/// First author, year and title, and beneath them id, design and place in the input; each line ends in `\n`.
pub fn heading(record: &Record, page: Page) -> String {
    let mut out = String::new();
    for line in fill(&printable(&title(&record.reference)), page.width) {
        let _ = writeln!(out, "{}", page.paint(STRONG, line));
    }
    let mut facts = vec![record.id.clone(), phrase::design(&record.design)];
    facts.extend(record.design.registry_ids.iter().cloned());
    facts.push(format!("{}:{}", record.source.path, record.source.line));
    for line in fill(&printable(&facts.join(" · ")), page.width) {
        let _ = writeln!(out, "{}", page.paint(FAINT, line));
    }
    out
}

fn title(reference: &Bibliography) -> String {
    let year = reference.year.map(|year| year.to_string());
    let title = reference.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let mut parts: Vec<&str> = Vec::new();
    let author = first_author(reference);
    parts.extend(author.as_deref());
    parts.extend(year.as_deref());
    let lead = parts.join(" ");
    match (lead.is_empty(), title) {
        (true, title) => title.unwrap_or("(no title)").to_owned(),
        (false, Some(title)) => format!("{lead} · {title}"),
        (false, None) => lead,
    }
}

/// The first author's surname, with "et al." where there are others.
pub fn first_author(reference: &Bibliography) -> Option<String> {
    let first = reference.authors.first()?;
    let surname = first.split(',').next().unwrap_or(first).trim();
    Some(if reference.authors.len() > 1 { format!("{surname} et al.") } else { surname.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    #[test]
    fn a_reference_is_introduced_by_author_year_title_and_design() {
        let page = Page { width: 60, colour: false };
        insta::assert_snapshot!(heading(&sample::record(), page), @r"
        Okafor et al. 2021 · Invented cells after an invented
        transplant
        doi:10.5555/made.up.1 · single arm, phase 1/2 ·
        made-up.ris:1
        ");
    }

    #[test]
    fn what_is_missing_is_left_out() {
        let mut record = sample::record();
        record.reference.authors.clear();
        record.reference.title = None;
        assert!(heading(&record, Page { width: 60, colour: false }).starts_with("2021\n"));
        record.reference.year = None;
        assert!(heading(&record, Page { width: 60, colour: false }).starts_with("(no title)\n"));
    }
}
