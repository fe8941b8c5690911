//! Any bytes, read as the format `pubmed-xml`; records are numbered without a gap.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trialtab::read::{Format, Item, Options, from_reader};

fuzz_target!(|data: &[u8]| {
    let options = Options { from: Some(Format::PubmedXml) };
    let Ok(records) = from_reader("fuzz", std::io::Cursor::new(data.to_vec()), &options) else { return };
    for (item, n) in records.filter_map(Result::ok).zip(1..) {
        let source = match &item {
            Item::Reference(reference) => &reference.source,
            Item::Skipped(skipped) => &skipped.source,
        };
        assert_eq!(source.record, n);
        assert!(source.line >= 1 && source.line <= data.len() as u64 + 1);
    }
});
