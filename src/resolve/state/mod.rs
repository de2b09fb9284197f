//! All documents: local entities to nodes, candidate pairs, clusters and entities, kept up to date document by document.
//!
//! Everything is a function of the documents that are there, whatever order they came in: a node of the documents that
//! hold its names, a tie of two nodes, the clusters of the component that they are in, a short form's target of the
//! clusters that bear it. So a document that comes or goes touches the components of its names, and no other; resolving
//! a corpus is adding all its documents at once.
//!
//! Numbers of nodes, components and clusters are given as they come. Nothing may follow from them: where an order is needed it
//! is that of the signatures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::block::{CappedBlock, LARGEST_BLOCK, may_pair};
use super::constraints::Constraints;
use super::linker::Linker;
use super::local;
use super::names::Names;
use super::short_forms::Open;
use crate::mention::Extraction;

mod bindings;
mod components;
pub(super) mod entities;
pub(super) mod node;
mod slab;
mod tally;
pub(super) mod ties;

pub(super) use bindings::{Binding, POSSIBLE};
pub use entities::Change;
use node::{Derived, Node, Signature};
use slab::Slab;
pub(super) use tally::Postings;
use ties::{Tie, tie};

/// A number of a document's slot, a node, a component or a cluster.
pub(super) type Id = u32;

/// No number.
pub(super) const NONE: Id = Id::MAX;

/// So many documents are resolved by themselves before they are placed: enough for all threads, and little to hold.
const BATCH: usize = 256;

/// Where a local entity of a document went.
#[derive(Debug)]
pub(super) struct Placed {
    pub node: Id,
    /// Its mentions, as indices into the document's.
    pub mentions: Vec<Id>,
}

/// What a document came to.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// Its local entities.
    pub placed: Vec<Placed>,
    /// Its mentions that several of them can be meant by, in order.
    pub open: Vec<Open>,
}

/// Nodes that are one entity but for short forms that other documents add.
#[derive(Debug)]
pub(super) struct Cluster {
    /// In the order of their signatures.
    pub nodes: Vec<Id>,
    /// The sounds of the family names that its people bear, without vowels.
    families: Vec<String>,
    /// The same of the only part of its name, when it is one person's of whom no more is known.
    single: Option<String>,
    /// The cluster that its single name stands for.
    pub binding: Option<Binding>,
    /// The clusters whose single names stand for it.
    pub arrivals: BTreeSet<Id>,
    /// The cluster that its entity is told by: itself, or the one that its single name stands for.
    pub head: Id,
    /// What was known of its entity when it was last looked at, if it is told by this cluster.
    entity: Option<entities::Known>,
}

/// All documents, and what they come to.
#[derive(Debug)]
pub(super) struct State {
    pub linker: Arc<Linker>,
    pub constraints: Arc<Constraints>,
    pub names: Names,
    /// What each document came to, by its slot.
    pub slots: Slab<Document>,
    pub nodes: Slab<Node>,
    /// The nodes that have members.
    pub live: BTreeSet<Id>,
    by_signature: HashMap<Arc<Signature>, Id>,
    /// The nodes that decisions speak of, by the number of the name.
    bearers: HashMap<usize, BTreeSet<Id>>,
    /// The nodes of each blocking key.
    blocks: HashMap<String, BTreeSet<Id>>,
    capped: BTreeSet<String>,
    components: Slab<Vec<Id>>,
    pub clusters: Slab<Cluster>,
    /// Nodes that resemble two others, and may be neither's: the node, and the pair.
    pub torn: BTreeMap<Id, (Id, Id)>,
    /// Clusters by the family names of their people, and those of a single name, both by sound.
    families: HashMap<String, BTreeSet<Id>>,
    singles: HashMap<String, BTreeSet<Id>>,
    /// The clusters of entities by what their ids are made of; more than one only where entities share all of it.
    bases: HashMap<String, BTreeSet<Id>>,
    wait: Waiting,
}

/// What waits to be looked at again.
#[derive(Debug, Default)]
struct Waiting {
    /// Nodes whose names changed.
    stale: BTreeSet<Id>,
    /// Nodes that gained or lost mentions.
    counted: BTreeSet<Id>,
    /// Components that gained or lost nodes, ties or cannot-links.
    loose: BTreeSet<Id>,
    /// Blocks whose nodes changed, and whether they were capped before.
    blocks: BTreeMap<String, bool>,
    /// Clusters that lost their last node.
    emptied: Vec<Id>,
    /// The ids of entities that lost a node for good.
    lost: BTreeSet<Arc<str>>,
}

impl State {
    pub fn new(linker: Arc<Linker>, constraints: Arc<Constraints>) -> Self {
        Self {
            linker,
            constraints,
            names: Names::new(),
            slots: Slab::new(),
            nodes: Slab::new(),
            live: BTreeSet::new(),
            by_signature: HashMap::new(),
            bearers: HashMap::new(),
            blocks: HashMap::new(),
            capped: BTreeSet::new(),
            components: Slab::new(),
            clusters: Slab::new(),
            torn: BTreeMap::new(),
            families: HashMap::new(),
            singles: HashMap::new(),
            bases: HashMap::new(),
            wait: Waiting::default(),
        }
    }

    /// Takes in documents and returns their slots. [`State::settle`] is to follow.
    pub fn add(&mut self, documents: &[&Extraction]) -> Vec<Id> {
        let mut slots = Vec::with_capacity(documents.len());
        for batch in documents.chunks(BATCH) {
            let resolved = self.resolve(batch);
            slots.extend(batch.iter().zip(resolved).map(|(document, resolved)| self.place(document, resolved)));
        }
        slots
    }

    /// Resolves documents by themselves.
    fn resolve(&mut self, documents: &[&Extraction]) -> Vec<local::Resolved> {
        self.names.learn(documents, &self.linker);
        let resolve = |document: &&Extraction| local::resolve(document, &self.names, &self.linker, &self.constraints);
        crate::parallel::map(documents, resolve)
    }

    fn place(&mut self, document: &Extraction, resolved: local::Resolved) -> Id {
        let slot = self.slots.insert(Document::default());
        let local::Resolved { locals, open } = resolved;
        let nodes = self.count_in(document, &locals);
        let mut placed = Vec::with_capacity(locals.len());
        for (l, (local, id)) in locals.into_iter().zip(nodes).enumerate() {
            let node = &mut self.nodes[id];
            node.members.insert((slot, number(l)));
            for join in local.joins {
                *node.joins.entry(join).or_default() += 1;
            }
            placed.push(Placed { node: id, mentions: local.mentions.into_iter().map(number).collect() });
        }
        self.slots[slot] = Document { placed, open };
        slot
    }

    /// Finds the nodes of a document's local entities, and counts there what the document brings.
    fn count_in(&mut self, document: &Extraction, locals: &[local::Local]) -> Vec<Id> {
        let mut nodes = Vec::with_capacity(locals.len());
        for local in locals {
            let id = self.node(Signature::of(local, &self.names, &self.constraints, &document.id));
            let node = &mut self.nodes[id];
            for mention in local.mentions.iter().filter_map(|&m| document.mentions.get(m)) {
                let Some(name) = self.names.get(mention.kind, &mention.surface) else { continue };
                let count = node.names.entry(name).or_default();
                *count += 1;
                if *count == 1 {
                    self.wait.stale.insert(id);
                }
            }
            for chosen in &local.chosen {
                *node.chosen.entry(*chosen).or_default() += 1;
            }
            self.wait.counted.insert(id);
            nodes.push(id);
        }
        for (a, b) in apart(locals, |l| nodes[l]) {
            let texts = self.nodes[a].held.entry(b).or_default();
            *texts += 1;
            if *texts == 1 {
                self.loosen(a);
            }
        }
        nodes
    }

    /// Takes out a document that came in with this slot. [`State::settle`] is to follow.
    pub fn remove(&mut self, slot: Id, document: &Extraction) {
        let Document { placed, .. } = std::mem::take(&mut self.slots[slot]);
        self.slots.remove(slot);
        // What was said of the document is said again: it follows from the document and the tables.
        let locals = local::resolve(document, &self.names, &self.linker, &self.constraints).locals;
        for (a, b) in apart(&locals, |l| placed[l].node) {
            self.loosen(a);
            count_down(&mut self.nodes[a].held, &b);
        }
        for (l, (local, placed)) in locals.iter().zip(&placed).enumerate() {
            let node = &mut self.nodes[placed.node];
            node.members.remove(&(slot, number(l)));
            for mention in local.mentions.iter().filter_map(|&m| document.mentions.get(m)) {
                let Some(name) = self.names.get(mention.kind, &mention.surface) else { continue };
                if count_down(&mut node.names, &name) {
                    self.wait.stale.insert(placed.node);
                }
            }
            for join in &local.joins {
                count_down(&mut node.joins, join);
            }
            for chosen in &local.chosen {
                count_down(&mut node.chosen, chosen);
            }
            self.wait.counted.insert(placed.node);
            if node.members.is_empty() {
                self.drop_node(placed.node);
            }
        }
    }

    /// The node of a signature.
    fn node(&mut self, signature: Signature) -> Id {
        if let Some(&id) = self.by_signature.get(&signature) {
            return id;
        }
        let signature = Arc::new(signature);
        let numbers = self.numbers(&signature);
        let id = self.nodes.insert(Node::new(signature.clone(), numbers.iter().copied().collect()));
        self.by_signature.insert(signature, id);
        self.live.insert(id);
        self.wait.stale.insert(id);
        for number in numbers {
            self.bearers.entry(number).or_default().insert(id);
            for partner in self.partners(number) {
                self.loosen(partner);
            }
        }
        id
    }

    /// The nodes that a decision joins with the bearers of a name.
    fn partners(&self, number: usize) -> Vec<Id> {
        self.constraints.same.of(number).filter_map(|other| self.bearers.get(&other)).flatten().copied().collect()
    }

    /// Numbers the names anew of which decisions speak, after others came into force. No node may be left that the
    /// decisions before or after speak of differently.
    pub fn renumber(&mut self) {
        self.bearers.clear();
        for id in self.live.clone() {
            let numbers = self.numbers(&self.nodes[id].signature);
            for &number in &numbers {
                self.bearers.entry(number).or_default().insert(id);
            }
            self.nodes[id].numbers = numbers.into_iter().collect();
        }
    }

    /// By which numbers decisions speak of a node.
    fn numbers(&self, signature: &Signature) -> BTreeSet<usize> {
        if self.constraints.is_empty() {
            return BTreeSet::new();
        }
        let names = signature.names.iter().map(|name| crate::name::fold(name));
        let of = |name: String| self.constraints.numbers(signature.kind, &name, signature.document.as_deref());
        names.flat_map(of).collect()
    }

    fn drop_node(&mut self, id: Id) {
        self.loosen(id);
        self.untie(id);
        let node = &mut self.nodes[id];
        let (signature, numbers) = (node.signature.clone(), std::mem::take(&mut node.numbers));
        let (keys, component) = (std::mem::take(&mut node.derived.keys), node.component);
        if node.cluster != NONE {
            let head = self.clusters[node.cluster].head;
            self.wait.lost.extend(self.clusters[head].entity.as_ref().map(|known| known.id.clone()));
        }
        self.by_signature.remove(&signature);
        self.live.remove(&id);
        for number in numbers {
            if let Some(bearers) = self.bearers.get_mut(&number) {
                bearers.remove(&id);
            }
        }
        for key in keys {
            self.leave(&key, id);
        }
        if component != NONE {
            self.components[component].retain(|&node| node != id);
        }
        if let Some(cluster) = Some(self.nodes[id].cluster).filter(|&cluster| cluster != NONE) {
            let nodes = &mut self.clusters[cluster].nodes;
            nodes.retain(|&node| node != id);
            if nodes.is_empty() {
                self.wait.emptied.push(cluster);
            }
        }
        self.torn.remove(&id);
        self.wait.stale.remove(&id);
        self.wait.counted.remove(&id);
        self.nodes.remove(id);
    }

    /// Has the component of a node looked at again.
    fn loosen(&mut self, node: Id) {
        let component = self.nodes[node].component;
        if component != NONE {
            self.wait.loose.insert(component);
        }
    }

    /// Forgets what a node was compared with.
    fn untie(&mut self, id: Id) {
        let node = &mut self.nodes[id];
        let (edges, apart) = (std::mem::take(&mut node.edges), std::mem::take(&mut node.apart));
        for (other, _) in edges {
            self.nodes[other].edges.retain(|(node, _)| *node != id);
            self.loosen(other);
        }
        for (other, _) in apart {
            self.nodes[other].apart.retain(|(node, _)| *node != id);
            self.loosen(other);
        }
    }

    fn enter(&mut self, key: &str, id: Id) {
        let block = self.blocks.entry(key.to_owned()).or_default();
        self.wait.blocks.entry(key.to_owned()).or_insert(block.len() > LARGEST_BLOCK);
        block.insert(id);
    }

    fn leave(&mut self, key: &str, id: Id) {
        if let Some(block) = self.blocks.get_mut(key) {
            self.wait.blocks.entry(key.to_owned()).or_insert(block.len() > LARGEST_BLOCK);
            block.remove(&id);
            if block.is_empty() {
                self.blocks.remove(key);
            }
        }
    }

    /// Brings everything up to date, and says what became of the entities.
    pub fn settle(&mut self) -> Vec<Change> {
        self.derive();
        self.compare();
        let before = self.regroup();
        self.entities(before)
    }

    /// What follows from the names of the nodes whose names changed.
    fn derive(&mut self) {
        let stale: Vec<Id> = self.wait.stale.iter().copied().collect();
        let derive = |&id: &Id| Derived::of(&self.nodes[id], &self.names, &self.linker, &self.constraints);
        let derived = crate::parallel::map(&stale, derive);
        for (&id, derived) in stale.iter().zip(derived) {
            let old = std::mem::replace(&mut self.nodes[id].derived, derived);
            for key in &old.keys {
                if self.nodes[id].derived.keys.binary_search(key).is_err() {
                    self.leave(key, id);
                }
            }
            let fresh: Vec<String> = self.nodes[id].derived.keys.clone();
            for key in fresh.iter().filter(|key| old.keys.binary_search(key).is_err()) {
                self.enter(key, id);
            }
        }
    }

    /// Compares the nodes whose names changed, or whose blocks grew too large or small enough to be compared.
    fn compare(&mut self) {
        let mut again = std::mem::take(&mut self.wait.stale);
        for (key, was_capped) in std::mem::take(&mut self.wait.blocks) {
            let size = self.blocks.get(&key).map_or(0, BTreeSet::len);
            if size > LARGEST_BLOCK {
                self.capped.insert(key.clone());
            } else {
                self.capped.remove(&key);
            }
            if was_capped != (size > LARGEST_BLOCK) {
                again.extend(self.blocks.get(&key).into_iter().flatten());
            }
        }
        for &id in &again {
            self.loosen(id);
            self.untie(id);
        }
        let mut pairs: Vec<(Id, Id)> = Vec::new();
        for &a in &again {
            for key in &self.nodes[a].derived.keys {
                let block = self.blocks.get(key).filter(|block| block.len() <= LARGEST_BLOCK);
                // Of two that both are compared again the first takes the pair.
                let others = block.into_iter().flatten().filter(|&&b| b != a && (b > a || !again.contains(&b)));
                let foreign = |id: Id| self.nodes[id].derived.foreign;
                let others = others.filter(|&&b| may_pair(key, foreign(a), foreign(b)));
                pairs.extend(others.map(|&b| (a, b)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let ties = crate::parallel::map(&pairs, |&(a, b)| {
            let (x, y) = (&self.nodes[a], &self.nodes[b]);
            let (x, y) = if x.signature <= y.signature { (x, y) } else { (y, x) };
            tie(x, y, &self.linker)
        });
        let mut touched: BTreeSet<Id> = BTreeSet::new();
        for ((a, b), tie) in pairs.into_iter().zip(ties) {
            match tie {
                Tie::None => continue,
                Tie::Evidence(weight) => {
                    self.nodes[a].edges.push((b, weight));
                    self.nodes[b].edges.push((a, weight));
                }
                Tie::Apart(why) => {
                    self.nodes[a].apart.push((b, why));
                    self.nodes[b].apart.push((a, why));
                }
            }
            touched.extend([a, b]);
        }
        for id in touched {
            self.nodes[id].edges.sort_unstable();
            self.nodes[id].apart.sort_unstable();
            self.loosen(id);
        }
        // Those that are in no component yet get one.
        for id in again.into_iter().filter(|&id| self.nodes[id].component == NONE).collect::<Vec<_>>() {
            let component = self.components.insert(vec![id]);
            self.nodes[id].component = component;
            self.wait.loose.insert(component);
        }
    }

    /// The blocks that are too large to compare.
    pub fn capped(&self) -> Vec<CappedBlock> {
        let block =
            |key: &String| CappedBlock { key: key.clone(), names: self.blocks.get(key).map_or(0, BTreeSet::len) };
        self.capped.iter().map(block).collect()
    }
}

/// Counts one less, and says whether it was the last.
fn count_down<K: Ord>(counts: &mut BTreeMap<K, u32>, key: &K) -> bool {
    let Some(count) = counts.get_mut(key) else { return false };
    *count -= 1;
    let last = *count == 0;
    if last {
        counts.remove(key);
    }
    last
}

/// An index as a number.
fn number(index: usize) -> Id {
    Id::try_from(index).unwrap_or(NONE)
}

/// The nodes of a document that its text, or a user, holds apart; both ways.
fn apart(locals: &[local::Local], of: impl Fn(usize) -> Id) -> Vec<(Id, Id)> {
    let all = locals.iter().enumerate().flat_map(|(l, local)| local.apart.iter().map(move |&other| (l, other)));
    all.map(|(l, other)| (of(l), of(other))).filter(|(a, b)| a != b).collect()
}
