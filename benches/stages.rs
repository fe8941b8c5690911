//! What each stage costs, over the abstracts of the example: `cargo bench`.
//!
//! Every stage takes the work of those before it ready made, so that the figures add up to the whole, which is timed
//! last. Loading the built-in rules is timed apart: a run pays it once.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use trialtab::bind;
use trialtab::check;
use trialtab::find::{mentions, numbered, rewrite_findings};
use trialtab::model::Field;
use trialtab::text::Text;
use trialtab::write::{Format, Page};
use trialtab::{Extractor, Item, Options, Record, Reference, RulePack, from_reader};

const EXAMPLE: &str = include_str!("../examples/car-t.ris");

fn main() {
    divan::main();
}

fn references() -> Vec<Reference> {
    let items = from_reader("car-t.ris", EXAMPLE.as_bytes(), &Options::default()).expect("the example is RIS");
    let reference = |item| match item {
        Item::Reference(reference) => reference,
        Item::Skipped(skipped) => panic!("{skipped:?}"),
    };
    items.map(|item| reference(item.expect("memory does not fail"))).collect()
}

fn abstracts(references: &[Reference]) -> Vec<&str> {
    references.iter().filter_map(|reference| reference.bibliography.abstract_text.as_deref()).collect()
}

fn extractor() -> Extractor {
    Extractor::built_in().expect("the built-in rules load")
}

fn records(extractor: &Extractor) -> Vec<Record> {
    references().iter().map(|reference| extractor.extract(reference)).collect()
}

/// Bytes of all abstracts: what the rates are counted in.
fn bytes(references: &[Reference]) -> BytesCount {
    BytesCount::new(abstracts(references).iter().map(|text| text.len()).sum::<usize>())
}

#[divan::bench]
fn a_rules_load(bencher: Bencher<'_, '_>) {
    bencher.bench(|| RulePack::built_in().expect("the built-in rules load"));
}

#[divan::bench]
fn b_read(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::new(EXAMPLE.len())).bench(references);
}

#[divan::bench]
fn c_text(bencher: Bencher<'_, '_>) {
    let (extractor, references) = (extractor(), references());
    bencher.counter(bytes(&references)).bench(|| {
        for text in abstracts(&references) {
            black_box(Text::new(Field::Abstract, text, extractor.pack().sections()));
        }
    });
}

#[divan::bench]
fn d_find(bencher: Bencher<'_, '_>) {
    let (extractor, references) = (extractor(), references());
    let pack = extractor.pack();
    let texts = abstracts(&references);
    let texts: Vec<_> = texts.into_iter().map(|text| Text::new(Field::Abstract, text, pack.sections())).collect();
    bencher.counter(bytes(&references)).bench(|| {
        for text in &texts {
            let terms = pack.terms().find(text.folded());
            for sentence in text.sentences() {
                let mut masked = mentions(pack, numbered(text.folded(), sentence), sentence, &terms);
                rewrite_findings(pack, &mut masked);
                black_box(masked);
            }
        }
    });
}

/// Binding finds the mentions itself, arms in between, so that this holds what `d_find` measures.
#[divan::bench]
fn e_find_and_bind(bencher: Bencher<'_, '_>) {
    let (extractor, references) = (extractor(), references());
    let pack = extractor.pack();
    let text = |field, text| Text::new(field, text, pack.sections());
    let texts: Vec<_> = references
        .iter()
        .map(|reference| &reference.bibliography)
        .filter_map(|said| Some((said.title.as_deref()?, said.abstract_text.as_deref()?)))
        .map(|(title, body)| (text(Field::Title, title), text(Field::Abstract, body)))
        .collect();
    bencher.counter(bytes(&references)).bench(|| {
        for (title, body) in &texts {
            black_box(bind::bind(pack, Some(title), body));
        }
    });
}

#[divan::bench]
fn f_check(bencher: Bencher<'_, '_>) {
    let extractor = extractor();
    let records = records(&extractor);
    bencher.counter(bytes(&references())).bench(|| {
        for record in &records {
            black_box(check::check(record, extractor.pack().thresholds(), false));
        }
    });
}

#[divan::bench(args = ["table", "jsonl", "csv"])]
fn g_write(bencher: Bencher<'_, '_>, name: &str) {
    let format = match name {
        "table" => Format::Table(Page { width: 100, colour: false }),
        "jsonl" => Format::Jsonl,
        _ => Format::Csv { bom: false },
    };
    let records = records(&extractor());
    bencher.counter(bytes(&references())).bench(|| {
        let mut out = Vec::new();
        for record in &records {
            format.record(record, &mut out);
        }
        out
    });
}

#[divan::bench]
fn h_extract_whole(bencher: Bencher<'_, '_>) {
    let (extractor, references) = (extractor(), references());
    bencher.counter(bytes(&references)).bench(|| {
        for reference in &references {
            black_box(extractor.extract(reference));
        }
    });
}
