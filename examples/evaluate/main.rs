//! Measures extraction, resolution and comparison on gold data.
//!
//! `cargo run --release --example evaluate -- --entities ../shared/gold/seeds.jsonl`

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/csv.rs"]
mod csv;
mod entities;
mod metrics;
mod pairs;
#[path = "../common/progress.rs"]
mod progress;
mod spans;

use std::io;
use std::process::ExitCode;

const USAGE: &str = "evaluate --spans FILE.jsonl... [--show] [--tables DIR|none] [--only rules|tagger] [--sentences]
                                [--weights FILE]
evaluate --entities FILE.jsonl... [--gold-mentions] [--show] [--tables DIR|none]
evaluate --pairs FILE.csv... [--tables DIR|none]

--spans     documents {\"id\",\"text\",\"spans\":[[char_begin,char_end,\"PER|LOC|ORG\"],...]}: exact-span scores
--entities  documents of ../shared/gold's format: mentions and entities, group by group
--pairs     columns type,name1,name2,is_match: scores of the comparison
--show      lists what is wrong
--only      the rules and tables, or the tagger, without the other
--sentences without the evidence of the document as a whole
--weights   other weights for the tagger, as train_tagger writes them
--progress  shows how far it is on standard error, as on a terminal; --quiet shows it nowhere";

/// A measure that the first of its options selects.
const MODES: [&str; 3] = ["--spans", "--entities", "--pairs"];
/// All options that take a value.
const VALUES: [&str; 5] = ["--spans", "--entities", "--pairs", "--only", "--weights"];

fn main() -> ExitCode {
    common::run(|| {
        let options = common::Options::read(
            USAGE,
            &VALUES,
            &[&["--gold-mentions", "--show", "--sentences"], &progress::FLAGS[..]].concat(),
        )?;
        let mode = MODES.into_iter().find(|m| options.value(m).is_some()).ok_or(USAGE)?;
        let first = options.value(mode).map(str::to_owned);
        let files: Vec<String> = first.into_iter().chain(options.operands.iter().cloned()).collect();
        let mut out = io::stdout().lock();
        let mut progress = progress::Progress::new(&options);
        match mode {
            "--spans" => spans::evaluate(&files, &options, &mut progress, &mut out)?,
            "--entities" => entities::evaluate(&files, &options, &mut progress, &mut out)?,
            _ => pairs::evaluate(&files, &options, &mut progress, &mut out)?,
        }
        Ok(common::DONE)
    })
}
