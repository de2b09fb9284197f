//! How entities are shown: their canonical name, their order, and the links between their names.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Link;
use super::evidence::Evidence;
use super::names::Names;
use crate::mention::EntityKind;
use crate::name::{Name, Role};

/// The surface to show: of the full names the most frequent, then the one with more parts, then by its letters.
pub(super) fn name<'c>(names: &Names, kind: EntityKind, counts: &BTreeMap<&'c str, usize>) -> &'c str {
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

/// The links of an entity: the weightiest reason for each pair of surfaces, in their order.
#[derive(Debug, Default)]
pub(super) struct Links {
    found: BTreeMap<(String, String), Link>,
}

impl Links {
    /// Adds a reason, which may be known by then.
    pub fn add(&mut self, left: &str, right: &str, rule: &str, evidence: &[Evidence], sentence: &str) {
        if left == right {
            return;
        }
        let mut evidence = evidence.to_vec();
        let turned = left > right;
        let (left, right) = if turned { (right, left) } else { (left, right) };
        if turned {
            // What was seen on either side stays on the side of its name.
            for e in &mut evidence {
                std::mem::swap(&mut e.left, &mut e.right);
            }
        }
        let link = Link {
            entity: String::new(),
            left: left.to_owned(),
            right: right.to_owned(),
            rule: rule.to_owned(),
            weight: evidence.iter().map(|e| e.weight).sum(),
            evidence,
            sentence: sentence.to_owned(),
        };
        let key = (left.to_owned(), right.to_owned());
        match self.found.get(&key) {
            // The stronger reason, then the one that comes first by its content.
            Some(other) if (Reverse(other.weight), other) <= (Reverse(link.weight), &link) => {}
            _ => {
                self.found.insert(key, link);
            }
        }
    }

    /// Adds reasons that were gathered elsewhere.
    pub fn add_all(&mut self, others: &Self) {
        for link in others.found.values() {
            self.add(&link.left, &link.right, &link.rule, &link.evidence, &link.sentence);
        }
    }

    /// The links of the entity of this id.
    pub fn of(self, entity: &str) -> impl Iterator<Item = Link> {
        self.found.into_values().map(move |mut link| {
            entity.clone_into(&mut link.entity);
            link
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_stays_on_the_side_of_its_name() {
        let mut links = Links::default();
        links.add("B Ray", "A Roy", "comparison", &[Evidence::new("variant part", "ray", "roy", 1)], "");
        let link = links.of("id").next().expect("the link");
        assert_eq!((&*link.left, &*link.right), ("A Roy", "B Ray"));
        assert_eq!((&*link.evidence[0].left, &*link.evidence[0].right), ("roy", "ray"));
    }
}
