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
    DIFFERENCE_P_VALUE = "difference.p_value", STATISTICS;
    DIFFERENCE_VALUE = "difference.value", STATISTICS;
    FOLLOW_UP_HORIZON = "follow_up.horizon", IMPOSSIBLE;
    GROUPS_FLOW = "groups.flow", PARTICIPANTS;
    INTERVAL_DUPLICATE = "interval.duplicate", STATISTICS;
    INTERVAL_ORDER = "interval.order", IMPOSSIBLE;
    INTERVAL_SYMMETRY = "interval.symmetry", STATISTICS;
    MEANS_GRIM = "means.grim", IMPOSSIBLE;
    MEANS_P_VALUE = "means.p_value", STATISTICS;
    MEDIAN_ORDER = "median.order", IMPOSSIBLE;
    P_RANGE = "p.range", IMPOSSIBLE;
    PARTITION_PERCENT = "partition.percent", IMPOSSIBLE;
    PROPORTION_CI = "proportion.ci", STATISTICS;
    PROPORTION_CI_METHOD = "proportion.ci_method", STATISTICS;
    PROPORTION_FEASIBLE = "proportion.feasible", IMPOSSIBLE;
    PROPORTION_PERCENT = "proportion.percent", IMPOSSIBLE;
    RATIO_DIRECTION = "ratio.direction", STATISTICS;
    RATIO_P_VALUE = "ratio.p_value", STATISTICS;
    RATIO_SIGNIFICANCE = "ratio.significance", STATISTICS;
    RESTATEMENT_MATCH = "restatement.match", None;
    STATISTIC_P_VALUE = "statistic.p_value", STATISTICS;
    SURVIVAL_CI_WIDTH = "survival.ci_width", STATISTICS;
    SURVIVAL_COMPLEMENT = "survival.complement", STATISTICS;
    SURVIVAL_MONOTONE = "survival.monotone", IMPOSSIBLE;
    SURVIVAL_ORDER = "survival.order", IMPOSSIBLE;
    TWO_GROUP_P_VALUE = "two_group.p_value", STATISTICS;
    TWO_GROUP_RATIO = "two_group.ratio", STATISTICS;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::CATALOGUE;

    #[test]
    fn the_rules_know_every_check() {
        let mut ids = IDS.to_vec();
        ids.sort_unstable();
        assert_eq!(ids, CATALOGUE);
    }
}
