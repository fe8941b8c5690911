//! Abstracts for the tests of binding.

use crate::model::{Field, Finding, Group, GroupKind, Role};
use crate::rules::RulePack;
use crate::text::Text;

/// The findings of an abstract under the built-in rules.
pub(super) fn findings(abstract_text: &str) -> Vec<Finding> {
    let pack = RulePack::built_in().expect("the built-in rules load");
    super::bind(&pack, None, &Text::new(Field::Abstract, abstract_text, pack.sections())).findings
}

/// The groups of an abstract, each as "kind role n".
pub(super) fn groups(abstract_text: &str) -> Vec<String> {
    let pack = RulePack::built_in().expect("the built-in rules load");
    let bound = super::bind(&pack, None, &Text::new(Field::Abstract, abstract_text, pack.sections()));
    bound.groups.iter().map(shown).collect()
}

/// The size of the group of each finding of an abstract; 0 where it has none.
pub(super) fn sizes(abstract_text: &str) -> Vec<f64> {
    let pack = RulePack::built_in().expect("the built-in rules load");
    let bound = super::bind(&pack, None, &Text::new(Field::Abstract, abstract_text, pack.sections()));
    let size = |id| bound.groups.iter().find(|g| Some(g.id) == id).and_then(|g| g.n.as_ref()).map_or(0.0, |n| n.value);
    bound.findings.iter().map(|f| size(f.group)).collect()
}

fn shown(group: &Group) -> String {
    let kind = match group.kind {
        GroupKind::All => "all",
        GroupKind::Arm => "arm",
        GroupKind::Subgroup => "part",
    };
    let role = match group.role {
        Some(Role::Intervention) => " intervention",
        Some(Role::Control) => " control",
        None => "",
    };
    let n = group.n.as_ref().map(|n| format!(" {}", n.text)).unwrap_or_default();
    format!("{kind}{role}{n}")
}
