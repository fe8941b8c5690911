//! The intervals for a proportion, each under the name that R's meta and statsmodels use.

use crate::check::range::Range;

use super::agresti_coull::agresti_coull;
use super::clopper_pearson::clopper_pearson;
use super::jeffreys::jeffreys;
use super::normal::critical;
use super::wald::{wald, wald_cc};
use super::wilson::{wilson, wilson_cc};

/// A method to make an interval for a proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProportionMethod {
    /// Wald.
    Wald,
    /// Wald with continuity correction.
    WaldCc,
    /// Wilson's score interval.
    Wilson,
    /// Wilson's with continuity correction.
    WilsonCc,
    /// Clopper and Pearson's exact interval.
    ClopperPearson,
    /// Agresti and Coull's.
    AgrestiCoull,
    /// From Jeffreys' prior.
    Jeffreys,
}

impl ProportionMethod {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Wald,
        Self::WaldCc,
        Self::Wilson,
        Self::WilsonCc,
        Self::ClopperPearson,
        Self::AgrestiCoull,
        Self::Jeffreys,
    ];

    /// Limits for `x` of `n` at a level in percent, as fractions; Wald's and Agresti–Coull's may lie outside 0 and 1.
    pub fn limits(self, x: f64, n: f64, level: f64) -> Range {
        let z = critical(level);
        match self {
            Self::Wald => wald(x, n, z),
            Self::WaldCc => wald_cc(x, n, z),
            Self::Wilson => wilson(x, n, z),
            Self::WilsonCc => wilson_cc(x, n, z),
            Self::ClopperPearson => clopper_pearson(x, n, level),
            Self::AgrestiCoull => agresti_coull(x, n, z),
            Self::Jeffreys => jeffreys(x, n, level),
        }
    }

    /// The name written in the record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wald => "wald",
            Self::WaldCc => "wald_cc",
            Self::Wilson => "wilson",
            Self::WilsonCc => "wilson_cc",
            Self::ClopperPearson => "clopper_pearson",
            Self::AgrestiCoull => "agresti_coull",
            Self::Jeffreys => "jeffreys",
        }
    }

    /// The name used in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Wald => "Wald",
            Self::WaldCc => "Wald with continuity correction",
            Self::Wilson => "Wilson",
            Self::WilsonCc => "Wilson with continuity correction",
            Self::ClopperPearson => "Clopper-Pearson",
            Self::AgrestiCoull => "Agresti-Coull",
            Self::Jeffreys => "Jeffreys",
        }
    }
}
