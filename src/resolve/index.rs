//! Documents that come and go: entities kept up to date without starting again.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};

use super::constraints::Constraints;
use super::decisions::{Decision, Decisions, Named};
use super::state::{Change, Id, State};
use super::{Entity, Resolution, Resolver, assemble};
use crate::error::Error;
use crate::mention::{Corpus, EntityKind, Extraction};
use crate::name::fold;

mod file;

/// The entities of documents that keep coming.
///
/// What it holds is the same, byte for byte, as what [`Resolver::resolve`] makes of its documents and decisions at once, in
/// whatever order they came, and whatever was replaced or removed on the way: only the components of names that a document
/// touches are looked at again.
///
/// # Examples
///
/// ```
/// use allonym::resolve::{Change, Index};
/// use allonym::{EntityKind, Extraction, Mention, Resolver};
///
/// let person = |id: &str, name: &str| Extraction::new(id, vec![Mention::new(name, EntityKind::Person)]);
/// let mut index = Index::new(&Resolver::embedded());
/// index.add(person("monday", "Omar Omsen"))?;
/// index.add(person("tuesday", "Omar Omsin"))?;
/// assert_eq!(index.entity_of("monday", 0).map(|e| e.name), Some("Omar Omsen".to_owned()));
/// assert_eq!(index.resolution().entities().len(), 1);
/// index.remove("monday")?;
/// assert_eq!(index.resolution().entities()[0].mentions.len(), 1);
/// # Ok::<(), allonym::Error>(())
/// ```
///
/// Everything that an index answers:
///
/// ```
/// use allonym::resolve::{Change, Decision, Index, Named};
/// use allonym::{EntityKind, Extraction, Mention, Resolver};
///
/// let person = |id: &str, name: &str| Extraction::new(id, vec![Mention::new(name, EntityKind::Person)]);
/// let mut index = Index::new(&Resolver::embedded());
/// let changes = index.add_all([person("a", "Viktor Orlenko"), person("b", "Victor Orlenko")])?;
/// assert!(matches!(&changes[0], Change::Created { .. }));
/// let id = index.entity_id_of("b", 0).unwrap();
/// assert_eq!(index.entity(&id).map(|entity| entity.mentions.len()), Some(2));
///
/// let named = |name: &str| Named::new(EntityKind::Person, name);
/// index.decide(Decision::different(named("Viktor Orlenko"), named("Victor Orlenko")))?;
/// assert_eq!((index.decisions().log().len(), index.resolution().entities().len()), (1, 2));
///
/// index.replace(person("b", "Selim Vardan"));
/// assert_eq!(index.document("b").map(|document| document.mentions[0].surface.as_str()), Some("Selim Vardan"));
/// assert_eq!((index.documents().len(), index.corpus().documents().len()), (2, 2));
/// # Ok::<(), allonym::Error>(())
/// ```
///
/// # Cost
///
/// Adding, replacing or removing a document costs what its names and the components that they are in ask for, whatever
/// else the index holds. A [`Resolution`] of the whole costs time in proportion to it.
#[derive(Debug)]
pub struct Index {
    decisions: Decisions,
    state: State,
    documents: BTreeMap<String, Stored>,
}

#[derive(Debug)]
struct Stored {
    slot: Id,
    extraction: Extraction,
}

impl Index {
    /// An empty index over the tables of a resolver, without decisions.
    #[must_use]
    pub fn new(resolver: &Resolver) -> Self {
        let state = State::new(resolver.linker.clone(), Arc::default());
        Self { decisions: Decisions::new(), state, documents: BTreeMap::new() }
    }

    /// Adds a document.
    ///
    /// # Errors
    ///
    /// [`Error::Document`] when there is one of its id; nothing is changed then.
    pub fn add(&mut self, document: Extraction) -> Result<Vec<Change>, Error> {
        self.add_all([document])
    }

    /// Adds documents: the same as one after another, but quicker, and with one feed of changes for all.
    ///
    /// # Errors
    ///
    /// [`Error::Document`] when there is one of the same id, or two of them have one; nothing is changed then.
    pub fn add_all(&mut self, documents: impl IntoIterator<Item = Extraction>) -> Result<Vec<Change>, Error> {
        let documents: Vec<Extraction> = documents.into_iter().collect();
        let mut ids: HashSet<&str> = HashSet::new();
        for document in &documents {
            if self.documents.contains_key(&document.id) || !ids.insert(&document.id) {
                return Err(Error::Document { id: document.id.clone(), reason: "it is there already".into() });
            }
        }
        let slots = self.state.add(&documents.iter().collect::<Vec<_>>());
        for (slot, extraction) in slots.into_iter().zip(documents) {
            self.documents.insert(extraction.id.clone(), Stored { slot, extraction });
        }
        Ok(self.state.settle())
    }

    /// Puts a document in the place of the one that has its id, or adds it when there is none.
    pub fn replace(&mut self, document: Extraction) -> Vec<Change> {
        if let Some(old) = self.documents.remove(&document.id) {
            self.state.remove(old.slot, &old.extraction);
        }
        for slot in self.state.add(&[&document]) {
            self.documents.insert(document.id.clone(), Stored { slot, extraction: document.clone() });
        }
        self.state.settle()
    }

    /// Removes a document.
    ///
    /// # Errors
    ///
    /// [`Error::Document`] when there is none of this id.
    pub fn remove(&mut self, id: &str) -> Result<Vec<Change>, Error> {
        let old = self
            .documents
            .remove(id)
            .ok_or_else(|| Error::Document { id: id.to_owned(), reason: "there is no such document".into() })?;
        self.state.remove(old.slot, &old.extraction);
        Ok(self.state.settle())
    }

    /// Takes a user's decision into the log, and acts on it.
    ///
    /// # Errors
    ///
    /// Those of [`Decisions::push`]; nothing is changed then.
    ///
    /// # Cost
    ///
    /// That of replacing the documents that bear the names of which it speaks, and a look at all mentions.
    pub fn decide(&mut self, decision: Decision) -> Result<Vec<Change>, Error> {
        self.decisions.push(decision.clone())?;
        let touched = self.bearing(&decision.named());
        let slots: Vec<(Id, &Extraction)> =
            touched.iter().filter_map(|id| self.documents.get(id)).map(|d| (d.slot, &d.extraction)).collect();
        for &(slot, document) in &slots {
            self.state.remove(slot, document);
        }
        self.state.constraints = Arc::new(Constraints::new(&self.decisions));
        self.state.renumber();
        let documents: Vec<&Extraction> = slots.into_iter().map(|(_, document)| document).collect();
        let slots = self.state.add(&documents);
        for (id, slot) in touched.iter().zip(slots) {
            if let Some(stored) = self.documents.get_mut(id) {
                stored.slot = slot;
            }
        }
        Ok(self.state.settle())
    }

    /// The ids of the documents that hold one of these names.
    fn bearing(&self, named: &[&Named]) -> Vec<String> {
        let folded: Vec<(EntityKind, String)> = named.iter().map(|n| (n.kind, fold(&n.name))).collect();
        let all = self.state.names.entries.iter().map(|entry| entry.name.name());
        let meant: HashSet<(EntityKind, &str)> = all
            .filter(|name| folded.iter().any(|(kind, folded)| (*kind, folded) == (name.kind, &name.folded)))
            .map(|name| (name.kind, name.surface.as_str()))
            .collect();
        let bears =
            |stored: &Stored| stored.extraction.mentions.iter().any(|m| meant.contains(&(m.kind, m.surface.as_str())));
        self.documents.iter().filter(|(_, stored)| bears(stored)).map(|(id, _)| id.clone()).collect()
    }

    /// What users decided.
    #[must_use]
    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// The documents, in the order of their ids.
    #[must_use]
    pub fn documents(&self) -> impl ExactSizeIterator<Item = &Extraction> {
        self.documents.values().map(|stored| &stored.extraction)
    }

    /// A document by its id.
    #[must_use]
    pub fn document(&self, id: &str) -> Option<&Extraction> {
        self.documents.get(id).map(|stored| &stored.extraction)
    }

    /// The documents, in the order of their ids, for exporters.
    #[must_use]
    pub fn corpus(&self) -> Corpus {
        self.documents().cloned().collect()
    }

    /// The entities of all documents; [`MentionRef::document`](super::MentionRef::document) counts [`Index::documents`].
    #[must_use]
    pub fn resolution(&self) -> Resolution {
        let stored: Vec<&Stored> = self.documents.values().collect();
        let slots: Vec<Id> = stored.iter().map(|d| d.slot).collect();
        assemble::resolution(&self.state, &slots, |document| stored[document].extraction.mentions.len())
    }

    /// The entity of an id.
    ///
    /// # Cost
    ///
    /// That of the entity, and of counting the documents.
    #[must_use]
    pub fn entity(&self, id: &str) -> Option<Entity> {
        let head = self.state.head_of(id)?;
        let place = self.documents.values().enumerate().map(|(i, stored)| (stored.slot, i)).collect();
        Some(assemble::entity(&self.state, head, &place))
    }

    /// The entity of a document's mention; none for a mention that was rejected, or that is not there.
    ///
    /// # Cost
    ///
    /// That of [`Index::entity`]; [`Index::entity_id_of`] is quicker.
    #[must_use]
    pub fn entity_of(&self, document: &str, mention: usize) -> Option<Entity> {
        self.entity(&self.entity_id_of(document, mention)?)
    }

    /// The id of the entity of a document's mention; none for a mention that was rejected, or that is not there.
    #[must_use]
    pub fn entity_id_of(&self, document: &str, mention: usize) -> Option<String> {
        let slot = self.documents.get(document)?.slot;
        let mention = Id::try_from(mention).ok()?;
        let placed =
            self.state.slots[slot].placed.iter().find(|placed| placed.mentions.binary_search(&mention).is_ok())?;
        self.state.id_of(placed.node).map(|id| id.to_string())
    }

    /// Saves the documents and decisions to a file, so that the file is at every moment the old one or the new one,
    /// whole.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when the file, or one beside it with `.tmp` after its name, cannot be written.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::resolve::Index;
    /// use allonym::{EntityKind, Extraction, Mention, Resolver};
    ///
    /// let file = std::env::temp_dir().join(format!("allonym-doc-{}.index", std::process::id()));
    /// let resolver = Resolver::embedded();
    /// let mut index = Index::new(&resolver);
    /// index.add(Extraction::new("a", vec![Mention::new("Omar Omsen", EntityKind::Person)]))?;
    /// index.save(&file)?;
    /// let again = Index::load(&file, &resolver)?;
    /// assert_eq!(again.resolution().entities(), index.resolution().entities());
    /// # std::fs::remove_file(&file).unwrap();
    /// # Ok::<(), allonym::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        file::save(path.as_ref(), self.documents(), &self.decisions)
    }

    /// The index of a file made by [`Index::save`], over the tables of a resolver.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when it cannot be read, is no such file, of another version, cut short or damaged.
    ///
    /// # Cost
    ///
    /// That of resolving its documents: the entities follow from them and the tables, which may be others by now.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::Resolver;
    /// use allonym::resolve::Index;
    ///
    /// assert!(Index::load("no/such/file", &Resolver::embedded()).is_err());
    /// ```
    pub fn load(path: impl AsRef<Path>, resolver: &Resolver) -> Result<Self, Error> {
        let (documents, decisions) = file::load(path.as_ref())?;
        let mut index = Self::new(resolver);
        index.state.constraints = Arc::new(Constraints::new(&decisions));
        index.decisions = decisions;
        index.add_all(documents)?;
        Ok(index)
    }
}
