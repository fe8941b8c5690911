//! Any bytes, read as whatever they look like.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trialtab::read::{Options, from_reader};

fuzz_target!(|data: &[u8]| {
    let Ok(records) = from_reader("fuzz", std::io::Cursor::new(data.to_vec()), &Options::default()) else { return };
    assert!(records.zip(1..).all(|(_, n)| n <= data.len() + 1), "no more records than bytes");
});
