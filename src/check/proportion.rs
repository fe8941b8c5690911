//! Percentages beside counts: does events over total give the printed percentage, and what else would give it?

use crate::model::{BoundBy, Finding, Measure, Quantity, Verdict};

use super::alike::days_at;
use super::catalogue::PROPORTION_PERCENT;
use super::phrase;
use super::printed::{Printed, whole};
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::{Print, Size, SizeSource, Study, is_among};
use super::wording::tokens;

/// Within so many days nobody is lost to follow-up.
const COUNTED_DAYS: f64 = 100.0;
/// A total up to here may be a pair of grades ("grade 3/4") that was taken for a count.
const HIGHEST_GRADE: f64 = 5.0;

/// A percentage with the people that it is a share of.
struct Share<'a> {
    finding: &'a Finding,
    estimate: &'a Quantity,
    printed: Printed,
    size: Size,
}

/// `proportion.percent`: events/total as a percentage meets the printed one.
pub fn percent(study: &Study, sheet: &mut Sheet) {
    let mut judged = Vec::new();
    for print in study.prints() {
        let finding = print.lead();
        let (Some(estimate), Some(events)) = (&finding.estimate, &finding.events) else { continue };
        let (Some(printed), Some(x)) = (Printed::percent(estimate), whole(events)) else { continue };
        if !matches!(finding.measure, Measure::Proportion | Measure::Count) {
            sheet.stop(PROPORTION_PERCENT, &print.findings, "the estimate is not the share of a count");
            continue;
        }
        if is_estimated_over_time(study, finding) {
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
        if printed.range().high < 0.0 {
            sheet.stop(PROPORTION_PERCENT, &print.findings, "a negative percentage is a change");
            continue;
        }
        // More events than people is for counts.subset to say.
        if x > size.n {
            continue;
        }
        let share = Share { finding, estimate, printed, size };
        if misfit(&share, x) && speaks_otherwise(study, &share) {
            sheet.stop(PROPORTION_PERCENT, &print.findings, "the words make the percentage one of something else");
            continue;
        }
        match elsewhere(study, &share, x) {
            Some(n) => {
                let why = format!("the percentage fits {}, also given: the group may be another", phrase::count(n));
                sheet.stop(PROPORTION_PERCENT, &print.findings, why);
            }
            None => judged.push((print, share, x)),
        }
    }
    for (print, share, x) in &judged {
        let cause = if misfit(share, *x) { cause(share, *x, &judged) } else { None };
        let number = format!("{} ({})", phrase::count(*x), phrase::printed(share.estimate));
        sheet.push(percent_row(study, print, share, *x).explained(cause, number));
    }
}

/// Whether the percentage at a time may allow for censoring. Deaths within days of so many people are just counted.
fn is_estimated_over_time(study: &Study, finding: &Finding) -> bool {
    let Some(time) = &finding.time else { return false };
    let lists = &study.thresholds.outcomes;
    let soon = days_at(time).is_some_and(|days| days <= COUNTED_DAYS) && finding.total.is_some();
    is_among(&lists.over_time, finding) && (!soon || is_among(&lists.higher_is_fewer_events, finding))
}

fn misfit(share: &Share, x: f64) -> bool {
    let exact = Range::point(100.0 * x / share.size.n);
    !exact.meets(share.printed.range()) && !exact.meets(share.printed.truncated())
}

/// Whether the percentage is a difference ("0.27% difference"), or of a set whose size follows ("44.7% in responders
/// (38/92)").
fn speaks_otherwise(study: &Study, share: &Share) -> bool {
    let words = &study.thresholds.words;
    let after = study.after(share.estimate.at, 24).unwrap_or_default();
    let change = tokens(&after).first().is_some_and(|word| words.changes.contains(word));
    let Some(events) = share.finding.events.as_ref().filter(|events| events.at.start > share.estimate.at.end) else {
        return change;
    };
    let between = study.between(share.estimate.at, events.at).unwrap_or_default();
    change || tokens(&between).iter().any(|token| words.sets.contains(token) || token == "with")
}

/// Another number of people in the abstract that the percentage fits, where the number itself does not say of how many
/// it is and the words tie it to its group only loosely.
fn elsewhere(study: &Study, share: &Share, x: f64) -> Option<f64> {
    let firm = share.size.source != SizeSource::Printed && share.finding.bound_by == Some(BoundBy::Construction);
    let loose = share.finding.total.is_none() && !firm;
    if !loose || !misfit(share, x) {
        return None;
    }
    let totals = totals(share.printed.range(), x)?;
    let n = share.size.n;
    study.other_people(totals, n).or_else(|| study.number_beside(share.finding, totals, n))
}

/// What explains a misfit together with others: percentages exchanged between two groups, one total that fits all
/// percentages of a group.
fn cause(share: &Share, x: f64, judged: &[(Print, Share, f64)]) -> Option<String> {
    let others = || judged.iter().filter(|(_, other, y)| other.finding.id != share.finding.id && misfit(other, *y));
    if share.size.source == SizeSource::Printed {
        let exact = |share: &Share, x: f64| Range::point(100.0 * x / share.size.n);
        let (_, other, _) = others().find(|(_, other, y)| {
            other.size.source == SizeSource::Printed
                && exact(share, x).meets(other.printed.range())
                && exact(other, *y).meets(share.printed.range())
        })?;
        let mut both = [share.printed.value, other.printed.value];
        both.sort_by(f64::total_cmp);
        return Some(format!("exchanging {}% and {}%", both[0], both[1]));
    }
    let of_group = others()
        .filter(|(_, other, _)| other.finding.group == share.finding.group && other.size.source != SizeSource::Printed);
    let common = of_group.fold((1, totals(share.printed.range(), x)), |(k, common), (_, other, y)| {
        let both = common.zip(totals(other.printed.range(), *y)).and_then(|(a, b)| a.intersection(b));
        (k + 1, both)
    });
    match common {
        (2.., Some(range)) => Some(format!("a total of {}", whole_words(range))),
        (2.., None) => Some(format!("totals other than {}", phrase::count(share.size.n))),
        _ => None,
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
    let exact = Range::point(100.0 * x / share.size.n);
    let turned = transposed(share.estimate).filter(|turned| turned.range().meets(exact));
    let turned = turned.map(|turned| format!("; {} has the same digits in another order", turned.value)).next();
    [events, total, turned].into_iter().flatten().collect()
}

/// A printed number with two neighbouring digits exchanged, in each way.
pub fn transposed(quantity: &Quantity) -> impl Iterator<Item = Printed> {
    let figures = format!("{:.*}", usize::from(quantity.decimals), quantity.value);
    let digits: Vec<char> = figures.chars().filter(char::is_ascii_digit).collect();
    (1..digits.len())
        .filter(|i| digits[i - 1] != digits[*i])
        .filter_map(|i| {
            let mut turned = digits.clone();
            turned.swap(i - 1, i);
            let whole: f64 = turned.iter().collect::<String>().parse().ok()?;
            let value = whole / 10f64.powi(i32::from(quantity.decimals));
            let other = Quantity { value, op: None, ..quantity.clone() };
            Some(Printed::percent(&other).unwrap_or(Printed::of(&other)))
        })
        .collect::<Vec<_>>()
        .into_iter()
}

fn fitting_total(study: &Study, range: Range, x: f64) -> Option<String> {
    let events = phrase::count(x);
    let sizes = totals(range, x)?;
    if let Some(n) = study.sizes().find(|n| sizes.meets(Range::point(*n))) {
        return Some(format!("; {events} of {}, a size also given, would fit", phrase::count(n)));
    }
    Some(format!("; {events} would fit a total of {}", whole_words(sizes)))
}

/// The totals of which so many events are a percentage in the range.
fn totals(range: Range, x: f64) -> Option<Range> {
    if x <= 0.0 || range.low <= 0.0 {
        return None;
    }
    let (low, high) = ((100.0 * x / range.high - 1e-9).ceil(), (100.0 * x / range.low + 1e-9).floor());
    (low <= high).then_some(Range { low, high })
}

/// The whole numbers of `n` people that make up a percentage in the range.
pub fn people_giving(percent: Range, n: f64) -> Option<Range> {
    let low = (percent.low.max(0.0) * n / 100.0 - 1e-9).ceil();
    let high = (percent.high.min(100.0) * n / 100.0 + 1e-9).floor();
    (low <= high).then_some(Range { low, high })
}

/// Every whole number of `n` people that a percentage may stand for; used where no count is printed.
pub fn people_of(percent: Printed, n: f64) -> Option<Range> {
    people_giving(percent.range(), n)
}

/// "3", "3 or 4", "3 to 7".
pub fn whole_words(range: Range) -> String {
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
