//! Entities and names as tables hold them, lent out.

use super::entities::{Alias, AliasSort, TableEntity};
use super::image::{AMBIGUOUS, Image, WEAK};
use crate::mention::EntityKind;

/// A person, place or organization of the tables, with its names.
///
/// # Examples
///
/// ```
/// use allonym::Tables;
///
/// let syria = Tables::embedded().get("Q858").map(|entity| entity.to_entity());
/// assert_eq!(syria.map(|entity| entity.rank), Some(9));
/// ```
///
/// What a row says:
///
/// ```
/// use allonym::{EntityKind, Tables};
///
/// let tables = Tables::embedded();
/// let syria = tables.get("Q858").unwrap();
/// assert_eq!((syria.id(), syria.kind(), syria.name(), syria.rank()), ("Q858", EntityKind::Place, "Syria", 9));
/// assert_eq!((syria.code(), syria.within()), (Some("SY"), Some("levant")));
/// assert!(syria.aliases().any(|alias| alias.name == "Syrian Arab Republic"));
/// ```
#[derive(Clone, Copy)]
pub struct Entry<'t> {
    image: &'t Image,
    number: usize,
}

impl<'t> Entry<'t> {
    pub(super) fn new(image: &'t Image, number: usize) -> Self {
        Self { image, number }
    }

    /// Its place among the entities, by id.
    pub(crate) fn number(self) -> usize {
        self.number
    }

    /// Its id: a Wikidata id (`Q858`) or a word of the table's own.
    #[must_use]
    pub fn id(self) -> &'t str {
        self.image.id(self.number)
    }

    /// Its kind.
    #[must_use]
    pub fn kind(self) -> EntityKind {
        self.image.head(self.number).kind
    }

    /// The name to show.
    #[must_use]
    pub fn name(self) -> &'t str {
        self.image.name(self.image.names_of(self.number).start)
    }

    /// Its names, the canonical one first.
    #[must_use]
    pub fn aliases(self) -> impl ExactSizeIterator<Item = EntryName<'t>> {
        let image = self.image;
        image.names_of(self.number).map(move |name| EntryName::new(image, name))
    }

    /// The id of the place that it lies in, or that it belongs to.
    #[must_use]
    pub fn within(self) -> Option<&'t str> {
        Some(self.image.label(self.image.head(self.number).within)).filter(|id| !id.is_empty())
    }

    /// How prominent it is in the news, 1 (a village) to 9 (a great power).
    #[must_use]
    pub fn rank(self) -> u8 {
        self.image.head(self.number).rank
    }

    /// Its code in ISO 3166, of a country (`SY`) or a region (`SY-ID`).
    #[must_use]
    pub fn code(self) -> Option<&'t str> {
        Some(self.image.label(self.image.head(self.number).code)).filter(|code| !code.is_empty())
    }

    /// The same, owned: to be changed and put into other tables.
    #[must_use]
    pub fn to_entity(self) -> TableEntity {
        TableEntity {
            id: self.id().to_owned(),
            kind: self.kind(),
            aliases: self.aliases().map(EntryName::to_alias).collect(),
            within: self.within().map(str::to_owned),
            rank: self.rank(),
            code: self.code().map(str::to_owned),
        }
    }
}

impl std::fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("id", &self.id()).field("name", &self.name()).finish_non_exhaustive()
    }
}

/// One name of an entity of the tables.
///
/// # Examples
///
/// ```
/// use allonym::Tables;
/// use allonym::tables::AliasSort;
///
/// let tables = Tables::embedded();
/// let name = tables.get("Q858").and_then(|syria| syria.aliases().next()).unwrap();
/// assert_eq!((name.name, name.sort), ("Syria", AliasSort::Canonical));
/// let owned = name.to_alias();
/// assert_eq!(owned.source, name.source);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EntryName<'t> {
    /// The name.
    pub name: &'t str,
    /// Its sort.
    pub sort: AliasSort,
    /// Its language (BCP 47), empty when the table does not say.
    pub lang: &'t str,
    /// The surface is also a common word or the name of another well-known thing, and needs a cue.
    pub ambiguous: bool,
    /// It names the entity only in a text on the matter.
    pub weak: bool,
    /// Of ten uses of the name, how many mean this entity, 1 to 10; 0 when the table does not say.
    pub prior: u8,
    /// Where the fact comes from.
    pub source: &'t str,
}

impl<'t> EntryName<'t> {
    pub(super) fn new(image: &'t Image, name: usize) -> Self {
        let profile = image.profile(name);
        Self {
            name: image.name(name),
            sort: profile.sort,
            lang: image.label(profile.lang),
            ambiguous: profile.marks & AMBIGUOUS != 0,
            weak: profile.marks & WEAK != 0,
            prior: profile.prior,
            source: image.label(profile.source),
        }
    }

    /// The same, owned.
    #[must_use]
    pub fn to_alias(self) -> Alias {
        Alias {
            name: self.name.to_owned(),
            sort: self.sort,
            lang: self.lang.to_owned(),
            ambiguous: self.ambiguous,
            weak: self.weak,
            prior: self.prior,
            source: self.source.to_owned(),
        }
    }
}
