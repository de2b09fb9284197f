//! Thai: vowels stand around the consonant that they follow, and some are not written.

use super::table::Alphabet;

/// The sign of the consonant in the frames of the table.
const CONSONANT: char = '◌';
/// No frame has more signs after its consonant.
const LONGEST_FRAME: usize = 3;

/// Romanizes one word.
pub(super) fn word(text: &str, alphabet: &Alphabet, out: &mut String) {
    let letters = spoken(text);
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let before = if is_leading(c) { Some(c) } else { None };
        let onset = at + usize::from(before.is_some());
        if letters.get(onset).copied().is_none_or(|c| !is_consonant(c)) {
            out.push_str(alphabet.whole(c.encode_utf8(&mut [0; 4]), false).unwrap_or_default());
            at += 1;
            continue;
        }
        at = syllable(&letters, onset, before, alphabet, out);
    }
}

/// Romanizes the syllable whose first consonant stands at `onset`; what comes back is where the next one begins.
fn syllable(letters: &[char], onset: usize, before: Option<char>, alphabet: &Alphabet, out: &mut String) -> usize {
    let mut at = onset;
    let latin = |c: char, ends: bool| alphabet.whole(c.encode_utf8(&mut [0; 4]), ends).unwrap_or_default();
    let first = letters[at];
    let paired = letters.get(at + 1).is_some_and(|c| is_pair(first, *c))
        && begins_syllable(letters, at + 1, before)
        && (before.is_none() || !has_vowel(letters, at + 1) || frame(letters, at + 2, before, alphabet).1 > 0);
    if paired {
        // The h before a sonorant only sets the tone.
        if first != 'ห' {
            out.push_str(latin(first, false));
        }
        at += 1;
    }
    if letters[at] != 'อ' {
        out.push_str(latin(letters[at], false));
    }
    at += 1;
    let (vowel, signs) = frame(letters, at, before, alphabet);
    let written = signs > 0 || before.is_some();
    at += signs;
    let last = letters.get(at).copied().filter(|c| is_consonant(*c) && *c != 'อ' && !has_vowel(letters, at));
    match vowel {
        Some(vowel) if written => out.push_str(vowel),
        // Two consonants have an o between them, one alone an a.
        Some(vowel) if last.is_some() => out.push_str(vowel),
        _ => out.push('a'),
    }
    let Some(last) = last else { return at };
    out.push_str(latin(last, true));
    at + 1
}

/// The vowel of a consonant, and how many of the letters after it are signs of it.
fn frame(letters: &[char], at: usize, before: Option<char>, alphabet: &Alphabet) -> (Option<&'static str>, usize) {
    for signs in (0..=LONGEST_FRAME.min(letters.len() - at)).rev() {
        let after = &letters[at..at + signs];
        // Letters that are consonants elsewhere are vowels only where no vowel of their own follows them.
        let ends_in_letter = after.last().is_some_and(|c| is_consonant(*c));
        if ends_in_letter && has_vowel(letters, at + signs - 1) {
            continue;
        }
        // The w is the vowel of a syllable that another consonant closes.
        let closed = letters.get(at + signs).is_some_and(|c| is_consonant(*c)) && !has_vowel(letters, at + signs);
        if before.is_none() && after == ['ว'] && !closed {
            continue;
        }
        let shape: String = before.into_iter().chain([CONSONANT]).chain(after.iter().copied()).collect();
        if let Some(vowel) = alphabet.whole(&shape, false) {
            return (Some(vowel), signs);
        }
    }
    (None, 0)
}

/// The letters that are heard: without tones, and without the consonants that a sign makes silent.
fn spoken(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = Vec::new();
    for c in word.chars() {
        match c {
            '์' => {
                if letters.last().is_some_and(|c| matches!(c, 'ิ' | 'ุ')) {
                    letters.pop();
                }
                if letters.last().is_some_and(|c| is_consonant(*c)) {
                    letters.pop();
                }
            }
            '่' | '้' | '๊' | '๋' | '๎' => {}
            _ => letters.push(c),
        }
    }
    letters
}

fn is_consonant(c: char) -> bool {
    matches!(c, 'ก'..='ฮ')
}

/// A vowel that stands before the consonant that it follows.
fn is_leading(c: char) -> bool {
    matches!(c, 'เ' | 'แ' | 'โ' | 'ใ' | 'ไ')
}

/// Whether a vowel follows the consonant at a place: a sign, or the letter that is one where it begins no syllable.
fn has_vowel(letters: &[char], at: usize) -> bool {
    let is_sign = |at: usize| letters.get(at).is_some_and(|c| matches!(c, 'ะ'..='ู' | '็' | 'ํ'));
    is_sign(at + 1) || letters.get(at + 1) == Some(&'อ') && letters.get(at) != Some(&'อ') && !is_sign(at + 2)
}

/// Whether two consonants may begin one syllable.
fn is_pair(first: char, second: char) -> bool {
    match first {
        'ก' | 'ข' | 'ค' | 'ต' | 'ท' | 'ป' | 'ผ' | 'พ' | 'บ' | 'ด' | 'ฟ' => {
            matches!(second, 'ร' | 'ล' | 'ว')
        }
        'ห' => matches!(second, 'ง' | 'ญ' | 'น' | 'ม' | 'ย' | 'ร' | 'ล' | 'ว'),
        _ => false,
    }
}

/// Whether the second consonant of a pair has the syllable's vowel after it rather than ending the syllable.
fn begins_syllable(letters: &[char], second: usize, before: Option<char>) -> bool {
    let next = letters.get(second + 1).copied();
    let closes = next.is_some_and(is_consonant) && !has_vowel(letters, second + 1);
    let after_h = second > 0 && letters[second - 1] == 'ห' && before.is_some();
    has_vowel(letters, second) || after_h || closes && (before.is_some() || letters[second] != 'ว')
}
