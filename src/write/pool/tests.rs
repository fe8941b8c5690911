use crate::model::{
    Analysis, Basis, Finding, FindingId, Group, GroupId, GroupKind, Interval, IntervalKind, Measure, Quantity, Record,
    Role, RoleBy, Unit, Verdict,
};
use crate::write::sample;

use super::{Context, Pair, pairs, ratios, shares, survival};

/// An arm of this size.
fn arm(number: usize, role: Role, n: f64) -> Group {
    Group {
        id: GroupId::of(number),
        kind: GroupKind::Arm,
        role: Some(role),
        role_by: Some(RoleBy::Cue),
        basis: None,
        label: format!("arm {}", number + 1),
        n: Some(number_of(n)),
        also_at: Vec::new(),
        parent: None,
        at: sample::span(0, 3),
    }
}

fn number_of(n: f64) -> Quantity {
    sample::quantity(n, 0, None)
}

/// Complete remission in an arm: x, a percentage, or both.
fn remission(group: usize, events: Option<f64>, percent: Option<f64>) -> Finding {
    let mut finding = sample::finding(1, Some("complete_remission"), Measure::Proportion, "31 of 40");
    finding.group = Some(GroupId::of(group));
    finding.events = events.map(number_of);
    finding.estimate = percent.map(|percent| sample::quantity(percent, 0, Some(Unit::Percent)));
    finding
}

fn record(groups: Vec<Group>, findings: Vec<Finding>) -> Record {
    let findings = findings.into_iter().enumerate().map(|(k, f)| Finding { id: FindingId::of(k), ..f }).collect();
    Record { groups, findings, checks: Vec::new(), ..sample::record() }
}

fn context(record: &Record, include_inconsistent: bool) -> Context<'_> {
    Context::new(record, "A, 2021".to_owned(), include_inconsistent)
}

/// x, n, and the reason why there is none, of a single share.
fn only_share(n: f64, finding: Finding) -> (Option<f64>, bool, Option<String>) {
    let record = record(vec![arm(0, Role::Intervention, n)], vec![finding]);
    let mut all = shares(&context(&record, false));
    assert_eq!(all.len(), 1);
    let share = all.remove(0);
    assert_eq!(share.xi.is_some(), share.ni.is_some());
    (share.xi, share.derived, share.withheld)
}

#[test]
fn a_count_is_derived_only_where_one_whole_number_alone_gives_the_percentage() {
    assert_eq!(only_share(80.0, remission(0, None, Some(40.0))), (Some(32.0), true, None));
    let (xi, _, why) = only_share(300.0, remission(0, None, Some(40.0)));
    assert_eq!((xi, why.as_deref()), (None, Some("119 to 121 of 300 give 40%")));
    let (xi, _, why) = only_share(15.0, remission(0, None, Some(44.0)));
    assert_eq!((xi, why.as_deref()), (None, Some("no whole number of 15 gives 44%")));
    let unknown = Finding {
        outcome: crate::model::Outcome { id: None, text: "x".into(), at: None },
        ..remission(0, None, Some(40.0))
    };
    assert!(only_share(80.0, unknown).2.is_some_and(|why| why.contains("not known")));
}

#[test]
fn a_count_that_is_printed_is_not_derived_and_must_be_of_the_group() {
    assert_eq!(only_share(40.0, remission(0, Some(31.0), Some(78.0))), (Some(31.0), false, None));
    // 2 of 34 is 6%: the 7% are of others.
    let (xi, _, why) = only_share(34.0, remission(0, Some(2.0), Some(7.0)));
    assert!(xi.is_none() && why.is_some_and(|why| why.contains("others were looked at")));
    let (xi, _, why) = only_share(34.0, remission(0, Some(50.0), None));
    assert!(xi.is_none() && why.is_some_and(|why| why.contains("episodes")));
}

#[test]
fn survival_is_no_share_of_people() {
    let mut estimate = remission(0, None, Some(61.0));
    estimate.measure = Measure::SurvivalProbability;
    let mut told_as_share = remission(0, Some(24.0), Some(60.0));
    told_as_share.outcome.id = Some("overall_survival".into());
    let record = record(vec![arm(0, Role::Intervention, 40.0)], vec![estimate, told_as_share]);
    assert!(shares(&context(&record, false)).is_empty());
    assert_eq!(survival(&context(&record, false)).len(), 2);
}

/// Labels and numbers of each pair.
fn told(pairs: &[Pair]) -> Vec<String> {
    let side = |share: &super::Share| {
        format!(
            "{} {:?}/{:?}",
            share.group.expect("a share is of a group").label,
            share.xi.unwrap_or(-1.0),
            share.ni.unwrap_or(-1.0)
        )
    };
    pairs.iter().map(|pair| format!("{} v {} [{}]", side(pair.first), side(pair.second), pair.shared)).collect()
}

#[test]
fn an_arm_of_several_comparisons_is_named() {
    let groups = vec![arm(0, Role::Intervention, 40.0), arm(1, Role::Intervention, 41.0), arm(2, Role::Control, 42.0)];
    let findings = vec![remission(0, Some(20.0), None), remission(1, Some(21.0), None), remission(2, Some(10.0), None)];
    let record = record(groups, findings);
    let context = context(&record, false);
    let all = shares(&context);
    assert_eq!(
        told(&pairs(&context, &all)),
        ["arm 1 20.0/40.0 v arm 3 10.0/42.0 [arm 3]", "arm 2 21.0/41.0 v arm 3 10.0/42.0 [arm 3]"]
    );
}

#[test]
fn denominators_that_differ_are_kept_apart() {
    let groups = vec![arm(0, Role::Intervention, 40.0), arm(1, Role::Control, 42.0)];
    let of = |analysis, group, events| Finding { analysis: Some(analysis), ..remission(group, Some(events), None) };
    let findings = vec![
        of(Analysis::Itt, 0, 20.0),
        of(Analysis::Safety, 0, 19.0),
        of(Analysis::Itt, 1, 10.0),
        of(Analysis::Safety, 1, 9.0),
    ];
    let record = record(groups, findings);
    let context = context(&record, false);
    let all = shares(&context);
    assert_eq!(
        told(&pairs(&context, &all)),
        ["arm 1 20.0/40.0 v arm 2 10.0/42.0 []", "arm 1 19.0/40.0 v arm 2 9.0/42.0 []"]
    );
}

#[test]
fn a_size_that_counts_otherwise_has_no_partner() {
    let mut groups = vec![arm(0, Role::Intervention, 40.0), arm(1, Role::Control, 42.0)];
    (groups[0].basis, groups[1].basis) = (Some(Basis::Randomised), Some(Basis::Treated));
    let record = record(groups, vec![remission(0, Some(20.0), None), remission(1, Some(10.0), None)]);
    let context = context(&record, false);
    assert!(pairs(&context, &shares(&context)).is_empty());
}

#[test]
fn two_results_of_an_arm_are_not_chosen_from() {
    let groups = vec![arm(0, Role::Intervention, 40.0), arm(1, Role::Control, 42.0)];
    let findings = vec![remission(0, Some(20.0), None), remission(0, Some(22.0), None), remission(1, Some(10.0), None)];
    let record = record(groups, findings);
    let context = context(&record, false);
    let all = shares(&context);
    let pairs = pairs(&context, &all);
    assert_eq!(pairs.len(), 1);
    assert_eq!(pairs[0].withheld.as_deref(), Some("an arm has two results for this"));
}

fn hazard(group: Option<usize>, comparator: Option<usize>) -> Finding {
    let mut finding = sample::finding(1, Some("overall_survival"), Measure::HazardRatio, "HR 0.62");
    (finding.group, finding.comparator) = (group.map(GroupId::of), comparator.map(GroupId::of));
    finding.estimate = Some(sample::quantity(0.62, 2, None));
    finding.interval = Some(Interval {
        kind: IntervalKind::Ci,
        level: Some(95.0),
        low: Some(sample::quantity(0.41, 2, None)),
        high: Some(sample::quantity(0.94, 2, None)),
        at: sample::span(0, 3),
    });
    finding
}

#[test]
fn a_ratio_keeps_its_direction_and_needs_both_groups() {
    let groups = || vec![arm(0, Role::Intervention, 40.0), arm(1, Role::Control, 42.0)];
    let turned = record(groups(), vec![hazard(Some(1), Some(0)), hazard(Some(0), None)]);
    let all = ratios(&context(&turned, false));
    assert_eq!(all[0].group.map(|group| group.label.as_str()), Some("arm 2"));
    assert_eq!(all[0].reference.map(|group| group.label.as_str()), Some("arm 1"));
    let log = all[0].log.expect("a ratio has a log");
    assert!((log.estimate - 0.62f64.ln()).abs() < 1e-12);
    // log(0.94 / 0.41) / (2 * 1.959964), by hand.
    assert!((log.error - 0.211_667_6).abs() < 1e-6, "{}", log.error);
    assert!(all[1].log.is_none() && all[1].withheld.as_deref().is_some_and(|why| why.contains("not clear")));
}

#[test]
fn what_is_inconsistent_is_withheld_unless_asked_for() {
    let mut record = record(vec![arm(0, Role::Intervention, 40.0)], vec![remission(0, Some(31.0), Some(78.0))]);
    record.checks = vec![sample::check("proportion.percent", Verdict::Inconsistent, &[1], "31 of 40 is 77.5%.")];
    let withheld = shares(&context(&record, false)).remove(0);
    assert_eq!(withheld.withheld.as_deref(), Some("inconsistent (proportion.percent: 31 of 40 is 77.5%.)"));
    assert!(withheld.xi.is_none() && withheld.percent.is_some());
    let included = shares(&context(&record, true)).remove(0);
    assert_eq!((included.xi, included.verdict, included.withheld), (Some(31.0), "inconsistent", None));
}
