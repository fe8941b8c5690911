//! The rows of the files, in metafor's column names.

use std::borrow::Cow;

use crate::model::{Finding, Group};
use crate::write::pool::{Context, Means, Pair, Ratio, Share, Survival, grade, months, time};
use crate::write::rows::{code, row};

row! {
    /// Of `proportions.csv`: `escalc(measure = "PLO", xi = xi, ni = ni)`.
    pub struct Proportion<'a> {
        slab: String,
        outcome: Cow<'a, str>,
        time: Option<String>,
        time_months as "time.months": Option<f64>,
        grade: Option<String>,
        group: &'a str,
        xi: Option<f64>,
        ni: Option<f64>,
        percent: Option<f64>,
        ci_lb as "ci.lb": Option<f64>,
        ci_ub as "ci.ub": Option<f64>,
        level: Option<f64>,
        xi_derived as "xi.derived": &'a str,
        ni_from as "ni.from": &'a str,
        denominator: &'a str,
        withheld: String,
        verdict: &'a str,
        design: &'a str,
        group_kind as "group.kind": &'a str,
        group_role as "group.role": &'a str,
        outcome_words as "outcome.words": &'a str,
        record: &'a str,
        finding: String,
    }
}

/// The row of a share.
pub fn proportion<'a>(context: &Context<'a>, share: &Share<'a>) -> Proportion<'a> {
    let finding = share.finding;
    Proportion {
        slab: context.slab.clone(),
        outcome: Context::outcome(finding),
        time: time(finding),
        time_months: finding.time.as_ref().and_then(months),
        grade: grade(finding),
        group: label(share.group),
        xi: share.xi,
        ni: share.ni,
        percent: share.percent,
        ci_lb: share.interval.map(|(low, ..)| low),
        ci_ub: share.interval.map(|(_, high, _)| high),
        level: share.interval.map(|(.., level)| level),
        xi_derived: logical(share.derived),
        ni_from: share.ni_from,
        denominator: context.denominator(finding),
        withheld: share.withheld.clone().unwrap_or_default(),
        verdict: share.verdict,
        design: code(context.record.design.kind),
        group_kind: share.group.map_or("", |group| code(group.kind)),
        group_role: share.group.and_then(|group| group.role).map_or("", code),
        outcome_words: &finding.outcome.text,
        record: &context.record.id,
        finding: finding.id.to_string(),
    }
}

row! {
    /// Of `two_group.csv`: `escalc(measure = "RR", ai = ai, n1i = n1i, ci = ci, n2i = n2i)`.
    pub struct TwoGroup<'a> {
        slab: String,
        outcome: Cow<'a, str>,
        time: Option<String>,
        time_months as "time.months": Option<f64>,
        grade: Option<String>,
        group1: &'a str,
        group2: &'a str,
        ai: Option<f64>,
        n1i: Option<f64>,
        ci: Option<f64>,
        n2i: Option<f64>,
        ai_derived as "ai.derived": &'a str,
        ci_derived as "ci.derived": &'a str,
        denominator: &'a str,
        shared_arm as "shared.arm": &'a str,
        roles: &'a str,
        withheld: String,
        design: &'a str,
        record: &'a str,
        findings: String,
    }
}

/// The row of a pair.
pub fn two_group<'a>(context: &Context<'a>, pair: &Pair<'_, 'a>) -> TwoGroup<'a> {
    let (first, second) = (pair.first, pair.second);
    let shown = |value: Option<f64>| value.filter(|_| pair.withheld.is_none());
    TwoGroup {
        slab: context.slab.clone(),
        outcome: Context::outcome(first.finding),
        time: time(first.finding),
        time_months: first.finding.time.as_ref().and_then(months),
        grade: grade(first.finding),
        group1: label(first.group),
        group2: label(second.group),
        ai: shown(first.xi),
        n1i: shown(first.ni),
        ci: shown(second.xi),
        n2i: shown(second.ni),
        ai_derived: logical(first.derived),
        ci_derived: logical(second.derived),
        denominator: context.denominator(first.finding),
        shared_arm: pair.shared,
        roles: pair.roles,
        withheld: pair.withheld.clone().unwrap_or_default(),
        design: code(context.record.design.kind),
        record: &context.record.id,
        findings: both(first.finding, second.finding),
    }
}

row! {
    /// Of `continuous.csv`: `escalc(measure = "MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i)`.
    pub struct Continuous<'a> {
        slab: String,
        outcome: Cow<'a, str>,
        measure: &'a str,
        time: Option<String>,
        time_months as "time.months": Option<f64>,
        unit: &'a str,
        group1: &'a str,
        group2: &'a str,
        m1i: Option<f64>,
        sd1i: Option<f64>,
        n1i: Option<f64>,
        m2i: Option<f64>,
        sd2i: Option<f64>,
        n2i: Option<f64>,
        sd1i_derived as "sd1i.derived": &'a str,
        sd2i_derived as "sd2i.derived": &'a str,
        denominator: &'a str,
        shared_arm as "shared.arm": &'a str,
        roles: &'a str,
        withheld: String,
        design: &'a str,
        record: &'a str,
        findings: String,
    }
}

/// The row of two means.
pub fn continuous<'a>(context: &Context<'a>, means: &Means<'a>) -> Continuous<'a> {
    let (first, second) = (&means.first, &means.second);
    let shown = |value: Option<f64>| value.filter(|_| means.withheld.is_none());
    let unit = first.finding.estimate.as_ref().and_then(|estimate| estimate.unit.as_ref());
    Continuous {
        slab: context.slab.clone(),
        outcome: Context::outcome(first.finding),
        measure: code(first.finding.measure),
        time: time(first.finding),
        time_months: first.finding.time.as_ref().and_then(months),
        unit: unit.map_or("", |unit| unit.as_str()),
        group1: &first.group.label,
        group2: &second.group.label,
        m1i: shown(first.value),
        sd1i: shown(first.sd),
        n1i: shown(first.n),
        m2i: shown(second.value),
        sd2i: shown(second.sd),
        n2i: shown(second.n),
        sd1i_derived: logical(first.derived),
        sd2i_derived: logical(second.derived),
        denominator: context.denominator(first.finding),
        shared_arm: means.shared,
        roles: means.roles,
        withheld: means.withheld.clone().unwrap_or_default(),
        design: code(context.record.design.kind),
        record: &context.record.id,
        findings: both(first.finding, second.finding),
    }
}

row! {
    /// Of `ratios.csv`: `rma(yi = yi, sei = sei)`, or `conv.wald(out = yi, ci.lb = ci.lb, ci.ub = ci.ub)`.
    pub struct Hazard<'a> {
        slab: String,
        outcome: Cow<'a, str>,
        measure: &'a str,
        time: Option<String>,
        grade: Option<String>,
        group: &'a str,
        reference: &'a str,
        yi: Option<f64>,
        sei: Option<f64>,
        ci_lb as "ci.lb": Option<f64>,
        ci_ub as "ci.ub": Option<f64>,
        level: Option<f64>,
        printed: Option<f64>,
        printed_lb as "printed.lb": Option<f64>,
        printed_ub as "printed.ub": Option<f64>,
        pval: Option<f64>,
        pval_bound as "pval.bound": &'a str,
        adjusted: &'a str,
        denominator: &'a str,
        shared_arm as "shared.arm": &'a str,
        withheld: String,
        verdict: &'a str,
        design: &'a str,
        record: &'a str,
        finding: String,
    }
}

/// The row of a ratio.
pub fn ratio<'a>(context: &Context<'a>, ratio: &Ratio<'a>) -> Hazard<'a> {
    let finding = ratio.finding;
    let interval = finding.interval.as_ref();
    Hazard {
        slab: context.slab.clone(),
        outcome: Context::outcome(finding),
        measure: ratio.measure,
        time: time(finding),
        grade: grade(finding),
        group: label(ratio.group),
        reference: label(ratio.reference),
        yi: ratio.log.map(|log| log.estimate),
        sei: ratio.log.map(|log| log.error),
        ci_lb: ratio.log.map(|log| log.low),
        ci_ub: ratio.log.map(|log| log.high),
        level: ratio.level,
        printed: finding.estimate.as_ref().map(|estimate| estimate.value),
        printed_lb: interval.and_then(|interval| interval.low.as_ref()).map(|low| low.value),
        printed_ub: interval.and_then(|interval| interval.high.as_ref()).map(|high| high.value),
        pval: finding.p.as_ref().map(|p| p.value),
        pval_bound: finding.p.as_ref().and_then(|p| crate::write::tidy::bound(p.op)).unwrap_or_default(),
        adjusted: finding.adjusted.map_or("", logical),
        denominator: context.denominator(finding),
        shared_arm: ratio.shared,
        withheld: ratio.withheld.clone().unwrap_or_default(),
        verdict: ratio.verdict,
        design: code(context.record.design.kind),
        record: &context.record.id,
        finding: finding.id.to_string(),
    }
}

row! {
    /// Of `survival.csv`: estimates over time, which are no counts of people.
    pub struct Survivors<'a> {
        slab: String,
        outcome: Cow<'a, str>,
        measure: &'a str,
        time: Option<String>,
        time_months as "time.months": Option<f64>,
        group: &'a str,
        percent: Option<f64>,
        ci_lb as "ci.lb": Option<f64>,
        ci_ub as "ci.ub": Option<f64>,
        level: Option<f64>,
        n: Option<f64>,
        denominator: &'a str,
        withheld: String,
        verdict: &'a str,
        design: &'a str,
        group_kind as "group.kind": &'a str,
        group_role as "group.role": &'a str,
        record: &'a str,
        finding: String,
    }
}

/// The row of an estimate over time.
pub fn survival<'a>(context: &Context<'a>, estimate: &Survival<'a>) -> Survivors<'a> {
    let finding = estimate.finding;
    let group = estimate.group;
    Survivors {
        slab: context.slab.clone(),
        outcome: Context::outcome(finding),
        measure: code(finding.measure),
        time: time(finding),
        time_months: finding.time.as_ref().and_then(months),
        group: label(group),
        percent: estimate.percent,
        ci_lb: estimate.interval.map(|(low, ..)| low),
        ci_ub: estimate.interval.map(|(_, high, _)| high),
        level: estimate.interval.map(|(.., level)| level),
        n: group.and_then(|group| group.n.as_ref()).map(|n| n.value),
        denominator: context.denominator(finding),
        withheld: estimate.withheld.clone().unwrap_or_default(),
        verdict: estimate.verdict,
        design: code(context.record.design.kind),
        group_kind: group.map_or("", |group| code(group.kind)),
        group_role: group.and_then(|group| group.role).map_or("", code),
        record: &context.record.id,
        finding: finding.id.to_string(),
    }
}

/// As R reads it.
fn logical(flag: bool) -> &'static str {
    if flag { "TRUE" } else { "FALSE" }
}

fn label(group: Option<&Group>) -> &str {
    group.map_or("", |group| group.label.as_str())
}

fn both(first: &Finding, second: &Finding) -> String {
    format!("{} {}", first.id, second.id)
}
