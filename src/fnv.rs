//! The hash FNV-1a of 64 bits: it changes with every single byte, needs no table, and is the same everywhere.

/// The hash of nothing.
pub(crate) const START: u64 = 0xCBF2_9CE4_8422_2325;

/// A hash with further bytes.
pub(crate) fn fnv1a(hash: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
