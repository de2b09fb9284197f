//! Chinese characters: their readings, and which of them a name is to be read by.

use once_cell::sync::OnceCell;

use super::{chinese, hangul, japanese, kana};
use crate::error::Error;
use crate::tables::tsv::Tsv;

/// The readings, one row a character.
const TEXT: &str = include_str!("../../../data/names/han.tsv");
const FILE: &str = "data/names/han.tsv";

/// How a character is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    character: char,
    /// Pinyin without tones, the usual one first.
    pub mandarin: &'static str,
    /// Jyutping without tones.
    pub cantonese: &'static str,
    /// Syllables of Hangul.
    pub korean: &'static str,
    /// The readings taken from Chinese, then those of Japanese words.
    pub japanese: &'static str,
    simplified: Option<char>,
}

/// Reads the table.
fn read(text: &'static str) -> Result<Vec<Reading>, Error> {
    let columns = ["char", "mandarin", "cantonese", "korean", "japanese", "simplified"];
    let (table, header) = Tsv::with_columns(FILE, text, &columns, &columns)?;
    let mut readings = Vec::with_capacity(text.len() / 26);
    for row in table.rows(header) {
        let row = row?;
        let mut written = row.filled("char")?.chars();
        let (Some(character), None) = (written.next(), written.next()) else {
            return Err(row.error("not one character"));
        };
        readings.push(Reading {
            character,
            mandarin: row.filled("mandarin")?,
            cantonese: row.get("cantonese"),
            korean: row.get("korean"),
            japanese: row.get("japanese"),
            simplified: row.get("simplified").chars().next(),
        });
    }
    Ok(readings)
}

/// How a character is read, if the table has it. The table is read when a name first needs it.
pub(super) fn reading(c: char) -> Option<&'static Reading> {
    static READINGS: OnceCell<Vec<Reading>> = OnceCell::new();
    let readings = READINGS.get_or_init(|| read(TEXT).unwrap_or_default());
    readings.binary_search_by_key(&c, |r| r.character).ok().map(|at| &readings[at])
}

/// The simplified form of a character, or itself.
pub(super) fn simplified(c: char) -> char {
    reading(c).and_then(|r| r.simplified).unwrap_or(c)
}

/// A word in Chinese characters, or in these and kana, in one of its spellings; 0 is the likeliest. `alone` tells that
/// it is the whole name.
pub(super) fn spelling(word: &str, alone: bool, number: usize) -> Option<String> {
    let mut characters: Vec<char> = word.chars().collect();
    japanese::repeat(&mut characters);
    let has_kana = word.chars().any(kana::is_kana);
    if number == 0 && !japanese::is_certain(word) && !japanese::is_likely(&characters) {
        return Some(chinese::pinyin(&characters, alone));
    }
    match number {
        // A character without a reading stays.
        0 => japanese::spelling(&characters, 0).or_else(|| Some(chinese::pinyin(&characters, alone))),
        1 if !has_kana => Some(chinese::pinyin(&characters, alone)),
        2 => japanese::spelling(&characters, 0),
        3 if !has_kana => Some(chinese::wade_giles(&characters, alone)),
        4 if !has_kana => korean(&characters, alone),
        5 if !has_kana => chinese::cantonese(&characters, alone),
        6 => japanese::spelling(&characters, 1),
        7 => japanese::spelling(&characters, 2),
        8 => japanese::spelling(&characters, 3),
        // What looked like a family name may be a syllable of a word from abroad.
        9 if !has_kana => Some(chinese::pinyin(&characters, false)),
        _ => None,
    }
}

/// A word as Koreans read it, romanized; nothing when they do not use one of its characters.
fn korean(word: &[char], alone: bool) -> Option<String> {
    let mut hangul = String::with_capacity(word.len() * 3);
    for (i, c) in word.iter().enumerate() {
        let syllables = reading(*c)?.korean;
        // The table has those of families last, and those that only begin a word in the North first.
        let first = i == 0 && alone && chinese::begins_with_family(word);
        let family = syllables.split(' ').rev().find(|s| first && hangul::is_family(s));
        hangul.push_str(family.or_else(|| syllables.split(' ').next()).filter(|s| !s.is_empty())?);
    }
    hangul::spelling(&hangul, alone, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_parses_and_stands_in_order() {
        let readings = read(TEXT).unwrap_or_default();
        assert!(readings.len() > 8500);
        assert!(readings.is_sorted_by(|a, b| a.character < b.character), "sorted, each once");
        assert!(readings.iter().all(|r| r.simplified != Some(r.character)));
    }

    #[test]
    fn reads_a_character() {
        assert_eq!(reading('習').map(|r| (r.mandarin, r.cantonese, r.korean)), Some(("xi", "zaap", "습")));
        assert_eq!(simplified('習'), '习');
        assert_eq!(simplified('习'), '习');
        assert!(reading('a').is_none());
    }
}
