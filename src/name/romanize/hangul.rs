//! Korean: syllables taken apart by their codes, and names of people told from other words.

use foldhash::{HashMap, HashMapExt};
use once_cell::sync::OnceCell;

use super::table::{ANY, Alphabet, Letters};
use crate::error::Error;
use crate::tables::tsv::Tsv;

/// Syllables of names, and how those who bear them spell them.
const TEXT: &str = include_str!("../../../data/names/korean_names.tsv");
const FILE: &str = "data/names/korean_names.tsv";
/// The script's name in the table of letters, and that of the romanization of 1939 there.
const SCRIPT: &str = "Hang";
const OLDER: &str = "ko-alt";
/// Names from abroad, without the vowel that Korean puts between consonants.
const FOREIGN: &str = "ko-foreign";

/// The first syllable, and how many vowels and last consonants there are for one first consonant.
const FIRST_SYLLABLE: u32 = 0xAC00;
const LAST_SYLLABLE: u32 = 0xD7A3;
const MEDIALS: u32 = 21;
const FINALS: u32 = 28;
/// Where the parts begin: the codes of first consonants, vowels, and the one before the first last consonant.
const INITIAL: u32 = 0x1100;
const MEDIAL: u32 = 0x1161;
const FINAL: u32 = 0x11A7;

/// Family names that most people bear.
const COMMON: &str = "김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민진지";
/// More spellings are never tried.
const MOST_FORMS: usize = 12;
/// Words of two syllables that look like names of people and are places.
const PLACES: [&str; 31] = [
    "강원", "강진", "고성", "고양", "구리", "구미", "김해", "남산", "남원", "남해", "문산", "서산", "서초", "성남",
    "신라", "신안", "안동", "안산", "안성", "안양", "양산", "양주", "오산", "이란", "이천", "전주", "조선", "진주",
    "하남", "한국", "한성",
];
/// Last syllables of places and offices, which no given name ends in.
const GENERIC: [char; 10] = ['구', '군', '당', '도', '면', '부', '시', '읍', '청', '국'];
/// Names of people have no more syllables.
const LONGEST_NAME: usize = 4;

/// A syllable's first consonant, vowel and last consonant, by number; no last consonant is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Syllable {
    initial: u32,
    medial: u32,
    last: u32,
}

impl Syllable {
    fn new(c: char) -> Option<Self> {
        let code = u32::from(c);
        (FIRST_SYLLABLE..=LAST_SYLLABLE).contains(&code).then(|| {
            let number = code - FIRST_SYLLABLE;
            Self { initial: number / (MEDIALS * FINALS), medial: number / FINALS % MEDIALS, last: number % FINALS }
        })
    }
}

/// The letters of a syllable, without the consonant that is written and not heard; nothing for other characters.
pub(in crate::name) fn jamo(c: char) -> Option<impl Iterator<Item = char>> {
    let s = Syllable::new(c)?;
    let initial = char::from_u32(INITIAL + s.initial).filter(|_| s.initial != initial::NONE);
    let last = char::from_u32(FINAL + s.last).filter(|_| s.last != last::NONE);
    Some(initial.into_iter().chain(char::from_u32(MEDIAL + s.medial)).chain(last))
}

/// First consonants by number.
mod initial {
    pub const K: u32 = 0;
    pub const N: u32 = 2;
    pub const T: u32 = 3;
    pub const R: u32 = 5;
    pub const M: u32 = 6;
    pub const P: u32 = 7;
    pub const NONE: u32 = 11;
    pub const C: u32 = 12;
}

/// Last consonants by number.
mod last {
    pub const NONE: u32 = 0;
    pub const N: u32 = 4;
    pub const L: u32 = 8;
    pub const M: u32 = 16;
    pub const NG: u32 = 21;
    pub const H: u32 = 27;
}

/// How syllables of names are spelled: those of families, and those of given names.
#[derive(Debug, Default)]
struct Names {
    family: HashMap<&'static str, &'static str>,
    given: HashMap<&'static str, &'static str>,
}

impl Names {
    fn read(text: &'static str) -> Result<Self, Error> {
        let columns = ["part", "hangul", "spellings"];
        let (table, header) = Tsv::with_columns(FILE, text, &columns, &columns)?;
        let mut names = Self { family: HashMap::new(), given: HashMap::new() };
        for row in table.rows(header) {
            let row = row?;
            let part = match row.get("part") {
                "family" => &mut names.family,
                "given" => &mut names.given,
                _ => return Err(row.error("the part is family or given")),
            };
            part.insert(row.filled("hangul")?, row.filled("spellings")?);
        }
        Ok(names)
    }

    fn embedded() -> &'static Self {
        static NAMES: OnceCell<Names> = OnceCell::new();
        NAMES.get_or_init(|| Self::read(TEXT).unwrap_or_default())
    }
}

/// Family names in Latin letters, as those who bear them spell them.
#[expect(clippy::disallowed_methods, reason = "a set is made of them, which has no order")]
pub(in crate::name) fn family_spellings() -> impl Iterator<Item = &'static str> {
    Names::embedded().family.values().flat_map(|spellings| spellings.split(' '))
}

/// Whether a syllable is a family name.
pub(super) fn is_family(syllable: &str) -> bool {
    Names::embedded().family.contains_key(syllable)
}

/// A way to spell a word.
#[derive(Debug, Clone, Copy)]
enum Form<'w> {
    /// As it is spoken, by the rules of the table for a language.
    Word(&'static str),
    /// In the romanization of 1939.
    Older,
    /// Family and given name: a spelling that people use, and the rules.
    Person(&'w str, &'w str),
    /// Both as people spell them.
    Personal(&'w str, &'w str),
    /// Both by the rules.
    Parted(&'w str, &'w str),
    /// Both in the romanization of 1939.
    PartedOlder(&'w str, &'w str),
}

/// A word in one of its spellings; 0 is the usual one. `alone` tells that it is the whole name.
pub(super) fn spelling(word: &str, alone: bool, number: usize) -> Option<String> {
    let as_word = [Form::Word(ANY), Form::Word(FOREIGN), Form::Older];
    let mut forms = Vec::with_capacity(MOST_FORMS);
    let Some((family, given)) = person(word).filter(|_| alone) else {
        return as_word.get(number).map(|form| spelled(word, *form));
    };
    let spellings = Names::embedded().family.get(family).copied().unwrap_or_default();
    let as_person = [
        Form::Person(first_of(spellings), given),
        Form::Personal(first_of(spellings), given),
        Form::PartedOlder(family, given),
        Form::Parted(family, given),
    ];
    if is_likely(word, family, given) {
        forms.extend(as_person.into_iter().chain(as_word));
    } else {
        forms.extend(as_word.into_iter().chain(as_person));
    }
    forms.extend(spellings.split(' ').skip(1).map(|other| Form::Person(other, given)));
    forms.get(number).map(|form| spelled(word, *form))
}

/// A word in a form.
fn spelled(word: &str, form: Form) -> String {
    let alphabet = |language| Letters::embedded().alphabet(SCRIPT, language);
    match form {
        Form::Word(language) => together(word, &alphabet(language)),
        Form::Older => older(word),
        Form::Person(family, given) => format!("{family} {}", apart(given, &alphabet(ANY))),
        Form::Personal(family, given) => format!("{family} {}", personal(given, &alphabet(ANY))),
        Form::Parted(family, given) => format!("{} {}", apart(family, &alphabet(ANY)), apart(given, &alphabet(ANY))),
        Form::PartedOlder(family, given) => format!("{} {}", older(family), older(given)),
    }
}

/// A word parted into a family name and a given name, when it may be a person's.
fn person(word: &str) -> Option<(&str, &str)> {
    let syllables = word.chars().count();
    if !(2..=LONGEST_NAME).contains(&syllables) || !word.chars().all(|c| Syllable::new(c).is_some()) {
        return None;
    }
    let family = &Names::embedded().family;
    [2, 1].into_iter().filter(|length| *length < syllables).find_map(|length| {
        let (end, _) = word.char_indices().nth(length)?;
        let (first, rest) = word.split_at(end);
        family.contains_key(first).then_some((first, rest))
    })
}

/// Whether a word that may be a person's name is one rather than a place or a word from abroad.
fn is_likely(word: &str, family: &str, given: &str) -> bool {
    let names = Names::embedded();
    let known = |c: char| names.given.contains_key(c.encode_utf8(&mut [0; 4]) as &str);
    // Places of two syllables are many, and names of people that short are few.
    let is_usual = match (family.chars().count(), given.chars().count()) {
        (1, 1) => COMMON.contains(family),
        (family, given) => family == 2 || given == 2,
    };
    is_usual && given.chars().all(known) && !word.ends_with(GENERIC) && !PLACES.contains(&word)
}

/// The first of a list of spellings.
fn first_of(spellings: &'static str) -> &'static str {
    spellings.split(' ').next().unwrap_or_default()
}

/// A given name as its syllables are spelled by people, or by the rules.
fn personal(given: &str, alphabet: &Alphabet) -> String {
    let names = Names::embedded();
    given.chars().fold(String::new(), |mut out, c| {
        let mut bytes = [0; 4];
        let syllable: &str = c.encode_utf8(&mut bytes);
        match names.given.get(syllable).and_then(|s| s.split(' ').next()) {
            Some(spelling) => out.push_str(spelling),
            None => out.push_str(&apart(syllable, alphabet)),
        }
        out
    })
}

/// The letters of one part.
fn part(alphabet: &Alphabet, base: u32, number: u32) -> &'static str {
    let letter = char::from_u32(base + number).unwrap_or_default();
    alphabet.whole(letter.encode_utf8(&mut [0; 4]), false).unwrap_or_default()
}

/// Syllable by syllable, as names of people are spelled.
fn apart(word: &str, alphabet: &Alphabet) -> String {
    word.chars().filter_map(Syllable::new).fold(String::new(), |mut out, s| {
        out.push_str(part(alphabet, INITIAL, s.initial));
        out.push_str(part(alphabet, MEDIAL, s.medial));
        if s.last != last::NONE {
            out.push_str(part(alphabet, FINAL, s.last));
        }
        out
    })
}

/// As a word is spoken, in the revised romanization: consonants change where syllables meet.
fn together(word: &str, alphabet: &Alphabet) -> String {
    let mut out = String::with_capacity(word.len());
    let mut before: Option<Syllable> = None;
    for c in word.chars() {
        let Some(s) = Syllable::new(c) else {
            before = None;
            // A part that stands alone.
            match alphabet.whole(c.encode_utf8(&mut [0; 4]), false) {
                Some(latin) => out.push_str(latin),
                None => out.push(c),
            }
            continue;
        };
        let met = before.and_then(|b| meeting(b.last, s.initial));
        if let Some((end, begin)) = met {
            // What the last consonant was spelled as gives way.
            let spelled = before.map_or(0, |b| part(alphabet, FINAL, b.last).len());
            out.truncate(out.len() - spelled);
            out.push_str(end);
            out.push_str(begin);
        } else {
            out.push_str(part(alphabet, INITIAL, s.initial));
        }
        out.push_str(part(alphabet, MEDIAL, s.medial));
        if s.last != last::NONE {
            out.push_str(part(alphabet, FINAL, s.last));
        }
        before = Some(s);
    }
    out
}

/// What a last consonant and the first one after it become, where they are not what they are alone.
fn meeting(end: u32, begin: u32) -> Option<(&'static str, &'static str)> {
    let nasal = |end: u32| match end {
        1..=3 | 9 | 24 => Some("ng"),
        7 | 19 | 20 | 22 | 23 | 25 | 27 => Some("n"),
        17 | 18 | 26 => Some("m"),
        _ => None,
    };
    match (end, begin) {
        (_, initial::NONE) => Some(match end {
            1 => ("", "g"),
            2 => ("", "kk"),
            last::N => ("", "n"),
            7 => ("", "d"),
            last::L => ("", "r"),
            last::M => ("", "m"),
            17 => ("", "b"),
            19 => ("", "s"),
            20 => ("", "ss"),
            22 => ("", "j"),
            23 => ("", "ch"),
            24 => ("", "k"),
            25 => ("", "t"),
            26 => ("", "p"),
            last::H => ("", ""),
            _ => return None,
        }),
        (last::N | last::L, initial::R) | (last::L, initial::N) => Some(("l", "l")),
        (last::M, initial::R) => Some(("m", "n")),
        (last::NG, initial::R) => Some(("ng", "n")),
        (_, initial::N | initial::R) => Some((nasal(end)?, "n")),
        (_, initial::M) => Some((nasal(end)?, "m")),
        (last::H, initial::K) => Some(("", "k")),
        (last::H, initial::T) => Some(("", "t")),
        (last::H, initial::C) => Some(("", "ch")),
        _ => None,
    }
}

/// A word in the romanization of 1939, without their marks over vowels.
fn older(word: &str) -> String {
    let alphabet = Letters::embedded().alphabet(SCRIPT, OLDER);
    let mut out = String::with_capacity(word.len());
    let mut before: Option<Syllable> = None;
    for s in word.chars().filter_map(Syllable::new) {
        // After a vowel or a sonorant the plain consonants are voiced.
        let is_voiced = before.is_some_and(|b| matches!(b.last, last::NONE | last::N | last::L | last::M | last::NG));
        out.push_str(match s.initial {
            initial::K if is_voiced => "g",
            initial::T if is_voiced => "d",
            initial::P if is_voiced => "b",
            initial::C if is_voiced => "j",
            initial::R if before.is_some_and(|b| b.last == last::L) => "l",
            initial::R if before.is_some_and(|b| b.last != last::NONE) => "n",
            number => part(&alphabet, INITIAL, number),
        });
        out.push_str(part(&alphabet, MEDIAL, s.medial));
        if s.last != last::NONE {
            out.push_str(part(&alphabet, FINAL, s.last));
        }
        before = Some(s);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_parses_and_stands_in_order() {
        assert!(Names::read(TEXT).is_ok_and(|names| names.family.len() > 100 && names.given.len() > 100));
        let keys: Vec<(&str, &str)> = TEXT
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut fields = line.split('\t');
                Some((fields.next()?, fields.next()?))
            })
            .collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "sorted, each once");
    }
}
