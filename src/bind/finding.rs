//! Drafts → the findings of the record.

use super::document::Document;
use super::ledger::Ledger;
use super::population::{Purpose, Who};
use super::repeat;
use super::sentence::Draft;
use super::totals;
use super::value::{Values, spread_kind};
use crate::find::{Masked, Mention};
use crate::model::{
    Analysis, Finding, FindingId, FindingKind, Interval, IntervalKind, Measure, Outcome, PValue, Quantity, Section,
    SpreadKind, Status, TimePoint, Unit,
};
use crate::rules::{Domain, Kind, RuleId, RulePack};

/// The findings in order of appearance, and for each the rules that had a part in it.
pub(super) fn finish(
    pack: &RulePack,
    document: &Document<'_, '_>,
    drafts: Vec<Draft>,
    ledger: &mut Ledger,
) -> (Vec<Finding>, Vec<Vec<RuleId>>) {
    let conventions = Conventions { level: level(document), spread: spread(document) };
    let mut findings: Vec<Finding> = Vec::new();
    let mut traces = Vec::new();
    for draft in drafts {
        let Some(mut finding) = finding(pack, document, &draft, ledger, conventions) else { continue };
        finding.id = FindingId::of(findings.len());
        if draft.concluding {
            finding.repeats = repeat::repeats(&findings, &finding);
            // A number that only the conclusions hold is not measured there.
            if finding.repeats.is_none() && finding.section == Some(Section::Conclusions) {
                continue;
            }
        }
        findings.push(finding);
        traces.push(draft.rules);
    }
    (findings, traces)
}

/// What an abstract says once and means everywhere.
#[derive(Debug, Clone, Copy)]
struct Conventions {
    /// Level of bare intervals.
    level: Option<f64>,
    /// Kind of bare spreads.
    spread: Option<SpreadKind>,
}

/// The kind of spread that the abstract names first.
fn spread(document: &Document<'_, '_>) -> Option<SpreadKind> {
    document.sentences.iter().find_map(|read| {
        let values = Values { document, masked: &read.masked };
        (0..read.masked.mentions().len()).find_map(|k| {
            let mention = &read.masked.mentions()[k];
            match mention.kind {
                Kind::Junk if mention.constant("spread").is_some() => {
                    Some(spread_kind(&values.literal(mention.start, mention.end).to_ascii_lowercase()))
                }
                Kind::Spread => values.spread(k)?.kind,
                _ => None,
            }
        })
    })
}

/// Which of the sizes of an abstract an outcome is counted by.
fn purpose(domain: Option<Domain>) -> Option<Purpose> {
    match domain? {
        Domain::Response | Domain::TimeToEvent | Domain::Survival => Some(Purpose::Efficacy),
        Domain::Toxicity => Some(Purpose::Safety),
        Domain::Failure | Domain::Transplant | Domain::Conduct | Domain::Patient | Domain::Other => None,
    }
}

/// The confidence level that bare intervals have in this abstract, where it says so once.
fn level(document: &Document<'_, '_>) -> Option<f64> {
    for read in &document.sentences {
        for (k, mention) in read.masked.mentions().iter().enumerate() {
            let level = match mention.kind {
                Kind::Ci => mention.part("level"),
                Kind::Junk if mention.constant("convention").is_some() => Some(k),
                _ => None,
            };
            let values = Values { document, masked: &read.masked };
            if let Some(number) = level.and_then(|l| values.number(l)) {
                return Some(number.value);
            }
            if mention.kind == Kind::Ci || mention.constant("convention").is_some() {
                return Some(95.0);
            }
        }
    }
    None
}

#[allow(clippy::too_many_lines, reason = "one field of the finding after another")]
fn finding(
    pack: &RulePack,
    document: &Document<'_, '_>,
    draft: &Draft,
    ledger: &Ledger,
    conventions: Conventions,
) -> Option<Finding> {
    let read = &document.sentences[draft.sentence];
    let values = Values { document, masked: &read.masked };
    let bundle = &read.masked.mentions()[draft.mention];
    let counted = draft.counted.map_or(bundle, |m| &read.masked.mentions()[m]);
    let quantity = |name: &str| counted.part(name).and_then(|m| values.quantity(m));
    let (mut events, mut total) = (quantity("events"), quantity("total"));
    if let Some(both) = counted.part("both") {
        let fraction = &read.masked.mentions()[both];
        events = fraction.part("events").and_then(|m| values.quantity(m));
        total = fraction.part("total").and_then(|m| values.quantity(m));
    }
    let mut estimate = estimate(&values, bundle, draft.unit_of);
    let (mut status, mut measure) = (Status::Reported, draft.measure);
    if bundle.part("unreached").is_some() {
        status = Status::NotReached;
    } else if let Some(none) = bundle.part("none") {
        status = Status::None;
        measure = Measure::Count;
        let mention = &read.masked.mentions()[none];
        events = Some(Quantity {
            value: 0.0,
            text: values.literal(mention.start, mention.end),
            decimals: 0,
            op: None,
            unit: None,
            at: values.span(mention.start, mention.end),
        });
    } else if estimate.is_none() && events.is_none() && !bundle.parts.iter().any(|p| p.name == "everyone") {
        return None;
    }
    if measure == Measure::Count && events.is_none() {
        // "Strokes (6 v 4)": the outcome tells that the number is a count.
        events = estimate.take();
    }
    if events.as_ref().is_some_and(|x| x.value < 0.0) {
        return None;
    }
    if let (Some(x), Some(n)) = (&events, &total)
        && x.value > n.value
    {
        return None;
    }
    if measure == Measure::Proportion && estimate.as_ref().is_some_and(|e| e.value < 0.0) {
        measure = Measure::Change;
    }
    if measure == Measure::SurvivalProbability || measure == Measure::CumulativeIncidence {
        let fraction = estimate.as_mut().filter(|e| e.unit.is_none());
        match fraction {
            Some(e) if (0.0..=1.0).contains(&e.value) => e.unit = Some(Unit::Fraction),
            Some(_) => return None,
            None => {}
        }
    }
    let unit = estimate.as_ref().and_then(|e| e.unit.clone());
    let interval = bundle
        .part("interval")
        .or(draft.own_interval)
        .map(|m| values.interval(m, confidence(draft, measure, conventions, draft.outcome.domain(pack)), unit.as_ref()))
        .filter(|interval| is_possible(measure, interval));
    if unit == Some(Unit::Fraction) && interval.as_ref().is_some_and(|i| i.high.as_ref().is_some_and(|h| h.value > 1.0))
    {
        // A ratio whose name is not told.
        measure = Measure::Other;
        estimate = estimate.map(|e| Quantity { unit: None, ..e });
    }
    let p: Option<PValue> = bundle.part("p").or(draft.shared_p).and_then(|m| values.p(m));
    let two_groups = compares(measure);
    let (who, by) = match draft.belongs {
        Some(belongs) => (Some(belongs.who), Some(belongs.by)),
        None => (None, None),
    };
    let purpose = purpose(draft.outcome.domain(pack));
    let compared = compared(ledger, &read.masked, bundle).filter(|_| two_groups && !matches!(who, Some(Who::Part(_))));
    let sized = totals::total(&read.masked, draft.counted.unwrap_or(draft.mention))
        .or_else(|| totals::total(&read.masked, draft.within?))
        .and_then(|m| ledger.group_of_size(draft.sentence, m));
    let group = match compared {
        None if sized.is_some() => sized,
        Some((intervention, _)) => ledger.group(Who::Arm(intervention), draft.sentence, purpose),
        None if two_groups && who == Some(Who::All) => None,
        None => who.and_then(|w| ledger.group(w, draft.sentence, purpose)),
    };
    if let Some(everyone) = bundle.parts.iter().find(|p| p.name == "everyone") {
        let size = group.and_then(|id| ledger.size(id))?;
        events = Some(Quantity {
            value: size.value,
            text: values.literal(everyone.start, everyone.end),
            decimals: 0,
            op: None,
            unit: None,
            at: values.span(everyone.start, everyone.end),
        });
    }
    let comparator = compared.and_then(|(_, control)| ledger.group(Who::Arm(control), draft.sentence, purpose));
    let time = draft.time.and_then(|m| values.time(m));
    let start = bundle.start.min(counted.start).min(draft.outcome.at.0);
    let end = bundle.end.max(draft.outcome.at.1);
    let in_sentence = draft.outcome.at.0 >= read.sentence.start && draft.outcome.at.1 <= read.sentence.end;
    Some(Finding {
        id: FindingId::of(0),
        kind: draft.kind,
        repeats: None,
        outcome: Outcome {
            id: draft
                .outcome
                .rule
                .map(|rule| outcome_id(pack, rule, time.as_ref().filter(|_| draft.measure != Measure::Count))),
            text: values.literal(draft.outcome.at.0, draft.outcome.at.1),
            at: Some(values.span(draft.outcome.at.0, draft.outcome.at.1)),
        },
        measure,
        adjusted: adjusted(&read.masked, two_groups),
        analysis: analysis(&read.masked),
        group,
        comparator,
        estimate,
        events,
        total,
        interval,
        spread: bundle
            .part("spread")
            .and_then(|m| values.spread(m))
            .or_else(|| bundle.part("spread_bare").and_then(|m| values.bare_spread(m, conventions.spread))),
        p,
        time,
        grade: draft.grade.and_then(|m| values.grade(m)),
        direction: None,
        status,
        section: read.sentence.section,
        sentence: draft.sentence as u32,
        rule: bundle.rule.map(|rule| pack.rule(rule).id.clone()).unwrap_or_default(),
        bound_by: group.and(by),
        at: if in_sentence { values.span(start, end) } else { values.span(bundle.start, bundle.end) },
        review: None,
    })
    .filter(|f| {
        f.interval.as_ref().is_none_or(|i| i.kind != IntervalKind::Range || i.low.is_some()) || f.estimate.is_some()
    })
}

/// The confidence level that an interval without a name has, if it is one of confidence: that of a ratio always is, that
/// of a median only where it is one of survival, and any other where the abstract says so once.
fn confidence(draft: &Draft, measure: Measure, conventions: Conventions, domain: Option<Domain>) -> Option<f64> {
    let survival = matches!(domain, Some(Domain::Survival | Domain::TimeToEvent | Domain::Failure));
    match measure {
        Measure::Median if !survival && draft.kind == FindingKind::Result => None,
        _ if compares(measure) => conventions.level.or(Some(USUAL_LEVEL)),
        _ => conventions.level,
    }
}

/// The level of an interval of which no level is said.
const USUAL_LEVEL: f64 = 95.0;

/// Whether an interval can be that of a measure: a share of people is never below nothing, so that such an interval is
/// that of a difference.
fn is_possible(measure: Measure, interval: &Interval) -> bool {
    let share = matches!(measure, Measure::Proportion | Measure::SurvivalProbability | Measure::CumulativeIncidence);
    !share || interval.low.as_ref().is_none_or(|low| low.value >= 0.0)
}

/// Whether a measure compares two groups.
fn compares(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::HazardRatio
            | Measure::OddsRatio
            | Measure::RiskRatio
            | Measure::RateRatio
            | Measure::SubdistributionHazardRatio
            | Measure::Difference
    )
}

/// The id of an outcome at a time point: mortality at some weeks is early death.
fn outcome_id(pack: &RulePack, rule: RuleId, time: Option<&TimePoint>) -> String {
    let early = pack.outcome(rule).and_then(|o| o.early.as_ref());
    let days = time.and_then(|t| {
        let of_unit = match t.unit {
            Unit::Day => 1.0,
            Unit::Week => 7.0,
            Unit::Month => 30.5,
            _ => return None,
        };
        Some(t.value * of_unit)
    });
    match (early, days) {
        (Some(early), Some(days)) if days <= early.days => early.outcome.clone(),
        _ => pack.rule(rule).id.clone(),
    }
}

/// The arm that a two-group measure is of, and the one it is compared with: as its own words say ("hazard ratio for
/// death with exercise"), else intervention against control.
fn compared(ledger: &Ledger, masked: &Masked<'_>, bundle: &Mention<'_>) -> Option<(usize, usize)> {
    let pair = ledger.compared()?;
    let of = bundle.parts.iter().find(|p| p.name == "of");
    let named = of
        .and_then(|of| masked.mentions().iter().filter(|m| m.start >= of.start && m.end <= of.end).find_map(|m| m.arm));
    Some(if named == Some(pair.1) { (pair.1, pair.0) } else { pair })
}

/// The estimate, in its unit.
fn estimate(values: &Values<'_, '_, '_>, bundle: &Mention<'_>, unit_of: Option<usize>) -> Option<Quantity> {
    let part = bundle.parts.iter().find(|p| p.name == "estimate")?;
    let mention = part.mention?;
    let mut quantity = values.quantity(mention)?;
    if quantity.unit.is_none()
        && let Some(unit) = bundle.parts.iter().find(|p| p.name == "unit")
    {
        quantity.unit = Some(values.unit_of(unit));
    }
    if quantity.unit.is_none() {
        quantity.unit = unit_of.and_then(|m| values.quantity(m)).and_then(|q| q.unit);
    }
    Some(quantity)
}

/// Whether the sentence says that its two-group measures are adjusted.
fn adjusted(masked: &Masked<'_>, two_groups: bool) -> Option<bool> {
    if !two_groups {
        return None;
    }
    let text = masked.text();
    if ["unadjusted", "crude", "univaria"].iter().any(|w| text.contains(w)) {
        return Some(false);
    }
    ["adjusted", "multivaria", "adjustment"].iter().any(|w| text.contains(w)).then_some(true)
}

/// The analysis set that the sentence names.
fn analysis(masked: &Masked<'_>) -> Option<Analysis> {
    let text = masked.text();
    let named = [
        ("intention-to-treat", Analysis::Itt),
        ("intent-to-treat", Analysis::Itt),
        ("intention to treat", Analysis::Itt),
        ("per-protocol", Analysis::PerProtocol),
        ("per protocol", Analysis::PerProtocol),
        ("as-treated", Analysis::AsTreated),
        ("safety population", Analysis::Safety),
        ("safety set", Analysis::Safety),
    ];
    named.into_iter().find(|(words, _)| text.contains(words)).map(|(_, analysis)| analysis)
}
