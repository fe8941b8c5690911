//! Intervals beside estimates of any kind.

use super::build::{finding, study};
use crate::model::{IntervalKind, Measure, Verdict};

#[test]
fn an_estimate_lies_between_its_limits() {
    let of = |low: &str, high: &str| study().with(finding("death").ratio(Measure::HazardRatio, "0.76").ci(low, high));
    assert_eq!(of("0.48", "1.20").verdict("interval.order"), Verdict::Consistent);
    assert_eq!(of("0.31", "0.74").verdict("interval.order"), Verdict::Inconsistent);
    assert_eq!(of("1.20", "0.48").verdict("interval.order"), Verdict::Inconsistent);
    assert_eq!(of("0.31", "0.75").verdict("interval.order"), Verdict::Consistent);
    assert_eq!(of("0.31", "0.8").verdict("interval.order"), Verdict::Consistent);
}

#[test]
fn a_lost_sign_or_another_unit_proves_nothing() {
    let fell = study().with(finding("pain").of(Measure::Difference, "3.5").versus(2).ci("-6.0", "-1.0"));
    assert_eq!(fell.verdict("interval.order"), Verdict::Suspicious);
    let mixed = study().with(finding("death").ratio(Measure::HazardRatio, "0.65").ci("15", "50%"));
    assert_eq!(mixed.verdict("interval.order"), Verdict::NotCheckable);
}

#[test]
fn percent_and_fraction_are_one_scale() {
    let mixed = study().with(finding("overall_response").share("79%").ci("0.66", "0.92"));
    assert_eq!(mixed.verdict("interval.order"), Verdict::Consistent);
    let fraction = study().with(finding("overall_response").share("0.79 fraction").ci("0.66", "0.92"));
    assert_eq!(fraction.verdict("interval.order"), Verdict::Consistent);
}

#[test]
fn limits_off_the_scale() {
    let wald = study().with(finding("death").share("2%").ci("-2", "6%"));
    assert_eq!(wald.verdict("interval.order"), Verdict::Suspicious);
    let beyond = study().with(finding("overall_response").share("79%").ci("66", "192%"));
    assert_eq!(beyond.verdict("interval.order"), Verdict::Inconsistent);
    let change = study().with(finding("pain").of(Measure::Change, "-30%").ci("-60", "10%"));
    assert_eq!(change.verdict("interval.order"), Verdict::Consistent);
}

#[test]
fn an_open_limit_is_no_interval_to_check() {
    let open = finding("overall_survival").median("14 month").ci("9", "30").bracket(|interval| interval.high = None);
    assert!(study().with(open).rows("interval.order").is_empty());
    let going_on = study().with(finding("overall_survival").median("14 month").ci("9", "33.9+"));
    assert_eq!(going_on.verdict("interval.order"), Verdict::Consistent);
}

#[test]
fn a_ratio_lies_at_the_geometric_middle() {
    let of = |low: &str, high: &str| study().with(finding("death").ratio(Measure::HazardRatio, "0.52").ci(low, high));
    assert_eq!(of("0.29", "0.93").verdict("interval.symmetry"), Verdict::Consistent);
    assert_eq!(of("0.29", "2.70").verdict("interval.symmetry"), Verdict::Inconsistent);
    assert_eq!(of("0.29", "0.98").verdict("interval.symmetry"), Verdict::Suspicious);
    assert_eq!(of("0.0", "2.4").verdict("interval.symmetry"), Verdict::Consistent);
    assert!(of("0.55", "2.4").rows("interval.symmetry").is_empty());
}

#[test]
fn words_and_few_events_excuse_asymmetry() {
    let of =
        || study().all(90).arm("a", 45).with(finding("death").ratio(Measure::HazardRatio, "0.52").ci("0.29", "2.70"));
    assert_eq!(of().cue_throughout("bayesian").verdict("interval.symmetry"), Verdict::NotCheckable);
    assert_eq!(of().cue("bootstrap", 0).verdict("interval.symmetry"), Verdict::NotCheckable);
    let few = of().with(finding("death").count("4").group(2));
    assert_eq!(few.verdict("interval.symmetry"), Verdict::NotCheckable);
    let other_outcome = of().with(finding("infection").count("4").group(2));
    assert_eq!(other_outcome.verdict("interval.symmetry"), Verdict::Inconsistent);
}

#[test]
fn one_interval_twice_is_seen_only_on_different_things() {
    let first =
        || study().all(60).part("older", 30).with(finding("relapse").incidence("30%", "1 year").ci("20", "45%"));
    let other_group = first().with(finding("relapse").incidence("35%", "1 year").group(2).ci("20", "45%"));
    assert_eq!(other_group.verdict("interval.duplicate"), Verdict::Suspicious);
    let same_estimate = first().with(finding("relapse").incidence("30%", "1 year").group(2).ci("20", "45%"));
    assert!(same_estimate.rows("interval.duplicate").is_empty());
    let one_number = first().with(finding("progression").incidence("30%", "1 year").sharing());
    assert!(one_number.rows("interval.duplicate").is_empty());
    let at_the_edge =
        study().with(finding("relapse").share("0%").ci("0", "12%")).with(finding("death").share("3%").ci("0", "12%"));
    assert!(at_the_edge.rows("interval.duplicate").is_empty());
    let range = finding("death").share("33%").within(IntervalKind::Range, "20", "45%");
    assert!(first().with(range).rows("interval.duplicate").is_empty());
}
