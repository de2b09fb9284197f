//! Candidates to mentions: what was said of one span adds up, and the best disjoint set is kept.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Candidate;
use crate::mention::{EntityKind, Mention, Source};
use crate::span::Span;

/// What was said of each span and kind. Ordered, so that nothing depends on who spoke first.
pub(super) type Scored = BTreeMap<(Span, EntityKind), Score>;

/// A sum of weights and where it comes from.
#[derive(Debug, Default, Clone)]
pub(super) struct Score {
    pub weight: i32,
    pub sources: Vec<Source>,
}

/// Adds up candidates.
pub(super) fn sum(candidates: Vec<Candidate>) -> Scored {
    let mut scored = Scored::new();
    add(&mut scored, candidates);
    scored
}

/// Adds further candidates.
pub(super) fn add(scored: &mut Scored, candidates: Vec<Candidate>) {
    for candidate in candidates {
        let score = scored.entry((candidate.span, candidate.kind)).or_default();
        score.weight = score.weight.saturating_add(candidate.weight);
        score.sources.push(Source { rule: candidate.rule, weight: candidate.weight });
    }
}

/// A span that is a name of a kind, by a sum of weights.
pub(super) type Chosen = (Span, EntityKind, i32);

/// Of the kinds of each span the one with the highest weight, in the order of the spans; below even odds none.
fn best_kinds(scored: &Scored) -> Vec<Chosen> {
    let mut best: Vec<Chosen> = Vec::new();
    for (&(span, kind), score) in scored {
        match best.last_mut() {
            Some(last) if last.0 == span => {
                if score.weight > last.2 {
                    (last.1, last.2) = (kind, score.weight);
                }
            }
            _ => best.push((span, kind, score.weight)),
        }
    }
    best.retain(|(_, _, weight)| *weight > 0);
    best
}

/// What a sum of weights is worth: rules that speak for the same thing are not independent, so their sum says too much.
/// On the development texts a sum of 8,000 is right four times in five, and more adds little.
fn calibrated(sum: i32) -> i32 {
    sum.clamp(0, 3_000) / 6 + (sum - 3_000).clamp(0, 12_000) / 4
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
pub(super) fn select(text: &str, mut scored: Scored) -> Vec<Mention> {
    let chosen = choose(&scored);
    let mentions = chosen.into_iter().map(|(span, kind, weight)| {
        let mut mention = Mention::new(&text[span], kind).at(span).weighing(calibrated(weight));
        mention.sources = scored.remove(&(span, kind)).map(|score| score.sources).unwrap_or_default();
        mention.sources.sort_by(|a, b| (Reverse(a.weight), &a.rule).cmp(&(Reverse(b.weight), &b.rule)));
        mention
    });
    mentions.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(rows: &[(usize, usize, EntityKind, i32)]) -> Vec<(String, EntityKind)> {
        let text = "Jordan Henderson Post";
        let candidates = rows.iter().map(|&(s, e, kind, w)| Candidate::new(Span::new(s, e), kind, "t", w)).collect();
        select(text, sum(candidates)).into_iter().map(|m| (m.surface, m.kind)).collect()
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
