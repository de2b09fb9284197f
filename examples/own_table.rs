//! Names that only the user knows: a table of one's own beside the embedded ones, and what it changes.
//!
//! `cargo run --example own_table`

use allonym::{Corpus, Error, Extractor, Resolver, Tables};

const TEXT: &str = "Abu Kalin was seen with the Northern Renewal Front. The NRF was led by Selim Vardan in Harem.";
/// As a file `mine.tsv` would have it; `data/README.md` describes the columns.
const MINE: &str = "\
id\tkind\tsort\tname\tsource
vardan\tperson\tcanonical\tSelim Vardan\tthe desk
vardan\tperson\tnom-de-guerre\tAbu Kalin\tthe desk
nrf\torganization\tcanonical\tNorthern Renewal Front\tthe desk
nrf\torganization\tacronym\tNRF\tthe desk
";

fn main() -> Result<(), Error> {
    let own = Tables::embedded().to_builder().entities("mine.tsv", MINE).build()?;
    for (title, tables) in [("The embedded tables", Tables::embedded()), ("With the table", own)] {
        println!("{title}: {} entities, {} names", tables.len(), tables.names());
        let extractor = Extractor::builder().tables(tables.clone()).build()?;
        let corpus: Corpus = [extractor.extract("a", TEXT)].into_iter().collect();
        for entity in Resolver::new(tables).resolve(&corpus).entities() {
            let names: Vec<&str> = entity.aliases.iter().map(|alias| alias.text.as_str()).collect();
            let id = entity.table_id.as_deref().unwrap_or("in no table");
            println!("  {} ({}, {id}): {}", entity.name, entity.kind, names.join(", "));
        }
    }
    // A bad row is refused with its line.
    if let Err(refused) = Tables::builder().entities("mine.tsv", "id\tkind\tname\nx\tplanet\tMars\n").build() {
        println!("Refused: {refused}");
    }
    Ok(())
}
