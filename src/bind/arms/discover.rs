//! Finding the arms: sized ones first, then whatever is called a group, then allocations and aims.

use super::candidate::{
    Candidate, NAMED_GROUP, USUAL_CONTROL, calls_itself_arm, candidates, follows_people_with, label_of,
};
use super::label::Label;
use super::{Arm, Arms, called, role};
use crate::bind::abbreviation;
use crate::bind::document::Document;
use crate::bind::population::{Census, number};
use crate::rules::{Kind, RulePack, Vocabulary};

/// The arms of the abstract; the sizes found with them go into the census.
pub(in crate::bind) fn discover<'p>(pack: &'p RulePack, document: &Document<'p, '_>, census: &mut Census) -> Arms {
    let candidates = candidates(pack, document);
    let mut arms: Vec<Arm> = Vec::new();
    let counting: Vec<&Candidate> = candidates.iter().filter(|c| counts_people(pack, document, c)).collect();
    let sized: Vec<&Candidate> =
        counting.iter().copied().filter(|c| !counts_everyone(document, c, &counting, census)).collect();
    let lone = |c: &Candidate| {
        let alike = |other: &&&Candidate| other.sentence == c.sentence && other.layer == c.layer;
        sized.iter().filter(alike).count() < 2
    };
    for list in sized.chunk_by(|a, b| a.sentence == b.sentence && a.layer == b.layer) {
        // An arm has company: a size that stands alone in its sentence counts everyone, or a part.
        let mut list = list.to_vec();
        list.retain(|c| c.layer < 2 || !c.text.starts_with("diagnosis of"));
        if list.len() > 1 || list[0].layer <= 1 && calls_itself_arm(&list[0].text) {
            take_sized(pack, &mut arms, &list, census);
        }
    }
    let named: Vec<&Candidate> = candidates.iter().filter(|c| c.size.is_none()).collect();
    for list in named.chunk_by(|a, b| a.list == b.list) {
        take_named(pack, &mut arms, list);
    }
    for candidate in sized.iter().filter(|c| lone(c)) {
        // The only number that an allocation gives is everyone's.
        let own = |s, m| Some(s) == candidate.sentence && candidate.size.is_some_and(|z| z.mention == m);
        if candidate.layer < 2 || census.largest(document, own).is_some() {
            take_lone_size(pack, &arms, candidate, census);
        }
    }
    abbreviate(pack, document, &mut arms);
    let mut order: Vec<usize> = (0..arms.len()).collect();
    order.sort_by_key(|k| arms[*k].at.unwrap_or((usize::MAX, 0)));
    census.reorder(&order);
    let mut arms: Vec<Arm> = order.iter().map(|k| arms[*k].clone()).collect();
    called::add_names(pack, document, &mut arms);
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
    if follows_people_with(document.text.folded(), masked, candidate.at.0) {
        return false;
    }
    // "Of 298 patients who underwent surgery": a part, or everyone.
    let number = &masked.mentions()[candidate.size.map_or(0, |s| s.mention)];
    let before = document.text.folded()[..number.start].trim_end();
    if candidate.layer == 2
        && !before.ends_with("otal of")
        && ["of", "Of", "among", "Among"].iter().any(|w| before.ends_with(w))
    {
        return false;
    }
    let allocates = pack.has_word(Vocabulary::Allocating, masked.text()) || calls_itself_arm(&candidate.text);
    let between = &document.text.folded()[number.end.min(candidate.at.0)..candidate.at.0];
    let told = ["assign", "allocat", "random"].iter().any(|w| between.contains(w));
    let weak = !told && WEAK.contains(&pack.rule(candidate.rule).id.as_str());
    // Beside an outcome, "12 in the control group" are events.
    let names_outcome = masked.top().any(|(_, m)| masked.mentions()[m].kind == Kind::Outcome);
    let counting = pack.has_word(Vocabulary::Counting, masked.text());
    allocates && !(weak && (names_outcome || !counting))
}

/// Whether the number that stands with a name is that of the whole study: "82 patients were assigned to A (n = 40) or
/// B (n = 42)".
fn counts_everyone(document: &Document<'_, '_>, candidate: &Candidate, others: &[&Candidate], census: &Census) -> bool {
    let (Some(sentence), Some(size)) = (candidate.sentence, candidate.size) else { return false };
    let masked = &document.sentences[sentence].masked;
    if masked.mentions()[size.mention].kind == Kind::Size || candidate.layer < 2 {
        return false;
    }
    let bracketed = others.iter().filter(|o| o.layer < 2 && o.sentence == candidate.sentence).count();
    let is_arm = |s, m| others.iter().any(|o| o.sentence == Some(s) && o.size.is_some_and(|z| z.mention == m));
    let largest = census.largest(document, is_arm);
    let after = document.text.folded()[candidate.at.1..].trim_start_matches(" group").trim_start_matches(" arm");
    let after = after.strip_prefix(" (").and_then(|a| a.split_once(')')).map_or(after, |(_, rest)| rest);
    let another = [" or ", ", or ", " versus ", " vs "]
        .iter()
        .filter_map(|w| after.strip_prefix(w))
        .any(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    another || bracketed > 1 || number(masked, size.mention).is_some_and(|n| largest.is_some_and(|all| n >= all))
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

/// The arm whose name fits a candidate's closely.
fn close(pack: &RulePack, arms: &[Arm], label: &Label) -> Option<usize> {
    if let Some(same) = arms.iter().position(|a| a.names.iter().any(|n| n.same(label))) {
        return Some(same);
    }
    let found = super::resolve::resolve(pack, arms, &label.0)?;
    arms[found].names.iter().any(|n| n.fits(label)).then_some(found)
}

/// Whether a label is nothing but what an arm is there for: "control", "intervention".
fn is_role(pack: &RulePack, label: &Label) -> bool {
    let role = |w: &String| pack.is_word(Vocabulary::Control, w) || pack.is_word(Vocabulary::Intervention, w);
    label.0.iter().all(role)
}

/// Takes a list of names with sizes, all of one sentence.
fn take_sized(pack: &RulePack, arms: &mut Vec<Arm>, list: &[&Candidate], census: &mut Census) {
    let mut seen: Vec<usize> = Vec::new();
    let mut first = |c: &&Candidate| {
        c.size.is_some_and(|s| {
            !seen.contains(&s.mention) && {
                seen.push(s.mention);
                true
            }
        })
    };
    let (list, again): (Vec<&Candidate>, Vec<&Candidate>) = list.iter().copied().partition(|c| first(c));
    let mut places: Vec<Option<usize>> = Vec::new();
    for candidate in &list {
        let (Some(sentence), Some(size)) = (candidate.sentence, candidate.size) else { continue };
        let label = label_of(pack, &candidate.text);
        let place = census.arm_of(sentence, size.mention).or_else(|| {
            let found = close(pack, arms, &label)?;
            // Two sizes in one sentence are two arms, however alike their names.
            let exact = arms[found].names.iter().any(|n| n.same(&label));
            let taken = census.has_size_in(found, sentence) || places.contains(&Some(found));
            (exact || !taken && arms.len() > 1).then_some(found)
        });
        places.push(place);
    }
    // Another list of as many arms, by other names: "intervention (n = 40) or control (n = 38)".
    let aligned = arms.len() == list.len() && arms.len() > 1 && places.iter().all(Option::is_none);
    let seeds = arms.len();
    for (k, candidate) in list.iter().enumerate() {
        let (Some(sentence), Some(size)) = (candidate.sentence, candidate.size) else { continue };
        let label = label_of(pack, &candidate.text);
        let place = places[k].or(aligned.then_some(k)).unwrap_or_else(|| {
            arms.push(new_arm(candidate, label.clone()));
            arms.len() - 1
        });
        if place < seeds {
            add_name(&mut arms[place], label);
        }
        if let Some(short) = &candidate.short {
            add_name(&mut arms[place], label_of(pack, short));
        }
        if census.arm_of(sentence, size.mention).is_none() {
            census.add_arm_size(place, sentence, size, candidate.rule, candidate.at);
        }
    }
    // The same number read another way: only its name is new.
    for candidate in again {
        let place = candidate.sentence.zip(candidate.size).and_then(|(s, size)| census.arm_of(s, size.mention));
        if let Some(place) = place {
            add_name(&mut arms[place], label_of(pack, &candidate.text));
        }
    }
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

/// The arm that has no name but its role, where the other has one or is the control: "the intervention group".
fn unnamed(pack: &RulePack, arms: &[Arm]) -> Option<usize> {
    let all = |arm: &Arm, list| arm.names.iter().all(|n| n.0.iter().all(|w| pack.is_word(list, w)));
    let [first, second] = arms else { return None };
    let generic = |arm: &Arm| all(arm, Vocabulary::Intervention);
    match (generic(first), generic(second)) {
        (true, false) => Some(0),
        (false, true) => Some(1),
        _ => None,
    }
}

/// Takes a list of names without sizes: as the arms, where there are none yet; else as more names of theirs.
fn take_named(pack: &RulePack, arms: &mut Vec<Arm>, list: &[&Candidate]) {
    let labels: Vec<Label> = list.iter().map(|c| label_of(pack, &c.text)).collect();
    let mut places: Vec<Option<usize>> = Vec::new();
    for label in &labels {
        let found = super::resolve::resolve(pack, arms, &label.0)
            .filter(|found| arms[*found].names.iter().any(|n| n.fits(label)) || is_role(pack, label))
            .filter(|found| !places.contains(&Some(*found)));
        places.push(found);
    }
    let usual = list[0].layer >= USUAL_CONTROL;
    if let ([None], [label], NAMED_GROUP) = (places.as_slice(), labels.as_slice(), list[0].layer) {
        if arms.len() > 1 && label.is_letter() && arms.iter().any(|a| a.names.iter().any(Label::is_letter)) {
            arms.push(new_arm(list[0], label.clone()));
            return;
        }
        places = vec![unnamed(pack, arms)];
    }
    let may_add = if list.len() > 1 { arms.len() < 2 } else { arms.len() < 2 && !usual || arms.len() == 1 };
    for ((candidate, label), place) in list.iter().zip(labels).zip(places) {
        if label.0.is_empty() || place.is_none() && !may_add {
            continue;
        }
        let place = place.unwrap_or_else(|| {
            arms.push(new_arm(candidate, label.clone()));
            arms.len() - 1
        });
        add_name(&mut arms[place], label);
        if let Some(short) = &candidate.short {
            add_name(&mut arms[place], label_of(pack, short));
        }
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

#[cfg(test)]
mod tests {
    use crate::bind::example::groups;

    #[test]
    fn diseases_are_no_arms() {
        let text = "Sixty patients with a diagnosis of lymphoma (n = 30) or myeloma (n = 30) were treated.";
        assert!(groups(text).iter().all(|g| !g.starts_with("arm")));
    }

    #[test]
    fn one_list_of_sizes_read_twice_makes_no_new_arms() {
        let text = "They were randomly assigned to receive either exercise (intervention group, n = 32) or usual care \
                    (control group, n = 34).";
        assert_eq!(groups(text), ["arm intervention 32", "arm control 34"]);
    }
}
