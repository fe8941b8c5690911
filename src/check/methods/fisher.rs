//! Fisher's exact test of a fourfold table, and its mid-p.
//!
//! The trick is to walk the hypergeometric weights outward from the observed table by their ratios, so that only one
//! logarithm of factorials is taken and tables of millions end as soon as the weights vanish.

use statrs::function::gamma::ln_gamma;

use super::table::Table;

/// Two-sided p: the probability of all tables no more likely than the observed one. Source: Fisher 1935; the sum of
/// small probabilities as in R's `fisher.test`.
pub fn fisher(table: Table) -> f64 {
    let weights = Weights::of(table);
    let limit = weights.observed * (1.0 + 1e-7);
    let tails = weights.walk().filter(|(_, weight)| *weight <= limit);
    tails.map(|(_, weight)| weight).sum::<f64>().min(1.0)
}

/// Two-sided mid-p: twice the smaller tail with half the observed table. Source: Lancaster 1961; doubled as in
/// Rothman, Greenland 1998 and R's epitools.
pub fn mid_p(table: Table) -> f64 {
    let weights = Weights::of(table);
    let half = weights.observed / 2.0;
    let (mut below, mut above) = (half, half);
    for (x, weight) in weights.walk() {
        if x < table.x1 - 0.5 {
            below += weight;
        } else if x > table.x1 + 0.5 {
            above += weight;
        }
    }
    (2.0 * below.min(above)).min(1.0)
}

/// The odds ratio under which the observed table is expected, the margins held; 0 or infinite where the table is at an
/// edge. Source: Fisher 1935; the estimate of R's `fisher.test`.
pub fn conditional_odds_ratio(table: Table) -> f64 {
    let Table { x1, n1, x2, n2 } = table;
    let events = x1 + x2;
    if x1 <= (events - n2).max(0.0) {
        return 0.0;
    }
    if x1 >= n1.min(events) {
        return f64::INFINITY;
    }
    let weights = Weights::of(table);
    // Weights are tilted about the observed table, so that none of them overflows.
    let expected = |ln_ratio: f64| {
        let tilted = weights.walk().map(|(x, weight)| (x, (weight.ln() + (x - x1) * ln_ratio).min(600.0).exp()));
        let (sum, total) = tilted.fold((0.0, 0.0), |(sum, total), (x, weight)| (sum + x * weight, total + weight));
        sum / total
    };
    let (mut low, mut high) = (-40.0f64, 40.0f64);
    while high - low > 1e-10 {
        let middle = f64::midpoint(low, high);
        if expected(middle) < x1 { low = middle } else { high = middle }
    }
    f64::midpoint(low, high).exp()
}

/// Probabilities of the events in the first group, the margins held.
struct Weights {
    table: Table,
    observed: f64,
}

impl Weights {
    fn of(table: Table) -> Self {
        let Table { x1, n1, x2, n2 } = table;
        let ln = ln_choose(n1, x1) + ln_choose(n2, x2) - ln_choose(n1 + n2, x1 + x2);
        Self { table, observed: ln.exp() }
    }

    /// Every possible number of events in the first group with its probability, while it is above 1e-300.
    fn walk(&self) -> impl Iterator<Item = (f64, f64)> {
        let Table { x1, n1, x2, n2 } = self.table;
        let events = x1 + x2;
        let up = std::iter::successors(Some((x1, self.observed)), move |&(x, weight)| {
            let next = weight * (n1 - x) * (events - x) / ((x + 1.0) * (n2 - events + x + 1.0));
            (next > 1e-300).then_some((x + 1.0, next))
        });
        let down = std::iter::successors(Some((x1, self.observed)), move |&(x, weight)| {
            let next = weight * x * (n2 - events + x) / ((n1 - x + 1.0) * (events - x + 1.0));
            (next > 1e-300).then_some((x - 1.0, next))
        });
        up.chain(down.skip(1))
    }
}

fn ln_choose(n: f64, k: f64) -> f64 {
    ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0)
}
