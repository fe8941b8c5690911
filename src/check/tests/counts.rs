//! Counts of people within counts of people, and sizes of groups.

use super::build::{Study, finding, study};
use crate::model::{Basis, Verdict};

const CRS: &str = "cytokine_release_syndrome";

fn graded(any: &str, severe: &str) -> Study {
    study()
        .all(58)
        .with(finding(CRS).count(any).sentence(0))
        .with(finding(CRS).count(severe).grade(Some(3), None).sentence(0))
}

#[test]
fn severe_cases_are_among_all_cases() {
    assert_eq!(graded("31", "12").verdict("counts.subset"), Verdict::Consistent);
    let row = graded("17", "26").row("counts.subset");
    assert_eq!(row.verdict, Verdict::Inconsistent);
    assert!(row.message.contains("the part is larger than the whole"), "{}", row.message);
    assert_eq!(graded("17", "26").cue("episodes", 0).verdict("counts.subset"), Verdict::NotCheckable);
}

#[test]
fn any_grade_must_be_said_or_contrasted() {
    let apart = study().all(58).with(finding(CRS).count("17")).with(finding(CRS).count("26").grade(Some(3), None));
    assert!(apart.rows("counts.subset").is_empty());
    let said = study()
        .all(58)
        .with(finding(CRS).count("17").grade(Some(1), None))
        .with(finding(CRS).count("26").grade(Some(3), Some(4)));
    assert_eq!(said.verdict("counts.subset"), Verdict::Inconsistent);
    let beside = study()
        .all(58)
        .with(finding(CRS).count("17").grade(Some(1), Some(2)).sentence(0))
        .with(finding(CRS).count("26").grade(Some(3), None).sentence(0));
    assert!(beside.rows("counts.subset").is_empty());
}

#[test]
fn the_cause_of_an_adverse_event_may_differ() {
    let broad = study()
        .all(58)
        .with(finding("adverse_event").count("17").sentence(0))
        .with(finding("adverse_event").count("26").grade(Some(3), None).sentence(0));
    assert_eq!(broad.verdict("counts.subset"), Verdict::Suspicious);
}

#[test]
fn complete_and_partial_responses_are_responses() {
    let of = |overall: &str, sentence: u32| {
        study()
            .all(60)
            .with(finding("overall_response").share("50%").events(overall).sentence(0))
            .with(finding("complete_remission").count("12").sentence(sentence))
            .with(finding("partial_response").count("19").sentence(sentence))
    };
    assert_eq!(of("31", 0).verdict("counts.subset"), Verdict::Consistent);
    assert_eq!(of("30", 0).verdict("counts.subset"), Verdict::Inconsistent);
    assert_eq!(of("30", 1).verdict("counts.subset"), Verdict::Suspicious);
}

#[test]
fn nobody_dies_twice() {
    let deaths = |n: &str| study().all(40).with(finding("death").count(n));
    assert_eq!(deaths("2").verdict("counts.subset"), Verdict::Consistent);
    assert_eq!(deaths("41").verdict("counts.subset"), Verdict::Suspicious);
    let printed = study().with(finding("infection").share("90%").events("50").total("26"));
    assert_eq!(printed.verdict("counts.subset"), Verdict::Inconsistent);
    let episodes = study().all(71).with(finding("infection").count("102"));
    assert!(episodes.rows("counts.subset").is_empty());
}

#[test]
fn a_subgroup_of_responders_is_no_larger_than_the_responders() {
    let of =
        |n: u32| study().all(60).part("responders without relapse", n).with(finding("overall_response").count("30"));
    assert_eq!(of(28).verdict("counts.subset"), Verdict::Consistent);
    assert_eq!(of(31).verdict("counts.subset"), Verdict::Suspicious);
}

fn split(basis: Basis, text: &str, total: u32) -> Study {
    study().all_as(total, basis).arm("a", 97).arm("b", 112).text(text)
}

#[test]
fn the_arms_add_up_to_what_was_split() {
    let text = |total| format!("The {total} people were allotted by chance, 97 to a and 112 to b. The rest follows.");
    let of = |total: u32| split(Basis::Randomised, &text(total), total);
    assert_eq!(of(209).verdict("counts.sum"), Verdict::Consistent);
    let row = of(221).row("counts.sum");
    assert_eq!(row.verdict, Verdict::Inconsistent);
    assert_eq!(row.message, "97 + 112 make 209, but 221 are said to have been split between them.");
    assert_eq!(split(Basis::Enrolled, &text(221), 221).verdict("counts.sum"), Verdict::Suspicious);
    assert_eq!(of(221).cue_throughout("multi_arm").verdict("counts.sum"), Verdict::NotCheckable);
}

#[test]
fn arms_of_another_set_or_sentence_are_not_summed() {
    let apart = "In all 221 people were allotted by chance. Safety was judged in 97 on a and 112 on b.";
    assert_eq!(split(Basis::Randomised, apart, 221).verdict("counts.sum"), Verdict::NotCheckable);
    let screened = study()
        .all_as(221, Basis::Screened)
        .arm_as("a", 97, Basis::Randomised)
        .arm_as("b", 112, Basis::Randomised)
        .text("Of 221 people seen, 97 were allotted to a and 112 to b.");
    assert!(screened.rows("counts.sum").is_empty());
    let third_arm = "The 221 people were allotted by chance, 97 to a, 112 to b and 12 to c.";
    assert_eq!(split(Basis::Randomised, third_arm, 221).verdict("counts.sum"), Verdict::NotCheckable);
}

#[test]
fn sets_shrink_from_screening_to_evaluation() {
    let of = |evaluable: u32| {
        study().all_as(80, Basis::Screened).all_as(60, Basis::Treated).all_as(evaluable, Basis::Evaluable)
    };
    let verdicts = |s: Study| s.rows("groups.flow").iter().map(|row| row.verdict).collect::<Vec<_>>();
    assert_eq!(verdicts(of(55)), [Verdict::Consistent; 2]);
    assert_eq!(verdicts(of(65)), [Verdict::Consistent, Verdict::Inconsistent]);
    let enrolled = study().all_as(60, Basis::Enrolled).all_as(70, Basis::Randomised);
    assert!(enrolled.rows("groups.flow").is_empty());
    assert_eq!(verdicts(of(165)), [Verdict::Consistent, Verdict::NotCheckable]);
}
