//! Acronyms: *FNR* for the *Front for Northern Renewal*, *`DoD`* for the *Department of Defense*, *U.N.H.C.R.*
//!
//! An acronym binds to the only name of the document whose words begin with its letters. Small words give a letter or
//! none; of four letters or more one word may give none, where no name gives all. Small letters must be those of small
//! words.
//!
//! # Spurious pairs
//!
//! Two letters fit much: *AB* for *Acme Bank* where the text means another one. Acronyms of names in another language
//! (*PNAT*, the *National Anti-Terrorism Prosecution Office*) bind by a claim only.

use std::collections::{BTreeMap, BTreeSet};

use super::{ONLY_ONE, Open, Rule, bind_only};
use crate::mention::EntityKind;
use crate::name::{AcronymFit, Name, Role, acronym_fit};
use crate::resolve::block::LARGEST_BLOCK;
use crate::resolve::groups::Groups;
use crate::resolve::local::Form;
use crate::resolve::names::Names;

const RULE: Rule = Rule { name: "acronym", evidence: "acronym of the only such name here", weight: ONLY_ONE };

pub(super) fn bind(names: &Names, forms: &[Form], groups: &mut Groups, open: &mut Vec<Open>) {
    // Full names by the first letters of their first words: only those can fit in order.
    let mut by_letter: BTreeMap<(EntityKind, char), Vec<usize>> = BTreeMap::new();
    for (f, form) in forms.iter().enumerate() {
        let name = names.name(form.name);
        if form.kind != EntityKind::Person && name.parts.len() > 1 {
            for letter in name.parts.iter().take(2).filter_map(|p| p.text.chars().next()).collect::<BTreeSet<_>>() {
                by_letter.entry((form.kind, letter)).or_default().push(f);
            }
        }
    }
    for (f, form) in forms.iter().enumerate() {
        let name = names.name(form.name);
        if form.kind == EntityKind::Person || !is_acronym(&name.surface) {
            continue;
        }
        let Some(first) = name.folded.chars().next() else { continue };
        let fits =
            |&full: &usize| fits(&names.name(forms[full].name).surface, &name.surface) && groups.may_join(f, full);
        let found = by_letter.get(&(form.kind, first)).map_or(&[][..], Vec::as_slice);
        let mut candidates: Vec<usize> = found.iter().take(LARGEST_BLOCK).copied().filter(fits).collect();
        let letter_by_letter = |&full: &usize| gives_all(names.name(forms[full].name), &name.folded);
        if candidates.iter().any(letter_by_letter) {
            candidates.retain(letter_by_letter);
        }
        bind_only(f, &candidates, RULE, names, forms, groups, open);
    }
}

/// Whether a surface can be an acronym: capitals, and small letters among them where they begin small words.
fn is_acronym(surface: &str) -> bool {
    let letters = surface.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = surface.chars().filter(|c| c.is_uppercase()).count();
    !surface.contains(' ')
        && (2..=8).contains(&letters)
        && capitals >= 2
        && capitals > letters - capitals
        && surface.starts_with(char::is_uppercase)
}

/// Whether an acronym stands for a name.
fn fits(full: &str, acronym: &str) -> bool {
    let letters = || acronym.chars().filter(|c| c.is_alphabetic());
    if letters().any(char::is_lowercase) {
        let initials = full.split([' ', '-']).filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
        return initials.eq(letters());
    }
    acronym_fit(full, acronym) == Some(AcronymFit::Initials)
}

/// Whether every telling word of a name gives a letter, and every letter is of one.
fn gives_all(full: &Name, acronym: &str) -> bool {
    let words = full.parts.iter().filter(|p| p.role != Role::LegalForm);
    words.filter_map(|p| p.text.chars().next()).eq(acronym.chars().filter(|c| c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_those_of_small_words() {
        assert!(is_acronym("DoD") && fits("Department of Defense", "DoD"));
        assert!(fits("Department of Defense", "DOD"));
        assert!(!fits("Department of Defense", "DeD"));
        assert!(is_acronym("U.N.H.C.R.") && !is_acronym("Dod") && !is_acronym("D") && !is_acronym("AB CD"));
    }
}
