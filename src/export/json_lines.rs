//! A JSON object a line: the version, then documents, entities and links.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, DocumentOut, EntityOut, JSON_VERSION, LinkOut};
use crate::mention::Corpus;
use crate::resolve::Resolution;

#[derive(Serialize)]
#[serde(tag = "record", rename_all = "lowercase")]
enum Line<'a> {
    Header { version: u32 },
    Document(DocumentOut<'a>),
    Entity(EntityOut<'a>),
    Link(LinkOut<'a>),
}

/// Writes what [`json`](super::json()) writes as JSON Lines, for tools that read record by record.
///
/// The first line is `{"record":"header","version":1}`; each other one is a document, an entity or a link as there, with a field
/// `record` that says which. [`JSON_SCHEMA`](super::JSON_SCHEMA) describes a line as `$defs/line`. Offsets: `start` and `end` are
/// bytes, `char_start` and `char_end` Unicode scalar values.
///
/// # Errors
///
/// Those of the writer.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, Extractor, Resolver, export};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a.txt", "Rebels left Idlib.")].into_iter().collect();
/// let mut out = Vec::new();
/// export::json_lines(&corpus, &Resolver::embedded().resolve(&corpus), &mut out)?;
/// let out = String::from_utf8_lossy(&out);
/// let records = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["record"].clone());
/// assert_eq!(records.collect::<Vec<_>>(), ["header", "document", "entity"]);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn json_lines(corpus: &Corpus, resolution: &Resolution, mut out: impl Write) -> io::Result<()> {
    let header = std::iter::once(Line::Header { version: JSON_VERSION });
    let documents = json::documents(corpus, resolution).map(Line::Document);
    let entities = json::entities(resolution).map(Line::Entity);
    let links = json::links(resolution).map(Line::Link);
    for line in header.chain(documents).chain(entities).chain(links) {
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}
