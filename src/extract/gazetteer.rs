//! The gazetteer: names that the tables list, found in text.
//!
//! All overlapping matches over the folded tokens, kept when they begin and end at tokens and when the surface's case
//! is one that a name can have. Which of them become mentions is decided later, with everything else that speaks for
//! them: picking the leftmost-longest here would lose the shorter name that the context wants.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::{Candidate, Document, Recognizer};
use crate::extract::chunk::is_article;
use crate::mention::EntityKind;
use crate::name::{DistinctWords, FoldedTokens, rough, sound};
use crate::tables::{AliasSort, Flags, Phrases, Tables};
use crate::token::{Shape, Style, TokenKind, Tokenized};

/// A name that the automaton searches.
#[derive(Debug)]
struct Pattern {
    /// The kinds that it can have, each with the best rank of an entity that bears it.
    kinds: Vec<(EntityKind, Standing)>,
    /// Which of its words begin with a capital (bit 0 the first).
    capitals: u64,
    /// Whether only its exact capitals will do.
    exact: bool,
}

/// How well a name stands for the entities of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    /// It needs no cue.
    clear: bool,
    rank: u8,
}

/// The names of all table entities, ready to search.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    names: Phrases,
    patterns: Vec<Pattern>,
    /// The last words of people's names, folded, each with the best rank of a bearer.
    families: HashMap<String, u8>,
    /// The rough sounds of names, each with the kinds of its bearers.
    sounds: HashMap<String, Vec<EntityKind>>,
}

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
    pub clear: bool,
    pub rank: u8,
    pub case: Case,
}

impl Gazetteer {
    /// Gathers the names of all entities.
    pub fn new(tables: &Tables) -> Self {
        let ((names, patterns), (families, sounds)) =
            crate::parallel::join(|| names(tables), || (families(tables), sounds(tables)));
        Self { names, patterns, families, sounds }
    }

    /// The best rank of a person whose name ends in a folded word.
    pub fn family_rank(&self, folded: &str) -> Option<u8> {
        self.families.get(folded).copied()
    }

    /// The kinds of the entities that have a name of the same rough sound as some folded words.
    pub fn sounding<'w>(&self, folded: impl Iterator<Item = &'w str>) -> &[EntityKind] {
        self.sounds.get(&rough_sound(folded)).map_or(&[], Vec::as_slice)
    }

    /// All names in a text, ordered by their place.
    pub fn search(
        &self,
        text: &str,
        tokenized: &Tokenized,
        folded: &FoldedTokens,
        words: &DistinctWords,
        flags: &[Flags],
    ) -> Vec<Hit> {
        let (tokens, sentences) = (tokenized.tokens(), tokenized.sentences());
        let mut hits = Vec::new();
        self.names.find(folded, words, |number, range| {
            let pattern = &self.patterns[number];
            let sentence = &sentences[sentences.partition_point(|s| s.tokens.end <= range.start)];
            let words = || tokens[range.clone()].iter().filter(|t| t.is_word());
            let case = if sentence.style == Style::Capitals && words().all(|t| t.shape == Shape::Upper) {
                Case::Shouted
            } else if words().enumerate().all(|(i, t)| fits(pattern, i, t.shape, t.kind)) {
                Case::Name
            } else if !pattern.exact && words().all(|t| matches!(t.shape, Shape::Lower | Shape::Uncased)) {
                Case::Lower
            } else {
                return;
            };
            if case == Case::Lower {
                // A lower-case word is a name only where no common word can be meant.
                let is_common = |i: usize| flags[i].has(Flags::COMMON.with(Flags::DEMONYM).with(Flags::STARTER));
                let len = text[tokens[range.start].span.start..tokens[range.end - 1].span.end].len();
                if len < 5 || range.clone().all(is_common) {
                    return;
                }
            }
            for &(kind, Standing { clear, rank }) in &pattern.kinds {
                if clear || case == Case::Name {
                    hits.push(Hit { tokens: range.clone(), kind, clear, rank, case });
                }
            }
        });
        hits.sort_by_key(|a| (a.tokens.start, a.tokens.end, a.kind));
        hits
    }
}

/// All names, ready to be found, and what they stand for.
fn names(tables: &Tables) -> (Phrases, Vec<Pattern>) {
    let mut rows: Vec<(&str, &str, bool, EntityKind, Standing)> = Vec::new();
    for entity in tables.entities() {
        for alias in &entity.aliases {
            let standing = Standing { clear: !alias.ambiguous && !alias.weak, rank: entity.rank };
            rows.push((&alias.key, &alias.name, alias.sort == AliasSort::Acronym, entity.kind, standing));
        }
    }
    rows.sort_unstable();
    let mut keys: Vec<&str> = Vec::new();
    let mut patterns: Vec<Pattern> = Vec::new();
    for (key, name, acronym, kind, standing) in rows {
        let capitals = capitals(name);
        if keys.last() != Some(&key) {
            keys.push(key);
            patterns.push(Pattern { kinds: Vec::new(), capitals, exact: acronym });
        }
        if let Some(pattern) = patterns.last_mut() {
            pattern.capitals &= capitals;
            pattern.exact &= acronym;
            match pattern.kinds.iter_mut().find(|(k, _)| *k == kind) {
                Some((_, best)) => *best = (*best).max(standing),
                None => pattern.kinds.push((kind, standing)),
            }
        }
    }
    (Phrases::new(keys.into_iter()), patterns)
}

/// The last words of people's names, each with the best rank of a bearer.
fn families(tables: &Tables) -> HashMap<String, u8> {
    let mut families: HashMap<String, u8> = HashMap::new();
    for person in tables.entities().iter().filter(|e| e.kind == EntityKind::Person) {
        if let Some((_, family)) = person.aliases.first().and_then(|a| a.key.rsplit_once(' ')) {
            let rank = families.entry(family.to_owned()).or_default();
            *rank = (*rank).max(person.rank);
        }
    }
    families
}

/// The rough sounds of the names that need no cue.
fn sounds(tables: &Tables) -> HashMap<String, Vec<EntityKind>> {
    let mut sounds: HashMap<String, Vec<EntityKind>> = HashMap::new();
    for entity in tables.entities() {
        for alias in entity.aliases.iter().filter(|a| !a.ambiguous && !a.weak && a.sort != AliasSort::Acronym) {
            let kinds = sounds.entry(rough_sound(alias.key.split(' '))).or_default();
            if !kinds.contains(&entity.kind) {
                kinds.push(entity.kind);
            }
        }
    }
    sounds
}

/// The sound of folded words with the vowels that romanizations confuse made one (e i, o u), articles left out.
fn rough_sound<'w>(folded: impl Iterator<Item = &'w str>) -> String {
    let mut out = String::new();
    for word in folded.filter(|w| !is_article(w)) {
        out.push_str(&rough(&sound(word)));
        out.push(' ');
    }
    out
}

/// Which words of a name begin with a capital, the first in bit 0; scripts without case count as capitals.
fn capitals(name: &str) -> u64 {
    // Most names are letters, spaces and hyphens, whose words need no tokenizer.
    if name.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'-')) {
        let words = name.split([' ', '-']).filter(|w| !w.is_empty());
        return bits(words.map(|w| w.starts_with(|c: char| c.is_ascii_uppercase()) && !is_article(w)));
    }
    capitals_of_tokens(name)
}

/// The same for any name.
fn capitals_of_tokens(name: &str) -> u64 {
    let tokenized = Tokenized::new(name);
    let words = tokenized.tokens().iter().filter(|t| t.is_word());
    // An article may be written small wherever it stands: Al-Qaeda, al-Qaeda.
    bits(words.map(|t| t.shape.is_capitalized() && !is_article(&name[t.span])))
}

/// The first 64 of some flags, the first in bit 0.
fn bits(flags: impl Iterator<Item = bool>) -> u64 {
    flags.take(64).enumerate().fold(0, |bits, (i, flag)| bits | u64::from(flag) << i)
}

/// Whether a word of the text is cased as word `i` of the name may be.
fn fits(pattern: &Pattern, i: usize, shape: Shape, kind: TokenKind) -> bool {
    if pattern.exact {
        return matches!(shape, Shape::Upper | Shape::Initial | Shape::Camel) || kind == TokenKind::Initialism;
    }
    let wants_capital = i < 64 && pattern.capitals >> i & 1 == 1;
    !wants_capital || !matches!(shape, Shape::Lower | Shape::Inner)
}

/// Weights in 1/1000 log2 odds. A name of several words is that name 99 times in 100 when its case fits, one of a
/// single word 30 times in 31; an ambiguous one is even, and cues decide. Each rank from the middle adds or takes a
/// fifth of a bit: prominent things are meant more often.
const SEVERAL_WORDS: i32 = 6_500;
const ONE_WORD: i32 = 5_000;
const AMBIGUOUS: i32 = 300;
const RANK_STEP: i32 = 200;
/// A name in lower case is one about four times in five.
const LOWER_CASE: i32 = 2_000;
/// A capitalized neighbour that nothing explains makes the name a part of a longer one: `Jordan Henderson`.
const FLANKED: i32 = -6_000;
/// The same when the neighbours are everyday words: `Harem Operation`.
const FLANKED_COMMON: i32 = -2_500;
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
            weight += RANK_STEP * (i32::from(hit.rank) - 5);
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
        similar(document, out);
    }
}

/// A single word that is the family name of someone in the tables, from this rank on.
const KNOWN_RANK: u8 = 7;
const KNOWN_FAMILY: i32 = 1_500;
/// A name that sounds like one of the tables but is spelled otherwise.
const SAME_SOUND: i32 = 4_000;

/// Evidence for chunks that the tables do not hold letter by letter.
fn similar(document: &Document<'_>, out: &mut Vec<Candidate>) {
    for chunk in &document.chunks {
        if chunk.tokens.clone().any(|i| document.flag(i).has(Flags::COMMON)) {
            continue;
        }
        let span = document.span(&chunk.tokens);
        let words = || chunk.tokens.clone().map(|i| document.folded_word(i)).filter(|w| !w.is_empty());
        let mut two = words();
        if let (Some(word), None) = (two.next(), two.next())
            && document.gazetteer().family_rank(word).is_some_and(|rank| rank >= KNOWN_RANK)
        {
            out.push(Candidate::new(span, EntityKind::Person, "gazetteer:family-name", KNOWN_FAMILY));
        }
        // Short words sound like too many names.
        let long = words().map(str::len).sum::<usize>() >= 6;
        if long && !document.hits_in(&chunk.tokens).iter().any(|h| h.tokens == chunk.tokens) {
            for &kind in document.gazetteer().sounding(words()) {
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
    let at = document.chunks.partition_point(|c| c.tokens.end < hit.tokens.end);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_those_of_the_tokens() {
        for alias in Tables::embedded().entities().iter().flat_map(|e| &e.aliases) {
            assert_eq!(capitals(&alias.name), capitals_of_tokens(&alias.name), "{}", alias.name);
        }
    }
}
