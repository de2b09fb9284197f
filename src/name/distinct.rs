//! The distinct words of a text, numbered.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use super::fold::{FoldedTokens, NOTHING};

/// The table begins with so many places, and has at least two for each word.
const FEWEST: usize = 1 << 9;

/// A place of the table where no word is.
const FREE: u32 = u32::MAX;

/// The distinct folded words of a text, numbered in the order in which they come. What is known of a word is found once
/// and kept by its number.
///
/// Two words of one hash are as good as never met, and would only be taken for one.
pub(crate) struct DistinctWords {
    /// The number of each token's word.
    of_token: Vec<u32>,
    /// The hash of each word; [`NOTHING`] of the tokens that left nothing, which count as one word.
    hashes: Vec<u64>,
    /// The numbers of the words, each at the place that its hash names or at the next one that was free.
    table: Vec<u32>,
    /// What names the places: nobody can choose words that all want one.
    seed: RandomState,
}

impl DistinctWords {
    /// Numbers the words of a text.
    pub fn new(folded: &FoldedTokens) -> Self {
        let mut words = Self {
            of_token: Vec::with_capacity(folded.len()),
            hashes: Vec::with_capacity((folded.len() / 2).min(FEWEST)),
            table: vec![FREE; FEWEST],
            seed: RandomState::default(),
        };
        for hash in folded.hashes() {
            let at = words.place(*hash);
            let mut number = words.table[at];
            if number == FREE {
                number = u32::try_from(words.hashes.len()).unwrap_or(FREE);
                words.table[at] = number;
                words.hashes.push(*hash);
                if words.hashes.len() * 2 > words.table.len() {
                    words.grow();
                }
            }
            words.of_token.push(number);
        }
        words
    }

    /// Makes the table twice as large.
    fn grow(&mut self) {
        self.table = vec![FREE; self.table.len() * 2];
        for number in 0..self.hashes.len() {
            let at = self.place(self.hashes[number]);
            self.table[at] = u32::try_from(number).unwrap_or(FREE);
        }
    }

    /// The place of a word in the table, or the free one where it would stand.
    fn place(&self, hash: u64) -> usize {
        let mask = self.table.len() - 1;
        let mut at = usize::try_from(self.seed.hash_one(hash) & 0xFFFF_FFFF).unwrap_or_default() & mask;
        while self.hashes.get(self.table[at] as usize).is_some_and(|other| *other != hash) {
            at = (at + 1) & mask;
        }
        at
    }

    /// The number of token `i`'s word.
    pub fn number(&self, i: usize) -> usize {
        self.of_token[i] as usize
    }

    /// The numbers of all tokens' words.
    pub fn of_tokens(&self) -> &[u32] {
        &self.of_token
    }

    /// The hash of each word; nothing for that of the tokens that left nothing.
    pub fn hashes(&self) -> impl ExactSizeIterator<Item = Option<u64>> {
        self.hashes.iter().map(|hash| Some(*hash).filter(|hash| *hash != NOTHING))
    }

    /// The number of the word of a hash, if the text has it.
    pub fn find(&self, hash: u64) -> Option<u32> {
        Some(self.table[self.place(hash)]).filter(|number| *number != FREE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Tokenized;

    #[test]
    fn one_word_has_one_number() {
        let text = "Qaeda, al-Qaeda's QAEDA - al";
        let tokenized = Tokenized::new(text);
        let folded = FoldedTokens::new(text, tokenized.tokens(), std::iter::empty());
        let words = DistinctWords::new(&folded);
        for i in 0..folded.len() {
            for j in 0..folded.len() {
                assert_eq!(words.number(i) == words.number(j), folded.word(i) == folded.word(j), "{i} {j}");
            }
            assert_eq!(words.hashes().nth(words.number(i)).flatten(), folded.hash(i));
        }
        assert_eq!(words.find(crate::name::word_hash("qaeda")), Some(0));
        assert_eq!(words.find(crate::name::word_hash("kaida")), None);
    }
}
