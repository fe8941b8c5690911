//! What holds for every number: a report made from counts is consistent, and no record makes the checks stumble.

use proptest::prelude::*;

use super::build::{finding, number, study};
use crate::check::methods::{ProportionMethod, critical, two_sided};
use crate::model::*;

fn rounded(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counts_give_their_own_percentage(n in 1u32..100_000, share in 0.0..=1.0f64, decimals in 0usize..4) {
        let x = (share * f64::from(n)).round();
        let percent = format!("{}%", rounded(100.0 * x / f64::from(n), decimals));
        let build = finding("overall_response").share(&percent);
        let counted = study().all(n).with(build.events(&x.to_string()).total(&n.to_string()));
        prop_assert_eq!(counted.verdict("proportion.percent"), Verdict::Consistent);
        let alone = study().all(n).with(finding("overall_response").share(&percent)).rows("proportion.feasible");
        prop_assert!(alone.iter().all(|row| row.verdict == Verdict::Consistent));
    }

    #[test]
    fn an_interval_is_found_to_follow_its_method(n in 1u32..3000, share in 0.0..=1.0f64, decimals in 0usize..3, which in 0usize..7) {
        let method = ProportionMethod::ALL[which];
        let x = (share * f64::from(n)).round();
        let limits = method.limits(x, f64::from(n), 95.0).map(|end| end.clamp(0.0, 1.0));
        // Jeffreys' limit is by convention at the edge where nobody or everybody has the event.
        let (nobody, everybody) = (x < 0.5, x > f64::from(n) - 0.5);
        let limits = (if nobody { 0.0 } else { limits.low }, if everybody { 1.0 } else { limits.high });
        let percent = format!("{}%", rounded(100.0 * x / f64::from(n), decimals));
        let (low, high) = (rounded(100.0 * limits.0, decimals), rounded(100.0 * limits.1, decimals));
        let build = finding("overall_response").share(&percent).ci(&low, &format!("{high}%"));
        let row = study().all(n).with(build.events(&x.to_string()).total(&n.to_string())).row("proportion.ci");
        prop_assert!(row.methods.contains(&method.name()), "{}", row.message);
    }

    #[test]
    fn a_ratio_agrees_with_its_own_interval_and_p(log in -2.0..2.0f64, error in 0.02..0.8f64, decimals in 2usize..4) {
        let z = critical(95.0);
        let [low, estimate, high] = [log - z * error, log, log + z * error].map(|end| rounded(end.exp(), decimals));
        let p = rounded(two_sided(log / error), 3);
        let made = study().with(finding("death").ratio(Measure::HazardRatio, &estimate).ci(&low, &high).p(&p));
        for id in ["interval.order", "interval.symmetry", "ratio.p_value", "ratio.significance"] {
            prop_assert_eq!(made.verdict(id), Verdict::Consistent, "{}: {} ({}, {}) {}", id, estimate, low, high, p);
        }
    }

    #[test]
    fn no_record_makes_the_checks_stumble(findings in prop::collection::vec(any_finding(), 1..6), n in 0u32..2000, m in 1u32..50) {
        let mut record = study().all(n).arm("a", m).arm("b", m);
        for build in findings {
            record = record.with(build);
        }
        let rows = record.checks();
        for row in &rows {
            prop_assert_eq!(row.verdict == Verdict::NotCheckable, row.why.is_some());
            prop_assert!(row.message.ends_with('.'), "{}", row.message);
        }
        let order: Vec<_> = rows.iter().map(|row| (row.findings.first().copied(), row.check.0)).collect();
        prop_assert!(order.is_sorted());
    }
}

fn any_number() -> impl Strategy<Value = Quantity> {
    let values = prop_oneof![-5.0..120.0f64, Just(0.0), Just(1.0), Just(100.0), -1e12..1e12f64];
    let units = prop::sample::select(vec!["%", " fraction", " month", " year", ""]);
    (values, 0usize..6, prop::bool::weighted(0.5), units).prop_map(|(value, decimals, whole, unit)| {
        let value = if whole { value.round() } else { value };
        let decimals = if whole { 0 } else { decimals };
        number(&format!("{}{unit}", rounded(value, decimals)))
    })
}

fn any_finding() -> impl Strategy<Value = super::build::Build> {
    let outcomes = [
        "overall_response",
        "complete_remission",
        "death",
        "relapse",
        "overall_survival",
        "event_free_survival",
        "follow_up",
        "",
    ];
    let measures = [
        Measure::Count,
        Measure::Proportion,
        Measure::SurvivalProbability,
        Measure::CumulativeIncidence,
        Measure::Median,
        Measure::Mean,
        Measure::Difference,
        Measure::HazardRatio,
        Measure::OddsRatio,
        Measure::RiskRatio,
    ];
    let kinds = [IntervalKind::Ci, IntervalKind::Iqr, IntervalKind::Range, IntervalKind::Credible];
    let what = (prop::sample::select(outcomes.to_vec()), prop::sample::select(measures.to_vec()), 1usize..4);
    let numbers = (any_number(), prop::option::of(any_number()), prop::option::of(any_number()));
    let limits = prop::option::of((prop::sample::select(kinds.to_vec()), any_number(), any_number()));
    let rest = (prop::option::of(0u32..3), prop::option::of(0.0..1.2f64), any::<bool>());
    (what, numbers, limits, rest).prop_map(
        |((outcome, measure, group), (estimate, events, total), limits, (time, p, shares))| {
            let mut build =
                finding(outcome).group(group).versus(group % 3 + 1).sentence(u32::from(shares)).change(|f| {
                    f.measure = measure;
                    f.estimate = Some(estimate);
                    f.events = events;
                    f.total = total;
                });
            if let Some((kind, low, high)) = limits {
                build = build.within(kind, "0", "1").bracket(|interval| {
                    interval.low = Some(low);
                    interval.high = Some(high);
                });
            }
            if let Some(time) = time {
                build = build.time(&format!("{time} year"));
            }
            if let Some(p) = p {
                build = build.p(&rounded(p, 3)).mean_spread(shares);
            }
            build
        },
    )
}
