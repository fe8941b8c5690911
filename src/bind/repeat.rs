//! Conclusions that state an earlier number again.

use crate::model::{Finding, FindingId};

/// The earlier finding that `finding` repeats: the same printed value of the same outcome or group.
pub(super) fn repeats(earlier: &[Finding], finding: &Finding) -> Option<FindingId> {
    let value = |f: &Finding| f.estimate.as_ref().or(f.events.as_ref()).map(|q| q.value.to_bits());
    let wanted = value(finding)?;
    earlier
        .iter()
        .filter(|f| f.repeats.is_none() && value(f) == Some(wanted) && f.measure == finding.measure)
        .max_by_key(|f| (f.outcome.id == finding.outcome.id, f.group == finding.group))
        .map(|f| f.id)
}
