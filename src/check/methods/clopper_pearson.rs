//! The exact interval for a proportion.

use crate::check::range::Range;

use super::beta_quantile::beta_quantile;

/// The proportions for which neither tail of the binomial falls below half the error. Source: Clopper, Pearson 1934.
pub fn clopper_pearson(x: f64, n: f64, level: f64) -> Range {
    let tail = (1.0 - level / 100.0) / 2.0;
    let low = if x <= 0.0 { 0.0 } else { beta_quantile(x, n - x + 1.0, tail) };
    let high = if x >= n { 1.0 } else { beta_quantile(x + 1.0, n - x, 1.0 - tail) };
    Range { low, high }
}
