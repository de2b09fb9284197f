//! What extraction asks of a listed name: how it must be written, and for what kinds of things it stands.

use crate::mention::EntityKind;
use crate::name::is_article;
use crate::token::{Shape, TokenKind, Tokenized};

/// How well a name stands for the entities of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Standing {
    /// It needs no cue.
    pub clear: bool,
    /// The best rank of an entity of the kind that bears it.
    pub rank: u8,
    /// Of ten uses of the name, how many mean one of this kind; 0 where no table says.
    pub prior: u8,
}

/// A name that is searched, for all entities that bear it; packed into 64 bits.
///
/// Bits 0 to 31 say which words begin with a capital, bit 32 whether only exact capitals will do, bit 33 whether the name is
/// weak for an entity, bit 34 whether it may switch weak names on; then nine bits for each kind: rank (0: none), clear, prior.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Pattern(pub u64);

/// Words beyond these may be written as they like.
const WORDS: usize = 32;
const EXACT: u64 = 1 << 32;
const SWITCHED: u64 = 1 << 33;
const SWITCHES: u64 = 1 << 34;
const KINDS: u32 = 35;
const KIND_BITS: u32 = 9;

impl Pattern {
    /// The pattern of a name of one entity.
    pub fn of(name: &str, exact: bool, kind: EntityKind, standing: Standing) -> Self {
        let mut bits = capitals(name);
        if exact {
            bits |= EXACT;
        }
        let kind_bits =
            u64::from(standing.rank & 15) | u64::from(standing.clear) << 4 | u64::from(standing.prior & 15) << 5;
        Self(bits | kind_bits << (KINDS + KIND_BITS * kind as u32))
    }

    /// The pattern of a key that several names have: what one allows is allowed.
    pub fn or(self, other: Self) -> Self {
        let mut bits = (self.0 & other.0) & (EXACT | ((1 << WORDS) - 1));
        bits |= (self.0 | other.0) & (SWITCHED | SWITCHES);
        for kind in EntityKind::ALL {
            let shift = KINDS + KIND_BITS * kind as u32;
            let best = match (self.standing(kind), other.standing(kind)) {
                (Some(a), Some(b)) if b > a => other,
                (None, _) => other,
                _ => self,
            };
            bits |= best.0 & (((1 << KIND_BITS) - 1) << shift);
        }
        Self(bits)
    }

    /// The same, weak for an entity.
    pub fn switched(self) -> Self {
        Self(self.0 | SWITCHED)
    }

    /// The same, for an entity that has weak names.
    pub fn switches(self) -> Self {
        Self(self.0 | SWITCHES)
    }

    /// Whether a name of the same entity may make it clear in a document.
    pub fn is_switched(self) -> bool {
        self.0 & SWITCHED != 0
    }

    /// Whether it may make other names of its entity clear.
    pub fn is_switch(self) -> bool {
        self.0 & SWITCHES != 0
    }

    /// Whether only its exact capitals will do.
    pub fn is_exact(self) -> bool {
        self.0 & EXACT != 0
    }

    /// How it stands for the entities of a kind, if one bears it.
    pub fn standing(self, kind: EntityKind) -> Option<Standing> {
        let bits = self.0 >> (KINDS + KIND_BITS * kind as u32);
        let byte = |bits: u64| u8::try_from(bits).unwrap_or_default();
        let rank = byte(bits & 15);
        (rank > 0).then_some(Standing { clear: bits >> 4 & 1 == 1, rank, prior: byte(bits >> 5 & 15) })
    }

    /// Whether a word of the text is cased as word `i` of the name may be.
    pub fn fits(self, i: usize, shape: Shape, kind: TokenKind) -> bool {
        if self.is_exact() {
            return matches!(shape, Shape::Upper | Shape::Initial | Shape::Camel) || kind == TokenKind::Initialism;
        }
        let wants_capital = i < WORDS && self.0 >> i & 1 == 1;
        !wants_capital || !matches!(shape, Shape::Lower | Shape::Inner)
    }
}

/// Which words of a name begin with a capital, the first in bit 0; scripts without case count as capitals.
fn capitals(name: &str) -> u64 {
    // Most names are letters, spaces and hyphens, whose words need no tokenizer.
    if name.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'-')) {
        let words = name.split([' ', '-']).filter(|w| !w.is_empty());
        return bits(words.map(|w| w.starts_with(|c: char| c.is_ascii_uppercase()) && !is_article(w)));
    }
    capitals_of_tokens(name)
}

/// The same for any name.
fn capitals_of_tokens(name: &str) -> u64 {
    let tokenized = Tokenized::new(name);
    let words = tokenized.tokens().iter().filter(|t| t.is_word());
    // An article may be written small wherever it stands: Al-Qaeda, al-Qaeda.
    bits(words.map(|t| t.shape.is_capitalized() && !is_article(&name[t.span])))
}

/// The first of some flags, the first in bit 0.
fn bits(flags: impl Iterator<Item = bool>) -> u64 {
    flags.take(WORDS).enumerate().fold(0, |bits, (i, flag)| bits | u64::from(flag) << i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;

    #[test]
    fn capitals_are_those_of_the_tokens() {
        for name in Tables::embedded().entities().flat_map(crate::tables::Entry::aliases) {
            assert_eq!(capitals(name.name), capitals_of_tokens(name.name), "{}", name.name);
        }
    }

    #[test]
    fn patterns_of_one_key_add_up() {
        let standing = |clear, rank, prior| Standing { clear, rank, prior };
        let a = Pattern::of("US", true, EntityKind::Place, standing(true, 9, 0));
        let b = Pattern::of("Us", false, EntityKind::Organization, standing(false, 3, 7)).switched();
        let both = a.or(b);
        assert_eq!(both, b.or(a));
        assert!(!both.is_exact() && both.is_switched() && !both.is_switch());
        assert_eq!(both.standing(EntityKind::Place), Some(standing(true, 9, 0)));
        assert_eq!(both.standing(EntityKind::Organization), Some(standing(false, 3, 7)));
        assert_eq!(both.standing(EntityKind::Person), None);
    }
}
