//! The alias table: which names one thing has.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::tsv::Tsv;
use crate::error::Error;
use crate::mention::EntityKind;
use crate::name::search_key;

/// The columns of an entity table; the first three suffice.
const COLUMNS: [&str; 10] = ["id", "kind", "sort", "name", "lang", "marks", "within", "rank", "source", "code"];

/// What sort of name a name is.
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
    /// It names the entity only in a text on the matter.
    pub weak: bool,
    /// Where the fact comes from.
    pub source: String,
    /// The folded tokens by which it is found.
    pub(crate) key: String,
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
        let name = name.into();
        let key = search_key(&name);
        let (lang, source) = (String::new(), String::new());
        Self { name, sort, lang, ambiguous: false, weak: false, source, key }
    }
}

/// A person, place or organization of the tables, with its names.
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
        Self { id: id.into(), kind, aliases, within: None, rank: DEFAULT_RANK }
    }

    /// The name to show.
    #[must_use]
    pub fn name(&self) -> &str {
        self.aliases.first().map_or("", |alias| &alias.name)
    }
}

/// Reads a table of entities: one row a name, the rows of one entity together, its canonical name first.
///
/// # Errors
///
/// [`Error::Table`] for the first row that breaks a rule.
pub(super) fn parse(file: &str, text: &str) -> Result<Vec<(TableEntity, usize)>, Error> {
    let (table, header) = Tsv::with_columns(file, text, &["id", "kind", "name"], &COLUMNS)?;
    let mut entities: Vec<(TableEntity, usize)> = Vec::new();
    for row in table.rows(header) {
        let row = row?;
        let (id, name) = (row.filled("id")?, row.filled("name")?);
        let kind: EntityKind = row
            .filled("kind")?
            .parse()
            .map_err(|_| row.error(format!("unknown kind '{}' (person, place or organization)", row.get("kind"))))?;
        let open = entities.last_mut().map(|(e, _)| e).filter(|e| e.id == id);
        let sort = match (row.get("sort"), &open) {
            ("", None) => AliasSort::Canonical,
            ("", Some(_)) => AliasSort::Alias,
            (word, _) => word.parse().map_err(|reason: String| row.error(reason))?,
        };
        let (mut ambiguous, mut weak) = (false, false);
        for mark in row.get("marks").split(',').filter(|m| !m.is_empty()) {
            match mark {
                "ambiguous" => ambiguous = true,
                "weak" => weak = true,
                _ => return Err(row.error(format!("unknown mark '{mark}' (ambiguous, weak)"))),
            }
        }
        let key = search_key(name);
        if key.is_empty() {
            return Err(row.error(format!("the name '{name}' holds no letter or digit")));
        }
        let (lang, source) = (row.get("lang").to_owned(), row.get("source").to_owned());
        let alias = Alias { name: name.to_owned(), sort, lang, ambiguous, weak, source, key };
        if let Some(entity) = open {
            if sort == AliasSort::Canonical {
                return Err(row.error(format!("duplicate id '{id}': a second canonical name")));
            }
            if entity.kind != kind {
                return Err(row.error(format!("'{id}' is a {} above, a {kind} here", entity.kind)));
            }
            if entity.aliases.iter().any(|a| a.name == name) {
                return Err(row.error(format!("'{id}' has the name '{name}' twice")));
            }
            entity.aliases.push(alias);
        } else {
            if sort != AliasSort::Canonical {
                return Err(row.error(format!("the first row of '{id}' is not its canonical name")));
            }
            let within = Some(row.get("within")).filter(|w| !w.is_empty()).map(str::to_owned);
            let rank = match row.get("rank") {
                "" => DEFAULT_RANK,
                digits => digits
                    .parse()
                    .ok()
                    .filter(|r| (1..=9).contains(r))
                    .ok_or_else(|| row.error(format!("rank '{digits}' is not 1 to 9")))?,
            };
            let entity = TableEntity { id: id.to_owned(), kind, aliases: vec![alias], within, rank };
            entities.push((entity, row.line));
        }
    }
    Ok(entities)
}
