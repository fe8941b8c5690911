//! Shares of people: x of n. An x that is not printed follows from the percentage only where one whole number alone gives it.

use crate::check::{Limits, Printed, level, people_giving, whole, whole_words};
use crate::model::{Finding, Group, IntervalKind, Measure, Status, Unit};

use super::context::{Context, is_survival};

/// A share.
pub struct Share<'a> {
    /// Where it is reported.
    pub finding: &'a Finding,
    /// In whom.
    pub group: Option<&'a Group>,
    /// People with the outcome; none where withheld.
    pub xi: Option<f64>,
    /// Whether `xi` follows from a percentage.
    pub derived: bool,
    /// People looked at.
    pub ni: Option<f64>,
    /// Whether `ni` is printed beside the number (`finding`) or is the size of the group (`group`).
    pub ni_from: &'static str,
    /// The percentage printed.
    pub percent: Option<f64>,
    /// Its confidence interval, in percent, and the level.
    pub interval: Option<(f64, f64, f64)>,
    /// What checks came to.
    pub verdict: &'static str,
    /// Why there is no `xi`.
    pub withheld: Option<String>,
}

/// The shares of a record. What is estimated over time (survival, cumulative incidence) is none.
pub fn shares<'a>(context: &Context<'a>) -> Vec<Share<'a>> {
    let counted = |f: &&Finding| matches!(f.measure, Measure::Proportion | Measure::Count) && !is_survival(f);
    let percent_or_count = |f: &&Finding| {
        f.events.is_some() || f.status == Status::None || f.estimate.as_ref().and_then(Printed::percent).is_some()
    };
    context.results().filter(counted).filter(percent_or_count).map(|finding| share(context, finding)).collect()
}

fn share<'a>(context: &Context<'a>, finding: &'a Finding) -> Share<'a> {
    let group = context.group(finding);
    let (ni, ni_from) = match (&finding.total, group.and_then(|group| group.n.as_ref())) {
        (Some(total), _) => (whole(total), "finding"),
        (None, Some(size)) => (whole(size), "group"),
        (None, None) => (None, ""),
    };
    let printed = finding.estimate.as_ref().and_then(Printed::percent);
    let (verdict, inconsistent) = context.judged(finding);
    let counted = people(finding, printed, ni);
    let (xi, derived, missing) = match counted {
        Ok((xi, derived)) => (Some(xi), derived, None),
        Err(why) => (None, false, Some(why)),
    };
    let too_many =
        xi.zip(ni).filter(|(xi, ni)| xi > ni).map(|_| "more events than people: episodes may be counted".into());
    let no_total = ni.is_none().then(|| "the number of people looked at is not printed".to_owned());
    let other_total = xi.zip(ni).zip(printed).and_then(|(x_of_n, printed)| another_total(x_of_n, printed, ni_from));
    let withheld = inconsistent.or(no_total).or(missing).or(too_many).or(other_total);
    let xi = xi.filter(|_| withheld.is_none());
    Share {
        finding,
        group,
        xi,
        derived: derived && xi.is_some(),
        ni: ni.filter(|_| withheld.is_none()),
        ni_from,
        percent: printed.map(|printed| printed.value),
        interval: interval(finding),
        verdict,
        withheld,
    }
}

/// Why x of the group is not what was looked at: it is another percentage than the printed one, of other people.
fn another_total((xi, ni): (f64, f64), printed: Printed, ni_from: &str) -> Option<String> {
    let fits = people_giving(printed.range(), ni).is_some_and(|fits| (fits.low..=fits.high).contains(&xi));
    let percent = shown(printed.value);
    (ni_from == "group" && !fits)
        .then(|| format!("{xi} of the {ni} of the group is not the {percent}% printed: others were looked at"))
}

/// The people with the outcome, and whether their number was derived; or why there is none.
fn people(finding: &Finding, printed: Option<Printed>, ni: Option<f64>) -> Result<(f64, bool), String> {
    if let Some(events) = &finding.events {
        return whole(events)
            .map(|xi| (xi, false))
            .ok_or_else(|| "the number of people is printed as a bound".to_owned());
    }
    if finding.status == Status::None {
        return Ok((0.0, false));
    }
    let (Some(printed), Some(n)) = (printed, ni) else {
        return Err("no number of people is printed".to_owned());
    };
    if printed.is_bound() {
        return Err("the percentage is printed as a bound".to_owned());
    }
    if finding.outcome.id.is_none() {
        return Err(
            "only a percentage is printed, and the outcome is not known: it may be no share of people".to_owned()
        );
    }
    let Some(fits) = people_giving(printed.range(), n) else {
        return Err(format!("no whole number of {n} gives {}%", shown(printed.value)));
    };
    if fits.high > fits.low {
        return Err(format!("{} of {n} give {}%", whole_words(fits), shown(printed.value)));
    }
    Ok((fits.low, true))
}

/// A percentage without the noise of the conversion.
fn shown(percent: f64) -> f64 {
    (percent * 1e6).round() / 1e6
}

/// The confidence interval in percent, and its level.
pub fn interval(finding: &Finding) -> Option<(f64, f64, f64)> {
    let interval = finding.interval.as_ref().filter(|interval| interval.kind == IntervalKind::Ci)?;
    let estimate = finding.estimate.as_ref().filter(|e| matches!(e.unit, Some(Unit::Percent | Unit::Fraction)))?;
    let limits = Limits::percent(interval, estimate)?;
    Some((shown(limits.low.value), shown(limits.high.value), level(interval)))
}
