//! Parts of people's names: a family name alone, a given name alone, a by-name, some of several parts.
//!
//! A name that is spelled as a part of a full name goes before one that is spelled a little differently, and a family name
//! before a given one, but where the word is a given name in the lists and no family name: *Ali* may be *Ali Barzawi* as
//! well as *Mustafa Ali*. Titles are left out, and tell which of several is meant when only one of them has them.
//!
//! # Spurious pairs
//!
//! *James*, the family name of one and the given name of another, is taken for the family's. *Kaboré* is taken for the only
//! *Kaboro* when nobody else is named so. The first of several parts may be somebody else's whole name: *Juan Carlos* beside
//! *Juan Carlos Villalba*; the last the father's: *Hassan Ahmad* beside *Mohammed Hassan Ahmad*.

use std::collections::{BTreeMap, BTreeSet};

use super::nearest::{last_before, sentences};
use super::{LAST_ONE, ONLY_ONE, Open, Rule, SAME_WORDS, bind_only, entities, of_kind, surfaces};
use crate::mention::{EntityKind, Extraction};
use crate::name::spelling::odds;
use crate::name::{Name, Part, Role, generation, skeleton};
use crate::resolve::block::LARGEST_BLOCK;
use crate::resolve::evidence::Evidence;
use crate::resolve::groups::Groups;
use crate::resolve::local::{Form, Join};
use crate::resolve::names::Names;
use crate::tables::{Flags, Tables};

const ONLY: &str = "short form of the only such name here";
const FAMILY_NAME: Rule = Rule { name: "short-form:family-name", evidence: ONLY, weight: ONLY_ONE };
const GIVEN_NAME: Rule = Rule { name: "short-form:given-name", evidence: ONLY, weight: ONLY_ONE };
const BY_NAME: Rule = Rule { name: "short-form:by-name", evidence: ONLY, weight: ONLY_ONE };
const SOME_PARTS: Rule =
    Rule { name: "short-form:some-parts", evidence: "parts of the only such name here", weight: SAME_WORDS };

/// Odds that two spellings are of one name, in 1/1000 log2, above which a short form is taken for a part of a full name:
/// three times as likely as not, for it has nothing else that speaks for it.
const ALIKE: i32 = 1_585;

/// How a word fits a part of a full name, the better first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Family,
    Given,
    LikeFamily,
    LikeGiven,
}

/// A part of a full name, and whose it is.
struct Borne<'n> {
    form: usize,
    part: &'n Part,
}

/// The parts of full names by their skeletons, so that a document of many names stays linear.
struct Bearers<'n>(BTreeMap<String, Vec<Borne<'n>>>);

impl<'n> Bearers<'n> {
    fn new(names: &'n Names, forms: &[Form]) -> Self {
        let mut bearers: BTreeMap<String, Vec<Borne<'n>>> = BTreeMap::new();
        for (form, name) in of_kind(forms, EntityKind::Person).map(|(f, form)| (f, names.name(form.name))) {
            if name.is_full() {
                for part in name.core() {
                    bearers.entry(skeleton(&part.sound)).or_default().push(Borne { form, part });
                }
            }
        }
        Self(bearers)
    }

    fn of(&self, part: &Part) -> &[Borne<'n>] {
        let found = self.0.get(&skeleton(&part.sound)).map_or(&[][..], Vec::as_slice);
        &found[..found.len().min(LARGEST_BLOCK)]
    }

    /// The full names that a name of one part can stand for, and the rule that says so.
    fn of_single(
        &self,
        form: usize,
        single: &Part,
        names: &Names,
        forms: &[Form],
        groups: &Groups,
    ) -> (Rule, Vec<usize>) {
        let name = names.name(forms[form].name);
        let mut found: Vec<(Fit, usize)> = Vec::new();
        for borne in self.of(single) {
            let other = names.name(forms[borne.form].name);
            let exact = single.text == borne.part.text;
            if !(exact || odds(single, borne.part).is_some_and(|odds| odds > ALIKE))
                || !are_of_one_generation(name, other)
                || !groups.may_join(form, borne.form)
            {
                continue;
            }
            let fit = match (exact, borne.part.role == Role::Family) {
                (true, true) => Fit::Family,
                (true, false) => Fit::Given,
                (false, true) => Fit::LikeFamily,
                (false, false) => Fit::LikeGiven,
            };
            found.push((fit, borne.form));
        }
        let best = found.iter().map(|(fit, _)| *fit).min().unwrap_or(Fit::Family);
        let listed = Tables::none().lexicon().word(&single.text);
        let either = best == Fit::Family && listed.has(Flags::GIVEN) && !listed.has(Flags::FAMILY);
        found.retain(|(fit, _)| *fit == best || either && *fit == Fit::Given);
        let rule = match best {
            _ if name.is_kunya() => BY_NAME,
            Fit::Family | Fit::LikeFamily => FAMILY_NAME,
            Fit::Given | Fit::LikeGiven => GIVEN_NAME,
        };
        (rule, found.into_iter().map(|(_, form)| form).collect())
    }

    /// The longer names that hold the parts of a name in order.
    fn of_several(&self, form: usize, names: &Names, forms: &[Form], groups: &Groups) -> Vec<usize> {
        let name = names.name(forms[form].name);
        let fits = |full: usize| {
            let other = names.name(forms[full].name);
            lacks_parts_of(name, other)
                && (are_in_a_row(name, other)
                    || names.prepared(forms[form].name).weight(names.prepared(forms[full].name)) > 0)
                && are_of_one_generation(name, other)
                && groups.may_join(form, full)
        };
        let core: Vec<&Part> = name.core().collect();
        let ends = [core.first(), core.last()];
        let borne = ends.into_iter().flatten().flat_map(|part| self.of(part)).map(|borne| borne.form);
        borne.collect::<BTreeSet<_>>().into_iter().filter(|&full| fits(full)).collect()
    }
}

/// Whether a name of several parts is a longer one with some left out: which of several it is short for is not told by
/// comparing two.
pub(super) fn lacks_parts_of(short: &Name, full: &Name) -> bool {
    let mut long = full.core();
    short.core().count() < full.core().count() && short.core().all(|part| long.any(|other| other.text == part.text))
}

/// Whether the parts of a name begin a longer one, given names all, or end it, family names all.
fn are_in_a_row(short: &Name, full: &Name) -> bool {
    let (short, long): (Vec<&Part>, Vec<&Part>) = (short.core().collect(), full.core().collect());
    let is = |parts: Option<&[&Part]>, role: Role| {
        parts.is_some_and(|parts| {
            parts.iter().map(|p| &p.text).eq(short.iter().map(|p| &p.text)) && parts.iter().all(|p| p.role == role)
        })
    };
    is(long.get(..short.len()), Role::Given)
        || is(long.len().checked_sub(short.len()).and_then(|at| long.get(at..)), Role::Family)
}

/// Whether nothing tells two as father and son: both `Jr.`, or one without.
fn are_of_one_generation(a: &Name, b: &Name) -> bool {
    let of = |name: &Name| name.parts.iter().find(|p| p.role == Role::Suffix).map(|p| generation(&p.text));
    !matches!((of(a), of(b)), (Some(x), Some(y)) if x != y)
}

/// The only part of a name, particles and suffixes aside.
fn single(name: &Name) -> Option<&Part> {
    let mut core = name.core();
    let only = core.next().filter(|p| p.role != Role::Initial)?;
    core.next().is_none().then_some(only)
}

/// Binds parts of names to the full names that they can stand for.
pub(super) fn bind(
    document: &Extraction,
    names: &Names,
    forms: &mut Vec<Form>,
    groups: &mut Groups,
    open: &mut Vec<Open>,
) {
    let bearers = Bearers::new(names, forms);
    let people: Vec<usize> = of_kind(forms, EntityKind::Person).map(|(f, _)| f).collect();
    for &f in people.iter().filter(|&&f| names.name(forms[f].name).is_full()) {
        let candidates = bearers.of_several(f, names, forms, groups);
        bind_only(f, &candidates, SOME_PARTS, names, forms, groups, open);
    }
    let mut several: Vec<(usize, Rule, Vec<usize>)> = Vec::new();
    for &f in &people {
        let Some(part) = single(names.name(forms[f].name)) else { continue };
        let (rule, candidates) = bearers.of_single(f, part, names, forms, groups);
        if entities(&candidates, groups).len() > 1 {
            several.push((f, rule, candidates));
        } else {
            bind_only(f, &candidates, rule, names, forms, groups, open);
        }
    }
    if several.is_empty() {
        return;
    }
    // Those who have a name that only they can be meant by are spoken of by it too.
    let sentences = sentences(document);
    for (f, rule, mut candidates) in several {
        candidates.retain(|&full| groups.may_join(f, full));
        let titled = with_title(f, &entities(&candidates, groups), names, forms, groups);
        let candidates = titled.map_or(candidates, |only| vec![only]);
        if entities(&candidates, groups).len() > 1 {
            bind_nearest(f, &entities(&candidates, groups), rule, &sentences, names, forms, groups, open);
        } else {
            bind_only(f, &candidates, rule, names, forms, groups, open);
        }
    }
}

/// The titles that a name is written with.
fn titles(name: &Name) -> impl Iterator<Item = &str> {
    let tables = Tables::none();
    let first = name.parts.first().map_or("", |p| p.text.as_str());
    let words = name.folded.split(' ');
    words.take_while(move |word| *word != first && tables.lexicon().word(word).has(Flags::TITLE))
}

/// The only one of several who is written with the title of a short form.
fn with_title(form: usize, entities: &[usize], names: &Names, forms: &[Form], groups: &Groups) -> Option<usize> {
    let own: BTreeSet<&str> = titles(names.name(forms[form].name)).collect();
    let has = |entity: &&usize| {
        let members = &groups.members[groups.root(**entity)];
        members.iter().any(|&member| titles(names.name(forms[member].name)).any(|title| own.contains(title)))
    };
    let mut titled = entities.iter().filter(has);
    let only = titled.next().copied();
    only.filter(|_| titled.next().is_none())
}

/// Binds each mention of a form to the one of several who was spoken of last before it, and says of each that it did, or
/// that two were as near.
#[expect(clippy::too_many_arguments, reason = "the document, what is known of it, and what comes of it")]
fn bind_nearest(
    form: usize,
    entities: &[usize],
    rule: Rule,
    sentences: &[usize],
    names: &Names,
    forms: &mut Vec<Form>,
    groups: &mut Groups,
    open: &mut Vec<Open>,
) {
    let own = groups.root(form);
    // What a claim or a table joins it with says who it is.
    if groups.members[own].len() > 1
        || forms[form].table.is_some()
        || entities.iter().any(|&entity| groups.root(entity) == own)
    {
        return;
    }
    let mut spoken: Vec<(usize, usize)> = Vec::new();
    for (number, &entity) in entities.iter().enumerate() {
        for &member in &groups.members[groups.root(entity)] {
            spoken.extend(forms[member].mentions.iter().map(|&m| (m, number)));
        }
    }
    spoken.sort_unstable();
    let surface = names.name(forms[form].name).surface.clone();
    let candidates = surfaces(entities, forms, names);
    let fulls: Vec<usize> = entities.iter().map(|&e| forms[e].name).collect();
    let mut by_target: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &mention in &forms[form].mentions {
        let chosen = last_before(mention, &spoken, sentences);
        if let Some(number) = chosen {
            by_target.entry(number).or_default().push(mention);
        }
        let chosen = chosen.map(|number| names.name(fulls[number]).surface.clone());
        open.push(Open { mention, candidates: candidates.clone(), chosen });
    }
    let is_left = by_target.values().map(Vec::len).sum::<usize>() < forms[form].mentions.len();
    for (number, mentions) in by_target {
        forms[form].mentions.retain(|m| mentions.binary_search(m).is_err());
        let whole = &forms[form];
        let split = Form {
            kind: whole.kind,
            mentions,
            names: whole.names.clone(),
            name: whole.name,
            container: None,
            exact: whole.exact,
            table: whole.table,
            chosen_by: whole.chosen_by,
        };
        groups.split_off(&split, form);
        forms.push(split);
        let full = &names.name(fulls[number]).surface;
        let evidence = Evidence::new("short form of the last such name before it", &surface, full, LAST_ONE);
        let join = Join::new(&surface, full, rule.name, evidence);
        groups.join(forms.len() - 1, entities[number], join);
    }
    if is_left {
        for &entity in entities {
            groups.hold_apart(form, entity);
        }
    }
}
