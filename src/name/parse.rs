//! A surface form to parts with roles.
//!
//! Names of people are read in [`person`], which of their parts is the family's in [`order`], names of places and
//! organizations in [`generic`]; the limits of each stand there.

use super::sound::sound;
use super::words::Native;
use super::{Part, Role};
use crate::mention::EntityKind;
use crate::tables::Tables;

mod generic;
mod order;
mod person;
pub(super) mod plain;

pub(super) use person::is_kunya;

/// Articles, folded: left out of people's and places' names, except that a name may consist of one.
const ARTICLES: [&str; 22] = [
    "al", "el", "ul", "an", "ar", "as", "at", "az", "ash", "ad", "ed", "er", "es", "et", "ez", "esh", "adh", "ath",
    "ur", "the", "le", "la",
];

/// Roman numerals from one to forty, beyond which neither kings nor corps are counted.
const NUMERALS: [&str; 40] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv", "xxvi", "xxvii", "xxviii", "xxix", "xxx", "xxxi",
    "xxxii", "xxxiii", "xxxiv", "xxxv", "xxxvi", "xxxvii", "xxxviii", "xxxix", "xl",
];

/// How rare a part is that no count has, in 1/1000 bits: a part that was met twice among ten thousand names has twelve,
/// a short one is met by chance.
fn rarity(sound: &str) -> i32 {
    let letters = i32::try_from(sound.chars().count().min(6)).unwrap_or(6);
    4_000 + 1_500 * letters
}

/// The least that a shared part says.
const LEAST_PART: i32 = 1_000;

/// The parts of a name, and those of its other readings.
pub(super) fn parse(surface: &str, kind: EntityKind) -> (Vec<Part>, Vec<Vec<Part>>) {
    let tables = Tables::none();
    match kind {
        EntityKind::Person => person::parse(surface, tables.lexicon()),
        _ => generic::parse(surface, kind, tables.lexicon()),
    }
}

/// What a Roman numeral counts.
fn numeral(word: &str) -> Option<usize> {
    NUMERALS.iter().position(|numeral| *numeral == word).map(|place| place + 1)
}

/// The number of a person's generation: a Roman numeral's, or that of father and son.
pub(crate) fn generation(suffix: &str) -> &'static str {
    match suffix {
        "jr" | "junior" | "fils" => "jr",
        "sr" | "senior" => "sr",
        _ => NUMERALS.iter().find(|numeral| **numeral == suffix).copied().unwrap_or_default(),
    }
}

fn part(text: String, role: Role, weight: i32, native: Option<&Native>) -> Part {
    let sound = sound(&text);
    Part { text, role, sound, weight, native: native.cloned(), prefix: None, aside: false, senses: Vec::new() }
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
