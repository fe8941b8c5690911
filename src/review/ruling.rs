//! What all reviewers together make of one finding, and what became of each decision.

use crate::model::{Change, Decided, Diagnostic, Finding, Review};

use super::decision::{Decision, Verb};

/// What became of the decisions on a record.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Places of the decisions that hold, or that others agree with.
    pub applied: Vec<usize>,
    /// What is to be reported: place of the decision, and the words.
    pub reports: Vec<(usize, Diagnostic)>,
    /// Whether findings left, came or changed, so that the checks are to be made again.
    pub changed: bool,
}

/// A decision on a finding, ready to be done.
#[derive(Debug, Clone)]
pub struct Ruling<'a> {
    /// Its place among all decisions.
    pub place: usize,
    /// Number of its file.
    pub file: usize,
    /// The decision.
    pub decision: &'a Decision,
    /// The finding as it is once the decision is done.
    pub result: Finding,
    /// What that changes.
    pub changes: Vec<Change>,
}

impl Ruling<'_> {
    /// Whether both are of one reviewer; one without a name is known by the file alone.
    fn is_by_same(&self, other: &Self) -> bool {
        let (name, other_name) = (&self.decision.reviewer, &other.decision.reviewer);
        name == other_name && (!name.is_empty() || self.file == other.file)
    }

    fn agrees(&self, other: &Self) -> bool {
        self.decision.decision == other.decision.decision && self.decision.set == other.decision.set
    }
}

/// A finding on its way through review.
#[derive(Debug)]
pub struct Case<'a> {
    /// As it was found, or as it was added.
    pub finding: Finding,
    /// All ways in which reviewers may have seen it.
    pub sights: Vec<String>,
    /// One a reviewer, in the order of the files.
    pub rulings: Vec<Ruling<'a>>,
}

impl<'a> Case<'a> {
    /// Takes a ruling; a later one of the same reviewer takes the place of the earlier.
    pub fn rule(&mut self, ruling: Ruling<'a>) {
        self.rulings.retain(|earlier| !earlier.is_by_same(&ruling));
        self.rulings.push(ruling);
    }

    /// The finding that stands; none where it was rejected. The last ruling holds.
    pub fn settle(mut self, outcome: &mut Outcome) -> Option<Finding> {
        let Some(last) = self.rulings.pop() else { return Some(self.finding) };
        let mut reviewers = Vec::new();
        let mut notes: Vec<&str> = Vec::new();
        for ruling in self.rulings.iter().chain([&last]) {
            if ruling.agrees(&last) {
                outcome.applied.push(ruling.place);
                reviewers.push(ruling.decision.reviewer.clone());
                notes.extend(Some(ruling.decision.note.as_str()).filter(|note| !note.is_empty()));
            } else {
                outcome.reports.push((ruling.place, super::apply::overruled(ruling.decision, last.decision)));
            }
        }
        let decided = match last.decision.decision {
            Verb::Reject => {
                outcome.changed = true;
                return None;
            }
            Verb::Accept => Decided::Accepted,
            Verb::Correct => Decided::Corrected,
            Verb::Add => Decided::Added,
        };
        outcome.changed |= decided != Decided::Accepted;
        notes.dedup();
        let note = (!notes.is_empty()).then(|| notes.join(" | "));
        let review = Review { decision: decided, reviewers, note, changes: last.changes };
        Some(Finding { review: Some(Box::new(review)), ..last.result })
    }
}
