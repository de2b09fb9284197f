//! Merges the tables of a folder into one file that [`allonym::Tables::open`] reads without building anything again.
//!
//! `cargo run --release --example build_tables -- data data/tables.bin` makes the file that the crate embeds.

mod common;

use std::process::ExitCode;
use std::time::Instant;

use allonym::Tables;
use common::{DONE, Options};

const USAGE: &str = "usage: build_tables FOLDER FILE";

fn main() -> ExitCode {
    common::run(|| {
        let options = Options::read(USAGE, &[], &[])?;
        let [folder, file] = options.operands.as_slice() else { return Err(USAGE.into()) };
        let begin = Instant::now();
        let tables = Tables::from_dir(folder)?;
        let built = begin.elapsed();
        tables.write_to(file)?;
        let bytes = std::fs::metadata(file)?.len();
        eprintln!("{} entities, {} names, {bytes} bytes; built in {built:.1?}", tables.len(), tables.names());
        Ok(DONE)
    })
}
