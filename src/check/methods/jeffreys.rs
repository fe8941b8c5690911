//! The interval for a proportion from Jeffreys' prior.

use crate::check::range::Range;

use super::beta_quantile::beta_quantile;

/// Equal-tailed quantiles of Beta(x + ½, n − x + ½). Source: Brown and others 2001, equation 6.
pub fn jeffreys(x: f64, n: f64, level: f64) -> Range {
    let tail = (1.0 - level / 100.0) / 2.0;
    let (a, b) = (x + 0.5, n - x + 0.5);
    Range { low: beta_quantile(a, b, tail), high: beta_quantile(a, b, 1.0 - tail) }
}
