//! Counts what is in tables, and lists what is wrong with them beyond what their reader refuses.
//!
//! `cargo run --release --example audit -- data` counts and checks the crate's own tables.

mod common;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use allonym::audit::audit;
use common::{DONE, Options, SKIPPED};

const USAGE: &str = "usage: audit FOLDER|FILE.tsv...";

fn main() -> ExitCode {
    common::run(|| {
        let options = Options::read(USAGE, &[], &[])?;
        if options.operands.is_empty() {
            return Err(USAGE.into());
        }
        let mut files = Vec::new();
        for operand in &options.operands {
            gather(Path::new(operand), &mut files).map_err(|e| format!("{operand}: {e}"))?;
        }
        let mut sheets: Vec<(String, String)> = Vec::new();
        for path in &files {
            let text = common::read(path).map_err(|reason| format!("{}: {reason}", path.display()))?;
            sheets.push((path.to_string_lossy().into_owned(), text));
        }
        let mut out = BufWriter::new(io::stdout().lock());
        writeln!(out, "{:<40} {:>9} {:>9}", "table", "entities", "rows")?;
        let (mut entities, mut rows) = (0, 0);
        for (file, text) in &sheets {
            let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
            let sort = header.iter().position(|c| *c == "sort").filter(|_| header[0] == "id");
            let of_entities = |at: usize| lines.clone().filter(|l| l.split('\t').nth(at) == Some("canonical")).count();
            let (own, all) = (sort.map(of_entities), lines.clone().count());
            writeln!(out, "{file:<40} {:>9} {all:>9}", own.map_or_else(String::new, |own| own.to_string()))?;
            if header[0] == "id" {
                (entities, rows) = (entities + own.unwrap_or_default(), rows + all);
            }
        }
        writeln!(out, "{:<40} {entities:>9} {rows:>9}", "tables of entities")?;
        let of_entities = sheets.iter().filter(|(_, text)| text.trim_start_matches('\u{feff}').starts_with("id\t"));
        let found = audit(of_entities.map(|(file, text)| (file.as_str(), text.as_str())))?;
        for finding in &found {
            writeln!(out, "{finding}")?;
        }
        writeln!(out, "{} findings", found.len())?;
        out.flush()?;
        Ok(if found.is_empty() { DONE } else { SKIPPED })
    })
}

/// The tables of a folder and its folders, by name.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() || entry.extension().is_some_and(|e| e == "tsv") {
            gather(&entry, files)?;
        }
    }
    Ok(())
}
