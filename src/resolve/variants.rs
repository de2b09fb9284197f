//! Full names of one document that compare as one: clustered as names of several documents are.

use super::block;
use super::cluster::{Component, Edge, cluster};
use super::evidence::Evidence;
use super::groups::Groups;
use super::local::{Form, Join};
use super::names::Names;
use super::short_forms;
use crate::name::Name;

/// Joins full names that compare as one.
pub(super) fn join(forms: &[Form], names: &Names, groups: &mut Groups) {
    let full: Vec<Option<&Name>> =
        forms.iter().map(|f| Some(names.name(f.name)).filter(|name| name.is_full())).collect();
    let mut component = Component { labels: forms.iter().map(|form| form.table).collect(), ..Component::default() };
    let mut found: Vec<(i32, usize, usize, Vec<Evidence>)> = Vec::new();
    for (a, b) in block::pairs(&full) {
        let (x, y) = (names.prepared(forms[a].name), names.prepared(forms[b].name));
        if forms[a].kind != forms[b].kind || short_forms::is_short_for_either(x.name(), y.name()) {
            continue;
        }
        if !groups.may_join(a, b) || x.conflicts_in_number(y) {
            component.cannot.insert((a, b));
            continue;
        }
        let weight = x.weight(y);
        component.edges.push(Edge { a, b, weight });
        if weight > 0 {
            let comparison = x.compare(y);
            if !comparison.evidence.iter().any(|e| e.feature == "acronym") {
                found.push((comparison.weight, a, b, comparison.evidence));
            }
        }
    }
    if found.is_empty() {
        return;
    }
    let weigh = |a: usize, b: usize| names.prepared(forms[a].name).weight(names.prepared(forms[b].name));
    let clusters = cluster(&component, &weigh).clusters;
    let mut of = vec![0; forms.len()];
    for (c, cluster) in clusters.iter().enumerate() {
        for &form in cluster {
            of[form] = c;
        }
    }
    found.sort_by_key(|x| (-x.0, x.1, x.2));
    for (_, a, b, evidence) in found.into_iter().filter(|&(_, a, b, _)| of[a] == of[b]) {
        let (left, right) = (&names.name(forms[a].name).surface, &names.name(forms[b].name).surface);
        let (left, right, rule) = (left.clone(), right.clone(), "comparison".to_owned());
        groups.join(a, b, Join { left, right, rule, evidence, sentence: String::new() });
    }
}
