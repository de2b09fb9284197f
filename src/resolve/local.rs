//! One document: its mentions to local entities.
//!
//! Mentions of one surface are one form. Claims join forms, and so do one table id, full names that compare as one,
//! short forms and acronyms. Nothing here acts outside its document, and nothing joins what a claim or two table ids
//! hold apart.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt};

use super::block;
use super::constraints::Constraints;
use super::evidence::{DECIDED, Evidence, SAME_TABLE_ENTITY};
use super::linker::{ChosenBy, Linker};
use super::names::{Bearer, Names};
use super::short_forms::{self, Open};
use crate::mention::{EntityKind, Extraction, Relation};
use crate::name::{Name, Role};

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
    let yields =
        |form: &Form, f: usize, entity: usize| linker.yields(entity, &names.name(form.name).folded, &parted[f]);
    choose_tables(&mut forms, names, linker, document, &form_of, &yields);
    for (f, form) in forms.iter_mut().enumerate() {
        form.table = form.table.filter(|&entity| !yields(form, f, entity));
    }
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
    variants(&forms, names, &mut groups);
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
        let pairs = |decided: &BTreeSet<(usize, usize)>| -> Vec<(usize, usize)> {
            let bearers = |number| by_number.get(number).map_or(&[][..], Vec::as_slice);
            let of = |(a, b)| bearers(a).iter().flat_map(move |&x| bearers(b).iter().map(move |&y| (x, y)));
            decided.iter().flat_map(|(a, b)| of((a, b))).filter(|(x, y)| x != y).collect()
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
/// `yields` says whether a form does not stand for an entity by a user's word.
fn choose_tables(
    forms: &mut [Form],
    names: &Names,
    linker: &Linker,
    document: &Extraction,
    form_of: &[usize],
    yields: &dyn Fn(&Form, usize, usize) -> bool,
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
    for (f, form) in forms.iter_mut().enumerate() {
        let bearers = &names.entries[form.name].table;
        let left: Vec<Bearer> = bearers.iter().filter(|b| !yields(form, f, b.entity)).copied().collect();
        let container = form.container.map(|c| names.name(c));
        let chosen = linker.choose(&left, container, &votes);
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

/// Forms and what joins them.
pub(super) struct Groups {
    parent: Vec<usize>,
    pub members: Vec<Vec<usize>>,
    table: Vec<Option<usize>>,
    kind: Vec<EntityKind>,
    container: Vec<Option<usize>>,
    apart: BTreeSet<(usize, usize)>,
    joins: Vec<(usize, Join)>,
}

impl Groups {
    fn new(forms: &[Form]) -> Self {
        Self {
            parent: (0..forms.len()).collect(),
            members: (0..forms.len()).map(|i| vec![i]).collect(),
            table: forms.iter().map(|f| f.table).collect(),
            kind: forms.iter().map(|f| f.kind).collect(),
            container: forms.iter().map(|f| f.container).collect(),
            apart: BTreeSet::new(),
            joins: Vec::new(),
        }
    }

    /// Takes in a form whose mentions were another's, and which is held apart from whatever that one is.
    pub fn split_off(&mut self, form: &Form, from: usize) {
        let (new, apart) = (self.parent.len(), self.apart.range((from, 0)..(from + 1, 0)));
        let apart: Vec<usize> = apart.map(|&(_, other)| other).collect();
        for other in apart {
            self.hold_apart(new, other);
        }
        self.parent.push(new);
        self.members.push(vec![self.members.len()]);
        self.table.push(form.table);
        self.kind.push(form.kind);
        self.container.push(form.container);
    }

    pub fn root(&self, mut i: usize) -> usize {
        while self.parent[i] != i {
            i = self.parent[i];
        }
        i
    }

    pub fn hold_apart(&mut self, a: usize, b: usize) {
        if a != b && a != usize::MAX && b != usize::MAX {
            self.apart.insert((a, b));
            self.apart.insert((b, a));
        }
    }

    pub fn may_join(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if self.kind[a] != self.kind[b] {
            return false;
        }
        if matches!((self.table[a], self.table[b]), (Some(x), Some(y)) if x != y) {
            return false;
        }
        if matches!((self.container[a], self.container[b]), (Some(x), Some(y)) if x != y) {
            return false;
        }
        let (few, many) = if self.members[a].len() <= self.members[b].len() { (a, b) } else { (b, a) };
        let held = |&x: &usize| self.apart.range((x, 0)..(x + 1, 0)).any(|&(_, y)| self.root(y) == many);
        !self.members[few].iter().any(held)
    }

    /// Joins two forms for a reason, unless something holds them apart.
    pub fn join(&mut self, a: usize, b: usize, join: Join) {
        if a == usize::MAX || b == usize::MAX || !self.may_join(a, b) {
            return;
        }
        if join.left != join.right {
            self.joins.push((a, join));
        }
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            // The larger keeps its root, so that finding roots stays short.
            let (keep, give) = if self.members[a].len() >= self.members[b].len() { (a, b) } else { (b, a) };
            let moved = std::mem::take(&mut self.members[give]);
            self.members[keep].extend(moved);
            self.parent[give] = keep;
            self.table[keep] = self.table[keep].or(self.table[give]);
            self.container[keep] = self.container[keep].or(self.container[give]);
        }
    }

    fn finish(self, forms: &[Form], names: &Names, inherited: Vec<(usize, String)>) -> Vec<Local> {
        let mut roots: Vec<usize> =
            (0..forms.len()).filter(|&i| self.root(i) == i && !self.members[i].is_empty()).collect();
        let first = |root: usize| self.members[root].iter().flat_map(|&f| &forms[f].mentions).min().copied();
        roots.retain(|&r| first(r).is_some());
        roots.sort_by_key(|&r| first(r));
        let place: BTreeMap<usize, usize> = roots.iter().enumerate().map(|(i, &r)| (r, i)).collect();
        let mut locals: Vec<Local> = Vec::with_capacity(roots.len());
        for &root in &roots {
            let members = &self.members[root];
            let mut mentions: Vec<usize> = members.iter().flat_map(|&f| forms[f].mentions.iter().copied()).collect();
            mentions.sort_unstable();
            let table = self.table[root];
            // The container tells the entity apart only where no table does.
            let container = self.container[root].filter(|_| table.is_none()).map(|c| names.name(c).folded.clone());
            locals.push(Local {
                kind: self.kind[root],
                mentions,
                names: members.iter().flat_map(|&f| forms[f].names.iter().copied()).collect(),
                inherited: BTreeSet::new(),
                exact: members.iter().any(|&f| forms[f].exact),
                table,
                container,
                chosen: members
                    .iter()
                    .filter(|&&f| table.is_some() && forms[f].table == table)
                    .filter_map(|&f| Some((forms[f].name, forms[f].chosen_by?)))
                    .collect(),
                singled_out: false,
                joins: Vec::new(),
                apart: BTreeSet::new(),
            });
        }
        for (form, name) in inherited {
            if let Some(&i) = place.get(&self.root(form)) {
                locals[i].inherited.insert(name);
            }
        }
        for &(a, b) in &self.apart {
            if let (Some(&a), Some(&b)) = (place.get(&self.root(a)), place.get(&self.root(b)))
                && a != b
            {
                locals[a].apart.insert(b);
            }
        }
        let parent = &self.parent;
        let root = |mut i: usize| {
            while parent[i] != i {
                i = parent[i];
            }
            i
        };
        for (form, join) in self.joins {
            if let Some(&i) = place.get(&root(form)) {
                locals[i].joins.push(join);
            }
        }
        locals
    }
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

/// Joins full names that compare as one.
fn variants(forms: &[Form], names: &Names, groups: &mut Groups) {
    let full: Vec<Option<&Name>> =
        forms.iter().map(|f| Some(names.name(f.name)).filter(|name| name.is_full())).collect();
    let pairs = block::pairs(&full);
    let mut found: Vec<(i32, usize, usize, Vec<Evidence>)> = Vec::new();
    for (a, b) in pairs {
        if forms[a].kind == forms[b].kind && groups.may_join(a, b) {
            let (x, y) = (names.prepared(forms[a].name), names.prepared(forms[b].name));
            if short_forms::is_short_for_either(x.name(), y.name()) {
                continue;
            }
            if x.weight(y) <= 0 {
                continue;
            }
            let comparison = x.compare(y);
            let acronym = comparison.evidence.iter().any(|e| e.feature == "acronym");
            if comparison.is_match() && !acronym {
                found.push((comparison.weight, a, b, comparison.evidence));
            }
        }
    }
    found.sort_by_key(|x| (-x.0, x.1, x.2));
    for (_, a, b, evidence) in found {
        let members = |form: usize| groups.members[groups.root(form)].iter().map(|&f| names.prepared(forms[f].name));
        if members(a).any(|x| members(b).any(|y| x.conflicts_in_number(y))) {
            continue;
        }
        let (left, right) = (&names.name(forms[a].name).surface, &names.name(forms[b].name).surface);
        let (left, right, rule) = (left.clone(), right.clone(), "comparison".to_owned());
        groups.join(a, b, Join { left, right, rule, evidence, sentence: String::new() });
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
