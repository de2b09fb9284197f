//! Names of foreign data made names of the tables.

use std::borrow::Cow;

use foldhash::{HashSet, HashSetExt};
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_script::{Script, UnicodeScript};

use super::input::{Place, shown};
use crate::error::Error;
use crate::mention::EntityKind;
use crate::name::search_key;
use crate::tables::{Alias, AliasSort, TableEntity};

/// A name as tables hold it: trimmed, whitespace of any kind one space, composed (Unicode NFC), without control
/// characters, signs of direction and other signs that nobody sees.
///
/// # Cost
///
/// Linear; a name that is clean is borrowed.
///
/// # Examples
///
/// ```
/// use allonym::tables::import::clean_name;
///
/// assert_eq!(clean_name(" Omar\tDiaby\u{200f}\r\n"), "Omar Diaby");
/// assert_eq!(clean_name("Cafe\u{301}"), "Café");
/// ```
#[must_use]
pub fn clean_name(name: &str) -> Cow<'_, str> {
    if is_clean(name) {
        return name.into();
    }
    let mut out = String::with_capacity(name.len());
    for c in name.chars().filter(|c| !is_unseen(*c)) {
        match c {
            c if !c.is_whitespace() => out.push(c),
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    if is_nfc(&out) { out.into() } else { out.nfc().collect::<String>().into() }
}

fn is_clean(name: &str) -> bool {
    if name.starts_with(' ') || name.ends_with(' ') || name.contains("  ") {
        return false;
    }
    if name.is_ascii() {
        return !name.bytes().any(|b| b.is_ascii_control());
    }
    !name.chars().any(|c| is_unseen(c) || c != ' ' && c.is_whitespace()) && is_nfc(name)
}

/// Control characters but for whitespace, soft hyphens, signs of direction, spaces without width; not the joiners,
/// which Persian and the scripts of India spell with.
fn is_unseen(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}')
}

/// The script of a name's first letter.
fn script(name: &str) -> Option<Script> {
    let scripts =
        name.chars().filter(|c| c.is_alphabetic()).map(|c| if c.is_ascii() { Script::Latin } else { c.script() });
    scripts.into_iter().find(|s| !matches!(s, Script::Common | Script::Inherited | Script::Unknown))
}

/// Whether a name is letters and signs of which all letters are capitals, as initials are: two to eight of them.
pub(super) fn is_initials(name: &str) -> bool {
    // `UN` to `UNESCO` and `MONUSCO`; a longer word of capitals is a word that shouts.
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    (2..=8).contains(&letters) && !name.chars().any(|c| c.is_whitespace() || c.is_alphabetic() && !c.is_uppercase())
}

/// Whether a code is one of a language, as BCP 47 writes them; empty where it is unknown.
pub(super) fn is_language(code: &str) -> bool {
    let is_subtag = |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric());
    // A handful of subtags; more is no language.
    code.is_empty() || code.len() <= 35 && code.split('-').all(is_subtag)
}

/// The language of a code without script, region and variant.
pub(super) fn primary(code: &str) -> &str {
    code.split_once('-').map_or(code, |(language, _)| language)
}

/// Whether a list names a language, or the one that it is a variant of.
pub(super) fn lists(languages: &[String], code: &str) -> bool {
    languages.iter().any(|l| l == code || l == primary(code))
}

/// The rank of the steps for an amount: the first step that it reaches.
pub(super) fn step(steps: &[(u64, u8)], amount: u64) -> u8 {
    steps.iter().find(|(least, _)| amount >= *least).map_or(1, |(_, rank)| *rank)
}

/// Refuses ids that a table cannot hold.
///
/// # Errors
///
/// [`Error::Record`] when it is empty, or blanks or control characters would not come back as they are.
pub(super) fn check_id(id: &str, at: Place<'_>) -> Result<(), Error> {
    if id.is_empty() {
        Err(at.error("no id"))
    } else if clean_name(id) == id {
        Ok(())
    } else {
        Err(at.error(format!("the id '{}' holds blanks or signs that ids must not hold", shown(id).escape_debug())))
    }
}

/// Why a name is skipped.
const NO_LETTER: &str = "a name without a letter";
const TWICE: &str = "a name that the entity has, but for case";

/// An entity that is being gathered.
pub(super) struct Draft {
    pub entity: TableEntity,
    script: Option<Script>,
    /// The names in small letters; filled when a second name comes.
    seen: HashSet<String>,
    source: String,
}

impl Draft {
    /// An entity with its canonical name, unless that is none.
    pub fn new(id: impl Into<String>, kind: EntityKind, name: &str, lang: &str, source: &str) -> Option<Self> {
        let name = clean_name(name);
        if !is_name(&name) {
            return None;
        }
        let script = script(&name);
        let source = clean_name(source).into_owned();
        let mut entity = TableEntity::new(id, kind, name);
        if let Some(canonical) = entity.aliases.first_mut() {
            lang.clone_into(&mut canonical.lang);
            canonical.source.clone_from(&source);
        }
        Some(Self { entity, script, seen: HashSet::new(), source })
    }

    /// Adds a name.
    ///
    /// # Errors
    ///
    /// Why it is none, or is one too many.
    pub fn add(&mut self, name: &str, sort: AliasSort, lang: &str, weak: bool) -> Result<(), &'static str> {
        let name = clean_name(name);
        if !is_name(&name) {
            return Err(NO_LETTER);
        }
        if self.seen.is_empty() {
            self.seen.insert(self.entity.name().to_lowercase());
        }
        if !self.seen.insert(name.to_lowercase()) {
            return Err(TWICE);
        }
        let mut alias = Alias::new(name, sort);
        lang.clone_into(&mut alias.lang);
        self.source.clone_into(&mut alias.source);
        alias.weak = weak;
        self.entity.aliases.push(alias);
        Ok(())
    }

    /// The sort of a name that is no special one: `native` in another script than the canonical name, `translation`
    /// in another language than the canonical one, else `alias`. What is said in all languages (`mul`) is in no other.
    pub fn plain_sort(&self, name: &str, lang: &str, canonical: &str) -> AliasSort {
        let other = |found: Script| self.script.is_some_and(|own| own != found);
        if script(name).is_some_and(other) {
            AliasSort::Native
        } else if lang.is_empty() || [lang, canonical].contains(&"mul") || primary(lang) == primary(canonical) {
            AliasSort::Alias
        } else {
            AliasSort::Translation
        }
    }
}

/// Whether tables take a name: it has a letter, and something is left of it to be found by.
pub(super) fn is_name(name: &str) -> bool {
    name.chars().any(char::is_alphabetic) && is_found(name)
}

/// Whether anything is left of a name to be found by.
pub(super) fn is_found(name: &str) -> bool {
    name.starts_with(is_kept) || !search_key(name).is_empty()
}

/// Letters and digits that folding keeps at the begin of a word, whatever follows: most names begin so, and need not be
/// taken apart.
fn is_kept(c: char) -> bool {
    matches!(c, '0'..='9' | 'A'..='Z' | 'a'..='z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ž' | 'Ḁ'..='ỿ' | 'Α'..='Ρ' | 'Σ'..='ώ'
        | 'Ѐ'..='џ' | 'א'..='ת' | 'ء'..='غ' | 'ف'..='ي' | 'ٹ'..='ۓ' | 'अ'..='ह' | 'ก'..='ฮ' | 'ა'..='ჰ' | 'ぁ'..='ゖ'
        | 'ァ'..='ヺ' | '一'..='鿿' | '가'..='힣')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_letters_leave_something_to_be_found_by() {
        for c in ('\0'..='\u{ffff}').filter(|c| is_kept(*c)) {
            for name in [format!("{c}"), format!("{c}'s"), format!("{c}.{c}."), format!("{c}\u{301}"), format!("{c}-")]
            {
                assert!(!search_key(&name).is_empty(), "{name}");
            }
        }
    }

    #[test]
    fn initials_are_short_and_capital() {
        for (name, expected) in [
            ("UN", true),
            ("U.N.", true),
            ("НАТО", true),
            ("Un", false),
            ("A", false),
            ("UN A", false),
            ("حماس", false),
        ] {
            assert_eq!(is_initials(name), expected, "{name}");
        }
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for name in ["\u{2000}a\u{200e} \u{301}b\t", "e\u{200b}\u{301}", "\u{1e}", "a\u{2028}b", "ﬁ x"] {
            let clean = clean_name(name).into_owned();
            assert_eq!(clean_name(&clean), clean, "{name:?}");
        }
        assert_eq!(clean_name("e\u{200b}\u{301}"), "é");
    }
}
