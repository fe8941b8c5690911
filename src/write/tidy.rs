//! The tidy table: one row a finding, with everything that says what it is. CSV, XLSX, Parquet and Arrow share it.
//!
//! Names of the columns and their order are part of the contract: new ones go to the end.

use std::borrow::Cow;

use crate::model::{Change, Check, Finding, Group, InspectSr, Op, Quantity, Record, Unit, Verdict};

use super::heading;
use super::index::Index;
use super::literal::Literals;
use super::rows::{code, row};

/// The rows of a record: one for each finding.
pub fn rows(record: &Record) -> impl Iterator<Item = Tidy<'_>> {
    let (index, literals) = (Index::of(record), Literals::of(&record.reference));
    let author = heading::first_author(&record.reference).unwrap_or_default();
    record.findings.iter().map(move |finding| tidy(record, &index, &literals, &author, finding))
}

row! {
    /// One finding. Codes are those of the record; numbers stand in their own unit without sign of it.
    pub struct Tidy<'a> {
        record: Cow<'a, str>,
        source: Cow<'a, str>,
        line: i64,
        first_author: Cow<'a, str>,
        year: Option<i64>,
        title: Cow<'a, str>,
        doi: Cow<'a, str>,
        pmid: Cow<'a, str>,
        design: &'a str,
        phase: Cow<'a, str>,
        finding: String,
        kind: Option<&'a str>,
        repeats: Option<String>,
        outcome: Cow<'a, str>,
        outcome_text: Cow<'a, str>,
        measure: Option<&'a str>,
        adjusted: Option<bool>,
        analysis: Option<&'a str>,
        group: Option<String>,
        group_label: Cow<'a, str>,
        group_kind: Option<&'a str>,
        group_role: Option<&'a str>,
        group_n: Option<f64>,
        comparator: Option<String>,
        comparator_label: Cow<'a, str>,
        comparator_role: Option<&'a str>,
        comparator_n: Option<f64>,
        events: Option<f64>,
        total: Option<f64>,
        estimate: Option<f64>,
        estimate_decimals: Option<i64>,
        estimate_bound: Option<&'a str>,
        unit: Cow<'a, str>,
        interval: Option<&'a str>,
        interval_level: Option<f64>,
        interval_low: Option<f64>,
        interval_high: Option<f64>,
        spread: Option<&'a str>,
        spread_value: Option<f64>,
        p_bound: Option<&'a str>,
        p_value: Option<f64>,
        p_sided: Option<i64>,
        time: Option<f64>,
        time_unit: Cow<'a, str>,
        grade_min: Option<i64>,
        grade_max: Option<i64>,
        grade_scale: Option<&'a str>,
        direction: Option<&'a str>,
        status: Option<&'a str>,
        section: Option<&'a str>,
        rule: Cow<'a, str>,
        bound_by: Option<&'a str>,
        verdict: Option<&'a str>,
        checks: String,
        messages: Cow<'a, str>,
        quote: Cow<'a, str>,
        quote_field: Option<&'a str>,
        quote_start: Option<i64>,
        quote_end: Option<i64>,
        inspect_sr: String,
        review: Option<&'a str>,
        reviewers: String,
        review_note: Cow<'a, str>,
        review_changes: String,
    }
}

fn tidy<'a>(record: &'a Record, index: &Index<'a>, literals: &Literals<'a>, author: &str, f: &'a Finding) -> Tidy<'a> {
    let (group, comparator) = (f.group.map(|id| index.group(id)), f.comparator.map(|id| index.group(id)));
    let checks = index.checks(f);
    let review = f.review.as_deref();
    Tidy {
        record: record.id.as_str().into(),
        source: record.source.path.as_str().into(),
        line: record.source.line as i64,
        first_author: author.to_owned().into(),
        year: record.reference.year.map(i64::from),
        title: text(record.reference.title.as_deref()),
        doi: text(record.reference.doi.as_deref()),
        pmid: text(record.reference.pmid.as_deref()),
        design: code(record.design.kind),
        phase: text(record.design.phase.as_deref()),
        finding: f.id.to_string(),
        kind: Some(code(f.kind)),
        repeats: f.repeats.map(|id| id.to_string()),
        outcome: text(f.outcome.id.as_deref()),
        outcome_text: f.outcome.text.as_str().into(),
        measure: Some(code(f.measure)),
        adjusted: f.adjusted,
        analysis: f.analysis.map(code),
        group: f.group.map(|id| id.to_string()),
        group_label: text(group.map(|group| group.label.as_str())),
        group_kind: group.map(|group| code(group.kind)),
        group_role: group.and_then(|group| group.role).map(code),
        group_n: group.and_then(size),
        comparator: f.comparator.map(|id| id.to_string()),
        comparator_label: text(comparator.map(|group| group.label.as_str())),
        comparator_role: comparator.and_then(|group| group.role).map(code),
        comparator_n: comparator.and_then(size),
        events: number(f.events.as_ref()),
        total: number(f.total.as_ref()),
        estimate: number(f.estimate.as_ref()),
        estimate_decimals: f.estimate.as_ref().map(|estimate| i64::from(estimate.decimals)),
        estimate_bound: f.estimate.as_ref().and_then(|estimate| estimate.op).and_then(bound),
        unit: text(f.estimate.as_ref().and_then(|estimate| estimate.unit.as_ref()).map(Unit::as_str)),
        interval: f.interval.as_ref().map(|interval| code(interval.kind)),
        interval_level: f.interval.as_ref().and_then(|interval| interval.level),
        interval_low: number(f.interval.as_ref().and_then(|interval| interval.low.as_ref())),
        interval_high: number(f.interval.as_ref().and_then(|interval| interval.high.as_ref())),
        spread: f.spread.as_ref().and_then(|spread| spread.kind).map(code),
        spread_value: f.spread.as_ref().map(|spread| spread.value),
        p_bound: f.p.as_ref().and_then(|p| bound(p.op)),
        p_value: f.p.as_ref().map(|p| p.value),
        p_sided: f.p.as_ref().and_then(|p| p.sided).map(i64::from),
        time: f.time.as_ref().map(|time| time.value),
        time_unit: text(f.time.as_ref().map(|time| time.unit.as_str())),
        grade_min: f.grade.as_ref().and_then(|grade| grade.min).map(i64::from),
        grade_max: f.grade.as_ref().and_then(|grade| grade.max).map(i64::from),
        grade_scale: f.grade.as_ref().and_then(|grade| grade.scale).map(code),
        direction: f.direction.map(code),
        status: Some(code(f.status)),
        section: f.section.map(code),
        rule: f.rule.as_str().into(),
        bound_by: f.bound_by.map(code),
        verdict: index.verdict(f).map(code),
        checks: list(checks.iter().map(|check| format!("{}:{}", check.check.0, code(check.verdict))), "; "),
        messages: list(checks.iter().map(|check| check.message.clone()), " | ").into(),
        quote: literals.at(f.at).into(),
        quote_field: Some(code(f.at.field)),
        quote_start: Some(i64::from(f.at.start)),
        quote_end: Some(i64::from(f.at.end)),
        inspect_sr: items(checks),
        review: review.map(|review| code(review.decision)),
        reviewers: list(review.iter().flat_map(|review| review.reviewers.iter().cloned()), "; "),
        review_note: text(review.and_then(|review| review.note.as_deref())),
        review_changes: list(review.iter().flat_map(|review| review.changes.iter().map(changed)), "; "),
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

fn text(text: Option<&str>) -> Cow<'_, str> {
    text.unwrap_or_default().into()
}

fn number(quantity: Option<&Quantity>) -> Option<f64> {
    quantity.map(|quantity| quantity.value)
}

fn size(group: &Group) -> Option<f64> {
    number(group.n.as_ref())
}

fn list(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.collect::<Vec<_>>().join(between)
}

/// How a printed number bounds the true one, in a word: a sign would open a formula.
pub fn bound(op: Op) -> Option<&'static str> {
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

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::write::{csv, sample};

    fn written(record: &Record) -> Vec<HashMap<String, String>> {
        let mut out = Vec::new();
        csv::head::<Tidy>(&mut out);
        csv::rows(rows(record), &mut out);
        ::csv::Reader::from_reader(out.as_slice()).deserialize().map(Result::unwrap).collect()
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
    fn column_names_are_a_contract() {
        let mut out = Vec::new();
        csv::head::<Tidy>(&mut out);
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
