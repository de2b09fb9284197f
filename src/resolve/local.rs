//! One document: its mentions to local entities.
//!
//! Mentions of one surface are one form. Claims join forms, and so do one table id, full names that compare as one,
//! short forms and acronyms. Nothing here acts outside its document, and nothing joins what a claim or two table ids
//! hold apart.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt};

use super::constraints::{Constraints, Pairs};
use super::evidence::{DECIDED, Evidence, SAME_TABLE_ENTITY};
use super::groups::Groups;
use super::linker::{ChosenBy, Linker};
use super::names::Names;
use super::short_forms::{self, Open};
use super::variants;
use crate::mention::{EntityKind, Extraction, Relation};
use crate::name::Role;

/// What a text says outright is true about sixty times in sixty-one: six bits, in 1/1000 log2 odds.
const SAID_OUTRIGHT: i32 = 6_000;

/// Why two names of an entity are taken for one's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Join {
    /// Two surfaces.
    pub left: String,
    pub right: String,
    pub rule: String,
    pub evidence: Vec<Evidence>,
    /// The sentence that says so.
    pub sentence: String,
}

impl Join {
    pub fn new(left: &str, right: &str, rule: &str, evidence: Evidence) -> Self {
        let (left, right, rule) = (left.to_owned(), right.to_owned(), rule.to_owned());
        Self { left, right, rule, evidence: vec![evidence], sentence: String::new() }
    }
}

/// An entity of one document.
#[derive(Debug)]
pub(super) struct Local {
    pub kind: EntityKind,
    /// Indices of its mentions.
    pub mentions: Vec<usize>,
    /// Its names, indices into [`Names`].
    pub names: BTreeSet<usize>,
    /// Further full names that follow from kinship: `Khalifa`, father of `Saddam Haftar`, is `Khalifa Haftar`.
    pub inherited: BTreeSet<String>,
    /// It is told apart from another by case or signs alone.
    pub exact: bool,
    /// The table entity that it is.
    pub table: Option<usize>,
    /// A place's container, when the text names one that decides.
    pub container: Option<String>,
    /// Its names that several table entities bear, and what decided for the one that it is.
    pub chosen: BTreeSet<(usize, ChosenBy)>,
    /// A decision speaks of one of its names in this document alone.
    pub singled_out: bool,
    pub joins: Vec<Join>,
    /// Other local entities of the document, by index, that it is not.
    pub apart: BTreeSet<usize>,
}

/// Mentions of one document that share a surface, but for case and signs, and a container.
pub(super) struct Form {
    pub kind: EntityKind,
    pub mentions: Vec<usize>,
    pub names: BTreeSet<usize>,
    /// The name that it is compared by.
    pub name: usize,
    pub container: Option<usize>,
    pub table: Option<usize>,
    /// What decided for its table entity, when several bear the name.
    pub chosen_by: Option<ChosenBy>,
    /// Its names are told apart from those of another form by case or signs alone.
    pub exact: bool,
}

/// What a document comes to by itself.
#[derive(Debug)]
pub(super) struct Resolved {
    /// Its entities, in the order of their first mentions.
    pub locals: Vec<Local>,
    /// Its mentions that several of them can be meant by, in order.
    pub open: Vec<Open>,
}

/// The local entities of a document.
pub(super) fn resolve(document: &Extraction, names: &Names, linker: &Linker, constraints: &Constraints) -> Resolved {
    let mut forms = forms(document, names, linker, constraints);
    let mut form_of: Vec<usize> = vec![usize::MAX; document.mentions.len()];
    for (f, form) in forms.iter().enumerate() {
        for &m in &form.mentions {
            form_of[m] = f;
        }
    }
    let parted: Vec<Vec<&str>> = forms
        .iter()
        .map(|form| constraints.parted_from(form.kind, &names.name(form.name).folded, Some(&document.id)))
        .collect();
    choose_tables(&mut forms, names, linker, document, &form_of, &parted);
    let decided = Decided::new(&forms, names, constraints, document);
    decided.share_tables(&mut forms);
    let mut groups = Groups::new(&forms);
    decided.apply(&forms, names, &mut groups);
    let claims = document.claims.iter().filter(|c| c.left < form_of.len() && c.right < form_of.len());
    for claim in claims.clone().filter(|c| c.relation.parts()) {
        groups.hold_apart(form_of[claim.left], form_of[claim.right]);
    }
    for claim in claims.clone().filter(|c| c.relation.joins()) {
        let (left, right) = (&document.mentions[claim.left], &document.mentions[claim.right]);
        let evidence = Evidence::new("the text says so", &left.surface, &right.surface, SAID_OUTRIGHT);
        let mut join = Join::new(&left.surface, &right.surface, &claim.rule, evidence);
        join.sentence.clone_from(&claim.sentence);
        groups.join(form_of[claim.left], form_of[claim.right], join);
    }
    same_table_entity(&forms, names, linker, &mut groups);
    short_forms::hold_apart(names, &forms, &mut groups);
    variants::join(&forms, names, &mut groups);
    let inherited = inherit(document, names, &forms, &form_of);
    let open = short_forms::bind(document, names, &mut forms, &mut groups);
    let mut locals = groups.finish(&forms, names, inherited);
    for local in &mut locals {
        let singles_out = |&name: &usize| {
            let name = names.name(name);
            constraints.singles_out(name.kind, &name.folded, &document.id)
        };
        local.singled_out = local.names.iter().any(singles_out);
    }
    Resolved { locals, open }
}

/// What users decided of the forms of a document.
struct Decided {
    same: Vec<(usize, usize)>,
    different: Vec<(usize, usize)>,
}

impl Decided {
    fn new(forms: &[Form], names: &Names, constraints: &Constraints, document: &Extraction) -> Self {
        let mut by_number: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        if !constraints.is_empty() {
            for (f, form) in forms.iter().enumerate() {
                let folded = &names.name(form.name).folded;
                for number in constraints.numbers(form.kind, folded, Some(&document.id)) {
                    by_number.entry(number).or_default().push(f);
                }
            }
        }
        let pairs = |decided: &Pairs| -> Vec<(usize, usize)> {
            let mut pairs = BTreeSet::new();
            for (&number, left) in &by_number {
                for right in decided.of(number).filter_map(|other| by_number.get(&other)) {
                    pairs.extend(left.iter().flat_map(|&x| right.iter().map(move |&y| (x, y))).filter(|(x, y)| x < y));
                }
            }
            pairs.into_iter().collect()
        };
        let different = pairs(&constraints.different);
        // Of one name a decision in this document alone may say the contrary of one in all.
        let same = pairs(&constraints.same).into_iter().filter(|pair| !different.contains(pair)).collect();
        Self { same, different }
    }

    /// Forms that are one by a user's word are one table entity, whatever the tables say.
    fn share_tables(&self, forms: &mut [Form]) {
        for &(a, b) in &self.same {
            let (x, y) = (forms[a].table, forms[b].table);
            if let (Some(x), Some(y)) = (x, y) {
                for form in forms.iter_mut().filter(|f| f.table == Some(x.max(y))) {
                    form.table = Some(x.min(y));
                }
            }
        }
    }

    fn apply(&self, forms: &[Form], names: &Names, groups: &mut Groups) {
        for &(a, b) in &self.different {
            groups.hold_apart(a, b);
        }
        for &(a, b) in &self.same {
            let (left, right) = (&names.name(forms[a].name).surface, &names.name(forms[b].name).surface);
            let evidence = Evidence::new("a user's decision", left, right, DECIDED);
            groups.join(a, b, Join::new(left, right, "decision", evidence));
        }
    }
}

/// Kind and folded surface, the container, and the exact name where only that tells forms apart.
type FormKey<'n> = (EntityKind, &'n str, Option<usize>, Option<usize>);

/// Gathers the mentions of a document by surface.
fn forms(document: &Extraction, names: &Names, linker: &Linker, constraints: &Constraints) -> Vec<Form> {
    let mut containers: HashMap<usize, usize> = HashMap::new();
    for claim in document.claims.iter().filter(|c| c.relation == Relation::Within) {
        // `City, Country` is how a place is told from another of its name; `in Country` is said of any place, and decides
        // only between known bearers of the name.
        let inner = document.mentions.get(claim.left).and_then(|m| names.get(m.kind, &m.surface));
        if claim.rule == "inside" && inner.is_none_or(|n| names.entries[n].table.len() < 2) {
            continue;
        }
        if let Some(outer) = document.mentions.get(claim.right).and_then(|m| names.get(m.kind, &m.surface)) {
            containers.insert(claim.left, outer);
        }
    }
    // Surfaces that differ in case or signs only, and that a text holds apart all the same, are two.
    let mut told_apart: BTreeSet<usize> = BTreeSet::new();
    for claim in document.claims.iter().filter(|c| c.relation.parts()) {
        let name = |m: usize| document.mentions.get(m).and_then(|m| names.get(m.kind, &m.surface));
        if let (Some(left), Some(right)) = (name(claim.left), name(claim.right))
            && left != right
            && names.name(left).folded == names.name(right).folded
        {
            told_apart.extend([left, right]);
        }
    }
    let mut index: HashMap<FormKey<'_>, usize> = HashMap::new();
    let mut forms: Vec<Form> = Vec::new();
    for (m, mention) in document.mentions.iter().enumerate() {
        let Some(name) = names.get(mention.kind, &mention.surface) else { continue };
        let container = containers.get(&m).copied().filter(|&outer| {
            // A container that the tables know for the only bearer of the name tells nothing new.
            let bearers = &names.entries[name].table;
            let outer = linker.bearers(names.name(outer));
            !(bearers.len() == 1
                && outer.iter().any(|o| linker.tables().is_within(linker.id(bearers[0].entity), linker.id(o.entity))))
        });
        let folded = names.name(name).folded.as_str();
        if constraints.rejects(mention.kind, folded, &document.id) {
            continue;
        }
        let exact = told_apart.contains(&name).then_some(name);
        let form = *index.entry((mention.kind, folded, container, exact)).or_insert_with(|| {
            let (mentions, all) = (Vec::new(), BTreeSet::new());
            forms.push(Form {
                kind: mention.kind,
                mentions,
                names: all,
                name,
                container,
                exact: exact.is_some(),
                table: None,
                chosen_by: None,
            });
            forms.len() - 1
        });
        forms[form].mentions.push(m);
        forms[form].names.insert(name);
    }
    forms
}

/// Decides which table entity each form is, if any.
///
/// `parted` are the folded names from which users parted that of each form.
fn choose_tables(
    forms: &mut [Form],
    names: &Names,
    linker: &Linker,
    document: &Extraction,
    form_of: &[usize],
    parted: &[Vec<&str>],
) {
    let mut votes: HashMap<String, u32> = HashMap::new();
    for form in forms.iter() {
        let bearers = &names.entries[form.name].table;
        if let [only] = bearers.as_slice()
            && only.exact
            && !only.weak
            && form.container.is_none()
        {
            *votes.entry(linker.vote(only.entity)).or_default() += 1;
        }
    }
    let yields = |name: usize, parted: &[&str], entity| linker.yields(entity, &names.name(name).folded, parted);
    for (form, parted) in forms.iter_mut().zip(parted) {
        let mut bearers = Cow::from(&names.entries[form.name].table);
        if !parted.is_empty() {
            bearers.to_mut().retain(|b| !yields(form.name, parted, b.entity));
        }
        let container = form.container.map(|c| names.name(c));
        let chosen = linker.choose(&bearers, container, &votes);
        form.table = chosen.map(|(entity, _)| entity);
        form.chosen_by = chosen.map(|(_, by)| by).filter(|_| bearers.len() > 1);
    }
    // What the text says is one, the tables may still know under two ids: the clear one then speaks for the other.
    for claim in document.claims.iter().filter(|c| c.relation.joins()) {
        let (Some(&left), Some(&right)) = (form_of.get(claim.left), form_of.get(claim.right)) else { continue };
        if left == usize::MAX || right == usize::MAX || left == right {
            continue;
        }
        let ids = |f: usize| names.entries[forms[f].name].table.iter().map(|b| b.entity).collect::<BTreeSet<_>>();
        let (a, b) = (ids(left), ids(right));
        if let Some(&both) = a.intersection(&b).next() {
            (forms[left].table, forms[right].table) = (Some(both), Some(both));
        } else if let Some(stranger) = stranger(forms, names, linker, left, right) {
            forms[stranger].table = None;
        } else if forms[left].table.is_some() && forms[right].table.is_some() {
            let weak = |f: usize| names.entries[forms[f].name].table.len() > 1;
            if weak(left) {
                forms[left].table = None;
            } else if weak(right) {
                forms[right].table = None;
            }
        }
    }
    // What a text says gives no form the entity that a user took from it.
    for (form, parted) in forms.iter_mut().zip(parted) {
        form.table = form.table.filter(|&entity| !yields(form.name, parted, entity));
    }
}

/// Of two forms that a text says are one, the one whose table entity is not meant: it only bears a by-name of that
/// entity, and the other form is a full name that is none of the entity's.
fn stranger(forms: &[Form], names: &Names, linker: &Linker, left: usize, right: usize) -> Option<usize> {
    let is_stranger = |f: usize, other: usize| {
        let entity = forms[f].table?;
        let bearer = names.entries[forms[f].name].table.iter().find(|b| b.entity == entity)?;
        let name = names.name(forms[other].name);
        let full = forms[f].kind == EntityKind::Person && name.is_full() && !name.is_kunya();
        let meant = bearer.principal
            || forms[other].table.is_some()
            || !full
            || linker.fits(entity, names.prepared(forms[other].name));
        (!meant).then_some(f)
    };
    is_stranger(left, right).or_else(|| is_stranger(right, left))
}

/// Joins forms that are one table entity.
fn same_table_entity(forms: &[Form], names: &Names, linker: &Linker, groups: &mut Groups) {
    let mut first: BTreeMap<(EntityKind, usize), usize> = BTreeMap::new();
    for (f, form) in forms.iter().enumerate() {
        let Some(table) = form.table else { continue };
        match first.get(&(form.kind, table)) {
            Some(&other) => {
                let (left, right) = (&names.name(forms[other].name).surface, &names.name(form.name).surface);
                let evidence =
                    Evidence::new("same table entity", linker.id(table), linker.id(table), SAME_TABLE_ENTITY);
                groups.join(other, f, Join::new(left, right, "table", evidence));
            }
            None => {
                first.insert((form.kind, table), f);
            }
        }
    }
}

/// Full names that kinship gives: the family name of one for a single given name of the other.
fn inherit(document: &Extraction, names: &Names, forms: &[Form], form_of: &[usize]) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for claim in document.claims.iter().filter(|c| c.relation == Relation::Kin) {
        let (Some(&a), Some(&b)) = (form_of.get(claim.left), form_of.get(claim.right)) else { continue };
        if a == usize::MAX || b == usize::MAX {
            continue;
        }
        for (known, bare) in [(a, b), (b, a)] {
            let (known, name) = (names.name(forms[known].name), names.name(forms[bare].name));
            let single = name.parts.len() == 1 && name.parts[0].role == Role::Mononym;
            let family = known.parts.iter().rposition(|p| p.role == Role::Family);
            if let Some(family) = family.filter(|_| single && known.is_full()) {
                // The family name as the known one's surface has it, its article included.
                let tail = known.surface.rsplit(' ').next().unwrap_or(&known.parts[family].text);
                out.push((bare, format!("{} {tail}", name.surface)));
            }
        }
    }
    out
}
