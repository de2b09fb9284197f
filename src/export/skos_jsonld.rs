//! SKOS as JSON-LD.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::json;

use super::skos::{ALT_LABEL, Base, CONCEPT, PREF_LABEL, SAME_AS, alternatives, class, language, same_as};
use crate::resolve::Resolution;

#[derive(Serialize)]
struct ConceptOut<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    types: [&'static str; 2],
    #[serde(rename = "prefLabel")]
    preferred: LabelOut<'a>,
    #[serde(rename = "altLabel", skip_serializing_if = "Vec::is_empty")]
    alternative: Vec<LabelOut<'a>>,
    #[serde(rename = "sameAs", skip_serializing_if = "Option::is_none")]
    same_as: Option<String>,
}

#[derive(Serialize)]
struct LabelOut<'a> {
    #[serde(rename = "@value")]
    text: &'a str,
    #[serde(rename = "@language", skip_serializing_if = "Option::is_none")]
    language: Option<String>,
}

impl<'a> From<&'a str> for LabelOut<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, language: language(text) }
    }
}

/// Writes the entities as [SKOS](https://www.w3.org/TR/skos-reference/) concepts, in [JSON-LD](https://www.w3.org/TR/json-ld11/) with its
/// context inside, an entity a line: the same triples as [`skos_ntriples`](super::skos_ntriples()), where they are described.
///
/// # Errors
///
/// Those of the writer; [`InvalidInput`](io::ErrorKind::InvalidInput) when the base does not begin as an absolute IRI.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, Extractor, Resolver, export};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a.txt", "Rebels left Syria.")].into_iter().collect();
/// let mut out = Vec::new();
/// export::skos_jsonld(&Resolver::embedded().resolve(&corpus), "https://example.org/", &mut out)?;
/// let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
/// let syria = &value["@graph"][0];
/// assert_eq!(syria["@id"], "https://example.org/Q858");
/// assert_eq!(syria["sameAs"], "http://www.wikidata.org/entity/Q858");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn skos_jsonld(resolution: &Resolution, base: &str, mut out: impl Write) -> io::Result<()> {
    let base = Base::new(base)?;
    let context = json!({
        "prefLabel": PREF_LABEL,
        "altLabel": ALT_LABEL,
        "sameAs": { "@id": SAME_AS, "@type": "@id" },
    });
    write!(out, "{{\"@context\":{context},\n\"@graph\":[")?;
    for (i, entity) in resolution.entities().iter().enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        let concept = ConceptOut {
            id: base.iri(entity),
            types: [CONCEPT, class(entity.kind)],
            preferred: entity.name.as_str().into(),
            alternative: alternatives(entity).map(LabelOut::from).collect(),
            same_as: same_as(entity),
        };
        serde_json::to_writer(&mut out, &concept)?;
    }
    out.write_all(b"]}\n")?;
    out.flush()
}
