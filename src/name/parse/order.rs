//! Where the family name stands among the parts of a person's name.
//!
//! # Limits
//!
//! The family name is taken to come last, unless a comma, a patronymic, initials or the lists of names say otherwise, or
//! the name is Chinese, Korean or Vietnamese. That is told by its first word, a family name of theirs, and by the rest,
//! one or two syllables of the same language: `Yi Wang` in Western order, where both are family names, is read as if Yi
//! were the family's. Names of one syllable after a word that is a Western given name (`Kim Gu`), a particle (`Le Duan`),
//! Hokkien spellings (`Lee Kuan Yew`), Burmese and Khmer names are read in Western order. Two family names are seen
//! where the first is a listed one of Spain or Portugal. The comparison aligns parts in any order, so that a wrong guess
//! costs little.

use foldhash::HashSet;
use once_cell::sync::OnceCell;

use super::ARTICLES;
use super::person::is_particle;
use crate::error::Error;
use crate::name::romanize;
use crate::name::{Part, Role};
use crate::tables::tsv::Tsv;
use crate::tables::{Flags, Lexicon};

/// Syllables of names in languages that write the family's first.
const TEXT: &str = include_str!("../../../data/names/syllables.tsv");
const FILE: &str = "data/names/syllables.tsv";

/// Particles after which names are those of forefathers.
const SON_OF: [&str; 7] = ["bin", "ibn", "ben", "bint", "binti", "bt", "ould"];
/// Particles that follow the name of a father.
const OF_FATHER: [&str; 4] = ["oglu", "ogly", "kyzy", "gizi"];
/// Particles between two family names.
const AND: [&str; 3] = ["y", "e", "i"];
/// Endings of patronymics, as news spells them; those of Serbian family names (`-ović`) lack the h.
const PATRONYMIC: [&str; 10] =
    ["ovich", "evich", "ovych", "evych", "ovitch", "evitch", "ovna", "evna", "ivna", "ichna"];
/// No patronymic is shorter: Ilich has no such ending, Lvovna has six letters.
const SHORTEST_PATRONYMIC: usize = 6;

/// The first part is the family's.
pub(super) fn family_first(parts: &mut [Part]) {
    if let [only] = parts {
        only.role = Role::Mononym;
        return;
    }
    for (i, part) in parts.iter_mut().enumerate() {
        part.role = if i == 0 { Role::Family } else { Role::Given };
    }
}

/// A part whose place in its name is to be told.
#[derive(Debug, Clone, Copy)]
pub(in crate::name) struct Seat<'t> {
    pub text: &'t str,
    /// Given, initial or particle; suffixes are left out of account.
    pub role: Role,
    /// What the lexicon knows of the text.
    pub flags: Flags,
}

/// Which parts of a person's name are what.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::name) enum Order {
    /// It has no name but particles.
    Particles,
    /// Its only name.
    Single(usize),
    /// It has given names alone.
    Given,
    /// The family names among its names.
    Family(Vec<usize>),
}

/// Tells given and family names apart; `last` is what stood before a comma, folded, and `regnal` tells that it is a king's
/// or pope's name, who have no family name.
pub(super) fn roles(parts: &mut [Part], last: Option<&str>, regnal: bool, lexicon: &Lexicon) {
    let seat = |part: &'_ Part| lexicon.word(&part.text);
    let seats: Vec<Seat<'_>> =
        parts.iter().map(|part| Seat { text: &part.text, role: part.role, flags: seat(part) }).collect();
    match order(&seats, last, regnal) {
        // A name of particles only is a name all the same.
        Order::Particles => {
            if let Some(last) = parts.iter_mut().rev().find(|p| p.role == Role::Particle) {
                last.role = Role::Mononym;
                last.weight = super::rarity(&last.sound);
            }
        }
        Order::Single(only) => parts[only].role = Role::Mononym,
        Order::Given => {}
        Order::Family(family) => {
            for i in family {
                if parts[i].role == Role::Given {
                    parts[i].role = Role::Family;
                }
            }
        }
    }
}

/// Where the family names stand.
pub(in crate::name) fn order(seats: &[Seat<'_>], last: Option<&str>, regnal: bool) -> Order {
    let is_name = |i: &usize| matches!(seats[*i].role, Role::Given | Role::Initial);
    let names = || (0..seats.len()).filter(is_name);
    let (Some(first), Some(end)) = (names().next(), names().next_back()) else { return Order::Particles };
    if first == end {
        return Order::Single(first);
    }
    if regnal && names().all(|i| seats[i].flags.has(Flags::GIVEN)) {
        return Order::Given;
    }
    let turned = last.is_none() && is_turned(seats, first, end, names().count());
    let mut family: Vec<usize> = vec![if turned { first } else { end }];
    let mut after_son_of = false;
    for i in first..end {
        let next = seats.get(i + 1).filter(|s| s.role == Role::Particle).map(|s| s.text);
        after_son_of |= seats[i].role == Role::Particle && SON_OF.contains(&seats[i].text);
        let joined = i > first && next.is_some_and(|next| OF_FATHER.contains(&next) || AND.contains(&next));
        if after_son_of || joined || i > first && is_patronymic(seats[i].text) {
            family.push(i);
        }
    }
    let before = names().rev().nth(1).filter(|&before| before != first && before + 1 == end);
    if let Some(before) = before.filter(|&before| !turned && seats[before].flags.has(Flags::DOUBLE_FAMILY)) {
        family.push(before);
    }
    if turned && is_patronymic(seats[end].text) {
        family.push(end);
    }
    for word in last.unwrap_or_default().split(' ').filter(|w| !w.is_empty()) {
        family.extend((0..seats.len()).filter(|&i| seats[i].text == word));
    }
    Order::Family(family)
}

/// Whether the family name comes first: `Putin V. V.`, `Putin Vladimir Vladimirovich`, `Orbán Viktor`.
fn is_turned(seats: &[Seat<'_>], first: usize, end: usize, names: usize) -> bool {
    let (known, last) = (&seats[first], &seats[end]);
    let particle = |seat: &Seat<'_>| seat.role == Role::Particle;
    if known.role == Role::Initial || known.flags.has(Flags::GIVEN) || seats.iter().any(particle) {
        return false;
    }
    last.role == Role::Initial
        || names > 2 && is_patronymic(last.text)
        || known.flags.has(Flags::FAMILY) && last.flags.has(Flags::GIVEN) && !last.flags.has(Flags::FAMILY)
}

fn is_patronymic(word: &str) -> bool {
    word.len() >= SHORTEST_PATRONYMIC && PATRONYMIC.iter().any(|ending| word.ends_with(ending))
}

/// Whether a name is Chinese, Korean or Vietnamese with the family's name first: `Xi Jinping`, `Kim Jong-un`, `Nguyen Phu
/// Trong`.
pub(super) fn is_eastern(surface: &str, words: &[&str], lexicon: &Lexicon) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    if rest.is_empty() || rest.len() > 3 {
        return false;
    }
    let western = |word: &str, flags: Flags| {
        let known = lexicon.word(word);
        known.has(flags) && !known.has(Flags::EASTERN_GIVEN)
    };
    let given = western(first, Flags::GIVEN);
    let single = rest.len() == 1;
    if single && (ARTICLES.contains(first) || is_particle(first)) {
        return false;
    }
    Language::all().iter().any(|language| {
        if !language.families.contains(*first) {
            return false;
        }
        let listed = || rest.iter().any(|word| western(word, Flags::GIVEN.with(Flags::FAMILY)));
        match language.count(rest) {
            _ if has_small_syllable(surface) => true,
            Some(1) => !given && !listed(),
            Some(2) => !single || !given || !listed(),
            Some(3) => !single,
            _ => false,
        }
    })
}

/// Whether a folded word is a family name of a language that writes the family's first.
pub(in crate::name) fn is_eastern_family(word: &str) -> bool {
    Language::all().iter().any(|language| language.families.contains(word))
}

/// Whether two syllables are joined by a hyphen, the second one without a capital: `Kai-shek`.
fn has_small_syllable(surface: &str) -> bool {
    let last = surface.split(' ').next_back().unwrap_or_default();
    last.split_once(['-', '‐', '‑']).is_some_and(|(first, second)| {
        first.starts_with(char::is_uppercase) && second.starts_with(char::is_lowercase) && !second.contains('-')
    })
}

/// What a language's names are made of, in Latin letters.
#[derive(Debug, Default)]
struct Language {
    families: HashSet<&'static str>,
    onsets: HashSet<&'static str>,
    nuclei: HashSet<&'static str>,
    codas: HashSet<&'static str>,
}

impl Language {
    fn all() -> &'static [Self; 3] {
        static ALL: OnceCell<[Language; 3]> = OnceCell::new();
        ALL.get_or_init(|| Self::read(TEXT).unwrap_or_default())
    }

    fn read(text: &'static str) -> Result<[Self; 3], Error> {
        let mut all: [Self; 3] = Default::default();
        let columns = ["lang", "part", "texts"];
        let (table, header) = Tsv::with_columns(FILE, text, &columns, &columns)?;
        for row in table.rows(header) {
            let row = row?;
            let language = match row.filled("lang")? {
                "zh" => &mut all[0],
                "ko" => &mut all[1],
                "vi" => &mut all[2],
                _ => return Err(row.error("the language is zh, ko or vi")),
            };
            let set = match row.filled("part")? {
                "family" => &mut language.families,
                "onset" => &mut language.onsets,
                "nucleus" => &mut language.nuclei,
                "coda" => &mut language.codas,
                _ => return Err(row.error("the part is family, onset, nucleus or coda")),
            };
            set.extend(row.filled("texts")?.split(' '));
        }
        all[0].families.extend(romanize::chinese_families());
        all[1].families.extend(romanize::korean_families());
        Ok(all)
    }

    /// How many syllables words have, each one or two; nothing when one of them has more or is of no such language.
    fn count(&self, words: &[&str]) -> Option<usize> {
        words.iter().map(|word| self.syllables(word)).sum()
    }

    fn syllables(&self, word: &str) -> Option<usize> {
        if !word.is_ascii() {
            return None;
        }
        let two = || (1..word.len()).any(|i| self.is_syllable(&word[..i]) && self.is_syllable(&word[i..]));
        if self.is_syllable(word) { Some(1) } else { two().then_some(2) }
    }

    fn is_syllable(&self, text: &str) -> bool {
        let is_vowel = |c: char| "aeiouy".contains(c);
        // An onset may end in a vowel's letter (qu, gi), a coda does not begin with one.
        let coda = text.rfind(is_vowel).map_or(text.len(), |last| last + 1);
        let (body, end) = text.split_at(coda);
        (end.is_empty() || self.codas.contains(end))
            && (0..body.len()).any(|i| {
                let (onset, nucleus) = body.split_at(i);
                (i == 0 || self.onsets.contains(onset)) && self.nuclei.contains(nucleus)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads() {
        assert!(Language::read(TEXT).is_ok());
    }

    #[test]
    fn counts_syllables() {
        let [chinese, korean, vietnamese] = Language::all();
        for (language, words, count) in [
            (chinese, &["jinping"][..], Some(2)),
            (chinese, &["zedong"], Some(2)),
            (chinese, &["kai", "shek"], Some(2)),
            (chinese, &["hsiaoping"], Some(2)),
            (chinese, &["kardashian"], None),
            (korean, &["jong", "un"], Some(2)),
            (korean, &["jongun"], Some(2)),
            (korean, &["harvey", "oswald"], None),
            (vietnamese, &["phu", "trong"], Some(2)),
            (vietnamese, &["chi", "minh"], Some(2)),
            (vietnamese, &["clerc"], None),
        ] {
            assert_eq!(language.count(words), count, "{words:?}");
        }
    }
}
