//! Percentages beside counts: does events over total give the printed percentage, and can any whole number of people
//! give it at all?

use crate::model::{Finding, Measure, Quantity, Verdict};

use super::catalogue::{PROPORTION_FEASIBLE, PROPORTION_PERCENT};
use super::phrase;
use super::printed::{Printed, whole};
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::{Print, Size, SizeSource, Study, is_among};

/// A total up to here may be a pair of grades ("grade 3/4") that was taken for a count.
const HIGHEST_GRADE: f64 = 5.0;

/// A percentage with the events that it counts.
struct Share<'a> {
    finding: &'a Finding,
    estimate: &'a Quantity,
    printed: Printed,
    size: Size,
}

/// `proportion.percent`: events/total as a percentage meets the printed one.
pub fn percent(study: &Study, sheet: &mut Sheet) {
    for print in study.prints() {
        let finding = print.lead();
        let (Some(estimate), Some(events)) = (&finding.estimate, &finding.events) else { continue };
        let (Some(printed), Some(x)) = (Printed::percent(estimate), whole(events)) else { continue };
        if !matches!(finding.measure, Measure::Proportion | Measure::Count) {
            sheet.stop(PROPORTION_PERCENT, &print.findings, "the estimate is not the share of a count");
            continue;
        }
        if finding.time.is_some() && is_among(&study.thresholds.outcomes.over_time, finding) {
            sheet.stop(PROPORTION_PERCENT, &print.findings, "the percentage is estimated over time");
            continue;
        }
        if let Some(why) = study.why_not(PROPORTION_PERCENT, &print.findings) {
            sheet.stop(PROPORTION_PERCENT, &print.findings, why);
            continue;
        }
        let size = match study.size(finding) {
            Ok(size) => size,
            Err(why) => {
                sheet.stop(PROPORTION_PERCENT, &print.findings, why);
                continue;
            }
        };
        // More events than people is for counts.subset to say.
        if x <= size.n {
            sheet.push(percent_row(study, &print, &Share { finding, estimate, printed, size }, x));
        }
    }
}

fn percent_row(study: &Study, print: &Print, share: &Share, x: f64) -> Row {
    let Share { finding, estimate, printed, size } = share;
    let exact = Range::point(100.0 * x / size.n);
    let arithmetic = format!(
        "{} of {} is {}, printed as {}",
        phrase::count(x),
        size_words(study, finding, *size),
        phrase::percent(exact.low, estimate),
        phrase::printed(estimate)
    );
    let (verdict, message) = if exact.meets(printed.range()) {
        (Verdict::Consistent, format!("{arithmetic}."))
    } else if exact.meets(printed.truncated()) {
        (Verdict::Suspicious, format!("{arithmetic}: cut off rather than rounded."))
    } else {
        let certain = size.source == SizeSource::Printed && !printed.is_bound() && size.n > HIGHEST_GRADE;
        let fitting = fitting(study, share, x);
        (study.flag(PROPORTION_PERCENT, certain), format!("{arithmetic}{fitting}."))
    };
    Row::new(PROPORTION_PERCENT, verdict, message).findings(&print.findings).reported(estimate).expected(exact)
}

/// What would fit instead: another number of events, another number of people.
fn fitting(study: &Study, share: &Share, x: f64) -> String {
    let (range, n) = (share.printed.range(), phrase::count(share.size.n));
    let events = people_giving(range, share.size.n)
        .map(|people| format!("; {} of {n} would be {}", phrase::printed(share.estimate), whole_words(people)));
    let total = fitting_total(study, range, x);
    [events, total].into_iter().flatten().collect()
}

fn fitting_total(study: &Study, range: Range, x: f64) -> Option<String> {
    if x <= 0.0 || range.low <= 0.0 {
        return None;
    }
    let events = phrase::count(x);
    let (least, most) = ((100.0 * x / range.high - 1e-9).ceil(), (100.0 * x / range.low + 1e-9).floor());
    if let Some(n) = study.sizes().find(|n| (least..=most).contains(n)) {
        return Some(format!("; {events} of {}, a size also given, would fit", phrase::count(n)));
    }
    let sizes = Range { low: least, high: most };
    (least <= most).then(|| format!("; {events} would fit a total of {}", whole_words(sizes)))
}

/// `proportion.feasible`: some whole number of people gives the percentage (GRIM for percentages; Brown, Heathers 2017).
pub fn feasible(study: &Study, sheet: &mut Sheet) {
    for print in study.prints() {
        let finding = print.lead();
        let Some(estimate) = finding.estimate.as_ref().filter(|_| finding.events.is_none()) else { continue };
        let Some(printed) = Printed::percent(estimate).filter(|printed| !printed.is_bound()) else {
            continue;
        };
        if finding.measure != Measure::Proportion {
            continue;
        }
        let size = match countable(study, &print) {
            Ok(size) => size,
            Err(why) => {
                sheet.stop(PROPORTION_FEASIBLE, &print.findings, why);
                continue;
            }
        };
        // With more people than steps between 0 and 100 % every percentage can be had.
        if size.n * printed.step < 100.0 {
            sheet.push(feasible_row(study, &print, &Share { finding, estimate, printed, size }));
        }
    }
}

/// The people whom a percentage without a count is a share of.
fn countable(study: &Study, print: &Print) -> Result<Size, String> {
    let finding = print.lead();
    let outcomes = &study.thresholds.outcomes;
    if let Some(why) = study.why_not(PROPORTION_FEASIBLE, &print.findings) {
        return Err(why);
    }
    if study.is_pooled() {
        return Err("the numbers are pooled over studies".to_owned());
    }
    if finding.outcome.id.is_none() {
        return Err("the outcome is not known, so the percentage may be no share of people".to_owned());
    }
    if is_among(&outcomes.not_shares, finding) {
        return Err("the percentage is no share of people".to_owned());
    }
    if is_among(&outcomes.over_time, finding) {
        return Err("the percentage may be estimated over time".to_owned());
    }
    study.size(finding).map_err(str::to_owned)
}

fn feasible_row(study: &Study, print: &Print, share: &Share) -> Row {
    let Share { finding, estimate, printed, size } = share;
    let (n, words) = (size.n, size_words(study, finding, *size));
    let printed_as = phrase::printed(estimate);
    if let Some(people) = people_giving(printed.range(), n) {
        let exact = people.times(100.0 / n);
        let message = format!("{printed_as} of {words} is {} people.", whole_words(people));
        return Row::new(PROPORTION_FEASIBLE, Verdict::Consistent, message)
            .findings(&print.findings)
            .reported(estimate)
            .expected(exact);
    }
    let below = (printed.value * n / 100.0).floor();
    let around = Range { low: 100.0 * below / n, high: 100.0 * (below + 1.0) / n };
    let arithmetic = format!(
        "No whole number of people out of {words} is {printed_as}: {} is {} and {} is {}",
        phrase::count(below),
        phrase::percent(around.low, estimate),
        phrase::count(below + 1.0),
        phrase::percent(around.high, estimate)
    );
    let (verdict, tail) = if people_giving(printed.truncated(), n).is_some() {
        (Verdict::Suspicious, ", so it may have been cut off rather than rounded".to_owned())
    } else {
        let only = size.source != SizeSource::Inherited && study.sizes().all(|other| (other - n).abs() < 0.5);
        let certain = only && !fits_a_count(study, *printed);
        (study.flag(PROPORTION_FEASIBLE, certain), smaller_sizes(study, *printed, n))
    };
    Row::new(PROPORTION_FEASIBLE, verdict, format!("{arithmetic}{tail}."))
        .findings(&print.findings)
        .reported(estimate)
        .expected(around)
}

/// Whether the people counted by another finding could be those whom the percentage is a share of.
fn fits_a_count(study: &Study, printed: Printed) -> bool {
    let mut counts = study.findings().filter_map(|finding| whole(finding.events.as_ref()?));
    counts.any(|n| n >= 1.0 && people_giving(printed.range(), n).is_some())
}

fn smaller_sizes(study: &Study, printed: Printed, n: f64) -> String {
    let named = study.thresholds.proportion.named_fits;
    let smaller = (1..n as u64).rev().map(|size| size as f64);
    let fits = smaller.filter(|size| people_giving(printed.range(), *size).is_some()).take(named);
    let fits: Vec<String> = fits.map(phrase::count).collect();
    if fits.is_empty() { String::new() } else { format!("; of fewer people, {} would fit", phrase::list(&fits)) }
}

/// The whole numbers of `n` people that make up a percentage in the range.
fn people_giving(percent: Range, n: f64) -> Option<Range> {
    let low = (percent.low.max(0.0) * n / 100.0 - 1e-9).ceil();
    let high = (percent.high.min(100.0) * n / 100.0 + 1e-9).floor();
    (low <= high).then_some(Range { low, high })
}

/// Every whole number of `n` people that a percentage may stand for; used where no count is printed.
pub fn people_of(percent: Printed, n: f64) -> Option<Range> {
    people_giving(percent.range(), n)
}

fn whole_words(range: Range) -> String {
    match range.high - range.low {
        d if d < 0.5 => phrase::count(range.low),
        d if d < 1.5 => format!("{} or {}", phrase::count(range.low), phrase::count(range.high)),
        _ => format!("{} to {}", phrase::count(range.low), phrase::count(range.high)),
    }
}

/// "43", or "43 (the size of “responders”)" where the number itself does not say of how many.
pub fn size_words(study: &Study, finding: &Finding, size: Size) -> String {
    let n = phrase::count(size.n);
    let label = finding.group.and_then(|id| study.group(id)).map_or("", |group| group.label.trim());
    match size.source {
        SizeSource::Printed => n,
        _ if label.is_empty() => format!("{n} (the size of its group)"),
        _ => format!("{n} (the size of \u{201c}{label}\u{201d})"),
    }
}
