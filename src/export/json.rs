//! One JSON object with documents, entities and links.

use std::io::{self, Write};

use serde::Serialize;

use crate::mention::{Corpus, EntityKind, Extraction, Mention};
use crate::resolve::{AliasCount, EntitySummary, Evidence, Gathered, Link, MentionRef, Resolution};

/// The version of what [`json`] and [`json_lines`](super::json_lines) write. It rises when a field goes or changes its meaning;
/// fields may be added without.
///
/// # Examples
///
/// ```
/// use allonym::export::{self, JSON_VERSION};
/// use allonym::{Corpus, Resolver};
///
/// let corpus = Corpus::new();
/// let mut out = Vec::new();
/// export::json(&corpus, &Resolver::embedded().resolve(&corpus), &mut out)?;
/// let read: serde_json::Value = serde_json::from_slice(&out)?;
/// assert_eq!(read["version"], JSON_VERSION);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    begin(&mut out)?;
    list(&mut out, documents(corpus, resolution))?;
    end(entities(resolution), links(resolution), out)
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
    begin(&mut out)?;
    for (i, (document, entities)) in gathered.documents().enumerate() {
        item(&mut out, i, &document_out(&document, |mention| entities[mention].map(|e| e.id.as_str())))?;
    }
    end(gathered.entities().iter().map(entity_out), gathered.links().iter().map(link_out), out)
}

fn begin(out: &mut impl Write) -> io::Result<()> {
    write!(out, "{{\"version\":{JSON_VERSION},\n\"documents\":[")
}

fn end<'a>(
    entities: impl Iterator<Item = EntityOut<'a>>,
    links: impl Iterator<Item = LinkOut<'a>>,
    mut out: impl Write,
) -> io::Result<()> {
    out.write_all(b"],\n\"entities\":[")?;
    list(&mut out, entities)?;
    out.write_all(b"],\n\"links\":[")?;
    list(&mut out, links)?;
    out.write_all(b"]}\n")?;
    out.flush()
}

pub(super) fn documents<'a>(corpus: &'a Corpus, resolution: &'a Resolution) -> impl Iterator<Item = DocumentOut<'a>> {
    corpus.documents().iter().enumerate().map(move |(document, d)| {
        document_out(d, |mention| resolution.entity_of(MentionRef { document, mention }).map(|e| e.id.as_str()))
    })
}

fn document_out<'a>(document: &'a Extraction, entity_of: impl Fn(usize) -> Option<&'a str>) -> DocumentOut<'a> {
    let mentions = document.mentions.iter().enumerate().map(|(i, m)| MentionOut {
        start: m.span.start,
        end: m.span.end,
        char_start: m.char_span.start,
        char_end: m.char_span.end,
        text: &m.surface,
        kind: m.kind,
        confidence: confidence(m),
        entity: entity_of(i),
    });
    DocumentOut { id: &document.id, mentions: mentions.collect() }
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

fn entity_out(e: &EntitySummary) -> EntityOut<'_> {
    EntityOut {
        id: &e.id,
        kind: e.kind,
        name: &e.name,
        table_id: e.table_id.as_deref(),
        documents: e.documents,
        aliases: &e.aliases,
    }
}

pub(super) fn links(resolution: &Resolution) -> impl Iterator<Item = LinkOut<'_>> {
    resolution.links().iter().map(link_out)
}

fn link_out(l: &Link) -> LinkOut<'_> {
    LinkOut {
        entity: &l.entity,
        left: &l.left,
        right: &l.right,
        rule: &l.rule,
        weight: l.weight,
        evidence: &l.evidence,
        sentence: &l.sentence,
    }
}

/// The confidence in four digits, which are more than the weights mean.
pub(super) fn confidence(mention: &Mention) -> f64 {
    (mention.confidence() * 10_000.0).round() / 10_000.0
}

/// Writes items with commas between them, each on its line.
fn list<T: Serialize>(out: &mut impl Write, items: impl Iterator<Item = T>) -> io::Result<()> {
    items.enumerate().try_for_each(|(i, one)| item(out, i, &one))
}

fn item(out: &mut impl Write, i: usize, item: &impl Serialize) -> io::Result<()> {
    out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
    Ok(serde_json::to_writer(out, item)?)
}
