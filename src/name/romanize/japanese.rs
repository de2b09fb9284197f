//! Names as Japanese reads them: by a table of names, and character by character where it has none.

use foldhash::{HashMap, HashMapExt};
use once_cell::sync::OnceCell;

use super::han::{reading, simplified};
use super::kana;
use super::table::ANY;
use crate::error::Error;
use crate::tables::tsv::Tsv;

/// Names in Chinese characters, and their readings.
const TEXT: &str = include_str!("../../../data/names/japanese_names.tsv");
const FILE: &str = "data/names/japanese_names.tsv";

/// Names of people and places have no more characters.
const LONGEST_NAME: usize = 8;
/// No row of the table has more characters.
const LONGEST_ROW: usize = 4;
/// Readings of one name beyond these are rare.
const MOST_READINGS: usize = 2;

/// The sign that repeats the character before it.
const AGAIN: char = '々';
/// Characters, or forms of them, that only Japanese has.
const ONLY_JAPANESE: &str = "々沢浜桜広斎斉辺渋竜塩滝黒栄恵実児円沖畑辻峠込働笹栃凪榊薫縄駅県歳両楽気総関対団図髙﨑瀬";

/// The names, in simplified characters so that all ways of writing one are found.
#[derive(Debug, Default)]
struct Names {
    family: HashMap<String, &'static str>,
    given: HashMap<String, &'static str>,
    place: HashMap<String, &'static str>,
    /// Single characters as given names have them.
    character: HashMap<String, &'static str>,
}

impl Names {
    fn read(text: &'static str) -> Result<Self, Error> {
        let columns = ["part", "kanji", "reading"];
        let (table, header) = Tsv::with_columns(FILE, text, &columns, &columns)?;
        let new = HashMap::new;
        let mut names = Self { family: new(), given: new(), place: new(), character: new() };
        for row in table.rows(header) {
            let row = row?;
            let part = match row.get("part") {
                "family" => &mut names.family,
                "given" => &mut names.given,
                "place" => &mut names.place,
                "character" => &mut names.character,
                _ => return Err(row.error("the part is family, given, place or character")),
            };
            let mut kanji: Vec<char> = row.filled("kanji")?.chars().map(simplified).collect();
            repeat(&mut kanji);
            let kanji: String = kanji.into_iter().collect();
            part.entry(kanji).or_insert(row.filled("reading")?);
        }
        Ok(names)
    }

    fn embedded() -> &'static Self {
        static NAMES: OnceCell<Names> = OnceCell::new();
        NAMES.get_or_init(|| Self::read(TEXT).unwrap_or_default())
    }
}

/// Puts the character that a sign repeats in the sign's place.
pub(super) fn repeat(characters: &mut [char]) {
    for i in 1..characters.len() {
        if characters[i] == AGAIN {
            characters[i] = characters[i - 1];
        }
    }
}

/// Where a person's name parts, by the table, the longest family name first.
fn parting(key: &[char]) -> Option<usize> {
    let names = Names::embedded();
    let parts = (1..key.len()).rev().filter(|_| key.len() <= LONGEST_NAME);
    let is_family = |end: &usize| *end <= LONGEST_ROW && names.family.contains_key(&text(&key[..*end]));
    let mut ends = parts.filter(is_family);
    let first = ends.next()?;
    let is_given = |end: &usize| names.given.contains_key(&text(&key[*end..]));
    // One character alone is as often a word or a Chinese name.
    std::iter::once(first).chain(ends).find(is_given).or(Some(first).filter(|end| *end > 1))
}

/// Whether a word holds a character that only Japanese has.
pub(super) fn is_certain(word: &str) -> bool {
    word.chars().any(|c| kana::is_kana(c) || ONLY_JAPANESE.contains(c))
}

/// Whether a word in Chinese characters alone is a Japanese name rather than a Chinese one.
pub(super) fn is_likely(word: &[char]) -> bool {
    if word.len() < 2 || word.len() > LONGEST_NAME {
        return false;
    }
    let names = Names::embedded();
    let key: Vec<char> = word.iter().copied().map(simplified).collect();
    let whole = text(&key);
    if names.place.contains_key(&whole) || names.family.contains_key(&whole) {
        return true;
    }
    // A Chinese family name is seldom of two characters.
    parting(&key).is_some_and(|end| {
        let known = names.given.contains_key(&text(&key[end..]));
        end > 1 && (known || key.len() == 4) || end == 1 && known && key.len() == 3
    })
}

/// A word in one of its readings: by names, then by the readings taken from Chinese.
pub(super) fn spelling(word: &[char], number: usize) -> Option<String> {
    let key: Vec<char> = word.iter().copied().map(simplified).collect();
    match number {
        3 => by_words(word, &key, on_reading),
        2 => by_words(word, &key, own_reading),
        _ => {
            let Some(end) = parting(&key).filter(|_| !Names::embedded().place.contains_key(&text(&key))) else {
                return by_words(word, &key, on_reading).filter(|_| number == 0);
            };
            let names = Names::embedded();
            let family = nth(names.family.get(&text(&key[..end])), 0)?;
            let given = match names.given.get(&text(&key[end..])) {
                known @ Some(_) => nth(known, number)?.to_owned(),
                None if number == 0 => by_words(&word[end..], &key[end..], own_reading)?,
                None => by_words(&word[end..], &key[end..], on_reading)?,
            };
            Some(format!("{family} {given}"))
        }
    }
}

/// One of the readings of a row.
fn nth(readings: Option<&&'static str>, number: usize) -> Option<&'static str> {
    readings?.split(' ').take(MOST_READINGS).nth(number)
}

/// A word by the longest rows of the table, and its other characters by `one`.
/// Nothing when one of them has no reading.
fn by_words(word: &[char], key: &[char], one: fn(char) -> Option<&'static str>) -> Option<String> {
    let names = Names::embedded();
    let mut out = String::with_capacity(word.len() * 3);
    let mut at = 0;
    while at < key.len() {
        if kana::is_kana(word[at]) {
            let end = word[at..].iter().position(|c| !kana::is_kana(*c)).map_or(word.len(), |n| at + n);
            kana::word(&text(&word[at..end]), ANY, &mut out);
            at = end;
            continue;
        }
        let longest = (2..=LONGEST_ROW.min(key.len() - at)).rev().find_map(|length| {
            let piece = text(&key[at..at + length]);
            let known = [&names.place, &names.family, &names.given].into_iter().find_map(|part| part.get(&piece));
            Some((nth(known, 0)?, length))
        });
        if let Some((latin, length)) = longest {
            out.push_str(latin);
            at += length;
            continue;
        }
        out.push_str(one(word[at])?);
        at += 1;
    }
    Some(out)
}

/// The reading taken from Chinese.
fn on_reading(c: char) -> Option<&'static str> {
    reading(c)?.japanese.split(' ').next().filter(|r| !r.is_empty())
}

/// The reading in names, or the one of a Japanese word.
fn own_reading(c: char) -> Option<&'static str> {
    let in_names = Names::embedded().character.get(&text(&[simplified(c)]));
    in_names.and_then(|r| r.split(' ').next()).or_else(|| on_reading(c))
}

fn text(characters: &[char]) -> String {
    characters.iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_parses_and_stands_in_order() {
        let names = Names::read(TEXT).unwrap_or_default();
        assert!(names.family.len() > 350 && names.given.len() > 250 && names.place.len() > 50);
        let keys: Vec<(&str, &str)> = TEXT
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut fields = line.split('\t');
                Some((fields.next()?, fields.next()?))
            })
            .collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "sorted, each once");
        assert!(keys.iter().all(|(_, kanji)| kanji.chars().count() <= LONGEST_ROW));
    }
}
