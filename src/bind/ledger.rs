//! The groups of the record.

use super::arms::{Arm, Arms};
use super::document::Document;
use super::part;
use super::population::{Census, Purpose, Who};
use super::value::Values;
use crate::model::{Group, GroupId, GroupKind, Quantity, Span};
use crate::rules::RuleId;

/// The groups of the record while findings are bound to them.
pub(super) struct Ledger {
    groups: Vec<Group>,
    rules: Vec<RuleId>,
    /// For each size of the census, its group.
    of_size: Vec<usize>,
    /// For each arm, its group where no size was printed.
    of_arm: Vec<Option<usize>>,
    /// For each part, its group.
    of_part: Vec<usize>,
    census: Census,
    arms: Arms,
}

impl Ledger {
    /// Every size, arm and part as a group, in order of appearance.
    pub fn new(document: &Document<'_, '_>, arms: Arms, census: Census) -> Self {
        let mut ledger = Self {
            groups: Vec::new(),
            rules: Vec::new(),
            of_size: Vec::new(),
            of_arm: vec![None; arms.list.len()],
            of_part: vec![usize::MAX; census.parts.len()],
            census,
            arms,
        };
        ledger.fill(document);
        ledger.number();
        ledger
    }

    fn fill(&mut self, document: &Document<'_, '_>) {
        let largest = self.census.largest(document, |_, _| false);
        for size in self.census.sizes.clone() {
            let values = Values { document, masked: &document.sentences[size.sentence].masked };
            let n = values.quantity(size.mention);
            // A denominator of one sentence that leaves some of the people out.
            let fewer = size.one_off && n.as_ref().zip(largest).is_some_and(|(n, all)| n.value < all);
            let (kind, arm, named) = match size.who {
                Who::All if fewer => (GroupKind::Subgroup, None, None),
                Who::All | Who::Every => (GroupKind::All, None, None),
                Who::Arm(arm) => (GroupKind::Arm, Some(arm), name(document, &self.arms.list[arm])),
                Who::Part(part) => (GroupKind::Subgroup, self.census.parts[part].arm, None),
                Who::Loose => (GroupKind::Subgroup, None, None),
            };
            let (start, end) = size.label;
            let (label, at) = named.unwrap_or_else(|| (values.literal(start, end), values.span(start, end)));
            let same = self.groups.iter().position(|g| {
                g.kind == kind
                    && (g.basis == size.basis || size.one_off)
                    && kind != GroupKind::Subgroup
                    && (kind == GroupKind::All || g.label == label)
                    && matches!((&g.n, &n), (Some(a), Some(b)) if a.value.to_bits() == b.value.to_bits())
            });
            if let Some(same) = same {
                self.groups[same].also_at.extend(n.map(|n| n.at));
                self.of_size.push(same);
                continue;
            }
            let role = arm.and_then(|a| self.arms.list[a].role);
            let role_by = arm.and_then(|a| self.arms.list[a].role_by);
            self.of_size.push(self.groups.len());
            if let Who::Part(part) = size.who {
                self.of_part[part] = self.groups.len();
            }
            self.push(
                Group {
                    id: GroupId::of(0),
                    kind,
                    role,
                    role_by,
                    basis: size.basis,
                    label,
                    n,
                    also_at: Vec::new(),
                    parent: None,
                    at,
                },
                size.rule,
            );
        }
        let of_text = |at: (usize, usize)| document.text.span(at.0, at.1);
        for index in 0..self.arms.list.len() {
            let arm = &self.arms.list[index];
            if self.census.sizes.iter().any(|s| s.who == Who::Arm(index)) {
                continue;
            }
            let Some((label, at)) = name(document, arm) else { continue };
            let group = Group {
                id: GroupId::of(0),
                kind: GroupKind::Arm,
                role: arm.role,
                role_by: arm.role_by,
                basis: None,
                label,
                n: None,
                also_at: Vec::new(),
                parent: None,
                at,
            };
            self.of_arm[index] = Some(self.groups.len());
            let rule = arm.rule;
            self.push(group, rule);
        }
        for index in 0..self.census.parts.len() {
            let part = &self.census.parts[index];
            if self.of_part[index] != usize::MAX || part.is_arm {
                continue;
            }
            if let Some(again) = part::called_again(document, &self.census, index) {
                self.of_part[index] = self.of_part[again];
                continue;
            }
            let arm = part.arm.map(|a| &self.arms.list[a]);
            let group = Group {
                id: GroupId::of(0),
                kind: GroupKind::Subgroup,
                role: arm.and_then(|a| a.role),
                role_by: arm.and_then(|a| a.role_by),
                basis: None,
                label: document.text.literal(part.label.0, part.label.1).to_owned(),
                n: None,
                also_at: Vec::new(),
                parent: None,
                at: of_text(part.label),
            };
            self.of_part[index] = self.groups.len();
            let rule = part.rule;
            self.push(group, rule);
        }
    }

    fn push(&mut self, group: Group, rule: RuleId) {
        self.groups.push(group);
        self.rules.push(rule);
    }

    /// Sorts the groups by where they stand and numbers them.
    fn number(&mut self) {
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        order.sort_by_key(|k| (self.groups[*k].at.field, self.groups[*k].at.start, *k));
        let new_place = |old: usize| order.iter().position(|o| *o == old).unwrap_or(old);
        self.of_size = self.of_size.iter().map(|k| new_place(*k)).collect();
        self.of_arm = self.of_arm.iter().map(|k| k.map(new_place)).collect();
        self.of_part = self.of_part.iter().map(|k| if *k == usize::MAX { *k } else { new_place(*k) }).collect();
        self.rules = order.iter().map(|k| self.rules[*k]).collect();
        let groups = std::mem::take(&mut self.groups);
        self.groups = order.iter().map(|k| groups[*k].clone()).collect();
        for (k, group) in self.groups.iter_mut().enumerate() {
            group.id = GroupId::of(k);
        }
    }

    /// How many people a group has.
    pub fn size(&self, group: GroupId) -> Option<&Quantity> {
        self.groups.iter().find(|g| g.id == group).and_then(|g| g.n.as_ref())
    }

    /// The group of a number in `sentence` that tells of efficacy or of safety, or of neither.
    pub fn group(&self, who: Who, sentence: usize, purpose: Option<Purpose>) -> Option<GroupId> {
        let place = match who {
            Who::All => self.census.all_at(sentence, purpose).map(|size| self.of_size[size]),
            Who::Every | Who::Loose => None,
            Who::Arm(arm) => self.census.arm_at(arm, sentence).map(|size| self.of_size[size]).or(self.of_arm[arm]),
            Who::Part(part) => {
                let p = &self.census.parts[part];
                if p.is_arm {
                    return self.group(Who::Arm(p.arm?), sentence, purpose);
                }
                Some(self.of_part[part])
            }
        };
        place.map(GroupId::of)
    }

    /// The group whose size is a number that findings count by.
    pub fn group_of_size(&self, sentence: usize, mention: usize) -> Option<GroupId> {
        let size = self.census.sizes.iter().position(|s| s.sentence == sentence && s.mention == mention)?;
        Some(GroupId::of(self.of_size[size]))
    }

    /// The arms of intervention and control, where the study has one of each.
    pub fn compared(&self) -> Option<(usize, usize)> {
        use crate::model::Role;
        let of =
            |role| (0..self.arms.list.len()).filter(move |k| self.arms.list[*k].role == Some(role)).collect::<Vec<_>>();
        match (of(Role::Intervention).as_slice(), of(Role::Control).as_slice()) {
            ([intervention], [control]) => Some((*intervention, *control)),
            _ => None,
        }
    }

    /// The groups, in order of appearance, and the rules that made them.
    pub fn into_groups(self) -> (Vec<Group>, Vec<RuleId>) {
        (self.groups, self.rules)
    }
}

/// The words an arm was first named by, and where they stand.
fn name(document: &Document<'_, '_>, arm: &Arm) -> Option<(String, Span)> {
    let (text, (start, end)) = if let Some(at) = arm.at {
        (document.text, at)
    } else {
        let (title, _) = document.title.as_ref()?;
        let start = title.folded().find(&arm.label)?;
        (*title, (start, start + arm.label.len()))
    };
    // "Radiotherapy or not": what the second arm is called stands nowhere.
    let stands = text.folded()[start..end] == arm.label;
    let label = if stands { text.literal(start, end).to_owned() } else { arm.label.clone() };
    Some((label, text.span(start, end)))
}

#[cfg(test)]
mod tests {
    use crate::bind::example::groups;

    #[test]
    fn a_size_said_twice_is_one_group() {
        let text =
            "We randomised 80 women to exercise (n = 40) or usual care (n = 40). In all, 80 women were randomised.";
        assert_eq!(groups(text), ["all 80", "arm intervention 40", "arm control 40"]);
    }
}
