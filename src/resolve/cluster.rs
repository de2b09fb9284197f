//! Nodes to clusters: constrained, by average evidence, one connected component at a time.
//!
//! The edges of a component are taken from the strongest to the weakest. Two clusters merge when no cannot-link is
//! between them and the evidence between their members, averaged over both, is for it: the mean over the members of
//! one of the best that each has with the other, and the same from the other side. One strong link between two clusters
//! whose other members conflict is thus not enough, as it is for transitive closure.
//!
//! # Cost
//!
//! The number of edges times the product of the sizes of the clusters that meet at each.

use std::collections::{BTreeMap, BTreeSet};

/// An edge between two nodes: what speaks for their being one, in 1/1000 log2 odds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub a: usize,
    pub b: usize,
    pub weight: i32,
}

/// What two nodes without any evidence between them have: they share no blocking key, which speaks against.
const UNCOMPARED: i64 = -6_000;

/// Clusters nodes; the clusters are sorted, and so are their members. Nodes with two different labels are never in one.
///
/// `edges` holds every pair that was compared, for or against. The result is a function of the component that a node
/// is in, and of the order of the nodes within it, which callers make that of their content.
pub(super) fn cluster(labels: &[Option<usize>], edges: &[Edge], cannot: &BTreeSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let count = labels.len();
    let mut weights: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for edge in edges {
        weights.insert((edge.a.min(edge.b), edge.a.max(edge.b)), i64::from(edge.weight));
    }
    let mut order: Vec<(i64, usize, usize)> =
        weights.iter().filter(|(_, w)| **w > 0).map(|(&(a, b), &w)| (-w, a, b)).collect();
    order.sort_unstable();
    let mut state = State {
        of: (0..count).collect(),
        members: (0..count).map(|i| vec![i]).collect(),
        weights,
        labels: labels.to_vec(),
        cannot,
    };
    // A pair that was refused may be right once others have merged; each round merges at least two clusters.
    loop {
        let mut merged = false;
        order.retain(|&(_, a, b)| {
            let (x, y) = (state.of[a], state.of[b]);
            if x == y {
                return false;
            }
            if state.may_merge(x, y) && state.evidence(x, y) > 0 {
                state.merge(x, y);
                merged = true;
                return false;
            }
            true
        });
        if !merged {
            break;
        }
    }
    let mut clusters: Vec<Vec<usize>> = state.members.into_iter().filter(|m| !m.is_empty()).collect();
    for cluster in &mut clusters {
        cluster.sort_unstable();
    }
    clusters.sort_unstable();
    clusters
}

struct State<'c> {
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
    weights: BTreeMap<(usize, usize), i64>,
    /// The label of each cluster.
    labels: Vec<Option<usize>>,
    cannot: &'c BTreeSet<(usize, usize)>,
}

impl State<'_> {
    fn may_merge(&self, x: usize, y: usize) -> bool {
        if matches!((self.labels[x], self.labels[y]), (Some(a), Some(b)) if a != b) {
            return false;
        }
        let (few, many) = if self.members[x].len() <= self.members[y].len() { (x, y) } else { (y, x) };
        !self.members[few].iter().any(|&a| self.cannot.range((a, 0)..(a + 1, 0)).any(|&(_, b)| self.of[b] == many))
    }

    fn weight(&self, a: usize, b: usize) -> i64 {
        self.weights.get(&(a.min(b), a.max(b))).copied().unwrap_or(UNCOMPARED)
    }

    /// The evidence between two clusters, times the product of their sizes (so that it stays a whole number).
    fn evidence(&self, x: usize, y: usize) -> i64 {
        let (left, right) = (&self.members[x], &self.members[y]);
        let best = |from: &[usize], to: &[usize]| -> i64 {
            from.iter().map(|&a| to.iter().map(|&b| self.weight(a, b)).max().unwrap_or(UNCOMPARED)).sum()
        };
        let size = |v: &[usize]| i64::try_from(v.len()).unwrap_or(i64::MAX);
        best(left, right).saturating_mul(size(right)).saturating_add(best(right, left).saturating_mul(size(left)))
    }

    fn merge(&mut self, x: usize, y: usize) {
        let (keep, give) = if self.members[x].len() >= self.members[y].len() { (x, y) } else { (y, x) };
        let moved = std::mem::take(&mut self.members[give]);
        for &node in &moved {
            self.of[node] = keep;
        }
        self.members[keep].extend(moved);
        self.labels[keep] = self.labels[keep].or(self.labels[give]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(count: usize, edges: &[(usize, usize, i32)], cannot: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let edges: Vec<Edge> = edges.iter().map(|&(a, b, weight)| Edge { a, b, weight }).collect();
        let cannot = cannot.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect();
        cluster(&vec![None; count], &edges, &cannot)
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
        assert_eq!(run(3, &[(0, 1, 5_000), (0, 2, 5_000), (1, 2, -5_000)], &[]), [vec![0, 1, 2]]);
    }
}
