//! The arms of a study: found once for the whole abstract, then marked wherever they are named.

mod called;
mod candidate;
mod discover;
mod enumeration;
mod label;
mod locate;
mod resolve;
mod role;
mod size;

pub(super) use discover::discover;
pub(super) use locate::mark;
pub(super) use size::sizes;

use crate::model::{Role, RoleBy};
use crate::rules::RuleId;
use label::Label;

/// One arm.
#[derive(Debug, Clone)]
pub(super) struct Arm {
    /// The words it was first named by.
    pub label: String,
    /// Where they stand in the folded abstract; none where only the title names it.
    pub at: Option<(usize, usize)>,
    /// Its names, as sets of telling words; the first is the label's.
    pub names: Vec<Label>,
    /// What it is there for.
    pub role: Option<Role>,
    /// How the role was found.
    pub role_by: Option<RoleBy>,
    /// Rule that found it.
    pub rule: RuleId,
}

/// The arms of an abstract, in order of naming.
#[derive(Debug, Clone, Default)]
pub(super) struct Arms {
    pub list: Vec<Arm>,
}

impl Arms {
    /// The arm that `words` name, if they tell one from the others.
    pub fn resolve(&self, pack: &crate::rules::RulePack, words: &[String]) -> Option<usize> {
        resolve::resolve(pack, &self.list, words)
    }
}
