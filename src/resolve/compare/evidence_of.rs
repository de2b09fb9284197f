//! Where evidence goes: into a sum alone, or into a list with its reasons.

use crate::resolve::evidence::Evidence;

/// Takes evidence.
pub(in crate::resolve) trait Sink {
    /// Takes one piece.
    fn add(&mut self, feature: &'static str, left: &str, right: &str, weight: i32);
    /// Whether it keeps what was seen, or only the weight.
    fn wants_reasons(&self) -> bool;
}

/// The sum alone.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Sum(pub i32);

impl Sink for Sum {
    fn add(&mut self, _: &'static str, _: &str, _: &str, weight: i32) {
        self.0 = self.0.saturating_add(weight);
    }

    fn wants_reasons(&self) -> bool {
        false
    }
}

/// The list; what was seen on the left is told as the right when the names were compared the other way round.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    pub evidence: Vec<Evidence>,
    pub turned: bool,
}

impl Sink for Reasons {
    fn add(&mut self, feature: &'static str, left: &str, right: &str, weight: i32) {
        let (left, right) = if self.turned { (right, left) } else { (left, right) };
        self.evidence.push(Evidence::new(feature, left, right, weight));
    }

    fn wants_reasons(&self) -> bool {
        true
    }
}
