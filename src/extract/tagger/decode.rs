//! The best labels of a run of tokens, and how much better they are than others (Viterbi).

use std::cmp::Reverse;

use super::labels::{ALLOWED, LABELS, Place, continues, kind_and_place, opens};
use super::model::Sums;
use crate::mention::EntityKind;

/// Worse than any path, and far from overflow.
const NEVER: i32 = i32::MIN / 4;

/// A name that the labels tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The first token and the one after the last, in the run.
    pub start: usize,
    pub end: usize,
    pub kind: EntityKind,
    /// How much better the labels are than any that differ at one of its tokens, in units of the model.
    pub margin: i32,
}

/// What decoding works on; kept from run to run so that nothing is allocated.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    forward: Vec<[i32; LABELS]>,
    backward: Vec<[i32; LABELS]>,
}

impl Decoder {
    /// The names of a run whose labels have these sums.
    pub fn decode(&mut self, sums: &[Sums], transitions: &[[i16; LABELS]; LABELS], mut found: impl FnMut(Found)) {
        if sums.is_empty() {
            return;
        }
        self.fill(sums, transitions);
        // What each label is worth at best, beside the best labels of all.
        let through = |i: usize, label: usize| self.forward[i][label].saturating_add(self.backward[i][label]);
        let (mut start, mut margin, mut before) = (0, i32::MAX, 0);
        for i in 0..sums.len() {
            // Of equally good labels the first that goes with the one before.
            let may_follow = |label: usize| ALLOWED[before][label];
            let onward = |label: usize| {
                i32::from(transitions[before][label]) + i32::from(sums[i][label]) + self.backward[i][label]
            };
            let best = (0..LABELS).filter(|l| may_follow(*l)).min_by_key(|l| (Reverse(onward(*l)), *l)).unwrap_or(0);
            before = best;
            let Some((kind, place)) = kind_and_place(best) else { continue };
            let second = (0..LABELS).filter(|l| *l != best).map(|l| through(i, l)).max().unwrap_or(NEVER);
            let own = through(i, best) - second;
            if matches!(place, Place::First | Place::Only) {
                (start, margin) = (i, i32::MAX);
            }
            margin = margin.min(own);
            if matches!(place, Place::Last | Place::Only) {
                found(Found { start, end: i + 1, kind, margin });
            }
        }
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
        for i in 1..count {
            for to in 0..LABELS {
                let before = (0..LABELS).filter(|from| ALLOWED[*from][to]);
                let best = before.map(|from| self.forward[i - 1][from] + i32::from(transitions[from][to])).max();
                self.forward[i][to] = best.unwrap_or(NEVER).max(NEVER) + i32::from(sums[i][to]);
            }
        }
        for label in (0..LABELS).filter(|l| !opens(*l)) {
            self.backward[count - 1][label] = i32::from(transitions[label][0]);
        }
        for i in (0..count - 1).rev() {
            for from in 0..LABELS {
                let after = (0..LABELS).filter(|to| ALLOWED[from][*to]);
                let best = after.map(|to| {
                    self.backward[i + 1][to] + i32::from(transitions[from][to]) + i32::from(sums[i + 1][to])
                });
                self.backward[i][from] = best.max().unwrap_or(NEVER).max(NEVER);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::labels::label;
    use super::*;

    #[test]
    fn finds_the_best_labels() {
        let person = |place| label(EntityKind::Person, place);
        let mut sums = [Sums::default(); 4];
        sums[1][person(Place::First)] = 30;
        sums[2][person(Place::Last)] = 20;
        sums[2][label(EntityKind::Place, Place::Only)] = 45;
        let mut names = Vec::new();
        let mut decoder = Decoder::default();
        decoder.decode(&sums, &[[0; LABELS]; LABELS], |found| names.push(found));
        assert_eq!(names, [Found { start: 1, end: 3, kind: EntityKind::Person, margin: 5 }]);
    }
}
