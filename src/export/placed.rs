//! The mentions of a document that stand in its text.

use std::cmp::Reverse;

use crate::mention::{Corpus, EntityKind, Extraction};
use crate::resolve::{Entity, MentionRef, Resolution};
use crate::span::Span;

/// A mention in its text, and whom it names.
pub(super) struct Placed<'r> {
    /// In bytes; not empty, within the text and on character boundaries.
    pub span: Span,
    pub kind: EntityKind,
    pub entity: &'r Entity,
}

/// The mentions of the document of a number that its text has, by their places, and how many it has not. Those that a user
/// rejected are neither.
pub(super) fn placed<'r>(
    document: &Extraction,
    number: usize,
    text: &str,
    resolution: &'r Resolution,
) -> (Vec<Placed<'r>>, usize) {
    let (mut placed, mut left_out) = (Vec::with_capacity(document.mentions.len()), 0);
    for (mention, m) in document.mentions.iter().enumerate() {
        let Some(entity) = resolution.entity_of(MentionRef { document: number, mention }) else { continue };
        if text.get(m.span.start..m.span.end).is_some_and(|surface| !surface.is_empty()) {
            placed.push(Placed { span: m.span, kind: m.kind, entity });
        } else {
            left_out += 1;
        }
    }
    placed.sort_by_key(|p| (p.span.start, Reverse(p.span.end)));
    (placed, left_out)
}

/// The same without those that overlap one before them: of two that begin together the longer stays.
pub(super) fn disjoint<'r>(
    document: &Extraction,
    number: usize,
    text: &str,
    resolution: &'r Resolution,
) -> (Vec<Placed<'r>>, usize) {
    let (mut placed, mut left_out) = placed(document, number, text, resolution);
    let mut end = 0;
    placed.retain(|p| {
        let free = p.span.start >= end;
        if free {
            end = p.span.end;
        } else {
            left_out += 1;
        }
        free
    });
    (placed, left_out)
}

/// The documents with their numbers and texts; a document beyond the last text has an empty one.
pub(super) fn with_texts<T: AsRef<str>>(
    corpus: &Corpus,
    texts: impl IntoIterator<Item = T>,
) -> impl Iterator<Item = (usize, &Extraction, Option<T>)> {
    let mut texts = texts.into_iter();
    corpus.documents().iter().enumerate().map(move |(number, document)| (number, document, texts.next()))
}
