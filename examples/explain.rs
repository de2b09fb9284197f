//! Says why two names are, or are not, one entity in some documents.
//!
//! `cargo run --release --example explain -- examples/articles --pair "Omar Omsin" "Diaby"`

mod common;
#[path = "common/given.rs"]
mod given;
#[path = "common/progress.rs"]
mod progress;

use std::process::ExitCode;

use allonym::Corpus;
use progress::Progress;

const USAGE: &str =
    "explain FILE... --pair \"A\" \"B\" [--decisions FILE.jsonl] [--progress|--quiet] [--tables DIR|none]";

fn main() -> ExitCode {
    common::run(|| {
        let mut options = common::Options::read(USAGE, &["--pair", "--decisions"], &progress::FLAGS)?;
        // The second name follows the option's value as an operand.
        let left = options.value("--pair").ok_or(USAGE)?.to_owned();
        let at = std::env::args().skip_while(|a| a != "--pair" && !a.starts_with("--pair=")).collect::<Vec<_>>();
        let right =
            at.get(if at[0] == "--pair" { 2 } else { 1 }).filter(|r| !r.starts_with("--")).ok_or(USAGE)?.clone();
        if let Some(operand) = options.operands.iter().rposition(|o| *o == right) {
            options.operands.remove(operand);
        }
        if options.operands.is_empty() {
            return Err(USAGE.into());
        }
        let (extractor, resolver) = (options.extractor()?, options.resolver()?);
        let (mut corpus, mut progress) = (Corpus::new(), Progress::new(&options));
        let skipped = given::batches(&options, &extractor, USAGE, given::BATCH, |batch| {
            batch.documents.into_iter().for_each(|document| corpus.push(document));
            progress.at("files", batch.done, batch.of);
        })?;
        print!("{}", resolver.resolve(&corpus).explain(&left, &right));
        Ok(if skipped { common::SKIPPED } else { common::DONE })
    })
}
