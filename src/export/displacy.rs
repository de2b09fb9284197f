//! What displaCy draws.

use std::io::{self, Write};

use serde::Serialize;

use super::ids::wikidata;
use super::placed::{disjoint, with_texts};
use super::unit::{Offsets, Unit};
use crate::mention::{Corpus, EntityKind};
use crate::resolve::Resolution;
use crate::span::Span;

#[derive(Serialize)]
struct DocumentOut<'a> {
    text: &'a str,
    ents: Vec<EntOut<'a>>,
    title: &'a str,
}

#[derive(Serialize)]
struct EntOut<'a> {
    start: usize,
    end: usize,
    label: &'static str,
    kb_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kb_url: Option<String>,
}

/// Writes a list of documents, one a line, as `spacy.displacy.render(documents, style="ent", manual=True)` takes them. Returns
/// how many mentions are left out: those that have no place in their text, or overlap another one, which displaCy cannot draw.
///
/// Offsets count `unit`: [`Unit::Chars`] for spaCy, [`Unit::Utf16`] for what draws in a browser. Labels are `PERSON`, `LOC` and
/// `ORG`, the title is the document's id, `kb_id` the entity's; `kb_url` links to Wikidata where it is known there. The texts come in the
/// order of the documents.
///
/// displaCy puts titles and ids into its page as they are, so those of documents that you do not trust are to be escaped first.
///
/// # Errors
///
/// Those of the writer.
///
/// # Examples
///
/// ```
/// use allonym::export::{self, Unit};
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let text = "🚀 Rebels left Syria.";
/// let corpus: Corpus = [Extractor::embedded().extract("a.txt", text)].into_iter().collect();
/// let mut out = Vec::new();
/// export::displacy(&corpus, &Resolver::embedded().resolve(&corpus), [text], Unit::Chars, &mut out)?;
/// let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
/// let ent = &value[0]["ents"][0];
/// assert_eq!((ent["start"].as_u64(), ent["end"].as_u64()), (Some(14), Some(19)));
/// assert_eq!(ent["kb_url"], "https://www.wikidata.org/wiki/Q858");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn displacy<T: AsRef<str>>(
    corpus: &Corpus,
    resolution: &Resolution,
    texts: impl IntoIterator<Item = T>,
    unit: Unit,
    mut out: impl Write,
) -> io::Result<usize> {
    let mut left_out = 0;
    out.write_all(b"[")?;
    for (number, document, text) in with_texts(corpus, texts) {
        let text = text.as_ref().map_or("", T::as_ref);
        let (mentions, missing) = disjoint(document, number, text, resolution);
        left_out += missing;
        let mut offsets = Offsets::new(text, unit);
        let ents = mentions.iter().map(|mention| {
            let Span { start, end } = offsets.of(mention.span);
            let label = match mention.kind {
                EntityKind::Person => "PERSON",
                EntityKind::Place => "LOC",
                EntityKind::Organization => "ORG",
            };
            let kb_url = wikidata(mention.entity).map(|id| format!("https://www.wikidata.org/wiki/{id}"));
            EntOut { start, end, label, kb_id: &mention.entity.id, kb_url }
        });
        let ents = ents.collect();
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut out, &DocumentOut { text, ents, title: &document.id })?;
    }
    out.write_all(b"]\n")?;
    out.flush()?;
    Ok(left_out)
}
