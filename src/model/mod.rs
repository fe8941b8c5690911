//! The record of one reference: what was counted, what was measured, what was recomputed.
//!
//! These types are the public contract of the program (`trialtab schema` prints their JSON Schema). They carry
//! no logic beyond constructors and invariants: reading, finding, binding and checking fill them in.

mod check;
mod design;
mod diagnostic;
mod finding;
mod group;
mod id;
mod quantity;
mod record;
mod reference;
mod review;
mod span;

pub use check::{Check, CheckId, Expected, InspectSr, Reported, Verdict};
pub use design::{Design, DesignKind};
pub use diagnostic::{Diagnostic, Severity};
pub use finding::{
    Analysis, BoundBy, Direction, Finding, FindingKind, Grade, GradeScale, Interval, IntervalKind, Measure, Outcome,
    PValue, Section, Spread, SpreadKind, Status, TimePoint,
};
pub use group::{Basis, Group, GroupKind, Role, RoleBy};
pub use id::{FindingId, GroupId};
pub use quantity::{Op, Quantity, Unit};
pub use record::{Cue, Record, RulesInForce, SCHEMA};
pub use reference::{Bibliography, Reference, Source};
pub use review::{Change, Decided, Review};
pub use span::{Field, Span};
