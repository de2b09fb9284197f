//! Blocking: which names are compared at all.
//!
//! Two names are a candidate pair when they share a key. The keys of a person's name are the consonants of its family name
//! with how another part begins, those of any two parts, and those of all; of another name those of the words that
//! tell it apart. Names in two scripts are romanized by different hands, so for them coarser keys count as well.
//!
//! # Limits
//!
//! Two spellings of one person that share no key are never compared: of two scripts that is not seldom, where vowels are
//! left out or letters are read in two ways.

use std::collections::BTreeMap;

use crate::name::{COARSE, Name, blocking_keys, is_foreign};

/// A block with more names than this is not taken: its key says too little. Names in it that are one share a rarer
/// key too, or are spelled alike. 400 names are 80,000 pairs, about a fifth of a second.
pub(super) const LARGEST_BLOCK: usize = 400;

/// Whether a pair of names may come from a block: of coarse ones only those of two scripts, or of another than Latin.
pub(super) fn may_pair(key: &str, is_foreign: bool, other_is_foreign: bool) -> bool {
    is_foreign || other_is_foreign || !key.starts_with(COARSE)
}

/// A block that was too large to take.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
///
/// let many = (0..500).map(|n| Mention::new(format!("Camp {n} Vardan"), EntityKind::Place)).collect();
/// let corpus: Corpus = [Extraction::new("list", many)].into_iter().collect();
/// for block in Resolver::embedded().resolve(&corpus).capped() {
///     println!("{} names share the key {}: too many to compare", block.names, block.key);
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CappedBlock {
    /// The key that its names share.
    pub key: String,
    /// How many names share it.
    pub names: usize,
}

/// The candidate pairs of some names, sorted and unique, but for those of blocks that are too large.
pub(super) fn pairs(names: &[Option<&Name>]) -> Vec<(usize, usize)> {
    let mut blocks: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
    for (i, name) in names.iter().enumerate() {
        for (key, name) in name.iter().flat_map(|name| blocking_keys(name).into_iter().map(move |key| (key, name))) {
            blocks.entry(key).or_default().push((i, is_foreign(name)));
        }
    }
    let mut pairs = Vec::new();
    for (key, names) in blocks.iter().filter(|(_, names)| names.len() <= LARGEST_BLOCK) {
        for (i, &(a, foreign)) in names.iter().enumerate() {
            let others = names[i + 1..].iter().filter(|(_, other)| may_pair(key, foreign, *other));
            pairs.extend(others.map(|&(b, _)| (a.min(b), a.max(b))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
