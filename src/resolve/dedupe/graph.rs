//! Which words of a list may be spellings of one: found by keys, then weighed.

use std::sync::atomic::AtomicI32;

use super::pool::Pool;
use crate::mention::EntityKind;
use crate::name::{Alphabet, Role, Vocabulary, outline, rough, skeleton, sound, word_hash};
use crate::resolve::compare::{Weights, comparer, person};

/// Two words whose evidence is less are no spellings of one: no name of two other parts that agree makes up for it.
const LEAST: i32 = -2_500;
/// Words that share a key with more others are compared by their rarer keys only.
const LARGEST_BLOCK: usize = 600;
/// Sounds with fewer letters have too many neighbours a letter away.
const SHORTEST: usize = 4;

/// The words that each word may be a spelling of, and itself.
#[derive(Debug, Default)]
pub(super) struct Graph {
    starts: Vec<u32>,
    others: Vec<u32>,
    /// What people's parts of each pair of words say, by whether none, one or both are given names, once it was asked.
    says: Vec<[AtomicI32; 3]>,
}

/// What was not asked yet.
pub(super) const UNASKED: i32 = i32::MIN;

impl Graph {
    pub fn of(&self, word: u32) -> &[u32] {
        let word = word as usize;
        &self.others[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    /// What a word and one that may be a spelling of it say; nothing when it is none.
    pub fn says(&self, word: u32, other: u32) -> Option<&[AtomicI32; 3]> {
        let place = self.of(word).binary_search(&other).ok()?;
        self.says.get(self.starts[word as usize] as usize + place)
    }

    /// Weighs the words that share a key, but for two of which neither is among the first `listed`.
    pub fn new(pool: &Pool, listed: u32) -> Self {
        let keyed = keys(pool);
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for block in keyed.chunk_by(|a, b| a.0 == b.0).filter(|b| b.len() > 1 && b.len() <= LARGEST_BLOCK) {
            for (i, &(_, a, coarse)) in block.iter().enumerate() {
                for &(_, b, other) in &block[i + 1..] {
                    if a != b && !(coarse && other) && a.min(b) < listed {
                        pairs.push((a.min(b), a.max(b)));
                    }
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let weights = Weights::embedded();
        let comparer = comparer(pool.kind, weights);
        let alike = |&(a, b): &(u32, u32)| {
            let piece = |word: u32| &pool.pieces[pool.words[word as usize].piece as usize].ready;
            let (x, y) = (piece(a), piece(b));
            match pool.kind {
                EntityKind::Person => person::pair(x, y, &comparer).weight > LEAST,
                _ => comparer.alike(x, y, LEAST).is_some_and(|found| found.weight > LEAST),
            }
        };
        let found = crate::parallel::map(&pairs, alike);
        let mut edges: Vec<(u32, u32)> = (0..pool.words.len()).map(|w| (number(w), number(w))).collect();
        for ((a, b), _) in pairs.into_iter().zip(found).filter(|(_, alike)| *alike) {
            edges.extend([(a, b), (b, a)]);
        }
        edges.sort_unstable();
        let mut starts = vec![0; pool.words.len() + 1];
        for &(word, _) in &edges {
            starts[word as usize + 1] += 1;
        }
        for word in 0..pool.words.len() {
            starts[word + 1] += starts[word];
        }
        let says = edges.iter().map(|_| [const { AtomicI32::new(UNASKED) }; 3]).collect();
        Self { starts, others: edges.into_iter().map(|(_, other)| other).collect(), says }
    }
}

/// The keys of all words, sorted: a hash, the word, and whether the key counts in two scripts only, for one in Latin letters.
fn keys(pool: &Pool) -> Vec<(u64, u32, bool)> {
    let any_foreign = pool.pieces.iter().any(|p| p.part.native.is_some());
    let words: Vec<u32> = (0..pool.words.len()).map(number).collect();
    let of = |&word: &u32| {
        let part = pool.part(word);
        let mut out: Vec<(u64, u32, bool)> = Vec::with_capacity(12);
        if matches!(part.role, Role::Initial | Role::Number | Role::LegalForm) {
            return out;
        }
        let hash = |class: u64, text: &str| word_hash(text).rotate_left(7) ^ class;
        let spelled = |sound: &str, out: &mut Vec<(u64, u32, bool)>| {
            let bones = skeleton(sound);
            out.push((hash(1, if bones.is_empty() { sound } else { &bones }), word, false));
            let rough: Vec<char> = rough(sound).chars().collect();
            if rough.len() >= SHORTEST {
                let mut text = String::with_capacity(rough.len() * 2);
                for without in 0..=rough.len() {
                    text.clear();
                    text.extend(rough.iter().enumerate().filter(|(i, _)| *i != without).map(|(_, c)| *c));
                    out.push((hash(2, &text), word, false));
                }
            }
        };
        spelled(&part.sound, &mut out);
        if let Some(prefix) = &part.prefix {
            spelled(&sound(&format!("{prefix}{}", part.text)), &mut out);
        }
        if any_foreign {
            let foreign = part.native.as_ref().is_some_and(|(alphabet, _)| *alphabet != Alphabet::Latin);
            out.push((hash(3, &outline(&part.sound, 3)), word, !foreign));
        }
        let vocabulary = Vocabulary::embedded();
        if pool.kind == EntityKind::Person {
            out.push((hash(4, &part.text), word, false));
            for full in vocabulary.nickname(&part.text) {
                out.push((hash(4, full), word, false));
                out.extend(vocabulary.equivalents(full).iter().map(|sense| (hash(5, sense), word, false)));
            }
            let senses = vocabulary.equivalents(&part.text);
            out.extend(senses.iter().map(|sense| (hash(5, sense), word, false)));
        } else {
            out.extend(part.senses.iter().map(|sense| (u64::from(*sense) << 8 | 6, word, false)));
        }
        out
    };
    let mut all: Vec<(u64, u32, bool)> = crate::parallel::map(&words, of).into_iter().flatten().collect();
    all.sort_unstable();
    all.dedup();
    all
}

pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
