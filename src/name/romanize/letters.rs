//! Words of scripts that have a letter for a sound, or for a consonant and its vowel.

use super::table::Alphabet;

/// A script of India: a consonant has a vowel of its own unless a sign takes it away.
const INDIC: std::ops::RangeInclusive<char> = '\u{900}'..='\u{D7F}';
/// The codes that each script of India has; their letters stand in one order in all of them.
const BLOCK: u32 = 0x80;
/// Where the letters of Devanagari begin.
const DEVANAGARI: u32 = 0x900;
/// From Tamil on, vowels at the ends of words are spoken unless a sign takes them away.
const SOUTHERN: char = '\u{B80}';
/// The row of the table that holds the vowel of a consonant without a sign.
const INHERENT: &str = "◌";

/// Romanizes one word in lower case, letter by letter.
pub(super) fn word(word: &str, alphabet: &Alphabet, out: &mut String) {
    let mut at = 0;
    while let Some(rest) = word.get(at..).filter(|rest| !rest.is_empty()) {
        let step = alphabet.longest(rest, at == 0).unwrap_or_else(|| {
            let first = rest.chars().next().unwrap_or_default();
            if first.is_alphanumeric() {
                out.push(first);
            }
            ("", first.len_utf8())
        });
        out.push_str(step.0);
        at += step.1;
    }
}

/// Romanizes one word of a script of India.
pub(super) fn indic(word: &str, alphabet: &Alphabet, out: &mut String) {
    spell(word, false, alphabet, out);
}

/// Romanizes one word; a southern script writes what is spoken.
fn spell(text: &str, is_southern: bool, alphabet: &Alphabet, out: &mut String) {
    let chars: Vec<char> = text.chars().collect();
    let silent = silent_vowels(&chars, is_southern);
    let vowel = alphabet.whole(INHERENT, false).unwrap_or("a");
    let (mut at, mut letter) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or_default();
        let (latin, taken) = alphabet.longest(rest, at == 0).unwrap_or(("", first.len_utf8()));
        out.push_str(latin);
        letter += rest.get(..taken).map_or(1, |part| part.chars().count());
        at += taken;
        if letter > 0 && silent.get(letter - 1) == Some(&false) {
            out.push_str(vowel);
        }
    }
}

/// Romanizes one word of a script of India without rows of its own.
pub(super) fn like_devanagari(word: &str, alphabet: &Alphabet, out: &mut String) {
    let is_southern = word.chars().next().is_some_and(|c| c >= SOUTHERN);
    let word: String = word.chars().map(as_devanagari).collect();
    spell(&word, is_southern, alphabet, out);
}

/// The letter of Devanagari that stands where `c` stands in its own script; Bengali has rows of its own.
pub(super) fn as_devanagari(c: char) -> char {
    match c {
        // The nasal sign of Gurmukhi has a place of its own.
        'ੰ' => 'ं',
        _ => char::from_u32(DEVANAGARI + u32::from(c) % BLOCK).filter(|_| INDIC.contains(&c)).unwrap_or(c),
    }
}

/// What a letter of an Indic script does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Consonant,
    /// The dot below: part of the consonant before.
    Nukta,
    /// A vowel sign.
    Sign,
    /// Takes the vowel away.
    Virama,
    Other,
}

fn kind(c: char) -> Kind {
    match u32::from(c) % BLOCK {
        0x15..=0x39 | 0x58..=0x5F => Kind::Consonant,
        // The r and w of Assamese.
        0x70 | 0x71 if matches!(c, 'ৰ' | 'ৱ') => Kind::Consonant,
        0x3C => Kind::Nukta,
        0x3E..=0x4C | 0x62 | 0x63 => Kind::Sign,
        0x4D => Kind::Virama,
        _ => Kind::Other,
    }
}

/// For each letter: `true` unless it is the end of a consonant whose own vowel is spoken.
///
/// At the end of a word the vowel falls silent, but after some groups of consonants, and after `iy`. Inside,
/// it falls silent between a vowel and a consonant and one more consonant that has a vowel; from the end on.
fn silent_vowels(word: &[char], is_southern: bool) -> Vec<bool> {
    let mut silent = vec![true; word.len()];
    // Whether the consonant that comes next, read from the end, is there and has a vowel.
    let mut next_has_vowel = false;
    for end in (0..word.len()).rev() {
        let after = word.get(end + 1).copied().map(kind);
        let base = if kind(word[end]) == Kind::Nukta { end.saturating_sub(1) } else { end };
        if kind(word[base]) != Kind::Consonant || after == Some(Kind::Nukta) {
            if kind(word[end]) == Kind::Other {
                next_has_vowel = false;
            }
            continue;
        }
        match after {
            Some(Kind::Sign) => next_has_vowel = true,
            Some(Kind::Virama) => next_has_vowel = false,
            _ if base == 0 || is_southern => {
                silent[end] = false;
                next_has_vowel = true;
            }
            None => {
                silent[end] = !keeps_last_vowel(word, base);
                next_has_vowel = !silent[end];
            }
            Some(_) => {
                let after_vowel = kind(word[base - 1]) != Kind::Virama;
                let before_consonant = after == Some(Kind::Consonant);
                silent[end] = after_vowel && before_consonant && next_has_vowel;
                next_has_vowel = !silent[end];
            }
        }
    }
    silent
}

/// Whether the vowel of a word's last consonant is spoken.
fn keeps_last_vowel(word: &[char], last: usize) -> bool {
    let letter = as_devanagari(word[last]);
    let before = last.checked_sub(1).and_then(|b| word.get(b)).copied().map(as_devanagari);
    match before {
        Some('्') => matches!(letter, 'य' | 'र' | 'ल' | 'व' | 'म' | 'न' | 'ण' | 'ठ'),
        Some('ि' | 'ी') => letter == 'य',
        _ => false,
    }
}
