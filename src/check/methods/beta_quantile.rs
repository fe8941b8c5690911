//! Quantiles of the beta distribution.
//!
//! The trick is to keep a bracket around Newton's steps: statrs has an inverse of its own (AS 109), but its steps can run
//! without end where the density is all at one edge (n = 10⁶, x = 0), while its distribution function is good to 1e-10
//! there.

use statrs::function::beta::{beta_reg, ln_beta};

/// More steps than halving needs to reach the last bit.
const STEPS: usize = 200;

/// The value below which a share `p` of Beta(a, b) lies, to about 1e-13.
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    let (mut low, mut high, mut x) = (0.0f64, 1.0f64, a / (a + b));
    let ln_norm = ln_beta(a, b);
    for _ in 0..STEPS {
        let excess = beta_reg(a, b, x) - p;
        if excess < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let density = ((a - 1.0) * x.ln() + (b - 1.0) * (1.0 - x).ln() - ln_norm).exp();
        let newton = x - excess / density;
        let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
        if (next - x).abs() <= 1e-14 + 1e-12 * x {
            return next;
        }
        x = next;
    }
    x
}
