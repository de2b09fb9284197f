//! The decisions in force, as the resolver asks for them.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::{Decisions, Key, Verdict};
use crate::mention::EntityKind;

/// Pairs of numbers, found from both sides.
#[derive(Debug, Default)]
pub(super) struct Pairs(BTreeMap<usize, BTreeSet<usize>>);

impl Pairs {
    fn insert(&mut self, a: usize, b: usize) {
        self.0.entry(a).or_default().insert(b);
        self.0.entry(b).or_default().insert(a);
    }

    /// The numbers that one is paired with.
    pub fn of(&self, number: usize) -> impl Iterator<Item = usize> {
        self.0.get(&number).into_iter().flatten().copied()
    }
}

/// What users decided, by the names that it is about.
#[derive(Debug, Default)]
pub(super) struct Constraints {
    /// The numbers of the names that decisions speak of, kind by kind: that of the name in all documents, and those in
    /// single ones.
    numbers: [BTreeMap<String, BTreeMap<Option<String>, usize>>; EntityKind::ALL.len()],
    /// The kind and folded name of each number.
    names: Vec<(EntityKind, String)>,
    pub same: Pairs,
    pub different: Pairs,
    renames: BTreeMap<usize, String>,
    rejected: BTreeSet<usize>,
}

impl Constraints {
    pub fn new(decisions: &Decisions) -> Self {
        let mut constraints = Self::default();
        for verdict in decisions.in_force() {
            match verdict {
                Verdict::Same { left, right } => {
                    let (left, right) = (constraints.number(left.key()), constraints.number(right.key()));
                    constraints.same.insert(left, right);
                }
                Verdict::Different { left, right } => {
                    let (left, right) = (constraints.number(left.key()), constraints.number(right.key()));
                    constraints.different.insert(left, right);
                }
                Verdict::Rename { entity, name } => {
                    let number = constraints.number(entity.key());
                    constraints.renames.insert(number, name.clone());
                }
                Verdict::RejectMention { mention } => {
                    let number = constraints.number(mention.key());
                    constraints.rejected.insert(number);
                }
                Verdict::Undo { .. } => {}
            }
        }
        constraints
    }

    fn number(&mut self, key: Key) -> usize {
        let own = self.numbers[key.kind as usize].entry(key.folded.clone()).or_default();
        *own.entry(key.document).or_insert_with(|| {
            self.names.push((key.kind, key.folded));
            self.names.len() - 1
        })
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The numbers by which decisions speak of a folded name in a document.
    pub fn numbers(&self, kind: EntityKind, folded: &str, document: Option<&str>) -> Vec<usize> {
        let Some(own) = self.numbers[kind as usize].get(folded) else { return Vec::new() };
        let applies = |of: &&Option<String>| of.is_none() || of.as_deref() == document;
        own.iter().filter(|(of, _)| applies(of)).map(|(_, number)| *number).collect()
    }

    /// Whether a folded name is the one of this number.
    pub fn is_numbered(&self, number: usize, kind: EntityKind, folded: &str) -> bool {
        self.names.get(number).is_some_and(|(k, name)| *k == kind && name == folded)
    }

    /// The folded names of its kind from which users parted one.
    pub fn parted_from(&self, kind: EntityKind, folded: &str, document: Option<&str>) -> Vec<&str> {
        let others = self.numbers(kind, folded, document).into_iter().flat_map(|own| self.different.of(own));
        others.map(|other| &self.names[other]).filter(|(k, _)| *k == kind).map(|(_, name)| name.as_str()).collect()
    }

    /// Whether a decision speaks of a name in this document alone.
    pub fn singles_out(&self, kind: EntityKind, folded: &str, document: &str) -> bool {
        let own = self.numbers[kind as usize].get(folded);
        own.is_some_and(|own| own.keys().any(|of| of.as_deref() == Some(document)))
    }

    /// Whether a mention is rejected.
    pub fn rejects(&self, kind: EntityKind, folded: &str, document: &str) -> bool {
        !self.rejected.is_empty()
            && self.numbers(kind, folded, Some(document)).iter().any(|number| self.rejected.contains(number))
    }

    /// The name that an entity is to be called by, which bears names of these numbers; of several the first.
    pub fn renamed(&self, numbers: impl Iterator<Item = usize>) -> Option<&str> {
        let first = numbers.filter(|number| self.renames.contains_key(number)).min()?;
        self.renames.get(&first).map(String::as_str)
    }
}
