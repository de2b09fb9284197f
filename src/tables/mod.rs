//! The tables: which names one thing has, and the cue words of the rules.
//!
//! Plain TSV with a header, read by one parser whether it is embedded in the crate or lies in a user's folder. A
//! [`Tables`] is read once, never changes and is cheap to clone.

use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use once_cell::sync::OnceCell;

use crate::error::Error;
use crate::name::fold;

mod entities;
pub mod import;
mod lexicon;
mod phrases;
pub(crate) mod tsv;

pub use entities::{Alias, AliasSort, TableEntity};
pub(crate) use lexicon::{Flags, Lexicon};
pub(crate) use phrases::{Phrases, onward};

/// The entity tables of the crate.
const ENTITIES: [(&str, &str); 4] = [
    ("data/countries.tsv", include_str!("../../data/countries.tsv")),
    ("data/organizations.tsv", include_str!("../../data/organizations.tsv")),
    ("data/people.tsv", include_str!("../../data/people.tsv")),
    ("data/places.tsv", include_str!("../../data/places.tsv")),
];

/// The word lists of the crate.
const LISTS: [(&str, &str); 8] = [
    ("data/common_words.tsv", include_str!("../../data/common_words.tsv")),
    ("data/cues.tsv", include_str!("../../data/cues.tsv")),
    ("data/demonyms.tsv", include_str!("../../data/demonyms.tsv")),
    ("data/family_names.tsv", include_str!("../../data/family_names.tsv")),
    ("data/given_names.tsv", include_str!("../../data/given_names.tsv")),
    ("data/heads.tsv", include_str!("../../data/heads.tsv")),
    ("data/legal_forms.tsv", include_str!("../../data/legal_forms.tsv")),
    ("data/titles.tsv", include_str!("../../data/titles.tsv")),
];

/// A table's file name and text.
type Sheet = (Cow<'static, str>, Cow<'static, str>);

/// The names of known entities, and the words that the rules go by.
///
/// # Examples
///
/// ```
/// use allonym::Tables;
///
/// let tables = Tables::embedded();
/// let syria = tables.get("Q858").unwrap();
/// assert_eq!(syria.name(), "Syria");
/// assert!(tables.find("Syrian Arab Republic").any(|(entity, _)| entity.id == "Q858"));
/// ```
#[derive(Debug, Clone)]
pub struct Tables {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    sheets: Vec<Sheet>,
    entities: Vec<TableEntity>,
    by_id: HashMap<String, usize>,
    /// The aliases of a folded name: pairs of an entity and one of its aliases; made at the first search, for not every
    /// process searches.
    by_name: OnceCell<HashMap<String, Vec<(usize, usize)>>>,
    lexicon: Arc<Lexicon>,
}

impl Tables {
    /// The tables that come with the crate, read at the first call.
    ///
    /// # Cost
    ///
    /// A few milliseconds once; afterwards a reference count.
    #[must_use]
    pub fn embedded() -> Self {
        Self::try_embedded().unwrap_or_else(|_| Self::empty())
    }

    /// As [`Tables::embedded`], saying what is wrong when the embedded files were edited badly.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] for the first bad row.
    pub fn try_embedded() -> Result<Self, Error> {
        static EMBEDDED: OnceCell<Tables> = OnceCell::new();
        let build = || {
            let mut builder = Self::builder();
            builder.sheets.extend(ENTITIES.iter().map(|(file, text)| (Cow::from(*file), Cow::from(*text))));
            builder.build()
        };
        EMBEDDED.get_or_try_init(build).cloned()
    }

    /// No entity at all, only the cue words: what the algorithms do alone.
    #[must_use]
    pub fn none() -> Self {
        static NONE: OnceCell<Tables> = OnceCell::new();
        NONE.get_or_try_init(|| Self::builder().build()).cloned().unwrap_or_else(|_| Self::empty())
    }

    /// Neither entities nor words; what is left when the embedded files are broken.
    fn empty() -> Self {
        let (by_id, by_name, lexicon) = (HashMap::new(), OnceCell::new(), Arc::new(Lexicon::default()));
        let inner = Inner { sheets: Vec::new(), entities: Vec::new(), by_id, by_name, lexicon };
        Self { inner: Arc::new(inner) }
    }

    /// The tables of a folder: each file `*.tsv` whose header begins with `id` is a table of entities, each other one
    /// must bear the name of one of the crate's word lists and replaces it.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when the folder or a file cannot be read, is not UTF-8, or holds no table; [`Error::Table`] for
    /// the first bad row.
    pub fn from_dir(dir: impl AsRef<Path>) -> Result<Self, Error> {
        let dir = dir.as_ref();
        let mut paths = Vec::new();
        for entry in fs::read_dir(dir).map_err(|e| Error::file(dir, e))? {
            let path = entry.map_err(|e| Error::file(dir, e))?.path();
            if path.extension().is_some_and(|e| e == "tsv") {
                paths.push(path);
            }
        }
        paths.sort();
        if paths.is_empty() {
            return Err(Error::file(dir, "no *.tsv table in this folder"));
        }
        let mut builder = Self::builder();
        for path in paths {
            let bytes = fs::read(&path).map_err(|e| Error::file(&path, e))?;
            let text = String::from_utf8(bytes).map_err(|e| {
                let line = e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
                Error::table(&path.to_string_lossy(), line, "not UTF-8")
            })?;
            builder = builder.sheet(path.to_string_lossy().into_owned(), text);
        }
        builder.build()
    }

    /// A builder that begins with the embedded word lists and no entity.
    #[must_use]
    pub fn builder() -> TablesBuilder {
        TablesBuilder { sheets: LISTS.iter().map(|(file, text)| (Cow::from(*file), Cow::from(*text))).collect() }
    }

    /// A builder that begins with these tables.
    #[must_use]
    pub fn to_builder(&self) -> TablesBuilder {
        TablesBuilder { sheets: self.inner.sheets.clone() }
    }

    /// All entities, in the order of the tables.
    #[must_use]
    pub fn entities(&self) -> &[TableEntity] {
        &self.inner.entities
    }

    /// The entity of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&TableEntity> {
        self.inner.by_id.get(id).map(|&i| &self.inner.entities[i])
    }

    /// The entities that have a name, spelled so but for case, diacritics and signs, each with the alias that says so.
    pub fn find(&self, name: &str) -> impl Iterator<Item = (&TableEntity, &Alias)> + use<'_> {
        let by_name = self.inner.by_name.get_or_init(|| {
            let mut by_name: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
            for (i, entity) in self.inner.entities.iter().enumerate() {
                for (j, alias) in entity.aliases.iter().enumerate() {
                    by_name.entry(fold(&alias.name)).or_default().push((i, j));
                }
            }
            by_name
        });
        let found = by_name.get(fold(name).as_str()).map_or(&[][..], Vec::as_slice);
        found.iter().map(|&(entity, alias)| {
            let entity = &self.inner.entities[entity];
            (entity, &entity.aliases[alias])
        })
    }

    /// Whether one place lies within another, by any number of steps.
    #[must_use]
    pub fn is_within(&self, id: &str, container: &str) -> bool {
        let mut at = id;
        // Containers nest a handful deep; the bound ends a circle in a user's table.
        for _ in 0..16 {
            match self.get(at).and_then(|e| e.within.as_deref()) {
                Some(outer) if outer == container => return true,
                Some(outer) => at = outer,
                None => return false,
            }
        }
        false
    }

    pub(crate) fn lexicon(&self) -> &Arc<Lexicon> {
        &self.inner.lexicon
    }
}

/// Gathers tables; [`TablesBuilder::build`] reads them.
///
/// # Examples
///
/// ```
/// use allonym::Tables;
///
/// let mine = "id\tkind\tname\nacme\torganization\tAcme Corp\nacme\torganization\tThe Roadrunner Company\n";
/// let tables = Tables::embedded().to_builder().entities("mine.tsv", mine).build()?;
/// assert_eq!(tables.get("acme").unwrap().aliases.len(), 2);
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct TablesBuilder {
    sheets: Vec<Sheet>,
}

impl TablesBuilder {
    /// Adds a table of entities; its name stands in error messages.
    #[must_use]
    pub fn entities(self, file: impl Into<String>, text: impl Into<String>) -> Self {
        self.sheet(file.into(), text.into())
    }

    /// Adds a table of entities, or replaces the word list of that file name (`titles.tsv`, `cues.tsv`, ...).
    #[must_use]
    pub fn sheet(mut self, file: String, text: String) -> Self {
        let name = lexicon::list_name(&file);
        if lexicon::FILES.contains(&name) {
            self.sheets.retain(|(f, _)| lexicon::list_name(f) != name);
        }
        self.sheets.push((file.into(), text.into()));
        self
    }

    /// Reads all tables.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] with file, line and reason for the first row that breaks a rule: a wrong number of fields, an
    /// unknown column, kind, sort or mark, an empty name, an id that two entities have.
    pub fn build(self) -> Result<Tables, Error> {
        let is_list = |sheet: &&Sheet| lexicon::FILES.contains(&lexicon::list_name(&sheet.0));
        let sheets = &self.sheets;
        // Only the embedded lists are borrowed: as long as none was replaced, all tables share one lexicon.
        let own = sheets.iter().filter(is_list).all(|(_, text)| matches!(text, Cow::Borrowed(_)));
        let read = || Lexicon::new(sheets.iter().filter(is_list)).map(Arc::new);
        let lists = || if own { embedded_lexicon() } else { read() };
        let (lexicon, entities) = crate::parallel::join(lists, || read_entities(sheets.iter().filter(|s| !is_list(s))));
        let (entities, by_id) = entities?;
        let (by_name, lexicon) = (OnceCell::new(), lexicon?);
        Ok(Tables { inner: Arc::new(Inner { sheets: self.sheets, entities, by_id, by_name, lexicon }) })
    }
}

/// The embedded word lists, read once.
fn embedded_lexicon() -> Result<Arc<Lexicon>, Error> {
    static LEXICON: OnceCell<Arc<Lexicon>> = OnceCell::new();
    let read = || {
        let sheets = LISTS.map(|(file, text)| (Cow::from(file), Cow::from(text)));
        Lexicon::new(sheets.iter()).map(Arc::new)
    };
    LEXICON.get_or_try_init(read).cloned()
}

/// Entities, and their places by id.
type Read = (Vec<TableEntity>, HashMap<String, usize>);

fn read_entities<'s>(sheets: impl Iterator<Item = &'s Sheet>) -> Result<Read, Error> {
    let mut entities: Vec<TableEntity> = Vec::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for (file, text) in sheets {
        for (entity, line) in entities::parse(file, text)? {
            let index = entities.len();
            if by_id.insert(entity.id.clone(), index).is_some() {
                return Err(Error::table(file, line, format!("duplicate id '{}'", entity.id)));
            }
            entities.push(entity);
        }
    }
    Ok((entities, by_id))
}
