//! One page that a browser shows without a network: entities, documents, what is open, and why.
//!
//! `report.html` is the frame, `report.css` its looks, `js/` what it does, and [`data`] what it shows: JSON in elements that
//! no browser runs. Nothing of the data is ever markup. The page's own policy lets run only the script whose digest it
//! names, load nothing, send nothing, and turn no string into markup.

mod data;
mod inert;
mod pairs;
mod sha256;

use std::io::{self, Write};

use data::Data;

use crate::mention::Corpus;
use crate::resolve::Resolution;

const FRAME: &str = include_str!("report.html");
const STYLE: &str = include_str!("report.css");

/// The parts of the script, which share one scope, in their order.
const SCRIPT: &[&str] = &[
    include_str!("js/data.js"),
    include_str!("js/dom.js"),
    include_str!("js/decisions.js"),
    include_str!("js/list.js"),
    include_str!("js/evidence.js"),
    include_str!("js/charts.js"),
    include_str!("js/entities.js"),
    include_str!("js/documents.js"),
    include_str!("js/review.js"),
    include_str!("js/compare.js"),
    include_str!("js/graph.js"),
    include_str!("js/main.js"),
];

/// Writes a report as one HTML page that needs no network and no other file: the entities with their names and the
/// evidence of each merge, the documents with their mentions, the most open decisions, and why any two entities are two.
///
/// `texts` are those of the documents, in their order; they are asked for one at a time, so they need not be in memory
/// together. A document without one is shown as the list of its mentions, and a mention whose span is not its surface form
/// stands below the text.
///
/// What a reader of the report decides it gives back as a log for [`Decisions::read`](crate::resolve::Decisions::read).
///
/// # Errors
///
/// Those of the writer.
///
/// # Cost
///
/// Linear in the texts and mentions; besides, entities whose names have a word or a blocking key in common are compared with
/// each other, 400,000 pairs at most.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, Extractor, Resolver, export};
///
/// let texts = ["Rebels left Idlib.", "Nobody is in <b>Idlib</b>."];
/// let corpus: Corpus = texts.iter().enumerate().map(|(i, t)| Extractor::embedded().extract(&format!("{i}.txt"), t)).collect();
/// let mut page = Vec::new();
/// export::html(&corpus, &Resolver::embedded().resolve(&corpus), texts, &mut page)?;
/// let page = String::from_utf8_lossy(&page);
/// assert!(page.starts_with("<!doctype html>") && page.contains("Idlib"));
/// assert!(!page.contains("<b>Idlib"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn html<T: AsRef<str>>(
    corpus: &Corpus,
    resolution: &Resolution,
    texts: impl IntoIterator<Item = T>,
    mut out: impl Write,
) -> io::Result<()> {
    let script = SCRIPT.concat();
    let mut texts = Some(texts);
    for part in pieces(FRAME) {
        match part {
            Piece::Text(text) => out.write_all(text.as_bytes())?,
            Piece::Slot("policy") => out.write_all(policy(&script).as_bytes())?,
            Piece::Slot("style") => out.write_all(STYLE.as_bytes())?,
            Piece::Slot("script") => out.write_all(script.as_bytes())?,
            // The frame has one such slot, and no others than these.
            Piece::Slot(_) => {
                if let Some(texts) = texts.take() {
                    Data::new(corpus, resolution).write(texts, &mut out)?;
                }
            }
        }
    }
    out.flush()
}

/// What the page may do: run this script, look like this, and nothing else.
fn policy(script: &str) -> String {
    let digest = |text: &str| sha256::base64(&sha256::sha256(text.as_bytes()));
    let (script, style) = (digest(script), digest(STYLE));
    format!(
        "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; connect-src 'none'; \
         img-src 'none'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// A part of the frame.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'f> {
    Text(&'f str),
    /// The name between `{{` and `}}`.
    Slot(&'f str),
}

fn pieces(frame: &str) -> impl Iterator<Item = Piece<'_>> {
    frame.split("{{").flat_map(|part| {
        let (slot, text) = part.split_once("}}").map_or((None, part), |(slot, text)| (Some(slot), text));
        slot.map(Piece::Slot).into_iter().chain([Piece::Text(text)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_has_each_slot_once() {
        let slots: Vec<Piece<'_>> = pieces(FRAME).filter(|piece| matches!(piece, Piece::Slot(_))).collect();
        assert_eq!(slots, ["policy", "style", "data", "script"].map(Piece::Slot));
    }

    #[test]
    fn style_and_script_end_where_their_elements_do() {
        let script = SCRIPT.concat();
        for (source, end) in [(STYLE, "</style"), (script.as_str(), "</script"), (script.as_str(), "<!--")] {
            assert!(!source.to_lowercase().contains(end), "{end}");
        }
        for sink in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("] {
            assert!(!script.contains(sink), "{sink}");
        }
        // Nothing is fetched from anywhere: the only addresses are names of namespaces.
        for (at, _) in script.match_indices("://").chain(STYLE.match_indices("://")) {
            let around = script.get(at.saturating_sub(5)..at + 20).unwrap_or_default();
            assert!(around.contains("www.w3.org"), "{around}");
        }
    }
}
