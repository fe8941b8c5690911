//! Quantiles of the beta distribution.
//!
//! The trick is to bracket: statrs has an inverse (AS 109), but its Newton steps can run without end where the density
//! is all at one edge (n = 10⁶, x = 0), while its distribution function is good to 1e-10 there.

use statrs::function::beta::beta_reg;

/// The value below which a share `p` of Beta(a, b) lies, by bisection to 1e-13.
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    let (mut low, mut high) = (0.0f64, 1.0f64);
    while high - low > 1e-13 + 1e-11 * low {
        let middle = f64::midpoint(low, high);
        if beta_reg(a, b, middle) < p { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}
