//! Names made ready for comparison: parsed once, compared often.

use std::sync::Arc;

use crate::mention::EntityKind;
use crate::name::spelling::{Spelled, Spelling};
use crate::name::{Alphabet, Name, Part, Role, Vocabulary, generation};

/// Parts beyond these are left out of the comparison of people's names: no alignment of more is worth its time.
pub(in crate::resolve) const MOST_PARTS: usize = 8;
/// The rarity of a part that no other name has, in 1/1000 bits.
const MOST_RARITY: i32 = 13_000;
/// `abdal` and `abd` in Arabic letters.
const SERVANT: [&str; 2] = ["عبدال", "عبد"];
/// Words beyond these are left out of the comparison of other names.
pub(super) const MOST_WORDS: usize = 24;

/// A name that is ready to be compared.
///
/// # Cost
///
/// Making one takes a few microseconds, comparing two of them about one.
///
/// # Examples
///
/// ```
/// use allonym::{EntityKind, PreparedName};
///
/// let list = ["Muammar Gaddafi", "Saif al-Islam Gaddafi", "Moussa Koussa"];
/// let list: Vec<PreparedName> = list.iter().map(|n| PreparedName::new(n, EntityKind::Person)).collect();
/// let name = PreparedName::new("Mu'ammar al-Qadhafi", EntityKind::Person);
/// assert_eq!(name.best_of(&list, 0).map(|(at, _)| at), Some(0));
/// ```
///
/// ```
/// use std::sync::Arc;
///
/// use allonym::name::Name;
/// use allonym::resolve::Weights;
/// use allonym::{EntityKind, PreparedName};
///
/// let omsen = PreparedName::new("Omar Omsen", EntityKind::Person);
/// let others = ["Omar Diab", "Omar Omsin"].map(|name| PreparedName::of(Arc::new(Name::new(name, EntityKind::Person))));
/// let (number, weight) = omsen.best_of(&others, 0).unwrap();
/// assert_eq!(others[number].name().surface, "Omar Omsin");
/// assert_eq!(omsen.weight_with(&others[number], Weights::embedded()), weight);
/// assert_eq!(omsen.compare(&others[number]).weight, weight);
/// assert!(omsen.score(&others[number]) > 0.5);
/// ```
#[derive(Debug, Clone)]
pub struct PreparedName {
    pub(super) name: Arc<Name>,
    /// The ways to read it, the usual one first; most names have one.
    pub(super) readings: Vec<Reading>,
    /// The generation of a person: `jr`, `iii`.
    pub(super) generation: Option<&'static str>,
    /// An acronym by its looks: its letters.
    pub(super) acronym: Option<u8>,
}

/// One way to read a name.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub parts: Vec<Ready>,
    /// What follows each part, written together with it; only where both are names.
    pub joined: Vec<Option<Ready>>,
    /// Written in another script than Latin.
    pub foreign: bool,
}

/// A part that is ready to be compared.
#[derive(Debug, Clone)]
pub(in crate::resolve) struct Ready {
    pub text: Box<str>,
    pub role: Role,
    /// How rare it is, in 1/1000 bits.
    pub rarity: i32,
    /// In its own letters.
    pub own: Spelled,
    /// In Latin letters, when its own are others.
    pub roman: Option<Spelled>,
    /// With the article or particle before it, in Latin letters: `albashir`, `benhaddou`.
    pub glued: Option<Spelled>,
    pub aside: bool,
    pub senses: Vec<u16>,
    /// The full names that a given name may be short for.
    pub full: &'static [&'static str],
    /// What a given name has in common with its forms in other languages.
    pub equivalents: &'static [&'static str],
}

impl Ready {
    pub fn new(part: &Part, spelling: &Spelling, is_person: bool) -> Self {
        // Servants of God are told apart by the name of God, not by what they have in common.
        let stem = |text: &'_ str| text.strip_prefix("abd").map(str::len).filter(|letters| *letters > 3);
        let latin = |text: &str| {
            let kept = stem(text).map_or(text, |letters| &text[text.len() - letters..]);
            spelling.spell(Alphabet::Latin, kept)
        };
        let (own, roman) = match &part.native {
            Some((alphabet, word)) => {
                let rest = SERVANT.iter().find_map(|servant| word.strip_prefix(servant));
                let rest = rest.filter(|rest| rest.chars().nth(2).is_some()).unwrap_or(word);
                (spelling.spell(*alphabet, rest), Some(latin(&part.text)))
            }
            None => (latin(&part.text), None),
        };
        let vocabulary = Vocabulary::embedded();
        let glued = part.prefix.as_ref().map(|prefix| latin(&format!("{prefix}{}", part.text)));
        Self {
            text: part.text.as_str().into(),
            role: part.role,
            rarity: part.weight,
            own,
            roman,
            glued,
            aside: part.aside,
            senses: part.senses.clone(),
            full: if is_person { vocabulary.nickname(&part.text) } else { &[] },
            equivalents: if is_person { vocabulary.equivalents(&part.text) } else { &[] },
        }
    }

    /// In Latin letters.
    pub fn latin(&self) -> &Spelled {
        self.roman.as_ref().unwrap_or(&self.own)
    }
}

impl PreparedName {
    /// Parses a name and makes it ready.
    #[must_use]
    pub fn new(surface: &str, kind: EntityKind) -> Self {
        Self::of(Arc::new(Name::new(surface, kind)))
    }

    /// Makes a parsed name ready.
    #[must_use]
    pub fn of(name: Arc<Name>) -> Self {
        let readings = std::iter::once(&name.parts).chain(&name.readings).map(|p| Reading::new(p, name.kind)).collect();
        let suffix = name.parts.iter().find(|p| p.role == Role::Suffix).map(|p| generation(&p.text));
        let acronym = acronym(&name);
        Self { readings, generation: suffix, acronym, name }
    }

    /// The name, taken apart.
    #[must_use]
    pub fn name(&self) -> &Name {
        &self.name
    }
}

impl Reading {
    fn new(parts: &[Part], kind: EntityKind) -> Self {
        let spelling = Spelling::embedded();
        let person = kind == EntityKind::Person;
        let kept: Vec<&Part> = parts
            .iter()
            .filter(|p| !matches!(p.role, Role::Particle | Role::Suffix))
            .filter(|p| person || p.role != Role::LegalForm)
            .filter(|p| kind != EntityKind::Place || p.role != Role::Generic)
            .take(if person { MOST_PARTS } else { MOST_WORDS })
            .collect();
        let parts: Vec<Ready> = kept.iter().map(|p| Ready::new(p, spelling, person)).collect();
        let mut joined: Vec<Option<Ready>> = Vec::with_capacity(parts.len());
        for (i, part) in kept.iter().enumerate() {
            let next = kept.get(i + 1).filter(|n| may_join(part) && may_join(n) && !n.aside && !part.aside);
            joined.push(next.map(|next| Ready::new(&join(part, next), spelling, person)));
        }
        let foreign = parts.iter().any(|p| p.roman.is_some());
        Self { parts, joined, foreign }
    }
}

/// Whether a part may be written together with its neighbour.
pub(in crate::resolve) fn may_join(part: &Part) -> bool {
    !matches!(part.role, Role::Initial | Role::Number | Role::LegalForm)
}

/// Two parts as one, written together.
pub(in crate::resolve) fn join(a: &Part, b: &Part) -> Part {
    let native = match (&a.native, &b.native) {
        (Some((x, word)), Some((y, next))) if x == y => Some((*x, format!("{word}{next}"))),
        _ => None,
    };
    Part {
        text: format!("{}{}", a.text, b.text),
        role: a.role.max(b.role),
        // Two words are rarer than each, and no name part is rarer than this.
        weight: (a.weight + b.weight).min(MOST_RARITY),
        native,
        ..b.clone()
    }
}

/// The letters of a name that looks like an acronym.
fn acronym(name: &Name) -> Option<u8> {
    if name.kind != EntityKind::Organization {
        return None;
    }
    let capitals = name.surface.chars().filter(|c| c.is_uppercase()).count();
    let letters = name.folded.chars().filter(|c| *c != ' ').count();
    let is = !name.surface.contains(' ') && (2..=8).contains(&capitals) && capitals + 1 >= letters;
    u8::try_from(letters).ok().filter(|_| is)
}
