//! Percentages alone: can any whole number of people give them (GRIM for percentages)?
//!
//! The trick is to name what would: the sizes below the group's that make one percentage possible, or all of them.

use crate::model::{Finding, Measure, Quantity, Unit, Verdict};

use super::catalogue::PROPORTION_FEASIBLE;
use super::phrase;
use super::printed::{Printed, whole};
use super::proportion::{people_giving, size_words, whole_words};
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::{Print, Size, SizeSource, Study, is_among};

/// The smallest part of a group that is taken for the people evaluated.
const SMALLEST_SET: f64 = 0.5;

/// A percentage with the people that it is a share of.
struct Share<'a> {
    finding: &'a Finding,
    estimate: &'a Quantity,
    printed: Printed,
    size: Size,
}

/// `proportion.feasible`: some whole number of people gives the percentage (GRIM for percentages; Brown, Heathers 2017).
pub fn check(study: &Study, sheet: &mut Sheet) {
    let mut judged = Vec::new();
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
            judged.push((print, Share { finding, estimate, printed, size }));
        }
    }
    for (print, share) in &judged {
        sheet.push(row(study, print, share).explained(cause(share, &judged), phrase::printed(share.estimate)));
    }
}

fn misfit(share: &Share) -> bool {
    people_giving(share.printed.range(), share.size.n).is_none()
}

/// The size, not far below the group's, that makes all impossible percentages of the group possible.
fn cause(share: &Share, judged: &[(Print, Share)]) -> Option<String> {
    let same = |other: &&Share| other.finding.group == share.finding.group && misfit(other);
    let impossible: Vec<&Share> = judged.iter().map(|(_, other)| other).filter(same).collect();
    if impossible.len() < 2 || !misfit(share) {
        return None;
    }
    let n = share.size.n;
    let sizes = ((n * SMALLEST_SET).ceil() as u64..n as u64).rev().map(|size| size as f64);
    let mut fits = sizes.filter(|size| impossible.iter().all(|s| people_giving(s.printed.range(), *size).is_some()));
    fits.next().map(|size| format!("a group of {}", phrase::count(size)))
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
    if finding.estimate.as_ref().is_none_or(|estimate| estimate.unit != Some(Unit::Percent) || estimate.value < 0.0) {
        return Err("the number is not printed as a percentage of people".to_owned());
    }
    if study.is_contested(finding) {
        return Err("the abstract gives several percentages of it for the same people".to_owned());
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

fn row(study: &Study, print: &Print, share: &Share) -> Row {
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
        let certain = only && study.is_all(finding) && study.is_firmly_bound(finding) && !fits_a_count(study, *printed);
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
