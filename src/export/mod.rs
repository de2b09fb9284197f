//! What others read: each format is one file and one function of the documents and their resolution.

mod json;
mod table;

pub use json::{gathered_json, json};
pub use table::{gathered_table, table};
