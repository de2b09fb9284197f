//! Lists of names, each of which stands for itself: one id for all names of one thing.
//!
//! A list is no document: nothing is said of its names but how they are spelled. Its distinct words are compared once, those that
//! keys bring together and that stand beside others that begin alike; names are candidates that share two words or spellings of
//! them which may say enough. So the cost goes with the names, not with their pairs. Clusters form by average evidence, of
//! which the more is asked the longer the list is.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::Resolver;
use super::block::CappedBlock;
use super::state::entities::identity_of;
use crate::mention::EntityKind;
use crate::name::{Alphabet, Name};

mod agglomerate;
mod graph;
mod join;
mod known;
mod pool;
mod singles;
mod weigh;

use graph::{Graph, number};
use pool::{FOREIGN, NONE, Pool};
use weigh::Scale;

/// Names that are no plain ones are parsed so many at a time, by all threads.
const BATCH: usize = 1 << 12;
/// Pairs are weighed so many at a time by each thread.
const PAIRS: usize = 1 << 14;

/// A list of names, to be gathered by the things that they name.
///
/// The same names in any order, and on any number of threads, give the same entities with the same ids.
///
/// # Cost
///
/// Time grows with the number of names to the power of about 1.2: in longer lists a word has more others that look like it. Two words
/// that more than 400 names have in common make no pairs, which [`NameGroups::capped`] reports. A name takes about a
/// kilobyte, most of it for words that no other has, and less in long lists.
///
/// # Examples
///
/// ```
/// use allonym::resolve::Dedupe;
/// use allonym::{EntityKind, Resolver, Tables};
///
/// let mut list = Dedupe::new(&Resolver::new(Tables::none()));
/// for name in ["Khalifa Haftar", "Khalifa Hifter", "Saddam Haftar", "Haftar, Khalifa"] {
///     list.push(name, EntityKind::Person);
/// }
/// let groups = list.group();
/// assert_eq!(groups.id(0), groups.id(1));
/// assert_eq!(groups.id(0), groups.id(3));
/// assert_ne!(groups.id(0), groups.id(2));
/// ```
#[derive(Debug)]
pub struct Dedupe {
    resolver: Resolver,
    pools: [Pool; EntityKind::ALL.len()],
    /// The kind and node of each name.
    rows: Vec<(EntityKind, u32)>,
    /// Names that are read many at a time: the row, the kind and the name.
    waiting: Vec<(usize, EntityKind, String)>,
    scratch: pool::Scratch,
}

/// How far the gathering of a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct DedupeProgress {
    /// What is being done, in words.
    pub stage: &'static str,
    /// How much of it is done.
    pub done: usize,
    /// Of how much.
    pub of: usize,
}

impl Dedupe {
    /// An empty list, to be gathered with the tables of a resolver. Decisions of users play no part.
    #[must_use]
    pub fn new(resolver: &Resolver) -> Self {
        let (rows, waiting, scratch) = (Vec::new(), Vec::new(), pool::Scratch::default());
        Self { resolver: resolver.clone(), pools: EntityKind::ALL.map(Pool::new), rows, waiting, scratch }
    }

    /// Adds a name at the end.
    ///
    /// # Cost
    ///
    /// Less than a microsecond for a name of ASCII words, else some microseconds, on all threads.
    pub fn push(&mut self, name: &str, kind: EntityKind) {
        let node = self.pools[kind as usize].plain(name, &mut self.scratch);
        if node.is_none() {
            self.waiting.push((self.rows.len(), kind, name.to_owned()));
        }
        self.rows.push((kind, node.unwrap_or(NONE)));
        if self.waiting.len() == BATCH {
            self.take_in();
        }
    }

    /// The number of names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Takes in the names that wait.
    fn take_in(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let parsed = crate::parallel::map(&waiting, |(_, kind, surface)| {
            let text = pool::key(surface);
            let known = self.pools[*kind as usize].find(&text).ok();
            let name = known.is_none().then(|| Name::new(surface, *kind));
            (text, known, name)
        });
        for ((row, kind, _), (text, known, name)) in waiting.iter().zip(parsed) {
            let pool = &mut self.pools[*kind as usize];
            let node = match (known, pool.find(&text), name) {
                (Some(node), ..) | (None, Ok(node), _) => node,
                (None, Err(hash), Some(name)) => pool.add(&text, hash, name),
                (None, Err(_), None) => continue,
            };
            self.rows[*row].1 = node;
        }
    }

    /// Gathers the names.
    #[must_use]
    pub fn group(self) -> NameGroups {
        let done = self.group_with(|_| ControlFlow::Continue(()));
        done.unwrap_or_default()
    }

    /// Gathers the names, and says from time to time how far it is; nothing when it was told to stop.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// use allonym::resolve::Dedupe;
    /// use allonym::{EntityKind, Resolver};
    ///
    /// let mut list = Dedupe::new(&Resolver::embedded());
    /// list.push("Omar Omsen", EntityKind::Person);
    /// let mut stages = Vec::new();
    /// let groups = list.group_with(|progress| {
    ///     stages.push(progress.stage);
    ///     ControlFlow::Continue(())
    /// });
    /// assert!(groups.is_some() && !stages.is_empty());
    /// ```
    pub fn group_with(mut self, mut watch: impl FnMut(DedupeProgress) -> ControlFlow<()>) -> Option<NameGroups> {
        self.take_in();
        let listed = EntityKind::ALL.map(|kind| {
            let pool = &self.pools[kind as usize];
            Listed { nodes: number(pool.nodes.len()), words: number(pool.words.len()) }
        });
        let mut rows = std::mem::take(&mut self.rows);
        rows.shrink_to_fit();
        let named = self.take_in_tables();
        let mut groups = NameGroups { rows, ..NameGroups::default() };
        for pool in std::mem::replace(&mut self.pools, EntityKind::ALL.map(Pool::new)) {
            let kind = pool.kind as usize;
            groups.pools.push(self.gather(pool, listed[kind], &named[kind], &mut groups.capped, &mut watch)?);
        }
        groups.capped.sort_by(|a, b| a.key.cmp(&b.key));
        Some(groups)
    }

    /// Takes in the names of the tables, of the kinds that the list has; returns the node and the entity of each.
    fn take_in_tables(&mut self) -> [Vec<known::Named>; EntityKind::ALL.len()] {
        let linker = self.resolver.linker.clone();
        let mut named = EntityKind::ALL.map(|_| Vec::new());
        let mut entities: Vec<u32> = Vec::new();
        // To a list in Latin letters the tables' names in others say nothing.
        let any = |kind: EntityKind| !self.pools[kind as usize].nodes.is_empty();
        let (listed, foreign) =
            (EntityKind::ALL.map(any), EntityKind::ALL.map(|kind| self.pools[kind as usize].is_any(FOREIGN)));
        for entity in linker.tables().entities().filter(|entity| listed[entity.kind() as usize]) {
            let foreign = foreign[entity.kind() as usize];
            for alias in entity.aliases().filter(|alias| foreign || Alphabet::of(alias.name) == Alphabet::Latin) {
                self.push(alias.name, entity.kind());
                entities.push(number(entity.number()));
            }
        }
        self.take_in();
        for ((kind, node), entity) in std::mem::take(&mut self.rows).into_iter().zip(entities) {
            if node != NONE {
                named[kind as usize].push((node, entity));
            }
        }
        named.each_mut().iter_mut().for_each(|names| names.sort_unstable());
        named
    }

    /// The clusters of one kind: `listed` nodes are those of the list, what follows are names of the tables.
    fn gather(
        &self,
        mut pool: Pool,
        listed: Listed,
        named: &[known::Named],
        capped: &mut Vec<CappedBlock>,
        watch: &mut impl FnMut(DedupeProgress) -> ControlFlow<()>,
    ) -> Option<Gathered> {
        let mut say = |stage: &'static str, done: usize, of: usize| {
            if of == 0 { Some(()) } else { watch(DedupeProgress { stage, done, of }).continue_value() }
        };
        let nodes = listed.nodes as usize;
        say("words that may be spellings of one", 0, pool.words.len().min(nodes))?;
        pool.close();
        pool.weigh_by_list(listed.nodes);
        let floor = agglomerate::margin(nodes);
        let spellings = |done: usize, of: usize| say("words that may be spellings of one", done, of);
        let graph = Graph::new(&pool, listed.words, floor, spellings)?;
        let mut scale = Scale::new(&pool, &graph);
        let sharing = |done: usize, of: usize| say("names that share two words", done, of);
        let candidates = join::candidates(&pool, listed.nodes, floor, &graph, sharing)?;
        let (mut weighed, mut done): (Vec<agglomerate::Weighed>, usize) = (Vec::new(), 0);
        let rounds: Vec<&[(u32, u32)]> = candidates.pairs.chunks(PAIRS).collect();
        for chunks in rounds.chunks(64) {
            say("pairs of names", done, candidates.pairs.len())?;
            let weights = crate::parallel::map(chunks, |pairs| {
                let scale = Scale::new(&pool, &graph);
                let all = pairs.iter().map(|&(a, b)| (a, b, scale.weigh(a, b)));
                all.filter(|(.., weight)| *weight > floor).collect::<Vec<_>>()
            });
            weighed.extend(weights.into_iter().flatten());
            done += chunks.iter().map(|pairs| pairs.len()).sum::<usize>();
        }
        say("names that the tables know", 0, nodes)?;
        let linker = &self.resolver.linker;
        let known = known::entities(&pool, listed.nodes, &scale, linker, named, &weighed);
        weighed.retain(|&(_, b, _)| b < listed.nodes);
        say("clusters", 0, nodes)?;
        let gathering = |done: usize, of: usize| say("clusters", done, of);
        let mut of = agglomerate::clusters(&pool, &graph, &known, &weighed, gathering)?;
        singles::bind(&pool, &mut scale, &known, &mut of);
        capped.extend(candidates.capped.iter().map(|&(word, other, names)| {
            let text = |word: u32| pool.part(word).text.as_str();
            let (x, y) = (text(word).min(text(other)), text(word).max(text(other)));
            CappedBlock { key: if x == y { x.to_owned() } else { format!("{x} + {y}") }, names }
        }));
        let mut ids: BTreeMap<u32, String> = BTreeMap::new();
        for (node, &entity) in known.iter().enumerate().filter(|(_, entity)| **entity != NONE) {
            ids.entry(of[node]).or_insert_with(|| linker.id(entity as usize).to_owned());
        }
        Some(Gathered { kind: pool.kind, ids: groups_ids(&pool, &of, ids), of })
    }
}

/// How many nodes and words of a pool the list has; those of the tables alone come after them.
#[derive(Debug, Clone, Copy)]
struct Listed {
    nodes: u32,
    words: u32,
}

/// The id of each cluster, by the node that stands for it.
fn groups_ids(pool: &Pool, of: &[u32], known: BTreeMap<u32, String>) -> Vec<Option<Box<str>>> {
    let mut names: Vec<(u32, u32)> = of.iter().zip(0..).map(|(&cluster, node)| (cluster, node)).collect();
    names.sort_unstable();
    let clusters: Vec<&[(u32, u32)]> = names.chunk_by(|a, b| a.0 == b.0).collect();
    let made = crate::parallel::map(&clusters, |nodes| {
        if let Some(id) = known.get(&nodes[0].0) {
            return id.as_str().into();
        }
        let texts = |full: bool| {
            let of_nodes = nodes.iter().map(|&(_, node)| node);
            of_nodes.filter(move |&n| !full || pool.is(n, pool::FULL) && !pool.is(n, pool::KUNYA)).map(|n| pool.text(n))
        };
        let full = texts(true).next().is_some();
        identity_of(pool.kind, texts(full), std::iter::empty()).into()
    });
    // Of entities whose names have one hash the later ones, in the order of their names, get a number.
    let mut all: Vec<(Box<str>, u32)> = made.into_iter().zip(clusters).map(|(id, nodes)| (id, nodes[0].0)).collect();
    all.sort_unstable();
    let mut out: Vec<Option<Box<str>>> = vec![None; of.len()];
    for same in all.chunk_by_mut(|a, b| a.0 == b.0) {
        same.sort_by(|a, b| pool.text(a.1).cmp(pool.text(b.1)));
        for (i, (id, cluster)) in same.iter_mut().enumerate() {
            let id = std::mem::take(id);
            out[*cluster as usize] = Some(if i == 0 { id } else { format!("{id}-{}", i + 1).into() });
        }
    }
    out
}

/// The clusters of one kind.
#[derive(Debug)]
struct Gathered {
    kind: EntityKind,
    /// The cluster of each node, as one of its nodes.
    of: Vec<u32>,
    /// The ids of clusters, at the places of the nodes that stand for them.
    ids: Vec<Option<Box<str>>>,
}

/// The names of a list, gathered.
#[derive(Debug, Default)]
pub struct NameGroups {
    rows: Vec<(EntityKind, u32)>,
    pools: Vec<Gathered>,
    capped: Vec<CappedBlock>,
}

impl NameGroups {
    /// The id of the entity that a name of the list is one of: that of the tables where they know it, else made from its
    /// kind and names, as a [`Resolution`](super::Resolution) makes them. `None` beyond the end of the list.
    #[must_use]
    pub fn id(&self, row: usize) -> Option<&str> {
        let &(kind, node) = self.rows.get(row)?;
        let pool = self.pools.iter().find(|pool| pool.kind == kind)?;
        pool.ids.get(*pool.of.get(node as usize)? as usize)?.as_deref()
    }

    /// The number of names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the list had no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The number of entities.
    #[must_use]
    pub fn entities(&self) -> usize {
        self.pools.iter().map(|pool| pool.ids.iter().flatten().count()).sum()
    }

    /// Words that too many names share to compare them all with each other.
    #[must_use]
    pub fn capped(&self) -> &[CappedBlock] {
        &self.capped
    }
}
