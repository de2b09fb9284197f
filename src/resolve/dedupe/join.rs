//! Which names of a list are compared: those that share two words, or spellings of them.
//!
//! Every word has the names that it stands in, each with the name's other words. Of a word and one that may be a spelling of
//! it, the names whose other words may be spellings of one another are candidates. So no key is made of a name, and a pair is
//! looked at only when it has two words in common.

use super::graph::{Graph, number};
use super::pool::{FULL, Outline, Pool};
use crate::mention::EntityKind;
use crate::name::{Role, word_hash};
use crate::resolve::compare::{Weights, person};

/// Names that share two words, letter by letter, beyond this many are not compared with each other.
pub(super) const LARGEST_GROUP: usize = 400;

/// Names of fewer consonants, however parted, have too many in common with others by chance.
const SHORTEST_WHOLE: usize = 5;
/// Names with the same consonants beyond this many say nothing for one another by that.
const LARGEST_WHOLE: usize = 20;

/// So many words are looked at by one thread at a time, and so many times as many before it is said how far it is.
const CHUNK: usize = 1 << 12;
const ROUND: usize = 16;

/// A block that was too large: two words, and how many names have both.
pub(super) type Capped = (u32, u32, usize);

/// The candidates of a list.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// Sorted and unique, the lower number first.
    pub pairs: Vec<(u32, u32)>,
    pub capped: Vec<Capped>,
}

/// What words stand in which names: for each word its names, each with one more word of theirs.
struct Beside {
    starts: Vec<u32>,
    /// The other word, and the node; those of one word by the other word.
    entries: Vec<(u32, u32)>,
}

impl Beside {
    fn of(&self, word: u32) -> &[(u32, u32)] {
        &self.entries[self.starts[word as usize] as usize..self.starts[word as usize + 1] as usize]
    }

    /// Sorts entries of a word, its other word and the node.
    fn new(words: usize, list: impl Fn(&mut dyn FnMut(u32, u32, u32))) -> Self {
        let mut starts = vec![0u32; words + 1];
        list(&mut |word, _, _| starts[word as usize + 1] += 1);
        for word in 0..words {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0); starts[words] as usize];
        list(&mut |word, other, node| {
            entries[next[word as usize] as usize] = (other, node);
            next[word as usize] += 1;
        });
        for word in 0..words {
            entries[starts[word] as usize..starts[word + 1] as usize].sort_unstable();
        }
        Self { starts, entries }
    }
}

/// The candidates of a list of which the first nodes are the list's: of two names that are the tables' alone no pair is made.
/// Nothing when `say`, which hears how far it is, says to stop.
pub(super) fn candidates(
    pool: &Pool,
    listed: u32,
    floor: i32,
    graph: &Graph,
    mut say: impl FnMut(usize, usize) -> Option<()>,
) -> Option<Candidates> {
    let person = pool.kind == EntityKind::Person;
    let words_of = |node: u32, out: &mut Vec<u32>| {
        out.clear();
        for &piece in pool.pieces_of(node) {
            let piece = &pool.pieces[piece as usize];
            if !matches!(piece.part.role, Role::Initial | Role::LegalForm) && !out.contains(&piece.word) {
                out.push(piece.word);
            }
        }
    };
    let nodes = || (0..number(pool.nodes.len())).filter(|&node| pool.is(node, FULL));
    let beside = Beside::new(pool.words.len(), |add| {
        let mut words = Vec::new();
        for node in nodes() {
            words_of(node, &mut words);
            for &word in &words {
                for &other in words.iter().filter(|&&other| other != word) {
                    add(word, other, node);
                }
                if !person && words.len() == 1 {
                    add(word, word, node);
                }
            }
        }
    });
    let initials = Beside::new(if person { pool.words.len() } else { 0 }, |add| {
        let mut words = Vec::new();
        for node in nodes() {
            words_of(node, &mut words);
            for &piece in pool.pieces_of(node) {
                let piece = &pool.pieces[piece as usize];
                if piece.part.role == Role::Initial {
                    for &word in &words {
                        add(word, letter(&piece.part.text), node);
                    }
                }
            }
        }
    });
    let all: Vec<u32> = (0..number(pool.words.len())).collect();
    let chunks: Vec<&[u32]> = all.chunks(CHUNK).collect();
    let find = |words: &&[u32]| {
        let mut finder = Finder::new(pool, (listed, floor), graph, &beside, &initials);
        words.iter().for_each(|&word| finder.word(word));
        let mut found = finder.found;
        found.pairs.sort_unstable();
        found.pairs.dedup();
        found
    };
    let mut candidates = Candidates::default();
    for (round, chunks) in chunks.chunks(ROUND).enumerate() {
        say(round * ROUND * CHUNK, all.len())?;
        for mut part in crate::parallel::map(chunks, find) {
            candidates.pairs.append(&mut part.pairs);
            candidates.capped.append(&mut part.capped);
        }
    }
    candidates.pairs.extend(written_together(pool, listed));
    candidates.pairs.sort_unstable();
    candidates.pairs.dedup();
    candidates.capped.sort_unstable();
    candidates.capped.dedup();
    Some(candidates)
}

/// The pairs of names whose consonants are the same, however they are parted by spaces: `Aero Continente`, `Aerocontinente`.
fn written_together(pool: &Pool, listed: u32) -> Vec<(u32, u32)> {
    let mut whole = String::new();
    let mut wholes: Vec<(u64, u32)> = Vec::new();
    for node in (0..number(pool.nodes.len())).filter(|&node| pool.pieces_of(node).len() > 1 || pool.is(node, FULL)) {
        whole.clear();
        for &piece in pool.pieces_of(node) {
            let piece = &pool.pieces[piece as usize];
            if piece.part.role != Role::LegalForm {
                // Only at the beginning of a word does a vowel count.
                whole.push_str(if whole.is_empty() {
                    &piece.bones
                } else {
                    piece.bones.strip_prefix('a').unwrap_or(&piece.bones)
                });
            }
        }
        if whole.len() >= SHORTEST_WHOLE {
            wholes.push((word_hash(&whole), node));
        }
    }
    wholes.sort_unstable();
    let mut pairs = Vec::new();
    for same in wholes.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() <= LARGEST_WHOLE) {
        for (i, &(_, a)) in same.iter().enumerate().filter(|(_, (_, a))| *a < listed) {
            pairs.extend(same[i + 1..].iter().map(|&(_, b)| (a, b)));
        }
    }
    pairs
}

/// The first letter of a text, as a number.
fn letter(text: &str) -> u32 {
    text.chars().next().map_or(0, u32::from)
}

/// A part that two names share: a word, or anything that begins with a letter.
#[derive(Debug, Clone, Copy)]
enum Shared {
    Word(u32),
    Letter(u32),
}

impl Shared {
    fn is(self, outline: &Outline) -> bool {
        match self {
            Self::Word(word) => outline.word == word,
            Self::Letter(letter) => u32::from(outline.letter) == letter,
        }
    }
}

struct Finder<'p> {
    pool: &'p Pool,
    listed: u32,
    /// Evidence that is no more than this makes no candidates.
    floor: i32,
    graph: &'p Graph,
    beside: &'p Beside,
    initials: &'p Beside,
    /// For each word the entries of the marked word that it is the other word of, and when it was marked.
    marks: Vec<(u32, u32, u32)>,
    round: u32,
    most: person::Most,
    found: Candidates,
}

impl<'p> Finder<'p> {
    fn new(
        pool: &'p Pool,
        (listed, floor): (u32, i32),
        graph: &'p Graph,
        beside: &'p Beside,
        initials: &'p Beside,
    ) -> Self {
        let marks = vec![(0, 0, 0); pool.words.len()];
        let most = person::Most::new(Weights::embedded());
        Self { pool, listed, floor, graph, beside, initials, marks, round: 0, most, found: Candidates::default() }
    }

    /// The candidates that share a word or one of its spellings, and another one.
    fn word(&mut self, word: u32) {
        let (graph, beside) = (self.graph, self.beside);
        let own = beside.of(word);
        if own.is_empty() && self.initials.starts.len() < 2 {
            return;
        }
        for (spelled, first) in graph.weighed(word).filter(|(spelled, _)| *spelled <= word) {
            let others = beside.of(spelled);
            self.mark(others);
            for group in own.chunk_by(|a, b| a.0 == b.0) {
                let other = group[0].0;
                for (variant, second) in graph.weighed(other) {
                    // From the other word's side the same pair is seen again.
                    if word.min(spelled) > other.min(variant) {
                        continue;
                    }
                    let (round, start, end) = self.marks[variant as usize];
                    if round != self.round {
                        continue;
                    }
                    let right = &others[start as usize..end as usize];
                    self.groups([word, other], [spelled, variant], (first, second), group, right);
                }
            }
        }
        self.initials(word);
    }

    fn mark(&mut self, entries: &[(u32, u32)]) {
        self.round += 1;
        let mut start = 0;
        for group in entries.chunk_by(|a, b| a.0 == b.0) {
            let end = start + number(group.len());
            self.marks[group[0].0 as usize] = (self.round, start, end);
            start = end;
        }
    }

    fn groups(
        &mut self,
        words: [u32; 2],
        theirs: [u32; 2],
        says: (i32, i32),
        left: &[(u32, u32)],
        right: &[(u32, u32)],
    ) {
        if left.len() * right.len() > LARGEST_GROUP * LARGEST_GROUP {
            let [word, other] = words;
            self.found.capped.push((word.min(other), word.max(other), left.len().max(right.len())));
            return;
        }
        let shared = [words.map(Shared::Word), theirs.map(Shared::Word)];
        for &(_, a) in left {
            for &(_, b) in right {
                if self.may_weigh(a, b, shared, says) {
                    self.pair(a, b);
                }
            }
        }
    }

    /// Whether two names may have the evidence for being one that is asked for, when two parts of theirs say so much. What
    /// else they share says no more than these, or makes candidates of them, too.
    fn may_weigh(&self, a: u32, b: u32, shared: [[Shared; 2]; 2], (first, second): (i32, i32)) -> bool {
        if self.pool.kind != EntityKind::Person {
            return true;
        }
        let (left, right) = (self.pool.pieces_of(a), self.pool.pieces_of(b));
        let whole = if left.len() == right.len() { self.most.whole } else { 0 };
        let begin = (self.most.begin + whole).saturating_add(first + second);
        let further = left.len().min(right.len()).saturating_sub(2);
        let most = first.min(second).max(0);
        let rest = if further == 1 && left.len() == right.len() {
            if begin.saturating_add(most) <= self.floor {
                return false;
            }
            self.third(self.besides(left, shared[0]), self.besides(right, shared[1])).min(most)
        } else {
            i32::try_from(further).unwrap_or(i32::MAX).saturating_mul(most)
        };
        begin.saturating_add(rest) > self.floor
    }

    /// The part of a name that is none of two.
    fn besides(&self, pieces: &[u32], shared: [Shared; 2]) -> Option<Outline> {
        let mut left = [true; 2];
        let outlines = pieces.iter().map(|&piece| self.pool.outlines[piece as usize]);
        outlines.into_iter().find(|outline| {
            let place = (0..2).find(|&i| left[i] && shared[i].is(outline));
            place.map(|i| left[i] = false).is_none()
        })
    }

    /// The most that the third parts of two names say.
    fn third(&self, a: Option<Outline>, b: Option<Outline>) -> i32 {
        let (Some(a), Some(b)) = (a, b) else { return i32::MAX };
        if a.special || b.special {
            return i32::MAX;
        }
        if a.role == Role::Initial || b.role == Role::Initial {
            return if a.letter == b.letter { self.most.initial } else { self.most.other_initial };
        }
        let most = |says: &[i32; 3]| says.iter().copied().max().unwrap_or(0);
        self.graph.says(a.word, b.word).map_or(self.most.unlike, most)
    }

    fn pair(&mut self, a: u32, b: u32) {
        if a != b && a.min(b) < self.listed {
            self.found.pairs.push((a.min(b), a.max(b)));
        }
    }

    /// Names with an initial and a word, and those whose other words begin with it.
    fn initials(&mut self, word: u32) {
        let (graph, pool) = (self.graph, self.pool);
        if self.initials.starts.len() < 2 {
            return;
        }
        let initials = self.initials;
        for group in initials.of(word).chunk_by(|a, b| a.0 == b.0) {
            let initial = group[0].0;
            for (spelled, says) in graph.weighed(word) {
                let fits = |other: u32| letter(&pool.part(other).text) == initial;
                let full = self.beside.of(spelled).iter().filter(|(other, _)| fits(*other)).map(|e| e.1);
                let short = initials.of(spelled).iter().filter(|e| e.0 == initial).map(|e| e.1);
                let others: Vec<u32> = full.chain(short).collect();
                if others.len() * group.len() > LARGEST_GROUP * LARGEST_GROUP {
                    self.found.capped.push((word.min(spelled), word.max(spelled), others.len()));
                    continue;
                }
                let theirs = |word: u32| [Shared::Letter(initial), Shared::Word(word)];
                let shared = [theirs(word), theirs(spelled)];
                for &(_, a) in group {
                    for &b in &others {
                        if self.may_weigh(a, b, shared, (self.most.initial, says)) {
                            self.pair(a, b);
                        }
                    }
                }
            }
        }
    }
}
