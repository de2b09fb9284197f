//! Finds people, places and organizations in files and gathers the names of each.
//!
//! `cargo run --release --example resolve -- examples/articles`

mod common;
#[path = "common/formats.rs"]
mod formats;
#[path = "common/given.rs"]
mod given;

use std::process::ExitCode;

const USAGE: &str = "resolve [--format FORMAT] [--decisions FILE.jsonl] [--tables DIR|none] PATH...
resolve --mentions FILE.jsonl [--format FORMAT] [--decisions FILE.jsonl] [--tables DIR|none]

PATH is a file or folder of UTF-8 text, or - for standard input. --decisions is a log of what users decided.
FILE.jsonl holds another extractor's mentions, a document a line:
{\"id\", \"mentions\": [{\"text\", \"type\": \"PER|LOC|ORG\", \"start\"?, \"end\"?}], \"text\"?}

FORMAT is table (if none is given), json, jsonl, csv, tsv (mentions), csv-names, tsv-names, ntriples, jsonld, ftm, conll,
brat or displacy. --base IRI is what the IRIs of ntriples and jsonld begin with (urn:allonym:); brat writes a .txt and a
.ann for each document and an annotation.conf into the folder of --out DIR, which must be there.";

fn main() -> ExitCode {
    common::run(|| {
        let options = common::Options::read(USAGE, &["--format", "--mentions", "--decisions", "--base", "--out"], &[])?;
        let format = formats::Format::read(&options)?;
        let (extractor, resolver) = (options.extractor()?, options.resolver()?);
        let (corpus, texts, skipped) = given::corpus(&options, &extractor, USAGE)?;
        let resolution = resolver.resolve(&corpus);
        let left_out = format.write(&corpus, &resolution, &texts)?;
        if left_out > 0 {
            eprintln!("{left_out} mentions have no place in this format and are left out");
        }
        for block in resolution.capped() {
            eprintln!("{} names share the key {}: too many to compare", block.names, block.key);
        }
        Ok(if skipped || left_out > 0 { common::SKIPPED } else { common::DONE })
    })
}
