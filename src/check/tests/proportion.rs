//! Percentages, counts and their intervals.

use super::build::{finding, study};
use crate::model::{BoundBy, DesignKind, Measure, Verdict};

const RESPONSE: &str = "overall_response";

#[test]
fn a_total_printed_beside_the_events_settles_the_percentage() {
    let printed = |share: &str| study().all(118).with(finding(RESPONSE).share(share).events("71").total("118"));
    assert_eq!(printed("60%").verdict("proportion.percent"), Verdict::Consistent);
    assert_eq!(printed("60.2%").verdict("proportion.percent"), Verdict::Consistent);
    assert_eq!(printed("0.60 fraction").verdict("proportion.percent"), Verdict::Consistent);
    let row = printed("65%").row("proportion.percent");
    assert_eq!(row.verdict, Verdict::Inconsistent);
    assert_eq!(
        row.message,
        "71 of 118 is 60.2%, printed as 65%; 65% of 118 would be 77; 71 would fit a total of 109 or 110."
    );
}

#[test]
fn ties_may_be_rounded_either_way_and_digits_cut_off_are_suspicious() {
    let of_eight = |share: &str| study().with(finding(RESPONSE).share(share).events("1").total("8"));
    assert_eq!(of_eight("12%").verdict("proportion.percent"), Verdict::Consistent);
    assert_eq!(of_eight("13%").verdict("proportion.percent"), Verdict::Consistent);
    let cut_off = study().with(finding(RESPONSE).share("66%").events("2").total("3"));
    assert_eq!(cut_off.verdict("proportion.percent"), Verdict::Suspicious);
}

#[test]
fn an_inherited_size_is_no_proof() {
    let row = study()
        .all(50)
        .part("evaluable", 40)
        .with(finding(RESPONSE).share("25%").events("10"))
        .row("proportion.percent");
    assert_eq!(row.verdict, Verdict::Suspicious);
    assert!(row.message.contains("10 of 40, a size also given, would fit"), "{}", row.message);
    let by_fit = finding(RESPONSE).share("25%").events("10").change(|f| f.bound_by = Some(BoundBy::Arithmetic));
    assert_eq!(study().all(50).with(by_fit).verdict("proportion.percent"), Verdict::NotCheckable);
    let nobody = finding(RESPONSE).share("25%").events("10").change(|f| f.group = None);
    assert_eq!(study().all(50).with(nobody).verdict("proportion.percent"), Verdict::NotCheckable);
}

#[test]
fn words_beside_the_number_stop_it_and_words_of_another_finding_do_not() {
    let two = || {
        study()
            .all(118)
            .with(finding(RESPONSE).share("65%").events("71").total("118").sentence(0))
            .with(finding(RESPONSE).ratio(Measure::OddsRatio, "1.5").sentence(0))
    };
    assert_eq!(two().cue("adjusted", 0).verdict("proportion.percent"), Verdict::NotCheckable);
    assert_eq!(two().cue_in("adjusted", 1).verdict("proportion.percent"), Verdict::NotCheckable);
    assert_eq!(two().cue_in("adjusted", 2).verdict("proportion.percent"), Verdict::Inconsistent);
    assert_eq!(two().cue("adjusted", 7).verdict("proportion.percent"), Verdict::Inconsistent);
    assert_eq!(two().cue_throughout("adjusted").verdict("proportion.percent"), Verdict::Inconsistent);
    assert_eq!(two().cue_throughout("weighted").verdict("proportion.percent"), Verdict::NotCheckable);
}

#[test]
fn a_row_says_what_stopped_it_only_on_request() {
    let stopped = study().all(118).with(finding(RESPONSE).share("65%").events("71").total("118")).cue("weighted", 0);
    let row = stopped.row("proportion.percent");
    assert_eq!(row.why.as_deref(), Some("the word \u{201c}weighted\u{201d}"));
    assert!(crate::check::check(&stopped.record, &super::build::thresholds(), false).is_empty());
}

#[test]
fn a_percentage_that_no_count_gives() {
    let of = |share: &str| study().all(27).with(finding(RESPONSE).share(share));
    assert_eq!(of("41%").verdict("proportion.feasible"), Verdict::Consistent);
    let row = of("42%").row("proportion.feasible");
    assert_eq!(row.verdict, Verdict::Inconsistent);
    assert_eq!(
        row.message,
        "No whole number of people out of 27 (the size of \u{201c}patients\u{201d}) is 42%: 11 is 40.7% and 12 is 44.4%; \
         of fewer people, 26, 24 and 19 would fit."
    );
    assert!(study().all(100).with(finding(RESPONSE).share("42%")).rows("proportion.feasible").is_empty());
}

#[test]
fn a_percentage_may_be_of_other_people() {
    let of = || study().all(27).with(finding(RESPONSE).share("42%"));
    assert_eq!(of().cue("evaluable", 5).verdict("proportion.feasible"), Verdict::Suspicious);
    assert_eq!(of().part("responders", 20).verdict("proportion.feasible"), Verdict::Suspicious);
    let beside_a_count = of().with(finding("infection").count("19"));
    assert_eq!(beside_a_count.verdict("proportion.feasible"), Verdict::Suspicious);
    assert_eq!(of().designed(DesignKind::MetaAnalysis).verdict("proportion.feasible"), Verdict::NotCheckable);
    let unknown = study().all(27).with(finding("").share("42%"));
    assert_eq!(unknown.verdict("proportion.feasible"), Verdict::NotCheckable);
    let over_time = study().all(27).with(finding("relapse").share("42%"));
    assert_eq!(over_time.verdict("proportion.feasible"), Verdict::NotCheckable);
}

#[test]
fn an_interval_names_exactly_the_methods_that_fit() {
    // Sets of methods from statsmodels 0.15.0 and scipy 1.17.1 (wald_cc by its formula).
    let cases: [([&str; 5], &[&str]); 5] = [
        (["11", "38", "28.9%", "17.0", "44.8"], &["wilson"]),
        (["37", "74", "50%", "39", "61"], &["wald", "wilson", "agresti_coull", "jeffreys"]),
        (["14", "28", "50.0%", "29.7", "70.3"], &["wald_cc"]),
        (["7", "33", "21.2%", "9.0", "38.9"], &["clopper_pearson"]),
        (["97", "131", "74%", "66", "81"], &["wilson", "wilson_cc", "clopper_pearson", "agresti_coull", "jeffreys"]),
    ];
    for ([x, n, share, low, high], methods) in cases {
        let row = study().with(finding(RESPONSE).share(share).events(x).total(n).ci(low, high)).row("proportion.ci");
        assert_eq!((row.verdict, row.methods.as_slice()), (Verdict::Consistent, methods), "{x}/{n}: {}", row.message);
    }
}

#[test]
fn an_interval_that_no_method_gives() {
    let of = |low: &str, high: &str| {
        study().all(51).with(finding(RESPONSE).share("56.9%").events("29").total("51").ci(low, high))
    };
    assert_eq!(of("48.0", "65.0%").verdict("proportion.ci"), Verdict::Inconsistent);
    let ninety = of("45.5", "68.3%").row("proportion.ci");
    assert_eq!(ninety.verdict, Verdict::Inconsistent);
    assert!(ninety.message.contains("it would fit a level of 90%"), "{}", ninety.message);
    assert_eq!(of("48.0", "65.0%").cue("one_sided", 0).verdict("proportion.ci"), Verdict::NotCheckable);
    assert_eq!(of("48.0", "65.0%").cue_throughout("simon").verdict("proportion.ci"), Verdict::NotCheckable);
    let unstated_level = finding(RESPONSE).share("56.9%").events("29").total("51").ci("48.0", "65.0%");
    let unstated_level = unstated_level.bracket(|interval| interval.level = None);
    assert_eq!(study().with(unstated_level).verdict("proportion.ci"), Verdict::Suspicious);
}

#[test]
fn an_interval_beside_a_percentage_alone() {
    let of = |low: &str, high: &str| study().all(51).with(finding(RESPONSE).share("57%").ci(low, high));
    assert_eq!(of("42", "71%").row("proportion.ci").methods, ["wald_cc", "clopper_pearson"]);
    assert_eq!(of("48", "65%").verdict("proportion.ci"), Verdict::Inconsistent);
    assert_eq!(of("48", "65%").part("younger", 30).verdict("proportion.ci"), Verdict::Suspicious);
    let over_time = study().all(51).with(finding("relapse").share("57%").ci("48", "65%"));
    assert_eq!(over_time.verdict("proportion.ci"), Verdict::NotCheckable);
}

#[test]
fn nobody_and_everybody_have_intervals_too() {
    let none = study().with(finding("death").share("0%").events("0").total("20").ci("0", "17%"));
    assert_eq!(none.row("proportion.ci").methods, ["clopper_pearson"]);
    let all = study().with(finding(RESPONSE).share("100%").events("20").total("20").ci("83", "100%"));
    assert_eq!(all.row("proportion.ci").methods, ["clopper_pearson"]);
}

#[test]
fn a_million_people_are_checked_as_well() {
    let row = study().with(finding("infection").share("1.00%").events("10000").total("1000000").ci("0.98", "1.02%"));
    assert_eq!(row.row("proportion.ci").methods.len(), 7);
    let by_percent = study().all(1_000_000).with(finding("infection").share("1%").ci("0.9", "1.1%"));
    assert_eq!(by_percent.verdict("proportion.ci"), Verdict::Consistent);
}
