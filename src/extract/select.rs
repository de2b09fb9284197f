//! Candidates to mentions: what was said of one span adds up, and the best disjoint set is kept.

use std::cmp::Reverse;

use super::Candidate;
use crate::mention::{EntityKind, Mention, Source};
use crate::span::Span;

/// What was said of spans, with the sum for each span and kind. Ordered, so that nothing depends on who spoke first.
#[derive(Debug, Default)]
pub(super) struct Scored {
    /// Ordered by span and kind.
    candidates: Vec<Candidate>,
    sums: Vec<Chosen>,
}

/// A span that is a name of a kind, by a sum of weights.
pub(super) type Chosen = (Span, EntityKind, i32);

impl Scored {
    /// Adds candidates.
    ///
    /// # Cost
    ///
    /// A sort of all, which is quick as most are in order.
    pub fn add(&mut self, further: Vec<Candidate>) {
        if further.is_empty() {
            return;
        }
        self.candidates.extend(further);
        let key = |c: &Candidate| (c.span, c.kind);
        self.candidates.sort_by_key(key);
        self.sums.clear();
        for group in self.candidates.chunk_by(|a, b| key(a) == key(b)) {
            let (span, kind) = key(&group[0]);
            let sum = group.iter().fold(0_i32, |sum, candidate| sum.saturating_add(candidate.weight));
            self.sums.push((span, kind, sum));
        }
    }

    /// All spans and kinds of which something was said, in order, each with its sum.
    pub fn sums(&self) -> &[Chosen] {
        &self.sums
    }

    /// Who spoke for a span and kind, the weightiest first.
    fn sources(&self, span: Span, kind: EntityKind) -> Vec<Source> {
        let first = self.candidates.partition_point(|c| (c.span, c.kind) < (span, kind));
        let own = self.candidates[first..].iter().take_while(|c| (c.span, c.kind) == (span, kind));
        let mut sources: Vec<Source> = own.map(|c| Source { rule: c.rule.clone(), weight: c.weight }).collect();
        sources.sort_by(|a, b| (Reverse(a.weight), &a.rule).cmp(&(Reverse(b.weight), &b.rule)));
        sources
    }
}

/// Of the kinds of each span the one with the highest weight, in the order of the spans; below even odds none.
fn best_kinds(scored: &Scored) -> Vec<Chosen> {
    let mut best: Vec<Chosen> = Vec::new();
    for &(span, kind, weight) in &scored.sums {
        match best.last_mut() {
            Some(last) if last.0 == span => {
                if weight > last.2 {
                    (last.1, last.2) = (kind, weight);
                }
            }
            _ => best.push((span, kind, weight)),
        }
    }
    best.retain(|(_, _, weight)| *weight > 0);
    best
}

/// What sums of weights are worth: recognizers that speak for the same thing are not independent, so that their sum says
/// too much. Each sum with the evidence that it is on the development texts, in 1/1000 log2 odds.
const WORTH: [(i32, i32); 4] = [(0, 0), (4_000, 200), (16_000, 2_900), (28_000, 4_400)];

/// The evidence that a sum of weights is: between the sums of [`WORTH`] in proportion, beyond the last no more.
fn calibrated(sum: i32) -> i32 {
    let between = WORTH.windows(2).find(|pair| sum < pair[1].0);
    between.map_or(WORTH[WORTH.len() - 1].1, |pair| {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        low + (high - low) * (sum.max(from) - from) / (to - from)
    })
}

/// The disjoint set of spans with the highest sum of weights; of equal sums the one with the longer spans first.
///
/// # Cost
///
/// `n log n` in the number of spans (weighted interval scheduling).
pub(super) fn choose(scored: &Scored) -> Vec<Chosen> {
    let mut spans = best_kinds(scored);
    spans.sort_by_key(|(span, kind, _)| (span.end, Reverse(span.start), *kind));
    let ends: Vec<usize> = spans.iter().map(|(span, _, _)| span.end).collect();
    // best[k]: the highest sum of the first k spans; taken[k]: whether span k is in it.
    let mut best: Vec<i64> = Vec::with_capacity(spans.len() + 1);
    best.push(0);
    let mut taken: Vec<(bool, usize)> = Vec::with_capacity(spans.len());
    for (k, (span, _, weight)) in spans.iter().enumerate() {
        let before = ends[..k].partition_point(|&end| end <= span.start);
        let with = best[before] + i64::from(*weight);
        let take = with >= best[k];
        taken.push((take, before));
        best.push(if take { with } else { best[k] });
    }
    let mut kept = Vec::new();
    let mut k = spans.len();
    while k > 0 {
        let (take, before) = taken[k - 1];
        if take {
            kept.push(spans[k - 1]);
            k = before;
        } else {
            k -= 1;
        }
    }
    kept.reverse();
    kept
}

/// The mentions of the spans that are chosen.
pub(super) fn select(text: &str, scored: &Scored) -> Vec<Mention> {
    let mention = |(span, kind, weight): Chosen| {
        let mut mention = Mention::new(&text[span], kind).at(span).weighing(calibrated(weight));
        mention.sources = scored.sources(span, kind);
        mention
    };
    choose(scored).into_iter().map(mention).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(rows: &[(usize, usize, EntityKind, i32)]) -> Vec<(String, EntityKind)> {
        let text = "Jordan Henderson Post";
        let candidates = rows.iter().map(|&(s, e, kind, w)| Candidate::new(Span::new(s, e), kind, "t", w)).collect();
        let mut scored = Scored::default();
        scored.add(candidates);
        select(text, &scored).into_iter().map(|m| (m.surface, m.kind)).collect()
    }

    #[test]
    fn keeps_the_best_disjoint_set() {
        use EntityKind::{Organization, Person, Place};
        let henderson = ("Jordan Henderson".to_owned(), Person);
        assert_eq!(names(&[(0, 6, Place, 4), (0, 16, Person, 5)]), std::slice::from_ref(&henderson));
        assert_eq!(names(&[(0, 6, Place, 4), (7, 16, Person, 2), (0, 16, Person, 5)]).len(), 2);
        assert_eq!(names(&[(0, 6, Place, 9), (0, 16, Person, 5)]), [("Jordan".to_owned(), Place)]);
        assert_eq!(
            names(&[(0, 16, Person, 5), (0, 16, Place, 3), (0, 16, Person, 1)]),
            std::slice::from_ref(&henderson)
        );
        assert_eq!(
            names(&[(0, 16, Person, 5), (7, 21, Organization, 5)]),
            [("Henderson Post".to_owned(), Organization)]
        );
        assert_eq!(names(&[(0, 16, Person, -1)]), []);
    }
}
