//! `trialtab explain`: each sentence with what was seen in it, and under it each finding with the rules behind it.

use std::fmt::Write as _;

use crate::extract::{ExplainedMention, ExplainedSentence, Explanation, FindingTrace};
use crate::model::{Field, Finding, Group, GroupKind, Role, Section};
use crate::write::heading::heading;
use crate::write::index::Index;
use crate::write::literal::Literals;
use crate::write::page::{FAINT, Page, STRONG, mark};
use crate::write::phrase;
use crate::write::printable::printable;
use crate::write::wrap::fill;

use super::config::{Chatter, Explaining};
use super::exit::{Exit, Failure};
use super::inputs::{Entry, Inputs};
use super::output::Output;
use super::report::Reporter;
use super::underline::{Mark, underline};

/// Runs it.
pub fn run(run: &Explaining) -> Result<Exit, Failure> {
    let extractor = super::extractor(run.rules.as_deref())?;
    let mut reporter = Reporter::new(anstream::stderr(), Chatter::Normal);
    let mut out = Output::stdout();
    let mut found = run.id.is_none();
    for entry in Inputs::new(std::slice::from_ref(&run.input), run.read.clone()) {
        match entry {
            Entry::Unreadable { error, .. } => return Err(Failure::Input(error)),
            Entry::Skipped { source, diagnostic, .. } => reporter.diagnostic(&source.path, &diagnostic),
            Entry::Ended { .. } => {}
            Entry::Reference(reference) if run.id.is_some() && reference.id != run.id => {}
            Entry::Reference(reference) => {
                found = true;
                out.write(page(&extractor.explain(&reference), run.page).as_bytes())?;
                if run.id.is_some() {
                    break;
                }
            }
        }
    }
    out.finish()?;
    match &run.id {
        Some(id) if !found => Err(Failure::NoSuchReference { input: run.input.display().to_string(), id: id.clone() }),
        _ => Ok(Exit::Done),
    }
}

/// The explanation of one reference.
fn page(explanation: &Explanation, page: Page) -> String {
    let record = &explanation.record;
    let (index, literals) = (Index::of(record), Literals::of(&record.reference));
    let mut text = heading(record, page);
    for group in &record.groups {
        paragraph(&mut text, page, "  ", &self::group(group));
    }
    let mut part = None;
    for sentence in &explanation.sentences {
        let this = self::part(sentence);
        if part != Some(this) {
            part = Some(this);
            open_line(&mut text);
            let _ = writeln!(text, "{}", page.paint(STRONG, this));
        }
        let words = printable(literals.at(sentence.at));
        for line in underline(&words, &marks(sentence), page, "  ") {
            text.push_str(&line);
            text.push('\n');
        }
        for trace in &sentence.findings {
            let finding = &record.findings[trace.finding.index()];
            explained(&mut text, page, &index, finding, trace);
        }
        if !sentence.findings.is_empty() {
            open_line(&mut text);
        }
    }
    open_line(&mut text);
    text
}

/// An empty line, unless there is one.
fn open_line(text: &mut String) {
    if !text.ends_with("\n\n") {
        text.push('\n');
    }
}

fn part(sentence: &ExplainedSentence) -> &'static str {
    match (sentence.at.field, sentence.section) {
        (Field::Title, _) => "Title",
        (Field::Abstract, None) => "Abstract",
        (Field::Abstract, Some(Section::Background)) => "Background",
        (Field::Abstract, Some(Section::Methods)) => "Methods",
        (Field::Abstract, Some(Section::Results)) => "Results",
        (Field::Abstract, Some(Section::Conclusions)) => "Conclusions",
    }
}

/// Mentions as marks on the sentence.
fn marks(sentence: &ExplainedSentence) -> Vec<Mark> {
    let offset = sentence.at.start;
    let mark = |mention: &ExplainedMention| Mark {
        at: mention.at.start.saturating_sub(offset) as usize..mention.at.end.saturating_sub(offset) as usize,
        label: if mention.rule.is_empty() || mention.rule == mention.kind {
            mention.kind.clone()
        } else {
            format!("{}:{}", mention.kind, mention.rule)
        },
    };
    sentence.mentions.iter().map(mark).collect()
}

fn group(group: &Group) -> String {
    let kind = match group.kind {
        GroupKind::All => "all",
        GroupKind::Arm => "arm",
        GroupKind::Subgroup => "subgroup",
    };
    let mut words = format!("{} {kind}: {}", group.id, group.label);
    if let Some(n) = &group.n {
        let _ = write!(words, " (n = {})", n.value);
    }
    if let Some(role) = group.role {
        words.push_str(match role {
            Role::Intervention => ", intervention",
            Role::Control => ", control",
        });
    }
    if let Some(parent) = group.parent {
        let _ = write!(words, ", part of {parent}");
    }
    words
}

fn explained(text: &mut String, page: Page, index: &Index, finding: &Finding, trace: &FindingTrace) {
    let mut facts = vec![phrase::outcome(finding), phrase::group(index, finding), phrase::value(finding)];
    facts.extend(finding.time.as_ref().map(|time| format!("at {}", phrase::time(time))));
    facts.extend(finding.grade.as_ref().map(|grade| format!("grade {}", phrase::grade(grade))));
    facts.extend(finding.p.as_ref().map(|p| format!("p {}", phrase::p(p))));
    facts.retain(|fact| !fact.is_empty());
    paragraph(text, page, "    ", &format!("{}  {}", finding.id, facts.join(" · ")));
    for line in fill(&format!("by {}", trace.rules.join(" → ")), page.width.saturating_sub(8)) {
        let _ = writeln!(text, "        {}", page.paint(FAINT, line));
    }
    for check in index.checks(finding) {
        let (sign, style) = mark(check.verdict);
        let words = printable(&check.message);
        for (at, line) in fill(&format!("{}: {words}", check.check.0), page.width.saturating_sub(10)).iter().enumerate()
        {
            let sign = if at == 0 { sign } else { " " };
            let _ = writeln!(text, "        {} {line}", page.paint(style, sign));
        }
    }
}

/// Words on lines that hang from the first one.
fn paragraph(text: &mut String, page: Page, indent: &str, words: &str) {
    for (at, line) in fill(&printable(words), page.width.saturating_sub(indent.len() + 4)).iter().enumerate() {
        let _ = writeln!(text, "{indent}{}{line}", if at == 0 { "" } else { "    " });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FindingId;
    use crate::write::sample;

    fn mention(kind: &str, rule: &str, words: &str) -> ExplainedMention {
        ExplainedMention { kind: kind.into(), rule: rule.into(), at: sample::at(words) }
    }

    fn sentence(words: &str, mentions: Vec<ExplainedMention>, findings: &[(usize, &[&str])]) -> ExplainedSentence {
        let trace = |&(number, rules): &(usize, &[&str])| FindingTrace {
            finding: FindingId::of(number - 1),
            rules: rules.iter().map(|&rule| rule.to_owned()).collect(),
        };
        ExplainedSentence {
            at: sample::at(words),
            section: Some(Section::Results),
            masked: String::new(),
            contexts: Vec::new(),
            mentions,
            findings: findings.iter().map(trace).collect(),
        }
    }

    fn explanation() -> Explanation {
        let remission = "31 of 40 (77.5%; 95% CI 61.5, 89.2) had a complete remission.";
        let relapse = "Relapse was seen in 12 (34%; 95% CI 16, 44%).";
        Explanation {
            record: sample::record(),
            sentences: vec![
                sentence("Forty adults were treated.", Vec::new(), &[]),
                sentence(
                    remission,
                    vec![
                        mention("fraction", "fraction", "31 of 40"),
                        mention("percent", "percent", "77.5%"),
                        mention("ci", "ci", "95% CI 61.5, 89.2"),
                        mention("outcome", "complete_remission", "complete remission"),
                    ],
                    &[(1, &["count_of_total", "whole_population"])],
                ),
                sentence(relapse, vec![mention("outcome", "relapse", "Relapse")], &[(2, &["count_of_total"])]),
            ],
            group_rules: Vec::new(),
            design_rule: None,
        }
    }

    #[test]
    fn a_page_shows_what_was_seen_and_what_was_made_of_it() {
        insta::assert_snapshot!(page(&explanation(), Page { width: 90, colour: false }), @r"
        Okafor et al. 2021 · Invented cells after an invented transplant
        doi:10.5555/made.up.1 · single arm, phase 1/2 · made-up.ris:1
          g1 all: adults (n = 40)

        Results
          Forty adults were treated.
          31 of 40 (77.5%; 95% CI 61.5, 89.2) had a complete remission.
          ┬───────  ┬────  ┬────────────────        ┬─────────────────
          fraction  │      ci                       outcome:complete_remission
                    percent
            f1  complete remission · adults (40) · 31/40, 77.5% (95% CI 61.5 to 89.2)
                by count_of_total → whole_population
                ✓ proportion.percent: 31 of 40 is 77.5%.

          Relapse was seen in 12 (34%; 95% CI 16, 44%).
          ┬──────
          outcome:relapse
            f2  relapse · adults (40) · 12, 34% (95% CI 16 to 44)
                by count_of_total
                ✗ proportion.percent: 12 of 40 is 30.0%, and 34% is printed.
                ? interval.order: The limits look alike.
        ");
    }

    #[test]
    fn colour_adds_escapes_and_nothing_else() {
        let coloured = page(&explanation(), Page { width: 90, colour: true });
        assert!(coloured.contains("\u{1b}["));
        let plain = page(&explanation(), Page { width: 90, colour: false });
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
    }
}
