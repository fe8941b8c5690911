//! The checks on records built by hand, family by family.

pub mod build;
mod counts;
mod interval;
mod proportion;
mod seed;
mod survival;
