//! Agresti and Coull's interval for a proportion.

use crate::check::range::Range;

use super::wald::wald;

/// Wald's interval after z²/2 successes and as many failures have been added, not clipped. Source: Agresti, Coull 1998.
pub fn agresti_coull(x: f64, n: f64, z: f64) -> Range {
    let zz = z * z;
    wald(x + zz / 2.0, n + zz, z)
}
