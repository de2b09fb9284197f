//! The evidence of two names of a list, as [`PreparedName::weight`] has it.

use std::sync::Arc;

use super::graph::Graph;
use super::pool::{FOREIGN, Piece, Pool};
use crate::name::spelling::Spelling;
use crate::name::{Name, Role};
use crate::resolve::compare::person::{Matrix, for_lengths, most_longer, pair, together, unlike, with_matrix};
use crate::resolve::compare::{Comparer, MOST_PARTS, PreparedName, Ready, Sum, Weights, comparer, join, may_join};

/// What two names weigh that nothing makes one: *Brigade 44* and *Brigade 45*. Averages never outweigh it.
const NEVER: i32 = i32::MIN / 2;

/// So many weights of pairs of pieces are kept: those met last. Their table fits a second cache.
const KEPT: usize = 1 << 14;

/// Weighs names of one kind.
pub(super) struct Scale<'p> {
    pool: &'p Pool,
    graph: &'p Graph,
    comparer: Comparer<'static>,
    /// Weights of pairs of pieces at the place of their hash.
    kept: Vec<(u64, i32)>,
}

impl<'p> Scale<'p> {
    pub fn new(pool: &'p Pool, graph: &'p Graph) -> Self {
        let comparer = comparer(pool.kind, Weights::embedded());
        Self { pool, graph, comparer, kept: vec![(u64::MAX, 0); KEPT] }
    }

    /// Whether two nodes are written in two scripts.
    pub fn is_across(&self, a: u32, b: u32) -> bool {
        self.pool.is(a, FOREIGN) != self.pool.is(b, FOREIGN)
    }

    /// The weight of two nodes, in 1/1000 log2 odds.
    pub fn weigh(&mut self, a: u32, b: u32) -> i32 {
        let pool = self.pool;
        match (pool.ready_of(a), pool.ready_of(b)) {
            (None, None) => self.people(a, b),
            _ => {
                let (a, b) = (self.prepared(a), self.prepared(b));
                if a.conflicts_in_number(&b) { NEVER } else { a.weight(&b) }
            }
        }
    }

    /// A node's name ready for comparison, made anew if it is not kept.
    pub fn prepared(&self, node: u32) -> Arc<PreparedName> {
        let kept = self.pool.ready_of(node).cloned();
        kept.unwrap_or_else(|| {
            let parts: Vec<_> =
                self.pool.pieces_of(node).iter().map(|&p| self.pool.pieces[p as usize].part.clone()).collect();
            let text = self.pool.text(node).to_owned();
            let name = Name { surface: text.clone(), kind: self.pool.kind, folded: text, parts, readings: Vec::new() };
            Arc::new(PreparedName::of(Arc::new(name)))
        })
    }

    fn people(&mut self, a: u32, b: u32) -> i32 {
        let pool = self.pool;
        // As whoever compares names the other way round, so that both orders give the same sum.
        let order = |node: u32| (pool.pieces_of(node).len(), pool.is(node, FOREIGN), pool.text(node));
        let (a, b) = if order(b) < order(a) { (b, a) } else { (a, b) };
        let (left, right) = (pool.pieces_of(a), pool.pieces_of(b));
        let (n, m) = (left.len(), right.len());
        if n == 0 || m == 0 {
            return self.prepared(a).weight(&self.prepared(b));
        }
        let across = self.is_across(a, b);
        let c = for_lengths(n, m, across, &self.comparer);
        let pieces = |of: &[u32]| -> [&'p Piece; MOST_PARTS] {
            std::array::from_fn(|i| &pool.pieces[of[i.min(of.len() - 1)] as usize])
        };
        let (x, y) = (pieces(left), pieces(right));
        let (mut same_left, mut same_right) = ([false; MOST_PARTS], [false; MOST_PARTS]);
        for i in 0..n {
            for j in 0..m {
                let p = &x[i].ready;
                let same = p.role != Role::Initial && x[i].word == y[j].word;
                (same_left[i], same_right[j]) = (same_left[i] || same, same_right[j] || same);
            }
        }
        let mut matrix = Matrix::empty();
        for i in 0..n {
            for j in 0..m {
                let (p, q) = (&x[i].ready, &y[j].ready);
                matrix.one[i][j] = if (same_left[i] || same_right[j]) && x[i].word != y[j].word {
                    unlike(p, q, &c).weight
                } else if c.lone.is_some() {
                    pair(p, q, &c).weight
                } else if p.role == Role::Initial
                    || q.role == Role::Initial
                    || p.roman.is_none() && q.roman.is_none() && !self.graph.has(x[i].word, y[j].word)
                {
                    unlike(p, q, &c).weight
                } else {
                    self.pair(left[i], right[j], p, q, &c)
                };
                if same_left[i] || same_right[j] {
                    continue;
                }
                if i + 1 < n && !same_left[i + 1] {
                    matrix.two_left[i][j] = joined(x[i], x[i + 1], y[j], &c);
                }
                if j + 1 < m && !same_right[j + 1] {
                    matrix.two_right[i][j] = joined(y[j], y[j + 1], x[i], &c);
                }
            }
        }
        let left: [&Ready; MOST_PARTS] = x.map(|piece| &piece.ready);
        let right: [&Ready; MOST_PARTS] = y.map(|piece| &piece.ready);
        let mut sum = Sum::default();
        with_matrix(&left[..n], &right[..m], across, &matrix, &c, &mut sum);
        sum.0
    }

    fn pair(&mut self, a: u32, b: u32, p: &Ready, q: &Ready, c: &Comparer<'_>) -> i32 {
        let key = u64::from(a.min(b)) << 32 | u64::from(a.max(b));
        let place = usize::try_from(key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 50).unwrap_or_default() % KEPT;
        if self.kept[place].0 != key {
            self.kept[place] = (key, pair(p, q, c).weight);
        }
        self.kept[place].1
    }
}

/// What two neighbours written together say beside a part.
fn joined(first: &Piece, next: &Piece, other: &Piece, c: &Comparer<'_>) -> i32 {
    let part = &other.ready;
    let never = Matrix::empty().one[0][0];
    let (x, y) = (&first.part, &next.part);
    if !(may_join(x) && may_join(y)) || x.aside || y.aside || part.role == Role::Initial {
        return never;
    }
    let one_script = part.roman.is_some() == first.ready.roman.is_some();
    if one_script && (x.text.len() + y.text.len()).abs_diff(part.text.len()) > most_longer(part) {
        return never;
    }
    // Others are no candidates for it either.
    if one_script && !is_joined(&first.bones, &next.bones, &other.bones) {
        return never;
    }
    let whole = Ready::new(&join(x, y), Spelling::embedded(), true);
    together(&whole, part, c)
}

/// Whether the consonants of two words together are those of a third.
fn is_joined(first: &str, next: &str, whole: &str) -> bool {
    // Only at the beginning of a word does a vowel count.
    let next = next.strip_prefix('a').unwrap_or(next);
    let Some(rest) = whole.strip_prefix(first) else { return false };
    rest == next || first.chars().next_back() == next.chars().next() && next.strip_prefix(|_: char| true) == Some(rest)
}
