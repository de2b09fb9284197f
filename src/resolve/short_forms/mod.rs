//! Short forms inside one document: *Omsen* for *Omar Omsen*, *SOHR* for the *Syrian Observatory for Human Rights*,
//! *General Security* for the *General Security Directorate*.
//!
//! A short form binds to the one entity of the document that it can stand for. Of several people the one is meant who
//! was spoken of last before it; where two were spoken of in one breath, or none before, it stays for itself, and
//! [`Resolution::ambiguous`](crate::Resolution::ambiguous) says so. Two organizations are never told by who came last.
//!
//! | rule | binds | home |
//! |---|---|---|
//! | `short-form:family-name` | *Kaboro* to *Jean Kaboro* | [`people`] |
//! | `short-form:given-name` | *Svetlana* to *Svetlana Arlenko* | [`people`] |
//! | `short-form:by-name` | *Abu Talha* to *Abu Talha al-Faransi* | [`people`] |
//! | `short-form:some-parts` | *García Márquez* to *Gabriel García Márquez* | [`people`] |
//! | `short-form:initials` | *J. Kaboro* to *Jean Kaboro*, *JFK* to *John F. Kennedy* | [`initials`] |
//! | `acronym` | *FNR* to *Front for Northern Renewal* | [`acronyms`] |
//! | `short-form:words-in-a-row` | *General Security* to *General Security Directorate* | [`organizations`] |
//! | `short-form:turned-round` | *Health Ministry* to *Ministry of Health of Lebanon* | [`organizations`] |
//! | `short-form:telling-word` | *Acme* to *Acme Industries Ltd* | [`telling_word`] |
//! | `short-form:place-head` | *Thames* to *River Thames* | [`places`] |
//!
//! What each takes for one that is two stands in its file, and as rows in `tests/golden/short_forms.txt`. Legal forms,
//! signs (`&` and `and`) and spellings are the comparison's.
//!
//! # Limits
//!
//! A short form of somebody who is never named in full joins whoever is, when the names agree.

use std::collections::BTreeSet;

use super::evidence::Evidence;
use super::groups::Groups;
use super::local::{Form, Join};
use super::names::Names;
use crate::mention::{EntityKind, Extraction};
use crate::name::Name;

mod acronyms;
mod initials;
mod nearest;
mod organizations;
mod people;
mod places;
mod telling_word;

pub(super) use initials::is_abbreviated;

// What a short form's binding is worth, in 1/1000 log2 odds, set by hand: the only one that fits is nearly always meant,
// words in a row a little less surely, the last of several four times in five.
const ONLY_ONE: i32 = 5_000;
const SAME_WORDS: i32 = 4_000;
const LAST_ONE: i32 = 2_000;

/// Of how many that a short form can stand for it is said who they are: more are not looked through, and a document of
/// thousands who share a name does not list them all at each of its mentions.
const MOST_CANDIDATES: usize = 16;

/// A mention that several entities of its document can be meant by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Open {
    /// An index into the document's mentions.
    pub mention: usize,
    /// A surface of each, in the order in which the document first names them, up to [`MOST_CANDIDATES`].
    pub candidates: Vec<String>,
    /// That of the one that was taken, if one was.
    pub chosen: Option<String>,
}

/// Holds apart what is named alike and is two, whatever the comparison says of the names: a province and its seat, a company
/// and its branch.
pub(super) fn hold_apart(names: &Names, forms: &[Form], groups: &mut Groups) {
    places::hold_apart(names, forms, groups);
    organizations::hold_apart(names, forms, groups);
}

/// Binds the short forms of a document, and tells which could be bound to several.
pub(super) fn bind(document: &Extraction, names: &Names, forms: &mut Vec<Form>, groups: &mut Groups) -> Vec<Open> {
    let mut open = Vec::new();
    initials::bind(names, forms, groups, &mut open);
    people::bind(document, names, forms, groups, &mut open);
    acronyms::bind(names, forms, groups, &mut open);
    organizations::bind(names, forms, groups, &mut open);
    telling_word::bind(names, forms, groups, &mut open);
    places::bind(document, names, forms, groups);
    open.sort_by_key(|o| o.mention);
    open
}

/// Whether one name may be the other with words left out, of which the rules here are to tell whether it is: the comparison
/// of two cannot see whether a third fits as well.
pub(super) fn is_short_for_either(a: &Name, b: &Name) -> bool {
    match a.kind {
        // Initials may fit several too.
        EntityKind::Person => {
            is_abbreviated(a) != is_abbreviated(b) || people::lacks_parts_of(a, b) || people::lacks_parts_of(b, a)
        }
        EntityKind::Organization => organizations::lacks_words_of(a, b) || organizations::lacks_words_of(b, a),
        EntityKind::Place => false,
    }
}

/// One form of each entity of some forms: the one that the document names first, in that order.
fn entities(candidates: &[usize], groups: &Groups) -> Vec<usize> {
    let sorted: BTreeSet<usize> = candidates.iter().copied().collect();
    let mut seen = BTreeSet::new();
    sorted.into_iter().filter(|&candidate| seen.insert(groups.root(candidate))).collect()
}

/// The surfaces of some entities, up to as many as are told.
fn surfaces(entities: &[usize], forms: &[Form], names: &Names) -> Vec<String> {
    entities.iter().take(MOST_CANDIDATES).map(|&e| names.name(forms[e].name).surface.clone()).collect()
}

/// What a rule calls itself, and what its binding is worth.
#[derive(Clone, Copy)]
struct Rule {
    name: &'static str,
    evidence: &'static str,
    weight: i32,
}

/// Joins a form to the longer names that it can stand for, when all of them are one entity; else leaves it open.
fn bind_only(
    form: usize,
    candidates: &[usize],
    rule: Rule,
    names: &Names,
    forms: &[Form],
    groups: &mut Groups,
    open: &mut Vec<Open>,
) {
    let entities = entities(candidates, groups);
    let own = groups.root(form);
    if entities.iter().any(|&entity| groups.root(entity) == own) {
        return;
    }
    match entities.as_slice() {
        [] => {}
        &[only] => {
            let (surface, full) = (&names.name(forms[form].name).surface, &names.name(forms[only].name).surface);
            let evidence = Evidence::new(rule.evidence, surface, full, rule.weight);
            groups.join(form, only, Join::new(surface, full, rule.name, evidence));
        }
        // What a claim or a table joins it with says who it is.
        several if groups.members[own].len() == 1 && forms[form].table.is_none() => {
            let candidates = surfaces(several, forms, names);
            let of = |&mention: &usize| Open { mention, candidates: candidates.clone(), chosen: None };
            open.extend(forms[form].mentions.iter().map(of));
            // Nor is another document to say which of them is meant here.
            for &entity in several {
                groups.hold_apart(form, entity);
            }
        }
        _ => {}
    }
}

/// Whether a surface is written in capitals alone, as acronyms are; full stops don't matter.
fn is_in_capitals(surface: &str) -> bool {
    let letters = surface.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = surface.chars().filter(|c| c.is_uppercase()).count();
    !surface.contains(' ') && letters == capitals && letters >= 2
}

/// The forms of a kind, by index.
fn of_kind(forms: &[Form], kind: EntityKind) -> impl Iterator<Item = (usize, &Form)> {
    forms.iter().enumerate().filter(move |(_, form)| form.kind == kind)
}
