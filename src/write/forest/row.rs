//! A finding as a row of a forest plot: study, group, people, and a number with its limits.

use crate::check::methods::ProportionMethod;
use crate::model::{Finding, FindingKind, Group, IntervalKind, Measure, Quantity, Record, TimePoint, Unit, Verdict};
use crate::write::heading;
use crate::write::index::Index;
use crate::write::phrase;

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

    fn of(measure: Measure) -> Option<Self> {
        Some(match measure {
            Measure::Count | Measure::Proportion => Self::Proportion,
            Measure::SurvivalProbability => Self::SurvivalProbability,
            Measure::CumulativeIncidence => Self::CumulativeIncidence,
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
    days: Option<f64>,
    /// In words; empty where neither is said.
    pub words: String,
}

impl Section {
    fn of(finding: &Finding) -> Self {
        let grade = finding.grade.as_ref().map(|grade| format!("grade {}", phrase::grade(grade)));
        let time = finding.time.as_ref().map(|time| format!("at {}", phrase::time(time)));
        Self {
            grade: finding.grade.as_ref().map(|grade| (grade.min, grade.max)),
            days: finding.time.as_ref().and_then(days),
            words: grade.into_iter().chain(time).collect::<Vec<_>>().join(", "),
        }
    }

    /// Whether both are of one grade and time.
    pub fn is_same(&self, other: &Self) -> bool {
        self.grade == other.grade && self.days == other.days && (self.days.is_some() || self.words == other.words)
    }
}

/// A time in days, months as twelfths of a year; none for what is no time of the calendar.
fn days(time: &TimePoint) -> Option<f64> {
    const YEAR: f64 = 365.25;
    Some(match time.unit {
        Unit::Day => time.value,
        Unit::Week => time.value * 7.0,
        Unit::Month => time.value * YEAR / 12.0,
        Unit::Year => time.value * YEAR,
        _ => return None,
    })
}

/// One row. Shares are in percent.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// First author and year, else the record's id.
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
    /// Of a record; results that state others again are passed over.
    pub fn of(record: &'a Record, method: ProportionMethod) -> Self {
        let index = Index::of(record);
        let mut drawn = Self { rows: Vec::new(), bare: Vec::new() };
        if record.error.is_some() || record.duplicate_of.is_some() {
            return drawn;
        }
        for finding in &record.findings {
            let (Some(outcome), Some(family)) = (finding.outcome.id.as_deref(), Family::of(finding.measure)) else {
                continue;
            };
            if finding.kind != FindingKind::Result || finding.repeats.is_some() {
                continue;
            }
            match row(record, &index, finding, family, method) {
                Some(row) => drawn.rows.push((outcome, family, row)),
                None => drawn.bare.push((outcome, family)),
            }
        }
        drawn
    }
}

fn row(record: &Record, index: &Index, finding: &Finding, family: Family, method: ProportionMethod) -> Option<Row> {
    let group = finding.group.map(|id| index.group(id));
    let counted = (family == Family::Proportion).then(|| people(finding, group)).flatten();
    let (x, n, limits) = counted.map_or((None, None, Limits::Printed), |(x, n, limits)| (Some(x), Some(n), limits));
    let (estimate, low, high, decimals) = match (x, n) {
        (Some(x), Some(n)) => {
            let range = method.limits(x, n, LEVEL);
            (100.0 * x / n, 100.0 * range.low.max(0.0), 100.0 * range.high.min(1.0), 1)
        }
        _ => printed(finding, family)?,
    };
    let label = |id| index.group(id).label.clone();
    let year = record.reference.year.map(|year| year.to_string());
    let lead: Vec<String> = heading::first_author(&record.reference).into_iter().chain(year).collect();
    Some(Row {
        study: if lead.is_empty() { record.id.clone() } else { lead.join(" ") },
        group: finding.group.map(label).unwrap_or_default(),
        comparator: finding.comparator.map(label),
        section: Section::of(finding),
        x,
        n,
        estimate,
        low,
        high,
        decimals,
        limits,
        disputed: index.verdict(finding) == Some(Verdict::Inconsistent),
    })
}

/// x and n, printed or, where one whole number alone rounds to the percentage, derived.
fn people(finding: &Finding, group: Option<&Group>) -> Option<(f64, f64, Limits)> {
    let plain = |quantity: &Quantity| quantity.op.is_none().then_some(quantity.value);
    let n = match &finding.total {
        Some(total) => plain(total)?,
        None => plain(group?.n.as_ref()?)?,
    };
    let (x, limits) = match (&finding.events, &finding.estimate) {
        (Some(events), _) => (plain(events)?, Limits::Computed),
        (None, Some(estimate)) if estimate.op.is_none() => (only_count(estimate, n)?, Limits::Derived),
        (None, _) => return None,
    };
    (n > 0.0 && x >= 0.0 && x <= n).then_some((x, n, limits))
}

/// The one whole number of `n` people that rounds to a printed share; none where several do, or none does.
fn only_count(estimate: &Quantity, n: f64) -> Option<f64> {
    const NOISE: f64 = 1e-9;
    let scale = match estimate.unit {
        Some(Unit::Percent) => 100.0,
        Some(Unit::Fraction) => 1.0,
        _ => return None,
    };
    let half = 0.5 * 10f64.powi(-i32::from(estimate.decimals));
    let first = ((estimate.value - half) * n / scale - NOISE).ceil();
    let last = ((estimate.value + half) * n / scale + NOISE).floor();
    ((first - last).abs() < NOISE).then_some(first)
}

/// Estimate and confidence limits as printed, shares in percent; none where a limit is missing or does not fit.
fn printed(finding: &Finding, family: Family) -> Option<(f64, f64, f64, usize)> {
    let estimate = finding.estimate.as_ref().filter(|estimate| estimate.op.is_none())?;
    let interval = finding.interval.as_ref().filter(|interval| interval.kind == IntervalKind::Ci)?;
    if interval.level.is_some_and(|level| (level - LEVEL).abs() > f64::EPSILON) {
        return None;
    }
    let scale = match (&estimate.unit, family.is_ratio()) {
        (_, true) | (Some(Unit::Percent), false) => 1.0,
        (Some(Unit::Fraction), false) => 100.0,
        _ => return None,
    };
    let (lowest, highest) = (interval.low.as_ref()?, interval.high.as_ref()?);
    let (low, high) = (lowest.value * scale, highest.value * scale);
    let value = estimate.value * scale;
    let printed = usize::from(estimate.decimals.max(lowest.decimals).max(highest.decimals));
    let decimals = if scale > 1.0 { printed.saturating_sub(2) } else { printed };
    let fits = low <= value && value <= high && if family.is_ratio() { low > 0.0 } else { low >= 0.0 && high <= 100.0 };
    fits.then_some((value, low, high, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    #[test]
    fn rows_are_made_of_counts_or_of_printed_limits() {
        let record = sample::record();
        let drawn = Drawn::of(&record, ProportionMethod::Wilson);
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
        // Limits by statsmodels 0.15.0: proportion_confint(31, 40, method="wilson"), and of 12 of 40.
        assert_eq!(
            rows,
            [
                "complete_remission proportion Okafor et al. 2021 Some(31.0)/Some(40.0) 77.5 [62.5, 87.7] Computed false",
                "relapse proportion Okafor et al. 2021 Some(12.0)/Some(40.0) 30.0 [18.1, 45.4] Computed true",
            ]
        );
        // The upper limit of the hazard ratio was not reached.
        assert_eq!(drawn.bare, [("overall_survival", Family::HazardRatio)]);
    }

    #[test]
    fn a_count_is_derived_only_where_there_is_no_other() {
        let percent = |value, decimals| sample::quantity(value, decimals, Some(Unit::Percent));
        assert_eq!(only_count(&percent(79.0, 0), 43.0), Some(34.0));
        assert_eq!(only_count(&percent(79.0, 0), 430.0), None);
        assert_eq!(only_count(&percent(79.1, 1), 430.0), Some(340.0));
        assert_eq!(only_count(&percent(50.0, 0), 3.0), None);
    }
}
