//! Finds people, places and organizations in files and gathers the names of each.
//!
//! `cargo run --release --example resolve -- examples/articles`

mod common;

use std::io::{self, BufWriter};
use std::process::ExitCode;

use allonym::{Corpus, EntityKind, Extraction, Extractor, Mention, Span, export};
use serde::Deserialize;

const USAGE: &str = "resolve [--format table|json] [--tables DIR|none] PATH...
resolve --mentions FILE.jsonl [--format table|json] [--tables DIR|none]

PATH is a file or folder of UTF-8 text, or - for standard input.
FILE.jsonl holds another extractor's mentions, a document a line:
{\"id\", \"mentions\": [{\"text\", \"type\": \"PER|LOC|ORG\", \"start\"?, \"end\"?}], \"text\"?}";

fn main() -> ExitCode {
    common::run(|| {
        let options = common::Options::read(USAGE, &["--format", "--mentions"], &[])?;
        let format = options.value("--format").unwrap_or("table");
        if !matches!(format, "table" | "json") {
            return Err(format!("--format {format}: unknown format (table, json)").into());
        }
        let (extractor, resolver) = (options.extractor()?, options.resolver()?);
        let (corpus, skipped) = match options.value("--mentions") {
            Some(file) => given(file, &extractor)?,
            None if options.operands.is_empty() => return Err(USAGE.into()),
            None => {
                let (texts, skipped) = common::texts(&options.operands);
                let documents = texts.iter().map(|t| extractor.extract(&t.id, &t.text));
                (documents.collect::<Corpus>(), skipped)
            }
        };
        let resolution = resolver.resolve(&corpus);
        let out = BufWriter::new(io::stdout().lock());
        match format {
            "json" => export::json(&corpus, &resolution, out)?,
            _ => export::table(&resolution, out)?,
        }
        for block in resolution.capped() {
            eprintln!("{} names share the key {}: too many to compare", block.names, block.key);
        }
        Ok(if skipped { common::SKIPPED } else { common::DONE })
    })
}

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

/// Reads documents of given mentions; a bad line or mention is named on standard error and skipped.
fn given(file: &str, extractor: &Extractor) -> Result<(Corpus, bool), Box<dyn std::error::Error>> {
    let mut corpus = Corpus::new();
    let mut skipped = false;
    for (i, line) in common::must_read(file)?.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let mut refuse = |reason: String| {
            eprintln!("{file}:{}: {reason}; skipped", i + 1);
            skipped = true;
        };
        match serde_json::from_str::<Given>(line) {
            Ok(given) => corpus.push(document(given, extractor, &mut refuse)),
            Err(error) => refuse(error.to_string()),
        }
    }
    Ok((corpus, skipped))
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
