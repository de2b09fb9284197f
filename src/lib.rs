//! **allonym** reads news text, finds the people, places and organizations in it, and gathers every name of one thing
//! (spelling variants, noms de guerre, acronyms, short forms) into one canonical entity, and says why.
//!
//! *Omar Omsen*, *Omar Omsin*, *Omar Diaby* and *Diaby* are one man; *Harem* and *Harim* one town; but *Bashar* and
//! *Hafez al-Assad* are two people, and the harem of a palace is no place in Idlib.
//!
//! ```
//! use allonym::{Corpus, Extractor, Resolver};
//!
//! let reports = [
//!     ("wire", "The camp near Harem is run by Omar Omsen, Syrian officials said. Omsen has not replied."),
//!     ("daily", "In Harim, fighters of Omar Diaby, better known as “Omar Omsin”, refused to leave. Diaby spoke."),
//! ];
//! let extractor = Extractor::embedded();
//! let corpus: Corpus = reports.iter().map(|(id, text)| extractor.extract(id, text)).collect();
//! let resolution = Resolver::embedded().resolve(&corpus);
//! for entity in resolution.entities() {
//!     let names: Vec<&str> = entity.aliases.iter().map(|alias| alias.text.as_str()).collect();
//!     println!("{} ({}): {}", entity.name, entity.kind, names.join(", "));
//! }
//! assert_eq!(resolution.entities().len(), 2);
//! println!("{}", resolution.explain("Omsen", "Diaby")); // why, or why not
//! ```
//!
//! The [`guide`] goes task by task: extract, resolve, explain, own tables, decisions, an index, other recognizers, names alone,
//! scale, exports.
//!
//! # Two machines, one seam
//!
//! [`Extractor`] turns a text into an [`Extraction`]: its [`Mention`]s, and the [`Claim`]s that its sentences make
//! about pairs of them. [`Resolver`] turns a [`Corpus`] of extractions into a [`Resolution`]: the [`Entity`]s, and a
//! [`Link`] with its evidence for each merge. Neither knows the other. The seam is owned data, so mentions from another
//! recognizer, or a bare list of names, resolve as well.
//!
//! | stage | module | from → to |
//! |---|---|---|
//! | tokenize | [`token`] | text → tokens, sentences |
//! | recognize | [`extract`]: gazetteer, cue rules, capitals | tokens → candidates, each with its rule and weight |
//! | judge | [`extract::tagger`] | tokens and candidates → what learned weights say of them, and further candidates |
//! | context | [`extract`] | what the whole document says of each candidate |
//! | select | [`extract`] | candidates → disjoint mentions |
//! | claims | [`extract`] | mentions and the words between them → claims |
//! | normalize | [`name`] | surface form → parts with roles, romanized, how they sound, their own letters |
//! | local | [`resolve`] | one document's mentions → local entities |
//! | block, compare, cluster | [`resolve`] | local entities → candidate pairs → comparisons → clusters |
//! | canonicalize | [`resolve`] | clusters → entities with names, ids and links |
//!
//! Documents that keep coming go to a [`resolve::Index`], which does the same for what they touch; more than memory holds go to
//! a [`resolve::Intake`], which lets them go. What users decide ([`resolve::Decisions`]) goes before all evidence.
//!
//! The [`Tables`] hold which names known things have, and the cue words; both machines go by them, and both work
//! without any entity in them ([`Tables::none`]). They come from tables in text, from other people's data
//! ([`tables::import`]) or from one file that is opened as it lies ([`Tables::open`]); [`audit`] says what is wrong with them.
//!
//! What comes out is written in the formats of [`export`]: JSON, CSV, SKOS, `FollowTheMoney`, `CoNLL-U`, BRAT and more.
//!
//! # What holds
//!
//! - Spans are bytes, on character boundaries: `&text[mention.span]` is the surface form, whatever the Unicode.
//! - No text is an error, nothing is cut silently, and time is linear in the text. Errors come from tables and files.
//! - The same documents in any order and on any number of threads give the same entities, ids and links.
//! - Weights are in 1/1000 log2 odds: 0 is even, 1000 two to one. A decision is the sum of its evidence.
//!
//! # Limits
//!
//! English news text is what the rules and the tagger know; names in other scripts are found only where the tables list
//! them. The weights of the rules are set by hand, those of the tagger and the comparison are learned.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::print_stdout,
        clippy::print_stderr
    )
)]

pub mod audit;
pub mod export;
pub mod extract;
pub mod guide;
pub mod name;
pub mod resolve;
pub mod tables;
pub mod token;

mod error;
mod file;
mod fnv;
mod mention;
mod parallel;
mod span;

pub use error::Error;
pub use extract::Extractor;
pub use mention::{Claim, Corpus, EntityKind, Extraction, Mention, Relation, Source};
pub use resolve::{
    Comparison, Entity, Evidence, Explanation, Link, NameList, PreparedName, Resolution, Resolver, Weights, compare,
};
pub use span::Span;
pub use tables::Tables;
