//! Finds people, places and organizations in files and gathers the names of each.
//!
//! `cargo run --release --example resolve -- examples/articles`

mod common;
#[path = "common/formats.rs"]
mod formats;
#[path = "common/given.rs"]
mod given;
#[path = "common/paint.rs"]
mod paint;
#[path = "common/progress.rs"]
mod progress;
#[path = "common/whole.rs"]
mod whole;

use std::process::ExitCode;

use allonym::Corpus;
use allonym::resolve::{CappedBlock, Intake};

use formats::Format;
use progress::Progress;

const USAGE: &str = "resolve [--format FORMAT] [--out FILE] [--decisions FILE.jsonl] [--tables DIR|none] PATH...
resolve --mentions FILE.jsonl [--format FORMAT] [--out FILE] [--decisions FILE.jsonl] [--tables DIR|none]

PATH is a file or folder of UTF-8 text, or - for standard input. --decisions is a log of what users decided.
--batch BYTES of text are held at a time (8000000), and single files that are larger. --progress shows on standard error how
far it is, as on a terminal; --quiet shows it nowhere.
FILE.jsonl holds another extractor's mentions, a document a line:
{\"id\", \"mentions\": [{\"text\", \"type\": \"PER|LOC|ORG\", \"start\"?, \"end\"?}], \"text\"?}

FORMAT is table (if none is given), html (a report for a browser, one file), json, jsonl, csv, tsv (mentions), csv-names,
tsv-names, ntriples, jsonld, ftm, conll, brat or displacy. --out is written whole or not at all; without it all goes to
standard output, a terminal's in colours (not with NO_COLOR). --base IRI is what the IRIs of ntriples and jsonld begin with (urn:allonym:); brat writes a .txt and a .ann
for each document and an annotation.conf into the folder of --out DIR, which must be there.";

fn main() -> ExitCode {
    common::run(|| {
        let options = common::Options::read(
            USAGE,
            &["--format", "--mentions", "--decisions", "--base", "--out", "--batch"],
            &progress::FLAGS,
        )?;
        let format = Format::read(&options)?;
        let batch = options.value("--batch").map_or(Ok(given::BATCH), str::parse);
        let batch: usize = batch.map_err(|e| format!("--batch: {e}\n{USAGE}"))?;
        let (extractor, resolver) = (options.extractor()?, options.resolver()?);
        let mut progress = Progress::new(&options);
        let mut mentions = 0;
        let mut read = |take: &mut dyn FnMut(given::Batch)| {
            given::batches(&options, &extractor, USAGE, batch, |batch| {
                mentions += batch.documents.iter().map(|document| document.mentions.len()).sum::<usize>();
                progress.at(if batch.of.is_some() { "files" } else { "lines" }, batch.done, batch.of);
                take(batch);
            })
        };
        let mut left_out = 0;
        let skipped = if format.needs_documents() {
            let (mut corpus, mut texts) = (Corpus::new(), Vec::new());
            let skipped = read(&mut |batch| {
                batch.documents.into_iter().for_each(|document| corpus.push(document));
                texts.extend(batch.texts.into_iter().filter(|_| format.needs_texts()));
            })?;
            progress.say(&format!("{mentions} mentions; gathering them"));
            let resolution = resolver.resolve(&corpus);
            progress.say(&format!("{} entities", resolution.entities().len()));
            left_out = format.write(&corpus, &resolution, &texts)?;
            tell(resolution.capped());
            skipped
        } else {
            let mut intake =
                if format.needs_mentions() { Intake::with_mentions(&resolver) } else { Intake::new(&resolver) };
            let skipped = read(&mut |batch| intake.add(&batch.documents))?;
            progress.say(&format!("{mentions} mentions; gathering them"));
            let gathered = intake.finish();
            progress.say(&format!("{} entities", gathered.entities().len()));
            format.write_gathered(&gathered)?;
            tell(gathered.capped());
            skipped
        };
        if left_out > 0 {
            eprintln!("{left_out} mentions have no place in this format and are left out");
        }
        Ok(if skipped || left_out > 0 { common::SKIPPED } else { common::DONE })
    })
}

fn tell(capped: &[CappedBlock]) {
    for block in capped {
        eprintln!("{} names share the key {}: too many to compare", block.names, block.key);
    }
}
