//! `rules/checks/`: the numbers, words and relations between outcomes that the checks go by.
//!
//! The trick is that abstention is data too: for each check, or a whole family of checks, the file lists the kinds
//! of context cue that stop it or take its certainty away, so that a new word for "adjusted" needs no Rust.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use serde::Deserialize;

/// Ids of the check catalogue; the keys of `[cues]` must be among them, or be the part before the dot.
pub const CATALOGUE: &[&str] = &[
    "counts.subset",
    "counts.sum",
    "difference.p_value",
    "difference.value",
    "follow_up.horizon",
    "groups.flow",
    "interval.duplicate",
    "interval.order",
    "interval.symmetry",
    "means.grim",
    "means.p_value",
    "median.order",
    "p.range",
    "partition.percent",
    "proportion.ci",
    "proportion.ci_method",
    "proportion.feasible",
    "proportion.percent",
    "ratio.direction",
    "ratio.p_value",
    "ratio.significance",
    "restatement.match",
    "statistic.p_value",
    "survival.ci_width",
    "survival.complement",
    "survival.monotone",
    "survival.order",
    "two_group.p_value",
    "two_group.ratio",
];

/// Everything in `rules/checks/`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Limits for proportions and their intervals.
    pub proportion: ProportionLimits,
    /// Limits for p values recomputed from an interval, a table or means.
    pub p_value: PValueLimits,
    /// Limits for the symmetry of a ratio's interval.
    pub symmetry: SymmetryLimits,
    /// What the outcomes are to one another.
    pub outcomes: OutcomeLists,
    /// Words by which the label of a subgroup names responders.
    pub responders: ResponderWords,
    /// Words around a number that say what it can be.
    pub words: Words,
    /// By check id or family: the cue kinds that limit it.
    pub cues: BTreeMap<CheckKey, CueLists>,
}

/// Limits for proportions and their intervals.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProportionLimits {
    /// Units of the last printed digit by which a limit may miss and still be only suspicious.
    pub near_units: f64,
    /// How many group sizes or counts that would fit are named in a message.
    pub named_fits: usize,
}

/// Limits for recomputed p values.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PValueLimits {
    /// Factor by which printed and recomputed p may differ and be only suspicious.
    pub factor: f64,
    /// Distance of their normal deviates below which they are only suspicious, whatever the factor.
    pub z_gap: f64,
    /// Both below this: only suspicious ("p = 0.001" often stands for "at most 0.001").
    pub floor: f64,
    /// The factor where the p comes from another test than the interval (a log-rank p beside a Cox interval).
    pub other_test_factor: f64,
    /// Cue kinds that say so.
    pub other_test_cues: Vec<String>,
    /// Cue kinds that say that a p has one side.
    pub one_sided_cues: Vec<String>,
    /// Cue kinds that call a result significant.
    pub significant_cues: Vec<String>,
    /// Cue kinds that call it not significant.
    pub not_significant_cues: Vec<String>,
    /// Parts of test names that go with a ratio's interval; any other name is another test.
    pub interval_tests: Vec<String>,
    /// Parts of test names that compare two counts.
    pub count_tests: Vec<String>,
    /// Parts of test names that compare two means.
    pub mean_tests: Vec<String>,
}

/// Limits for the symmetry of a ratio's interval.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SymmetryLimits {
    /// Share of the interval's log width by which the estimate may lie off its middle and be only suspicious.
    pub log_width_share: f64,
    /// An arm with fewer events than this has no symmetric interval to expect.
    pub few_events: f64,
}

/// What the outcomes are to one another, by outcome id.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutcomeLists {
    /// Survival from any cause of death.
    pub overall_survival: Vec<String>,
    /// Composite survival counted from the same origin as overall survival.
    pub composite_survival: Vec<String>,
    /// Composite survival that usually starts at remission.
    pub survival_from_remission: Vec<String>,
    /// Incidences that compete with each other and with survival free of both.
    pub competing: Vec<String>,
    /// Survival outcomes of which a higher value is a lower hazard.
    pub higher_is_fewer_events: Vec<String>,
    /// Outcomes that are estimated over time, censoring allowed for.
    pub over_time: Vec<String>,
    /// Outcomes whose percentages are no shares of people.
    pub not_shares: Vec<String>,
    /// Outcomes that one person can have only once.
    pub once: Vec<String>,
    /// Outcomes too broad for a grade said later to be of the same events.
    pub broad: Vec<String>,
    /// Response outcomes that the label of a subgroup may name.
    pub responses: Vec<String>,
    /// Pairs (survival, incidence) of which one is the complement of the other.
    pub complements: Vec<[String; 2]>,
    /// Outcomes that are part of others.
    pub part: Vec<Part>,
    /// Outcomes that share out a whole between them.
    pub partition: Vec<Partition>,
}

/// An outcome that cannot be more frequent than others.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Outcomes that exclude each other and lie within `of`: one of them, or the sum of several.
    pub parts: Vec<String>,
    /// The outcome that holds them.
    pub of: String,
}

/// Outcomes that exclude each other and leave nothing over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partition {
    /// The outcomes, all of which must be reported.
    pub outcomes: Vec<String>,
}

/// Words by which the label of a subgroup names responders.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponderWords {
    /// Words that name someone with any response.
    pub words: Vec<String>,
    /// Words that turn the next few words round, or make them an earlier response.
    pub negations: Vec<String>,
    /// Words that make it a state at entry, or an evaluation, rather than a result.
    pub at_entry: Vec<String>,
    /// Openings of an outcome's words that make its values whole numbers in each person.
    pub whole_numbers: Vec<String>,
}

/// Words around a number that say what it can be.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Nouns for people who are counted.
    pub people: Vec<String>,
    /// Nouns for what is counted in a study and is no person.
    pub units: Vec<String>,
    /// Words by which a sentence sets groups against each other.
    pub versus: Vec<String>,
    /// Words that name a part of the people.
    pub sets: Vec<String>,
    /// Words that join two numbers which are compared.
    pub pairs: Vec<String>,
    /// Nouns that make a percentage before them a comparison.
    pub changes: Vec<String>,
    /// Cue kinds by which a sentence speaks of another set of people.
    pub other_set_cues: Vec<String>,
    /// Cue kinds that make a percentage a change or a difference.
    pub change_cues: Vec<String>,
    /// Words that open a total: "of 43", "among the 43".
    pub of: Vec<String>,
    /// Words that may stand between such a word and the number.
    pub fillers: Vec<String>,
    /// Words after which an earlier total is no longer in force.
    pub breaks: Vec<String>,
    /// Words between an estimate and the limits that belong to it.
    pub joins: Vec<String>,
    /// Words between a count and the percentage that says it again.
    pub again: Vec<String>,
    /// Words by which people in a set are not those of the study.
    pub outsiders: Vec<String>,
}

/// Cue kinds that limit one check or family.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CueLists {
    /// Stop it where they stand in the evidence or the sentence of the finding.
    pub here: Vec<String>,
    /// Stop it wherever they hold for the whole abstract, too.
    pub throughout: Vec<String>,
    /// Anywhere in the abstract: nothing is certain any more, `inconsistent` becomes `suspicious`.
    pub doubt: Vec<String>,
}

/// A check id of the catalogue, or the family before its dot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct CheckKey(String);

impl TryFrom<String> for CheckKey {
    type Error = String;

    fn try_from(key: String) -> Result<Self, Self::Error> {
        let known = CATALOGUE.iter().any(|id| *id == key || id.split('.').next() == Some(key.as_str()));
        if known { Ok(Self(key)) } else { Err(format!("`{key}` is no check of the catalogue")) }
    }
}

impl Borrow<str> for CheckKey {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Thresholds {
    /// The cue lists that apply to a check: those of its family, then its own.
    pub fn cues_of(&self, check: &'static str) -> impl Iterator<Item = &CueLists> {
        let family = check.split('.').next().unwrap_or(check);
        [family, check].into_iter().filter_map(|key| self.cues.get(key))
    }

    /// Every cue kind that the file names; each should be a kind of `rules/context`.
    pub fn cue_kinds(&self) -> impl Iterator<Item = &str> {
        let lists = self.cues.values().flat_map(|lists| [&lists.here, &lists.throughout, &lists.doubt]);
        let p = &self.p_value;
        let of_p = [&p.other_test_cues, &p.one_sided_cues, &p.significant_cues, &p.not_significant_cues];
        let of_words = [&self.words.other_set_cues, &self.words.change_cues];
        lists.chain(of_p).chain(of_words).flatten().map(String::as_str)
    }
}

/// The built-in tables, one file after another.
#[cfg(test)]
pub const BUILT_IN: &str = concat!(
    include_str!("../../rules/checks/thresholds.toml"),
    include_str!("../../rules/checks/outcomes.toml"),
    include_str!("../../rules/checks/words.toml"),
    include_str!("../../rules/checks/cues.toml"),
);

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Thresholds, toml::de::Error> {
        toml::from_str(text)
    }

    #[test]
    fn a_check_goes_by_its_family_and_by_its_own_lists() {
        let thresholds = load(BUILT_IN).expect("the built-in file loads");
        let stops = |check, kind: &str| thresholds.cues_of(check).any(|lists| lists.here.iter().any(|k| k == kind));
        assert!(stops("proportion.ci", "adjusted"));
        assert!(stops("proportion.ci", "simon"));
        assert!(!stops("proportion.percent", "simon"));
        assert!(thresholds.cues_of("p.range").next().is_none());
    }

    #[test]
    fn an_unknown_check_or_key_is_refused() {
        let unknown_check = BUILT_IN.replace("[cues.two_group]", "[cues.three_group]");
        let error = load(&unknown_check).expect_err("no such family").to_string();
        assert!(error.contains("`three_group` is no check of the catalogue"), "{error}");
        let unknown_key = BUILT_IN.replace("near_units", "near_unit");
        assert!(load(&unknown_key).is_err());
    }

    #[test]
    fn every_cue_kind_is_named_for_the_rules_to_know() {
        let thresholds = load(BUILT_IN).expect("the built-in file loads");
        let kinds: Vec<&str> = thresholds.cue_kinds().collect();
        assert!(
            ["adjusted", "log_rank", "one_sided", "evaluable", "multi_arm"].iter().all(|kind| kinds.contains(kind))
        );
    }
}
