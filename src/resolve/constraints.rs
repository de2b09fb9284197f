//! The decisions in force, as the resolver asks for them.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::{Decisions, Key, Verdict};
use crate::mention::EntityKind;

/// What users decided, by the names that it is about.
#[derive(Debug, Default)]
pub(super) struct Constraints {
    /// The numbers of the names that decisions speak of: that of the name in all documents, and those in single ones.
    numbers: BTreeMap<(EntityKind, String), BTreeMap<Option<String>, usize>>,
    /// Pairs of numbers.
    pub same: BTreeSet<(usize, usize)>,
    pub different: BTreeSet<(usize, usize)>,
    renames: BTreeMap<usize, String>,
    rejected: BTreeSet<usize>,
}

impl Constraints {
    pub fn new(decisions: &Decisions) -> Self {
        let mut constraints = Self::default();
        for verdict in decisions.in_force() {
            match verdict {
                Verdict::Same { left, right } => {
                    let pair = constraints.pair(left.key(), right.key());
                    constraints.same.insert(pair);
                }
                Verdict::Different { left, right } => {
                    let pair = constraints.pair(left.key(), right.key());
                    constraints.different.insert(pair);
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
        let next = self.numbers.values().map(BTreeMap::len).sum();
        *self.numbers.entry((key.kind, key.folded)).or_default().entry(key.document).or_insert(next)
    }

    fn pair(&mut self, left: Key, right: Key) -> (usize, usize) {
        let (a, b) = (self.number(left), self.number(right));
        (a.min(b), a.max(b))
    }

    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The numbers by which decisions speak of a folded name in a document.
    pub fn numbers(&self, kind: EntityKind, folded: &str, document: Option<&str>) -> Vec<usize> {
        if self.is_empty() {
            return Vec::new();
        }
        let Some(own) = self.numbers.get(&(kind, folded.to_owned())) else { return Vec::new() };
        let applies = |of: &&Option<String>| of.is_none() || of.as_deref() == document;
        own.iter().filter(|(of, _)| applies(of)).map(|(_, number)| *number).collect()
    }

    /// Whether a folded name is the one of this number.
    pub fn is_numbered(&self, number: usize, kind: EntityKind, folded: &str) -> bool {
        self.numbers.get(&(kind, folded.to_owned())).is_some_and(|own| own.values().any(|n| *n == number))
    }

    /// The folded names from which users parted one.
    pub fn parted_from(&self, kind: EntityKind, folded: &str, document: Option<&str>) -> Vec<&str> {
        if self.different.is_empty() {
            return Vec::new();
        }
        let own = self.numbers(kind, folded, document);
        let other = |&(a, b): &(usize, usize)| match () {
            () if own.contains(&a) => Some(b),
            () if own.contains(&b) => Some(a),
            () => None,
        };
        let others: Vec<usize> = self.different.iter().filter_map(other).collect();
        let named = self.numbers.iter().filter(|((k, _), of)| *k == kind && of.values().any(|n| others.contains(n)));
        named.map(|((_, name), _)| name.as_str()).collect()
    }

    /// Whether a decision speaks of a name in this document alone.
    pub fn singles_out(&self, kind: EntityKind, folded: &str, document: &str) -> bool {
        !self.is_empty()
            && self
                .numbers
                .get(&(kind, folded.to_owned()))
                .is_some_and(|own| own.keys().any(|of| of.as_deref() == Some(document)))
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

    /// The names that are to be one entity's with this one.
    pub fn partners(&self, number: usize) -> impl Iterator<Item = usize> {
        let other = move |&(a, b): &(usize, usize)| match () {
            () if a == number => Some(b),
            () if b == number => Some(a),
            () => None,
        };
        self.same.iter().filter_map(other)
    }
}
