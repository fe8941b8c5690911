//! Records by hand, in a few words: `study().all(43).with(finding("complete_remission").share("79%").events("34"))`.
//!
//! Places are made up so that each number has its own; `sharing` gives a finding the number of the one before it.

use crate::check::check;
use crate::model::*;
use crate::rules::Thresholds;

/// The thresholds that are built in.
pub fn thresholds() -> Thresholds {
    toml::from_str(crate::rules::BUILT_IN_LIMITS).expect("the built-in thresholds load")
}

fn place(start: u32) -> Span {
    Span { field: Field::Abstract, start, end: start + 5 }
}

/// "79%", "0.91 fraction", "<5", "33.9+", "14 month".
pub fn number(text: &str) -> Quantity {
    let (figures, word) = text.split_once(' ').unwrap_or((text, ""));
    let op = match figures.chars().next() {
        Some('<') => Some(Op::Less),
        Some('>') => Some(Op::Greater),
        Some('~') => Some(Op::About),
        _ if figures.ends_with('+') => Some(Op::Censored),
        _ => None,
    };
    let bare = figures.trim_matches(['<', '>', '~', '+', '%']);
    let unit = match (figures.ends_with('%'), word) {
        (true, _) => Some(Unit::Percent),
        (_, "") => None,
        (_, "fraction") => Some(Unit::Fraction),
        (_, "day") => Some(Unit::Day),
        (_, "month") => Some(Unit::Month),
        (_, "year") => Some(Unit::Year),
        (_, other) => Some(Unit::Other(other.to_owned())),
    };
    let decimals = bare.split_once('.').map_or(0, |(_, rest)| rest.len() as u8);
    let value = bare.parse().unwrap_or_else(|_| panic!("{text} is no number"));
    Quantity { value, text: figures.to_owned(), decimals, op, unit, at: place(0) }
}

/// A finding in the making.
#[derive(Debug)]
pub struct Build {
    finding: Finding,
    shares: bool,
    shares_p: bool,
    sentence: Option<u32>,
}

/// A finding of an outcome of `rules/outcomes`, in group `g1`.
pub fn finding(outcome: &str) -> Build {
    let id = (!outcome.is_empty()).then(|| outcome.to_owned());
    let outcome = Outcome { id, text: outcome.replace('_', " "), at: None };
    let finding = Finding {
        group: Some(GroupId::of(0)),
        section: Some(Section::Results),
        rule: "test".to_owned(),
        bound_by: Some(BoundBy::Construction),
        ..Finding::new(outcome, Measure::Proportion, place(0))
    };
    Build { finding, shares: false, shares_p: false, sentence: None }
}

impl Build {
    pub fn change(mut self, change: impl FnOnce(&mut Finding)) -> Self {
        change(&mut self.finding);
        self
    }

    pub fn words(self, text: &str) -> Self {
        self.change(|f| text.clone_into(&mut f.outcome.text))
    }

    fn measured(self, measure: Measure, estimate: &str) -> Self {
        self.change(|f| {
            f.measure = measure;
            f.estimate = Some(number(estimate));
        })
    }

    pub fn share(self, estimate: &str) -> Self {
        self.measured(Measure::Proportion, estimate)
    }

    pub fn survival(self, estimate: &str, time: &str) -> Self {
        self.measured(Measure::SurvivalProbability, estimate).time(time)
    }

    pub fn incidence(self, estimate: &str, time: &str) -> Self {
        self.measured(Measure::CumulativeIncidence, estimate).time(time)
    }

    pub fn ratio(self, measure: Measure, estimate: &str) -> Self {
        self.measured(measure, estimate).versus(2)
    }

    pub fn median(self, estimate: &str) -> Self {
        self.measured(Measure::Median, estimate)
    }

    pub fn of(self, measure: Measure, estimate: &str) -> Self {
        self.measured(measure, estimate)
    }

    pub fn mean(self, estimate: &str, sd: &str) -> Self {
        let sd = number(sd);
        self.measured(Measure::Mean, estimate).change(|f| {
            let (value, decimals) = (sd.value, sd.decimals);
            f.spread = Some(Spread { kind: Some(SpreadKind::Sd), value, text: sd.text, decimals, at: place(0) });
        })
    }

    /// A spread of 1.5, of unsaid kind, where asked for.
    pub fn mean_spread(self, given: bool) -> Self {
        let spread = Spread { kind: None, value: 1.5, text: "1.5".to_owned(), decimals: 1, at: place(0) };
        self.change(|f| f.spread = given.then_some(spread))
    }

    pub fn events(self, events: &str) -> Self {
        self.change(|f| f.events = Some(number(events)))
    }

    pub fn total(self, total: &str) -> Self {
        self.change(|f| f.total = Some(number(total)))
    }

    pub fn count(self, events: &str) -> Self {
        self.events(events).change(|f| f.measure = Measure::Count)
    }

    pub fn ci(self, low: &str, high: &str) -> Self {
        self.within(IntervalKind::Ci, low, high)
    }

    pub fn within(self, kind: IntervalKind, low: &str, high: &str) -> Self {
        let level = (kind == IntervalKind::Ci).then_some(95.0);
        let (low, high) = (Some(number(low)), Some(number(high)));
        self.change(|f| f.interval = Some(Interval { kind, level, low, high, at: place(0) }))
    }

    pub fn bracket(self, change: impl FnOnce(&mut Interval)) -> Self {
        self.change(|f| change(f.interval.as_mut().expect("an interval was given")))
    }

    pub fn time(self, text: &str) -> Self {
        let number = number(text);
        let unit = number.unit.expect("a time has a unit");
        let value = number.value;
        self.change(|f| f.time = Some(TimePoint { value, unit, text: text.to_owned(), at: place(0) }))
    }

    pub fn grade(self, min: Option<u8>, max: Option<u8>) -> Self {
        let text = format!(
            "grade {}-{}",
            min.map_or(String::new(), |g| g.to_string()),
            max.map_or(String::new(), |g| g.to_string())
        );
        self.change(|f| f.grade = Some(Grade { min, max, scale: None, text, at: place(0) }))
    }

    pub fn p(self, text: &str) -> Self {
        let number = number(text);
        let p = PValue {
            op: number.op.unwrap_or(Op::Equal),
            value: number.value,
            decimals: number.decimals,
            sided: None,
            test: None,
            text: format!("P {text}"),
            at: place(0),
        };
        self.change(|f| f.p = Some(p))
    }

    pub fn group(self, group: usize) -> Self {
        self.change(|f| f.group = Some(GroupId::of(group - 1)))
    }

    pub fn versus(self, group: usize) -> Self {
        self.change(|f| f.comparator = Some(GroupId::of(group - 1)))
    }

    /// Has the very number of the finding before it.
    pub fn sharing(mut self) -> Self {
        self.shares = true;
        self
    }

    /// Has the very p of the finding before it.
    pub fn sharing_p(mut self) -> Self {
        self.shares_p = true;
        self
    }

    pub fn sentence(mut self, sentence: u32) -> Self {
        self.sentence = Some(sentence);
        self
    }

    pub fn done(self) -> Finding {
        self.finding
    }
}

/// A group of people of a record.
fn people(index: usize, kind: GroupKind, label: &str, n: u32, basis: Option<Basis>) -> Group {
    Group {
        id: GroupId::of(index),
        kind,
        role: None,
        role_by: None,
        basis,
        label: label.to_owned(),
        n: Some(Quantity { at: place(10 + index as u32 * 10), ..number(&n.to_string()) }),
        also_at: Vec::new(),
        parent: (kind == GroupKind::Subgroup).then(|| GroupId::of(0)),
        at: place(10 + index as u32 * 10),
    }
}

/// A subgroup of `g1` with its own size, as group number `id`.
pub fn subgroup(id: usize, label: &str, n: u32) -> Group {
    people(id - 1, GroupKind::Subgroup, label, n, None)
}

/// A record in the making.
#[derive(Debug)]
pub struct Study {
    pub record: Record,
}

/// An empty record.
pub fn study() -> Study {
    let record = Record {
        schema: SCHEMA,
        id: "test".to_owned(),
        source: Source::default(),
        rules: RulesInForce::default(),
        reference: Bibliography::default(),
        content_hash: String::new(),
        duplicate_of: None,
        same_trial_as: None,
        design: Design::default(),
        groups: Vec::new(),
        findings: Vec::new(),
        checks: Vec::new(),
        diagnostics: Vec::new(),
        error: None,
        cues: Vec::new(),
    };
    Study { record }
}

impl Study {
    fn group(mut self, kind: GroupKind, label: &str, n: u32, basis: Option<Basis>) -> Self {
        let group = people(self.record.groups.len(), kind, label, n, basis);
        self.record.groups.push(group);
        self
    }

    pub fn all(self, n: u32) -> Self {
        self.group(GroupKind::All, "patients", n, None)
    }

    pub fn all_as(self, n: u32, basis: Basis) -> Self {
        self.group(GroupKind::All, "patients", n, Some(basis))
    }

    pub fn arm(self, label: &str, n: u32) -> Self {
        self.group(GroupKind::Arm, label, n, None)
    }

    pub fn arm_as(self, label: &str, n: u32, basis: Basis) -> Self {
        self.group(GroupKind::Arm, label, n, Some(basis))
    }

    pub fn part(self, label: &str, n: u32) -> Self {
        self.group(GroupKind::Subgroup, label, n, None)
    }

    /// Adds a finding; each has a sentence of its own unless it says otherwise.
    pub fn with(mut self, build: Build) -> Self {
        let index = self.record.findings.len();
        let base = 1000 * (index as u32 + 1);
        let Build { mut finding, shares, shares_p, sentence } = build;
        finding.id = FindingId::of(index);
        finding.sentence = sentence.unwrap_or(index as u32);
        finding.at = Span { field: Field::Abstract, start: base, end: base + 900 };
        let numbers = [finding.estimate.as_mut(), finding.events.as_mut(), finding.total.as_mut()];
        for (i, number) in numbers.into_iter().flatten().enumerate() {
            number.at = place(base + 100 * (i as u32 + 1));
        }
        if let Some(interval) = &mut finding.interval {
            interval.at = place(base + 500);
        }
        if let Some(p) = &mut finding.p {
            p.at = place(base + 600);
        }
        let last = self.record.findings.last();
        if shares {
            let last = last.expect("a finding to share the number of");
            finding.estimate.clone_from(&last.estimate);
            finding.interval.clone_from(&last.interval);
            finding.events.clone_from(&last.events);
            finding.sentence = last.sentence;
        }
        if shares_p {
            let last = last.expect("a finding to share the p of");
            finding.p.clone_from(&last.p);
            finding.sentence = last.sentence;
        }
        self.record.findings.push(finding);
        self
    }

    /// Words of a kind in a sentence, outside the evidence of its findings.
    pub fn cue(mut self, kind: &str, sentence: u32) -> Self {
        self.record.cues.push(Cue { kind: kind.to_owned(), sentence, everywhere: false, at: place(0) });
        self
    }

    /// Words of a kind that hold for the whole abstract.
    pub fn cue_throughout(mut self, kind: &str) -> Self {
        self.record.cues.push(Cue { kind: kind.to_owned(), sentence: 99, everywhere: true, at: place(0) });
        self
    }

    /// Words of a kind in the evidence of a finding (from 1).
    pub fn cue_in(mut self, kind: &str, finding: usize) -> Self {
        let finding = &self.record.findings[finding - 1];
        let at = place(finding.at.start + 700);
        self.record.cues.push(Cue { kind: kind.to_owned(), sentence: finding.sentence, everywhere: false, at });
        self
    }

    /// The printed text; the sizes of the groups stand in it, in their order, wherever it holds them.
    pub fn text(mut self, text: &str) -> Self {
        let mut from = 0;
        for n in self.record.groups.iter_mut().filter_map(|group| group.n.as_mut()) {
            let Some(found) = text[from..].find(&n.text) else { continue };
            let start = text[..from + found].chars().count() as u32;
            n.at = Span { field: Field::Abstract, start, end: start + n.text.len() as u32 };
            from += found + n.text.len();
        }
        self.record.reference.abstract_text = Some(text.to_owned());
        self
    }

    pub fn designed(mut self, kind: DesignKind) -> Self {
        self.record.design.kind = kind;
        self
    }

    /// All rows, those of checks that could not be done too.
    pub fn checks(&self) -> Vec<Check> {
        check(&self.record, &thresholds(), true)
    }

    /// The rows of one check.
    pub fn rows(&self, id: &str) -> Vec<Check> {
        self.checks().into_iter().filter(|row| row.check.0 == id).collect()
    }

    /// The verdict of the one row of a check.
    pub fn verdict(&self, id: &str) -> Verdict {
        self.row(id).verdict
    }

    /// The one row of a check.
    pub fn row(&self, id: &str) -> Check {
        let mut rows = self.rows(id);
        assert_eq!(rows.len(), 1, "rows of {id}: {rows:#?}");
        rows.remove(0)
    }
}
