//! What is known of each report, in a passing file that is gone with the run.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Entries begin at multiples of this, so that four bytes can say where in 64 GB.
const GRAIN: u64 = 16;
const BUFFER: usize = 64 << 10;
/// Longest part of an entry; ids and DOIs are shorter.
const LONGEST: usize = 2000;

/// What is known of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Id of its first record.
    pub id: String,
    /// Its DOI and PubMed id, where any of its records had them; else empty.
    pub doi: String,
    pub pmid: String,
}

impl Entry {
    /// Whether a record so known can be of this report: neither its DOI nor its PubMed id is another one.
    pub fn may_be(&self, other: &Self) -> bool {
        let agree = |a: &str, b: &str| a.is_empty() || b.is_empty() || a.eq_ignore_ascii_case(b);
        agree(&self.doi, &other.doi) && agree(&self.pmid, &other.pmid)
    }

    /// This report with what a further record of it adds.
    pub fn joined(&self, other: &Self) -> Self {
        let either = |a: &str, b: &str| if a.is_empty() { b.to_owned() } else { a.to_owned() };
        Self { id: self.id.clone(), doi: either(&self.doi, &other.doi), pmid: either(&self.pmid, &other.pmid) }
    }
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(u32);

impl Place {
    /// Of a key that belongs to more than one report.
    pub const AMBIGUOUS: Self = Self(u32::MAX);

    /// At a byte of the file.
    pub fn at(byte: u64) -> Self {
        Self(u32::try_from(byte / GRAIN).unwrap_or(u32::MAX))
    }

    pub fn from_bytes(bytes: [u8; 4]) -> Self {
        Self(u32::from_le_bytes(bytes))
    }

    pub fn to_bytes(self) -> [u8; 4] {
        self.0.to_le_bytes()
    }
}

/// The file, and what is not yet in it.
pub struct Spool {
    file: File,
    written: u64,
    waiting: Vec<u8>,
}

impl Spool {
    pub fn new() -> io::Result<Self> {
        Ok(Self { file: tempfile::tempfile()?, written: 0, waiting: Vec::new() })
    }

    /// Adds an entry.
    pub fn add(&mut self, entry: &Entry) -> io::Result<Place> {
        let place = Place::at(self.written + self.waiting.len() as u64);
        for part in [&entry.id, &entry.doi, &entry.pmid] {
            let part = &part.as_bytes()[..part.floor_char_boundary(LONGEST)];
            self.waiting.extend((part.len() as u16).to_le_bytes());
            self.waiting.extend(part);
        }
        self.waiting.resize(self.waiting.len().next_multiple_of(GRAIN as usize), 0);
        if self.waiting.len() >= BUFFER {
            self.file.seek(SeekFrom::Start(self.written))?;
            self.file.write_all(&self.waiting)?;
            self.written += self.waiting.len() as u64;
            self.waiting.clear();
        }
        Ok(place)
    }

    /// The entry at `place`.
    pub fn read(&mut self, place: Place) -> io::Result<Entry> {
        let start = u64::from(place.0) * GRAIN;
        if let Some(at) = start.checked_sub(self.written) {
            return entry(&self.waiting[at as usize..]);
        }
        self.file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::with_capacity(512);
        Read::by_ref(&mut self.file).take(512).read_to_end(&mut bytes)?;
        entry(&bytes).or_else(|_| {
            self.file.seek(SeekFrom::Start(start))?;
            bytes.clear();
            Read::by_ref(&mut self.file).take(3 * (LONGEST as u64 + 2)).read_to_end(&mut bytes)?;
            entry(&bytes)
        })
    }
}

fn entry(mut bytes: &[u8]) -> io::Result<Entry> {
    let mut part = || {
        let mut length = [0; 2];
        bytes.read_exact(&mut length)?;
        let mut text = vec![0; usize::from(u16::from_le_bytes(length))];
        bytes.read_exact(&mut text)?;
        Ok::<_, io::Error>(String::from_utf8_lossy(&text).into_owned())
    };
    Ok(Entry { id: part()?, doi: part()?, pmid: part()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back_from_the_file_and_before_they_are_in_it() {
        let mut spool = Spool::new().unwrap();
        let entry = |n: usize| Entry { id: format!("a#{n}"), doi: "x".repeat(n % 900), pmid: String::new() };
        let places: Vec<Place> = (0..3000).map(|n| spool.add(&entry(n)).unwrap()).collect();
        assert!(spool.written > 0);
        for (n, place) in places.into_iter().enumerate().rev() {
            assert_eq!(spool.read(place).unwrap(), entry(n));
        }
    }
}
