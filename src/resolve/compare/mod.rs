//! Whether two names can be names of one thing: a sum of evidence.
//!
//! Parts are aligned in the way that says most for one name; what stays on one side only is absence, what stays on both
//! is a conflict. Closeness of the letters as a whole is never looked at: *Omar Diaby* and *Omar Diab* differ in one
//! letter, and in their family.
//!
//! What each observation counts for is learned from pairs of names (`examples/train_comparison`), as is how likely two
//! words are spellings of one ([`spelling`](crate::name::spelling)). The score is calibrated: among pairs of names of
//! which a quarter are one thing's and the others were chosen because they look alike, those with a score of 0.9 are
//! one in nine of ten cases.
//!
//! # Limits
//!
//! Two people of one full name are one name to it, and so are a father and a son who share it.

use std::sync::Arc;

use super::evidence::Comparison;
use crate::mention::{EntityKind, probability};
use crate::name::spelling::Spelling;
use crate::name::{AcronymFit, Name, Role, acronym_fit};

mod bound;
mod evidence_of;
mod list;
mod pair;
pub(super) mod person;
mod prepared;
mod weights;
mod words;

pub(super) use evidence_of::Sum;
use evidence_of::{Reasons, Sink};
pub use list::NameList;
pub(super) use pair::Comparer;
use pair::{Curve, Lone, PairWeights};
pub use prepared::PreparedName;
use prepared::Reading;
pub(super) use prepared::{MOST_PARTS, Ready, join, may_join};
pub use weights::Weights;
use words::Alone;

/// What was seen on one side.
type Side = String;

/// Names of different kinds, in 1/1000 log2 odds: nothing outweighs it.
const DIFFERENT_KINDS: i32 = -30_000;

/// Compares two names.
///
/// Symmetric but for the order of what the evidence saw. Names of different kinds have no evidence in common and a
/// weight far below zero.
///
/// # Cost
///
/// A few microseconds, most of them to make the names ready; who compares a name more than once makes a
/// [`PreparedName`] of it.
///
/// # Examples
///
/// ```
/// use allonym::name::Name;
/// use allonym::{EntityKind, compare};
///
/// let name = |text| Name::new(text, EntityKind::Person);
/// assert!(compare(&name("Ahmed al-Sharaa"), &name("Ahmad al-Sharra")).is_match());
/// assert!(!compare(&name("Bashar al-Assad"), &name("Hafez al-Assad")).is_match());
/// assert!(!compare(&name("Omar Diaby"), &name("Omar Diab")).is_match());
/// ```
#[must_use]
pub fn compare(a: &Name, b: &Name) -> Comparison {
    PreparedName::of(Arc::new(a.clone())).compare(&PreparedName::of(Arc::new(b.clone())))
}

impl PreparedName {
    /// Compares two names, with the evidence.
    ///
    /// # Cost
    ///
    /// A microsecond or two, half of it for the texts of the evidence.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Comparison {
        let turned = self.turned(other);
        let (a, b) = if turned { (other, self) } else { (self, other) };
        let weights = Weights::embedded();
        // Most names have one reading, and nothing to choose from.
        let single = a.readings.len() == 1 && b.readings.len() == 1;
        let (_, x, y) = if single { (0, 0, 0) } else { best(a, b, weights) };
        let mut reasons = Reasons { evidence: Vec::with_capacity(8), turned };
        weigh((a, x), (b, y), weights, &mut reasons);
        Comparison::new(&self.name.surface, &other.name.surface, reasons.evidence)
    }

    /// The weight of [`PreparedName::compare`] without its evidence, in 1/1000 log2 odds.
    ///
    /// # Cost
    ///
    /// The product of the numbers of parts times that of their lengths, without allocation for names of people: about a
    /// microsecond for ordinary names. A name in Han characters is read in several ways, each compared.
    #[must_use]
    pub fn weight(&self, other: &Self) -> i32 {
        self.weight_with(other, Weights::embedded())
    }

    /// The score of [`PreparedName::compare`] without its evidence, 0 to 1.
    #[must_use]
    pub fn score(&self, other: &Self) -> f64 {
        probability(self.weight(other))
    }

    /// The weight by other weights than those of the crate.
    #[must_use]
    pub fn weight_with(&self, other: &Self, weights: &Weights) -> i32 {
        let (a, b) = if self.turned(other) { (other, self) } else { (self, other) };
        best(a, b, weights).0
    }

    /// Whether the weight of two names may be more than `floor`: if not, [`PreparedName::weight`] is `floor` or less.
    ///
    /// Most pairs of names that have little in common are told so from all others.
    ///
    /// # Cost
    ///
    /// About half of that of the weight: no word is compared with another letter by letter.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::{EntityKind, PreparedName};
    ///
    /// let name = |text| PreparedName::new(text, EntityKind::Person);
    /// let (one, other) = (name("Ahmed al-Sharaa"), name("Ahmad al-Sharra"));
    /// assert!(one.weight(&other) > 0 && one.may_exceed(&other, 0));
    /// assert!(!one.may_exceed(&name("Bernd Kowalczuk"), 0));
    /// ```
    #[must_use]
    pub fn may_exceed(&self, other: &Self, floor: i32) -> bool {
        let (a, b) = if self.turned(other) { (other, self) } else { (self, other) };
        bound::at_most(a, b, Weights::embedded()) > i64::from(floor)
    }

    /// The name of a list that is most likely this one, with its weight: the first of the heaviest, if it weighs more
    /// than `floor` (1/1000 log2 odds; 0 is even).
    #[must_use]
    pub fn best_of(&self, list: &[Self], floor: i32) -> Option<(usize, i32)> {
        let weighed = list.iter().enumerate().map(|(i, other)| (i, self.weight(other)));
        weighed.filter(|(_, weight)| *weight > floor).min_by_key(|&(i, weight)| (std::cmp::Reverse(weight), i))
    }

    /// Whether both names have a number, or a generation, and they differ: *Brigade 44* and *Brigade 45*, *Jr.* and *III*. A
    /// number that one of them has besides is no conflict.
    pub(super) fn conflicts_in_number(&self, other: &Self) -> bool {
        if let (Some(x), Some(y)) = (self.generation, other.generation) {
            return x != y;
        }
        let has =
            |name: &Self, number: &str| name.name.parts.iter().any(|p| p.role == Role::Number && p.text == number);
        let lacks = |name: &Self, other: &Self| {
            name.name.parts.iter().any(|part| part.role == Role::Number && !has(other, &part.text))
        };
        lacks(self, other) && lacks(other, self)
    }

    /// Whether the other name is taken first, so that both orders give the same sum.
    fn turned(&self, other: &Self) -> bool {
        let key = |p: &Self| p.readings.first().map_or((0, false), |r| (r.parts.len(), r.foreign));
        (key(other), &other.name.folded, &other.name.surface) < (key(self), &self.name.folded, &self.name.surface)
    }
}

/// The weight of the readings that fit best, and which they are: of equal ones the first.
fn best(a: &PreparedName, b: &PreparedName, weights: &Weights) -> (i32, usize, usize) {
    let mut best = (i32::MIN, 0, 0);
    for x in 0..a.readings.len() {
        for y in 0..b.readings.len() {
            if !may_be_read(a, x, &b.readings[y]) || !may_be_read(b, y, &a.readings[x]) {
                continue;
            }
            let mut sum = Sum::default();
            weigh((a, x), (b, y), weights, &mut sum);
            if sum.0 > best.0 {
                best = (sum.0, x, y);
            }
        }
    }
    best
}

/// Whether a name may be read so beside another: one that is written without spaces is not parted to be compared with
/// a single part.
fn may_be_read(name: &PreparedName, reading: usize, other: &Reading) -> bool {
    let parted = name.readings.len() > 1 && name.readings[reading].parts.len() > 1;
    !parted || other.parts.len() > 1 || name.name.kind != EntityKind::Person
}

/// The evidence for one reading of each name.
fn weigh((a, x): (&PreparedName, usize), (b, y): (&PreparedName, usize), weights: &Weights, sink: &mut impl Sink) {
    let kind = a.name.kind;
    if kind != b.name.kind {
        return sink.add("different kinds", kind.word(), b.name.kind.word(), DIFFERENT_KINDS);
    }
    let comparer = comparer(kind, weights);
    if x + y > 0 {
        sink.add("another reading", "", "", weights.reading);
    }
    let (left, right) = (&a.readings[x], &b.readings[y]);
    match kind {
        EntityKind::Person => {
            person::person(left, right, &comparer, sink);
            person::generations(a.generation, b.generation, weights, sink);
        }
        EntityKind::Place => place(left, right, &comparer, sink),
        EntityKind::Organization => organization((a, left), (b, right), &comparer, sink),
    }
}

/// What compares parts of names of a kind.
pub(super) fn comparer(kind: EntityKind, weights: &Weights) -> Comparer<'_> {
    Comparer { spelling: Spelling::embedded(), weights, pairs: pair_weights(kind, weights), lone: None }
}

fn pair_weights(kind: EntityKind, w: &Weights) -> PairWeights {
    match kind {
        EntityKind::Person => PairWeights {
            same_base: w.person_same_base,
            same: w.person_same,
            variant: Curve {
                base: w.person_variant_base,
                slope: w.person_variant_slope,
                shift: w.person_variant_shift,
                letter: w.person_variant_letter,
                short: w.person_variant_short,
                ending: w.person_variant_ending,
            },
            cross: Curve {
                base: w.person_cross_base,
                slope: w.person_cross_slope,
                shift: w.person_cross_shift,
                letter: w.person_cross_letter,
                short: 0,
                ending: 0,
            },
            sense: 0,
            number: w.person_generation,
        },
        EntityKind::Place => PairWeights {
            same_base: w.place_same_base,
            same: w.place_same,
            variant: Curve {
                base: w.place_variant_base,
                slope: w.place_variant_slope,
                shift: w.place_variant_shift,
                letter: w.place_variant_letter,
                short: w.place_variant_short,
                ending: 0,
            },
            cross: Curve {
                base: w.place_cross_base,
                slope: w.place_cross_slope,
                shift: w.place_cross_shift,
                letter: w.place_cross_letter,
                short: 0,
                ending: 0,
            },
            sense: w.place_sense,
            number: w.place_number,
        },
        EntityKind::Organization => PairWeights {
            same_base: w.organization_same_base,
            same: w.organization_same,
            variant: Curve {
                base: w.organization_variant_base,
                slope: w.organization_variant_slope,
                shift: w.organization_variant_shift,
                letter: w.organization_variant_letter,
                short: 0,
                ending: 0,
            },
            cross: Curve {
                base: w.organization_cross_base,
                slope: w.organization_cross_slope,
                shift: w.organization_cross_shift,
                letter: w.organization_cross_letter,
                short: 0,
                ending: 0,
            },
            sense: w.organization_sense,
            number: w.organization_number,
        },
    }
}

fn place(a: &Reading, b: &Reading, c: &Comparer<'_>, sink: &mut impl Sink) {
    let w = c.weights;
    sink.add("prior for two names of places", "", "", w.place_prior);
    if a.foreign != b.foreign {
        sink.add("in two scripts", "", "", w.place_cross);
    }
    let c = Comparer { lone: lone_of_places(a, b, w), ..*c };
    words::words(a, b, &c, &of_places(w), sink);
    if same_words(a, b) {
        sink.add("the same name", "", "", w.place_same_name);
    }
}

/// What words of places say that nothing pairs.
fn of_places(weights: &Weights) -> Alone<'_> {
    let absent = |part: &Ready, w: &Weights| match part.role {
        _ if part.aside => w.place_absent_aside,
        Role::Common => w.place_absent_feature,
        Role::Compass => w.place_compass,
        Role::Number => w.place_number,
        _ => w.place_absent_base - w.place_absent * part.rarity / 1_000,
    };
    Alone {
        weights,
        absent,
        conflict: weights.place_conflict,
        conflict_scale: weights.place_conflict_scale,
        complete: weights.place_complete,
        joined: weights.place_joined,
        different: weights.place_different,
        most: weights.place_most,
    }
}

/// What two names of places of one part each are compared by; nothing if they have more.
fn lone_of_places(a: &Reading, b: &Reading, w: &Weights) -> Option<Lone> {
    let lone = a.parts.len() == 1 && b.parts.len() == 1;
    let base = if a.foreign == b.foreign { w.place_lone_base } else { w.place_lone_cross };
    lone.then_some(Lone { base, scale: w.place_lone_scale, gain: w.place_lone_gain })
}

/// Whether two names have the same words, spelled alike and in one order, apart or together.
fn same_words(a: &Reading, b: &Reading) -> bool {
    let letters = |r: &'_ Reading| r.parts.iter().map(|p| p.text.len()).sum::<usize>();
    a.foreign == b.foreign
        && letters(a) == letters(b)
        && a.parts.iter().flat_map(|p| p.text.bytes()).eq(b.parts.iter().flat_map(|p| p.text.bytes()))
}

fn organization(
    (a, left): (&PreparedName, &Reading),
    (b, right): (&PreparedName, &Reading),
    c: &Comparer<'_>,
    sink: &mut impl Sink,
) {
    let w = c.weights;
    sink.add("prior for two names of organizations", "", "", w.organization_prior);
    if left.foreign != right.foreign {
        sink.add("in two scripts", "", "", w.organization_cross);
    }
    let acronym = match (a.acronym, b.acronym) {
        (None, Some(letters)) => acronym_fit(&a.name.surface, &b.name.surface).map(|fit| (fit, letters)),
        (Some(letters), None) => acronym_fit(&b.name.surface, &a.name.surface).map(|fit| (fit, letters)),
        _ => None,
    };
    if let Some((fit, letters)) = acronym {
        let whole = w.organization_acronym_letter * i32::from(letters);
        let whole = match fit {
            AcronymFit::Initials => whole,
            AcronymFit::Shuffled => whole * w.organization_acronym_shuffled / 1_000,
        };
        return sink.add("acronym", &a.name.surface, &b.name.surface, w.organization_acronym + whole);
    }
    let c = Comparer { lone: lone_of_organizations(left, right, w), ..*c };
    words::words(left, right, &c, &of_organizations(w), sink);
    if same_words(left, right) {
        sink.add("the same name", "", "", w.organization_same_name);
    }
}

/// What words of organizations say that nothing pairs.
fn of_organizations(weights: &Weights) -> Alone<'_> {
    let absent = |part: &Ready, w: &Weights| match part.role {
        Role::Number => w.organization_number,
        _ if part.aside => w.organization_absent_aside,
        Role::Generic => w.organization_absent_generic,
        Role::Common => w.organization_absent_common,
        _ => w.organization_absent_base - w.organization_absent * part.rarity / 1_000,
    };
    Alone {
        weights,
        absent,
        conflict: weights.organization_conflict,
        conflict_scale: weights.organization_conflict_scale,
        complete: weights.organization_complete,
        joined: weights.organization_joined,
        different: weights.organization_different,
        most: weights.organization_most,
    }
}

/// What two names of organizations of one part each are compared by; nothing if they have more, or are in two scripts.
fn lone_of_organizations(a: &Reading, b: &Reading, w: &Weights) -> Option<Lone> {
    let lone = a.parts.len() == 1 && b.parts.len() == 1 && a.foreign == b.foreign;
    lone.then_some(Lone { base: w.organization_lone_base, scale: 0, gain: w.organization_lone_gain })
}
