//! `survival.complement`: survival and incidence that add up to 100 % have intervals of one standard error.
//!
//! The trick is that every printed limit gives the standard error back, as a range, on the scale that its interval was
//! made on; the two intervals agree if some pair of scales leaves a standard error that both allow.

use crate::model::{Finding, Measure, Verdict};

use super::alike::{same_people, same_time};
use super::catalogue::SURVIVAL_COMPLEMENT;
use super::interval::Bracket;
use super::methods::SurvivalTransform;
use super::phrase;
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::{Print, Study};

/// Judges every survival probability with the incidence that completes it.
pub fn check(study: &Study, sheet: &mut Sheet) {
    let prints = study.prints();
    for survival in prints.iter().filter(|print| print.lead().measure == Measure::SurvivalProbability) {
        for incidence in prints.iter().filter(|print| print.lead().measure == Measure::CumulativeIncidence) {
            if let Some((s, f)) = complementary(study, survival, incidence) {
                complement_row(study, sheet, survival, incidence, s, f);
            }
        }
    }
}

/// Both brackets, where the two numbers are of the same people at the same time and add up to 100 %.
fn complementary(study: &Study, survival: &Print, incidence: &Print) -> Option<(Bracket, Bracket)> {
    let (alive, failed) = (survival.lead(), incidence.lead());
    let pairs = &study.thresholds.outcomes.complements;
    let paired = survival
        .findings
        .iter()
        .any(|f| pairs.iter().any(|[a, b]| f.outcome.id.as_ref() == Some(a) && failed.outcome.id.as_ref() == Some(b)));
    if !paired || !same_people(alive, failed) || !same_time(alive, failed) {
        return None;
    }
    let (s, f) = (Bracket::of(alive)?, Bracket::of(failed)?);
    let sum = s.estimate.range().plus(f.estimate.range());
    let open = |bracket: Bracket| bracket.estimate.value > 0.0 && bracket.estimate.value < 100.0;
    (sum.meets(Range::point(100.0)) && open(s) && s.is_ordered() && f.is_ordered()).then_some((s, f))
}

fn complement_row(study: &Study, sheet: &mut Sheet, survival: &Print, incidence: &Print, s: Bracket, f: Bracket) {
    let both: Vec<&Finding> = survival.findings.iter().chain(&incidence.findings).copied().collect();
    if let Some(why) = study.why_not(SURVIVAL_COMPLEMENT, &both) {
        return sheet.stop(SURVIVAL_COMPLEMENT, &both, why);
    }
    let (Some(alive), Some(failed)) = (&survival.lead().interval, &incidence.lead().interval) else { return };
    let mirror = Range { low: 100.0 - s.limits.high.value, high: 100.0 - s.limits.low.value };
    let exact = s.limits.low.range().plus(f.limits.high.range()).meets(Range::point(100.0))
        && s.limits.high.range().plus(f.limits.low.range()).meets(Range::point(100.0));
    let methods = shared_scales(s, f);
    let (Some(s_printed), Some(f_printed)) = (&survival.lead().estimate, &incidence.lead().estimate) else {
        return;
    };
    let claim = format!(
        "{} of {} ({}) and {} of {} ({}) add up to 100%",
        phrase::outcomes(&survival.findings),
        phrase::printed(s_printed),
        phrase::limits(alive),
        phrase::outcomes(&incidence.findings),
        phrase::printed(f_printed),
        phrase::limits(failed)
    );
    if !exact && methods.is_empty() && !both.iter().all(|f| study.is_firmly_bound(f)) {
        let why = "it is not certain that both numbers are of the same people";
        return sheet.stop(SURVIVAL_COMPLEMENT, &both, why);
    }
    let decimals = usize::from(s_printed.decimals);
    let (verdict, message) = if exact {
        (Verdict::Consistent, format!("{claim}, and so do their limits."))
    } else if methods.is_empty() {
        let told = format!("the mirror of the first is {:.*} to {:.*}%", decimals, mirror.low, decimals, mirror.high);
        (
            Verdict::Suspicious,
            format!("{claim}, but their intervals do not mirror: {told}, and no pair of scales explains both."),
        )
    } else {
        let names = methods.join(", ").replace('_', "-");
        (Verdict::Consistent, format!("{claim}, and one standard error explains both intervals (scales: {names})."))
    };
    let row = Row::new(SURVIVAL_COMPLEMENT, verdict, message).findings(&both);
    sheet.push(row.reported_limits(failed).expected(mirror).methods(methods));
}

/// The scales that take part in some pair under which one standard error explains both intervals. The incidence may
/// have been made on its own scale or turned round from the survival's.
fn shared_scales(s: Bracket, f: Bracket) -> Vec<&'static str> {
    let turned = [s.limits.low, s.limits.high, s.estimate].map(|n| n.range().times(0.01));
    let own = [f.limits.low, f.limits.high, f.estimate].map(|n| n.range().times(0.01));
    let mirrored = [own[1], own[0], own[2]].map(|range| Range::point(1.0).minus(range));
    let mut names = Vec::new();
    for of_survival in SurvivalTransform::ALL {
        let Some(error) = standard_error(of_survival, turned) else { continue };
        for of_incidence in SurvivalTransform::ALL {
            let errors = [standard_error(of_incidence, own), standard_error(of_incidence, mirrored)];
            if errors.into_iter().flatten().any(|other| error.meets(other)) {
                names.extend([of_survival.name(), of_incidence.name()]);
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// The standard errors (times z) that lower and upper limit both allow on a scale; none where no one does.
fn standard_error(transform: SurvivalTransform, [low, high, estimate]: [Range; 3]) -> Option<Range> {
    let scaled = |range: Range| range.map(|s| transform.scale(s.clamp(1e-9, 1.0 - 1e-9)));
    let middle = estimate.map(|s| s.clamp(1e-9, 1.0 - 1e-9));
    let (a, b) = (transform.slope(middle.low), transform.slope(middle.high));
    let slope = Range::between(a, b);
    let down = scaled(estimate).minus(scaled(low)).over(slope);
    let up = scaled(high).minus(scaled(estimate)).over(slope);
    // A limit at an edge was clipped, so it says only that the error is at least so large.
    let down = if low.low <= 0.0 { Range { high: f64::INFINITY, ..down } } else { down };
    let up = if high.high >= 1.0 { Range { high: f64::INFINITY, ..up } } else { up };
    down.intersection(up)
}
