//! Which names of a list the tables know: by letters and sound, else by comparison with the names of the tables, which are
//! compared as if they stood in the list.

use foldhash::HashMap;

use super::agglomerate::Weighed;
use super::graph::number;
use super::pool::{ABBREVIATED, FULL, KUNYA, NONE, Pool};
use super::weigh::Scale;
use crate::resolve::TABLE_MARGIN;
use crate::resolve::linker::Linker;

/// Two entities of the tables that a name fits almost alike are no answer: a bit between them is twice the odds.
const CLEARLY: i32 = 1_000;

/// A name of the tables: its node, and the number of its entity.
pub(super) type Named = (u32, u32);

/// The table entity of each of the first `nodes` nodes, by its number; [`NONE`] of those that the tables do not know.
pub(super) fn entities(
    pool: &Pool,
    nodes: u32,
    scale: &Scale<'_>,
    linker: &Linker,
    named: &[Named],
    weighed: &[Weighed],
) -> Vec<u32> {
    if linker.tables().is_empty() {
        return vec![NONE; nodes as usize];
    }
    let all: Vec<u32> = (0..nodes).collect();
    let chunks: Vec<&[u32]> = all.chunks(1 << 10).collect();
    let found = crate::parallel::map(&chunks, |nodes| {
        let mut sounds = String::new();
        nodes.iter().map(|&node| by_sound(pool, scale, linker, node, &mut sounds)).collect::<Vec<u32>>()
    });
    let mut out: Vec<u32> = found.into_iter().flatten().collect();
    let mut fits: Vec<(u32, u32, i32)> = Vec::new();
    for &(a, b, weight) in weighed.iter().filter(|(_, b, weight)| *b >= nodes && *weight >= TABLE_MARGIN) {
        let may = out[a as usize] == NONE && !pool.is(a, KUNYA) && !pool.is(b, KUNYA);
        if may {
            let from = named.partition_point(|(node, _)| *node < b);
            let entities = named[from..].iter().take_while(|(node, _)| *node == b).map(|(_, entity)| *entity);
            fits.extend(entities.map(|entity| (a, entity, weight)));
        }
    }
    // A name of the list that is one of the tables, too, is a node of both.
    let both: HashMap<u32, Vec<u32>> = named.iter().filter(|(node, _)| *node < nodes).fold(
        HashMap::default(),
        |mut both: HashMap<u32, Vec<u32>>, &(node, entity)| {
            both.entry(node).or_default().push(entity);
            both
        },
    );
    for &(a, b, weight) in weighed.iter().filter(|(_, b, weight)| *b < nodes && *weight >= TABLE_MARGIN) {
        for (x, y) in [(a, b), (b, a)] {
            if out[x as usize] == NONE && !pool.is(x, KUNYA) && !pool.is(y, KUNYA) {
                fits.extend(both.get(&y).into_iter().flatten().map(|&entity| (x, entity, weight)));
            }
        }
    }
    fits.sort_unstable_by_key(|&(node, entity, weight)| (node, entity, std::cmp::Reverse(weight)));
    fits.dedup_by_key(|fit| (fit.0, fit.1));
    for of_node in fits.chunk_by(|a, b| a.0 == b.0) {
        let node = of_node[0].0;
        let Some(best) = of_node.iter().max_by_key(|fit| fit.2) else { continue };
        let second = of_node.iter().filter(|fit| fit.1 != best.1).map(|fit| fit.2).max().unwrap_or(i32::MIN);
        // An initial does not tell one bearer of a family name from another.
        let open = || pool.is(node, ABBREVIATED) && linker.family(scale.prepared(node).name()) > 1;
        if best.2 >= second.saturating_add(CLEARLY) && pool.is(node, FULL) && !open() {
            out[node as usize] = best.1;
        }
    }
    out
}

/// The table entity of a name that has one of its names, or one that sounds the same.
fn by_sound(pool: &Pool, scale: &Scale<'_>, linker: &Linker, node: u32, sounds: &mut String) -> u32 {
    sounds.clear();
    for &piece in pool.pieces_of(node) {
        if !sounds.is_empty() {
            sounds.push(' ');
        }
        sounds.push_str(&pool.pieces[piece as usize].part.sound);
    }
    if pool.ready_of(node).is_none() && !linker.may_bear(pool.kind, sounds) {
        return NONE;
    }
    let name = scale.prepared(node);
    let chosen = linker.choose(&linker.bearers(name.name()), None, &HashMap::default());
    chosen.map_or(NONE, |(entity, _)| number(entity))
}
