//! The manifest of a run, gathered on the way, and the file that `--manifest` writes it to.

use std::path::Path;

use crate::model::RulesInForce;
use crate::write::manifest::{Choices, Counts, Input, Manifest, SCHEMA};

use super::config::Extraction;
use super::digest::{Digest, Later};
use super::exit::Failure;
use super::output::Output;
use super::tally::Tally;

/// Gathers what a run was.
pub struct Gathered {
    manifest: Manifest,
    /// Digests of the inputs, once they were read.
    digests: Vec<Option<Later>>,
}

impl Gathered {
    /// Of a run that begins.
    pub fn new(run: &Extraction, rules: &RulesInForce) -> Self {
        let manifest = Manifest {
            schema: SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rules: rules.clone(),
            command: run.command.clone(),
            options: Choices {
                format: run.format.name().to_owned(),
                rules: run.rules.as_deref().map(|path| path.to_string_lossy().into_owned()),
                link: run.link,
                dedupe: run.dedupe,
                decisions: run.decisions.iter().map(|path| path.to_string_lossy().into_owned()).collect(),
                explain: run.explain_checks,
            },
            inputs: Vec::new(),
            counts: Counts::default(),
        };
        Self { manifest, digests: Vec::new() }
    }

    /// An input that came to its end, or could not be read.
    pub fn input(&mut self, path: &str, format: &str, tally: &Tally, digest: Option<Later>) {
        self.digests.push(digest);
        self.manifest.inputs.push(Input {
            path: path.to_owned(),
            format: format.to_owned(),
            sha256: None,
            bytes: None,
            seen: tally.seen(),
            used: tally.with_abstract,
            without_abstract: tally.without_abstract(),
            skipped: tally.skipped,
        });
    }

    /// The whole.
    pub fn close(mut self, tally: &Tally) -> Manifest {
        for (input, later) in self.manifest.inputs.iter_mut().zip(self.digests) {
            if let Some(Digest { sha256, bytes }) = later.and_then(|later| later.get().cloned()) {
                (input.sha256, input.bytes) = (Some(sha256), Some(bytes));
            }
        }
        self.manifest.counts = Counts {
            references: tally.references,
            with_abstract: tally.with_abstract,
            skipped: tally.skipped,
            duplicates: tally.duplicates,
            companions: tally.companions,
            findings: tally.findings,
            inconsistent: tally.inconsistent,
            suspicious: tally.suspicious,
        };
        self.manifest
    }
}

/// Writes a manifest to `path`, whole or not at all.
pub fn write(manifest: &Manifest, path: &Path) -> Result<(), Failure> {
    let mut text = serde_json::to_vec_pretty(manifest).expect("a manifest is JSON");
    text.push(b'\n');
    let mut output = Output::file(path)?;
    output.write(&text)?;
    output.finish()
}
