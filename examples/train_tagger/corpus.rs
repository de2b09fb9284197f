//! Annotated documents as runs of tokens with features and labels.

use std::error::Error;
use std::fs;
use std::path::Path;

use allonym::extract::Extractor;
use allonym::extract::tagger::Features;
use allonym::extract::tagger::labels::{OUTSIDE, Place, label};
use allonym::token::Tokenized;
use allonym::{EntityKind, Tables};
use serde::Deserialize;

/// The files, and how much each counts: machine labels half, tweets and forums a little more, as they teach what is no
/// name. More and less were no better on the development texts.
const FILES: [(&str, f32); 7] = [
    ("crossner_politics", 1.0),
    ("ewt", 1.0),
    ("gmb", 0.5),
    ("gum", 1.0),
    ("tweets_btc", 0.6),
    ("wikigold", 1.0),
    ("wnut17", 0.6),
];

#[derive(Deserialize)]
struct Annotated {
    text: String,
    spans: Vec<(usize, usize, String)>,
}

/// A run of tokens.
pub struct Run {
    /// The features of each token, as indices.
    pub features: Vec<Vec<u32>>,
    pub labels: Vec<usize>,
    pub share: f32,
    /// Labelled by a machine.
    pub silver: bool,
}

/// A run as it is read, its features as hashes.
struct RawRun {
    features: Vec<Vec<u64>>,
    labels: Vec<usize>,
    share: f32,
    silver: bool,
}

pub struct Corpus {
    pub runs: Vec<Run>,
    pub hashes: Vec<u64>,
    pub counts: Vec<u32>,
}

/// How a document is written out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Own,
    Lower,
    Upper,
}

impl Corpus {
    /// Reads the files of a folder; features that were met less than `least` times are left out, and `alone` leaves
    /// out what the rules find.
    pub fn read(folder: &str, least: u32, alone: bool) -> Result<Self, Box<dyn Error>> {
        let extractor = |tables: Tables| {
            let builder = Extractor::builder().tables(tables);
            if alone { builder.without_own_recognizers().build() } else { builder.build() }
        };
        let (full, bare) = (extractor(Tables::embedded())?, extractor(Tables::none())?);
        let mut raw: Vec<RawRun> = Vec::new();
        for (file, share) in FILES {
            let path = Path::new(folder).join(format!("{file}.jsonl"));
            let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            let (mut lost, mut all) = (0, 0);
            let sentences: Vec<Annotated> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
            let documents = if file == "gmb" { join(sentences) } else { sentences };
            for (number, annotated) in documents.into_iter().enumerate() {
                // Some are read without tables, some again in small letters or in capitals, so that it learns to do
                // without what they tell.
                let extractor = if number % 10 < 4 { &bare } else { &full };
                let mut cases = vec![Case::Own];
                match number % 20 {
                    1 => cases.push(Case::Lower),
                    2 => cases.push(Case::Upper),
                    _ => {}
                }
                for case in cases {
                    let Some(text) = recased(&annotated.text, case) else { continue };
                    let features = extractor.features(&text);
                    let tokens: Vec<(usize, usize)> =
                        Tokenized::new(&text).tokens().iter().map(|t| (t.span.start, t.span.end)).collect();
                    let (found, missed) = (
                        annotated.spans.len(),
                        label_runs(&text, &annotated, features, &tokens, (share, file == "gmb"), &mut raw),
                    );
                    if case == Case::Own {
                        (all, lost) = (all + found, lost + missed);
                    }
                }
            }
            eprintln!("{file}: {all} names, {lost} that no run holds");
        }
        Ok(Self::index(raw, least))
    }

    /// Numbers the features that were met often enough.
    fn index(raw: Vec<RawRun>, least: u32) -> Self {
        let mut all: Vec<u64> = raw.iter().flat_map(|run| run.features.iter().flatten().copied()).collect();
        all.sort_unstable();
        let counted = all.chunk_by(|a, b| a == b).map(|same| (same[0], u32::try_from(same.len()).unwrap_or(u32::MAX)));
        let (hashes, counts): (Vec<u64>, Vec<u32>) = counted.filter(|(_, count)| *count >= least).unzip();
        let number = |hash: &u64| hashes.binary_search(hash).ok().and_then(|at| u32::try_from(at).ok());
        let runs = raw.into_iter().map(|run| Run {
            features: run.features.iter().map(|token| token.iter().filter_map(number).collect()).collect(),
            labels: run.labels,
            share: run.share,
            silver: run.silver,
        });
        Self { runs: runs.collect(), hashes: hashes.clone(), counts }
    }

    pub fn tokens(&self) -> usize {
        self.runs.iter().map(|run| run.labels.len()).sum()
    }
}

/// So many sentences of a source that tells no documents are joined to one, every other time: those that follow each other
/// there mostly did so in the news, and what a document shows of a name is learned from documents.
const JOINED: usize = 8;

fn join(sentences: Vec<Annotated>) -> Vec<Annotated> {
    let mut documents: Vec<Annotated> = Vec::new();
    for (i, sentence) in sentences.into_iter().enumerate() {
        let block = i / JOINED;
        if block.is_multiple_of(2) || i.is_multiple_of(JOINED) {
            documents.push(sentence);
        } else if let Some(last) = documents.last_mut() {
            last.text.push(' ');
            let shift = last.text.chars().count();
            last.text.push_str(&sentence.text);
            last.spans.extend(sentence.spans.into_iter().map(|(start, end, code)| (start + shift, end + shift, code)));
        }
    }
    documents
}

/// A text in another case, if that has as many characters.
fn recased(text: &str, case: Case) -> Option<String> {
    let one = |mut chars: Box<dyn Iterator<Item = char>>| {
        let first = chars.next()?;
        chars.next().is_none().then_some(first)
    };
    match case {
        Case::Own => Some(text.to_owned()),
        Case::Lower => text.chars().map(|c| one(Box::new(c.to_lowercase()))).collect(),
        Case::Upper => text.chars().map(|c| one(Box::new(c.to_uppercase()))).collect(),
    }
}

/// Adds the runs of a document; how many of its names no run holds.
fn label_runs(
    text: &str,
    annotated: &Annotated,
    features: Features,
    tokens: &[(usize, usize)],
    (share, silver): (f32, bool),
    raw: &mut Vec<RawRun>,
) -> usize {
    let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    places.push(text.len());
    let mut labels = vec![OUTSIDE; tokens.len()];
    let mut lost = 0;
    for (start, end, code) in &annotated.spans {
        let Ok(kind) = code.parse::<EntityKind>() else { continue };
        let (start, end) = (places[*start], places[*end]);
        let first = tokens.iter().position(|t| t.0 == start);
        let last = tokens.iter().position(|t| t.1 == end);
        let run = first.zip(last).filter(|(first, last)| {
            first <= last && features.runs.iter().any(|run| run.start <= *first && *last < run.end)
        });
        let Some((first, last)) = run else {
            lost += 1;
            continue;
        };
        for (i, own) in labels.iter_mut().enumerate().take(last + 1).skip(first) {
            *own = label(kind, Place::of(i == first, i == last));
        }
    }
    let mut rest = features.tokens.into_iter();
    for run in features.runs {
        let features = rest.by_ref().take(run.len()).collect();
        raw.push(RawRun { features, labels: labels[run].to_vec(), share, silver });
    }
    lost
}
