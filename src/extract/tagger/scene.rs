//! A document as the tagger sees it: what is known of each word and token, and the runs that may hold names.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::labels::{Place, label};
use crate::extract::Document;
use crate::extract::chunk::Lead;
use crate::extract::gazetteer::Case;
use crate::name::word_hash;
use crate::tables::Flags;
use crate::token::{Shape, Style, TokenKind};

/// Words from two before a token to two after it are looked at.
pub(super) const REACH: usize = 2;
/// The places of a word beside the token that is tagged.
pub(super) const PLACES: usize = 2 * REACH + 1;
/// No more lower-case tokens than these stand between two capitals of one name: `Ministry for the Protection`.
const LONGEST_BRIDGE: usize = 3;
/// A run is cut after so many tokens: no sentence is longer, but for lists and noise.
const LONGEST_RUN: usize = 400;

/// A word as it occurs: its letters, case and flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub letters: u64,
    pub shape: u8,
    pub flags: Flags,
    pub style: u8,
}

/// A word that a document holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met {
    pub word: Word,
    /// The first token that is it.
    pub first: u32,
    /// The number of its letters.
    letters: u32,
    /// The next word of the same letters, or [`NONE`].
    next: u32,
}

/// A document as the tagger sees it.
pub(super) struct Scene<'d, 't> {
    pub document: &'d Document<'t>,
    /// The word of each token, as an index.
    pub of_token: Vec<u32>,
    /// The words, each once.
    pub words: Vec<Met>,
    /// The chunk of each token.
    pub chunk: Vec<u32>,
    /// The listed names of each token, as bits.
    pub listed: Vec<u32>,
    /// What the document shows of each word, as bits.
    pub shown: Vec<u16>,
    /// Where each token stands: in quotes or brackets, first in its sentence.
    pub stand: Vec<u8>,
    /// What the draft makes of each token: a label, and how sure it is.
    pub draft: Vec<(u8, u8)>,
}

/// No chunk, no word.
const NONE: u32 = u32::MAX;

/// What a document shows of a word, wherever it stands.
mod shown {
    pub const LOWER: u16 = 1;
    pub const CAPITAL_INSIDE: u16 = 1 << 1;
    pub const FULL_LAST: u16 = 1 << 2;
    pub const FULL_FIRST: u16 = 1 << 3;
    pub const TITLED: u16 = 1 << 4;
    pub const AFTER_PLACE_CUE: u16 = 1 << 5;
    pub const SPOKE: u16 = 1 << 6;
    pub const BODY: u16 = 1 << 7;
    pub const GROUND: u16 = 1 << 8;
    pub const LISTED: u16 = 1 << 9;
}

impl<'d, 't> Scene<'d, 't> {
    pub fn new(document: &'d Document<'t>) -> Self {
        let count = document.tokens().len();
        let mut scene = Self {
            document,
            of_token: Vec::with_capacity(count),
            words: Vec::with_capacity(document.words.hashes().len()),
            chunk: vec![NONE; count],
            listed: vec![0; count],
            shown: Vec::new(),
            stand: vec![0; count],
            draft: vec![(0, 0); count],
        };
        let letters = scene.find_words();
        for (i, chunk) in document.chunks.iter().enumerate() {
            scene.chunk[chunk.tokens.clone()].fill(u32::try_from(i).unwrap_or(NONE));
        }
        scene.find_listed();
        scene.find_shown(letters);
        scene.find_stands();
        scene.find_draft();
        scene
    }

    fn find_draft(&mut self) {
        let mut places = self.document.tokens_in_order();
        for (span, kind, weight) in &self.document.draft {
            let Some(tokens) = places.of(*span) else { continue };
            let sure = u8::try_from((weight / 2_000).clamp(0, 5)).unwrap_or_default();
            for i in tokens.clone() {
                let place = Place::of(i == tokens.start, i + 1 == tokens.end);
                self.draft[i] = (u8::try_from(label(*kind, place)).unwrap_or_default(), sure);
            }
        }
    }

    /// Finds the word of each token; returns how many kinds of letters there are.
    fn find_words(&mut self) -> usize {
        let document = self.document;
        // The first word of each kind of letters: those of folded words have their numbers, others get further ones.
        let mut firsts: Vec<u32> = vec![NONE; document.words.hashes().len()];
        let mut others: HashMap<u64, u32> = HashMap::new();
        for sentence in document.sentences() {
            let style = match sentence.style {
                Style::Plain => 0,
                Style::Title => 1,
                Style::Capitals => 2,
                Style::Lower => 3,
            };
            let range = sentence.tokens.clone();
            let tokens = range.clone().zip(&document.tokens()[range.clone()]);
            let numbers = document.words.of_tokens()[range.clone()].iter().zip(&document.flags[range]);
            for ((i, token), (number, flags)) in tokens.zip(numbers) {
                let folded = document.folded.hash(i).filter(|_| has_own_letters(token.kind));
                let (letters, number) = match folded {
                    Some(letters) => (letters, *number),
                    None => self.other_letters(i, token.kind, &mut others, &mut firsts),
                };
                // Where all words have capitals or none has one, they say nothing.
                let case = if style > 1 { Shape::Uncased } else { token.shape };
                let shape = token.kind as u8 * 8 + case as u8;
                let word = Word { letters, shape, flags: flags.without(Flags::LATE), style };
                let first = &mut firsts[number as usize];
                let mut at = *first;
                // The letters are those of all words with the number.
                let alike = |other: Word| (other.flags, other.shape, other.style) == (word.flags, shape, style);
                while let Some(met) = self.words.get(at as usize)
                    && !alike(met.word)
                {
                    at = met.next;
                }
                if at == NONE {
                    at = u32::try_from(self.words.len()).unwrap_or(NONE);
                    self.words.push(Met {
                        word,
                        first: u32::try_from(i).unwrap_or(NONE),
                        letters: number,
                        next: *first,
                    });
                    *first = at;
                }
                self.of_token.push(at);
            }
        }
        firsts.len()
    }

    /// The letters of a token that is not told apart by its folded ones, and their number.
    fn other_letters(
        &self,
        i: usize,
        kind: TokenKind,
        others: &mut HashMap<u64, u32>,
        firsts: &mut Vec<u32>,
    ) -> (u64, u32) {
        let document = self.document;
        let letters = match kind {
            TokenKind::Number => word_hash(digits(document.word(i))),
            TokenKind::Link | TokenKind::Handle | TokenKind::Markup => kind as u64,
            _ => word_hash(document.word(i)),
        };
        let number = *others.entry(letters).or_insert_with(|| {
            document.words.find(letters).unwrap_or_else(|| {
                firsts.push(NONE);
                u32::try_from(firsts.len() - 1).unwrap_or(NONE)
            })
        });
        (letters, number)
    }

    fn find_listed(&mut self) {
        // Of the names that hold a token the longest counts, of equally long ones a clear one, one of higher rank, the last.
        let mut best = vec![0_u64; self.listed.len()];
        for hit in &self.document.hits {
            let length = hit.tokens.len() as u64;
            let order = 1 + (length << 9 | u64::from(hit.clear) << 8 | u64::from(hit.rank));
            let rank = u32::from(hit.rank.min(9)) / 3;
            let case = match hit.case {
                Case::Name => 0,
                Case::Shouted => 1,
                Case::Lower => 2,
            };
            let chunk = self.chunk[hit.tokens.start];
            let whole = self.document.chunks.get(chunk as usize).is_some_and(|c| c.tokens == hit.tokens);
            let last = hit.tokens.end - 1;
            let kind = 1 << (16 + hit.kind as u32);
            for i in hit.tokens.clone() {
                let (listed, best) = (&mut self.listed[i], &mut best[i]);
                let kinds = *listed & (0b111 << 16) | kind;
                if order < *best {
                    *listed |= kinds;
                    continue;
                }
                *best = order;
                let place = Place::of(i == hit.tokens.start, i == last) as u32;
                *listed = 1
                    | place << 1
                    | (hit.kind as u32) << 3
                    | u32::from(hit.clear) << 5
                    | case << 6
                    | u32::from(whole) << 8
                    | rank << 9
                    | kinds;
            }
        }
    }

    fn find_shown(&mut self, letters: usize) {
        let document = self.document;
        // Words are told apart by case; what is shown goes by letters. Of most nothing is known that could be shown.
        let mut by_letters: Vec<Option<u16>> = vec![None; letters];
        for chunk in &document.chunks {
            let words = || chunk.tokens.clone().filter(|&i| document.tokens()[i].is_word());
            let (Some(first), Some(last)) = (words().next(), words().next_back()) else { continue };
            let letters = |i: usize| self.words[self.of_token[i] as usize].letters as usize;
            let mut show = |i: usize, what: u16| *by_letters[letters(i)].get_or_insert(0) |= what;
            let sentence = document.sentences()[chunk.sentence].tokens.clone();
            let has = |i: usize, flags: Flags| sentence.contains(&i) && document.flag(i).has(flags);
            let inside = if chunk.initial || chunk.loud { 0 } else { shown::CAPITAL_INSIDE };
            for i in words() {
                show(i, inside);
            }
            if last > first && has(first, Flags::GIVEN) {
                show(last, shown::FULL_LAST);
                show(first, shown::FULL_FIRST);
            }
            if chunk.lead != Lead::None {
                show(last, shown::TITLED);
            }
            let (before, end) = (chunk.tokens.start.wrapping_sub(1), chunk.tokens.end);
            if has(before, Flags::BEFORE_PLACE) {
                show(last, shown::AFTER_PLACE_CUE);
            }
            if has(end, Flags::SPEECH) {
                show(last, shown::SPOKE);
            }
            if has(last, Flags::ORG_LAST.with(Flags::LEGAL_FORM)) || has(end, Flags::AFTER_ORG) {
                show(first, shown::BODY);
            }
            if has(last, Flags::PLACE_LAST) || has(end, Flags::AFTER_PLACE) {
                show(first, shown::GROUND);
            }
        }
        for hit in document.hits.iter().filter(|h| h.clear && h.case == Case::Name && h.tokens.len() > 1) {
            for i in hit.tokens.clone() {
                let letters = self.words[self.of_token[i] as usize].letters as usize;
                *by_letters[letters].get_or_insert(0) |= shown::LISTED;
            }
        }
        for met in &self.words {
            if document.tokens()[met.first as usize].shape == Shape::Lower
                && let Some(shown) = &mut by_letters[met.letters as usize]
            {
                *shown |= shown::LOWER;
            }
        }
        self.shown = self.words.iter().map(|met| by_letters[met.letters as usize].unwrap_or_default()).collect();
    }

    fn find_stands(&mut self) {
        for sentence in self.document.sentences() {
            let (mut quoted, mut bracketed) = (false, false);
            let tokens = &self.document.tokens()[sentence.tokens.clone()];
            let stands = &mut self.stand[sentence.tokens.clone()];
            for (token, stand) in tokens.iter().zip(stands.iter_mut()) {
                if token.kind == TokenKind::Punctuation {
                    match &self.document.text()[token.span] {
                        "(" | "[" => bracketed = true,
                        ")" | "]" => bracketed = false,
                        "“" | "«" | "„" => quoted = true,
                        "”" | "»" => quoted = false,
                        "\"" => quoted = !quoted,
                        _ => {}
                    }
                }
                *stand = u8::from(quoted) | u8::from(bracketed) << 1;
            }
            if let Some(first) = stands.first_mut() {
                *first |= 1 << 2;
            }
        }
    }

    /// The runs of tokens that may hold names: capitals, numbers beside them, listed names, and the few small words
    /// between two such; in text without case all tokens. With `plain` also runs of days, months and words that begin
    /// sentences alone: weights learn from them, and find nothing in them. Each run comes
    /// with the tokens of its sentence.
    pub fn runs(&self, plain: bool, mut run: impl FnMut(Range<usize>, &Range<usize>)) {
        let tokens = self.document.tokens();
        for sentence in self.document.sentences() {
            let all = matches!(sentence.style, Style::Lower);
            let is_active = |i: usize| {
                all || tokens[i].shape.is_capitalized()
                    || tokens[i].shape == Shape::Inner
                    || self.chunk[i] != NONE
                    || self.listed[i] != 0
                    || tokens[i].kind == TokenKind::Word && tokens[i].shape == Shape::Uncased
            };
            let beside_number = |i: usize| {
                tokens[i].kind == TokenKind::Number
                    && (i > sentence.tokens.start && is_active(i - 1)
                        || i + 1 < sentence.tokens.end && is_active(i + 1))
            };
            let usual = Flags::STARTER.with(Flags::CALENDAR).with(Flags::VERY_COMMON);
            let may_hold = |i: usize| {
                plain
                    || all
                    || self.chunk[i] != NONE
                    || self.listed[i] != 0
                    || tokens[i].shape.is_capitalized() && !self.document.flag(i).has(usual)
            };
            let mut finish = |run_of: Range<usize>| {
                if run_of.clone().any(may_hold) {
                    run(run_of, &sentence.tokens);
                }
            };
            let mut start = None;
            let mut last = 0;
            for i in sentence.tokens.clone() {
                if !is_active(i) && !beside_number(i) {
                    continue;
                }
                match start {
                    Some(first) if i - last <= LONGEST_BRIDGE + 1 && i - first < LONGEST_RUN => {}
                    Some(first) => {
                        finish(first..last + 1);
                        start = Some(i);
                    }
                    None => start = Some(i),
                }
                last = i;
            }
            if let Some(first) = start {
                finish(first..last + 1);
            }
        }
    }

    /// The words beside token `i`, as far as the sentence has them.
    pub fn around(&self, i: usize, sentence: &Range<usize>) -> [Option<u32>; PLACES] {
        let inside = i >= sentence.start + REACH && i + REACH < sentence.end;
        let words = if inside { self.of_token.get(i - REACH..=i + REACH) } else { None };
        match words.and_then(|words| <[u32; PLACES]>::try_from(words).ok()) {
            Some(words) => words.map(Some),
            None => std::array::from_fn(|place| self.beside(i, place, sentence)),
        }
    }

    /// The word at a place beside token `i`, if the sentence has one.
    pub fn beside(&self, i: usize, place: usize, sentence: &Range<usize>) -> Option<u32> {
        let at = (i + place).checked_sub(REACH).filter(|at| sentence.contains(at))?;
        Some(self.of_token[at])
    }
}

/// Whether tokens of a kind are told apart by their folded letters.
fn has_own_letters(kind: TokenKind) -> bool {
    !matches!(kind, TokenKind::Number | TokenKind::Link | TokenKind::Handle | TokenKind::Markup)
}

/// A number's digits as one, so that years are alike, and so are pairs of digits.
fn digits(word: &str) -> &'static str {
    match word.bytes().filter(u8::is_ascii_digit).count() {
        0 => "#",
        1 => "#1",
        2 => "#2",
        3 => "#3",
        4 => "#4",
        _ => "#5",
    }
}
