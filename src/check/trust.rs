//! How far the group of a finding can be trusted, and with it the number of people.
//!
//! The trick is to ask the printed words again: which noun a size counts, whether the sentence sets groups against each
//! other, and whether another number of the abstract would do as well. Where they leave a doubt, the extractor may have
//! taken the wrong group, and a check had better say nothing.

use crate::model::{BoundBy, Finding, Group, GroupKind, Measure, PValue, Span};

use super::alike::{same_moment, same_outcome, same_scope, values_differ};
use super::interval::is_ratio;
use super::printed::whole;
use super::range::Range;
use super::study::{Study, group_size};
use super::wording::tokens;

/// Words after a number among which its noun must stand.
const NOUN_WITHIN: usize = 9;
/// Characters that hold so many words.
const NOUN_REACH: u32 = 90;
/// Fewer people are no study.
const FEWEST: f64 = 3.0;
/// Words before a number that may open a total.
const OPENING: usize = 4;

impl Study<'_> {
    /// Whether the group of a finding is beyond doubt: found in the words, no arm hidden behind "all patients", and not
    /// claimed by another number for the same thing.
    pub fn is_firmly_bound(&self, finding: &Finding) -> bool {
        let Some(group) = finding.group.and_then(|id| self.group(id)) else {
            let one_population = self.record.groups.iter().all(|group| group.kind == GroupKind::All);
            let words = &self.thresholds.words;
            let sentence = self.sentence_around(finding.at).map(|sentence| tokens(&sentence)).unwrap_or_default();
            let names_set = sentence.iter().any(|token| words.sets.contains(token));
            return one_population && !names_set && !self.is_pooled() && !self.is_contested(finding);
        };
        if group.kind == GroupKind::Arm
            && finding.bound_by != Some(BoundBy::Construction)
            && self.names_another(finding, group)
        {
            return false;
        }
        let hides_arms = self.has_arms() && group.kind == GroupKind::All;
        !hides_arms && finding.bound_by != Some(BoundBy::Arithmetic) && !self.is_contested(finding)
    }

    /// Whether the sentence of a finding names another arm than its own.
    fn names_another(&self, finding: &Finding, own: &Group) -> bool {
        let Some(sentence) = self.sentence_around(finding.at).map(|sentence| sentence.to_lowercase()) else {
            return false;
        };
        let other = |group: &&Group| group.kind == GroupKind::Arm && group.id != own.id;
        let mut labels = self.record.groups.iter().filter(other).map(|group| group.label.trim().to_lowercase());
        labels.any(|label| !label.is_empty() && label != own.label.trim().to_lowercase() && sentence.contains(&label))
    }

    /// Whether another number is said to be the same thing of the same people.
    pub fn is_contested(&self, finding: &Finding) -> bool {
        self.findings().any(|other| {
            other.id != finding.id
                && other.measure == finding.measure
                && same_scope(other, finding)
                && same_outcome(other, finding)
                && same_moment(other, finding)
                && values_differ(other, finding)
        })
    }

    /// Whether a finding is of the whole study.
    pub fn is_all(&self, finding: &Finding) -> bool {
        finding.group.and_then(|id| self.group(id)).is_some_and(|group| group.kind == GroupKind::All)
    }

    /// Whether a p that stands on values of groups is that of a ratio or difference which comes between.
    pub fn is_of_a_comparison(&self, values: &[&Finding], p: &PValue) -> bool {
        let compares = |other: &Finding| is_ratio(other.measure) || other.measure == Measure::Difference;
        let last = values.iter().filter_map(|f| f.estimate.as_ref().or(f.events.as_ref())).map(|q| q.at.end).max();
        let between = |other: &Finding| {
            let at = other.estimate.as_ref().map(|q| q.at.start);
            at.zip(last).is_some_and(|(at, last)| last <= at && at < p.at.start)
        };
        self.record.findings.iter().any(|other| {
            compares(other)
                && other.at.field == p.at.field
                && (other.p.as_ref().is_some_and(|q| q.at == p.at) || between(other))
        })
    }

    /// Whether the record has arms.
    pub fn has_arms(&self) -> bool {
        self.record.groups.iter().any(|group| group.kind == GroupKind::Arm)
    }

    /// Whether the size of an arm is not known.
    pub fn has_unsized_arm(&self) -> bool {
        self.record.groups.iter().any(|group| group.kind == GroupKind::Arm && group_size(group).is_none())
    }

    /// Whether the size of a group counts people: the noun after the number, else the label, says so.
    pub fn counts_people(&self, group: &Group) -> bool {
        let words = &self.thresholds.words;
        let is_person = |token: &String| words.people.contains(token);
        let is_unit = |token: &String| words.units.contains(token);
        let Some(n) = &group.n else { return false };
        // "29 patients (60%) in arm A" counts events, not the arm.
        let counts_events = |finding: &Finding| finding.events.as_ref().is_some_and(|events| events.at == n.at);
        if group.also_at.is_empty() && self.findings().any(counts_events) {
            return false;
        }
        if self.after(n.at, 40).is_some_and(|after| is_share(&after, &words.people)) {
            return false;
        }
        if group.kind != GroupKind::All {
            return true;
        }
        if n.value < FEWEST {
            return false;
        }
        let label = tokens(&group.label);
        // "Patients (n = 29)" has its noun before the number.
        let Some(after) = self.after(n.at, NOUN_REACH).filter(|text| !text.starts_with([')', ']'])) else {
            return label.iter().any(is_person);
        };
        let after = tokens(&after);
        let noun = after.iter().take(NOUN_WITHIN).find(|token| is_person(token) || is_unit(token));
        noun.is_some_and(is_person)
    }

    /// Whether a size stands in the sentence of a finding as the total of its events: "of the 59 patients, 12".
    pub fn is_total_of(&self, size: Span, finding: &Finding) -> bool {
        let Some(number) = finding.events.as_ref().or(finding.estimate.as_ref()) else { return false };
        if size.field != number.at.field || number.at.start < size.end || !self.in_one_sentence(size, number.at) {
            return false;
        }
        let words = &self.thresholds.words;
        let (Some(before), Some(between)) = (self.before(size, 40), self.between(size, number.at)) else {
            return false;
        };
        let before = tokens(&before);
        let opening = before.iter().rev().take(OPENING).find(|token| !words.fillers.contains(token));
        let opens = opening.is_some_and(|token| words.of.contains(token));
        let between = tokens(&between);
        let is_number = |token: &String| token.starts_with(|c: char| c.is_ascii_digit());
        let another = between.windows(2).any(|pair| words.of.contains(&pair[0]) && is_number(&pair[1]));
        opens && !another && !between.iter().any(|token| words.breaks.contains(token))
    }

    /// Whether a number of the whole study may be of one arm: there are arms, and its sentence names one or compares.
    pub fn may_be_of_an_arm(&self, finding: &Finding, group: &Group) -> bool {
        if group.kind != GroupKind::All {
            return false;
        }
        let words = &self.thresholds.words;
        let sentence = || self.sentence_around(finding.at).map(|sentence| tokens(&sentence)).unwrap_or_default();
        if !self.has_groups_to_compare() {
            return sentence().iter().any(|token| words.pairs.contains(token));
        }
        let beside = |other: &Finding| {
            other.sentence == finding.sentence && other.at.field == finding.at.field && other.group != finding.group
        };
        self.record.findings.iter().any(beside) || sentence().iter().any(|token| words.versus.contains(token))
    }

    fn has_groups_to_compare(&self) -> bool {
        self.record.groups.iter().filter(|group| group.kind != GroupKind::All).count() >= 2
    }

    /// A number of people, given elsewhere in the record, that lies in a range: a group, a total or people counted.
    pub fn other_people(&self, range: Range, n: f64) -> Option<f64> {
        let counted = self.record.findings.iter().filter_map(|finding| whole(finding.events.as_ref()?));
        self.sizes().chain(counted).find(|other| range.meets(Range::point(*other)) && (other - n).abs() > 0.5)
    }

    /// The same among the numbers printed in the sentence of a finding.
    pub fn number_beside(&self, finding: &Finding, range: Range, n: f64) -> Option<f64> {
        let sentence = self.sentence_around(finding.at)?;
        let numbers = sentence.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
        let whole = numbers.filter_map(|text| text.trim_matches(['.', ',']).replace(',', "").parse::<f64>().ok());
        whole.filter(|m| m.fract() == 0.0).find(|m| range.meets(Range::point(*m)) && (m - n).abs() > 0.5)
    }
}

/// Whether a number is followed by its percentage: "patients (29.5%)".
fn is_share(after: &str, people: &[String]) -> bool {
    let Some((noun, rest)) = after.split_once(['(', '[']) else { return false };
    let only_people = tokens(noun).iter().all(|token| people.contains(token));
    let share = rest.find('%').is_some_and(|end| rest[..end].trim().parse::<f64>().is_ok());
    only_people && share
}
