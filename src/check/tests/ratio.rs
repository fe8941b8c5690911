//! Ratios and differences with their intervals and p values.

use super::build::{Build, Study, finding, study};
use crate::model::{Direction, Measure, Verdict};

fn hazard(low: &str, high: &str, p: &str) -> Build {
    finding("death").ratio(Measure::HazardRatio, "0.62").ci(low, high).p(p)
}

fn one(build: Build) -> Study {
    study().all(200).with(build)
}

#[test]
fn the_interval_gives_the_p() {
    let row = one(hazard("0.44", "0.87", "0.006")).row("ratio.p_value");
    assert_eq!((row.verdict, row.methods.as_slice()), (Verdict::Consistent, &["z_two_sided"][..]));
    assert_eq!(one(hazard("0.44", "0.87", "<0.01")).verdict("ratio.p_value"), Verdict::Consistent);
    assert_eq!(one(hazard("0.44", "0.87", "0.003")).verdict("ratio.p_value"), Verdict::Suspicious);
    let row = one(hazard("0.44", "0.87", "0.41")).row("ratio.p_value");
    assert_eq!(row.verdict, Verdict::Inconsistent);
    assert!(
        row.message.starts_with("The hazard ratio of 0.62 (95% interval 0.44 to 0.87) gives p 0.00"),
        "{}",
        row.message
    );
}

#[test]
fn one_sided_p_values_fit_where_the_words_say_so() {
    let half = || hazard("0.44", "0.87", "0.003");
    assert_eq!(
        one(half().change(|f| f.p.as_mut().expect("a p").sided = Some(1))).verdict("ratio.p_value"),
        Verdict::Consistent
    );
    assert_eq!(one(half()).cue("one_sided", 0).verdict("ratio.p_value"), Verdict::Consistent);
}

#[test]
fn a_p_of_something_else_is_not_judged() {
    for kind in ["interaction", "trend", "non_inferiority", "heterogeneity"] {
        let study = one(hazard("0.44", "0.87", "0.41")).cue_in(kind, 1);
        assert_eq!(study.verdict("ratio.p_value"), Verdict::NotCheckable, "{kind}");
        assert_eq!(study.verdict("ratio.significance"), Verdict::NotCheckable, "{kind}");
    }
}

#[test]
fn a_p_of_another_test_must_be_far_off() {
    let log_rank = |p: &str| one(hazard("0.44", "0.87", p)).cue_throughout("log_rank").verdict("ratio.p_value");
    assert_eq!(log_rank("0.02"), Verdict::NotCheckable);
    assert_eq!(log_rank("0.41"), Verdict::Inconsistent);
    let of_the_values = study()
        .arm("a", 100)
        .arm("b", 100)
        .with(finding("overall_response").share("40%").group(1).p("0.02"))
        .with(finding("overall_response").ratio(Measure::OddsRatio, "0.62").ci("0.44", "0.87").sharing_p());
    assert_eq!(of_the_values.verdict("ratio.p_value"), Verdict::NotCheckable);
}

#[test]
fn a_broken_interval_gives_no_p() {
    assert!(one(hazard("0.65", "0.87", "0.41")).rows("ratio.p_value").is_empty());
    assert_eq!(one(hazard("0.44", "3.10", "0.41")).verdict("ratio.p_value"), Verdict::NotCheckable);
    assert_eq!(one(hazard("0.0", "0.87", "0.71")).verdict("ratio.p_value"), Verdict::Consistent);
}

#[test]
fn interval_and_p_decide_alike() {
    let significance = |study: Study| study.verdict("ratio.significance");
    assert_eq!(significance(one(hazard("0.44", "0.87", "0.006"))), Verdict::Consistent);
    assert_eq!(significance(one(hazard("0.44", "0.87", "0.41"))), Verdict::Inconsistent);
    assert_eq!(significance(one(hazard("0.38", "1.01", "0.045"))), Verdict::Suspicious);
    assert_eq!(significance(one(hazard("0.38", "1.01", "0.05"))), Verdict::Consistent);
    assert_eq!(significance(one(hazard("0.38", "1.00", "0.049"))), Verdict::Consistent);
}

#[test]
fn words_of_significance_count_where_no_p_is_printed() {
    let ratio = || one(finding("death").ratio(Measure::HazardRatio, "0.82").ci("0.60", "1.12"));
    assert!(ratio().rows("ratio.significance").is_empty());
    assert_eq!(ratio().cue("not_significant", 0).verdict("ratio.significance"), Verdict::Consistent);
    assert_eq!(ratio().cue("significant", 0).verdict("ratio.significance"), Verdict::Suspicious);
    assert!(ratio().cue("significant", 0).cue("not_significant", 0).rows("ratio.significance").is_empty());
}

fn with_survival(ratio: &str, low: &str, high: &str) -> Study {
    let outcome = "overall_survival";
    study()
        .arm("a", 90)
        .arm("b", 90)
        .with(finding(outcome).survival("71%", "2 year").group(1).sentence(0))
        .with(finding(outcome).survival("58%", "2 year").group(2).sentence(0))
        .with(finding(outcome).ratio(Measure::HazardRatio, ratio).ci(low, high).sentence(0))
}

#[test]
fn a_ratio_points_where_the_values_point() {
    assert_eq!(with_survival("0.60", "0.40", "0.90").verdict("ratio.direction"), Verdict::Consistent);
    assert_eq!(with_survival("1.60", "1.07", "2.40").verdict("ratio.direction"), Verdict::Suspicious);
    assert_eq!(with_survival("1.20", "0.80", "1.80").verdict("ratio.direction"), Verdict::NotCheckable);
}

#[test]
fn a_ratio_points_where_the_words_point() {
    let told = |outcome: &str, direction: Direction, ratio: &str, low: &str, high: &str| {
        let build = finding(outcome).ratio(Measure::HazardRatio, ratio).ci(low, high);
        one(build.change(|f| f.direction = Some(direction)))
    };
    let verdict = |study: Study| study.verdict("ratio.direction");
    assert_eq!(verdict(told("relapse", Direction::Decrease, "0.60", "0.40", "0.90")), Verdict::Consistent);
    assert_eq!(verdict(told("relapse", Direction::Decrease, "1.60", "1.07", "2.40")), Verdict::Suspicious);
    assert_eq!(verdict(told("overall_survival", Direction::Better, "0.60", "0.40", "0.90")), Verdict::Consistent);
    assert!(told("overall_survival", Direction::Decrease, "0.60", "0.40", "0.90").rows("ratio.direction").is_empty());
}

fn difference(estimate: &str) -> Study {
    let outcome = "overall_response";
    study()
        .arm("a", 80)
        .arm("b", 84)
        .with(finding(outcome).share("60%").events("48").total("80").group(1).sentence(0))
        .with(finding(outcome).share("45%").events("38").total("84").group(2).sentence(0))
        .with(finding(outcome).of(Measure::Difference, estimate).versus(2).sentence(0))
}

#[test]
fn a_difference_is_that_of_the_values() {
    assert_eq!(difference("15%").verdict("difference.value"), Verdict::Consistent);
    assert_eq!(difference("-15%").verdict("difference.value"), Verdict::Consistent);
    assert_eq!(difference("14.8%").verdict("difference.value"), Verdict::Consistent);
    assert_eq!(difference("19%").verdict("difference.value"), Verdict::Inconsistent);
    assert_eq!(difference("19%").cue_in("stratified", 3).verdict("difference.value"), Verdict::NotCheckable);
    let means = study()
        .arm("a", 40)
        .arm("b", 40)
        .with(finding("pain").mean("4.1", "1.0").group(1).sentence(0))
        .with(finding("pain").mean("5.0", "1.0").group(2).sentence(0))
        .with(finding("pain").of(Measure::Difference, "-1.4").versus(2).sentence(0));
    assert_eq!(means.verdict("difference.value"), Verdict::Suspicious);
}

#[test]
fn a_difference_gives_its_p() {
    let of = |p: &str| one(finding("pain").of(Measure::Difference, "-1.4").versus(2).ci("-2.5", "-0.3").p(p));
    assert_eq!(of("0.013").verdict("difference.p_value"), Verdict::Consistent);
    assert_eq!(of("0.51").verdict("difference.p_value"), Verdict::Inconsistent);
    assert_eq!(of("0.51").cue("non_inferiority", 0).verdict("difference.p_value"), Verdict::NotCheckable);
}
