//! Short forms inside one document: *Omsen* for *Omar Omsen*, *SOHR* for the *Syrian Observatory for Human Rights*,
//! *General Security* for the *General Security Directorate*.
//!
//! A short form binds to the one entity of the document that it can stand for. Family names go before given names; of
//! several people the one spoken of last before a mention is meant.
//!
//! # Limits
//!
//! A short form of a person who is never named in full joins whoever is, when the names agree.

use std::collections::{BTreeMap, BTreeSet};

use super::block;
use super::evidence::Evidence;
use super::local::{Form, Groups, Join};
use super::names::Names;
use crate::mention::EntityKind;
use crate::name::spelling::odds;
use crate::name::{AcronymFit, Name, Part, Role, acronym_fit};

// What a short form's binding is worth, in 1/1000 log2 odds, set by hand: the only one that fits is nearly always meant,
// words in a row a little less surely, the last of several four times in five.
const ONLY_ONE: i32 = 5_000;
const SAME_WORDS: i32 = 4_000;
const LAST_ONE: i32 = 2_000;

/// Whether two parts may be one, spelled a little differently.
fn alike(a: &Part, b: &Part) -> bool {
    a.text == b.text || odds(a, b).is_some_and(|odds| odds > ALIKE)
}

/// Odds that two spellings are of one name, in 1/1000 log2, above which a short form is taken for a part of a full name:
/// three times as likely as not, for it has nothing else that speaks for it.
const ALIKE: i32 = 1_585;

/// Binds a person's short form to the full name that it can stand for: the only one of the document, else the last
/// one before it. Family names go before given names.
pub(super) fn people(names: &Names, forms: &mut Vec<Form>, groups: &mut Groups) {
    let is_single = |form: &Form| {
        let name = names.name(form.name);
        form.kind == EntityKind::Person && name.parts.len() == 1 && name.parts[0].role == Role::Mononym
    };
    // The parts of full names, by skeleton, so that a document of many names stays linear.
    let mut parts: BTreeMap<String, Vec<(usize, bool, &Part)>> = BTreeMap::new();
    let mut fulls: BTreeMap<usize, &Name> = BTreeMap::new();
    for (f, form) in forms.iter().enumerate() {
        let name = names.name(form.name);
        if form.kind == EntityKind::Person && name.is_full() {
            fulls.insert(f, name);
            for part in name.core() {
                let family = part.role == Role::Family;
                parts.entry(crate::name::skeleton(&part.sound)).or_default().push((f, family, part));
            }
        }
    }
    let count = forms.len();
    for f in 0..count {
        if forms[f].kind != EntityKind::Person || fulls.contains_key(&f) && !names.name(forms[f].name).is_kunya() {
            continue;
        }
        let name = names.name(forms[f].name);
        let mut strong: Vec<usize> = Vec::new();
        let mut weak: Vec<usize> = Vec::new();
        if is_single(&forms[f]) {
            let single = &name.parts[0];
            let found = parts.get(&crate::name::skeleton(&single.sound)).map_or(&[][..], Vec::as_slice);
            for &(full, family, part) in found.iter().take(block::LARGEST_BLOCK) {
                if alike(single, part) && groups.may_join(f, full) {
                    if family { strong.push(full) } else { weak.push(full) }
                }
            }
        } else {
            // Abu Talha, of Abu Talha al-Faransi: the first parts of one.
            for (&full, other) in fulls.range(..count).take(block::LARGEST_BLOCK) {
                let begins = other.parts.len() > name.parts.len()
                    && name.parts.iter().zip(&other.parts).all(|(a, b)| alike(a, b));
                if full != f && begins && groups.may_join(f, full) {
                    strong.push(full);
                }
            }
        }
        let candidates = if strong.is_empty() { weak } else { strong };
        let roots: BTreeSet<usize> = candidates.iter().map(|&c| groups.root(c)).collect();
        if roots.is_empty() || roots.contains(&groups.root(f)) {
            continue;
        }
        let surface = name.surface.clone();
        if roots.len() == 1 {
            let full = names.name(forms[candidates[0]].name).surface.clone();
            let evidence = Evidence::new("short form of the only such name here", &surface, &full, ONLY_ONE);
            groups.join(f, candidates[0], Join::new(&surface, &full, "short-form", evidence));
            continue;
        }
        // Several can be meant: each mention goes to the one spoken of last before it.
        let mut spoken: Vec<(usize, usize)> = Vec::new();
        for &candidate in &candidates {
            for &member in &groups.members[groups.root(candidate)] {
                spoken.extend(forms[member].mentions.iter().map(|&m| (m, candidate)));
            }
        }
        spoken.sort_unstable();
        let mut by_target: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &m in &forms[f].mentions {
            let before = spoken.partition_point(|&(at, _)| at < m);
            if let Some(&(_, target)) = before.checked_sub(1).and_then(|i| spoken.get(i)) {
                by_target.entry(target).or_default().push(m);
            }
        }
        for (target, mentions) in by_target {
            forms[f].mentions.retain(|m| mentions.binary_search(m).is_err());
            let form = &forms[f];
            let split = Form {
                kind: form.kind,
                mentions,
                names: form.names.clone(),
                name: form.name,
                container: None,
                exact: form.exact,
                table: form.table,
                chosen_by: form.chosen_by,
            };
            groups.push(&split);
            forms.push(split);
            let full = names.name(forms[target].name).surface.clone();
            let evidence = Evidence::new("short form of the last such name before it", &surface, &full, LAST_ONE);
            groups.join(forms.len() - 1, target, Join::new(&surface, &full, "short-form-nearest", evidence));
        }
    }
}

/// Joins a form to the longer names that it can stand for, when all of them are one entity.
fn bind_only(
    form: usize,
    fulls: &[usize],
    names: &Names,
    forms: &[Form],
    groups: &mut Groups,
    join: impl FnOnce(&str) -> Join,
) {
    let roots: BTreeSet<usize> = fulls.iter().map(|&full| groups.root(full)).collect();
    if let (Some(&full), 1) = (fulls.first(), roots.len())
        && !roots.contains(&groups.root(form))
    {
        groups.join(form, full, join(&names.name(forms[full].name).surface));
    }
}

/// Binds an acronym to the only name of the document that it fits.
pub(super) fn acronyms(names: &Names, forms: &[Form], groups: &mut Groups) {
    let is_acronym = |name: &Name| {
        let letters = name.surface.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = name.surface.chars().filter(|c| c.is_uppercase()).count();
        !name.surface.contains(' ') && letters == capitals && (2..=8).contains(&letters)
    };
    // Full names by the first letter of their first telling word: only those can fit in order.
    let mut by_letter: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for (f, form) in forms.iter().enumerate() {
        let name = names.name(form.name);
        if form.kind != EntityKind::Person && name.parts.len() > 1 {
            for letter in name.parts.iter().take(2).filter_map(|p| p.text.chars().next()).collect::<BTreeSet<_>>() {
                by_letter.entry(letter).or_default().push(f);
            }
        }
    }
    for (f, form) in forms.iter().enumerate() {
        let name = names.name(form.name);
        if form.kind == EntityKind::Person || !is_acronym(name) {
            continue;
        }
        let Some(first) = name.folded.chars().next() else { continue };
        let fits = |full: &&usize| {
            acronym_fit(&names.name(forms[**full].name).surface, &name.surface) == Some(AcronymFit::Initials)
                && groups.may_join(f, **full)
        };
        let found = by_letter.get(&first).map_or(&[][..], Vec::as_slice);
        let fulls: Vec<usize> = found.iter().take(block::LARGEST_BLOCK).filter(fits).copied().collect();
        let bind = |full: &str| {
            let evidence = Evidence::new("acronym of the only such name here", &name.surface, full, ONLY_ONE);
            Join::new(&name.surface, full, "acronym", evidence)
        };
        bind_only(f, &fulls, names, forms, groups, bind);
    }
}

/// Binds an organization's short form of two words or more to the only longer name that holds it in a row.
pub(super) fn organizations(names: &Names, forms: &[Form], groups: &mut Groups) {
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (f, form) in forms.iter().enumerate().filter(|(_, f)| f.kind == EntityKind::Organization) {
        for part in &names.name(form.name).parts {
            by_word.entry(&part.text).or_default().push(f);
        }
    }
    for (f, form) in forms.iter().enumerate().filter(|(_, f)| f.kind == EntityKind::Organization) {
        let name = names.name(form.name);
        let texts: Vec<&str> = name.parts.iter().map(|p| p.text.as_str()).collect();
        if texts.len() < 2 {
            continue;
        }
        let Some(found) = texts.first().and_then(|first| by_word.get(first)) else { continue };
        let holds = |full: &&usize| {
            let parts = &names.name(forms[**full].name).parts;
            parts.len() > texts.len()
                && parts.windows(texts.len()).any(|w| w.iter().map(|p| p.text.as_str()).eq(texts.iter().copied()))
                && groups.may_join(f, **full)
        };
        let fulls: Vec<usize> = found.iter().take(block::LARGEST_BLOCK).filter(holds).copied().collect();
        let bind = |full: &str| {
            let evidence = Evidence::new("words of the only such name here", &name.surface, full, SAME_WORDS);
            Join::new(&name.surface, full, "short-form", evidence)
        };
        bind_only(f, &fulls, names, forms, groups, bind);
    }
}
