//! What two nodes have in common: evidence, or something that holds them apart.

use super::node::{Node, Why};
use crate::mention::EntityKind;
use crate::resolve::evidence::{Comparison, Evidence, SAME_TABLE_ENTITY};
use crate::resolve::linker::Linker;

/// What two nodes of a block are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::resolve) enum Tie {
    /// Nothing can be said.
    None,
    /// The evidence for their being one, in 1/1000 log2 odds.
    Evidence(i32),
    /// They are two.
    Apart(Why),
}

/// What two nodes are to each other; the first is the one whose signature comes first.
pub(in crate::resolve) fn tie(x: &Node, y: &Node, linker: &Linker) -> Tie {
    if x.signature.kind != y.signature.kind {
        return Tie::None;
    }
    match (x.derived.table, y.derived.table) {
        (Some(s), Some(t)) if s == t => return Tie::Evidence(SAME_TABLE_ENTITY),
        (Some(_), Some(_)) => return Tie::Apart(Why::Tables),
        _ => {}
    }
    if in_two_places(x, y, linker) {
        return Tie::Apart(Why::Places);
    }
    let elsewhere = |contained: &Node, known: &Node| match (&contained.signature.container, known.derived.table) {
        (Some(container), Some(entity)) => contained.derived.table.is_none() && !linker.lies_in(entity, container),
        _ => false,
    };
    if elsewhere(x, y) || elsewhere(y, x) {
        return Tie::Apart(Why::Unknown);
    }
    let mut pairs = x.derived.full.iter().flat_map(|m| y.derived.full.iter().map(move |n| (m, n)));
    if pairs.any(|(m, n)| m.conflicts_in_number(n)) {
        return Tie::Apart(Why::Numbers);
    }
    best(x, y).map_or(Tie::None, |(weight, _)| Tie::Evidence(weight))
}

/// Whether a text says of both where they lie, and that is not one place.
pub(in crate::resolve) fn in_two_places(x: &Node, y: &Node, linker: &Linker) -> bool {
    matches!((&x.signature.container, &y.signature.container), (Some(s), Some(t)) if !linker.nested(s, t))
}

/// The names of two nodes that speak most for their being one, and how much.
fn best(x: &Node, y: &Node) -> Option<(i32, (usize, usize))> {
    let mut best: Option<(i32, (usize, usize))> = None;
    for (i, m) in x.derived.full.iter().enumerate() {
        for (j, n) in y.derived.full.iter().enumerate() {
            let weight = m.weight(n);
            if best.is_some_and(|(most, _)| weight <= most) {
                continue;
            }
            // Acronyms bind inside their document only.
            let may_abbreviate = x.signature.kind != EntityKind::Person;
            if !(may_abbreviate && m.compare(n).evidence.iter().any(|e| e.feature == "acronym")) {
                best = Some((weight, (i, j)));
            }
        }
    }
    best
}

/// The evidence for two nodes of one cluster, piece by piece, and the rule that it comes from.
pub(in crate::resolve) fn evidence(x: &Node, y: &Node, linker: &Linker) -> Option<(&'static str, Comparison)> {
    if let (Some(s), Some(t)) = (x.derived.table, y.derived.table) {
        let id = linker.id(s);
        let evidence = Evidence::new("same table entity", id, id, SAME_TABLE_ENTITY);
        return (s == t).then(|| ("table", Comparison::new(representative(x), representative(y), vec![evidence])));
    }
    let (_, (i, j)) = best(x, y)?;
    Some(("comparison", x.derived.full[i].compare(&y.derived.full[j])))
}

/// The name that a node is best known by: its longest.
fn representative(node: &Node) -> &str {
    let surfaces = node.derived.full.iter().map(|n| n.name().surface.as_str());
    let full = surfaces.max_by_key(|s| (s.len(), std::cmp::Reverse(*s)));
    full.or_else(|| node.derived.single.as_ref().map(|n| n.name().surface.as_str())).unwrap_or_default()
}

/// The names of two nodes that speak most for their being one.
pub(in crate::resolve) fn best_names<'n>(x: &'n Node, y: &'n Node) -> Option<(&'n str, &'n str)> {
    let (_, (i, j)) = best(x, y)?;
    Some((&x.derived.full[i].name().surface, &y.derived.full[j].name().surface))
}
