//! Numbers by the hash of what they belong to, flat in bytes: nothing is built when they are read.
//!
//! The records are sorted by hash and number; a directory says where those of the same first bits begin, so that a record
//! needs only the bits that the directory leaves. Of a million hashes two that are taken for one are as good as never
//! met: 51 bits tell them apart.

use super::bytes::{index, u32_at};

/// A record has 32 bits of the hash, and the number.
const RECORD: usize = 8;
/// A directory entry has the place of a record.
const START: usize = 4;
/// The count of the records, and the bits of the directory.
const HEAD: usize = 8;
/// The directory has no more bits, so that 32 more are always there.
const MOST_BITS: u32 = 28;

/// How many first bits the directory goes by: so many that two records share an entry, on average.
fn directory_bits(records: usize) -> u32 {
    (records / 2).max(1).ilog2().min(MOST_BITS)
}

/// The directory entry of a hash, and what the records of the entry tell it apart by.
fn parted(hash: u64, bits: u32) -> (usize, u32) {
    let slot = hash.checked_shr(64 - bits).unwrap_or_default();
    let rest = hash << bits >> 32;
    (usize::try_from(slot).unwrap_or_default(), u32::try_from(rest).unwrap_or_default())
}

/// Writes records, which must be sorted. The hashes must be mixed well in their first bits.
pub(super) fn write(records: &[(u64, u32)], out: &mut Vec<u8>) {
    let bits = directory_bits(records.len());
    out.reserve(HEAD + ((1 << bits) + 1) * START + records.len() * RECORD);
    out.extend(u32::try_from(records.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(bits.to_le_bytes());
    let mut at = 0u32;
    for slot in 0..1_usize << bits {
        out.extend(at.to_le_bytes());
        while records.get(index(at)).is_some_and(|(hash, _)| parted(*hash, bits).0 == slot) {
            at += 1;
        }
    }
    out.extend(at.to_le_bytes());
    for (hash, number) in records {
        out.extend(parted(*hash, bits).1.to_le_bytes());
        out.extend(number.to_le_bytes());
    }
}

/// Postings as they lie in some bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Postings<'b> {
    bits: u32,
    directory: &'b [u8],
    records: &'b [u8],
}

impl<'b> Postings<'b> {
    /// The postings that some bytes hold; nothing when they are not as long as they say.
    pub fn read(bytes: &'b [u8]) -> Option<Self> {
        let (count, bits) = (index(u32_at(bytes, 0)), u32_at(bytes, 4));
        if bytes.len() < HEAD || bits != directory_bits(count) {
            return None;
        }
        let directory = ((1_usize << bits) + 1) * START;
        let (directory, records) = bytes[HEAD..].split_at_checked(directory)?;
        (records.len() == count.checked_mul(RECORD)?).then_some(Self { bits, directory, records })
    }

    /// The numbers of a hash, ascending.
    pub fn of(&self, hash: u64) -> impl Iterator<Item = u32> + use<'b> {
        let (slot, rest) = parted(hash, self.bits);
        let place = |slot: usize| index(u32_at(self.directory, slot * START)).saturating_mul(RECORD);
        let records = self.records.get(place(slot)..place(slot + 1)).unwrap_or_default();
        records.chunks_exact(RECORD).filter(move |record| u32_at(record, 0) == rest).map(|record| u32_at(record, 4))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_written() {
        for count in [0u32, 1, 2, 3, 5, 1_000] {
            let hash = |i: u32| u64::from(i + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mut records: Vec<(u64, u32)> = (0..count).map(|i| (hash(i), i)).collect();
            records.extend((0..count).step_by(3).map(|i| (hash(i), i + count)));
            records.sort_unstable();
            let mut bytes = Vec::new();
            write(&records, &mut bytes);
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
