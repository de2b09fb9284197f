//! Phrases, found among the folded tokens of a text.
//!
//! Each phrase is the path of its words' hashes. A token begins a search only where a phrase begins with its word, which
//! is looked up once for each word of a text, and the path is looked up only at the lengths that such phrases have.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use crate::name::{DistinctWords, FoldedTokens, word_hash};

/// Lengths in words from this on share a bit.
const LONGEST: usize = 63;
/// No phrase has more words: what is longer is never found.
const MOST_WORDS: usize = 200;

/// Bits of the filter: with thirty thousand beginnings of phrases one other word in ten passes, and it stays in the first
/// cache.
const FILTER: usize = 1 << 18;

/// Phrases, by number.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    /// Which paths, cut short, begin a phrase or are one.
    filter: Vec<u64>,
    /// The lengths of the phrases that begin with a word, as bits.
    starts: HashMap<u64, u64>,
    paths: HashMap<u64, u32>,
}

/// The path of some words with one more, by their hashes; that of none is 0.
pub(crate) fn onward(path: u64, word: u64) -> u64 {
    (path.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Where a path's bit stands in the filter: its last bits are the best mixed.
fn place(path: u64) -> (usize, u64) {
    let bit = usize::try_from(path >> 40).unwrap_or_default() % FILTER;
    (bit / 64, 1 << (bit % 64))
}

impl Phrases {
    /// Phrases that are folded as [`FoldedTokens`] are, numbered in their order, each once.
    pub fn new<'k>(keys: impl Iterator<Item = &'k str>) -> Self {
        let (count, _) = keys.size_hint();
        let mut phrases = Self {
            filter: vec![0; FILTER / 64],
            starts: HashMap::with_capacity(count),
            paths: HashMap::with_capacity(count),
        };
        for (number, key) in (0..).zip(keys) {
            let (mut path, mut length, mut first) = (0, 0, 0);
            for word in key.split(' ').map(word_hash) {
                first = if length == 0 { word } else { first };
                path = onward(path, word);
                length += 1;
                let (at, bit) = place(path);
                phrases.filter[at] |= bit;
            }
            *phrases.starts.entry(first).or_default() |= 1 << length.min(LONGEST);
            phrases.paths.insert(path, number);
        }
        phrases
    }

    /// Whether a path may begin a phrase, or be one.
    fn may_begin(&self, path: u64) -> bool {
        let (at, bit) = place(path);
        self.filter.get(at).is_some_and(|bits| bits & bit != 0)
    }

    /// All phrases of a text: the number of each and its tokens. No phrase goes beyond a sentence.
    pub fn find(&self, tokens: &FoldedTokens, words: &DistinctWords, mut found: impl FnMut(usize, Range<usize>)) {
        let lengths =
            |first: u64| if self.may_begin(onward(0, first)) { self.starts.get(&first).copied() } else { None };
        let of_word: Vec<u64> = words.hashes().map(|first| first.and_then(lengths).unwrap_or_default()).collect();
        for start in 0..tokens.len() {
            let lengths = of_word[words.number(start)];
            if lengths == 0 {
                continue;
            }
            let (mut path, mut length) = (0, 0);
            for at in start..tokens.len() {
                if at > start && tokens.begins_sentence(at) {
                    break;
                }
                // What leaves nothing stands in no phrase's way.
                let Some(word) = tokens.hash(at) else { continue };
                path = onward(path, word);
                length += 1;
                if length > MOST_WORDS || !self.may_begin(path) {
                    break;
                }
                if lengths >> length.min(LONGEST) & 1 == 1
                    && let Some(&number) = self.paths.get(&path)
                {
                    found(number as usize, start..at + 1);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Tokenized;

    fn found(keys: &[&str], text: &str) -> Vec<(usize, String)> {
        let tokenized = Tokenized::new(text);
        let breaks = tokenized.sentences().iter().map(|s| s.tokens.start);
        let folded = FoldedTokens::new(text, tokenized.tokens(), breaks);
        let mut out = Vec::new();
        Phrases::new(keys.iter().copied()).find(&folded, &DistinctWords::new(&folded), |number, tokens| {
            let span = tokenized.tokens()[tokens.start].span.start..tokenized.tokens()[tokens.end - 1].span.end;
            out.push((number, text[span].to_owned()));
        });
        out
    }

    #[test]
    fn finds_all_that_overlap() {
        let keys = ["new york", "york", "new york times", "deir ez zor"];
        let owned = |rows: &[(usize, &str)]| rows.iter().map(|(n, t)| (*n, (*t).to_owned())).collect::<Vec<_>>();
        assert_eq!(
            found(&keys, "The New York Times in Deir ez-Zor"),
            owned(&[(0, "New York"), (2, "New York Times"), (1, "York"), (3, "Deir ez-Zor")])
        );
        assert_eq!(found(&keys, "It is new. York is old."), owned(&[(1, "York")]));
        assert_eq!(found(&keys, ""), []);
    }

    #[test]
    fn a_very_long_phrase_is_found() {
        let long = vec!["la"; 80].join(" ");
        assert_eq!(found(&[&long, "la"], &format!("{long} li")).iter().filter(|f| f.0 == 0).count(), 1);
    }
}
