//! Means of two arms with their standard deviations. One that follows from a standard error is marked.

use crate::check::whole;
use crate::model::{Finding, Group, GroupKind, Measure, SpreadKind};

use super::context::Context;
use super::pairs::{Arm, Matched, matched};

/// Means of two arms.
pub struct Means<'a> {
    /// Of the intervention.
    pub first: Mean<'a>,
    /// Of the control.
    pub second: Mean<'a>,
    /// Label of the arm that other pairs have too.
    pub shared: &'a str,
    /// How the two were told apart.
    pub roles: &'static str,
    /// Why there are no numbers.
    pub withheld: Option<String>,
}

/// A mean of an arm.
#[derive(Clone, Copy)]
pub struct Mean<'a> {
    /// Where it is reported.
    pub finding: &'a Finding,
    /// In whom.
    pub group: &'a Group,
    /// The mean.
    pub value: Option<f64>,
    /// Standard deviation.
    pub sd: Option<f64>,
    /// Whether it follows from a standard error.
    pub derived: bool,
    /// People.
    pub n: Option<f64>,
}

/// The means of a record that have a partner.
pub fn means<'a>(context: &Context<'a>) -> Vec<Means<'a>> {
    let arms = context.results().filter_map(|finding| {
        let group = context.group(finding).filter(|group| group.kind == GroupKind::Arm)?;
        let is_mean = matches!(finding.measure, Measure::Mean | Measure::Change) && finding.spread.is_some();
        let unit = finding.estimate.as_ref()?.unit.as_ref();
        let arm = Arm { group, denominator: context.denominator(finding), item: mean(finding, group) };
        is_mean.then(|| (Context::key(finding).in_unit(unit), arm))
    });
    let pair = |Matched { first, second, shared, roles, twice }| Means {
        first,
        second,
        shared,
        roles,
        withheld: twice
            .then(|| "an arm has two results for this".to_owned())
            .or_else(|| why_not(context, "first group", &first))
            .or_else(|| why_not(context, "second group", &second)),
    };
    matched(arms).into_iter().map(pair).collect()
}

fn mean<'a>(finding: &'a Finding, group: &'a Group) -> Mean<'a> {
    let n = finding.total.as_ref().or(group.n.as_ref()).and_then(whole);
    let spread = finding.spread.as_ref();
    let derived = spread.is_some_and(|spread| spread.kind == Some(SpreadKind::Se));
    let sd = spread.and_then(|spread| match spread.kind {
        Some(SpreadKind::Sd) => Some(spread.value),
        Some(SpreadKind::Se) => n.map(|n| spread.value * n.sqrt()),
        None => None,
    });
    let exact = finding.estimate.as_ref().filter(|estimate| estimate.op.is_none());
    Mean { finding, group, value: exact.map(|estimate| estimate.value), sd, derived, n }
}

fn why_not(context: &Context, side: &str, mean: &Mean) -> Option<String> {
    let (_, inconsistent) = context.judged(mean.finding);
    let unnamed = mean.finding.spread.as_ref().is_some_and(|spread| spread.kind.is_none());
    let why = if let Some(inconsistent) = inconsistent {
        inconsistent
    } else if mean.n.is_none() {
        "the number of people is not printed".to_owned()
    } else if mean.value.is_none() {
        "the mean is printed as a bound".to_owned()
    } else if unnamed {
        "what stands behind the ± is not said to be a standard deviation or error".to_owned()
    } else {
        return None;
    };
    Some(format!("{side}: {why}"))
}
