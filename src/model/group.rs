//! Who was counted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{GroupId, Quantity, Span};

/// The whole study, one of its arms, or a part of either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// The study's whole population.
    All,
    /// One of the groups that the study compares.
    Arm,
    /// Part of the population or of an arm.
    Subgroup,
}

/// What an arm is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The treatment under study.
    Intervention,
    /// What it is compared with.
    Control,
}

/// How the role was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleBy {
    /// By words: placebo, standard, alone, observation, versus, the title.
    Cue,
    /// By order of naming alone (A versus B: A is the intervention).
    Order,
}

/// How the n counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Looked at for entry.
    Screened,
    /// Entered.
    Enrolled,
    /// Randomised.
    Randomised,
    /// Got the treatment.
    Treated,
    /// Counted in an analysis.
    Evaluable,
}

/// A group of people with, where it is said, its size.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Group {
    /// `g1`, `g2`, … in order of appearance.
    pub id: GroupId,
    /// Whole study, arm or subgroup.
    pub kind: GroupKind,
    /// Role of an arm, or of a subgroup of one arm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// How the role was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_by: Option<RoleBy>,
    /// How the n counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The words for it.
    pub label: String,
    /// Its size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<Quantity>,
    /// Places where the same size is said again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_at: Vec<Span>,
    /// The group it is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<GroupId>,
    /// Where the label stands.
    pub at: Span,
}
