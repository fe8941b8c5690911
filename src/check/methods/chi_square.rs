//! Large-sample tests of a fourfold table: χ² with and without Yates' correction, and the z of two proportions.

use super::normal::two_sided;
use super::table::Table;

/// p of Pearson's χ² with one degree of freedom, the square of the z with pooled variance. Source: Pearson 1900.
pub fn chi_square(table: Table) -> f64 {
    corrected(table, 0.0)
}

/// p of χ² with the continuity correction, which never takes more than the whole difference away (as R does).
/// Source: Yates 1934.
pub fn chi_square_yates(table: Table) -> f64 {
    corrected(table, 0.5)
}

/// p of the difference of two proportions over the standard error of each group's own variance. Source: Wald's test,
/// Fleiss, Levin, Paik 2003, chapter 3.
pub fn unpooled_z(Table { x1, n1, x2, n2 }: Table) -> f64 {
    let (p1, p2) = (x1 / n1, x2 / n2);
    let variance = p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2;
    two_sided((p1 - p2) / variance.sqrt())
}

fn corrected(Table { x1, n1, x2, n2 }: Table, correction: f64) -> f64 {
    let (n, events) = (n1 + n2, x1 + x2);
    // Every cell differs from its expectation by the same amount.
    let difference = (x1 - events * n1 / n).abs();
    let left = difference - correction.min(difference);
    let variance = events * (n - events) * n1 * n2 / (n * n * n);
    two_sided(left / variance.sqrt())
}
