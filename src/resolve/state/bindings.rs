//! Short forms that stand alone in their documents: `Omsen`, of whom a document says no more.
//!
//! Such a name joins the cluster that alone bears it as a family name, when it is rare; the same word in several such documents
//! is one person's, when it is rare and nobody bears it in full.

use std::collections::{BTreeMap, BTreeSet};

use super::entities::Before;
use super::{Id, State};
use crate::mention::EntityKind;
use crate::name::Part;
use crate::resolve::block::LARGEST_BLOCK;

/// What a single name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::resolve) struct Binding {
    /// The cluster.
    pub to: Id,
    /// Its node whose name is most like.
    pub via: Id,
    /// Which of its full names; none when it is a single name as well.
    pub name: Option<usize>,
}

/// Whoever has a name with more evidence than this for being the one meant, in 1/1000 log2 odds, makes it ambiguous: he
/// would be meant once in nine times.
pub(in crate::resolve) const POSSIBLE: i32 = -3_000;

impl State {
    /// The only part of a person's name of whom no document of the node says more.
    pub(super) fn single_part(&self, node: Id) -> Option<&Part> {
        let derived = &self.nodes[node].derived;
        let name = derived.single.as_ref().map(|s| s.name()).filter(|_| derived.table.is_none())?;
        match name.parts.as_slice() {
            [part] if name.kind == EntityKind::Person => Some(part),
            _ => None,
        }
    }

    /// Finds anew what single names stand for, where clusters that bear them came or went.
    pub(super) fn bind(&mut self, before: &mut Before) {
        let mut keys = std::mem::take(&mut before.keys);
        for &cluster in &before.fresh {
            keys.extend(self.clusters[cluster].families.iter().cloned());
            keys.extend(self.clusters[cluster].single.clone());
        }
        let keys: Vec<String> = keys.into_iter().filter(|key| self.singles.contains_key(key)).collect();
        let found = crate::parallel::map(&keys, |key| self.bindings(key));
        for (cluster, binding) in found.into_iter().flatten() {
            let old = self.clusters[cluster].binding.clone();
            if old == binding {
                continue;
            }
            before.heads.insert(cluster);
            for target in [&old, &binding].into_iter().flatten().map(|b| b.to) {
                self.remember(target, before);
                before.heads.insert(target);
            }
            self.remember(cluster, before);
            if let Some(old) = old {
                self.clusters[old.to].arrivals.remove(&cluster);
            }
            if let Some(new) = &binding {
                self.clusters[new.to].arrivals.insert(cluster);
            }
            self.clusters[cluster].binding = binding;
        }
    }

    /// What the single names of a key stand for.
    fn bindings(&self, key: &str) -> Vec<(Id, Option<Binding>)> {
        let mut singles: Vec<Id> = self.singles.get(key).into_iter().flatten().copied().collect();
        let signature = |cluster: &Id| &self.nodes[self.clusters[*cluster].nodes[0]].signature;
        singles.sort_by(|a, b| signature(a).cmp(signature(b)));
        let none = BTreeSet::new();
        let bearers = self.families.get(key).unwrap_or(&none);
        let mut first_of: BTreeMap<&str, Id> = BTreeMap::new();
        let mut out = Vec::with_capacity(singles.len());
        for single in singles {
            let node = self.clusters[single].nodes[0];
            let candidates = if bearers.len() > LARGEST_BLOCK { None } else { Some(self.bearing(node, bearers)) };
            let binding = match candidates.as_deref() {
                // Somebody of whom many bear the name is not told by it.
                None => None,
                Some([(binding, weight)]) => {
                    let held = self.clusters[binding.to].nodes.iter().any(|&m| self.why_apart(node, m).is_some());
                    (*weight > 0 && !held).then(|| binding.clone())
                }
                Some([]) => self.single_part(node).and_then(|part| {
                    let derived = &self.nodes[node].derived;
                    let rare = derived.single.as_ref().is_some_and(|name| name.weight(name) > 0);
                    let Some(&first) = first_of.get(part.sound.as_str()) else {
                        first_of.insert(&part.sound, single);
                        return None;
                    };
                    let via = self.clusters[first].nodes[0];
                    let one = rare && self.why_apart(node, via).is_none();
                    one.then_some(Binding { to: first, via, name: None })
                }),
                Some(_) => None,
            };
            out.push((single, binding));
        }
        out
    }

    /// The clusters that a single name may stand for, each with its best name and the evidence.
    fn bearing(&self, node: Id, clusters: &BTreeSet<Id>) -> Vec<(Binding, i32)> {
        let Some(single) = &self.nodes[node].derived.single else { return Vec::new() };
        let mut out = Vec::new();
        for &to in clusters {
            let names = self.clusters[to].nodes.iter().flat_map(|&via| {
                let full = &self.nodes[via].derived.full;
                full.iter().enumerate().map(move |(name, own)| (via, name, own))
            });
            let weighed = names.map(|(via, name, own)| ((single.weight(own), own.name().surface.as_str()), via, name));
            let best = weighed.max_by(|a, b| (a.0.0, b.0.1).cmp(&(b.0.0, a.0.1)));
            if let Some(((weight, _), via, name)) = best.filter(|((weight, _), ..)| *weight > POSSIBLE) {
                out.push((Binding { to, via, name: Some(name) }, weight));
            }
        }
        out
    }
}
