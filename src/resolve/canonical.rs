//! Clusters to entities: a canonical name, an id that is made from content, and the links between the names.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::evidence::Evidence;
use super::global::{Bridge, Node};
use super::linker::Linker;
use super::names::Names;
use super::{AliasCount, Entity, Link};
use crate::mention::{Corpus, EntityKind};
use crate::name::{Name, Role, fold};

/// The entities of clusters, those with the most mentions first; their links; and for each cluster the place of its
/// entity.
pub(super) fn entities(
    corpus: &Corpus,
    nodes: &[Node],
    names: &Names,
    linker: &Linker,
    clusters: &[Vec<usize>],
    bridges: &[Vec<&Bridge>],
) -> (Vec<Entity>, Vec<Link>, Vec<usize>) {
    let mut made: Vec<(Entity, Vec<Link>, usize)> = Vec::with_capacity(clusters.len());
    for (c, cluster) in clusters.iter().enumerate() {
        let mut entity = entity(corpus, nodes, names, linker, cluster);
        entity.id = entity.table_id.clone().unwrap_or_else(|| content_id(&entity));
        let links = links(nodes, cluster, &bridges[c]);
        made.push((entity, links, c));
    }
    made.sort_by(|a, b| order(&a.0, corpus).cmp(&order(&b.0, corpus)));
    // Two entities may have the same names and so the same id: the later ones in the order of content are numbered.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut place = vec![0; clusters.len()];
    let (mut entities, mut all_links) = (Vec::with_capacity(made.len()), Vec::new());
    for (i, (mut entity, mut links, c)) in made.into_iter().enumerate() {
        let times = seen.entry(entity.id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            entity.id = format!("{}-{times}", entity.id);
        }
        for link in &mut links {
            link.entity.clone_from(&entity.id);
        }
        all_links.extend(links);
        place[c] = i;
        entities.push(entity);
    }
    all_links.sort();
    (entities, all_links, place)
}

/// The order of entities: by mentions, then by content.
fn order<'e>(entity: &'e Entity, corpus: &'e Corpus) -> impl Ord + 'e {
    let documents: BTreeSet<&str> =
        entity.mentions.iter().map(|m| corpus.documents()[m.document].id.as_str()).collect();
    (Reverse(entity.mentions.len()), entity.kind, &entity.name, &entity.id, documents)
}

fn entity(corpus: &Corpus, nodes: &[Node], names: &Names, linker: &Linker, cluster: &[usize]) -> Entity {
    let mut mentions: Vec<_> = cluster.iter().flat_map(|&n| nodes[n].mentions.iter().copied()).collect();
    mentions.sort_unstable();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for m in &mentions {
        *counts.entry(corpus.documents()[m.document].mentions[m.mention].surface.as_str()).or_default() += 1;
    }
    let kind = nodes[cluster[0]].kind;
    let table = cluster.iter().find_map(|&n| nodes[n].table).map(|t| &linker.tables().entities()[t]);
    let name = match table {
        Some(entity) => entity.name().to_owned(),
        None => canonical(names, kind, &counts).to_owned(),
    };
    let mut aliases: Vec<AliasCount> =
        counts.into_iter().map(|(text, count)| AliasCount { text: text.to_owned(), count }).collect();
    aliases.sort_by(|a, b| (Reverse(a.count), &a.text).cmp(&(Reverse(b.count), &b.text)));
    let table_id = table.map(|entity| entity.id.clone());
    Entity { id: String::new(), kind, name, table_id, aliases, mentions }
}

/// The surface to show: of the full names the most frequent, then the one with more parts, then by its letters.
fn canonical<'c>(names: &Names, kind: EntityKind, counts: &BTreeMap<&'c str, usize>) -> &'c str {
    let rank = |surface: &str, count: usize| {
        let (full, parts) = names.get(kind, surface).map_or((false, 0), |i| fullness(names.name(i)));
        let shouted = surface.chars().all(|c| !c.is_lowercase()) && surface.contains(' ');
        (full, !shouted, count, parts)
    };
    let best = counts.iter().max_by_key(|(surface, count)| (rank(surface, **count), Reverse(**surface)));
    best.map_or("", |(surface, _)| surface)
}

/// Whether a name can stand for itself, and how many parts it has.
fn fullness(name: &Name) -> (bool, usize) {
    let parts = name.parts.iter().filter(|p| p.role != Role::Particle).count();
    let full = match name.kind {
        EntityKind::Organization => parts > 1,
        // A real name stands for somebody sooner than a by-name of fatherhood.
        _ => name.is_full() && !name.is_kunya(),
    };
    (full, parts)
}

/// An id from kind and names: the canonical name as a word, and 32 bits of a hash over all names (FNV-1a), so that two
/// entities of one canonical name seldom share it.
fn content_id(entity: &Entity) -> String {
    let mut all: Vec<String> = entity.aliases.iter().map(|a| fold(&a.text)).collect();
    all.sort_unstable();
    all.dedup();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in entity.kind.code().bytes().chain(all.join("\u{0}").into_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let word: String = fold(&entity.name).replace(' ', "-").chars().take(40).collect();
    format!("{}-{word}-{:08x}", entity.kind.code().to_lowercase(), hash >> 32)
}

/// The links of a cluster: those of its documents, and those across them, one for each pair of surfaces.
fn links(nodes: &[Node], cluster: &[usize], bridges: &[&Bridge]) -> Vec<Link> {
    let mut found: BTreeMap<(String, String), Link> = BTreeMap::new();
    let mut add = |left: &str, right: &str, rule: &str, evidence: &[Evidence], sentence: &str| {
        if left == right {
            return;
        }
        let (left, right) = if left <= right { (left, right) } else { (right, left) };
        let weight = evidence.iter().map(|e| e.weight).sum();
        let link = Link {
            entity: String::new(),
            left: left.to_owned(),
            right: right.to_owned(),
            rule: rule.to_owned(),
            weight,
            evidence: evidence.to_vec(),
            sentence: sentence.to_owned(),
        };
        let key = (left.to_owned(), right.to_owned());
        match found.get(&key) {
            // The stronger reason, then the one that comes first by its content.
            Some(other) if (Reverse(other.weight), other) <= (Reverse(link.weight), &link) => {}
            _ => {
                found.insert(key, link);
            }
        }
    };
    for join in cluster.iter().flat_map(|&n| &nodes[n].joins) {
        add(&join.left, &join.right, &join.rule, &join.evidence, &join.sentence);
    }
    for bridge in bridges {
        add(&bridge.comparison.left, &bridge.comparison.right, bridge.rule, &bridge.comparison.evidence, "");
    }
    found.into_values().collect()
}
