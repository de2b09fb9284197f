//! Why two names are, or are not, one entity.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use super::compare::compare;
use super::evidence::{Comparison, bits};
use super::{Entity, Link, Resolution};
use crate::name::{Name, fold};

/// Why two names are, or are not, names of one entity. `Display` prints it for a person to read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Explanation {
    /// A name that no mention has.
    Unknown {
        /// The name.
        name: String,
    },
    /// Both are names of one entity.
    One {
        /// The entity.
        entity: Box<Entity>,
        /// The links that lead from one name to the other, in order; empty when they differ in case or signs only.
        path: Vec<Link>,
    },
    /// They are names of two entities.
    Two {
        /// The entity of the first.
        left: Box<Entity>,
        /// The entity of the second.
        right: Box<Entity>,
        /// The names themselves, side by side.
        comparison: Comparison,
        /// What holds the two apart whatever the comparison says.
        held: Option<String>,
    },
}

pub(super) fn explain(resolution: &Resolution, a: &str, b: &str) -> Explanation {
    let bearers = |name: &str| -> Vec<usize> {
        let folded = fold(name);
        let has = |e: &Entity| e.name == name || e.aliases.iter().any(|alias| fold(&alias.text) == folded);
        (0..resolution.entities.len()).filter(|&i| has(&resolution.entities[i])).collect()
    };
    let (left, right) = (bearers(a), bearers(b));
    let (Some(&first), Some(&second)) = (left.first(), right.first()) else {
        let name = if left.is_empty() { a } else { b };
        return Explanation::Unknown { name: name.to_owned() };
    };
    // When one entity bears both it is the one meant, whatever else bears one of them.
    if let Some(&both) = left.iter().find(|i| right.contains(i)) {
        let entity = &resolution.entities[both];
        return Explanation::One { entity: Box::new(entity.clone()), path: path(resolution, entity, a, b) };
    }
    let (x, y) = (&resolution.entities[first], &resolution.entities[second]);
    let held = if x.kind == y.kind {
        resolution.apart.get(&(first, second)).cloned().or_else(|| match (&x.table_id, &y.table_id) {
            (Some(s), Some(t)) if s != t => Some("they are two entities of the tables".to_owned()),
            _ => None,
        })
    } else {
        Some(format!("one is a {}, the other a {}", x.kind, y.kind))
    };
    let comparison = compare(&Name::new(a, x.kind), &Name::new(b, y.kind));
    Explanation::Two { left: Box::new(x.clone()), right: Box::new(y.clone()), comparison, held }
}

/// The shortest chain of links between two names of an entity.
fn path(resolution: &Resolution, entity: &Entity, a: &str, b: &str) -> Vec<Link> {
    let links: Vec<&Link> = resolution.links.iter().filter(|l| l.entity == entity.id).collect();
    let (from, to) = (fold(a), fold(b));
    let mut reached: BTreeMap<String, Option<(String, usize)>> = BTreeMap::from([(from.clone(), None)]);
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        for (i, link) in links.iter().enumerate() {
            let (left, right) = (fold(&link.left), fold(&link.right));
            for (here, there) in [(&left, &right), (&right, &left)] {
                if *here == at && !reached.contains_key(there) {
                    reached.insert(there.clone(), Some((at.clone(), i)));
                    queue.push_back(there.clone());
                }
            }
        }
    }
    let mut chain = Vec::new();
    let mut at = to;
    let mut seen = BTreeSet::new();
    while let Some(Some((before, link))) = reached.get(&at) {
        if !seen.insert(at.clone()) {
            break;
        }
        chain.push(links[*link].clone());
        at.clone_from(before);
    }
    chain.reverse();
    chain
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} = {}  [{}, {} bits]", self.left, self.right, self.rule, bits(self.weight))?;
        for evidence in &self.evidence {
            writeln!(f, "  {evidence}")?;
        }
        if !self.sentence.is_empty() {
            writeln!(f, "          “{}”", self.sentence.split_whitespace().collect::<Vec<_>>().join(" "))?;
        }
        Ok(())
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { name } => writeln!(f, "No mention in these documents is named “{name}”."),
            Self::One { entity, path } => {
                writeln!(f, "One {}: {} ({})", entity.kind, entity.name, entity.id)?;
                if path.is_empty() {
                    writeln!(
                        f,
                        "The two names are the same but for case and signs, or stand for the same table entity."
                    )?;
                }
                path.iter().try_for_each(|link| write!(f, "{link}"))
            }
            Self::Two { left, right, comparison, held } => {
                writeln!(
                    f,
                    "Two: {} {} ({}) and {} {} ({})",
                    left.kind, left.name, left.id, right.kind, right.name, right.id
                )?;
                if let Some(held) = held {
                    writeln!(f, "Held apart: {held}.")?;
                }
                writeln!(f, "{comparison}")?;
                if !comparison.is_match() {
                    writeln!(
                        f,
                        "To be one they lack {} bits of evidence.",
                        bits(-comparison.weight).trim_start_matches('+')
                    )?;
                } else if held.is_none() {
                    writeln!(
                        f,
                        "The names alone would do; the other names of the two entities, or others of the same name, speak against."
                    )?;
                }
                Ok(())
            }
        }
    }
}
