//! The alias table: which names one thing has.

use std::str::FromStr;

use foldhash::HashSet;
use serde::{Deserialize, Serialize};

use super::tsv::{Row, Tsv};
use crate::error::Error;
use crate::mention::EntityKind;
use crate::name::search_key;

/// The columns of an entity table; the first three suffice.
const COLUMNS: [&str; 11] =
    ["id", "kind", "sort", "name", "lang", "marks", "prior", "within", "rank", "code", "source"];

/// What sort of name a name is.
///
/// # Examples
///
/// ```
/// use allonym::tables::AliasSort;
///
/// assert_eq!("nom-de-guerre".parse(), Ok(AliasSort::NomDeGuerre));
/// assert_eq!(AliasSort::BirthName.word(), "birth-name");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AliasSort {
    /// The name to show.
    Canonical,
    /// The full name of statutes and treaties.
    Official,
    /// A shorter form in general use.
    Short,
    /// Initials; matched in exactly this case.
    Acronym,
    /// A name that it had.
    Former,
    /// A name taken for war or the underground.
    NomDeGuerre,
    /// The name given at birth.
    BirthName,
    /// A stage, pen or regnal name.
    Pseudonym,
    /// The same name in another language.
    Translation,
    /// A name that outsiders use.
    Exonym,
    /// A name that insiders use.
    Endonym,
    /// The name in another script.
    Native,
    /// A by-name in general use.
    Nickname,
    /// Any other name.
    Alias,
}

impl AliasSort {
    /// All sorts with their words.
    const WORDS: [(&'static str, Self); 14] = [
        ("canonical", Self::Canonical),
        ("official", Self::Official),
        ("short", Self::Short),
        ("acronym", Self::Acronym),
        ("former", Self::Former),
        ("nom-de-guerre", Self::NomDeGuerre),
        ("birth-name", Self::BirthName),
        ("pseudonym", Self::Pseudonym),
        ("translation", Self::Translation),
        ("exonym", Self::Exonym),
        ("endonym", Self::Endonym),
        ("native", Self::Native),
        ("nickname", Self::Nickname),
        ("alias", Self::Alias),
    ];

    /// The sort of a number, which is its place among all; any other number is that of an alias.
    pub(super) fn of_number(number: u8) -> Self {
        Self::WORDS.get(usize::from(number)).map_or(Self::Alias, |(_, sort)| *sort)
    }

    /// Its word, as tables write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, sort)| *sort == self).map_or("alias", |(word, _)| word)
    }
}

impl FromStr for AliasSort {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words = || Self::WORDS.map(|(word, _)| word).join(", ");
        let found = Self::WORDS.iter().find(|(word, _)| *word == text);
        found.map(|(_, sort)| *sort).ok_or_else(|| format!("unknown sort '{text}' ({})", words()))
    }
}

/// One name of a table entity.
///
/// # Examples
///
/// ```
/// use allonym::tables::{Alias, AliasSort, TableEntity};
/// use allonym::{EntityKind, Extractor, Tables};
///
/// // The surface form is a common word, too, and needs a cue.
/// let mut reading = TableEntity::new("reading", EntityKind::Place, "Reading");
/// reading.aliases[0].ambiguous = true;
/// reading.aliases.push(Alias::new("Radingas", AliasSort::Former));
/// let tables = Tables::builder().upsert(reading).build()?;
/// let extractor = Extractor::builder().tables(tables).build()?;
/// let found = |text| extractor.extract("a", text).mentions.len();
/// assert_eq!((found("Reading is good for you."), found("He lives in the town of Reading.")), (0, 1));
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alias {
    /// The name.
    pub name: String,
    /// Its sort.
    pub sort: AliasSort,
    /// Its language (BCP 47), empty when the table does not say.
    pub lang: String,
    /// The surface is also a common word or the name of another well-known thing, and needs a cue.
    pub ambiguous: bool,
    /// It names the entity only in a text on the matter: one that has another of its names, which is neither.
    pub weak: bool,
    /// Of ten uses of the name, how many mean this entity, 1 to 10; 0 when the table does not say.
    pub prior: u8,
    /// Where the fact comes from.
    pub source: String,
}

impl Alias {
    /// A name of a sort, its language and source unknown, neither ambiguous nor weak.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::tables::{Alias, AliasSort};
    ///
    /// let mut alias = Alias::new("Omar Omsen", AliasSort::NomDeGuerre);
    /// alias.source = "reports".to_owned();
    /// assert!(!alias.ambiguous);
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>, sort: AliasSort) -> Self {
        let (lang, source) = (String::new(), String::new());
        Self { name: name.into(), sort, lang, ambiguous: false, weak: false, prior: 0, source }
    }
}

/// A person, place or organization of the tables, with its names.
///
/// # Examples
///
/// ```
/// use allonym::tables::TableEntity;
/// use allonym::{EntityKind, Tables};
///
/// let mut camp = TableEntity::new("camp", EntityKind::Place, "Firqat camp");
/// camp.within = Some("Q858".to_owned()); // Syria
/// camp.rank = 1;
/// let tables = Tables::embedded().to_builder().upsert(camp).build()?;
/// assert!(tables.is_within("camp", "Q858"));
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableEntity {
    /// Its id: a Wikidata id (`Q858`) or a word of the table's own.
    pub id: String,
    /// Its kind.
    pub kind: EntityKind,
    /// Its names, the canonical one first.
    pub aliases: Vec<Alias>,
    /// The id of the place that it lies in, or that it belongs to.
    pub within: Option<String>,
    /// How prominent it is in the news, 1 (a village) to 9 (a great power).
    pub rank: u8,
    /// Its code in ISO 3166, of a country (`SY`) or a region (`SY-ID`).
    pub code: Option<String>,
}

/// The rank of entities whose table gives none: known to regular readers.
const DEFAULT_RANK: u8 = 5;

impl TableEntity {
    /// An entity with its canonical name alone, of middling rank.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::EntityKind;
    /// use allonym::tables::{Alias, AliasSort, TableEntity};
    ///
    /// let mut sohr = TableEntity::new("sohr", EntityKind::Organization, "Syrian Observatory for Human Rights");
    /// sohr.aliases.push(Alias::new("SOHR", AliasSort::Acronym));
    /// assert_eq!(sohr.name(), "Syrian Observatory for Human Rights");
    /// ```
    #[must_use]
    pub fn new(id: impl Into<String>, kind: EntityKind, name: impl Into<String>) -> Self {
        let aliases = vec![Alias::new(name, AliasSort::Canonical)];
        Self { id: id.into(), kind, aliases, within: None, rank: DEFAULT_RANK, code: None }
    }

    /// Whether a table could hold it.
    pub(super) fn check(&self) -> Result<(), Error> {
        let fault = |reason: String| Err(Error::Entity { id: self.id.clone(), reason });
        let optional = [self.within.as_deref(), self.code.as_deref()];
        let names = self.aliases.iter().flat_map(|a| [a.name.as_str(), &a.lang, &a.source]);
        let mut fields = optional.into_iter().flatten().chain(names).chain([self.id.as_str()]);
        if let Some(field) = fields.find(|field| field.contains(['\t', '\n', '\r'])) {
            return fault(format!("'{}' holds a tab or a line break", field.escape_debug()));
        }
        if self.id.is_empty() {
            return fault("it has no id".to_owned());
        }
        if optional.contains(&Some("")) {
            return fault("its container or code is there but empty".to_owned());
        }
        if !(1..=9).contains(&self.rank) {
            return fault(format!("rank '{}' is not 1 to 9", self.rank));
        }
        if self.aliases.first().is_none_or(|a| a.sort != AliasSort::Canonical) {
            return fault("its first name is not the canonical one".to_owned());
        }
        let mut names: HashSet<&str> = HashSet::default();
        for (i, alias) in self.aliases.iter().enumerate() {
            if is_unsearchable(&alias.name) {
                return fault(format!("the name '{}' holds no letter or digit", alias.name));
            }
            if i > 0 && alias.sort == AliasSort::Canonical {
                return fault(format!("'{}' is a second canonical name", alias.name));
            }
            if alias.prior > 10 {
                return fault(format!("prior '{}' is not 1 to 10", alias.prior));
            }
            if !names.insert(&alias.name) {
                return fault(format!("it has the name '{}' twice", alias.name));
            }
        }
        Ok(())
    }

    /// The name to show.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::EntityKind;
    /// use allonym::tables::TableEntity;
    ///
    /// assert_eq!(TableEntity::new("acme", EntityKind::Organization, "Acme Corp").name(), "Acme Corp");
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        self.aliases.first().map_or("", |alias| &alias.name)
    }
}

/// What a name's row says beside the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NameFacts<'t> {
    pub sort: AliasSort,
    pub ambiguous: bool,
    pub weak: bool,
    pub prior: u8,
    pub lang: &'t str,
    pub source: &'t str,
}

/// What an entity's canonical row says beside its id and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EntityFacts<'t> {
    pub kind: EntityKind,
    pub rank: u8,
    pub within: &'t str,
    pub code: &'t str,
}

/// A row of a table of entities.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntityRow<'t> {
    pub id: &'t str,
    pub kind: EntityKind,
    pub name: &'t str,
    pub facts: NameFacts<'t>,
    /// Of a canonical row.
    pub entity: Option<EntityFacts<'t>>,
    pub line: usize,
}

/// The columns of a table of entities, by their places in its header.
#[derive(Debug, Clone, Copy)]
struct Columns {
    id: Option<usize>,
    kind: Option<usize>,
    sort: Option<usize>,
    name: Option<usize>,
    lang: Option<usize>,
    marks: Option<usize>,
    prior: Option<usize>,
    within: Option<usize>,
    rank: Option<usize>,
    code: Option<usize>,
    source: Option<usize>,
}

/// Reads the rows of a table of entities, one a name, and hands them on in their order.
///
/// # Errors
///
/// [`Error::Table`] for the first row that breaks a rule by itself.
pub(crate) fn parse<'t>(
    file: &'t str,
    text: &'t str,
    mut each: impl FnMut(EntityRow<'t>) -> Result<(), Error>,
) -> Result<(), Error> {
    let (table, header) = Tsv::with_columns(file, text, &["id", "kind", "name"], &COLUMNS)?;
    let column = |name| table.column(name);
    let columns = Columns {
        id: column("id"),
        kind: column("kind"),
        sort: column("sort"),
        name: column("name"),
        lang: column("lang"),
        marks: column("marks"),
        prior: column("prior"),
        within: column("within"),
        rank: column("rank"),
        code: column("code"),
        source: column("source"),
    };
    let mut last_id = "";
    for row in table.rows(header) {
        let row = row?;
        let parsed = columns.row(&row, last_id)?;
        last_id = parsed.id;
        each(parsed)?;
    }
    Ok(())
}

impl Columns {
    /// One row; `last_id` is the id of the row before.
    fn row<'t>(&self, row: &Row<'t, '_>, last_id: &str) -> Result<EntityRow<'t>, Error> {
        let id = row.filled_at(self.id, "id")?;
        let name = row.filled_at(self.name, "name")?;
        let kind: EntityKind = match row.filled_at(self.kind, "kind")? {
            "person" => EntityKind::Person,
            "place" => EntityKind::Place,
            "organization" => EntityKind::Organization,
            other => return Err(row.error(format!("unknown kind '{other}' (person, place or organization)"))),
        };
        let sort = match row.at(self.sort) {
            "" if id == last_id => AliasSort::Alias,
            "" => AliasSort::Canonical,
            word => word.parse().map_err(|reason: String| row.error(reason))?,
        };
        let (ambiguous, weak) = marks(row, row.at(self.marks))?;
        if is_unsearchable(name) {
            return Err(row.error(format!("the name '{name}' holds no letter or digit")));
        }
        let prior = prior(row, row.at(self.prior))?;
        let facts = NameFacts { sort, ambiguous, weak, prior, lang: row.at(self.lang), source: row.at(self.source) };
        let entity = if sort == AliasSort::Canonical {
            let rank = match row.at(self.rank) {
                "" => DEFAULT_RANK,
                digits => rank(row, digits)?,
            };
            Some(EntityFacts { kind, rank, within: row.at(self.within), code: row.at(self.code) })
        } else {
            None
        };
        Ok(EntityRow { id, kind, name, facts, entity, line: row.line })
    }
}

/// Whether a name holds nothing by which it could be found.
pub(super) fn is_unsearchable(name: &str) -> bool {
    !name.bytes().any(|b| b.is_ascii_alphanumeric()) && search_key(name).is_empty()
}

/// The marks of a name: ambiguous, weak.
pub(super) fn marks(row: &Row<'_, '_>, field: &str) -> Result<(bool, bool), Error> {
    let (mut ambiguous, mut weak) = (false, false);
    for mark in field.split(',').filter(|m| !m.is_empty()) {
        match mark {
            "ambiguous" => ambiguous = true,
            "weak" => weak = true,
            _ => return Err(row.error(format!("unknown mark '{mark}' (ambiguous, weak)"))),
        }
    }
    Ok((ambiguous, weak))
}

/// The rank of an entity.
pub(super) fn rank(row: &Row<'_, '_>, digits: &str) -> Result<u8, Error> {
    let rank = digits.parse().ok().filter(|r| (1..=9).contains(r));
    rank.ok_or_else(|| row.error(format!("rank '{digits}' is not 1 to 9")))
}

/// The prior of a name; 0 where there is none.
pub(super) fn prior(row: &Row<'_, '_>, digits: &str) -> Result<u8, Error> {
    if digits.is_empty() {
        return Ok(0);
    }
    let prior = digits.parse().ok().filter(|r| (1..=10).contains(r));
    prior.ok_or_else(|| row.error(format!("prior '{digits}' is not 1 to 10")))
}
