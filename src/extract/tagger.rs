//! A linear tagger: names that no table lists, found by weights that were learned.
//!
//! Each token of a run of capitals gets a label ([`labels`]) by a linear chain: the sum of the learned weights of its
//! features and of label after label, the best labels of a run found by Viterbi's algorithm. The weights are those of a
//! conditional random field (Lafferty, McCallum and Pereira 2001), learned by `examples/train_tagger` from annotated
//! text, a byte each.
//!
//! # Limits
//!
//! It learned from English news, Wikipedia and web text. Outside of runs of capitals, listed names and numbers beside them it
//! finds names only in sentences that are written without capitals.
//!
//! # Examples
//!
//! ```
//! use allonym::Extractor;
//!
//! let with = Extractor::embedded().extract("a", "The girl, Maimouna Firstay, was born in the camp.");
//! assert!(with.mentions[0].sources.iter().any(|source| source.rule.starts_with("tagger")));
//! ```

use std::ops::Range;
use std::sync::Arc;

use once_cell::sync::OnceCell;

use super::gazetteer::{Case, Hit};
use super::select::Said;
use super::{Candidate, Document};
use crate::error::Error;
use crate::mention::EntityKind;

mod decode;
mod features;
mod known;
pub mod labels;
mod model;
mod scene;

use decode::{Chain, Decoder};
use known::{Known, Places, Pool};
use labels::LABELS;
pub use model::Model;
use model::Sums;
use scene::{PLACES, REACH, Scene};

/// The weights of the crate.
const WEIGHTS: &[u8] = include_bytes!("../../data/tagger.bin");

/// Finds names by learned weights.
///
/// # Cost
///
/// Linear in the text; the tokens outside of runs of capitals cost next to nothing.
///
/// # Examples
///
/// ```
/// use allonym::extract::Extractor;
/// use allonym::extract::tagger::Tagger;
///
/// // The tagger alone, without the rules and the gazetteer's own voice.
/// let extractor = Extractor::builder().without_own_recognizers().tagger(Tagger::embedded()).build()?;
/// let found = extractor.extract("a", "The girl, Maimouna Firstay, was born in the camp.");
/// assert_eq!(found.mentions[0].surface, "Maimouna Firstay");
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Tagger {
    model: Arc<Model>,
    chain: Arc<Chain>,
    /// What was summed for the words of earlier documents.
    known: Arc<Pool>,
}

impl Tagger {
    /// A tagger with the weights of the crate.
    #[must_use]
    pub fn embedded() -> Self {
        static EMBEDDED: OnceCell<Tagger> = OnceCell::new();
        let model = || {
            Model::from_bytes("data/tagger.bin", WEIGHTS)
                .unwrap_or_else(|_| Model::new(1, [], &[[0.0; LABELS]; LABELS]).0)
        };
        EMBEDDED.get_or_init(|| Self::new(model())).clone()
    }

    /// A tagger with other weights.
    #[must_use]
    pub fn new(model: Model) -> Self {
        let chain = Arc::new(Chain::new(model.transitions()));
        Self { model: Arc::new(model), chain, known: Arc::default() }
    }

    /// A tagger with the weights of a file made by [`Model::to_bytes`]; `name` is what errors call it.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] when it is no such file.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::extract::tagger::Tagger;
    ///
    /// let refused = Tagger::from_bytes("mine.bin", b"something else").unwrap_err();
    /// assert_eq!(refused.to_string(), "mine.bin:0: no weights of a tagger, or of another version");
    /// ```
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        Model::from_bytes(name, bytes).map(Self::new)
    }
}

impl Tagger {
    /// What the tagger says of a document: of the names that it finds, and apart from that of the spans that others take
    /// for names; both are in order.
    pub(super) fn judge(&self, document: &Document<'_>, spans: &[Said]) -> (Vec<Candidate>, Vec<Candidate>) {
        let (mut found, mut answers) = (Vec::with_capacity(spans.len() / 2), Vec::with_capacity(spans.len()));
        // The tokens of the spans; those whose ends are none of tokens it knows nothing of.
        let mut places = document.tokens_in_order();
        let mut asked = spans.iter().filter_map(|said| Some((places.of(said.span)?, said))).peekable();
        let scene = Scene::new(document);
        let mut work = Work::new(scene.words.len(), self.known.take());
        let mut decoder = Decoder::new(&self.chain);
        let mut sums: Vec<Sums> = Vec::with_capacity(USUAL_RUN);
        scene.runs(false, |run, sentence| {
            sums.clear();
            sums.extend(run.clone().map(|i| self.sum(&scene, i, sentence, &mut work)));
            for name in decoder.decode(&sums) {
                let tokens = run.start + name.tokens.start..run.start + name.tokens.end;
                if may_say(listed(document, &tokens), name.kind, name.margin) {
                    let candidate = Candidate::new(document.span(&tokens), name.kind, "tagger", weight(name.margin));
                    found.push(candidate);
                }
            }
            while let Some((tokens, said)) = asked.next_if(|(tokens, _)| tokens.start < run.end) {
                if tokens.start < run.start || tokens.end > run.end {
                    continue;
                }
                let inside = tokens.start - run.start..tokens.end - run.start;
                let listed = listed(document, &tokens);
                let own = decoder.names().iter().find(|name| name.tokens == inside).map(|name| name.kind);
                for (kind, _) in said.kinds().filter(|(kind, _)| own != Some(*kind)) {
                    let margin = decoder.lack(&sums, &inside, kind);
                    if may_say(listed, kind, margin) {
                        answers.push(Candidate::new(said.span, kind, "tagger", weight(margin)));
                    }
                }
            }
        });
        self.known.give_back(work.known);
        (found, answers)
    }

    /// The sums of a token's weights.
    fn sum(&self, scene: &Scene<'_, '_>, i: usize, sentence: &Range<usize>, work: &mut Work) -> Sums {
        let mut sum = Sums::default();
        for (place, number) in scene.around(i, sentence).into_iter().enumerate() {
            match number {
                Some(number) => {
                    let word = match work.word(number, place) {
                        Some(word) => word,
                        None => &self.word(scene, number, place, work),
                    };
                    for (sum, word) in sum.iter_mut().zip(word) {
                        *sum = sum.wrapping_add(*word);
                    }
                }
                None => self.model.add(&[outside(place, i + place < sentence.start + REACH)], &mut sum),
            }
        }
        work.features.clear();
        scene.token_features(i, sentence, &mut work.features);
        self.model.add(&work.features, &mut sum);
        sum
    }

    /// The sums of a word's weights at a place, kept for when it comes again.
    fn word(&self, scene: &Scene<'_, '_>, number: u32, place: usize, work: &mut Work) -> Sums {
        let at = &mut work.at[number as usize];
        if *at == 0 {
            work.words.push(work.known.of(scene.word_key(number)));
            *at = u32::try_from(work.words.len()).unwrap_or_default();
        }
        let mut sums = Sums::default();
        let Some(word) = work.words.get_mut((*at as usize).wrapping_sub(1)) else { return sums };
        if let Some(own) = word.at(place) {
            return *own;
        }
        work.features.clear();
        scene.word_features(number, place, &mut work.features);
        self.model.add(&work.features, &mut sums);
        work.known.put(word, place, sums);
        sums
    }
}

/// The kind of the first clear name of several words that a list has for exactly these tokens.
fn listed(document: &Document<'_>, tokens: &Range<usize>) -> Option<EntityKind> {
    if tokens.len() < 2 {
        return None;
    }
    let own = |h: &&Hit| h.tokens == *tokens && h.clear && h.case == Case::Name;
    document.hits_in(tokens).iter().find(own).map(|hit| hit.kind)
}

/// Of a name of several words that is listed, and clear, the list knows more than the tagger.
fn may_say(listed: Option<EntityKind>, kind: EntityKind, margin: i32) -> bool {
    listed.is_none_or(|listed| listed == kind && margin > 0)
}

/// Most runs have fewer tokens.
const USUAL_RUN: usize = 32;

/// What is kept while a document is read.
struct Work {
    /// Where the sums of a word stand, from 1; 0 for none yet.
    at: Vec<u32>,
    words: Vec<Places>,
    known: Known,
    /// The features that are looked up next.
    features: Vec<u64>,
}

impl Work {
    fn new(words: usize, known: Known) -> Self {
        Self { at: vec![0; words], words: Vec::with_capacity(words / 2), known, features: Vec::with_capacity(64) }
    }

    /// The sums of a word at a place, if it came before.
    fn word(&self, number: u32, place: usize) -> Option<&Sums> {
        let at = *self.at.get(number as usize)? as usize;
        self.words.get(at.checked_sub(1)?)?.at(place)
    }
}

/// A place before or after the sentence.
fn outside(place: usize, before: bool) -> u64 {
    features::mix(u64::from(before), 0xFE << 8 | place as u64)
}

/// What a unit of a margin is worth, in 1/1000 log2 odds. A sixteenth of a nat is 90 by itself; the sum of the rules says too
/// much for its part, and with 200 both are weighed best on the development texts.
const FOR: i32 = 200;
/// What it is worth when the tagger sees another name, and the most that speaks against one: no tagger knows more than
/// a list of names.
const AGAINST: i32 = 100;
const MOST_AGAINST: i32 = 2_500;

/// A margin in units of the model as evidence in 1/1000 log2 odds.
fn weight(margin: i32) -> i32 {
    if margin < 0 { margin.saturating_mul(AGAINST).max(-MOST_AGAINST) } else { margin.saturating_mul(FOR) }
}

/// The features of the tokens that may belong to names, run by run, for learning.
///
/// # Cost
///
/// About sixty features a token.
///
/// # Examples
///
/// ```
/// use allonym::Extractor;
///
/// let features = Extractor::embedded().features("Selim Vardan left.");
/// assert_eq!(features.runs[0].start, 0); // its first token is the text's
/// assert!(features.tokens[0].len() > 10);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Features {
    /// The tokens of each run, as indices into [`Document::tokens`].
    pub runs: Vec<Range<usize>>,
    /// The features of each token of each run, one after another.
    pub tokens: Vec<Vec<u64>>,
}

impl Features {
    /// The features of a document, as the [`Tagger`] sees them.
    #[must_use]
    pub(super) fn of(document: &Document<'_>) -> Self {
        let scene = Scene::new(document);
        let mut features = Self::default();
        scene.runs(true, |run, sentence| {
            for i in run.clone() {
                let mut list = Vec::new();
                for place in 0..PLACES {
                    match scene.beside(i, place, sentence) {
                        Some(number) => scene.word_features(number, place, &mut list),
                        None => list.push(outside(place, i + place < sentence.start + REACH)),
                    }
                }
                scene.token_features(i, sentence, &mut list);
                features.tokens.push(list);
            }
            features.runs.push(run);
        });
        features
    }
}
