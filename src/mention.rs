//! The seam between extraction and resolution: mentions and claims, as owned data.
//!
//! Whoever has another recognizer builds [`Mention`]s and [`Extraction`]s and hands them to the resolver; whoever has
//! only a list of names builds mentions without places in a text.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::span::Span;

/// The kind of thing that a name names.
///
/// # Examples
///
/// ```
/// use allonym::EntityKind;
///
/// assert_eq!("PER".parse::<EntityKind>().unwrap(), EntityKind::Person);
/// assert_eq!(EntityKind::Place.to_string(), "place");
/// assert_eq!(EntityKind::Organization.code(), "ORG");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A human being, or a figure that is spoken of as one.
    Person,
    /// A country, region, town, camp, river, street or site.
    Place,
    /// A company, body, army, party, medium, club or band.
    Organization,
}

impl EntityKind {
    /// All kinds, in their order.
    pub const ALL: [Self; 3] = [Self::Person, Self::Place, Self::Organization];

    /// The code that annotated corpora use: `PER`, `LOC` or `ORG`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Place => "LOC",
            Self::Organization => "ORG",
        }
    }

    /// Its word: `person`, `place` or `organization`.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::EntityKind;
    ///
    /// assert_eq!(EntityKind::ALL.map(EntityKind::word), ["person", "place", "organization"]);
    /// ```
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organization => "organization",
        }
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for EntityKind {
    type Err = Error;

    /// Reads a word or a corpus code (`LOC`, `GPE` and `place` are one kind).
    ///
    /// # Errors
    ///
    /// [`Error::Option`] when it is neither.
    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "person" | "PER" | "PERSON" => Ok(Self::Person),
            "place" | "LOC" | "GPE" | "LOCATION" => Ok(Self::Place),
            "organization" | "ORG" | "ORGANIZATION" => Ok(Self::Organization),
            _ => Err(Error::Option {
                option: "kind".into(),
                reason: format!("unknown kind '{text}' (person, place or organization)"),
            }),
        }
    }
}

/// What spoke for a mention: a recognizer's rule and its weight.
///
/// # Examples
///
/// ```
/// use allonym::Extractor;
///
/// let found = Extractor::embedded().extract("a", "Mr Omar Omsen left the town of Harem.");
/// for source in &found.mentions[0].sources {
///     println!("{} {:+.1} bits", source.rule, f64::from(source.weight) / 1000.0);
/// }
/// assert!(found.mentions[0].sources[0].weight > 0);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// Recognizer and rule, such as `gazetteer:alias` or `rules:title`.
    pub rule: Cow<'static, str>,
    /// Its weight in 1/1000 log2 odds; below zero when it spoke against.
    pub weight: i32,
}

/// One occurrence of a name in a text.
///
/// # Examples
///
/// ```
/// use allonym::{EntityKind, Mention, Span};
///
/// let mention = Mention::new("Omar Omsen", EntityKind::Person).at(Span::new(10, 20));
/// assert_eq!(mention.surface, "Omar Omsen");
/// assert!(mention.confidence() > 0.9);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Mention {
    /// Where it stands, in bytes; empty when it stands in no text.
    pub span: Span,
    /// The same place in characters (Unicode scalar values).
    pub char_span: Span,
    /// The text of the span, as written.
    pub surface: String,
    /// What it names.
    pub kind: EntityKind,
    /// How sure the extractor is, in 1/1000 log2 odds: 0 is even, 1000 is two to one.
    pub weight: i32,
    /// What spoke for it, the weightiest first.
    pub sources: Vec<Source>,
}

/// The weight of a mention that a user or another recognizer gives: about 97 in 100 (5 bits), for it was chosen.
const GIVEN_WEIGHT: i32 = 5_000;

impl Mention {
    /// A mention without a place in a text, trusted as given.
    #[must_use]
    pub fn new(surface: impl Into<String>, kind: EntityKind) -> Self {
        Self {
            span: Span::default(),
            char_span: Span::default(),
            surface: surface.into(),
            kind,
            weight: GIVEN_WEIGHT,
            sources: Vec::new(),
        }
    }

    /// The same at a place of its text, in bytes; [`Extraction::place_chars`] fills in the characters.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = span;
        self
    }

    /// The same with this weight, in 1/1000 log2 odds.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::{EntityKind, Mention};
    ///
    /// assert_eq!(Mention::new("Harem", EntityKind::Place).weighing(0).confidence(), 0.5);
    /// ```
    #[must_use]
    pub fn weighing(mut self, weight: i32) -> Self {
        self.weight = weight;
        self
    }

    /// The probability that its span and kind are right, 0 to 1: the logistic of [`Mention::weight`].
    #[must_use]
    pub fn confidence(&self) -> f64 {
        probability(self.weight)
    }
}

/// The probability of a weight in 1/1000 log2 odds.
pub(crate) fn probability(weight: i32) -> f64 {
    1.0 / (1.0 + (-f64::from(weight) / 1000.0).exp2())
}

/// What a text says of two of its mentions.
///
/// # Examples
///
/// ```
/// use allonym::Relation;
///
/// assert!(Relation::SameAs.joins() && Relation::Acronym.joins());
/// assert!(Relation::Kin.parts() && !Relation::Within.parts());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Relation {
    /// Both name one thing: `A, better known as B`.
    SameAs,
    /// The second abbreviates the first: `A (ACR)`.
    Acronym,
    /// The first lies in the second: `City, Country`.
    Within,
    /// They are two things: `A and his brother B`.
    Different,
    /// They are two people of one family, who share its name: `his father B`.
    Kin,
}

impl Relation {
    /// Whether it says that both are one thing.
    #[must_use]
    pub fn joins(self) -> bool {
        matches!(self, Self::SameAs | Self::Acronym)
    }

    /// Whether it says that they are two things.
    #[must_use]
    pub fn parts(self) -> bool {
        matches!(self, Self::Different | Self::Kin)
    }
}

/// Something that a text says of two mentions, with the rule and the words that license it.
///
/// # Examples
///
/// ```
/// use allonym::{Claim, Corpus, EntityKind, Extraction, Mention, Relation, Resolver};
///
/// let names = ["Omar Varsi", "Abu Kalin"].map(|name| Mention::new(name, EntityKind::Person));
/// let mut document = Extraction::new("note", names.to_vec());
/// document.claims.push(Claim::new(0, 1, Relation::SameAs, "editor", "The desk knows that they are one."));
/// let corpus: Corpus = [document].into_iter().collect();
/// assert_eq!(Resolver::embedded().resolve(&corpus).entities().len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Claim {
    /// The first mention, an index into [`Extraction::mentions`].
    pub left: usize,
    /// The second one.
    pub right: usize,
    /// What is said.
    pub relation: Relation,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
    /// The sentence. Of one over 400 characters, the part around the two mentions, cut ends marked by `…`.
    pub sentence: String,
}

impl Claim {
    /// A claim about the mentions at two indices.
    #[must_use]
    pub fn new(
        left: usize,
        right: usize,
        relation: Relation,
        rule: impl Into<Cow<'static, str>>,
        sentence: impl Into<String>,
    ) -> Self {
        Self { left, right, relation, rule: rule.into(), sentence: sentence.into() }
    }
}

/// What one document holds: its mentions in the order of the text, and its claims.
///
/// # Examples
///
/// ```
/// use allonym::{EntityKind, Extraction, Mention, Span};
///
/// let text = "İdlib fell.";
/// let mut document = Extraction::new("a", vec![Mention::new("İdlib", EntityKind::Place).at(Span::new(0, 6))]);
/// document.place_chars(text);
/// assert_eq!(document.mentions[0].char_span, Span::new(0, 5));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Extraction {
    /// The document's name, chosen by the caller.
    pub id: String,
    /// Its mentions; those that came from a text are disjoint and ordered by their spans.
    pub mentions: Vec<Mention>,
    /// What its sentences say of pairs of them.
    pub claims: Vec<Claim>,
}

impl Extraction {
    /// A document of given mentions, in the order given, without claims.
    #[must_use]
    pub fn new(id: impl Into<String>, mentions: Vec<Mention>) -> Self {
        Self { id: id.into(), mentions, claims: Vec::new() }
    }

    /// Fills in [`Mention::char_span`] of every mention from its bytes, in one pass when the mentions are in order.
    ///
    /// # Panics
    ///
    /// Never: offsets outside the text count as its end.
    pub fn place_chars(&mut self, text: &str) {
        let (mut byte, mut chars) = (0, 0);
        let mut count = |at: usize| {
            let at = at.min(text.len());
            if at < byte {
                (byte, chars) = (0, 0);
            }
            chars += text.as_bytes()[byte..at].iter().filter(|&&b| b & 0xC0 != 0x80).count();
            byte = at;
            chars
        };
        for mention in &mut self.mentions {
            let start = count(mention.span.start);
            mention.char_span = Span::new(start, count(mention.span.end));
        }
    }
}

/// The documents that are to be resolved together.
///
/// Their order does not matter to what comes out, but for the order of the documents themselves.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, EntityKind, Extraction, Mention};
///
/// let mut corpus = Corpus::new();
/// corpus.push(Extraction::new("list", vec![Mention::new("Sirte", EntityKind::Place)]));
/// assert_eq!(corpus.documents().len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Corpus {
    documents: Vec<Extraction>,
}

impl Corpus {
    /// No document yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a document.
    pub fn push(&mut self, document: Extraction) {
        self.documents.push(document);
    }

    /// The documents, in the order in which they came.
    #[must_use]
    pub fn documents(&self) -> &[Extraction] {
        &self.documents
    }
}

impl FromIterator<Extraction> for Corpus {
    fn from_iter<T: IntoIterator<Item = Extraction>>(documents: T) -> Self {
        Self { documents: documents.into_iter().collect() }
    }
}
