//! The weights of the tagger: rows of all labels side by side, found by a feature's hash.
//!
//! Four rows fill a line of the processor's cache. A feature's hash names the line, and sixteen further bits tell
//! whether one of its rows is the feature's own: a feature that was never learned adds nothing, where plain hashing
//! would add another one's weights (one look-up in 16,000 does).

use std::fmt;

use super::labels::{ALLOWED, LABELS};
use crate::error::Error;

/// Weights of one feature: one for each label, in units of [`Model::UNIT`], one that is no label's, and two bytes that
/// tell whose they are. Sixteen bytes are added at once, the last three for nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Row([i8; 16]);

impl Row {
    fn new(check: u16, weights: [i8; LABELS]) -> Self {
        let mut row = [0; 16];
        row[..LABELS].copy_from_slice(&weights);
        let [low, high] = check.to_le_bytes();
        (row[14], row[15]) = (i8::from_le_bytes([low]), i8::from_le_bytes([high]));
        Self(row)
    }

    fn check(&self) -> u16 {
        u16::from_le_bytes([self.0[14].to_le_bytes()[0], self.0[15].to_le_bytes()[0]])
    }

    fn weights(&self) -> &[i8] {
        &self.0[..LABELS]
    }
}

/// As many rows as fill a line of the cache, and begin where one begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(align(64))]
struct Line([Row; WAYS]);

/// Rows in a line.
const WAYS: usize = 4;
/// Bytes of a row in a file: its check and its weights.
const ROW_BYTES: usize = 2 + LABELS;
/// What a file of weights begins with; the digit is its version.
const MAGIC: &[u8; 8] = b"allonym1";
/// No model has more lines: 16 MB, far more than a cache holds.
const MOST_LINES: usize = 1 << 18;

/// Sums of weights, one for each label, and three that mean nothing: as many as a row has bytes.
pub(super) type Sums = [i16; 16];

/// The weights of a tagger.
#[derive(Clone, PartialEq, Eq)]
pub struct Model {
    lines: Vec<Line>,
    transitions: [[i16; LABELS]; LABELS],
}

impl Model {
    /// What a weight of one stands for, in nats: a sixteenth. Weights beyond eight nats are seldom learned and cut.
    pub const UNIT: f32 = 1.0 / 16.0;

    /// The weights of a file made by [`Model::to_bytes`].
    ///
    /// # Errors
    ///
    /// [`Error::Table`] when they are no such file, of another version, or damaged.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let error = |reason: &str| Error::Table { file: name.to_owned(), line: 0, reason: reason.to_owned() };
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| error("no weights of a tagger, or of another version"))?;
        let (count, rest) = rest.split_first_chunk::<4>().ok_or_else(|| error("cut short"))?;
        let lines = u32::from_le_bytes(*count) as usize;
        if !lines.is_power_of_two() || lines > MOST_LINES {
            return Err(error("the number of lines is no power of two"));
        }
        let mut transitions = [[0; LABELS]; LABELS];
        let transition_bytes = LABELS * LABELS * 2;
        if rest.len() != transition_bytes + lines * WAYS * ROW_BYTES {
            return Err(error("cut short or too long"));
        }
        let (first, rows) = rest.split_at(transition_bytes);
        for (i, pair) in first.chunks_exact(2).enumerate() {
            transitions[i / LABELS][i % LABELS] = i16::from_le_bytes([pair[0], pair[1]]);
        }
        let mut model = Self { lines: vec![Line::default(); lines], transitions };
        for (i, bytes) in rows.chunks_exact(ROW_BYTES).enumerate() {
            let row = &mut model.lines[i / WAYS].0[i % WAYS];
            let mut weights = [0; LABELS];
            for (weight, byte) in weights.iter_mut().zip(&bytes[2..]) {
                *weight = i8::from_le_bytes([*byte]);
            }
            *row = Row::new(u16::from_le_bytes([bytes[0], bytes[1]]), weights);
        }
        Ok(model)
    }

    /// The weights as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(u32::try_from(self.lines.len()).unwrap_or(u32::MAX).to_le_bytes());
        out.extend(self.transitions.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        for row in self.rows() {
            out.extend(row.check().to_le_bytes());
            out.extend(row.weights().iter().flat_map(|weight| weight.to_le_bytes()));
        }
        out
    }

    /// A model of learned weights, in nats: those of features by their hashes, and those of label after label.
    ///
    /// The model has `lines` lines of four features, rounded up to a power of two. Where more features share a line the
    /// ones that come first are kept; also the number of those that were left out.
    #[must_use]
    pub fn new(
        lines: usize,
        features: impl IntoIterator<Item = (u64, [f32; LABELS])>,
        transitions: &[[f32; LABELS]; LABELS],
    ) -> (Self, usize) {
        let lines = lines.clamp(1, MOST_LINES).next_power_of_two();
        let mut model = Self { lines: vec![Line::default(); lines], transitions: [[0; LABELS]; LABELS] };
        for (to, from) in model.transitions.iter_mut().flatten().zip(transitions.iter().flatten()) {
            *to = in_units(*from);
        }
        let mut left_out = 0;
        for (hash, weights) in features {
            let (line, check) = model.place(hash);
            match model.lines[line].0.iter_mut().find(|row| [0, check].contains(&row.check())) {
                Some(row) if row.check() == 0 => {
                    let bound = |weight: i16| i8::try_from(weight.clamp(-127, 127)).unwrap_or_default();
                    *row = Row::new(check, weights.map(|weight| bound(in_units(weight))));
                }
                _ => left_out += 1,
            }
        }
        (model, left_out)
    }

    /// The line of a feature and its check, which is never 0: that is the check of no row.
    fn place(&self, hash: u64) -> (usize, u16) {
        let line = usize::try_from(hash & 0xFFFF_FFFF).unwrap_or_default() & (self.lines.len() - 1);
        let check = u16::try_from(hash >> 48).unwrap_or_default();
        (line, check.max(1))
    }

    /// Adds the weights of features, those that have any.
    pub(super) fn add(&self, features: &[u64], sums: &mut Sums) {
        let mut own = *sums;
        for hash in features {
            let (line, check) = self.place(*hash);
            let rows = &self.lines[line].0;
            // Which row it is, and whether any is: without a branch, as no processor foresees what features are known.
            let (mut at, mut mask) = (0, 0);
            for (i, row) in rows.iter().enumerate() {
                let is_own = row.check() == check;
                at |= i * usize::from(is_own);
                mask |= -i8::from(is_own);
            }
            for (sum, weight) in own.iter_mut().zip(rows[at].0) {
                *sum = sum.wrapping_add(i16::from(weight & mask));
            }
        }
        *sums = own;
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.lines.iter().flat_map(|line| &line.0)
    }

    /// The weights of a label after another.
    pub(super) fn transitions(&self) -> &[[i16; LABELS]; LABELS] {
        &self.transitions
    }

    /// How many features it knows.
    #[must_use]
    pub fn features(&self) -> usize {
        self.rows().filter(|row| row.check() != 0).count()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "bounded before")]
fn in_units(weight: f32) -> i16 {
    // No sum of a hundred such weights leaves the range.
    (weight / Model::UNIT).round().clamp(-300.0, 300.0) as i16
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let allowed = ALLOWED.iter().flatten().filter(|allowed| **allowed).count();
        f.debug_struct("Model").field("features", &self.features()).field("transitions", &allowed).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Model {
        let mut weights = [0.0; LABELS];
        weights[3] = 1.5;
        let features = (0..20_u64).map(|i| (i.wrapping_mul(0x9E37_79B9_7F4A_7C15), weights));
        let (model, left_out) = Model::new(16, features, &[[0.25; LABELS]; LABELS]);
        assert_eq!(left_out, 0);
        model
    }

    #[test]
    fn comes_back_from_its_bytes() {
        let model = small();
        let bytes = model.to_bytes();
        assert_eq!(Model::from_bytes("t", &bytes).ok(), Some(model));
        assert!(Model::from_bytes("t", &bytes[..bytes.len() - 1]).is_err());
        assert!(Model::from_bytes("t", b"something else").is_err());
    }

    #[test]
    fn unknown_features_add_nothing() {
        let model = small();
        let mut sums = Sums::default();
        model.add(&[0x9E37_79B9_7F4A_7C15], &mut sums);
        assert_eq!(sums[3], 24);
        model.add(&[12_345], &mut sums);
        assert_eq!(sums[3], 24);
    }
}
