//! Ratios with their intervals: the p that follows, what both decide, and where the groups' own values point.

use crate::model::{Direction, Finding, IntervalKind, Measure, Op, PValue, Verdict};

use super::alike::{in_common_unit, same_grade, same_moment, same_outcome};
use super::catalogue::{RATIO_DIRECTION, RATIO_P_VALUE, RATIO_SIGNIFICANCE};
use super::interval::{Bracket, is_ratio};
use super::p_value::{Judged, NEAR_OTHER_TEST, is_significant, judge, p_of_z, z_range};
use super::phrase;
use super::printed::{OTHER_LEVELS, level, p_range};
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::{Print, Study, is_among};
use super::symmetry::LogBracket;

/// A ratio in order with its interval.
struct Case<'a> {
    print: Print<'a>,
    bracket: Bracket,
    level: f64,
}

/// Judges every ratio with a confidence interval.
pub fn check(study: &Study, sheet: &mut Sheet) {
    for print in study.prints() {
        let finding = print.lead();
        let ci = finding.interval.as_ref().filter(|interval| interval.kind == IntervalKind::Ci);
        let Some(interval) = ci.filter(|_| is_ratio(finding.measure)) else { continue };
        // An estimate outside its limits is for interval.order to say.
        let Some(bracket) = Bracket::of(finding).filter(|bracket| bracket.is_ordered()) else { continue };
        let case = Case { level: level(interval), print, bracket };
        let judged = p_value(study, sheet, &case);
        significance(study, sheet, &case, judged.as_ref());
        direction(study, sheet, &case);
    }
}

/// `ratio.p_value`: the z of the logarithm over its standard error gives the printed p.
fn p_value(study: &Study, sheet: &mut Sheet, case: &Case) -> Option<Judged> {
    let (finding, findings) = (case.print.lead(), &case.print.findings);
    let p = study.p_of(finding)?;
    if let Some(why) = study.why_not(RATIO_P_VALUE, findings) {
        sheet.stop(RATIO_P_VALUE, findings, why);
        return None;
    }
    let logs = LogBracket::of(case.bracket);
    if logs.off_middle() > study.thresholds.symmetry.log_width_share {
        sheet.stop(RATIO_P_VALUE, findings, "the interval is not symmetric about the estimate on the log scale");
        return None;
    }
    let judged = judge(study, RATIO_P_VALUE, finding, p, z_range(logs.estimate, logs.width(), case.level));
    if judged.verdict == Verdict::NotCheckable {
        sheet.stop(RATIO_P_VALUE, findings, NEAR_OTHER_TEST);
        return None;
    }
    let claim = claim(case)?;
    let range = phrase::p_between(judged.recomputed.low, judged.recomputed.high);
    let cause = if judged.verdict == Verdict::Consistent { None } else { cause(case, p, logs) };
    let told = cause.as_ref().map_or(String::new(), |cause| format!("; it would fit {cause}"));
    let message = match judged.verdict {
        Verdict::Consistent => format!("{claim} gives p {range}, printed as {}.", p.text),
        _ => format!("{claim} gives p {range}, but {} is printed{told}.", p.text),
    };
    let number = format!("{}, {}", finding.estimate.as_ref().map_or(String::new(), phrase::printed), p.text);
    let row = Row::new(RATIO_P_VALUE, judged.verdict, message).findings(findings).reported_text(&p.text);
    let row = row.explained(cause, number);
    sheet.push(row.expected(judged.recomputed).methods(judged.methods.clone()));
    Some(judged)
}

/// The level of confidence that would make interval and p agree.
fn cause(case: &Case, p: &PValue, logs: LogBracket) -> Option<String> {
    let mut levels = OTHER_LEVELS.into_iter().filter(|level| (level - case.level).abs() > 0.01);
    let level = levels.find(|level| {
        let two_sided = p_of_z(z_range(logs.estimate, logs.width(), *level));
        p.op == Op::Equal && p_range(p).meets(two_sided)
    })?;
    Some(if level < 90.0 {
        "one standard error on either side".to_owned()
    } else {
        format!("a level of {}", phrase::level(level))
    })
}

/// "The hazard ratio of 0.57 (95% interval 0.41 to 0.80)".
fn claim(case: &Case) -> Option<String> {
    let finding = case.print.lead();
    let (estimate, interval) = (finding.estimate.as_ref()?, finding.interval.as_ref()?);
    let (name, value) = (phrase::ratio(finding.measure), phrase::printed(estimate));
    Some(format!("The {name} of {value} ({} interval {})", phrase::level(case.level), phrase::limits(interval)))
}

/// Whether the interval leaves out 1; none where the digits of a limit leave that open.
fn excludes_one(bracket: Bracket) -> Option<bool> {
    let (one, low, high) = (Range::point(1.0), bracket.limits.low.range(), bracket.limits.high.range());
    if high.is_below(one) || one.is_below(low) {
        return Some(true);
    }
    (low.is_below(one) && one.is_below(high)).then_some(false)
}

/// `ratio.significance`: the interval leaves out 1 where the p, or the words, say significant.
fn significance(study: &Study, sheet: &mut Sheet, case: &Case, judged: Option<&Judged>) {
    let (finding, findings) = (case.print.lead(), &case.print.findings);
    let alpha = 1.0 - case.level / 100.0;
    let (told, said) = match study.p_of(finding) {
        _ if finding.p.is_some() && study.p_of(finding).is_none() => return,
        Some(p) => (decided_by_p(study, finding, p, alpha), p.text.clone()),
        None => match decided_by_words(study, finding) {
            Some((told, words)) => (Some(told), words),
            None => return,
        },
    };
    if let Some(why) = study.why_not(RATIO_SIGNIFICANCE, findings) {
        return sheet.stop(RATIO_SIGNIFICANCE, findings, why);
    }
    let Some(claim) = claim(case) else { return };
    let shown = excludes_one(case.bracket);
    let flips = told.zip(shown).is_some_and(|(told, shown)| told != shown);
    let relation = match shown {
        Some(true) => "leaves out 1",
        Some(false) => "includes 1",
        None => "ends at 1",
    };
    let (verdict, message) = if flips {
        let proven = judged.is_some_and(|judged| judged.verdict == Verdict::Inconsistent);
        (study.flag(RATIO_SIGNIFICANCE, proven), format!("{claim} {relation}, which does not go with {said}."))
    } else {
        (Verdict::Consistent, format!("{claim} {relation}, printed with {said}."))
    };
    sheet.push(Row::new(RATIO_SIGNIFICANCE, verdict, message).findings(findings).reported_text(&said));
}

/// What a p decides, one-sided where that is said; where words leave the sides open, only what both decide.
fn decided_by_p(study: &Study, finding: &Finding, p: &PValue, alpha: f64) -> Option<bool> {
    let as_printed = is_significant(p, p.sided == Some(1), alpha);
    let unsaid = p.sided.is_none() && study.has_cue(&study.thresholds.p_value.one_sided_cues, finding);
    as_printed.filter(|told| !unsaid || is_significant(p, true, alpha) == Some(*told))
}

/// What the words of the sentence decide, where it has only this ratio.
fn decided_by_words(study: &Study, finding: &Finding) -> Option<(bool, String)> {
    let limits = &study.thresholds.p_value;
    let beside = |f: &Finding| f.id != finding.id && f.sentence == finding.sentence && is_ratio(f.measure);
    if study.findings().any(beside) {
        return None;
    }
    let significant = study.cue_here(&limits.significant_cues, finding);
    let not_significant = study.cue_here(&limits.not_significant_cues, finding);
    match (significant, not_significant) {
        (Some(cue), None) => Some((true, study.phrase(cue))),
        (None, Some(cue)) => Some((false, study.phrase(cue))),
        _ => None,
    }
}

/// `ratio.direction`: the ratio points where the values of both groups, or the words, point.
fn direction(study: &Study, sheet: &mut Sheet, case: &Case) {
    let (finding, findings) = (case.print.lead(), &case.print.findings);
    let Some(pointer) = pointed_by_values(study, finding).or_else(|| pointed_by_words(study, finding)) else {
        return;
    };
    if let Some(why) = study.why_not(RATIO_DIRECTION, findings) {
        return sheet.stop(RATIO_DIRECTION, findings, why);
    }
    if excludes_one(case.bracket) != Some(true) {
        return sheet.stop(RATIO_DIRECTION, findings, "the interval does not leave out 1");
    }
    let above = Range::point(1.0).is_below(case.bracket.limits.low.range());
    let Some(claim) = claim(case) else { return };
    let side = if above { "above" } else { "below" };
    let agrees = above == pointer.above_one;
    let (verdict, relation) = if agrees { (Verdict::Consistent, "as") } else { (Verdict::Suspicious, "but") };
    let message = format!("{claim} lies {side} 1, {relation} {}.", pointer.words);
    let all: Vec<&Finding> = findings.iter().copied().chain(pointer.values).collect();
    sheet.push(Row::new(RATIO_DIRECTION, verdict, message).findings(&all));
}

/// Where something else than the ratio says it should lie.
struct Pointer<'a> {
    above_one: bool,
    words: String,
    values: Vec<&'a Finding>,
}

fn pointed_by_values<'a>(study: &Study<'a>, ratio: &Finding) -> Option<Pointer<'a>> {
    let of_group = |group| {
        let mut values = study.findings().filter(|f| {
            f.group == group && group.is_some() && f.sentence == ratio.sentence && has_level(study, f, ratio)
        });
        values.next().filter(|_| values.next().is_none())
    };
    let (a, b) = (of_group(ratio.group)?, of_group(ratio.comparator)?);
    let together = a.measure == b.measure && same_moment(a, b);
    // The group named first is the one that a ratio is of, as a rule; where the extractor took the other, nothing is sure.
    if b.estimate.as_ref()?.at.start < a.estimate.as_ref()?.at.start {
        return None;
    }
    let (x, y) = in_common_unit(a.estimate.as_ref()?, b.estimate.as_ref()?).filter(|_| together)?;
    let higher = y.range().is_below(x.range());
    if !higher && !x.range().is_below(y.range()) {
        return None;
    }
    let (first, second) = (phrase::printed(a.estimate.as_ref()?), phrase::printed(b.estimate.as_ref()?));
    let words = format!("{} is {first} in the first group and {second} in the second", phrase::outcome(a));
    Some(Pointer { above_one: higher != counts_survivors(study, a), words, values: vec![a, b] })
}

/// Whether a finding is a value of one group that a ratio compares.
fn has_level(study: &Study, value: &Finding, ratio: &Finding) -> bool {
    let survivors = counts_survivors(study, value);
    let hazard = matches!(ratio.measure, Measure::HazardRatio | Measure::SubdistributionHazardRatio);
    if is_among(&study.thresholds.outcomes.responses, value) && hazard {
        return false;
    }
    let comparable = match value.measure {
        Measure::Proportion | Measure::SurvivalProbability | Measure::CumulativeIncidence => hazard || !survivors,
        Measure::Median => hazard && survivors,
        Measure::Rate => !survivors,
        _ => false,
    };
    comparable && same_outcome(value, ratio) && same_grade(value.grade.as_ref(), ratio.grade.as_ref())
}

/// Whether a higher value of the outcome is fewer events, so that a hazard ratio turns round.
fn counts_survivors(study: &Study, finding: &Finding) -> bool {
    is_among(&study.thresholds.outcomes.higher_is_fewer_events, finding)
}

fn pointed_by_words<'a>(study: &Study, ratio: &Finding) -> Option<Pointer<'a>> {
    let lists = &study.thresholds.outcomes;
    let survivors = counts_survivors(study, ratio);
    let wanted = survivors || is_among(&lists.responses, ratio);
    let feared = !wanted && is_among(&lists.over_time, ratio);
    let hazard = matches!(ratio.measure, Measure::HazardRatio | Measure::SubdistributionHazardRatio);
    let told = ratio.direction?;
    let above_one = match told {
        // "Reduced the risk" of an outcome that is survival may be of death.
        Direction::Increase | Direction::Decrease if survivors => return None,
        Direction::Increase => true,
        Direction::Decrease => false,
        Direction::Better | Direction::Worse if survivors && hazard => told == Direction::Worse,
        Direction::Better | Direction::Worse if feared => told == Direction::Worse,
        Direction::Better | Direction::Worse if wanted && !hazard => told == Direction::Better,
        _ => return None,
    };
    let words = match told {
        Direction::Increase => "the words say that it rose",
        Direction::Decrease => "the words say that it fell",
        Direction::Better => "the words say that it got better",
        Direction::Worse => "the words say that it got worse",
    };
    Some(Pointer { above_one, words: words.to_owned(), values: Vec::new() })
}
