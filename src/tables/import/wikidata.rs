//! The entities of Wikidata.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::classes::CLASSES;
use super::input::{Input, Place, shown};
use super::names::{Draft, is_initials, is_language, lists, step};
use super::summary::{Intake, Summary};
use crate::error::Error;
use crate::mention::EntityKind;
use crate::tables::{AliasSort, TableEntity};

/// The least links to Wikipedias and their sisters of each rank. Great powers have some 300, capitals and heads of
/// state 100 to 200, cities and politicians of one country's news a dozen, villages those that a robot wrote.
const RANKS: [(u64, u8); 8] = [(250, 9), (150, 8), (100, 7), (60, 6), (30, 5), (15, 4), (6, 3), (2, 2)];

/// Reads entities of Wikidata as JSON, one a line, or the dump's one array of them, an entity a line.
///
/// | Wikidata | entity |
/// |---|---|
/// | id | id |
/// | `P31` (instance of) | the kind, by a table of some hundred classes and those of [`Wikidata::class`]: that of the first value which is in it; others are skipped |
/// | label | canonical name in the first language that has one; else `native` in another script than it, `translation` in another language |
/// | alias | `native` in another script; else `acronym` where it is two to eight capitals, `alias` in the language of the canonical name, `translation` in another |
/// | `P1448` official name, `P1813` short name, `P1477` birth name, `P742` pseudonym, `P1449` nickname | `official`, `short` (`acronym` where it is two to eight capitals), `birth-name`, `pseudonym`, `nickname` |
/// | `P131` (located in), else `P17` (country): the first value | `within` |
/// | number of sitelinks | rank: 9 from 250, 8 from 150, 7 from 100, 6 from 60, 5 from 30, 4 from 15, 3 from 6, 2 from 2, else 1 |
///
/// Statements of the rank `deprecated` do not count, and of `P31`, `P131` and `P17` only those of the best rank, without
/// an end (`P582`) before those with one. Names come in this order: of statements, labels, aliases, the last two by
/// language; the first of two that are equal stays.
///
/// # Cost
///
/// One pass, on one core 600 MB/s of entities most of whose statements are of other properties; memory goes with the longest line and the ids of the entities that are kept.
///
/// # Examples
///
/// ```
/// use allonym::EntityKind;
/// use allonym::tables::import::{Input, Wikidata};
///
/// // Castles are places to whoever writes of castles.
/// let reader = Wikidata::default().languages(["en", "ar"]).class(23_413, EntityKind::Place).source("a dump of May");
/// let summary = reader.read(Input::new("none.json", &b""[..]), |_| Ok(()))?;
/// assert_eq!(summary.records, 0);
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wikidata {
    /// The languages of labels and aliases that are kept, and of which the first that has a label gives the canonical
    /// name; none: all, of which `en`, then `mul` (for all languages), then the first by code gives it. `mul` is always
    /// kept, and comes last.
    pub languages: Vec<String>,
    /// Kinds of classes besides the table's, or instead of them, by the number of their id.
    pub classes: BTreeMap<u64, EntityKind>,
    /// The source of every name.
    pub source: String,
}

impl Default for Wikidata {
    fn default() -> Self {
        Self { languages: Vec::new(), classes: BTreeMap::new(), source: "wikidata".to_owned() }
    }
}

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "type")]
    sort: String,
    id: String,
    #[serde(default, deserialize_with = "object")]
    labels: BTreeMap<String, Term>,
    #[serde(default, deserialize_with = "object")]
    aliases: BTreeMap<String, Vec<Term>>,
    #[serde(default, deserialize_with = "object")]
    claims: Claims,
    #[serde(default, deserialize_with = "object")]
    sitelinks: Count,
}

#[derive(Deserialize)]
struct Term {
    value: String,
}

/// The statements that are read.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Claims {
    #[serde(rename = "P31")]
    instance_of: Vec<Statement>,
    #[serde(rename = "P131")]
    located_in: Vec<Statement>,
    #[serde(rename = "P17")]
    country: Vec<Statement>,
    #[serde(rename = "P1448")]
    official_name: Vec<Statement>,
    #[serde(rename = "P1813")]
    short_name: Vec<Statement>,
    #[serde(rename = "P1477")]
    birth_name: Vec<Statement>,
    #[serde(rename = "P742")]
    pseudonym: Vec<Statement>,
    #[serde(rename = "P1449")]
    nickname: Vec<Statement>,
}

#[derive(Deserialize)]
struct Statement {
    mainsnak: Snak,
    #[serde(default)]
    rank: Rank,
    #[serde(default, deserialize_with = "object")]
    qualifiers: Qualifiers,
}

#[derive(Deserialize)]
struct Snak {
    /// Missing where the value is unknown, or there is none.
    datavalue: Option<DataValue>,
}

#[derive(Deserialize)]
struct DataValue {
    value: Value,
}

#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
enum Rank {
    Deprecated,
    #[default]
    Normal,
    Preferred,
}

#[derive(Deserialize, Default)]
struct Qualifiers {
    #[serde(rename = "P582")]
    end: Option<IgnoredAny>,
}

/// How many members an object has.
#[derive(Default)]
struct Count(u64);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Count;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Count, A::Error> {
                let mut count = 0;
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(Count(count))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// Reads an object; the dumps write an empty one as an empty array.
fn object<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    struct Object<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for Object<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<T, A::Error> {
            match seq.next_element::<IgnoredAny>()? {
                None => Ok(T::default()),
                Some(_) => Err(A::Error::custom("an array that is not empty, where an object should be")),
            }
        }
    }
    deserializer.deserialize_any(Object(PhantomData))
}

impl Wikidata {
    /// Keeps labels and aliases of these languages, the first before the others for the canonical name.
    #[must_use]
    pub fn languages(mut self, languages: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.languages = languages.into_iter().map(Into::into).collect();
        self
    }

    /// Says what the instances of a class are; its number is that of its id, 5 for `Q5`.
    #[must_use]
    pub fn class(mut self, number: u64, kind: EntityKind) -> Self {
        self.classes.insert(number, kind);
        self
    }

    /// Names this source.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }

    /// Reads entities.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] for a line that is no such JSON, an item whose id is none, a statement whose value is not what
    /// its property has, an array that does not end, a line behind its end, or bytes that are not UTF-8;
    /// [`Error::File`] when the file cannot be read; those of the sink.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::tables::import::{Input, Wikidata};
    ///
    /// let line = r#"{"type":"item","id":"Q858","labels":{"en":{"language":"en","value":"Syria"},"ar":{"language":"ar","value":"سوريا"}},
    /// "aliases":[],"claims":{"P31":[{"mainsnak":{"snaktype":"value","datavalue":{"value":{"id":"Q6256"}}},"rank":"normal"}]},
    /// "sitelinks":{"enwiki":{"title":"Syria"}}}"#.replace('\n', "");
    /// let mut syria = None;
    /// Wikidata::default().read(Input::new("latest-all.json", line.as_bytes()), |entity| {
    ///     syria = Some(entity);
    ///     Ok(())
    /// })?;
    /// let syria = syria.unwrap();
    /// assert_eq!((syria.name(), syria.aliases[1].sort.word()), ("Syria", "native"));
    /// # Ok::<(), allonym::Error>(())
    /// ```
    pub fn read(
        &self,
        mut input: Input<'_>,
        sink: impl FnMut(TableEntity) -> Result<(), Error>,
    ) -> Result<Summary, Error> {
        let (mut intake, mut buffer) = (Intake::new(sink), Vec::new());
        let mut classes: BTreeMap<u64, EntityKind> = CLASSES.into_iter().collect();
        classes.extend(&self.classes);
        let mut array = Array::Unknown;
        while let Some(line) = input.filled_line(&mut buffer)? {
            let at = input.place();
            let Some(line) = array.record(line, at)? else { continue };
            let item: Line = serde_json::from_str(line).map_err(|e| super::json_fault(&e, at))?;
            intake.summary.records += 1;
            self.item(&item, &classes, at, &mut intake)?;
        }
        match array {
            Array::Open | Array::Comma => Err(input.place().error("the array does not end")),
            _ => Ok(intake.summary),
        }
    }

    fn item<S: FnMut(TableEntity) -> Result<(), Error>>(
        &self,
        item: &Line,
        classes: &BTreeMap<u64, EntityKind>,
        at: Place<'_>,
        intake: &mut Intake<S>,
    ) -> Result<(), Error> {
        if item.sort != "item" {
            intake.skip("no item, but a property or lexeme", at);
            return Ok(());
        }
        if number_of(&item.id).is_none() {
            return Err(at.error(format!("'{}' is not the id of an item", shown(&item.id))));
        }
        let mut kinds = Vec::new();
        for value in best(&item.claims.instance_of) {
            kinds.extend(classes.get(&number_of(&item_id(value, "P31", at)?).unwrap_or_default()));
        }
        let Some(&kind) = kinds.first() else {
            intake.skip("no class that is one of our kinds", at);
            return Ok(());
        };
        let Some(mut draft) = self.canonical(item, kind, at)? else {
            intake.skip("no label with a letter in the languages kept", at);
            return Ok(());
        };
        draft.entity.rank = step(&RANKS, item.sitelinks.0);
        draft.entity.within = container(item, at)?;
        add_statements(&item.claims, &mut draft, at, intake)?;
        self.add_terms(item, &mut draft, at, intake);
        intake.accept(draft, at)
    }

    /// The entity with its label in the first language that has one.
    fn canonical(&self, item: &Line, kind: EntityKind, at: Place<'_>) -> Result<Option<Draft>, Error> {
        for lang in item.labels.keys().chain(item.aliases.keys()) {
            if lang.is_empty() || !is_language(lang) {
                return Err(at.error(format!("'{}' is not a language", shown(lang))));
            }
        }
        let wanted: Vec<&str> = match &self.languages[..] {
            [] => ["en", "mul"].into_iter().chain(item.labels.keys().map(String::as_str)).collect(),
            languages => languages.iter().map(String::as_str).chain(["mul"]).collect(),
        };
        let draft = |lang: &&str| {
            let label = item.labels.get(*lang)?;
            Draft::new(item.id.as_str(), kind, &label.value, lang, &self.source)
        };
        Ok(wanted.iter().find_map(draft))
    }

    /// Adds labels and aliases.
    fn add_terms<S: FnMut(TableEntity) -> Result<(), Error>>(
        &self,
        item: &Line,
        draft: &mut Draft,
        at: Place<'_>,
        intake: &mut Intake<S>,
    ) {
        let own = canonical_lang(draft);
        let languages: BTreeSet<&String> = item.labels.keys().chain(item.aliases.keys()).collect();
        let mut other = |lang: &String| {
            let kept = self.languages.is_empty() || lang == "mul" || lists(&self.languages, lang);
            if !kept {
                let terms = item.labels.get(lang).into_iter().chain(item.aliases.get(lang).into_iter().flatten());
                terms.for_each(|_| intake.skip_name("a language that was not asked for", at));
            }
            kept
        };
        let languages: Vec<&String> = languages.into_iter().filter(|lang| other(lang)).collect();
        for lang in languages.iter().filter(|lang| ***lang != own) {
            if let Some(label) = item.labels.get(*lang) {
                let sort = draft.plain_sort(&label.value, lang, &own);
                intake.name(draft, &label.value, sort, lang, false, at);
            }
        }
        for lang in &languages {
            for alias in item.aliases.get(*lang).into_iter().flatten() {
                let sort = match draft.plain_sort(&alias.value, lang, &own) {
                    AliasSort::Alias | AliasSort::Translation if is_initials(&alias.value) => AliasSort::Acronym,
                    sort => sort,
                };
                intake.name(draft, &alias.value, sort, lang, false, at);
            }
        }
    }
}

/// Adds the names that statements tell.
fn add_statements<S: FnMut(TableEntity) -> Result<(), Error>>(
    claims: &Claims,
    draft: &mut Draft,
    at: Place<'_>,
    intake: &mut Intake<S>,
) -> Result<(), Error> {
    for (statements, property, sort) in [
        (&claims.official_name, "P1448", AliasSort::Official),
        (&claims.short_name, "P1813", AliasSort::Short),
        (&claims.birth_name, "P1477", AliasSort::BirthName),
        (&claims.pseudonym, "P742", AliasSort::Pseudonym),
        (&claims.nickname, "P1449", AliasSort::Nickname),
    ] {
        for statement in statements.iter().filter(|s| s.rank != Rank::Deprecated) {
            let Some(DataValue { value }) = &statement.mainsnak.datavalue else { continue };
            let text = value.as_str().map(|name| (name, ""));
            let text = text.or_else(|| value["text"].as_str().zip(value["language"].as_str()));
            let Some((name, lang)) = text.filter(|(_, lang)| is_language(lang)) else {
                return Err(at.error(format!("{property} holds no text")));
            };
            let acronym = sort == AliasSort::Short && is_initials(name);
            intake.name(draft, name, if acronym { AliasSort::Acronym } else { sort }, lang, false, at);
        }
    }
    Ok(())
}

fn canonical_lang(draft: &Draft) -> String {
    draft.entity.aliases.first().map(|canonical| canonical.lang.clone()).unwrap_or_default()
}

/// The values of the best rank, those that have not ended first.
fn best(statements: &[Statement]) -> impl Iterator<Item = &Value> {
    let rank = statements.iter().map(|s| s.rank).max().unwrap_or_default().max(Rank::Normal);
    let of = move |ended: bool| {
        let these = statements.iter().filter(move |s| s.rank == rank && s.qualifiers.end.is_some() == ended);
        these.filter_map(|s| s.mainsnak.datavalue.as_ref().map(|d| &d.value))
    };
    of(false).chain(of(true))
}

/// The id of the place that an item lies in.
fn container(item: &Line, at: Place<'_>) -> Result<Option<String>, Error> {
    for (statements, property) in [(&item.claims.located_in, "P131"), (&item.claims.country, "P17")] {
        for value in best(statements) {
            let id = item_id(value, property, at)?;
            // A country lies in itself, by the statements.
            if id != item.id {
                return Ok(Some(id));
            }
        }
    }
    Ok(None)
}

/// The item that a value is.
fn item_id(value: &Value, property: &str, at: Place<'_>) -> Result<String, Error> {
    // Old dumps have the number alone.
    let id = value["id"].as_str().map(str::to_owned);
    let id = id.or_else(|| value["numeric-id"].as_u64().map(|number| format!("Q{number}")));
    let id = id.filter(|id| number_of(id).is_some());
    id.ok_or_else(|| at.error(format!("{property} holds no item")))
}

/// The number of an item's id.
fn number_of(id: &str) -> Option<u64> {
    id.strip_prefix('Q').filter(|n| n.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

/// Where in the array of a dump the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Array {
    /// Nothing was read.
    Unknown,
    /// There is none: an entity a line.
    Lines,
    /// It has begun, or an entity without a comma was read: only the end can follow that.
    Open,
    /// The next entity may come.
    Comma,
    Ended,
}

impl Array {
    /// The JSON of a line, unless it is the array's begin or end.
    fn record<'l>(&mut self, line: &'l str, at: Place<'_>) -> Result<Option<&'l str>, Error> {
        let line = line.trim_ascii();
        let entity = line.strip_suffix(',').map_or(line, str::trim_ascii_end);
        match (*self, line) {
            (Self::Unknown, "[") => *self = Self::Comma,
            (Self::Open | Self::Comma, "]") => *self = Self::Ended,
            (Self::Unknown | Self::Lines, _) => {
                *self = Self::Lines;
                return Ok(Some(line));
            }
            (Self::Comma, _) => {
                *self = if entity.len() < line.len() { Self::Comma } else { Self::Open };
                return Ok(Some(entity));
            }
            (Self::Open, _) => return Err(at.error("no comma before this entity")),
            (Self::Ended, _) => return Err(at.error("a line behind the end of the array")),
        }
        Ok(None)
    }
}
