//! Survival and incidence over time.

use super::build::{Build, Study, finding, study};
use crate::model::{BoundBy, Measure, Verdict};

fn os(estimate: &str) -> Build {
    finding("overall_survival").survival(estimate, "2 year")
}

#[test]
fn an_interval_narrower_than_counting_allows() {
    let of = |low: &str, high: &str| study().all(28).with(os("36%").ci(low, high));
    assert_eq!(of("18", "54%").verdict("survival.ci_width"), Verdict::Consistent);
    let row = of("29", "43%").row("survival.ci_width");
    assert_eq!(row.verdict, Verdict::Inconsistent);
    assert!(row.message.contains("censoring only widens it"), "{}", row.message);
    assert_eq!(of("29", "43%").part("older", 20).verdict("survival.ci_width"), Verdict::Suspicious);
    assert_eq!(of("29", "43%").cue("relative_survival", 0).verdict("survival.ci_width"), Verdict::NotCheckable);
    assert_eq!(of("29", "43%").cue("evaluable", 9).verdict("survival.ci_width"), Verdict::Suspicious);
}

#[test]
fn the_scale_of_an_uncensored_curve_is_named() {
    // 20 of 40 alive: plain 34.5–65.5, log-log 33.8–64.2 by the formulas of Kalbfleisch and Prentice (1980).
    let row = study().all(40).with(os("50.0%").ci("33.8", "64.2%")).row("survival.ci_width");
    assert_eq!((row.verdict, row.methods.as_slice()), (Verdict::Consistent, &["log_log"][..]));
}

#[test]
fn nobody_lost_leaves_no_room_at_the_edges() {
    let all_alive = study().all(28).with(os("100%").ci("100", "100%"));
    assert_eq!(all_alive.verdict("survival.ci_width"), Verdict::Consistent);
}

fn with_efs(outcome: &str, estimate: &str) -> Study {
    study().all(60).with(os("47%")).with(finding(outcome).survival(estimate, "24 month"))
}

#[test]
fn a_composite_does_not_exceed_overall_survival() {
    assert_eq!(with_efs("progression_free_survival", "35%").verdict("survival.order"), Verdict::Consistent);
    assert_eq!(with_efs("progression_free_survival", "58%").verdict("survival.order"), Verdict::Inconsistent);
    assert_eq!(with_efs("event_free_survival", "47.4%").verdict("survival.order"), Verdict::Consistent);
    assert_eq!(with_efs("relapse_free_survival", "58%").verdict("survival.order"), Verdict::Suspicious);
    assert_eq!(
        with_efs("disease_free_survival", "58%").cue("from_remission", 1).verdict("survival.order"),
        Verdict::NotCheckable
    );
    assert!(with_efs("freedom_from_progression", "58%").rows("survival.order").is_empty());
}

#[test]
fn other_people_or_times_are_not_compared() {
    let later = study().all(60).with(os("47%")).with(finding("event_free_survival").survival("58%", "1 year"));
    assert!(later.rows("survival.order").is_empty());
    let others = study().all(60).part("responders", 30).with(os("47%"));
    let others = others.with(finding("event_free_survival").survival("58%", "2 year").group(2));
    assert!(others.rows("survival.order").is_empty());
}

#[test]
fn an_unsure_group_is_not_judged() {
    let guessed =
        finding("event_free_survival").survival("58%", "2 year").change(|f| f.bound_by = Some(BoundBy::Arithmetic));
    assert_eq!(study().all(60).with(os("47%")).with(guessed).verdict("survival.order"), Verdict::NotCheckable);
    let arms = study().all(60).arm("a", 30).arm("b", 30).with(os("47%"));
    let arms = arms.with(finding("event_free_survival").survival("58%", "2 year"));
    assert_eq!(arms.verdict("survival.order"), Verdict::NotCheckable);
    let contested = with_efs("event_free_survival", "58%").with(os("70%"));
    assert!(contested.rows("survival.order").iter().all(|row| row.verdict != Verdict::Inconsistent));
}

#[test]
fn what_competes_does_not_exceed_the_whole() {
    let sharing_out = |free: &str| {
        study()
            .all(80)
            .with(finding("relapse").incidence("30%", "2 year"))
            .with(finding("non_relapse_mortality").incidence("20%", "2 year"))
            .with(finding("disease_free_survival").survival(free, "2 year"))
    };
    assert_eq!(sharing_out("50%").verdict("survival.order"), Verdict::Consistent);
    assert_eq!(sharing_out("60%").verdict("survival.order"), Verdict::Suspicious);
}

fn at_two_times(outcome: &str, measure: Measure, first: &str, second: &str) -> Study {
    let at = |estimate: &str, time: &str| finding(outcome).of(measure, estimate).time(time);
    study().all(60).with(at(second, "24 month")).with(at(first, "1 year"))
}

#[test]
fn survival_never_rises_and_incidence_never_falls() {
    let survival = |first, second| at_two_times("overall_survival", Measure::SurvivalProbability, first, second);
    assert_eq!(survival("81%", "64%").verdict("survival.monotone"), Verdict::Consistent);
    assert_eq!(survival("64%", "81%").verdict("survival.monotone"), Verdict::Inconsistent);
    assert_eq!(survival("64%", "81%").cue("landmark", 0).verdict("survival.monotone"), Verdict::NotCheckable);
    let incidence = |first, second| at_two_times("relapse", Measure::CumulativeIncidence, first, second);
    assert_eq!(incidence("20%", "31%").verdict("survival.monotone"), Verdict::Consistent);
    assert_eq!(incidence("31%", "20%").verdict("survival.monotone"), Verdict::Inconsistent);
}

#[test]
fn a_complement_has_the_mirrored_interval() {
    let of = |low: &str, high: &str| {
        study()
            .all(50)
            .with(finding("progression_free_survival").survival("59%", "1 year").ci("37", "81%"))
            .with(finding("progression").incidence("41%", "1 year").ci(low, high))
    };
    assert_eq!(of("19", "63%").verdict("survival.complement"), Verdict::Consistent);
    assert_eq!(of("25", "62%").verdict("survival.complement"), Verdict::Suspicious);
    // The same standard error on another scale.
    let logit = of("22", "63%").row("survival.complement");
    assert_eq!(logit.verdict, Verdict::Consistent);
    assert_eq!(logit.methods, ["arcsine", "logit", "plain"]);
}
