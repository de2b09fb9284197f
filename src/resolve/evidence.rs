//! Evidence: what a decision rests on, piece by piece.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::mention::probability;

/// Two names that the tables give to one entity, in 1/1000 log2 odds: about 250 to one, for a table may be wrong and a
/// name may stand for somebody whom no table knows.
pub(crate) const SAME_TABLE_ENTITY: i32 = 8_000;

/// A user's decision, in 1/1000 log2 odds: more than all other evidence for two names ever comes to.
pub(crate) const DECIDED: i32 = 100_000;

/// One piece of evidence: a feature, what it saw on both sides, and its weight.
///
/// # Examples
///
/// ```
/// use allonym::name::Name;
/// use allonym::{EntityKind, compare};
///
/// let name = |text| Name::new(text, EntityKind::Person);
/// let comparison = compare(&name("Omar Omsen"), &name("Omar Omsin"));
/// let part = comparison.evidence.iter().find(|evidence| evidence.feature == "same part").unwrap();
/// assert_eq!((part.left.as_str(), part.right.as_str()), ("omar", "omar"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// What was looked at, such as `same part` or `different part`.
    pub feature: Cow<'static, str>,
    /// What it saw on the left.
    pub left: String,
    /// What it saw on the right.
    pub right: String,
    /// For (above zero) or against, in 1/1000 log2 odds.
    pub weight: i32,
}

impl Evidence {
    pub(crate) fn new(feature: &'static str, left: impl Into<String>, right: impl Into<String>, weight: i32) -> Self {
        Self { feature: feature.into(), left: left.into(), right: right.into(), weight }
    }
}

/// Two names set side by side: the evidence, and its sum.
///
/// `Display` prints a waterfall: a line a piece of evidence, and the sum below.
///
/// # Examples
///
/// ```
/// use allonym::name::Name;
/// use allonym::{EntityKind, compare};
///
/// let name = |text| Name::new(text, EntityKind::Person);
/// let comparison = compare(&name("Omar Omsen"), &name("Omar Omsin"));
/// assert_eq!(comparison.weight, comparison.evidence.iter().map(|evidence| evidence.weight).sum::<i32>());
/// assert!(comparison.is_match() && comparison.score() > 0.5);
/// println!("{comparison}");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Comparison {
    /// One name, as written.
    pub left: String,
    /// The other.
    pub right: String,
    /// The evidence, in the order of the parts.
    pub evidence: Vec<Evidence>,
    /// The sum of its weights, in 1/1000 log2 odds.
    pub weight: i32,
}

impl Comparison {
    pub(crate) fn new(left: &str, right: &str, evidence: Vec<Evidence>) -> Self {
        let weight = evidence.iter().fold(0_i32, |sum, e| sum.saturating_add(e.weight));
        Self { left: left.to_owned(), right: right.to_owned(), evidence, weight }
    }

    /// The probability that both are names of one thing, 0 to 1: the logistic of the weight, so 0.5 where evidence
    /// for and against are even. It grows strictly with the weight wherever a double can show it.
    #[must_use]
    pub fn score(&self) -> f64 {
        probability(self.weight)
    }

    /// Whether the evidence for outweighs the evidence against.
    #[must_use]
    pub fn is_match(&self) -> bool {
        self.weight > 0
    }
}

/// Writes a weight in bits with its sign, as waterfalls show it.
pub(crate) fn bits(weight: i32) -> String {
    format!("{:+.1}", f64::from(weight) / 1000.0)
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>6}  {}", bits(self.weight), self.feature)?;
        match (self.left.is_empty(), self.right.is_empty()) {
            (true, true) => Ok(()),
            (false, true) => write!(f, ": {}", self.left),
            (true, false) => write!(f, ": {}", self.right),
            (false, false) if self.left == self.right => write!(f, ": {}", self.left),
            (false, false) => write!(f, ": {} / {}", self.left, self.right),
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} / {}", self.left, self.right)?;
        for evidence in &self.evidence {
            writeln!(f, "  {evidence}")?;
        }
        let verdict = if self.is_match() { "one name" } else { "two names" };
        write!(f, "  {:>6}  {verdict}, probability {:.3}", bits(self.weight), self.score())
    }
}
