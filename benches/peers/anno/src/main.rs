//! The crate `anno` by its rules, on what `evaluate --spans` measures: exact spans and kinds of people, places and
//! organizations.
//!
//! `cargo run --release --manifest-path benches/peers/anno/Cargo.toml -- ../shared/corpora/dev/*.jsonl`

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;

use anno::{Model, StackedNER};
use serde::Deserialize;

/// A document; spans count characters.
#[derive(Deserialize)]
struct Document {
    text: String,
    spans: Vec<(usize, usize, String)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let model = StackedNER::default();
    for file in std::env::args().skip(1) {
        let (mut right, mut found, mut wanted) = (0, 0, 0);
        for line in fs::read_to_string(&file)?.lines().filter(|line| !line.trim().is_empty()) {
            let document: Document = serde_json::from_str(line)?;
            let gold: BTreeSet<(usize, usize, &str)> =
                document.spans.iter().map(|(start, end, code)| (*start, *end, code.as_str())).collect();
            let mut own = BTreeSet::new();
            for entity in model.extract_entities(&document.text, None)? {
                let code = match entity.entity_type.as_label() {
                    "PER" | "PERSON" => "PER",
                    "LOC" | "GPE" | "LOCATION" => "LOC",
                    "ORG" | "ORGANIZATION" => "ORG",
                    _ => continue,
                };
                own.insert((entity.start(), entity.end(), code));
            }
            right += own.intersection(&gold).count();
            (found, wanted) = (found + own.len(), wanted + gold.len());
        }
        let share = |of: usize| if of == 0 { 0.0 } else { right as f64 / of as f64 };
        let (precision, recall) = (share(found), share(wanted));
        let f1 = if right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        println!("{file}: P {precision:.3} R {recall:.3} F1 {f1:.3}");
    }
    Ok(())
}
