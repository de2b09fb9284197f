//! Every distinct name of a corpus, parsed once and looked up once in the tables.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::compare::PreparedName;
use super::linker::Linker;
use crate::mention::{Corpus, EntityKind};
use crate::name::Name;

/// A name of the corpus.
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
    /// The table says that the name stands for it only in a text on the matter.
    pub weak: bool,
}

/// The names of a corpus, in the order of kind and surface.
#[derive(Debug)]
pub(super) struct Names {
    pub entries: Vec<Entry>,
    index: HashMap<(EntityKind, String), usize>,
}

impl Names {
    pub fn new(corpus: &Corpus, linker: &Linker) -> Self {
        let mut keys: Vec<(EntityKind, &str)> =
            corpus.documents().iter().flat_map(|d| d.mentions.iter().map(|m| (m.kind, m.surface.as_str()))).collect();
        keys.sort_unstable();
        keys.dedup();
        let entry = |&(kind, surface): &(EntityKind, &str)| {
            let name = PreparedName::new(surface, kind);
            let table = linker.bearers(name.name());
            Entry { name: Arc::new(name), table }
        };
        let entries = crate::parallel::map(&keys, entry);
        let mut index = HashMap::with_capacity(keys.len());
        for (i, (kind, surface)) in keys.into_iter().enumerate() {
            index.insert((kind, surface.to_owned()), i);
        }
        Self { entries, index }
    }

    pub fn get(&self, kind: EntityKind, surface: &str) -> Option<usize> {
        // A lookup by parts needs an owned key; surfaces are short.
        self.index.get(&(kind, surface.to_owned())).copied()
    }

    pub fn name(&self, i: usize) -> &Name {
        self.entries[i].name.name()
    }

    pub fn prepared(&self, i: usize) -> &Arc<PreparedName> {
        &self.entries[i].name
    }
}
