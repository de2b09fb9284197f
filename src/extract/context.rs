//! The document as evidence: what is clear in one place decides another.
//!
//! A single word that ends or begins a person's full name is that person, a surface takes the kind it has where that is
//! clear, names in a list are of one kind, a name that a claim ties to another is of its kind, and a capital at the
//! start of a sentence is none when the text writes the word in lower case elsewhere.

use std::cmp::Reverse;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::chunk::Chunk;
use super::claim_rules::gap_claim;
use super::select::Scored;
use super::{Candidate, Document};
use crate::mention::EntityKind::{self, Person};
use crate::tables::Flags;
use crate::token::{Shape, TokenKind};

// Weights in 1/1000 log2 odds; see `rules.rs` for how they were set.
/// A single word that ends a full name of the document.
const FAMILY_NAME: i32 = 9_000;
/// The same when no table lists the word.
const UNLISTED_FAMILY_NAME: i32 = 14_000;
/// The same when the full name comes only later.
const FAMILY_NAME_LATER: i32 = 3_000;
/// A single word that begins one: parents, children and places bear it too.
const GIVEN_NAME: i32 = 1_200;
/// A part of a chunk has no prior of its own: that of a single word for a person.
const UNCUED: i32 = -1_500;
/// The same surface elsewhere speaks with its own weight, up to this.
const ELSEWHERE: i32 = 3_500;
/// A neighbour in a list.
const COORDINATED: i32 = 3_500;
/// The other side of `A, better known as B`.
const CLAIMED: i32 = 4_500;
/// The word is written in lower case elsewhere.
const LOWER_ELSEWHERE: i32 = -3_000;
/// Names of two kinds stand in lists too, so only a clear one speaks for its neighbours.
const CLEAR_IN_LIST: i32 = 3_000;
/// Below this a candidate is no evidence for others.
const CLEAR: i32 = 1_500;

/// What each chunk is, as far as the recognizers say.
#[derive(Clone, Copy)]
struct Reading {
    kind: EntityKind,
    weight: i32,
}

/// Adds what the document's other mentions say of each chunk.
pub(super) fn evidence(document: &Document<'_>, scored: &mut Scored) {
    let readings = readings(document, scored);
    let seen = Seen::gather(document, &readings);
    scored.add(listed_parts(document, &seen, &readings));
    scored.add(first_parts(document, &seen));
    let mut out = Vec::with_capacity(document.chunks.len());
    for (i, chunk) in document.chunks.iter().enumerate() {
        let span = document.span(&chunk.tokens);
        let mut say = |kind, rule, weight| out.push(Candidate::new(span, kind, rule, weight));
        let key = key(document, &chunk.tokens);
        let last = last_word(document, &chunk.tokens);
        if is_single(document, &chunk.tokens) {
            if let Some(&first) = seen.families.get(last) {
                let before = first < chunk.tokens.start;
                let listed = || document.hits_in(&chunk.tokens).iter().any(|h| h.tokens == chunk.tokens);
                let weight = match before {
                    true if listed() => FAMILY_NAME,
                    true => UNLISTED_FAMILY_NAME,
                    false => FAMILY_NAME_LATER,
                };
                say(Person, "document:family-name", weight);
            } else if seen.givens.contains(last) {
                say(Person, "document:given-name", GIVEN_NAME);
            }
            if chunk.initial && seen.lower.contains(last) && !seen.capital.contains(last) {
                for kind in EntityKind::ALL {
                    say(kind, "document:lower-case", LOWER_ELSEWHERE);
                }
            }
        }
        if let Some(&(kind, weight)) = seen.kinds.get(&key) {
            let own = readings[i].map_or(0, |r| if r.kind == kind { r.weight } else { 0 });
            if weight > own.max(0) || readings[i].is_some_and(|r| r.kind != kind) {
                say(kind, "document:elsewhere", weight.min(ELSEWHERE));
            }
        }
    }
    scored.add(out);
}

/// What the recognizers say of each chunk: its best kind, and by how much it leads.
fn readings(document: &Document<'_>, scored: &Scored) -> Vec<Option<Reading>> {
    // Both are in order, so that one walk finds what was said of each chunk.
    let mut sums = scored.sums();
    let reading = |chunk: &Chunk| {
        let span = document.span(&chunk.tokens);
        sums = &sums[sums.iter().position(|s| s.span >= span).unwrap_or(sums.len())..];
        let own = sums.first().filter(|s| s.span == span)?.kinds();
        // Of equal kinds the first.
        let (kind, weight) =
            own.clone().min_by_key(|(_, weight)| Reverse(*weight)).filter(|(_, weight)| *weight > 0)?;
        let second = own.filter(|(other, _)| *other != kind).map(|(_, weight)| weight).max().unwrap_or(0).max(0);
        Some(Reading { kind, weight: weight - second })
    };
    document.chunks.iter().map(reading).collect()
}

/// What the neighbours of each chunk say of it, after everything else has been said of them: names in a list are of one
/// kind, and so are those that a claim ties together.
pub(super) fn neighbours(document: &Document<'_>, scored: &Scored) -> Vec<Candidate> {
    let readings = readings(document, scored);
    let mut out = Vec::new();
    let text = document.text();
    for (pair, read) in document.chunks.windows(2).zip(readings.windows(2)) {
        let ([a, b], [left, right]) = (pair, read) else { continue };
        let clear = |reading: &Option<Reading>| reading.is_some_and(|r| r.weight >= CLEAR);
        if a.sentence != b.sentence || !clear(left) && !clear(right) {
            continue;
        }
        let (first, second) = (document.span(&a.tokens), document.span(&b.tokens));
        let gap = &text[first.end..second.start];
        let (rule, weight, least) = match gap.trim() {
            "and" | "or" | "," | ", and" | "&" | "/" => ("document:list", COORDINATED, CLEAR_IN_LIST),
            _ if gap_claim(gap, &text[second.end..]).is_some_and(|(relation, _)| relation.joins()) => {
                ("document:claim", CLAIMED, CLEAR)
            }
            _ => continue,
        };
        for (span, other) in [(first, right), (second, left)] {
            if let Some(other) = other.filter(|other| other.weight >= least) {
                out.push(Candidate::new(span, other.kind, rule, weight));
            }
        }
    }
    out
}

/// Evidence for listed names in chunks.
fn listed_parts(document: &Document<'_>, seen: &Seen, readings: &[Option<Reading>]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for hit in &document.hits {
        let at = document.chunks.partition_point(|c| c.tokens.end < hit.tokens.end);
        let unclear = readings.get(at).is_none_or(|r| r.is_none_or(|r| r.weight < CLEAR));
        let inside = unclear
            && document.chunks.get(at).is_some_and(|c| c.tokens.start <= hit.tokens.start && c.tokens != hit.tokens);
        let known = seen.kinds.get(&key(document, &hit.tokens)).filter(|(kind, _)| inside && *kind == hit.kind);
        if let Some(&(kind, _)) = known {
            out.push(Candidate::new(document.span(&hit.tokens), kind, "document:elsewhere", ELSEWHERE));
        }
    }
    out
}

/// Evidence for the word before everyday ones in a chunk (`Omsen File`).
fn first_parts(document: &Document<'_>, seen: &Seen) -> Vec<Candidate> {
    let mut out = Vec::new();
    let everyday =
        |i: usize| document.flag(i).has(Flags::COMMON) && !document.flag(i).has(Flags::GIVEN.with(Flags::FAMILY));
    for chunk in &document.chunks {
        let common = chunk.tokens.clone().rev().take_while(|&i| everyday(i)).count();
        let head = chunk.tokens.start..chunk.tokens.end - common;
        if common == 0 || head.is_empty() || !is_single(document, &head) {
            continue;
        }
        let before = seen.families.get(last_word(document, &head)).is_some_and(|&first| first < head.start);
        if before {
            out.push(Candidate::new(document.span(&head), Person, "document:family-name", FAMILY_NAME + UNCUED));
        }
    }
    out
}

/// What the document shows of its words.
struct Seen {
    /// The last words of clear people of several words, folded, and where each comes first.
    families: HashMap<String, usize>,
    /// Their first words.
    givens: HashSet<String>,
    /// The clearest kind of each surface, folded.
    kinds: HashMap<String, (EntityKind, i32)>,
    /// Words written in lower case, and words with a capital that is not a sentence's first.
    lower: HashSet<String>,
    capital: HashSet<String>,
}

impl Seen {
    fn gather(document: &Document<'_>, readings: &[Option<Reading>]) -> Self {
        let mut seen = Self {
            families: HashMap::new(),
            givens: HashSet::new(),
            kinds: HashMap::new(),
            lower: HashSet::new(),
            capital: HashSet::new(),
        };
        for (chunk, reading) in document.chunks.iter().zip(readings) {
            if !chunk.initial && !chunk.loud {
                seen.capital.insert(last_word(document, &chunk.tokens).to_owned());
            }
            let Some(reading) = reading.filter(|r| r.weight >= CLEAR) else { continue };
            let best = seen.kinds.entry(key(document, &chunk.tokens)).or_insert((reading.kind, reading.weight));
            if (reading.weight, Reverse(reading.kind)) > (best.1, Reverse(best.0)) {
                *best = (reading.kind, reading.weight);
            }
            if reading.kind == Person && !is_single(document, &chunk.tokens) {
                seen.families.entry(last_word(document, &chunk.tokens).to_owned()).or_insert(chunk.tokens.start);
                seen.givens.insert(document.folded_word(chunk.tokens.start).to_owned());
            }
        }
        for (i, token) in document.tokens().iter().enumerate() {
            if token.shape == Shape::Lower && token.kind == TokenKind::Word {
                let word = document.folded_word(i);
                if !seen.lower.contains(word) {
                    seen.lower.insert(word.to_owned());
                }
            }
        }
        seen.families.retain(|word, _| word.chars().count() > 1);
        seen
    }
}

/// The folded words of a chunk.
fn key(document: &Document<'_>, tokens: &std::ops::Range<usize>) -> String {
    let mut key = String::new();
    for i in tokens.clone() {
        let word = document.folded_word(i);
        if !word.is_empty() {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(word);
        }
    }
    key
}

/// The folded last word of a chunk.
fn last_word<'d>(document: &'d Document<'_>, tokens: &std::ops::Range<usize>) -> &'d str {
    document.folded_word(tokens.end - 1)
}

/// Whether a chunk is one word, an article aside.
fn is_single(document: &Document<'_>, tokens: &std::ops::Range<usize>) -> bool {
    tokens.clone().filter(|&i| document.tokens()[i].is_capitalized()).count() == 1
}
