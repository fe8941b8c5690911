//! The statistical methods, one a file, each with its source; all work on plain numbers and know nothing of records.

mod agresti_coull;
mod beta_quantile;
mod chi_square;
mod clopper_pearson;
mod fisher;
mod jeffreys;
mod normal;
mod proportion;
mod survival;
mod t_test;
mod table;
mod wald;
mod wilson;

pub use chi_square::{chi_square, chi_square_yates, unpooled_z};
pub use fisher::{conditional_odds_ratio, fisher, mid_p};
pub use normal::{critical, deviate, two_sided};
pub use proportion::ProportionMethod;
pub use survival::SurvivalTransform;
pub use t_test::{Sample, student, two_sided_t, welch};
pub use table::Table;
pub use wilson::wilson;

#[cfg(test)]
mod tests;
