//! The pictures of a page: for each outcome and family of measures the first rows, so that memory does not grow with the
//! number of references.

use std::collections::BTreeMap;

use crate::model::Record;
use crate::write::pool::Slabs;

use super::USUAL_METHOD;
use super::draw::{Picture, draw};
use super::row::{Drawn, Family, Row};

/// Rows drawn in one picture of a page.
const ROWS: usize = 60;
/// Pictures on a page.
const PICTURES: usize = 60;

/// Rows by outcome and family.
#[derive(Debug, Default)]
pub struct Figures {
    slabs: Slabs,
    by_outcome: BTreeMap<(String, Family), Collected>,
}

/// The rows of one picture, and what is not drawn.
#[derive(Debug, Default)]
pub struct Collected {
    /// The first rows.
    pub rows: Vec<Row>,
    /// Number of rows in all.
    pub seen: usize,
    /// Number of results without the numbers for limits.
    pub bare: usize,
}

impl Figures {
    /// Takes the results of a record.
    pub fn take(&mut self, record: &Record) {
        let drawn = Drawn::of(record, self.slabs.next(record), USUAL_METHOD);
        for (outcome, family, row) in drawn.rows {
            let collected = self.by_outcome.entry((outcome.to_owned(), family)).or_default();
            collected.seen += 1;
            if collected.rows.len() < ROWS {
                collected.rows.push(row);
            }
        }
        for (outcome, family) in drawn.bare {
            self.by_outcome.entry((outcome.to_owned(), family)).or_default().bare += 1;
        }
    }

    /// A picture for each outcome and family that two studies or more report, by the number of rows, at most [`PICTURES`].
    pub fn drawn(self) -> impl Iterator<Item = Picture> {
        let several = |collected: &Collected| collected.rows.iter().any(|row| row.study != collected.rows[0].study);
        let mut figures: Vec<_> = self.by_outcome.into_iter().filter(|(_, collected)| several(collected)).collect();
        figures.sort_by_key(|(_, collected)| std::cmp::Reverse(collected.seen));
        figures.truncate(PICTURES);
        figures.into_iter().map(|((outcome, family), collected)| draw(&outcome, family, USUAL_METHOD, collected))
    }
}
