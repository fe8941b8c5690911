//! Sets of reals between two ends: what a printed number may stand for, and what follows from several of them.
//!
//! The trick is that ends count as inside and comparisons forgive the last bits of a float, so that every rounding
//! rule is accepted at a tie (12.5 may have been printed as 12 or as 13).

/// A closed set of reals; either end may be infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Range {
    /// Between two ends, in either order.
    pub fn between(a: f64, b: f64) -> Self {
        Self { low: a.min(b), high: a.max(b) }
    }

    /// A single number.
    pub fn point(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// Whether some number lies in both.
    pub fn meets(self, other: Self) -> bool {
        !self.is_below(other) && !other.is_below(self)
    }

    /// Whether every number of it is smaller than every number of the other, beyond float noise.
    pub fn is_below(self, other: Self) -> bool {
        let noise = 1e-9 * (1.0 + self.high.abs().min(other.low.abs()));
        self.high < other.low - noise
    }

    /// Distance to the other; 0 where they meet.
    pub fn gap(self, other: Self) -> f64 {
        if self.meets(other) { 0.0 } else { (other.low - self.high).max(self.low - other.high) }
    }

    /// The numbers that lie in both; none where they do not meet.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        self.meets(other).then(|| Self::between(low, high))
    }

    /// The smallest range that holds both.
    pub fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// Sums.
    pub fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }

    /// Differences.
    pub fn minus(self, other: Self) -> Self {
        Self { low: self.low - other.high, high: self.high - other.low }
    }

    /// Multiples by one number.
    pub fn times(self, factor: f64) -> Self {
        Self::between(self.low * factor, self.high * factor)
    }

    /// Distances from zero.
    pub fn magnitude(self) -> Self {
        let (low, high) = (self.low.abs(), self.high.abs());
        let nearest = if self.low <= 0.0 && self.high >= 0.0 { 0.0 } else { low.min(high) };
        Self { low: nearest, high: low.max(high) }
    }

    /// Quotients of two ranges of positive numbers.
    pub fn over(self, other: Self) -> Self {
        let upper = if other.low <= 0.0 { f64::INFINITY } else { self.high / other.low };
        Self { low: self.low / other.high, high: upper }
    }

    /// What a rising function makes of it.
    pub fn map(self, rising: impl Fn(f64) -> f64) -> Self {
        Self { low: rising(self.low), high: rising(self.high) }
    }

    /// Its middle.
    pub fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_belongs_to_both_roundings() {
        let exact = Range::point(100.0 / 8.0);
        assert!(exact.meets(Range::between(11.5, 12.5)));
        assert!(exact.meets(Range::between(12.5, 13.5)));
        assert!(!exact.meets(Range::between(12.6, 13.5)));
    }

    #[test]
    fn an_open_end_meets_everything_beyond() {
        let above_five = Range { low: 5.0, high: f64::INFINITY };
        assert!(above_five.meets(Range::point(1e9)));
        assert!(Range::point(4.0).is_below(above_five));
        assert!((above_five.gap(Range::point(4.0)) - 1.0).abs() < 1e-12);
    }
}
