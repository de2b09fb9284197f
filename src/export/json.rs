//! One JSON object with documents, entities and links.

use std::io::{self, Write};

use serde::Serialize;

use crate::mention::{Corpus, EntityKind};
use crate::resolve::{AliasCount, Evidence, MentionRef, Resolution};

#[derive(Serialize)]
struct DocumentOut<'a> {
    id: &'a str,
    mentions: Vec<MentionOut<'a>>,
}

#[derive(Serialize)]
struct MentionOut<'a> {
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
struct EntityOut<'a> {
    id: &'a str,
    kind: EntityKind,
    name: &'a str,
    table_id: Option<&'a str>,
    documents: usize,
    aliases: &'a [AliasCount],
}

#[derive(Serialize)]
struct LinkOut<'a> {
    entity: &'a str,
    left: &'a str,
    right: &'a str,
    rule: &'a str,
    weight: i32,
    evidence: &'a [Evidence],
    #[serde(skip_serializing_if = "str::is_empty")]
    sentence: &'a str,
}

/// Writes `{"documents": [...], "entities": [...], "links": [...]}`, a line each item.
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
    out.write_all(b"{\"documents\":[")?;
    list(
        &mut out,
        corpus.documents().iter().enumerate().map(|(document, d)| {
            let mentions = d.mentions.iter().enumerate().map(|(mention, m)| MentionOut {
                start: m.span.start,
                end: m.span.end,
                char_start: m.char_span.start,
                char_end: m.char_span.end,
                text: &m.surface,
                kind: m.kind,
                // Four digits are more than the weights mean.
                confidence: (m.confidence() * 10_000.0).round() / 10_000.0,
                entity: resolution.entity_of(MentionRef { document, mention }).map(|e| e.id.as_str()),
            });
            DocumentOut { id: &d.id, mentions: mentions.collect() }
        }),
    )?;
    out.write_all(b"],\n\"entities\":[")?;
    list(
        &mut out,
        resolution.entities().iter().map(|e| EntityOut {
            id: &e.id,
            kind: e.kind,
            name: &e.name,
            table_id: e.table_id.as_deref(),
            documents: e.documents(),
            aliases: &e.aliases,
        }),
    )?;
    out.write_all(b"],\n\"links\":[")?;
    list(
        &mut out,
        resolution.links().iter().map(|l| LinkOut {
            entity: &l.entity,
            left: &l.left,
            right: &l.right,
            rule: &l.rule,
            weight: l.weight,
            evidence: &l.evidence,
            sentence: &l.sentence,
        }),
    )?;
    out.write_all(b"]}\n")?;
    out.flush()
}

/// Writes items with commas between them, each on its line.
fn list<T: Serialize>(out: &mut impl Write, items: impl Iterator<Item = T>) -> io::Result<()> {
    for (i, item) in items.enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &item)?;
    }
    Ok(())
}
