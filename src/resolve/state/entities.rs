//! What became of the entities: their ids, and the feed of changes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::node::Node;
use super::{Id, NONE, State};
use crate::fnv::{START, fnv1a};
use crate::mention::EntityKind;
use crate::name::fold;
use crate::resolve::canonical;

/// What became of an entity when documents or decisions came or went.
///
/// An entity whose id changes is created under its new id, and the old one is merged into it.
///
/// # Examples
///
/// ```
/// use allonym::resolve::{Change, Index};
/// use allonym::{EntityKind, Extraction, Mention, Resolver};
///
/// let mut index = Index::new(&Resolver::embedded());
/// let changes = index.add(Extraction::new("a", vec![Mention::new("Harem", EntityKind::Place)]))?;
/// assert!(matches!(&changes[..], [Change::Created { .. }]));
/// assert!(serde_json::to_string(&changes[0]).unwrap().starts_with(r#"{"change":"created","id":"#));
/// assert!(matches!(&index.remove("a")?[..], [Change::Removed { .. }]));
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Change {
    /// An entity has this id that had none before.
    Created {
        /// The id.
        id: String,
    },
    /// What was part of one entity is now part of this one.
    SplitFrom {
        /// This one.
        id: String,
        /// That one, which may still be there.
        from: String,
    },
    /// All that was left of an entity went to another.
    MergedInto {
        /// The id that is gone.
        id: String,
        /// The entity that has its mentions now.
        into: String,
    },
    /// The last mention of an entity is gone.
    Removed {
        /// The id that is gone.
        id: String,
    },
    /// An entity is still there, with other mentions or another name.
    Updated {
        /// The id.
        id: String,
    },
}

/// What is known of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::resolve) struct Known {
    /// Empty until it is numbered.
    pub id: Arc<str>,
    /// What its id is made of; a number follows where two entities share it.
    base: String,
    name: String,
    nodes: Vec<Id>,
    mentions: usize,
}

/// What the entities were before a change, as far as it touches them.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// Clusters made anew.
    pub fresh: BTreeSet<Id>,
    /// Clusters whose entities are to be looked at again.
    pub heads: BTreeSet<Id>,
    /// The sounds of names whose bearers came or went.
    pub keys: BTreeSet<String>,
    /// The entity's id of each node.
    ids: BTreeMap<Id, Arc<str>>,
    known: BTreeMap<Arc<str>, Known>,
    /// What ids were made of.
    bases: BTreeSet<String>,
}

impl State {
    /// Notes what the entity of a cluster is, and those that share it.
    pub(super) fn remember(&self, cluster: Id, before: &mut Before) {
        let own = &self.clusters[cluster];
        let target = own.binding.as_ref().map(|binding| binding.to);
        let beside = target.into_iter().flat_map(|t| &self.clusters[t].arrivals).copied();
        let mut all: BTreeSet<Id> = own.arrivals.iter().copied().chain(target).chain(beside).collect();
        all.insert(cluster);
        for cluster in all {
            self.note(cluster, before);
        }
    }

    /// Notes what the entity of a cluster is.
    fn note(&self, cluster: Id, before: &mut Before) {
        let head = self.clusters[cluster].head;
        let known = Some(head).filter(|&h| h != NONE).and_then(|h| self.clusters[h].entity.as_ref());
        // One without an id is named in this very moment.
        let Some(known) = known.filter(|known| !known.id.is_empty()) else { return };
        for &node in &self.clusters[cluster].nodes {
            before.ids.entry(node).or_insert_with(|| known.id.clone());
        }
        before.known.entry(known.id.clone()).or_insert_with(|| known.clone());
    }

    /// Forgets the entity of a cluster.
    pub(super) fn forget(&mut self, cluster: Id, known: &Known, before: &mut Before) {
        if let Some(heads) = self.bases.get_mut(&known.base) {
            heads.remove(&cluster);
            if heads.is_empty() {
                self.bases.remove(&known.base);
            }
        }
        before.bases.insert(known.base.clone());
    }

    /// Names the entities anew that were touched, and says what became of them.
    pub(super) fn entities(&mut self, mut before: Before) -> Vec<Change> {
        let counted = std::mem::take(&mut self.wait.counted);
        let mut touched: BTreeSet<Id> = counted.iter().map(|&node| self.nodes[node].cluster).collect();
        touched.extend(before.fresh.iter().chain(&before.heads));
        touched.extend(touched.clone().iter().filter_map(|&c| self.clusters[c].binding.as_ref().map(|b| b.to)));
        for &cluster in &touched {
            self.remember(cluster, &mut before);
        }
        for cluster in touched.clone() {
            touched.extend(self.assign_heads(cluster));
        }
        let heads: Vec<Id> = touched.iter().copied().filter(|&c| self.clusters[c].head == c).collect();
        let known = crate::parallel::map(&heads, |&head| self.known(head));
        for &cluster in &touched {
            if let Some(known) = self.clusters[cluster].entity.take() {
                self.forget(cluster, &known, &mut before);
            }
        }
        for (&head, known) in heads.iter().zip(known) {
            self.bases.entry(known.base.clone()).or_default().insert(head);
            before.bases.insert(known.base.clone());
            self.clusters[head].entity = Some(known);
        }
        let mut ids: BTreeSet<Arc<str>> = BTreeSet::new();
        for base in std::mem::take(&mut before.bases) {
            self.number(&base, &mut before, &mut ids);
        }
        self.changes(&before, &ids)
    }

    /// Decides which of the single names that stand for a cluster are told by it; returns them.
    fn assign_heads(&mut self, cluster: Id) -> Vec<Id> {
        if self.clusters[cluster].binding.is_some() {
            return Vec::new();
        }
        self.clusters[cluster].head = cluster;
        let arrivals: Vec<Id> = self.clusters[cluster].arrivals.iter().copied().collect();
        let node = |c: Id| self.clusters[c].nodes[0];
        // Two that something holds apart do not both go to one: then it is neither's for sure.
        let apart = |&a: &Id| arrivals.iter().any(|&b| a != b && self.why_apart(node(a), node(b)).is_some());
        let torn: Vec<bool> = arrivals.iter().map(apart).collect();
        for (&arrival, torn) in arrivals.iter().zip(torn) {
            self.clusters[arrival].head = if torn { arrival } else { cluster };
        }
        arrivals
    }

    /// The nodes of the entity that a cluster tells, in the order of their signatures.
    pub fn nodes_of(&self, head: Id) -> Vec<Id> {
        let own = &self.clusters[head];
        let arrived = own.arrivals.iter().filter(|&&a| self.clusters[a].head == head);
        let mut nodes: Vec<Id> = arrived.flat_map(|&a| &self.clusters[a].nodes).chain(&own.nodes).copied().collect();
        nodes.sort_by(|&a, &b| self.nodes[a].signature.cmp(&self.nodes[b].signature));
        nodes
    }

    /// How many mentions have each surface of an entity.
    pub fn counts(&self, nodes: &[Id]) -> BTreeMap<&str, usize> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (&name, &count) in nodes.iter().flat_map(|&n| &self.nodes[n].names) {
            *counts.entry(self.names.name(name).surface.as_str()).or_default() += count as usize;
        }
        counts
    }

    /// The table entity of an entity.
    pub fn table_of(&self, nodes: &[Id]) -> Option<usize> {
        nodes.iter().filter_map(|&n| self.nodes[n].derived.table).min()
    }

    /// The canonical name of an entity.
    pub fn name_of(&self, nodes: &[Id], counts: &BTreeMap<&str, usize>) -> String {
        let numbers = nodes.iter().flat_map(|&n| &self.nodes[n].numbers).copied();
        if let Some(name) = self.constraints.renamed(numbers) {
            return name.to_owned();
        }
        if let Some(table) = self.table_of(nodes) {
            return self.linker.tables().entity(table).name().to_owned();
        }
        let kind = self.nodes[nodes[0]].signature.kind;
        canonical::name(&self.names, kind, counts).to_owned()
    }

    fn known(&self, head: Id) -> Known {
        let nodes = self.nodes_of(head);
        let base = match self.table_of(&nodes) {
            Some(table) => self.linker.id(table).to_owned(),
            None => identity(&nodes.iter().map(|&n| &self.nodes[n]).collect::<Vec<_>>()),
        };
        let name = self.name_of(&nodes, &self.counts(&nodes));
        let mentions = nodes.iter().map(|&n| self.nodes[n].mentions()).sum();
        Known { id: "".into(), base, name, nodes, mentions }
    }

    /// Numbers the entities whose ids are made of the same, by content.
    fn number(&mut self, base: &str, before: &mut Before, ids: &mut BTreeSet<Arc<str>>) {
        let Some(heads) = self.bases.get(base) else { return };
        let mut heads: Vec<Id> = heads.iter().copied().collect();
        if heads.len() > 1 {
            heads.sort_by_cached_key(|&head| {
                let known = self.clusters[head].entity.as_ref();
                let first = self.nodes[self.clusters[head].nodes[0]].signature.clone();
                (Reverse(known.map_or(0, |k| k.mentions)), known.map(|k| k.name.clone()), first)
            });
        }
        for (i, head) in heads.into_iter().enumerate() {
            let id: Arc<str> = if i == 0 { base.into() } else { format!("{base}-{}", i + 1).into() };
            if self.clusters[head].entity.as_ref().is_none_or(|known| known.id == id) {
                continue;
            }
            // One that was not touched itself may get another's number.
            let arrivals = self.clusters[head].arrivals.iter().copied();
            for cluster in arrivals.filter(|&a| self.clusters[a].head == head).chain([head]) {
                self.note(cluster, before);
            }
            if let Some(known) = &mut self.clusters[head].entity {
                known.id = id.clone();
            }
            ids.insert(id);
        }
    }

    fn changes(&mut self, before: &Before, ids: &BTreeSet<Arc<str>>) -> Vec<Change> {
        let mut old: BTreeSet<Arc<str>> = before.ids.values().cloned().collect();
        old.extend(std::mem::take(&mut self.wait.lost));
        let mut went: BTreeMap<&Arc<str>, BTreeSet<Arc<str>>> = BTreeMap::new();
        for (&node, was) in &before.ids {
            if let Some(id) = self.id_of(node) {
                went.entry(was).or_default().insert(id);
            }
        }
        let mut changes = BTreeSet::new();
        for id in ids.iter().filter(|id| !old.contains(*id)) {
            changes.insert(Change::Created { id: id.to_string() });
        }
        for was in &old {
            let to: Vec<&Arc<str>> = went.get(was).into_iter().flatten().collect();
            let gone = !ids.contains(was);
            match to.as_slice() {
                [] if gone => {
                    changes.insert(Change::Removed { id: was.to_string() });
                }
                [into] if gone => {
                    changes.insert(Change::MergedInto { id: was.to_string(), into: into.to_string() });
                }
                _ => {
                    for id in to.into_iter().filter(|id| *id != was) {
                        changes.insert(Change::SplitFrom { id: id.to_string(), from: was.to_string() });
                    }
                    if gone {
                        changes.insert(Change::Removed { id: was.to_string() });
                    }
                }
            }
            let now = if gone { None } else { self.head_of(was) };
            let now = now.and_then(|head| self.clusters[head].entity.as_ref());
            if now.is_some_and(|now| before.known.get(was).is_none_or(|known| known != now)) {
                changes.insert(Change::Updated { id: was.to_string() });
            }
        }
        changes.into_iter().collect()
    }

    /// The cluster that tells the entity of this id.
    pub fn head_of(&self, id: &str) -> Option<Id> {
        // An id is what it is made of, and perhaps a number after it.
        let numbered = id.rsplit_once('-').map(|(base, _)| base);
        let heads = [Some(id), numbered].into_iter().flatten().filter_map(|base| self.bases.get(base)).flatten();
        heads.copied().find(|&head| self.clusters[head].entity.as_ref().is_some_and(|known| &*known.id == id))
    }

    /// The clusters that tell entities.
    pub fn heads(&self) -> BTreeSet<Id> {
        self.live.iter().map(|&node| self.nodes[node].cluster).map(|c| self.clusters[c].head).collect()
    }
}

/// What the id of an entity that no table knows is made of: its kind, one of its names, and 32 bits of a hash over that
/// and over what else tells its bearer from others (FNV-1a).
///
/// Of the full names it is the one with the least hash (Broder 1997): another name of the entity changes the id only when
/// its hash is less, one time in so many as the entity has names.
fn identity(nodes: &[&Node]) -> String {
    let Some(first) = nodes.first() else { return String::new() };
    let kind = first.signature.kind;
    let mut names: BTreeSet<String> = BTreeSet::new();
    let full = nodes.iter().flat_map(|node| &node.derived.full).map(|name| name.name());
    let telling = |kunya: bool| full.clone().filter(move |n| kunya || !n.is_kunya()).map(|n| fold(&n.surface));
    names.extend(telling(false));
    if names.is_empty() {
        names.extend(telling(true));
    }
    if names.is_empty() {
        names.extend(nodes.iter().flat_map(|node| node.signature.names.iter().cloned()));
    }
    let places: BTreeSet<&str> = nodes.iter().filter_map(|n| n.signature.container.as_deref()).collect();
    let documents: BTreeSet<&str> = nodes.iter().filter_map(|n| n.signature.document.as_deref()).collect();
    identity_of(kind, names.iter().map(String::as_str), places.into_iter().chain(documents))
}

/// The id of an entity that has these names, folded, and is told from others by these words besides.
pub(in crate::resolve) fn identity_of<'n>(
    kind: EntityKind,
    names: impl Iterator<Item = &'n str>,
    besides: impl Iterator<Item = &'n str>,
) -> String {
    let name = names.min_by_key(|name| hash(kind, [*name])).unwrap_or_default();
    let all = [name].into_iter().chain(besides);
    let word: String = name.replace(' ', "-").chars().take(40).collect();
    format!("{}-{word}-{:08x}", kind.code().to_lowercase(), hash(kind, all) >> 32)
}

fn hash<'n>(kind: EntityKind, words: impl IntoIterator<Item = &'n str>) -> u64 {
    let words = words.into_iter().flat_map(|word| word.bytes().chain([0]));
    fnv1a(START, kind.code().bytes().chain(words))
}
