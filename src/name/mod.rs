//! Names: their parts with roles, what spellings of them have in common, and how they sound.
//!
//! Everything here is a pure function of the surface form and the kind. A [`Name`] is parsed once and compared often.
//!
//! # Examples
//!
//! ```
//! use allonym::EntityKind;
//! use allonym::name::{Name, fold, romanize};
//!
//! assert_eq!(fold("Dayr az-Zawr"), fold("DAYR AZ ZAWR"));
//! assert_eq!(romanize("Смирнов"), "smirnov");
//! assert!(Name::new("Ahmed al-Sharaa", EntityKind::Person).is_full());
//! ```

use serde::{Deserialize, Serialize};

use crate::mention::EntityKind;

mod acronym;
mod article;
mod distinct;
mod fold;
mod keys;
mod letters;
mod parse;
mod plain;
mod readings;
mod romanize;
mod sound;
pub mod spelling;
mod vocabulary;
mod words;

pub(crate) use acronym::{Acronym, AcronymFit, acronym_fit};
pub(crate) use article::{ARTICLES, is_article};
pub(crate) use distinct::DistinctWords;
pub use fold::fold;
pub(crate) use fold::{FoldedTokens, NO_WORD, fold_into, search_key, word_hash};
pub(crate) use keys::{COARSE, blocking_keys, family_key, is_foreign, sound_key};
pub use letters::Alphabet;
pub(crate) use parse::generation;
pub(crate) use plain::PlainWords;
pub use romanize::{romanizations, romanize};
pub(crate) use sound::{outline, rough, rough_vowel, skeleton, sound, sound_into};
pub(crate) use vocabulary::Vocabulary;

/// What a part does in its name.
///
/// # Examples
///
/// ```
/// use allonym::EntityKind;
/// use allonym::name::{Name, Role};
///
/// let roles = |text, kind| Name::new(text, kind).parts.iter().map(|part| part.role).collect::<Vec<_>>();
/// assert_eq!(roles("John F. Kennedy Jr.", EntityKind::Person), [Role::Given, Role::Initial, Role::Family, Role::Suffix]);
/// assert_eq!(roles("44th Brigade", EntityKind::Organization), [Role::Number, Role::Generic]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// A person's given name, or one of them.
    Given,
    /// A person's family name, patronymic or nisba.
    Family,
    /// The only part of a person's name: given or family, nobody knows.
    Mononym,
    /// A single letter that stands for a given name.
    Initial,
    /// `Jr.`, `III`
    Suffix,
    /// `bin`, `de`, `von`: it joins, and may be left out.
    Particle,
    /// A word that says which one: most words of an organization's or place's name.
    Word,
    /// A word of everyday language, or a demonym: `Security`, `Syrian`.
    Common,
    /// What sort of thing it is: `Brigade`, `University`, `Province`.
    Generic,
    /// A company's legal form.
    LegalForm,
    /// A number or ordinal, in digits.
    Number,
    /// A compass point or `New`, `Upper`: with it a place is another place.
    Compass,
}

/// A part of a name.
///
/// # Examples
///
/// ```
/// use allonym::EntityKind;
/// use allonym::name::Name;
///
/// let name = Name::new("Ahmed al-Sharaa", EntityKind::Person);
/// let family = &name.parts[1];
/// assert_eq!((family.text.as_str(), family.prefix.as_deref()), ("sharaa", Some("al")));
/// assert!(family.weight > name.parts[0].weight); // it is rarer
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Part {
    /// The folded, romanized text.
    pub text: String,
    /// What it does.
    pub role: Role,
    /// How it sounds, one letter a sound: what spellings are compared by.
    pub sound: String,
    /// How much two names that share it have in common, in 1/1000 log2 odds.
    pub weight: i32,
    /// As written, when it is in another script than Latin: its alphabet, and the word without its article.
    pub native: Option<(Alphabet, String)>,
    /// The article or particle before it, folded: some write it together with the part.
    pub prefix: Option<String>,
    /// It stands in parentheses.
    pub aside: bool,
    /// What it means in names of organizations and places, as numbers that words of one meaning share.
    pub senses: Vec<u16>,
}

/// A name, taken apart.
///
/// # Cost
///
/// Parsing takes about a microsecond a part.
///
/// # Examples
///
/// ```
/// use allonym::name::{Name, Role};
/// use allonym::EntityKind;
///
/// let name = Name::new("President Ahmed al-Sharaa", EntityKind::Person);
/// let parts: Vec<(&str, Role)> = name.parts.iter().map(|p| (p.text.as_str(), p.role)).collect();
/// assert_eq!(parts, [("ahmed", Role::Given), ("sharaa", Role::Family)]);
///
/// let name = Name::new("Acme Holdings Ltd.", EntityKind::Organization);
/// assert_eq!(name.parts[2].role, Role::LegalForm);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Name {
    /// The name as written.
    pub surface: String,
    /// What it names.
    pub kind: EntityKind,
    /// The whole, folded and romanized.
    pub folded: String,
    /// Its parts, in order; titles and articles are left out.
    pub parts: Vec<Part>,
    /// Other ways to read it: a name in Han characters in other languages, or parted elsewhere.
    pub readings: Vec<Vec<Part>>,
}

impl Name {
    /// Parses a name.
    #[must_use]
    pub fn new(surface: &str, kind: EntityKind) -> Self {
        let folded = fold(&romanize(surface));
        let (parts, readings) = parse::parse(surface, kind);
        Self { surface: surface.to_owned(), kind, folded, parts, readings }
    }

    /// The parts that say who or which it is: no particle, suffix or legal form.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::EntityKind;
    /// use allonym::name::Name;
    ///
    /// let name = Name::new("Martin Luther King Jr.", EntityKind::Person);
    /// assert_eq!(name.core().count(), 3);
    /// assert_eq!(name.parts.len(), 4);
    /// ```
    pub fn core(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|p| !matches!(p.role, Role::Particle | Role::Suffix | Role::LegalForm))
    }

    /// Whether it is a by-name of fatherhood and no more: `Abu Talha`. Many bear each.
    pub(crate) fn is_kunya(&self) -> bool {
        self.kind == EntityKind::Person && self.parts.len() == 1 && parse::is_kunya(&self.folded)
    }

    /// Whether a person's name has both a given and a family part, or a place's or organization's name any.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::EntityKind;
    /// use allonym::name::Name;
    ///
    /// assert!(!Name::new("al-Sharaa", EntityKind::Person).is_full());
    /// ```
    #[must_use]
    pub fn is_full(&self) -> bool {
        match self.kind {
            EntityKind::Person => self.core().count() > 1,
            _ => self.parts.iter().any(|p| matches!(p.role, Role::Word | Role::Common | Role::Number)),
        }
    }
}
