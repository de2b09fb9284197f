//! Scores of mentions and of clusters.

use std::collections::BTreeMap;

/// Counts of right, spurious and missed.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tally {
    pub right: usize,
    pub spurious: usize,
    pub missed: usize,
}

impl Tally {
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.spurious += other.spurious;
        self.missed += other.missed;
    }

    /// Precision, recall and F1; of nothing they are 1.
    pub fn scores(self) -> (f64, f64, f64) {
        let part = |wrong: usize| match self.right + wrong {
            0 => 1.0,
            all => self.right as f64 / all as f64,
        };
        let (p, r) = (part(self.spurious), part(self.missed));
        (p, r, f1(p, r))
    }
}

pub fn f1(p: f64, r: f64) -> f64 {
    if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
}

/// A clustering: the cluster of each item. Items are numbered; those of gold and system that match share a number.
pub type Assignment = BTreeMap<usize, usize>;

/// The clusters of an assignment, each sorted.
fn clusters(assignment: &Assignment) -> Vec<Vec<usize>> {
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (&item, &cluster) in assignment {
        of.entry(cluster).or_default().push(item);
    }
    of.into_values().collect()
}

/// For each item the index of its cluster.
fn places(clusters: &[Vec<usize>]) -> BTreeMap<usize, usize> {
    clusters.iter().enumerate().flat_map(|(i, c)| c.iter().map(move |&item| (item, i))).collect()
}

/// B-cubed (Bagga and Baldwin 1998).
pub fn b_cubed(gold: &Assignment, system: &Assignment) -> f64 {
    let (g, s) = (clusters(gold), clusters(system));
    let (in_g, in_s) = (places(&g), places(&s));
    let side = |from: &BTreeMap<usize, usize>, a: &[Vec<usize>], other: &BTreeMap<usize, usize>| {
        let sum: f64 = from
            .iter()
            .map(|(item, &cluster)| match other.get(item) {
                Some(place) => {
                    let shared = a[cluster].iter().filter(|i| other.get(i) == Some(place)).count();
                    shared as f64 / a[cluster].len() as f64
                }
                None => 0.0,
            })
            .sum();
        sum / from.len().max(1) as f64
    };
    f1(side(&in_s, &s, &in_g), side(&in_g, &g, &in_s))
}

/// MUC (Vilain et al. 1995): links that are missing.
pub fn muc(gold: &Assignment, system: &Assignment) -> f64 {
    let (g, s) = (clusters(gold), clusters(system));
    let side = |a: &[Vec<usize>], b: &[Vec<usize>]| {
        let place = places(b);
        let (mut links, mut all) = (0, 0);
        for cluster in a {
            let mut parts: Vec<usize> = cluster.iter().filter_map(|i| place.get(i).copied()).collect();
            let lost = cluster.len() - parts.len();
            parts.sort_unstable();
            parts.dedup();
            links += cluster.len() - parts.len() - lost;
            all += cluster.len() - 1;
        }
        if all == 0 { 1.0 } else { links as f64 / all as f64 }
    };
    f1(side(&s, &g), side(&g, &s))
}

/// CEAF-e (Luo 2005): clusters matched one to one, each match worth twice what they share over their sizes.
pub fn ceaf_e(gold: &Assignment, system: &Assignment) -> f64 {
    let (g, s) = (clusters(gold), clusters(system));
    let place = places(&s);
    let n = g.len().max(s.len());
    let mut worth = vec![vec![0.0; n]; n];
    for (i, cluster) in g.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for item in cluster {
            if let Some(&j) = place.get(item) {
                *shared.entry(j).or_default() += 1;
            }
        }
        for (j, count) in shared {
            worth[i][j] = 2.0 * count as f64 / (cluster.len() + s[j].len()) as f64;
        }
    }
    let total = best_matching(&worth);
    f1(total / s.len().max(1) as f64, total / g.len().max(1) as f64)
}

/// The highest sum of a one-to-one matching of rows and columns (Kuhn-Munkres with potentials, cubic).
fn best_matching(worth: &[Vec<f64>]) -> f64 {
    let n = worth.len();
    let (mut row_price, mut column_price) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let mut row_of = vec![0; n + 1];
    for row in 1..=n {
        let mut least = vec![f64::INFINITY; n + 1];
        let mut back = vec![0; n + 1];
        let mut used = vec![false; n + 1];
        row_of[0] = row;
        let mut column = 0;
        loop {
            used[column] = true;
            let (current, mut delta, mut next) = (row_of[column], f64::INFINITY, 0);
            for j in (1..=n).filter(|&j| !used[j]) {
                let cost = -worth[current - 1][j - 1] - row_price[current] - column_price[j];
                if cost < least[j] {
                    (least[j], back[j]) = (cost, column);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=n {
                if used[j] {
                    row_price[row_of[j]] += delta;
                    column_price[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
            if row_of[column] == 0 {
                break;
            }
        }
        while column != 0 {
            row_of[column] = row_of[back[column]];
            column = back[column];
        }
    }
    (1..=n).filter(|&j| row_of[j] > 0).map(|j| worth[row_of[j] - 1][j - 1]).sum()
}
