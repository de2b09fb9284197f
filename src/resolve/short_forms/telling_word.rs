//! The only telling word of an organization's name: *Acme* for *Acme Industries Ltd*, *Hamas* for the *Hamas movement*.
//!
//! The other words must be legal forms or say what sort of whole the organization is. With anything else it is a branch, a
//! part or another body: *Ford Australia*, *BBC News*, *NATO Command*, *Ford Foundation*. No other name of the document may
//! have the word, or all others that do are such wholes too and it stays ambiguous; one that only a legal form tells from
//! the word goes before all.
//!
//! # Spurious pairs
//!
//! *Washington* for *Washington University*, where the text means a government: not when the document has a place of that
//! name. Never *Texas* for the *University of Texas*, whose name stands behind `of`, nor an acronym for what is named after
//! it: *UN* and *UN Security Council*.

use std::collections::{BTreeMap, BTreeSet};

use super::organizations::is_legal_form;
use super::{Open, Rule, SAME_WORDS, bind_only, entities, is_in_capitals, of_kind};
use crate::mention::EntityKind;
use crate::name::{Name, Part, Role};
use crate::resolve::block::LARGEST_BLOCK;
use crate::resolve::groups::Groups;
use crate::resolve::local::Form;
use crate::resolve::names::Names;

const RULE: Rule = Rule {
    name: "short-form:telling-word",
    evidence: "the telling word of the only such name here",
    weight: SAME_WORDS,
};

/// Words that say what sort of whole is named by the word before them, and no part of it: of all heads of names those
/// after which the word alone is said of the same thing.
const WHOLES: [&str; 32] = [
    "airlines", "airways", "alliance", "army", "bank", "battalion", "brigade", "brotherhood", "cartel", "coalition",
    "enterprises", "faction", "federation", "forces", "front", "group", "industries", "league", "legion", "militia",
    "motors", "movement", "network", "organisation", "organization", "party", "railways", "regiment", "shipbuilding",
    "syndicate", "union", "university",
];

/// The same of those that stand before it: *Jabhat al-Nusra*.
const WHOLES_BEFORE: [&str; 8] = ["banca", "banco", "grupo", "harakat", "jabhat", "katiba", "katibat", "liwa"];

pub(super) fn bind(names: &Names, forms: &[Form], groups: &mut Groups, open: &mut Vec<Open>) {
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (f, form) in of_kind(forms, EntityKind::Organization) {
        let name = names.name(form.name);
        if name.parts.len() > 1 {
            for part in name.parts.iter().filter(|p| p.role == Role::Word) {
                by_word.entry(&part.text).or_default().push(f);
            }
        }
    }
    let places: BTreeSet<&str> =
        of_kind(forms, EntityKind::Place).map(|(_, form)| names.name(form.name).folded.as_str()).collect();
    for (f, form) in of_kind(forms, EntityKind::Organization) {
        let name = names.name(form.name);
        let [word] = name.parts.as_slice() else { continue };
        if word.role != Role::Word || places.contains(name.folded.as_str()) {
            continue;
        }
        let found = by_word.get(word.text.as_str()).map_or(&[][..], Vec::as_slice);
        let all: Vec<usize> = found.iter().take(LARGEST_BLOCK).copied().collect();
        let fits = |is_left_out: &dyn Fn(&Name, usize) -> bool| -> Vec<usize> {
            let fits = |full: &usize| is_whole(names.name(forms[*full].name), word, is_left_out);
            all.iter().copied().filter(fits).filter(|&full| groups.may_join(f, full)).collect()
        };
        let mut candidates = fits(&|_, _| false);
        if candidates.is_empty() && !is_in_capitals(&name.surface) {
            candidates = fits(&says_sort);
            // Somebody else has the word, and what it stands for there is not told.
            if candidates.len() < all.len() && entities(&all, groups).len() > entities(&candidates, groups).len() {
                continue;
            }
        }
        bind_only(f, &candidates, RULE, names, forms, groups, open);
    }
}

/// Whether a name has nothing beside a word but legal forms and what may be left out.
fn is_whole(full: &Name, word: &Part, is_left_out: &dyn Fn(&Name, usize) -> bool) -> bool {
    let is_of = full.folded.contains(" of ");
    let others = full.parts.iter().enumerate().filter(|(_, p)| p.text != word.text);
    !is_of && others.into_iter().all(|(i, p)| is_legal_form(p) || is_left_out(full, i))
}

/// Whether a part of a name says what sort of whole is named.
fn says_sort(full: &Name, part: usize) -> bool {
    let text = full.parts[part].text.as_str();
    let before = part == 0;
    if before { WHOLES_BEFORE.contains(&text) } else { WHOLES.contains(&text) }
}
