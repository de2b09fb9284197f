//! Two reports, the people and places in them, and why two names are one.
//!
//! `cargo run --example quickstart`

use allonym::{Corpus, Extractor, Resolver};

const REPORTS: [(&str, &str); 2] = [
    ("wire", "The camp near Harem is run by Omar Omsen, Syrian officials said. Omsen has not replied."),
    ("daily", "In Harim, fighters of Omar Diaby, better known as “Omar Omsin”, refused to leave. Diaby spoke."),
];

fn main() {
    // What the texts name.
    let corpus: Corpus = Extractor::embedded().extract_all(&REPORTS).into_iter().collect();
    for document in corpus.documents() {
        for mention in &document.mentions {
            println!("{}: {} ({}), {:.2}", document.id, mention.surface, mention.kind, mention.confidence());
        }
    }
    // Which names are one thing's.
    let resolution = Resolver::embedded().resolve(&corpus);
    for entity in resolution.entities() {
        let names: Vec<&str> = entity.aliases.iter().map(|alias| alias.text.as_str()).collect();
        println!("{} ({}): {}", entity.name, entity.kind, names.join(", "));
    }
    // Why.
    print!("{}", resolution.explain("Omsen", "Diaby"));
}
