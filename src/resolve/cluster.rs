//! Nodes to clusters: constrained, by average evidence, one connected component at a time.
//!
//! The edges of a component are taken from the strongest to the weakest. Two clusters merge when no cannot-link is
//! between them and the evidence between their members, averaged over all pairs, is for it. One strong link between two
//! clusters whose other members conflict is thus not enough, as it is for transitive closure: *G. Maxwell*, who may be
//! Ghislaine or Gordon, does not make them one. A member that has all the names of another speaks for it: *Omar
//! Omsen* and *Omar Diaby* conflict, but not beside one who is known by both names.
//!
//! # Cost
//!
//! The number of edges, and for each pair of clusters that meet a bounded number of comparisons each time that one of them has
//! grown.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt};

/// An edge between two nodes: what speaks for their being one, in 1/1000 log2 odds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub a: usize,
    pub b: usize,
    pub weight: i32,
}

/// What two nodes have that nothing can be said of, in 1/1000 log2 odds: as much as two given names that differ.
pub(super) const UNCOMPARED: i32 = -6_000;

/// A connected component of candidates: nodes by their places, in the order of their content.
#[derive(Debug, Default)]
pub(super) struct Component {
    /// The label of each node; nodes with two different ones are never in one cluster.
    pub labels: Vec<Option<usize>>,
    /// Every pair that was compared, for or against.
    pub edges: Vec<Edge>,
    /// Pairs of which the second bears all names of the first.
    pub bears: BTreeSet<(usize, usize)>,
    /// Nodes that are known by an initial and a family name alone.
    pub abbreviated: BTreeSet<usize>,
    /// Pairs that are never in one cluster.
    pub cannot: BTreeSet<(usize, usize)>,
    /// Pairs that a user joined: only what a user parted outweighs them.
    pub must: BTreeSet<(usize, usize)>,
    /// Pairs that a user parted.
    pub parted: BTreeSet<(usize, usize)>,
}

/// What a component comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Clustered {
    /// The clusters, sorted, and so are their members.
    pub clusters: Vec<Vec<usize>>,
    /// Nodes that resemble both of a pair that a user parted, or whose abbreviated names fit two, and that so belong to
    /// neither until a user says to which: the node and the pair.
    pub torn: Vec<(usize, (usize, usize))>,
}

/// Of a larger cluster so many nodes speak for all: no person has as many names that differ, and the time for two clusters is
/// bounded.
const MOST_SPEAKERS: usize = 16;

/// What an abbreviated name must fit one bearer better than another to be taken for his, in 1/1000 log2 odds: four to
/// one.
pub(super) const CLEARLY: i64 = 2_000;

/// Clusters the nodes of a component. The result is a function of the component alone; `compare` weighs two nodes that
/// share no blocking key, and so are in no edge.
pub(super) fn cluster(component: &Component, compare: &dyn Fn(usize, usize) -> i32) -> Clustered {
    let mut torn: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    loop {
        let mut state = State::new(component, compare);
        for &node in torn.keys() {
            state.isolate(node, component);
        }
        state.force(component);
        state.agglomerate(component);
        let more: Vec<_> = state.parted(component).into_iter().chain(state.ambiguous(component)).collect();
        let before = torn.len();
        for (node, pair) in more {
            torn.entry(node).or_insert(pair);
        }
        if torn.len() == before {
            return Clustered { clusters: state.finish(), torn: torn.into_iter().collect() };
        }
    }
}

struct State<'c> {
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Only looked up in.
    weights: HashMap<(usize, usize), i64>,
    /// How often each cluster has grown.
    grown: Vec<u32>,
    /// Pairs of clusters that were refused, and how often both had grown by then: they are as they were until one does.
    refused: HashMap<(usize, usize), (u32, u32)>,
    /// The label of each cluster.
    labels: Vec<Option<usize>>,
    /// Both ways.
    cannot: BTreeSet<(usize, usize)>,
    bears: &'c BTreeSet<(usize, usize)>,
    compare: &'c dyn Fn(usize, usize) -> i32,
}

impl<'c> State<'c> {
    fn new(component: &'c Component, compare: &'c dyn Fn(usize, usize) -> i32) -> Self {
        let count = component.labels.len();
        let mut weights: HashMap<(usize, usize), i64> = HashMap::with_capacity(component.edges.len());
        for edge in &component.edges {
            weights.insert((edge.a.min(edge.b), edge.a.max(edge.b)), i64::from(edge.weight));
        }
        let both = |pairs: &BTreeSet<(usize, usize)>| -> Vec<(usize, usize)> {
            pairs.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect()
        };
        Self {
            of: (0..count).collect(),
            members: (0..count).map(|i| vec![i]).collect(),
            weights,
            grown: vec![0; count],
            refused: HashMap::new(),
            labels: component.labels.clone(),
            cannot: both(&component.cannot).into_iter().chain(both(&component.parted)).collect(),
            bears: &component.bears,
            compare,
        }
    }

    /// Merges what users joined, against everything but what users parted.
    fn force(&mut self, component: &Component) {
        for &(a, b) in &component.must {
            let (x, y) = (self.of[a], self.of[b]);
            let parted = |&(s, t): &(usize, usize)| {
                let (s, t) = (self.of[s], self.of[t]);
                (s, t) == (x, y) || (t, s) == (x, y)
            };
            if x == y || component.parted.iter().any(parted) {
                continue;
            }
            if let (Some(s), Some(t)) = (self.labels[x], self.labels[y]) {
                // Two entities of the tables are one from now on.
                for label in self.labels.iter_mut().filter(|label| **label == Some(s.max(t))) {
                    *label = Some(s.min(t));
                }
            }
            self.merge(x, y);
        }
        // What holds the two sides of a user's word apart no longer counts.
        let of = &self.of;
        self.cannot.retain(|&(a, b)| of[a] != of[b]);
    }

    fn agglomerate(&mut self, component: &Component) {
        let mut order: Vec<(i32, usize, usize)> =
            component.edges.iter().filter(|e| e.weight > 0).map(|e| (-e.weight, e.a.min(e.b), e.a.max(e.b))).collect();
        order.sort_unstable();
        // A pair that was refused may be right once others have merged; each round merges at least two clusters.
        loop {
            let mut merged = false;
            order.retain(|&(_, a, b)| {
                let (x, y) = (self.of[a], self.of[b]);
                if x == y {
                    return false;
                }
                let pair = (x.min(y), x.max(y));
                let age = (self.grown[pair.0], self.grown[pair.1]);
                if self.refused.get(&pair) == Some(&age) {
                    return true;
                }
                if self.may_merge(x, y) && self.evidence(x, y) > 0 {
                    self.merge(x, y);
                    merged = true;
                    return false;
                }
                self.refused.insert(pair, age);
                true
            });
            if !merged {
                break;
            }
        }
    }

    fn may_merge(&self, x: usize, y: usize) -> bool {
        if matches!((self.labels[x], self.labels[y]), (Some(a), Some(b)) if a != b) {
            return false;
        }
        let (few, many) = if self.members[x].len() <= self.members[y].len() { (x, y) } else { (y, x) };
        !self.members[few].iter().any(|&a| self.cannot.range((a, 0)..(a + 1, 0)).any(|&(_, b)| self.of[b] == many))
    }

    /// The evidence of an edge; that of nodes in no edge speaks for nothing by itself.
    fn weight(&self, a: usize, b: usize) -> i64 {
        self.weights.get(&(a.min(b), a.max(b))).copied().unwrap_or(i64::from(UNCOMPARED))
    }

    /// The evidence of two nodes, also of those in no edge.
    fn weigh(&mut self, a: usize, b: usize) -> i64 {
        let (a, b) = (a.min(b), a.max(b));
        let compare = self.compare;
        *self.weights.entry((a, b)).or_insert_with(|| i64::from(compare(a, b)))
    }

    /// The evidence between two clusters: the sum over the pairs of their nodes.
    fn evidence(&mut self, x: usize, y: usize) -> i64 {
        let (left, right) = (self.bearing(x), self.bearing(y));
        let mut sum: i64 = 0;
        for a in &left {
            for b in &right {
                let best = a.iter().flat_map(|&a| b.iter().map(move |&b| (a, b))).map(|(a, b)| self.weigh(a, b)).max();
                sum = sum.saturating_add(best.unwrap_or_default());
            }
        }
        sum
    }

    /// The nodes that speak for a cluster, each with those of it that bear all its names.
    fn bearing(&self, cluster: usize) -> Vec<Vec<usize>> {
        let inside = |node: usize| {
            let others = self.bears.range((node, 0)..(node + 1, 0)).map(|&(_, other)| other);
            std::iter::once(node).chain(others.filter(|&other| self.of[other] == cluster)).collect()
        };
        let members = &self.members[cluster];
        // Of many every so many-eth, in the order in which they came to it.
        let step = members.len().div_ceil(MOST_SPEAKERS).max(1);
        members.iter().step_by(step).map(|&node| inside(node)).collect()
    }

    fn merge(&mut self, x: usize, y: usize) {
        let (keep, give) = if self.members[x].len() >= self.members[y].len() { (x, y) } else { (y, x) };
        let moved = std::mem::take(&mut self.members[give]);
        for &node in &moved {
            self.of[node] = keep;
        }
        self.members[keep].extend(moved);
        self.grown[keep] += 1;
        self.labels[keep] = self.labels[keep].or(self.labels[give]);
    }

    /// Holds a node apart from all that it resembles, but for those that are as ambiguous.
    fn isolate(&mut self, node: usize, component: &Component) {
        let others = (0..self.of.len()).filter(|&other| other != node && self.weight(node, other) > 0);
        let clear = others.filter(|other| !component.abbreviated.contains(other));
        let pairs: Vec<(usize, usize)> = clear.flat_map(|other| [(node, other), (other, node)]).collect();
        self.cannot.extend(pairs);
    }

    /// The nodes that are with one of a pair that a user parted, and resemble the other too.
    fn parted(&self, component: &Component) -> Vec<(usize, (usize, usize))> {
        let mut torn = Vec::new();
        if component.parted.is_empty() {
            return torn;
        }
        let named: BTreeSet<usize> =
            component.parted.iter().chain(&component.must).flat_map(|&(a, b)| [a, b]).collect();
        for &(a, b) in &component.parted {
            for (own, other) in [(a, b), (b, a)] {
                for &node in &self.members[self.of[own]] {
                    let resembles = |side: usize| self.weight(node, side) > 0;
                    if !named.contains(&node) && self.members[self.of[other]].iter().any(|&n| resembles(n)) {
                        torn.push((node, (a, b)));
                    }
                }
            }
        }
        torn
    }

    /// The nodes of abbreviated names that fit members of two clusters almost alike, and that nobody in theirs is known by.
    fn ambiguous(&self, component: &Component) -> Vec<(usize, (usize, usize))> {
        let mut torn = Vec::new();
        for &node in &component.abbreviated {
            let fits = |other: &usize| !component.abbreviated.contains(other) && self.weight(node, *other) > 0;
            let mut others: Vec<usize> = (0..self.of.len()).filter(|o| *o != node).filter(fits).collect();
            others.sort_by_key(|&other| (-self.weight(node, other), other));
            let own = others.iter().copied().find(|&other| self.of[other] == self.of[node]);
            let strange = others.iter().copied().find(|&other| self.of[other] != self.of[node]);
            let known = |&(_, other): &(usize, usize)| {
                self.of[other] == self.of[node] && !component.abbreviated.contains(&other)
            };
            if let (Some(own), Some(strange)) = (own, strange)
                && self.weight(node, own) < self.weight(node, strange) + CLEARLY
                && !self.bears.range((node, 0)..(node + 1, 0)).any(known)
                && !component.must.iter().any(|&(a, b)| a == node || b == node)
            {
                torn.push((node, (own, strange)));
            }
        }
        torn
    }

    fn finish(self) -> Vec<Vec<usize>> {
        let mut clusters: Vec<Vec<usize>> = self.members.into_iter().filter(|m| !m.is_empty()).collect();
        for cluster in &mut clusters {
            cluster.sort_unstable();
        }
        clusters.sort_unstable();
        clusters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn component(count: usize, edges: &[(usize, usize, i32)], cannot: &[(usize, usize)]) -> Component {
        let edges = edges.iter().map(|&(a, b, weight)| Edge { a, b, weight }).collect();
        let cannot = cannot.iter().copied().collect();
        Component { labels: vec![None; count], edges, cannot, ..Component::default() }
    }

    fn run(count: usize, edges: &[(usize, usize, i32)], cannot: &[(usize, usize)]) -> Vec<Vec<usize>> {
        cluster(&component(count, edges, cannot), &|_, _| UNCOMPARED).clusters
    }

    #[test]
    fn an_initial_that_fits_two_is_neither() {
        let mut graph = component(3, &[(0, 1, 3_000), (1, 2, 2_000), (0, 2, -9_000)], &[]);
        graph.abbreviated.insert(1);
        let found = cluster(&graph, &|_, _| UNCOMPARED);
        assert_eq!((found.clusters, found.torn), (vec![vec![0], vec![1], vec![2]], vec![(1, (0, 2))]));
        graph.edges[0].weight = 5_000;
        assert_eq!(cluster(&graph, &|_, _| UNCOMPARED).clusters, [vec![0, 1], vec![2]]);
    }

    #[test]
    fn users_join_and_part() {
        let mut graph = component(3, &[(0, 1, -9_000), (1, 2, 3_000)], &[(0, 1)]);
        graph.labels = vec![Some(7), Some(4), None];
        graph.must.insert((0, 1));
        assert_eq!(
            cluster(&graph, &|_, _| UNCOMPARED).clusters,
            [vec![0, 1], vec![2]],
            "2 fits 1, and conflicts with 0"
        );
        graph.parted.insert((0, 1));
        assert_eq!(cluster(&graph, &|_, _| UNCOMPARED).clusters, [vec![0], vec![1, 2]]);
    }

    #[test]
    fn who_resembles_two_that_a_user_parted_is_left_to_the_user() {
        let mut graph = component(4, &[(0, 1, 5_000), (0, 2, 4_000), (1, 2, 3_000), (1, 3, 9_000)], &[]);
        graph.parted.insert((0, 1));
        let found = cluster(&graph, &|_, _| UNCOMPARED);
        assert_eq!(found.clusters, [vec![0], vec![1, 3], vec![2]]);
        assert_eq!(found.torn, [(2, (0, 1))]);
        graph.must.insert((1, 2));
        assert_eq!(cluster(&graph, &|_, _| UNCOMPARED).clusters, [vec![0], vec![1, 2, 3]]);
    }

    #[test]
    fn needs_evidence_against_the_whole_cluster() {
        // G. Maxwell fits Ghislaine and Gordon, who conflict.
        assert_eq!(run(3, &[(0, 1, 3_000), (1, 2, 2_000), (0, 2, -9_000)], &[]), [vec![0, 1], vec![2]]);
        assert_eq!(run(3, &[(0, 1, 3_000), (1, 2, 2_000), (0, 2, 500)], &[]), [vec![0, 1, 2]]);
    }

    #[test]
    fn never_crosses_a_cannot_link() {
        assert_eq!(run(3, &[(0, 1, 9_000), (1, 2, 9_000), (0, 2, 9_000)], &[(0, 2)]), [vec![0, 1], vec![2]]);
        assert_eq!(run(2, &[(0, 1, 9_000)], &[(1, 0)]), [vec![0], vec![1]]);
    }

    #[test]
    fn aliases_bridge() {
        // 0 is known by the names of both 1 and 2, which have nothing in common.
        let mut graph = component(3, &[(0, 1, 5_000), (0, 2, 5_000), (1, 2, -6_000)], &[]);
        assert_eq!(cluster(&graph, &|_, _| UNCOMPARED).clusters, [vec![0, 1], vec![2]]);
        graph.bears = BTreeSet::from([(1, 0), (2, 0)]);
        assert_eq!(cluster(&graph, &|_, _| UNCOMPARED).clusters, [vec![0, 1, 2]]);
    }
}
