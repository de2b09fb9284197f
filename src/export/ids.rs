//! Ids of entities as other formats can hold them.

use std::fmt::Write;

use crate::resolve::Entity;

/// The entity's Wikidata id, when its id in the tables is one.
pub(super) fn wikidata(entity: &Entity) -> Option<&str> {
    let id = entity.table_id.as_deref()?;
    let digits = id.strip_prefix('Q')?;
    let number = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty() && !digits.starts_with('0');
    number.then_some(id)
}

/// The text with every character that `keep` refuses as the percent-encoded bytes of its UTF-8; `%` is always encoded.
pub(super) fn percent_encoded(text: &str, keep: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '%' && keep(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // A string takes all.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// An id without blanks and control characters, for columns that are parted by them.
pub(super) fn column(id: &str) -> String {
    percent_encoded(id, |c| !c.is_whitespace() && !c.is_control())
}

/// White space and control characters as single spaces.
pub(super) fn one_line(text: &str) -> String {
    let spaced = text.replace(|c: char| c.is_control(), " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
