//! CSV: one row a finding, tidy, safe to open in a spreadsheet.
//!
//! The columns are the fields of one struct, in its order. Column names and their order are part of the contract: new ones go to the end.

use serde::Serialize;

use crate::model::{
    Analysis, BoundBy, Change, Check, Decided, DesignKind, Direction, Field, Finding, FindingKind, GradeScale, Group,
    GroupKind, InspectSr, IntervalKind, Measure, Op, Quantity, Record, Role, Section, SpreadKind, Status, Verdict,
};

use super::heading;
use super::index::Index;
use super::literal::Literals;
use super::separated;
use super::spreadsheet::{Number, Text};

/// Writes the line of column names.
pub fn head(out: &mut Vec<u8>) {
    separated::head::<Row>(out);
}

/// Writes a row for each finding of the record.
pub fn record(record: &Record, out: &mut Vec<u8>) {
    let (index, literals) = (Index::of(record), Literals::of(&record.reference));
    let author = heading::first_author(&record.reference).unwrap_or_default();
    separated::rows(record.findings.iter().map(|finding| row(record, &index, &literals, &author, finding)), out);
}

/// One finding. Codes are those of the record; numbers stand in their own unit without sign of it.
#[derive(Default, Serialize)]
struct Row<'a> {
    record: Text<'a>,
    source: Text<'a>,
    line: u64,
    first_author: Text<'a>,
    year: Option<i32>,
    title: Text<'a>,
    doi: Text<'a>,
    pmid: Text<'a>,
    design: DesignKind,
    phase: Text<'a>,
    finding: String,
    kind: Option<FindingKind>,
    repeats: Option<String>,
    outcome: Text<'a>,
    outcome_text: Text<'a>,
    measure: Option<Measure>,
    adjusted: Option<bool>,
    analysis: Option<Analysis>,
    group: Option<String>,
    group_label: Text<'a>,
    group_kind: Option<GroupKind>,
    group_role: Option<Role>,
    group_n: Option<Number>,
    comparator: Option<String>,
    comparator_label: Text<'a>,
    comparator_role: Option<Role>,
    comparator_n: Option<Number>,
    events: Option<Number>,
    total: Option<Number>,
    estimate: Option<Number>,
    estimate_decimals: Option<u8>,
    estimate_bound: Option<&'static str>,
    unit: Text<'a>,
    interval: Option<IntervalKind>,
    interval_level: Option<Number>,
    interval_low: Option<Number>,
    interval_high: Option<Number>,
    spread: Option<SpreadKind>,
    spread_value: Option<Number>,
    p_bound: Option<&'static str>,
    p_value: Option<Number>,
    p_sided: Option<u8>,
    time: Option<Number>,
    time_unit: Text<'a>,
    grade_min: Option<u8>,
    grade_max: Option<u8>,
    grade_scale: Option<GradeScale>,
    direction: Option<Direction>,
    status: Option<Status>,
    section: Option<Section>,
    rule: Text<'a>,
    bound_by: Option<BoundBy>,
    verdict: Option<Verdict>,
    checks: String,
    messages: Text<'a>,
    quote: Text<'a>,
    quote_field: Option<Field>,
    quote_start: Option<u32>,
    quote_end: Option<u32>,
    inspect_sr: String,
    review: Option<Decided>,
    reviewers: Text<'a>,
    review_note: Text<'a>,
    review_changes: Text<'a>,
}

fn row<'a>(record: &'a Record, index: &Index<'a>, literals: &Literals<'a>, author: &'a str, f: &'a Finding) -> Row<'a> {
    let (group, comparator) = (f.group.map(|id| index.group(id)), f.comparator.map(|id| index.group(id)));
    let checks = index.checks(f);
    let review = f.review.as_deref();
    Row {
        record: record.id.as_str().into(),
        source: record.source.path.as_str().into(),
        line: record.source.line,
        first_author: author.into(),
        year: record.reference.year,
        title: text(record.reference.title.as_deref()),
        doi: text(record.reference.doi.as_deref()),
        pmid: text(record.reference.pmid.as_deref()),
        design: record.design.kind,
        phase: text(record.design.phase.as_deref()),
        finding: f.id.to_string(),
        kind: Some(f.kind),
        repeats: f.repeats.map(|id| id.to_string()),
        outcome: text(f.outcome.id.as_deref()),
        outcome_text: f.outcome.text.as_str().into(),
        measure: Some(f.measure),
        adjusted: f.adjusted,
        analysis: f.analysis,
        group: f.group.map(|id| id.to_string()),
        group_label: text(group.map(|group| group.label.as_str())),
        group_kind: group.map(|group| group.kind),
        group_role: group.and_then(|group| group.role),
        group_n: group.and_then(size),
        comparator: f.comparator.map(|id| id.to_string()),
        comparator_label: text(comparator.map(|group| group.label.as_str())),
        comparator_role: comparator.and_then(|group| group.role),
        comparator_n: comparator.and_then(size),
        events: number(f.events.as_ref()),
        total: number(f.total.as_ref()),
        estimate: number(f.estimate.as_ref()),
        estimate_decimals: f.estimate.as_ref().map(|estimate| estimate.decimals),
        estimate_bound: f.estimate.as_ref().and_then(|estimate| estimate.op).and_then(bound),
        unit: text(f.estimate.as_ref().and_then(|estimate| estimate.unit.as_ref()).map(crate::model::Unit::as_str)),
        interval: f.interval.as_ref().map(|interval| interval.kind),
        interval_level: f.interval.as_ref().and_then(|interval| interval.level).map(Number),
        interval_low: number(f.interval.as_ref().and_then(|interval| interval.low.as_ref())),
        interval_high: number(f.interval.as_ref().and_then(|interval| interval.high.as_ref())),
        spread: f.spread.as_ref().and_then(|spread| spread.kind),
        spread_value: f.spread.as_ref().map(|spread| Number(spread.value)),
        p_bound: f.p.as_ref().and_then(|p| bound(p.op)),
        p_value: f.p.as_ref().map(|p| Number(p.value)),
        p_sided: f.p.as_ref().and_then(|p| p.sided),
        time: f.time.as_ref().map(|time| Number(time.value)),
        time_unit: text(f.time.as_ref().map(|time| time.unit.as_str())),
        grade_min: f.grade.as_ref().and_then(|grade| grade.min),
        grade_max: f.grade.as_ref().and_then(|grade| grade.max),
        grade_scale: f.grade.as_ref().and_then(|grade| grade.scale),
        direction: f.direction,
        status: Some(f.status),
        section: f.section,
        rule: f.rule.as_str().into(),
        bound_by: f.bound_by,
        verdict: index.verdict(f),
        checks: list(checks.iter().map(|check| format!("{}:{}", check.check.0, code(check.verdict))), "; "),
        messages: list(checks.iter().map(|check| check.message.clone()), " | ").into(),
        quote: literals.at(f.at).into(),
        quote_field: Some(f.at.field),
        quote_start: Some(f.at.start),
        quote_end: Some(f.at.end),
        inspect_sr: items(checks),
        review: review.map(|review| review.decision),
        reviewers: list(review.iter().flat_map(|review| review.reviewers.iter().cloned()), "; ").into(),
        review_note: text(review.and_then(|review| review.note.as_deref())),
        review_changes: list(review.iter().flat_map(|review| review.changes.iter().map(changed)), "; ").into(),
    }
}

/// The slot that a reviewer changed, and what stood there.
fn changed(change: &Change) -> String {
    format!("{} (was: {})", change.slot, change.was.as_deref().unwrap_or("nothing"))
}

/// The INSPECT-SR items that the discrepancies of a finding inform.
fn items(checks: &[&Check]) -> String {
    let flagged = checks.iter().filter(|check| matches!(check.verdict, Verdict::Inconsistent | Verdict::Suspicious));
    let mut items: Vec<&str> = flagged.filter_map(|check| check.inspect_sr).map(InspectSr::code).collect();
    items.sort_unstable();
    items.dedup();
    items.join(" ")
}

fn text(text: Option<&str>) -> Text<'_> {
    text.unwrap_or_default().into()
}

fn number(quantity: Option<&Quantity>) -> Option<Number> {
    quantity.map(|quantity| Number(quantity.value))
}

fn size(group: &Group) -> Option<Number> {
    number(group.n.as_ref())
}

fn list(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.collect::<Vec<_>>().join(between)
}

/// How a printed number bounds the true one, in a word: a sign would open a formula.
fn bound(op: Op) -> Option<&'static str> {
    match op {
        Op::Equal => None,
        Op::Less => Some("less"),
        Op::Greater => Some("greater"),
        Op::AtMost => Some("at_most"),
        Op::AtLeast => Some("at_least"),
        Op::About => Some("about"),
        Op::Censored => Some("censored"),
    }
}

fn code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Consistent => "consistent",
        Verdict::Inconsistent => "inconsistent",
        Verdict::Suspicious => "suspicious",
        Verdict::NotCheckable => "not_checkable",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::write::sample;

    fn written(record: &Record) -> Vec<HashMap<String, String>> {
        let mut out = Vec::new();
        head(&mut out);
        super::record(record, &mut out);
        csv::Reader::from_reader(out.as_slice()).deserialize().map(Result::unwrap).collect()
    }

    #[test]
    fn a_row_has_the_numbers_as_numbers_and_the_words_they_came_from() {
        let rows = written(&sample::record());
        assert_eq!(rows.len(), 4);
        let expected = [
            ("record", "doi:10.5555/made.up.1"),
            ("first_author", "Okafor et al."),
            ("design", "single_arm"),
            ("outcome", "complete_remission"),
            ("measure", "proportion"),
            ("group_label", "adults"),
            ("group_n", "40"),
            ("events", "31"),
            ("total", "40"),
            ("estimate", "77.5"),
            ("unit", "percent"),
            ("interval", "ci"),
            ("interval_level", "95"),
            ("interval_low", "61.5"),
            ("verdict", "consistent"),
            ("checks", "proportion.percent:consistent"),
            ("quote", "31 of 40 (77.5%; 95% CI 61.5, 89.2)"),
            ("time", ""),
        ];
        for (column, value) in expected {
            assert_eq!(rows[0][column], value, "{column}");
        }
    }

    #[test]
    fn each_row_carries_its_checks() {
        let rows = written(&sample::record());
        assert_eq!(rows[1]["verdict"], "inconsistent");
        assert_eq!(rows[1]["checks"], "proportion.percent:inconsistent; interval.order:suspicious");
        assert_eq!(rows[1]["messages"], "12 of 40 is 30.0%, and 34% is printed. | The limits look alike.");
        assert_eq!((rows[2]["p_bound"].as_str(), rows[2]["p_value"].as_str()), ("less", "0.001"));
        assert_eq!((rows[3]["group"].as_str(), rows[3]["verdict"].as_str()), ("", ""));
        assert_eq!(rows[3]["quote"], "No fatal event ≥ grade 3");
    }

    #[test]
    fn a_reviewed_row_says_who_decided_what() {
        let mut record = sample::record();
        record.findings[0].review = Some(Box::new(sample::review()));
        let rows = written(&record);
        let columns = ["review", "reviewers", "review_note", "review_changes"];
        let cells: Vec<&str> = columns.iter().map(|column| rows[0][*column].as_str()).collect();
        assert_eq!(
            cells,
            ["corrected", "A. Okafor; P. Lindqvist", "see table 2", "estimate (was: 78%); time (was: nothing)"]
        );
        assert!(columns.iter().all(|column| rows[1][*column].is_empty()));
    }

    #[test]
    fn no_text_of_the_input_opens_a_formula_and_negative_numbers_stay_numbers() {
        let mut record = sample::record();
        record.id = "=1+1".into();
        record.reference.title = Some("@SUM(A1:A9)".into());
        record.groups[0].label = "-cmd".into();
        record.checks[0].message = "+x".into();
        record.findings[0].estimate.as_mut().unwrap().value = -2.5;
        let row = &written(&record)[0];
        for column in ["record", "title", "group_label", "messages"] {
            assert!(row[column].starts_with('\''), "{column}: {}", row[column]);
        }
        assert_eq!(row["estimate"], "-2.5");
    }

    #[test]
    fn quotes_and_line_breaks_survive() {
        let mut record = sample::record();
        record.reference.title = Some("A \"quoted\" title,\nin two lines".into());
        assert_eq!(written(&record)[0]["title"], "A \"quoted\" title,\nin two lines");
    }

    #[test]
    fn column_names_are_a_contract() {
        let mut out = Vec::new();
        head(&mut out);
        let names = String::from_utf8(out).unwrap().trim_end().replace(',', " ");
        insta::assert_snapshot!(crate::write::wrap::fill(&names, 95).join("\n"), @r"
        record source line first_author year title doi pmid design phase finding kind repeats outcome
        outcome_text measure adjusted analysis group group_label group_kind group_role group_n
        comparator comparator_label comparator_role comparator_n events total estimate
        estimate_decimals estimate_bound unit interval interval_level interval_low interval_high spread
        spread_value p_bound p_value p_sided time time_unit grade_min grade_max grade_scale direction
        status section rule bound_by verdict checks messages quote quote_field quote_start quote_end
        inspect_sr review reviewers review_note review_changes
        ");
    }
}
