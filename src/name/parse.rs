//! A surface form to parts with roles.
//!
//! # Limits
//!
//! Family names are taken to come last unless a comma says otherwise; the comparison aligns parts in any order, so
//! Chinese, Korean and Hungarian order costs little. An article or particle that is a name by itself (`Al` Gore, `Ben`
//! Affleck) is kept when it begins a name of two words.

use super::fold::fold;
use super::readings::readings;
use super::sound::sound;
use super::vocabulary::{PlaceWord, Vocabulary};
use super::words::{Native, Word, in_order, words};
use super::{Part, Role};
use crate::mention::EntityKind;
use crate::tables::{Flags, Lexicon, Tables};

/// Articles, folded: left out of people's and places' names, except that a name may consist of one.
const ARTICLES: [&str; 22] = [
    "al", "el", "ul", "an", "ar", "as", "at", "az", "ash", "ad", "ed", "er", "es", "et", "ez", "esh", "adh", "ath",
    "ur", "the", "le", "la",
];

/// Particles, folded.
const PARTICLES: [&str; 30] = [
    "bin", "ibn", "ben", "bint", "bt", "ould", "oglu", "von", "van", "der", "den", "de", "del", "della", "di", "da",
    "dos", "das", "do", "du", "des", "la", "le", "y", "e", "of", "i", "d", "dit", "st",
];

/// Words of a personal name's end that tell father and son apart.
const SUFFIXES: [&str; 9] = ["jr", "junior", "sr", "senior", "i", "ii", "iii", "iv", "fils"];

/// Words that say nothing in an organization's or place's name.
const FUNCTION: [&str; 27] = [
    "the", "of", "for", "and", "in", "on", "at", "to", "a", "an", "de", "des", "du", "del", "la", "le", "les", "und",
    "e", "fur", "et", "y", "al", "el", "against", "di", "da",
];

/// Words that names of places and bodies write in full or short.
const ABBREVIATED: [(&str, &str); 5] =
    [("saint", "st"), ("sainte", "ste"), ("mount", "mt"), ("fort", "ft"), ("department", "dept")];

/// How rare a part is that no count has, in 1/1000 bits: a part that was met twice among ten thousand names has twelve,
/// a short one is met by chance.
fn rarity(sound: &str) -> i32 {
    let letters = i32::try_from(sound.chars().count().min(6)).unwrap_or(6);
    4_000 + 1_500 * letters
}

/// A listed given or family name is borne by many: a bit and a half less.
const LISTED_NAME: i32 = 1_500;
/// Names are compared because they share something: a bit of what a common part says is spent on that.
const SHARED_BY_CHANCE: i32 = 1_000;
/// The least that a shared part says.
const LEAST_PART: i32 = 1_000;
/// A word of everyday language, what sort of thing a name names, and a number, where no count says how rare they are.
const COMMON_WORD: i32 = 4_000;
const GENERIC_WORD: i32 = 3_000;
const NUMBER: i32 = 4_000;

/// The parts of a name, and those of its other readings.
pub(super) fn parse(surface: &str, kind: EntityKind) -> (Vec<Part>, Vec<Vec<Part>>) {
    let tables = Tables::none();
    let lexicon = tables.lexicon();
    if kind != EntityKind::Person {
        let words = words(surface);
        let mut read: Vec<Vec<Part>> = readings(&words, false).iter().map(|r| generic(r, lexicon, kind)).collect();
        if read.is_empty() {
            return (generic(&words, lexicon, kind), Vec::new());
        }
        return (read.remove(0), read);
    }
    // `Last, First`; but `First Last, Jr.`
    let (ordered, last) = in_order(surface, |word| SUFFIXES.contains(&word));
    let words = words(&ordered);
    let mut read: Vec<Vec<Part>> = Vec::new();
    for reading in readings(&words, true) {
        let mut parts: Vec<Part> = reading.iter().map(|w| name_part(w, lexicon)).collect();
        // Where family and given name are written together the family's comes first.
        let single = parts.len() == 1;
        for (i, part) in parts.iter_mut().enumerate() {
            part.role = if single {
                Role::Mononym
            } else if i == 0 {
                Role::Family
            } else {
                Role::Given
            };
        }
        read.push(parts);
    }
    if read.is_empty() {
        return (person(surface, &words, last, lexicon), Vec::new());
    }
    (read.remove(0), read)
}

/// A part of a person's name whose role is not told yet.
fn name_part(word: &Word, lexicon: &Lexicon) -> Part {
    let text = servant(&word.text).unwrap_or_else(|| word.text.clone());
    let role = if word.text.chars().count() == 1 { Role::Initial } else { Role::Given };
    let weight = if role == Role::Initial { 1_500 } else { name_weight(&text, &word.text, lexicon) };
    Part { aside: word.aside, ..part(text, role, weight, word.native.as_ref()) }
}

fn part(text: String, role: Role, weight: i32, native: Option<&Native>) -> Part {
    let sound = sound(&text);
    Part { text, role, sound, weight, native: native.cloned(), prefix: None, aside: false, senses: Vec::new() }
}

/// The parts of a person's name; `last` is what stood before a comma.
fn person(surface: &str, words: &[Word], last: Option<&str>, lexicon: &Lexicon) -> Vec<Part> {
    let texts: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
    let words = &words[titles(&texts, lexicon)..];
    let mut parts: Vec<Part> = Vec::with_capacity(words.len());
    let mut i = 0;
    let mut prefix: Option<&str> = None;
    while i < words.len() {
        let Word { text: word, native, .. } = &words[i];
        let word = word.as_str();
        let has_next = i + 1 < words.len();
        i += 1;
        let begins_pair = i == 1 && words.len() == 2;
        if ARTICLES.contains(&word) && has_next && !(begins_pair && is_bare_article(surface, word)) {
            prefix = Some(word);
            continue;
        }
        if SUFFIXES.contains(&word) && i > 1 && !has_next {
            parts.push(part(word.to_owned(), Role::Suffix, 0, None));
            continue;
        }
        if PARTICLES.contains(&word) && has_next && !(begins_pair && word == "ben") {
            parts.push(part(word.to_owned(), Role::Particle, 0, None));
            prefix = Some(word);
            continue;
        }
        let prefix = prefix.take().map(str::to_owned);
        if matches!(word, "abd" | "abdul" | "abdel" | "abdal" | "abdol" | "abdur" | "abdu") && has_next {
            // Abd al-Rahman, Abdul Rahman: one name.
            let mut at = i;
            while at + 1 < words.len() && ARTICLES.contains(&words[at].text.as_str()) {
                at += 1;
            }
            let text = format!("abd{}", words[at].text);
            let weight = name_weight(&text, &words[at].text, lexicon);
            let whole = |a: &Native, b: &Native| (a.0, format!("{}{}", a.1, b.1));
            let native = native.as_ref().zip(words[at].native.as_ref()).map(|(a, b)| whole(a, b));
            parts.push(part(text, Role::Given, weight, native.as_ref()));
            i = at + 1;
            continue;
        }
        parts.push(Part { prefix, ..name_part(&words[i - 1], lexicon) });
    }
    roles(&mut parts, last.map(fold).as_deref());
    parts
}

/// How many of the first words are titles. Titles lead; one that is the whole name stays (`Prince`, `Sheikh`).
fn titles(words: &[&str], lexicon: &Lexicon) -> usize {
    let mut at = 0;
    while at + 1 < words.len() {
        let flags = lexicon.word(words[at]);
        let name = Flags::GIVEN.with(Flags::FAMILY);
        let title = lexicon.title_len(&words[at..]);
        if title > 0 && title < words.len() - at {
            at += title;
        } else if words[at].chars().count() > 1 && flags.has(Flags::TITLE) && !flags.has(name) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// Tells given and family names apart by their place; `last` is what stood before a comma, folded.
fn roles(parts: &mut [Part], last: Option<&str>) {
    // The last full part is the family name; a single part is neither.
    let names: Vec<usize> =
        (0..parts.len()).filter(|&i| matches!(parts[i].role, Role::Given | Role::Initial)).collect();
    match names.as_slice() {
        [] => {}
        [only] => parts[*only].role = Role::Mononym,
        [.., last] => {
            if parts[*last].role == Role::Given {
                parts[*last].role = Role::Family;
            }
        }
    }
    for word in last.unwrap_or_default().split(' ').filter(|w| !w.is_empty()) {
        for part in parts.iter_mut().filter(|p| p.role == Role::Given && p.text == word) {
            part.role = Role::Family;
        }
    }
    // A name of particles only is a name all the same.
    if names.is_empty()
        && let Some(last) = parts.iter_mut().rev().find(|p| p.role == Role::Particle)
    {
        last.role = Role::Mononym;
        last.weight = rarity(&last.sound);
    }
}

/// Whether the article stands in the surface as a word with a capital and no hyphen: `Al Gore`, not `al-Gore`.
fn is_bare_article(surface: &str, word: &str) -> bool {
    let first = surface.split(char::is_whitespace).next().unwrap_or_default();
    first.starts_with(char::is_uppercase) && fold(first) == word
}

/// `Abdurrahman`, `Abdelaziz`: the prefix and its article, which assimilates, brought to one form.
fn servant(word: &str) -> Option<String> {
    let rest = word.strip_prefix("abd")?;
    let mut chars = rest.chars();
    let vowel = chars.next().filter(|c| matches!(c, 'a' | 'e' | 'o' | 'u'))?;
    let after = &rest[vowel.len_utf8()..];
    let mut letters = after.chars();
    let (l, next) = (letters.next()?, letters.next()?);
    // The l, or a sun letter that doubles the one after it.
    let assimilated = l == 'l' || l == next;
    // Of short rests, only that of Abdullah is a name of God.
    let stem = after.get(l.len_utf8()..).filter(|s| assimilated && (s.len() >= 3 || *s == "la"))?;
    Some(format!("abd{stem}"))
}

fn name_weight(text: &str, word: &str, lexicon: &Lexicon) -> i32 {
    let sound = sound(text);
    let counted = Vocabulary::embedded().rarity(EntityKind::Person, &sound).map(|bits| bits - SHARED_BY_CHANCE);
    let listed = lexicon.word(word).has(Flags::GIVEN.with(Flags::FAMILY));
    let unmet = rarity(&sound) - if listed { LISTED_NAME } else { 0 };
    counted.map_or(unmet, |bits| bits.clamp(LEAST_PART, unmet))
}

/// The parts of a place's or organization's name.
fn generic(words: &[Word], lexicon: &Lexicon, kind: EntityKind) -> Vec<Part> {
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
        let ordinal = if kind == EntityKind::Organization { ordinal(word) } else { None };
        let word = ordinal.as_deref().unwrap_or(word);
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

/// The number of an English ordinal, in words or not: `First` and `1st` Army Corps.
fn ordinal(word: &str) -> Option<String> {
    if let Some(place) = ORDINALS.iter().position(|ordinal| *ordinal == word) {
        return Some((place + 1).to_string());
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_ordinal = !digits.is_empty() && matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th");
    Some(digits.to_owned()).filter(|digits| is_ordinal && digits.bytes().all(|b| b.is_ascii_digit()))
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
    let numeral = !first && matches!(word, "ii" | "iii" | "iv" | "vi" | "vii" | "viii" | "ix" | "xi" | "xii");
    match () {
        () if numeral || is_number(word) => Role::Number,
        // At the start only those that are no word: OAO, LLC, but not Co or Group.
        () if flags.has(Flags::LEGAL_FORM) && (!first || !flags.has(Flags::COMMON)) => Role::LegalForm,
        () if flags.has(Flags::ORG_FIRST.with(Flags::ORG_LAST)) => Role::Generic,
        () if flags.has(Flags::COMMON.with(Flags::DEMONYM)) => Role::Common,
        () => Role::Word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str, kind: EntityKind) -> String {
        let (parts, _) = parse(name, kind);
        parts.iter().map(|p| format!("{}/{:?}", p.text, p.role)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn parses() {
        use EntityKind::{Organization, Person, Place};
        for (name, kind, expected) in [
            ("Ahmed al-Sharaa", Person, "ahmed/Given sharaa/Family"),
            ("al-Sharaa", Person, "sharaa/Mononym"),
            ("Assad, Bashar al-", Person, "bashar/Given assad/Family"),
            ("Abd al-Rahman al-Rashed", Person, "abdrahman/Given rashed/Family"),
            ("Abdurrahman Wahid", Person, "abdrahman/Given wahid/Family"),
            ("Abdul Hamid Dbeibah", Person, "abdhamid/Given dbeibah/Family"),
            ("Abdulhamid Dabaiba", Person, "abdhamid/Given dabaiba/Family"),
            ("Mohammed bin Salman", Person, "mohammed/Given bin/Particle salman/Family"),
            ("George W. Bush", Person, "george/Given w/Initial bush/Family"),
            ("Donald Trump Jr.", Person, "donald/Given trump/Family jr/Suffix"),
            ("Al Gore", Person, "al/Given gore/Family"),
            ("Field Marshal Haftar", Person, "haftar/Mononym"),
            ("Idlib Province", Place, "idlib/Word province/Generic"),
            ("Northern Syria", Place, "northern/Compass syria/Word"),
            ("Deir ez-Zor", Place, "deir/Word zor/Word"),
            ("Brigade 44", Organization, "brigade/Generic 44/Number"),
            ("Ministry of Foreign Affairs", Organization, "ministry/Generic foreign/Common affairs/Common"),
        ] {
            assert_eq!(parts(name, kind), expected, "{name}");
        }
    }
}
