//! Japanese syllables.

use super::table::{ANY, Letters};

/// The script's name in the table of letters, and how names from abroad that it renders are spelled at home.
const SCRIPT: &str = "Kana";
const FOREIGN: &str = "ja-foreign";
/// How far a katakana letter stands from its hiragana.
const TO_KATAKANA: u32 = 0x60;

/// The languages of the table: Japanese as it sounds, and as if the name were foreign.
const SPELLINGS: [&str; 2] = [ANY, FOREIGN];

/// Whether a letter is hiragana or katakana, or the sign of a long vowel.
pub(super) fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ' | 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
}

/// A run of kana in one of its spellings; 0 is the usual one.
pub(super) fn spelling(text: &str, number: usize) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    word(text, SPELLINGS.get(number)?, &mut out);
    Some(out)
}

/// Appends a run of kana: hiragana with long vowels short, as news writes names.
pub(super) fn word(text: &str, language: &'static str, out: &mut String) {
    let alphabet = Letters::embedded().alphabet(SCRIPT, language);
    let katakana: String = text.chars().map(to_katakana).collect();
    let mut latin = String::with_capacity(text.len());
    let (mut at, mut doubled) = (0, false);
    while let Some(rest) = katakana.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or_default();
        let (letters, taken) = alphabet.longest(rest, at == 0).unwrap_or(("", first.len_utf8()));
        if doubled && let Some(consonant) = letters.chars().next().filter(|c| !"aiueon".contains(*c)) {
            latin.push(if consonant == 'c' { 't' } else { consonant });
        }
        latin.push_str(letters);
        doubled = first == 'ッ';
        at += taken;
    }
    if text == katakana {
        out.push_str(&latin);
    } else {
        out.push_str(&latin.replace("ou", "o").replace("oo", "o").replace("uu", "u"));
    }
}

fn to_katakana(c: char) -> char {
    match c {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(u32::from(c) + TO_KATAKANA).unwrap_or(c),
        _ => c,
    }
}
