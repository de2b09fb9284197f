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

use std::ops::Range;
use std::sync::Arc;

use once_cell::sync::OnceCell;

use super::{Candidate, Document, Recognizer};
use crate::error::Error;

mod decode;
mod features;
pub mod labels;
mod model;

use decode::Decoder;
use features::{PLACES, REACH, Scene};
use labels::LABELS;
pub use model::Model;
use model::Sums;

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
/// let extractor = Extractor::builder().without_own_recognizers().recognizer(Tagger::embedded()).build()?;
/// let found = extractor.extract("a", "The girl, Maimouna Firstay, was born in the camp.");
/// assert_eq!(found.mentions[0].surface, "Maimouna Firstay");
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Tagger {
    model: Arc<Model>,
}

impl Tagger {
    /// A tagger with the weights of the crate.
    #[must_use]
    pub fn embedded() -> Self {
        static EMBEDDED: OnceCell<Tagger> = OnceCell::new();
        let model = || Model::from_bytes("data/tagger.bin", WEIGHTS).unwrap_or_else(|_| Model::new(1, [], &[[0.0; LABELS]; LABELS]).0);
        EMBEDDED.get_or_init(|| Self { model: Arc::new(model()) }).clone()
    }

    /// A tagger with other weights.
    #[must_use]
    pub fn new(model: Model) -> Self {
        Self { model: Arc::new(model) }
    }

    /// A tagger with the weights of a file made by [`Model::to_bytes`]; `name` is what errors call it.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] when it is no such file.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        Model::from_bytes(name, bytes).map(Self::new)
    }
}

impl Recognizer for Tagger {
    fn name(&self) -> &'static str {
        "tagger"
    }

    fn recognize(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
        let scene = Scene::new(document);
        let mut sums_of_words: Vec<[Option<Box<Sums>>; PLACES]> = Vec::new();
        sums_of_words.resize_with(scene.words.len(), Default::default);
        let mut decoder = Decoder::default();
        let mut sums: Vec<Sums> = Vec::new();
        let mut sentence = 0;
        scene.runs(|run| {
            let sentences = document.sentences();
            while sentences[sentence].tokens.end <= run.start {
                sentence += 1;
            }
            let tokens = &sentences[sentence].tokens;
            sums.clear();
            for i in run.clone() {
                let mut sum = Sums::default();
                for place in 0..PLACES {
                    match scene.beside(i, place, tokens) {
                        Some(number) => {
                            let cached = &mut sums_of_words[number as usize][place];
                            let word = cached.get_or_insert_with(|| {
                                let mut word = Sums::default();
                                scene.word_features(number, place, |feature| self.model.add(feature, &mut word));
                                Box::new(word)
                            });
                            for (sum, word) in sum.iter_mut().zip(word.iter()) {
                                *sum += word;
                            }
                        }
                        None => self.model.add(outside(place, i + place < tokens.start + REACH), &mut sum),
                    }
                }
                scene.token_features(i, tokens, |feature| self.model.add(feature, &mut sum));
                sums.push(sum);
            }
            decoder.decode(&sums, self.model.transitions(), |found| {
                let span = document.span(&(run.start + found.start..run.start + found.end));
                out.push(Candidate::new(span, found.kind, "tagger", weight(found.margin)));
            });
        });
    }
}

/// A place before or after the sentence.
fn outside(place: usize, before: bool) -> u64 {
    features::mix(u64::from(before), 0xFE << 8 | place as u64)
}

/// A margin in units of the model as evidence in 1/1000 log2 odds.
fn weight(margin: i32) -> i32 {
    // A unit is a sixteenth of a nat, and a nat 1.4427 bits.
    let k: i32 = std::env::var("TK").ok().and_then(|v| v.parse().ok()).unwrap_or(90);
    margin.saturating_mul(k)
}

/// The features of the tokens that may belong to names, run by run, for learning.
///
/// # Cost
///
/// About eighty features a token.
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
    pub fn of(document: &Document<'_>) -> Self {
        let scene = Scene::new(document);
        let mut features = Self::default();
        let mut sentence = 0;
        scene.runs(|run| {
            while document.sentences()[sentence].tokens.end <= run.start {
                sentence += 1;
            }
            let tokens = &document.sentences()[sentence].tokens;
            for i in run.clone() {
                let mut list = Vec::new();
                for place in 0..PLACES {
                    match scene.beside(i, place, tokens) {
                        Some(number) => scene.word_features(number, place, |feature| list.push(feature)),
                        None => list.push(outside(place, i + place < tokens.start + REACH)),
                    }
                }
                scene.token_features(i, tokens, |feature| list.push(feature));
                features.tokens.push(list);
            }
            features.runs.push(run);
        });
        features
    }
}
