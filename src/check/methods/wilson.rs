//! Wilson's score interval for a proportion, plain and with continuity correction.

use crate::check::range::Range;

/// The proportions that the score test does not reject. Source: Wilson 1927.
pub fn wilson(x: f64, n: f64, z: f64) -> Range {
    let (p, zz) = (x / n, z * z);
    let middle = (p + zz / (2.0 * n)) / (1.0 + zz / n);
    let half = z / (1.0 + zz / n) * (p * (1.0 - p) / n + zz / (4.0 * n * n)).sqrt();
    Range { low: middle - half, high: middle + half }
}

/// The proportions that the score test with continuity correction does not reject; 0 and 1 where nobody or everybody
/// has the event. Source: Newcombe 1998, method 4 (as `prop.test` of R).
pub fn wilson_cc(x: f64, n: f64, z: f64) -> Range {
    let (p, zz) = (x / n, z * z);
    let (failures, scale) = (n - x, 2.0 * (n + zz));
    let below = (zz - 2.0 - 1.0 / n + 4.0 * p * (failures + 1.0)).max(0.0);
    let above = (zz + 2.0 - 1.0 / n + 4.0 * p * (failures - 1.0)).max(0.0);
    let low = (2.0 * x + zz - 1.0 - z * below.sqrt()) / scale;
    let high = (2.0 * x + zz + 1.0 + z * above.sqrt()) / scale;
    Range { low: if x <= 0.0 { 0.0 } else { low }, high: if x >= n { 1.0 } else { high } }
}
