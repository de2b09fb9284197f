//! Pairs of entities that a reader may ask about: those that were compared, with what their names have in common.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::mention::EntityKind;
use crate::name::{COARSE, blocking_keys, is_foreign, skeleton};
use crate::resolve::{Comparison, Entity, PreparedName, Resolution};

/// Names of an entity beyond these are not compared: the most frequent come first.
const MOST_NAMES: usize = 30;

/// Of blocks with more entities than this no pair is compared for the report.
const LARGEST_COMPARED: usize = 100;

/// So many pairs are compared, those of small blocks first, whose names have in common what few have: a second's work.
const MOST_COMPARED: usize = 400_000;

/// How many pairs beyond the near ones an entity brings in: those with the most evidence.
const NEAREST: usize = 6;

/// How many pairs are told of, the near ones first.
const MOST_PAIRS: usize = 20_000;

/// Two entities, and the names of theirs that speak most for their being one.
pub(super) struct Pair {
    pub left: usize,
    pub right: usize,
    pub left_name: String,
    pub right_name: String,
    pub weight: i32,
    pub comparison: Comparison,
    pub queued: bool,
}

/// The blocking keys of an entity's full names that another entity has too, by number. None in common: never compared.
#[derive(Default)]
pub(super) struct Keys {
    /// One of its full names is in another script than Latin.
    pub foreign: bool,
    /// It has a full name at all; a short form is bound inside its document.
    pub full: bool,
    pub fine: Vec<usize>,
    /// Keys that count only beside a name in another script.
    pub coarse: Vec<usize>,
}

/// What the names of all entities have in common.
pub(super) struct Pairs {
    pub compared: Vec<Pair>,
    pub keys: Vec<Keys>,
    /// Keys that too many names share to compare them.
    pub capped: Vec<usize>,
}

pub(super) fn pairs(resolution: &Resolution) -> Pairs {
    let names: Vec<Vec<PreparedName>> = crate::parallel::map(resolution.entities(), full_names);
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (entity, names) in names.iter().enumerate() {
        let keys: BTreeSet<String> = names.iter().flat_map(|name| blocking_keys(name.name())).collect();
        for key in keys {
            blocks.entry(key).or_default().push(entity);
        }
    }
    blocks.retain(|_, entities| entities.len() > 1);
    let mut keys: Vec<Keys> = names
        .iter()
        .map(|names| Keys {
            foreign: names.iter().any(|name| is_foreign(name.name())),
            full: !names.is_empty(),
            ..Keys::default()
        })
        .collect();
    let capped_keys: BTreeSet<&str> = resolution.capped().iter().map(|block| block.key.as_str()).collect();
    let mut capped = Vec::new();
    for (number, (key, entities)) in blocks.iter().enumerate() {
        if capped_keys.contains(key.as_str()) {
            capped.push(number);
        }
        for &entity in entities {
            let own = &mut keys[entity];
            if key.starts_with(COARSE) { own.coarse.push(number) } else { own.fine.push(number) }
        }
    }
    let compared = compared(resolution, &names, &blocks, &keys);
    Pairs { compared, keys, capped }
}

fn full_names(entity: &Entity) -> Vec<PreparedName> {
    let names = entity.aliases.iter().map(|alias| PreparedName::new(&alias.text, entity.kind));
    names.filter(|name| name.name().is_full()).collect()
}

/// The entities of each kind and word of a name, by its consonants: a reader asks about two of one family name, which share
/// no blocking key.
fn words(resolution: &Resolution, names: &[Vec<PreparedName>]) -> BTreeMap<(EntityKind, String), Vec<usize>> {
    let mut words: BTreeMap<(EntityKind, String), Vec<usize>> = BTreeMap::new();
    for (entity, names) in names.iter().enumerate() {
        let parts = names.iter().flat_map(|name| name.name().core());
        let sounds: BTreeSet<String> = parts.map(|part| skeleton(&part.sound)).filter(|s| s.len() > 1).collect();
        for sound in sounds {
            words.entry((resolution.entities()[entity].kind, sound)).or_default().push(entity);
        }
    }
    words
}

/// The pairs that the resolution knows to be near, and the nearest of the others that share a key or a word.
fn compared(
    resolution: &Resolution,
    names: &[Vec<PreparedName>],
    blocks: &BTreeMap<String, Vec<usize>>,
    keys: &[Keys],
) -> Vec<Pair> {
    let kind = |entity: usize| resolution.entities()[entity].kind;
    let mut near: Vec<Pair> = Vec::new();
    for n in resolution.near() {
        let name = |surface: &str| PreparedName::new(surface, kind(n.left));
        let comparison = name(&n.left_name).compare(&name(&n.right_name));
        let (left_name, right_name) = (n.left_name.clone(), n.right_name.clone());
        let (left, right, weight, queued) = (n.left, n.right, n.weight, n.queued);
        near.push(Pair { left, right, left_name, right_name, weight, comparison, queued });
    }
    near.sort_by_key(|p| (!p.queued, Reverse(p.weight), p.left, p.right));
    near.truncate(MOST_PAIRS);
    let known: BTreeSet<(usize, usize)> = near.iter().map(|p| (p.left, p.right)).collect();
    let words = words(resolution, names);
    let mut brought_together: Vec<(&[usize], bool)> = words.values().map(|entities| (&entities[..], false)).collect();
    brought_together.extend(blocks.iter().map(|(key, entities)| (&entities[..], key.starts_with(COARSE))));
    brought_together.retain(|(entities, _)| entities.len() <= LARGEST_COMPARED);
    brought_together.sort_by_key(|(entities, coarse)| (entities.len(), *coarse, *entities));
    let mut others: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (entities, coarse) in brought_together {
        if others.len() >= MOST_COMPARED {
            break;
        }
        for (i, &a) in entities.iter().enumerate() {
            let may = |b: &&usize| !coarse || keys[a].foreign || keys[**b].foreign;
            others.extend(entities[i + 1..].iter().filter(may).map(|&b| (a, b)));
        }
    }
    let others: Vec<(usize, usize)> = others.difference(&known).copied().collect();
    let weighed = crate::parallel::map(&others, |&(a, b)| {
        let all = names[a].iter().enumerate().take(MOST_NAMES).flat_map(|(i, x)| {
            let weight = move |(j, y): (usize, &PreparedName)| (Reverse(x.weight(y)), i, j);
            names[b].iter().enumerate().take(MOST_NAMES).map(weight)
        });
        all.min()
    });
    let mut ranked: Vec<_> = others.iter().zip(weighed).filter_map(|(pair, best)| Some((best?, *pair))).collect();
    ranked.sort_unstable();
    let mut brought = vec![0; names.len()];
    for ((Reverse(weight), i, j), (left, right)) in ranked {
        if near.len() >= MOST_PAIRS {
            break;
        }
        if brought[left] >= NEAREST && brought[right] >= NEAREST {
            continue;
        }
        brought[left] += 1;
        brought[right] += 1;
        let comparison = names[left][i].compare(&names[right][j]);
        let (left_name, right_name) = (comparison.left.clone(), comparison.right.clone());
        near.push(Pair { left, right, left_name, right_name, weight, comparison, queued: false });
    }
    near
}
