//! A count and the percentage behind its outcome are one finding: "38 of 56 patients had a response (68%)".

use super::sentence::Draft;
use crate::find::{Masked, Mention};

/// Bytes of a masked sentence between a count and its percentage.
const WITHIN: usize = 90;

/// Joins each count to the percentage that stands in brackets behind the outcome of both.
pub(super) fn join(masked: &Masked<'_>, drafts: &mut Vec<Draft>) {
    let places: Vec<(usize, usize)> = masked.top().collect();
    let at = |mention: usize| places.iter().find(|(_, m)| *m == mention).map(|(place, _)| *place);
    let mut k = 1;
    while k < drafts.len() {
        let (count, percent) = (&drafts[k - 1], &drafts[k]);
        let one = count.outcome == percent.outcome && count.belongs.map(|b| b.who) == percent.belongs.map(|b| b.who);
        let joined = one
            && counts(&masked.mentions()[count.mention])
            && is_bare_percent(masked, percent.mention)
            && match (at(count.mention), at(percent.mention), percent.outcome.place) {
                (Some(first), Some(last), Some(outcome)) => {
                    first < outcome && outcome < last && opens(&masked.text()[first + 1..last])
                }
                _ => false,
            };
        if joined {
            let counted = drafts.remove(k - 1);
            let whole = &mut drafts[k - 1];
            whole.counted = Some(counted.mention);
            whole.grade = whole.grade.or(counted.grade);
            whole.time = whole.time.or(counted.time);
            whole.rules.extend(counted.rules);
        } else {
            k += 1;
        }
    }
}

/// Whether a bundle is a count without an estimate.
fn counts(bundle: &Mention<'_>) -> bool {
    bundle.part("estimate").is_none() && (bundle.part("both").is_some() || bundle.part("events").is_some())
}

/// Whether a bundle is a percentage without a count.
fn is_bare_percent(masked: &Masked<'_>, mention: usize) -> bool {
    let bundle = &masked.mentions()[mention];
    let percent = bundle.part("estimate").is_some_and(|m| masked.mentions()[m].kind == crate::rules::Kind::Percent);
    percent && bundle.part("both").is_none() && bundle.part("events").is_none()
}

/// Whether `between` a count and a percentage goes straight to the bracket that holds it.
fn opens(between: &str) -> bool {
    between.len() <= WITHIN
        && between.ends_with(['(', '['])
        && !between[..between.len() - 1].contains(['(', '[', ')', ']', ';', '.', 'B', 'A'])
        && !between.contains(" and ")
}
