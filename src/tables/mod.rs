//! The tables: which names one thing has, and the cue words of the rules.
//!
//! A table is plain TSV with a header; `data/README.md` describes the columns. Tables are merged by id and laid out flat
//! as an image, in which everything that extraction and resolution look up can be found as it lies there. The crate's own
//! entities are embedded as such an image; [`Tables::write_to`] writes one to a file, and [`Tables::open`] reads it without
//! building anything again.
//!
//! A [`Tables`] never changes and is cheap to clone. [`Tables::to_builder`] makes others from it: with entities put in or
//! taken out by id, with further tables, and with what users want otherwise (overrides).
//!
//! # Examples
//!
//! ```
//! use allonym::Tables;
//!
//! let mine = "id\tkind\tname\nvardan\tperson\tSelim Vardan\nvardan\tperson\tAbu Kalin\n";
//! let tables = Tables::embedded().to_builder().entities("mine.tsv", mine).build()?;
//! assert_eq!(tables.find("abu kalin").next().map(|(entity, _)| entity.name()), Some("Selim Vardan"));
//! # Ok::<(), allonym::Error>(())
//! ```

use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use once_cell::sync::OnceCell;

use crate::error::Error;
use crate::mention::EntityKind;
use crate::name::{
    Name, blocking_keys, family_key, fold, is_article, rough_vowel, search_key, sound_into, sound_key, word_hash,
};

mod build;
mod bytes;
mod dictionary;
mod entities;
mod entry;
mod file;
mod image;
pub mod import;
mod lexicon;
mod links;
mod overrides;
mod pattern;
mod phrases;
mod postings;
pub(crate) mod tsv;

use build::Gathered;
pub use dictionary::{Dictionary, Occurrence, Occurrences};
pub(crate) use entities::parse as parse_rows;
pub use entities::{Alias, AliasSort, TableEntity};
pub use entry::{Entry, EntryName};
use image::{Image, Section};
pub(crate) use lexicon::{Flags, Lexicon};
use links::Links;
pub(crate) use pattern::Pattern;
pub(crate) use phrases::{Phrases, onward};

/// The entity tables of the crate, made by `cargo run --release --example build_tables`.
const EMBEDDED: &[u8] = include_bytes!("../../data/tables.bin");

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

/// From this rank on people are so well known that their family name alone says something: ministers and generals of whom
/// the world speaks, and above.
const KNOWN_RANK: u8 = 7;

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
/// assert!(tables.find("Syrian Arab Republic").any(|(entity, _)| entity.id() == "Q858"));
/// ```
///
/// What tables can be asked:
///
/// ```
/// use allonym::Tables;
///
/// let tables = Tables::try_embedded()?;
/// assert!(tables.len() > 1_000 && tables.names() > tables.len() && !tables.is_empty());
/// assert_eq!(tables.entities().next().map(|entity| entity.id()), tables.entities().map(|entity| entity.id()).min());
/// let (damascus, _) = tables.find("Damascus").next().unwrap();
/// assert!(tables.is_within(damascus.id(), "Q858"));
/// assert!(Tables::none().is_empty());
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Tables {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    image: Image,
    /// What the resolver finds names by, where the image has no such sections.
    links: OnceCell<Links>,
    lexicon: Arc<Lexicon>,
}

impl Tables {
    /// The tables that come with the crate, read at the first call.
    ///
    /// # Cost
    ///
    /// Some milliseconds once, for the word lists; afterwards a reference count.
    #[must_use]
    pub fn embedded() -> Self {
        Self::try_embedded().unwrap_or_else(|_| Self::empty())
    }

    /// As [`Tables::embedded`], saying what is wrong when the embedded files were edited badly.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] for the first bad row of a word list, [`Error::File`] for entities that are damaged.
    pub fn try_embedded() -> Result<Self, Error> {
        static TABLES: OnceCell<Tables> = OnceCell::new();
        TABLES.get_or_try_init(|| Self::of_image(file::embedded(EMBEDDED)?)).cloned()
    }

    /// No entity at all, only the cue words: what the algorithms do alone.
    #[must_use]
    pub fn none() -> Self {
        static NONE: OnceCell<Tables> = OnceCell::new();
        NONE.get_or_try_init(|| Self::builder().build()).cloned().unwrap_or_else(|_| Self::empty())
    }

    /// Neither entities nor words; what is left when the embedded files are broken.
    fn empty() -> Self {
        let (image, links, lexicon) = (Image::default(), OnceCell::new(), Arc::new(Lexicon::default()));
        Self { inner: Arc::new(Inner { image, links, lexicon }) }
    }

    /// The tables of an image, with the word lists that it names in place of the crate's.
    fn of_image(image: Image) -> Result<Self, Error> {
        let mut lists: Vec<Sheet> = Vec::new();
        let own: HashMap<&str, (&str, &str)> = image.lists().map(|list| (lexicon::list_name(list.0), list)).collect();
        let lexicon = if own.is_empty() {
            embedded_lexicon()?
        } else {
            for (file, text) in LISTS {
                let replaced = own.get(lexicon::list_name(file));
                lists.push(replaced.map_or((file.into(), text.into()), |(file, text)| {
                    ((*file).to_owned().into(), (*text).to_owned().into())
                }));
            }
            Arc::new(Lexicon::new(lists.iter())?)
        };
        Ok(Self { inner: Arc::new(Inner { image, links: OnceCell::new(), lexicon }) })
    }

    /// The tables of a folder: each file `*.tsv` whose header begins with `id` is a table of entities, or of overrides when
    /// it has no column `kind`; each other one must bear the name of one of the crate's word lists and replaces it.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when the folder or a file cannot be read, is not UTF-8, or holds no table; [`Error::Table`] for
    /// the first bad row.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::Tables;
    ///
    /// let dir = std::env::temp_dir().join(format!("allonym-doc-{}", std::process::id()));
    /// std::fs::create_dir_all(&dir)?;
    /// std::fs::write(dir.join("people.tsv"), "id\tkind\tname\nvardan\tperson\tSelim Vardan\n")?;
    /// let tables = Tables::from_dir(&dir)?;
    /// assert_eq!(tables.len(), 1);
    /// # std::fs::remove_dir_all(&dir)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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

    /// The tables of a file that [`Tables::write_to`] wrote. Nothing is built again.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when the file cannot be read, is none of these, is of another version, is cut short or damaged: a
    /// checksum tells.
    ///
    /// # Cost
    ///
    /// The reading of the file, some 100 bytes a name; a million names take about 45 milliseconds.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::Tables;
    ///
    /// assert!(Tables::open("no/such/file.bin").is_err());
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        // A fresh process has the word lists to read as well, and most tables go by the crate's.
        let (image, _) = crate::parallel::join(|| file::open(path.as_ref()), embedded_lexicon);
        Self::of_image(image?)
    }

    /// Writes these tables to a file that [`Tables::open`] reads: entities, replaced word lists, and all that they are found
    /// by. It is written beside the old one first, and takes its place when all of it is on the disk.
    ///
    /// The bytes follow from the entities and the replaced word lists, the names of whose files are kept for messages: not
    /// from the order in which they came, nor from the machine.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when the file cannot be written; the old one is left as it was.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::Tables;
    ///
    /// let tables = Tables::builder().entities("mine.tsv", "id\tkind\tname\nvardan\tperson\tSelim Vardan\n").build()?;
    /// let file = std::env::temp_dir().join(format!("allonym-doc-{}.bin", std::process::id()));
    /// tables.write_to(&file)?;
    /// assert_eq!(std::fs::read(&file)?, tables.to_bytes());
    /// assert_eq!(Tables::open(&file)?.get("vardan").map(|entity| entity.name().len()), Some(12));
    /// # std::fs::remove_file(&file)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write_to(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        file::write(path.as_ref(), &self.linked())
    }

    /// The bytes of the file that [`Tables::write_to`] writes.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::Tables;
    ///
    /// let one = Tables::builder().entities("a.tsv", "id\tkind\tname\nx\tplace\tAden\n").build()?;
    /// let two = Tables::builder().entities("b.tsv", "id\tkind\tname\nx\tplace\tAden\n").build()?;
    /// assert_eq!(one.to_bytes(), two.to_bytes());
    /// # Ok::<(), allonym::Error>(())
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        file::bytes(&self.linked())
    }

    /// The image with all sections.
    fn linked(&self) -> Image {
        let image = &self.inner.image;
        if image.section(Section::BySound).is_empty() {
            image.with_links(&Links::of(image)).unwrap_or_else(|_| image.clone())
        } else {
            image.clone()
        }
    }

    /// A builder that begins with the embedded word lists and no entity.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::Tables;
    ///
    /// assert!(Tables::builder().build()?.is_empty());
    /// # Ok::<(), allonym::Error>(())
    /// ```
    #[must_use]
    pub fn builder() -> TablesBuilder {
        TablesBuilder { steps: Vec::new(), lists: Vec::new() }
    }

    /// A builder that begins with these tables.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::Tables;
    ///
    /// let tables = Tables::embedded();
    /// let without = tables.to_builder().remove("Q858").build()?;
    /// assert_eq!((without.len(), without.get("Q858").is_none()), (tables.len() - 1, true));
    /// # Ok::<(), allonym::Error>(())
    /// ```
    #[must_use]
    pub fn to_builder(&self) -> TablesBuilder {
        let own = |(file, text): (&str, &str)| (Cow::from(file.to_owned()), Cow::from(text.to_owned()));
        TablesBuilder { steps: vec![Step::Tables(self.clone())], lists: self.inner.image.lists().map(own).collect() }
    }

    /// All entities, by id.
    #[must_use]
    pub fn entities(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        (0..self.len()).map(|entity| self.entity(entity))
    }

    /// How many entities there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.image.entities()
    }

    /// Whether there is no entity.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many names all entities have together.
    #[must_use]
    pub fn names(&self) -> usize {
        self.inner.image.names()
    }

    /// The entity of a number: its place among all, by id.
    pub(crate) fn entity(&self, entity: usize) -> Entry<'_> {
        Entry::new(&self.inner.image, entity)
    }

    /// The entity of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Entry<'_>> {
        self.inner.image.find_id(id).map(|entity| self.entity(entity))
    }

    /// The entities that have a name, spelled so but for case, diacritics and signs, each with the name that says so; by
    /// id.
    pub fn find(&self, name: &str) -> impl Iterator<Item = (Entry<'_>, EntryName<'_>)> {
        let image = &self.inner.image;
        let path = phrases::path_of(&search_key(name), |_| {});
        let folded = fold(name);
        let names = image.postings(Section::ByName).of(path).map(bytes::index);
        names.map(|name| self.name(name)).filter(move |(_, own)| fold(own.name) == folded)
    }

    /// A name by its number, and its entity.
    pub(crate) fn name(&self, name: usize) -> (Entry<'_>, EntryName<'_>) {
        let image = &self.inner.image;
        (self.entity(image.entity_of(name)), EntryName::new(image, name))
    }

    /// Whether one place lies within another, by any number of steps.
    #[must_use]
    pub fn is_within(&self, id: &str, container: &str) -> bool {
        let mut at = self.get(id);
        // Containers nest a handful deep; the bound ends a circle in a user's table.
        for _ in 0..16 {
            match at.and_then(Entry::within) {
                Some(outer) if outer == container => return true,
                Some(outer) => at = self.get(outer),
                None => return false,
            }
        }
        false
    }

    pub(crate) fn lexicon(&self) -> &Arc<Lexicon> {
        &self.inner.lexicon
    }

    /// The names as extraction searches them, each with the number of its pattern.
    pub(crate) fn phrases(&self) -> Phrases<'_> {
        self.inner.image.phrases()
    }

    pub(crate) fn pattern(&self, pattern: u32) -> Pattern {
        Pattern(self.inner.image.pattern(pattern))
    }

    /// The numbers of the entities that have a name of this path, with whether the name is weak.
    pub(crate) fn bearers_of_path(&self, path: u64) -> impl Iterator<Item = (usize, bool)> {
        let image = &self.inner.image;
        let names = image.postings(Section::ByName).of(path).map(bytes::index);
        names.map(|name| (image.entity_of(name), image.profile(name).marks & image::WEAK != 0))
    }

    /// Whether the name of a person of [`KNOWN_RANK`] ends in a folded word.
    pub(crate) fn is_known_family(&self, folded: &str) -> bool {
        self.inner.image.postings(Section::Families).of(word_path(folded)).next().is_some()
    }

    /// The kinds of the entities that have a name of the same rough sound as some folded words.
    pub(crate) fn sounding<'w>(&self, folded: impl Iterator<Item = &'w str>) -> impl Iterator<Item = EntityKind> {
        let kinds = self.inner.image.postings(Section::Sounds).of(text_hash(&rough_sound(folded)));
        kinds.filter_map(|kind| EntityKind::ALL.get(bytes::index(kind)).copied())
    }

    /// What the resolver finds names by.
    fn link(&self, section: Section) -> postings::Postings<'_> {
        let image = &self.inner.image;
        if image.section(section).is_empty() {
            let links = self.inner.links.get_or_init(|| Links::of(image));
            return postings::Postings::read(links.section(section)).unwrap_or_default();
        }
        image.postings(section)
    }

    /// The numbers of the names that sound the same as a name and are of its kind.
    pub(crate) fn of_sound(&self, name: &Name) -> impl Iterator<Item = usize> {
        self.link(Section::BySound).of(links::kind_hash(name.kind, &sound_key(name))).map(bytes::index)
    }

    /// Whether a name of a kind sounds so.
    pub(crate) fn has_sound(&self, kind: EntityKind, sound: &str) -> bool {
        self.link(Section::BySound).of(links::kind_hash(kind, sound)).next().is_some()
    }

    /// The numbers of the entities of its kind that share a blocking key with a name, ascending.
    pub(crate) fn candidates(&self, name: &Name) -> Vec<usize> {
        let by_key = self.link(Section::ByKey);
        let found = |key: &String| by_key.of(text_hash(key)).map(bytes::index);
        let mut out: Vec<usize> = blocking_keys(name).iter().flat_map(found).collect();
        out.sort_unstable();
        out.dedup();
        out.retain(|&entity| self.entity(entity).kind() == name.kind);
        out
    }

    /// How many people bear the family name of a name, as far as its consonants tell.
    pub(crate) fn bearers_of_family(&self, name: &Name) -> usize {
        let found = family_key(name).and_then(|key| self.link(Section::Bearers).of(text_hash(&key)).next());
        found.map_or(0, bytes::index)
    }
}

/// The hash of a text, as postings have it.
fn text_hash(text: &str) -> u64 {
    onward(0, word_hash(text))
}

/// The path of a single folded word.
fn word_path(folded: &str) -> u64 {
    onward(0, word_hash(folded))
}

/// The sound of folded words with the vowels that romanizations confuse made one (e i, o u), articles left out.
fn rough_sound<'w>(folded: impl Iterator<Item = &'w str>) -> String {
    let (mut out, mut own) = (String::with_capacity(32), String::with_capacity(32));
    for word in folded.filter(|w| !is_article(w)) {
        own.clear();
        sound_into(word, &mut own);
        for sound in own.chars() {
            out.push(rough_vowel(sound));
        }
        out.push(' ');
    }
    out
}

/// Gathers tables; [`TablesBuilder::build`] merges them.
///
/// What is put in later counts: an entity that is put in or removed by id replaces what was gathered of it before.
///
/// # Examples
///
/// ```
/// use allonym::Tables;
///
/// let mine = "id\tkind\tname\nacme\torganization\tAcme Corp\nacme\torganization\tThe Roadrunner Company\n";
/// let tables = Tables::embedded().to_builder().entities("mine.tsv", mine).build()?;
/// assert_eq!(tables.get("acme").unwrap().aliases().len(), 2);
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct TablesBuilder {
    steps: Vec<Step>,
    /// The word lists that are others than the crate's.
    lists: Vec<Sheet>,
}

/// Something that was gathered.
#[derive(Debug, Clone)]
enum Step {
    Tables(Tables),
    Sheet(Sheet),
    Upsert(Box<TableEntity>),
    Remove(String),
}

impl Step {
    /// The id of which it replaces all that was gathered before.
    fn replaces(&self) -> Option<&str> {
        match self {
            Self::Upsert(entity) => Some(&entity.id),
            Self::Remove(id) => Some(id),
            Self::Tables(_) | Self::Sheet(_) => None,
        }
    }
}

impl TablesBuilder {
    /// Adds a table of entities; its name stands in error messages.
    ///
    /// The rows of an entity that another table holds add names to it when none of them is canonical.
    #[must_use]
    pub fn entities(self, file: impl Into<String>, text: impl Into<String>) -> Self {
        self.sheet(file.into(), text.into())
    }

    /// Adds a table of entities or overrides, or replaces the word list of that file name (`titles.tsv`, `cues.tsv`, ...).
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::{Extractor, Tables};
    ///
    /// // A folder's files one by one: this one has the name of a word list, and takes its place.
    /// let titles = "title\nwarlord\n";
    /// match Tables::builder().sheet("titles.tsv".to_owned(), titles.to_owned()).build() {
    ///     Ok(tables) => assert!(tables.is_empty()),
    ///     Err(refused) => println!("{refused}"),
    /// }
    /// ```
    #[must_use]
    pub fn sheet(mut self, file: String, text: String) -> Self {
        let name = lexicon::list_name(&file);
        if lexicon::FILES.contains(&name) {
            self.lists.retain(|(f, _)| lexicon::list_name(f) != name);
            let same = |(own, own_text): &(&str, &str)| lexicon::list_name(own) == name && *own_text == text;
            if !LISTS.iter().any(same) {
                self.lists.push((file.into(), text.into()));
            }
        } else {
            self.steps.push(Step::Sheet((file.into(), text.into())));
        }
        self
    }

    /// Puts an entity in, in place of all that was gathered of its id before. Doing it twice changes nothing more.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::tables::TableEntity;
    /// use allonym::{EntityKind, Tables};
    ///
    /// let acme = TableEntity::new("acme", EntityKind::Organization, "Acme Corp");
    /// let tables = Tables::embedded().to_builder().upsert(acme).build()?;
    /// assert_eq!(tables.get("acme").unwrap().name(), "Acme Corp");
    /// let without = tables.to_builder().remove("acme").build()?;
    /// assert!(without.get("acme").is_none());
    /// # Ok::<(), allonym::Error>(())
    /// ```
    #[must_use]
    pub fn upsert(mut self, entity: TableEntity) -> Self {
        self.steps.push(Step::Upsert(Box::new(entity)));
        self
    }

    /// Takes out the entity of an id. That there is none is no fault.
    #[must_use]
    pub fn remove(mut self, id: impl Into<String>) -> Self {
        self.steps.push(Step::Remove(id.into()));
        self
    }

    /// Merges all that was gathered.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] with file, line and reason for the first row that breaks a rule: a wrong number of fields, an
    /// unknown column, kind, sort or mark, an empty name, an id that two tables describe, an override of nothing.
    /// [`Error::Entity`] for an entity made in code that no table could hold.
    ///
    /// # Cost
    ///
    /// Two microseconds a name, and 200 bytes while it is built; 80 stay, and 20 more for the resolver once there is one.
    pub fn build(self) -> Result<Tables, Error> {
        let mut gathered = Gathered::new();
        let mut overrides = Vec::new();
        // What is replaced later is not even read again.
        let mut replaced: HashMap<&str, usize> = HashMap::new();
        for (i, step) in self.steps.iter().enumerate() {
            if let Some(id) = step.replaces() {
                replaced.insert(id, i);
            }
        }
        for (i, step) in self.steps.iter().enumerate() {
            match step {
                Step::Tables(tables) => gathered.image(&tables.inner.image, i),
                Step::Sheet((file, text)) if overrides::is_overrides(text) => {
                    overrides::parse(file, text, &mut overrides)?;
                }
                Step::Sheet((file, text)) => gathered.sheet(file, text, i)?,
                Step::Upsert(entity) if replaced.get(entity.id.as_str()) == Some(&i) => {
                    entity.check()?;
                    gathered.entity(entity, i);
                }
                Step::Upsert(_) | Step::Remove(_) => {}
            }
        }
        if !replaced.is_empty() {
            gathered.retain(|id, step| replaced.get(id).is_none_or(|&last| last <= step));
        }
        let lists: Vec<(&str, &str)> = self.lists.iter().map(|(file, text)| (file.as_ref(), text.as_ref())).collect();
        Tables::of_image(gathered.merge(&overrides)?.image(&lists)?)
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
