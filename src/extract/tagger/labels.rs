//! Labels of tokens: outside of names, or the first, an inner, the last or the only token of a person's, place's or
//! organization's name (BILOU).
//!
//! # Examples
//!
//! ```
//! use allonym::EntityKind;
//! use allonym::extract::tagger::labels::{ALLOWED, LABELS, OUTSIDE, Place, kind_and_place, label};
//!
//! let first = label(EntityKind::Person, Place::of(true, false));
//! let last = label(EntityKind::Person, Place::Last);
//! assert!(first < LABELS && ALLOWED[first][last] && !ALLOWED[OUTSIDE][last]);
//! assert_eq!(kind_and_place(first), Some((EntityKind::Person, Place::First)));
//! ```

use crate::mention::EntityKind;

/// How many labels there are.
pub const LABELS: usize = 13;
/// The label of tokens outside of names.
pub const OUTSIDE: usize = 0;

/// A token's place in a name.
///
/// # Examples
///
/// ```
/// use allonym::extract::tagger::labels::Place;
///
/// assert_eq!(Place::of(true, true), Place::Only);
/// assert_eq!(Place::of(false, false), Place::Inner);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The first of several tokens.
    First,
    /// Neither the first nor the last.
    Inner,
    /// The last of several.
    Last,
    /// The only one.
    Only,
}

impl Place {
    /// The place of a token that is, or is not, its name's first and last.
    #[must_use]
    pub const fn of(first: bool, last: bool) -> Self {
        match (first, last) {
            (true, true) => Self::Only,
            (true, false) => Self::First,
            (false, true) => Self::Last,
            (false, false) => Self::Inner,
        }
    }
}

/// The label of a token at a place in a name of a kind.
///
/// # Examples
///
/// ```
/// use allonym::EntityKind;
/// use allonym::extract::tagger::labels::{Place, label};
///
/// assert_eq!(label(EntityKind::Person, Place::First), 1);
/// ```
#[must_use]
pub const fn label(kind: EntityKind, place: Place) -> usize {
    1 + 4 * kind as usize + place as usize
}

/// The kind of the name that a label is of, and the place; nothing for [`OUTSIDE`].
///
/// # Examples
///
/// ```
/// use allonym::EntityKind;
/// use allonym::extract::tagger::labels::{OUTSIDE, Place, kind_and_place};
///
/// assert_eq!(kind_and_place(1), Some((EntityKind::Person, Place::First)));
/// assert_eq!(kind_and_place(OUTSIDE), None);
/// ```
#[must_use]
pub fn kind_and_place(label: usize) -> Option<(EntityKind, Place)> {
    let number = label.checked_sub(1)?;
    let places = [Place::First, Place::Inner, Place::Last, Place::Only];
    Some((*EntityKind::ALL.get(number / 4)?, places[number % 4]))
}

/// Whether a label may follow another; a text begins and ends as if outside of a name.
///
/// # Examples
///
/// ```
/// use allonym::EntityKind;
/// use allonym::extract::tagger::labels::{ALLOWED, OUTSIDE, Place, label};
///
/// // A name of two tokens is followed by its last one, and by nothing else.
/// assert!(!ALLOWED[label(EntityKind::Person, Place::First)][OUTSIDE]);
/// ```
pub const ALLOWED: [[bool; LABELS]; LABELS] = allowed();

const fn allowed() -> [[bool; LABELS]; LABELS] {
    let mut table = [[false; LABELS]; LABELS];
    let mut from = 0;
    while from < LABELS {
        let mut to = 0;
        while to < LABELS {
            let open = opens(from);
            table[from][to] =
                if open { to != OUTSIDE && continues(to) && (from - 1) / 4 == (to - 1) / 4 } else { !continues(to) };
            to += 1;
        }
        from += 1;
    }
    table
}

/// Where the sum of each label stands beside those of the others: four groups of four lanes, which processors add and
/// compare at once. Outside and the only tokens first, then the first ones, the inner and the last ones, each of people,
/// places and organizations; the last lane of the other three groups is no label's.
pub(super) const LANES: [usize; LABELS] = lanes();

/// The first lanes of the groups.
pub(super) const CLOSED: usize = 0;
pub(super) const FIRST: usize = 4;
pub(super) const INNER: usize = 8;
pub(super) const LAST: usize = 12;

const fn lanes() -> [usize; LABELS] {
    let mut lanes = [CLOSED; LABELS];
    let mut kind = 0;
    while kind < 3 {
        lanes[1 + 4 * kind] = FIRST + kind;
        lanes[2 + 4 * kind] = INNER + kind;
        lanes[3 + 4 * kind] = LAST + kind;
        lanes[4 + 4 * kind] = CLOSED + 1 + kind;
        kind += 1;
    }
    lanes
}

/// Whether the name goes on after the label.
pub(super) const fn opens(label: usize) -> bool {
    label != OUTSIDE && (label - 1) % 4 < 2
}

/// Whether the name has begun before the label.
pub(super) const fn continues(label: usize) -> bool {
    label != OUTSIDE && matches!((label - 1) % 4, 1 | 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_numbered_both_ways() {
        for number in 1..LABELS {
            let (kind, place) = kind_and_place(number).unwrap_or((EntityKind::Person, Place::First));
            assert_eq!(label(kind, place), number);
        }
        assert_eq!(kind_and_place(OUTSIDE), None);
    }

    #[test]
    fn a_name_ends_before_another_begins() {
        use EntityKind::{Person, Place as Ground};
        assert!(ALLOWED[OUTSIDE][label(Person, Place::First)]);
        assert!(!ALLOWED[OUTSIDE][label(Person, Place::Last)]);
        assert!(ALLOWED[label(Person, Place::First)][label(Person, Place::Last)]);
        assert!(!ALLOWED[label(Person, Place::First)][label(Ground, Place::Last)]);
        assert!(!ALLOWED[label(Person, Place::Inner)][OUTSIDE]);
        assert!(ALLOWED[label(Person, Place::Only)][label(Ground, Place::First)]);
    }
}
