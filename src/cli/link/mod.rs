//! Links between records: the same report from several databases (`duplicate_of`), and reports of one trial
//! (`same_trial_as`). Nothing is merged and nothing left out here.
//!
//! The trick: a record's keys (DOI, PubMed id, title with year and first author, registry ids) are kept as hashes of
//! ten bytes with the place of a small entry in a passing file, and the entry is read only where a key is met again; so
//! a record costs less than 64 bytes of memory.

mod keys;
mod spool;
mod table;

use std::io;

use self::keys::Key;
use self::spool::{Entry, Place, Spool};
use self::table::Table;
use crate::model::{DesignKind, Record};

/// Finds links among the records of a run, in their order.
pub struct Links {
    keys: Table,
    spool: Spool,
}

impl Links {
    /// With a passing file in the system's folder for such.
    pub fn new() -> io::Result<Self> {
        Ok(Self { keys: Table::default(), spool: Spool::new()? })
    }

    /// Says in `record` which earlier one it repeats, and which one reports the same trial.
    pub fn link(&mut self, record: &mut Record) -> io::Result<()> {
        if record.error.is_some() {
            return Ok(());
        }
        let first = self.report(record)?;
        self.trial(record, first.as_ref())
    }

    /// Links `record` to the first record of the same report; the entry of the report.
    fn report(&mut self, record: &mut Record) -> io::Result<Option<Entry>> {
        let keys = keys::of_report(&record.reference);
        if keys.is_empty() {
            return Ok(None);
        }
        let own = Entry {
            id: record.id.clone(),
            doi: record.reference.doi.clone().unwrap_or_default(),
            pmid: record.reference.pmid.clone().unwrap_or_default(),
        };
        let mut known = None;
        let mut its_own = Vec::new();
        for key in &keys {
            let entry = match self.keys.get(key.hash()) {
                None => {
                    its_own.push(key.hash());
                    continue;
                }
                Some(Place::AMBIGUOUS) => continue,
                Some(place) => (place, self.spool.read(place)?),
            };
            if entry.1.may_be(&own) {
                its_own.push(key.hash());
                known = known.or(Some(entry));
            } else if matches!(key, Key::Title(_)) {
                // Two reports have this title: it tells nothing any more.
                self.keys.set(key.hash(), Place::AMBIGUOUS);
            }
        }
        let (place, entry) = match known {
            None => (self.spool.add(&own)?, own),
            Some((place, entry)) => {
                record.duplicate_of = Some(entry.id.clone());
                let joined = entry.joined(&own);
                if joined == entry { (place, entry) } else { (self.spool.add(&joined)?, joined) }
            }
        };
        for key in its_own {
            self.keys.set(key, place);
        }
        Ok(Some(entry))
    }

    /// Links `record` to the first report of the same trial; reviews name the trials of others.
    fn trial(&mut self, record: &mut Record, own: Option<&Entry>) -> io::Result<()> {
        if matches!(record.design.kind, DesignKind::Review | DesignKind::MetaAnalysis) {
            return Ok(());
        }
        for key in keys::of_trial(&record.design) {
            match self.keys.get(key.hash()) {
                None => {
                    let id = own.map_or(&record.id, |own| &own.id).clone();
                    let place = self.spool.add(&Entry { id, ..Entry::default() })?;
                    self.keys.set(key.hash(), place);
                }
                Some(place) if record.same_trial_as.is_none() => {
                    let first = self.spool.read(place)?.id;
                    let itself = first == record.id || record.duplicate_of.as_ref() == Some(&first);
                    record.same_trial_as = Some(first).filter(|_| !itself);
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
