//! Forest plots: the results of all studies for one outcome, each with its interval, in one picture.
//!
//! Nothing is pooled here; that is R's, which is given the same numbers. What can stand in one picture is an outcome in one
//! family of measures, on one scale; time points and grades stand apart under headings.

mod book;
mod draw;
mod figures;
mod row;
mod scale;

pub use book::{Chosen, Forest};
pub use draw::Picture;
pub use figures::Figures;
pub use row::Family;

use crate::check::methods::ProportionMethod;

/// How limits of x of n are computed where nothing else is asked for.
pub const USUAL_METHOD: ProportionMethod = ProportionMethod::Wilson;

#[cfg(test)]
mod tests;
