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
