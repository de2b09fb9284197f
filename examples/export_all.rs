//! The sample articles in every format that is one stream: the first lines of each, and its length.
//!
//! `cargo run --example export_all`

use std::fs;
use std::io;

use allonym::export::{self, Rows, Unit};
use allonym::{Corpus, Extractor, Resolver};

/// Something that writes a format; each writes to any `Write` as it goes, here into memory.
type Writer<'w> = &'w dyn Fn(&mut Vec<u8>) -> io::Result<()>;

fn main() -> io::Result<()> {
    let files = ["01-wire", "02-daily"].map(|name| format!("examples/articles/{name}.txt"));
    let texts = files.iter().map(fs::read_to_string).collect::<io::Result<Vec<String>>>()?;
    let named: Vec<(&str, &str)> = files.iter().zip(&texts).map(|(file, text)| (&**file, &**text)).collect();
    let corpus: Corpus = Extractor::embedded().extract_all(&named).into_iter().collect();
    let found = &Resolver::embedded().resolve(&corpus);
    let formats: [(&str, Writer<'_>); 11] = [
        ("table", &|out| export::table(found, out)),
        ("json", &|out| export::json(&corpus, found, out)),
        ("jsonl", &|out| export::json_lines(&corpus, found, out)),
        ("csv", &|out| export::csv(&corpus, found, Rows::Mentions, out)),
        ("tsv-names", &|out| export::tsv(&corpus, found, Rows::Names, out)),
        ("ntriples", &|out| export::skos_ntriples(found, "urn:allonym:", out)),
        ("jsonld", &|out| export::skos_jsonld(found, "urn:allonym:", out)),
        ("ftm", &|out| export::ftm(&corpus, found, out).map(drop)),
        ("conll", &|out| export::conll(&corpus, found, &texts, out).map(drop)),
        ("displacy", &|out| export::displacy(&corpus, found, &texts, Unit::Chars, out).map(drop)),
        ("html", &|out| export::html(&corpus, found, &texts, out)),
    ];
    for (format, write) in formats {
        let mut out = Vec::new();
        write(&mut out)?;
        println!("-- {format}, {} bytes", out.len());
        for line in String::from_utf8_lossy(&out).lines().take(3) {
            println!("{}", line.chars().take(110).collect::<String>());
        }
    }
    Ok(())
}
