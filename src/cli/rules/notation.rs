//! How examples of rules say what should be found: words, each of which must be true of one finding (or group,
//! mention, design, cue) that the rule had a part in.

use crate::extract::Explanation;
use crate::model::{Finding, FindingKind, Group, IntervalKind, Op, Quantity, Record, Status};
use crate::rules::{Kind, Rule, Table};

/// Whether what `explanation` shows of `rule` is what `wanted` says.
pub fn shows(explanation: &Explanation, rule: &Rule, wanted: &str) -> bool {
    let (first, rest) = wanted.split_once(' ').unwrap_or((wanted, ""));
    let record = &explanation.record;
    match rule.table {
        Table::Mention | Table::Term if Kind::ALL.iter().any(|kind| kind.name() == first) => {
            mentions(explanation, &rule.id).any(|(kind, literal)| kind == first && literal == rest)
        }
        Table::Group => groups(explanation, &rule.id).any(|group| holds(wanted, &group_words(group))),
        Table::Design => {
            let words = ["design".to_owned(), snake(&record.design.kind)];
            explanation.design_rule.as_deref() == Some(&rule.id) && holds(wanted, &words)
        }
        Table::Registry => record.design.registry_ids.iter().any(|id| id == rest),
        Table::Context => context(explanation, rule, wanted),
        _ => findings(explanation, &rule.id).any(|finding| holds(wanted, &finding_words(finding, record))),
    }
}

/// Whether `rule` made anything of the text.
pub fn speaks(explanation: &Explanation, rule: &Rule) -> bool {
    match rule.table {
        Table::Mention | Table::Term => mentions(explanation, &rule.id).next().is_some(),
        Table::Group => groups(explanation, &rule.id).next().is_some(),
        Table::Design => explanation.design_rule.as_deref() == Some(&rule.id),
        Table::Registry => !explanation.record.design.registry_ids.is_empty(),
        Table::Context => explanation.sentences.iter().any(|s| s.contexts.contains(&rule.id)),
        _ => findings(explanation, &rule.id).next().is_some(),
    }
}

/// Everything that was found, for the report of a failure.
pub fn all(explanation: &Explanation) -> String {
    let record = &explanation.record;
    let findings = record.findings.iter().map(|f| finding_words(f, record).join(" "));
    let groups = record.groups.iter().map(|g| group_words(g).join(" "));
    findings.chain(groups).collect::<Vec<_>>().join("; ")
}

/// Words of context: what they did to the sentence they stand in.
fn context(explanation: &Explanation, rule: &Rule, wanted: &str) -> bool {
    let record = &explanation.record;
    let spoken = explanation.sentences.iter().enumerate().filter(|(_, s)| s.contexts.contains(&rule.id));
    spoken.into_iter().any(|(index, _)| {
        let mut inside = record.findings.iter().filter(|f| f.sentence as usize == index);
        match wanted.split_once(' ').unwrap_or((wanted, "")) {
            ("suppressed", _) => inside.next().is_none(),
            ("baseline", _) => inside.any(|f| f.kind == FindingKind::Baseline),
            ("conclusion", _) => inside.all(|f| f.repeats.is_some()),
            ("cue", kind) => rule.id.strip_prefix("cue.") == Some(kind),
            _ => false,
        }
    })
}

fn mentions<'e>(explanation: &'e Explanation, rule: &'e str) -> impl Iterator<Item = (&'e str, String)> + 'e {
    let text = explanation.record.reference.abstract_text.as_deref().unwrap_or_default();
    explanation.sentences.iter().flat_map(|s| &s.mentions).filter(move |m| m.rule == rule).map(move |m| {
        let length = (m.at.end - m.at.start) as usize;
        (m.kind.as_str(), text.chars().skip(m.at.start as usize).take(length).collect())
    })
}

fn groups<'e>(explanation: &'e Explanation, rule: &'e str) -> impl Iterator<Item = &'e Group> + 'e {
    let pairs = explanation.record.groups.iter().zip(&explanation.group_rules);
    pairs.filter(move |(_, made_by)| *made_by == rule).map(|(group, _)| group)
}

fn findings<'e>(explanation: &'e Explanation, rule: &'e str) -> impl Iterator<Item = &'e Finding> + 'e {
    let traces = explanation.sentences.iter().flat_map(|s| &s.findings);
    traces.filter(move |t| t.rules.iter().any(|r| r == rule)).map(|t| &explanation.record.findings[t.finding.index()])
}

/// Whether each word of `wanted` is among `words`.
fn holds(wanted: &str, words: &[String]) -> bool {
    wanted.split_whitespace().all(|w| words.iter().any(|known| known == w))
}

fn group_words(group: &Group) -> Vec<String> {
    let mut words = vec![snake(&group.kind)];
    words.extend(group.role.as_ref().map(snake));
    words.extend(group.basis.as_ref().map(snake));
    words.extend(group.n.as_ref().map(|n| format!("n={}", n.value)));
    words
}

fn finding_words(finding: &Finding, record: &Record) -> Vec<String> {
    let mut words = vec![finding.outcome.id.clone().unwrap_or_else(|| "?".to_owned()), snake(&finding.measure)];
    words.extend(finding.outcome.text.split_whitespace().map(str::to_lowercase));
    words.extend(finding.estimate.as_ref().map(|q| q.text.clone()));
    words.extend(finding.estimate.as_ref().and_then(|q| q.unit.as_ref()).map(|u| u.as_str().to_owned()));
    if let Some(unit) = finding.estimate.as_ref().and_then(|q| q.unit.as_ref()) {
        words.push(format!("{}s", unit.as_str()));
    }
    words.extend(finding.events.as_ref().map(|q| format!("{}", q.value)));
    if let (Some(x), Some(n)) = (&finding.events, &finding.total) {
        words.push(format!("{}/{}", x.value, n.value));
    }
    if let Some(interval) = &finding.interval {
        let kind = match interval.kind {
            IntervalKind::Ci | IntervalKind::Credible => "ci",
            IntervalKind::Iqr => "iqr",
            IntervalKind::Range => "range",
        };
        words.push(format!("{kind}={}..{}", limit(interval.low.as_ref()), limit(interval.high.as_ref())));
    }
    words.extend(finding.time.as_ref().map(|t| format!("time={}_{}", t.value, t.unit.as_str())));
    words.extend(finding.grade.as_ref().map(|g| {
        let end = |grade: Option<u8>| grade.map_or_else(String::new, |g| g.to_string());
        format!("grade={}-{}", end(g.min), end(g.max))
    }));
    words.extend(finding.p.as_ref().map(|p| format!("p{}{}", sign(p.op), p.value)));
    match finding.status {
        Status::NotReached => words.push("not_reached".to_owned()),
        Status::None => words.push("none".to_owned()),
        Status::Reported => {}
    }
    if finding.kind == FindingKind::Baseline {
        words.push("baseline".to_owned());
    }
    if let Some(group) = finding.group {
        words.extend(group_words(&record.groups[group.index()]));
    }
    words
}

fn limit(quantity: Option<&Quantity>) -> String {
    quantity.map_or_else(|| "?".to_owned(), |q| q.value.to_string())
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::Less => "<",
        Op::Greater => ">",
        Op::AtMost => "<=",
        Op::AtLeast => ">=",
        _ => "=",
    }
}

/// The name of an enum's value, as the record writes it.
fn snake(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
