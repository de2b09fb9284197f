//! How names and entities are spread: what to look at when a result seems wrong.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::block::CappedBlock;
use super::evidence::bits;
use super::review::spanning;
use super::{Choice, Link, Resolution};
use crate::mention::EntityKind;
use crate::name::fold;

/// A name that several entities of one kind bear.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
///
/// let people = ["Jean Kaboro", "Kaboro"].map(|name| Mention::new(name, EntityKind::Person));
/// let others = ["Marie Kaboro", "Kaboro"].map(|name| Mention::new(name, EntityKind::Person));
/// let corpus: Corpus = [Extraction::new("a", people.to_vec()), Extraction::new("b", others.to_vec())].into_iter().collect();
/// let diagnostics = Resolver::embedded().resolve(&corpus).diagnostics();
/// assert_eq!((diagnostics.homonyms[0].name.as_str(), diagnostics.homonyms[0].entities.len()), ("kaboro", 2));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Homonym {
    /// The kind.
    pub kind: EntityKind,
    /// The name, folded.
    pub name: String,
    /// The ids of the entities, in the order of [`Resolution::entities`].
    pub entities: Vec<String>,
}

/// A name that entities of several kinds bear.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
///
/// let both = [EntityKind::Person, EntityKind::Organization].map(|kind| Mention::new("Vardan", kind));
/// let corpus: Corpus = [Extraction::new("a", both.to_vec())].into_iter().collect();
/// let diagnostics = Resolver::embedded().resolve(&corpus).diagnostics();
/// assert_eq!((diagnostics.namesakes[0].name.as_str(), diagnostics.namesakes[0].entities.len()), ("vardan", 2));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Namesake {
    /// The name, folded.
    pub name: String,
    /// The ids of the entities, kind by kind.
    pub entities: Vec<String>,
}

/// An entity with many names.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let text = "Omar Diaby, better known as Omar Omsen, has left.";
/// let corpus: Corpus = [Extractor::embedded().extract("a", text)].into_iter().collect();
/// let diagnostics = Resolver::embedded().resolve(&corpus).diagnostics();
/// assert_eq!((diagnostics.largest[0].names, diagnostics.largest[0].mentions), (2, 2));
/// assert!(diagnostics.largest[0].weakest.is_some());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Large {
    /// Its id.
    pub entity: String,
    /// Its canonical name.
    pub name: String,
    /// How many names it has that differ in more than case and signs.
    pub names: usize,
    /// How many mentions.
    pub mentions: usize,
    /// Of the links that hold it together the weakest: where it would part.
    pub weakest: Option<Link>,
}

/// How the names of a [`Resolution`] are spread over its entities. `Display` prints it for a person to read.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a", "Omar Diaby, better known as Omar Omsen, has left Harem.")].into_iter().collect();
/// let diagnostics = Resolver::embedded().resolve(&corpus).diagnostics();
/// assert_eq!((diagnostics.entities, diagnostics.mentions), (2, 3));
/// assert_eq!(diagnostics.variation.get(&2), Some(&1)); // one entity has two names
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostics {
    /// How many entities there are.
    pub entities: usize,
    /// How many mentions they have.
    pub mentions: usize,
    /// Names that several entities bear (homonymy), those with the most bearers first.
    pub homonyms: Vec<Homonym>,
    /// Names that entities of several kinds bear: a city and its government, a founder and the firm. They stay apart.
    pub namesakes: Vec<Namesake>,
    /// How many entities have how many names (variation).
    pub variation: BTreeMap<usize, usize>,
    /// The entities with the most names, each with its weakest link.
    pub largest: Vec<Large>,
    /// Where the tables know several of one name: which was taken, and by what.
    pub choices: Vec<Choice>,
    /// Blocks that were too large to compare.
    pub capped: Vec<CappedBlock>,
}

/// How many of the largest entities are listed.
const LARGEST: usize = 10;

impl Resolution {
    /// How names and entities are spread.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::{Corpus, Extractor, Resolver};
    ///
    /// let text = "Jean Kaboro met Marie Kaboro. Kaboro left.";
    /// let corpus: Corpus = [Extractor::embedded().extract("a", text)].into_iter().collect();
    /// let diagnostics = Resolver::embedded().resolve(&corpus).diagnostics();
    /// assert_eq!(diagnostics.mentions, 3);
    /// println!("{diagnostics}");
    /// ```
    #[must_use]
    pub fn diagnostics(&self) -> Diagnostics {
        let mut bearers: BTreeMap<(EntityKind, String), Vec<String>> = BTreeMap::new();
        let mut variation: BTreeMap<usize, usize> = BTreeMap::new();
        let mut largest: Vec<Large> = Vec::new();
        for (entity, links) in self.links_by_entity() {
            let names: BTreeSet<String> = entity.aliases.iter().map(|alias| fold(&alias.text)).collect();
            *variation.entry(names.len()).or_default() += 1;
            let weakest = spanning(&links).into_iter().min_by_key(|link| (link.weight, *link)).cloned();
            let (id, name) = (entity.id.clone(), entity.name.clone());
            largest.push(Large { entity: id, name, names: names.len(), mentions: entity.mentions.len(), weakest });
            for name in names {
                bearers.entry((entity.kind, name)).or_default().push(entity.id.clone());
            }
        }
        largest.sort_by_key(|large| (Reverse(large.names), Reverse(large.mentions), large.entity.clone()));
        largest.truncate(LARGEST);
        let mut by_name: BTreeMap<&str, Vec<&Vec<String>>> = BTreeMap::new();
        for ((_, name), entities) in &bearers {
            by_name.entry(name).or_default().push(entities);
        }
        let namesakes = by_name.into_iter().filter(|(_, kinds)| kinds.len() > 1);
        let namesake = |(name, kinds): (&str, Vec<&Vec<String>>)| Namesake {
            name: name.to_owned(),
            entities: kinds.into_iter().flatten().cloned().collect(),
        };
        let namesakes = namesakes.map(namesake).collect();
        let several = bearers.into_iter().filter(|(_, entities)| entities.len() > 1);
        let mut homonyms: Vec<Homonym> =
            several.map(|((kind, name), entities)| Homonym { kind, name, entities }).collect();
        homonyms.sort_by_key(|h| (Reverse(h.entities.len()), h.kind, h.name.clone()));
        Diagnostics {
            entities: self.entities.len(),
            mentions: self.entities.iter().map(|e| e.mentions.len()).sum(),
            homonyms,
            namesakes,
            variation,
            largest,
            choices: self.choices.clone(),
            capped: self.capped.clone(),
        }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} entities, {} mentions", self.entities, self.mentions)?;
        writeln!(f, "names per entity:")?;
        for (names, entities) in &self.variation {
            writeln!(f, "  {names:>6}  {entities} entities")?;
        }
        writeln!(f, "names that several bear: {}", self.homonyms.len())?;
        for homonym in self.homonyms.iter().take(LARGEST) {
            writeln!(
                f,
                "  {:>6}  {} {}: {}",
                homonym.entities.len(),
                homonym.kind,
                homonym.name,
                homonym.entities.join(", ")
            )?;
        }
        writeln!(f, "names of several kinds: {}", self.namesakes.len())?;
        for namesake in self.namesakes.iter().take(LARGEST) {
            writeln!(f, "          {}: {}", namesake.name, namesake.entities.join(", "))?;
        }
        writeln!(f, "entities with the most names, and where each would part:")?;
        for large in self.largest.iter().filter(|large| large.names > 1) {
            write!(f, "  {:>6}  {} ({} mentions)", large.names, large.name, large.mentions)?;
            if let Some(link) = &large.weakest {
                write!(f, ": {} = {} [{}, {} bits]", link.left, link.right, link.rule, bits(link.weight))?;
            }
            writeln!(f)?;
        }
        for choice in &self.choices {
            writeln!(f, "{choice}")?;
        }
        for block in &self.capped {
            writeln!(f, "{} names share the key {}: too many to compare", block.names, block.key)?;
        }
        Ok(())
    }
}
