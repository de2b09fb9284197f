//! Blocking: which names are compared at all.
//!
//! Two names are a candidate pair when they share a key. The keys of a person's name are the consonant skeleton of its
//! last part and those of any two parts together; of another name the skeletons of the words that tell it apart.

use std::collections::BTreeMap;

use crate::mention::EntityKind;
use crate::name::{Name, Part, Role, skeleton};

/// A block with more names than this is not taken: its key says too little. Names in it that are one share a rarer
/// key too, or are spelled alike. 400 names are 80,000 pairs, about a fifth of a second.
pub(super) const LARGEST_BLOCK: usize = 400;

/// The blocking keys of a name, sorted.
pub(super) fn keys(name: &Name) -> Vec<String> {
    let mut keys = Vec::new();
    let letter = name.kind.code().chars().next().unwrap_or('?');
    let bones = |part: &Part| {
        let bones = skeleton(&part.sound);
        if bones.is_empty() { part.sound.clone() } else { bones }
    };
    match name.kind {
        EntityKind::Person => {
            let parts: Vec<&Part> = name.core().filter(|p| p.role != Role::Initial).collect();
            for part in &parts {
                if matches!(part.role, Role::Family | Role::Mononym) {
                    keys.push(format!("{letter}{}", bones(part)));
                }
            }
            for (i, a) in parts.iter().enumerate().take(8) {
                for b in parts[i + 1..].iter().take(8) {
                    let (a, b) = (bones(a), bones(b));
                    keys.push(if a <= b { format!("{letter}{a}+{b}") } else { format!("{letter}{b}+{a}") });
                    // Parts written together: Ben Haddou, Benhaddou.
                    keys.push(format!("{letter}{}", skeleton(&format!("{}{}", parts[i].sound, parts[i + 1].sound))));
                }
            }
            let joined: Vec<&Part> =
                name.parts.iter().filter(|p| !matches!(p.role, Role::Suffix | Role::Initial)).collect();
            for pair in joined.windows(2).filter(|p| p[0].role == Role::Particle) {
                keys.push(format!("{letter}{}", skeleton(&format!("{}{}", pair[0].sound, pair[1].sound))));
            }
        }
        EntityKind::Place | EntityKind::Organization => {
            let telling = |p: &&Part| matches!(p.role, Role::Word | Role::Number);
            let mut words: Vec<String> = name.parts.iter().filter(telling).map(bones).collect();
            if words.is_empty() {
                // Of common words only all together tell.
                let mut all: Vec<String> = name.parts.iter().filter(|p| p.role != Role::LegalForm).map(bones).collect();
                all.sort_unstable();
                words.push(all.join("+"));
            }
            keys.extend(words.into_iter().map(|w| format!("{letter}{w}")));
            let whole: String = name.parts.iter().map(|p| p.sound.as_str()).collect();
            keys.push(format!("{letter}={}", skeleton(&whole)));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The sound of a whole name, in order: names that share it are spelled alike.
pub(super) fn sound_key(name: &Name) -> String {
    let parts = name.parts.iter().filter(|p| !matches!(p.role, Role::Particle));
    parts.map(|p| p.sound.as_str()).collect::<Vec<_>>().join(" ")
}

/// A block that was too large to take.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CappedBlock {
    /// The key that its names share.
    pub key: String,
    /// How many names share it.
    pub names: usize,
}

/// The candidate pairs of some nodes with their keys, sorted and unique, and the blocks that were too large.
pub(super) fn pairs(node_keys: &[Vec<String>]) -> (Vec<(usize, usize)>, Vec<CappedBlock>) {
    let mut blocks: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (node, keys) in node_keys.iter().enumerate() {
        for key in keys {
            blocks.entry(key).or_default().push(node);
        }
    }
    let (mut pairs, mut capped) = (Vec::new(), Vec::new());
    for (key, nodes) in blocks {
        if nodes.len() > LARGEST_BLOCK {
            capped.push(CappedBlock { key: key.to_owned(), names: nodes.len() });
            continue;
        }
        for (i, &a) in nodes.iter().enumerate() {
            pairs.extend(nodes[i + 1..].iter().map(|&b| (a.min(b), a.max(b))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    (pairs, capped)
}
