//! Numbers by the hash of what they belong to, flat in bytes: nothing is built when they are read.
//!
//! The records are sorted by hash and number; a directory says where those of the same first bits begin, so that a record
//! needs only bits that the directory leaves, and of its number only the bytes that are ever used.

use std::ops::Range;

use super::bytes::{index, u32_at};

/// A directory entry has the place of a record.
const START: usize = 4;
/// The count of the records, the bits of the directory, the bytes of a hash and of a number in each record, one left free.
const HEAD: usize = 8;
/// The directory has no more bits, so that 32 more are always there.
const MOST_BITS: u32 = 28;
/// So many records share a directory entry, on average: they are gone through one by one, and lie in one or two cache lines.
const SHARED: usize = 8;

/// How much of a hash is kept beside the bits of the directory. Of a million hashes 17 bits are in the directory.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kept {
    /// 32 bits: two hashes of a million that are taken for one are as good as never met.
    Most,
    /// 24 bits: one hash in a million is taken for another. For what is looked at more closely afterwards.
    Some,
}

/// How many first bits the directory goes by.
fn directory_bits(records: usize) -> u32 {
    (records / SHARED).max(1).ilog2().min(MOST_BITS)
}

/// The directory entry of a hash, and what the records of the entry tell it apart by: the next bits, the kept ones first.
fn parted(hash: u64, bits: u32) -> (usize, u32) {
    let slot = hash.checked_shr(64 - bits).unwrap_or_default();
    let rest = hash << bits >> 32;
    (usize::try_from(slot).unwrap_or_default(), u32::try_from(rest).unwrap_or_default())
}

/// Writes records, which must be sorted. The hashes must be mixed well in their first bits.
pub(super) fn write(records: &[(u64, u32)], kept: Kept, out: &mut Vec<u8>) {
    let bits = directory_bits(records.len());
    let hash_bytes: u8 = match kept {
        Kept::Most => 4,
        Kept::Some => 3,
    };
    let most = records.iter().map(|record| record.1).max().unwrap_or_default();
    let number_bytes: u8 = (1..4).find(|bytes| most >> (8 * bytes) == 0).unwrap_or(4);
    let record = usize::from(hash_bytes + number_bytes);
    out.reserve(HEAD + ((1 << bits) + 1) * START + records.len() * record);
    out.extend(u32::try_from(records.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend([u8::try_from(bits).unwrap_or_default(), hash_bytes, number_bytes, 0]);
    let mut at = 0u32;
    for slot in 0..1_usize << bits {
        out.extend(at.to_le_bytes());
        while records.get(index(at)).is_some_and(|(hash, _)| parted(*hash, bits).0 == slot) {
            at += 1;
        }
    }
    out.extend(at.to_le_bytes());
    for (hash, number) in records {
        // The first bytes of the rest of a hash, and the last of a number.
        out.extend(&parted(*hash, bits).1.to_be_bytes()[..usize::from(hash_bytes)]);
        out.extend(&number.to_le_bytes()[..usize::from(number_bytes)]);
    }
}

/// Postings as they lie in some bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Postings<'b> {
    bits: u32,
    hash_bytes: usize,
    number_bytes: usize,
    directory: &'b [u8],
    records: &'b [u8],
}

impl<'b> Postings<'b> {
    /// The postings that some bytes hold; nothing when they are not as long as they say.
    pub fn read(bytes: &'b [u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(HEAD)?;
        let (count, bits) = (index(u32_at(head, 0)), u32::from(head[4]));
        let (hash_bytes, number_bytes) = (usize::from(head[5]), usize::from(head[6]));
        if bits != directory_bits(count) || !(3..=4).contains(&hash_bytes) || !(1..=4).contains(&number_bytes) {
            return None;
        }
        let (directory, records) = rest.split_at_checked(((1_usize << bits) + 1) * START)?;
        let fits = records.len() == count.checked_mul(hash_bytes + number_bytes)?;
        fits.then_some(Self { bits, hash_bytes, number_bytes, directory, records })
    }

    /// The numbers of a hash, ascending.
    pub fn of(&self, hash: u64) -> impl Iterator<Item = u32> + use<'b> {
        self.among(self.slot(hash), hash)
    }

    /// Where the records of a hash and of those that begin like it are.
    pub fn slot(&self, hash: u64) -> Range<usize> {
        let (slot, _) = parted(hash, self.bits);
        let record = self.hash_bytes + self.number_bytes;
        let place = |slot: usize| index(u32_at(self.directory, slot * START)).saturating_mul(record);
        place(slot)..place(slot + 1)
    }

    /// The first byte of the records of a slot and the last one, in one: who reads them has all of them at hand.
    pub fn ends_of(&self, slot: &Range<usize>) -> u8 {
        let byte = |at: usize| self.records.get(at).copied().unwrap_or_default();
        byte(slot.start) ^ byte(slot.end.saturating_sub(1))
    }

    /// The numbers of a hash among the records of its slot, ascending.
    pub fn among(&self, slot: Range<usize>, hash: u64) -> impl Iterator<Item = u32> + use<'b> {
        let (_, rest) = parted(hash, self.bits);
        let (hash_bytes, record) = (self.hash_bytes, self.hash_bytes + self.number_bytes);
        let records = self.records.get(slot).unwrap_or_default();
        // A record has four bytes or more, of which three or four are the hash's.
        let of_number = 32 - 8 * u32::try_from(hash_bytes).unwrap_or_default();
        let first = |record: &[u8]| record.first_chunk().map_or(0, |four| u32::from_be_bytes(*four));
        let own = move |record: &&[u8]| (first(record) ^ rest) >> of_number == 0;
        let number = move |record: &[u8]| {
            let bytes = record.get(hash_bytes..).unwrap_or_default();
            bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
        };
        // Postings of nothing have records of no length.
        records.chunks_exact(record.max(1)).filter(own).map(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_written() {
        for (count, kept) in [0u32, 1, 2, 3, 5, 1_000, 70_000].iter().flat_map(|n| [(*n, Kept::Most), (*n, Kept::Some)])
        {
            let hash = |i: u32| u64::from(i + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mut records: Vec<(u64, u32)> = (0..count).map(|i| (hash(i), i)).collect();
            records.extend((0..count).step_by(3).map(|i| (hash(i), i + count)));
            records.sort_unstable();
            let mut bytes = Vec::new();
            write(&records, kept, &mut bytes);
            let postings = Postings::read(&bytes).unwrap();
            for i in 0..count {
                let expected = if i % 3 == 0 { vec![i, i + count] } else { vec![i] };
                assert_eq!(postings.of(hash(i)).collect::<Vec<_>>(), expected);
            }
            assert_eq!(postings.of(hash(count + 1)).count(), 0);
            assert!(Postings::read(&bytes[..bytes.len() - 1]).is_none());
        }
        assert!(Postings::read(&[]).is_none());
    }
}
