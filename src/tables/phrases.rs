//! Phrases, found among the folded tokens of a text.
//!
//! Each phrase is the path of its words' hashes. A filter says which paths may begin a phrase and which may be one, so that
//! few words of a text are followed and few paths looked up. It lies flat in bytes, and nothing is built when it is read.

use std::ops::Range;

use super::bytes::{index, u32_at};
use super::postings::{self, Kept, Postings};
use crate::name::{DistinctWords, FoldedTokens, word_hash};

/// No phrase has more words: what is longer is never found.
const MOST_WORDS: usize = 200;

/// Places in the filter for each path that begins a phrase: one other path in ten passes.
const PLACES: usize = 8;
/// A place has a bit for paths that begin a phrase, and one for those that are one.
const BITS: usize = 2;
/// The smallest filter has so many places, and fits the first cache.
const FEWEST_PLACES: usize = 1 << 12;

/// The path of some words with one more, by their hashes; that of none is 0.
pub(crate) fn onward(path: u64, word: u64) -> u64 {
    (path.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The path of a whole phrase, folded as [`FoldedTokens`] are; each path on the way to it is given to `on_the_way`.
pub(super) fn path_of(key: &str, mut on_the_way: impl FnMut(u64)) -> u64 {
    key.split(' ').map(word_hash).fold(0, |path, word| {
        let path = onward(path, word);
        on_the_way(path);
        path
    })
}

/// Where a path's bits stand in a filter of so many places: a byte, and the first bit.
fn place(path: u64, places: usize) -> (usize, u32) {
    // The first bits of a path are the best mixed; those that the postings go by are others.
    let place = usize::try_from(path >> 20).unwrap_or_default() & (places - 1);
    (place * BITS / 8, u32::try_from(place * BITS % 8).unwrap_or_default())
}

/// Writes phrases: their paths, sorted, with their numbers, and the paths that lead to one, which may hold those that are
/// one.
pub(super) fn write(paths: &[(u64, u32)], leading: &[u64], out: &mut Vec<u8>) {
    let places = (leading.len().max(paths.len()) * PLACES).next_power_of_two().max(FEWEST_PLACES);
    let mut filter = vec![0u8; places * BITS / 8];
    let mut set = |path: u64, bit: u8| {
        let (byte, shift) = place(path, places);
        filter[byte] |= bit << shift;
    };
    for path in leading {
        set(*path, 1);
    }
    for (path, _) in paths {
        set(*path, 2);
    }
    out.extend(u32::try_from(filter.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(filter);
    postings::write(paths, Kept::Most, out);
}

/// What a path may be; few others pass for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bits {
    /// It may lead to a phrase.
    pub leads: bool,
    /// It may be one.
    pub is_one: bool,
}

/// Phrases as they lie in some bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Phrases<'b> {
    filter: &'b [u8],
    numbers: Postings<'b>,
}

impl<'b> Phrases<'b> {
    /// The phrases that some bytes hold; nothing when they are not as long as they say.
    pub fn read(bytes: &'b [u8]) -> Option<Self> {
        let (filter, numbers) = bytes.get(4..)?.split_at_checked(index(u32_at(bytes, 0)))?;
        let numbers = Postings::read(numbers)?;
        filter.len().is_power_of_two().then_some(Self { filter, numbers })
    }

    /// What a path may be.
    pub(super) fn bits(&self, path: u64) -> Bits {
        let bits = if self.filter.is_empty() {
            0
        } else {
            let (byte, shift) = place(path, self.filter.len() * 8 / BITS);
            self.filter.get(byte).map_or(0, |bits| bits >> shift)
        };
        Bits { leads: bits & 1 != 0, is_one: bits & 2 != 0 }
    }

    /// What the phrases' numbers are found by.
    pub(super) fn numbers(&self) -> Postings<'b> {
        self.numbers
    }

    /// All phrases of a text: the number of each and its tokens. No phrase goes beyond a sentence.
    pub fn find(&self, tokens: &FoldedTokens, words: &DistinctWords, mut found: impl FnMut(u32, Range<usize>)) {
        let begins = |first: Option<u64>| first.is_some_and(|first| self.bits(onward(0, first)).leads);
        let of_word: Vec<bool> = words.hashes().map(begins).collect();
        for start in 0..tokens.len() {
            if !of_word[words.number(start)] {
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
                let bits = self.bits(path);
                if length > MOST_WORDS || !bits.leads {
                    break;
                }
                if bits.is_one {
                    self.numbers.of(path).for_each(|number| found(number, start..at + 1));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Tokenized;

    fn found(keys: &[&str], text: &str) -> Vec<(u32, String)> {
        let tokenized = Tokenized::new(text);
        let breaks = tokenized.sentences().iter().map(|s| s.tokens.start);
        let folded = FoldedTokens::new(text, tokenized.tokens(), breaks);
        let mut leading = Vec::new();
        let mut paths: Vec<(u64, u32)> = (0..).zip(keys).map(|(n, k)| (path_of(k, |p| leading.push(p)), n)).collect();
        paths.sort_unstable();
        let (mut bytes, mut out) = (Vec::new(), Vec::new());
        write(&paths, &leading, &mut bytes);
        Phrases::read(&bytes).unwrap().find(&folded, &DistinctWords::new(&folded), |number, tokens| {
            let span = tokenized.tokens()[tokens.start].span.start..tokenized.tokens()[tokens.end - 1].span.end;
            out.push((number, text[span].to_owned()));
        });
        out
    }

    #[test]
    fn finds_all_that_overlap() {
        let keys = ["new york", "york", "new york times", "deir ez zor"];
        let owned = |rows: &[(u32, &str)]| rows.iter().map(|(n, t)| (*n, (*t).to_owned())).collect::<Vec<_>>();
        assert_eq!(
            found(&keys, "The New York Times in Deir ez-Zor"),
            owned(&[(0, "New York"), (2, "New York Times"), (1, "York"), (3, "Deir ez-Zor")])
        );
        assert_eq!(found(&keys, "It is new. York is old."), owned(&[(1, "York")]));
        assert_eq!(found(&keys, ""), []);
        assert_eq!(found(&[], "York"), []);
    }

    #[test]
    fn a_very_long_phrase_is_found() {
        let long = vec!["la"; 80].join(" ");
        assert_eq!(found(&[&long, "la"], &format!("{long} li")).iter().filter(|f| f.0 == 0).count(), 1);
    }
}
