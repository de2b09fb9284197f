//! Byte ranges of a text.

use std::cmp::Ordering;
use std::ops::{Index, Range};

use serde::{Deserialize, Serialize};

/// A half-open range of bytes, `start..end`, that begins and ends on character boundaries of its text.
///
/// A text can be indexed with it: `&text[mention.span]` is the mention's surface form.
///
/// # Examples
///
/// ```
/// use allonym::Span;
///
/// let text = "Fighting near İdlib";
/// let span = Span::new(14, 20);
/// assert_eq!(&text[span], "İdlib");
/// assert_eq!(span.len(), 6); // bytes
/// ```
///
/// Two spans beside each other:
///
/// ```
/// use allonym::Span;
///
/// let (near, far) = (Span::new(0, 4), Span::new(2, 9));
/// assert!(near.overlaps(far) && !near.contains(far) && near.contains(Span::new(1, 3)));
/// assert!(Span::new(5, 3).is_empty());
/// assert_eq!(far.range(), 2..9);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The span `start..end`; an end before the start makes an empty span at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Its length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within this span (or equals it).
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Both ends as one number, which is compared at once.
    fn key(self) -> u128 {
        (self.start as u128) << 64 | self.end as u128
    }

    /// The same as a standard range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// By start, then by end.
impl Ord for Span {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Span {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }

    fn lt(&self, other: &Self) -> bool {
        self.key() < other.key()
    }

    fn le(&self, other: &Self) -> bool {
        self.key() <= other.key()
    }

    fn gt(&self, other: &Self) -> bool {
        self.key() > other.key()
    }

    fn ge(&self, other: &Self) -> bool {
        self.key() >= other.key()
    }
}

/// # Panics
///
/// As slicing with a range does: when the span is out of bounds or cuts a character. Spans that an
/// extraction made never do so on the text they were made from.
impl Index<Span> for str {
    type Output = Self;

    fn index(&self, span: Span) -> &Self {
        &self[span.range()]
    }
}

/// As for [`str`].
///
/// # Panics
///
/// As for [`str`].
impl Index<Span> for String {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self.as_str()[span.range()]
    }
}
