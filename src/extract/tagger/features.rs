//! What the tagger looks at: features of tokens, as hashes.
//!
//! Features of a token's word alone are summed once for each word of the document, for each place that it can have
//! beside the token that is tagged; those of several words, of the capital run that a token stands in, of listed names
//! and of the document as a whole are looked up for each token.

use std::ops::Range;

use super::known::Key;
use super::scene::{Met, REACH, Scene, Word};
use crate::extract::chunk::Chunk;
use crate::name::{Vocabulary, sound, word_hash};
use crate::token::Shape;

/// Mixes two numbers to a hash (the finalizer of `SplitMix64`).
pub(super) const fn mix(a: u64, b: u64) -> u64 {
    let mut z = a.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ b.wrapping_add(0x632B_E59B_D9B4_E019);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Scene<'_, '_> {
    /// The features of a word at a place beside the token that is tagged.
    pub fn word_features(&self, number: u32, place: usize, out: &mut Vec<u64>) {
        let Met { word, first, .. } = self.words[number as usize];
        let mut emit = |what: u64, value: u64| out.push(mix(value, what << 8 | place as u64));
        emit(1, word.letters);
        emit(2, u64::from(word.shape) | u64::from(word.style) << 8);
        let flags = u64::from(word.flags.bits());
        emit(3, flags);
        let far = place == 0 || place == 2 * REACH;
        if far {
            return;
        }
        let mut rest = flags;
        while rest != 0 {
            emit(4, u64::from(rest.trailing_zeros()));
            rest &= rest - 1;
        }
        let folded = self.document.folded_word(first as usize);
        emit(5, mix(u64::from(word.shape), folded.len().min(12) as u64));
        if folded.len() > 2 && self.document.tokens()[first as usize].is_word() {
            let own = place == REACH;
            if own && self.document.tokens()[first as usize].shape != Shape::Lower {
                let vocabulary = Vocabulary::embedded();
                let sound = sound(folded);
                // How usual the word is in names of people, places and organizations: by steps of two bits.
                let step = |bits: i32| u64::try_from(bits / 2_000).unwrap_or_default().min(8);
                let steps = vocabulary.rarities(&sound).map(|bits| bits.map_or(9, step));
                for (kind, step) in steps.iter().enumerate() {
                    emit(12, mix(kind as u64, *step));
                }
                emit(13, mix(mix(steps[0], steps[1]), steps[2]));
            }
            for (what, length) in [(6, 2), (7, 3), (8, 4)] {
                let ending = folded.len().checked_sub(length).and_then(|at| folded.get(at..));
                if let Some(ending) = ending.filter(|_| own || length == 3) {
                    emit(what, word_hash(ending));
                }
            }
            for (what, length) in [(9, 2), (10, 3), (11, 4)] {
                if let Some(beginning) = folded.get(..length).filter(|_| own) {
                    emit(what, word_hash(beginning));
                }
            }
        }
    }

    /// What the features of a word are made of: all that [`Scene::word_features`] looks at, but for the place.
    pub fn word_key(&self, number: u32) -> Key {
        let Met { word, first, .. } = self.words[number as usize];
        let lower = self.document.tokens()[first as usize].shape == Shape::Lower;
        // Longer words are told apart by their letters.
        let length = self.document.folded_word(first as usize).len().min(15) as u64;
        let form = u64::from(word.shape) | u64::from(word.style) << 8 | length << 10 | u64::from(lower) << 14;
        let rest = form | u64::from(word.flags.bits()) << 32;
        // The key of no word is 0.
        Key { letters: word.letters, rest: rest | 1 << 31 }
    }

    /// The features of a token that its word alone does not tell.
    pub fn token_features(&self, i: usize, sentence: &Range<usize>, out: &mut Vec<u64>) {
        let document = self.document;
        let at = |place: usize| self.beside(i, place, sentence).map(|n| self.words[n as usize].word);
        let (own, before, after) = (at(REACH), at(REACH - 1), at(REACH + 1));
        let letters = |word: Option<Word>| word.map_or(1, |w| w.letters);
        let shape = |word: Option<Word>| word.map_or(0xFF, |w| u64::from(w.shape) | u64::from(w.style) << 8);
        let flags = |word: Option<Word>| word.map_or(1 << 40, |w| u64::from(w.flags.bits()));
        let (w, x, y) = (letters(own), letters(before), letters(after));
        let (s, t, u) = (shape(own), shape(before), shape(after));
        let (f, g, h) = (flags(own), flags(before), flags(after));
        let stand = u64::from(self.stand[i]);
        let both = mix(g, f);
        put(
            out,
            [
                (20, mix(mix(t, s), u)),
                (21, mix(x, w)),
                (22, mix(w, y)),
                (23, mix(x, y)),
                (24, both),
                (25, mix(f, h)),
                (26, mix(both, h)),
                (27, mix(x, s)),
                (28, mix(y, s)),
                (29, mix(mix(x, f), s)),
                (30, mix(mix(y, f), s)),
                (31, stand),
                (32, mix(stand, mix(s, f))),
            ],
        );
        let chunk = self.chunk(i);
        let place = chunk.map_or(0, |chunk| place_in(chunk, i));
        put(out, [(40, place)]);
        if let Some(chunk) = chunk {
            self.chunk_features(chunk, place, sentence, out);
        }
        let listed = self.listed[i];
        if listed != 0 {
            put(
                out,
                [
                    (60, u64::from(listed)),
                    (61, u64::from(listed & 0xFF)),
                    (62, mix(u64::from(listed & 0x3F), s)),
                    (63, mix(u64::from(listed & 0x1FF), x)),
                ],
            );
        }
        let (previous, next) = (i.checked_sub(1), Some(i + 1));
        let near = |j: Option<usize>| j.filter(|j| sentence.contains(j)).map_or(0, |j| self.listed[j] & 0xFF);
        let (left, right) = (near(previous), near(next));
        if left | right != 0 {
            let own = u64::from(listed & 0xFF);
            put(out, [(64, mix(u64::from(left), own)), (65, mix(u64::from(right), own))]);
        }
        let draft = |j: Option<usize>| j.filter(|j| sentence.contains(j)).map_or((14, 0), |j| self.draft[j]);
        let (now, sure) = (u64::from(self.draft[i].0), u64::from(self.draft[i].1));
        let (left, right) = (u64::from(draft(previous).0), u64::from(draft(next).0));
        if now + left + right > 0 {
            put(
                out,
                [
                    (80, now),
                    (81, now | sure << 4),
                    (82, mix(now, s)),
                    (83, now | left << 4),
                    (84, now | right << 4),
                    (85, now | left << 4 | right << 8),
                    (86, mix(now, f)),
                    (87, mix(now | sure << 4, place)),
                    (88, mix(now, w)),
                ],
            );
        }
        let shown = self.shown[self.of_token[i] as usize];
        if shown != 0 && document.tokens()[i].shape != Shape::Lower {
            put(out, [(70, u64::from(shown)), (71, mix(u64::from(shown), place))]);
            let mut rest = shown;
            while rest != 0 {
                put(out, [(72, mix(u64::from(rest.trailing_zeros()), stand & 4))]);
                rest &= rest - 1;
            }
        }
    }

    fn chunk(&self, i: usize) -> Option<&Chunk> {
        self.document.chunks.get(self.chunk[i] as usize)
    }

    /// What the chunk of a token and the words around it say of the token at a place in it.
    fn chunk_features(&self, chunk: &Chunk, place: u64, sentence: &Range<usize>, out: &mut Vec<u64>) {
        let word = |at: Option<usize>| {
            at.filter(|at| sentence.contains(at)).map(|at| self.words[self.of_token[at] as usize].word)
        };
        let letters = |word: Option<Word>| word.map_or(1, |w| w.letters);
        let flags = |word: Option<Word>| word.map_or(1 << 40, |w| u64::from(w.flags.bits()));
        let (start, end) = (chunk.tokens.start, chunk.tokens.end);
        let (before, after) = (word(start.checked_sub(1)), word(Some(end)));
        let (first, last) = (word(Some(start)), word(Some(end - 1)));
        let kind = (chunk.lead as u64) | u64::from(chunk.initial) << 2 | u64::from(chunk.loud) << 3;
        let (letters_before, letters_after) = (mix(letters(before), place), mix(letters(after), place));
        let all = chunk.tokens.clone().fold(0, |all, j| mix(all, letters(word(Some(j)))));
        put(
            out,
            [
                (41, mix(kind, place)),
                (42, letters_before),
                (43, letters_after),
                (44, mix(flags(before), place)),
                (45, mix(flags(after), place)),
                (46, mix(letters(last), place)),
                (47, mix(flags(last), place)),
                (48, mix(letters(first), place)),
                (49, mix(flags(first), place)),
                (50, mix(mix(flags(first), flags(last)), place)),
                (51, mix(mix(flags(before), flags(after)), place)),
                (52, mix(mix(letters(before), flags(last)), place)),
                (53, mix(mix(letters(after), flags(last)), place)),
                // The second word before the chunk: the `town` of `town of`.
                (54, mix(letters(word(start.checked_sub(2))), letters_before)),
                (55, mix(letters(word(Some(end + 1))), letters_after)),
                (56, mix(all, place)),
            ],
        );
    }
}

/// The place of a token in its chunk, and how long that is.
fn place_in(chunk: &Chunk, i: usize) -> u64 {
    let (before, after) = (i - chunk.tokens.start, chunk.tokens.end - 1 - i);
    1 + before.min(3) as u64 + 4 * after.min(3) as u64
}

/// Appends features of a token: what each is of, and what that is.
fn put<const N: usize>(out: &mut Vec<u64>, features: [(u64, u64); N]) {
    out.extend(features.iter().map(|(what, value)| mix(*value, what << 8 | 0xFF)));
}
