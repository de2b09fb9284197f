//! Why two names are, or are not, one entity.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use std::fmt;

use super::compare::{PreparedName, compare};
use super::evidence::{Comparison, bits};
use super::state::node::Why;
use super::{Choice, ChosenBy, Entity, Link, Near, Resolution};
use crate::name::{Name, fold};

/// Why two names are, or are not, names of one entity. `Display` prints it for a person to read.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, Extractor, Explanation, Resolver};
///
/// let text = "Bashar al-Assad is a son of Hafez al-Assad.";
/// let corpus: Corpus = [Extractor::embedded().extract("a", text)].into_iter().collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// match resolution.explain("Bashar al-Assad", "Hafez al-Assad") {
///     Explanation::Two { left, right, held, .. } => {
///         assert_ne!(left.id, right.id);
///         assert!(held.is_some()); // they are two in the tables
///     }
///     other => panic!("{other}"),
/// }
/// assert!(matches!(resolution.explain("Bashar al-Assad", "Nobody"), Explanation::Unknown { name } if name == "Nobody"));
/// ```
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
        /// Where the tables know several of one of the names: which was taken, and by what.
        choices: Vec<Choice>,
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
        /// Of all names of the two entities those that speak most for their being one, when they are others than the two
        /// asked for.
        strongest: Option<Comparison>,
        /// The strongest way from one entity to the other by way of third ones, when each step of it has more evidence than
        /// any two names of the two: the names of each step, and its evidence in 1/1000 log2 odds.
        path: Vec<(String, String, i32)>,
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
        let named = [fold(a), fold(b)];
        let of = |choice: &&Choice| named.contains(&choice.name) && entity.table_id.as_ref() == Some(&choice.table_id);
        let choices = resolution.choices.iter().filter(of).cloned().collect();
        return Explanation::One { entity: Box::new(entity.clone()), path: path(resolution, entity, a, b), choices };
    }
    let (x, y) = (&resolution.entities[first], &resolution.entities[second]);
    let known_apart = matches!((&x.table_id, &y.table_id), (Some(s), Some(t)) if s != t);
    let held = match resolution.apart.get(&(first, second)) {
        _ if x.kind != y.kind => Some(format!("one is a {}, the other a {}", x.kind, y.kind)),
        Some(why) if !known_apart || *why == Why::User => Some(why.words().to_owned()),
        _ => known_apart.then(|| Why::Tables.words().to_owned()),
    };
    let comparison = compare(&Name::new(a, x.kind), &Name::new(b, y.kind));
    let best = strongest(x, y).filter(|best| best.weight > comparison.weight);
    let direct = best.as_ref().map_or(comparison.weight, |best| best.weight);
    let path = detour(resolution, first, second, direct);
    let (left, right) = (Box::new(x.clone()), Box::new(y.clone()));
    Explanation::Two { left, right, comparison, held, strongest: best, path }
}

/// Names of an entity beyond these are not looked at for the strongest pair: the most frequent come first.
const MOST_NAMES: usize = 30;

/// The full names of two entities that speak most for their being one; a short form stands for whoever is meant.
fn strongest(x: &Entity, y: &Entity) -> Option<Comparison> {
    let names = |entity: &Entity| -> Vec<PreparedName> {
        let names = entity.aliases.iter().map(|alias| PreparedName::new(&alias.text, entity.kind));
        names.filter(|name| name.name().is_full()).take(MOST_NAMES).collect()
    };
    let (left, right) = (names(x), names(y));
    let pairs = left.iter().flat_map(|a| right.iter().map(move |b| (a.weight(b), a, b)));
    // Of equal pairs the first, which has the more frequent names.
    let (_, a, b) = pairs.min_by_key(|(weight, ..)| Reverse(*weight))?;
    Some(a.compare(b))
}

/// The way from one entity to another whose weakest step is the strongest (Pollack 1960), by way of at least one other, if its
/// weakest step has more evidence than the two have themselves.
fn detour(resolution: &Resolution, from: usize, to: usize, direct: i32) -> Vec<(String, String, i32)> {
    let mut steps: BTreeMap<usize, Vec<(usize, &Near)>> = BTreeMap::new();
    for near in &resolution.near {
        steps.entry(near.left).or_default().push((near.right, near));
        steps.entry(near.right).or_default().push((near.left, near));
    }
    // What each entity is reached by at best: the weakest step on the way, and the last one.
    let mut reached: BTreeMap<usize, (i32, usize, &Near)> = BTreeMap::new();
    let mut queue = BinaryHeap::from([(i32::MAX, Reverse(from))]);
    while let Some((width, Reverse(at))) = queue.pop() {
        if at == to {
            break;
        }
        for &(next, near) in steps.get(&at).into_iter().flatten() {
            let width = width.min(near.weight);
            let known = next == from || (at, next) == (from, to);
            if !known && reached.get(&next).is_none_or(|(best, ..)| width > *best) {
                reached.insert(next, (width, at, near));
                queue.push((width, Reverse(next)));
            }
        }
    }
    let mut path = Vec::new();
    let mut at = to;
    while let Some(&(width, before, near)) = reached.get(&at).filter(|_| path.len() <= reached.len()) {
        if at == to && width <= direct {
            break;
        }
        let names =
            if near.right == at { (&near.left_name, &near.right_name) } else { (&near.right_name, &near.left_name) };
        path.push((names.0.clone(), names.1.clone(), near.weight));
        at = before;
    }
    path.reverse();
    path
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

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by = match self.by {
            ChosenBy::Container => "the text says where it lies",
            ChosenBy::Document => "other places of the document lie in its country",
            ChosenBy::Prominence => "it is the most prominent",
        };
        let (name, table_id, others) = (&self.name, &self.table_id, self.others.join(", "));
        write!(f, "“{name}” may be {table_id} or {others}; in {} documents {table_id}, for {by}.", self.documents)
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { name } => writeln!(f, "No mention in these documents is named “{name}”."),
            Self::One { entity, path, choices } => {
                writeln!(f, "One {}: {} ({})", entity.kind, entity.name, entity.id)?;
                if path.is_empty() {
                    writeln!(
                        f,
                        "The two names are the same but for case and signs, or stand for the same table entity."
                    )?;
                }
                path.iter().try_for_each(|link| write!(f, "{link}"))?;
                choices.iter().try_for_each(|choice| writeln!(f, "{choice}"))
            }
            Self::Two { left, right, comparison, held, strongest, path } => {
                writeln!(
                    f,
                    "Two: {} {} ({}) and {} {} ({})",
                    left.kind, left.name, left.id, right.kind, right.name, right.id
                )?;
                if let Some(held) = held {
                    writeln!(f, "Held apart: {held}.")?;
                }
                writeln!(f, "{comparison}")?;
                if let Some(strongest) = strongest {
                    writeln!(f, "Of their names these are nearest to one:\n{strongest}")?;
                }
                if !path.is_empty() {
                    writeln!(f, "The strongest way between them leads by others:")?;
                    for (left, right, weight) in path {
                        writeln!(f, "  {:>6}  {left} / {right}", bits(*weight))?;
                    }
                }
                let best = strongest.as_ref().unwrap_or(comparison);
                if !best.is_match() {
                    let lacking = bits(-best.weight);
                    writeln!(f, "To be one they lack {} bits of evidence.", lacking.trim_start_matches('+'))?;
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
