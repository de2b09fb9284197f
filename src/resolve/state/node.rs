//! Nodes: local entities of any documents that have the same names, and so the same fate.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::tally::Tally;
use super::{Id, NONE};
use crate::mention::EntityKind;
use crate::name::{Name, blocking_keys, fold, is_foreign, sound_key};
use crate::resolve::compare::PreparedName;
use crate::resolve::constraints::Constraints;
use crate::resolve::linker::{ChosenBy, Linker};
use crate::resolve::local::{Join, Local};
use crate::resolve::names::Names;
use crate::resolve::short_forms::is_abbreviated;

/// What makes two local entities the same node, and orders nodes by content.
///
/// Those that are one table entity, and that nothing holds apart, are one node whatever they are called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::resolve) struct Signature {
    pub kind: EntityKind,
    pub table: Option<usize>,
    pub container: Option<String>,
    pub names: Vec<String>,
    pub inherited: Vec<String>,
    /// The only document that it is of, when a decision singles it out.
    pub document: Option<String>,
}

impl Signature {
    pub fn of(local: &Local, names: &Names, constraints: &Constraints, document: &str) -> Self {
        let numbered = |&n: &usize| {
            let name = names.name(n);
            !constraints.numbers(name.kind, &name.folded, Some(document)).is_empty()
        };
        let decided = local.names.iter().any(numbered);
        if let Some(table) = local.table
            && local.apart.is_empty()
            && !decided
        {
            // Whom the tables know, and neither a text nor a user tells from another, needs no name to be known by.
            let (names, inherited) = (Vec::new(), Vec::new());
            return Self { kind: local.kind, table: Some(table), container: None, names, inherited, document: None };
        }
        let known_by = |n: &Name| if local.exact { n.surface.clone() } else { n.folded.clone() };
        // Short forms beside a full name decide nothing outside their document.
        let is_full = |n: &usize| names.name(*n).is_full();
        let short = decided || !local.names.iter().any(is_full);
        let telling = local.names.iter().filter(|n| short || is_full(n));
        let folded: BTreeSet<String> = telling.map(|&n| known_by(names.name(n))).collect();
        Self {
            kind: local.kind,
            table: local.table,
            container: local.container.clone(),
            names: folded.into_iter().collect(),
            inherited: local.inherited.iter().cloned().collect(),
            document: local.singled_out.then(|| document.to_owned()),
        }
    }
}

/// Local entities of one signature.
#[derive(Debug)]
pub(in crate::resolve) struct Node {
    pub signature: Arc<Signature>,
    /// The document's slot and the place of the local entity in it.
    pub members: BTreeSet<(Id, Id)>,
    /// Its names, and how many mentions have each.
    pub names: BTreeMap<usize, u32>,
    /// Why its names are one's, and how many documents say so.
    pub joins: BTreeMap<Join, u32>,
    /// What stands for members and joins where documents are not kept.
    pub tally: Option<Box<Tally>>,
    /// What decided for its table entity where several bear a name, and in how many documents.
    pub chosen: BTreeMap<(usize, ChosenBy), u32>,
    /// Nodes that a text holds it apart from, and how many texts do.
    pub held: BTreeMap<Id, u32>,
    /// By which numbers decisions speak of it.
    pub numbers: Vec<usize>,
    pub derived: Derived,
    /// The nodes that it was compared with, in order, and the evidence, in 1/1000 log2 odds.
    pub edges: Vec<(Id, i32)>,
    /// The nodes that something else than a text or a user holds it apart from, in order.
    pub apart: Vec<(Id, Why)>,
    pub component: Id,
    pub cluster: Id,
}

/// What follows from the names of a node.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Derived {
    /// The table entity that it is.
    pub table: Option<usize>,
    /// Why it is that one, when its names are not the table's.
    pub table_join: Option<Join>,
    /// Full names to compare by, its own in the order of their letters, and inherited ones.
    pub full: Vec<Arc<PreparedName>>,
    /// It is a person known by initials and a family name alone.
    pub abbreviated: bool,
    /// How its full names sound, sorted.
    pub sounds: Vec<String>,
    /// The only part of its name when it has no full one.
    pub single: Option<Arc<PreparedName>>,
    /// One of its full names is in another script than Latin.
    pub foreign: bool,
    /// Its blocking keys, sorted.
    pub keys: Vec<String>,
}

/// What holds two nodes apart, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::resolve) enum Why {
    Numbers,
    Unknown,
    Places,
    Text,
    Tables,
    User,
}

impl Why {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Tables => "they are two entities of the tables",
            Self::Places => "they lie in two places",
            Self::Unknown => "one lies in a place where the tables know no such",
            Self::Numbers => "their numbers differ",
            Self::Text => "a text says that they are two, or leaves open which is meant",
            Self::User => "a user decided that they are two",
        }
    }
}

impl Node {
    pub fn new(signature: Arc<Signature>, numbers: Vec<usize>) -> Self {
        Self {
            signature,
            members: BTreeSet::new(),
            names: BTreeMap::new(),
            joins: BTreeMap::new(),
            tally: None,
            chosen: BTreeMap::new(),
            held: BTreeMap::new(),
            numbers,
            derived: Derived::default(),
            edges: Vec::new(),
            apart: Vec::new(),
            component: NONE,
            cluster: NONE,
        }
    }

    /// How many mentions it has.
    pub fn mentions(&self) -> usize {
        self.names.values().map(|&count| count as usize).sum()
    }

    /// Whether it has every full name of another, spelled so that they sound alike.
    pub fn bears_names_of(&self, other: &Self) -> bool {
        let sounds = &self.derived.sounds;
        other.derived.sounds.iter().all(|sound| sounds.binary_search(sound).is_ok())
    }

    /// The nodes that evidence speaks for.
    pub fn alike(&self) -> impl Iterator<Item = Id> {
        self.edges.iter().filter(|(_, weight)| *weight > 0).map(|(other, _)| *other)
    }
}

impl Derived {
    /// What follows from a node's names.
    pub fn of(node: &Node, names: &Names, linker: &Linker, constraints: &Constraints) -> Self {
        let signature = &node.signature;
        let mut own: Vec<&Arc<PreparedName>> = node.names.keys().map(|&n| names.prepared(n)).collect();
        own.sort_by(|a, b| a.name().surface.cmp(&b.name().surface));
        let mut full: Vec<Arc<PreparedName>> = own.iter().filter(|n| n.name().is_full()).map(|&n| n.clone()).collect();
        full.extend(signature.inherited.iter().map(|n| Arc::new(PreparedName::new(n, signature.kind))));
        let single = if full.is_empty() { own.first().map(|&n| n.clone()) } else { None };
        let mut sounds: Vec<String> = full.iter().map(|name| sound_key(name.name())).collect();
        sounds.sort_unstable();
        sounds.dedup();
        let abbreviated = !full.is_empty() && full.iter().all(|name| is_abbreviated(name.name()));
        let foreign = full.iter().any(|name| is_foreign(name.name()));
        let (table, table_join, keys) = (signature.table, None, Vec::new());
        let mut derived = Self { table, table_join, full, abbreviated, sounds, single, foreign, keys };
        derived.link_table(signature, linker, constraints);
        let mut keys: Vec<String> = derived.full.iter().flat_map(|n| blocking_keys(n.name())).collect();
        if let Some(table) = derived.table {
            keys.push(format!("#{table}"));
        }
        keys.sort_unstable();
        keys.dedup();
        derived.keys = keys;
        derived
    }

    /// Finds the table entity whose names compare best, when it is alone in that.
    fn link_table(&mut self, signature: &Signature, linker: &Linker, constraints: &Constraints) {
        if self.table.is_some() || self.full.is_empty() {
            return;
        }
        let candidates: BTreeSet<usize> = self.full.iter().flat_map(|name| linker.candidates(name.name())).collect();
        if self.abbreviated && self.full.iter().any(|name| linker.family(name.name()) > 1) {
            // An initial does not tell one bearer of a family name from another.
            return;
        }
        let fits = |entity: usize| signature.container.as_ref().is_none_or(|c| linker.lies_in(entity, c));
        let yields = |entity: usize| {
            signature.names.iter().any(|name| {
                let parted = constraints.parted_from(signature.kind, &fold(name), signature.document.as_deref());
                linker.yields(entity, &fold(name), &parted)
            })
        };
        let candidates = candidates.into_iter().filter(|&e| fits(e) && !yields(e));
        if let Some((entity, comparison)) = linker.best(&self.full, candidates, signature.container.is_some()) {
            self.table = Some(entity);
            let (left, right) = (comparison.left, comparison.right);
            if left != right {
                let (rule, sentence) = ("table".to_owned(), String::new());
                self.table_join = Some(Join { left, right, rule, evidence: comparison.evidence, sentence });
            }
        }
    }
}
