//! BRAT standoff: one `.ann` beside the `.txt` of each document.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::ids::{column, one_line, wikidata};
use super::placed::{Placed, placed};
use super::unit::{Offsets, Unit};
use crate::mention::{Corpus, EntityKind};
use crate::resolve::Resolution;
use crate::span::Span;

/// The `annotation.conf` that BRAT needs to show what [`brat`] writes.
///
/// # Examples
///
/// ```
/// use allonym::export::BRAT_CONFIG;
///
/// assert!(BRAT_CONFIG.contains("[entities]") && BRAT_CONFIG.contains("Person"));
/// ```
pub const BRAT_CONFIG: &str = "[entities]
Person
Place
Organization

[relations]
Equiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive

[events]

[attributes]
";

/// Writes the `.ann` of the document of a number, an index into [`Corpus::documents`], whose text is the `.txt` beside it.
/// Returns how many of its mentions have no place in the text.
///
/// Offsets are characters of the text as it stands, carriage returns included, as in the
/// [standoff format](https://brat.nlplab.org/standoff.html). Each mention is a line `T`; for BRAT's spans must not hold line
/// breaks, one that does is written in fragments, as are those with other control characters. A line `N` gives its entity,
/// as `Wikidata:Q858` or `allonym:` and the id (blanks and `%` percent-encoded), with the canonical name; a line `*` the mentions
/// of one entity as equivalent.
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
/// let text = "🚀 Rebels left Idlib.";
/// let corpus: Corpus = [Extractor::embedded().extract("a.txt", text)].into_iter().collect();
/// let mut out = Vec::new();
/// export::brat(&corpus, &Resolver::embedded().resolve(&corpus), 0, text, &mut out)?;
/// assert_eq!(String::from_utf8_lossy(&out), "T1\tPlace 14 19\tIdlib\nN1\tReference T1 allonym:idlib\tIdlib\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn brat(
    corpus: &Corpus,
    resolution: &Resolution,
    document: usize,
    text: &str,
    mut out: impl Write,
) -> io::Result<usize> {
    let Some(extraction) = corpus.documents().get(document) else { return Ok(0) };
    let (mentions, mut left_out) = placed(extraction, document, text, resolution);
    let mentions: Vec<(Placed<'_>, Vec<Span>)> = mentions
        .into_iter()
        .map(|mention| {
            let fragments = fragments(text, mention.span);
            (mention, fragments)
        })
        .filter(|(_, fragments)| {
            left_out += usize::from(fragments.is_empty());
            !fragments.is_empty()
        })
        .collect();
    let mut offsets = Offsets::new(text, Unit::Chars);
    for (i, (mention, fragments)) in mentions.iter().enumerate() {
        let of_kind = match mention.kind {
            EntityKind::Person => "Person",
            EntityKind::Place => "Place",
            EntityKind::Organization => "Organization",
        };
        write!(out, "T{}\t{of_kind}", i + 1)?;
        for (f, &fragment) in fragments.iter().enumerate() {
            let Span { start, end } = offsets.of(fragment);
            write!(out, "{}{start} {end}", if f == 0 { ' ' } else { ';' })?;
        }
        for (f, &fragment) in fragments.iter().enumerate() {
            write!(out, "{}{}", if f == 0 { '\t' } else { ' ' }, &text[fragment])?;
        }
        writeln!(out)?;
    }
    let mut of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, (Placed { entity, .. }, _)) in mentions.iter().enumerate() {
        let (number, name) = (i + 1, one_line(&entity.name));
        match wikidata(entity) {
            Some(id) => writeln!(out, "N{number}\tReference T{number} Wikidata:{id}\t{name}")?,
            None => writeln!(out, "N{number}\tReference T{number} allonym:{}\t{name}", column(&entity.id))?,
        }
        of.entry(&entity.id).or_default().push(number);
    }
    for numbers in of.values().filter(|numbers| numbers.len() > 1) {
        write!(out, "*\tEquiv")?;
        for number in numbers {
            write!(out, " T{number}")?;
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(left_out)
}

/// The parts of a span between line breaks and other control characters, without white space at their ends.
fn fragments(text: &str, span: Span) -> Vec<Span> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let mut fragments = Vec::new();
    let mut at = span.start;
    for piece in text[span].split_inclusive(breaks) {
        let inside = piece.trim_end_matches(breaks);
        let start = at + (inside.len() - inside.trim_start().len());
        let end = start + inside.trim().len();
        if start < end {
            fragments.push(Span::new(start, end));
        }
        at += piece.len();
    }
    fragments
}
