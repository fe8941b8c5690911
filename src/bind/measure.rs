//! What a number measures: told by its construction, by words before it, or by its outcome.

use crate::find::{Masked, Mention};
use crate::model::Measure;
use crate::rules::{Domain, Kind, RuleId, RulePack, Sight};

/// A measure, and the rule that told it where words did.
pub(super) struct Told {
    pub measure: Measure,
    pub rule: Option<RuleId>,
}

impl Told {
    /// The same, where the number before it in the list was a change ("fell by 1.2% and 0.3%"), a median or a mean.
    pub fn after(self, before: Option<Measure>, bundle: &Mention<'_>) -> Self {
        let follows = match before {
            Some(Measure::Change) => matches!(
                self.measure,
                Measure::Other | Measure::Mean | Measure::Proportion | Measure::SurvivalProbability
            ),
            Some(Measure::Median | Measure::Mean) => {
                self.measure == Measure::Other || self.measure == Measure::Proportion && !counts_people(bundle)
            }
            _ => false,
        };
        Self { measure: before.filter(|_| follows).unwrap_or(self.measure), ..self }
    }
}

/// A word of measure: its bytes in the masked string, the measure, the rule.
pub(super) type Word = (usize, usize, Measure, RuleId);

/// Words of measure in a sentence, left to right; those within a noun phrase stand where the phrase does.
pub(super) fn words(pack: &RulePack, masked: &Masked<'_>, folded: &str) -> Vec<Word> {
    let said = |text: &str, sight: &Sight| pack.measures().hits(text, Some(sight));
    let mut words: Vec<Word> = said(masked.text(), masked.sight())
        .iter()
        .map(|hit| (hit.start, hit.end, hit.rule.makes, hit.rule.id))
        .collect();
    for (place, mention) in masked.top() {
        let noun = &masked.mentions()[mention];
        if noun.kind == Kind::Noun {
            let phrase = folded[noun.start..noun.end].to_ascii_lowercase();
            let hits = said(&phrase, &Sight::new(&phrase));
            words.extend(hits.iter().map(|hit| (place, place + 1, hit.rule.makes, hit.rule.id)));
        }
    }
    words.sort_by_key(|(start, ..)| *start);
    words
}

/// What the bundle at byte `at` measures. `words` are those of its sentence.
pub(super) fn measure(
    masked: &Masked<'_>,
    at: usize,
    bundle: &Mention<'_>,
    unit_of: Option<usize>,
    domain: Option<Domain>,
    words: &[Word],
) -> Told {
    let known = |measure| Told { measure, rule: None };
    if let Some(ratio) = bundle.part("ratio") {
        return known(ratio_measure(masked, ratio));
    }
    if bundle.part("unreached").is_some() {
        return known(Measure::Median);
    }
    let kind = bundle.part("estimate").map(|m| masked.mentions()[unit_of.unwrap_or(m)].kind);
    // A change is told right before its number or right behind it; median and mean govern the rest of their clause.
    let told = words.iter().rev().find(|(start, end, measure, _)| {
        if *measure == Measure::Change && *start == at {
            return true;
        }
        let clause_free = *start < at && !masked.text()[*start..at].contains(['.', ';']);
        let adjacent = *end <= at && masked.text()[(*end).min(at)..at].len() <= 6;
        clause_free && if *measure == Measure::Change { adjacent } else { true }
    });
    let told_is = |measure: Measure| told.is_some_and(|t| t.2 == measure);
    let rule = told.map(|t| t.3);
    match bundle.measure {
        // "EFS was 19% ± 7%" is a probability with its standard error.
        Some(Measure::Mean) if domain == Some(Domain::Survival) && kind == Some(Kind::Percent) => {
            return known(Measure::SurvivalProbability);
        }
        Some(Measure::Mean) if told_is(Measure::Change) => return Told { measure: Measure::Change, rule },
        Some(measure) => return known(measure),
        None => {}
    }
    match kind {
        None => known(Measure::Count),
        Some(_) if told_is(Measure::Change) => Told { measure: Measure::Change, rule },
        Some(Kind::Percent) => match domain {
            Some(Domain::Survival | Domain::TimeToEvent)
                if bundle.part("events").is_none() && bundle.part("both").is_none() =>
            {
                known(Measure::SurvivalProbability)
            }
            None | Some(Domain::Patient) if averages(masked, at, told) && !counts_people(bundle) => {
                Told { measure: told.map_or(Measure::Mean, |t| t.2), rule }
            }
            None | Some(Domain::Patient) if has_quartiles(masked, bundle) => known(Measure::Median),
            _ if told_is(Measure::CumulativeIncidence) => Told { measure: Measure::CumulativeIncidence, rule },
            _ => known(Measure::Proportion),
        },
        Some(Kind::Duration) => match told {
            Some((_, _, measure @ (Measure::Median | Measure::Mean), _)) => Told { measure: *measure, rule },
            _ => known(match domain {
                Some(Domain::Survival | Domain::TimeToEvent | Domain::Conduct | Domain::Failure) => Measure::Median,
                _ => Measure::Other,
            }),
        },
        Some(_) => match (told, domain) {
            (Some((_, _, measure @ (Measure::Median | Measure::Mean), _)), _) => Told { measure: *measure, rule },
            (Some((_, _, Measure::CumulativeIncidence, _)), _) => Told { measure: Measure::CumulativeIncidence, rule },
            _ if has_quartiles(masked, bundle) => known(Measure::Median),
            (_, Some(Domain::Toxicity | Domain::Failure | Domain::Transplant | Domain::Conduct))
                if kind == Some(Kind::Int) =>
            {
                known(Measure::Count)
            }
            (_, Some(Domain::Survival)) => known(Measure::SurvivalProbability),
            (_, Some(Domain::Failure | Domain::Transplant)) => known(Measure::CumulativeIncidence),
            (_, Some(Domain::Patient)) => known(Measure::Mean),
            _ => known(Measure::Other),
        },
    }
}

/// Whether a word for a mean or median governs the number at byte `at`, with no other number between them.
fn averages(masked: &Masked<'_>, at: usize, told: Option<&Word>) -> bool {
    let numbers = [Kind::Bundle, Kind::Duration, Kind::Junk].map(|kind| char::from(kind.symbol()));
    told.is_some_and(|(_, end, measure, _)| {
        matches!(measure, Measure::Mean | Measure::Median)
            && masked.text().get(*end..at).is_some_and(|gap| !gap.contains(numbers))
    })
}

/// Whether a number comes with how many people it stands for.
fn counts_people(bundle: &Mention<'_>) -> bool {
    bundle.part("events").is_some() || bundle.part("both").is_some()
}

/// Whether a number comes with an interquartile range, which goes with a median.
fn has_quartiles(masked: &Masked<'_>, bundle: &Mention<'_>) -> bool {
    let interval = bundle.part("interval").map(|m| &masked.mentions()[m]);
    interval.is_some_and(|m| m.kind == Kind::Range && m.constant("interval") == Some("iqr"))
}

/// The measure that the name of a ratio stands for, through brackets and abbreviations.
fn ratio_measure(masked: &Masked<'_>, ratio: usize) -> Measure {
    let mention = &masked.mentions()[ratio];
    match mention.part("ratio") {
        Some(inner) => ratio_measure(masked, inner),
        None => mention.constant("measure").and_then(named).unwrap_or(Measure::Other),
    }
}

fn named(name: &str) -> Option<Measure> {
    Some(match name {
        "hazard_ratio" => Measure::HazardRatio,
        "subdistribution_hazard_ratio" => Measure::SubdistributionHazardRatio,
        "odds_ratio" => Measure::OddsRatio,
        "risk_ratio" => Measure::RiskRatio,
        "rate_ratio" => Measure::RateRatio,
        "standardised_difference" => Measure::StandardisedDifference,
        "difference" => Measure::Difference,
        "correlation" => Measure::Correlation,
        _ => return None,
    })
}
