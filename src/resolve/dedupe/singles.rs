//! Names of one part, which stand for the only bearer of it in the list, if there is just one.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt};

use super::graph::number;
use super::join::LARGEST_GROUP;
use super::pool::{FULL, KUNYA, NONE, Pool};
use super::weigh::Scale;
use crate::mention::EntityKind;
use crate::name::{Role, skeleton};
use crate::resolve::POSSIBLE;

/// Gives the clusters of single names that stand for another's: `of` has the cluster of each node.
pub(super) fn bind(pool: &Pool, scale: &mut Scale<'_>, known: &[u32], of: &mut [u32]) {
    if pool.kind != EntityKind::Person {
        return;
    }
    let count = number(of.len());
    let nodes = || 0..count;
    let bones = |piece: u32| skeleton(&pool.pieces[piece as usize].part.sound);
    let mut singles: Vec<(String, String, u32)> = Vec::new();
    for node in nodes().filter(|&node| !pool.is(node, FULL | KUNYA) && known[node as usize] == NONE) {
        if let &[piece] = pool.pieces_of(node) {
            singles.push((bones(piece), pool.text(node).to_owned(), node));
        }
    }
    singles.sort_unstable();
    let mut bearers: HashMap<String, Vec<u32>> = singles.iter().map(|s| (s.0.clone(), Vec::new())).collect();
    if bearers.is_empty() {
        return;
    }
    // What a piece has in common with a single name is asked once.
    let of_piece: Vec<Option<String>> = (0..number(pool.pieces.len()))
        .map(|piece| Some(bones(piece)).filter(|_| pool.pieces[piece as usize].part.role == Role::Family))
        .collect();
    for node in nodes().filter(|&node| pool.is(node, FULL)) {
        let mut last: Option<&String> = None;
        for &piece in pool.pieces_of(node) {
            let Some(bones) = &of_piece[piece as usize] else { continue };
            if last.replace(bones) != Some(bones)
                && let Some(nodes) = bearers.get_mut(bones)
            {
                nodes.push(node);
            }
        }
    }
    let mut first_of: HashMap<&str, u32> = HashMap::new();
    for (bones, _, single) in &singles {
        let nodes = bearers.get(bones).map_or(&[][..], Vec::as_slice);
        let clusters: BTreeSet<u32> = nodes.iter().map(|&node| of[node as usize]).take(LARGEST_GROUP + 1).collect();
        if clusters.len() > LARGEST_GROUP || nodes.len() > LARGEST_GROUP {
            // Somebody of whom many bear the name is not told by it.
            continue;
        }
        let mut possible: BTreeMap<u32, i32> = BTreeMap::new();
        for &node in nodes {
            let weight = scale.weigh(*single, node);
            if weight > POSSIBLE {
                let most = possible.entry(of[node as usize]).or_insert(weight);
                *most = weight.max(*most);
            }
        }
        if possible.is_empty() {
            // The same word several times is one person's, when it is rare and nobody bears it in full.
            let sound = &pool.pieces[pool.pieces_of(*single)[0] as usize].part.sound;
            let first = *first_of.entry(sound).or_insert(*single);
            if first != *single && scale.weigh(*single, *single) > 0 {
                of[*single as usize] = of[first as usize];
            }
        } else if possible.len() == 1
            && let Some((&cluster, _)) = possible.iter().next().filter(|(_, weight)| **weight > 0)
        {
            of[*single as usize] = cluster;
        }
    }
}
