//! Names that the documents themselves give to an entity, as proposals for a table.

use std::collections::{BTreeMap, BTreeSet};

use super::{MentionRef, Resolution};
use crate::mention::{Corpus, EntityKind, Relation};
use crate::name::fold;
use crate::tables::AliasSort;

/// A name that documents say an entity has, and that its table row lacks. It changes nothing until a user promotes it to a row of a table.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, Extractor, Relation, Resolver};
///
/// let text = "The Front for Northern Renewal (FNR) agreed.";
/// let corpus: Corpus = [Extractor::embedded().extract("a", text)].into_iter().collect();
/// let proposals = Resolver::embedded().resolve(&corpus).proposals(&corpus);
/// assert_eq!((proposals[0].alias.as_str(), proposals[0].relation), ("FNR", Relation::Acronym));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Proposal {
    /// The id of the entity.
    pub entity: String,
    /// Its kind.
    pub kind: EntityKind,
    /// Its canonical name.
    pub name: String,
    /// The name proposed.
    pub alias: String,
    /// The name beside which the documents give it.
    pub beside: String,
    /// What they say: that both are one, or that one abbreviates the other.
    pub relation: Relation,
    /// How many documents say so.
    pub documents: usize,
    /// The id of the first of them, in the order of ids.
    pub document: String,
    /// Its sentence.
    pub sentence: String,
}

impl Proposal {
    /// The proposal as rows of an entity table: the canonical name, and the alias of this sort, with the document as its
    /// source. What the tables have already they take a second time without harm.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::tables::AliasSort;
    /// use allonym::{Corpus, Extractor, Resolver, Tables};
    ///
    /// let text = "In Harim, fighters of Omar Varsi, better known as “Abu Kalin”, refused to leave.";
    /// let corpus: Corpus = [Extractor::embedded().extract("daily", text)].into_iter().collect();
    /// let proposals = Resolver::embedded().resolve(&corpus).proposals(&corpus);
    /// let mut table = "id\tkind\tsort\tname\tsource\n".to_owned();
    /// table += &proposals[0].to_rows(AliasSort::NomDeGuerre);
    /// assert!(Tables::builder().entities("mine.tsv", &table).build().is_ok());
    /// ```
    #[must_use]
    pub fn to_rows(&self, sort: AliasSort) -> String {
        // A tab or line break of a name or id would end its field.
        let field = |text: &str| text.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ");
        let row = |sort: AliasSort, name: &str| {
            let (id, source) = (field(&self.entity), field(&self.document));
            format!("{id}\t{}\t{}\t{}\t{source}\n", self.kind, sort.word(), field(name))
        };
        row(AliasSort::Canonical, &self.name) + &row(sort, &self.alias)
    }
}

/// What is gathered of a proposal: the documents that say so, and the sentence of the first.
type Said<'c> = BTreeMap<&'c str, &'c str>;

impl Resolution {
    /// The names that the documents' sentences give to entities (`A, better known as B`; `A (ACR)`), those that most
    /// documents give first. The corpus is the one that was resolved.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::{Corpus, Extractor, Resolver};
    ///
    /// let text = "Omar Varsi, better known as Abu Kalin, left.";
    /// let corpus: Corpus = [Extractor::embedded().extract("a", text)].into_iter().collect();
    /// for proposal in Resolver::embedded().resolve(&corpus).proposals(&corpus) {
    ///     println!("{} beside {}: “{}”", proposal.alias, proposal.beside, proposal.sentence);
    /// }
    /// ```
    #[must_use]
    pub fn proposals(&self, corpus: &Corpus) -> Vec<Proposal> {
        let mut said: BTreeMap<(usize, String, String, Relation), Said<'_>> = BTreeMap::new();
        let mut shown: BTreeMap<(usize, String), BTreeSet<&str>> = BTreeMap::new();
        for (d, document) in corpus.documents().iter().enumerate() {
            for claim in document.claims.iter().filter(|claim| claim.relation.joins()) {
                let place = |mention| self.place_of(MentionRef { document: d, mention });
                let (Some(entity), Some(other)) = (place(claim.left), place(claim.right)) else { continue };
                let surface = |m: usize| document.mentions[m].surface.as_str();
                let (left, right) = (surface(claim.left), surface(claim.right));
                if entity != other || fold(left) == fold(right) {
                    continue;
                }
                shown.entry((entity, fold(left))).or_default().insert(left);
                shown.entry((entity, fold(right))).or_default().insert(right);
                let sentences = said.entry((entity, fold(left), fold(right), claim.relation)).or_default();
                sentences.entry(&document.id).or_insert(&claim.sentence);
            }
        }
        let mut out: Vec<Proposal> = Vec::new();
        for ((place, left, right, relation), sentences) in said {
            let entity = &self.entities[place];
            let Some((document, sentence)) = sentences.first_key_value() else { continue };
            let surface = |folded: &str| {
                let first = shown.get(&(place, folded.to_owned())).and_then(BTreeSet::first);
                first.map_or_else(String::new, |s| (*s).to_owned())
            };
            // What is proposed is the name that is not the entity's canonical one.
            let (beside, alias) = if right == fold(&entity.name) { (&right, &left) } else { (&left, &right) };
            out.push(Proposal {
                entity: entity.id.clone(),
                kind: entity.kind,
                name: entity.name.clone(),
                alias: surface(alias),
                beside: surface(beside),
                relation,
                documents: sentences.len(),
                document: (*document).to_owned(),
                sentence: (*sentence).to_owned(),
            });
        }
        out.sort_by_key(|p| (std::cmp::Reverse(p.documents), p.entity.clone(), p.alias.clone(), p.beside.clone()));
        out
    }

    /// The place of a mention's entity.
    pub(crate) fn place_of(&self, mention: MentionRef) -> Option<usize> {
        *self.of.get(mention.document)?.get(mention.mention)?
    }
}
