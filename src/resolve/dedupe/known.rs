//! Which names of a list the tables know: by letters and sound, else by comparison.

use std::collections::BTreeSet;

use super::graph::number;
use super::pool::{ABBREVIATED, FULL, KUNYA, NONE, Pool};
use super::weigh::Scale;
use crate::mention::EntityKind;
use crate::name::{Role, beginnings, bones};
use crate::resolve::linker::Linker;

/// The table entity of each node, by its number; [`NONE`] of those that the tables do not know.
pub(super) fn entities(pool: &Pool, scale: &Scale<'_>, linker: &Linker) -> Vec<u32> {
    if linker.tables().is_empty() {
        return vec![NONE; pool.nodes.len()];
    }
    let words: Vec<u32> = (0..number(pool.words.len())).collect();
    let keys = crate::parallel::map(&words, |&word| WordKeys::new(pool, word, linker));
    let nodes: Vec<u32> = (0..number(pool.nodes.len())).collect();
    let chunks: Vec<&[u32]> = nodes.chunks(1 << 10).collect();
    let found = crate::parallel::map(&chunks, |nodes| {
        let mut key = String::new();
        nodes.iter().map(|&node| entity(pool, scale, linker, &keys, node, &mut key)).collect::<Vec<u32>>()
    });
    found.into_iter().flatten().collect()
}

/// What the blocking keys of names are made of, for one word.
struct WordKeys {
    bones: String,
    beginnings: Vec<String>,
    /// A word of a place's or organization's name that an entity of the tables has.
    listed: bool,
}

impl WordKeys {
    fn new(pool: &Pool, word: u32, linker: &Linker) -> Self {
        let part = pool.part(word);
        let (bones, letter) = (bones(part), letter(pool.kind));
        let person = pool.kind == EntityKind::Person;
        let beginnings = if person { beginnings(part) } else { Vec::new() };
        let listed = !person && linker.has_key(&format!("{letter}{bones}"));
        Self { bones, beginnings, listed }
    }
}

/// What the keys of a kind begin with.
fn letter(kind: EntityKind) -> char {
    kind.code().chars().next().unwrap_or('?')
}

fn entity(pool: &Pool, scale: &Scale<'_>, linker: &Linker, keys: &[WordKeys], node: u32, key: &mut String) -> u32 {
    let pieces = || pool.pieces_of(node).iter().map(|&piece| &pool.pieces[piece as usize]);
    let ready = pool.ready_of(node);
    key.clear();
    for piece in pieces() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&piece.part.sound);
    }
    if ready.is_some() || linker.may_bear(pool.kind, key) {
        let name = scale.prepared(node);
        if let Some((entity, _)) = linker.choose(&linker.bearers(name.name()), None, &foldhash::HashMap::default()) {
            return number(entity);
        }
    }
    if !pool.is(node, FULL) || pool.is(node, KUNYA) || ready.is_none() && !may_resemble(pool, linker, keys, node, key) {
        return NONE;
    }
    let name = scale.prepared(node);
    if pool.is(node, ABBREVIATED) && linker.family(name.name()) > 1 {
        return NONE;
    }
    let candidates: BTreeSet<usize> = linker.candidates(name.name()).into_iter().collect();
    linker.best(&[name], candidates.into_iter(), false).map_or(NONE, |(entity, _)| number(entity))
}

/// Whether a name shares a blocking key with one of the tables, but for keys of parts written together.
fn may_resemble(pool: &Pool, linker: &Linker, keys: &[WordKeys], node: u32, key: &mut String) -> bool {
    let pieces = || pool.pieces_of(node).iter().map(|&piece| &pool.pieces[piece as usize]);
    let letter = letter(pool.kind);
    if pool.kind != EntityKind::Person {
        return pieces().any(|piece| keys[piece.word as usize].listed);
    }
    let mut has = |parts: [&str; 3]| {
        key.clear();
        key.push(letter);
        parts.iter().for_each(|part| key.push_str(part));
        linker.has_key(key)
    };
    for (i, family) in pieces().enumerate() {
        let own = &keys[family.word as usize];
        for (j, other) in pieces().enumerate().filter(|(j, _)| *j != i) {
            let beside = &keys[other.word as usize];
            let initials = family.part.role == Role::Initial || other.part.role == Role::Initial;
            let (x, y) = (own.bones.as_str(), beside.bones.as_str());
            if i < j && !initials && has(if x <= y { [x, "+", y] } else { [y, "+", x] }) {
                return true;
            }
            if family.part.role == Role::Family && beside.beginnings.iter().any(|begin| has([x, "~", begin])) {
                return true;
            }
        }
    }
    false
}
