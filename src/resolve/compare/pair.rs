//! Two parts of names side by side.

use super::prepared::Ready;
use super::weights::Weights;
use crate::name::Role;
use crate::name::spelling::{Spelled, Spelling};

/// What a pair of parts is, and what that counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::resolve) struct Found {
    pub feature: &'static str,
    pub weight: i32,
}

/// How the weights of one kind of name make evidence of two parts.
#[derive(Debug, Clone, Copy)]
pub(in crate::resolve) struct PairWeights {
    pub same_base: i32,
    pub same: i32,
    pub variant: Curve,
    pub cross: Curve,
    pub sense: i32,
    pub number: i32,
}

/// Evidence of two spellings: so much at even odds, and so much more for each, between what different parts say and what
/// an equal part does.
#[derive(Debug, Clone, Copy)]
pub(in crate::resolve) struct Curve {
    /// The most that spellings say, beside what an equal part does.
    pub base: i32,
    /// The evidence per odds, in 1/1000, and that at even odds.
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

/// Parts of as many letters are forgiven a slip.
const ENOUGH_LETTERS: usize = 7;
/// What parts of four letters lack, one and two and three; those of fewer are no worse.
const MOST_LACKING: i32 = 6;
/// Odds that spellings are of one name, in 1/1000 log2, below which parts are as different as can be.
const LEAST_ODDS: i32 = -14_000;
/// Odds above which they count no more: those of words of a dozen letters.
const MOST_ODDS: i32 = 30_000;

/// A share of a number, in 1/1000.
fn part(scale: i32, value: i32) -> i32 {
    let product = i64::from(scale) * i64::from(value) / 1_000;
    i32::try_from(product).unwrap_or(0)
}

/// No less than any [`part`] of the odds up to these; a quarter of all numbers where odds may say less than fewer do.
fn most_of(scale: i32, odds: i32) -> i32 {
    // Products of larger ones leave 32 bits, and count as none.
    if (0..=MOST_SCALE).contains(&scale) && odds <= MOST_SCALE { part(scale, odds) } else { i32::MAX / 4 }
}

/// The largest weight of a table, and more than the odds of any words.
const MOST_SCALE: i32 = 1_000_000;

impl Curve {
    /// The evidence of odds; `same` is what an equal part says, `different` what different parts do.
    fn at(self, odds: i32, same: i32, different: i32) -> i32 {
        let weight = self.shift + part(self.slope, odds);
        // Never less than a difference, however common the part.
        weight.min(same + self.base).max(different)
    }

    /// No less than the evidence of any odds up to these.
    fn at_most(self, odds: i32, same: i32, different: i32) -> i32 {
        self.shift.saturating_add(most_of(self.slope, odds)).min(same + self.base).max(different)
    }

    /// The odds that are taken for the lengths of two words.
    fn taken(self, a: &Spelled, b: &Spelled) -> i32 {
        self.taken_of(a.letters().min(b.letters()))
    }

    /// The same for words of so many letters.
    fn taken_of(self, letters: usize) -> i32 {
        let lacking = ENOUGH_LETTERS.saturating_sub(letters);
        let lacking = i32::try_from(lacking * (lacking + 1) / 2).unwrap_or(0).min(MOST_LACKING);
        self.letter * i32::try_from(letters).unwrap_or(0) + self.short * lacking
    }
}

/// Whether two parts are letter by letter the same, in one script or as both are romanized.
pub(in crate::resolve) fn is_same(a: &Ready, b: &Ready) -> bool {
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

/// Whether two lists have an entry in common.
pub(super) fn is_shared<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    a.iter().any(|entry| b.contains(entry))
}

/// Whether two parts are written in two scripts.
fn is_across(a: &Ready, b: &Ready) -> bool {
    a.roman.is_some() != b.roman.is_some()
}

/// How rare two parts are: as rare as the commoner.
fn rarity(a: &Ready, b: &Ready) -> i32 {
    match (a.roman.is_some(), b.roman.is_some()) {
        // What a romanization without vowels reads like is no measure of rarity.
        (true, false) => b.rarity,
        (false, true) => a.rarity,
        _ => a.rarity.min(b.rarity),
    }
}

/// Compares parts of one kind of name.
#[derive(Debug, Clone, Copy)]
pub(in crate::resolve) struct Comparer<'w> {
    pub spelling: &'static Spelling,
    pub weights: &'w Weights,
    pub pairs: PairWeights,
    /// When each name has one part only, and nothing but its spelling speaks.
    pub lone: Option<Lone>,
}

/// Evidence of two names of one part each: at even odds, and per rarity and odds, in 1/1000.
#[derive(Debug, Clone, Copy)]
pub(in crate::resolve) struct Lone {
    pub base: i32,
    pub scale: i32,
    pub gain: i32,
}

impl Comparer<'_> {
    /// What two parts say if they are the same.
    pub fn same(&self, a: &Ready, b: &Ready) -> i32 {
        self.pairs.same_base + part(self.pairs.same, rarity(a, b))
    }

    /// What two parts say that have one meaning; nothing if they have not.
    fn sense(&self, a: &Ready, b: &Ready) -> Option<i32> {
        is_shared(&a.senses, &b.senses).then(|| part(self.pairs.sense, rarity(a, b)))
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
        let (x, y) = if across { (&a.own, &b.own) } else { (a.latin(), b.latin()) };
        let odds = self.odds(x, y, curve).or_else(|| self.glued(a, b, curve));
        let ending = if !across && is_ended(&a.text, &b.text) { curve.ending } else { 0 };
        let weight = |odds: i32| match self.lone {
            Some(lone) => lone.base + part(lone.scale, rarity(a, b)) + part(lone.gain, odds.min(MOST_ODDS)),
            None => (curve.at(odds, same, different) + ending).max(different),
        };
        let feature = if across { "in another script" } else { "variant part" };
        let spelled = odds.map(|odds| Found { feature, weight: weight(odds) });
        match (spelled, sense) {
            (Some(spelled), Some(sense)) if sense.weight > spelled.weight => Some(sense),
            (None, sense) => sense,
            (spelled, _) => spelled,
        }
    }

    /// No less than [`Comparer::alike`] finds; nothing where it finds nothing.
    pub fn alike_at_most(&self, a: &Ready, b: &Ready, different: i32) -> Option<i32> {
        let same = self.same(a, b);
        if is_same(a, b) {
            return Some(same);
        }
        if a.role == Role::Number || b.role == Role::Number {
            return Some(self.pairs.number);
        }
        let (across, curve) = (is_across(a, b), self.curve(a, b));
        let sense = self.sense(a, b);
        if sense.is_none() && !across && !a.senses.is_empty() && !b.senses.is_empty() {
            return None;
        }
        let (x, y) = if across { (&a.own, &b.own) } else { (a.latin(), b.latin()) };
        let with = |x: &Ready, y: &Ready| self.odds_at_most(x.glued.as_ref()?, y.latin(), curve);
        let odds = self.odds_at_most(x, y, curve).max(with(a, b)).max(with(b, a));
        let ending = if !across && is_ended(&a.text, &b.text) { curve.ending } else { 0 };
        let spelled = odds.map(|odds| match self.lone {
            Some(lone) => lone.base + part(lone.scale, rarity(a, b)) + most_of(lone.gain, odds.min(MOST_ODDS)),
            None => (curve.at_most(odds, same, different) + ending).max(different),
        });
        spelled.max(sense)
    }

    /// What two Latin words have to weigh at least, one of them this one and the other of so many letters or more, for
    /// their spellings to say more than `weight`; nothing if that is not known.
    pub fn least(&self, word: &Spelled, letters: usize, weight: i32) -> Option<i32> {
        let curve = self.pairs.variant;
        if self.lone.is_some() || !(1..=MOST_SCALE).contains(&curve.slope) {
            return None;
        }
        let above = i64::from(weight) - i64::from(curve.ending.max(0)) - i64::from(curve.shift);
        let odds = (above * 1_000).div_euclid(i64::from(curve.slope));
        let lengths = letters..=word.letters().max(letters);
        let taken = lengths.map(|letters| i64::from(curve.taken_of(letters.min(word.letters())))).min()?;
        i32::try_from(odds.max(i64::from(LEAST_ODDS) - 1) + taken).ok()
    }

    /// The most that two parts say whose rarity is no more than this, but for meanings and other names.
    pub fn most(&self, rarity: i32) -> i64 {
        let same = i64::from(self.pairs.same_base) + i64::from(part(self.pairs.same, rarity)).max(0);
        let curve = |curve: Curve| i64::from(curve.base) + i64::from(curve.ending.max(0));
        same + curve(self.pairs.variant).max(curve(self.pairs.cross)).max(0)
    }

    /// No less than [`Comparer::odds`].
    fn odds_at_most(&self, a: &Spelled, b: &Spelled, curve: Curve) -> Option<i32> {
        let most = self.spelling.at_most(a, b)?;
        Some(most.saturating_sub(curve.taken(a, b))).filter(|odds| *odds >= LEAST_ODDS)
    }

    /// The odds that two words are spellings of one, less what [`Curve`] takes for their lengths.
    fn odds(&self, a: &Spelled, b: &Spelled, curve: Curve) -> Option<i32> {
        let taken = curve.taken(a, b);
        self.spelling.weigh(a, b).map(|odds| odds - taken).filter(|odds| *odds >= LEAST_ODDS)
    }

    /// The same when one of them has its article or particle written with it.
    fn glued(&self, a: &Ready, b: &Ready, curve: Curve) -> Option<i32> {
        let with = |x: &Ready, y: &Ready| self.odds(x.glued.as_ref()?, y.latin(), curve);
        with(a, b).max(with(b, a))
    }
}
