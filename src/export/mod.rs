//! What others read: each format is one file and one function of the documents and their resolution.

mod html;
mod json;
mod table;

pub use html::html;
pub use json::json;
pub use table::table;
