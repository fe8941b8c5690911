//! A finding as a row of a forest plot: study, group, people, and a number with its limits.
//!
//! The rows are those that a meta-analysis can pool ([`pool`](crate::write::pool)), so that the picture and R have the same
//! numbers; only what a check found inconsistent is drawn too, and marked.

use crate::check::methods::ProportionMethod;
use crate::model::{Finding, Measure, Quantity, Record, Unit};
use crate::write::phrase;
use crate::write::pool::{Context, Ratio, Share, Survival, months, ratios, shares, survival};

const LEVEL: f64 = 95.0;

/// Measures that stand on one scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Shares of people (x of n).
    Proportion,
    /// Survival at a time point.
    SurvivalProbability,
    /// Cumulative incidence at a time point.
    CumulativeIncidence,
    /// Hazard ratios.
    HazardRatio,
    /// Subdistribution hazard ratios.
    SubdistributionHazardRatio,
    /// Odds ratios.
    OddsRatio,
    /// Risk ratios.
    RiskRatio,
    /// Rate ratios.
    RateRatio,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Proportion,
        Self::SurvivalProbability,
        Self::CumulativeIncidence,
        Self::HazardRatio,
        Self::SubdistributionHazardRatio,
        Self::OddsRatio,
        Self::RiskRatio,
        Self::RateRatio,
    ];

    fn of_ratio(measure: Measure) -> Option<Self> {
        Some(match measure {
            Measure::HazardRatio => Self::HazardRatio,
            Measure::SubdistributionHazardRatio => Self::SubdistributionHazardRatio,
            Measure::OddsRatio => Self::OddsRatio,
            Measure::RiskRatio => Self::RiskRatio,
            Measure::RateRatio => Self::RateRatio,
            _ => return None,
        })
    }

    /// What it is called in a picture.
    pub fn title(self) -> String {
        self.name().replace('_', " ")
    }

    /// The name of its measure in the record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proportion => "proportion",
            Self::SurvivalProbability => "survival_probability",
            Self::CumulativeIncidence => "cumulative_incidence",
            Self::HazardRatio => "hazard_ratio",
            Self::SubdistributionHazardRatio => "subdistribution_hazard_ratio",
            Self::OddsRatio => "odds_ratio",
            Self::RiskRatio => "risk_ratio",
            Self::RateRatio => "rate_ratio",
        }
    }

    /// Whether it compares two groups, and so stands on a logarithmic scale with 1 for no difference.
    pub fn is_ratio(self) -> bool {
        !matches!(self, Self::Proportion | Self::SurvivalProbability | Self::CumulativeIncidence)
    }
}

/// Where the limits come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// Computed from x of n.
    Computed,
    /// Computed from n and the only x that rounds to the printed percentage.
    Derived,
    /// As printed.
    Printed,
}

/// Grade and time point of a result. 12 months are a year.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub struct Section {
    grade: Option<(Option<u8>, Option<u8>)>,
    months: Option<f64>,
    /// In words; empty where neither is said.
    pub words: String,
}

impl Section {
    fn of(finding: &Finding) -> Self {
        let grade = finding.grade.as_ref().map(|grade| format!("grade {}", phrase::grade(grade)));
        let time = finding.time.as_ref().map(|time| format!("at {}", phrase::time(time)));
        Self {
            grade: finding.grade.as_ref().map(|grade| (grade.min, grade.max)),
            months: finding.time.as_ref().and_then(months),
            words: grade.into_iter().chain(time).collect::<Vec<_>>().join(", "),
        }
    }

    /// Whether both are of one grade and time.
    pub fn is_same(&self, other: &Self) -> bool {
        self.grade == other.grade && self.months == other.months && (self.months.is_some() || self.words == other.words)
    }
}

/// One row. Shares are in percent.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Label of the study.
    pub study: String,
    /// The group; empty where it is not clear.
    pub group: String,
    /// The group compared with.
    pub comparator: Option<String>,
    /// Grade and time point, which set rows apart.
    pub section: Section,
    /// People with the outcome.
    pub x: Option<f64>,
    /// People looked at.
    pub n: Option<f64>,
    /// The number.
    pub estimate: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// Decimals that number and limits are told with.
    pub decimals: usize,
    /// Where the limits come from.
    pub limits: Limits,
    /// Whether a check found that the printed numbers disagree.
    pub disputed: bool,
}

/// The rows of a record, each with its outcome and family; and the outcomes of those that lack what a row needs.
pub struct Drawn<'a> {
    /// Outcome, family, row.
    pub rows: Vec<(&'a str, Family, Row)>,
    /// Outcome and family of results without the numbers for limits.
    pub bare: Vec<(&'a str, Family)>,
}

impl<'a> Drawn<'a> {
    /// Of a record whose study has the label `slab`.
    pub fn of(record: &'a Record, slab: String, method: ProportionMethod) -> Self {
        let mut drawn = Self { rows: Vec::new(), bare: Vec::new() };
        if record.error.is_some() || record.duplicate_of.is_some() {
            return drawn;
        }
        let context = Context::new(record, slab, true);
        for share in shares(&context) {
            drawn.take(share.finding, Family::Proportion, of_share(&context, &share, method));
        }
        for estimate in survival(&context) {
            let incidence = estimate.finding.measure == Measure::CumulativeIncidence;
            let family = if incidence { Family::CumulativeIncidence } else { Family::SurvivalProbability };
            drawn.take(estimate.finding, family, of_estimate(&context, &estimate));
        }
        for ratio in ratios(&context) {
            if let Some(family) = Family::of_ratio(ratio.finding.measure) {
                drawn.take(ratio.finding, family, of_ratio(&context, &ratio));
            }
        }
        drawn
    }

    /// Takes a row, or notes that there is none; outcomes without an id have no picture.
    fn take(&mut self, finding: &'a Finding, family: Family, row: Option<Row>) {
        let Some(outcome) = finding.outcome.id.as_deref() else { return };
        match row {
            Some(row) => self.rows.push((outcome, family, row)),
            None => self.bare.push((outcome, family)),
        }
    }
}

/// x of n with computed limits, else the printed percentage with the printed ones.
fn of_share(context: &Context, share: &Share, method: ProportionMethod) -> Option<Row> {
    let verdict = share.verdict;
    let (Some(x), Some(n)) = (share.xi, share.ni.filter(|n| *n > 0.0)) else {
        return printed(context, share.finding, share.percent, share.interval, verdict);
    };
    let range = method.limits(x, n, LEVEL);
    let limits = if share.derived { Limits::Derived } else { Limits::Computed };
    Some(Row {
        x: Some(x),
        n: Some(n),
        limits,
        ..row(context, share.finding, verdict, [x / n, range.low.max(0.0), range.high.min(1.0)].map(|p| p * 100.0), 1)
    })
}

fn of_estimate(context: &Context, estimate: &Survival) -> Option<Row> {
    printed(context, estimate.finding, estimate.percent, estimate.interval, estimate.verdict)
}

fn of_ratio(context: &Context, ratio: &Ratio) -> Option<Row> {
    ratio.log.filter(|_| ratio.level.is_none_or(is_usual))?;
    let interval = ratio.finding.interval.as_ref()?;
    let numbers = [ratio.finding.estimate.as_ref()?, interval.low.as_ref()?, interval.high.as_ref()?];
    let decimals = numbers.map(|number| number.decimals).into_iter().max().unwrap_or_default();
    Some(row(context, ratio.finding, ratio.verdict, numbers.map(|number| number.value), usize::from(decimals)))
}

/// A percentage with its limits as printed; none where one is missing, or they are of another level.
fn printed(
    context: &Context,
    finding: &Finding,
    percent: Option<f64>,
    interval: Option<(f64, f64, f64)>,
    verdict: &str,
) -> Option<Row> {
    let (percent, (low, high, level)) = (percent?, interval?);
    let fits = 0.0 <= low && low <= percent && percent <= high && high <= 100.0;
    let decimals = finding.estimate.as_ref().map_or(0, decimals);
    (fits && is_usual(level)).then(|| row(context, finding, verdict, [percent, low, high], decimals))
}

fn is_usual(level: f64) -> bool {
    (level - LEVEL).abs() < f64::EPSILON
}

/// Decimals of a printed share once it is in percent.
fn decimals(estimate: &Quantity) -> usize {
    let shift = if estimate.unit == Some(Unit::Fraction) { 2 } else { 0 };
    usize::from(estimate.decimals).saturating_sub(shift)
}

/// A row with printed limits.
fn row(context: &Context, finding: &Finding, verdict: &str, numbers: [f64; 3], decimals: usize) -> Row {
    let label = |id| context.index.group(id).label.clone();
    let [estimate, low, high] = numbers;
    Row {
        study: context.slab.clone(),
        group: finding.group.map(label).unwrap_or_default(),
        comparator: finding.comparator.map(label),
        section: Section::of(finding),
        x: None,
        n: None,
        estimate,
        low,
        high,
        decimals,
        limits: Limits::Printed,
        disputed: verdict == "inconsistent",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    #[test]
    fn rows_are_made_of_counts_or_of_printed_limits() {
        let record = sample::record();
        let drawn = Drawn::of(&record, "Okafor et al., 2021".into(), ProportionMethod::Wilson);
        let rows: Vec<String> = drawn
            .rows
            .iter()
            .map(|(outcome, family, row)| {
                format!(
                    "{outcome} {} {} {:?}/{:?} {:.1} [{:.1}, {:.1}] {:?} {}",
                    family.title(),
                    row.study,
                    row.x,
                    row.n,
                    row.estimate,
                    row.low,
                    row.high,
                    row.limits,
                    row.disputed
                )
            })
            .collect();
        // Limits by statsmodels 0.15.0: proportion_confint(31, 40, method="wilson"). 12 of the 40 is not the 34% printed.
        assert_eq!(
            rows,
            [
                "complete_remission proportion Okafor et al., 2021 Some(31.0)/Some(40.0) 77.5 [62.5, 87.7] Computed false",
                "relapse proportion Okafor et al., 2021 None/None 34.0 [16.0, 44.0] Printed true",
            ]
        );
        // The upper limit of the hazard ratio was not reached.
        assert_eq!(drawn.bare, [("overall_survival", Family::HazardRatio)]);
    }
}
