//! The best labels of a run of tokens, and how much better they are than others (Viterbi).

use std::ops::Range;

use super::labels::{ALLOWED, LABELS, OUTSIDE, Place, kind_and_place, label, opens};
use super::model::Sums;
use crate::mention::EntityKind;

/// Sums of weights for each label, and three that stay [`NEVER`]: as many as four vector registers hold. As floating
/// point numbers they are added and compared side by side on any processor, and exact: a run has at most 400 tokens,
/// each with a sum of at most 2^15 and a transition of at most 300, which is less than 2^24.
type Best = [f32; 16];

/// Worse than any path.
const NEVER: f32 = f32::NEG_INFINITY;

/// The weights of a label after another; of those that may not follow each other [`NEVER`].
#[derive(Debug)]
pub(super) struct Chain {
    /// For each label those of the labels after it.
    onward: [Best; LABELS],
    /// For each label those of the labels before it.
    back: [Best; LABELS],
}

impl Chain {
    pub fn new(transitions: &[[i16; LABELS]; LABELS]) -> Self {
        let mut chain = Self { onward: [[NEVER; 16]; LABELS], back: [[NEVER; 16]; LABELS] };
        for from in 0..LABELS {
            for to in (0..LABELS).filter(|to| ALLOWED[from][*to]) {
                let weight = f32::from(transitions[from][to]);
                (chain.onward[from][to], chain.back[to][from]) = (weight, weight);
            }
        }
        chain
    }
}

/// The best that comes of some sums by each of their labels' rows.
fn step(sums: &Best, rows: &[Best; LABELS]) -> Best {
    let mut best = [NEVER; 16];
    for (sum, row) in sums.iter().zip(rows) {
        for (best, weight) in best.iter_mut().zip(row) {
            let through = sum + weight;
            *best = if through > *best { through } else { *best };
        }
    }
    best
}

/// A sum as a whole number, which it is.
#[expect(clippy::cast_possible_truncation, reason = "a whole number of less than 24 bits")]
fn whole(sum: f32) -> i32 {
    sum as i32
}

/// The labels that may follow one, in order.
fn following(label: usize) -> &'static [usize] {
    const BEGINNING: [usize; 7] = [0, 1, 4, 5, 8, 9, 12];
    const CONTINUING: [[usize; 2]; 3] = [[2, 3], [6, 7], [10, 11]];
    if opens(label) { &CONTINUING[(label - 1) / 4] } else { &BEGINNING }
}

/// A name that the labels tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its tokens, counted from the run's first.
    pub tokens: Range<usize>,
    pub kind: EntityKind,
    /// How much better the labels are than any that differ at one of its tokens, in units of the model.
    pub margin: i32,
}

/// What decoding works on; kept from run to run so that nothing is allocated.
#[derive(Debug)]
pub(super) struct Decoder<'c> {
    chain: &'c Chain,
    forward: Vec<Best>,
    backward: Vec<Best>,
    names: Vec<Found>,
    /// The sum of the best labels.
    best: f32,
}

impl<'c> Decoder<'c> {
    pub fn new(chain: &'c Chain) -> Self {
        Self { chain, forward: Vec::new(), backward: Vec::new(), names: Vec::new(), best: NEVER }
    }

    /// The names of a run whose labels have these sums.
    pub fn decode(&mut self, sums: &[Sums]) -> &[Found] {
        self.names.clear();
        if sums.is_empty() {
            return &self.names;
        }
        self.fill(sums);
        let most = |best: f32, sum: f32| if sum > best { sum } else { best };
        // What each label is worth at best, beside the best labels of all.
        let through = |i: usize, label: usize| self.forward[i][label] + self.backward[i][label];
        let (mut start, mut margin, mut before) = (0, i32::MAX, 0);
        for (i, sum) in sums.iter().enumerate() {
            let onward =
                |label: usize| self.chain.onward[before][label] + f32::from(sum[label]) + self.backward[i][label];
            // Of equally good labels the first that goes with the one before.
            let (mut best, mut most_onward) = (OUTSIDE, NEVER);
            for &label in following(before) {
                let sum = onward(label);
                if sum > most_onward {
                    (best, most_onward) = (label, sum);
                }
            }
            before = best;
            let Some((kind, place)) = kind_and_place(best) else { continue };
            let second = (0..LABELS).filter(|l| *l != best).map(|l| through(i, l)).fold(NEVER, most);
            let own = whole(through(i, best) - second);
            if matches!(place, Place::First | Place::Only) {
                (start, margin) = (i, i32::MAX);
            }
            margin = margin.min(own);
            if matches!(place, Place::Last | Place::Only) {
                self.names.push(Found { tokens: start..i + 1, kind, margin });
            }
        }
        self.best = (0..LABELS).map(|label| through(0, label)).fold(NEVER, most);
        &self.names
    }

    /// The names found last.
    pub fn names(&self) -> &[Found] {
        &self.names
    }

    /// How much worse the best labels are that make some tokens a name of a kind, of the run that was decoded last.
    pub fn lack(&self, sums: &[Sums], tokens: &Range<usize>, kind: EntityKind) -> i32 {
        let Range { start, end } = *tokens;
        let place = |i: usize| Place::of(i == start, i + 1 == end);
        let first = label(kind, place(start));
        let mut sum = self.forward[start][first];
        let mut before = first;
        for (i, own) in sums.iter().enumerate().take(end).skip(start + 1) {
            let next = label(kind, place(i));
            sum += self.chain.onward[before][next] + f32::from(own[next]);
            before = next;
        }
        whole(sum + self.backward[end - 1][before] - self.best)
    }

    /// The best sums of the labels up to each token, and from each token on.
    fn fill(&mut self, sums: &[Sums]) {
        // The run begins and ends as if outside of a name.
        let mut best = self.chain.onward[OUTSIDE];
        self.forward.clear();
        for (i, sum) in sums.iter().enumerate() {
            if i > 0 {
                best = step(&best, &self.chain.onward);
            }
            for (best, sum) in best.iter_mut().zip(sum) {
                *best += f32::from(*sum);
            }
            self.forward.push(best);
        }
        let mut best = self.chain.back[OUTSIDE];
        self.backward.clear();
        self.backward.resize(sums.len(), best);
        for i in (0..sums.len() - 1).rev() {
            for (best, sum) in best.iter_mut().zip(&sums[i + 1]) {
                *best += f32::from(*sum);
            }
            best = step(&best, &self.chain.back);
            self.backward[i] = best;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_is_what_is_allowed() {
        for (from, allowed) in ALLOWED.iter().enumerate() {
            let labels: Vec<usize> = (0..LABELS).filter(|to| allowed[*to]).collect();
            assert_eq!(following(from), labels);
        }
    }

    #[test]
    fn finds_the_best_labels() {
        let person = |place| label(EntityKind::Person, place);
        let mut sums = [Sums::default(); 4];
        sums[1][person(Place::First)] = 30;
        sums[2][person(Place::Last)] = 20;
        sums[2][label(EntityKind::Place, Place::Only)] = 45;
        let chain = Chain::new(&[[0; LABELS]; LABELS]);
        let mut decoder = Decoder::new(&chain);
        let names = decoder.decode(&sums);
        assert_eq!(names, [Found { tokens: 1..3, kind: EntityKind::Person, margin: 5 }]);
        assert_eq!(decoder.lack(&sums, &(2..3), EntityKind::Place), -5);
    }

    /// All labels that three tokens can have, each with their sum.
    fn paths(sums: &[Sums; 3], transitions: &[[i16; LABELS]; LABELS]) -> Vec<([usize; 3], i32)> {
        let mut paths = Vec::new();
        for number in 0..LABELS * LABELS * LABELS {
            let labels = [number / LABELS / LABELS, number / LABELS % LABELS, number % LABELS];
            let pairs = [(OUTSIDE, labels[0]), (labels[0], labels[1]), (labels[1], labels[2]), (labels[2], OUTSIDE)];
            if pairs.iter().all(|(from, to)| ALLOWED[*from][*to]) {
                let onward = pairs.iter().map(|(from, to)| i32::from(transitions[*from][*to])).sum::<i32>();
                let own = (0..3).map(|i| i32::from(sums[i][labels[i]])).sum::<i32>();
                paths.push((labels, onward + own));
            }
        }
        paths
    }

    proptest::proptest! {
        #[test]
        fn margins_are_those_of_all_paths(
            weights in proptest::collection::vec(-3_000_i16..3_000, 3 * LABELS),
            onward in proptest::collection::vec(-300_i16..=300, LABELS * LABELS),
        ) {
            let mut sums = [Sums::default(); 3];
            for (i, own) in weights.chunks(LABELS).enumerate() {
                sums[i][..LABELS].copy_from_slice(own);
            }
            let transitions = std::array::from_fn(|from| std::array::from_fn(|to| onward[from * LABELS + to]));
            let paths = paths(&sums, &transitions);
            let most = |keep: &dyn Fn(&[usize; 3]) -> bool| {
                paths.iter().filter(|(labels, _)| keep(labels)).map(|(_, sum)| *sum).max().unwrap()
            };
            let best = most(&|_| true);
            let chain = Chain::new(&transitions);
            let mut decoder = Decoder::new(&chain);
            for name in decoder.decode(&sums).to_vec() {
                let label_at = |i: usize| label(name.kind, Place::of(i == name.tokens.start, i + 1 == name.tokens.end));
                let own = |i: usize| best - most(&|labels| labels[i] != label_at(i));
                assert_eq!(name.margin, name.tokens.clone().map(own).min().unwrap());
            }
            for (start, end) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
                for kind in EntityKind::ALL {
                    let is_name = |labels: &[usize; 3]| {
                        (start..end).all(|i| labels[i] == label(kind, Place::of(i == start, i + 1 == end)))
                    };
                    assert_eq!(decoder.lack(&sums, &(start..end), kind), most(&is_name) - best);
                }
            }
        }
    }
}
