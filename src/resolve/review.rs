//! What a person should look at: the decisions nearest the threshold, and what users left open.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::compare::compare;
use super::decisions::{Decision, Named};
use super::evidence::Evidence;
use super::{Entity, Link, MentionRef, Near, Resolution};
use crate::mention::{Corpus, EntityKind};
use crate::name::{Name, fold};

/// Places at which a name stands that a [`Side`] gives: enough to see who is meant.
const CONTEXTS: usize = 3;

/// What was done with two names.
///
/// # Examples
///
/// ```
/// use allonym::resolve::Outcome;
///
/// let word = |outcome| match outcome {
///     Outcome::Queued => "left to you",
///     Outcome::Merged => "one",
///     Outcome::Apart => "two",
///     _ => "open",
/// };
/// assert_eq!(word(Outcome::Apart), "two");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// They were left to a user, who parted the one from an entity that the other resembles too.
    Queued,
    /// They are names of one entity, and nothing stronger joins them.
    Merged,
    /// They are names of two entities.
    Apart,
}

/// A decision for a person to judge.
///
/// # Examples
///
/// ```
/// use allonym::resolve::{Outcome, Verdict};
/// use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
///
/// let names = ["Viktor Orlenko", "Victor Orlenka"].map(|name| Mention::new(name, EntityKind::Person));
/// let corpus: Corpus = [Extraction::new("list", names.to_vec())].into_iter().collect();
/// let items = Resolver::embedded().resolve(&corpus).review(&corpus, 10);
/// let item = &items[0];
/// let decision = if item.outcome == Outcome::Merged { item.different() } else { item.same() };
/// assert!(matches!(decision.verdict, Verdict::Same { .. } | Verdict::Different { .. }));
/// assert_eq!(item.left.mentions.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReviewItem {
    /// What was done.
    pub outcome: Outcome,
    /// The kind of both.
    pub kind: EntityKind,
    /// One name.
    pub left: Side,
    /// The other.
    pub right: Side,
    /// The sum of the evidence, in 1/1000 log2 odds: the nearer to 0, the more open.
    pub weight: i32,
    /// The evidence.
    pub evidence: Vec<Evidence>,
}

/// One of the two names of a [`ReviewItem`].
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
///
/// let names = ["Viktor Orlenko", "Victor Orlenka"].map(|name| Mention::new(name, EntityKind::Person));
/// let corpus: Corpus = [Extraction::new("list", names.to_vec())].into_iter().collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// let side = &resolution.review(&corpus, 1)[0].left;
/// assert_eq!(resolution.entity_of(side.mentions[0]).map(|entity| &entity.id), Some(&side.entity));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Side {
    /// A surface form.
    pub name: String,
    /// The id of its entity.
    pub entity: String,
    /// Where it stands, the first places in the order of the documents.
    pub mentions: Vec<MentionRef>,
}

impl ReviewItem {
    /// The decision that both are one.
    #[must_use]
    pub fn same(&self) -> Decision {
        Decision::same(Named::new(self.kind, &self.left.name), Named::new(self.kind, &self.right.name))
    }

    /// The decision that they are two.
    #[must_use]
    pub fn different(&self) -> Decision {
        Decision::different(Named::new(self.kind, &self.left.name), Named::new(self.kind, &self.right.name))
    }
}

impl Resolution {
    /// The decisions nearest the threshold, at most so many: first those left to users, then the most open.
    ///
    /// The corpus is the one that was resolved. Of an entity those links are looked at that hold it together: the
    /// strongest that lead from each of its names to each other.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::resolve::Outcome;
    /// use allonym::{Corpus, Extractor, Resolver};
    ///
    /// let text = "Viktor Orlenko spoke in Minsk. Victor Arlenka, a deputy, did not.";
    /// let corpus: Corpus = [Extractor::embedded().extract("a", text)].into_iter().collect();
    /// for item in Resolver::embedded().resolve(&corpus).review(&corpus, 10) {
    ///     println!("{} / {}: {:?}, {} bits", item.left.name, item.right.name, item.outcome, item.weight / 1000);
    /// }
    /// ```
    #[must_use]
    pub fn review(&self, corpus: &Corpus, most: usize) -> Vec<ReviewItem> {
        let mut merged: Vec<(&Entity, &Link)> = Vec::new();
        for (entity, links) in self.links_by_entity() {
            merged.extend(spanning(&links).into_iter().map(|link| (entity, link)));
        }
        let open = self.near.iter().filter(|near| !self.apart.contains_key(&(near.left, near.right)));
        let mut ranked: Vec<(Outcome, Reverse<i32>, Open<'_>)> = Vec::new();
        for (entity, link) in merged {
            ranked.push((Outcome::Merged, Reverse(-link.weight.abs()), Open::Merged(entity, link)));
        }
        for near in open {
            let outcome = if near.queued { Outcome::Queued } else { Outcome::Apart };
            ranked.push((outcome, Reverse(-near.weight.abs()), Open::Near(near)));
        }
        ranked.sort_by_key(|(outcome, weight, open)| {
            (*outcome != Outcome::Queued, *weight, *outcome, open.names().map(str::to_owned))
        });
        ranked.truncate(most);
        ranked.into_iter().map(|(outcome, _, open)| self.item(corpus, outcome, open)).collect()
    }

    fn item(&self, corpus: &Corpus, outcome: Outcome, open: Open<'_>) -> ReviewItem {
        let [left_name, right_name] = open.names();
        let (left, right) = match open {
            Open::Merged(entity, _) => (entity, entity),
            Open::Near(near) => (&self.entities[near.left], &self.entities[near.right]),
        };
        let (weight, evidence) = match open {
            Open::Merged(_, link) => (link.weight, link.evidence.clone()),
            Open::Near(near) => {
                let name = |surface| Name::new(surface, left.kind);
                (near.weight, compare(&name(&near.left_name), &name(&near.right_name)).evidence)
            }
        };
        let side = |entity: &Entity, name: &str| {
            let surface = |m: &&MentionRef| {
                let mention = corpus.documents().get(m.document).and_then(|d| d.mentions.get(m.mention));
                mention.is_some_and(|mention| mention.surface == name)
            };
            let mentions = entity.mentions.iter().filter(surface).take(CONTEXTS).copied().collect();
            Side { name: name.to_owned(), entity: entity.id.clone(), mentions }
        };
        let (left, right, kind) = (side(left, left_name), side(right, right_name), left.kind);
        ReviewItem { outcome, kind, left, right, weight, evidence }
    }

    /// Each entity with its links, in the order of the entities.
    pub(super) fn links_by_entity(&self) -> Vec<(&Entity, Vec<&Link>)> {
        let mut of: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
        for link in &self.links {
            of.entry(&link.entity).or_default().push(link);
        }
        self.entities.iter().map(|entity| (entity, of.remove(entity.id.as_str()).unwrap_or_default())).collect()
    }
}

/// What a review item is made of.
#[derive(Clone, Copy)]
enum Open<'r> {
    Merged(&'r Entity, &'r Link),
    Near(&'r Near),
}

impl<'r> Open<'r> {
    fn names(self) -> [&'r str; 2] {
        match self {
            Self::Merged(_, link) => [&link.left, &link.right],
            Self::Near(near) => [&near.left_name, &near.right_name],
        }
    }
}

/// The links that hold an entity together: a spanning tree of its names by the strongest of them (Kruskal).
pub(super) fn spanning<'l>(links: &[&'l Link]) -> Vec<&'l Link> {
    let mut order: Vec<&Link> = links.to_vec();
    order.sort_by_key(|link| (Reverse(link.weight), *link));
    let mut group: BTreeMap<String, usize> = BTreeMap::new();
    let mut tree = Vec::new();
    for (i, link) in order.into_iter().enumerate() {
        let (a, b) = (fold(&link.left), fold(&link.right));
        let (x, y) = (group.get(&a).copied().unwrap_or(2 * i), group.get(&b).copied().unwrap_or(2 * i + 1));
        if x == y || a == b {
            continue;
        }
        for other in group.values_mut().filter(|other| **other == y) {
            *other = x;
        }
        group.insert(a, x);
        group.insert(b, x);
        tree.push(link);
    }
    tree
}
