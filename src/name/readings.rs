//! Names that one script writes and several languages read: where they part, and how their characters sound.
//!
//! A name in Han characters is read in Mandarin, in Korean, in Cantonese and in Japanese; it and a name in Hangul are
//! written without a space between family and given name. All that can be meant is given; the comparison takes what
//! fits best.

use super::letters::Alphabet;
use super::romanize::{self, romanize};
use super::words::Word;

/// Names of people are not longer; what is, is a phrase.
const LONGEST_NAME: usize = 5;
/// A name is given in no more readings.
const MOST: usize = 9;

/// The ways to read a name of one word in Han characters or Hangul, the usual one first; nothing for other names.
pub(super) fn readings(words: &[Word], person: bool) -> Vec<Vec<Word>> {
    let [Word { native: Some((alphabet, word)), .. }] = words else { return Vec::new() };
    let letters: Vec<char> = word.chars().collect();
    let mut list: Vec<Vec<Word>> = Vec::new();
    let mut add = |reading: Vec<Word>| {
        if !reading.is_empty() && list.len() < MOST && !list.contains(&reading) {
            list.push(reading);
        }
    };
    let parted = person && (2..=LONGEST_NAME).contains(&letters.len());
    match alphabet {
        Alphabet::Hangul if parted => {
            for family in [1, 0, 2] {
                add(part(&letters, family, Alphabet::Hangul));
            }
        }
        Alphabet::Han => {
            for family in if parted { &[1, 0, 2][..] } else { &[0] } {
                add(part(&letters, *family, Alphabet::Han));
            }
            if let Some(hangul) = romanize::korean(&letters) {
                let hangul: Vec<char> = hangul.chars().collect();
                add(part(&hangul, usize::from(parted), Alphabet::Hangul));
            }
            for spelling in romanize::japanese(&letters).into_iter().chain(romanize::cantonese(&letters)) {
                add(spelled(&spelling, parted));
            }
        }
        _ => {}
    }
    list
}

/// A name whose first letters are the family's.
fn part(letters: &[char], family: usize, alphabet: Alphabet) -> Vec<Word> {
    if family > 0 && family + 1 > letters.len() {
        return Vec::new();
    }
    let (first, rest) = letters.split_at(family);
    let word = |letters: &[char]| {
        let word: String = letters.iter().collect();
        let text = super::fold(&romanize(&word)).replace(' ', "");
        Word { text, native: Some((alphabet, word)), aside: false }
    };
    [first, rest].into_iter().filter(|letters| !letters.is_empty()).map(word).collect()
}

/// A name in Latin letters, its parts kept apart when it is a person's.
fn spelled(spelling: &str, parted: bool) -> Vec<Word> {
    let folded = super::fold(&spelling.replace('-', ""));
    let whole = folded.replace(' ', "");
    let words = if parted { folded.split(' ').collect() } else { vec![whole.as_str()] };
    let words = words.into_iter().filter(|word| !word.is_empty());
    words
        .map(|text| Word { text: text.to_owned(), native: Some((Alphabet::Romanized, text.to_owned())), aside: false })
        .collect()
}
