//! Rows to an image: what a builder gathered is merged by id and laid out flat.
//!
//! Rows are held as they lie in the text that they come from; nothing is copied before the image is written.

use std::hash::Hash;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::entities::{self, AliasSort, EntityFacts, EntityRow, NameFacts, TableEntity};
use super::image::{self, Image, Section};
use super::overrides::Override;
use super::pattern::{Pattern, Standing};
use super::phrases::{self, path_of};
use super::postings::{self, Kept};
use super::{rough_sound, text_hash, word_path};
use crate::error::Error;
use crate::mention::EntityKind;
use crate::name::{NO_WORD, search_key};

/// Where rows come from.
#[derive(Debug, Clone, Copy)]
struct Origin<'t> {
    /// The table's file name, for messages; none for other tables and for entities made in code.
    file: Option<&'t str>,
    /// The builder's step.
    step: usize,
}

/// The rows of one entity that stand together in one place.
#[derive(Debug, Clone)]
struct Rows<'t> {
    id: &'t str,
    kind: EntityKind,
    /// Of the canonical row; without it these are further names of an entity that another place holds.
    head: Option<u32>,
    names: Range<u32>,
    origin: u32,
    line: u32,
}

/// Distinct values, numbered in the order in which they come.
#[derive(Debug)]
struct Numbered<T> {
    values: Vec<T>,
    numbers: HashMap<T, u32>,
    last: Option<(T, u32)>,
}

impl<T: Copy + Eq + Hash> Numbered<T> {
    fn new() -> Self {
        Self { values: Vec::new(), numbers: HashMap::new(), last: None }
    }

    fn number(&mut self, value: T) -> u32 {
        // Most rows say what the one before says.
        if let Some((last, number)) = self.last.filter(|(last, _)| *last == value) {
            debug_assert!(self.numbers.get(&last) == Some(&number));
            return number;
        }
        let next = count(self.values.len());
        let number = *self.numbers.entry(value).or_insert(next);
        if number == next {
            self.values.push(value);
        }
        self.last = Some((value, number));
        number
    }
}

/// A count or place as images hold it. What does not fit is refused when the image is whole.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Appends numbers to a section.
fn put(out: &mut Vec<u8>, numbers: &[u32]) {
    out.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

/// A name, and what is said of it.
#[derive(Debug, Clone, Copy)]
struct Named<'t> {
    name: &'t str,
    profile: u32,
}

/// All rows that are to be one image.
#[derive(Debug)]
pub(super) struct Gathered<'t> {
    rows: Vec<Rows<'t>>,
    names: Vec<Named<'t>>,
    heads: Numbered<EntityFacts<'t>>,
    profiles: Numbered<NameFacts<'t>>,
    origins: Vec<Origin<'t>>,
}

/// So many names of an entity are looked through for one that is there twice; of more a set is made.
const FEW_NAMES: usize = 16;

impl<'t> Gathered<'t> {
    pub fn new() -> Self {
        Self {
            rows: Vec::new(),
            names: Vec::new(),
            heads: Numbered::new(),
            profiles: Numbered::new(),
            origins: Vec::new(),
        }
    }

    fn push(&mut self, id: &'t str, kind: EntityKind, head: Option<EntityFacts<'t>>, line: usize) {
        let head = head.map(|facts| self.heads.number(facts));
        let (names, origin) = (count(self.names.len()), count(self.origins.len().saturating_sub(1)));
        self.rows.push(Rows { id, kind, head, names: names..names, origin, line: count(line) });
    }

    fn name(&mut self, name: &'t str, facts: NameFacts<'t>) {
        let profile = self.profiles.number(facts);
        self.names.push(Named { name, profile });
        if let Some(rows) = self.rows.last_mut() {
            rows.names.end = count(self.names.len());
        }
    }

    /// Adds the rows of a table of entities.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] for the first row that breaks a rule.
    pub fn sheet(&mut self, file: &'t str, text: &'t str, step: usize) -> Result<(), Error> {
        self.origins.push(Origin { file: Some(file), step });
        let mut last_id = "";
        let mut seen: HashSet<&'t str> = HashSet::default();
        entities::parse(file, text, |row: EntityRow<'t>| {
            let fault = |reason: String| Error::table(file, row.line, reason);
            if row.id == last_id {
                let Some(open) = self.rows.last() else { return Ok(()) };
                if row.entity.is_some() {
                    let id = row.id;
                    return Err(fault(format!("duplicate id '{id}': a second canonical name, or not the first row")));
                }
                if open.kind != row.kind {
                    return Err(fault(format!("'{}' is a {} above, a {} here", row.id, open.kind, row.kind)));
                }
                let own = self.names_of(open);
                let twice = if own.len() < FEW_NAMES {
                    own.iter().any(|n| n.name == row.name)
                } else {
                    if own.len() == FEW_NAMES {
                        seen = own.iter().map(|n| n.name).collect();
                    }
                    !seen.insert(row.name)
                };
                if twice {
                    return Err(fault(format!("'{}' has the name '{}' twice", row.id, row.name)));
                }
            } else {
                self.push(row.id, row.kind, row.entity, row.line);
                last_id = row.id;
            }
            self.name(row.name, row.facts);
            Ok(())
        })
    }

    /// Adds all entities of an image.
    pub fn image(&mut self, image: &'t Image, step: usize) {
        self.origins.push(Origin { file: None, step });
        self.rows.reserve(image.entities());
        self.names.reserve(image.names());
        for entity in 0..image.entities() {
            let head = image.head(entity);
            let facts = EntityFacts {
                kind: head.kind,
                rank: head.rank,
                within: image.label(head.within),
                code: image.label(head.code),
            };
            self.push(image.id(entity), head.kind, Some(facts), 0);
            for name in image.names_of(entity) {
                let profile = image.profile(name);
                let facts = NameFacts {
                    sort: profile.sort,
                    ambiguous: profile.marks & image::AMBIGUOUS != 0,
                    weak: profile.marks & image::WEAK != 0,
                    prior: profile.prior,
                    lang: image.label(profile.lang),
                    source: image.label(profile.source),
                };
                self.name(image.name(name), facts);
            }
        }
    }

    /// Adds an entity that was made in code.
    pub fn entity(&mut self, entity: &'t TableEntity, step: usize) {
        self.origins.push(Origin { file: None, step });
        let within = entity.within.as_deref().unwrap_or_default();
        let code = entity.code.as_deref().unwrap_or_default();
        let facts = EntityFacts { kind: entity.kind, rank: entity.rank, within, code };
        self.push(&entity.id, entity.kind, Some(facts), 0);
        for alias in &entity.aliases {
            let facts = NameFacts {
                sort: alias.sort,
                ambiguous: alias.ambiguous,
                weak: alias.weak,
                prior: alias.prior,
                lang: &alias.lang,
                source: &alias.source,
            };
            self.name(&alias.name, facts);
        }
    }

    /// Keeps the rows that are wanted, by their id and the step that they come from.
    pub fn retain(&mut self, is_wanted: impl Fn(&str, usize) -> bool) {
        let origins = &self.origins;
        self.rows
            .retain(|rows| origins.get(rows.origin as usize).is_some_and(|origin| is_wanted(rows.id, origin.step)));
    }

    fn names_of(&self, rows: &Rows<'_>) -> &[Named<'t>] {
        self.names.get(rows.names.start as usize..rows.names.end as usize).unwrap_or_default()
    }

    fn error(&self, rows: &Rows<'_>, reason: String) -> Error {
        match self.origins.get(rows.origin as usize).and_then(|origin| origin.file) {
            Some(file) => Error::table(file, rows.line as usize, reason),
            None => Error::Entity { id: rows.id.to_owned(), reason },
        }
    }

    /// Merges the rows by id, and changes what users said is otherwise.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] for the first entity that two places describe, or none.
    pub fn merge(mut self, overrides: &[Override<'t>]) -> Result<Merged<'t>, Error> {
        let order = |a: &Rows<'_>, b: &Rows<'_>| {
            // The canonical rows first; of several that are wrong, the later ones are at fault.
            a.id.cmp(b.id)
                .then(b.head.is_some().cmp(&a.head.is_some()))
                .then(a.origin.cmp(&b.origin))
                .then(a.line.cmp(&b.line))
        };
        if !self.rows.is_sorted_by(|a, b| order(a, b).is_le()) {
            self.rows.sort_by(order);
        }
        let by_id = |a: &Rows<'_>, b: &Rows<'_>| a.id == b.id;
        for group in self.rows.chunk_by(by_id) {
            for (i, rows) in group.iter().enumerate() {
                let id = rows.id;
                if i == 0 && rows.head.is_none() {
                    return Err(self.error(
                        rows,
                        format!("the first row of '{id}' is not its canonical name, and no table has that"),
                    ));
                }
                if i > 0 && rows.head.is_some() {
                    return Err(self.error(rows, format!("duplicate id '{id}'")));
                }
                if rows.kind != group[0].kind {
                    return Err(self
                        .error(rows, format!("'{id}' is a {} in another table, a {} here", group[0].kind, rows.kind)));
                }
            }
        }
        let mut merged = Merged {
            entities: Vec::with_capacity(self.rows.len()),
            names: Vec::with_capacity(self.names.len()),
            heads: Vec::new(),
            profiles: Vec::new(),
        };
        for group in self.rows.chunk_by(by_id) {
            let from = merged.names.len();
            for rows in group {
                let own = self.names_of(rows);
                if group.len() == 1 {
                    merged.names.extend_from_slice(own);
                } else {
                    // What another table has already is not added again.
                    let there: HashSet<&str> = merged.names[from..].iter().map(|n| n.name).collect();
                    merged.names.extend(own.iter().filter(|n| !there.contains(n.name)));
                }
            }
            let head = group[0].head.unwrap_or_default();
            merged.entities.push(Merge { id: group[0].id, head, first_name: count(from) });
        }
        overridden(&mut self, &mut merged, overrides)?;
        // Numbered in the order of the image, which is that of the ids: where rows came from leaves no trace.
        let (mut heads, mut profiles) = (Numbered::new(), Numbered::new());
        for entity in &mut merged.entities {
            entity.head = heads.number(self.heads.values[entity.head as usize]);
        }
        for name in &mut merged.names {
            name.profile = profiles.number(self.profiles.values[name.profile as usize]);
        }
        (merged.heads, merged.profiles) = (heads.values, profiles.values);
        Ok(merged)
    }
}

/// Changes what users said is otherwise.
fn overridden<'t>(
    gathered: &mut Gathered<'t>,
    merged: &mut Merged<'t>,
    overrides: &[Override<'t>],
) -> Result<(), Error> {
    for change in overrides {
        let found = merged.entities.binary_search_by(|e| e.id.cmp(change.id));
        let at = found.map_err(|_| change.error(format!("no table has '{}'", change.id)))?;
        let names = merged.names_of(at);
        let Some(name) = change.name else {
            let entity = &mut merged.entities[at];
            let facts = gathered.heads.values[entity.head as usize];
            let within = change.within.unwrap_or(facts.within);
            entity.head =
                gathered.heads.number(EntityFacts { within, rank: change.rank.unwrap_or(facts.rank), ..facts });
            continue;
        };
        let own = merged.names[names].iter_mut().find(|own| own.name == name);
        let own = own.ok_or_else(|| change.error(format!("'{}' has no name '{name}'", change.id)))?;
        let facts = gathered.profiles.values[own.profile as usize];
        let (ambiguous, weak) = change.marks.unwrap_or((facts.ambiguous, facts.weak));
        let prior = change.prior.unwrap_or(facts.prior);
        own.profile = gathered.profiles.number(NameFacts { ambiguous, weak, prior, ..facts });
    }
    Ok(())
}

/// An entity of the image to be.
#[derive(Debug, Clone, Copy)]
struct Merge<'t> {
    id: &'t str,
    head: u32,
    first_name: u32,
}

/// All entities of the image to be, by id, each with its names.
#[derive(Debug)]
pub(super) struct Merged<'t> {
    entities: Vec<Merge<'t>>,
    names: Vec<Named<'t>>,
    heads: Vec<EntityFacts<'t>>,
    profiles: Vec<NameFacts<'t>>,
}

impl<'t> Merged<'t> {
    fn names_of(&self, entity: usize) -> Range<usize> {
        let end = self.entities.get(entity + 1).map_or(self.names.len(), |next| next.first_name as usize);
        self.entities[entity].first_name as usize..end
    }

    /// The image of these entities, and of the word lists that are others than the crate's.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when there is more than four gigabytes of text.
    pub fn image(self, lists: &[(&'t str, &'t str)]) -> Result<Image, Error> {
        let (text, mut sections) = self.plain(lists);
        let (search, sounds) = crate::parallel::join(|| self.search(), || self.sounds());
        for (section, bytes) in search.into_iter().chain([(Section::Sounds, sounds)]) {
            sections[section as usize] = bytes;
        }
        let too_long = count(text.len().max(self.names.len())) == u32::MAX;
        let image = if too_long { Err("more than 4 GB of text") } else { Image::assemble(text, &sections) };
        image.map_err(|reason| Error::file("tables", reason))
    }

    /// The text, and the sections that say what is in it.
    fn plain(&self, lists: &[(&'t str, &'t str)]) -> (String, [Vec<u8>; Section::ALL.len()]) {
        let mut sections: [Vec<u8>; Section::ALL.len()] = Default::default();
        let bytes = |all: &mut dyn Iterator<Item = &str>| all.map(str::len).sum::<usize>();
        let length = bytes(&mut self.entities.iter().map(|e| e.id)) + bytes(&mut self.names.iter().map(|n| n.name));
        let mut text = String::with_capacity(length + lists.iter().map(|(_, t)| t.len()).sum::<usize>() + 4_096);

        let out = &mut sections[Section::Entities as usize];
        out.reserve((self.entities.len() + 1) * image::ENTITY);
        for entity in &self.entities {
            put(out, &[count(text.len()), entity.first_name, entity.head]);
            text.push_str(entity.id);
        }
        put(out, &[count(text.len()), count(self.names.len()), 0]);

        let out = &mut sections[Section::Names as usize];
        out.reserve((self.names.len() + 1) * image::NAME);
        for name in &self.names {
            put(out, &[count(text.len()), name.profile]);
            text.push_str(name.name);
        }
        put(out, &[count(text.len()), 0]);

        let mut labels: Numbered<&str> = Numbered::new();
        labels.number("");
        let out = &mut sections[Section::Heads as usize];
        for head in &self.heads {
            out.extend([head.kind as u8, head.rank, 0, 0]);
            put(out, &[labels.number(head.within), labels.number(head.code)]);
        }
        let out = &mut sections[Section::Profiles as usize];
        for facts in &self.profiles {
            let marks = if facts.ambiguous { image::AMBIGUOUS } else { 0 } | if facts.weak { image::WEAK } else { 0 };
            out.extend([facts.sort as u8, marks, facts.prior, 0]);
            put(out, &[labels.number(facts.lang), labels.number(facts.source)]);
        }
        let out = &mut sections[Section::Lists as usize];
        for (file, list) in lists {
            put(out, &[labels.number(file), labels.number(list)]);
        }
        let out = &mut sections[Section::Labels as usize];
        for label in &labels.values {
            put(out, &[count(text.len()), count(label.len())]);
            text.push_str(label);
        }
        (text, sections)
    }

    /// The entities, each with its names.
    fn with_names(&self) -> impl Iterator<Item = (usize, &Merge<'t>, &[Named<'t>])> {
        self.entities.iter().enumerate().map(|(i, entity)| (i, entity, &self.names[self.names_of(i)]))
    }

    /// What the names are found by in text.
    fn search(&self) -> [(Section, Vec<u8>); 4] {
        let mut patterns: Numbered<Pattern> = Numbered::new();
        let mut paths: Vec<(u64, u32)> = Vec::with_capacity(self.names.len());
        let mut by_name: Vec<(u64, u32)> = Vec::with_capacity(self.names.len());
        let mut leading: Vec<u64> = Vec::with_capacity(self.names.len() * 2);
        let mut families: Vec<(u64, u32)> = Vec::new();
        let mut name_number = 0;
        for (_, entity, names) in self.with_names() {
            let head = self.heads[entity.head as usize];
            let has_weak = names.iter().any(|n| self.profiles[n.profile as usize].weak);
            for (i, named) in names.iter().enumerate() {
                let facts = self.profiles[named.profile as usize];
                let clear = !facts.ambiguous && !facts.weak;
                let standing = Standing { clear, rank: head.rank, prior: facts.prior };
                let mut pattern = Pattern::of(named.name, facts.sort == AliasSort::Acronym, head.kind, standing);
                if facts.weak {
                    pattern = pattern.switched();
                }
                if clear && has_weak {
                    pattern = pattern.switches();
                }
                let key = search_key(named.name);
                // A name that is written as a link or a sign is not looked for: in text all of them are alike.
                let path = if key.contains(NO_WORD) {
                    path_of(&key, |_| {})
                } else {
                    let path = path_of(&key, |path| leading.push(path));
                    paths.push((path, patterns.number(pattern)));
                    path
                };
                by_name.push((path, name_number));
                name_number += 1;
                if i == 0
                    && head.kind == EntityKind::Person
                    && head.rank >= super::KNOWN_RANK
                    && let Some((_, family)) = key.rsplit_once(' ')
                {
                    families.push((word_path(family), u32::from(head.rank)));
                }
            }
        }
        paths.sort_unstable();
        by_name.sort_unstable();
        leading.sort_unstable();
        leading.dedup();
        // One pattern a path.
        let mut unique: Vec<(u64, u32)> = Vec::with_capacity(paths.len());
        for group in paths.chunk_by(|a, b| a.0 == b.0) {
            let all = group.iter().map(|(_, number)| patterns.values[*number as usize]);
            if let Some(pattern) = all.reduce(Pattern::or) {
                unique.push((group[0].0, patterns.number(pattern)));
            }
        }
        let mut sections =
            [Section::Phrases, Section::ByName, Section::Families, Section::Patterns].map(|s| (s, Vec::new()));
        phrases::write(&unique, &leading, &mut sections[0].1);
        postings::write(&by_name, Kept::Most, &mut sections[1].1);
        families.sort_unstable();
        families.dedup();
        postings::write(&families, Kept::Most, &mut sections[2].1);
        sections[3].1 = patterns.values.iter().flat_map(|pattern| pattern.0.to_le_bytes()).collect();
        sections
    }

    /// The rough sounds of the names that need no cue, with the kinds of their bearers.
    fn sounds(&self) -> Vec<u8> {
        let mut sounds: Vec<(u64, u32)> = Vec::with_capacity(self.names.len());
        for (_, entity, names) in self.with_names() {
            let kind = self.heads[entity.head as usize].kind;
            for named in names {
                let facts = self.profiles[named.profile as usize];
                if !facts.ambiguous && !facts.weak && facts.sort != AliasSort::Acronym {
                    let sound = rough_sound(search_key(named.name).split(' '));
                    sounds.push((text_hash(&sound), kind as u32));
                }
            }
        }
        sounds.sort_unstable();
        sounds.dedup();
        let mut out = Vec::new();
        postings::write(&sounds, Kept::Most, &mut out);
        out
    }
}
