//! Initials for given names: *J. Kaboro* for the only *Jean Kaboro* of a document, *JFK* for *John F. Kennedy*.
//!
//! The first initial must be that of the first name, the others those of further names in order.
//!
//! # Spurious pairs
//!
//! *J. Kaboro* where the text means a *Jules* whom it never names in full. Of two who fit, *Jean* and *Jacques*, neither is
//! taken.

use std::collections::BTreeMap;

use super::{ONLY_ONE, Open, Rule, bind_only, is_in_capitals, of_kind};
use crate::mention::EntityKind;
use crate::name::{Name, Part, Role, fold, skeleton};
use crate::resolve::block::LARGEST_BLOCK;
use crate::resolve::groups::Groups;
use crate::resolve::local::Form;
use crate::resolve::names::Names;

const RULE: Rule =
    Rule { name: "short-form:initials", evidence: "initials of the only such name here", weight: ONLY_ONE };

/// Whether a person is named by initials and a family name alone.
pub(in crate::resolve) fn is_abbreviated(name: &Name) -> bool {
    name.kind == EntityKind::Person
        && name.core().any(|p| p.role == Role::Initial)
        && name.core().all(|p| matches!(p.role, Role::Initial | Role::Family))
}

pub(super) fn bind(names: &Names, forms: &[Form], groups: &mut Groups, open: &mut Vec<Open>) {
    // Names in full by the sound of their family names and, where nothing but letters is left of a name, by those.
    let mut by_family: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut by_letters: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (f, form) in of_kind(forms, EntityKind::Person) {
        let name = names.name(form.name);
        if !name.is_full() || is_abbreviated(name) {
            continue;
        }
        for part in name.core().filter(|p| p.role == Role::Family) {
            by_family.entry(skeleton(&part.sound)).or_default().push(f);
        }
        by_letters.entry(letters(name)).or_default().push(f);
    }
    for f in 0..forms.len() {
        let name = names.name(forms[f].name);
        let found = if is_abbreviated(name) {
            let family = name.core().filter(|p| p.role == Role::Family).last();
            family.and_then(|family| by_family.get(&skeleton(&family.sound)))
        } else if forms[f].kind == EntityKind::Person && is_letters(name) {
            by_letters.get(&fold(&name.surface).replace(' ', ""))
        } else {
            continue;
        };
        let fits = |&full: &usize| {
            let other = names.name(forms[full].name);
            (!is_abbreviated(name) || abbreviates(name, other)) && groups.may_join(f, full)
        };
        let found = found.map_or(&[][..], Vec::as_slice).iter().take(LARGEST_BLOCK).copied();
        let candidates: Vec<usize> = found.filter(fits).collect();
        bind_only(f, &candidates, RULE, names, forms, groups, open);
    }
}

/// Whether a person is named by three letters or four and no more: two are those of many.
fn is_letters(name: &Name) -> bool {
    let letters = name.surface.chars().filter(|c| c.is_alphabetic()).count();
    is_in_capitals(&name.surface) && (3..=4).contains(&letters)
}

/// The first letters of all words of a name but its titles.
fn letters(name: &Name) -> String {
    let words = name.parts.iter().filter(|p| p.role != Role::Suffix);
    words.filter_map(|p| p.text.chars().next()).collect()
}

/// Whether initials and a family name are those of a name in full.
fn abbreviates(short: &Name, full: &Name) -> bool {
    let family = |name: &'_ Name| -> Vec<String> {
        name.core().filter(|p| p.role == Role::Family).map(|p| p.sound.clone()).collect()
    };
    let (own, other) = (family(short), family(full));
    let initial = |part: &Part| part.text.chars().next();
    let mut given = full.core().filter(|p| p.role != Role::Family).map(initial);
    let mut initials = short.core().filter(|p| p.role == Role::Initial).map(initial);
    !own.is_empty()
        && other.ends_with(&own)
        && given.next() == initials.next()
        && initials.all(|letter| given.any(|other| other == letter))
}
