//! The gazetteer: names that the tables list, found in text.
//!
//! All overlapping matches over the folded tokens, kept when they begin and end at tokens and when the surface's case
//! is one that a name can have. Which of them become mentions is decided later, with everything else that speaks for
//! them: picking the leftmost-longest here would lose the shorter name that the context wants.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Candidate, Document, Recognizer};
use crate::mention::EntityKind;
use crate::name::{DistinctWords, FoldedTokens};
use crate::tables::{Flags, Pattern, Tables, onward};
use crate::token::{Shape, Style, Tokenized};

/// How a hit is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// As names are.
    Name,
    /// All in capitals, in a sentence that is.
    Shouted,
    /// All in lower case.
    Lower,
}

/// A name of the tables in the text.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub tokens: Range<usize>,
    pub kind: EntityKind,
    /// It needs no cue.
    pub clear: bool,
    pub rank: u8,
    /// Of ten uses of the name, how many mean one of this kind; 0 where no table says.
    pub prior: u8,
    pub case: Case,
    /// It is weak, and the document has another name of its entity.
    pub switched: bool,
}

/// All names of the tables in a text, ordered by their place.
pub(super) fn search(
    tables: &Tables,
    text: &str,
    tokenized: &Tokenized,
    folded: &FoldedTokens,
    words: &DistinctWords,
    flags: &[Flags],
) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut switches = Switches::default();
    tables.phrases().find(folded, words, |number, range| {
        let pattern = tables.pattern(number);
        let Some(case) = case(text, tokenized, flags, pattern, &range) else { return };
        switches.note(pattern, case, &range);
        for kind in EntityKind::ALL {
            let Some(standing) = pattern.standing(kind) else { continue };
            if standing.clear || case == Case::Name {
                let (clear, rank, prior) = (standing.clear, standing.rank, standing.prior);
                hits.push(Hit { tokens: range.clone(), kind, clear, rank, prior, case, switched: false });
            }
        }
    });
    switches.turn(tables, folded, &mut hits);
    hits.sort_by_key(|a| (a.tokens.start, a.tokens.end, a.kind));
    hits
}

/// How a name is written in a text, if it is written as that name can be.
fn case(text: &str, tokenized: &Tokenized, flags: &[Flags], pattern: Pattern, range: &Range<usize>) -> Option<Case> {
    let (tokens, sentences) = (tokenized.tokens(), tokenized.sentences());
    let sentence = &sentences[sentences.partition_point(|s| s.tokens.end <= range.start)];
    let words = || tokens[range.clone()].iter().filter(|t| t.is_word());
    if sentence.style == Style::Capitals && words().all(|t| t.shape == Shape::Upper) {
        return Some(Case::Shouted);
    }
    if words().enumerate().all(|(i, t)| pattern.fits(i, t.shape, t.kind)) {
        return Some(Case::Name);
    }
    if pattern.is_exact() || !words().all(|t| matches!(t.shape, Shape::Lower | Shape::Uncased)) {
        return None;
    }
    // A lower-case word is a name only where no common word can be meant.
    let is_common = |i: usize| flags[i].has(Flags::COMMON.with(Flags::DEMONYM).with(Flags::STARTER));
    let len = text[tokens[range.start].span.start..tokens[range.end - 1].span.end].len();
    (len >= 5 && !range.clone().all(is_common)).then_some(Case::Lower)
}

/// Names that mean an entity only in a text on the matter: one that has another name of it, which needs no cue.
#[derive(Debug, Default)]
struct Switches {
    /// The hits of such names, and those of names that may switch them on.
    weak: Vec<Range<usize>>,
    clear: Vec<Range<usize>>,
}

impl Switches {
    fn note(&mut self, pattern: Pattern, case: Case, range: &Range<usize>) {
        if case == Case::Name {
            if pattern.is_switched() {
                self.weak.push(range.clone());
            }
            if pattern.is_switch() {
                self.clear.push(range.clone());
            }
        }
    }

    /// Makes the weak names clear that the document has another name for.
    fn turn(&self, tables: &Tables, folded: &FoldedTokens, hits: &mut [Hit]) {
        if self.weak.is_empty() || self.clear.is_empty() {
            return;
        }
        let path = |range: &Range<usize>| range.clone().filter_map(|i| folded.hash(i)).fold(0, onward);
        let named: BTreeSet<usize> = self
            .clear
            .iter()
            .flat_map(|range| tables.bearers_of_path(path(range)))
            .filter(|b| !b.1)
            .map(|b| b.0)
            .collect();
        for range in &self.weak {
            for (entity, _) in tables.bearers_of_path(path(range)).filter(|b| b.1 && named.contains(&b.0)) {
                let kind = tables.entity(entity).kind();
                for hit in hits.iter_mut().filter(|h| h.tokens == *range && h.kind == kind) {
                    (hit.clear, hit.switched) = (true, true);
                }
            }
        }
    }
}

/// Weights in 1/1000 log2 odds. With tables of the world a name of several words is that name 32 times in 33 when its case
/// fits, one of a single word 8 times in 9 (the best on the dev texts); an ambiguous one is even, and cues decide. Each rank from the middle adds or takes a
/// fifth of a bit: prominent things are meant more often.
const SEVERAL_WORDS: i32 = 5_000;
const ONE_WORD: i32 = 3_000;
const AMBIGUOUS: i32 = 300;
const RANK_STEP: i32 = 200;
/// What a prior of so many tenths adds: its log2 odds, the last that of nineteen in twenty. Nothing when the table does not say.
const PRIORS: [i32; 11] = [0, -3_170, -2_000, -1_222, -585, 0, 585, 1_222, 2_000, 3_170, 4_248];
/// What the document says of the entity by another name says that its weak name means it: as much as a name of its own.
const SWITCHED: i32 = 3_000;
/// A name in lower case is one about twice in three times.
const LOWER_CASE: i32 = 1_000;
/// A capitalized neighbour that nothing explains makes the name a part of a longer one: `Jordan Henderson`.
const FLANKED: i32 = -6_000;
/// The same when the neighbours are everyday words: `Harem Operation`.
const FLANKED_COMMON: i32 = -4_000;
/// An ambiguous name that stands alone with a capital that no sentence start explains is mostly a name, and the more
/// so when the word is otherwise written small (`Turkey`, `Reading`).
const UNEXPLAINED_CAPITAL: i32 = 1_400;
const UNEXPLAINED_COMMON: i32 = 800;
/// A name of several words is seldom part of a longer one.
const FLANKED_SEVERAL: i32 = -1_500;

/// The recognizer of listed names.
pub(super) struct Listed;

impl Recognizer for Listed {
    fn name(&self) -> &'static str {
        "gazetteer"
    }

    fn recognize(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
        for hit in &document.hits {
            let words = hit.tokens.clone().filter(|&i| document.tokens()[i].is_word()).count();
            let mut weight = match (hit.case, hit.clear, words) {
                (Case::Lower, _, _) => LOWER_CASE,
                (_, true, 2..) => SEVERAL_WORDS,
                (_, true, _) => ONE_WORD,
                // An ambiguous name of several words still says more than one of one.
                (_, false, 2..) => AMBIGUOUS + ONE_WORD / 2,
                (_, false, _) => AMBIGUOUS,
            };
            weight += RANK_STEP * (i32::from(hit.rank) - 5) + if hit.switched { SWITCHED } else { 0 };
            weight += PRIORS.get(usize::from(hit.prior)).copied().unwrap_or_default();
            if hit.case == Case::Name {
                weight += match standing(document, hit) {
                    Stand::Flanked { common } if words > 1 => FLANKED_SEVERAL.max(if common { -500 } else { i32::MIN }),
                    Stand::Flanked { common } => {
                        if common {
                            FLANKED_COMMON
                        } else {
                            FLANKED
                        }
                    }
                    Stand::Alone if !hit.clear => {
                        let common = document.flag(hit.tokens.start).has(Flags::COMMON);
                        UNEXPLAINED_CAPITAL + if common { UNEXPLAINED_COMMON } else { 0 }
                    }
                    Stand::Alone | Stand::Initial => 0,
                };
            }
            let rule = if hit.clear { "gazetteer:name" } else { "gazetteer:ambiguous" };
            out.push(Candidate::new(document.span(&hit.tokens), hit.kind, rule, weight));
        }
        inside(document, out);
        similar(document, out);
    }
}

/// A name of so many words that needs no cue is that name, and the names within it are none of their own.
const LONG: usize = 3;
/// More than anything else says for a name.
const INSIDE: i32 = -20_000;

/// Evidence against names within a long name of the tables: the Iraq and the Levant of one organization.
fn inside(document: &Document<'_>, out: &mut Vec<Candidate>) {
    let is_long = |hit: &&Hit| {
        let mut words = hit.tokens.clone().filter(|&i| document.tokens()[i].is_word());
        hit.clear && hit.case == Case::Name && words.nth(LONG - 1).is_some()
    };
    // How far the long names reach that begin at some token or before it.
    let mut reach: Vec<(usize, usize)> = Vec::new();
    for hit in document.hits.iter().filter(is_long) {
        let end = reach.last().map_or(0, |last| last.1).max(hit.tokens.end);
        reach.push((hit.tokens.start, end));
    }
    let reach_of = |token: usize| reach[..reach.partition_point(|r| r.0 <= token)].last().map_or(0, |last| last.1);
    let mut last = None;
    for hit in &document.hits {
        let (start, end) = (hit.tokens.start, hit.tokens.end);
        let before = start.checked_sub(1).map_or(0, reach_of);
        if last.replace((start, end)) != Some((start, end)) && (before >= end || reach_of(start) > end) {
            for kind in EntityKind::ALL {
                out.push(Candidate::new(document.span(&hit.tokens), kind, "gazetteer:inside", INSIDE));
            }
        }
    }
}

/// A single word that is the family name of someone well known.
const KNOWN_FAMILY: i32 = 1_500;
/// A name that sounds like one of the tables but is spelled otherwise.
const SAME_SOUND: i32 = 2_000;

/// Evidence for chunks that the tables do not hold letter by letter.
fn similar(document: &Document<'_>, out: &mut Vec<Candidate>) {
    // What is known of words that stand alone, by their numbers.
    let mut families: Vec<Option<bool>> = vec![None; document.words.hashes().len()];
    for chunk in &document.chunks {
        if chunk.tokens.clone().any(|i| document.flag(i).has(Flags::COMMON)) {
            continue;
        }
        let span = document.span(&chunk.tokens);
        let filled = |i: &usize| !document.folded_word(*i).is_empty();
        let words = || chunk.tokens.clone().filter(filled).map(|i| document.folded_word(i));
        let mut two = chunk.tokens.clone().filter(filled);
        if let (Some(i), None) = (two.next(), two.next())
            && *families[document.words.number(i)]
                .get_or_insert_with(|| document.tables().is_known_family(document.folded_word(i)))
        {
            out.push(Candidate::new(span, EntityKind::Person, "gazetteer:family-name", KNOWN_FAMILY));
        }
        // Short words sound like too many names.
        let long = words().map(str::len).sum::<usize>() >= 6;
        if long && !document.hits_in(&chunk.tokens).iter().any(|h| h.tokens == chunk.tokens) {
            for kind in document.tables().sounding(words()) {
                out.push(Candidate::new(span, kind, "gazetteer:sound", SAME_SOUND));
            }
        }
    }
}

/// How a hit stands in its run of capitals.
enum Stand {
    /// It is the run, or what else is in the run is explained by other hits, and no sentence begins with it.
    Alone,
    /// The same at the start of a sentence or in a headline.
    Initial,
    /// Other capitalized words stand beside it; all of them may be everyday words.
    Flanked { common: bool },
}

fn standing(document: &Document<'_>, hit: &Hit) -> Stand {
    let at = document.chunk_to(hit.tokens.end);
    let Some(chunk) = document.chunks.get(at).filter(|c| c.tokens.start <= hit.tokens.start) else {
        return Stand::Initial;
    };
    let neighbours = document.hits_in(&chunk.tokens);
    let apart = |h: &Hit| h.clear && (h.tokens.end <= hit.tokens.start || h.tokens.start >= hit.tokens.end);
    let covered = |i: usize| {
        !document.tokens()[i].is_capitalized()
            || hit.tokens.contains(&i)
            || neighbours.iter().any(|h| h.tokens.contains(&i) && apart(h))
    };
    let mut open = chunk.tokens.clone().filter(|&i| !covered(i)).peekable();
    if open.peek().is_some() {
        let names = Flags::GIVEN.with(Flags::FAMILY);
        return Stand::Flanked {
            common: open.all(|i| document.flag(i).has(Flags::COMMON) && !document.flag(i).has(names)),
        };
    }
    if chunk.initial || chunk.loud { Stand::Initial } else { Stand::Alone }
}
