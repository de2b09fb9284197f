//! SKOS as N-Triples.

use std::io::{self, Write};

use super::skos::{ALT_LABEL, Base, CONCEPT, PREF_LABEL, SAME_AS, TYPE, alternatives, class, language, same_as};
use crate::resolve::Resolution;

/// Writes the entities as [SKOS](https://www.w3.org/TR/skos-reference/) concepts, in
/// [N-Triples](https://www.w3.org/TR/n-triples/).
///
/// The IRI of an entity is `base` (`https://example.org/names/`) with its id, percent-encoded. It is a `skos:Concept` and a `Person`,
/// `Place` or `Organization` of schema.org; its canonical name is the `skos:prefLabel`, its other surface forms are
/// `skos:altLabel`s, all as written; an id of Wikidata in the tables makes an `owl:sameAs`. There are no mentions, so no offsets.
///
/// # Language tags
///
/// A text does not say in which language a name is, but its letters say in which script: a label has the tag `und-` and the
/// script (`und-Latn`, `und-Arab`; `und-Jpan` for kana, alone or with Chinese characters, `und-Kore` for Hangul beside these), and none
/// where it has no letter or those of several scripts.
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
/// export::skos_ntriples(&Resolver::embedded().resolve(&corpus), "https://example.org/", &mut out)?;
/// let label = "<https://example.org/Q858> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Syria\"@und-Latn .\n";
/// assert!(String::from_utf8_lossy(&out).contains(label));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn skos_ntriples(resolution: &Resolution, base: &str, mut out: impl Write) -> io::Result<()> {
    let base = Base::new(base)?;
    for entity in resolution.entities() {
        let iri = base.iri(entity);
        for class in [CONCEPT, class(entity.kind)] {
            writeln!(out, "<{iri}> <{TYPE}> <{class}> .")?;
        }
        label(&mut out, &iri, PREF_LABEL, &entity.name)?;
        for alias in alternatives(entity) {
            label(&mut out, &iri, ALT_LABEL, alias)?;
        }
        if let Some(same) = same_as(entity) {
            writeln!(out, "<{iri}> <{SAME_AS}> <{same}> .")?;
        }
    }
    out.flush()
}

fn label(out: &mut impl Write, iri: &str, property: &str, text: &str) -> io::Result<()> {
    write!(out, "<{iri}> <{property}> \"")?;
    for c in text.chars() {
        match c {
            '"' => out.write_all(b"\\\"")?,
            '\\' => out.write_all(b"\\\\")?,
            '\n' => out.write_all(b"\\n")?,
            '\r' => out.write_all(b"\\r")?,
            '\t' => out.write_all(b"\\t")?,
            // Readers by lines break at some of them, and at the separators of lines and paragraphs.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => write!(out, "\\u{:04X}", u32::from(c))?,
            c => write!(out, "{c}")?,
        }
    }
    match language(text) {
        Some(tag) => writeln!(out, "\"@{tag} ."),
        None => writeln!(out, "\" ."),
    }
}
