//! Hash → place, in ten bytes an entry and few more.
//!
//! The trick: the hash itself says where in a shard its entry stands, so that a shard stays ordered by hash and may grow
//! by a quarter instead of twice; and as each of the shards grows alone, hardly more is held than is needed.

use super::spool::Place;

const SHARDS: usize = 256;
const FIRST: usize = 16;
const HASH_BYTES: usize = 6;
const EMPTY: [u8; 10] = [0; 10];

/// Places by 56 bits of a hash (48 kept, 8 the shard): among ten million keys two are taken for one with a chance of
/// one in a thousand, and then the entry behind shows that they differ, unless neither has a DOI or PubMed id.
pub struct Table {
    shards: Vec<Shard>,
}

#[derive(Default, Clone)]
struct Shard {
    slots: Vec<[u8; 10]>,
    filled: usize,
}

impl Default for Table {
    fn default() -> Self {
        Self { shards: vec![Shard::default(); SHARDS] }
    }
}

impl Table {
    /// The place kept for `hash`.
    pub fn get(&self, hash: u64) -> Option<Place> {
        let shard = &self.shards[shard(hash)];
        let slot = shard.slots.get(shard.find(kept(hash))?)?;
        (*slot != EMPTY).then(|| Place::from_bytes([slot[6], slot[7], slot[8], slot[9]]))
    }

    /// Keeps `place` for `hash`.
    pub fn set(&mut self, hash: u64, place: Place) {
        let shard = &mut self.shards[shard(hash)];
        if (shard.filled + 1) * 8 > shard.slots.len() * 7 {
            shard.grow();
        }
        shard.set(kept(hash), place.to_bytes());
    }
}

fn shard(hash: u64) -> usize {
    hash as usize % SHARDS
}

/// The 48 bits that are kept; never zero, which is an empty slot.
fn kept(hash: u64) -> u64 {
    (hash >> 16).max(1)
}

fn hash_of(slot: [u8; 10]) -> u64 {
    let mut bytes = [0; 8];
    bytes[..HASH_BYTES].copy_from_slice(&slot[..HASH_BYTES]);
    u64::from_le_bytes(bytes)
}

impl Shard {
    /// The slot of `kept`, or the empty one where it would stand; none in a shard without slots.
    fn find(&self, kept: u64) -> Option<usize> {
        let length = self.slots.len();
        let start = ((u128::from(kept) * length as u128) >> (8 * HASH_BYTES)) as usize;
        (0..length).map(|step| (start + step) % length).find(|&at| {
            let slot = self.slots[at];
            slot == EMPTY || hash_of(slot) == kept
        })
    }

    fn set(&mut self, kept: u64, place: [u8; 4]) {
        let Some(at) = self.find(kept) else { return };
        self.filled += usize::from(self.slots[at] == EMPTY);
        self.slots[at][..HASH_BYTES].copy_from_slice(&kept.to_le_bytes()[..HASH_BYTES]);
        self.slots[at][HASH_BYTES..].copy_from_slice(&place);
    }

    fn grow(&mut self) {
        let length = (self.slots.len() + self.slots.len() / 4).max(FIRST);
        let mut slots = Vec::new();
        slots.reserve_exact(length);
        slots.resize(length, EMPTY);
        let old = std::mem::replace(self, Self { slots, filled: 0 });
        for slot in old.slots.into_iter().filter(|slot| *slot != EMPTY) {
            self.set(hash_of(slot), [slot[6], slot[7], slot[8], slot[9]]);
        }
    }

    #[cfg(test)]
    fn bytes(&self) -> usize {
        self.slots.capacity() * 10
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Well mixed numbers, as hashes are.
    fn mixed(n: u64) -> u64 {
        let n = (n ^ 0x5DEE_CE66_D012_3457).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (n ^ n >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ n >> 32
    }

    #[test]
    fn what_is_set_is_found_and_a_key_costs_less_than_sixteen_bytes() {
        let mut table = Table::default();
        let keys = 300_000;
        for n in 0..keys {
            table.set(mixed(n), Place::at(n * 16));
        }
        table.set(mixed(7), Place::AMBIGUOUS);
        assert!((0..keys).filter(|n| *n != 7).all(|n| table.get(mixed(n)) == Some(Place::at(n * 16))));
        assert_eq!(table.get(mixed(7)), Some(Place::AMBIGUOUS));
        assert!((keys..keys * 2).all(|n| table.get(mixed(n)).is_none()));
        let bytes: usize = table.shards.iter().map(Shard::bytes).sum();
        assert!(bytes < keys as usize * 16, "{bytes} bytes");
    }
}
