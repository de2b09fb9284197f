//! Counts how many names of each kind hold each part, by its sound, and writes `data/names/name_parts.tsv`.
//!
//! `cargo run --release --example count_name_parts -- ../shared/names/train > data/names/name_parts.tsv`

#[path = "common/csv.rs"]
mod csv;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};

use allonym::EntityKind;
use allonym::name::{Name, Role};

/// The sets of whole names in Latin letters, by kind.
const SETS: [(EntityKind, &[&str]); 3] = [
    (EntityKind::Place, &["loc_wof_latin"]),
    (EntityKind::Organization, &["org_ofac_latin", "org_ror_latin"]),
    (EntityKind::Person, &["per_congress_latin", "per_everypolitician_latin", "per_ofac_latin"]),
];
/// Parts that fewer names hold are as rare as those that none does.
const FEWEST: u32 = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("give the folder of training names")?;
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "kind\tsound\tcount")?;
    for (kind, sets) in SETS {
        let mut names: BTreeSet<String> = BTreeSet::new();
        for set in sets {
            let file = format!("{folder}/{set}.csv");
            let sheet = csv::Sheet::parse(&file, &fs::read_to_string(&file)?, &["name1", "name2"])?;
            let columns = ["name1", "name2"].map(|c| sheet.column(c).unwrap_or_default());
            names.extend(sheet.rows.iter().flat_map(|row| columns.map(|c| row.fields[c].clone())));
        }
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for name in &names {
            let parsed = Name::new(name, kind);
            let counted = parsed.core().filter(|p| !matches!(p.role, Role::Initial | Role::Number));
            let sounds: BTreeSet<&str> = counted.map(|p| p.sound.as_str()).filter(|s| s.len() > 1).collect();
            for sound in sounds {
                *counts.entry(sound.to_owned()).or_default() += 1;
            }
        }
        // The number of names stands in a row of its own, under a key that no sound has.
        writeln!(out, "{}\t*\t{}", kind.code(), names.len())?;
        for (sound, count) in counts.into_iter().filter(|(_, count)| *count >= FEWEST) {
            writeln!(out, "{}\t{sound}\t{count}", kind.code())?;
        }
    }
    Ok(out.flush()?)
}
