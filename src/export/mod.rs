//! What others read: each format is one file and one function of the documents and their resolution, which writes to any
//! [`Write`](std::io::Write) as it goes.
//!
//! | function | format | offsets |
//! |---|---|---|
//! | [`table`] | a table for people | none |
//! | [`html`] | a report for people, one page for a browser | none |
//! | [`json`] | one JSON object, [`JSON_SCHEMA`] | bytes and characters |
//! | [`json_lines`] | the same, a JSON object a line | bytes and characters |
//! | [`csv`], [`tsv`] | a row a mention, or a name of an entity ([`Rows`]); RFC 4180 | bytes and characters |
//! | [`skos_ntriples`], [`skos_jsonld`] | SKOS concepts with their labels, as N-Triples 1.1 and JSON-LD 1.1 | none |
//! | [`ftm`] | `FollowTheMoney` entities and mentions, JSON Lines | none |
//! | [`conll`] | `CoNLL-U` Plus: a line a token, with BIO tags and entities | characters |
//! | [`brat`] | BRAT standoff: the `.ann` of a document | characters |
//! | [`displacy`] | what `spacy.displacy` takes with `manual=True` | a [`Unit`] of your choice; spaCy's is characters |
//!
//! Characters are Unicode scalar values, which is how Python counts; [`Unit`] turns bytes into them, or into UTF-16, and back.
//!
//! # Texts
//!
//! Documents and resolution do not hold the texts. Formats that need them take them as an iterator, in the order of the
//! documents, so that they can be read again one by one. These formats say how many mentions they had to leave out: those
//! without a place in the text, and, where the format cannot hold both, those that overlap another one. What a user rejected is
//! no mention: [`json`] and [`csv`] show it without an entity, the other formats not at all.
//!
//! # Examples
//!
//! ```
//! use allonym::{Corpus, Extractor, Resolver, export};
//!
//! let text = "Rebels left Idlib 🚀.";
//! let corpus: Corpus = [Extractor::embedded().extract("a.txt", text)].into_iter().collect();
//! let mut out = Vec::new();
//! let left_out = export::conll(&corpus, &Resolver::embedded().resolve(&corpus), [text], &mut out)?;
//! assert_eq!(left_out, 0);
//! assert!(String::from_utf8_lossy(&out).contains("\tIdlib\t12\t17\tB-LOC\tidlib\n"));
//! # Ok::<(), std::io::Error>(())
//! ```

mod brat;
mod conll;
mod csv;
mod displacy;
mod ftm;
mod html;
mod ids;
mod json;
mod json_lines;
mod placed;
mod skos;
mod skos_jsonld;
mod skos_ntriples;
mod table;
mod unit;

pub use brat::{BRAT_CONFIG, brat};
pub use conll::conll;
pub use csv::{Rows, csv, tsv, unguarded};
pub use displacy::displacy;
pub use ftm::ftm;
pub use html::html;
pub use json::{JSON_SCHEMA, JSON_VERSION, gathered_json, json};
pub use json_lines::json_lines;
pub use skos_jsonld::skos_jsonld;
pub use skos_ntriples::skos_ntriples;
pub use table::{gathered_table, table};
pub use unit::Unit;
