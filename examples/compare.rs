//! Scores pairs of names.
//!
//! `cargo run --release --example compare -- --pairs pairs.csv`

mod common;
#[path = "common/csv.rs"]
mod csv;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use allonym::{EntityKind, PreparedName};

const USAGE: &str = "compare --pairs FILE.csv [--tables DIR|none]

FILE.csv has the columns name1,name2,type (PER, LOC or ORG); the rows come out with score and match.";

fn main() -> ExitCode {
    common::run(|| {
        let options = common::Options::read(USAGE, &["--pairs"], &[])?;
        let file = options.value("--pairs").ok_or(USAGE)?;
        options.tables()?;
        let sheet = csv::Sheet::parse(file, &common::must_read(file)?, &["name1", "name2", "type"])?;
        let place = |column| sheet.column(column).unwrap_or_default();
        let (one, two, kind) = (place("name1"), place("name2"), place("type"));
        let mut out = BufWriter::new(io::stdout().lock());
        let header: Vec<String> = sheet.columns.iter().map(|c| csv::quote(c)).collect();
        writeln!(out, "{},score,match", header.join(","))?;
        let mut skipped = false;
        for row in &sheet.rows {
            let parsed: Result<EntityKind, _> = row.fields[kind].parse();
            let Ok(parsed) = parsed else {
                eprintln!("{file}:{}: unknown type '{}' (PER, LOC, ORG)", row.line, row.fields[kind]);
                skipped = true;
                continue;
            };
            let name = |column: usize| PreparedName::new(&row.fields[column], parsed);
            let score = name(one).score(&name(two));
            let fields: Vec<String> = row.fields.iter().map(|f| csv::quote(f)).collect();
            // Seventeen digits show every double, so scores keep the order of the weights.
            writeln!(out, "{},{:.17},{}", fields.join(","), score, score > 0.5)?;
        }
        out.flush()?;
        Ok(if skipped { common::SKIPPED } else { common::DONE })
    })
}
