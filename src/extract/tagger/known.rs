//! What was summed for words of earlier documents: the words of a language come again in every text.

use std::fmt;
use std::sync::Mutex;

use super::features::mix;
use super::model::Sums;

/// So many words at places beside a token are remembered: 400 kB, which stay in the processor's cache.
const REMEMBERED: usize = 1 << 13;

/// All that a word's features at a place are made of: two keys that are equal have the same features.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Key {
    /// The hash of its letters.
    pub letters: u64,
    /// Everything else.
    pub rest: u64,
}

/// Sums of words, each kept until another one needs its place.
///
/// They only save work: what comes out is the same, whatever is remembered.
pub(super) struct Known {
    sums: Vec<(Key, Sums)>,
}

impl Known {
    fn new() -> Self {
        Self { sums: vec![(Key::default(), Sums::default()); REMEMBERED] }
    }

    /// The sums of a key, remembered or made.
    pub fn of(&mut self, key: Key, make: impl FnOnce() -> Sums) -> Sums {
        let place = usize::try_from(mix(key.letters, key.rest) & 0xFFFF_FFFF).unwrap_or_default() % REMEMBERED;
        let Some((own, sums)) = self.sums.get_mut(place) else { return make() };
        if *own != key {
            (*own, *sums) = (key, make());
        }
        *sums
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
    fn each_key_has_its_own_sums() {
        let pool = Pool::default();
        for _ in 0..2 {
            let mut known = pool.take();
            for number in 0..3 * REMEMBERED as u64 {
                let key = Key { letters: number / 2 + 1, rest: number % 2 };
                let sums = [i16::try_from(number % 1_000).unwrap(); 16];
                assert_eq!(known.of(key, || sums), sums);
                assert_eq!(known.of(key, || Sums::default()), sums);
            }
            pool.give_back(known);
        }
    }
}
