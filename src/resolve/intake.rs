//! Documents that are taken in and let go: the entities of more text than memory holds.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::packed::Packed;
use super::state::{Id, NONE, Postings, State};
use super::{AliasCount, CappedBlock, Entity, Link, Resolver, assemble};
use crate::mention::{EntityKind, Extraction};

/// Takes in documents a batch at a time, and keeps nothing of them but what the entities are made of.
///
/// What comes out is the same, byte for byte, as what [`Resolver::resolve`] makes of all the documents at once, in whatever
/// batches they came; it lacks what a [`Resolution`](super::Resolution) says of single mentions and of decisions that are
/// open. Where documents are to be replaced or removed, [`Index`](super::Index) keeps them.
///
/// # Examples
///
/// ```
/// use allonym::resolve::Intake;
/// use allonym::{Extractor, Resolver};
///
/// let reports = [("monday", "Omar Omsen was seen in Harem."), ("tuesday", "Omar Omsin has left Harim.")];
/// let (extractor, resolver) = (Extractor::embedded(), Resolver::embedded());
/// let mut intake = Intake::new(&resolver);
/// for batch in reports.chunks(64) {
///     intake.add(&extractor.extract_all(batch));
/// }
/// let gathered = intake.finish();
/// let entities = gathered.entities().iter().map(|e| (e.name.as_str(), e.mentions)).collect::<Vec<_>>();
/// assert_eq!(entities, [("Omar Omsen", 2), ("Harem", 2)]);
/// ```
///
/// # Cost
///
/// The time of [`Resolver::resolve`]. Memory grows with the distinct names and what they come to, and by a byte or two
/// for each document that names an entity; [`Intake::with_mentions`] adds about ten bytes a mention and eighty a document.
#[derive(Debug)]
pub struct Intake {
    state: State,
    documents: Id,
    kept: Option<Vec<Packed>>,
}

impl Intake {
    /// Held to the tables and decisions of a resolver.
    #[must_use]
    pub fn new(resolver: &Resolver) -> Self {
        let state = State::new(resolver.linker.clone(), resolver.constraints.clone());
        Self { state, documents: 0, kept: None }
    }

    /// The same, keeping which entity each mention is of, and its place.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::resolve::Intake;
    /// use allonym::{Extractor, Resolver};
    ///
    /// let mut intake = Intake::with_mentions(&Resolver::embedded());
    /// intake.add(&[Extractor::embedded().extract("a", "Omar Omsen left Harem.")]);
    /// assert_eq!(intake.finish().documents().len(), 1);
    /// ```
    #[must_use]
    pub fn with_mentions(resolver: &Resolver) -> Self {
        Self { kept: Some(Vec::new()), ..Self::new(resolver) }
    }

    /// Takes in documents.
    pub fn add(&mut self, documents: &[Extraction]) {
        let documents: Vec<&Extraction> = documents.iter().collect();
        let nodes = self.state.tally(&documents, self.documents);
        self.documents += Id::try_from(documents.len()).unwrap_or(NONE);
        if let Some(kept) = &mut self.kept {
            let packed = documents.iter().zip(&nodes).map(|(d, nodes)| Packed::new(d, nodes, &self.state.names));
            kept.extend(packed);
        }
    }

    /// The entities of all documents.
    #[must_use]
    pub fn finish(mut self) -> Gathered {
        self.state.settle();
        let state = &self.state;
        let heads: Vec<Id> = state.heads().into_iter().collect();
        let mut made: Vec<(EntitySummary, Vec<Link>, Id)> = crate::parallel::map(&heads, |&head| {
            let nodes = state.nodes_of(head);
            let summary = summary(state, &nodes);
            let links = assemble::links(state, &nodes).of(&summary.id).collect();
            (summary, links, head)
        });
        made.sort_by_cached_key(|(e, ..)| (Reverse(e.mentions), e.kind, e.name.clone(), e.id.clone()));
        let documents = self.kept.unwrap_or_default();
        let (mut surfaces, mut entity_of) = (Vec::new(), Vec::new());
        if !documents.is_empty() {
            surfaces = state.names.surfaces();
            // Nothing is taken out of an intake, so the numbers of the nodes are without gaps.
            entity_of = vec![NONE; state.live.len()];
            for (e, (.., head)) in made.iter().enumerate() {
                for node in state.nodes_of(*head) {
                    entity_of[node as usize] = Id::try_from(e).unwrap_or(NONE);
                }
            }
        }
        let (mut entities, mut links) = (Vec::with_capacity(made.len()), Vec::new());
        for (entity, own, _) in made {
            entities.push(entity);
            links.extend(own);
        }
        links.sort();
        Gathered { entities, links, capped: state.capped(), documents, surfaces, entity_of }
    }
}

/// What is known of the entity of these nodes.
fn summary(state: &State, nodes: &[Id]) -> EntitySummary {
    let counts = state.counts(nodes);
    let tallies = || nodes.iter().filter_map(|&node| state.nodes[node].tally.as_ref()).map(|tally| &tally.documents);
    let documents = if nodes.len() == 1 {
        tallies().map(Postings::len).sum()
    } else {
        let mut documents: Vec<Id> = tallies().flat_map(Postings::iter).collect();
        documents.sort_unstable();
        documents.dedup();
        documents.len()
    };
    EntitySummary {
        id: state.id_of(nodes[0]).map_or_else(String::new, |id| id.to_string()),
        kind: state.nodes[nodes[0]].signature.kind,
        name: state.name_of(nodes, &counts),
        table_id: state.table_of(nodes).map(|table| state.linker.id(table).to_owned()),
        mentions: counts.values().sum(),
        documents,
        aliases: assemble::aliases(counts),
    }
}

/// A person, place or organization with all its names, counted but without its places in the documents.
///
/// # Examples
///
/// ```
/// use allonym::resolve::EntitySummary;
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a", "Omar Omsen met Omar Omsin.")].into_iter().collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// let summary = EntitySummary::from(&resolution.entities()[0]);
/// assert_eq!((summary.mentions, summary.documents, summary.aliases.len()), (2, 1, 2));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EntitySummary {
    /// Its id: that of the tables where they know it, else made from its kind and names.
    pub id: String,
    /// Its kind.
    pub kind: EntityKind,
    /// Its canonical name: that of the tables, else its fullest and most frequent surface form.
    pub name: String,
    /// Its id in the tables.
    pub table_id: Option<String>,
    /// The number of its mentions.
    pub mentions: usize,
    /// The number of documents that mention it.
    pub documents: usize,
    /// Its surface forms, the most frequent first.
    pub aliases: Vec<AliasCount>,
}

impl From<&Entity> for EntitySummary {
    fn from(entity: &Entity) -> Self {
        Self {
            id: entity.id.clone(),
            kind: entity.kind,
            name: entity.name.clone(),
            table_id: entity.table_id.clone(),
            mentions: entity.mentions.len(),
            documents: entity.documents(),
            aliases: entity.aliases.clone(),
        }
    }
}

/// The entities of documents that were taken in and let go, and why they are what they are.
///
/// # Examples
///
/// ```
/// use allonym::resolve::Intake;
/// use allonym::{Extractor, Resolver};
///
/// let mut intake = Intake::new(&Resolver::embedded());
/// intake.add(&[Extractor::embedded().extract("a", "Omar Diaby, better known as Omar Omsen, has left Harem.")]);
/// let gathered = intake.finish();
/// assert_eq!(gathered.entities().len(), 2);
/// assert_eq!(gathered.links()[0].entity, gathered.entities()[0].id);
/// assert!(gathered.capped().is_empty());
/// ```
#[derive(Debug)]
pub struct Gathered {
    entities: Vec<EntitySummary>,
    links: Vec<Link>,
    capped: Vec<CappedBlock>,
    documents: Vec<Packed>,
    /// By the numbers of the names.
    surfaces: Vec<(EntityKind, Box<str>)>,
    /// By the numbers of the nodes.
    entity_of: Vec<Id>,
}

impl Gathered {
    /// The entities, those with the most mentions first.
    #[must_use]
    pub fn entities(&self) -> &[EntitySummary] {
        &self.entities
    }

    /// Why the names of each entity are its names, in the order of the entities' ids.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The blocks that were too large to compare; names that only they bring together are not merged.
    #[must_use]
    pub fn capped(&self) -> &[CappedBlock] {
        &self.capped
    }

    /// The documents in the order in which they came, each made anew, with the entity of each of its mentions; `None` for
    /// one that a user rejected. Without [`Intake::with_mentions`] there are none.
    ///
    /// What spoke for the mentions and what the sentences say of them is not kept.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::resolve::Intake;
    /// use allonym::{EntityKind, Extraction, Mention, Resolver};
    ///
    /// let mut intake = Intake::with_mentions(&Resolver::embedded());
    /// intake.add(&[Extraction::new("a", vec![Mention::new("Khalifa Hifter", EntityKind::Person)])]);
    /// let gathered = intake.finish();
    /// for (document, entities) in gathered.documents() {
    ///     assert_eq!(document.mentions[0].surface, "Khalifa Hifter");
    ///     assert_eq!(entities[0].map(|entity| entity.name.as_str()), Some("Khalifa Haftar"));
    /// }
    /// ```
    #[must_use]
    pub fn documents(&self) -> impl ExactSizeIterator<Item = (Extraction, Vec<Option<&EntitySummary>>)> {
        self.documents.iter().map(|packed| {
            let (document, nodes) = packed.document(&self.surfaces);
            let entity = |node: Id| self.entities.get(*self.entity_of.get(node as usize)? as usize);
            let entities = nodes.into_iter().map(|node| node.and_then(entity)).collect();
            (document, entities)
        })
    }
}
