//! The state of some documents as a [`Resolution`].

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::canonical::Links;
use super::evidence::{DECIDED, Evidence};
use super::state::node::Why;
use super::state::ties::{best_names, evidence};
use super::state::{Id, State};
use super::{AliasCount, Ambiguous, Choice, ChosenBy, Entity, Link, MentionRef, Near, Resolution};

/// Pairs of entities with more evidence than this between them are worth looking at, in 1/1000 log2 odds: they would be
/// one once in about thirty times.
const NEAR: i32 = -5_000;

/// The entities of the documents in these slots, which are all there are. `MentionRef::document` counts their places.
pub(super) fn resolution(state: &State, slots: &[Id], mentions: impl Fn(usize) -> usize) -> Resolution {
    let place: BTreeMap<Id, usize> = slots.iter().enumerate().map(|(i, &slot)| (slot, i)).collect();
    let heads: Vec<Id> = state.heads().into_iter().collect();
    let mut made: Vec<(Entity, Vec<Link>, Id)> = crate::parallel::map(&heads, |&head| {
        let entity = entity(state, head, &place);
        let links = links(state, &state.nodes_of(head)).of(&entity.id).collect();
        (entity, links, head)
    });
    let order = |e: &Entity| (Reverse(e.mentions.len()), e.kind, e.name.clone(), e.id.clone());
    made.sort_by_cached_key(|(entity, ..)| order(entity));
    let place_of: BTreeMap<Id, usize> = made.iter().enumerate().map(|(i, (.., head))| (*head, i)).collect();
    let (mut entities, mut links) = (Vec::with_capacity(made.len()), Vec::new());
    for (entity, own, _) in made {
        entities.push(entity);
        links.extend(own);
    }
    links.sort();
    let mut of: Vec<Vec<Option<usize>>> = (0..slots.len()).map(|d| vec![None; mentions(d)]).collect();
    for (e, entity) in entities.iter().enumerate() {
        for mention in &entity.mentions {
            if let Some(slot) = of.get_mut(mention.document).and_then(|d| d.get_mut(mention.mention)) {
                *slot = Some(e);
            }
        }
    }
    let entity_at = |node: Id| {
        let head = state.clusters[state.nodes[node].cluster].head;
        place_of.get(&head).copied()
    };
    let (apart, near) = between(state, entity_at);
    let choices = choices(state);
    let ambiguous = ambiguous(state, slots);
    Resolution { entities, links, of, capped: state.capped(), choices, apart, near, ambiguous }
}

/// What decided between table entities of one name.
fn choices(state: &State) -> Vec<Choice> {
    let mut found: BTreeMap<(&str, usize, ChosenBy), (BTreeSet<usize>, usize)> = BTreeMap::new();
    for node in state.live.iter().map(|&id| &state.nodes[id]) {
        let Some(table) = node.derived.table else { continue };
        for (&(name, by), &documents) in &node.chosen {
            let bearers = state.names.entries[name].table.iter().map(|bearer| bearer.entity);
            let key = (state.names.name(name).folded.as_str(), table, by);
            let (others, count) = found.entry(key).or_default();
            others.extend(bearers.filter(|&other| other != table));
            *count += documents as usize;
        }
    }
    let id = |table: usize| state.linker.id(table).to_owned();
    let choice =
        |((name, table, by), (others, documents)): ((&str, usize, ChosenBy), (BTreeSet<usize>, usize))| Choice {
            name: name.to_owned(),
            table_id: id(table),
            by,
            others: others.into_iter().map(id).collect(),
            documents,
        };
    found.into_iter().map(choice).collect()
}

/// The mentions that several entities of their documents can be meant by, in the order of the documents.
fn ambiguous(state: &State, slots: &[Id]) -> Vec<Ambiguous> {
    let of = |(document, &slot): (usize, &Id)| {
        state.slots[slot].open.iter().map(move |open| Ambiguous {
            mention: MentionRef { document, mention: open.mention },
            candidates: open.candidates.clone(),
            chosen: open.chosen.clone(),
        })
    };
    slots.iter().enumerate().flat_map(of).collect()
}

/// The entity that a cluster tells.
pub(super) fn entity(state: &State, head: Id, place: &BTreeMap<Id, usize>) -> Entity {
    let nodes = state.nodes_of(head);
    let counts = state.counts(&nodes);
    let name = state.name_of(&nodes, &counts);
    let aliases = aliases(counts);
    let mut mentions: Vec<MentionRef> = Vec::new();
    for &(slot, local) in nodes.iter().flat_map(|&n| &state.nodes[n].members) {
        let placed = &state.slots[slot].placed[local as usize];
        let document = place.get(&slot).copied().unwrap_or_default();
        mentions.extend(placed.mentions.iter().map(|&mention| MentionRef { document, mention: mention as usize }));
    }
    mentions.sort_unstable();
    let id = state.id_of(nodes[0]).map_or_else(String::new, |id| id.to_string());
    let table_id = state.table_of(&nodes).map(|table| state.linker.id(table).to_owned());
    Entity { id, kind: state.nodes[nodes[0]].signature.kind, name, table_id, aliases, mentions }
}

/// The surfaces of an entity, the most frequent first.
pub(super) fn aliases(counts: BTreeMap<&str, usize>) -> Vec<AliasCount> {
    let mut aliases: Vec<AliasCount> =
        counts.into_iter().map(|(text, count)| AliasCount { text: text.to_owned(), count }).collect();
    aliases.sort_by(|a, b| (Reverse(a.count), &a.text).cmp(&(Reverse(b.count), &b.text)));
    aliases
}

/// The links of an entity: those of its documents, and those across them.
pub(super) fn links(state: &State, nodes: &[Id]) -> Links {
    let mut links = Links::default();
    let inside: BTreeMap<Id, usize> = nodes.iter().enumerate().map(|(i, &id)| (id, i)).collect();
    for (i, &id) in nodes.iter().enumerate() {
        let node = &state.nodes[id];
        for join in node.joins.keys().chain(&node.derived.table_join) {
            links.add(&join.left, &join.right, &join.rule, &join.evidence, &join.sentence);
        }
        if let Some(tally) = &node.tally {
            links.add_all(&tally.links);
        }
        for other in node.alike().filter(|other| inside.get(other).is_some_and(|&j| j > i)) {
            if let Some((rule, comparison)) = evidence(node, &state.nodes[other], &state.linker) {
                links.add(&comparison.left, &comparison.right, rule, &comparison.evidence, "");
            }
        }
        if let Some(binding) = &state.clusters[node.cluster].binding
            && inside.contains_key(&binding.via)
            && let Some(single) = &node.derived.single
        {
            let via = &state.nodes[binding.via].derived;
            let full = binding.name.and_then(|name| via.full.get(name));
            let rule = if full.is_some() { "short-form-across" } else { "comparison" };
            if let Some(name) = full.or(via.single.as_ref()) {
                let comparison = single.compare(name);
                links.add(&comparison.left, &comparison.right, rule, &comparison.evidence, "");
            }
        }
    }
    decided(state, nodes, &mut links);
    links
}

/// The links that users made between documents.
fn decided(state: &State, nodes: &[Id], links: &mut Links) {
    let mut bearers: BTreeMap<usize, Id> = BTreeMap::new();
    for &id in nodes {
        for &number in &state.nodes[id].numbers {
            bearers.entry(number).or_insert(id);
        }
    }
    let surface = |number: usize| {
        let bearer = &state.nodes[*bearers.get(&number)?];
        let names = bearer.names.keys().map(|&name| state.names.name(name));
        let meant = names.filter(|name| state.constraints.is_numbered(number, name.kind, &name.folded));
        meant.map(|name| name.surface.as_str()).min()
    };
    for &left in bearers.keys() {
        for right in state.constraints.same.of(left).filter(|&right| right > left) {
            if let (Some(left), Some(right)) = (surface(left), surface(right)) {
                links.add(left, right, "decision", &[Evidence::new("a user's decision", left, right, DECIDED)], "");
            }
        }
    }
}

/// The pairs of entities that something holds apart, and those that evidence brings near each other.
fn between(state: &State, entity_at: impl Fn(Id) -> Option<usize>) -> (BTreeMap<(usize, usize), Why>, Vec<Near>) {
    let mut apart: BTreeMap<(usize, usize), Why> = BTreeMap::new();
    let mut near: BTreeMap<(usize, usize), (i32, Id, Id)> = BTreeMap::new();
    for &id in &state.live {
        let Some(own) = entity_at(id) else { continue };
        for (other, why) in state.held_apart(id) {
            if let Some(other) = entity_at(other).filter(|&other| other != own) {
                let strongest = apart.entry((own, other)).or_insert(why);
                *strongest = why.max(*strongest);
            }
        }
        for &(other, weight) in state.nodes[id].edges.iter().filter(|(_, weight)| *weight > NEAR) {
            let Some(there) = entity_at(other).filter(|&there| there > own) else { continue };
            // Of equal pairs the one whose signatures come first.
            let signatures = |a: Id, b: Id| (&state.nodes[a].signature, &state.nodes[b].signature);
            let best = near.entry((own, there)).or_insert((weight, id, other));
            if (weight, Reverse(signatures(id, other))) > (best.0, Reverse(signatures(best.1, best.2))) {
                *best = (weight, id, other);
            }
        }
    }
    let torn: BTreeSet<(usize, usize)> = state
        .torn
        .iter()
        .flat_map(|(&node, &(a, b))| [(node, a), (node, b)])
        .filter_map(|(x, y)| Some((entity_at(x)?, entity_at(y)?)))
        .map(|(x, y)| (x.min(y), x.max(y)))
        .collect();
    let near = near
        .into_iter()
        .filter_map(|((left, right), (weight, a, b))| {
            let (left_name, right_name) = best_names(&state.nodes[a], &state.nodes[b])?;
            let (left_name, right_name) = (left_name.to_owned(), right_name.to_owned());
            let queued = torn.contains(&(left, right));
            Some(Near { left, right, weight, left_name, right_name, queued })
        })
        .collect();
    (apart, near)
}
