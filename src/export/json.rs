//! One JSON object with documents, entities and links.

use std::io::{self, Write};

use serde::Serialize;

use crate::mention::{Corpus, EntityKind, Mention};
use crate::resolve::{AliasCount, Evidence, MentionRef, Resolution};

/// The version of what [`json`] and [`json_lines`](super::json_lines) write. It rises when a field goes or changes its meaning;
/// fields may be added without.
pub const JSON_VERSION: u32 = 1;

/// The JSON Schema (draft 2020-12) of what [`json`] writes; its `$defs/line` is that of a line of
/// [`json_lines`](super::json_lines).
///
/// # Examples
///
/// ```
/// use allonym::export::{JSON_SCHEMA, JSON_VERSION};
///
/// let schema: serde_json::Value = serde_json::from_str(JSON_SCHEMA).unwrap();
/// assert_eq!(schema["properties"]["version"]["const"], JSON_VERSION);
/// ```
pub const JSON_SCHEMA: &str = include_str!("json.schema.json");

#[derive(Serialize)]
pub(super) struct DocumentOut<'a> {
    id: &'a str,
    mentions: Vec<MentionOut<'a>>,
}

#[derive(Serialize)]
pub(super) struct MentionOut<'a> {
    start: usize,
    end: usize,
    char_start: usize,
    char_end: usize,
    text: &'a str,
    kind: EntityKind,
    confidence: f64,
    /// None when a user rejected the mention.
    entity: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct EntityOut<'a> {
    id: &'a str,
    kind: EntityKind,
    name: &'a str,
    table_id: Option<&'a str>,
    documents: usize,
    aliases: &'a [AliasCount],
}

#[derive(Serialize)]
pub(super) struct LinkOut<'a> {
    entity: &'a str,
    left: &'a str,
    right: &'a str,
    rule: &'a str,
    weight: i32,
    evidence: &'a [Evidence],
    #[serde(skip_serializing_if = "str::is_empty")]
    sentence: &'a str,
}

/// Writes `{"version": 1, "documents": [...], "entities": [...], "links": [...]}`, a line each item; [`JSON_SCHEMA`] describes it.
///
/// `start` and `end` are bytes, `char_start` and `char_end` Unicode scalar values, weights 1/1000 log2 odds. The `entity` of a
/// mention that a user rejected is `null`.
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
/// export::json(&corpus, &Resolver::embedded().resolve(&corpus), &mut out)?;
/// let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
/// assert_eq!(value["documents"][0]["mentions"][0]["text"], "Idlib");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn json(corpus: &Corpus, resolution: &Resolution, mut out: impl Write) -> io::Result<()> {
    write!(out, "{{\"version\":{JSON_VERSION},\n\"documents\":[")?;
    list(&mut out, documents(corpus, resolution))?;
    out.write_all(b"],\n\"entities\":[")?;
    list(&mut out, entities(resolution))?;
    out.write_all(b"],\n\"links\":[")?;
    list(&mut out, links(resolution))?;
    out.write_all(b"]}\n")?;
    out.flush()
}

pub(super) fn documents<'a>(corpus: &'a Corpus, resolution: &'a Resolution) -> impl Iterator<Item = DocumentOut<'a>> {
    corpus.documents().iter().enumerate().map(move |(document, d)| {
        let mentions = d.mentions.iter().enumerate().map(|(mention, m)| MentionOut {
            start: m.span.start,
            end: m.span.end,
            char_start: m.char_span.start,
            char_end: m.char_span.end,
            text: &m.surface,
            kind: m.kind,
            confidence: confidence(m),
            entity: resolution.entity_of(MentionRef { document, mention }).map(|e| e.id.as_str()),
        });
        DocumentOut { id: &d.id, mentions: mentions.collect() }
    })
}

pub(super) fn entities(resolution: &Resolution) -> impl Iterator<Item = EntityOut<'_>> {
    resolution.entities().iter().map(|e| EntityOut {
        id: &e.id,
        kind: e.kind,
        name: &e.name,
        table_id: e.table_id.as_deref(),
        documents: e.documents(),
        aliases: &e.aliases,
    })
}

pub(super) fn links(resolution: &Resolution) -> impl Iterator<Item = LinkOut<'_>> {
    resolution.links().iter().map(|l| LinkOut {
        entity: &l.entity,
        left: &l.left,
        right: &l.right,
        rule: &l.rule,
        weight: l.weight,
        evidence: &l.evidence,
        sentence: &l.sentence,
    })
}

/// The confidence in four digits, which are more than the weights mean.
pub(super) fn confidence(mention: &Mention) -> f64 {
    (mention.confidence() * 10_000.0).round() / 10_000.0
}

/// Writes items with commas between them, each on its line.
fn list<T: Serialize>(out: &mut impl Write, items: impl Iterator<Item = T>) -> io::Result<()> {
    for (i, item) in items.enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &item)?;
    }
    Ok(())
}
