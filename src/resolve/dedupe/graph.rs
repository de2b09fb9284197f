//! Which words of a list may be spellings of one: found by keys, then weighed.

use super::pool::Pool;
use crate::mention::EntityKind;
use crate::name::{Alphabet, Part, Role, Vocabulary, outline, rough, skeleton, sound, word_hash};
use crate::resolve::compare::{Weights, comparer, person};

/// Two words whose evidence is less are no spellings of one: no name of two other parts that agree makes up for it.
const LEAST: i32 = -2_500;
/// Words that share a key with more others are compared by their rarer keys only.
const LARGEST_BLOCK: usize = 600;
/// Sounds with fewer letters have too many neighbours a letter away.
const SHORTEST: usize = 4;
/// Pairs are weighed so many at a time: enough for all threads, and little to hold.
const BATCH: usize = 1 << 21;

/// The words that each word may be a spelling of, and itself.
#[derive(Debug, Default)]
pub(super) struct Graph {
    starts: Vec<u32>,
    others: Vec<u32>,
    /// What parts of each pair of words say, by whether none, one or both are given names.
    says: Vec<[i32; 3]>,
}

impl Graph {
    pub fn of(&self, word: u32) -> &[u32] {
        let word = word as usize;
        &self.others[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    /// The same, each with the most that the two say.
    pub fn weighed(&self, word: u32) -> impl Iterator<Item = (u32, i32)> + '_ {
        let start = self.starts[word as usize] as usize;
        let most = |says: &[i32; 3]| says[0].max(says[1]).max(says[2]);
        self.of(word).iter().zip(&self.says[start..]).map(move |(&other, says)| (other, most(says)))
    }

    /// What a word and one that may be a spelling of it say; nothing when it is none.
    pub fn says(&self, word: u32, other: u32) -> Option<&[i32; 3]> {
        let place = self.of(word).binary_search(&other).ok()?;
        self.says.get(self.starts[word as usize] as usize + place)
    }

    /// Weighs the words that share a key, but for two of which neither is among the first `listed`, and keeps those whose
    /// evidence leaves names the chance of more than `floor`; nothing when `say`, which hears how far it is, says to stop.
    pub fn new(pool: &Pool, listed: u32, floor: i32, mut say: impl FnMut(usize, usize) -> Option<()>) -> Option<Self> {
        let least = LEAST + floor;
        let comparer = comparer(pool.kind, Weights::embedded());
        let piece = |word: u32| &pool.pieces[pool.words[word as usize].piece as usize].ready;
        let weigh = |&(a, b): &(u32, u32)| -> Option<Edge> {
            let (x, y) = (piece(a), piece(b));
            match pool.kind {
                EntityKind::Person => person::pair_by_roles(x, y, least, &comparer),
                _ => comparer.alike(x, y, least).filter(|found| found.weight > least).map(|found| [found.weight; 3]),
            }
            .map(|says| (a, b, says))
        };
        let mut found: Vec<Edge> = Vec::new();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut weigh_all = |pairs: &mut Vec<(u32, u32)>| {
            pairs.sort_unstable();
            pairs.dedup();
            let chunks: Vec<&[(u32, u32)]> = pairs.chunks(1 << 10).collect();
            let edges = crate::parallel::map(&chunks, |pairs| pairs.iter().filter_map(weigh).collect::<Vec<Edge>>());
            found.extend(edges.into_iter().flatten());
            pairs.clear();
        };
        let company = company(pool);
        let keyed = keys(pool);
        let mut done = 0;
        for block in keyed.chunk_by(|a, b| a.0 == b.0) {
            done += block.len();
            if block.len() > LARGEST_BLOCK {
                continue;
            }
            for (i, &(_, a, coarse)) in block.iter().enumerate() {
                for &(_, b, other) in &block[i + 1..] {
                    let may_meet = company[a as usize] & company[b as usize] != 0;
                    if may_meet && a != b && !(coarse && other) && a.min(b) < listed {
                        pairs.push((a.min(b), a.max(b)));
                    }
                }
            }
            if pairs.len() > BATCH {
                say(done, keyed.len())?;
                weigh_all(&mut pairs);
            }
        }
        weigh_all(&mut pairs);
        // Pairs of several keys may have come several times.
        found.sort_unstable();
        found.dedup();
        let same = |word: u32| [comparer.same(piece(word), piece(word)); 3];
        Some(Self::of_edges(number(pool.words.len()), &found, same))
    }

    /// The graph of edges that are sorted, the lower word first, and of each word with itself.
    fn of_edges(words: u32, edges: &[Edge], same: impl Fn(u32) -> [i32; 3]) -> Self {
        let mut starts: Vec<u32> = vec![1; words as usize + 1];
        starts[0] = 0;
        for &(a, b, _) in edges {
            starts[a as usize + 1] += 1;
            starts[b as usize + 1] += 1;
        }
        for word in 0..words as usize {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        let all = starts[words as usize] as usize;
        let (mut others, mut says) = (vec![0; all], vec![[0; 3]; all]);
        let mut put = |word: u32, other: u32, weights: [i32; 3]| {
            let place = next[word as usize] as usize;
            (others[place], says[place]) = (other, weights);
            next[word as usize] += 1;
        };
        // In this order the others of each word are sorted.
        let mut rest = edges;
        for word in 0..words {
            put(word, word, same(word));
            let own = rest.iter().take_while(|edge| edge.0 == word).count();
            for &(_, other, weights) in &rest[..own] {
                put(word, other, weights);
                put(other, word, weights);
            }
            rest = &rest[own..];
        }
        Self { starts, others, says }
    }
}

/// Two words and what they say.
type Edge = (u32, u32, [i32; 3]);

/// What stands beside each word of people's names, as bits: how the other words begin. Of two words that never stand beside
/// others that begin alike no two names are spellings of one.
fn company(pool: &Pool) -> Vec<u64> {
    if pool.kind != EntityKind::Person {
        return vec![u64::MAX; pool.words.len()];
    }
    let begins: Vec<u64> = pool.pieces.iter().map(|piece| begins(&piece.part)).collect();
    let mut company = vec![0; pool.words.len()];
    for node in 0..number(pool.nodes.len()) {
        let pieces = pool.pieces_of(node);
        for (i, &piece) in pieces.iter().enumerate() {
            let others = pieces.iter().enumerate().filter(|(j, _)| *j != i);
            company[pool.outlines[piece as usize].word as usize] |=
                others.fold(0, |bits, (_, &other)| bits | begins[other as usize]);
        }
    }
    company
}

/// How a part begins, as bits of which spellings of it have one in common: a bit for each pair of a first and a second group of
/// consonants, all of a first group for parts without a second, and all for those that have other names, or that no consonant begins to tell.
fn begins(part: &Part) -> u64 {
    const GROUPS: &str = "ktbln";
    let vocabulary = Vocabulary::embedded();
    let is_known = !(vocabulary.nickname(&part.text).is_empty() && vocabulary.equivalents(&part.text).is_empty());
    // Nor do scripts that are read in several ways.
    if is_known || Scripts::script(part) == Some(false) {
        return u64::MAX;
    }
    // Six groups, the last of letters that are none of them, each with six that may follow.
    let place = |c: char| GROUPS.find(c).unwrap_or(GROUPS.len());
    let mut groups = outline(&part.sound, 2).chars().map(place).collect::<Vec<usize>>().into_iter();
    match (groups.next(), groups.next()) {
        (Some(first), Some(second)) => 1 << (first * 6 + second),
        (Some(first), None) => 0b11_1111 << (first * 6),
        _ => u64::MAX,
    }
}

/// The scripts of a list's words besides Latin: words in two scripts share no more than their first consonants, by groups.
#[derive(Debug)]
struct Scripts {
    /// Some are in a script that writes vowels, so that a romanization has most of the keys of Latin words, too.
    voiced: bool,
    /// Some are in one that does not, or whose romanization is far from how Latin letters spell the word.
    others: bool,
    /// How many consonants the keys of those have.
    consonants: usize,
}

impl Scripts {
    /// The class of a key for scripts that write vowels, how many consonants it has, and the class for the others.
    const VOICED: (u64, usize) = (7, 5);
    const OTHERS: u64 = 3;

    fn of(pool: &Pool) -> Self {
        let any = |voiced: bool| pool.pieces.iter().filter_map(|p| Self::script(&p.part)).any(|is| is == voiced);
        // A place of one word has no other by which it would be found.
        let consonants = if pool.kind == EntityKind::Person { 4 } else { 3 };
        Self { voiced: any(true), others: any(false), consonants }
    }

    /// Whether the script of a part writes vowels; nothing for Latin letters.
    fn script(part: &Part) -> Option<bool> {
        let (alphabet, _) = part.native.as_ref()?;
        (*alphabet != Alphabet::Latin).then_some(matches!(alphabet, Alphabet::Cyrillic | Alphabet::Greek))
    }

    /// The keys of a part's first consonants: the class, how many they are, and whether it is in Latin letters.
    fn outlines(&self, part: &Part, mut add: impl FnMut(u64, usize, bool)) {
        let script = Self::script(part);
        if self.voiced && script != Some(false) {
            add(Self::VOICED.0, Self::VOICED.1, script.is_none());
        }
        if self.others {
            add(Self::OTHERS, self.consonants, script.is_none());
        }
    }
}

/// The keys of all words, sorted: a hash, the word, and whether the key counts in two scripts only, for one in Latin letters.
fn keys(pool: &Pool) -> Vec<(u64, u32, bool)> {
    let scripts = Scripts::of(pool);
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
        scripts.outlines(part, |class, consonants, latin| {
            out.push((hash(class, &outline(&part.sound, consonants)), word, latin));
        });
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
