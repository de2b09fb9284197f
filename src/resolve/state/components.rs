//! Components that were touched: found anew, and clustered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::entities::Before;
use super::node::Why;
use super::ties::{Tie, in_two_places, tie};
use super::{Cluster, Id, NONE, State};
use crate::mention::EntityKind;
use crate::name::{Role, skeleton};
use crate::resolve::cluster::{Clustered, Component, Edge, UNCOMPARED, cluster};
use crate::resolve::constraints::Pairs;

impl State {
    /// Finds the components anew that were touched, and their clusters; returns what the entities were before.
    pub(super) fn regroup(&mut self) -> Before {
        let mut before = Before::default();
        let mut region: BTreeSet<Id> = BTreeSet::new();
        for component in std::mem::take(&mut self.wait.loose) {
            region.extend(std::mem::take(&mut self.components[component]));
            self.components.remove(component);
        }
        let old: BTreeSet<Id> = region.iter().map(|&n| self.nodes[n].cluster).filter(|&c| c != NONE).collect();
        // Clusters whose last node is gone are in no component any more.
        let emptied = std::mem::take(&mut self.wait.emptied);
        for &cluster in old.iter().chain(&emptied) {
            self.remember(cluster, &mut before);
        }
        for cluster in old.into_iter().chain(emptied) {
            self.dissolve(cluster, &mut before);
        }
        let components = self.connected(&region);
        let found = crate::parallel::map(&components, |nodes| self.clustered(nodes));
        for (nodes, found) in components.into_iter().zip(found) {
            for &node in &nodes {
                self.torn.remove(&node);
            }
            for (node, (a, b)) in found.torn {
                self.torn.insert(nodes[node], (nodes[a], nodes[b]));
            }
            for members in found.clusters {
                let members: Vec<Id> = members.into_iter().map(|i| nodes[i]).collect();
                let made = self.form(members);
                before.fresh.insert(made);
            }
            let component = self.components.insert(nodes);
            for at in 0..self.components[component].len() {
                let node = self.components[component][at];
                self.nodes[node].component = component;
            }
        }
        self.bind(&mut before);
        before
    }

    /// Nodes that evidence or a user's word ties to each other, in the order of their signatures.
    fn connected(&self, region: &BTreeSet<Id>) -> Vec<Vec<Id>> {
        let mut seen: BTreeSet<Id> = BTreeSet::new();
        let mut components = Vec::new();
        for &start in region {
            if !seen.insert(start) {
                continue;
            }
            let mut nodes = vec![start];
            let mut next = 0;
            while let Some(&id) = nodes.get(next) {
                next += 1;
                let node = &self.nodes[id];
                let decided = node.numbers.iter().flat_map(|&number| self.partners(number));
                for other in node.alike().chain(decided) {
                    if seen.insert(other) {
                        nodes.push(other);
                    }
                }
            }
            nodes.sort_by(|&a, &b| self.nodes[a].signature.cmp(&self.nodes[b].signature));
            components.push(nodes);
        }
        components
    }

    /// Clusters the nodes of a component.
    fn clustered(&self, nodes: &[Id]) -> Clustered {
        if nodes.len() == 1 {
            return Clustered { clusters: vec![vec![0]], torn: Vec::new() };
        }
        let place: BTreeMap<Id, usize> = nodes.iter().enumerate().map(|(i, &id)| (id, i)).collect();
        let mut component = Component::default();
        for (a, &id) in nodes.iter().enumerate() {
            let node = &self.nodes[id];
            component.labels.push(node.derived.table);
            if node.derived.abbreviated && node.derived.table.is_none() {
                component.abbreviated.insert(a);
            }
            for (b, &(_, weight)) in node.edges.iter().filter_map(|edge| Some((place.get(&edge.0)?, edge))) {
                let b = *b;
                if a < b {
                    component.edges.push(Edge { a, b, weight });
                }
                if weight > 0 && self.nodes[nodes[b]].bears_names_of(node) {
                    component.bears.insert((a, b));
                }
            }
            let held = node.held.keys().chain(node.apart.iter().map(|(other, _)| other));
            component.cannot.extend(held.filter_map(|other| place.get(other)).map(|&b| (a.min(b), a.max(b))));
        }
        component.parted = self.decided(&self.constraints.different, nodes, &place);
        let is_parted = |pair: &(usize, usize)| component.parted.contains(pair);
        let mut must = self.decided(&self.constraints.same, nodes, &place);
        // What a text says to lie in two places is not what a word about their common name means.
        must.retain(|pair| {
            let (x, y) = (&self.nodes[nodes[pair.0]], &self.nodes[nodes[pair.1]]);
            !is_parted(pair) && !in_two_places(x, y, &self.linker)
        });
        component.must = must;
        let compare = |a: usize, b: usize| match tie(&self.nodes[nodes[a]], &self.nodes[nodes[b]], &self.linker) {
            Tie::Evidence(weight) => weight,
            Tie::None | Tie::Apart(_) => UNCOMPARED,
        };
        cluster(&component, &compare)
    }

    /// The pairs of a component that users decided about.
    fn decided(&self, pairs: &Pairs, nodes: &[Id], place: &BTreeMap<Id, usize>) -> BTreeSet<(usize, usize)> {
        let mut out = BTreeSet::new();
        for (a, &id) in nodes.iter().enumerate() {
            let others = self.nodes[id].numbers.iter().flat_map(|&number| pairs.of(number));
            let bearers = others.filter_map(|other| self.bearers.get(&other)).flatten();
            out.extend(bearers.filter_map(|id| place.get(id)).filter(|&&b| b != a).map(|&b| (a.min(b), a.max(b))));
        }
        out
    }

    /// Makes a cluster of nodes, which are in order.
    fn form(&mut self, nodes: Vec<Id>) -> Id {
        let mut families: Vec<String> = Vec::new();
        for name in nodes.iter().flat_map(|&n| &self.nodes[n].derived.full) {
            let name = name.name();
            if name.kind == EntityKind::Person {
                families.extend(name.core().filter(|p| p.role == Role::Family).map(|p| skeleton(&p.sound)));
            }
        }
        families.sort_unstable();
        families.dedup();
        let single = match nodes.as_slice() {
            [only] => self.single_part(*only).map(|part| skeleton(&part.sound)),
            _ => None,
        };
        let members = nodes.clone();
        let (binding, arrivals) = (None, BTreeSet::new());
        let cluster = Cluster { nodes, families, single, binding, arrivals, head: NONE, entity: None };
        let id = self.clusters.insert(cluster);
        for node in members {
            self.nodes[node].cluster = id;
        }
        let made = &self.clusters[id];
        for key in &made.families {
            self.families.entry(key.clone()).or_default().insert(id);
        }
        if let Some(key) = &made.single {
            self.singles.entry(key.clone()).or_default().insert(id);
        }
        id
    }

    /// Takes a cluster apart; its nodes are to be clustered anew.
    fn dissolve(&mut self, id: Id, before: &mut Before) {
        let cluster = &mut self.clusters[id];
        let (families, single) = (std::mem::take(&mut cluster.families), cluster.single.take());
        let (binding, arrivals) = (cluster.binding.take(), std::mem::take(&mut cluster.arrivals));
        let entity = cluster.entity.take();
        for node in std::mem::take(&mut cluster.nodes) {
            self.nodes[node].cluster = NONE;
        }
        for key in families {
            if let Some(clusters) = self.families.get_mut(&key) {
                clusters.remove(&id);
            }
            before.keys.insert(key);
        }
        if let Some(key) = single {
            if let Some(clusters) = self.singles.get_mut(&key) {
                clusters.remove(&id);
            }
            before.keys.insert(key);
        }
        if let Some(binding) = binding {
            self.clusters[binding.to].arrivals.remove(&id);
            before.heads.insert(binding.to);
        }
        for arrival in arrivals {
            self.clusters[arrival].binding = None;
            before.heads.insert(arrival);
            before.keys.extend(self.clusters[arrival].single.clone());
        }
        if let Some(known) = entity {
            self.forget(id, &known, before);
        }
        before.heads.remove(&id);
        self.clusters.remove(id);
    }

    /// What holds two nodes apart, if anything does.
    pub fn why_apart(&self, a: Id, b: Id) -> Option<Why> {
        let node = &self.nodes[a];
        let parted = |&number: &usize| {
            let mut others = self.constraints.different.of(number);
            others.any(|other| self.nodes[b].numbers.contains(&other))
        };
        if node.numbers.iter().any(parted) {
            return Some(Why::User);
        }
        if node.held.contains_key(&b) {
            return Some(Why::Text);
        }
        node.apart.binary_search_by_key(&b, |(other, _)| *other).ok().map(|at| node.apart[at].1)
    }

    /// The pairs of nodes that something holds apart, from the side of one.
    pub fn held_apart(&self, a: Id) -> Vec<(Id, Why)> {
        let node = &self.nodes[a];
        let mut out: Vec<(Id, Why)> = node.apart.clone();
        out.extend(node.held.keys().map(|&b| (b, Why::Text)));
        for &number in &node.numbers {
            let others = self.constraints.different.of(number).filter_map(|other| self.bearers.get(&other));
            out.extend(others.flatten().filter(|&&b| b != a).map(|&b| (b, Why::User)));
        }
        out
    }

    /// An entity's id, as it was when last looked at.
    pub fn id_of(&self, node: Id) -> Option<Arc<str>> {
        let cluster = self.nodes[node].cluster;
        if cluster == NONE {
            return None;
        }
        let head = self.clusters[cluster].head;
        if head == NONE { None } else { self.clusters[head].entity.as_ref().map(|known| known.id.clone()) }
    }
}
