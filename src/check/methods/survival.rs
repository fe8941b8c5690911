//! Intervals for a survival probability from its standard error, by the scale on which they are symmetric.
//!
//! The trick is that each scale is a rising function of the probability: an interval fits a scale when its two limits
//! lie equally far from the estimate on it, and the distance gives the standard error back.

use crate::check::range::Range;

/// A scale on which an interval for a survival probability may be symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SurvivalTransform {
    /// The probability itself. Source: Greenwood 1926.
    Plain,
    /// Its logarithm. Source: Kalbfleisch, Prentice 1980.
    Log,
    /// The logarithm of its negative logarithm. Source: Kalbfleisch, Prentice 1980.
    LogLog,
    /// The logarithm of its odds. Source: Meeker, Escobar 1998.
    Logit,
    /// The arcsine of its square root. Source: Borgan, Liestøl 1990.
    Arcsine,
}

impl SurvivalTransform {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Plain, Self::Log, Self::LogLog, Self::Logit, Self::Arcsine];

    /// The probability on this scale; rising.
    pub fn scale(self, s: f64) -> f64 {
        match self {
            Self::Plain => s,
            Self::Log => s.ln(),
            Self::LogLog => -(-s.ln()).ln(),
            Self::Logit => (s / (1.0 - s)).ln(),
            Self::Arcsine => s.clamp(0.0, 1.0).sqrt().asin(),
        }
    }

    /// Back from the scale, clipped to 0 and 1.
    fn unscale(self, t: f64) -> f64 {
        let s = match self {
            Self::Plain => t,
            Self::Log => t.exp(),
            Self::LogLog => (-(-t).exp()).exp(),
            Self::Logit => 1.0 / (1.0 + (-t).exp()),
            Self::Arcsine => t.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2),
        };
        s.clamp(0.0, 1.0)
    }

    /// How fast the scale rises at a probability strictly between 0 and 1: what turns a standard error of the
    /// probability into one of the scale (the delta method).
    pub fn slope(self, s: f64) -> f64 {
        match self {
            Self::Plain => 1.0,
            Self::Log => 1.0 / s,
            Self::LogLog => -1.0 / (s * s.ln()),
            Self::Logit => 1.0 / (s * (1.0 - s)),
            Self::Arcsine => 0.5 / (s * (1.0 - s)).sqrt(),
        }
    }

    /// Limits around a probability strictly between 0 and 1 with this standard error.
    pub fn limits(self, s: f64, standard_error: f64, z: f64) -> Range {
        let (middle, half) = (self.scale(s), z * standard_error * self.slope(s));
        Range { low: self.unscale(middle - half), high: self.unscale(middle + half) }
    }

    /// The name written in the record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Log => "log",
            Self::LogLog => "log_log",
            Self::Logit => "logit",
            Self::Arcsine => "arcsine",
        }
    }
}
