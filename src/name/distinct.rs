//! The distinct words of a text, numbered.

use foldhash::{HashMap, HashMapExt};

use super::fold::{FoldedTokens, NOTHING};

/// Few texts have more distinct words; from here on the table grows.
const USUAL: usize = 1 << 12;

/// The distinct folded words of a text, numbered in the order in which they come. What is known of a word is found once
/// and kept by its number.
///
/// Two words of one hash are as good as never met, and would only be taken for one.
pub(crate) struct DistinctWords {
    /// The number of each token's word.
    of_token: Vec<u32>,
    /// The hash of each word; [`NOTHING`] of the tokens that left nothing, which count as one word.
    hashes: Vec<u64>,
    numbers: HashMap<u64, u32>,
}

impl DistinctWords {
    /// Numbers the words of a text.
    pub fn new(folded: &FoldedTokens) -> Self {
        let mut words = Self {
            of_token: Vec::with_capacity(folded.len()),
            hashes: Vec::with_capacity(folded.len() / 2),
            numbers: HashMap::with_capacity((folded.len() / 2).min(USUAL)),
        };
        for i in 0..folded.len() {
            let hash = folded.hash(i).unwrap_or(NOTHING);
            let next = u32::try_from(words.hashes.len()).unwrap_or(u32::MAX);
            let number = *words.numbers.entry(hash).or_insert(next);
            if number == next {
                words.hashes.push(hash);
            }
            words.of_token.push(number);
        }
        words
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
        self.numbers.get(&hash).copied()
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
