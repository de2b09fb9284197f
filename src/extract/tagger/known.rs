//! What was summed for words of earlier documents: the words of a language come again in every text.

use std::fmt;
use std::sync::Mutex;

use super::features::mix;
use super::model::Sums;
use super::scene::PLACES;

/// So many words are remembered: 0.8 MB, of which the processor's cache holds what is in use.
const REMEMBERED: usize = 1 << 12;

/// All that a word's features are made of but for its place: two keys that are equal have the same features.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Key {
    /// The hash of its letters.
    pub letters: u64,
    /// Everything else.
    pub rest: u64,
}

/// The sums of a word at each place beside the token that is tagged, as far as they were asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Places {
    key: Key,
    /// The places whose sums are there, as bits.
    made: u8,
    sums: [Sums; PLACES],
}

impl Places {
    /// The sums at a place, if they are there.
    pub fn at(&self, place: usize) -> Option<&Sums> {
        (self.made >> place & 1 == 1).then_some(())?;
        self.sums.get(place)
    }

    fn put(&mut self, place: usize, sums: Sums) {
        if let Some(own) = self.sums.get_mut(place) {
            *own = sums;
            self.made |= 1 << place;
        }
    }
}

/// Sums of words, each kept until another one needs its place.
///
/// They only save work: what comes out is the same, whatever is remembered.
pub(super) struct Known {
    words: Vec<Places>,
}

impl Known {
    fn new() -> Self {
        Self { words: vec![Places::default(); REMEMBERED] }
    }

    fn slot(key: Key) -> usize {
        usize::try_from(mix(key.letters, key.rest) & 0xFFFF_FFFF).unwrap_or_default() % REMEMBERED
    }

    /// What is remembered of a word.
    pub fn of(&self, key: Key) -> Places {
        let known = self.words.get(Self::slot(key)).filter(|known| known.key == key);
        known.copied().unwrap_or(Places { key, ..Places::default() })
    }

    /// Remembers the sums of a word at a place, beside those that the word has in a document.
    pub fn put(&mut self, word: &mut Places, place: usize, sums: Sums) {
        word.put(place, sums);
        match self.words.get_mut(Self::slot(word.key)) {
            Some(known) if known.key == word.key => known.put(place, sums),
            Some(known) => *known = *word,
            None => {}
        }
    }
}

/// What is remembered between documents, by as many as are read at once.
#[derive(Default)]
pub(super) struct Pool {
    free: Mutex<Vec<Known>>,
}

impl Pool {
    /// One that no other document uses.
    pub fn take(&self) -> Known {
        let free = self.free.lock().ok().and_then(|mut free| free.pop());
        free.unwrap_or_else(Known::new)
    }

    /// Keeps one for the next document.
    pub fn give_back(&self, known: Known) {
        if let Ok(mut free) = self.free.lock() {
            free.push(known);
        }
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_has_its_own_sums() {
        let pool = Pool::default();
        for _ in 0..2 {
            let mut known = pool.take();
            for number in 0..3 * REMEMBERED as u64 {
                let key = Key { letters: number / 2 + 1, rest: number % 2 };
                let mut word = known.of(key);
                for place in 0..PLACES {
                    let sums = [i16::try_from(number % 1_000).unwrap() + i16::try_from(place).unwrap(); 16];
                    assert!(word.at(place).is_none_or(|own| *own == sums));
                    known.put(&mut word, place, sums);
                    assert_eq!(word.at(place), Some(&sums));
                    assert_eq!(known.of(key).at(place), Some(&sums));
                }
            }
            pool.give_back(known);
        }
    }
}
