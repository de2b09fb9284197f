//! A name's parts with their roles, its Latin letters, and the usual ways to romanize it.
//!
//! `cargo run --example romanize [NAME...]`

use allonym::EntityKind;
use allonym::name::{Name, romanizations, romanize};

fn main() {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    if names.is_empty() {
        names = ["President Ahmed al-Sharaa", "Александр Смирнов", "محمد الجولاني", "김정은", "習近平"]
            .map(String::from)
            .to_vec();
    }
    for name in names {
        println!("{name}: {}", romanize(&name));
        let parsed = Name::new(&name, EntityKind::Person);
        let parts: Vec<String> = parsed.parts.iter().map(|part| format!("{} {:?}", part.text, part.role)).collect();
        println!("  parts: {}", parts.join(", "));
        let spellings = romanizations(&name);
        println!("  spellings: {}", spellings.iter().take(6).cloned().collect::<Vec<_>>().join(", "));
    }
}
