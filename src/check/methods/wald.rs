//! Wald's interval for a proportion, plain and with continuity correction.

use crate::check::range::Range;

/// p ± z·√(p(1−p)/n), not clipped. Source: Laplace 1812; discussed by Brown and others 2001.
pub fn wald(x: f64, n: f64, z: f64) -> Range {
    widened(x, n, z, 0.0)
}

/// Wald's interval widened by 1/(2n) on either side, not clipped. Source: Newcombe 1998, method 2.
pub fn wald_cc(x: f64, n: f64, z: f64) -> Range {
    widened(x, n, z, 0.5 / n)
}

fn widened(x: f64, n: f64, z: f64, correction: f64) -> Range {
    let p = x / n;
    let half = z * (p * (1.0 - p) / n).sqrt() + correction;
    Range { low: p - half, high: p + half }
}
