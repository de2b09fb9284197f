//! Nodes of a list to clusters, by average evidence.
//!
//! Within a connected component the two clusters merge of which the evidence between their nodes, averaged over all pairs, is
//! the most, as long as it is for it: so one strong link between clusters whose other nodes conflict is not enough. Initials
//! with a family name come last, each to the one cluster that it fits clearly better than any other.
//!
//! # Cost
//!
//! The candidates times the logarithm of their number.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use foldhash::HashMap;

use super::graph::{Graph, number};
use super::pool::{ABBREVIATED, FOREIGN, NONE, Pool};
use super::weigh::Scale;
use crate::resolve::cluster::CLEARLY;

/// What two names count for that nothing makes one, in one script and in two, in 1/1000 log2 odds: they share no two words, as
/// far as keys tell, which across scripts tell less, or not enough evidence speaks for them. Chosen on lists of names of politicians, places and companies.
const UNKNOWN: i64 = -3_000;
const ACROSS: i64 = -500;
/// So many pairs that are no candidates are weighed where their weight decides.
const MOST_WEIGHED: usize = 64;

/// What two names weigh that are one entity's of the tables: more than all others in a component.
const SAME: i32 = i32::MAX;

/// So many components are taken by one thread at a time, and so many times as many before it is said how far it is.
const CHUNK: usize = 256;
const ROUND: usize = 256;

/// Of so many names, chance makes none alike that evidence tells apart.
const FEW: usize = 1 << 14;
/// What evidence must be more than even, in 1/1000 log2 odds, each time that a list has twice as many names: more names look
/// alike by chance. Chosen on generated lists of 10,000 to 100,000 names.
const DOUBLED: f64 = 600.0;

/// What evidence must be more than even in a list of so many distinct names, in 1/1000 log2 odds.
pub(super) fn margin(names: usize) -> i32 {
    let margin = DOUBLED * (names.max(FEW) as f64 / FEW as f64).log2();
    #[expect(clippy::cast_possible_truncation, reason = "at most fifty doublings")]
    let margin = margin as i32;
    margin
}

/// A candidate pair and its weight, which is more than [`margin`].
pub(super) type Weighed = (u32, u32, i32);

/// The cluster of each node, as one of its nodes: the one whose text comes first.
///
/// `known` are the table entities of the nodes: those of one are one cluster, and those of two never are. Nothing when
/// `say`, which hears how far it is, says to stop.
pub(super) fn clusters(
    pool: &Pool,
    graph: &Graph,
    known: &[u32],
    weighed: &[Weighed],
    mut say: impl FnMut(usize, usize) -> Option<()>,
) -> Option<Vec<u32>> {
    let mut roots = Roots::new(known.len());
    let mut same: Vec<(u32, u32)> = known.iter().zip(0..).filter(|(k, _)| **k != NONE).map(|(&k, n)| (k, n)).collect();
    same.sort_unstable();
    let same: Vec<(u32, u32)> = same.windows(2).filter(|w| w[0].0 == w[1].0).map(|w| (w[0].1, w[1].1)).collect();
    for &(a, b) in &same {
        roots.join(a, b);
    }
    for &(a, b, _) in weighed {
        roots.join(a, b);
    }
    let mut of: Vec<(u32, Weighed)> = weighed.iter().map(|&pair| (roots.find(pair.0), pair)).collect();
    of.extend(same.into_iter().map(|(a, b)| (roots.find(a), (a, b, SAME))));
    of.sort_unstable();
    let components: Vec<&[(u32, Weighed)]> = of.chunk_by(|a, b| a.0 == b.0).collect();
    let chunks: Vec<&[&[(u32, Weighed)]]> = components.chunks(CHUNK).collect();
    let gather = |components: &&[&[(u32, Weighed)]]| {
        let mut scale = Scale::new(pool, graph);
        let clusters = components.iter().flat_map(|pairs| Component::new(pool, known, &mut scale, pairs).clusters());
        clusters.collect::<Vec<Vec<u32>>>()
    };
    let mut out: Vec<u32> = (0..number(known.len())).collect();
    for (round, chunks) in chunks.chunks(ROUND).enumerate() {
        say(round * ROUND * CHUNK, components.len())?;
        for members in crate::parallel::map(chunks, gather).into_iter().flatten() {
            for &node in &members {
                out[node as usize] = members[0];
            }
        }
    }
    Some(out)
}

/// Sets of nodes that grow together.
struct Roots(Vec<u32>);

impl Roots {
    fn new(nodes: usize) -> Self {
        Self((0..number(nodes)).collect())
    }

    fn find(&mut self, node: u32) -> u32 {
        let mut at = node;
        while self.0[at as usize] != at {
            self.0[at as usize] = self.0[self.0[at as usize] as usize];
            at = self.0[at as usize];
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (x, y) = (self.find(a), self.find(b));
        self.0[x.max(y) as usize] = x.min(y);
    }
}

/// What lies between two clusters: the sum of the weights that are known, and of how many pairs.
#[derive(Debug, Clone, Copy, Default)]
struct Between {
    sum: i64,
    pairs: u32,
    /// Of them in two scripts.
    across: u32,
}

struct Component<'s, 'p> {
    scale: &'s mut Scale<'p>,
    /// The candidates, by the places of their nodes, sorted.
    known: Vec<(u32, u32)>,
    /// In the order of their texts.
    nodes: Vec<u32>,
    abbreviated: Vec<bool>,
    members: Vec<Vec<u32>>,
    between: Vec<BTreeMap<u32, Between>>,
    grown: Vec<u32>,
    /// How many of each cluster are in another script than Latin.
    foreign: Vec<u32>,
    /// The table entity of each cluster.
    labels: Vec<u32>,
    margin: i64,
}

/// Two clusters that may merge: the average of their evidence, the two, and how often each had grown.
type Offer = (i64, Reverse<(u32, u32)>, (u32, u32));

impl<'s, 'p> Component<'s, 'p> {
    fn new(pool: &Pool, known_as: &[u32], scale: &'s mut Scale<'p>, pairs: &[(u32, Weighed)]) -> Self {
        let mut nodes: Vec<u32> = pairs.iter().flat_map(|&(_, (a, b, _))| [a, b]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes.sort_unstable_by(|a, b| pool.text(*a).cmp(pool.text(*b)));
        let place: HashMap<u32, u32> = nodes.iter().zip(0..).map(|(&node, i)| (node, i)).collect();
        let mut between: Vec<BTreeMap<u32, Between>> = vec![BTreeMap::new(); nodes.len()];
        let (mut known, mut same) = (Vec::with_capacity(pairs.len()), Vec::new());
        for &(_, (a, b, weight)) in pairs {
            let (x, y) = (place[&a], place[&b]);
            let across = u32::from(pool.is(a, FOREIGN) != pool.is(b, FOREIGN));
            known.push((x.min(y), x.max(y)));
            let one = Between { sum: i64::from(weight), pairs: 1, across };
            if weight == SAME {
                same.push((x, y));
                continue;
            }
            between[x as usize].insert(y, one);
            between[y as usize].insert(x, one);
        }
        let abbreviated =
            nodes.iter().map(|&node| pool.is(node, ABBREVIATED) && known_as[node as usize] == NONE).collect();
        let members = (0..number(nodes.len())).map(|i| vec![i]).collect();
        let grown = vec![0; nodes.len()];
        let foreign = nodes.iter().map(|&node| u32::from(pool.is(node, FOREIGN))).collect();
        let margin = i64::from(margin(known_as.len()));
        known.sort_unstable();
        known.dedup();
        let labels = nodes.iter().map(|&node| known_as[node as usize]).collect();
        let mut component = Self { scale, known, nodes, abbreviated, members, between, grown, foreign, labels, margin };
        // Those of one table entity come chained, each with the next.
        let mut home: Vec<u32> = (0..number(component.nodes.len())).collect();
        for (a, b) in same {
            let (x, y) = (home[a as usize], home[b as usize]);
            if x != y {
                let keep = component.merge(x, y);
                for &node in &component.members[keep as usize] {
                    home[node as usize] = keep;
                }
            }
        }
        component
    }

    fn clusters(mut self) -> Vec<Vec<u32>> {
        let full: Vec<bool> = self.abbreviated.iter().map(|abbreviated| !abbreviated).collect();
        self.agglomerate(&full);
        let initials: Vec<u32> = (0..number(self.nodes.len())).filter(|&n| self.abbreviated[n as usize]).collect();
        let homes: Vec<(u32, Option<u32>)> = initials.into_iter().map(|node| (node, self.home(node))).collect();
        for &(node, home) in &homes {
            if let Some(home) = home {
                self.members[node as usize].clear();
                self.members[home as usize].push(node);
                self.foreign[home as usize] += self.foreign[node as usize];
            }
        }
        let open: Vec<bool> = {
            let mut open = vec![false; self.nodes.len()];
            homes.iter().filter(|(_, home)| home.is_none()).for_each(|(node, _)| open[*node as usize] = true);
            open
        };
        self.agglomerate(&open);
        let named = |mut members: Vec<u32>| -> Vec<u32> {
            members.sort_unstable();
            members.into_iter().map(|i| self.nodes[i as usize]).collect()
        };
        self.members.into_iter().filter(|m| m.len() > 1).map(named).collect()
    }

    /// The evidence between two clusters, averaged over the pairs of their nodes.
    fn average(&self, a: u32, b: u32, between: Between) -> i64 {
        let count = |cluster: u32| i64::try_from(self.members[cluster as usize].len()).unwrap_or(i64::MAX);
        let (x, y) = (count(a), count(b));
        let (f, g) = (i64::from(self.foreign[a as usize]), i64::from(self.foreign[b as usize]));
        let (all, across) = (x * y, f * (y - g) + g * (x - f));
        let unknown = all - across - i64::from(between.pairs - between.across);
        let unknown_across = across - i64::from(between.across);
        (between.sum + unknown * UNKNOWN + unknown_across * ACROSS) / all.max(1) - self.margin
    }

    fn agglomerate(&mut self, takes_part: &[bool]) {
        let mut heap: BinaryHeap<Offer> = BinaryHeap::new();
        for a in 0..number(self.nodes.len()) {
            if takes_part[a as usize] {
                let others: Vec<u32> = self.between[a as usize].keys().copied().filter(|&b| a < b).collect();
                for b in others.into_iter().filter(|&b| takes_part[b as usize]) {
                    self.offer(&mut heap, a, b);
                }
            }
        }
        while let Some((_, Reverse((a, b)), grown)) = heap.pop() {
            if (self.grown[a as usize], self.grown[b as usize]) != grown {
                continue;
            }
            let keep = self.merge(a, b);
            let others: Vec<u32> = self.between[keep as usize].keys().copied().collect();
            for other in others.into_iter().filter(|&other| takes_part[other as usize]) {
                self.offer(&mut heap, keep.min(other), keep.max(other));
            }
        }
    }

    /// Merges two clusters; returns which of their numbers stays.
    fn merge(&mut self, a: u32, b: u32) -> u32 {
        // The one with more neighbours keeps its own.
        let (keep, give) =
            if self.between[a as usize].len() >= self.between[b as usize].len() { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut self.members[give as usize]);
        self.members[keep as usize].extend(moved);
        self.foreign[keep as usize] += self.foreign[give as usize];
        self.labels[keep as usize] = self.labels[keep as usize].min(self.labels[give as usize]);
        self.grown[keep as usize] += 1;
        self.grown[give as usize] = u32::MAX;
        for (other, more) in std::mem::take(&mut self.between[give as usize]) {
            self.between[other as usize].remove(&give);
            if other != keep {
                for (x, y) in [(keep, other), (other, keep)] {
                    let sum = self.between[x as usize].entry(y).or_default();
                    sum.sum += more.sum;
                    sum.pairs += more.pairs;
                    sum.across += more.across;
                }
            }
        }
        keep
    }

    fn offer(&mut self, heap: &mut BinaryHeap<Offer>, a: u32, b: u32) {
        let mut between = self.between[a as usize].get(&b).copied().unwrap_or_default();
        let mut average = self.average(a, b, between);
        let (x, y) = (self.labels[a as usize], self.labels[b as usize]);
        if x != y && x != NONE && y != NONE {
            return;
        }
        let all = self.members[a as usize].len() * self.members[b as usize].len();
        let known = usize::try_from(between.pairs).unwrap_or(all);
        let two_scripts = (self.foreign[a as usize], self.foreign[b as usize]) != (0, 0);
        if average <= 0 && two_scripts && known < all && all - known <= MOST_WEIGHED && between.sum > 0 {
            between = self.weigh(a, b);
            average = self.average(a, b, between);
        }
        if average > 0 {
            heap.push((average, Reverse((a, b)), (self.grown[a as usize], self.grown[b as usize])));
        }
    }

    /// Weighs the pairs between two clusters that are no candidates.
    fn weigh(&mut self, a: u32, b: u32) -> Between {
        let mut between = self.between[a as usize].get(&b).copied().unwrap_or_default();
        for &x in &self.members[a as usize] {
            for &y in &self.members[b as usize] {
                let pair = (x.min(y), x.max(y));
                if let Err(place) = self.known.binary_search(&pair) {
                    let (m, n) = (self.nodes[x as usize], self.nodes[y as usize]);
                    self.known.insert(place, pair);
                    between.sum += i64::from(self.scale.weigh(m, n));
                    between.pairs += 1;
                    between.across += u32::from(self.scale.is_across(m, n));
                }
            }
        }
        self.between[a as usize].insert(b, between);
        self.between[b as usize].insert(a, between);
        between
    }

    /// The cluster of full names that an abbreviated one fits clearly better than any other.
    fn home(&self, node: u32) -> Option<u32> {
        let mut best: Option<(i64, u32)> = None;
        let mut second = i64::MIN;
        for (&other, &between) in &self.between[node as usize] {
            if self.abbreviated[other as usize] || self.members[other as usize].is_empty() {
                continue;
            }
            let average = self.average(node, other, between);
            match best {
                Some((most, at)) if (most, Reverse(at)) >= (average, Reverse(other)) => second = second.max(average),
                _ => {
                    second = best.map_or(second, |(most, _)| second.max(most));
                    best = Some((average, other));
                }
            }
        }
        best.filter(|&(most, _)| most > 0 && most >= second.saturating_add(CLEARLY)).map(|(_, home)| home)
    }
}
