//! All documents: local entities to nodes, candidate pairs, comparisons and clusters.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::block::{self, CappedBlock};
use super::canonical;
use super::cluster::{self, Edge};
use super::compare::PreparedName;
use super::evidence::{Comparison, Evidence, SAME_TABLE_ENTITY};
use super::linker::Linker;
use super::local::{self, Join, Local};
use super::names::Names;
use super::{MentionRef, Resolution};
use crate::mention::{Corpus, EntityKind};
use crate::name::{Name, Role};

/// Local entities of any documents that have the same names, and so the same fate.
pub(super) struct Node {
    pub kind: EntityKind,
    /// The names, as strings: what the node is known by, whatever order it came in.
    pub signature: Signature,
    pub mentions: Vec<MentionRef>,
    /// Distinct names, indices into [`Names`].
    pub names: BTreeSet<usize>,
    pub table: Option<usize>,
    pub joins: BTreeSet<Join>,
    /// Full names to compare by: its own and inherited ones.
    full: Vec<Arc<PreparedName>>,
    /// The only part of its name when it has no full one.
    single: Option<Arc<PreparedName>>,
}

/// What makes two local entities the same node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Signature {
    kind: EntityKind,
    table: Option<usize>,
    container: Option<String>,
    names: Vec<String>,
    inherited: Vec<String>,
}

/// A merge across documents, by the nodes that it joined.
pub(super) struct Bridge {
    pub a: usize,
    pub b: usize,
    pub rule: &'static str,
    pub comparison: Comparison,
}

/// Gathers the mentions of all documents.
pub(super) fn resolve(corpus: &Corpus, linker: &Linker) -> Resolution {
    let names = Names::new(corpus, linker);
    let locals = crate::parallel::map(corpus.documents(), |document| local::resolve(document, &names, linker));
    let (mut nodes, apart) = nodes(&locals, &names);
    link_tables(&mut nodes, linker);
    let mut cannot: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for (a, b) in apart {
        if a != b {
            cannot.insert((a, b), "a text says that they are two".to_owned());
            cannot.insert((b, a), "a text says that they are two".to_owned());
        }
    }
    let node_keys: Vec<Vec<String>> = crate::parallel::map(&nodes, |node| {
        let mut keys: Vec<String> = node.full.iter().flat_map(|n| block::keys(n.name())).collect();
        if let Some(table) = node.table {
            keys.push(format!("#{table}"));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    });
    let (pairs, capped) = block::pairs(&node_keys);
    let (edges, bridges) = compare_nodes(&nodes, &pairs, linker, &mut cannot);
    let held: BTreeSet<(usize, usize)> = cannot.keys().copied().collect();
    let labels: Vec<Option<usize>> = nodes.iter().map(|n| n.table).collect();
    let clusters = cluster::cluster(&labels, &edges, &held);
    let (clusters, more) = bind_singles(&nodes, clusters, &held);
    let bridges = bridges.into_iter().chain(more).collect();
    finish(corpus, &nodes, &names, linker, Outcome { clusters, bridges, capped, cannot })
}

/// What clustering came to.
struct Outcome {
    clusters: Vec<Vec<usize>>,
    bridges: Vec<Bridge>,
    capped: Vec<CappedBlock>,
    cannot: BTreeMap<(usize, usize), String>,
}

/// Local entities with one signature become one node; pairs of nodes that a text holds apart.
fn nodes(locals: &[Vec<Local>], names: &Names) -> (Vec<Node>, BTreeSet<(usize, usize)>) {
    let mut by_signature: BTreeMap<Signature, Vec<(usize, usize)>> = BTreeMap::new();
    for (d, document) in locals.iter().enumerate() {
        for (l, local) in document.iter().enumerate() {
            let known_by = |n: &Name| if local.exact { n.surface.clone() } else { n.folded.clone() };
            let mut folded: Vec<String> = local.names.iter().map(|&n| known_by(names.name(n))).collect();
            folded.sort_unstable();
            folded.dedup();
            let signature = Signature {
                kind: local.kind,
                table: local.table,
                container: local.container.clone(),
                names: folded,
                inherited: local.inherited.iter().cloned().collect(),
            };
            by_signature.entry(signature).or_default().push((d, l));
        }
    }
    let mut node_of: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut nodes = Vec::with_capacity(by_signature.len());
    for (signature, members) in by_signature {
        let mut node = Node {
            kind: signature.kind,
            table: signature.table,
            signature,
            mentions: Vec::new(),
            names: BTreeSet::new(),
            joins: BTreeSet::new(),
            full: Vec::new(),
            single: None,
        };
        for &(d, l) in &members {
            node_of.insert((d, l), nodes.len());
            let local = &locals[d][l];
            node.mentions.extend(local.mentions.iter().map(|&mention| MentionRef { document: d, mention }));
            node.names.extend(&local.names);
            node.joins.extend(local.joins.iter().cloned());
        }
        node.mentions.sort_unstable();
        node.full = node.names.iter().map(|&n| names.prepared(n)).filter(|n| n.name().is_full()).cloned().collect();
        node.full.extend(node.signature.inherited.iter().map(|n| Arc::new(PreparedName::new(n, node.kind))));
        if node.full.is_empty() {
            node.single = node.names.first().map(|&n| names.prepared(n).clone());
        }
        nodes.push(node);
    }
    let mut apart = BTreeSet::new();
    for (d, document) in locals.iter().enumerate() {
        for (l, local) in document.iter().enumerate() {
            apart.extend(local.apart.iter().filter_map(|&o| Some((*node_of.get(&(d, l))?, *node_of.get(&(d, o))?))));
        }
    }
    (nodes, apart)
}

/// What a name must have in common with a table entity's beyond even odds, in 1/1000 log2 odds: a wrong link hands on a
/// known person's id, so it must be six times as likely right as wrong.
const TABLE_MARGIN: i32 = 2_600;

/// Gives nodes without a table entity the one whose names compare best with theirs, when it is alone in that.
fn link_tables(nodes: &mut [Node], linker: &Linker) {
    let found = crate::parallel::map(nodes, |node| {
        if node.table.is_some() || node.full.is_empty() {
            return None;
        }
        // A container that agrees is evidence enough beside a name that does.
        let margin = if node.signature.container.is_some() { 1 } else { TABLE_MARGIN };
        let mut best: Option<(usize, Comparison)> = None;
        let mut second = i32::MIN;
        let candidates: BTreeSet<usize> = node.full.iter().flat_map(|name| linker.candidates(name.name())).collect();
        let fits = |entity: usize| node.signature.container.as_ref().is_none_or(|c| linker.lies_in(entity, c));
        for entity in candidates.into_iter().filter(|&e| fits(e)) {
            let mut of_entity: Option<Comparison> = None;
            for (a, b) in node.full.iter().flat_map(|a| linker.names(entity).iter().map(move |b| (a, b))) {
                if b.name().is_full() && !a.name().is_kunya() && !b.name().is_kunya() {
                    let weight = a.weight(b);
                    if of_entity.as_ref().is_none_or(|best| weight > best.weight) {
                        of_entity = Some(a.compare(b));
                    }
                }
            }
            let Some(comparison) = of_entity.filter(|c| c.weight >= margin) else { continue };
            match &best {
                Some((_, other)) if other.weight >= comparison.weight => second = second.max(comparison.weight),
                _ => {
                    second = best.as_ref().map_or(second, |(_, b)| second.max(b.weight));
                    best = Some((entity, comparison));
                }
            }
        }
        // Two entities that fit almost alike are no answer: a bit between them is twice the odds.
        best.filter(|(_, comparison)| comparison.weight >= second.saturating_add(1_000))
    });
    for (node, found) in nodes.iter_mut().zip(found) {
        if let Some((entity, comparison)) = found {
            node.table = Some(entity);
            let (left, right) = (comparison.left, comparison.right);
            if left != right {
                let (rule, sentence) = ("table".to_owned(), String::new());
                node.joins.insert(Join { left, right, rule, evidence: comparison.evidence, sentence });
            }
        }
    }
}

/// Compares candidate pairs of nodes; pairs of two table entities become cannot-links.
fn compare_nodes(
    nodes: &[Node],
    pairs: &[(usize, usize)],
    linker: &Linker,
    cannot: &mut BTreeMap<(usize, usize), String>,
) -> (Vec<Edge>, Vec<Bridge>) {
    let compared = crate::parallel::map(pairs, |&(a, b)| {
        let (x, y) = (&nodes[a], &nodes[b]);
        if x.kind != y.kind {
            return None;
        }
        match (x.table, y.table) {
            (Some(s), Some(t)) if s == t => {
                let (left, right) = (representative(x), representative(y));
                let id = linker.id(s);
                let evidence = Evidence::new("same table entity", id, id, SAME_TABLE_ENTITY);
                return Some(Ok((a, b, "table", Comparison::new(&left, &right, vec![evidence]))));
            }
            (Some(_), Some(_)) => return Some(Err((a, b, "they are two entities of the tables"))),
            _ => {}
        }
        if let (Some(s), Some(t)) = (&x.signature.container, &y.signature.container)
            && !linker.nested(s, t)
        {
            return Some(Err((a, b, "they lie in two places")));
        }
        let elsewhere = |contained: &Node, known: &Node| match (&contained.signature.container, known.table) {
            (Some(container), Some(entity)) => contained.table.is_none() && !linker.lies_in(entity, container),
            _ => false,
        };
        if elsewhere(x, y) || elsewhere(y, x) {
            return Some(Err((a, b, "one lies in a place where the tables know no such")));
        }
        let mut best: Option<Comparison> = None;
        for (m, n) in x.full.iter().flat_map(|m| y.full.iter().map(move |n| (m, n))) {
            if best.as_ref().is_some_and(|b| m.weight(n) <= b.weight) {
                continue;
            }
            let comparison = m.compare(n);
            // Acronyms bind inside their document only.
            if !comparison.evidence.iter().any(|e| e.feature == "acronym") {
                best = Some(comparison);
            }
        }
        best.map(|comparison| Ok((a, b, "comparison", comparison)))
    });
    let (mut edges, mut bridges) = (Vec::new(), Vec::new());
    for result in compared.into_iter().flatten() {
        match result {
            Ok((a, b, rule, comparison)) => {
                edges.push(Edge { a, b, weight: comparison.weight });
                if comparison.is_match() {
                    bridges.push(Bridge { a, b, rule, comparison });
                }
            }
            Err((a, b, why)) => {
                cannot.insert((a, b), why.to_owned());
                cannot.insert((b, a), why.to_owned());
            }
        }
    }
    (edges, bridges)
}

/// The name that a node is best known by: its longest.
fn representative(node: &Node) -> String {
    let full = node.full.iter().map(|n| &n.name().surface).max_by_key(|s| (s.len(), std::cmp::Reverse((*s).clone())));
    full.cloned().or_else(|| node.single.as_ref().map(|n| n.name().surface.clone())).unwrap_or_default()
}

/// Adds nodes of a single part (`Omsen`, in a document that says no more) to the cluster that alone bears it, when the
/// part is no listed name that many bear.
fn bind_singles(
    nodes: &[Node],
    clusters: Vec<Vec<usize>>,
    cannot: &BTreeSet<(usize, usize)>,
) -> (Vec<Vec<usize>>, Vec<Bridge>) {
    let mut keys: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (c, cluster) in clusters.iter().enumerate() {
        for name in cluster.iter().flat_map(|&n| &nodes[n].full) {
            for part in name.name().core().filter(|p| p.role == Role::Family && name.name().kind == EntityKind::Person)
            {
                keys.entry(crate::name::skeleton(&part.sound)).or_default().insert(c);
            }
        }
    }
    let mut target: BTreeMap<usize, usize> = BTreeMap::new();
    let mut bridges = Vec::new();
    let mut lone: BTreeMap<String, usize> = BTreeMap::new();
    for (c, cluster) in clusters.iter().enumerate() {
        let [node] = cluster.as_slice() else { continue };
        let Some(single) = nodes[*node]
            .single
            .as_ref()
            .filter(|s| s.name().kind == EntityKind::Person && nodes[*node].table.is_none())
        else {
            continue;
        };
        let parts = &single.name().parts;
        let Some(part) = parts.first().filter(|_| parts.len() == 1) else { continue };
        let found = keys.get(&crate::name::skeleton(&part.sound));
        let mut matches: Vec<(usize, usize, Comparison)> = Vec::new();
        for &other in found.into_iter().flatten().take(block::LARGEST_BLOCK) {
            let best = clusters[other]
                .iter()
                .flat_map(|&n| nodes[n].full.iter().map(move |name| (n, single.compare(name))))
                .max_by(|a, b| (a.1.weight, &b.1.right).cmp(&(b.1.weight, &a.1.right)));
            // Someone else of that name, however it is weighed, makes the short form ambiguous.
            if let Some((n, comparison)) = best.filter(|(_, c)| c.weight > -3_000) {
                matches.push((other, n, comparison));
            }
        }
        if let [(other, n, comparison)] = matches.as_slice() {
            let held = clusters[*other].iter().any(|&m| cannot.contains(&(*node, m)));
            if comparison.is_match() && !held {
                target.insert(c, *other);
                bridges.push(Bridge { a: *node, b: *n, rule: "short-form-across", comparison: comparison.clone() });
            }
        } else if matches.is_empty() {
            // Alone everywhere: the same word in several documents, when it is rare enough.
            let comparison = single.compare(single);
            match lone.get(&part.sound) {
                Some(&first) if comparison.is_match() && !cannot.contains(&(*node, clusters[first][0])) => {
                    target.insert(c, first);
                    let across = single.compare(nodes[clusters[first][0]].single.as_ref().unwrap_or(single));
                    bridges.push(Bridge { a: *node, b: clusters[first][0], rule: "comparison", comparison: across });
                }
                Some(_) => {}
                None => {
                    lone.insert(part.sound.clone(), c);
                }
            }
        }
    }
    // Two that a text holds apart do not both go to one: then it is neither's for sure.
    let mut arrivals: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (&from, &to) in &target {
        arrivals.entry(to).or_default().push(from);
    }
    for nodes in arrivals.values() {
        let apart = |a: usize| nodes.iter().any(|&b| cannot.contains(&(clusters[a][0], clusters[b][0])));
        for &from in nodes.iter().filter(|&&a| apart(a)) {
            target.remove(&from);
        }
    }
    let mut merged = clusters;
    for (from, to) in target {
        let moved = std::mem::take(&mut merged[from]);
        merged[to].extend(moved);
        merged[to].sort_unstable();
    }
    merged.retain(|c| !c.is_empty());
    merged.sort_unstable();
    (merged, bridges)
}

/// Entities, links, and the entity of each mention.
fn finish(corpus: &Corpus, nodes: &[Node], names: &Names, linker: &Linker, outcome: Outcome) -> Resolution {
    let Outcome { clusters, bridges, capped, cannot } = outcome;
    let mut cluster_of = vec![0; nodes.len()];
    for (c, cluster) in clusters.iter().enumerate() {
        for &node in cluster {
            cluster_of[node] = c;
        }
    }
    let mut inside: Vec<Vec<&Bridge>> = clusters.iter().map(|_| Vec::new()).collect();
    for bridge in &bridges {
        if cluster_of[bridge.a] == cluster_of[bridge.b] {
            inside[cluster_of[bridge.a]].push(bridge);
        }
    }
    let (entities, links, order) = canonical::entities(corpus, nodes, names, linker, &clusters, &inside);
    let mut of: Vec<Vec<Option<usize>>> = corpus.documents().iter().map(|d| vec![None; d.mentions.len()]).collect();
    for (e, entity) in entities.iter().enumerate() {
        for mention in &entity.mentions {
            of[mention.document][mention.mention] = Some(e);
        }
    }
    let mut apart = BTreeMap::new();
    for ((a, b), why) in cannot {
        let (x, y) = (order[cluster_of[a]], order[cluster_of[b]]);
        if x != y {
            apart.insert((x, y), why);
        }
    }
    Resolution { entities, links, of, capped, apart }
}
