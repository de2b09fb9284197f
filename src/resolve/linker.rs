//! Names to table entities: by letters, by sound, and, when several bear a name, by what else a document names.

use std::sync::Arc;

use foldhash::HashMap;
use once_cell::sync::OnceCell;
use serde::{Deserialize, Serialize};

use super::compare::PreparedName;
use super::evidence::Comparison;
use super::names::Bearer;
use crate::mention::EntityKind;
use crate::name::{Name, Role, fold};
use crate::tables::{AliasSort, Tables};

/// What decided between several entities of the tables that bear a name.
///
/// # Examples
///
/// ```
/// use allonym::resolve::ChosenBy;
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a", "A court in Tripoli, Lebanon, met.")].into_iter().collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// assert_eq!(resolution.choices()[0].by, ChosenBy::Container);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ChosenBy {
    /// The text says where it lies: `Odessa, Texas`.
    Container,
    /// The other places of the document lie in the same country.
    Document,
    /// Nothing in the document: it is the one that the name means most often, as the tables say, or the most prominent of
    /// them.
    Prominence,
}

/// The prior of a name of which the table says nothing: it is as likely this entity as another one.
const EVEN: u8 = 5;

/// What a name must have in common with a table entity's beyond even odds, in 1/1000 log2 odds: a wrong link hands on a
/// known person's id, so it must be six times as likely right as wrong.
pub(super) const TABLE_MARGIN: i32 = 2_600;

/// The tables, as the resolver asks them.
#[derive(Debug)]
pub(super) struct Linker {
    tables: Tables,
    /// The names of each entity, ready for comparison once they are compared.
    prepared: Vec<OnceCell<Box<[PreparedName]>>>,
}

impl Linker {
    pub fn new(tables: Tables) -> Self {
        let prepared = tables.entities().map(|_| OnceCell::new()).collect();
        Self { tables, prepared }
    }

    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    pub fn id(&self, entity: usize) -> &str {
        self.tables.entity(entity).id()
    }

    /// The entities of the name's kind that have this name, or one that sounds the same, by id.
    pub fn bearers(&self, name: &Name) -> Vec<Bearer> {
        let mut out: Vec<Bearer> = Vec::new();
        let mut folded = None;
        for (entity, row) in self.tables.of_sound(name).map(|name| self.tables.name(name)) {
            let folded = folded.get_or_insert_with(|| fold(&name.surface));
            let principal = matches!(row.sort, AliasSort::Canonical | AliasSort::Official);
            let exact = fold(row.name) == *folded;
            let prior = if row.prior == 0 { EVEN } else { row.prior };
            let bearer = Bearer { entity: entity.number(), exact, principal, prior, weak: row.weak };
            // A by-name that many bear must be spelled as the table has it.
            if name.is_kunya() && !bearer.exact {
                continue;
            }
            match out.last_mut().filter(|b| b.entity == bearer.entity) {
                Some(last) => {
                    last.exact |= bearer.exact;
                    last.principal |= bearer.principal;
                    last.prior = last.prior.max(bearer.prior);
                    last.weak &= bearer.weak;
                }
                None => out.push(bearer),
            }
        }
        out
    }

    /// Whether a name does not stand for an entity, as users parted it from another that is the entity's before it is.
    pub fn yields(&self, entity: usize, folded: &str, parted_from: &[&str]) -> bool {
        if parted_from.is_empty() {
            return false;
        }
        let place = |name: &str| self.tables.entity(entity).aliases().position(|alias| fold(alias.name) == name);
        let own = place(folded).unwrap_or(usize::MAX);
        parted_from.iter().filter_map(|name| place(name)).any(|other| other < own)
    }

    /// The entities that a name is to be compared with.
    pub fn candidates(&self, name: &Name) -> Vec<usize> {
        self.tables.candidates(name)
    }

    /// How many people of the tables bear the family name of a name, as far as its consonants tell.
    pub fn family(&self, name: &Name) -> usize {
        self.tables.bearers_of_family(name)
    }

    /// The names of an entity, ready for comparison.
    pub fn names(&self, entity: usize) -> &[PreparedName] {
        let entry = self.tables.entity(entity);
        let prepare = || entry.aliases().map(|alias| PreparedName::new(alias.name, entry.kind())).collect();
        self.prepared.get(entity).map_or(&[], |prepared| prepared.get_or_init(prepare))
    }

    /// Of some entities the one whose names compare best with those of one bearer, when it is alone in that; `placed` when a
    /// container agrees.
    pub fn best(
        &self,
        full: &[Arc<PreparedName>],
        candidates: impl Iterator<Item = usize>,
        placed: bool,
    ) -> Option<(usize, Comparison)> {
        // A container that agrees is evidence enough beside a name that does.
        let margin = if placed { 1 } else { TABLE_MARGIN };
        let mut best: Option<(usize, i32, [&PreparedName; 2])> = None;
        let mut second = i32::MIN;
        for entity in candidates {
            let mut of_entity: Option<(i32, [&PreparedName; 2])> = None;
            for (a, b) in full.iter().flat_map(|a| self.names(entity).iter().map(move |b| (&**a, b))) {
                let floor = of_entity.map_or(margin - 1, |(weight, _)| weight);
                let telling = b.name().is_full() && !a.name().is_kunya() && !b.name().is_kunya();
                if telling && a.may_exceed(b, floor) {
                    let weight = a.weight(b);
                    if weight > floor {
                        of_entity = Some((weight, [a, b]));
                    }
                }
            }
            let Some((weight, names)) = of_entity else { continue };
            match best {
                Some((_, other, _)) if other >= weight => second = second.max(weight),
                _ => {
                    second = best.map_or(second, |(_, other, _)| second.max(other));
                    best = Some((entity, weight, names));
                }
            }
        }
        // Two entities that fit almost alike are no answer: a bit between them is twice the odds.
        let (entity, _, [a, b]) = best.filter(|(_, weight, _)| *weight >= second.saturating_add(1_000))?;
        Some((entity, a.compare(b)))
    }

    /// Whether the tables may have a name of these sounds, as [`Linker::bearers`] finds them.
    pub fn may_bear(&self, kind: EntityKind, sounds: &str) -> bool {
        self.tables.has_sound(kind, sounds)
    }

    /// Whether a name can be one of an entity's, by comparison with each that says who it is.
    pub fn fits(&self, entity: usize, name: &PreparedName) -> bool {
        self.names(entity).iter().any(|own| own.name().is_full() && own.weight(name) > 0)
    }

    /// The country or other outermost container of a place, or the place itself when it has none.
    fn outermost(&self, id: &str) -> String {
        let mut at = id.to_owned();
        for _ in 0..16 {
            match self.tables.get(&at).and_then(|e| e.within().map(str::to_owned)) {
                // Continents and regions of the world hold countries; they tell nothing apart.
                Some(outer) if !at.starts_with('Q') => at = outer,
                _ => break,
            }
        }
        at
    }

    /// Of the entities that bear a place's or organization's name, the one meant: that which lies in the container
    /// named with it, else where the document's other places lie, else what the name means most often and who is most
    /// prominent.
    ///
    /// `votes` are the outermost containers of the document's places that are beyond doubt.
    pub fn choose(
        &self,
        bearers: &[Bearer],
        container: Option<&Name>,
        votes: &HashMap<String, u32>,
    ) -> Option<(usize, ChosenBy)> {
        if let Some(container) = container {
            let outer = self.bearers(container);
            let inside =
                |b: &&Bearer| outer.iter().any(|o| self.tables.is_within(self.id(b.entity), self.id(o.entity)));
            return bearers.iter().find(inside).map(|b| (b.entity, ChosenBy::Container));
        }
        let support = |b: &Bearer| votes.get(&self.outermost(self.id(b.entity))).copied().unwrap_or(0);
        let strong = |b: &&Bearer| !b.weak || support(b) > 0;
        let best = bearers.iter().filter(strong).max_by_key(|b| {
            let rank = self.tables.entity(b.entity).rank();
            (support(b), b.prior, rank, b.exact, std::cmp::Reverse(b.entity))
        })?;
        let others = bearers.iter().filter(|b| b.entity != best.entity).map(support).max();
        let by =
            if others.is_some_and(|most| most < support(best)) { ChosenBy::Document } else { ChosenBy::Prominence };
        Some((best.entity, by))
    }

    /// Whether two names of containers can be those of one place: they sound the same but for generic words, or the
    /// tables know one to lie in the other.
    pub fn nested(&self, a: &str, b: &str) -> bool {
        let (a, b) = (Name::new(a, EntityKind::Place), Name::new(b, EntityKind::Place));
        let telling = |name: &Name| -> Vec<String> {
            let parts = name.parts.iter().filter(|p| !matches!(p.role, Role::Generic | Role::Compass));
            parts.map(|p| p.sound.clone()).collect()
        };
        if telling(&a) == telling(&b) {
            return true;
        }
        let (x, y) = (self.bearers(&a), self.bearers(&b));
        let inside = |x: &Bearer, y: &Bearer| self.tables.is_within(self.id(x.entity), self.id(y.entity));
        x.iter().any(|x| y.iter().any(|y| inside(x, y) || inside(y, x)))
    }

    /// Whether the tables know an entity to lie in a place of this name.
    pub fn lies_in(&self, entity: usize, container: &str) -> bool {
        let outer = self.bearers(&Name::new(container, EntityKind::Place));
        outer.iter().any(|o| self.tables.is_within(self.id(entity), self.id(o.entity)))
    }

    /// The outermost container of an entity, for [`Linker::choose`].
    pub fn vote(&self, entity: usize) -> String {
        self.outermost(self.id(entity))
    }
}
