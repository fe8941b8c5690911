//! The time point of each number of a list.
//!
//! A time binds by gap rules; one that opens the sentence governs all of it, and one said of a list is carried to the
//! lists after it. Lengths of time (a median survival) are measured over the whole follow-up and take none.

use super::attribute::{self, Bound};
use super::list::List;
use crate::find::{Masked, Mention};
use crate::model::Measure;
use crate::rules::{Domain, Kind, RulePack};

/// Times of the members of a list.
pub(super) fn times(pack: &RulePack, masked: &Masked<'_>, list: &List) -> Vec<Option<Bound>> {
    attribute::attributes(masked, list, Kind::Time, &pack.gaps().time_before, &pack.gaps().time_after)
}

/// Bytes between an opening time and the comma that ends its phrase: "At the 12-week visit, …".
const PHRASE: usize = 50;

/// A time point that opens the sentence and governs all of it: "At 3 years, …", "At 1 year after surgery, …".
pub(super) fn opening(masked: &Masked<'_>) -> Option<usize> {
    let text = masked.text();
    let (at, mention) = masked.top().find(|(_, m)| masked.mentions()[*m].kind == Kind::Time)?;
    let comma = text[at + 1..].find(',')?;
    let phrase = &text[at + 1..at + 1 + comma];
    let plain = phrase.len() <= PHRASE && phrase.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b' ' | b'-'));
    (at <= 12 && plain).then_some(mention)
}

/// The time of one number: its own, else the one carried.
pub(super) fn of(
    masked: &Masked<'_>,
    bundle: &Mention<'_>,
    own: Option<Bound>,
    carried: Option<usize>,
    domain: Option<Domain>,
    measure: Measure,
) -> Option<usize> {
    let takes = match measure {
        Measure::Median => matches!(domain, None | Some(Domain::Patient | Domain::Other)),
        Measure::HazardRatio | Measure::SubdistributionHazardRatio => false,
        _ => true,
    };
    if takes {
        return own.map(|t| t.mention).or(carried);
    }
    // "Not reached at 54 months" says how long it was waited for.
    let behind = |t: &Bound| masked.mentions()[t.mention].start > bundle.end;
    own.filter(|t| bundle.part("unreached").is_some() && behind(t)).map(|t| t.mention)
}

#[cfg(test)]
mod tests {
    use super::super::example;

    /// Number and time of each finding.
    fn times(text: &str) -> Vec<(f64, f64)> {
        example::findings(text)
            .iter()
            .filter_map(|f| Some((f.estimate.as_ref()?.value, f.time.as_ref().map_or(0.0, |t| t.value))))
            .collect()
    }

    #[test]
    fn times_of_a_phrase_are_shared_out() {
        let paired = [(80.0, 1.0), (70.0, 2.0), (60.0, 3.0)];
        assert_eq!(times("The 1-, 2- and 3-year survival rates were 80%, 70% and 60%, respectively."), paired);
        assert_eq!(times("Survival at 1, 2, and 3 years was 80%, 70%, and 60%."), paired);
        assert_eq!(times("Survival was 80%, 70%, and 60% at 1, 2, and 3 years."), paired);
    }

    #[test]
    fn an_opening_time_governs_the_sentence() {
        assert_eq!(times("At 24 months, survival was 43%; relapse was seen in 31%."), [(43.0, 24.0), (31.0, 24.0)]);
        assert_eq!(times("At the 12-week visit, relapse was seen in 31%."), [(31.0, 12.0)]);
    }

    #[test]
    fn medians_take_no_time() {
        let text = "The 2-year survival was 43%, and the median survival was 14 months.";
        assert_eq!(times(text), [(43.0, 2.0), (14.0, 0.0)]);
    }

    #[test]
    fn a_threshold_is_no_time() {
        assert_eq!(times("Relapse more than 18 months after the operation was seen in 31%."), [(31.0, 0.0)]);
        assert_eq!(times("Relief at W48 was seen in 31%."), [(31.0, 48.0)]);
    }
}
