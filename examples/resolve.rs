//! Finds people, places and organizations in files and gathers the names of each.
//!
//! `cargo run --release --example resolve -- examples/articles`

mod common;
#[path = "common/given.rs"]
mod given;

use std::io::{self, BufWriter};
use std::process::ExitCode;

use allonym::export;

const USAGE: &str = "resolve [--format table|json] [--decisions FILE.jsonl] [--tables DIR|none] PATH...
resolve --mentions FILE.jsonl [--format table|json] [--decisions FILE.jsonl] [--tables DIR|none]

PATH is a file or folder of UTF-8 text, or - for standard input. --decisions is a log of what users decided.
FILE.jsonl holds another extractor's mentions, a document a line:
{\"id\", \"mentions\": [{\"text\", \"type\": \"PER|LOC|ORG\", \"start\"?, \"end\"?}], \"text\"?}";

fn main() -> ExitCode {
    common::run(|| {
        let options = common::Options::read(USAGE, &["--format", "--mentions", "--decisions"], &[])?;
        let format = options.value("--format").unwrap_or("table");
        if !matches!(format, "table" | "json") {
            return Err(format!("--format {format}: unknown format (table, json)").into());
        }
        let (extractor, resolver) = (options.extractor()?, options.resolver()?);
        let (corpus, _, skipped) = given::corpus(&options, &extractor, USAGE)?;
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
