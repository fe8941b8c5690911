//! The checks on records built by hand, family by family.

pub mod build;
mod counts;
mod interval;
mod property;
mod proportion;
mod ratio;
mod seed;
mod single;
mod survival;
mod two_group;
