//! The evidence of two names of a list, as [`PreparedName::weight`] has it.

use std::sync::Arc;

use super::graph::Graph;
use super::pool::{FOREIGN, Outline, Piece, Pool};
use crate::name::spelling::Spelling;
use crate::name::{Name, Role};
use crate::resolve::compare::person::{
    Matrix, NO_WAY, differing, for_lengths, most_longer, pair, together, with_matrix,
};
use crate::resolve::compare::{Comparer, MOST_PARTS, PreparedName, Ready, Sum, Weights, comparer, join, may_join};

/// What two names weigh that nothing makes one: *Brigade 44* and *Brigade 45*. Averages never outweigh it.
const NEVER: i32 = i32::MIN / 2;

/// Weighs names of one kind.
pub(super) struct Scale<'p> {
    pool: &'p Pool,
    graph: &'p Graph,
    comparer: Comparer<'static>,
}

impl<'p> Scale<'p> {
    pub fn new(pool: &'p Pool, graph: &'p Graph) -> Self {
        let comparer = comparer(pool.kind, Weights::embedded());
        Self { pool, graph, comparer }
    }

    /// Whether two nodes are written in two scripts.
    pub fn is_across(&self, a: u32, b: u32) -> bool {
        self.pool.is(a, FOREIGN) != self.pool.is(b, FOREIGN)
    }

    /// The weight of two nodes, in 1/1000 log2 odds.
    pub fn weigh(&self, a: u32, b: u32) -> i32 {
        if self.pool.ready_of(a).is_none() && self.pool.ready_of(b).is_none() {
            return self.people(a, b);
        }
        let (a, b) = (self.prepared(a), self.prepared(b));
        if a.conflicts_in_number(&b) { NEVER } else { a.weight(&b) }
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

    fn people(&self, a: u32, b: u32) -> i32 {
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
        let outlines = |of: &[u32]| -> [Outline; MOST_PARTS] {
            std::array::from_fn(|i| pool.outlines[of[i.min(of.len() - 1)] as usize])
        };
        let (x, y) = (outlines(left), outlines(right));
        let (mut same_left, mut same_right) = ([false; MOST_PARTS], [false; MOST_PARTS]);
        for i in 0..n {
            for j in 0..m {
                let same = x[i].role != Role::Initial && x[i].word == y[j].word;
                (same_left[i], same_right[j]) = (same_left[i] || same, same_right[j] || same);
            }
        }
        let mut matrix = Matrix::empty();
        for i in 0..n {
            for j in 0..m {
                matrix.one[i][j] = if (same_left[i] || same_right[j]) && x[i].word != y[j].word {
                    differing(x[i].role, y[j].role, || x[i].letter == y[j].letter, &c).weight
                } else {
                    self.pair((left[i], x[i]), (right[j], y[j]), &c)
                };
                if same_left[i] || same_right[j] {
                    continue;
                }
                if i + 1 < n && !same_left[i + 1] {
                    matrix.two_left[i][j] = self.joined([left[i], left[i + 1]], [x[i], x[i + 1]], (right[j], y[j]), &c);
                }
                if j + 1 < m && !same_right[j + 1] {
                    matrix.two_right[i][j] =
                        self.joined([right[j], right[j + 1]], [y[j], y[j + 1]], (left[i], x[i]), &c);
                }
            }
        }
        let (x, y) = (x.map(|outline| outline.role), y.map(|outline| outline.role));
        let mut sum = Sum::default();
        with_matrix(&x[..n], &y[..m], across, &matrix, &c, &mut sum, |_, _| {});
        sum.0
    }

    /// What two pieces say.
    fn pair(&self, (a, x): (u32, Outline), (b, y): (u32, Outline), c: &Comparer<'_>) -> i32 {
        let weigh = || pair(&self.pool.pieces[a as usize].ready, &self.pool.pieces[b as usize].ready, c).weight;
        if x.special || y.special || c.lone.is_some() {
            return weigh();
        }
        let says =
            if x.role == Role::Initial || y.role == Role::Initial { None } else { self.graph.says(x.word, y.word) };
        let Some(says) = says else {
            return differing(x.role, y.role, || x.letter == y.letter, c).weight;
        };
        says[usize::from(x.role == Role::Given) + usize::from(y.role == Role::Given)]
    }

    /// What two neighbours written together say beside a part.
    fn joined(&self, of: [u32; 2], outlines: [Outline; 2], (other, part): (u32, Outline), c: &Comparer<'_>) -> i32 {
        let length = usize::from(outlines[0].length) + usize::from(outlines[1].length);
        let special = outlines[0].special || outlines[1].special || part.special;
        // Others are no candidates for it either.
        if !special && length.abs_diff(usize::from(part.length)) > 2 + usize::from(part.length) / 4 {
            return NO_WAY;
        }
        let piece = |number: u32| &self.pool.pieces[number as usize];
        joined(piece(of[0]), piece(of[1]), piece(other), c)
    }
}

/// What two neighbours written together say beside a part.
fn joined(first: &Piece, next: &Piece, other: &Piece, c: &Comparer<'_>) -> i32 {
    let part = &other.ready;
    let (x, y) = (&first.part, &next.part);
    if !(may_join(x) && may_join(y)) || x.aside || y.aside || part.role == Role::Initial {
        return NO_WAY;
    }
    let one_script = part.roman.is_some() == first.ready.roman.is_some();
    if one_script && (x.text.len() + y.text.len()).abs_diff(part.text.len()) > most_longer(part) {
        return NO_WAY;
    }
    // Others are no candidates for it either.
    if one_script && !is_joined(&first.bones, &next.bones, &other.bones) {
        return NO_WAY;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::EntityKind;

    /// What is put together from words weighed once is what comparing the names gives.
    #[test]
    fn weighs_as_names_are_compared() {
        let names = [
            "Omar Omsen", "Omar Omsin", "Omsen, Omar", "Omar Diaby", "Diaby", "O. Diaby", "Omar A. Diaby",
            "Umar Diabi", "Khalifa Haftar", "Khalifa Hifter", "Saddam Haftar", "Ahmed al-Sharaa", "Ahmad Sharra",
            "Ahmed Hussein al-Sharaa", "George W. Bush", "George Bush Jr.", "William Clinton", "Bill Clinton",
            "Ben Haddou Yusuf", "Yusuf Benhaddou", "Vladimir Putin", "Владимир Путин", "Путин", "Xi Jinping",
            "Mustafa Yury Kest", "Yury Mustafa Kest", "Kim Lee", "Lee Kim", "John John Smith", "Abu Bakr al-Baghdadi",
            "Abubakr Baghdadi", "Maria Garcia Lopez", "Maria Lopez",
        ];
        let mut pool = Pool::new(EntityKind::Person);
        let mut scratch = super::super::pool::Scratch::default();
        let nodes: Vec<u32> = names
            .iter()
            .map(|name| {
                let plain = pool.plain(name, &mut scratch);
                plain.unwrap_or_else(|| {
                    let text = super::super::pool::key(name);
                    let hash = pool.find(&text).expect_err("a new name");
                    pool.add(&text, hash, Name::new(name, EntityKind::Person))
                })
            })
            .collect();
        let words = super::super::graph::number(pool.words.len());
        // Of words that keys do not bring together spelling says nothing here, and little anywhere.
        let graph = Graph::new(&pool, words, -20_000, |_, _| Some(())).expect("nobody stops it");
        let scale = Scale::new(&pool, &graph);
        for (a, &x) in names.iter().zip(&nodes) {
            for (b, &y) in names.iter().zip(&nodes).filter(|(b, _)| *b != a) {
                let compared =
                    PreparedName::new(a, EntityKind::Person).weight(&PreparedName::new(b, EntityKind::Person));
                let weighed = scale.weigh(x, y);
                assert_eq!(weighed, scale.weigh(y, x), "{a} and {b}");
                assert!(weighed == compared || weighed.max(compared) < 0, "{a} and {b}: {weighed}, not {compared}");
            }
        }
    }
}
