//! Two parts of names side by side.

use super::prepared::Ready;
use super::weights::Weights;
use crate::name::Role;
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

/// Evidence of two spellings: what an equal part would say and what a different one, by how likely they are of one name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Curve {
    /// What spellings that are surely of one name say beside what an equal part does.
    pub base: i32,
    /// How steeply the chance grows with the odds, in 1/1000, and the odds that are added to them.
    pub slope: i32,
    pub shift: i32,
    /// Odds taken for each letter of the shorter part: long words are alike for their length already.
    pub letter: i32,
    /// Odds taken for the first letter that the shorter part has less than [`ENOUGH_LETTERS`], twice as much for the
    /// second, and so on: among short names, one letter makes another name.
    pub short: i32,
    /// What it says that one part is the other with an ending, as [`is_ended`] tells.
    pub ending: i32,
}

/// What parts of four letters lack; those of three are no worse.
const MOST_LACKING: i32 = 6;
/// Parts of as many letters are forgiven a slip.
const ENOUGH_LETTERS: usize = 7;

/// Odds that spellings are of one name, in 1/1000 log2, above which they count no more: those of words of a dozen
/// letters.
const MOST_ODDS: i32 = 30_000;
/// A share of a number, in 1/1000.
fn part(scale: i32, value: i32) -> i32 {
    let product = i64::from(scale) * i64::from(value) / 1_000;
    i32::try_from(product).unwrap_or(0)
}

impl Curve {
    /// The evidence of odds for parts that lack letters, counted as [`Curve::short`] says; `same` is what an equal part
    /// says, `different` what different parts do.
    fn at(self, odds: i32, lacking: i32, same: i32, different: i32) -> i32 {
        let weight = self.shift + part(self.slope, odds) - self.short * lacking;
        // Never less than a difference, however common the part.
        weight.min(same + self.base).max(different)
    }
}

/// Whether two parts are letter by letter the same, in one script or as both are romanized.
pub(super) fn is_same(a: &Ready, b: &Ready) -> bool {
    a.text == b.text && a.roman.is_none() == b.roman.is_none()
}

/// Whether one word is the other with vowels after its last consonant: Diab and Diaby, Hassan and Hassani, Golovin and
/// Golovina. In many languages that makes another name of it.
fn is_ended(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let is_vowel = |c: u8| b"aeiouy".contains(&c);
    short.bytes().last().is_some_and(|last| last.is_ascii_alphabetic() && !is_vowel(last))
        && long
            .strip_prefix(short)
            .is_some_and(|ending| (1..=2).contains(&ending.len()) && ending.bytes().all(is_vowel))
}

/// Whether two parts are written in two scripts.
fn is_across(a: &Ready, b: &Ready) -> bool {
    a.roman.is_some() != b.roman.is_some()
}

/// Compares parts of one kind of name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comparer<'w> {
    pub spelling: &'static Spelling,
    pub weights: &'w Weights,
    pub pairs: PairWeights,
    /// When each name has one part only, and nothing but its spelling speaks.
    pub lone: Option<Lone>,
}

/// Evidence of two names of one part each: at even odds, and per rarity and odds, in 1/1000.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lone {
    pub base: i32,
    pub scale: i32,
    pub gain: i32,
}

/// Odds, in 1/1000 log2, below which parts are as different as can be.
const LEAST_ODDS: i32 = -8_000;

impl Comparer<'_> {
    /// How rare two parts are: as rare as the commoner.
    fn rarity(&self, a: &Ready, b: &Ready) -> i32 {
        match (a.roman.is_some(), b.roman.is_some()) {
            // What a romanization without vowels reads like is no measure of rarity.
            (true, false) => b.rarity,
            (false, true) => a.rarity,
            _ => a.rarity.min(b.rarity),
        }
    }

    /// What two parts say if they are the same.
    fn same(&self, a: &Ready, b: &Ready) -> i32 {
        self.pairs.same_base + part(self.pairs.same, self.rarity(a, b))
    }

    /// What two parts say that have one meaning; nothing if they have not.
    fn sense(&self, a: &Ready, b: &Ready) -> Option<i32> {
        let shared = a.senses.iter().any(|sense| b.senses.contains(sense));
        shared.then(|| part(self.pairs.sense, self.rarity(a, b)))
    }

    /// How the odds of two spellings become evidence.
    fn curve(&self, a: &Ready, b: &Ready) -> Curve {
        if is_across(a, b) { self.pairs.cross } else { self.pairs.variant }
    }

    /// What two parts say when they are spelled alike in some measure; nothing when they are not, which says
    /// `different`.
    pub fn alike(&self, a: &Ready, b: &Ready, different: i32) -> Option<Found> {
        let same = self.same(a, b);
        if is_same(a, b) {
            return Some(Found { feature: "same part", weight: same });
        }
        if a.role == Role::Number || b.role == Role::Number {
            return Some(Found { feature: "different number", weight: self.pairs.number });
        }
        let (across, curve) = (is_across(a, b), self.curve(a, b));
        let sense = self.sense(a, b).map(|weight| Found { feature: "same meaning", weight });
        if sense.is_none() && !across && !a.senses.is_empty() && !b.senses.is_empty() {
            // East is no spelling of West, nor Defence of Finance.
            return None;
        }
        let floor = LEAST_ODDS;
        let (x, y) = if across { (&a.own, &b.own) } else { (a.latin(), b.latin()) };
        let letters = i32::try_from(x.letters().min(y.letters())).unwrap_or(0);
        let odds = self.spelling.weigh(x, y).map(|odds| odds - curve.letter * letters);
        let odds = odds.filter(|odds| *odds >= floor).or_else(|| self.glued(a, b, floor));
        let lacking = ENOUGH_LETTERS.saturating_sub(a.text.len().min(b.text.len()));
        let lacking = i32::try_from(lacking * (lacking + 1) / 2).unwrap_or(0).min(MOST_LACKING);
        let ending = if !across && is_ended(&a.text, &b.text) { curve.ending } else { 0 };
        let weight = |odds: i32| match self.lone {
            Some(lone) => lone.base + part(lone.scale, self.rarity(a, b)) + part(lone.gain, odds.min(MOST_ODDS)),
            None => (curve.at(odds, lacking, same, different) + ending).max(different),
        };
        let feature = if across { "in another script" } else { "variant part" };
        let spelled = odds.map(|odds| Found { feature, weight: weight(odds) });
        match (spelled, sense) {
            (Some(spelled), Some(sense)) if sense.weight > spelled.weight => Some(sense),
            (None, sense) => sense,
            (spelled, _) => spelled,
        }
    }

    /// Odds of spellings when one of them has its article or particle written with it.
    fn glued(&self, a: &Ready, b: &Ready, floor: i32) -> Option<i32> {
        let with =
            |x: &Ready, y: &Ready| self.spelling.weigh(x.glued.as_ref()?, y.latin()).filter(|odds| *odds >= floor);
        with(a, b).max(with(b, a))
    }
}
