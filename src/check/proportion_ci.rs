//! Intervals of proportions: by which methods do they follow from the counts, and is it one method throughout?
//!
//! The trick is to judge every method by how many units of the last printed digit each of its limits misses: no units
//! on both is a fit, few units a doubt, more a discrepancy.

use crate::model::{Finding, Interval, IntervalKind, Measure, Quantity, Verdict};

use super::catalogue::{PROPORTION_CI, PROPORTION_CI_METHOD};
use super::methods::ProportionMethod;
use super::phrase;
use super::printed::{Limits, OTHER_LEVELS, Printed, STANDARD_ERROR, level, whole};
use super::proportion::{people_of, size_words, transposed};
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::{Print, Size, SizeSource, Study, is_among};

/// Candidate counts that are tried one by one; beyond, their hull is.
const MANY: f64 = 64.0;

/// An interval of a proportion, ready to be recomputed.
struct Case<'a> {
    print: Print<'a>,
    estimate: Option<&'a Quantity>,
    interval: &'a Interval,
    low: &'a Quantity,
    level: f64,
    size: Size,
    sums: Sums,
}

/// The numbers of a case.
#[derive(Debug, Clone, Copy)]
struct Sums {
    /// The printed limits.
    limits: Limits,
    /// The whole numbers of events that the print allows.
    events: Range,
    /// People.
    n: f64,
}

/// How one method's limits compare with the printed ones.
#[derive(Debug, Clone, Copy)]
struct Trial {
    method: ProportionMethod,
    /// Recomputed limits in percent.
    limits: Range,
    /// Units of the last digit by which the lower and the upper limit miss.
    missed: (f64, f64),
}

/// `proportion.ci` and, over all intervals of the record, `proportion.ci_method`.
pub fn check(study: &Study, sheet: &mut Sheet) {
    let mut judged = Vec::new();
    for print in study.prints() {
        let Some(case) = case(study, sheet, print) else { continue };
        let trials = trials(case.sums, case.level);
        if let Some(n) = elsewhere(study, &case, &trials) {
            let why = format!("the interval fits {} people, also given: the group may be another", phrase::count(n));
            sheet.stop(PROPORTION_CI, &case.print.findings, why);
            continue;
        }
        sheet.push(row(study, &case, &trials));
        judged.push((case, trials));
    }
    one_method(study, sheet, &judged);
}

fn case<'a>(study: &Study<'a>, sheet: &mut Sheet, print: Print<'a>) -> Option<Case<'a>> {
    let finding = print.lead();
    let interval = finding.interval.as_ref().filter(|interval| interval.kind == IntervalKind::Ci)?;
    if finding.measure != Measure::Proportion {
        return None;
    }
    let (estimate, low) = (finding.estimate.as_ref(), interval.low.as_ref()?);
    let limits = Limits::percent(interval, estimate.unwrap_or(low))?;
    match ready(study, finding, &print, limits) {
        Ok((size, events)) => {
            let level = level(interval);
            let sums = Sums { limits, events, n: size.n };
            Some(Case { print, estimate, interval, low, level, size, sums })
        }
        Err(why) => {
            sheet.stop(PROPORTION_CI, &print.findings, why);
            None
        }
    }
}

/// The people and the events that the interval should follow from.
fn ready(study: &Study, finding: &Finding, print: &Print, limits: Limits) -> Result<(Size, Range), String> {
    if let Some(why) = study.why_not(PROPORTION_CI, &print.findings) {
        return Err(why);
    }
    if study.is_pooled() {
        return Err("the numbers are pooled over studies".to_owned());
    }
    let size = study.agreed_size(finding)?;
    if study.may_be_of_difference(finding) {
        return Err("the interval may be that of a difference".to_owned());
    }
    if let (Some(estimate), Some(interval)) = (&finding.estimate, &finding.interval)
        && !study.is_beside(finding, estimate, interval)
    {
        return Err("the interval does not stand beside the percentage".to_owned());
    }
    if size.source == SizeSource::Inherited && finding.events.is_none() && !is_known(study, finding) {
        return Err("the outcome is not known, so the percentage may be no share of people".to_owned());
    }
    let over_time = is_among(&study.thresholds.outcomes.over_time, finding);
    if finding.time.is_some() && (over_time || finding.outcome.id.is_none()) {
        return Err("the percentage may be estimated over time".to_owned());
    }
    let share = finding.estimate.as_ref().and_then(Printed::percent);
    let events = match (finding.events.as_ref().and_then(whole), share) {
        (Some(x), _) => Range::point(x),
        (None, _) if over_time => return Err("the percentage may be estimated over time".to_owned()),
        (None, Some(share)) => people_of(share, size.n).ok_or("no whole number of people gives the percentage")?,
        (None, None) => return Err("neither a count nor a percentage is printed".to_owned()),
    };
    if events.high > size.n {
        return Err("there are more events than people".to_owned());
    }
    let disordered = limits.high.range().is_below(limits.low.range());
    if disordered || share.is_some_and(|share| outside(share, limits)) {
        return Err("estimate and limits are out of order".to_owned());
    }
    Ok((size, events))
}

fn is_known(study: &Study, finding: &Finding) -> bool {
    finding.outcome.id.is_some() && !is_among(&study.thresholds.outcomes.not_shares, finding)
}

fn outside(share: Printed, limits: Limits) -> bool {
    share.range().is_below(limits.low.range()) || limits.high.range().is_below(share.range())
}

fn trials(sums: Sums, level: f64) -> Vec<Trial> {
    ProportionMethod::ALL.into_iter().map(|method| trial(sums, method, level)).collect()
}

fn trial(sums: Sums, method: ProportionMethod, level: f64) -> Trial {
    let Range { low: fewest, high: most } = sums.events;
    let limits_at = |x: f64| method.limits(x, sums.n, level).times(100.0);
    if most - fewest > MANY {
        let (first, last) = (limits_at(fewest), limits_at(most));
        return judge(sums, method, Range::between(first.low, last.low), Range::between(first.high, last.high));
    }
    let candidates = (0..=(most - fewest) as u32).map(|step| limits_at(fewest + f64::from(step)));
    let tried = candidates.map(|limits| judge(sums, method, Range::point(limits.low), Range::point(limits.high)));
    tried.min_by(|a, b| a.worst().total_cmp(&b.worst())).expect("a range of whole numbers holds one at least")
}

fn judge(sums: Sums, method: ProportionMethod, low: Range, high: Range) -> Trial {
    let jeffreys = method == ProportionMethod::Jeffreys;
    let (nobody, everybody) = (sums.events.low <= 0.0, sums.events.high >= sums.n);
    let missed_low = missed(sums.limits.low, low, (jeffreys && nobody).then_some(0.0));
    let missed_high = missed(sums.limits.high, high, (jeffreys && everybody).then_some(100.0));
    Trial { method, limits: Range { low: low.middle(), high: high.middle() }, missed: (missed_low, missed_high) }
}

/// Units of the last digit between a printed limit and a recomputed one, clipped to 0–100 or not. Jeffreys' limit is
/// by convention at the edge where nobody or everybody has the event (Brown and others 2001).
fn missed(printed: Printed, recomputed: Range, edge: Option<f64>) -> f64 {
    let clipped = recomputed.map(|end| end.clamp(0.0, 100.0));
    let readings = [Some(recomputed), Some(clipped), edge.map(Range::point)];
    let gaps = readings.into_iter().flatten().map(|reading| printed.range().gap(reading) / printed.step);
    gaps.fold(f64::INFINITY, f64::min)
}

impl Trial {
    fn fits(&self) -> bool {
        self.missed.0 <= 1e-9 && self.missed.1 <= 1e-9
    }

    fn is_near(&self, units: f64) -> bool {
        self.missed.0 <= units && self.missed.1 <= units
    }

    fn worst(&self) -> f64 {
        self.missed.0.max(self.missed.1)
    }
}

/// Another size in the abstract that the interval fits, where the number itself does not say of how many it is.
fn elsewhere(study: &Study, case: &Case, trials: &[Trial]) -> Option<f64> {
    let inherited = case.size.source == SizeSource::Inherited;
    if inherited && fitting(trials).is_empty() { other_size(study, case) } else { None }
}

fn fitting(trials: &[Trial]) -> Vec<&Trial> {
    trials.iter().filter(|trial| trial.fits()).collect()
}

fn row(study: &Study, case: &Case, trials: &[Trial]) -> Row {
    let fits = fitting(trials);
    let names = fits.iter().map(|trial| trial.method.name()).collect();
    let nearest = trials.iter().min_by(|a, b| a.worst().total_cmp(&b.worst())).expect("there are methods");
    let shown = fits.first().copied().unwrap_or(nearest);
    let (verdict, message) = verdict(study, case, trials, nearest);
    let cause = if fits.is_empty() { cause(study, case) } else { None };
    let number = match case.estimate {
        Some(estimate) => format!("{}, {}", phrase::printed(estimate), phrase::limits(case.interval)),
        None => phrase::limits(case.interval),
    };
    Row::new(PROPORTION_CI, verdict, message)
        .explained(cause, number)
        .findings(&case.print.findings)
        .reported_limits(case.interval)
        .expected(shown.limits)
        .methods(names)
}

fn verdict(study: &Study, case: &Case, trials: &[Trial], nearest: &Trial) -> (Verdict, String) {
    let claim = claim(study, case);
    let fits = fitting(trials);
    if !fits.is_empty() {
        let titles: Vec<String> = fits.iter().map(|trial| trial.method.title().to_owned()).collect();
        return (Verdict::Consistent, format!("{claim}, as {} gives.", titles.join(" or ")));
    }
    let near: Vec<&Trial> = trials.iter().filter(|t| t.is_near(study.thresholds.proportion.near_units)).collect();
    if !near.is_empty() {
        let told: Vec<String> = near.iter().map(|trial| recomputed(case, trial)).collect();
        return (Verdict::Suspicious, format!("{claim}; {}.", told.join("; ")));
    }
    let sure_size = case.size.source != SizeSource::Inherited;
    let over_time = is_among(&study.thresholds.outcomes.over_time, case.print.lead());
    let firm = case.size.source == SizeSource::Printed || study.is_firmly_bound(case.print.lead());
    let certain = sure_size && firm && case.interval.level.is_some() && !over_time;
    let reason = cause(study, case).map_or(String::new(), |cause| format!("; it would fit {cause}"));
    let message = format!("{claim}; the nearest method, {}{reason}.", recomputed(case, nearest));
    (study.flag(PROPORTION_CI, certain), message)
}

/// "The 95% interval of 34 of 43 (79%) is printed as 66 to 92%".
fn claim(study: &Study, case: &Case) -> String {
    let events = match case.sums.events {
        Range { low, high } if high - low < 0.5 => phrase::count(low),
        Range { low, high } => format!("{} to {}", phrase::count(low), phrase::count(high)),
    };
    let of = size_words(study, case.print.lead(), case.size);
    let share = case.estimate.map_or(String::new(), |estimate| format!(" ({})", phrase::printed(estimate)));
    let level = phrase::level(case.level);
    format!("The {level} interval of {events} of {of}{share} is printed as {}", phrase::limits(case.interval))
}

/// "Wald gives 78.8 to 98.0%, off at the lower limit".
fn recomputed(case: &Case, trial: &Trial) -> String {
    let limits = trial.limits;
    let off = match trial.missed {
        (low, high) if low > 0.0 && high > 0.0 => "both limits",
        (low, _) if low > 0.0 => "the lower limit",
        _ => "the upper limit",
    };
    let low = phrase::percent(limits.low, case.low).replace('%', "");
    format!(
        "{} gives {low} to {}, which differs at {off}",
        trial.method.title(),
        phrase::percent(limits.high, case.low)
    )
}

/// A level, a size also given, or an exchange of two digits under which the printed limits are right.
fn cause(study: &Study, case: &Case) -> Option<String> {
    let mut levels = OTHER_LEVELS.into_iter().filter(|level| (level - case.level).abs() > 0.01);
    if let Some(level) = levels.find(|level| fits(case.sums, *level)) {
        return Some(match level {
            STANDARD_ERROR => "one standard error on either side".to_owned(),
            level => format!("a level of {}", phrase::level(level)),
        });
    }
    if let Some(n) = other_size(study, case) {
        return Some(format!("{} people, a size also given", phrase::count(n)));
    }
    let high = case.interval.high.as_ref()?;
    let with = |low: Printed, high: Printed| fits(Sums { limits: Limits { low, high }, ..case.sums }, case.level);
    let limits = case.sums.limits;
    let turned = transposed(case.low).find(|low| with(*low, limits.high));
    let turned = turned.or_else(|| transposed(high).find(|high| with(limits.low, *high)));
    turned.map(|limit| format!("a limit of {}, the same digits in another order", limit.value))
}

fn fits(sums: Sums, level: f64) -> bool {
    ProportionMethod::ALL.into_iter().any(|method| trial(sums, method, level).fits())
}

/// Another number of people, given in the abstract, that the interval fits.
fn other_size(study: &Study, case: &Case) -> Option<f64> {
    let of_size = |n: f64| match case.print.lead().events {
        Some(_) => (case.sums.events.high <= n).then_some(Sums { n, ..case.sums }),
        None => Some(Sums { n, events: people_of(Printed::percent(case.estimate?)?, n)?, ..case.sums }),
    };
    let mut others = study.sizes().filter(|n| (n - case.size.n).abs() > 0.5);
    others.find(|n| of_size(*n).is_some_and(|sums| fits(sums, case.level)))
}

/// The one method that explains most intervals, and the intervals that do not follow it.
fn one_method(study: &Study, sheet: &mut Sheet, judged: &[(Case, Vec<Trial>)]) {
    if judged.len() < 2 {
        return;
    }
    let findings: Vec<&Finding> = judged.iter().flat_map(|(case, _)| case.print.findings.iter().copied()).collect();
    if let Some(why) = study.why_not(PROPORTION_CI_METHOD, &findings) {
        sheet.stop(PROPORTION_CI_METHOD, &findings, why);
        return;
    }
    let explained = |method: ProportionMethod| {
        judged.iter().filter(|(_, trials)| trials.iter().any(|trial| trial.method == method && trial.fits())).count()
    };
    let most = ProportionMethod::ALL.into_iter().map(explained).max().unwrap_or(0);
    if most < 2 || 2 * most <= judged.len() {
        sheet.stop(PROPORTION_CI_METHOD, &findings, "no method explains most of the intervals");
        return;
    }
    let best: Vec<ProportionMethod> = ProportionMethod::ALL.into_iter().filter(|m| explained(*m) == most).collect();
    sheet.push(method_row(judged, &best, most).findings(&findings));
}

fn method_row(judged: &[(Case, Vec<Trial>)], best: &[ProportionMethod], most: usize) -> Row {
    let titles: Vec<String> = best.iter().map(|method| method.title().to_owned()).collect();
    let names = best.iter().map(|method| method.name()).collect();
    let follows = |trials: &[Trial]| trials.iter().any(|trial| best.contains(&trial.method) && trial.fits());
    let strays = judged.iter().filter(|(_, trials)| !follows(trials));
    let strays: Vec<String> = strays.map(|(case, _)| stray_words(case)).collect();
    let explained = format!("{most} of {} intervals follow {}", judged.len(), titles.join(" or "));
    if strays.is_empty() {
        return Row::new(PROPORTION_CI_METHOD, Verdict::Consistent, format!("{explained}.")).methods(names);
    }
    let message = format!("{explained}, but not {}.", phrase::list(&strays));
    Row::new(PROPORTION_CI_METHOD, Verdict::Suspicious, message).methods(names)
}

fn stray_words(case: &Case) -> String {
    let limits = phrase::limits(case.interval);
    match case.estimate {
        Some(estimate) => format!("{limits} of {}", phrase::printed(estimate)),
        None => limits,
    }
}
