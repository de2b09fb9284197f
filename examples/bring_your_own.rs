//! Mentions that another recognizer found, gathered into entities: the resolver asks for no text.
//!
//! `cargo run --example bring_your_own`

use allonym::{Corpus, EntityKind, Error, Extraction, Extractor, Mention, Resolver, Span};

const TEXT: &str = "Selim Vardan, better known as Abu Kalin, left Harem.";
/// What a model might say of the text: label, first and last byte, its probability.
const FOUND: [(&str, usize, usize, f64); 3] =
    [("PERSON", 0, 12, 0.99), ("PERSON", 30, 39, 0.81), ("GPE", 46, 51, 0.97)];

fn main() -> Result<(), Error> {
    let mut mentions = Vec::new();
    for (label, start, end, probability) in FOUND {
        let kind: EntityKind = label.parse()?;
        let span = Span::new(start, end);
        mentions.push(Mention::new(&TEXT[span], kind).at(span).weighing(weight(probability)));
    }
    // The sentences may say what two of the mentions have to do with each other.
    let report = Extractor::embedded().read_claims("report", TEXT, mentions);
    for claim in &report.claims {
        let surface = |mention: usize| &report.mentions[mention].surface;
        println!("{} {:?} {}", surface(claim.left), claim.relation, surface(claim.right));
    }
    // A bare list of names has no text at all.
    let list = Extraction::new("list", vec![Mention::new("Salim Vardan", EntityKind::Person)]);
    let corpus: Corpus = [report, list].into_iter().collect();
    for entity in Resolver::embedded().resolve(&corpus).entities() {
        let names: Vec<&str> = entity.aliases.iter().map(|alias| alias.text.as_str()).collect();
        println!("{} ({}): {}", entity.name, entity.kind, names.join(", "));
    }
    Ok(())
}

/// A probability as a weight, in 1/1000 log2 odds; 30 bits are as good as certain.
#[expect(clippy::cast_possible_truncation, reason = "30,000 and no more")]
fn weight(probability: f64) -> i32 {
    (1000.0 * (probability / (1.0 - probability)).log2()).clamp(-30_000.0, 30_000.0).round() as i32
}
