//! How far two reviewers agree: Cohen's kappa over the findings that both judged, and every finding on which they differ.
//!
//! Judged are the program's findings, as `accept`, `reject` or `correct`. What a reviewer added has no judgement of the
//! other beside it, so additions stay out of kappa and are listed.

use std::collections::BTreeMap;

use super::decision::{At, Decision, Decisions, Verb};

/// The judgements, in the order of [`Agreement::table`].
pub const JUDGEMENTS: [Verb; 3] = [Verb::Accept, Verb::Reject, Verb::Correct];

/// Two reviewers side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement<'a> {
    /// Findings by judgement of the first reviewer (rows) and of the second (columns).
    pub table: [[u64; 3]; 3],
    /// Findings that only one of them judged: the first, the second.
    pub alone: [u64; 2],
    /// Findings that both added alike.
    pub added_by_both: u64,
    /// Where they differ, by reference and place.
    pub disputes: Vec<Dispute<'a>>,
}

/// Something on which the two differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispute<'a> {
    /// What each decided; none is silence on a finding that the other one added.
    pub sides: [Side<'a>; 2],
}

/// A decision, or none.
pub type Side<'a> = Option<&'a Decision>;

type Key<'a> = (&'a str, &'a str, At, &'a str);

/// Compares the first file of `decisions` with the second; a later line on a finding takes the place of an earlier one.
pub fn agreement(decisions: &Decisions) -> Agreement<'_> {
    let mut sides: BTreeMap<Key, [Side; 2]> = BTreeMap::new();
    for read in decisions.all.iter().filter(|read| read.file < 2) {
        let decision = &read.decision;
        let saw = if decision.decision == Verb::Add { "" } else { decision.saw.as_str() };
        let key = (decision.record.as_str(), decision.content_hash.as_str(), decision.at, saw);
        sides.entry(key).or_default()[read.file] = Some(decision);
    }
    let mut agreement = Agreement { table: [[0; 3]; 3], alone: [0; 2], added_by_both: 0, disputes: Vec::new() };
    for sides in sides.into_values() {
        agreement.count(sides);
    }
    agreement
}

impl<'a> Agreement<'a> {
    fn count(&mut self, sides: [Side<'a>; 2]) {
        let judgement = |side: Side| side.and_then(|side| JUDGEMENTS.iter().position(|verb| *verb == side.decision));
        let is_addition = sides.iter().flatten().any(|side| side.decision == Verb::Add);
        let differ = match sides {
            [Some(a), Some(b)] => a.decision != b.decision || a.set != b.set,
            _ => is_addition,
        };
        match (judgement(sides[0]), judgement(sides[1])) {
            (Some(a), Some(b)) => self.table[a][b] += 1,
            (Some(_), None) => self.alone[0] += 1,
            (None, Some(_)) => self.alone[1] += 1,
            (None, None) => self.added_by_both += u64::from(!differ),
        }
        if differ {
            self.disputes.push(Dispute { sides });
        }
    }

    /// Findings that both judged.
    pub fn both(&self) -> u64 {
        self.table.iter().flatten().sum()
    }

    /// Share of them on which the judgements are the same; none where there are none.
    pub fn observed(&self) -> Option<f64> {
        let same: u64 = (0..JUDGEMENTS.len()).map(|k| self.table[k][k]).sum();
        (self.both() > 0).then(|| same as f64 / self.both() as f64)
    }

    /// The share that two reviewers with these habits would reach by chance.
    pub fn expected(&self) -> Option<f64> {
        let n = self.both() as f64;
        let (rows, columns) = (self.rows(), self.columns());
        (n > 0.0).then(|| rows.iter().zip(&columns).map(|(a, b)| a * b).sum::<f64>() / (n * n))
    }

    /// Cohen's kappa; none where chance alone would make them agree on everything. Source: Cohen 1960.
    pub fn kappa(&self) -> Option<f64> {
        let (observed, expected) = (self.observed()?, self.expected()?);
        (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
    }

    /// Standard error of kappa. Source: Fleiss, Cohen, Everitt 1969, formula 13.
    pub fn standard_error(&self) -> Option<f64> {
        let (kappa, expected, n) = (self.kappa()?, self.expected()?, self.both() as f64);
        let (rows, columns) = (self.rows().map(|x| x / n), self.columns().map(|x| x / n));
        let mut variance = -(kappa - expected * (1.0 - kappa)).powi(2);
        for (i, row) in self.table.iter().enumerate() {
            for (j, &count) in row.iter().enumerate() {
                let share = count as f64 / n;
                // The habits of the two, crosswise: the column share of i and the row share of j.
                let habits = (columns[i] + rows[j]) * (1.0 - kappa);
                let weight = if i == j { 1.0 - habits } else { habits };
                variance += share * weight * weight;
            }
        }
        Some((variance.max(0.0) / n).sqrt() / (1.0 - expected))
    }

    fn rows(&self) -> [f64; 3] {
        self.table.map(|row| row.iter().sum::<u64>() as f64)
    }

    fn columns(&self) -> [f64; 3] {
        [0, 1, 2].map(|column| self.table.iter().map(|row| row[column]).sum::<u64>() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(table: [[u64; 3]; 3]) -> Agreement<'static> {
        Agreement { table, alone: [0; 2], added_by_both: 0, disputes: Vec::new() }
    }

    #[test]
    fn kappa_is_that_of_statsmodels() {
        // statsmodels 0.15.0, stats.inter_rater.cohens_kappa: kappa and std_kappa.
        let cases = [
            ([[20, 5, 1], [10, 15, 2], [0, 3, 4]], 0.413_953_488_372_093_06, 0.102_864_642_105_208_96),
            ([[45, 15, 0], [25, 15, 0], [0, 0, 0]], 0.130_434_782_608_695_54, 0.098_661_537_623_439_6),
            ([[30, 0, 0], [0, 8, 0], [0, 0, 5]], 1.0, 0.0),
            ([[0, 6, 2], [7, 0, 1], [3, 2, 0]], -0.563_829_787_234_042_3, 0.066_677_853_276_372_36),
        ];
        for (table, kappa, error) in cases {
            let agreement = of(table);
            assert!((agreement.kappa().unwrap() - kappa).abs() < 1e-12, "{table:?}");
            assert!((agreement.standard_error().unwrap() - error).abs() < 1e-7, "{table:?}");
        }
    }

    #[test]
    fn where_chance_explains_everything_there_is_no_kappa() {
        let all_accepted = of([[9, 0, 0], [0; 3], [0; 3]]);
        assert_eq!((all_accepted.observed(), all_accepted.kappa()), (Some(1.0), None));
        assert_eq!(of([[0; 3]; 3]).observed(), None);
    }
}
