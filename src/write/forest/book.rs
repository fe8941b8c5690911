//! One forest plot as a file.

use std::collections::BTreeMap;
use std::io::{self, Seek, Write};

use crate::check::methods::ProportionMethod;
use crate::model::Record;
use crate::write::book::{Book, Leaf};
use crate::write::manifest::Manifest;
use crate::write::pool::Slabs;

use super::draw::draw;
use super::figures::Collected;
use super::row::{Drawn, Family};

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Id of the outcome.
    pub outcome: String,
    /// The family of measures; the one with the most rows where none is named.
    pub family: Option<Family>,
    /// How limits of x of n are computed.
    pub method: ProportionMethod,
}

/// A plot that is being collected.
pub struct Forest {
    chosen: Chosen,
    slabs: Slabs,
    families: BTreeMap<Family, Collected>,
}

impl Forest {
    /// An empty plot.
    pub fn new(chosen: Chosen) -> Self {
        Self { chosen, slabs: Slabs::default(), families: BTreeMap::new() }
    }
}

impl Book for Forest {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        let drawn = Drawn::of(record, self.slabs.next(record), self.chosen.method);
        let wanted = |outcome: &str, family| {
            outcome == self.chosen.outcome && self.chosen.family.is_none_or(|chosen| chosen == family)
        };
        for (_, family, row) in drawn.rows.into_iter().filter(|(outcome, family, _)| wanted(outcome, *family)) {
            let collected = self.families.entry(family).or_default();
            collected.seen += 1;
            collected.rows.push(row);
        }
        for (_, family) in drawn.bare.into_iter().filter(|(outcome, family)| wanted(outcome, *family)) {
            self.families.entry(family).or_default().bare += 1;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _: &Manifest) -> io::Result<Vec<Leaf>> {
        let Chosen { outcome, method, .. } = self.chosen;
        let most = self
            .families
            .into_iter()
            .filter(|(_, collected)| collected.seen > 0)
            .reduce(|most, next| if next.1.seen > most.1.seen { next } else { most });
        let Some((family, collected)) = most else {
            let words = format!("no result of {outcome} has the numbers to be drawn (x of n, or a 95% interval)");
            return Err(io::Error::new(io::ErrorKind::NotFound, words));
        };
        let mut content = tempfile::tempfile()?;
        content.write_all(draw(&outcome, family, method, collected).svg.as_bytes())?;
        content.rewind()?;
        Ok(vec![Leaf { name: None, content }])
    }
}
