//! Lists of names, each of which stands for itself: one id for all names of one thing.

use crate::mention::EntityKind;
use crate::name::Name;

mod agglomerate;
mod graph;
mod join;
mod pool;
mod weigh;

use graph::{Graph, number};
use pool::Pool;
use weigh::Scale;

use super::Resolver;

/// A list of names to be gathered.
#[derive(Debug)]
pub struct List {
    resolver: Resolver,
    pools: [Pool; EntityKind::ALL.len()],
    /// The kind and node of each name.
    rows: Vec<(EntityKind, u32)>,
    waiting: Vec<(EntityKind, String)>,
}

/// Names are parsed so many at a time, by all threads.
const BATCH: usize = 1 << 14;

impl List {
    /// An empty list.
    #[must_use]
    pub fn new(resolver: &Resolver) -> Self {
        let pools = EntityKind::ALL.map(Pool::new);
        Self { resolver: resolver.clone(), pools, rows: Vec::new(), waiting: Vec::new() }
    }

    /// Adds a name.
    pub fn push(&mut self, name: &str, kind: EntityKind) {
        self.waiting.push((kind, name.to_owned()));
        if self.waiting.len() == BATCH {
            self.take_in();
        }
    }

    fn take_in(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let parsed = crate::parallel::map(&waiting, |(kind, surface)| {
            let text = pool::key(surface);
            let known = self.pools[*kind as usize].find(&text).ok();
            let name = known.is_none().then(|| Name::new(surface, *kind));
            (text, known, name)
        });
        for ((kind, _), (text, known, name)) in waiting.iter().zip(parsed) {
            let pool = &mut self.pools[*kind as usize];
            let node = match (known, pool.find(&text), name) {
                (Some(node), ..) | (None, Ok(node), _) => node,
                (None, Err(hash), Some(name)) => pool.add(&text, hash, name),
                (None, Err(_), None) => continue,
            };
            self.rows.push((*kind, node));
        }
    }

    /// Gathers the names.
    #[must_use]
    pub fn group(mut self) -> Groups {
        self.take_in();
        let _ = &self.resolver;
        let timed = std::env::var_os("LIST_TIMES").is_some();
        let of: Vec<Vec<u32>> = self
            .pools
            .iter()
            .map(|pool| {
                let begin = std::time::Instant::now();
                let mut last = begin.elapsed();
                let mut say = |what: &str| {
                    if timed {
                        let now = begin.elapsed();
                        eprintln!("{what}: {:?}", now - last);
                        last = now;
                    }
                };
                let graph = Graph::new(pool);
                say(&format!("graph of {} words, {} nodes", pool.words.len(), pool.nodes.len()));
                let candidates = join::candidates(pool, &graph);
                say(&format!("{} candidates, {} capped", candidates.pairs.len(), candidates.capped.len()));
                let chunks: Vec<&[(u32, u32)]> = candidates.pairs.chunks(1 << 14).collect();
                let weights: Vec<i32> = crate::parallel::map(&chunks, |pairs| {
                    let mut scale = Scale::new(pool, &graph);
                    pairs.iter().map(|&(a, b)| scale.weigh(a, b)).collect::<Vec<i32>>()
                })
                .into_iter()
                .flatten()
                .collect();
                say("weighed");
                let edges: Vec<agglomerate::Weighed> = candidates
                    .pairs
                    .iter()
                    .zip(weights)
                    .map(|(&(a, b), w)| (a, b, w))
                    .collect();
                let clusters = agglomerate::clusters(pool, &graph, &edges);
                say(&format!("clusters of {} edges", edges.len()));
                clusters
            })
            .collect();
        let entities = self.rows.iter().map(|&(kind, node)| (kind, of[kind as usize][node as usize])).collect();
        Groups { entities }
    }
}

/// The entities of a list.
#[derive(Debug)]
pub struct Groups {
    entities: Vec<(EntityKind, u32)>,
}

impl Groups {
    /// The entity of each name.
    #[must_use]
    pub fn entity(&self, i: usize) -> Option<(EntityKind, u32)> {
        self.entities.get(i).copied()
    }
}

#[allow(dead_code)]
fn used() -> u32 {
    number(0)
}
