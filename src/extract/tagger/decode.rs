//! The best labels of a run of tokens, and how much better they are than others (Viterbi).

use std::ops::Range;

use super::labels::{ALLOWED, CLOSED, FIRST, INNER, LABELS, LANES, LAST, OUTSIDE, Place, kind_and_place, label, opens};
use super::model::Sums;
use crate::mention::EntityKind;

/// Sums of weights, each in its label's lane, and three that stay [`NEVER`]. As floating point numbers they are added and
/// compared side by side on any processor, and exact: a run has at most 400 tokens, each with a sum of at most 2^15 and a
/// transition of at most 300, which is less than 2^24.
type Best = [f32; 16];

/// The sums of one group of lanes.
type Group = [f32; 4];

/// Worse than any path.
const NEVER: f32 = f32::NEG_INFINITY;

/// The labels between names and those that end one, by their lanes; what may follow one of them may follow all.
const ENDS: [usize; 7] = [0, 1, 2, 3, LAST, LAST + 1, LAST + 2];
/// The labels between names and those that begin one, which may follow those.
const BEGINNINGS: [usize; 7] = [0, 1, 2, 3, FIRST, FIRST + 1, FIRST + 2];

/// The weights of a label after another; of those that may not follow each other [`NEVER`].
#[derive(Debug)]
pub(super) struct Chain {
    /// For each label those of the labels after it.
    after: [[f32; LABELS]; LABELS],
    /// For each of [`ENDS`] those of the labels [`BEGINNINGS`] after it: two groups.
    onward: [[Group; 2]; 7],
    /// For each of [`BEGINNINGS`] those of the labels [`ENDS`] before it.
    back: [[Group; 2]; 7],
    /// Inside of a name, for each kind: inner and last labels after a first one, and after an inner one.
    inside: [[Group; 2]; 2],
    /// Those after the start of a run and before its end, which are as if outside of a name.
    start: Best,
    end: Best,
}

impl Chain {
    pub fn new(transitions: &[[i16; LABELS]; LABELS]) -> Self {
        let mut after = [[NEVER; LABELS]; LABELS];
        // By lanes.
        let mut weights = [[NEVER; 16]; 16];
        for from in 0..LABELS {
            for to in (0..LABELS).filter(|to| ALLOWED[from][*to]) {
                let weight = f32::from(transitions[from][to]);
                (after[from][to], weights[LANES[from]][LANES[to]]) = (weight, weight);
            }
        }
        let group = |weight: &dyn Fn(usize) -> f32| [weight(0), weight(1), weight(2), weight(3)];
        let onward = ENDS.map(|from| [CLOSED, FIRST].map(|to| group(&|k| weights[from][to + k])));
        let back = BEGINNINGS.map(|to| [CLOSED, LAST].map(|from| group(&|k| weights[from + k][to])));
        let inside = [FIRST, INNER].map(|from| [INNER, LAST].map(|to| group(&|k| weights[from + k][to + k])));
        let end = weights.map(|onward| onward[LANES[OUTSIDE]]);
        Self { after, onward, back, inside, start: weights[LANES[OUTSIDE]], end }
    }

    /// The best that comes of some sums for the labels after theirs.
    fn onward(&self, sums: &Best) -> Best {
        let [mut closed, mut first] = [[NEVER; 4]; 2];
        for (from, [to_closed, to_first]) in ENDS.into_iter().zip(&self.onward) {
            raise(&mut closed, [sums[from]; 4], to_closed);
            raise(&mut first, [sums[from]; 4], to_first);
        }
        let [mut inner, mut last] = [[NEVER; 4]; 2];
        for (from, [to_inner, to_last]) in [FIRST, INNER].into_iter().zip(&self.inside) {
            raise(&mut inner, group(sums, from), to_inner);
            raise(&mut last, group(sums, from), to_last);
        }
        joined([closed, first, inner, last])
    }

    /// The best that comes of some sums for the labels before theirs.
    fn back(&self, sums: &Best) -> Best {
        let [mut closed, mut last] = [[NEVER; 4]; 2];
        for (to, [of_closed, of_last]) in BEGINNINGS.into_iter().zip(&self.back) {
            raise(&mut closed, [sums[to]; 4], of_closed);
            raise(&mut last, [sums[to]; 4], of_last);
        }
        let [first, inner] = [0, 1].map(|from: usize| {
            let [to_inner, to_last] = &self.inside[from];
            let mut best = [NEVER; 4];
            raise(&mut best, group(sums, INNER), to_inner);
            raise(&mut best, group(sums, LAST), to_last);
            best
        });
        joined([closed, first, inner, last])
    }
}

/// Makes each of some sums what comes of another one by its weight, if that is better.
fn raise(best: &mut Group, sums: Group, weights: &Group) {
    for ((best, sum), weight) in best.iter_mut().zip(sums).zip(weights) {
        let through = sum + weight;
        *best = if through > *best { through } else { *best };
    }
}

/// The sums of the group that begins at a lane.
fn group(sums: &Best, first: usize) -> Group {
    [sums[first], sums[first + 1], sums[first + 2], sums[first + 3]]
}

fn joined(groups: [Group; 4]) -> Best {
    let mut sums = [NEVER; 16];
    for (sums, group) in sums.chunks_exact_mut(4).zip(&groups) {
        sums.copy_from_slice(group);
    }
    sums
}

/// The highest of some sums.
fn most(sums: &Best) -> f32 {
    let mut best = [NEVER; 4];
    for first in [CLOSED, FIRST, INNER, LAST] {
        raise(&mut best, group(sums, first), &[0.0; 4]);
    }
    best.into_iter().fold(NEVER, |most, sum| if sum > most { sum } else { most })
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
        let room = || Vec::with_capacity(super::USUAL_RUN);
        Self { chain, forward: room(), backward: room(), names: Vec::with_capacity(super::USUAL_RUN), best: NEVER }
    }

    /// The names of a run whose labels have these sums.
    pub fn decode(&mut self, sums: &[Sums]) -> &[Found] {
        self.names.clear();
        if sums.is_empty() {
            return &self.names;
        }
        self.fill(sums);
        // What each label is worth at best, beside the best labels of all.
        let through = |i: usize| {
            let mut through = self.forward[i];
            for (sum, onward) in through.iter_mut().zip(&self.backward[i]) {
                *sum += onward;
            }
            through
        };
        let (mut start, mut margin, mut before) = (0, i32::MAX, 0);
        for (i, sum) in sums.iter().enumerate() {
            let (after, backward) = (&self.chain.after[before], &self.backward[i]);
            let onward = |label: usize| {
                let lane = LANES[label];
                after[label] + f32::from(sum[lane]) + backward[lane]
            };
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
            let mut others = through(i);
            let best_sum = std::mem::replace(&mut others[LANES[best]], NEVER);
            let own = whole(best_sum - most(&others));
            if matches!(place, Place::First | Place::Only) {
                (start, margin) = (i, i32::MAX);
            }
            margin = margin.min(own);
            if matches!(place, Place::Last | Place::Only) {
                self.names.push(Found { tokens: start..i + 1, kind, margin });
            }
        }
        self.best = most(&through(0));
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
        let mut sum = self.forward[start][LANES[first]];
        let mut before = first;
        for (i, own) in sums.iter().enumerate().take(end).skip(start + 1) {
            let next = label(kind, place(i));
            sum += self.chain.after[before][next] + f32::from(own[LANES[next]]);
            before = next;
        }
        whole(sum + self.backward[end - 1][LANES[before]] - self.best)
    }

    /// The best sums of the labels up to each token, and from each token on.
    fn fill(&mut self, sums: &[Sums]) {
        // The run begins and ends as if outside of a name.
        let mut best = self.chain.start;
        self.forward.clear();
        for (i, sum) in sums.iter().enumerate() {
            if i > 0 {
                best = self.chain.onward(&best);
            }
            for (best, sum) in best.iter_mut().zip(sum) {
                *best += f32::from(*sum);
            }
            self.forward.push(best);
        }
        let mut best = self.chain.end;
        self.backward.clear();
        self.backward.resize(sums.len(), best);
        for i in (0..sums.len() - 1).rev() {
            for (best, sum) in best.iter_mut().zip(&sums[i + 1]) {
                *best += f32::from(*sum);
            }
            best = self.chain.back(&best);
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
        sums[1][LANES[person(Place::First)]] = 30;
        sums[2][LANES[person(Place::Last)]] = 20;
        sums[2][LANES[label(EntityKind::Place, Place::Only)]] = 45;
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
                let own = (0..3).map(|i| i32::from(sums[i][LANES[labels[i]]])).sum::<i32>();
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
                for (lane, weight) in LANES.into_iter().zip(own) {
                    sums[i][lane] = *weight;
                }
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
