//! Gives the names of one thing in a list one id.
//!
//! `cargo run --release --example dedupe -- --names names.csv`

mod common;
#[path = "common/csv.rs"]
mod csv;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use allonym::resolve::MentionRef;
use allonym::{Corpus, EntityKind, Extraction, Mention};

const USAGE: &str = "dedupe --names FILE.csv [--progress] [--tables DIR|none]

FILE.csv has the columns name,type (PER, LOC or ORG); out come name,type,entity in the same order.";

fn main() -> ExitCode {
    common::run(|| {
        let options = common::Options::read(USAGE, &["--names"], &["--progress"])?;
        let file = options.value("--names").ok_or(USAGE)?;
        let resolver = options.resolver()?;
        let say = |what: &str| {
            if options.flag("--progress") {
                eprintln!("{what}");
            }
        };
        let sheet = csv::Sheet::parse(file, &common::must_read(file)?, &["name", "type"])?;
        let place = |column| sheet.column(column).unwrap_or_default();
        let (name, kind) = (place("name"), place("type"));
        let mut skipped = false;
        let mut rows: Vec<&csv::Record> = Vec::with_capacity(sheet.rows.len());
        // Each name is a document of its own: a list says nothing of which names stand together.
        let mut corpus = Corpus::new();
        for row in &sheet.rows {
            if let Ok(parsed) = row.fields[kind].parse::<EntityKind>() {
                let mention = Mention::new(row.fields[name].as_str(), parsed);
                corpus.push(Extraction::new(row.line.to_string(), vec![mention]));
                rows.push(row);
            } else {
                eprintln!("{file}:{}: unknown type '{}' (PER, LOC, ORG)", row.line, row.fields[kind]);
                skipped = true;
            }
        }
        say(&format!("{} names read", rows.len()));
        let resolution = resolver.resolve(&corpus);
        say(&format!("{} entities", resolution.entities().len()));
        for block in resolution.capped() {
            eprintln!("{} names share the key {}: too many to compare", block.names, block.key);
        }
        let mut out = BufWriter::new(io::stdout().lock());
        writeln!(out, "name,type,entity")?;
        for (document, row) in rows.iter().enumerate() {
            let entity = resolution.entity_of(MentionRef { document, mention: 0 }).map_or("", |e| e.id.as_str());
            let fields = [&row.fields[name], &row.fields[kind], entity].map(csv::quote);
            writeln!(out, "{}", fields.join(","))?;
        }
        out.flush()?;
        Ok(if skipped { common::SKIPPED } else { common::DONE })
    })
}
