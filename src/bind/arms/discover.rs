//! Finding the arms: sized ones first, then whatever is called a group, then allocations and aims.

use super::candidate::{Candidate, NAMED_GROUP, USUAL_CONTROL, calls_itself_arm, candidates, label_of};
use super::label::Label;
use super::{Arm, Arms, role};
use crate::bind::abbreviation;
use crate::bind::document::Document;
use crate::bind::population::Census;
use crate::rules::{Kind, RulePack, Vocabulary};

/// The arms of the abstract; the sizes found with them go into the census.
pub(in crate::bind) fn discover(pack: &RulePack, document: &Document<'_, '_>, census: &mut Census) -> Arms {
    let candidates = candidates(pack, document);
    let mut arms: Vec<Arm> = Vec::new();
    let sized: Vec<&Candidate> = candidates.iter().filter(|c| counts_people(pack, document, c)).collect();
    for candidate in &sized {
        // An arm has company: a size that stands alone in its sentence counts everyone, or a part.
        let alike = |c: &&&Candidate| c.sentence == candidate.sentence && c.layer == candidate.layer;
        if sized.iter().filter(alike).count() > 1 || candidate.layer == 1 && calls_itself_arm(&candidate.text) {
            take_sized(pack, &mut arms, candidate, census);
        }
    }
    for candidate in candidates.iter().filter(|c| c.size.is_none()) {
        // A usual control without anything to compare it with is no arm.
        let may_add = candidate.layer < USUAL_CONTROL || arms.len() == 1;
        take_named(pack, &mut arms, candidate, may_add);
    }
    for candidate in &sized {
        take_lone_size(pack, &arms, candidate, census);
    }
    abbreviate(pack, document, &mut arms);
    let mut order: Vec<usize> = (0..arms.len()).collect();
    order.sort_by_key(|k| arms[*k].at.unwrap_or((usize::MAX, 0)));
    census.reorder(&order);
    let mut arms: Vec<Arm> = order.iter().map(|k| arms[*k].clone()).collect();
    role::assign(pack, document, &mut arms);
    Arms { list: arms }
}

/// Rules whose numbers may as well be findings.
const WEAK: [&str; 2] = ["arm.received", "arm.listed"];

/// Whether the number that stands with a name counts people of an arm.
fn counts_people(pack: &RulePack, document: &Document<'_, '_>, candidate: &Candidate) -> bool {
    let Some(sentence) = candidate.sentence else { return false };
    if candidate.size.is_none() || candidate.layer >= NAMED_GROUP {
        return false;
    }
    let masked = &document.sentences[sentence].masked;
    let allocates = pack.has_word(Vocabulary::Allocating, masked.text()) || calls_itself_arm(&candidate.text);
    let weak = WEAK.contains(&pack.rule(candidate.rule).id.as_str());
    // Beside an outcome, "12 in the control group" are events.
    let names_outcome = masked.top().any(|(_, m)| masked.mentions()[m].kind == Kind::Outcome);
    let counting = pack.has_word(Vocabulary::Counting, masked.text());
    allocates && !(weak && (names_outcome || !counting))
}

fn new_arm(candidate: &Candidate, label: Label) -> Arm {
    Arm {
        label: candidate.text.clone(),
        at: candidate.sentence.map(|_| candidate.at),
        names: vec![label],
        role: None,
        role_by: None,
        rule: candidate.rule,
    }
}

fn add_name(arm: &mut Arm, name: Label) {
    if !name.0.is_empty() && !arm.names.iter().any(|n| n.same(&name)) {
        arm.names.push(name);
    }
}

fn take_sized(pack: &RulePack, arms: &mut Vec<Arm>, candidate: &Candidate, census: &mut Census) {
    let label = label_of(pack, &candidate.text);
    let (Some(sentence), Some(size)) = (candidate.sentence, candidate.size) else { return };
    let known = arms.iter().position(|a| a.names.iter().any(|n| n.same(&label)));
    let place = known.or_else(|| {
        let found = super::resolve::resolve(pack, arms, &label.0)?;
        // Two sizes in one sentence are two arms, however alike their names.
        let taken = census.has_size_in(found, sentence);
        let close = arms[found].names.iter().any(|n| n.shared(&label.0) * 2 >= n.0.len().min(label.0.len()).max(1));
        (!taken && close && arms.len() > 1).then_some(found)
    });
    let place = place.unwrap_or_else(|| {
        arms.push(new_arm(candidate, label));
        arms.len() - 1
    });
    if let Some(short) = &candidate.short {
        add_name(&mut arms[place], label_of(pack, short));
    }
    census.add_arm_size(place, sentence, size, candidate.rule, candidate.at);
}

/// Gives an arm without a size the one that stands alone with its name in some sentence.
fn take_lone_size(pack: &RulePack, arms: &[Arm], candidate: &Candidate, census: &mut Census) {
    let (Some(sentence), Some(size)) = (candidate.sentence, candidate.size) else { return };
    let label = label_of(pack, &candidate.text);
    let named = super::resolve::resolve(pack, arms, &label.0);
    let Some(arm) = named.filter(|arm| arms[*arm].names.iter().any(|n| n.same(&label))) else { return };
    if !census.has_size(arm) && !census.is_known(sentence, size.mention) {
        census.add_arm_size(arm, sentence, size, candidate.rule, candidate.at);
    }
}

fn take_named(pack: &RulePack, arms: &mut Vec<Arm>, candidate: &Candidate, may_add: bool) {
    let label = label_of(pack, &candidate.text);
    if label.0.is_empty() {
        return;
    }
    let close = |arm: &Arm| arm.names.iter().any(|n| n.shared(&label.0) * 2 >= label.0.len());
    let known = super::resolve::resolve(pack, arms, &label.0).filter(|found| close(&arms[*found]));
    let place = match known {
        Some(place) => place,
        None if may_add && arms.len() < 2 => {
            arms.push(new_arm(candidate, label.clone()));
            arms.len() - 1
        }
        None => return,
    };
    add_name(&mut arms[place], label);
    if let Some(short) = &candidate.short {
        add_name(&mut arms[place], label_of(pack, short));
    }
}

/// Lets arms be known by the abbreviations that the abstract defines.
fn abbreviate(pack: &RulePack, document: &Document<'_, '_>, arms: &mut [Arm]) {
    for (short, long) in abbreviation::defined(document.text.folded()) {
        let short = short.to_ascii_lowercase();
        let long = Label::of(pack, long);
        if long.0.is_empty() {
            continue;
        }
        for arm in arms.iter_mut() {
            let more: Vec<Label> = arm.names.iter().filter_map(|name| other_form(name, &short, &long)).collect();
            for name in more {
                add_name(arm, name);
            }
        }
    }
}

/// A name with the abbreviation in place of its words, or the other way round.
fn other_form(name: &Label, short: &str, long: &Label) -> Option<Label> {
    if name.shared(&long.0) == long.0.len() {
        let rest = name.0.iter().filter(|w| !long.0.contains(w)).cloned();
        return Some(Label(rest.chain([short.to_owned()]).collect()));
    }
    name.0.iter().any(|w| w == short).then(|| {
        let rest = name.0.iter().filter(|w| *w != short).cloned();
        Label(rest.chain(long.0.iter().cloned()).collect())
    })
}
