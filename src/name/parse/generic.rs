//! Names of places and organizations.
//!
//! # Limits
//!
//! A word has one role wherever it stands, but for legal forms, heads and numerals that only begin or end a name. A
//! numeral of one letter (`I Corps`, `V Corps`) is a word, as most single letters are none. Ordinals are read in digits
//! of English and French, and in English words up to the twelfth.

use super::{ARTICLES, LEAST_PART, numeral, part, rarity};
use crate::mention::EntityKind;
use crate::name::readings::readings;
use crate::name::sound::sound;
use crate::name::vocabulary::{PlaceWord, Vocabulary};
use crate::name::words::{Word, words};
use crate::name::{Part, Role};
use crate::tables::{Flags, Lexicon};

/// Words that say nothing in an organization's or place's name.
const FUNCTION: [&str; 27] = [
    "the", "of", "for", "and", "in", "on", "at", "to", "a", "an", "de", "des", "du", "del", "la", "le", "les", "und",
    "e", "fur", "et", "y", "al", "el", "against", "di", "da",
];

/// Words that names of places and bodies write in full or short.
const ABBREVIATED: [(&str, &str); 5] =
    [("saint", "st"), ("sainte", "ste"), ("mount", "mt"), ("fort", "ft"), ("department", "dept")];

/// A word of everyday language, what sort of thing a name names, and a number, where no count says how rare they are.
const COMMON_WORD: i32 = 4_000;
const GENERIC_WORD: i32 = 3_000;
const NUMBER: i32 = 4_000;

/// The parts of a name, and those of its other readings.
pub(super) fn parse(surface: &str, kind: EntityKind, lexicon: &Lexicon) -> (Vec<Part>, Vec<Vec<Part>>) {
    let words = words(surface);
    let mut read: Vec<Vec<Part>> = readings(&words, false).iter().map(|r| parts(r, lexicon, kind)).collect();
    if read.is_empty() {
        return (parts(&words, lexicon, kind), Vec::new());
    }
    (read.remove(0), read)
}

/// The parts of a place's or organization's name.
fn parts(words: &[Word], lexicon: &Lexicon, kind: EntityKind) -> Vec<Part> {
    let vocabulary = Vocabulary::embedded();
    let texts: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
    let mut parts = Vec::with_capacity(words.len());
    let mut prefix: Option<&str> = None;
    let mut i = 0;
    while let Some(Word { text, native, aside }) = words.get(i) {
        let first = i == 0;
        let spelled_out = if kind == EntityKind::Organization { vocabulary.legal_phrase(&texts[i..]) } else { 0 };
        if spelled_out > 0 && spelled_out < words.len() {
            parts.push(part(texts[i..i + spelled_out].join(" "), Role::LegalForm, 0, None));
            i += spelled_out;
            continue;
        }
        i += 1;
        let word = text.as_str();
        let word = ABBREVIATED.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| short);
        let article = ARTICLES.contains(&word) && i < words.len();
        if FUNCTION.contains(&word) || article {
            prefix = Some(word).filter(|_| article);
            continue;
        }
        let number = if kind == EntityKind::Organization { number(&texts, i - 1, lexicon) } else { None };
        let word = number.as_deref().unwrap_or(word);
        let role =
            if kind == EntityKind::Place { place_role(word, first, lexicon) } else { role(word, first, lexicon) };
        let unmet = match role {
            Role::Number => NUMBER,
            Role::LegalForm => 0,
            Role::Common => COMMON_WORD,
            Role::Generic | Role::Compass => GENERIC_WORD,
            _ => rarity(&sound(word)),
        };
        let weight = if matches!(role, Role::Number | Role::LegalForm) {
            unmet
        } else {
            vocabulary.rarity(kind, &sound(word)).map_or(unmet, |bits| bits.max(LEAST_PART))
        };
        let senses = vocabulary.senses(word).to_vec();
        let prefix = prefix.take().map(str::to_owned);
        parts.push(Part { prefix, senses, aside: *aside, ..part(word.to_owned(), role, weight, native.as_ref()) });
    }
    // A name of generic words only is told by them: `The Directorate`, `Valley`.
    let bare = parts.iter().all(|p| matches!(p.role, Role::Generic | Role::LegalForm | Role::Compass));
    for part in parts.iter_mut().filter(|p| bare && matches!(p.role, Role::Generic | Role::LegalForm)) {
        part.role = if kind == EntityKind::Place { Role::Word } else { Role::Common };
        part.weight = part.weight.max(COMMON_WORD);
    }
    // So is a place that is called by one such word: al-Bab, Camp.
    if let [only] = parts.as_mut_slice()
        && only.role == Role::Common
        && kind == EntityKind::Place
    {
        only.role = Role::Word;
    }
    if parts.is_empty() && !words.is_empty() {
        // `The And`, `al`: nothing but function words is a name by its words.
        parts.extend(words.iter().map(|w| part(w.text.clone(), Role::Word, COMMON_WORD, w.native.as_ref())));
    }
    parts
}

/// English ordinals in words, from the first.
const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// A number that is written in another way than in digits alone: `First` and `1st` Army Corps, `Brigade II`.
fn number(words: &[&str], at: usize, lexicon: &Lexicon) -> Option<String> {
    let word = words[at];
    if let Some(place) = ORDINALS.iter().position(|ordinal| *ordinal == word) {
        return Some((place + 1).to_string());
    }
    // Xi is a syllable of Chinese more often than eleven.
    if let Some(number) = numeral(word).filter(|_| word.len() > 1 && word != "xi") {
        // At the start of a name it counts what comes next: XVIII Airborne Corps.
        let counts = words[1..].iter().take(2).any(|next| lexicon.word(next).has(Flags::ORG_LAST));
        return (at > 0 || counts).then(|| number.to_string());
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_ordinal = match &word[digits.len()..] {
        "st" | "nd" | "rd" | "th" | "er" | "re" | "ere" | "eme" => true,
        // 2e Régiment; but 2E is a unit's own number.
        "e" => at == 0 && words.len() > 1,
        _ => false,
    };
    Some(digits.to_owned()).filter(|d| is_ordinal && !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
}

fn is_number(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
}

/// The role of a word of a place's name.
fn place_role(word: &str, first: bool, lexicon: &Lexicon) -> Role {
    let flags = lexicon.word(word);
    let class = Vocabulary::embedded().place_word(word);
    let listed = flags.has(Flags::PLACE_FIRST.with(Flags::PLACE_LAST));
    match class {
        _ if is_number(word) => Role::Number,
        Some(PlaceWord::Qualifier) => Role::Compass,
        Some(PlaceWord::Administrative) => Role::Generic,
        // With it the place is another: Niger River, Port Sudan, Mexico City.
        Some(PlaceWord::Feature) => Role::Common,
        _ if listed && (!first || flags.has(Flags::COMMON)) => Role::Common,
        _ => Role::Word,
    }
}

/// The role of a word of an organization's name.
fn role(word: &str, first: bool, lexicon: &Lexicon) -> Role {
    let flags = lexicon.word(word);
    match () {
        () if is_number(word) => Role::Number,
        // At the start only those that are no word: OAO, LLC, but not Co or Group.
        () if flags.has(Flags::LEGAL_FORM) && (!first || !flags.has(Flags::COMMON)) => Role::LegalForm,
        () if flags.has(Flags::ORG_FIRST.with(Flags::ORG_LAST)) => Role::Generic,
        () if flags.has(Flags::COMMON.with(Flags::DEMONYM)) => Role::Common,
        () => Role::Word,
    }
}
