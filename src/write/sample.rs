//! A record made by hand, for the tests of the writers and the command line.

use crate::model::{
    Bibliography, Change, Check, CheckId, Decided, Design, DesignKind, Field, Finding, FindingId, Group, GroupId,
    GroupKind, Interval, IntervalKind, Measure, Op, Outcome, PValue, Quantity, Record, Reported, Review, RulesInForce,
    SCHEMA, Section, Source, Span, Status, Unit, Verdict,
};

pub const ABSTRACT: &str = "Forty adults were treated. 31 of 40 (77.5%; 95% CI 61.5, 89.2) had a complete remission. \
    Relapse was seen in 12 (34%; 95% CI 16, 44%). Survival was longer than in controls (HR 0.62; 95% CI 0.41, not \
    reached; P < .001). No fatal event ≥ grade 3 occurred.";

pub fn span(start: u32, end: u32) -> Span {
    Span { field: Field::Abstract, start, end }
}

/// The span of the first such words in the sample's abstract.
pub fn at(words: &str) -> Span {
    let byte = ABSTRACT.find(words).expect("the sample says so");
    let start = ABSTRACT[..byte].chars().count() as u32;
    span(start, start + words.chars().count() as u32)
}

pub fn quantity(value: f64, decimals: u8, unit: Option<Unit>) -> Quantity {
    Quantity { value, text: format!("{value}"), decimals, op: None, unit, at: span(0, 0) }
}

pub fn finding(number: usize, outcome: Option<&str>, measure: Measure, words: &str) -> Finding {
    let text = outcome.unwrap_or("fatal event").replace('_', " ");
    let outcome = Outcome { id: outcome.map(str::to_owned), text, at: None };
    Finding {
        id: FindingId::of(number - 1),
        group: Some(GroupId::of(0)),
        section: Some(Section::Results),
        sentence: number as u32,
        rule: "count_of_total".into(),
        ..Finding::new(outcome, measure, at(words))
    }
}

pub fn check(id: &'static str, verdict: Verdict, findings: &[usize], message: &str) -> Check {
    Check {
        check: CheckId(id),
        verdict,
        findings: findings.iter().map(|number| FindingId::of(number - 1)).collect(),
        groups: Vec::new(),
        reported: Some(Reported::Value("34%".into())),
        expected: None,
        methods: Vec::new(),
        why: None,
        inspect_sr: None,
        message: message.into(),
    }
}

fn ci(low: f64, high: Option<f64>, decimals: u8) -> Interval {
    Interval {
        kind: IntervalKind::Ci,
        level: Some(95.0),
        low: Some(quantity(low, decimals, None)),
        high: high.map(|high| quantity(high, decimals, None)),
        at: span(0, 0),
    }
}

fn findings() -> Vec<Finding> {
    let mut remission =
        finding(1, Some("complete_remission"), Measure::Proportion, "31 of 40 (77.5%; 95% CI 61.5, 89.2)");
    remission.events = Some(quantity(31.0, 0, None));
    remission.total = Some(quantity(40.0, 0, None));
    remission.estimate = Some(quantity(77.5, 1, Some(Unit::Percent)));
    remission.interval = Some(ci(61.5, Some(89.2), 1));
    let mut relapse = finding(2, Some("relapse"), Measure::Proportion, "12 (34%; 95% CI 16, 44%)");
    relapse.events = Some(quantity(12.0, 0, None));
    relapse.estimate = Some(quantity(34.0, 0, Some(Unit::Percent)));
    relapse.interval = Some(ci(16.0, Some(44.0), 0));
    let mut survival = finding(3, Some("overall_survival"), Measure::HazardRatio, "HR 0.62");
    survival.estimate = Some(quantity(0.62, 2, None));
    survival.interval = Some(ci(0.41, None, 2));
    survival.p = Some(PValue {
        op: Op::Less,
        value: 0.001,
        decimals: 3,
        sided: None,
        test: None,
        text: "P < .001".into(),
        at: at("P < .001"),
    });
    let mut fatal = finding(4, None, Measure::Count, "No fatal event ≥ grade 3");
    fatal.group = None;
    fatal.status = Status::None;
    vec![remission, relapse, survival, fatal]
}

/// Four findings of one group: one consistent, one inconsistent, one suspicious, one not checked.
pub fn record() -> Record {
    let group = Group {
        id: GroupId::of(0),
        kind: GroupKind::All,
        role: None,
        role_by: None,
        basis: None,
        label: "adults".into(),
        n: Some(quantity(40.0, 0, None)),
        also_at: Vec::new(),
        parent: None,
        at: at("adults"),
    };
    Record {
        schema: SCHEMA,
        id: "doi:10.5555/made.up.1".into(),
        source: Source { path: "made-up.ris".into(), format: "ris".into(), record: 1, line: 1 },
        rules: RulesInForce { name: "built-in".into(), version: "1".into(), hash: "0".into() },
        reference: Bibliography {
            title: Some("Invented cells after an invented transplant".into()),
            authors: vec!["Okafor, Ada".into(), "Lindqvist, Per".into()],
            year: Some(2021),
            doi: Some("10.5555/Made.Up.1".into()),
            abstract_text: Some(ABSTRACT.into()),
            ..Bibliography::default()
        },
        content_hash: "0".into(),
        duplicate_of: None,
        same_trial_as: None,
        design: Design { kind: DesignKind::SingleArm, phase: Some("1/2".into()), registry_ids: Vec::new(), at: None },
        groups: vec![group],
        findings: findings(),
        checks: vec![
            check("proportion.percent", Verdict::Consistent, &[1], "31 of 40 is 77.5%."),
            check("proportion.percent", Verdict::Inconsistent, &[2], "12 of 40 is 30.0%, and 34% is printed."),
            check("interval.order", Verdict::Suspicious, &[2, 3], "The limits look alike."),
        ],
        diagnostics: Vec::new(),
        error: None,
        cues: Vec::new(),
    }
}

/// A correction by two reviewers.
pub fn review() -> Review {
    Review {
        decision: Decided::Corrected,
        reviewers: vec!["A. Okafor".into(), "P. Lindqvist".into()],
        note: Some("see table 2".into()),
        changes: vec![
            Change { slot: "estimate".into(), was: Some("78%".into()) },
            Change { slot: "time".into(), was: None },
        ],
    }
}
