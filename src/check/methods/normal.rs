//! The standard normal distribution.

use statrs::function::erf::{erfc, erfc_inv};
use std::f64::consts::SQRT_2;

/// The deviate that cuts off `(1 - level) / 2` on either side; `level` in percent (95 → 1.959964).
pub fn critical(level: f64) -> f64 {
    deviate(1.0 - level / 100.0)
}

/// The deviate of a two-sided p.
pub fn deviate(two_sided_p: f64) -> f64 {
    SQRT_2 * erfc_inv(two_sided_p)
}

/// The two-sided p of a deviate.
pub fn two_sided(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Expected values: scipy 1.17.1, scipy.stats.norm.ppf and .sf.
    #[test]
    fn agrees_with_scipy() {
        assert!((critical(95.0) - 1.959_963_984_540_054).abs() < 1e-9);
        assert!((critical(99.0) - 2.575_829_303_548_9).abs() < 1e-9);
        assert!((two_sided(6.0) / (2.0 * 9.865_876_450e-10) - 1.0).abs() < 1e-6);
        assert!((deviate(two_sided(0.3)) - 0.3).abs() < 1e-9);
    }
}
