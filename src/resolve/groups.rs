//! The forms of a document, and which of them are one: what joins them, and what holds them apart.

use std::collections::{BTreeMap, BTreeSet};

use super::local::{Form, Join, Local};
use super::names::Names;
use crate::mention::EntityKind;

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
    pub fn new(forms: &[Form]) -> Self {
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

    /// The local entities, in the order of their first mentions.
    pub fn finish(self, forms: &[Form], names: &Names, inherited: Vec<(usize, String)>) -> Vec<Local> {
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
