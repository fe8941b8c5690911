//! A printed p beside a recomputed one: how far apart, and what they decide.
//!
//! The trick is to measure the distance twice, as a factor and as a distance of normal deviates: a factor of two is much
//! at p = 0.3 and nothing at p = 0.0001, where tests of the same data differ by more.

use crate::model::{Finding, Op, PValue, Verdict};
use crate::rules::PValueLimits;

use super::methods::{critical, deviate, two_sided};
use super::printed::{USUAL_LEVEL, p_range};
use super::range::Range;
use super::study::Study;

/// How a printed p compares with a recomputed range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// Some number is what both may stand for.
    Meets,
    /// They differ by less than the limits.
    Near,
    /// They differ by more.
    Far,
}

/// Compares a printed p with a recomputed range; `factor` is by how much they may differ.
pub fn compare(limits: &PValueLimits, printed: Range, recomputed: Range, factor: f64) -> Agreement {
    if printed.meets(recomputed) {
        return Agreement::Meets;
    }
    let (small, large) =
        if printed.high < recomputed.low { (printed.high, recomputed.low) } else { (recomputed.high, printed.low) };
    let z_gap = deviate(small) - deviate(large);
    if large <= limits.floor || large <= small * factor || z_gap <= limits.z_gap {
        Agreement::Near
    } else {
        Agreement::Far
    }
}

/// The z values of an estimate whose interval has this width, both on the scale on which it is symmetric.
pub fn z_range(estimate: Range, width: Range, level: f64) -> Range {
    let standard_error = width.times(0.5 / critical(level));
    estimate.magnitude().over(standard_error)
}

/// The two-sided p values of a range of z.
pub fn p_of_z(z: Range) -> Range {
    Range::between(two_sided(z.high), two_sided(z.low))
}

/// The one-sided p values, in the direction of the estimate, that belong to a range of two-sided ones.
pub fn one_sided(two_sided: Range) -> Range {
    two_sided.times(0.5)
}

/// Whether a printed p is below the error that a level leaves; none where its digits leave that open.
pub fn is_significant(p: &PValue, doubled: bool, alpha: f64) -> Option<bool> {
    let range = p_range(p).times(if doubled { 2.0 } else { 1.0 });
    let below = matches!(p.op, Op::Less) && range.high <= alpha + 1e-12;
    let above = matches!(p.op, Op::Greater | Op::AtLeast) && range.low >= alpha - 1e-12;
    match (below || range.high < alpha - 1e-12, above || range.low > alpha + 1e-12) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// Whether the name of the test that gave a p holds one of these words; none where no test is named.
pub fn is_test_among(p: &PValue, names: &[String]) -> Option<bool> {
    let test = p.test.as_ref()?.to_lowercase();
    Some(names.iter().any(|name| test.contains(name.as_str())))
}

/// Why a p that is not far from the interval's is not called wrong.
pub const NEAR_OTHER_TEST: &str = "the p is of another test than the interval, and near to it";

/// What an interval says about a p printed beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// The sides under which the p agrees.
    pub methods: Vec<&'static str>,
    /// The two-sided p values that the interval allows.
    pub recomputed: Range,
}

/// Judges the p of a finding by the z of its interval.
pub fn judge(study: &Study, check: crate::model::CheckId, finding: &Finding, p: &PValue, z: Range) -> Judged {
    let limits = &study.thresholds.p_value;
    let (printed, recomputed) = (p_range(p), p_of_z(z));
    let level = finding.interval.as_ref().and_then(|interval| interval.level);
    let other_test = is_of_another_test(study, finding, p);
    let factor = if other_test { limits.other_test_factor } else { limits.factor };
    let two = compare(limits, printed, recomputed, factor);
    let one = compare(limits, printed, one_sided(recomputed), factor);
    let methods = [(two, "z_two_sided"), (one, "z_one_sided")];
    let methods: Vec<_> = methods.iter().filter(|(agreement, _)| *agreement == Agreement::Meets).map(|m| m.1).collect();
    let sided = p.sided == Some(1) || study.has_cue(&limits.one_sided_cues, finding);
    let decides_otherwise = || {
        let alpha = 1.0 - level.unwrap_or(USUAL_LEVEL) / 100.0;
        let of_interval = if recomputed.high < alpha { Some(true) } else { (recomputed.low > alpha).then_some(false) };
        of_interval.zip(is_significant(p, p.sided == Some(1), alpha)).is_some_and(|(a, b)| a != b)
    };
    let verdict = match two.min(one) {
        _ if two == Agreement::Meets => Verdict::Consistent,
        Agreement::Meets if sided => Verdict::Consistent,
        Agreement::Far if !other_test || decides_otherwise() => study.flag(check, level.is_some()),
        Agreement::Near if other_test && !decides_otherwise() => Verdict::NotCheckable,
        _ => Verdict::Suspicious,
    };
    Judged { verdict, methods, recomputed }
}

/// Whether a p comes from another test than the interval: named so, by words, or as the p of two groups' own values.
fn is_of_another_test(study: &Study, finding: &Finding, p: &PValue) -> bool {
    let limits = &study.thresholds.p_value;
    let named = is_test_among(p, &limits.interval_tests) == Some(false);
    let of_values = |other: &Finding| {
        other.id != finding.id && other.measure != finding.measure && other.p.as_ref().is_some_and(|q| q.at == p.at)
    };
    named || study.has_cue(&limits.other_test_cues, finding) || study.findings().any(of_values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::build::{finding, thresholds};

    fn p(text: &str) -> PValue {
        finding("death").p(text).done().p.expect("a p was given")
    }

    fn compared(printed: &str, recomputed: f64) -> Agreement {
        compare(&thresholds().p_value, p_range(&p(printed)), Range::point(recomputed), 2.0)
    }

    #[test]
    fn a_factor_counts_for_less_where_p_is_small() {
        assert_eq!(compared("0.031", 0.0313), Agreement::Meets);
        assert_eq!(compared("0.03", 0.05), Agreement::Near);
        assert_eq!(compared("0.03", 0.4), Agreement::Far);
        assert_eq!(compared("0.004", 0.0018), Agreement::Near);
        assert_eq!(compared("0.001", 1e-9), Agreement::Near);
        assert_eq!(compared("<0.001", 0.3), Agreement::Far);
    }

    #[test]
    fn a_p_decides_only_where_its_digits_do() {
        assert_eq!(is_significant(&p("0.04"), false, 0.05), Some(true));
        assert_eq!(is_significant(&p("0.05"), false, 0.05), None);
        assert_eq!(is_significant(&p("<0.05"), false, 0.05), Some(true));
        assert_eq!(is_significant(&p(">0.05"), false, 0.05), Some(false));
        assert_eq!(is_significant(&p("0.04"), true, 0.05), Some(false));
    }
}
