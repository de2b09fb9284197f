//! Documents that are taken in and not kept: of each node only how often it is named, by how many documents, and the
//! strongest reasons.

use super::{BATCH, Id, NONE, State};
use crate::mention::Extraction;
use crate::resolve::canonical::Links;

/// What stands for the members of a node and their joins.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Tally {
    pub documents: Postings,
    /// Of each pair of names the strongest reason that a document gives.
    pub links: Links,
}

/// Numbers in ascending order, each as its distance from the one before, seven bits a byte.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Postings {
    bytes: Vec<u8>,
    last: Option<Id>,
    count: usize,
}

impl Postings {
    /// Adds a number that is not less than any before; the last one is not added twice.
    fn push(&mut self, number: Id) {
        if self.last == Some(number) {
            return;
        }
        let mut rest = number - self.last.map_or(0, |last| last + 1);
        while rest >= 0x80 {
            self.bytes.push(rest.to_le_bytes()[0] | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest.to_le_bytes()[0]);
        self.last = Some(number);
        self.count += 1;
    }

    pub fn len(&self) -> usize {
        self.count
    }

    pub fn iter(&self) -> impl Iterator<Item = Id> {
        let mut next = 0;
        let mut bytes = self.bytes.iter();
        std::iter::from_fn(move || {
            let (mut distance, mut shift) = (0, 0);
            loop {
                let byte = *bytes.next()?;
                distance |= Id::from(byte & 0x7F) << shift;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            let number = next + distance;
            next = number + 1;
            Some(number)
        })
    }
}

impl State {
    /// Takes in documents without keeping them, which are numbered from `first` on, and says the node of each mention of
    /// each; [`NONE`] when a user rejected it. They cannot be taken out again. [`State::settle`] is to follow.
    pub fn tally(&mut self, documents: &[&Extraction], first: Id) -> Vec<Vec<Id>> {
        let mut found = Vec::with_capacity(documents.len());
        let mut number = first;
        for batch in documents.chunks(BATCH) {
            for (document, resolved) in batch.iter().zip(self.resolve(batch)) {
                let nodes = self.count_in(document, &resolved.locals);
                let mut node_of = vec![NONE; document.mentions.len()];
                for (local, id) in resolved.locals.iter().zip(nodes) {
                    let tally = self.nodes[id].tally.get_or_insert_default();
                    tally.documents.push(number);
                    for join in &local.joins {
                        tally.links.add(&join.left, &join.right, &join.rule, &join.evidence, &join.sentence);
                    }
                    for &mention in &local.mentions {
                        node_of[mention] = id;
                    }
                }
                found.push(node_of);
                number += 1;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_give_back_what_they_took() {
        let numbers = [0, 1, 2, 130, 131, 20_000, 20_000, 5_000_000, Id::MAX - 1];
        let mut postings = Postings::default();
        for number in numbers {
            postings.push(number);
        }
        let mut once = numbers.to_vec();
        once.dedup();
        assert_eq!(postings.iter().collect::<Vec<_>>(), once);
        assert_eq!(postings.len(), once.len());
    }
}
