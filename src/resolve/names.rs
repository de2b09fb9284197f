//! Every distinct name of some documents, parsed once and looked up once in the tables.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::compare::PreparedName;
use super::linker::Linker;
use crate::mention::{EntityKind, Extraction};
use crate::name::Name;

/// A name of the documents.
#[derive(Debug)]
pub(super) struct Entry {
    pub name: Arc<PreparedName>,
    /// The table entities that it may stand for.
    pub table: Vec<Bearer>,
}

/// A table entity that bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bearer {
    /// Its index in the tables.
    pub entity: usize,
    /// The table has the name letter by letter, not only by its sound.
    pub exact: bool,
    /// The name is its canonical or official one.
    pub principal: bool,
    /// Of ten uses of the name, how many mean it: as the table says, or as many as not.
    pub prior: u8,
    /// The table says that the name stands for it only in a text on the matter.
    pub weak: bool,
}

/// The names of some documents, numbered as they came: nothing may follow from the numbers.
#[derive(Debug)]
pub(super) struct Names {
    pub entries: Vec<Entry>,
    /// The number of each surface, kind by kind.
    index: [HashMap<String, usize>; EntityKind::ALL.len()],
}

impl Names {
    pub fn new() -> Self {
        Self { entries: Vec::new(), index: EntityKind::ALL.map(|_| HashMap::new()) }
    }

    /// Takes in the names of documents, those that are new.
    pub fn learn(&mut self, documents: &[&Extraction], linker: &Linker) {
        let all = documents.iter().flat_map(|d| d.mentions.iter().map(|m| (m.kind, m.surface.as_str())));
        let mut fresh: Vec<(EntityKind, &str)> = all.filter(|(kind, s)| self.get(*kind, s).is_none()).collect();
        fresh.sort_unstable();
        fresh.dedup();
        let entry = |&(kind, surface): &(EntityKind, &str)| {
            let name = PreparedName::new(surface, kind);
            let table = linker.bearers(name.name());
            Entry { name: Arc::new(name), table }
        };
        let entries = crate::parallel::map(&fresh, entry);
        for ((kind, surface), entry) in fresh.into_iter().zip(entries) {
            self.index[kind as usize].insert(surface.to_owned(), self.entries.len());
            self.entries.push(entry);
        }
    }

    pub fn get(&self, kind: EntityKind, surface: &str) -> Option<usize> {
        self.index[kind as usize].get(surface).copied()
    }

    pub fn name(&self, i: usize) -> &Name {
        self.entries[i].name.name()
    }

    /// The kind and surface of each, by its number.
    pub fn surfaces(&self) -> Vec<(EntityKind, Box<str>)> {
        let surface = |entry: &Entry| (entry.name.name().kind, entry.name.name().surface.as_str().into());
        self.entries.iter().map(surface).collect()
    }

    pub fn prepared(&self, i: usize) -> &Arc<PreparedName> {
        &self.entries[i].name
    }
}
