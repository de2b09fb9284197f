//! Which pieces of two spellings stand for one another, and how often: a joint multigram model.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt};

use crate::samples::Sample;

/// The letters that stand for the ends of a word.
const ENDS: [char; 2] = ['^', '$'];
/// Pieces have up to this many letters, and a pair of them up to the second number.
pub const LONGEST: usize = 3;
const LONGEST_PAIR: usize = 5;
/// How many pieces each side may have: as many as the hot part of a table of weights has room for.
const PIECES: usize = 255;
/// How often a letter must be met to be told from an unknown one.
const RARE: usize = 3;
/// Rounds of expectation maximization; the likelihood stands still after about ten.
const ROUNDS: usize = 12;
/// What is taken from the count of a longer pair at each round for each letter above two, so that it stays only when it
/// explains more than its letters apart.
const DISCOUNT: f64 = 0.5;
/// What a pair of letters weighs that was never met, in natural log odds.
const UNMET: f32 = -5.0;
/// What a pair of pieces weighs that does not exist.
pub const NEVER: f32 = -1e9;

/// Weights between the pieces of two alphabets, in natural log odds.
pub struct Model {
    pub latin: Pieces,
    pub other: Pieces,
    /// A row for each Latin piece.
    pub weights: Vec<f32>,
    pub bias: f32,
}

/// Pieces and their numbers; 0 is the empty one, 1 the unknown letter.
pub struct Pieces {
    numbers: HashMap<Vec<char>, usize>,
    pub names: Vec<Vec<char>>,
}

impl Pieces {
    fn new() -> Self {
        let mut pieces = Self { numbers: HashMap::new(), names: Vec::new() };
        pieces.add(&[]);
        pieces.add(&['?']);
        pieces
    }

    fn add(&mut self, piece: &[char]) {
        if !self.numbers.contains_key(piece) {
            self.numbers.insert(piece.to_vec(), self.names.len());
            self.names.push(piece.to_vec());
        }
    }

    /// For each letter the pieces that end with it, by length; 0 where there is none.
    pub fn cut(&self, word: &[char]) -> Vec<[usize; LONGEST + 1]> {
        let mut cut = vec![[0; LONGEST + 1]; word.len() + 1];
        for (end, slots) in cut.iter_mut().enumerate() {
            for length in 1..=LONGEST.min(end) {
                let piece = self.numbers.get(&word[end - length..end]).copied();
                slots[length] = piece.unwrap_or(usize::from(length == 1));
            }
        }
        cut
    }
}

impl Model {
    pub fn at(&self, latin: usize, other: usize) -> f32 {
        self.weights[latin * self.other.names.len() + other]
    }

    /// The rows of the table: two pieces and their weight in 1/1000 log2 odds, without those that say nothing new.
    pub fn rows(&self) -> Vec<(String, String, i32)> {
        let scaled =
            |weight: f32| ((f64::from(weight) / std::f64::consts::LN_2 * 1_000.0) as i32).clamp(-30_000, 30_000);
        let mut rows = vec![(String::new(), String::new(), scaled(self.bias))];
        let text = |piece: &Vec<char>| piece.iter().collect::<String>();
        for (x, latin) in self.latin.names.iter().enumerate() {
            for (y, other) in self.other.names.iter().enumerate() {
                let weight = self.at(x, y);
                let default = match (latin.len(), other.len()) {
                    _ if x == 1 || y == 1 => NEVER,
                    (0, 1) => self.at(0, 1),
                    (1, 0) => self.at(1, 0),
                    (1, 1) => self.at(1, 1),
                    _ => self.apart(latin, other),
                };
                // A tenth of a bit more than what a reader would get without the row.
                let is_new = if latin.len().max(other.len()) > 1 { weight > default + 0.1 } else { weight != default };
                if weight > NEVER / 2.0 && is_new {
                    rows.push((text(latin), text(other), scaled(weight)));
                }
            }
        }
        rows
    }

    /// The best that two pieces weigh when they are cut into smaller ones.
    fn apart(&self, latin: &[char], other: &[char]) -> f32 {
        let (a, b) = (self.latin.cut(latin), self.other.cut(other));
        let width = b.len();
        let mut best = vec![NEVER; a.len() * width];
        best[0] = 0.0;
        for i in 0..a.len() {
            for j in 0..width {
                for k in 0..=LONGEST.min(i) {
                    for l in 0..=LONGEST.min(j) {
                        let whole = k == latin.len() && l == other.len();
                        if whole || !may_pair(k, l) || (k > 0 && a[i][k] == 0) || (l > 0 && b[j][l] == 0) {
                            continue;
                        }
                        let sum = best[(i - k) * width + j - l] + self.at(a[i][k], b[j][l]);
                        best[i * width + j] = best[i * width + j].max(sum);
                    }
                }
            }
        }
        best[a.len() * width - 1]
    }
}

/// Whether pieces of these lengths may stand for one another.
pub fn may_pair(latin: usize, other: usize) -> bool {
    (latin, other) != (0, 0) && latin + other <= LONGEST_PAIR && (latin.min(other) > 0 || latin.max(other) == 1)
}

/// Whether two pieces hold the same ends of a word.
fn ends_agree(latin: &[char], other: &[char]) -> bool {
    ENDS.iter().all(|end| latin.contains(end) == other.contains(end))
}

/// One way to take a step in one pair of words: from where, how far, and which pair of pieces.
struct Step {
    from: (u8, u8),
    by: (u8, u8),
    pieces: u32,
}

/// Learns from the spellings of one name among the samples.
pub fn learn(samples: &[Sample], symmetric: bool) -> Model {
    let mut words: Vec<(&[char], &[char])> = Vec::new();
    for sample in samples.iter().filter(|s| s.same) {
        words.push((&sample.latin, &sample.other));
        if symmetric {
            words.push((&sample.other, &sample.latin));
        }
    }
    let mut numbers: HashMap<(&[char], &[char]), u32> = HashMap::new();
    let mut pairs: Vec<(&[char], &[char])> = Vec::new();
    let mut odds: Vec<f64> = Vec::new();
    let mut lattices: Vec<Vec<Step>> = Vec::with_capacity(words.len());
    for &(a, b) in &words {
        let mut steps = Vec::new();
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                for k in 0..=LONGEST.min(a.len() - i) {
                    for l in 0..=LONGEST.min(b.len() - j) {
                        let (u, v) = (&a[i..i + k], &b[j..j + l]);
                        // Pieces that stand for one another stand at about the same place.
                        let middle = |at: usize, n: usize, of: usize| (at as f64 + n as f64 / 2.0) / of as f64;
                        let away = (middle(i, k, a.len()) - middle(j, l, b.len())).abs();
                        if !may_pair(k, l) || away > 0.3 || !ends_agree(u, v) {
                            continue;
                        }
                        let number = *numbers.entry((u, v)).or_insert_with(|| {
                            pairs.push((u, v));
                            odds.push(0.0);
                            u32::try_from(pairs.len() - 1).unwrap_or(u32::MAX)
                        });
                        let prior = if k == 0 || l == 0 { 0.02 } else { 0.3_f64.powi((k + l) as i32 - 2) };
                        odds[number as usize] += prior * (1.0 - 3.0 * away);
                        steps.push(Step { from: (i as u8, j as u8), by: (k as u8, l as u8), pieces: number });
                    }
                }
            }
        }
        lattices.push(steps);
    }
    normalize(&mut odds);
    for _ in 0..ROUNDS {
        let mut counts = vec![0.0; odds.len()];
        for (&(a, b), steps) in words.iter().zip(&lattices) {
            expect(a.len(), b.len(), steps, &odds, &mut counts);
        }
        for (count, (u, v)) in counts.iter_mut().zip(&pairs) {
            *count -= DISCOUNT * (u.len() + v.len()).saturating_sub(2) as f64;
            if *count < 0.05 {
                *count = 0.0;
            }
        }
        normalize(&mut counts);
        odds = counts;
        for steps in &mut lattices {
            steps.retain(|step| odds[step.pieces as usize] > 0.0);
        }
    }
    model(&words, &pairs, &odds)
}

fn normalize(counts: &mut [f64]) {
    let sum: f64 = counts.iter().sum();
    for count in counts {
        *count /= sum.max(f64::MIN_POSITIVE);
    }
}

/// Adds how often each pair of pieces is expected in one pair of words.
fn expect(n: usize, m: usize, steps: &[Step], odds: &[f64], counts: &mut [f64]) {
    let width = m + 1;
    let ends = |step: &Step| {
        let from = step.from.0 as usize * width + step.from.1 as usize;
        (from, from + step.by.0 as usize * width + step.by.1 as usize)
    };
    let (mut before, mut after) = (vec![0.0; (n + 1) * width], vec![0.0; (n + 1) * width]);
    (before[0], after[n * width + m]) = (1.0, 1.0);
    // Steps are sorted by where they begin, so what comes before a step is summed up when it is taken.
    for step in steps {
        let (from, to) = ends(step);
        before[to] += before[from] * odds[step.pieces as usize];
    }
    let whole: f64 = before[n * width + m];
    if whole <= 0.0 {
        return;
    }
    for step in steps.iter().rev() {
        let (from, to) = ends(step);
        let share = odds[step.pieces as usize] * after[to];
        counts[step.pieces as usize] += before[from] * share / whole;
        after[from] += share;
    }
}

/// The weights of the pairs: how much more often they are met than by chance.
fn model(words: &[(&[char], &[char])], pairs: &[(&[char], &[char])], odds: &[f64]) -> Model {
    let mut counts: [BTreeMap<char, usize>; 2] = [BTreeMap::new(), BTreeMap::new()];
    for (a, b) in words {
        for (count, word) in counts.iter_mut().zip([a, b]) {
            for &c in *word {
                *count.entry(c).or_default() += 1;
            }
        }
    }
    let totals = [0, 1].map(|side: usize| counts[side].values().sum::<usize>() as f64);
    let mut sides = [Pieces::new(), Pieces::new()];
    for (side, pieces) in sides.iter_mut().enumerate() {
        for (&letter, _) in counts[side].iter().filter(|(_, count)| **count >= RARE) {
            pieces.add(&[letter]);
        }
        let mut mass: BTreeMap<&[char], f64> = BTreeMap::new();
        for (pair, odds) in pairs.iter().zip(odds).filter(|(_, odds)| **odds > 0.0) {
            *mass.entry(if side == 0 { pair.0 } else { pair.1 }).or_default() += odds;
        }
        let mut longer: Vec<(&[char], f64)> = mass.into_iter().filter(|(piece, _)| piece.len() > 1).collect();
        longer.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        for (piece, _) in longer {
            if pieces.names.len() < PIECES {
                pieces.add(piece);
            }
        }
    }
    let [latin, other] = sides;
    let columns = other.names.len();
    let mut weights = vec![NEVER; latin.names.len() * columns];
    for (x, u) in latin.names.iter().enumerate() {
        for (y, v) in other.names.iter().enumerate() {
            let is_end = u.iter().chain(v).any(|c| ENDS.contains(c));
            if u.len().max(v.len()) == 1 && (u == v || !is_end) && (ends_agree(u, v)) {
                weights[x * columns + y] = UNMET;
            }
        }
    }
    for (&(u, v), &odds) in pairs.iter().zip(odds).filter(|(_, odds)| **odds > 0.0) {
        if let (Some(&x), Some(&y)) = (latin.numbers.get(u), other.numbers.get(v)) {
            let chance = |piece: &[char], side: usize| -> f64 {
                piece.iter().map(|c| (counts[side][c] as f64 / totals[side]).ln()).sum()
            };
            let weight = (odds.ln() - chance(u, 0) - chance(v, 1)) as f32;
            let most = if u.is_empty() || v.is_empty() { 0.0 } else { 8.0 };
            weights[x * columns + y] = weight.clamp(-6.0, most);
        }
    }
    Model { latin, other, weights, bias: -3.0 }
}
