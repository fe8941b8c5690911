use super::*;
use crate::model::Bibliography;
use crate::write::sample;

/// A record of `id` with title, year, first author, DOI and PubMed id, where they are not empty.
fn record(id: &str, title: &str, doi: &str, pmid: &str) -> Record {
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let mut record = sample::record();
    record.id = id.into();
    record.design.registry_ids.clear();
    record.reference = Bibliography {
        title: given(title),
        year: Some(2021),
        authors: vec!["Miller, Ann".into()],
        doi: given(doi),
        pmid: given(pmid),
        ..Bibliography::default()
    };
    record
}

fn linked(records: Vec<Record>) -> Vec<(Option<String>, Option<String>)> {
    let mut links = Links::new().expect("a table of links");
    let link = |mut record| {
        links.link(&mut record).expect("a record is linked");
        (record.duplicate_of, record.same_trial_as)
    };
    records.into_iter().map(link).collect()
}

fn duplicates(records: Vec<Record>) -> Vec<Option<String>> {
    linked(records).into_iter().map(|(duplicate, _)| duplicate).collect()
}

const TITLE: &str = "Cells after relapse in adults: a trial";

#[test]
fn one_report_from_several_databases_is_linked_to_its_first_record() {
    let mut other_name = record("d", "Cells after Relapse in Adults - a Trial.", "", "");
    other_name.reference.authors = vec!["Miller A.".into()];
    let records = vec![
        record("a", TITLE, "10.5555/x", ""),
        record("b", "Another title", "10.5555/X", "30000001"),
        record("c", "", "", "30000001"),
        other_name,
    ];
    let first = Some("a".to_owned());
    assert_eq!(duplicates(records), [None, first.clone(), first.clone(), first]);
}

#[test]
fn two_dois_are_never_the_same() {
    let records = vec![
        record("a", TITLE, "10.5555/x", ""),
        record("b", TITLE, "10.5555/y", ""),
        record("c", TITLE, "", ""),
        record("d", TITLE, "10.5555/y", "30000001"),
        record("e", TITLE, "10.5555/x", "30000001"),
    ];
    let of = |id: &str| Some(id.to_owned());
    assert_eq!(duplicates(records), [None, None, None, of("b"), of("a")]);
    // What a record without DOI learns from its duplicate holds for the next.
    let records =
        vec![record("a", TITLE, "", ""), record("b", TITLE, "10.5555/x", ""), record("c", TITLE, "10.5555/y", "")];
    assert_eq!(duplicates(records), [None, of("a"), None]);
}

#[test]
fn short_titles_and_missing_years_tell_nothing() {
    let mut undated = record("b", TITLE, "", "");
    undated.reference.year = None;
    let records = vec![record("a", TITLE, "", ""), undated, record("c", "Reply", "", ""), record("d", "Reply", "", "")];
    assert_eq!(duplicates(records), [None, None, None, None]);
}

#[test]
fn reports_of_one_trial_are_linked_apart_from_duplicates() {
    let with = |id: &str, doi: &str, registry: &[&str]| {
        let mut record = record(id, "", doi, "");
        record.design.registry_ids = registry.iter().map(|&id| id.to_owned()).collect();
        record
    };
    let mut review = with("e", "10.5555/e", &["NCT00000001"]);
    review.design.kind = DesignKind::MetaAnalysis;
    let records = vec![
        with("a", "10.5555/a", &["NCT00000001"]),
        with("b", "10.5555/b", &["nct 00000001"]),
        with("c", "10.5555/a", &["NCT00000001"]),
        with("d", "10.5555/d", &["NCT00000002"]),
        review,
    ];
    let a = || Some("a".to_owned());
    assert_eq!(linked(records), [(None, None), (None, a()), (a(), None), (None, None), (None, None)]);
}
