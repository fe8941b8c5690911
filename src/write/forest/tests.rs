use super::figures::Collected;
use super::row::Drawn;
use super::*;
use crate::write::sample;

/// A picture of the sample's remissions, told by `studies` studies.
fn picture(studies: usize) -> draw::Picture {
    let record = sample::record();
    let rows = (0..studies).flat_map(|k| {
        let mut rows = Drawn::of(&record, "Study".into(), USUAL_METHOD).rows;
        rows.retain(|(outcome, ..)| *outcome == "complete_remission");
        rows.into_iter().map(move |(_, _, row)| row::Row { study: format!("Study {k} <&\">"), ..row })
    });
    let rows: Vec<_> = rows.collect();
    draw::draw("complete_remission", Family::Proportion, USUAL_METHOD, Collected { seen: rows.len(), bare: 2, rows })
}

#[test]
fn a_picture_is_the_same_each_time() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("forest_plot", picture(2).svg));
    assert_eq!(picture(2), picture(2));
}

#[test]
fn words_of_the_input_are_no_markup_of_the_picture() {
    let svg = picture(1).svg;
    assert!(svg.contains("Study 0 &lt;&amp;"), "{svg}");
    let mut reader = quick_xml::Reader::from_str(&svg);
    while !matches!(reader.read_event().expect("well-formed XML"), quick_xml::events::Event::Eof) {}
}

#[test]
fn rows_do_not_overlap_however_many_there_are() {
    let svg = picture(40).svg;
    let places: Vec<i32> = svg
        .split("<text ")
        .filter(|text| text.contains("Study "))
        .map(|text| text.split("y=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a place"))
        .map(|place| place.parse().expect("a number"))
        .collect();
    assert_eq!(places.len(), 40);
    assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 20), "{places:?}");
}

#[test]
fn a_page_has_pictures_of_what_two_studies_report() {
    let mut figures = Figures::default();
    figures.take(&sample::record());
    assert_eq!(figures.drawn().count(), 0);
    let mut other = sample::record();
    other.reference.year = Some(2022);
    let mut figures = Figures::default();
    figures.take(&sample::record());
    figures.take(&other);
    let names: Vec<String> = figures.drawn().map(|picture| picture.name).collect();
    assert_eq!(names, ["complete-remission-proportion", "relapse-proportion"]);
}
