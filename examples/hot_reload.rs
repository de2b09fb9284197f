//! A service whose tables change while it reads: extractors are swapped, and no reader waits or sees half of a table.
//!
//! `cargo run --release --example hot_reload` keeps tables in a file of the system's folder for such files, has two readers
//! extract the sample articles, and puts people into the tables and takes them out meanwhile. Each time it writes the file,
//! opens it as another process would, and swaps the extractor.

mod common;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use allonym::tables::{Alias, AliasSort, TableEntity};
use allonym::{EntityKind, Error, Extractor, Tables};
use arc_swap::ArcSwap;
use common::{DONE, Options};

const USAGE: &str = "usage: hot_reload [--tables DIR|FILE|none]";
const TEXT: &str = "Salim Darwish, a trader in Harem, said that Fadi Marun had left. Marun could not be reached.";
/// How often the tables change.
const CHANGES: usize = 10;

fn main() -> ExitCode {
    common::run(|| {
        let options = Options::read(USAGE, &[], &[])?;
        let file = std::env::temp_dir().join(format!("allonym-hot-reload-{}.bin", std::process::id()));
        let extractor = |tables: Tables| Extractor::builder().tables(tables).build();
        let mut tables = options.tables()?;
        let live = ArcSwap::from_pointee(extractor(tables.clone())?);
        let (done, texts) = (AtomicBool::new(false), AtomicUsize::new(0));
        let reader = || {
            while !done.load(Ordering::Acquire) {
                // The whole text is read with the tables that were in force when it began.
                let extractor = live.load_full();
                std::hint::black_box(extractor.extract("text", TEXT));
                texts.fetch_add(1, Ordering::Relaxed);
            }
        };
        std::thread::scope(|scope| -> Result<(), Error> {
            let readers = [scope.spawn(reader), scope.spawn(reader)];
            let mut change = |turn: usize| {
                let builder = tables.to_builder();
                let builder =
                    if turn.is_multiple_of(2) { builder.upsert(marun()) } else { builder.remove("fadi-marun") };
                let begin = Instant::now();
                builder.build()?.write_to(&file)?;
                tables = Tables::open(&file)?;
                live.store(Arc::new(extractor(tables.clone())?));
                println!("{:>6} entities, changed, written and opened in {:.0?}", tables.len(), begin.elapsed());
                Ok(())
            };
            let changed = (0..CHANGES).try_for_each(&mut change);
            done.store(true, Ordering::Release);
            for reader in readers {
                // A reader that failed has said so itself.
                let _ = reader.join();
            }
            changed
        })?;
        println!("{} texts were read meanwhile", texts.load(Ordering::Relaxed));
        std::fs::remove_file(&file)?;
        Ok(DONE)
    })
}

/// Somebody whom the tables learn of.
fn marun() -> TableEntity {
    let mut marun = TableEntity::new("fadi-marun", EntityKind::Person, "Fadi Marun");
    marun.aliases.push(Alias::new("Abu Talal", AliasSort::NomDeGuerre));
    marun
}
