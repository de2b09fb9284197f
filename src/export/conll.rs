//! `CoNLL-U` Plus: a line a token, with BIO tags and entities.

use std::io::{self, Write};

use super::ids::{column, one_line};
use super::placed::{Placed, disjoint, with_texts};
use super::unit::{Offsets, Unit};
use crate::mention::Corpus;
use crate::resolve::Resolution;
use crate::span::Span;
use crate::token::Tokenized;

/// Writes a line for each token of each document, given their texts in the order of the documents. Returns how many mentions
/// are left out: those that have no place in their text, that overlap another one, or that hold no token.
///
/// The format is [CoNLL-U Plus](https://universaldependencies.org/ext-format.html): UTF-8, six columns parted by tabs, an empty line
/// after each sentence, `# newdoc id = ` before the first sentence of a document (one without tokens is not shown).
///
/// | column | what |
/// |---|---|
/// | `ID` | the token's number in its sentence, from 1 |
/// | `FORM` | the token; it holds no white space and no control characters |
/// | `ALLONYM:START`, `ALLONYM:END` | its place in the text, in characters |
/// | `ALLONYM:NER` | `B-` (the first token of a mention) or `I-` with `PER`, `LOC` or `ORG`; else `O` |
/// | `ALLONYM:ENTITY` | the entity's id, blanks and `%` percent-encoded; else `_` |
///
/// Tokens are those of [`Tokenized`], cut where a mention begins or ends inside one; no sentence ends within a mention.
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
/// let text = "Le Monde 🚀 left Idlib.";
/// let corpus: Corpus = [Extractor::embedded().extract("a.txt", text)].into_iter().collect();
/// let mut out = Vec::new();
/// export::conll(&corpus, &Resolver::embedded().resolve(&corpus), [text], &mut out)?;
/// let out = String::from_utf8_lossy(&out);
/// let lines: Vec<&str> = out.lines().collect();
/// assert_eq!(lines[1..4], ["# newdoc id = a.txt", "1\tLe\t0\t2\tB-ORG\tle-monde", "2\tMonde\t3\t8\tI-ORG\tle-monde"]);
/// assert_eq!(lines[4..7], ["3\t🚀\t9\t10\tO\t_", "4\tleft\t11\t15\tO\t_", "5\tIdlib\t16\t21\tB-LOC\tidlib"]);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn conll<T: AsRef<str>>(
    corpus: &Corpus,
    resolution: &Resolution,
    texts: impl IntoIterator<Item = T>,
    mut out: impl Write,
) -> io::Result<usize> {
    writeln!(out, "# global.columns = ID FORM ALLONYM:START ALLONYM:END ALLONYM:NER ALLONYM:ENTITY")?;
    let mut left_out = 0;
    for (number, document, text) in with_texts(corpus, texts) {
        let text = text.as_ref().map_or("", T::as_ref);
        let (mentions, missing) = disjoint(document, number, text, resolution);
        let pieces = pieces(text, &mentions);
        let mut offsets = Offsets::new(text, Unit::Chars);
        let mut before: Option<&Piece> = None;
        let (mut id, mut shown) = (0, 0);
        for piece in &pieces {
            let within = piece.mention.is_some() && before.is_some_and(|b| b.mention == piece.mention);
            match before {
                None => writeln!(out, "# newdoc id = {}", one_line(&document.id))?,
                Some(before) if before.sentence != piece.sentence && !within => {
                    writeln!(out)?;
                    id = 0;
                }
                Some(_) => {}
            }
            id += 1;
            let Span { start, end } = offsets.of(piece.span);
            write!(out, "{id}\t{}\t{start}\t{end}\t", &text[piece.span])?;
            match piece.mention.and_then(|m| mentions.get(m)) {
                Some(mention) => {
                    shown += usize::from(!within);
                    let position = if within { 'I' } else { 'B' };
                    writeln!(out, "{position}-{}\t{}", mention.kind.code(), entity_column(&mention.entity.id))?;
                }
                None => writeln!(out, "O\t_")?,
            }
            before = Some(piece);
        }
        if before.is_some() {
            writeln!(out)?;
        }
        left_out += missing + mentions.len() - shown;
    }
    out.flush()?;
    Ok(left_out)
}

/// An id that is not taken for an empty column.
fn entity_column(id: &str) -> String {
    match id {
        "" => "%".to_owned(),
        "_" => "%5F".to_owned(),
        _ => column(id),
    }
}

/// A token, or a part of one.
struct Piece {
    span: Span,
    /// The number of its sentence.
    sentence: usize,
    /// The mention that it lies in.
    mention: Option<usize>,
}

/// The tokens of a text, cut at the ends of mentions (which are in order and disjoint) and at blanks inside.
fn pieces(text: &str, mentions: &[Placed<'_>]) -> Vec<Piece> {
    let tokenized = Tokenized::new(text);
    let mut pieces = Vec::with_capacity(tokenized.tokens().len());
    let mut next = 0;
    for (sentence, of) in tokenized.sentences().iter().enumerate() {
        for token in tokenized.tokens().get(of.tokens.clone()).unwrap_or_default() {
            let Span { mut start, end } = token.span;
            while start < end {
                while mentions.get(next).is_some_and(|m| m.span.end <= start) {
                    next += 1;
                }
                let (cut, mention) = match mentions.get(next) {
                    Some(m) if m.span.start <= start => (m.span.end.min(end), Some(next)),
                    Some(m) => (m.span.start.min(end), None),
                    None => (end, None),
                };
                let words = words(text, Span::new(start, cut));
                pieces.extend(words.map(|span| Piece { span, sentence, mention }));
                start = cut;
            }
        }
    }
    pieces
}

/// What stands between blanks and control characters.
fn words(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let mut at = span.start;
    text[span].split_inclusive(blank).filter_map(move |word| {
        let start = at;
        at += word.len();
        let length = word.trim_end_matches(blank).len();
        (length > 0).then(|| Span::new(start, start + length))
    })
}
