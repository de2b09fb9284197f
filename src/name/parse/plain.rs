//! What a word of a person's name is when it is nothing but a word.

pub(in crate::name) use super::order::{Order, Seat, is_eastern_family, order};
use super::person::{self, FAITH, PARENTS, REGNAL, REVERED, SERVANTS, SUFFIXES, is_particle};
use super::{ARTICLES, numeral};
use crate::name::Part;
use crate::name::words::Word;
use crate::tables::{Flags, Lexicon};

/// The part that a folded word of ASCII letters is: given, or an initial.
pub(in crate::name) fn part(folded: &str, lexicon: &Lexicon) -> Part {
    let word = Word { text: folded.to_owned(), native: None, aside: false };
    person::name_part(&word, lexicon)
}

/// Whether a folded word is a name or an initial wherever it stands: none that joins, leads, ends or counts.
pub(in crate::name) fn is_plain(folded: &str, lexicon: &Lexicon) -> bool {
    let listed = |list: &[&str]| list.contains(&folded);
    !(listed(&ARTICLES)
        || is_particle(folded)
        || listed(&SUFFIXES)
        || listed(&SERVANTS)
        || listed(&FAITH)
        || listed(&REGNAL)
        || listed(&REVERED)
        || listed(&["u", "t"])
        || numeral(folded).is_some()
        || PARENTS.iter().any(|(spelled, _)| *spelled == folded)
        || person::ends_in_faith(folded)
        || lexicon.word(folded).has(Flags::TITLE)
        || lexicon.begins_title(folded))
}
