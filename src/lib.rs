//! x
pub mod export;
pub mod extract;
pub mod name;
pub mod resolve;
pub mod tables;
pub mod token;

mod error;
mod mention;
mod parallel;
mod span;

pub use error::Error;
pub use extract::Extractor;
pub use mention::{Claim, Corpus, EntityKind, Extraction, Mention, Relation, Source};
pub use resolve::{Comparison, Entity, Evidence, Explanation, Link, Resolution, Resolver, compare};
pub use span::Span;
pub use tables::Tables;
