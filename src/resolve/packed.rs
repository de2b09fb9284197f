//! The mentions of a document in about ten bytes each: places as distances, names by number.

use super::names::Names;
use super::state::Id;
use crate::mention::{EntityKind, Extraction, Mention};
use crate::span::Span;

/// A document's id and mentions; what spoke for them and its claims are not in it.
#[derive(Debug)]
pub(super) struct Packed {
    id: Box<str>,
    mentions: usize,
    bytes: Box<[u8]>,
}

impl Packed {
    /// Packs the mentions of a document, whose names are all known, with the node of each.
    pub fn new(document: &Extraction, nodes: &[Id], names: &Names) -> Self {
        let mut bytes = Vec::with_capacity(12 * document.mentions.len());
        let (mut byte, mut char) = (0, 0);
        let mut mentions = 0;
        for (mention, &node) in document.mentions.iter().zip(nodes) {
            let Some(name) = names.get(mention.kind, &mention.surface) else { continue };
            place(&mut bytes, mention.span, &mut byte);
            place(&mut bytes, mention.char_span, &mut char);
            put(&mut bytes, folded(i64::from(mention.weight).cast_unsigned()));
            put(&mut bytes, name as u64);
            put(&mut bytes, u64::from(node.wrapping_add(1)));
            mentions += 1;
        }
        Self { id: document.id.as_str().into(), mentions, bytes: bytes.into_boxed_slice() }
    }

    /// The document, and the node of each of its mentions; none for one that a user rejected.
    pub fn document(&self, surfaces: &[(EntityKind, Box<str>)]) -> (Extraction, Vec<Option<Id>>) {
        let mut bytes = self.bytes.iter().copied();
        let (mut byte, mut char) = (0, 0);
        let (mut mentions, mut nodes) = (Vec::with_capacity(self.mentions), Vec::with_capacity(self.mentions));
        for _ in 0..self.mentions {
            let span = placed(&mut bytes, &mut byte);
            let char_span = placed(&mut bytes, &mut char);
            let weight = i32::try_from(unfolded(get(&mut bytes)).cast_signed()).unwrap_or_default();
            let Some((kind, surface)) = surfaces.get(index(get(&mut bytes))) else { break };
            let mut mention = Mention::new(&**surface, *kind).at(span).weighing(weight);
            mention.char_span = char_span;
            mentions.push(mention);
            nodes.push(get(&mut bytes).checked_sub(1).and_then(|node| Id::try_from(node).ok()));
        }
        (Extraction::new(&*self.id, mentions), nodes)
    }
}

/// Writes a span as its distance from the end of the one before, and its length; neither need be forward.
fn place(bytes: &mut Vec<u8>, span: Span, last: &mut u64) {
    let (start, end) = (span.start as u64, span.end as u64);
    put(bytes, folded(start.wrapping_sub(*last)));
    put(bytes, folded(end.wrapping_sub(start)));
    *last = end;
}

fn placed(bytes: &mut impl Iterator<Item = u8>, last: &mut u64) -> Span {
    let start = last.wrapping_add(unfolded(get(bytes)));
    let end = start.wrapping_add(unfolded(get(bytes)));
    *last = end;
    Span { start: index(start), end: index(end) }
}

/// A difference with its sign in the lowest bit, so that those near zero are small.
fn folded(difference: u64) -> u64 {
    (difference << 1) ^ (difference >> 63).wrapping_neg()
}

fn unfolded(number: u64) -> u64 {
    (number >> 1) ^ (number & 1).wrapping_neg()
}

/// Writes a number, seven bits a byte, the lowest first.
fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

fn get(bytes: &mut impl Iterator<Item = u8>) -> u64 {
    let (mut number, mut shift) = (0, 0);
    for byte in bytes {
        number |= u64::from(byte & 0x7F) << shift;
        shift += 7;
        if byte < 0x80 || shift > 63 {
            break;
        }
    }
    number
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::linker::Linker;
    use crate::resolve::state::NONE;
    use crate::tables::Tables;

    #[test]
    fn what_is_packed_comes_out_again() {
        let spans = [(0, 4), (9, 300), (7, 7), (7, 2), (usize::MAX, 5), (0, usize::MAX), (70_000, 70_010)];
        let weights = [0, -1, 5_000, i32::MAX, i32::MIN, 29_999, 7];
        let mentions: Vec<Mention> = spans
            .iter()
            .zip(weights)
            .enumerate()
            .map(|(i, (&(start, end), weight))| {
                let kind = EntityKind::ALL[i % 3];
                let mut mention =
                    Mention::new(format!("Name {}", i % 4), kind).at(Span { start, end }).weighing(weight);
                mention.char_span = Span { start: end, end: start };
                mention
            })
            .collect();
        let document = Extraction::new("a", mentions);
        let mut names = Names::new();
        names.learn(&[&document], &Linker::new(Tables::none()));
        let nodes = [3, NONE, 0, 1_000_000, 5, NONE - 1, NONE];
        let packed = Packed::new(&document, &nodes, &names);
        let surfaces = names.surfaces();
        let (back, nodes_back) = packed.document(&surfaces);
        assert_eq!(back, document);
        assert_eq!(nodes_back, nodes.map(|node| (node != NONE).then_some(node)));
    }
}
