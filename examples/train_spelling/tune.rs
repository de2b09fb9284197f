//! Trains the weights to tell spellings of one name from names that look alike: logistic regression over the best
//! alignment, by stochastic gradient descent.

use crate::multigram::{LONGEST, Model, NEVER, may_pair};
use crate::samples::{Sample, Trust};

/// Rounds over all samples; the loss on held-out samples stands still after about eight.
const ROUNDS: usize = 10;
/// The first step of each weight (Adagrad).
const STEP: f32 = 0.1;
/// How strongly a weight is drawn to where counting put it.
const HOLD: f32 = 1e-4;

/// A word cut into pieces.
type Cut = Vec<[usize; LONGEST + 1]>;

/// Tunes a model; that of Latin against Latin is kept symmetric.
pub fn tune(model: &mut Model, samples: &[Sample], symmetric: bool) {
    let cut: Vec<(Cut, Cut, bool)> =
        samples.iter().map(|s| (model.latin.cut(&s.latin), model.other.cut(&s.other), s.same)).collect();
    let columns = model.other.names.len();
    let begun = model.weights.clone();
    let mut steps = vec![0.01_f32; begun.len()];
    let mut bias_steps = 1.0_f32;
    let mut order: Vec<usize> = (0..cut.len()).collect();
    let mut random = 1_u64;
    let (mut sums, mut bias_sum, mut summed) = (vec![0.0_f64; begun.len()], 0.0_f64, 0.0_f64);
    let mut best = Lattice::default();
    for round in 0..ROUNDS {
        for i in (1..order.len()).rev() {
            // Knuth's linear congruential generator.
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (random >> 33) as usize % (i + 1));
        }
        let (mut loss, mut wrong) = (0.0_f64, 0);
        for &number in &order {
            let (latin, other, same) = &cut[number];
            let odds = best.find(model, latin, other).clamp(-30.0, 30.0);
            let chance = 1.0 / (1.0 + (-odds).exp());
            let error = chance - f32::from(u8::from(*same));
            loss -= f64::from(1.0 - error.abs()).max(1e-9).ln();
            wrong += usize::from((odds > 0.0) != *same);
            if error.abs() < 1e-3 {
                continue;
            }
            bias_steps += error * error;
            model.bias -= STEP * error / bias_steps.sqrt();
            for &(x, y) in &best.path {
                let at = x * columns + y;
                let slope = error + HOLD * (model.weights[at] - begun[at]);
                steps[at] += slope * slope;
                let most = if x == 0 || y == 0 { 0.0 } else { f32::MAX };
                let weight = (model.weights[at] - STEP * slope / steps[at].sqrt()).min(most);
                model.weights[at] = weight;
                if symmetric {
                    model.weights[y * columns + x] = weight;
                    steps[y * columns + x] = steps[at];
                }
            }
        }
        // The mean of the later rounds is steadier than the last.
        if round >= ROUNDS / 2 {
            summed += 1.0;
            bias_sum += f64::from(model.bias);
            for (sum, weight) in sums.iter_mut().zip(&model.weights) {
                *sum += f64::from(*weight);
            }
        }
        if round + 1 == ROUNDS {
            let each = |n: f64| n / cut.len() as f64;
            eprintln!("  loss {:.4}, {:.1} % wrong", each(loss), each(wrong as f64) * 100.0);
        }
    }
    model.bias = (bias_sum / summed) as f32;
    for (weight, sum) in model.weights.iter_mut().zip(&sums) {
        *weight = (sum / summed) as f32;
    }
}

/// Rounds of Newton's method; two numbers are found in a handful.
const NEWTON: usize = 12;

/// Scales the weights so that among pairs of words that were judged by themselves the odds are what they say (Platt,
/// 1999).
pub fn calibrate(model: &mut Model, samples: &[Sample]) {
    let mut best = Lattice::default();
    let clean = samples.iter().any(|s| s.trust == Trust::Clean);
    let least = if clean { Trust::Clean } else { Trust::Judged };
    let judged = samples.iter().filter(|s| s.trust >= least);
    let odds: Vec<(f64, f64)> = judged
        .map(|s| {
            let odds = best.find(model, &model.latin.cut(&s.latin), &model.other.cut(&s.other));
            (f64::from(odds.clamp(-30.0, 30.0)), f64::from(u8::from(s.same)))
        })
        .collect();
    let chance = |x: f64, (scale, shift): (f64, f64)| 1.0 / (1.0 + (-(scale * x + shift)).exp());
    let loss =
        |at: (f64, f64)| -> f64 { odds.iter().map(|&(x, y)| -(1.0 - (chance(x, at) - y).abs()).max(1e-12).ln()).sum() };
    let mut at = (1.0, 0.0);
    for _ in 0..NEWTON {
        // The gradient and the curvature of the loss.
        let (mut g, mut h) = ([0.0; 2], [1e-6, 0.0, 1e-6]);
        for &(x, y) in &odds {
            let chance = chance(x, at);
            let spread = chance * (1.0 - chance);
            g = [g[0] + (chance - y) * x, g[1] + chance - y];
            h = [h[0] + spread * x * x, h[1] + spread * x, h[2] + spread];
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        let step = ((h[2] * g[0] - h[1] * g[1]) / determinant, (h[0] * g[1] - h[1] * g[0]) / determinant);
        // A step that overshoots is halved.
        let tried = (0..20).map(|n| 0.5_f64.powi(n)).map(|part| (at.0 - part * step.0, at.1 - part * step.1));
        let before = loss(at);
        at = tried.into_iter().find(|next| loss(*next) < before).unwrap_or(at);
    }
    let (scale, shift) = at;
    eprintln!("  scaled by {scale:.3}, shifted by {shift:.3}");
    model.bias = model.bias * scale as f32 + shift as f32;
    for weight in model.weights.iter_mut().filter(|w| **w > NEVER / 2.0) {
        *weight *= scale as f32;
    }
}

/// The best way to cut two words into pieces that stand for one another.
#[derive(Default)]
struct Lattice {
    sums: Vec<f32>,
    from: Vec<(u8, u8)>,
    path: Vec<(usize, usize)>,
}

impl Lattice {
    /// The sum of the best way, whose pairs are left in `path`.
    fn find(&mut self, model: &Model, a: &Cut, b: &Cut) -> f32 {
        let width = b.len();
        self.sums.clear();
        self.sums.resize(a.len() * width, NEVER);
        self.from.clear();
        self.from.resize(a.len() * width, (0, 0));
        self.sums[0] = 0.0;
        for i in 0..a.len() {
            for j in 0..width {
                let (mut best, mut from) = (self.sums[i * width + j], (0, 0));
                for k in 0..=LONGEST.min(i) {
                    for l in 0..=LONGEST.min(j) {
                        if !may_pair(k, l) || (k > 0 && a[i][k] == 0) || (l > 0 && b[j][l] == 0) {
                            continue;
                        }
                        let sum = self.sums[(i - k) * width + j - l] + model.at(a[i][k], b[j][l]);
                        if sum > best {
                            (best, from) = (sum, (k as u8, l as u8));
                        }
                    }
                }
                self.sums[i * width + j] = best;
                self.from[i * width + j] = from;
            }
        }
        self.path.clear();
        let (mut i, mut j) = (a.len() - 1, width - 1);
        while (i, j) != (0, 0) {
            let (k, l) = self.from[i * width + j];
            let (k, l) = (usize::from(k), usize::from(l));
            if (k, l) == (0, 0) {
                break;
            }
            self.path.push((a[i][k], b[j][l]));
            (i, j) = (i - k, j - l);
        }
        self.sums[a.len() * width - 1] + model.bias
    }
}
