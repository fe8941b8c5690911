//! Abstracts for the tests of binding.

use crate::model::{Field, Finding};
use crate::rules::RulePack;
use crate::text::Text;

/// The findings of an abstract under the built-in rules.
pub(super) fn findings(abstract_text: &str) -> Vec<Finding> {
    let pack = RulePack::built_in().expect("the built-in rules load");
    super::bind(&pack, None, &Text::new(Field::Abstract, abstract_text, pack.sections())).findings
}
