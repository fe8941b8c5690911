use std::io::Read;

use super::*;
use crate::write::sample;

fn page(records: &[Record]) -> String {
    let mut book = Box::new(Html::new().expect("a page begins"));
    for record in records {
        book.record(record).expect("a record is kept");
    }
    let mut page = String::new();
    for mut leaf in book.finish(&Manifest::default()).expect("a page ends") {
        leaf.content.read_to_string(&mut page).expect("a page is text");
    }
    page
}

/// The records as the page's script reads them.
fn data(page: &str) -> Vec<serde_json::Value> {
    let (_, rest) = page.split_once("<script type=\"application/json\" id=\"records\">").expect("records stand in it");
    let (lines, _) = rest.split_once("</script>").expect("records end");
    let parts = lines.lines().filter(|line| !line.is_empty()).flat_map(|line| line.split('\t'));
    parts.map(|part| serde_json::from_str(part).expect("records are JSON")).collect()
}

#[test]
fn a_record_is_told_as_the_page_needs_it() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_json_snapshot!("review_page_record", data(&page(&[sample::record()]))));
}

#[test]
fn markup_of_an_abstract_stays_data() {
    let mut record = sample::record();
    let evil = "</script><script>alert(1)</script><!-- <b>& 5% \u{2028}";
    record.reference.abstract_text = Some(evil.repeat(20));
    record.reference.title = Some(evil.into());
    record.id = evil.into();
    record.groups[0].label = evil.into();
    record.checks[0].message = evil.into();
    let plain = page(&[]);
    let evil_page = page(&[record]);
    for sign in ["<script", "</script", "<!--", "<b>"] {
        assert_eq!(evil_page.matches(sign).count(), plain.matches(sign).count(), "{sign}");
    }
    assert_eq!(data(&evil_page)[0]["title"], evil);
}

#[test]
fn the_page_asks_nothing_of_any_network() {
    let page = page(&[]);
    for asking in ["src=", "@import", "url(", "fetch(", "XMLHttpRequest", "<link"] {
        assert!(!page.contains(asking), "{asking}");
    }
    assert!(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"), "a policy");
}

#[test]
fn an_unusable_record_is_not_on_the_page() {
    let mut record = sample::record();
    record.error = Some("not JSON".into());
    assert!(data(&page(&[record])).is_empty());
}
