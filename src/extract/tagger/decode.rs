//! The best labels of a run of tokens, and how much better they are than others (Viterbi).

use std::ops::Range;

use super::labels::{ALLOWED, LABELS, OUTSIDE, Place, continues, kind_and_place, label, opens};
use super::model::Sums;
use crate::mention::EntityKind;

/// Worse than any path, and far from overflow.
const NEVER: i32 = i32::MIN / 4;

/// How many pairs of labels may follow each other: those that end no name go with the two of their kind, the others with
/// all that begin none in the middle.
const PAIRS: usize = 7 * 7 + 6 * 2;

/// The pairs of labels of which the second may follow the first.
const FOLLOWING: [(usize, usize); PAIRS] = {
    let mut pairs = [(0, 0); PAIRS];
    let (mut count, mut from) = (0, 0);
    while from < LABELS {
        let mut to = 0;
        while to < LABELS {
            if ALLOWED[from][to] {
                pairs[count] = (from, to);
                count += 1;
            }
            to += 1;
        }
        from += 1;
    }
    pairs
};

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
#[derive(Debug, Default)]
pub(super) struct Decoder {
    forward: Vec<[i32; LABELS]>,
    backward: Vec<[i32; LABELS]>,
    names: Vec<Found>,
    /// The sum of the best labels.
    best: i32,
}

impl Decoder {
    /// The names of a run whose labels have these sums.
    pub fn decode(&mut self, sums: &[Sums], transitions: &[[i16; LABELS]; LABELS]) -> &[Found] {
        self.names.clear();
        if sums.is_empty() {
            return &self.names;
        }
        self.fill(sums, transitions);
        // What each label is worth at best, beside the best labels of all.
        let through = |i: usize, label: usize| self.forward[i][label].saturating_add(self.backward[i][label]);
        let (mut start, mut margin, mut before) = (0, i32::MAX, 0);
        for (i, sum) in sums.iter().enumerate() {
            let onward =
                |label: usize| i32::from(transitions[before][label]) + i32::from(sum[label]) + self.backward[i][label];
            // Of equally good labels the first that goes with the one before.
            let (mut best, mut most) = (OUTSIDE, i32::MIN);
            for &label in following(before) {
                let sum = onward(label);
                if sum > most {
                    (best, most) = (label, sum);
                }
            }
            before = best;
            let Some((kind, place)) = kind_and_place(best) else { continue };
            let second = (0..LABELS).filter(|l| *l != best).map(|l| through(i, l)).max().unwrap_or(NEVER);
            let own = through(i, best) - second;
            if matches!(place, Place::First | Place::Only) {
                (start, margin) = (i, i32::MAX);
            }
            margin = margin.min(own);
            if matches!(place, Place::Last | Place::Only) {
                self.names.push(Found { tokens: start..i + 1, kind, margin });
            }
        }
        self.best = (0..LABELS).map(|label| through(0, label)).max().unwrap_or(NEVER);
        &self.names
    }

    /// The names found last.
    pub fn names(&self) -> &[Found] {
        &self.names
    }

    /// How much worse the best labels are that make some tokens a name of a kind, of the run that was decoded last.
    pub fn lack(
        &self,
        sums: &[Sums],
        transitions: &[[i16; LABELS]; LABELS],
        tokens: &Range<usize>,
        kind: EntityKind,
    ) -> i32 {
        let Range { start, end } = *tokens;
        let place = |i: usize| Place::of(i == start, i + 1 == end);
        let first = label(kind, place(start));
        let mut sum = self.forward[start][first];
        let mut before = first;
        for (i, own) in sums.iter().enumerate().take(end).skip(start + 1) {
            let next = label(kind, place(i));
            sum += i32::from(transitions[before][next]) + i32::from(own[next]);
            before = next;
        }
        sum.saturating_add(self.backward[end - 1][before]) - self.best
    }

    /// The best sums of the labels up to each token, and from each token on.
    fn fill(&mut self, sums: &[Sums], transitions: &[[i16; LABELS]; LABELS]) {
        let count = sums.len();
        self.forward.clear();
        self.forward.resize(count, [NEVER; LABELS]);
        self.backward.clear();
        self.backward.resize(count, [NEVER; LABELS]);
        for label in (0..LABELS).filter(|l| !continues(*l)) {
            self.forward[0][label] = i32::from(sums[0][label]) + i32::from(transitions[0][label]);
        }
        for (i, sum) in sums.iter().enumerate().skip(1) {
            let before = self.forward[i - 1];
            let now = &mut self.forward[i];
            for (from, to) in FOLLOWING {
                now[to] = now[to].max(before[from] + i32::from(transitions[from][to]));
            }
            for (now, sum) in now.iter_mut().zip(sum) {
                *now = now.saturating_add(i32::from(*sum));
            }
        }
        for label in (0..LABELS).filter(|l| !opens(*l)) {
            self.backward[count - 1][label] = i32::from(transitions[label][0]);
        }
        for i in (0..count - 1).rev() {
            let after: [i32; LABELS] = std::array::from_fn(|to| self.backward[i + 1][to] + i32::from(sums[i + 1][to]));
            let now = &mut self.backward[i];
            for (from, to) in FOLLOWING {
                now[from] = now[from].max(after[to] + i32::from(transitions[from][to]));
            }
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
        let mut decoder = Decoder::default();
        let transitions = [[0; LABELS]; LABELS];
        let names = decoder.decode(&sums, &transitions);
        assert_eq!(names, [Found { tokens: 1..3, kind: EntityKind::Person, margin: 5 }]);
        assert_eq!(decoder.lack(&sums, &transitions, &(2..3), EntityKind::Place), -5);
    }
}
