//! Any text, loaded as a rule file; what loads is run on an abstract.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trialtab::extract::Extractor;
use trialtab::model::{Bibliography, Reference};
use trialtab::rules::RulePack;

const ABSTRACT: &str = "RESULTS: Of 43 adults (n = 43), 34 (79%; 95% CI: 66, 92%) had a response, HR 0.75, p < 0.001.";

fuzz_target!(|text: &str| {
    let Ok(pack) = RulePack::from_text("fuzz.toml", text) else { return };
    let bibliography = Bibliography { abstract_text: Some(ABSTRACT.to_owned()), ..Bibliography::default() };
    Extractor::with_pack(pack).extract(&Reference { bibliography, ..Reference::default() });
});
