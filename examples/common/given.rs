//! Documents to resolve: texts, or the mentions of another extractor, a document a line.

use allonym::{Corpus, EntityKind, Extraction, Extractor, Mention, Span};
use serde::Deserialize;

use crate::common;

#[derive(Deserialize)]
struct Given {
    id: String,
    mentions: Vec<GivenMention>,
    text: Option<String>,
}

#[derive(Deserialize)]
struct GivenMention {
    text: String,
    r#type: String,
    /// Offsets in characters.
    start: Option<usize>,
    end: Option<usize>,
}

/// The documents that the options ask for, their texts, and whether anything was skipped: those of `--mentions`, else
/// those of the operands.
pub fn corpus(
    options: &common::Options,
    extractor: &Extractor,
    usage: &str,
) -> Result<(Corpus, Vec<String>, bool), Box<dyn std::error::Error>> {
    match options.value("--mentions") {
        Some(file) => given(file, extractor),
        None if options.operands.is_empty() => Err(usage.into()),
        None => {
            let (texts, skipped) = common::texts(&options.operands);
            let documents = texts.iter().map(|t| extractor.extract(&t.id, &t.text)).collect();
            Ok((documents, texts.into_iter().map(|t| t.text).collect(), skipped))
        }
    }
}

/// Reads documents of given mentions; a bad line or mention is named on standard error and skipped.
fn given(file: &str, extractor: &Extractor) -> Result<(Corpus, Vec<String>, bool), Box<dyn std::error::Error>> {
    let (mut corpus, mut texts) = (Corpus::new(), Vec::new());
    let mut skipped = false;
    for (i, line) in common::must_read(file)?.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let mut refuse = |reason: String| {
            eprintln!("{file}:{}: {reason}; skipped", i + 1);
            skipped = true;
        };
        match serde_json::from_str::<Given>(line) {
            Ok(given) => {
                texts.push(given.text.clone().unwrap_or_default());
                corpus.push(document(given, extractor, &mut refuse));
            }
            Err(error) => refuse(error.to_string()),
        }
    }
    Ok((corpus, texts, skipped))
}

/// A document of given mentions; what is wrong with one of them is passed on, and the others stay.
fn document(given: Given, extractor: &Extractor, refuse: &mut impl FnMut(String)) -> Extraction {
    let text = given.text.as_deref().unwrap_or_default();
    // Where each character begins, and where the last one ends.
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut mentions = Vec::with_capacity(given.mentions.len());
    for mention in given.mentions {
        let kind: EntityKind = match mention.r#type.parse() {
            Ok(kind) => kind,
            Err(error) => {
                refuse(format!("mention '{}': {error}", mention.text));
                continue;
            }
        };
        let mut made = Mention::new(mention.text.as_str(), kind);
        if let (Some(start), Some(end), Some(_)) = (mention.start, mention.end, &given.text) {
            match starts.get(start).zip(starts.get(end)).filter(|(s, e)| s <= e) {
                Some((&start, &end)) => made = made.at(Span::new(start, end)),
                None => refuse(format!("mention '{}': {start} to {end} lies outside the text", mention.text)),
            }
        }
        mentions.push(made);
    }
    extractor.read_claims(&given.id, text, mentions)
}
