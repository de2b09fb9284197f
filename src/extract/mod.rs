//! Text to mentions and claims.
//!
//! Recognizers look at a [`Document`] and put forward [`Candidate`]s, each with its weight, independently of each
//! other; what several say of one span adds up. The [`tagger`] looks at the same document and at what they found, and
//! says by learned weights what it makes of it. What the document shows as a whole is added, the best disjoint set is
//! selected, and claims are read between the mentions.
//!
//! # Examples
//!
//! ```
//! use allonym::Extractor;
//!
//! let found = Extractor::embedded().extract("a", "The Syrian Observatory for Human Rights (SOHR) spoke of Harem.");
//! let names: Vec<&str> = found.mentions.iter().map(|mention| mention.surface.as_str()).collect();
//! assert_eq!(names, ["Syrian Observatory for Human Rights", "SOHR", "Harem"]);
//! assert_eq!((found.claims[0].left, found.claims[0].right), (0, 1)); // A (ACR)
//! ```

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use once_cell::sync::OnceCell;

use crate::error::Error;
use crate::mention::{EntityKind, Extraction, Mention};
use crate::span::Span;
use crate::tables::Tables;

mod capitals;
mod chunk;
mod claim_rules;
mod claims;
mod context;
mod document;
mod gazetteer;
mod late;
mod rules;
mod select;
pub mod tagger;

pub use document::Document;
use select::Scored;
use tagger::{Features, Tagger};

/// A span that a recognizer takes for a name.
///
/// # Examples
///
/// ```
/// use allonym::extract::Candidate;
/// use allonym::{EntityKind, Span};
///
/// let text = "Dame Ada Brenton spoke.";
/// let candidate = Candidate::new(Span::new(5, 16), EntityKind::Person, "titles:dame", 6_000);
/// assert_eq!(&text[candidate.span], "Ada Brenton");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// Its place, in bytes, on character boundaries.
    pub span: Span,
    /// The kind that it would have.
    pub kind: EntityKind,
    /// The recognizer and its rule, such as `rules:title`.
    pub rule: Cow<'static, str>,
    /// What the rule adds for this span and kind, in 1/1000 log2 odds; below zero to speak against.
    pub weight: i32,
}

impl Candidate {
    /// A candidate.
    #[must_use]
    pub fn new(span: Span, kind: EntityKind, rule: impl Into<Cow<'static, str>>, weight: i32) -> Self {
        Self { span, kind, rule: rule.into(), weight }
    }
}

/// Something that finds names.
///
/// It joins the crate's own ([`ExtractorBuilder::recognizer`]) or replaces them
/// ([`ExtractorBuilder::without_own_recognizers`], [`ExtractorBuilder::without_tagger`]).
///
/// # Examples
///
/// A recognizer that knows what its users write in brackets:
///
/// ```
/// use allonym::extract::{Candidate, Document, Extractor, Recognizer};
/// use allonym::{EntityKind, Span};
///
/// struct Bracketed;
///
/// impl Recognizer for Bracketed {
///     fn name(&self) -> &str {
///         "bracketed"
///     }
///
///     fn recognize(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
///         let text = document.text();
///         for (start, _) in text.match_indices("[[") {
///             if let Some(len) = text[start + 2..].find("]]") {
///                 let span = Span::new(start + 2, start + 2 + len);
///                 out.push(Candidate::new(span, EntityKind::Person, "bracketed:double", 9_000));
///             }
///         }
///     }
/// }
///
/// let extractor = Extractor::builder().recognizer(Bracketed).build()?;
/// let found = extractor.extract("note", "they saw [[the old man]] again");
/// assert_eq!(found.mentions[0].surface, "the old man");
/// # Ok::<(), allonym::Error>(())
/// ```
pub trait Recognizer: Send + Sync {
    /// Its name, for debugging.
    fn name(&self) -> &str;

    /// Puts forward what it finds. Candidates that are empty, out of bounds or off character boundaries are dropped.
    fn recognize(&self, document: &Document<'_>, out: &mut Vec<Candidate>);
}

/// Finds the people, places and organizations of a text.
///
/// Immutable and cheap to clone; one serves any number of threads.
///
/// # Examples
///
/// ```
/// use allonym::Extractor;
///
/// let extractor = Extractor::embedded();
/// let found = extractor.extract("a", "Fighters led by Omar Omsen left the town of Harem, the harem of nobody.");
/// let names: Vec<String> = found.mentions.iter().map(|m| format!("{} {}", m.kind, m.surface)).collect();
/// assert_eq!(names, ["person Omar Omsen", "place Harem"]);
/// ```
#[derive(Clone)]
pub struct Extractor {
    inner: Arc<Inner>,
}

struct Inner {
    tables: Tables,
    recognizers: Vec<Box<dyn Recognizer>>,
    tagger: Option<Tagger>,
    /// Whether the crate's own recognizers are asked.
    own: bool,
    /// Whether what the document shows as a whole is evidence.
    whole: bool,
}

impl Extractor {
    /// An extractor over the embedded tables, made at the first call.
    ///
    /// # Cost
    ///
    /// Some ten milliseconds once; afterwards a reference count.
    #[must_use]
    pub fn embedded() -> Self {
        static EMBEDDED: OnceCell<Extractor> = OnceCell::new();
        EMBEDDED.get_or_init(|| Self::builder().finish()).clone()
    }

    /// A builder that begins with the embedded tables and the crate's recognizers.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::{Extractor, Tables};
    ///
    /// // No entity known: only what the algorithms find.
    /// let extractor = Extractor::builder().tables(Tables::none()).build()?;
    /// assert!(extractor.tables().is_empty());
    /// assert_eq!(extractor.extract("a", "Mr Selim Vardan left.").mentions[0].surface, "Selim Vardan");
    /// # Ok::<(), allonym::Error>(())
    /// ```
    #[must_use]
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder { tables: None, recognizers: Vec::new(), tagger: None, tagged: true, own: true, whole: true }
    }

    /// The tables that it goes by.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::Extractor;
    ///
    /// assert!(Extractor::embedded().tables().get("Q858").is_some());
    /// ```
    #[must_use]
    pub fn tables(&self) -> &Tables {
        &self.inner.tables
    }

    /// Finds the mentions and claims of a text. Every text extracts: no text is an error.
    ///
    /// The mentions are disjoint, ordered, on character boundaries, and the same whatever was extracted before.
    ///
    /// # Cost
    ///
    /// Linear in the text.
    #[must_use]
    pub fn extract(&self, id: &str, text: &str) -> Extraction {
        let (mut document, mut scored) = self.look(text);
        if let Some(tagger) = &self.inner.tagger {
            document.draft = select::choose(&scored);
            let (found, asked) = tagger.judge(&document, scored.sums());
            scored.add(found);
            scored.add(asked);
        }
        if self.inner.own {
            scored.add(late::cues(&document));
        }
        self.context(&document, &mut scored);
        let mentions = select::select(text, &scored);
        finish(id, &document, mentions)
    }

    /// Finds the mentions and claims of several texts, each given with its id: what [`Extractor::extract`] finds in each,
    /// in their order.
    ///
    /// With the feature `parallel` the texts are shared out over threads. Of a corpus that does not fit into memory hand
    /// over a batch of texts at a time, and what was found to a [`resolve::Intake`](crate::resolve::Intake).
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::{Corpus, Extractor};
    ///
    /// let reports = [("monday", "Rebels left Idlib."), ("tuesday", "Omar Omsen was seen in Harem.")];
    /// let extractor = Extractor::embedded();
    /// let corpus: Corpus = extractor.extract_all(&reports).into_iter().collect();
    /// assert_eq!(corpus.documents()[1], extractor.extract("tuesday", "Omar Omsen was seen in Harem."));
    /// ```
    #[must_use]
    pub fn extract_all(&self, texts: &[(&str, &str)]) -> Vec<Extraction> {
        crate::parallel::map(texts, |(id, text)| self.extract(id, text))
    }

    /// Adds what the document as a whole says of its names.
    fn context(&self, document: &Document<'_>, scored: &mut Scored) {
        if self.inner.whole {
            context::evidence(document, scored);
            let further = context::neighbours(document, scored);
            scored.add(further);
        }
    }

    /// What a tagger learns from: the features of a text's tokens, with what the other recognizers find in it.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::Extractor;
    ///
    /// let features = Extractor::embedded().features("Mr Selim Vardan left.");
    /// let tokens: usize = features.runs.iter().map(|run| run.len()).sum();
    /// assert_eq!(features.tokens.len(), tokens);
    /// ```
    #[must_use]
    pub fn features(&self, text: &str) -> Features {
        let (mut document, scored) = self.look(text);
        document.draft = select::choose(&scored);
        Features::of(&document)
    }

    /// What the recognizers say of a text.
    fn look<'d>(&'d self, text: &'d str) -> (Document<'d>, Scored) {
        let document = Document::new(text, &self.inner.tables);
        let fits = |c: &Candidate| {
            !c.span.is_empty() && text.is_char_boundary(c.span.start) && text.is_char_boundary(c.span.end)
        };
        let mut scored = Scored::default();
        for recognizer in &self.inner.recognizers {
            // What each recognizer puts forward is in order by itself, so it is kept apart.
            let mut candidates = Vec::with_capacity(4 * document.chunks.len());
            recognizer.recognize(&document, &mut candidates);
            candidates.retain(fits);
            scored.add(candidates);
        }
        (document, scored)
    }

    /// Reads claims between mentions that somebody else found in the text.
    ///
    /// Mentions whose spans are out of bounds or off character boundaries take part in no claim.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::{EntityKind, Extractor, Mention, Relation, Span};
    ///
    /// let text = "Omar Diaby, better known as Omar Omsen, has left.";
    /// let person = |start, end| Mention::new(&text[start..end], EntityKind::Person).at(Span::new(start, end));
    /// let document = Extractor::embedded().read_claims("a", text, vec![person(0, 10), person(28, 38)]);
    /// assert_eq!(document.claims[0].relation, Relation::SameAs);
    /// ```
    #[must_use]
    pub fn read_claims(&self, id: &str, text: &str, mentions: Vec<Mention>) -> Extraction {
        let document = Document::new(text, &self.inner.tables);
        finish(id, &document, mentions)
    }
}

/// Adds claims and places in characters to the mentions of a document.
fn finish(id: &str, document: &Document<'_>, mentions: Vec<Mention>) -> Extraction {
    let mut extraction = Extraction::new(id, mentions);
    extraction.claims = claims::read(document, &extraction.mentions);
    extraction.place_chars(document.text());
    extraction
}

impl fmt::Debug for Extractor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.inner.recognizers.iter().map(|r| r.name()).collect();
        f.debug_struct("Extractor").field("recognizers", &names).finish_non_exhaustive()
    }
}

/// Builds an [`Extractor`].
///
/// # Examples
///
/// ```
/// use allonym::extract::Extractor;
/// use allonym::extract::tagger::Tagger;
///
/// let text = "They met Selim Vardan in Harem.";
/// let only = |rules: bool| {
///     let builder = Extractor::builder().without_document_evidence();
///     if rules { builder.without_tagger() } else { builder.without_own_recognizers().tagger(Tagger::embedded()) }
/// };
/// for rules in [true, false] {
///     let found = only(rules).build()?.extract("a", text);
///     assert!(found.mentions.iter().any(|mention| mention.surface == "Harem"));
/// }
/// # Ok::<(), allonym::Error>(())
/// ```
pub struct ExtractorBuilder {
    tables: Option<Tables>,
    recognizers: Vec<Box<dyn Recognizer>>,
    /// Another tagger than the embedded one.
    tagger: Option<Tagger>,
    tagged: bool,
    own: bool,
    whole: bool,
}

impl ExtractorBuilder {
    /// Goes by these tables instead of the embedded ones.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::{Extractor, Tables};
    ///
    /// let mine = "id\tkind\tname\nnrf\torganization\tNorthern Renewal Front\n";
    /// let tables = Tables::builder().entities("mine.tsv", mine).build()?;
    /// let extractor = Extractor::builder().tables(tables).build()?;
    /// assert_eq!(extractor.tables().len(), 1);
    /// # Ok::<(), allonym::Error>(())
    /// ```
    #[must_use]
    pub fn tables(mut self, tables: Tables) -> Self {
        self.tables = Some(tables);
        self
    }

    /// Adds a recognizer to the crate's own.
    #[must_use]
    pub fn recognizer(mut self, recognizer: impl Recognizer + 'static) -> Self {
        self.recognizers.push(Box::new(recognizer));
        self
    }

    /// Leaves out the crate's own recognizers.
    #[must_use]
    pub fn without_own_recognizers(mut self) -> Self {
        self.own = false;
        self
    }

    /// Has another tagger judge what the recognizers found.
    #[must_use]
    pub fn tagger(mut self, tagger: Tagger) -> Self {
        (self.tagger, self.tagged) = (Some(tagger), true);
        self
    }

    /// Has no tagger judge what the recognizers found.
    #[must_use]
    pub fn without_tagger(mut self) -> Self {
        self.tagged = false;
        self
    }

    /// Leaves out the evidence of the document as a whole: each mention is judged by its sentence.
    #[must_use]
    pub fn without_document_evidence(mut self) -> Self {
        self.whole = false;
        self
    }

    /// Makes the extractor.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] when the embedded tables are needed and were edited badly.
    pub fn build(self) -> Result<Extractor, Error> {
        let tables = match &self.tables {
            Some(tables) => tables.clone(),
            None => Tables::try_embedded()?,
        };
        Ok(Self { tables: Some(tables), ..self }.finish())
    }

    fn finish(self) -> Extractor {
        let tables = self.tables.unwrap_or_else(Tables::embedded);
        let mut recognizers: Vec<Box<dyn Recognizer>> = Vec::new();
        if self.own {
            recognizers.push(Box::new(gazetteer::Listed));
            recognizers.push(Box::new(rules::Cued));
            recognizers.push(Box::new(capitals::Capitalized));
        }
        recognizers.extend(self.recognizers);
        let tagger = self.tagged.then(|| self.tagger.unwrap_or_else(Tagger::embedded));
        Extractor { inner: Arc::new(Inner { tables, recognizers, tagger, own: self.own, whole: self.whole }) }
    }
}

impl fmt::Debug for ExtractorBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtractorBuilder").field("own", &self.own).finish_non_exhaustive()
    }
}
