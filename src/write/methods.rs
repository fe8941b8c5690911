//! What a review says about a run: paragraphs for items 8 and 9 of PRISMA 2020.
//!
//! What only the reviewers know stands in square brackets, to be filled in.

use std::fmt::Write as _;

use super::manifest::{Input, Manifest};

/// The paragraphs, a line each, an empty line between.
pub fn paragraphs(run: &Manifest) -> String {
    format!("{}\n\n{}\n", selection(run), collection(run))
}

fn selection(run: &Manifest) -> String {
    let counts = &run.counts;
    let mut text = format!(
        "Selection process (PRISMA 2020, item 8). {} {} read from {}, {} of them with an abstract",
        counted(counts.references, "reference"),
        if counts.references == 1 { "was" } else { "were" },
        inputs(&run.inputs),
        counts.with_abstract,
    );
    match counts.skipped {
        0 => text.push('.'),
        skipped => {
            let _ = write!(text, "; {} could not be used.", counted(skipped, "record"));
        }
    }
    if run.options.link {
        let _ = write!(
            text,
            " By DOI, PubMed id or title with first author and year, {} identified as repeating an earlier one{}; {} \
             shared a trial registry number with an earlier one.",
            were(counts.duplicates, "reference"),
            if run.options.dedupe { " and left out" } else { "" },
            counts.companions,
        );
    }
    text.push_str(
        " The program did not decide on eligibility. [How many reviewers screened each record and each report, whether they \
         worked independently, and which tools they used.]",
    );
    text
}

fn collection(run: &Manifest) -> String {
    let (counts, rules) = (&run.counts, &run.rules);
    let mut text = format!(
        "Data collection process (PRISMA 2020, item 9). Numerical results were extracted from titles and abstracts by the \
         rule-based program trialtab, version {} (rules {} {}, hash {}), which states for each value the words that it was \
         taken from. It found {}. Values that can be recomputed were compared with the range that their printed digits allow: \
         {} inconsistent and {} suspicious.",
        run.version,
        rules.name,
        rules.version,
        rules.hash,
        counted(counts.findings, "value"),
        were(counts.inconsistent, "check"),
        were(counts.suspicious, "check"),
    );
    match run.options.decisions.len() {
        0 => text.push_str(
            " [How many reviewers compared the extracted values with each report, whether they worked independently, and how \
             disagreements were resolved.]",
        ),
        files => {
            let _ = write!(
            text,
            " Reviewers' decisions on the extracted values, from {}, were applied. [How many reviewers decided, whether they \
             worked independently, and how disagreements were resolved.]",
            counted(files as u64, "file"),
        );
        }
    }
    text.push_str(
        " The program reads no full texts, tables or figures; [how data were collected from these, and how study investigators \
         were asked to confirm or complete them].",
    );
    text
}

fn inputs(inputs: &[Input]) -> String {
    let told: Vec<String> = inputs.iter().map(input).collect();
    match told.as_slice() {
        [] => "no input".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn input(input: &Input) -> String {
    let name = if input.path == "-" { "standard input" } else { &input.path };
    let digest = input.sha256.as_deref().map(|sha256| format!(", SHA-256 {sha256}")).unwrap_or_default();
    format!("{name} ({}, {}{digest})", input.format, counted(input.seen, "record"))
}

fn counted(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

fn were(n: u64, noun: &str) -> String {
    format!("{} {}", counted(n, noun), if n == 1 { "was" } else { "were" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RulesInForce;
    use crate::write::manifest::{Choices, Counts};

    #[test]
    fn two_paragraphs_say_what_was_done_and_ask_for_the_rest() {
        let input = |path: &str, seen| Input {
            path: path.into(),
            format: "ris".into(),
            sha256: Some("ab12".into()),
            seen,
            ..Input::default()
        };
        let run = Manifest {
            version: "0.1.0".into(),
            rules: RulesInForce { name: "built-in".into(), version: "0.1.0".into(), hash: "c0ffee".into() },
            options: Choices { link: true, dedupe: true, ..Choices::default() },
            inputs: vec![input("medline.ris", 200), input("-", 101)],
            counts: Counts {
                references: 300,
                with_abstract: 280,
                skipped: 1,
                duplicates: 40,
                companions: 3,
                findings: 1200,
                inconsistent: 9,
                suspicious: 1,
            },
            ..Manifest::default()
        };
        insta::assert_snapshot!(paragraphs(&run), @r"
        Selection process (PRISMA 2020, item 8). 300 references were read from medline.ris (ris, 200 records, SHA-256 ab12) and standard input (ris, 101 records, SHA-256 ab12), 280 of them with an abstract; 1 record could not be used. By DOI, PubMed id or title with first author and year, 40 references were identified as repeating an earlier one and left out; 3 shared a trial registry number with an earlier one. The program did not decide on eligibility. [How many reviewers screened each record and each report, whether they worked independently, and which tools they used.]

        Data collection process (PRISMA 2020, item 9). Numerical results were extracted from titles and abstracts by the rule-based program trialtab, version 0.1.0 (rules built-in 0.1.0, hash c0ffee), which states for each value the words that it was taken from. It found 1200 values. Values that can be recomputed were compared with the range that their printed digits allow: 9 checks were inconsistent and 1 check was suspicious. [How many reviewers compared the extracted values with each report, whether they worked independently, and how disagreements were resolved.] The program reads no full texts, tables or figures; [how data were collected from these, and how study investigators were asked to confirm or complete them].
        ");
        assert!(!paragraphs(&run).contains("  "));
    }
}
