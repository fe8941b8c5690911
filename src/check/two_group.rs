//! Two groups with their events: the p of their table, and the ratio that it gives.

use crate::model::{Finding, Measure, Quantity, Verdict};

use super::alike::{same_grade, same_moment, same_outcome};
use super::catalogue::{TWO_GROUP_P_VALUE, TWO_GROUP_RATIO};
use super::methods::{Table, chi_square, chi_square_yates, conditional_odds_ratio, fisher, mid_p, unpooled_z};
use super::p_value::{Agreement, compare, is_significant, is_test_among, one_sided};
use super::phrase;
use super::printed::{Printed, p_range, whole};
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::{SizeSource, Study, is_among};

/// Most people in a table; an exact test walks through some multiple of their square root.
const LARGEST: f64 = 1e7;

/// The p of a table.
type Test = fn(Table) -> f64;

/// Tests of a table by the name written in the record.
const TESTS: [(&str, Test); 5] = [
    ("fisher", fisher),
    ("chi_square", chi_square),
    ("chi_square_yates", chi_square_yates),
    ("z", unpooled_z),
    ("mid_p", mid_p),
];

/// What a recomputed ratio is called and its value.
type Reading = (&'static str, f64);

/// `two_group.p_value`: some test of the table gives the printed p.
pub fn p_value(study: &Study, sheet: &mut Sheet) {
    for together in study.by_p(is_counted) {
        match together.as_slice() {
            [_] => {}
            [a, b] if is_pair(a, b) => p_row(study, sheet, a, b),
            _ => sheet.stop(TWO_GROUP_P_VALUE, &together, "the p is of more than two numbers"),
        }
    }
}

fn is_counted(finding: &Finding) -> bool {
    matches!(finding.measure, Measure::Proportion | Measure::Count) && finding.events.is_some()
}

fn is_pair(a: &Finding, b: &Finding) -> bool {
    a.group.is_some()
        && b.group.is_some()
        && a.group != b.group
        && same_outcome(a, b)
        && same_moment(a, b)
        && same_grade(a.grade.as_ref(), b.grade.as_ref())
}

/// The table of two findings, and whether both totals are printed with their events.
fn table(study: &Study, a: &Finding, b: &Finding) -> Result<(Table, bool), &'static str> {
    let events = |f: &Finding| f.events.as_ref().and_then(whole).ok_or("the events are not printed as whole numbers");
    if study.is_all(a) || study.is_all(b) {
        return Err("one of the numbers may be of both groups");
    }
    let (one, other) = (study.agreed_size(a)?, study.agreed_size(b)?);
    let table = Table { x1: events(a)?, n1: one.n, x2: events(b)?, n2: other.n };
    if table.n1 + table.n2 > LARGEST {
        return Err("the groups are too large for an exact test");
    }
    if !table.is_sound() {
        return Err("the table has no events, or no one without");
    }
    Ok((table, one.source == SizeSource::Printed && other.source == SizeSource::Printed))
}

fn p_row(study: &Study, sheet: &mut Sheet, a: &Finding, b: &Finding) {
    let pair = [a, b];
    let limits = &study.thresholds.p_value;
    let Some(p) = study.p_of(a) else { return };
    if let Some(why) = study.why_not(TWO_GROUP_P_VALUE, &pair) {
        return sheet.stop(TWO_GROUP_P_VALUE, &pair, why);
    }
    let named = is_test_among(p, &limits.count_tests);
    if named == Some(false) {
        return sheet.stop(TWO_GROUP_P_VALUE, &pair, "the test named is not of two counts");
    }
    let (table, printed_totals) = match table(study, a, b) {
        Ok(table) => table,
        Err(why) => return sheet.stop(TWO_GROUP_P_VALUE, &pair, why),
    };
    let printed = p_range(p);
    let results = TESTS.map(|(name, test)| (name, test(table)));
    let sided = p.sided == Some(1) || study.has_cue(&limits.one_sided_cues, a);
    let agreement = |p_of_test: f64| {
        let two = compare(limits, printed, Range::point(p_of_test), limits.factor);
        let one = compare(limits, printed, one_sided(Range::point(p_of_test)), limits.factor);
        if sided { two.min(one) } else { two }
    };
    let fits = |result: &&(&str, f64)| agreement(result.1) == Agreement::Meets;
    let methods: Vec<&'static str> = results.iter().filter(fits).map(|result| result.0).collect();
    let all = results.iter().fold(Range::point(results[0].1), |range, result| range.hull(Range::point(result.1)));
    if methods.is_empty() && study.is_of_a_comparison(&pair, p) {
        return sheet.stop(TWO_GROUP_P_VALUE, &pair, "the p stands behind a ratio or difference");
    }
    let nearest = results.iter().map(|result| agreement(result.1)).min();
    let far = results.iter().all(|result| agreement(result.1) == Agreement::Far);
    let decided = if all.high < 0.05 { Some(true) } else { (all.low > 0.05).then_some(false) };
    let flips = decided.zip(is_significant(p, sided, 0.05)).is_some_and(|(table, print)| table != print);
    // Events over time are often counted in a table and tested by other means.
    let over_time = is_among(&study.thresholds.outcomes.over_time, a) && named != Some(true);
    let claim = format!(
        "{} in {} of {} and {} of {} gives p {} (Fisher, chi-square, z)",
        phrase::outcome(a),
        phrase::count(table.x1),
        phrase::count(table.n1),
        phrase::count(table.x2),
        phrase::count(table.n2),
        phrase::p_between(all.low, all.high)
    );
    if nearest == Some(Agreement::Near) && !flips {
        return sheet.stop(
            TWO_GROUP_P_VALUE,
            &pair,
            "the p is near to that of the usual tests, another may have been used",
        );
    }
    let (verdict, message) = if methods.is_empty() {
        let certain = far && flips && printed_totals && !over_time;
        (study.flag(TWO_GROUP_P_VALUE, certain), format!("{claim}, but {} is printed.", p.text))
    } else {
        (Verdict::Consistent, format!("{claim}, printed as {}.", p.text))
    };
    let row = Row::new(TWO_GROUP_P_VALUE, verdict, message).findings(&pair).reported_text(&p.text);
    sheet.push(row.expected(all).methods(methods));
}

/// `two_group.ratio`: the table gives the printed odds or risk ratio, one way round or the other.
pub fn ratio(study: &Study, sheet: &mut Sheet) {
    for print in study.prints() {
        let ratio = print.lead();
        let Some(estimate) = &ratio.estimate else { continue };
        if !matches!(ratio.measure, Measure::OddsRatio | Measure::RiskRatio) {
            continue;
        }
        let Some((a, b)) = arms_of(study, ratio) else { continue };
        let all = [ratio, a, b];
        let stopped = study.why_not(TWO_GROUP_RATIO, &[ratio]);
        let adjusted = (ratio.adjusted == Some(true)).then(|| "the ratio is adjusted".to_owned());
        if let Some(why) = stopped.or(adjusted) {
            sheet.stop(TWO_GROUP_RATIO, &all, why);
            continue;
        }
        match table(study, a, b) {
            Ok((table, printed_totals)) => {
                let certain = ratio.adjusted == Some(false) && printed_totals;
                sheet.push(ratio_row(study, &all, estimate, table, certain));
            }
            Err(why) => sheet.stop(TWO_GROUP_RATIO, &all, why),
        }
    }
}

/// The one count of each group that a ratio compares, in its own sentence.
fn arms_of<'a>(study: &Study<'a>, ratio: &Finding) -> Option<(&'a Finding, &'a Finding)> {
    let of = |group| {
        let mut counts = study.findings().filter(|f| {
            f.group == group
                && group.is_some()
                && is_counted(f)
                && f.sentence == ratio.sentence
                && same_outcome(f, ratio)
        });
        counts.next().filter(|_| counts.next().is_none())
    };
    let (a, b) = (of(ratio.group)?, of(ratio.comparator)?);
    is_pair(a, b).then_some((a, b))
}

fn ratio_row(study: &Study, all: &[&Finding], estimate: &Quantity, table: Table, certain: bool) -> Row {
    let ratio = all[0];
    let readings = readings(ratio.measure, table);
    let printed = Printed::of(estimate);
    let fits = |range: Range| readings.iter().filter(move |reading| range.meets(Range::point(reading.1)));
    let methods: Vec<&'static str> = fits(printed.range()).map(|reading| reading.0).collect();
    let (name, value) = readings[0];
    let claim = format!(
        "{} of {} against {} of {} is {} {}",
        phrase::count(table.x1),
        phrase::count(table.n1),
        phrase::count(table.x2),
        phrase::count(table.n2),
        if ratio.measure == Measure::OddsRatio { "an odds ratio of" } else { "a risk ratio of" },
        phrase::finer(value, estimate)
    );
    let value_printed = phrase::printed(estimate);
    let (verdict, message) = if methods.contains(&name) {
        (Verdict::Consistent, format!("{claim}, printed as {value_printed}."))
    } else if let Some(other) = methods.first() {
        (Verdict::Consistent, format!("{claim}, printed as {value_printed} ({}).", other.replace('_', " ")))
    } else if fits(printed.truncated()).next().is_some() {
        (Verdict::Suspicious, format!("{claim}, printed as {value_printed}: cut off rather than rounded."))
    } else {
        (study.flag(TWO_GROUP_RATIO, certain), format!("{claim}, but {value_printed} is printed."))
    };
    let row = Row::new(TWO_GROUP_RATIO, verdict, message).findings(all).reported(estimate);
    row.expected(Range::point(value)).methods(methods)
}

/// The ratios that the table gives: as named, turned round, and of the people without the event.
fn readings(measure: Measure, table: Table) -> Vec<Reading> {
    let odds = table.odds_ratio();
    if measure == Measure::OddsRatio {
        let conditional = conditional_odds_ratio(table);
        return vec![
            ("odds_ratio", odds),
            ("odds_ratio_inverted", odds.recip()),
            ("odds_ratio_conditional", conditional),
            ("odds_ratio_conditional_inverted", conditional.recip()),
        ];
    }
    let (risk, spared) = (table.risk_ratio(), table.complement().risk_ratio());
    vec![
        ("risk_ratio", risk),
        ("risk_ratio_inverted", risk.recip()),
        ("risk_ratio_complement", spared),
        ("risk_ratio_complement_inverted", spared.recip()),
    ]
}
