//! The case that the catalogue was written around: one abstract with most of what can be read from a small trial.

use super::build::{Study, finding, study};
use crate::model::{Check, Verdict};

/// 43 people; 34 in remission, of whom 32 without a second transplant are followed.
fn small_trial() -> Study {
    let followed = |study: Study| {
        study
            .with(finding("relapse").incidence("41%", "1 year").ci("25", "62%").group(2).sentence(6))
            .with(finding("event_free_survival").survival("59%", "1 year").ci("37", "81%").group(2).sentence(6))
            .with(finding("overall_survival").survival("59%", "1 year").group(2).sharing())
    };
    followed(
        study()
            .all(43)
            .part("people with complete remission who had no second transplant", 32)
            .with(finding("complete_remission").share("79%").events("34").ci("66", "92%"))
            .with(finding("cytokine_release_syndrome").share("88%").events("38").ci("78", "98%"))
            .with(finding("cytokine_release_syndrome").count("7").grade(Some(3), None).sentence(1))
            .with(finding("death").count("2"))
            .with(finding("icans").share("21%").events("9").ci("8", "34%").grade(None, Some(2)))
            .with(finding("acute_gvhd").count("2").grade(None, Some(2)))
            .with(finding("event_free_survival").survival("43%", "1 year").ci("25", "62%"))
            .with(finding("overall_survival").survival("43%", "1 year").sharing()),
    )
}

fn of_finding(rows: &[Check], finding: usize) -> Vec<&Check> {
    rows.iter().filter(|row| row.findings.first().map(|id| id.index() + 1) == Some(finding)).collect()
}

#[test]
fn counts_agree_with_their_percentages() {
    let rows = small_trial().rows("proportion.percent");
    let verdicts: Vec<Verdict> = rows.iter().map(|row| row.verdict).collect();
    assert_eq!(verdicts, [Verdict::Consistent; 3]);
    assert_eq!(rows[0].message, "34 of 43 (the size of \u{201c}patients\u{201d}) is 79.1%, printed as 79%.");
}

#[test]
fn two_intervals_are_wald_with_correction_and_one_is_a_unit_off() {
    let rows = small_trial().rows("proportion.ci");
    assert_eq!(of_finding(&rows, 1)[0].methods, ["wald_cc"]);
    assert_eq!(of_finding(&rows, 5)[0].methods, ["wald_cc"]);
    let odd = of_finding(&rows, 2)[0];
    assert_eq!((odd.verdict, odd.methods.as_slice()), (Verdict::Suspicious, &[][..]));
    assert!(odd.message.contains("Wald gives 78.8 to 98.0%, which differs at the lower limit"), "{}", odd.message);
    let corrected = "Wald with continuity correction gives 77.6 to 99.1%, which differs at the upper limit";
    assert!(odd.message.contains(corrected), "{}", odd.message);
    let method = small_trial().row("proportion.ci_method");
    assert_eq!((method.verdict, method.methods.as_slice()), (Verdict::Suspicious, &["wald_cc"][..]));
    assert!(method.message.contains("but not 78 to 98% of 88%"), "{}", method.message);
}

#[test]
fn one_interval_stands_on_two_estimates() {
    let row = small_trial().row("interval.duplicate");
    assert_eq!(row.verdict, Verdict::Suspicious);
    let ids: Vec<String> = row.findings.iter().map(ToString::to_string).collect();
    assert_eq!(ids, ["f7", "f8", "f9"]);
}

#[test]
fn relapse_and_survival_add_up_but_do_not_mirror() {
    let row = small_trial().row("survival.complement");
    assert_eq!(row.verdict, Verdict::Suspicious);
    let ids: Vec<String> = row.findings.iter().map(ToString::to_string).collect();
    assert_eq!(ids, ["f9", "f10", "f11"]);
    assert!(row.message.contains("the mirror of the first is 19 to 63%"), "{}", row.message);
}

#[test]
fn the_followed_are_within_the_responders() {
    let rows = small_trial().rows("counts.subset");
    let of_responders = of_finding(&rows, 1);
    assert_eq!(of_responders.len(), 1);
    assert_eq!(of_responders[0].verdict, Verdict::Consistent);
    assert_eq!(of_responders[0].groups.iter().map(ToString::to_string).collect::<Vec<_>>(), ["g1", "g2"]);
    assert!(of_responders[0].message.contains("of 32 is within the 34"), "{}", of_responders[0].message);
}

#[test]
fn nothing_is_called_inconsistent() {
    let rows = small_trial().checks();
    assert!(rows.iter().all(|row| row.verdict != Verdict::Inconsistent));
    let order: Vec<_> = rows.iter().map(|row| (row.findings.first().copied(), row.check.0)).collect();
    assert!(order.is_sorted());
}
