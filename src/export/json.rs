//! One JSON object with documents, entities and links.

use std::io::{self, Write};

use serde::Serialize;

use crate::mention::{Corpus, EntityKind, Extraction};
use crate::resolve::{AliasCount, Evidence, Gathered, Link, MentionRef, Resolution};

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
    for (i, document) in corpus.documents().iter().enumerate() {
        let entity_of = |mention| resolution.entity_of(MentionRef { document: i, mention }).map(|e| e.id.as_str());
        item(&mut out, i, &document_out(document, entity_of))?;
    }
    let entities = resolution.entities().iter().map(|e| EntityOut {
        id: &e.id,
        kind: e.kind,
        name: &e.name,
        table_id: e.table_id.as_deref(),
        documents: e.documents(),
        aliases: &e.aliases,
    });
    rest(entities, resolution.links(), out)
}

/// Writes the same of documents that were taken in and let go, whose mentions were kept.
///
/// # Errors
///
/// Those of the writer.
///
/// # Examples
///
/// ```
/// use allonym::resolve::Intake;
/// use allonym::{Extractor, Resolver, export};
///
/// let mut intake = Intake::with_mentions(&Resolver::embedded());
/// intake.add(&[Extractor::embedded().extract("a.txt", "Rebels left Idlib.")]);
/// let mut out = Vec::new();
/// export::gathered_json(&intake.finish(), &mut out)?;
/// let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
/// assert_eq!(value["documents"][0]["mentions"][0]["text"], "Idlib");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn gathered_json(gathered: &Gathered, mut out: impl Write) -> io::Result<()> {
    out.write_all(b"{\"documents\":[")?;
    for (i, (document, entities)) in gathered.documents().enumerate() {
        let entity_of = |mention: usize| entities[mention].map(|e| e.id.as_str());
        item(&mut out, i, &document_out(&document, entity_of))?;
    }
    let entities = gathered.entities().iter().map(|e| EntityOut {
        id: &e.id,
        kind: e.kind,
        name: &e.name,
        table_id: e.table_id.as_deref(),
        documents: e.documents,
        aliases: &e.aliases,
    });
    rest(entities, gathered.links(), out)
}

fn document_out<'a>(document: &'a Extraction, entity_of: impl Fn(usize) -> Option<&'a str>) -> DocumentOut<'a> {
    let mentions = document.mentions.iter().enumerate().map(|(i, m)| MentionOut {
        start: m.span.start,
        end: m.span.end,
        char_start: m.char_span.start,
        char_end: m.char_span.end,
        text: &m.surface,
        kind: m.kind,
        // Four digits are more than the weights mean.
        confidence: (m.confidence() * 10_000.0).round() / 10_000.0,
        entity: entity_of(i),
    });
    DocumentOut { id: &document.id, mentions: mentions.collect() }
}

/// Writes what follows the documents.
fn rest<'a>(entities: impl Iterator<Item = EntityOut<'a>>, links: &[Link], mut out: impl Write) -> io::Result<()> {
    out.write_all(b"],\n\"entities\":[")?;
    for (i, entity) in entities.enumerate() {
        item(&mut out, i, &entity)?;
    }
    out.write_all(b"],\n\"links\":[")?;
    for (i, l) in links.iter().enumerate() {
        let link = LinkOut {
            entity: &l.entity,
            left: &l.left,
            right: &l.right,
            rule: &l.rule,
            weight: l.weight,
            evidence: &l.evidence,
            sentence: &l.sentence,
        };
        item(&mut out, i, &link)?;
    }
    out.write_all(b"]}\n")?;
    out.flush()
}

/// Writes an item of a list on its line.
fn item(out: &mut impl Write, i: usize, item: &impl Serialize) -> io::Result<()> {
    out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
    Ok(serde_json::to_writer(out, item)?)
}
