//! Some words of an organization's name in a row, as they stand or turned round.
//!
//! *X of Y* is read as *Y X*: the *Ministry of Health of Lebanon* and the *Lebanese Ministry of Health* are *Health
//! Ministries*, and the *Department of Defense* is the *Defense Department*. A short form then holds words of the longer
//! name in a row. What it leaves out before them says whose it is: a demonym, or a name where the short form has none.
//! What it leaves out behind says what sort of thing it is, and the short form does not say so itself. Legal forms don't
//! count.
//!
//! # Spurious pairs
//!
//! Never *Syrian Army* of *Free Syrian Army*, *Bank of Scotland* of *Royal Bank of Scotland*, *Harvard University* of
//! *Harvard University Press*, *University of Texas* of *University of Texas at Austin*, *Amnesty International* of *Amnesty
//! International Australia*. But the *Supreme Court* of a country is taken for the only *Supreme Court of Texas* in its
//! document.

use std::collections::{BTreeMap, BTreeSet};

use super::{Open, Rule, SAME_WORDS, bind_only, of_kind};
use crate::mention::EntityKind;
use crate::name::{Name, Part, Role};
use crate::resolve::block::LARGEST_BLOCK;
use crate::resolve::groups::Groups;
use crate::resolve::local::Form;
use crate::resolve::names::Names;
use crate::tables::{Flags, Tables};

const IN_A_ROW: Rule =
    Rule { name: "short-form:words-in-a-row", evidence: "words of the only such name here", weight: SAME_WORDS };
const TURNED_ROUND: Rule = Rule {
    name: "short-form:turned-round",
    evidence: "words of the only such name here, turned round",
    weight: SAME_WORDS,
};

/// Lands whose names are made of everyday words.
const LANDS: [&str; 9] = ["eu", "european union", "u k", "u s", "uk", "united kingdom", "united states", "us", "usa"];

/// Whether a part says no more than what an organization is by law: a foundation is another than its founder.
pub(super) fn is_legal_form(part: &Part) -> bool {
    part.role == Role::LegalForm && !PARTS.contains(&part.text.as_str())
}

/// Whether words are together the name of such a land.
fn is_land_in_words(parts: &[&Part]) -> bool {
    let words: Vec<&str> = parts.iter().map(|p| p.text.as_str()).collect();
    LANDS.contains(&words.join(" ").as_str())
}

/// No name says of more than three things whose it is.
const MOST_SEGMENTS: usize = 4;

/// Words that, behind the name of an organization, name a part of it or what it founded: of all heads of names those after
/// which the name alone is not said of the same thing.
const PARTS: [&str; 36] = [
    "archive", "archives", "bureau", "center", "centre", "clinic", "college", "command", "commission", "committee",
    "council", "court", "department", "directorate", "division", "embassy", "foundation", "fund", "gallery",
    "hospital", "institute", "laboratories", "library", "magazine", "museum", "office", "parliament", "police",
    "press", "radio", "research", "school", "secretariat", "subcommittee", "television", "trust",
];

/// A name's words, legal forms left out, those after `of` before what they belong to.
struct Words<'n> {
    parts: Vec<&'n Part>,
    is_turned: bool,
}

/// The words of a document's organizations, and which have each of them.
struct Shared<'n> {
    all: BTreeMap<usize, Words<'n>>,
    by_word: BTreeMap<&'n str, Vec<usize>>,
}

impl<'n> Shared<'n> {
    fn new(names: &'n Names, forms: &[Form]) -> Self {
        let organizations = of_kind(forms, EntityKind::Organization);
        let all: BTreeMap<usize, Words<'n>> =
            organizations.map(|(f, form)| (f, Words::of(names.name(form.name)))).collect();
        let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (&f, words) in &all {
            for text in words.parts.iter().map(|p| p.text.as_str()).collect::<BTreeSet<_>>() {
                by_word.entry(text).or_default().push(f);
            }
        }
        Self { all, by_word }
    }

    /// Others that have the word of a name that the fewest have.
    fn others(&self, form: usize) -> impl Iterator<Item = usize> {
        let words = self.all[&form].parts.iter().filter_map(|p| self.by_word.get(p.text.as_str()));
        let found = words.min_by_key(|found| found.len()).map_or(&[][..], Vec::as_slice);
        found.iter().take(LARGEST_BLOCK).copied().filter(move |&other| other != form)
    }
}

/// Holds organizations apart of which one is named after the other, as its branch or a part of it, or as quite another.
pub(in crate::resolve) fn hold_apart(names: &Names, forms: &[Form], groups: &mut Groups) {
    let shared = Shared::new(names, forms);
    let by_name: BTreeMap<&str, usize> =
        shared.all.keys().map(|&f| (names.name(forms[f].name).folded.as_str(), f)).collect();
    for (&f, short) in &shared.all {
        // Two that the document names by themselves too: Apple and AT&T.
        if let Some((left, right)) = names.name(forms[f].name).folded.split_once(" and ")
            && let (Some(&left), Some(&right)) = (by_name.get(left), by_name.get(right))
        {
            groups.hold_apart(f, left);
            groups.hold_apart(f, right);
        }
        for other in shared.others(f) {
            let full = &shared.all[&other];
            let is_another = || short.names_another(full, names.name(forms[other].name));
            if full.parts.len() > short.parts.len()
                && groups.root(f) != groups.root(other)
                && !(short.parts.len() > 1 && short.is_short_for(full))
                && is_another()
            {
                groups.hold_apart(f, other);
            }
        }
    }
}

/// Binds names of two words or more to the longer ones that hold them.
pub(super) fn bind(names: &Names, forms: &[Form], groups: &mut Groups, open: &mut Vec<Open>) {
    let shared = Shared::new(names, forms);
    let all = &shared.all;
    // The longer first: what is short for two that are one is not ambiguous.
    let mut order: Vec<usize> = all.iter().filter(|(_, words)| words.parts.len() > 1).map(|(&f, _)| f).collect();
    order.sort_by_key(|f| (std::cmp::Reverse(all[f].parts.len()), *f));
    for f in order {
        let short = &all[&f];
        let fits = |full: &usize| short.is_short_for(&all[full]) && groups.may_join(f, *full);
        let candidates: Vec<usize> = shared.others(f).filter(fits).collect();
        let turned = candidates.first().is_some_and(|full| all[full].is_turned != short.is_turned);
        bind_only(f, &candidates, if turned { TURNED_ROUND } else { IN_A_ROW }, names, forms, groups, open);
    }
}

impl<'n> Words<'n> {
    fn of(name: &'n Name) -> Self {
        let plain = Self { parts: name.parts.iter().filter(|p| !is_legal_form(p)).collect(), is_turned: false };
        // Where it stands is no part of what it is called.
        let seat = if name.surface.contains(" at ") { name.folded.split_once(" at ") } else { None };
        let (called, seat) = seat.unwrap_or((&name.folded, ""));
        let segments: Vec<&str> = called.split(" of ").map(|segment| segment.trim_start_matches("the ")).collect();
        if segments.len() < 2 || segments.len() > MOST_SEGMENTS {
            return plain;
        }
        // How many parts each segment has: parts don't say where they stand in the name.
        let count = |segment: &str| Name::new(segment, name.kind).parts.len();
        let counts: Vec<usize> = segments.into_iter().map(count).collect();
        let (parts, seat) = name.parts.split_at(name.parts.len() - count(seat).min(name.parts.len()));
        if counts.contains(&0) || counts.iter().sum::<usize>() != parts.len() {
            return plain;
        }
        let mut rest = parts;
        let mut pieces: Vec<&'n [Part]> = Vec::with_capacity(counts.len());
        for count in counts {
            let (piece, after) = rest.split_at(count);
            pieces.push(piece);
            rest = after;
        }
        let Some((first, tail)) = pieces.split_first() else { return plain };
        let Some((head, before)) = first.split_last().filter(|(head, _)| head.role == Role::Generic) else {
            return plain;
        };
        let parts = before.iter().chain(tail.iter().rev().copied().flatten()).chain(std::iter::once(head)).chain(seat);
        Self { parts: parts.filter(|p| !is_legal_form(p)).collect(), is_turned: true }
    }

    /// Whether the words stand in a longer name in a row, and what that has more need not be said; or whether both are one
    /// but for being turned round.
    fn is_short_for(&self, full: &Self) -> bool {
        let (short, long) = (&self.parts, &full.parts);
        let same = |window: &[&Part]| window.iter().map(|p| &p.text).eq(short.iter().map(|p| &p.text));
        if long.len() <= short.len() {
            return self.is_turned != full.is_turned && same(long);
        }
        (0..=long.len() - short.len()).any(|at| {
            let (before, after) = (&long[..at], &long[at + short.len()..]);
            same(&long[at..at + short.len()]) && self.may_lack_before(before) && self.may_lack_behind(after)
        })
    }

    /// Whether a longer name that holds the words in a row is that of another organization all the same.
    fn names_another(&self, full: &Self, name: &Name) -> bool {
        let (folded, surface) = (&name.folded, &name.surface);
        let (short, long) = (&self.parts, &full.parts);
        let is_known = |part: &Part| part.role == Role::Common || part.role == Role::Word && !part.senses.is_empty();
        let says_which = |part: &&Part| is_known(part) && !is_demonym(part);
        // A branch: what is known for a land, but not as one that the name says it is of or in.
        let is_land = |part: &&Part| part.role == Role::Word && !part.senses.is_empty();
        let is_of = folded.contains(" of ") || folded.contains(" in ");
        let is_part = |part: &&Part| PARTS.contains(&part.text.as_str());
        (0..=long.len() - short.len()).any(|at| {
            let (before, rest) = long.split_at(at);
            let (window, behind) = rest.split_at(short.len());
            window.iter().map(|p| &p.text).eq(short.iter().map(|p| &p.text))
                && (short.len() > 1 && !is_land_in_words(before) && before.iter().any(says_which)
                    || behind.iter().any(is_part)
                    || !is_of && behind.iter().any(is_land)
                    || short.len() == 1 && full.is_turned && folded.ends_with(&format!(" of {}", short[0].text))
                    || surface.contains(" at ") && !behind.is_empty())
        })
    }

    /// Whether words before the short form only say whose it is.
    fn may_lack_before(&self, before: &[&Part]) -> bool {
        let is_nameless = self.parts.iter().all(|p| matches!(p.role, Role::Common | Role::Generic));
        let says_whose = |part: &&Part| is_demonym(part) || part.role == Role::Word && is_nameless;
        let whose = before.iter().all(says_whose) || is_land_in_words(before);
        before.is_empty() || whose && !self.parts.first().is_some_and(|part| is_demonym(part))
    }

    /// Whether words behind the short form only say what sort of thing it is, and it does not say so itself.
    fn may_lack_behind(&self, behind: &[&Part]) -> bool {
        let says_sort = self.parts.last().is_some_and(|p| p.role == Role::Generic);
        behind.is_empty() || !says_sort && behind.iter().all(|p| p.role == Role::Generic)
    }
}

/// Whether the telling words of a name stand in a longer one in a row.
pub(super) fn lacks_words_of(short: &Name, full: &Name) -> bool {
    let telling = |name: &'_ Name| -> Vec<String> {
        name.parts.iter().filter(|p| !is_legal_form(p)).map(|p| p.text.clone()).collect()
    };
    if short.parts.len() >= full.parts.len() {
        return false;
    }
    let (short, long) = (telling(short), telling(full));
    !short.is_empty() && short.len() < long.len() && long.windows(short.len()).any(|window| window == short)
}

/// Whether a word says of what land something is. Of the words that are said of people like those of lands, some say what
/// they think: *Syrian Democratic Forces*.
fn is_demonym(part: &Part) -> bool {
    let of_a_view = ["christian", "democratic", "islamic", "republican"].contains(&part.text.as_str());
    !of_a_view && Tables::none().lexicon().word(&part.text).has(Flags::DEMONYM)
}
