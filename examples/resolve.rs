//! Finds people, places and organizations in files and gathers the names of each.
//!
//! `cargo run --release --example resolve -- examples/articles`

mod common;
#[path = "common/given.rs"]
mod given;
#[path = "common/whole.rs"]
mod whole;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use allonym::export;

const USAGE: &str =
    "resolve [--format table|json|html] [--out FILE] [--decisions FILE.jsonl] [--tables DIR|none] PATH...
resolve --mentions FILE.jsonl [--format table|json|html] [--out FILE] [--decisions FILE.jsonl] [--tables DIR|none]

PATH is a file or folder of UTF-8 text, or - for standard input. --decisions is a log of what users decided. html is a
report for a browser, one file. --out is written whole or not at all; without it all goes to standard output.
FILE.jsonl holds another extractor's mentions, a document a line:
{\"id\", \"mentions\": [{\"text\", \"type\": \"PER|LOC|ORG\", \"start\"?, \"end\"?}], \"text\"?}";

fn main() -> ExitCode {
    common::run(|| {
        let options = common::Options::read(USAGE, &["--format", "--out", "--mentions", "--decisions"], &[])?;
        let format = options.value("--format").unwrap_or("table");
        if !matches!(format, "table" | "json" | "html") {
            return Err(format!("--format {format}: unknown format (table, json, html)").into());
        }
        let (extractor, resolver) = (options.extractor()?, options.resolver()?);
        let (corpus, texts, skipped) = given::corpus(&options, &extractor, USAGE)?;
        let resolution = resolver.resolve(&corpus);
        let write = |out: &mut dyn Write| {
            let out = BufWriter::new(out);
            match format {
                "json" => export::json(&corpus, &resolution, out),
                "html" => export::html(&corpus, &resolution, &texts, out),
                _ => export::table(&resolution, out),
            }
        };
        match options.value("--out") {
            Some(out) => {
                whole::write_whole(out, |mut part| Ok(write(&mut part).map(|()| true)?))?;
            }
            None => write(&mut io::stdout().lock())?,
        }
        for block in resolution.capped() {
            eprintln!("{} names share the key {}: too many to compare", block.names, block.key);
        }
        Ok(if skipped { common::SKIPPED } else { common::DONE })
    })
}
