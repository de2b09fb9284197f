//! Keeps the entities of documents that come and go in a file, and says what becomes of them.
//!
//! `cargo run --release --example index -- --file news.index examples/articles`

mod common;
#[path = "common/given.rs"]
mod given;
#[path = "common/paint.rs"]
mod paint;
#[path = "common/progress.rs"]
mod progress;

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use allonym::export;
use allonym::resolve::{Decision, Index};

use paint::Painted;
use progress::Progress;

const USAGE: &str = "index --file FILE [--remove ID]... [--decide JSON]... [--show] [--progress|--quiet] [--tables DIR|none] [PATH...]

Adds the texts of PATH to the index in FILE, or puts them in the place of those of the same path; removes documents; takes
decisions, each a line as `review` prints them. FILE is made when it is not there, and written when all is done.
What becomes of the entities comes out as JSON lines; with --show the entities instead.";

fn main() -> ExitCode {
    common::run(|| {
        let options = common::Options::read(
            USAGE,
            &["--file", "--remove", "--decide"],
            &[&["--show"], &progress::FLAGS[..]].concat(),
        )?;
        let file = Path::new(options.value("--file").ok_or(USAGE)?);
        let resolver = options.resolver()?;
        let mut index = if file.try_exists()? { Index::load(file, &resolver)? } else { Index::new(&resolver) };
        let mut changes = Vec::new();
        for id in options.values("--remove") {
            changes.extend(index.remove(id)?);
        }
        let mut skipped = false;
        if !options.operands.is_empty() {
            let extractor = options.extractor()?;
            let mut progress = Progress::new(&options);
            skipped = given::batches(&options, &extractor, USAGE, given::BATCH, |batch| {
                let before = batch.done.saturating_sub(batch.documents.len());
                for (i, document) in batch.documents.into_iter().enumerate() {
                    changes.extend(index.replace(document));
                    progress.at("files", before + i + 1, batch.of);
                }
            })?;
        }
        for line in options.values("--decide") {
            let decision: Decision = serde_json::from_str(line).map_err(|e| format!("--decide {line}: {e}"))?;
            changes.extend(index.decide(decision)?);
        }
        index.save(file)?;
        let mut out = BufWriter::new(io::stdout().lock());
        if options.flag("--show") {
            export::table(&index.resolution(), Painted::new(&mut out, paint::wanted()))?;
        } else {
            for change in changes {
                writeln!(out, "{}", serde_json::to_string(&change)?)?;
            }
        }
        out.flush()?;
        Ok(if skipped { common::SKIPPED } else { common::DONE })
    })
}
