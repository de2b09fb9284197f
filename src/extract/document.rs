//! A text with everything that recognizers look at: tokens, sentences, word flags, dictionary hits, capital runs.

use std::fmt;
use std::ops::Range;

use crate::extract::chunk::{Chunk, chunks};
use crate::extract::gazetteer::{self, Hit};
use crate::extract::select::Chosen;
use crate::name::{DistinctWords, FoldedTokens};
use crate::span::Span;
use crate::tables::{Flags, Tables};
use crate::token::{Sentence, Shape, Token, TokenKind, Tokenized};

/// A text as recognizers see it.
///
/// # Cost
///
/// Linear in the text; made once for all recognizers.
///
/// # Examples
///
/// ```
/// use allonym::extract::{Candidate, Document, Extractor, Recognizer};
/// use allonym::EntityKind;
///
/// /// Ships are no people, whatever their names; here they are places.
/// struct Ships;
///
/// impl Recognizer for Ships {
///     fn name(&self) -> &str {
///         "ships"
///     }
///
///     fn recognize(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
///         for sentence in document.sentences() {
///             for i in sentence.tokens.clone().skip(1).filter(|&i| document.folded_word(i - 1) == "frigate") {
///                 let token = document.tokens()[i];
///                 assert_eq!(document.word(i), &document.text()[token.span]);
///                 if token.is_capitalized() && document.tables().find(document.word(i)).next().is_none() {
///                     out.push(Candidate::new(token.span, EntityKind::Place, "ships:frigate", 9_000));
///                 }
///             }
///         }
///     }
/// }
///
/// let extractor = Extractor::builder().recognizer(Ships).build()?;
/// let found = extractor.extract("a", "The frigate Aldebrina was seen near Latakia.");
/// assert_eq!((found.mentions[0].surface.as_str(), found.mentions[0].kind), ("Aldebrina", EntityKind::Place));
/// # Ok::<(), allonym::Error>(())
/// ```
pub struct Document<'t> {
    text: &'t str,
    tokenized: Tokenized,
    tables: &'t Tables,
    pub(crate) folded: FoldedTokens,
    pub(crate) words: DistinctWords,
    pub(crate) flags: Vec<Flags>,
    pub(crate) hits: Vec<Hit>,
    pub(crate) chunks: Vec<Chunk>,
    /// For each token, and for the end, how many hits begin before it.
    hits_before: Vec<u32>,
    /// For each token, and for the end, how many chunks end before it.
    chunks_before: Vec<u32>,
    /// The names that the recognizers find so far.
    pub(super) draft: Vec<Chosen>,
}

impl<'t> Document<'t> {
    pub(crate) fn new(text: &'t str, tables: &'t Tables) -> Self {
        let tokenized = Tokenized::new(text);
        let breaks = tokenized.sentences().iter().map(|s| s.tokens.start);
        let folded = FoldedTokens::new(text, tokenized.tokens(), breaks);
        let words = DistinctWords::new(&folded);
        let mut flags = tables.lexicon().flags(&folded, &words);
        // `us` is no state.
        for (flags, token) in flags.iter_mut().zip(tokenized.tokens()) {
            if flags.has(Flags::STATE) && !(token.shape == Shape::Upper || token.kind == TokenKind::Initialism) {
                *flags = flags.without(Flags::STATE);
            }
        }
        let hits = gazetteer::search(tables, text, &tokenized, &folded, &words, &flags);
        let hits_before = places(hits.iter().map(|hit| hit.tokens.start), tokenized.tokens().len());
        let mut document = Self {
            text,
            tokenized,
            tables,
            folded,
            words,
            flags,
            hits,
            chunks: Vec::new(),
            hits_before,
            chunks_before: Vec::new(),
            draft: Vec::new(),
        };
        document.chunks = chunks(&document);
        document.chunks_before = places(document.chunks.iter().map(|c| c.tokens.end), document.tokens().len());
        document
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Its tokens.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        self.tokenized.tokens()
    }

    /// Its sentences.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        self.tokenized.sentences()
    }

    /// The tables that it is read with.
    #[must_use]
    pub fn tables(&self) -> &'t Tables {
        self.tables
    }

    /// The text of token `i`; empty when there is none.
    #[must_use]
    pub fn word(&self, i: usize) -> &'t str {
        self.tokens().get(i).map_or("", |t| &self.text[t.span])
    }

    /// The folded text of token `i`; empty when there is none or it is a hyphen, apostrophe or full stop.
    #[must_use]
    pub fn folded_word(&self, i: usize) -> &str {
        if i < self.tokens().len() { self.folded.word(i) } else { "" }
    }

    /// The hits that begin in some tokens.
    pub(crate) fn hits_in(&self, tokens: &Range<usize>) -> &[Hit] {
        let before = |token: usize| self.hits_before.get(token).map_or(self.hits.len(), |count| *count as usize);
        self.hits.get(before(tokens.start)..before(tokens.end)).unwrap_or_default()
    }

    /// The first chunk that does not end before some tokens do: the one that holds them, if one does.
    pub(crate) fn chunk_to(&self, end: usize) -> usize {
        self.chunks_before.get(end).map_or(self.chunks.len(), |count| *count as usize)
    }

    pub(crate) fn flag(&self, i: usize) -> Flags {
        self.flags.get(i).copied().unwrap_or_default()
    }

    /// The tokens that spans hold, which are asked for in order.
    pub(crate) fn tokens_in_order(&self) -> TokensInOrder<'_> {
        TokensInOrder { tokens: self.tokens(), passed: 0 }
    }

    /// The bytes from the first of some tokens to the last.
    pub(crate) fn span(&self, tokens: &Range<usize>) -> Span {
        let tokens = &self.tokens()[tokens.clone()];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }
}

/// For each of so many tokens, and for the end, how many of some places, which are in order, are before it.
fn places(places: impl Iterator<Item = usize>, tokens: usize) -> Vec<u32> {
    let mut before = Vec::with_capacity(tokens + 1);
    let mut count = 0;
    for place in places {
        // At its own place and before it is not counted yet.
        if before.len() <= place {
            before.resize(place.min(tokens) + 1, count);
        }
        count += 1;
    }
    before.resize(tokens + 1, count);
    before
}

/// A walk over the tokens beside a walk over spans.
pub(crate) struct TokensInOrder<'d> {
    tokens: &'d [Token],
    /// How many tokens begin before the last span that was asked for.
    passed: usize,
}

/// So many tokens are looked at one by one; few names have more.
const NEAR: usize = 16;

impl TokensInOrder<'_> {
    /// The tokens that a span holds, when both its ends are those of tokens. No span that begins before it is asked for
    /// again.
    pub fn of(&mut self, span: Span) -> Option<Range<usize>> {
        self.passed += self.tokens[self.passed..].iter().take_while(|t| t.span.start < span.start).count();
        let rest = &self.tokens[self.passed..];
        let near = rest.iter().take(NEAR).take_while(|t| t.span.end <= span.end).count();
        let count = if near < NEAR { near } else { rest.partition_point(|t| t.span.end <= span.end) };
        let held = &rest[..count];
        let fits = held.first()?.span.start == span.start && held.last()?.span.end == span.end;
        fits.then_some(self.passed..self.passed + count)
    }
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("text", &self.text).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted() {
        for list in [&[][..], &[0], &[3], &[0, 0, 1, 4], &[2, 2, 2], &[1, 3, 4]] {
            let expected: Vec<u32> = (0..=4)
                .map(|token| u32::try_from(list.iter().filter(|place| **place < token).count()).unwrap())
                .collect();
            assert_eq!(places(list.iter().copied(), 4), expected, "{list:?}");
        }
    }

    #[test]
    fn spans_of_any_length_are_found_among_tokens() {
        let text = "a bc d ".repeat(20);
        let tables = Tables::none();
        let document = Document::new(&text, &tables);
        let tokens = document.tokens();
        let mut places = document.tokens_in_order();
        for first in 0..tokens.len() {
            for last in first..tokens.len() {
                let span = Span::new(tokens[first].span.start, tokens[last].span.end);
                assert_eq!(places.of(span), Some(first..last + 1));
                assert_eq!(places.of(Span::new(span.start, span.end + 1)), None);
            }
            if tokens[first].span.len() > 1 {
                assert_eq!(places.of(Span::new(tokens[first].span.start + 1, tokens[first].span.end)), None);
            }
        }
        assert_eq!(places.of(Span::new(text.len(), text.len() + 4)), None);
    }
}
