//! The grade of each number of a list.
//!
//! A grade governs what its gap rules reach. Beyond that, the grade of a heading ("Grade 3 or higher adverse events
//! occurred in 60%; most common were …") governs the whole list of toxicities that follows it.

use super::attribute::{self, Bound};
use super::list::List;
use super::outcome::{self, Named};
use crate::find::Masked;
use crate::rules::{Kind, RulePack};

/// Grades of the members of a list. `outcomes` are those of each member.
pub(super) fn grades(pack: &RulePack, masked: &Masked<'_>, list: &List, outcomes: &[Vec<Named>]) -> Vec<Option<Bound>> {
    let gaps = pack.gaps();
    if let Some(own) = by_outcome(masked, outcomes) {
        return own;
    }
    let bound = attribute::attributes(masked, list, Kind::Grade, &gaps.grade_before, &gaps.grade_after);
    let heading = |at: usize| heading(pack, masked, at).map(|mention| Bound { mention, rule: None });
    bound.into_iter().zip(&list.members).map(|(grade, member)| grade.or_else(|| heading(member.at))).collect()
}

/// Grades that stand with single outcomes of a list: "Fever, grade 3 nausea, and rash were seen in 67%, 28%, and 18%".
/// None where no grade does, or where it stands with the first and so may govern all.
fn by_outcome(masked: &Masked<'_>, outcomes: &[Vec<Named>]) -> Option<Vec<Option<Bound>>> {
    let places: Vec<usize> =
        outcomes.iter().map(|of| of.first().and_then(|named| named.place)).collect::<Option<_>>()?;
    let distinct = places.windows(2).all(|pair| pair[0] < pair[1]);
    if places.len() < 2 || !distinct {
        return None;
    }
    let grades: Vec<Option<Bound>> = places.iter().map(|place| right_before(masked, *place)).collect();
    (grades[0].is_none() && grades.iter().any(Option::is_some)).then_some(grades)
}

/// The grade right before an outcome, with at most two words between.
fn right_before(masked: &Masked<'_>, place: usize) -> Option<Bound> {
    let (at, mention) = masked.top().rev().find(|(at, m)| *at < place && masked.mentions()[*m].kind == Kind::Grade)?;
    let gap = &masked.text()[at + 1..place];
    let words = gap.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b' ' | b'-'));
    let joined = gap.contains(" and ") || gap.contains(" or ");
    (words && !joined && gap.split_whitespace().count() <= 2).then_some(Bound { mention, rule: None })
}

/// The grade of the heading in whose scope byte `to` stands. Brackets keep their own scope; a stop ends it, unless what
/// follows goes on to list ("…; most common were …").
fn heading(pack: &RulePack, masked: &Masked<'_>, to: usize) -> Option<usize> {
    let text = masked.text();
    if !text[..to].bytes().any(|b| b == Kind::Grade.symbol()) {
        return None;
    }
    let mut outer = Vec::new();
    let mut scope = None;
    for (at, b) in text.bytes().enumerate().take(to) {
        match b {
            b'(' | b'[' => outer.push(scope),
            b')' | b']' => scope = outer.pop().flatten(),
            b';' if goes_on(&text[at + 1..]) => {}
            b';' => scope = outer.last().copied().flatten(),
            b'.' => scope = None,
            _ if b == Kind::Grade.symbol() => scope = masked.mention_at(at).filter(|_| heads(pack, masked, at)),
            _ => {}
        }
    }
    scope
}

/// Whether what follows a stop lists what was said before it.
fn goes_on(rest: &str) -> bool {
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    [
        "most ",
        "commonest",
        "these ",
        "including",
        "mainly",
        "mostly",
        "predominantly",
        "primarily",
        "of these",
        "of which",
    ]
    .iter()
    .any(|w| rest.starts_with(w))
}

/// Whether a grade is that of adverse events in general.
fn heads(pack: &RulePack, masked: &Masked<'_>, at: usize) -> bool {
    let text = masked.text();
    let Some((place, mention)) =
        masked.top().find(|(place, m)| *place > at && masked.mentions()[*m].kind == Kind::Outcome)
    else {
        return false;
    };
    let gap = &text[at + 1..place];
    let plain = gap.len() <= 40 && gap.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b' ' | b'-' | b','));
    let general = |rule| pack.rule(rule).id.ends_with("adverse_event");
    plain && outcome::rule_of(pack, masked, mention).is_some_and(general)
}

#[cfg(test)]
mod tests {
    use super::super::example;

    /// Number and lowest grade of each finding.
    fn grades(text: &str) -> Vec<(f64, Option<u8>)> {
        example::findings(text)
            .iter()
            .filter_map(|f| Some((f.estimate.as_ref()?.value, f.grade.as_ref().and_then(|g| g.min))))
            .collect()
    }

    #[test]
    fn a_heading_governs_its_list() {
        let text =
            "Grade 3 or higher adverse events were reported in 65%; most common were anemia (30%) and nausea (21%).";
        assert_eq!(grades(text), [(65.0, Some(3)), (30.0, Some(3)), (21.0, Some(3))]);
        let text = "Grade 3-5 adverse events occurred in 79% (no grade 5 events) and, in women, in 70%.";
        assert_eq!(grades(text).last(), Some(&(70.0, Some(3))));
    }

    #[test]
    fn a_grade_in_brackets_is_that_of_the_number_behind_it() {
        let text = "In all, 76% had neuropathy (grade 3 or 4, 1%), and 9% had nausea (all grade 1).";
        assert_eq!(grades(text), [(76.0, None), (1.0, Some(3)), (9.0, Some(1))]);
    }

    #[test]
    fn a_grade_inside_a_list_is_of_its_own_outcome() {
        let text = "Fever, grade 3 nausea, and anemia were reported in 67%, 28%, and 18%, respectively.";
        assert_eq!(grades(text), [(67.0, None), (28.0, Some(3)), (18.0, None)]);
    }
}
