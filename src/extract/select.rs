//! Candidates to mentions: what was said of one span adds up, and the best disjoint set is kept.

use std::cmp::Reverse;

use super::Candidate;
use crate::mention::{EntityKind, Mention, Source};
use crate::span::Span;

/// What was said of spans, with the sum for each span and kind. Ordered, so that nothing depends on who spoke first.
#[derive(Debug, Default)]
pub(super) struct Scored {
    /// What each recognizer put forward, ordered by span.
    batches: Vec<Vec<Candidate>>,
    sums: Vec<Said>,
}

/// Candidates in more pieces than so many are sorted.
const MOST_PIECES: usize = 4;

/// What was said of a span: for each kind of which something was said the sum, in the order of [`EntityKind::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub span: Span,
    of: [Option<i32>; 3],
}

impl Said {
    /// The kinds of which something was said, in order, each with its sum.
    pub fn kinds(&self) -> impl Iterator<Item = (EntityKind, i32)> + Clone + use<> {
        EntityKind::ALL.into_iter().zip(self.of).filter_map(|(kind, sum)| Some((kind, sum?)))
    }

    /// The first kind with the highest sum, that sum, and the highest of the other kinds; below even odds none.
    pub fn best(&self) -> Option<(EntityKind, i32, i32)> {
        let (mut kind, mut best, mut second) = (None, 0, 0);
        for (own, sum) in EntityKind::ALL.into_iter().zip(self.of) {
            let sum = sum.unwrap_or(0);
            if sum > best {
                (kind, best, second) = (Some(own), sum, best);
            } else if sum > second {
                second = sum;
            }
        }
        kind.map(|kind| (kind, best, second))
    }
}

/// A span that is a name of a kind, by a sum of weights.
pub(super) type Chosen = (Span, EntityKind, i32);

impl Scored {
    /// Adds candidates, best those of one recognizer.
    ///
    /// # Cost
    ///
    /// One walk beside what was said before: recognizers go through the text in order, so that there is nothing to sort.
    pub fn add(&mut self, mut further: Vec<Candidate>) {
        // A recognizer that goes through the text a few times puts forward as many pieces that are in order.
        for _ in 1..MOST_PIECES {
            let end = further.windows(2).position(|pair| pair[0].span > pair[1].span);
            let Some(end) = end else { return self.add_ordered(further) };
            let rest = further.split_off(end + 1);
            self.add_ordered(std::mem::replace(&mut further, rest));
        }
        further.sort_by_key(|c| c.span);
        self.add_ordered(further);
    }

    /// Adds candidates that are in order.
    fn add_ordered(&mut self, further: Vec<Candidate>) {
        if further.is_empty() {
            return;
        }
        // Spans of which something was said before get more, the others are put between them afterwards.
        let mut fresh: Vec<Said> = Vec::with_capacity(if self.sums.is_empty() { further.len() / 2 } else { 0 });
        let mut at = 0;
        for group in further.chunk_by(|a, b| a.span == b.span) {
            let span = group[0].span;
            at += self.sums[at..].iter().take_while(|said| said.span < span).count();
            let known = self.sums.get_mut(at).filter(|said| said.span == span);
            let mut own = known.as_deref().copied().unwrap_or(Said { span, of: [None; 3] });
            for candidate in group {
                let sum = own.of[candidate.kind as usize].get_or_insert(0);
                *sum = sum.saturating_add(candidate.weight);
            }
            match known {
                Some(known) => *known = own,
                None => fresh.push(own),
            }
        }
        self.put_between(fresh);
        self.batches.push(further);
    }

    /// Puts sums of further spans, which are in order, in their places, from the last one on.
    fn put_between(&mut self, mut fresh: Vec<Said>) {
        if self.sums.is_empty() {
            self.sums = fresh;
            return;
        }
        let mut from = self.sums.len();
        let mut to = from + fresh.len();
        self.sums.extend_from_slice(&fresh);
        while let Some(last) = fresh.last() {
            to -= 1;
            if from > 0 && self.sums[from - 1].span > last.span {
                from -= 1;
                self.sums[to] = self.sums[from];
            } else {
                self.sums[to] = *last;
                fresh.pop();
            }
        }
    }

    /// All spans of which something was said, in order.
    pub fn sums(&self) -> &[Said] {
        &self.sums
    }
}

/// Who spoke for spans that are asked for in order.
struct Speakers<'s> {
    /// What is left of each batch.
    rest: Vec<&'s [Candidate]>,
    /// Who spoke for the span that was asked for last.
    own: Vec<&'s Candidate>,
}

impl<'s> Speakers<'s> {
    fn new(scored: &'s Scored) -> Self {
        Self { rest: scored.batches.iter().map(Vec::as_slice).collect(), own: Vec::new() }
    }

    /// Who spoke for a span and kind, the weightiest first. No span before it is asked for again.
    fn sources(&mut self, span: Span, kind: EntityKind) -> Vec<Source> {
        self.own.clear();
        for rest in &mut self.rest {
            let first = rest.iter().position(|c| c.span >= span).unwrap_or(rest.len());
            *rest = &rest[first..];
            self.own.extend(rest.iter().take_while(|c| c.span == span).filter(|c| c.kind == kind));
        }
        self.own.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.rule.cmp(&b.rule)));
        self.own.iter().map(|c| Source { rule: c.rule.clone(), weight: c.weight }).collect()
    }
}

/// Of the kinds of each span the first with the highest weight, in the order of the spans; below even odds none.
fn best_kinds(scored: &Scored) -> Vec<Chosen> {
    let best = |said: &Said| said.best().map(|(kind, weight, _)| (said.span, kind, weight));
    let mut spans = Vec::with_capacity(scored.sums.len());
    spans.extend(scored.sums.iter().filter_map(best));
    spans
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

/// So many spans are looked at one by one.
const NEAR: usize = 8;

/// The disjoint set of spans with the highest sum of weights; of equal sums the one with the longer spans first.
///
/// # Cost
///
/// `n log n` in the number of spans (weighted interval scheduling).
pub(super) fn choose(scored: &Scored) -> Vec<Chosen> {
    let mut spans = best_kinds(scored);
    // By their ends, longer ones first; no span is there twice. Only spans that overlap have to be moved.
    let (mut first, mut reach) = (0, 0);
    for i in 0..=spans.len() {
        let next = spans.get(i).map(|(span, _, _)| *span);
        if next.is_none_or(|next| next.start >= reach) {
            spans[first..i].sort_by_key(|(span, _, _)| (span.end, Reverse(span.start)));
            first = i;
        }
        reach = reach.max(next.map_or(0, |next| next.end));
    }
    let ends: Vec<usize> = spans.iter().map(|(span, _, _)| span.end).collect();
    // best[k]: the highest sum of the first k spans; taken[k]: whether span k is in it.
    let mut best: Vec<i64> = Vec::with_capacity(spans.len() + 1);
    best.push(0);
    let mut taken: Vec<(bool, usize)> = Vec::with_capacity(spans.len());
    for (k, (span, _, weight)) in spans.iter().enumerate() {
        // Few spans overlap, so that the last one before this is mostly near.
        let near = ends[..k].iter().rev().take(NEAR).take_while(|&&end| end > span.start).count();
        let before = if near < NEAR { k - near } else { ends[..k - near].partition_point(|&end| end <= span.start) };
        let with = best[before] + i64::from(*weight);
        let take = with >= best[k];
        taken.push((take, before));
        best.push(if take { with } else { best[k] });
    }
    let mut kept = Vec::with_capacity(spans.len());
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
    let mut speakers = Speakers::new(scored);
    let mention = |(span, kind, weight): Chosen| {
        let mut mention = Mention::new(&text[span], kind).at(span).weighing(calibrated(weight));
        mention.sources = speakers.sources(span, kind);
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

    #[test]
    fn what_several_say_adds_up_in_any_order() {
        use EntityKind::{Organization, Person};
        let (short, long) = (Span::new(0, 6), Span::new(0, 16));
        let late = Span::new(17, 21);
        let mut rows =
            [(late, Person, "c", 1), (long, Organization, "b", -2), (long, Person, "b", 4), (short, Person, "a", 3)];
        let further = [(long, Person, "a", 4), (late, Person, "d", 5), (long, Person, "z", 7)];
        for _ in 0..rows.len() {
            rows.rotate_left(1);
            let mut scored = Scored::default();
            for batch in [&rows[..], &further[..]] {
                scored.add(batch.iter().map(|&(span, kind, rule, w)| Candidate::new(span, kind, rule, w)).collect());
            }
            let sums: Vec<(Span, Vec<(EntityKind, i32)>)> =
                scored.sums().iter().map(|said| (said.span, said.kinds().collect())).collect();
            let expected =
                [(short, vec![(Person, 3)]), (long, vec![(Person, 15), (Organization, -2)]), (late, vec![(Person, 6)])];
            assert_eq!(sums, expected);
            let mut speakers = Speakers::new(&scored);
            let mut rules = |span, kind| speakers.sources(span, kind).into_iter().map(|s| s.rule).collect::<Vec<_>>();
            assert_eq!(rules(long, Person), ["z", "a", "b"]);
            assert_eq!(rules(long, Organization), ["b"]);
            assert_eq!(rules(late, Person), ["d", "c"]);
        }
    }
}
