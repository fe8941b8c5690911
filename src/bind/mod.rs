//! Mentions → groups and findings: whose each number is, of what, when and how bad.
//!
//! Two passes. The first reads the whole abstract for arms, sizes and abbreviations, because a label defined in the
//! methods names a column of the results. The second takes each sentence by itself: its numbers form lists, and each
//! list is bound to outcomes, arms, times and grades by gap rules, the best rank first.

mod abbreviation;
mod arms;
mod attribute;
mod clause;
mod context;
mod design;
mod document;
mod enclosing;
#[cfg(test)]
mod example;
mod finding;
mod grade;
mod group;
mod headcount;
mod ledger;
mod list;
mod measure;
mod noun;
mod outcome;
mod p_value;
mod part;
mod phrase;
mod population;
mod repeat;
mod sentence;
mod split;
mod time;
mod totals;
mod value;

use crate::model::{Cue, Design, Finding, Group};
use crate::rules::{RuleId, RulePack};
use crate::text::Text;
use document::Document;

/// What was made of one reference.
#[derive(Debug)]
pub struct Bound<'p> {
    /// How the study was done.
    pub design: Design,
    /// Who was counted.
    pub groups: Vec<Group>,
    /// What was measured.
    pub findings: Vec<Finding>,
    /// Words that limit what can be recomputed.
    pub cues: Vec<Cue>,
    /// For each finding, the rules that had a part in it.
    pub traces: Vec<Vec<RuleId>>,
    /// For each group, the rule that made it.
    pub group_rules: Vec<RuleId>,
    /// Rules of context that spoke, with the sentence they spoke in.
    pub contexts: Vec<(u32, RuleId)>,
    /// Rule that told the design.
    pub design_rule: Option<RuleId>,
    /// The masked sentences of the abstract, for explanations.
    pub sentences: Vec<crate::find::Masked<'p>>,
}

/// Binds everything in an abstract (and its title).
pub fn bind<'p>(pack: &'p RulePack, title: Option<&Text<'_>>, abstract_text: &Text<'_>) -> Bound<'p> {
    let mut document = Document::read(pack, title, abstract_text);
    let design = design::design(pack, &document);
    let mut census = headcount::census(pack, &document);
    let mut arms = arms::discover(pack, &document, &mut census);
    arms::mark(pack, &mut document, &mut arms);
    arms::sizes(pack, &document, &arms, &mut census);
    if arms.list.len() < 2 {
        headcount::treated(pack, &document, &mut census);
    }
    population::scopes(pack, &document, &mut census);
    part::parts(pack, &document, &mut census);
    population::settle(&mut document, &mut census);
    let contexts = context::read(pack, &document);
    document.bundle(pack);
    let mut sentences = Vec::new();
    let mut drafts = Vec::new();
    let mut previous = sentence::Previous::default();
    for (index, context) in contexts.iter().enumerate() {
        drafts.extend(sentence::bind(pack, &document, index, &arms, &census, context, &mut previous));
    }
    totals::note(pack, &document, &drafts, &mut census);
    let mut ledger = ledger::Ledger::new(&document, arms, census);
    let (findings, traces) = finding::finish(pack, &document, drafts, &mut ledger);
    let (groups, group_rules) = ledger.into_groups();
    let cues = context::cues(pack, &document, &contexts);
    let spoken =
        contexts.iter().enumerate().flat_map(|(k, c)| c.rules.iter().map(move |rule| (k as u32, *rule))).collect();
    sentences.extend(document.sentences.into_iter().map(|s| s.masked));
    Bound {
        design: design.design,
        groups,
        findings,
        cues,
        traces,
        group_rules,
        contexts: spoken,
        design_rule: design.rule,
        sentences,
    }
}
