//! Entities of `FollowTheMoney`, as OpenSanctions publishes them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::input::{Input, Place};
use super::names::{Draft, check_id, clean_name, is_name};
use super::summary::{Intake, Summary};
use crate::error::Error;
use crate::mention::EntityKind;
use crate::tables::{AliasSort, TableEntity};

/// Reads `FollowTheMoney` entities as JSON Lines, such as `entities.ftm.json` of OpenSanctions.
///
/// | `FollowTheMoney` | entity |
/// |---|---|
/// | `id` | id |
/// | schema `Person` | person |
/// | `Organization`, `Company`, `PublicBody`, `LegalEntity` | organization; other schemata are skipped |
/// | the first `name`; where there is none `firstName` and `lastName`, else `caption` | canonical name; see [`Ftm::by_caption`] |
/// | the other values of `name`, `alias` | `alias`, or `native` in another script than the canonical name |
/// | `weakAlias` | the same, with the mark `weak` |
/// | `previousName` | `former` |
/// | `country`, if there is just one and the options give its id | `within` |
///
/// The names' languages are not told; the rank is that of the options for all. A `caption` that is the schema's name is
/// none: it stands where there is no name.
///
/// # Cost
///
/// One pass; memory goes with the longest line and the ids of the entities that are kept.
///
/// # Examples
///
/// ```
/// use allonym::tables::import::{Ftm, Input};
///
/// let line = br#"{"id": "nk-1", "caption": "Omar Diaby", "schema": "Person", "properties": {"name": ["DIABY Omar", "Omar Diaby"], "country": ["sy"]}}"#;
/// let reader = Ftm::default().by_caption(true).country("sy", "Q858").rank(3).source("my list");
/// let mut found = Vec::new();
/// reader.read(Input::new("list.json", &line[..]), |entity| {
///     found.push((entity.name().to_owned(), entity.within.clone(), entity.rank));
///     Ok(())
/// })?;
/// assert_eq!(found, [("Omar Diaby".to_owned(), Some("Q858".to_owned()), 3)]);
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ftm {
    /// Whether `caption`, where it is one of the values of `name`, goes before the first of them: OpenSanctions sorts
    /// the values, and makes the one that most sources have the caption.
    pub by_caption: bool,
    /// The ids of countries by their code in small letters (`sy`: `Q858`).
    pub countries: BTreeMap<String, String>,
    /// The rank of every entity, 1 to 9. Few of those on lists of sanctions and officials are ever in the news: 2.
    pub rank: u8,
    /// The source of every name.
    pub source: String,
}

impl Default for Ftm {
    fn default() -> Self {
        Self { by_caption: false, countries: BTreeMap::new(), rank: 2, source: "ftm".to_owned() }
    }
}

#[derive(Deserialize)]
struct Line {
    id: String,
    schema: String,
    caption: Option<String>,
    #[serde(default)]
    properties: Properties,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Properties {
    name: Vec<String>,
    alias: Vec<String>,
    weak_alias: Vec<String>,
    previous_name: Vec<String>,
    first_name: Vec<String>,
    last_name: Vec<String>,
    country: Vec<String>,
}

impl Ftm {
    /// Prefers the caption among the names.
    #[must_use]
    pub fn by_caption(mut self, yes: bool) -> Self {
        self.by_caption = yes;
        self
    }

    /// Gives the id of the country of a code.
    #[must_use]
    pub fn country(mut self, code: impl Into<String>, id: impl Into<String>) -> Self {
        self.countries.insert(code.into(), id.into());
        self
    }

    /// Gives every entity this rank.
    #[must_use]
    pub fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
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
    /// [`Error::Record`] for a line that is no such JSON, without id, or not UTF-8; [`Error::File`] when the file cannot
    /// be read; [`Error::Option`] when the rank is not 1 to 9; those of the sink.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::tables::import::{Ftm, Input};
    ///
    /// let line = r#"{"id": "nk-2", "schema": "Company", "properties": {"name": ["Acme Corp"], "previousName": ["Roadrunner Inc"]}}"#;
    /// let mut acme = None;
    /// Ftm::default().read(Input::new("entities.ftm.json", line.as_bytes()), |entity| {
    ///     acme = Some(entity);
    ///     Ok(())
    /// })?;
    /// assert_eq!(acme.unwrap().aliases[1].sort.word(), "former");
    /// # Ok::<(), allonym::Error>(())
    /// ```
    pub fn read(
        &self,
        mut input: Input<'_>,
        sink: impl FnMut(TableEntity) -> Result<(), Error>,
    ) -> Result<Summary, Error> {
        super::check_rank(self.rank)?;
        let (mut intake, mut buffer) = (Intake::new(sink), Vec::new());
        for (code, id) in &self.countries {
            super::check_option_id(code, id)?;
        }
        while let Some(line) = input.filled_line(&mut buffer)? {
            let at = input.place();
            let line: Line = serde_json::from_str(line).map_err(|e| super::json_fault(&e, at))?;
            check_id(&line.id, at)?;
            intake.summary.records += 1;
            self.entity(&line, at, &mut intake)?;
        }
        Ok(intake.summary)
    }

    fn entity<S: FnMut(TableEntity) -> Result<(), Error>>(
        &self,
        line: &Line,
        at: Place<'_>,
        intake: &mut Intake<S>,
    ) -> Result<(), Error> {
        let kind = match line.schema.as_str() {
            "Person" => EntityKind::Person,
            "Organization" | "Company" | "PublicBody" | "LegalEntity" => EntityKind::Organization,
            _ => {
                intake.skip("a schema that is no person or organization", at);
                return Ok(());
            }
        };
        let canonical = self.canonical(line);
        let draft = canonical.as_deref().and_then(|name| Draft::new(line.id.as_str(), kind, name, "", &self.source));
        let Some(mut draft) = draft else {
            intake.skip("no name with a letter", at);
            return Ok(());
        };
        draft.entity.rank = self.rank;
        if let [country] = &line.properties.country[..] {
            draft.entity.within = self.countries.get(country).cloned();
        }
        let Properties { name, alias, weak_alias, previous_name, .. } = &line.properties;
        // The first of them is the canonical name, which is no name twice.
        let mut canonical = Some(draft.entity.name().to_owned());
        for (names, former, weak) in
            [(name, false, false), (previous_name, true, false), (alias, false, false), (weak_alias, false, true)]
        {
            for name in names {
                if canonical.as_deref() == Some(&*clean_name(name)) {
                    canonical = None;
                    continue;
                }
                let sort = if former { AliasSort::Former } else { draft.plain_sort(name, "", "") };
                intake.name(&mut draft, name, sort, "", weak, at);
            }
        }
        intake.accept(draft, at)
    }

    fn canonical(&self, line: &Line) -> Option<String> {
        let Properties { name, first_name, last_name, .. } = &line.properties;
        let caption = line.caption.as_ref().filter(|caption| **caption != line.schema);
        let preferred = caption.filter(|caption| self.by_caption && name.contains(caption));
        let parts = [first_name.first(), last_name.first()].into_iter().flatten().map(String::as_str);
        let parts = Some(parts.collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty());
        let mut names = preferred.into_iter().chain(name).cloned().chain(parts).chain(caption.cloned());
        names.find(|name| is_name(&clean_name(name)))
    }
}
