//! One document: its mentions to local entities.
//!
//! Mentions of one surface are one form. Claims join forms, and so do one table id, full names that compare as one,
//! short forms and acronyms. Nothing here acts outside its document, and nothing joins what a claim or two table ids
//! hold apart.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt};

use super::block;
use super::compare::compare;
use super::evidence::Evidence;
use super::linker::Linker;
use super::names::Names;
use crate::mention::{EntityKind, Extraction, Relation};
use crate::name::distance::distance;
use crate::name::{AcronymFit, Name, Part, Role, acronym_fit};

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
    /// The table entity that it is.
    pub table: Option<usize>,
    /// A place's container, when the text names one that decides.
    pub container: Option<String>,
    pub joins: Vec<Join>,
    /// Other local entities of the document, by index, that it is not.
    pub apart: BTreeSet<usize>,
}

/// Mentions of one document that share a surface, but for case and signs, and a container.
struct Form {
    kind: EntityKind,
    mentions: Vec<usize>,
    names: BTreeSet<usize>,
    /// The name that it is compared by.
    name: usize,
    container: Option<usize>,
    table: Option<usize>,
}

/// The local entities of a document, in the order of their first mentions.
pub(super) fn resolve(document: &Extraction, names: &Names, linker: &Linker) -> Vec<Local> {
    let mut forms = forms(document, names, linker);
    let mut form_of: Vec<usize> = vec![usize::MAX; document.mentions.len()];
    for (f, form) in forms.iter().enumerate() {
        for &m in &form.mentions {
            form_of[m] = f;
        }
    }
    choose_tables(&mut forms, names, linker, document, &form_of);
    let mut groups = Groups::new(&forms);
    let claims = document.claims.iter().filter(|c| c.left < form_of.len() && c.right < form_of.len());
    for claim in claims.clone().filter(|c| c.relation.parts()) {
        groups.hold_apart(form_of[claim.left], form_of[claim.right]);
    }
    for claim in claims.clone().filter(|c| c.relation.joins()) {
        let (left, right) = (&document.mentions[claim.left], &document.mentions[claim.right]);
        // What a text says outright is about sixty to one.
        let evidence = Evidence::new("the text says so", &left.surface, &right.surface, 6_000);
        groups.join(form_of[claim.left], form_of[claim.right], &left.surface, &right.surface, &claim.rule, vec![evidence], &claim.sentence);
    }
    same_table_entity(&forms, names, linker, &mut groups);
    variants(&forms, names, &mut groups);
    let inherited = inherit(document, names, &forms, &form_of);
    short_people(names, &mut forms, &mut groups);
    acronyms(names, &forms, &mut groups);
    short_organizations(names, &forms, &mut groups);
    groups.finish(&forms, names, inherited)
}

/// Gathers the mentions of a document by surface.
fn forms(document: &Extraction, names: &Names, linker: &Linker) -> Vec<Form> {
    let mut containers: HashMap<usize, usize> = HashMap::new();
    for claim in document.claims.iter().filter(|c| c.relation == Relation::Within) {
        if let Some(outer) = document.mentions.get(claim.right).and_then(|m| names.get(m.kind, &m.surface)) {
            containers.insert(claim.left, outer);
        }
    }
    let mut index: HashMap<(EntityKind, &str, Option<usize>), usize> = HashMap::new();
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
        let form = *index.entry((mention.kind, folded, container)).or_insert_with(|| {
            let (mentions, all) = (Vec::new(), BTreeSet::new());
            forms.push(Form { kind: mention.kind, mentions, names: all, name, container, table: None });
            forms.len() - 1
        });
        forms[form].mentions.push(m);
        forms[form].names.insert(name);
    }
    forms
}

/// Decides which table entity each form is, if any.
fn choose_tables(forms: &mut [Form], names: &Names, linker: &Linker, document: &Extraction, form_of: &[usize]) {
    let mut votes: HashMap<String, u32> = HashMap::new();
    for form in forms.iter() {
        let bearers = &names.entries[form.name].table;
        if let [only] = bearers.as_slice() {
            if only.exact && !only.weak && form.container.is_none() {
                *votes.entry(linker.vote(only.entity)).or_default() += 1;
            }
        }
    }
    for form in forms.iter_mut() {
        let bearers = &names.entries[form.name].table;
        let container = form.container.map(|c| names.name(c));
        form.table = linker.choose(bearers, container, &votes);
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

/// Forms and what joins them.
struct Groups {
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
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

    fn push(&mut self, form: &Form) {
        self.parent.push(self.parent.len());
        self.members.push(vec![self.members.len()]);
        self.table.push(form.table);
        self.kind.push(form.kind);
        self.container.push(form.container);
    }

    fn root(&self, mut i: usize) -> usize {
        while self.parent[i] != i {
            i = self.parent[i];
        }
        i
    }

    fn hold_apart(&mut self, a: usize, b: usize) {
        if a != b && a != usize::MAX && b != usize::MAX {
            self.apart.insert((a, b));
            self.apart.insert((b, a));
        }
    }

    fn may_join(&self, a: usize, b: usize) -> bool {
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

    #[allow(clippy::too_many_arguments)]
    fn join(&mut self, a: usize, b: usize, left: &str, right: &str, rule: &str, evidence: Vec<Evidence>, sentence: &str) -> bool {
        if a == usize::MAX || b == usize::MAX || !self.may_join(a, b) {
            return false;
        }
        if left != right {
            let (left, right, rule) = (left.to_owned(), right.to_owned(), rule.to_owned());
            self.joins.push((a, Join { left, right, rule, evidence, sentence: sentence.to_owned() }));
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
        true
    }

    fn finish(self, forms: &[Form], names: &Names, inherited: Vec<(usize, String)>) -> Vec<Local> {
        let mut roots: Vec<usize> = (0..forms.len()).filter(|&i| self.root(i) == i && !self.members[i].is_empty()).collect();
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
                table,
                container,
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
            if let (Some(&a), Some(&b)) = (place.get(&self.root(a)), place.get(&self.root(b))) {
                if a != b {
                    locals[a].apart.insert(b);
                }
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
                let evidence = Evidence::new("same table entity", linker.id(table), linker.id(table), 8_000);
                groups.join(other, f, left, right, "table", vec![evidence], "");
            }
            None => {
                first.insert((form.kind, table), f);
            }
        }
    }
}

/// Joins full names that compare as one.
fn variants(forms: &[Form], names: &Names, groups: &mut Groups) {
    let keys: Vec<Vec<String>> = forms
        .iter()
        .map(|f| {
            let name = names.name(f.name);
            if name.is_full() { block::keys(name) } else { Vec::new() }
        })
        .collect();
    let (pairs, _) = block::pairs(&keys);
    let mut found: Vec<(i32, usize, usize, Vec<Evidence>)> = Vec::new();
    for (a, b) in pairs {
        if forms[a].kind == forms[b].kind && groups.may_join(a, b) {
            let comparison = compare(names.name(forms[a].name), names.name(forms[b].name));
            let acronym = comparison.evidence.iter().any(|e| e.feature == "acronym");
            if comparison.is_match() && !acronym {
                found.push((comparison.weight, a, b, comparison.evidence));
            }
        }
    }
    found.sort_by(|x, y| (-x.0, x.1, x.2).cmp(&(-y.0, y.1, y.2)));
    for (_, a, b, evidence) in found {
        let (left, right) = (&names.name(forms[a].name).surface, &names.name(forms[b].name).surface);
        groups.join(a, b, left, right, "comparison", evidence, "");
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

/// Whether two parts may be one, spelled a little differently.
fn alike(a: &Part, b: &Part) -> bool {
    let letters = u32::try_from(a.sound.len().min(b.sound.len())).unwrap_or(u32::MAX);
    // Half of what the comparison forgives: a short form has nothing else that speaks for it.
    a.text == b.text || distance(&a.sound, &b.sound, letters.saturating_mul(90)).is_some()
}

/// Binds a person's short form to the full name that it can stand for: the only one of the document, else the last
/// one before it. Family names go before given names.
fn short_people(names: &Names, forms: &mut Vec<Form>, groups: &mut Groups) {
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
        if forms[f].kind != EntityKind::Person || fulls.contains_key(&f) && !is_short_kunya(names.name(forms[f].name)) {
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
            let evidence = Evidence::new("short form of the only such name here", &surface, &full, 5_000);
            groups.join(f, candidates[0], &surface, &full, "short-form", vec![evidence], "");
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
            let split = Form { kind: form.kind, mentions, names: form.names.clone(), name: form.name, container: None, table: form.table };
            groups.push(&split);
            forms.push(split);
            let full = names.name(forms[target].name).surface.clone();
            let evidence = Evidence::new("short form of the last such name before it", &surface, &full, 2_000);
            groups.join(forms.len() - 1, target, &surface, &full, "short-form-nearest", vec![evidence], "");
        }
    }
}

/// `Abu Talha`: two words that are a by-name, and may be the short form of a longer one.
fn is_short_kunya(name: &Name) -> bool {
    name.parts.len() == 2 && matches!(name.parts[0].text.as_str(), "abu" | "abou" | "umm" | "abi")
}

/// Binds an acronym to the only name of the document that it fits.
fn acronyms(names: &Names, forms: &[Form], groups: &mut Groups) {
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
        let roots: BTreeSet<usize> = fulls.iter().map(|&full| groups.root(full)).collect();
        if roots.len() == 1 && !roots.contains(&groups.root(f)) {
            let full = names.name(forms[fulls[0]].name).surface.clone();
            let evidence = Evidence::new("acronym of the only such name here", &name.surface, &full, 5_000);
            groups.join(f, fulls[0], &name.surface, &full, "acronym", vec![evidence], "");
        }
    }
}

/// Binds an organization's short form of two words or more to the only longer name that holds it in a row.
fn short_organizations(names: &Names, forms: &[Form], groups: &mut Groups) {
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
        let roots: BTreeSet<usize> = fulls.iter().map(|&full| groups.root(full)).collect();
        if roots.len() == 1 && !roots.contains(&groups.root(f)) {
            let full = names.name(forms[fulls[0]].name).surface.clone();
            let evidence = Evidence::new("words of the only such name here", &name.surface, &full, 4_000);
            groups.join(f, fulls[0], &name.surface, &full, "short-form", vec![evidence], "");
        }
    }
}
