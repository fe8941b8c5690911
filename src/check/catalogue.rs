//! The ids of the check catalogue and the INSPECT-SR item that each informs.

use crate::model::{CheckId, InspectSr};

macro_rules! catalogue {
    ($($name:ident = $id:literal, $item:expr;)*) => {
        $(#[doc = concat!("`", $id, "`")] pub const $name: CheckId = CheckId($id);)*

        /// The INSPECT-SR item that a check informs: 4.6 participant numbers, 4.8 impossible values, 4.9 statistical
        /// results.
        pub fn inspect_sr(check: CheckId) -> Option<InspectSr> {
            match check.0 {
                $($id => $item,)*
                _ => None,
            }
        }

        #[cfg(test)]
        pub const IDS: &[&str] = &[$($id),*];
    };
}

const PARTICIPANTS: Option<InspectSr> = Some(InspectSr::ParticipantNumbers);
const IMPOSSIBLE: Option<InspectSr> = Some(InspectSr::ImpossibleValues);
const STATISTICS: Option<InspectSr> = Some(InspectSr::StatisticalResults);

catalogue! {
    COUNTS_SUBSET = "counts.subset", PARTICIPANTS;
    COUNTS_SUM = "counts.sum", PARTICIPANTS;
    GROUPS_FLOW = "groups.flow", PARTICIPANTS;
    INTERVAL_DUPLICATE = "interval.duplicate", STATISTICS;
    INTERVAL_ORDER = "interval.order", IMPOSSIBLE;
    INTERVAL_SYMMETRY = "interval.symmetry", STATISTICS;
    PROPORTION_CI = "proportion.ci", STATISTICS;
    PROPORTION_CI_METHOD = "proportion.ci_method", STATISTICS;
    PROPORTION_FEASIBLE = "proportion.feasible", IMPOSSIBLE;
    PROPORTION_PERCENT = "proportion.percent", IMPOSSIBLE;
    SURVIVAL_CI_WIDTH = "survival.ci_width", STATISTICS;
    SURVIVAL_COMPLEMENT = "survival.complement", STATISTICS;
    SURVIVAL_MONOTONE = "survival.monotone", IMPOSSIBLE;
    SURVIVAL_ORDER = "survival.order", IMPOSSIBLE;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::CATALOGUE;

    #[test]
    fn the_rules_know_every_check() {
        assert!(IDS.iter().all(|id| CATALOGUE.contains(id)));
    }
}
