//! Finds people, places and organizations in files and gathers the names of each.
//!
//! `cargo run --release --example resolve -- examples/articles`

mod common;
#[path = "common/given.rs"]
mod given;
#[path = "common/progress.rs"]
mod progress;

use std::io::{self, BufWriter};
use std::process::ExitCode;

use allonym::export;
use allonym::resolve::Intake;

use progress::Progress;

const USAGE: &str = "resolve [--format table|json] [--decisions FILE.jsonl] [--tables DIR|none] PATH...
resolve --mentions FILE.jsonl [--format table|json] [--decisions FILE.jsonl] [--tables DIR|none]

PATH is a file or folder of UTF-8 text, or - for standard input. --decisions is a log of what users decided.
--batch BYTES of text are held at a time (8000000), and single files that are larger. --progress shows on standard error how
far it is, as on a terminal; --quiet shows it nowhere.
FILE.jsonl holds another extractor's mentions, a document a line:
{\"id\", \"mentions\": [{\"text\", \"type\": \"PER|LOC|ORG\", \"start\"?, \"end\"?}], \"text\"?}";

fn main() -> ExitCode {
    common::run(|| {
        let options = common::Options::read(
            USAGE,
            &["--format", "--mentions", "--decisions", "--batch"],
            &["--progress", "--quiet"],
        )?;
        let format = options.value("--format").unwrap_or("table");
        if !matches!(format, "table" | "json") {
            return Err(format!("--format {format}: unknown format (table, json)").into());
        }
        let batch = options.value("--batch").map_or(Ok(given::BATCH), str::parse);
        let batch: usize = batch.map_err(|e| format!("--batch: {e}\n{USAGE}"))?;
        let (extractor, resolver) = (options.extractor()?, options.resolver()?);
        let mut progress = Progress::new(options.flag("--progress")).unless(options.flag("--quiet"));
        // The table is made without knowing where each mention stands.
        let mut intake = if format == "json" { Intake::with_mentions(&resolver) } else { Intake::new(&resolver) };
        let mut mentions = 0;
        let skipped = given::batches(&options, &extractor, USAGE, batch, |batch| {
            intake.add(&batch.documents);
            mentions += batch.documents.iter().map(|document| document.mentions.len()).sum::<usize>();
            progress.at(if batch.of.is_some() { "files" } else { "lines" }, batch.done, batch.of);
        })?;
        progress.say(&format!("{mentions} mentions; gathering them"));
        let gathered = intake.finish();
        progress.say(&format!("{} entities", gathered.entities().len()));
        let out = BufWriter::new(io::stdout().lock());
        match format {
            "json" => export::gathered_json(&gathered, out)?,
            _ => export::gathered_table(&gathered, out)?,
        }
        for block in gathered.capped() {
            eprintln!("{} names share the key {}: too many to compare", block.names, block.key);
        }
        Ok(if skipped { common::SKIPPED } else { common::DONE })
    })
}
