//! Printed numbers as the sets of reals that they may stand for.
//!
//! The trick is to keep value and step (one unit of the last printed digit) together and convert both at once:
//! 0.91 of one is 91 of a hundred with a step of 1.

use crate::model::{Interval, Op, PValue, Quantity, Spread, Unit};

use super::range::Range;

/// How many units of the last digit "about" leaves open, and which share of the value at least.
const ABOUT: (f64, f64) = (5.0, 0.05);

/// The level of confidence that goes without saying.
pub const USUAL_LEVEL: f64 = 95.0;

/// The level of one standard error on either side.
pub const STANDARD_ERROR: f64 = 68.268_949;

/// Levels by which a misprinted interval is explained.
pub const OTHER_LEVELS: [f64; 4] = [90.0, 99.0, STANDARD_ERROR, USUAL_LEVEL];

/// A printed number in some unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Printed {
    /// The number.
    pub value: f64,
    /// One unit of its last printed digit.
    pub step: f64,
    op: Op,
}

/// The printed limits of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Lower limit.
    pub low: Printed,
    /// Upper limit.
    pub high: Printed,
}

impl Printed {
    /// A number in its own unit.
    pub fn of(quantity: &Quantity) -> Self {
        Self {
            value: quantity.value,
            step: 10f64.powi(-i32::from(quantity.decimals)),
            op: quantity.op.unwrap_or(Op::Equal),
        }
    }

    /// A share of people in percent; none where the unit is neither percent nor fraction.
    pub fn percent(quantity: &Quantity) -> Option<Self> {
        Self::percent_in(quantity, quantity.unit.as_ref()?)
    }

    fn percent_in(quantity: &Quantity, unit: &Unit) -> Option<Self> {
        match unit {
            Unit::Percent => Some(Self::of(quantity)),
            Unit::Fraction => Some(Self::of(quantity).scaled(100.0)),
            _ => None,
        }
    }

    /// The mean's spread, in the unit of the mean.
    pub fn spread(spread: &Spread) -> Self {
        Self { value: spread.value, step: 10f64.powi(-i32::from(spread.decimals)), op: Op::Equal }
    }

    /// The same number in a unit that is so many times smaller.
    pub fn scaled(self, factor: f64) -> Self {
        Self { value: self.value * factor, step: self.step * factor, op: self.op }
    }

    /// The same number with its sign turned, where it is no bound.
    pub fn negated(self) -> Self {
        Self { value: -self.value, ..self }
    }

    /// The reals that round to it; a bound is open to its side.
    pub fn range(self) -> Range {
        let (low, high) = (self.value - self.step / 2.0, self.value + self.step / 2.0);
        match self.op {
            Op::Equal => Range { low, high },
            Op::Less => Range { low: f64::NEG_INFINITY, high: self.value },
            Op::AtMost => Range { low: f64::NEG_INFINITY, high },
            Op::Greater => Range { low: self.value, high: f64::INFINITY },
            Op::AtLeast | Op::Censored => Range { low, high: f64::INFINITY },
            Op::About => {
                let slack = (ABOUT.0 * self.step).max(ABOUT.1 * self.value.abs());
                Range { low: self.value - slack, high: self.value + slack }
            }
        }
    }

    /// The reals that give it when their further digits are cut off; the next printable number is not among them.
    pub fn truncated(self) -> Range {
        let away = self.value + (self.step * (1.0 - 1e-6)).copysign(self.value);
        Range::between(self.value, away)
    }

    /// Whether it is printed as a bound or as "about".
    pub fn is_bound(self) -> bool {
        self.op != Op::Equal
    }
}

impl Limits {
    /// Both limits in the unit of the estimate; none where one is missing.
    pub fn of(interval: &Interval) -> Option<Self> {
        let (low, high) = (interval.low.as_ref()?, interval.high.as_ref()?);
        Some(Self { low: Printed::of(low), high: Printed::of(high) })
    }

    /// Both limits in percent, beside an estimate in percent or as a fraction. A limit without a unit has the
    /// estimate's, unless the numbers themselves say that percent and fraction were mixed.
    pub fn percent(interval: &Interval, estimate: &Quantity) -> Option<Self> {
        let (low, high) = (interval.low.as_ref()?, interval.high.as_ref()?);
        let own = low.unit.as_ref().or(high.unit.as_ref()).or(estimate.unit.as_ref())?;
        let in_percent = *own == Unit::Percent && estimate.value > 1.0;
        let as_fraction = in_percent && high.value <= 1.0 && high.decimals >= 2;
        let unit = if as_fraction { &Unit::Fraction } else { own };
        Some(Self { low: Printed::percent_in(low, unit)?, high: Printed::percent_in(high, unit)? })
    }
}

/// The p values that a printed one may stand for, within 0 and 1.
pub fn p_range(p: &PValue) -> Range {
    let half = 0.5 * 10f64.powi(-i32::from(p.decimals));
    let range = match p.op {
        Op::Less | Op::AtMost => Range { low: 0.0, high: p.value },
        Op::Greater | Op::AtLeast | Op::Censored => Range { low: p.value, high: 1.0 },
        Op::Equal => Range { low: p.value - half, high: p.value + half },
        Op::About => Range { low: p.value - 10.0 * half, high: p.value + 10.0 * half },
    };
    range.map(|end| end.clamp(0.0, 1.0))
}

/// The level of confidence of an interval in percent; 95 goes without saying.
pub fn level(interval: &Interval) -> f64 {
    let level = interval.level.unwrap_or(USUAL_LEVEL);
    // ".95% CI"
    if level < 1.0 { level * 100.0 } else { level }
}

/// A whole number of people or episodes, exactly printed.
pub fn whole(quantity: &Quantity) -> Option<f64> {
    let exact = matches!(quantity.op, None | Some(Op::Equal));
    (exact && quantity.value.fract() == 0.0 && quantity.value >= 0.0).then_some(quantity.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::build::number;

    fn close(range: Range, low: f64, high: f64) -> bool {
        (range.low - low).abs() < 1e-9 && (range.high - high).abs() < 1e-9
    }

    #[test]
    fn decimals_set_the_range() {
        assert!(close(Printed::of(&number("79")).range(), 78.5, 79.5));
        assert!(close(Printed::of(&number("79.1")).range(), 79.05, 79.15));
        let cut_off = Printed::of(&number("79.1")).truncated();
        assert!(cut_off.meets(Range::point(79.19)) && !cut_off.meets(Range::point(79.2)));
    }

    #[test]
    fn a_fraction_is_a_percentage_with_two_decimals_fewer() {
        let share = Printed::percent(&number("0.91 fraction")).expect("a share");
        assert!(close(share.range(), 90.5, 91.5));
        assert_eq!(Printed::percent(&number("0.91 month")), None);
    }

    #[test]
    fn bounds_are_open_to_their_side() {
        assert_eq!(Printed::of(&number("<5")).range(), Range { low: f64::NEG_INFINITY, high: 5.0 });
        assert!(Printed::of(&number("33.9+")).range().high.is_infinite());
    }
}
