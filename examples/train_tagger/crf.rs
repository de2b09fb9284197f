//! A conditional random field over a chain of labels.

use allonym::extract::tagger::labels::{ALLOWED, LABELS, OUTSIDE};

use crate::corpus::{Corpus, Run};

type Row = [f32; LABELS];

/// Weights in nats.
pub struct Weights {
    pub features: Vec<Row>,
    pub transitions: [Row; LABELS],
}

pub struct Crf {
    weights: Weights,
    /// Sums of squared gradients, for the steps of AdaGrad.
    squares: Vec<Row>,
    transition_squares: [Row; LABELS],
    /// Sums of the weights after each of the last epochs, and how many they are.
    sums: Vec<Row>,
    transition_sums: [Row; LABELS],
    summed: f32,
    rate: f32,
    decay: f32,
    drop: f32,
    seed: u64,
    scores: Vec<Row>,
    forward: Vec<Row>,
    backward: Vec<Row>,
}

const LOW: f32 = -1e9;

/// Logarithm of a sum of exponentials.
fn add_logs(values: &Row) -> f32 {
    let most = values.iter().copied().fold(LOW, f32::max);
    most + values.iter().map(|v| (v - most).exp()).sum::<f32>().ln()
}

impl Crf {
    pub fn new(features: usize, rate: f32, decay: f32, drop: f32) -> Self {
        let zero = [[0.0; LABELS]; LABELS];
        Self {
            weights: Weights { features: vec![[0.0; LABELS]; features], transitions: zero },
            squares: vec![[0.01; LABELS]; features],
            transition_squares: [[0.01; LABELS]; LABELS],
            sums: vec![[0.0; LABELS]; features],
            transition_sums: zero,
            summed: 0.0,
            rate,
            decay,
            drop,
            seed: 7,
            scores: Vec::new(),
            forward: Vec::new(),
            backward: Vec::new(),
        }
    }

    /// Goes once through the corpus, in an order of its own; the mean loss of a token.
    pub fn epoch(&mut self, corpus: &Corpus, epoch: usize, epochs: usize) -> f64 {
        self.epoch_of(corpus, epoch, epochs, |_| true)
    }

    /// The mean of the weights in place of the last ones.
    pub fn average(&mut self) {
        let (scale, summed) = (1.0 - self.drop, self.summed);
        for (row, sum) in self.weights.features.iter_mut().zip(&self.sums) {
            row.iter_mut().zip(sum).for_each(|(weight, sum)| *weight = sum * scale / summed);
        }
        for (row, sum) in self.weights.transitions.iter_mut().zip(&self.transition_sums) {
            row.iter_mut().zip(sum).for_each(|(weight, sum)| *weight = sum / summed);
        }
        self.drop = 0.0;
    }

    /// How surprising a run's labels are, in nats.
    pub fn loss(&mut self, run: &Run) -> f64 {
        let count = run.labels.len();
        self.scores.clear();
        for features in &run.features {
            let mut row = [0.0; LABELS];
            for f in features {
                let weights = &self.weights.features[*f as usize];
                row.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight);
            }
            self.scores.push(row);
        }
        let total = self.fill(count);
        f64::from(total - self.gold(run))
    }

    fn gold(&self, run: &Run) -> f32 {
        let mut gold = 0.0;
        let mut before = OUTSIDE;
        for (i, label) in run.labels.iter().enumerate() {
            gold += self.scores[i][*label] + self.weights.transitions[before][*label];
            before = *label;
        }
        gold + self.weights.transitions[before][OUTSIDE]
    }

    pub fn epoch_of(&mut self, corpus: &Corpus, epoch: usize, epochs: usize, of: impl Fn(usize) -> bool) -> f64 {
        let mut order: Vec<usize> = (0..corpus.runs.len()).filter(|i| of(*i)).collect();
        // Fisher and Yates, by a fixed sequence.
        let mut seed = 0x2545_F491_4F6C_DD1D_u64.wrapping_add(epoch as u64);
        for i in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (seed >> 33) as usize % (i + 1));
        }
        let mut loss = 0.0;
        for run in order {
            loss += self.step(&corpus.runs[run]);
        }
        if 2 * epoch >= epochs {
            for (sum, row) in self.sums.iter_mut().zip(&self.weights.features) {
                sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
            }
            for (sum, row) in self.transition_sums.iter_mut().zip(&self.weights.transitions) {
                sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
            }
            self.summed += 1.0;
        }
        loss / corpus.tokens() as f64
    }

    /// The mean of the weights after the epochs of the second half.
    pub fn finish(self) -> Weights {
        let mean = |mut row: Row| {
            row.iter_mut().for_each(|w| *w *= (1.0 - self.drop) / self.summed);
            row
        };
        Weights {
            features: self.sums.into_iter().map(mean).collect(),
            transitions: self.transition_sums.map(|mut row: Row| { row.iter_mut().for_each(|w| *w /= self.summed); row }),
        }
    }

    fn step(&mut self, run: &Run) -> f64 {
        let count = run.labels.len();
        let (seed, drop) = (&mut self.seed, self.drop);
        let kept: Vec<Vec<u32>> = run
            .features
            .iter()
            .map(|features| {
                let mut keep = || {
                    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (*seed >> 40) as f32 / (1_u64 << 24) as f32 >= drop
                };
                features.iter().copied().filter(|_| keep()).collect()
            })
            .collect();
        if count == 0 {
            return 0.0;
        }
        self.scores.clear();
        for features in &kept {
            let mut row = [0.0; LABELS];
            for f in features {
                let weights = &self.weights.features[*f as usize];
                for (score, weight) in row.iter_mut().zip(weights) {
                    *score += weight;
                }
            }
            self.scores.push(row);
        }
        let total = self.fill(count);
        let gold = self.gold(run);
        let mut gradient = [[0.0_f32; LABELS]; LABELS];
        for i in 0..count {
            // What is expected less what is.
            let mut expected: Row = std::array::from_fn(|l| (self.forward[i][l] + self.backward[i][l] - total).exp());
            expected[run.labels[i]] -= 1.0;
            let before = |from: usize| if i == 0 { if from == OUTSIDE { 0.0 } else { LOW } } else { self.forward[i - 1][from] };
            for from in 0..LABELS {
                if before(from) <= LOW / 2.0 {
                    continue;
                }
                for to in (0..LABELS).filter(|to| ALLOWED[from][*to]) {
                    let path = before(from) + self.weights.transitions[from][to] + self.scores[i][to] + self.backward[i][to];
                    gradient[from][to] += (path - total).exp();
                }
            }
            gradient[if i == 0 { OUTSIDE } else { run.labels[i - 1] }][run.labels[i]] -= 1.0;
            let significant = expected.iter().any(|e| e.abs() > 1e-3);
            if significant {
                for f in &kept[i] {
                    let f = *f as usize;
                    update(&mut self.weights.features[f], &mut self.squares[f], &expected, run.share, self.rate, self.decay);
                }
            }
        }
        for from in 0..LABELS {
            gradient[from][OUTSIDE] += (self.forward[count - 1][from] + self.weights.transitions[from][OUTSIDE] - total).exp()
                * f32::from(u8::from(ALLOWED[from][OUTSIDE]));
        }
        gradient[run.labels[count - 1]][OUTSIDE] -= 1.0;
        for from in 0..LABELS {
            update(&mut self.weights.transitions[from], &mut self.transition_squares[from], &gradient[from], run.share, self.rate, 0.0);
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

fn update(weights: &mut Row, squares: &mut Row, gradient: &Row, share: f32, rate: f32, decay: f32) {
    for l in 0..LABELS {
        let g = gradient[l] * share + decay * weights[l];
        squares[l] += g * g;
        weights[l] -= rate * g / squares[l].sqrt();
    }
}
