//! The document as evidence: what is clear in one place decides another.
//!
//! A single word that ends or begins a person's full name is that person, a surface takes the kind it has where that is
//! clear, names in a list are of one kind, a name that a claim ties to another is of its kind, and a capital at the
//! start of a sentence is none when the text writes the word in lower case elsewhere.

use std::cmp::Reverse;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::chunk::Chunk;
use super::claim_rules::gap_claim;
use super::select::Scored;
use super::{Candidate, Document};
use crate::mention::EntityKind::{self, Organization, Person};
use crate::tables::{Flags, onward};
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
    scored.add(known_parts(document, &seen, &readings));
    let mut out = Vec::with_capacity(document.chunks.len());
    for (i, chunk) in document.chunks.iter().enumerate() {
        let span = document.span(&chunk.tokens);
        let mut say = |kind, rule, weight| out.push(Candidate::new(span, kind, rule, weight));
        if is_single(document, &chunk.tokens) {
            let shown = seen.last(document, &chunk.tokens);
            // `a Ford` is a thing, and none of the family.
            let indefinite = chunk.tokens.start.checked_sub(1).is_some_and(|b| matches!(document.word(b), "a" | "an"));
            if let Some(first) = shown.family.filter(|_| !indefinite) {
                let before = first < chunk.tokens.start;
                let listed = || document.hits_in(&chunk.tokens).iter().any(|h| h.tokens == chunk.tokens);
                let weight = match before {
                    true if listed() => FAMILY_NAME,
                    true => UNLISTED_FAMILY_NAME,
                    false => FAMILY_NAME_LATER,
                };
                say(Person, "document:family-name", weight);
            } else if shown.given {
                say(Person, "document:given-name", GIVEN_NAME);
            }
            if chunk.initial && shown.lower && !shown.capital {
                for kind in EntityKind::ALL {
                    say(kind, "document:lower-case", LOWER_ELSEWHERE);
                }
            }
        }
        if let Some(&(kind, weight)) = seen.kinds.get(&key(document, &chunk.tokens)) {
            // What it is by its full name it is not by what a single place makes of it.
            let family = is_single(document, &chunk.tokens) && seen.last(document, &chunk.tokens).family.is_some();
            if family
                && kind == Organization
                && !document.hits_in(&chunk.tokens).iter().any(|h| h.tokens == chunk.tokens)
            {
                continue;
            }
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
        let (kind, weight, second) = sums.first().filter(|s| s.span == span)?.best()?;
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
        let at = document.chunk_to(hit.tokens.end);
        let unclear = readings.get(at).is_none_or(|r| r.is_none_or(|r| r.weight < CLEAR));
        let inside = unclear
            && document.chunks.get(at).is_some_and(|c| c.tokens.start <= hit.tokens.start && c.tokens != hit.tokens);
        if !inside {
            continue;
        }
        let known = seen.kinds.get(&key(document, &hit.tokens)).filter(|(kind, _)| *kind == hit.kind);
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
        let before = seen.last(document, &head).family.is_some_and(|first| first < head.start);
        if before {
            out.push(Candidate::new(document.span(&head), Person, "document:family-name", FAMILY_NAME + UNCUED));
        }
    }
    out
}

/// Evidence for what stands alone elsewhere in the document and here beside everyday words, in a chunk that is nothing
/// clear: the town of `Harem` in `Harem Operation`.
fn known_parts(document: &Document<'_>, seen: &Seen, readings: &[Option<Reading>]) -> Vec<Candidate> {
    let mut out = Vec::new();
    let heads = Flags::ORG_LAST.with(Flags::ORG_FIRST).with(Flags::PLACE_LAST).with(Flags::PLACE_FIRST);
    let everyday =
        |i: usize| document.flag(i).has(Flags::COMMON) && !document.flag(i).has(Flags::GIVEN.with(Flags::FAMILY));
    for (chunk, reading) in document.chunks.iter().zip(readings) {
        let organization = || chunk.tokens.clone().any(|i| document.flag(i).has(heads));
        if chunk.tokens.len() < 2 || reading.is_some_and(|r| r.weight >= CLEAR) || organization() {
            continue;
        }
        let Range { start, end } = chunk.tokens;
        let Some(first) = (start + 1..end).find(|&i| everyday(i)).map(|i| start..i) else { continue };
        let last = (start..end - 1).rev().find(|&i| everyday(i)).map(|i| i + 1..end);
        for part in [Some(first), last].into_iter().flatten() {
            // What stands last is looked at after such a first part only: `Old Goa` is not `Goa`.
            let word = document.tokens().get(part.start).is_some_and(crate::token::Token::is_word);
            let known = seen.kinds.get(&key(document, &part)).filter(|(kind, _)| word && *kind != Person);
            let Some(&(kind, _)) = known else { break };
            out.push(Candidate::new(document.span(&part), kind, "document:elsewhere", ELSEWHERE));
        }
    }
    out
}

/// What the document shows of a word.
#[derive(Debug, Clone, Copy, Default)]
struct Shown {
    /// Where it first is the last word of a clear person of several words.
    family: Option<usize>,
    /// Whether it is the first word of one.
    given: bool,
    /// Whether it is written in lower case.
    lower: bool,
    /// Whether it has a capital that is not a sentence's first.
    capital: bool,
}

/// What the document shows of its words and names.
struct Seen {
    /// By the words' numbers.
    words: Vec<Shown>,
    /// The clearest kind of each surface, by its [`key`].
    kinds: HashMap<u64, (EntityKind, i32)>,
}

impl Seen {
    fn gather(document: &Document<'_>, readings: &[Option<Reading>]) -> Self {
        let mut words = vec![Shown::default(); document.words.hashes().len()];
        let mut kinds = HashMap::with_capacity(document.chunks.len());
        for (chunk, reading) in document.chunks.iter().zip(readings) {
            let last = last_word(document, &chunk.tokens);
            words[last].capital |= !chunk.initial && !chunk.loud;
            let Some(reading) = reading.filter(|r| r.weight >= CLEAR) else { continue };
            let best = kinds.entry(key(document, &chunk.tokens)).or_insert((reading.kind, reading.weight));
            if (reading.weight, Reverse(reading.kind)) > (best.1, Reverse(best.0)) {
                *best = (reading.kind, reading.weight);
            }
            if reading.kind == Person && !is_single(document, &chunk.tokens) {
                // An initial is nobody's family name.
                if document.folded_word(chunk.tokens.end - 1).chars().nth(1).is_some() {
                    words[last].family.get_or_insert(chunk.tokens.start);
                }
                words[document.words.number(chunk.tokens.start)].given = true;
            }
        }
        for (token, word) in document.tokens().iter().zip(document.words.of_tokens()) {
            words[*word as usize].lower |= token.shape == Shape::Lower && token.kind == TokenKind::Word;
        }
        Self { words, kinds }
    }

    /// What is shown of the last of some tokens.
    fn last(&self, document: &Document<'_>, tokens: &Range<usize>) -> Shown {
        self.words[last_word(document, tokens)]
    }
}

/// The folded words of a chunk, as the path of their hashes.
fn key(document: &Document<'_>, tokens: &Range<usize>) -> u64 {
    tokens.clone().filter_map(|i| document.folded.hash(i)).fold(0, onward)
}

/// The number of the last word of a chunk.
fn last_word(document: &Document<'_>, tokens: &Range<usize>) -> usize {
    document.words.number(tokens.end - 1)
}

/// Whether a chunk is one word, an article aside.
fn is_single(document: &Document<'_>, tokens: &Range<usize>) -> bool {
    tokens.clone().filter(|&i| document.tokens()[i].is_capitalized()).count() == 1
}
