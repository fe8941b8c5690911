//! `counts.subset`: a part of the people counted is not more than the whole.

use crate::model::{BoundBy, Finding, Grade, Group, GroupKind, Status, Verdict};

use super::alike::{same_grade, same_moment, same_outcome, same_people, same_scope};
use super::catalogue::COUNTS_SUBSET;
use super::phrase;
use super::printed::whole;
use super::range::Range;
use super::responders::names_responders;
use super::sheet::{Row, Sheet};
use super::study::{SizeSource, Study, group_size, is_among};

/// Highest grade of the usual scales.
const HIGHEST_GRADE: u8 = 5;

/// Judges every part beside its whole.
pub fn subset(study: &Study, sheet: &mut Sheet) {
    by_grade(study, sheet);
    by_outcome(study, sheet);
    of_group(study, sheet);
    responders(study, sheet);
}

/// Grade 3 or more within any grade.
fn by_grade(study: &Study, sheet: &mut Sheet) {
    let counted: Vec<&Finding> = study.findings().filter(|f| people(f).is_some()).collect();
    for part in counted.iter().filter(|f| f.grade.is_some()) {
        for whole in &counted {
            let paired = part.id != whole.id && same_outcome(part, whole) && same_people(part, whole);
            if !paired || !same_moment(part, whole) || !within_grade(part.grade.as_ref(), whole.grade.as_ref()) {
                continue;
            }
            // A count without a grade is of any grade only where the same sentence contrasts the two.
            let contrasted = part.sentence == whole.sentence && part.at.field == whole.at.field;
            if whole.grade.is_none() && !contrasted {
                continue;
            }
            let broad = is_among(&study.thresholds.outcomes.broad, part);
            compare(study, sheet, &[part], whole, !broad);
        }
    }
}

fn within_grade(part: Option<&Grade>, whole: Option<&Grade>) -> bool {
    let span = |grade: Option<&Grade>| match grade {
        Some(grade) => (grade.min.unwrap_or(0), grade.max.unwrap_or(HIGHEST_GRADE)),
        None => (0, HIGHEST_GRADE),
    };
    let (inner, outer) = (span(part), span(whole));
    inner != outer && outer.0 <= inner.0 && inner.1 <= outer.1 && !same_grade(part, whole)
}

/// Complete within overall response, and the sum of what excludes each other.
fn by_outcome(study: &Study, sheet: &mut Sheet) {
    let counted: Vec<&Finding> = study.findings().filter(|f| people(f).is_some()).collect();
    for relation in &study.thresholds.outcomes.part {
        for whole in counted.iter().filter(|f| f.outcome.id.as_ref() == Some(&relation.of)) {
            let beside = |id: &String| {
                let mut same = counted.iter().filter(|f| f.outcome.id.as_ref() == Some(id));
                same.find(|f| same_scope(f, whole) && same_moment(f, whole)).copied()
            };
            let parts: Vec<&Finding> = relation.parts.iter().filter_map(beside).collect();
            if parts.is_empty() {
                continue;
            }
            let together = parts.iter().all(|part| part.sentence == whole.sentence);
            compare(study, sheet, &parts, whole, together);
        }
    }
}

/// The parts, which exclude each other, against the whole.
fn compare(study: &Study, sheet: &mut Sheet, parts: &[&Finding], whole: &Finding, certain: bool) {
    let all: Vec<&Finding> = parts.iter().copied().chain([whole]).collect();
    if let Some(why) = study.why_not(COUNTS_SUBSET, &all) {
        return sheet.stop(COUNTS_SUBSET, &all, why);
    }
    let (Some(sum), Some(most)) = (parts.iter().map(|part| people(part)).sum::<Option<f64>>(), people(whole)) else {
        return;
    };
    let told: Vec<String> = parts.iter().map(|part| told(part)).collect();
    let claim = format!("{} within {}", phrase::list(&told), self::told(whole));
    let exceeds = sum > most;
    if exceeds && (whole.status == Status::None || all.iter().any(|f| !study.is_firmly_bound(f))) {
        return sheet.stop(COUNTS_SUBSET, &all, "it is not certain that both numbers are of the same people");
    }
    if exceeds && holds_elsewhere(study, parts, whole, sum) {
        return sheet.stop(COUNTS_SUBSET, &all, "another group has a whole that holds the part");
    }
    let verdict = if exceeds { study.flag(COUNTS_SUBSET, certain) } else { Verdict::Consistent };
    let message = if exceeds { format!("{claim}: the part is larger than the whole.") } else { format!("{claim}.") };
    let Some(events) = parts[0].events.as_ref() else { return };
    let row = Row::new(COUNTS_SUBSET, verdict, message).findings(&all).reported(events);
    sheet.push(row.expected(Range { low: 0.0, high: most }));
}

/// Whether parts that were tied to their group only loosely are just the whole of another group.
fn holds_elsewhere(study: &Study, parts: &[&Finding], whole: &Finding, sum: f64) -> bool {
    let loose = parts.iter().any(|part| part.bound_by != Some(BoundBy::Construction));
    let own = |f: &Finding| f.id == whole.id || parts.iter().any(|part| part.id == f.id);
    let other = |f: &Finding| !own(f) && same_outcome(f, whole) && people(f) == Some(sum);
    loose && study.findings().any(other)
}

/// "CRS, grade 3 or higher: 7".
fn told(finding: &Finding) -> String {
    let count = finding.events.as_ref().map_or(String::new(), phrase::figures);
    let grade = finding.grade.as_ref().map_or(String::new(), |grade| format!(", {}", grade.text));
    format!("{count} ({}{grade})", phrase::outcome(finding))
}

/// Events within the total printed beside them; those that happen once, within their group.
fn of_group(study: &Study, sheet: &mut Sheet) {
    for print in study.prints() {
        let finding = print.lead();
        let Some(events) = finding.events.as_ref().and_then(whole) else { continue };
        let Ok(size) = study.size(finding) else { continue };
        let once = is_among(&study.thresholds.outcomes.once, finding) && finding.status == Status::Reported;
        let exceeds = events > size.n;
        let alone = finding.estimate.is_none();
        if !(once && alone || exceeds && (once || size.source == SizeSource::Printed)) {
            continue;
        }
        if let Some(why) = study.why_not(COUNTS_SUBSET, &print.findings) {
            sheet.stop(COUNTS_SUBSET, &print.findings, why);
            continue;
        }
        let certain = finding.outcome.id.is_some() && finding.total.is_some();
        let sure = finding.total.is_some() || once && study.is_firmly_bound(finding);
        if exceeds && (!sure || finding.outcome.id.is_none()) {
            sheet.stop(COUNTS_SUBSET, &print.findings, "it is not certain that the events are of the group");
            continue;
        }
        let verdict = if exceeds { study.flag(COUNTS_SUBSET, certain) } else { Verdict::Consistent };
        let relation = if exceeds { "are more than" } else { "are within" };
        let of = super::proportion::size_words(study, finding, size);
        let message = format!("{} {relation} {of}.", told(finding));
        let Some(reported) = &finding.events else { continue };
        let row = Row::new(COUNTS_SUBSET, verdict, message).findings(&print.findings).reported(reported);
        sheet.push(row.expected(Range { low: 0.0, high: size.n }));
    }
}

/// A subgroup of responders within the response that its label names.
fn responders(study: &Study, sheet: &mut Sheet) {
    let subgroups = study.record.groups.iter().filter(|group| group.kind == GroupKind::Subgroup);
    for group in subgroups {
        let Some(n) = group_size(group) else { continue };
        let Some(response) = response_of(study, group) else { continue };
        let Some((events, most)) = response.events.as_ref().and_then(|events| Some((events, whole(events)?))) else {
            continue;
        };
        let pair = [response];
        if let Some(why) = study.why_not(COUNTS_SUBSET, &pair) {
            sheet.stop(COUNTS_SUBSET, &pair, why);
            continue;
        }
        let exceeds = n > most;
        let verdict = if exceeds { Verdict::Suspicious } else { Verdict::Consistent };
        let relation = if exceeds { "is more than" } else { "is within" };
        let message = format!(
            "The group \u{201c}{}\u{201d} of {} {relation} the {} with {}.",
            group.label.trim(),
            phrase::count(n),
            phrase::figures(events),
            phrase::outcome(response)
        );
        let row = Row::new(COUNTS_SUBSET, verdict, message).findings(&pair).groups([group.id]).reported(events);
        sheet.push(row.expected(Range { low: n, high: most.max(n) }));
    }
}

/// The response, in the group that a subgroup is part of, whose people the subgroup's label names.
fn response_of<'a>(study: &Study<'a>, group: &Group) -> Option<&'a Finding> {
    let in_parent = |f: &&Finding| match (group.parent, f.group.and_then(|id| study.group(id))) {
        (Some(parent), Some(of)) => of.id == parent,
        (None, Some(of)) => of.kind == GroupKind::All,
        (_, None) => false,
    };
    let is_response = |f: &&Finding| is_among(&study.thresholds.outcomes.responses, f) && people(f).is_some();
    let candidates: Vec<&Finding> = study.findings().filter(in_parent).filter(is_response).collect();
    let words = &study.thresholds.responders;
    let mut named = candidates.iter().filter(|f| names_responders(words, group, f, candidates.len() == 1)).copied();
    // Of several counts of one response the largest is the loosest bound.
    let first = named.next()?;
    Some(named.fold(first, |best, other| if people(other) > people(best) { other } else { best }))
}

/// People counted by a finding, exactly.
fn people(finding: &Finding) -> Option<f64> {
    whole(finding.events.as_ref()?)
}
