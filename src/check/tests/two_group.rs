//! Two groups side by side: tables, means and their p values.

use super::build::{Build, Study, finding, study};
use crate::model::{Measure, Verdict};

const RESPONSE: &str = "complete_remission";

fn table(outcome: &str, p: &str, total: bool) -> Study {
    let arm = |group: usize, share: &str, events: &str, n: &str| {
        let build = finding(outcome).share(share).events(events).group(group);
        if total { build.total(n) } else { build }
    };
    study()
        .arm("a", 120)
        .arm("b", 110)
        .with(arm(1, "55%", "66", "120").p(p))
        .with(arm(2, "32%", "35", "110").sharing_p())
}

#[test]
fn a_test_of_the_table_gives_the_p() {
    let row = table(RESPONSE, "<0.001", true).row("two_group.p_value");
    assert_eq!((row.verdict, row.methods.len()), (Verdict::Consistent, 5));
    // R 4.2.2: chi-square 0.00040, corrected 0.00066, Fisher 0.00052.
    assert_eq!(table(RESPONSE, "0.0007", true).row("two_group.p_value").methods, ["chi_square_yates"]);
    assert_eq!(table(RESPONSE, "0.43", true).verdict("two_group.p_value"), Verdict::Inconsistent);
    assert_eq!(table(RESPONSE, "0.04", true).verdict("two_group.p_value"), Verdict::Suspicious);
}

#[test]
fn a_p_of_other_means_is_not_judged() {
    let of = || table("death", "0.43", true);
    assert_eq!(of().cue_in("log_rank", 2).verdict("two_group.p_value"), Verdict::NotCheckable);
    assert_eq!(of().cue("stratified", 0).verdict("two_group.p_value"), Verdict::NotCheckable);
    assert_eq!(of().verdict("two_group.p_value"), Verdict::Suspicious);
    assert_eq!(table(RESPONSE, "0.43", false).verdict("two_group.p_value"), Verdict::Suspicious);
    let three = of().with(finding("death").share("10%").events("11").total("110").group(3).sharing_p());
    assert_eq!(three.verdict("two_group.p_value"), Verdict::NotCheckable);
    let mut named = table(RESPONSE, "0.43", true);
    for finding in &mut named.record.findings {
        finding.p.as_mut().expect("a p").test = Some("Cochran-Mantel-Haenszel".to_owned());
    }
    assert_eq!(named.verdict("two_group.p_value"), Verdict::NotCheckable);
}

fn with_ratio(measure: Measure, ratio: &str, adjusted: Option<bool>) -> Study {
    let arm = |group, share: &str, events: &str, total: &str| {
        finding(RESPONSE).share(share).events(events).total(total).group(group).sentence(0)
    };
    let build = finding(RESPONSE).ratio(measure, ratio).sentence(0).change(|f| f.adjusted = adjusted);
    study().arm("a", 120).arm("b", 110).with(arm(1, "55%", "66", "120")).with(arm(2, "32%", "35", "110")).with(build)
}

#[test]
fn a_table_gives_its_ratios() {
    let methods = |measure, ratio| with_ratio(measure, ratio, None).row("two_group.ratio").methods;
    assert_eq!(methods(Measure::RiskRatio, "1.73"), ["risk_ratio"]);
    assert_eq!(methods(Measure::RiskRatio, "0.58"), ["risk_ratio_inverted"]);
    assert_eq!(methods(Measure::OddsRatio, "2.62"), ["odds_ratio"]);
    assert_eq!(methods(Measure::OddsRatio, "2.6"), ["odds_ratio", "odds_ratio_conditional"]);
    let verdict = |adjusted| with_ratio(Measure::OddsRatio, "3.4", adjusted).verdict("two_group.ratio");
    assert_eq!(verdict(None), Verdict::Suspicious);
    assert_eq!(verdict(Some(false)), Verdict::Inconsistent);
    assert_eq!(verdict(Some(true)), Verdict::NotCheckable);
}

fn means(p: &str) -> Study {
    study()
        .arm("a", 40)
        .arm("b", 35)
        .with(finding("pain").mean("5.2", "1.3").group(1).p(p))
        .with(finding("pain").mean("4.6", "1.9").group(2).sharing_p())
}

#[test]
fn t_tests_give_the_p_of_two_means() {
    let row = means("0.12").row("means.p_value");
    assert_eq!((row.verdict, row.methods.as_slice()), (Verdict::Consistent, &["student", "welch"][..]));
    assert_eq!(means("0.81").verdict("means.p_value"), Verdict::Suspicious);
    assert_eq!(means("0.81").cue_throughout("ancova").verdict("means.p_value"), Verdict::NotCheckable);
    let unsaid = |p: &str| {
        let mut study = means(p);
        for finding in &mut study.record.findings {
            finding.spread.as_mut().expect("a spread").kind = None;
        }
        study.verdict("means.p_value")
    };
    assert_eq!(unsaid("0.12"), Verdict::Consistent);
    // As standard errors the same numbers give a p of about 0.8.
    assert_eq!(unsaid("0.80"), Verdict::Consistent);
}

fn infusions(mean: &str, sd: &str, n: u32) -> Build {
    finding("")
        .words("number of infusions")
        .mean(mean, sd)
        .change(|f| f.group = Some(crate::model::GroupId::of(0)))
        .versus(n as usize)
}

#[test]
fn whole_numbers_have_whole_sums() {
    let of = |mean: &str, sd: &str| study().all(12).with(infusions(mean, sd, 2)).row("means.grim");
    let row = of("2.17", "1.40");
    assert_eq!((row.verdict, row.methods.as_slice()), (Verdict::Consistent, &["grim", "grimmer"][..]));
    assert_eq!(of("2.15", "1.40").verdict, Verdict::Suspicious);
    assert_eq!(of("2.17", "0.12").verdict, Verdict::Suspicious);
    let score = study().all(12).with(finding("quality_of_life").mean("2.15", "1.40"));
    assert!(score.rows("means.grim").is_empty());
}
