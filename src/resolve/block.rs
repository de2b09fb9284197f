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

use crate::mention::EntityKind;
use crate::name::{Name, Part, Role, Vocabulary, outline, skeleton, sound};

/// A block with more names than this is not taken: its key says too little. Names in it that are one share a rarer
/// key too, or are spelled alike. 400 names are 80,000 pairs, about a fifth of a second.
pub(super) const LARGEST_BLOCK: usize = 400;

/// What the keys begin with that count only where one of two names is in another script than Latin.
const COARSE: char = '_';

/// Whether a pair of names may come from a block: of coarse ones only those of two scripts, or of another than Latin.
pub(super) fn may_pair(key: &str, is_foreign: bool, other_is_foreign: bool) -> bool {
    is_foreign || other_is_foreign || !key.starts_with(COARSE)
}

/// Whether a name is in another script than Latin.
pub(super) fn is_foreign(name: &Name) -> bool {
    name.parts.iter().any(|part| part.native.is_some())
}

/// How many classes of consonants of a part go into the coarse key of two parts: with fewer the blocks grow a lot, with
/// more many pairs in two scripts are lost.
const OUTLINE: usize = 3;

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
            for (i, family) in name.core().enumerate() {
                match family.role {
                    Role::Mononym => keys.push(format!("{letter}{}", bones(family))),
                    Role::Family => {
                        let family = bones(family);
                        let others = name.core().enumerate().filter(|(j, _)| *j != i);
                        for beginning in others.flat_map(|(_, part)| beginnings(part)) {
                            keys.push(format!("{letter}{family}~{beginning}"));
                        }
                    }
                    _ => {}
                }
            }
            for (i, a) in parts.iter().enumerate().take(8) {
                for b in parts[i + 1..].iter().take(8) {
                    let (x, y) = (bones(a), bones(b));
                    keys.push(if x <= y { format!("{letter}{x}+{y}") } else { format!("{letter}{y}+{x}") });
                    let (x, y) = (outline(&a.sound, OUTLINE), outline(&b.sound, OUTLINE));
                    keys.push(if x <= y { format!("{COARSE}{x}+{y}") } else { format!("{COARSE}{y}+{x}") });
                    // Parts written together: Ben Haddou, Benhaddou.
                    keys.push(format!("{letter}{}", skeleton(&format!("{}{}", parts[i].sound, parts[i + 1].sound))));
                }
            }
            if parts.len() > 1 {
                let whole: String = name.core().map(|p| p.sound.as_str()).collect();
                keys.push(format!("{COARSE}={}", outline(&whole, usize::MAX)));
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

/// How a part of a person's name begins, in each way that another spelling, a short form or an initial of it may: its first
/// letter and its first consonant, those of the names that it is short for, and what it has in common with its forms in other
/// languages.
fn beginnings(part: &Part) -> Vec<String> {
    let vocabulary = Vocabulary::embedded();
    let mut out = Vec::new();
    let mut add = |text: &str, sound: &str| {
        out.extend(text.chars().next().map(|c| c.to_string()));
        out.extend(skeleton(sound).chars().find(|c| *c != 'a').map(|c| format!("-{c}")));
    };
    add(&part.text, &part.sound);
    if part.role != Role::Initial {
        for full in vocabulary.nickname(&part.text) {
            add(full, &sound(full));
        }
        out.extend(vocabulary.equivalents(&part.text).iter().map(|sense| format!("={sense}")));
    }
    out.sort_unstable();
    out.dedup();
    out
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

/// The candidate pairs of some names, sorted and unique, but for those of blocks that are too large.
pub(super) fn pairs(names: &[Option<&Name>]) -> Vec<(usize, usize)> {
    let mut blocks: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
    for (i, name) in names.iter().enumerate() {
        for (key, name) in name.iter().flat_map(|name| keys(name).into_iter().map(move |key| (key, name))) {
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
