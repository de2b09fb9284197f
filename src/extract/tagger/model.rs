//! The weights of the tagger: rows of all labels side by side, found by a feature's hash.
//!
//! Four rows share a line. A feature's hash names the line, and sixteen further bits tell whether one of its rows is the
//! feature's own: a feature that was never learned adds nothing, where plain hashing would add another one's weights
//! (one look-up in 16,000 does). Most features were never learned, so the bits stand apart from the rows: a look at
//! eight bytes settles it, and all of them together stay in the processor's cache.

use std::fmt;

use super::labels::{ALLOWED, LABELS, LANES};
use crate::error::Error;

/// Weights of one feature: one for each label, in the label's lane, in units of [`Model::UNIT`], and three that are no
/// label's. Sixteen bytes are added at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(align(16))]
struct Row([i8; 16]);

/// The checks of a line's rows, sixteen bits each, the first row's the lowest; that of no feature is 0.
type Checks = u64;

/// The lowest bit of each check, and the highest.
const LOWEST: Checks = 0x0001_0001_0001_0001;
const HIGHEST: Checks = LOWEST << 15;

/// Which of a line's rows has a check: the first one that does.
fn way(checks: Checks, check: u16) -> Option<usize> {
    let differences = checks ^ LOWEST.wrapping_mul(u64::from(check));
    // The lowest sixteen bits that are all zero borrow their highest; what is above them may borrow wrongly.
    let same = differences.wrapping_sub(LOWEST) & !differences & HIGHEST;
    (same != 0).then_some(same.trailing_zeros() as usize / 16)
}

/// Rows in a line.
const WAYS: usize = 4;
/// Bytes of a row in a file: its check and its weights.
const ROW_BYTES: usize = 2 + LABELS;
/// What a file of weights begins with; the digit is its version.
const MAGIC: &[u8; 8] = b"allonym1";
/// No model has more lines: 16 MB, far more than a cache holds.
const MOST_LINES: usize = 1 << 18;

/// Sums of weights, one in each label's lane, and three that mean nothing: as many as a row has bytes.
pub(super) type Sums = [i16; 16];

/// The weights of a tagger.
///
/// # Examples
///
/// ```
/// use allonym::extract::tagger::labels::LABELS;
/// use allonym::extract::tagger::{Model, Tagger};
///
/// // A model that has learned one feature.
/// let (model, left_out) = Model::new(1 << 8, [(0xfeed_0000_0000_0001, [0.5; LABELS])], &[[0.0; LABELS]; LABELS]);
/// assert_eq!((model.features(), left_out), (1, 0));
/// let bytes = model.to_bytes();
/// assert!(Model::from_bytes("mine.bin", &bytes)? == model);
/// let tagger = Tagger::new(model);
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Model {
    lines: Vec<Checks>,
    /// The row of no feature, which adds nothing, and those of all lines.
    rows: Vec<Row>,
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
        let transition_bytes = LABELS * LABELS * 2;
        if rest.len() != transition_bytes + lines * WAYS * ROW_BYTES {
            return Err(error("cut short or too long"));
        }
        let (first, rows) = rest.split_at(transition_bytes);
        let mut model = Self::empty(lines);
        for (weight, pair) in model.transitions.iter_mut().flatten().zip(first.chunks_exact(2)) {
            *weight = i16::from_le_bytes([pair[0], pair[1]]);
        }
        for (i, bytes) in rows.chunks_exact(ROW_BYTES).enumerate() {
            let mut weights = [0; LABELS];
            for (weight, byte) in weights.iter_mut().zip(&bytes[2..]) {
                *weight = i8::from_le_bytes([*byte]);
            }
            model.put(i / WAYS, i % WAYS, u16::from_le_bytes([bytes[0], bytes[1]]), weights);
        }
        Ok(model)
    }

    /// A model without features.
    fn empty(lines: usize) -> Self {
        let rows = vec![Row::default(); 1 + lines * WAYS];
        Self { lines: vec![0; lines], rows, transitions: [[0; LABELS]; LABELS] }
    }

    /// Puts the weights of a feature where none are.
    fn put(&mut self, line: usize, way: usize, check: u16, weights: [i8; LABELS]) {
        self.lines[line] |= u64::from(check) << (16 * way);
        let row = &mut self.rows[1 + line * WAYS + way].0;
        for (lane, weight) in LANES.into_iter().zip(weights) {
            row[lane] = weight;
        }
    }

    /// The weights as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(u32::try_from(self.lines.len()).unwrap_or(u32::MAX).to_le_bytes());
        out.extend(self.transitions.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        for (check, row) in self.checks().zip(&self.rows[1..]) {
            out.extend(check.to_le_bytes());
            out.extend(LANES.iter().flat_map(|lane| row.0[*lane].to_le_bytes()));
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
        let mut model = Self::empty(lines);
        for (to, from) in model.transitions.iter_mut().flatten().zip(transitions.iter().flatten()) {
            *to = in_units(*from);
        }
        let mut left_out = 0;
        for (hash, weights) in features {
            let (line, check) = model.place(hash);
            match way(model.lines[line], 0) {
                Some(free) if way(model.lines[line], check).is_none() => {
                    let bound = |weight: i16| i8::try_from(weight.clamp(-127, 127)).unwrap_or_default();
                    model.put(line, free, check, weights.map(|weight| bound(in_units(weight))));
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
            let row = way(self.lines[line], check).map_or(0, |way| 1 + line * WAYS + way);
            for (sum, weight) in own.iter_mut().zip(self.rows[row].0) {
                *sum = sum.wrapping_add(i16::from(weight));
            }
        }
        *sums = own;
    }

    /// The check of each row.
    fn checks(&self) -> impl Iterator<Item = u16> {
        let of_way = |line: Checks, way: usize| u16::try_from(line >> (16 * way) & 0xFFFF).unwrap_or_default();
        self.lines.iter().flat_map(move |line| (0..WAYS).map(move |way| of_way(*line, way)))
    }

    /// The weights of a label after another.
    pub(super) fn transitions(&self) -> &[[i16; LABELS]; LABELS] {
        &self.transitions
    }

    /// How many features it knows.
    #[must_use]
    pub fn features(&self) -> usize {
        self.checks().filter(|check| *check != 0).count()
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
    fn a_row_is_found_by_its_check() {
        let checks = 0x0001_8000_0000_FFFF;
        for (check, expected) in [(0xFFFF, Some(0)), (0, Some(1)), (0x8000, Some(2)), (1, Some(3)), (2, None)] {
            assert_eq!(way(checks, check), expected, "{check}");
        }
        // A difference of one above the same check would borrow.
        assert_eq!(way(0x0006_0005_0007_0004, 5), Some(2));
        assert_eq!(way(0x0006_0004_0004_0004, 5), None);
        assert_eq!(way(0, 7), None);
    }

    #[test]
    fn unknown_features_add_nothing() {
        let model = small();
        let mut sums = Sums::default();
        model.add(&[0x9E37_79B9_7F4A_7C15], &mut sums);
        assert_eq!(sums[LANES[3]], 24);
        model.add(&[12_345], &mut sums);
        assert_eq!(sums[LANES[3]], 24);
    }
}
