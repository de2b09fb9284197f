//! Counts which words running text writes in lower case, and writes `data/common_words.tsv`.
//!
//! `cargo run --release --example list_common_words -- ../shared/corpora/train > data/common_words.tsv`

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};

use allonym::token::{Shape, Style, TokenKind, Tokenized};

/// The sources whose casing is that of edited text.
const EDITED: [&str; 5] = ["crossner_politics", "ewt", "gmb", "gum", "wikigold"];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("give the folder of training texts")?;
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for source in EDITED {
        let text = fs::read_to_string(format!("{folder}/{source}.jsonl"))?;
        for line in text.lines() {
            let document: serde_json::Value = serde_json::from_str(line)?;
            count(document["text"].as_str().unwrap_or_default(), &mut counts);
        }
    }
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "word\tlower\tcapital")?;
    for (word, (lower, capital)) in counts {
        // Twice is no slip; and a word that has a capital more often than not is a name.
        if lower >= 2 && lower >= capital {
            writeln!(out, "{word}\t{lower}\t{capital}")?;
        }
    }
    Ok(out.flush()?)
}

/// Counts each word's occurrences in lower case, and with a capital where no sentence begins.
fn count(text: &str, counts: &mut BTreeMap<String, (u32, u32)>) {
    let tokenized = Tokenized::new(text);
    for sentence in tokenized.sentences().iter().filter(|s| s.style == Style::Plain) {
        for (i, token) in tokenized.tokens()[sentence.tokens.clone()].iter().enumerate() {
            let word = &text[token.span];
            if token.kind != TokenKind::Word || !word.bytes().all(|b| b.is_ascii_alphabetic()) || word.len() < 2 {
                continue;
            }
            let (lower, capital) = match token.shape {
                Shape::Lower => (1, 0),
                Shape::Capital if i > 0 => (0, 1),
                _ => continue,
            };
            let entry = counts.entry(word.to_ascii_lowercase()).or_default();
            *entry = (entry.0 + lower, entry.1 + capital);
        }
    }
}
