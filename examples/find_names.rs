//! Many names in one pass over texts, as whole words and however they are written.
//!
//! `cargo run --example find_names [FILE...]` searches the sample articles if no file is given.

use std::io;

use allonym::tables::Dictionary;

const NAMES: [&str; 7] = ["Harem", "Harim", "al-Ghuraba", "Omar Diaby", "Diaby", "Deir ez-Zor", "Sharaa"];

fn main() -> io::Result<()> {
    let dictionary = Dictionary::folded(NAMES.into_iter().zip(0..));
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        files = ["01-wire", "02-daily", "03-magazine"].map(|name| format!("examples/articles/{name}.txt")).to_vec();
    }
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        // All occurrences, those within others too: of Omar Diaby also Diaby.
        for found in dictionary.find(&text) {
            let name = usize::try_from(found.number).ok().and_then(|number| NAMES.get(number)).unwrap_or(&"");
            println!("{file}:{}: {name}, written {}", found.span.start, &text[found.span]);
        }
    }
    Ok(())
}
