//! Two parts of names side by side.

use once_cell::sync::OnceCell;

use super::prepared::Ready;
use super::weights::Weights;
use crate::name::{Role, Vocabulary};
use crate::name::spelling::Spelling;

/// What a pair of parts is, and what that counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub feature: &'static str,
    pub weight: i32,
}

/// How the weights of one kind of name make evidence of two parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct PairWeights {
    pub same_base: i32,
    pub same: i32,
    pub variant: Curve,
    pub cross: Curve,
    pub sense: i32,
    pub number: i32,
}

/// Evidence from rarity and from how likely two spellings are of one name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Curve {
    pub base: i32,
    /// In 1/1000, of the rarity, of the logarithm of the chance, and of its odds.
    pub scale: i32,
    pub loss: i32,
    pub gain: i32,
}

/// Odds that spellings are of one name, in 1/1000 log2, below which they are not told apart: whatever the weights, the
/// parts are in conflict.
const LEAST_ODDS: i32 = -12_000;
/// Odds above which they count no more; those of words of a dozen letters.
const MOST_ODDS: i32 = 30_000;
/// The step of the table of logarithms of chances.
const STEP: i32 = 50;

/// The binary logarithm of the chance that goes with log2 odds, both in 1/1000.
fn log_chance(odds: i32) -> i32 {
    static TABLE: OnceCell<Vec<i32>> = OnceCell::new();
    let table = TABLE.get_or_init(|| {
        let entry = |step: i32| {
            let odds = f64::from(LEAST_ODDS + step * STEP) / 1_000.0;
            // Between -12.1 and 0, so the cast keeps it.
            #[expect(clippy::cast_possible_truncation, reason = "a number between -12,100 and 0")]
            let log = (-(1.0 + (-odds).exp2()).log2() * 1_000.0).round() as i32;
            log
        };
        (0..=(MOST_ODDS - LEAST_ODDS) / STEP + 1).map(entry).collect()
    });
    let place = odds.clamp(LEAST_ODDS, MOST_ODDS) - LEAST_ODDS;
    let (step, rest) = (place / STEP, place % STEP);
    let at = |i: i32| usize::try_from(i).ok().and_then(|i| table.get(i)).copied().unwrap_or(0);
    at(step) + (at(step + 1) - at(step)) * rest / STEP
}

impl Curve {
    fn at(self, odds: i32, rarity: i32) -> i32 {
        let part = |scale: i32, value: i32| (i64::from(scale) * i64::from(value) / 1_000) as i32;
        self.base
            + part(self.scale, rarity)
            + part(self.loss, log_chance(odds))
            + part(self.gain, odds.min(MOST_ODDS))
    }

    /// The odds at and below which the curve is no higher than `least`.
    fn odds_for(self, least: i32, rarity: i32) -> i32 {
        let (mut low, mut high) = (0, (MOST_ODDS - LEAST_ODDS) / STEP);
        while low < high {
            let middle = (low + high + 1) / 2;
            if self.at(LEAST_ODDS + middle * STEP, rarity) > least {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        LEAST_ODDS + low * STEP
    }
}

/// Compares parts of one kind of name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comparer<'w> {
    pub spelling: &'static Spelling,
    pub vocabulary: &'static Vocabulary,
    pub weights: &'w Weights,
    pub pairs: PairWeights,
}

impl Comparer<'_> {
    /// Whether two parts are letter by letter the same, in one script or as both are romanized.
    pub fn is_same(&self, a: &Ready, b: &Ready) -> bool {
        a.text == b.text && a.roman.is_none() == b.roman.is_none()
    }

    /// What two parts say when they are spelled alike in some measure; nothing when they are not.
    pub fn alike(&self, a: &Ready, b: &Ready, least: i32) -> Option<Found> {
        let rarity = if a.roman.is_some() != b.roman.is_some() {
            // What a romanization without vowels reads like is no measure of rarity.
            if a.roman.is_some() { b.rarity } else { a.rarity }
        } else {
            a.rarity.min(b.rarity)
        };
        if self.is_same(a, b) {
            let weight = self.pairs.same_base + self.pairs.same * rarity / 1_000;
            return Some(Found { feature: "same part", weight });
        }
        if a.role == Role::Number || b.role == Role::Number {
            return Some(Found { feature: "different number", weight: self.pairs.number });
        }
        let cross = a.roman.is_some() != b.roman.is_some();
        let curve = if cross { self.pairs.cross } else { self.pairs.variant };
        let floor = curve.odds_for(least, rarity);
        let odds = if cross {
            self.spelling.weigh(&a.own, &b.own, floor)
        } else {
            self.spelling.weigh(a.latin(), b.latin(), floor)
        };
        let odds = odds.or_else(|| self.glued(a, b, floor));
        let spelled = odds.map(|odds| curve.at(odds, rarity)).filter(|weight| *weight > least);
        let found = spelled.map(|weight| Found { feature: if cross { "in another script" } else { "variant part" }, weight });
        let sense = a.senses.iter().any(|s| b.senses.contains(s)).then(|| Found {
            feature: "same meaning",
            weight: self.pairs.sense * rarity / 1_000,
        });
        match (found, sense) {
            (Some(found), Some(sense)) if sense.weight > found.weight => Some(sense),
            (None, sense) => sense,
            (found, _) => found,
        }
    }

    /// Odds of spellings when one of them has its article or particle written with it.
    fn glued(&self, a: &Ready, b: &Ready, floor: i32) -> Option<i32> {
        let with = |x: &Ready, y: &Ready| {
            let (_, spelled) = x.glued.as_ref()?;
            self.spelling.weigh(spelled, y.latin(), floor)
        };
        with(a, b).max(with(b, a))
    }
}
