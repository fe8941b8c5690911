//! Medians, follow-up, lists that share out everyone, numbers told again, p values.

use super::build::{Study, finding, study};
use crate::model::{FindingId, IntervalKind, Verdict};

fn follow_up(median: &str, low: &str, high: &str) -> Study {
    study().all(60).with(finding("follow_up").median(median).within(IntervalKind::Range, low, high))
}

#[test]
fn a_median_lies_within_its_range() {
    assert_eq!(follow_up("42 month", "17", "66").verdict("median.order"), Verdict::Consistent);
    assert_eq!(follow_up("71 month", "17", "66").verdict("median.order"), Verdict::Inconsistent);
    assert_eq!(follow_up("42 month", "66", "17").verdict("median.order"), Verdict::Inconsistent);
    assert_eq!(follow_up("3.5 year", "17 month", "66 month").verdict("median.order"), Verdict::Consistent);
    assert_eq!(follow_up("5.9 year", "17 month", "66 month").verdict("median.order"), Verdict::Inconsistent);
    assert_eq!(follow_up("42 month", "17%", "66%").verdict("median.order"), Verdict::NotCheckable);
    assert_eq!(follow_up("71 month", "17", "66+").verdict("median.order"), Verdict::Consistent);
}

#[test]
fn quartiles_lie_within_the_range() {
    let both = |low: &str, high: &str| {
        let mut study = study().all(60);
        study = study.with(finding("follow_up").median("42 month").within(IntervalKind::Iqr, "30", "50"));
        study = study.with(finding("follow_up").median("42 month").within(IntervalKind::Range, low, high));
        let at = study.record.findings[0].estimate.as_ref().expect("an estimate").at;
        study.record.findings[1].estimate.as_mut().expect("an estimate").at = at;
        study
            .rows("median.order")
            .into_iter()
            .filter(|row| row.findings.len() == 2)
            .map(|row| row.verdict)
            .collect::<Vec<_>>()
    };
    assert_eq!(both("12", "66"), [Verdict::Consistent]);
    assert_eq!(both("35", "66"), [Verdict::Inconsistent]);
}

#[test]
fn nothing_is_estimated_beyond_the_longest_follow_up() {
    let at = |time: &str| follow_up("22 month", "3", "48").with(finding("overall_survival").survival("60%", time));
    assert_eq!(at("2 year").verdict("follow_up.horizon"), Verdict::Consistent);
    assert_eq!(at("4 year").verdict("follow_up.horizon"), Verdict::Consistent);
    assert_eq!(at("5 year").verdict("follow_up.horizon"), Verdict::Suspicious);
}

#[test]
fn best_responses_share_out_everyone() {
    let of = |progression: &str| {
        let share = |outcome: &str, value: &str| finding(outcome).share(value).sentence(0);
        study()
            .all(40)
            .with(share("complete_remission", "22%"))
            .with(share("partial_response", "31%"))
            .with(share("stable_disease", "28%"))
            .with(share("progression", progression))
    };
    assert_eq!(of("20%").verdict("partition.percent"), Verdict::Consistent);
    assert_eq!(of("29%").verdict("partition.percent"), Verdict::Suspicious);
    assert_eq!(of("11%").cue("evaluable", 0).verdict("partition.percent"), Verdict::NotCheckable);
}

#[test]
fn a_number_told_again_is_the_same() {
    let again = |value: &str| {
        let repeat = finding("overall_response").share(value).change(|f| f.repeats = Some(FindingId::of(0)));
        study().all(61).with(finding("overall_response").share("68.9%").events("42")).with(repeat)
    };
    assert_eq!(again("69%").verdict("restatement.match"), Verdict::Consistent);
    assert_eq!(again("0.69 fraction").verdict("restatement.match"), Verdict::Consistent);
    assert_eq!(again("86%").verdict("restatement.match"), Verdict::Suspicious);
    // What is told again is checked only where it was told first.
    assert_eq!(again("86%").rows("proportion.percent").len(), 1);
}

#[test]
fn a_p_is_a_probability() {
    let of = |p: &str| study().with(finding("death").count("3").p(p)).verdict("p.range");
    assert_eq!(of("0.03"), Verdict::Consistent);
    assert_eq!(of("1.3"), Verdict::Inconsistent);
    assert_eq!(of("0.000"), Verdict::Suspicious);
    let shared =
        study().with(finding("death").count("3").p("0.03")).with(finding("death").count("9").group(2).sharing_p());
    assert_eq!(shared.row("p.range").findings.len(), 2);
}
