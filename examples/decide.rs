//! What a user decides goes before all evidence: two names parted, one gathered, one rejected, one decision undone.
//!
//! `cargo run --example decide`

use allonym::resolve::{Decision, Decisions, Named};
use allonym::{Corpus, EntityKind, Error, Extraction, Mention, Resolver};

fn main() -> Result<(), Error> {
    let names = ["Viktor Orlenko", "Victor Orlenko", "Abu Kalin", "Monday"];
    let mentions = names.map(|name| Mention::new(name, EntityKind::Person)).to_vec();
    let corpus: Corpus = [Extraction::new("list", mentions)].into_iter().collect();
    let show = |title: &str, decisions: &Decisions| {
        println!("{title}");
        for entity in Resolver::embedded().with_decisions(decisions).resolve(&corpus).entities() {
            let names: Vec<&str> = entity.aliases.iter().map(|alias| alias.text.as_str()).collect();
            println!("  {}: {}", entity.name, names.join(", "));
        }
    };

    let mut decisions = Decisions::new();
    show("By evidence alone", &decisions);
    let person = |name: &str| Named::new(EntityKind::Person, name);
    let apart = Decision::different(person("Viktor Orlenko"), person("Victor Orlenko")).noting("two passports");
    decisions.push(apart.clone())?;
    decisions.push(Decision::same(person("Victor Orlenko"), person("Abu Kalin")))?;
    decisions.push(Decision::reject(person("Monday")))?;
    show("As decided", &decisions);
    // What would contradict those in force is refused.
    if let Err(refused) = decisions.push(Decision::same(person("Viktor Orlenko"), person("Abu Kalin"))) {
        println!("Refused: {refused}");
    }
    decisions.push(apart.undone())?;
    show("One undone", &decisions);
    print!("{}", decisions.to_json_lines()); // the log, for `resolve --decisions`
    Ok(())
}
