//! Ratios of two groups on the log scale. The direction is the printed one: the group over the reference group.

use crate::check::methods::critical;
use crate::check::{is_ratio, level};
use crate::model::{Finding, Group, GroupId, IntervalKind, Measure, Quantity};

use super::context::Context;

/// A ratio.
pub struct Ratio<'a> {
    /// Where it is reported.
    pub finding: &'a Finding,
    /// metafor's name of the measure: `HR`, `OR`, `RR`, `IRR`; `SHR` for subdistribution hazards.
    pub measure: &'static str,
    /// The group above the line.
    pub group: Option<&'a Group>,
    /// The group below it.
    pub reference: Option<&'a Group>,
    /// Natural logarithm of ratio and limits, and the standard error: half the width of the interval by its deviate.
    pub log: Option<Log>,
    /// Level of the interval in percent.
    pub level: Option<f64>,
    /// Label of a group that other ratios of the same outcome have too.
    pub shared: &'a str,
    /// What checks came to.
    pub verdict: &'static str,
    /// Why there are no logarithms.
    pub withheld: Option<String>,
}

/// A ratio on the log scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Log {
    /// Of the ratio.
    pub estimate: f64,
    /// Of the lower limit.
    pub low: f64,
    /// Of the upper limit.
    pub high: f64,
    /// Standard error.
    pub error: f64,
}

/// The ratios of a record.
pub fn ratios<'a>(context: &Context<'a>) -> Vec<Ratio<'a>> {
    let all: Vec<&Finding> = context.results().filter(|f| is_ratio(f.measure) && f.estimate.is_some()).collect();
    all.iter().map(|finding| ratio(context, finding, &all)).collect()
}

fn ratio<'a>(context: &Context<'a>, finding: &'a Finding, all: &[&'a Finding]) -> Ratio<'a> {
    let (group, reference) = (finding.group, finding.comparator);
    let (verdict, inconsistent) = context.judged(finding);
    let log = log(finding);
    let one_sided = group.is_none() || reference.is_none();
    let direction = one_sided.then(|| "which group the ratio is of, and over which, is not clear".to_owned());
    let withheld = inconsistent.or(direction).or(log.as_ref().err().map(|why| (*why).to_owned()));
    let label = |id: Option<GroupId>| id.map(|id| context.index.group(id));
    Ratio {
        finding,
        measure: name(finding.measure),
        group: label(group),
        reference: label(reference),
        log: log.ok().filter(|_| withheld.is_none()),
        level: finding.interval.as_ref().map(level),
        shared: shared(finding, all).map_or("", |id| context.index.group(id).label.as_str()),
        verdict,
        withheld,
    }
}

/// The group that another ratio of the same outcome and measure sets against somebody else.
fn shared(finding: &Finding, all: &[&Finding]) -> Option<GroupId> {
    let same = |other: &&&Finding| {
        other.id != finding.id && other.measure == finding.measure && other.outcome.id == finding.outcome.id
    };
    all.iter().filter(same).find_map(|other| {
        let by_reference = other.comparator == finding.comparator && other.group != finding.group;
        let by_group = other.group == finding.group && other.comparator != finding.comparator;
        if by_reference { finding.comparator } else { finding.group.filter(|_| by_group) }
    })
}

fn log(finding: &Finding) -> Result<Log, &'static str> {
    let interval = finding.interval.as_ref().ok_or("no interval is printed")?;
    if interval.kind != IntervalKind::Ci {
        return Err("the interval is not one of confidence");
    }
    let exact = |quantity: Option<&Quantity>| {
        let quantity = quantity.filter(|quantity| quantity.op.is_none() && quantity.value > 0.0)?;
        Some(quantity.value.ln())
    };
    let estimate = exact(finding.estimate.as_ref()).ok_or("the ratio is printed as a bound, or is not above 0")?;
    let low = exact(interval.low.as_ref()).ok_or("the lower limit is not printed, or is not above 0")?;
    let high = exact(interval.high.as_ref()).ok_or("the upper limit is not printed, or is not above 0")?;
    if !(low < high && low <= estimate && estimate <= high) {
        return Err("the ratio does not lie between its limits");
    }
    Ok(Log { estimate, low, high, error: (high - low) / (2.0 * critical(level(interval))) })
}

fn name(measure: Measure) -> &'static str {
    match measure {
        Measure::OddsRatio => "OR",
        Measure::RiskRatio => "RR",
        Measure::RateRatio => "IRR",
        Measure::SubdistributionHazardRatio => "SHR",
        _ => "HR",
    }
}
