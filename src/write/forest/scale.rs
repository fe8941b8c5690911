//! The axis of a forest plot: from numbers to places, and where its ticks stand.

use std::ops::Range;

/// Ratios are drawn no further than this; what lies beyond ends in an arrow.
const FURTHEST_RATIO: f64 = 50.0;
/// Ends of the axis of shares, in percent: the smallest that holds all limits is taken.
const SHARES: [(f64, f64); 4] = [(10.0, 2.0), (25.0, 5.0), (50.0, 10.0), (100.0, 20.0)];

/// An axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    ratio: bool,
    /// Ends, in numbers.
    pub ends: Range<f64>,
    /// Places of ticks, in numbers.
    pub ticks: Vec<f64>,
}

impl Scale {
    /// Of shares in percent, up to `high`.
    pub fn shares(high: f64) -> Self {
        let (end, step) = SHARES.into_iter().find(|(end, _)| high <= *end).unwrap_or(SHARES[SHARES.len() - 1]);
        let ticks = (0..=100).map(|k| f64::from(k) * step).take_while(|tick| *tick <= end).collect();
        Self { ratio: false, ends: 0.0..end, ticks }
    }

    /// Of ratios between `low` and `high`, with 1 in it; ticks at 1, 2 and 5 times powers of ten.
    pub fn ratios(low: f64, high: f64) -> Self {
        let powers = (-2..=2).map(|power| 10f64.powi(power));
        let steps: Vec<f64> = powers.flat_map(|power| [1.0, 2.0, 5.0].map(|step| step * power)).collect();
        let low = low.clamp(1.0 / FURTHEST_RATIO, 0.9);
        let high = high.clamp(1.1, FURTHEST_RATIO);
        let start = steps.iter().rfind(|step| **step <= low).copied().unwrap_or(1.0 / FURTHEST_RATIO);
        let end = steps.iter().find(|step| **step >= high).copied().unwrap_or(FURTHEST_RATIO);
        let ticks = steps.into_iter().filter(|step| (start..=end).contains(step)).collect();
        Self { ratio: true, ends: start..end, ticks }
    }

    /// Where a number stands on the axis, in the axis' own linear unit; beyond an end it is that end.
    pub fn place(&self, number: f64) -> f64 {
        let number = number.clamp(self.ends.start, self.ends.end);
        if self.ratio { number.ln() } else { number }
    }

    /// Whether a number lies beyond an end.
    pub fn is_beyond(&self, number: f64) -> bool {
        !(self.ends.start..=self.ends.end).contains(&number)
    }

    /// The ends in the axis' own unit.
    pub fn linear(&self) -> Range<f64> {
        self.place(self.ends.start)..self.place(self.ends.end)
    }

    /// A tick in words.
    pub fn label(&self, tick: f64) -> String {
        if self.ratio { tick.to_string() } else { format!("{tick}%") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_holds_what_is_drawn_and_has_round_ticks() {
        assert_eq!(Scale::shares(7.0).ticks, [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(Scale::shares(87.7).ends, 0.0..100.0);
        assert_eq!(Scale::ratios(0.41, 0.95).ticks, [0.2, 0.5, 1.0, 2.0]);
        assert_eq!(Scale::ratios(0.0003, 4000.0).ends, 0.02..50.0);
        assert!(Scale::ratios(0.5, 400.0).is_beyond(400.0));
    }
}
