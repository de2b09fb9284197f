//! Lists of one's own: CSV and TSV with a header.

use std::collections::BTreeMap;

use super::input::{Input, Place, shown};
use super::names::{Draft, check_id, clean_name, is_language};
use super::records::{Record, Records};
use super::summary::{Intake, Summary};
use crate::error::Error;
use crate::mention::EntityKind;
use crate::tables::{AliasSort, TableEntity};

/// What a column of a list holds.
///
/// # Examples
///
/// ```
/// use allonym::tables::import::Column;
///
/// assert_eq!(Column::Name.word(), "name");
/// assert_eq!("aliases".parse::<Column>().ok(), Some(Column::Aliases));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Column {
    /// The entity's id.
    Id,
    /// Its kind: `person`, `PER` and the like, or a word of the list's own ([`Csv::kind_word`]).
    Kind,
    /// Its canonical name.
    Name,
    /// Its other names, parted by a sign.
    Aliases,
    /// The language of the canonical name, BCP 47.
    Lang,
    /// The id of the place that it lies in.
    Within,
    /// Its rank, 1 to 9.
    Rank,
    /// Where the names come from.
    Source,
    /// Marks of the canonical name, by commas: `ambiguous`, `weak`.
    Marks,
}

impl Column {
    /// All of them, with the header that they have by default.
    const WORDS: [(&'static str, Self); 9] = [
        ("id", Self::Id),
        ("kind", Self::Kind),
        ("name", Self::Name),
        ("aliases", Self::Aliases),
        ("lang", Self::Lang),
        ("within", Self::Within),
        ("rank", Self::Rank),
        ("source", Self::Source),
        ("marks", Self::Marks),
    ];

    /// Its word, which is its header by default.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, column)| *column == self).map_or("", |(word, _)| word)
    }
}

impl std::str::FromStr for Column {
    type Err = Error;

    /// Reads a word.
    ///
    /// # Errors
    ///
    /// [`Error::Option`] when it is none.
    fn from_str(text: &str) -> Result<Self, Error> {
        let found = Self::WORDS.iter().find(|(word, _)| *word == text).map(|(_, column)| *column);
        found.ok_or_else(|| {
            let words = Self::WORDS.map(|(word, _)| word).join(", ");
            Error::Option { option: "column".into(), reason: format!("unknown column '{text}' ({words})") }
        })
    }
}

/// Reads CSV (RFC 4180) or TSV with a header, a row an entity.
///
/// Columns that are called as [`Column`] calls them need no word; others are mapped by [`Csv::column`]. There must be an
/// id, a name, and a kind, of a column or of [`Csv::kind`] for all. An empty field is as no column. Aliases in another
/// script than the canonical name are `native`, others `alias`. A kind that is none of ours skips the row.
///
/// # Cost
///
/// One pass; memory goes with the longest record and the ids of the entities that are kept.
///
/// # Examples
///
/// ```
/// use allonym::EntityKind;
/// use allonym::tables::import::{Column, Csv, Input};
///
/// let reader = Csv::default()
///     .delimiter('|')
///     .quotes(false)
///     .separator(',')
///     .column(Column::Name, "Full name")
///     .kind(EntityKind::Organization)
///     .kind_word("individual", EntityKind::Person)
///     .rank(3)
///     .source("the list of the desk");
/// let list = "id|Full name|kind|aliases\n1|Omar Diaby|individual|Omsen,Omar Omsen\n2|Acme Corp||\n";
/// let mut found = Vec::new();
/// reader.read(Input::new("list.csv", list.as_bytes()), |entity| {
///     found.push((entity.kind, entity.aliases.len(), entity.rank));
///     Ok(())
/// })?;
/// assert_eq!(found, [(EntityKind::Person, 3, 3), (EntityKind::Organization, 1, 3)]);
/// assert_eq!(Csv::tsv().delimiter, '\t');
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Csv {
    /// What parts the fields.
    pub delimiter: char,
    /// Whether fields may be quoted; without, a quote is a letter like others.
    pub quotes: bool,
    /// What parts the aliases of a field.
    pub separator: char,
    /// The headers of columns that are called otherwise.
    pub columns: BTreeMap<Column, String>,
    /// The kind where no column tells it.
    pub kind: Option<EntityKind>,
    /// Words for kinds besides ours.
    pub kind_words: BTreeMap<String, EntityKind>,
    /// The rank where no column tells it: 5, as in tables.
    pub rank: u8,
    /// The source where no column tells it.
    pub source: String,
}

impl Default for Csv {
    fn default() -> Self {
        Self {
            delimiter: ',',
            quotes: true,
            separator: ';',
            columns: BTreeMap::new(),
            kind: None,
            kind_words: BTreeMap::new(),
            rank: 5,
            source: String::new(),
        }
    }
}

/// Where each column stands.
type Places = BTreeMap<Column, usize>;

impl Csv {
    /// Tabs between the fields, and no quoting.
    #[must_use]
    pub fn tsv() -> Self {
        Self { delimiter: '\t', quotes: false, ..Self::default() }
    }

    /// Parts fields by this sign.
    #[must_use]
    pub fn delimiter(mut self, delimiter: char) -> Self {
        self.delimiter = delimiter;
        self
    }

    /// Reads quoted fields, or takes quotes as letters.
    #[must_use]
    pub fn quotes(mut self, yes: bool) -> Self {
        self.quotes = yes;
        self
    }

    /// Parts aliases by this sign.
    #[must_use]
    pub fn separator(mut self, separator: char) -> Self {
        self.separator = separator;
        self
    }

    /// Says what a column is called.
    #[must_use]
    pub fn column(mut self, column: Column, header: impl Into<String>) -> Self {
        self.columns.insert(column, header.into());
        self
    }

    /// Gives every entity this kind, where no column tells another.
    #[must_use]
    pub fn kind(mut self, kind: EntityKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Says what a word of the list's own means.
    #[must_use]
    pub fn kind_word(mut self, word: impl Into<String>, kind: EntityKind) -> Self {
        self.kind_words.insert(word.into(), kind);
        self
    }

    /// Gives every entity this rank, where no column tells another.
    #[must_use]
    pub fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    /// Names this source, where no column tells another.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }

    /// Reads a list.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] for a header that lacks a column or has one twice, a record with another number of fields, an
    /// id, language, rank or mark that is none, quotes that are out of place, or bytes that are not UTF-8;
    /// [`Error::File`] when the file cannot be read; [`Error::Option`] when the rank is not 1 to 9; those of the sink.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::EntityKind;
    /// use allonym::tables::import::{Column, Csv, Input};
    ///
    /// let list = "key,full name,aka\nacme,\"Acme, Inc.\",Roadrunner|The Coyote Company\n";
    /// let csv = Csv::default()
    ///     .column(Column::Id, "key")
    ///     .column(Column::Name, "full name")
    ///     .column(Column::Aliases, "aka")
    ///     .separator('|')
    ///     .kind(EntityKind::Organization);
    /// let summary = csv.read(Input::new("mine.csv", list.as_bytes()), |entity| {
    ///     assert_eq!((entity.name(), entity.aliases.len()), ("Acme, Inc.", 3));
    ///     Ok(())
    /// })?;
    /// assert_eq!(summary.entities, 1);
    /// # Ok::<(), allonym::Error>(())
    /// ```
    pub fn read(&self, input: Input<'_>, sink: impl FnMut(TableEntity) -> Result<(), Error>) -> Result<Summary, Error> {
        super::check_rank(self.rank)?;
        let (mut intake, mut record) = (Intake::new(sink), Record::default());
        let mut records = Records::new(input, self.delimiter, self.quotes);
        if !records.read(&mut record)? {
            return Err(Place { file: records.file(), line: 1 }.error("no header"));
        }
        let places = self.places(&record, records.place(&record))?;
        let columns = record.len();
        while records.read(&mut record)? {
            let at = records.place(&record);
            if record.len() != columns {
                return Err(at.error(format!("{} fields, but the header has {columns}", record.len())));
            }
            intake.summary.records += 1;
            self.entity(&record, &places, at, &mut intake)?;
        }
        Ok(intake.summary)
    }

    fn places(&self, header: &Record, at: Place<'_>) -> Result<Places, Error> {
        let headers: Vec<&str> = (0..header.len()).map(|i| header.get(i).trim()).collect();
        let mut places = Places::new();
        for (word, column) in Column::WORDS {
            let mapped = self.columns.get(&column);
            let called = mapped.map_or(word, String::as_str);
            let mut found = headers.iter().enumerate().filter(|(_, h)| **h == called).map(|(i, _)| i);
            if let Some(place) = found.next() {
                places.insert(column, place);
            } else if mapped.is_some() || matches!(column, Column::Id | Column::Name) {
                return Err(at.error(format!("column '{called}' is missing")));
            }
            if found.next().is_some() {
                return Err(at.error(format!("column '{called}' twice")));
            }
        }
        if self.kind.is_none() && !places.contains_key(&Column::Kind) {
            return Err(at.error("column 'kind' is missing, and no kind is given for all"));
        }
        Ok(places)
    }

    fn entity<S: FnMut(TableEntity) -> Result<(), Error>>(
        &self,
        record: &Record,
        places: &Places,
        at: Place<'_>,
        intake: &mut Intake<S>,
    ) -> Result<(), Error> {
        let get = |column| places.get(&column).map_or("", |&place| record.get(place).trim());
        let id = get(Column::Id);
        check_id(id, at)?;
        let rank = self.rank_of(get(Column::Rank), at)?;
        let (ambiguous, weak) = marks(get(Column::Marks), at)?;
        let (lang, within) = (get(Column::Lang), get(Column::Within));
        if !is_language(lang) {
            return Err(at.error(format!("'{}' is not a language", shown(lang))));
        }
        if !within.is_empty() {
            check_id(within, at)?;
        }
        let Some(kind) = self.kind_of(get(Column::Kind)) else {
            intake.skip("a kind that is none of ours", at);
            return Ok(());
        };
        let source = clean_name(get(Column::Source));
        let source = if source.is_empty() { clean_name(&self.source) } else { source };
        let Some(mut draft) = Draft::new(id, kind, get(Column::Name), lang, &source) else {
            intake.skip("no name with a letter", at);
            return Ok(());
        };
        draft.entity.rank = rank;
        draft.entity.within = Some(within.to_owned()).filter(|within| !within.is_empty());
        if let Some(canonical) = draft.entity.aliases.first_mut() {
            (canonical.ambiguous, canonical.weak) = (ambiguous, weak);
        }
        for name in get(Column::Aliases).split(self.separator).filter(|name| !name.trim().is_empty()) {
            let sort = draft.plain_sort(name, "", "");
            debug_assert!(matches!(sort, AliasSort::Alias | AliasSort::Native), "no language, no translation");
            intake.name(&mut draft, name, sort, "", false, at);
        }
        intake.accept(draft, at)
    }

    fn kind_of(&self, word: &str) -> Option<EntityKind> {
        if word.is_empty() { self.kind } else { self.kind_words.get(word).copied().or_else(|| word.parse().ok()) }
    }

    fn rank_of(&self, digits: &str, at: Place<'_>) -> Result<u8, Error> {
        if digits.is_empty() {
            return Ok(self.rank);
        }
        let rank = digits.parse().ok().filter(|rank| (1..=9).contains(rank));
        rank.ok_or_else(|| at.error(format!("rank '{}' is not 1 to 9", shown(digits))))
    }
}

/// Whether a name is ambiguous, and weak.
fn marks(field: &str, at: Place<'_>) -> Result<(bool, bool), Error> {
    let (mut ambiguous, mut weak) = (false, false);
    for mark in field.split(',').map(str::trim).filter(|mark| !mark.is_empty()) {
        match mark {
            "ambiguous" => ambiguous = true,
            "weak" => weak = true,
            _ => return Err(at.error(format!("unknown mark '{}' (ambiguous, weak)", shown(mark)))),
        }
    }
    Ok((ambiguous, weak))
}
