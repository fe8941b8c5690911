//! What stands around the records: markup by a template, style sheet and script from `assets/`.
//!
//! The page's policy names script and style by their hashes, so that nothing else runs, wherever it came from.

use askama::Template;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

const STYLE: &str = concat!(
    include_str!("assets/colours.css"),
    include_str!("assets/frame.css"),
    include_str!("assets/list.css"),
    include_str!("assets/text.css"),
    include_str!("assets/rows.css"),
    include_str!("assets/forms.css"),
    include_str!("assets/print.css"),
);

const SCRIPT: &str = concat!(
    "\"use strict\";\n",
    include_str!("assets/dom.js"),
    include_str!("assets/data.js"),
    include_str!("assets/decisions.js"),
    include_str!("assets/filters.js"),
    include_str!("assets/list.js"),
    include_str!("assets/text.js"),
    include_str!("assets/rows.js"),
    include_str!("assets/checks.js"),
    include_str!("assets/forms.js"),
    include_str!("assets/select.js"),
    include_str!("assets/exchange.js"),
    include_str!("assets/figures.js"),
    include_str!("assets/keys.js"),
    include_str!("assets/start.js"),
);

#[derive(Template)]
#[template(path = "page_head.html")]
struct Head {
    version: &'static str,
    style: &'static str,
    policy: String,
}

#[derive(Template)]
#[template(path = "page_tail.html")]
struct Tail<'a> {
    figures: &'a str,
    script: &'static str,
}

/// Everything before the first record.
pub fn head() -> String {
    let policy = format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        source(SCRIPT),
        source(STYLE)
    );
    drawn(&Head { version: env!("CARGO_PKG_VERSION"), style: STYLE, policy })
}

/// Everything after the last record; `figures` are lines of JSON.
pub fn tail(figures: &str) -> String {
    drawn(&Tail { figures, script: SCRIPT })
}

fn drawn(template: &impl Template) -> String {
    template.render().expect("a template of texts has nothing that fails")
}

/// A script or style sheet as the policy names it.
fn source(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}
