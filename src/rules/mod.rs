//! Rules as data: what the folder `rules/` holds, read and checked.

mod thresholds;

pub use thresholds::{
    CATALOGUE, CueLists, OutcomeLists, PValueLimits, Part, Partition, ProportionLimits, ResponderWords,
    SymmetryLimits, Thresholds,
};
