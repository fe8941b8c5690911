//! `trialtab agree`: how far two reviewers agree, and where they do not.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde::Serialize;

use crate::review::{Agreement, Decision, Decisions, Dispute, JUDGEMENTS, Side, agreement};
use crate::write::page::{FAINT, Page, STRONG};
use crate::write::printable::printable;
use crate::write::wrap::fill;

use super::config::Agreeing;
use super::exit::{Exit, Failure};
use super::output::Output;

/// Half the width of a 95% interval, in standard errors.
const DEVIATE: f64 = 1.959_964;

/// Runs it.
pub fn run(run: &Agreeing, out: &mut Output) -> Result<Exit, Failure> {
    let decisions = Decisions::read(&run.files).map_err(Failure::Decisions)?;
    let agreement = agreement(&decisions);
    match run.page {
        Some(page) => out.write(text(&agreement, &run.files, page).as_bytes())?,
        None => {
            for dispute in &agreement.disputes {
                let mut line = serde_json::to_vec(&line(dispute)).expect("a dispute is plain data");
                line.push(b'\n');
                out.write(&line)?;
            }
        }
    }
    Ok(Exit::Done)
}

/// A disagreement as a line of JSON: both decisions whole, null for silence.
#[derive(Serialize)]
struct Line<'a> {
    record: &'a str,
    quote: &'a str,
    saw: &'a str,
    a: Side<'a>,
    b: Side<'a>,
}

fn line<'a>(dispute: &Dispute<'a>) -> Line<'a> {
    let one = either(dispute);
    let [a, b] = dispute.sides;
    Line { record: &one.record, quote: &one.quote, saw: &one.saw, a, b }
}

fn either<'a>(dispute: &Dispute<'a>) -> &'a Decision {
    let [a, b] = dispute.sides;
    a.or(b).expect("a dispute has a side")
}

fn text(agreement: &Agreement, files: &[PathBuf], page: Page) -> String {
    let mut text = String::new();
    for (letter, file) in ["A", "B"].iter().zip(files) {
        let _ = writeln!(text, "{letter}  {}", printable(&file.to_string_lossy()));
    }
    let _ = writeln!(
        text,
        "\n{} findings judged by both, {} by A alone, {} by B alone; {} added by both alike\n",
        agreement.both(),
        agreement.alone[0],
        agreement.alone[1],
        agreement.added_by_both
    );
    let head = JUDGEMENTS.map(|verb| format!("{:>8}", verb.name())).concat();
    let _ = writeln!(text, "{}", page.paint(STRONG, format!("A down, B across{head}")));
    for (verb, row) in JUDGEMENTS.iter().zip(agreement.table) {
        let cells = row.map(|count| format!("{count:>8}")).concat();
        let _ = writeln!(text, "{:<16}{cells}", verb.name());
    }
    let _ = writeln!(text, "\n{}", verdict(agreement));
    let number = agreement.disputes.len();
    let _ = writeln!(text, "\n{number} {}", if number == 1 { "disagreement" } else { "disagreements" });
    for dispute in &agreement.disputes {
        describe(dispute, page, &mut text);
    }
    text
}

fn verdict(agreement: &Agreement) -> String {
    let (Some(observed), Some(expected)) = (agreement.observed(), agreement.expected()) else {
        return "No finding was judged by both: there is nothing to compare.".to_owned();
    };
    let shares = format!("Agreement {:.1}%, by chance {:.1}%", observed * 100.0, expected * 100.0);
    match (agreement.kappa(), agreement.standard_error()) {
        (Some(kappa), Some(error)) => {
            let (low, high) = (kappa - DEVIATE * error, kappa + DEVIATE * error);
            format!("{shares}; Cohen's kappa {kappa:.2} (95% CI {:.2} to {:.2})", low.max(-1.0), high.min(1.0))
        }
        _ => format!("{shares}; both made one judgement throughout, so that kappa is not defined"),
    }
}

fn describe(dispute: &Dispute, page: Page, text: &mut String) {
    let one = either(dispute);
    let _ = writeln!(text);
    let lead = format!("{}: “{}”", one.record, one.quote);
    for line in fill(&printable(&lead), page.width) {
        let _ = writeln!(text, "{}", page.paint(STRONG, line));
    }
    for line in fill(&printable(&one.saw), page.width.saturating_sub(4)) {
        let _ = writeln!(text, "    {}", page.paint(FAINT, line));
    }
    for (letter, side) in ["A", "B"].iter().zip(dispute.sides) {
        let words = side.map_or_else(|| "did not add it".to_owned(), decided);
        for (at, line) in fill(&printable(&words), page.width.saturating_sub(5)).iter().enumerate() {
            let _ = writeln!(text, "  {}  {line}", if at == 0 { letter } else { " " });
        }
    }
}

/// What was decided, by whom, with what it sets and the note.
fn decided(decision: &Decision) -> String {
    let mut words = decision.decision.past().to_owned();
    if !decision.reviewer.is_empty() {
        let _ = write!(words, " by {}", decision.reviewer);
    }
    let set: Vec<String> = decision.set.iter().map(|(slot, value)| format!("{} “{value}”", slot.name())).collect();
    if !set.is_empty() {
        let _ = write!(words, ": {}", set.join(", "));
    }
    if !decision.note.is_empty() {
        let _ = write!(words, " ({})", decision.note);
    }
    words
}
