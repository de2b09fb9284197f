//! Documents to resolve: texts, or the mentions of another extractor, a document a line.

use std::fs::File;
use std::io::{self, BufRead, BufReader};

use allonym::{EntityKind, Extraction, Extractor, Mention, Span};
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

/// So many bytes of text are read and extracted together: enough for all threads.
pub const BATCH: usize = 8_000_000;

/// Some of the documents that the options ask for.
#[allow(dead_code, reason = "not every example quotes texts, or tells how far it is")]
pub struct Batch {
    pub documents: Vec<Extraction>,
    /// Their texts.
    pub texts: Vec<String>,
    /// How many files, or lines of given mentions, were looked at by now, and of how many, if that is known.
    pub done: usize,
    pub of: Option<usize>,
}

/// Makes the documents that the options ask for, so many bytes at a time: those of `--mentions`, else those of the
/// operands. Says whether anything was skipped.
pub fn batches(
    options: &common::Options,
    extractor: &Extractor,
    usage: &str,
    bytes: usize,
    mut each: impl FnMut(Batch),
) -> Result<bool, Box<dyn std::error::Error>> {
    match options.value("--mentions") {
        Some(file) => given(file, extractor, bytes, each),
        None if options.operands.is_empty() => Err(usage.into()),
        None => Ok(common::batches(&options.operands, bytes, |texts, done, of| {
            let pairs: Vec<(&str, &str)> = texts.iter().map(|t| (t.id.as_str(), t.text.as_str())).collect();
            let documents = extractor.extract_all(&pairs);
            let texts = texts.into_iter().map(|t| t.text).collect();
            each(Batch { documents, texts, done, of: Some(of) });
        })),
    }
}

/// Reads documents of given mentions, a line each; a bad line or mention is named on standard error and skipped.
fn given(
    file: &str,
    extractor: &Extractor,
    bytes: usize,
    mut each: impl FnMut(Batch),
) -> Result<bool, Box<dyn std::error::Error>> {
    let fault = |reason: String| format!("{file}: {reason}");
    let mut lines: Box<dyn BufRead> = match file {
        "-" => Box::new(io::stdin().lock()),
        _ => Box::new(BufReader::new(File::open(file).map_err(|e| fault(e.to_string()))?)),
    };
    let mut batch = Batch { documents: Vec::new(), texts: Vec::new(), done: 0, of: None };
    let (mut line, mut at, mut size, mut skipped) = (Vec::new(), 0, 0, false);
    while lines.read_until(b'\n', &mut line).map_err(|e| fault(e.to_string()))? > 0 {
        batch.done += 1;
        let number = batch.done;
        let text = str::from_utf8(&line)
            .map_err(|e| fault(format!("line {number}: not UTF-8 (byte {})", at + e.valid_up_to())))?;
        let mut refuse = |reason: String| {
            eprintln!("{file}:{number}: {reason}; skipped");
            skipped = true;
        };
        match serde_json::from_str::<Given>(text.trim_end_matches(['\n', '\r'])) {
            _ if text.trim().is_empty() => {}
            Ok(given) => {
                let (document, text) = document(given, extractor, &mut refuse);
                batch.documents.push(document);
                batch.texts.push(text);
            }
            Err(error) => refuse(error.to_string()),
        }
        at += line.len();
        size += line.len();
        line.clear();
        if size >= bytes {
            let (documents, texts) = (std::mem::take(&mut batch.documents), std::mem::take(&mut batch.texts));
            each(Batch { documents, texts, ..batch });
            size = 0;
        }
    }
    each(batch);
    Ok(skipped)
}

/// A document of given mentions, and its text; what is wrong with one of them is passed on, and the others stay.
fn document(given: Given, extractor: &Extractor, refuse: &mut impl FnMut(String)) -> (Extraction, String) {
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
    let document = extractor.read_claims(&given.id, text, mentions);
    (document, given.text.unwrap_or_default())
}
