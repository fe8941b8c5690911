//! What is estimated over time, not counted: survival and cumulative incidence at a time point, with their intervals.

use crate::check::Printed;
use crate::model::{Finding, Group, Measure};

use super::context::{Context, is_survival};
use super::shares::interval;

/// An estimate at a time point.
pub struct Survival<'a> {
    /// Where it is reported.
    pub finding: &'a Finding,
    /// In whom.
    pub group: Option<&'a Group>,
    /// The estimate, in percent; none where withheld.
    pub percent: Option<f64>,
    /// Its confidence interval, in percent, and the level.
    pub interval: Option<(f64, f64, f64)>,
    /// What checks came to.
    pub verdict: &'static str,
    /// Why there is no estimate.
    pub withheld: Option<String>,
}

/// The estimates of a record.
pub fn survival<'a>(context: &Context<'a>) -> Vec<Survival<'a>> {
    let estimated = |f: &&Finding| match f.measure {
        Measure::SurvivalProbability | Measure::CumulativeIncidence => true,
        Measure::Proportion => is_survival(f),
        _ => false,
    };
    let row = |finding: &'a Finding| {
        let printed = finding.estimate.as_ref().and_then(Printed::percent)?;
        let (verdict, inconsistent) = context.judged(finding);
        let bound = printed.is_bound().then(|| "the percentage is printed as a bound".to_owned());
        let withheld = inconsistent.or(bound);
        let shown = withheld.is_none();
        Some(Survival {
            finding,
            group: context.group(finding),
            percent: Some((printed.value * 1e6).round() / 1e6).filter(|_| shown),
            interval: interval(finding).filter(|_| shown),
            verdict,
            withheld,
        })
    };
    context.results().filter(estimated).filter_map(row).collect()
}
