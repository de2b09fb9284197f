//! Names of places and organizations: words that pair in any order.

use super::evidence_of::Sink;
use super::pair::{Comparer, Found, is_same};
use super::prepared::{MOST_WORDS, Reading, Ready};
use super::weights::Weights;

/// What it says more that the words which each side has alone are known for what they are, Kenya and Uganda, in 1/1000.
/// Set by hand and not learned: half as much again parts two courts that share their other words, and costs the
/// measured sets of organizations one or two thousandths of F1.
const KNOWN_CONFLICT: i32 = 1_500;

/// What words that nothing pairs say.
pub(super) struct Alone<'w> {
    pub weights: &'w Weights,
    /// One word, on one side only.
    pub absent: fn(&Ready, &Weights) -> i32,
    /// A word on each side, and per rarity of the commoner side.
    pub conflict: i32,
    pub conflict_scale: i32,
    /// No word at all.
    pub complete: i32,
    /// Words written together.
    pub joined: i32,
    /// What words would say that surely differ; spellings that say less than nothing are not paired.
    pub different: i32,
    /// The most that paired words count.
    pub most: i32,
}

impl Alone<'_> {
    /// What it says that a word is on one side only.
    pub fn absent(&self, part: &Ready) -> i32 {
        (self.absent)(part, self.weights)
    }
}

/// One way to pair words: how many of each side from where.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    found: Found,
    left: (usize, usize),
    right: (usize, usize),
}

/// The most that words can say which each side has alone, whichever these are.
pub(super) fn most_conflict(a: &Reading, b: &Reading, alone: &Alone<'_>) -> i64 {
    let known = i64::from(alone.conflict) * i64::from(KNOWN_CONFLICT) / 1_000;
    let rarities = |name: &Reading| {
        name.parts.iter().fold((0, 0), |(least, most): (i64, i64), part| {
            let rarity = i64::from(part.rarity);
            (least + rarity.min(0), most + rarity.max(0))
        })
    };
    let (a, b) = (rarities(a), rarities(b));
    let scaled = |rarity: i64| -(i64::from(alone.conflict_scale) * rarity / 1_000);
    known.max(i64::from(alone.conflict)) + scaled(a.0.min(b.0)).max(scaled(a.1.min(b.1)))
}

pub(super) fn words(a: &Reading, b: &Reading, c: &Comparer<'_>, alone: &Alone<'_>, sink: &mut impl Sink) {
    let (n, m) = (a.parts.len(), b.parts.len());
    let (mut left, mut right) = ([false; MOST_WORDS], [false; MOST_WORDS]);
    let mut agreed = 0_i32;
    // Equal words first: most words of most pairs are, and what is left is compared letter by letter.
    for (i, x) in a.parts.iter().enumerate() {
        let equal = |j: &usize| !right[*j] && is_same(x, &b.parts[*j]);
        if let Some(j) = (0..m).find(equal)
            && let Some(found) = c.alike(x, &b.parts[j], alone.different)
        {
            (left[i], right[j]) = (true, true);
            agreed += found.weight.max(0);
            sink.add(found.feature, &x.text, &b.parts[j].text, found.weight);
        }
    }
    let mut candidates: Vec<Candidate> = Vec::new();
    for (i, x) in a.parts.iter().enumerate().filter(|(i, _)| !left[*i]) {
        for (j, y) in b.parts.iter().enumerate().filter(|(j, _)| !right[*j]) {
            let mut add = |found: Option<Found>, left, right| {
                candidates.extend(found.filter(|f| f.weight > 0 || c.lone.is_some()).map(|found| Candidate {
                    found,
                    left,
                    right,
                }));
            };
            add(c.alike(x, y, alone.different), (i, 1), (j, 1));
            let together = |whole: &Ready, part: &Ready| {
                let (long, short) = (whole.text.len(), part.text.len());
                let found = c.alike(whole, part, alone.different).filter(|_| long.abs_diff(short) <= 2 + short / 4)?;
                Some(Found { feature: "written together", weight: found.weight + alone.joined })
            };
            if let Some(whole) = a.joined[i].as_ref().filter(|_| !left[i + 1]) {
                add(together(whole, y), (i, 2), (j, 1));
            }
            if let Some(whole) = b.joined[j].as_ref().filter(|_| !right[j + 1]) {
                add(together(whole, x), (i, 1), (j, 2));
            }
        }
    }
    // What says most first; of equals what stands at the same place.
    candidates.sort_by_key(|p| (-p.found.weight, p.left.0.abs_diff(p.right.0), p.left.0 + p.right.0, p.left.0));
    for candidate in candidates {
        let ((i, k), (j, l)) = (candidate.left, candidate.right);
        if left[i..i + k].iter().chain(&right[j..j + l]).any(|taken| *taken) {
            continue;
        }
        left[i..i + k].fill(true);
        right[j..j + l].fill(true);
        agreed += candidate.found.weight;
        if sink.wants_reasons() {
            let text = |parts: &[Ready]| parts.iter().map(|p| p.text.as_ref()).collect::<Vec<_>>().join(" ");
            let (x, y) = (text(&a.parts[i..i + k]), text(&b.parts[j..j + l]));
            sink.add(candidate.found.feature, &x, &y, candidate.found.weight);
        } else {
            sink.add(candidate.found.feature, "", "", candidate.found.weight);
        }
    }
    // Of one word each, how alike they are is all there is.
    if agreed > alone.most && n + m > 2 {
        sink.add("agreement beyond the most that counts", "", "", alone.most - agreed);
    }
    let mut rest = |name: &Reading, taken: &[bool], on_left: bool| {
        let mut rarity = 0;
        let mut first: Option<usize> = None;
        for (i, part) in name.parts.iter().enumerate().filter(|(i, _)| !taken[*i]) {
            let text = part.text.as_ref();
            let (x, y) = if on_left { (text, "") } else { ("", text) };
            sink.add("absent word", x, y, alone.absent(part));
            if !part.aside {
                rarity += part.rarity;
                first = first.or(Some(i));
            }
        }
        (rarity, first)
    };
    let (x, y) = (rest(a, &left[..n], true), rest(b, &right[..m], false));
    match (x.1, y.1) {
        (Some(i), Some(j)) => {
            let (left, right) = (&a.parts[i], &b.parts[j]);
            let known = !left.senses.is_empty() && !right.senses.is_empty();
            let conflict = if known { alone.conflict * KNOWN_CONFLICT / 1_000 } else { alone.conflict };
            let weight = conflict - alone.conflict_scale * x.0.min(y.0) / 1_000;
            sink.add("different words", &left.text, &right.text, weight);
        }
        (None, None) if alone.complete != 0 => sink.add("no word is left over", "", "", alone.complete),
        _ => {}
    }
}
