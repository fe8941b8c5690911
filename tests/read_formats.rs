//! Every format's sample, and its irregular twin that must say the same.

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use support::{Read, read};
use trialtab::model::Bibliography;

const SAMPLES: [(&str, &str); 10] = [
    ("zotero.ris", "ris"),
    ("pubmed.nbib", "nbib"),
    ("pubmed.xml", "pubmed-xml"),
    ("wos.txt", "wos"),
    ("ovid.txt", "ovid"),
    ("endnote.xml", "endnote-xml"),
    ("export.enw", "enw"),
    ("export.bib", "bibtex"),
    ("zotero.csv", "csv"),
    ("references.jsonl", "jsonl"),
];

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read").join(name)).expect("a sample")
}

fn irregular(name: &str) -> String {
    name.replacen('.', "-irregular.", 1)
}

fn bibliographies(read: &Read) -> Vec<&Bibliography> {
    read.references.iter().map(|reference| &reference.bibliography).collect()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory does not fail");
    encoder.finish().expect("memory does not fail")
}

/// Diagnostics and skipped records, a line each.
fn report(read: &Read) -> Vec<String> {
    let noted = read.references.iter().flat_map(|reference| &reference.diagnostics);
    let skipped = read.skipped.iter().map(|skipped| (&skipped.diagnostic, skipped.id.as_deref()));
    let mut lines: Vec<_> = noted.map(|diagnostic| (diagnostic, None)).chain(skipped).collect();
    lines.sort_by_key(|(diagnostic, _)| diagnostic.line);
    let id = |id: Option<&str>| id.map(|id| format!(" [{id}]")).unwrap_or_default();
    lines.iter().map(|(d, given)| format!("{}: {}{}: {}", d.line, d.code, id(*given), d.message)).collect()
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn each_format_gives_the_two_references_of_its_sample() {
    for (name, format) in SAMPLES {
        let read = read(sample(name));
        assert_eq!(read.references.len(), 2, "{name}: {read:?}");
        let search = |line: &String| line.contains("read.outside") && format == "ovid";
        assert!(report(&read).iter().all(search), "{name}: {:?}", report(&read));
        assert!(read.references.iter().all(|reference| reference.source.format == format), "{name}");
        assert_eq!(read.without_abstract(), 1, "{name}");
        let first = &read.references[0].bibliography;
        let text = first.abstract_text.as_deref().unwrap_or_default();
        assert!(text.starts_with("BACKGROUND: Few options"), "{name}: {text}");
        assert!(text.contains("(n = 58). RESULTS: Response was seen in 33 (55%; 95% CI: 42, 68%)"), "{name}: {text}");
        assert!(text.contains("(p < 0.001). CONCLUSIONS: "), "{name}: {text}");
        let second = read.references[1].bibliography.title.as_deref().unwrap_or_default();
        assert!(second.starts_with("Müller cells & the β-subunit: a letter"), "{name}: {second}");
        let shown = json!(bibliographies(&read));
        settings().bind(|| insta::assert_json_snapshot!(format!("read__{}", name.replace('.', "_")), shown));
    }
}

#[test]
fn each_irregular_twin_says_the_same_and_what_was_wrong() {
    for (name, _) in SAMPLES {
        let regular = read(sample(name));
        let twin = read(sample(&irregular(name)));
        assert_eq!(twin.references.len(), 2, "{name}: {twin:?}");
        for (twin, regular) in bibliographies(&twin).into_iter().zip(bibliographies(&regular)) {
            let (twin, regular) = (json!(twin), json!(regular));
            for (field, value) in twin.as_object().expect("an object") {
                assert_eq!(value, &regular[field], "{name}: {field}");
            }
        }
        let shown = report(&twin).join("\n");
        settings().bind(|| insta::assert_snapshot!(format!("read__{}__report", name.replace('.', "_")), shown));
    }
}

#[test]
fn every_format_is_read_gzipped_and_in_utf_16() {
    for (name, _) in SAMPLES {
        let bytes = sample(name);
        let plain = read(&bytes);
        let text = String::from_utf8(bytes.clone()).expect("samples are UTF-8");
        let wide: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(gzipped(&bytes)).references, plain.references, "{name}, gzipped");
        assert_eq!(read(&wide).references, plain.references, "{name}, UTF-16");
        assert_eq!(read(gzipped(&wide)).references, plain.references, "{name}, UTF-16, gzipped");
    }
}

#[test]
fn a_cut_input_keeps_the_records_before_the_cut() {
    for (name, _) in SAMPLES {
        let bytes = sample(name);
        let whole = read(&bytes);
        let letter =
            bytes.windows(7).rposition(|window| window.eq_ignore_ascii_case(b"ller ce") || window == b"cells &");
        let cut = read(&bytes[..letter.expect("the second title")]);
        assert_eq!(cut.references[0], whole.references[0], "{name}");
        let packed = gzipped(&bytes.repeat(1));
        let torn = read(&packed[..packed.len() - 12]);
        assert_eq!(torn.error.as_deref(), Some("read.io"), "{name}");
    }
}

#[test]
fn exports_of_several_databases_in_one_file_are_all_read() {
    let names = ["zotero.ris", "pubmed.nbib", "wos.txt", "export.enw", "pubmed.nbib", "zotero.ris"];
    let bytes: Vec<u8> = names.iter().flat_map(|name| sample(name)).collect();
    let read = read(&bytes);
    let formats: Vec<_> = read.references.iter().map(|reference| reference.source.format.as_str()).collect();
    assert_eq!(formats, ["ris", "ris", "nbib", "nbib", "wos", "wos", "enw", "enw", "nbib", "nbib", "ris", "ris"]);
    assert!(read.skipped.is_empty() && read.codes().is_empty(), "{:?}", read.codes());
    let numbers: Vec<_> = read.references.iter().map(|reference| reference.source.record).collect();
    assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
}

#[test]
fn what_would_fill_the_memory_ends_in_a_diagnostic() {
    let article = |title: &str| {
        format!(
            "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>{title}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
        )
    };
    let long = "x".repeat(40 << 20);
    let xml = read(format!("<PubmedArticleSet>{}{}</PubmedArticleSet>", article(&long), article("Kept")));
    assert_eq!((xml.skipped.len(), xml.references.len()), (1, 1));
    assert_eq!(xml.skipped[0].diagnostic.code, "xml.too_long");

    let entity = |n: u32| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10));
    let entities = (1..30).map(entity).collect::<Vec<_>>().concat();
    let bomb = read(format!(
        "<!DOCTYPE PubmedArticleSet [{entities}]><PubmedArticleSet>{}</PubmedArticleSet>",
        article("&e29;")
    ));
    assert_eq!(bomb.only().bibliography.title.as_deref(), Some("&e29;"));

    let jsonl = read(format!("{{\"id\": \"long\", \"abstract\": \"{long}\"}}\n{{\"id\": 2, \"title\": \"Kept\"}}\n"));
    assert_eq!(
        (jsonl.skipped[0].id.as_deref(), jsonl.skipped[0].diagnostic.code.as_str()),
        (Some("long"), "jsonl.too_long")
    );
    assert_eq!(jsonl.references[0].id.as_deref(), Some("2"));

    let braces = "{".repeat(1 << 20) + &"}".repeat(1 << 20);
    let bibtex = read(format!("@article{{deep, title = {braces}}}\n@article{{kept, title = {{Kept}}}}\n"));
    assert_eq!((bibtex.skipped.len(), bibtex.references.len()), (1, 1));
}
