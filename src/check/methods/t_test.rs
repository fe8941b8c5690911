//! Tests of two means from their summaries.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Mean, standard deviation and number of people of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// People.
    pub n: f64,
}

/// Two-sided p without the assumption of equal variances. Source: Welch 1947.
pub fn welch(a: Sample, b: Sample) -> f64 {
    let (va, vb) = (a.sd * a.sd / a.n, b.sd * b.sd / b.n);
    let df = (va + vb).powi(2) / (va * va / (a.n - 1.0) + vb * vb / (b.n - 1.0));
    two_sided_t((a.mean - b.mean) / (va + vb).sqrt(), df)
}

/// Two-sided p with one variance for both groups. Source: Student 1908.
pub fn student(a: Sample, b: Sample) -> f64 {
    let df = a.n + b.n - 2.0;
    let pooled = ((a.n - 1.0) * a.sd * a.sd + (b.n - 1.0) * b.sd * b.sd) / df;
    two_sided_t((a.mean - b.mean) / (pooled * (1.0 / a.n + 1.0 / b.n)).sqrt(), df)
}

/// Two-sided p of a t with its degrees of freedom; 1 where it has none.
pub fn two_sided_t(t: f64, df: f64) -> f64 {
    StudentsT::new(0.0, 1.0, df).map_or(1.0, |distribution| 2.0 * distribution.sf(t.abs()))
}
