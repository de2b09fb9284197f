//! Classes the names of people in the lists of names by how many bear them, culture by culture, and writes the lists anew.
//!
//! `cargo run --release --example class_names -- ../shared/names/train data` counts the people of those pairs and of the
//! crate's own table, and writes the column `rarity` of `given_names.tsv` and `family_names.tsv`: 1 for the names that half of
//! a culture's counted people bear, the most frequent first; 2 for others that somebody bears; 3 for those that nobody does.

#[path = "common/csv.rs"]
mod csv;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use allonym::name::fold;
use allonym::{EntityKind, Tables};

/// The sets of people's names in Latin letters.
const SETS: [&str; 3] = ["per_congress_latin", "per_everypolitician_latin", "per_ofac_latin"];
const LISTS: [&str; 2] = ["given_names.tsv", "family_names.tsv"];
const COLUMN: &str = "rarity";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [names, data] = arguments.as_slice() else { return Err("class_names FOLDER DATA".into()) };
    let counts = count(Path::new(names))?;
    for list in LISTS {
        let path = Path::new(data).join(list);
        let classed =
            class(&fs::read_to_string(&path)?, &counts).ok_or_else(|| format!("{list}: no table of names"))?;
        fs::write(&path, classed)?;
    }
    Ok(())
}

/// How many people's names hold each word.
fn count(folder: &Path) -> Result<BTreeMap<String, u32>, Box<dyn Error>> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for set in SETS {
        let file = folder.join(format!("{set}.csv"));
        let sheet = csv::Sheet::parse(&file.to_string_lossy(), &fs::read_to_string(&file)?, &["name1", "name2"])?;
        let columns = ["name1", "name2"].map(|c| sheet.column(c).unwrap_or_default());
        names.extend(sheet.rows.iter().flat_map(|row| columns.map(|c| fold(&row.fields[c]))));
    }
    let people = Tables::try_embedded()?;
    names.extend(people.entities().filter(|e| e.kind() == EntityKind::Person).map(|e| fold(e.name())));
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for name in &names {
        for word in name.split(' ').collect::<BTreeSet<_>>() {
            *counts.entry(word.to_owned()).or_default() += 1;
        }
    }
    Ok(counts)
}

/// A list with the column of classes.
fn class(text: &str, counts: &BTreeMap<String, u32>) -> Option<String> {
    let mut lines = text.lines();
    let mut header: Vec<&str> = lines.next()?.split('\t').collect();
    header.retain(|column| *column != COLUMN);
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').take(header.len()).collect()).collect();
    let count = |row: &[&str]| counts.get(row[0]).copied().unwrap_or_default();
    let mut cultures: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.len() == header.len()) {
        cultures.entry(row[1]).or_default().push(count(row));
    }
    // The count from which on names make up half of a culture's people.
    let least: BTreeMap<&str, u32> = cultures
        .into_iter()
        .map(|(culture, mut counts)| {
            counts.sort_unstable_by(|a, b| b.cmp(a));
            let (half, mut sum) = (counts.iter().sum::<u32>().div_ceil(2), 0);
            let reached = counts.iter().find(|count| {
                sum += **count;
                sum >= half
            });
            (culture, reached.copied().unwrap_or_default().max(1))
        })
        .collect();
    let mut out = header.join("\t") + "\t" + COLUMN + "\n";
    for row in rows {
        let class = match count(&row) {
            0 => "3",
            borne if borne >= *least.get(row.get(1)?)? => "1",
            _ => "2",
        };
        out.push_str(&row.join("\t"));
        out.push('\t');
        out.push_str(class);
        out.push('\n');
    }
    Some(out)
}
