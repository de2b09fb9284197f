//! Mentions and claims to entities, with a reason for each merge.
//!
//! Each document is resolved by itself first; its local entities are then compared across documents and clustered.
//! What comes out does not depend on the order of the documents or on the number of threads, and no count over the
//! corpus enters a decision.
//!
//! # Examples
//!
//! ```
//! use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
//!
//! let names = ["Khalifa Haftar", "Haftar", "Khalifa Hifter"].map(|name| Mention::new(name, EntityKind::Person));
//! let corpus: Corpus = [Extraction::new("list", names.to_vec())].into_iter().collect();
//! assert_eq!(Resolver::embedded().resolve(&corpus).entities().len(), 1);
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use once_cell::sync::OnceCell;
use serde::{Deserialize, Serialize};

use crate::mention::{Corpus, EntityKind, Extraction};
use crate::tables::Tables;

mod assemble;
mod block;
mod canonical;
mod cluster;
mod compare;
mod constraints;
mod decisions;
mod dedupe;
mod diagnostics;
mod evidence;
mod explain;
mod groups;
mod index;
mod intake;
mod linker;
mod local;
mod names;
mod packed;
mod proposals;
mod review;
mod short_forms;
mod state;
mod variants;

pub use block::CappedBlock;
pub use compare::{NameList, PreparedName, Weights, compare};
use constraints::Constraints;
pub use decisions::{Decision, Decisions, Named, Verdict};
pub use dedupe::{Dedupe, DedupeProgress, NameGroups};
pub use diagnostics::{Diagnostics, Homonym, Large, Namesake};
pub use evidence::{Comparison, Evidence};
pub use explain::Explanation;
pub use index::Index;
pub use intake::{EntitySummary, Gathered, Intake};
pub use linker::ChosenBy;
use linker::{Linker, TABLE_MARGIN};
pub use proposals::Proposal;
pub use review::{Outcome, ReviewItem, Side};
pub use state::Change;
use state::node::Why;
use state::{POSSIBLE, State};

/// Gathers the mentions of documents into entities.
///
/// Immutable and cheap to clone.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
///
/// let person = |name: &str| Mention::new(name, EntityKind::Person);
/// let corpus: Corpus = [
///     Extraction::new("a", vec![person("Khalifa Haftar"), person("Haftar")]),
///     Extraction::new("b", vec![person("Khalifa Hifter"), person("Saddam Hifter")]),
/// ]
/// .into_iter()
/// .collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// let names: Vec<&str> = resolution.entities().iter().map(|e| e.name.as_str()).collect();
/// assert_eq!(names, ["Khalifa Haftar", "Saddam Haftar"]);
/// ```
#[derive(Clone)]
pub struct Resolver {
    linker: Arc<Linker>,
    constraints: Arc<Constraints>,
}

impl Resolver {
    /// A resolver over the embedded tables, made at the first call.
    ///
    /// # Cost
    ///
    /// Some twenty milliseconds once; afterwards a reference count.
    #[must_use]
    pub fn embedded() -> Self {
        static EMBEDDED: OnceCell<Resolver> = OnceCell::new();
        EMBEDDED.get_or_init(|| Self::new(Tables::embedded())).clone()
    }

    /// A resolver over these tables.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::{Resolver, Tables};
    ///
    /// assert!(Resolver::new(Tables::none()).tables().is_empty());
    /// ```
    #[must_use]
    pub fn new(tables: Tables) -> Self {
        Self { linker: Arc::new(Linker::new(tables)), constraints: Arc::default() }
    }

    /// The same resolver, held to what users decided.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::resolve::{Decision, Decisions, Named};
    /// use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
    ///
    /// let person = |name: &str| Named::new(EntityKind::Person, name);
    /// let mut decisions = Decisions::new();
    /// decisions.push(Decision::same(person("Omar Varsi"), person("Abu Kalin")))?;
    /// let names = ["Omar Varsi", "Abu Kalin"].map(|name| Mention::new(name, EntityKind::Person));
    /// let corpus: Corpus = [Extraction::new("list", names.to_vec())].into_iter().collect();
    /// assert_eq!(Resolver::embedded().with_decisions(&decisions).resolve(&corpus).entities().len(), 1);
    /// # Ok::<(), allonym::Error>(())
    /// ```
    #[must_use]
    pub fn with_decisions(&self, decisions: &Decisions) -> Self {
        Self { linker: self.linker.clone(), constraints: Arc::new(Constraints::new(decisions)) }
    }

    /// The tables that it goes by.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::Resolver;
    ///
    /// assert!(Resolver::embedded().tables().get("Q858").is_some());
    /// ```
    #[must_use]
    pub fn tables(&self) -> &Tables {
        self.linker.tables()
    }

    /// Gathers the mentions of all documents into entities.
    ///
    /// # Cost
    ///
    /// Linear in the mentions, and in each block of names that share a key quadratic up to a cap, which
    /// [`Resolution::capped`] reports. Of more documents than memory holds an [`Intake`] makes the same entities.
    #[must_use]
    pub fn resolve(&self, corpus: &Corpus) -> Resolution {
        let documents: Vec<&Extraction> = corpus.documents().iter().collect();
        let mut state = State::new(self.linker.clone(), self.constraints.clone());
        let slots = state.add(&documents);
        state.settle();
        assemble::resolution(&state, &slots, |document| documents[document].mentions.len())
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver").field("entities", &self.tables().len()).finish()
    }
}

/// A mention of the corpus, by the places of its document and of itself.
///
/// # Examples
///
/// ```
/// use allonym::resolve::MentionRef;
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a", "Omar Omsen left Harem.")].into_iter().collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// let entity = resolution.entity_of(MentionRef { document: 0, mention: 1 }).unwrap();
/// assert_eq!(entity.name, "Harem");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MentionRef {
    /// The document, an index into [`Corpus::documents`].
    pub document: usize,
    /// The mention, an index into the document's mentions.
    pub mention: usize,
}

/// A surface form of an entity, and how often it stands in the documents.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a", "Harem, then Harim, then Harem.")].into_iter().collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// let aliases: Vec<String> = resolution.entities()[0].aliases.iter().map(|a| format!("{a} {}", a.count)).collect();
/// assert_eq!(aliases, ["Harem 2", "Harim 1"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AliasCount {
    /// The surface form.
    pub text: String,
    /// The number of mentions that have it.
    pub count: usize,
}

impl fmt::Display for AliasCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// A person, place or organization with all its names.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let texts = [("a", "The mayor of Harem spoke."), ("b", "Rebels left the town of Harim.")];
/// let corpus: Corpus = Extractor::embedded().extract_all(&texts).into_iter().collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// let harem = resolution.entities().iter().find(|entity| entity.name == "Harem").unwrap();
/// assert_eq!((harem.documents(), harem.mentions.len(), harem.aliases.len()), (2, 2, 2));
/// assert_eq!(harem.table_id.as_deref(), Some(harem.id.as_str()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entity {
    /// Its id: that of the tables where they know it, else made from its kind and names.
    pub id: String,
    /// Its kind.
    pub kind: EntityKind,
    /// Its canonical name: that of the tables, else its fullest and most frequent surface form.
    pub name: String,
    /// Its id in the tables.
    pub table_id: Option<String>,
    /// Its surface forms, the most frequent first.
    pub aliases: Vec<AliasCount>,
    /// Its mentions, in the order of the corpus.
    pub mentions: Vec<MentionRef>,
}

impl Entity {
    /// The number of documents that mention it.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.mentions.iter().map(|m| m.document).collect::<BTreeSet<_>>().len()
    }
}

/// Why two names are one entity's.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
///
/// let names = ["Selim Vardan", "Salim Vardan"].map(|name| Mention::new(name, EntityKind::Person));
/// let corpus: Corpus = [Extraction::new("list", names.to_vec())].into_iter().collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// let link = &resolution.links()[0];
/// assert_eq!(link.rule, "comparison");
/// assert_eq!(link.weight, link.evidence.iter().map(|evidence| evidence.weight).sum::<i32>());
/// println!("{link}");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Link {
    /// The entity's id.
    pub entity: String,
    /// One surface form.
    pub left: String,
    /// Another one.
    pub right: String,
    /// What joined them: `table`, `comparison`, `acronym`, `short-form:` and its rule, `short-form-across`, `decision`,
    /// or a claim's rule.
    pub rule: String,
    /// The sum of the evidence, in 1/1000 log2 odds.
    pub weight: i32,
    /// The evidence.
    pub evidence: Vec<Evidence>,
    /// The sentence that says so, when one does.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub sentence: String,
}

/// The entities of a corpus, and why they are what they are.
///
/// # Examples
///
/// ```
/// use allonym::resolve::MentionRef;
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a", "Omar Diaby, better known as Omar Omsen, has left Harem.")].into_iter().collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// assert_eq!(resolution.entities().len(), 2);
/// assert_eq!(resolution.links().len(), 1); // Omar Diaby = Omar Omsen
/// assert!(resolution.entity_of(MentionRef { document: 7, mention: 0 }).is_none());
/// assert!(resolution.capped().is_empty());
/// println!("{}", resolution.explain("Omar Diaby", "Omar Omsen"));
/// ```
#[derive(Debug, Clone)]
pub struct Resolution {
    entities: Vec<Entity>,
    links: Vec<Link>,
    /// The entity of each mention of each document.
    of: Vec<Vec<Option<usize>>>,
    capped: Vec<CappedBlock>,
    choices: Vec<Choice>,
    /// Pairs of entities that something holds apart, and what.
    apart: BTreeMap<(usize, usize), Why>,
    /// Pairs of entities that are not one, but might be.
    near: Vec<Near>,
    ambiguous: Vec<Ambiguous>,
}

/// A short form that several entities of its document can be meant by: *Marchetti* beside *Elena* and *Paolo Marchetti*.
///
/// # Examples
///
/// ```
/// use allonym::resolve::MentionRef;
/// use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
///
/// let names = ["Elena Marchetti", "Paolo Marchetti", "Marchetti"].map(|name| Mention::new(name, EntityKind::Person));
/// let corpus: Corpus = [Extraction::new("a", names.to_vec())].into_iter().collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// assert_eq!(resolution.ambiguous()[0].mention, MentionRef { document: 0, mention: 2 });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ambiguous {
    /// The mention.
    pub mention: MentionRef,
    /// A surface form of each entity that it can be, in the order in which the document first names them; of more than 16
    /// the first.
    pub candidates: Vec<String>,
    /// That of the one that was taken, as the one spoken of last before it; `None` when the mention stays for itself.
    pub chosen: Option<String>,
}

/// A name that several entities of the tables bear, and which of them was taken to be meant, by what.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a", "A court in Tripoli, Lebanon, met.")].into_iter().collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// let choice = &resolution.choices()[0];
/// assert!(!choice.others.is_empty());
/// println!("{choice}");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Choice {
    /// The name, folded.
    pub name: String,
    /// The id of the one taken.
    pub table_id: String,
    /// What decided.
    pub by: ChosenBy,
    /// The ids of the others, in the order of the tables.
    pub others: Vec<String>,
    /// In how many documents.
    pub documents: usize,
}

/// Two entities that evidence brings near each other.
#[derive(Debug, Clone)]
pub(crate) struct Near {
    /// Their places; the left one's is the lower.
    pub left: usize,
    pub right: usize,
    /// The evidence of the two names that speak most for their being one, in 1/1000 log2 odds.
    pub weight: i32,
    pub left_name: String,
    pub right_name: String,
    /// It is left to the user, who held one of them apart from an entity that the other resembles too.
    pub queued: bool,
}

impl Resolution {
    /// The entities, those with the most mentions first.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Why the names of each entity are its names, in the order of the entities' ids.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The entity of a mention; `None` when the corpus has no such mention.
    #[must_use]
    pub fn entity_of(&self, mention: MentionRef) -> Option<&Entity> {
        let entity = self.of.get(mention.document)?.get(mention.mention)?;
        entity.map(|i| &self.entities[i])
    }

    /// The short forms that several entities of their documents can be meant by, in the order of the documents and their
    /// mentions: those that were bound to the one spoken of last, and those that were left for themselves.
    ///
    /// What documents say of each other is left out: two entities of a document may turn out to be one by another.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
    ///
    /// let names = ["Elena Marchetti", "Marchetti", "Paolo Marchetti", "Marchetti"];
    /// let mentions = names.map(|name| Mention::new(name, EntityKind::Person)).to_vec();
    /// let corpus: Corpus = [Extraction::new("a", mentions)].into_iter().collect();
    /// let resolution = Resolver::embedded().resolve(&corpus);
    /// let [first, second] = resolution.ambiguous() else { unreachable!() };
    /// assert_eq!(first.candidates, ["Elena Marchetti", "Paolo Marchetti"]);
    /// assert_eq!(first.chosen.as_deref(), Some("Elena Marchetti"));
    /// assert_eq!(second.chosen.as_deref(), Some("Paolo Marchetti"));
    /// ```
    #[must_use]
    pub fn ambiguous(&self) -> &[Ambiguous] {
        &self.ambiguous
    }

    /// The blocks that were too large to compare; names that only they bring together are not merged.
    #[must_use]
    pub fn capped(&self) -> &[CappedBlock] {
        &self.capped
    }

    /// Where the tables know several of one name: which was taken, and by what. In the order of the names.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::resolve::ChosenBy;
    /// use allonym::{Corpus, Extractor, Resolver};
    ///
    /// let text = "The mayor of Tripoli met officials from Beirut and Sidon in Lebanon.";
    /// let corpus: Corpus = [Extractor::embedded().extract("a", text)].into_iter().collect();
    /// let resolution = Resolver::embedded().resolve(&corpus);
    /// let choice = &resolution.choices()[0];
    /// assert_eq!((&*choice.name, &*choice.table_id, choice.by), ("tripoli", "tripoli-lebanon", ChosenBy::Document));
    /// ```
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// Pairs of entities that are not one, but might be.
    pub(crate) fn near(&self) -> &[Near] {
        &self.near
    }

    /// Pairs of entities that something holds apart beyond their kinds and table ids, the lower place first, and what.
    pub(crate) fn held_apart(&self) -> impl Iterator<Item = (usize, usize, &'static str)> {
        let ids = |i: usize| self.entities[i].table_id.as_deref();
        let known = move |a, b| matches!((ids(a), ids(b)), (Some(s), Some(t)) if s != t);
        let told = self.apart.iter().filter(move |&(&(a, b), why)| a < b && (*why == Why::User || !known(a, b)));
        told.map(|(&(a, b), why)| (a, b, why.words()))
    }

    /// Why two names are, or are not, names of one entity of this corpus.
    #[must_use]
    pub fn explain(&self, a: &str, b: &str) -> Explanation {
        explain::explain(self, a, b)
    }
}
