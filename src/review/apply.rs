//! Decisions done to a record.

use crate::model::{Decided, Diagnostic, Finding, FindingId, Measure, Outcome as Looked, Record, Severity, Span};
use crate::rules::RulePack;

use super::amend::amend;
use super::decision::{Decision, Decisions, Read, Slot, Verb};
use super::place;
use super::ruling::{Case, Outcome, Ruling};
use super::sight::sight;

/// Stands where a finding has the id of a rule.
const BY_HAND: &str = "reviewer";

impl Decisions {
    /// Does the decisions on `record` to it: what was rejected leaves, what was corrected or added says so. Checks are
    /// left as they were; where [`Outcome::changed`], they are those of the record before.
    pub fn apply(&self, record: &mut Record, pack: &RulePack) -> Outcome {
        let mut outcome = Outcome::default();
        let of_record = self.of(&record.id);
        if of_record.is_empty() || record.error.is_some() {
            return outcome;
        }
        let mut cases: Vec<Case> = std::mem::take(&mut record.findings)
            .into_iter()
            .map(|finding| Case { sights: vec![sight(record, &finding)], finding, rulings: Vec::new() })
            .collect();
        for &place in of_record {
            let decision = &self.all[place].decision;
            if let Err(report) = self.hear(record, &mut cases, place, decision, pack) {
                outcome.reports.push((place, report));
            }
        }
        record.findings = cases.into_iter().filter_map(|case| case.settle(&mut outcome)).collect();
        if outcome.changed {
            record.findings = renumber(std::mem::take(&mut record.findings));
        }
        for (place, report) in &mut outcome.reports {
            report.line = self.all[*place].line;
        }
        outcome.applied.sort_unstable();
        outcome.reports.sort_by_key(|(place, _)| *place);
        outcome
    }

    /// The report on a decision whose record is in none of the inputs.
    pub fn no_record(&self, place: usize) -> Diagnostic {
        let Read { decision, line, .. } = &self.all[place];
        let report = refused("decisions.no_record", decision, "belongs to a reference that is in none of the inputs");
        Diagnostic { line: *line, ..report }
    }

    /// Finds the case that a decision is about, and adds its ruling.
    fn hear<'a>(
        &'a self,
        record: &mut Record,
        cases: &mut Vec<Case<'a>>,
        place: usize,
        decision: &'a Decision,
        pack: &RulePack,
    ) -> Result<(), Diagnostic> {
        if decision.content_hash != record.content_hash {
            return Err(text_changed(decision));
        }
        let (index, mut result) = if decision.decision == Verb::Add {
            added(record, cases, decision, pack)?
        } else {
            let index = known(cases, decision)?;
            (index, before(&cases[index], decision))
        };
        let changes = match decision.decision {
            Verb::Correct | Verb::Add => amend(record, &mut result, &decision.set, pack).map_err(|why| {
                refused("decisions.value", decision, &format!("{why}, and the decision is not applied"))
            })?,
            Verb::Accept | Verb::Reject => Vec::new(),
        };
        let seen = sight(record, &result);
        if index == cases.len() {
            cases.push(Case { finding: result.clone(), sights: Vec::new(), rulings: Vec::new() });
        }
        let case = &mut cases[index];
        if !case.sights.contains(&seen) {
            case.sights.push(seen);
        }
        let changes = if decision.decision == Verb::Add { Vec::new() } else { changes };
        let file = self.all[place].file;
        case.rule(Ruling { place, file, decision, result, changes });
        Ok(())
    }
}

/// The case of a decision on a finding that is there.
fn known(cases: &[Case], decision: &Decision) -> Result<usize, Diagnostic> {
    let span = Span::from(decision.at);
    let here = |case: &&Case| case.finding.at == span;
    if let Some(index) = cases.iter().position(|case| here(&case) && case.sights.contains(&decision.saw)) {
        return Ok(index);
    }
    Err(match cases.iter().find(here) {
        Some(case) => {
            let now = case.sights.first().map_or("", String::as_str);
            let words = format!("is now read as “{now}”, not as “{}”: decide again", decision.saw);
            refused("decisions.reading_changed", decision, &words)
        }
        None => refused("decisions.no_finding", decision, "is no finding any more: decide again"),
    })
}

/// The finding that the reviewer looked at: as found, or as an earlier reviewer left it.
fn before(case: &Case, decision: &Decision) -> Finding {
    let first = case.sights.first() == Some(&decision.saw);
    let earlier = case.rulings.last().filter(|_| !first).map(|ruling| ruling.result.clone());
    earlier.unwrap_or_else(|| case.finding.clone())
}

/// A finding of nothing but its evidence, and the case it belongs to: a new one, or one that somebody added alike.
fn added(
    record: &Record,
    cases: &[Case],
    decision: &Decision,
    pack: &RulePack,
) -> Result<(usize, Finding), Diagnostic> {
    let at = Span::from(decision.at);
    if record.reference.quote(at).chars().count() as u32 != at.end - at.start {
        return Err(refused("decisions.value", decision, "lies beyond the end of the text"));
    }
    if decision.set.get(&Slot::Outcome).is_none_or(|outcome| outcome.trim().is_empty()) {
        return Err(refused("decisions.value", decision, "has no outcome"));
    }
    let alike = |case: &Case| {
        case.finding.at == at
            && case
                .rulings
                .first()
                .is_some_and(|ruling| ruling.decision.decision == Verb::Add && ruling.decision.set == decision.set)
    };
    let (sentence, section) = place::sentence(&record.reference, pack, at);
    let outcome = Looked { id: None, text: String::new(), at: None };
    let rule = BY_HAND.to_owned();
    let finding = Finding { section, sentence, rule, ..Finding::new(outcome, Measure::Proportion, at) };
    Ok((cases.iter().position(alike).unwrap_or(cases.len()), finding))
}

/// What was found keeps its order, what was added goes where its words stand, and ids follow; a finding that repeats
/// one that has left stands by itself.
fn renumber(findings: Vec<Finding>) -> Vec<Finding> {
    let is_added = |finding: &Finding| finding.review.as_ref().is_some_and(|r| r.decision == Decided::Added);
    let (added, mut all): (Vec<Finding>, Vec<Finding>) = findings.into_iter().partition(is_added);
    let place = |finding: &Finding| (finding.at.field, finding.at.start);
    let mut ids: Vec<Option<FindingId>> = all.iter().map(|finding| Some(finding.id)).collect();
    for finding in added {
        let index = all.iter().position(|other| place(other) > place(&finding)).unwrap_or(all.len());
        all.insert(index, finding);
        ids.insert(index, None);
    }
    for (index, finding) in all.iter_mut().enumerate() {
        let first = finding.repeats.and_then(|first| ids.iter().position(|id| *id == Some(first)));
        (finding.id, finding.repeats) = (FindingId::of(index), first.map(FindingId::of));
    }
    all
}

fn refused(code: &'static str, decision: &Decision, what: &str) -> Diagnostic {
    let message = format!("{}: “{}” {what}", decision.record, short(&decision.quote));
    Diagnostic::new(Severity::Warning, code, message, 0)
}

fn text_changed(decision: &Decision) -> Diagnostic {
    refused(
        "decisions.text_changed",
        decision,
        "stood in another version of title or abstract: the decision is not applied",
    )
}

/// Two reviewers differ, and the later one stands.
pub fn overruled(earlier: &Decision, later: &Decision) -> Diagnostic {
    let name = |decision: &Decision| Some(decision.reviewer.clone()).filter(|n| !n.is_empty()).unwrap_or("?".into());
    let what = format!(
        "{} by {}, {} by {}: the later file stands",
        earlier.decision.past(),
        name(earlier),
        later.decision.past(),
        name(later)
    );
    refused("decisions.differ", earlier, &what)
}

/// The first words of a quote.
fn short(quote: &str) -> String {
    const WORDS: usize = 60;
    let cut: String = quote.chars().take(WORDS).collect();
    if quote.chars().count() > WORDS { cut + "…" } else { cut }
}
