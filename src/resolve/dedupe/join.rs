//! Which names of a list are compared: those that share two words, or spellings of them.
//!
//! Every word has the names that it stands in, each with the name's other words. Of a word and one that may be a spelling of
//! it, the names whose other words may be spellings of one another are candidates. So no key is made of a name, and a pair is
//! looked at only when it has two words in common.

use super::graph::{Graph, number};
use super::pool::{FULL, Pool};
use crate::mention::EntityKind;
use crate::name::Role;
use crate::resolve::compare::{Comparer, Weights, comparer, person};

/// Names that share two words, letter by letter, beyond this many are not compared with each other.
pub(super) const LARGEST_GROUP: usize = 400;

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
pub(super) fn candidates(pool: &Pool, listed: u32, graph: &Graph) -> Candidates {
    let person = pool.kind == EntityKind::Person;
    let words_of = |node: u32, out: &mut Vec<u32>| {
        out.clear();
        for &piece in pool.pieces_of(node) {
            let piece = &pool.pieces[piece as usize];
            if piece.part.role != Role::Initial && !out.contains(&piece.word) {
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
    let chunks: Vec<&[u32]> = all.chunks(256).collect();
    let found = crate::parallel::map(&chunks, |words| {
        let mut finder = Finder::new(pool, listed, graph, &beside, &initials);
        words.iter().for_each(|&word| finder.word(word));
        let mut found = finder.found;
        found.pairs.sort_unstable();
        found.pairs.dedup();
        found
    });
    let mut candidates = Candidates::default();
    for mut part in found {
        candidates.pairs.append(&mut part.pairs);
        candidates.capped.append(&mut part.capped);
    }
    candidates.pairs.sort_unstable();
    candidates.pairs.dedup();
    candidates.capped.sort_unstable();
    candidates.capped.dedup();
    candidates
}

/// The first letter of a text, as a number.
fn letter(text: &str) -> u32 {
    text.chars().next().map_or(0, u32::from)
}

struct Finder<'p> {
    pool: &'p Pool,
    listed: u32,
    graph: &'p Graph,
    beside: &'p Beside,
    initials: &'p Beside,
    /// For each word the entries of the marked word that it is the other word of, and when it was marked.
    marks: Vec<(u32, u32, u32)>,
    round: u32,
    comparer: Comparer<'static>,
    found: Candidates,
}

impl<'p> Finder<'p> {
    fn new(pool: &'p Pool, listed: u32, graph: &'p Graph, beside: &'p Beside, initials: &'p Beside) -> Self {
        let marks = vec![(0, 0, 0); pool.words.len()];
        let comparer = comparer(pool.kind, Weights::embedded());
        Self { pool, listed, graph, beside, initials, marks, round: 0, comparer, found: Candidates::default() }
    }

    /// The candidates that share a word or one of its spellings, and another one.
    fn word(&mut self, word: u32) {
        let (graph, beside) = (self.graph, self.beside);
        let own = beside.of(word);
        if own.is_empty() && self.initials.starts.len() < 2 {
            return;
        }
        for &spelled in graph.of(word).iter().filter(|&&spelled| spelled <= word) {
            let others = beside.of(spelled);
            self.mark(others);
            for group in own.chunk_by(|a, b| a.0 == b.0) {
                let other = group[0].0;
                for &variant in graph.of(other) {
                    // From the other word's side the same pair is seen again.
                    if word.min(spelled) > other.min(variant) {
                        continue;
                    }
                    let (round, start, end) = self.marks[variant as usize];
                    if round != self.round {
                        continue;
                    }
                    self.groups(word, other, group, &others[start as usize..end as usize]);
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

    fn groups(&mut self, word: u32, other: u32, left: &[(u32, u32)], right: &[(u32, u32)]) {
        if left.len() * right.len() > LARGEST_GROUP * LARGEST_GROUP {
            self.found.capped.push((word.min(other), word.max(other), left.len().max(right.len())));
            return;
        }
        let most = self.most(word, other);
        for &(_, a) in left {
            let parts = self.pool.pieces_of(a).len();
            if !self.may_weigh(most, parts) {
                continue;
            }
            for &(_, b) in right {
                if self.may_weigh(most, parts.min(self.pool.pieces_of(b).len())) {
                    self.pair(a, b);
                }
            }
        }
    }

    /// The most that two words which names share say, and that what else they share says, which is no rarer: what is rarer
    /// makes candidates of them, too.
    fn most(&self, word: u32, other: u32) -> Option<(i32, i32)> {
        if self.pool.kind != EntityKind::Person {
            return None;
        }
        let says = |word: u32| {
            let piece = &self.pool.pieces[self.pool.words[word as usize].piece as usize];
            self.comparer.same(&piece.ready, &piece.ready).max(0)
        };
        let (x, y) = (says(word), says(other));
        Some((x + y, x.min(y)))
    }

    /// Whether names that share two words, the shorter one of so many parts, may have evidence for being one.
    fn may_weigh(&self, most: Option<(i32, i32)>, parts: usize) -> bool {
        let Some((sum, further)) = most else { return true };
        let rest = i32::try_from(parts.saturating_sub(2)).unwrap_or(i32::MAX).saturating_mul(further);
        person::besides_parts(self.comparer.weights).saturating_add(sum).saturating_add(rest) > 0
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
            for &spelled in graph.of(word) {
                let fits = |other: u32| letter(&pool.part(other).text) == initial;
                let full = self.beside.of(spelled).iter().filter(|(other, _)| fits(*other)).map(|e| e.1);
                let short = initials.of(spelled).iter().filter(|e| e.0 == initial).map(|e| e.1);
                let others: Vec<u32> = full.chain(short).collect();
                if others.len() * group.len() > LARGEST_GROUP * LARGEST_GROUP {
                    self.found.capped.push((word.min(spelled), word.max(spelled), others.len()));
                    continue;
                }
                for &(_, a) in group {
                    for &b in &others {
                        self.pair(a, b);
                    }
                }
            }
        }
    }
}
