//! A conditional random field over a chain of labels.

use allonym::extract::tagger::labels::{ALLOWED, LABELS, OUTSIDE};

use crate::corpus::{Corpus, Run};

type Row = [f32; LABELS];

/// Weights in nats.
pub struct Weights {
    pub features: Vec<Row>,
    pub transitions: [Row; LABELS],
}

impl Weights {
    pub fn zero(features: usize) -> Self {
        Self { features: vec![[0.0; LABELS]; features], transitions: [[0.0; LABELS]; LABELS] }
    }

    /// Adds other weights, each so many times.
    pub fn add(&mut self, other: &Self, times: f32) {
        let rows = self.features.iter_mut().chain(&mut self.transitions);
        for (row, other) in rows.zip(other.features.iter().chain(&other.transitions)) {
            row.iter_mut().zip(other).for_each(|(weight, other)| *weight += times * other);
        }
    }
}

/// The first step of a weight, in nats.
const RATE: f32 = 0.03;
/// The share of a weight that is taken from it at each step.
const DECAY: f32 = 0.003;
/// The share of features that are left out of each token, at random: what remains learns to do without.
const DROPPED: f32 = 0.3;

pub struct Crf {
    weights: Weights,
    /// Sums of squared gradients, for the steps of `AdaGrad`.
    squares: Weights,
    /// Sums of the weights after each of the last epochs, and how many they are.
    sums: Weights,
    summed: f32,
    member: u64,
    seed: u64,
    scores: Vec<Row>,
    forward: Vec<Row>,
    backward: Vec<Row>,
}

/// Less likely than any path.
const LOW: f32 = -1e9;
/// A token that is as sure as this teaches nothing.
const NEGLIGIBLE: f32 = 1e-3;

/// Logarithm of a sum of exponentials.
fn add_logs(values: &Row) -> f32 {
    let most = values.iter().copied().fold(LOW, f32::max);
    most + values.iter().map(|v| (v - most).exp()).sum::<f32>().ln()
}

/// The next number of a fixed sequence.
fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

impl Crf {
    /// A field that has learned nothing; each member's order and what it leaves out differ.
    pub fn new(features: usize, member: u64) -> Self {
        let mut squares = Weights::zero(features);
        squares.features.iter_mut().chain(&mut squares.transitions).flatten().for_each(|square| *square = 0.01);
        Self {
            weights: Weights::zero(features),
            squares,
            sums: Weights::zero(features),
            summed: 0.0,
            member,
            seed: 7 + 1_000 * member,
            scores: Vec::new(),
            forward: Vec::new(),
            backward: Vec::new(),
        }
    }

    /// Goes once through some runs of the corpus, in an order of its own; the mean loss of a token.
    pub fn epoch(&mut self, corpus: &Corpus, epoch: usize, epochs: usize, of: impl Fn(usize) -> bool) -> f64 {
        let mut order: Vec<usize> = (0..corpus.runs.len()).filter(|i| of(*i)).collect();
        // Fisher and Yates.
        let mut seed = 0x2545_F491_4F6C_DD1D_u64.wrapping_add(epoch as u64 + 100 * self.member);
        for i in (1..order.len()).rev() {
            order.swap(i, usize::try_from(next(&mut seed)).unwrap_or_default() % (i + 1));
        }
        let loss: f64 = order.into_iter().map(|run| self.step(&corpus.runs[run])).sum();
        if 2 * epoch >= epochs {
            self.sums.add(&self.weights, 1.0);
            self.summed += 1.0;
        }
        loss / corpus.tokens() as f64
    }

    /// The mean of the weights after the epochs of the second half, made smaller as no feature is left out any more.
    pub fn finish(self) -> Weights {
        let mut weights = Weights::zero(self.sums.features.len());
        weights.add(&self.sums, 1.0 / self.summed);
        weights.features.iter_mut().flatten().for_each(|weight| *weight *= 1.0 - DROPPED);
        weights
    }

    /// A field with the weights of [`Crf::finish`].
    pub fn learned(self) -> Self {
        let features = self.sums.features.len();
        Self { weights: self.finish(), ..Self::new(features, 0) }
    }

    /// How surprising a run's labels are, in nats.
    pub fn surprise(&mut self, run: &Run) -> f64 {
        self.score(&run.features);
        let total = self.fill(run.labels.len());
        f64::from(total - self.gold(run))
    }

    fn score(&mut self, tokens: &[Vec<u32>]) {
        self.scores.clear();
        for features in tokens {
            let mut row = [0.0; LABELS];
            for f in features {
                let weights = &self.weights.features[*f as usize];
                row.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight);
            }
            self.scores.push(row);
        }
    }

    /// The sum of a run's own labels.
    fn gold(&self, run: &Run) -> f32 {
        let mut gold = 0.0;
        let mut before = OUTSIDE;
        for (i, label) in run.labels.iter().enumerate() {
            gold += self.scores[i][*label] + self.weights.transitions[before][*label];
            before = *label;
        }
        gold + self.weights.transitions[before][OUTSIDE]
    }

    fn step(&mut self, run: &Run) -> f64 {
        let count = run.labels.len();
        if count == 0 {
            return 0.0;
        }
        let seed = &mut self.seed;
        let mut keep = || (next(seed) & 0xFF_FFFF) as f32 / (1_u64 << 24) as f32 >= DROPPED;
        let kept: Vec<Vec<u32>> =
            run.features.iter().map(|features| features.iter().copied().filter(|_| keep()).collect()).collect();
        self.score(&kept);
        let total = self.fill(count);
        let gold = self.gold(run);
        let mut gradient = [[0.0_f32; LABELS]; LABELS];
        for i in 0..count {
            // What is expected less what is.
            let mut expected: Row = std::array::from_fn(|l| (self.forward[i][l] + self.backward[i][l] - total).exp());
            expected[run.labels[i]] -= 1.0;
            for (from, to) in (0..LABELS).flat_map(|from| (0..LABELS).map(move |to| (from, to))) {
                let before = match i {
                    0 if from == OUTSIDE => 0.0,
                    0 => LOW,
                    _ => self.forward[i - 1][from],
                };
                if ALLOWED[from][to] && before > LOW / 2.0 {
                    let onward = self.weights.transitions[from][to] + self.scores[i][to] + self.backward[i][to];
                    gradient[from][to] += (before + onward - total).exp();
                }
            }
            gradient[if i == 0 { OUTSIDE } else { run.labels[i - 1] }][run.labels[i]] -= 1.0;
            if expected.iter().any(|e| e.abs() > NEGLIGIBLE) {
                for f in &kept[i] {
                    let f = *f as usize;
                    let (weights, squares) = (&mut self.weights.features[f], &mut self.squares.features[f]);
                    update(weights, squares, &expected, run.share, DECAY);
                }
            }
        }
        for from in (0..LABELS).filter(|from| ALLOWED[*from][OUTSIDE]) {
            let path = self.forward[count - 1][from] + self.weights.transitions[from][OUTSIDE];
            gradient[from][OUTSIDE] += (path - total).exp();
        }
        gradient[run.labels[count - 1]][OUTSIDE] -= 1.0;
        let rows = self.weights.transitions.iter_mut().zip(&mut self.squares.transitions);
        for ((weights, squares), gradient) in rows.zip(&gradient) {
            update(weights, squares, gradient, run.share, 0.0);
        }
        f64::from(total - gold)
    }

    /// Forward and backward sums; the logarithm of the sum over all paths.
    fn fill(&mut self, count: usize) -> f32 {
        let transitions = &self.weights.transitions;
        self.forward.clear();
        self.forward.resize(count, [LOW; LABELS]);
        self.backward.clear();
        self.backward.resize(count, [LOW; LABELS]);
        for to in (0..LABELS).filter(|to| ALLOWED[OUTSIDE][*to]) {
            self.forward[0][to] = transitions[OUTSIDE][to] + self.scores[0][to];
        }
        for i in 1..count {
            for to in 0..LABELS {
                let paths = std::array::from_fn(|from| {
                    if ALLOWED[from][to] { self.forward[i - 1][from] + transitions[from][to] } else { LOW }
                });
                self.forward[i][to] = add_logs(&paths) + self.scores[i][to];
            }
        }
        for from in (0..LABELS).filter(|from| ALLOWED[*from][OUTSIDE]) {
            self.backward[count - 1][from] = transitions[from][OUTSIDE];
        }
        for i in (0..count - 1).rev() {
            for from in 0..LABELS {
                let paths = std::array::from_fn(|to| {
                    if ALLOWED[from][to] {
                        transitions[from][to] + self.scores[i + 1][to] + self.backward[i + 1][to]
                    } else {
                        LOW
                    }
                });
                self.backward[i][from] = add_logs(&paths);
            }
        }
        let ends = std::array::from_fn(|l| self.forward[count - 1][l] + self.backward[count - 1][l]);
        add_logs(&ends)
    }
}

/// A step of `AdaGrad`.
fn update(weights: &mut Row, squares: &mut Row, gradient: &Row, share: f32, decay: f32) {
    for l in 0..LABELS {
        let g = gradient[l] * share + decay * weights[l];
        squares[l] += g * g;
        weights[l] -= RATE * g / squares[l].sqrt();
    }
}
