//! CSV and TSV, for spreadsheets and data frames.

use std::borrow::Cow;
use std::io::{self, Write};

use super::json;
use crate::mention::Corpus;
use crate::resolve::{MentionRef, Resolution};

/// What a row of [`csv`] or [`tsv`] is.
///
/// # Examples
///
/// ```
/// use allonym::export::{self, Rows};
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a", "Omar Omsen left Harem.")].into_iter().collect();
/// let resolution = Resolver::embedded().resolve(&corpus);
/// for rows in [Rows::Mentions, Rows::Names] {
///     let mut out = Vec::new();
///     export::csv(&corpus, &resolution, rows, &mut out)?;
///     assert_eq!(String::from_utf8_lossy(&out).lines().count(), 3); // a header and two rows
/// }
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rows {
    /// A mention, in the order of the documents: `document`, `start`, `end` (bytes), `char_start`, `char_end` (characters),
    /// `text`, `kind`, `confidence`, and its entity's `entity` (the id), `name` and `table_id`, which are empty when a user
    /// rejected it.
    Mentions,
    /// A surface form of an entity, in the order of the entities: `entity`, `kind`, `name`, `table_id`, the entity's
    /// `mentions` and `documents`, and `alias` with its `count`.
    Names,
}

/// Writes mentions or names as CSV, with a header.
///
/// [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180): commas, lines that end in CR LF, quotes where a cell needs them, doubled
/// inside; UTF-8 without a byte order mark.
///
/// # Formulas
///
/// Spreadsheets run what begins as a formula. A cell that does (`=`, `+`, `-` or `@`, with something after it and perhaps blanks or
/// apostrophes before; their full-width forms; a tab or line break at the start) is written with an apostrophe before it,
/// as [OWASP](https://owasp.org/www-community/attacks/CSV_Injection) advises; [`unguarded`] takes it off again.
///
/// # Errors
///
/// Those of the writer.
///
/// # Examples
///
/// ```
/// use allonym::export::{self, Rows};
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a.txt", "Rebels left İdlib, then Syria.")].into_iter().collect();
/// let mut out = Vec::new();
/// export::csv(&corpus, &Resolver::embedded().resolve(&corpus), Rows::Names, &mut out)?;
/// let out = String::from_utf8_lossy(&out);
/// assert!(out.starts_with("entity,kind,name,table_id,mentions,documents,alias,count\r\n"));
/// assert!(out.contains("\r\nQ858,place,Syria,Q858,1,1,Syria,1\r\n"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn csv(corpus: &Corpus, resolution: &Resolution, rows: Rows, out: impl Write) -> io::Result<()> {
    write(corpus, resolution, rows, &mut Cells { out, delimiter: b',', end: b"\r\n" })
}

/// Writes mentions or names as TSV, with a header: as [`csv`], but with tabs between the cells and LF after each line.
///
/// Cells with tabs, line breaks or quotes are quoted as in RFC 4180, which is what Python calls `excel-tab`.
///
/// # Errors
///
/// Those of the writer.
///
/// # Examples
///
/// ```
/// use allonym::export::{self, Rows};
/// use allonym::{Corpus, Extractor, Resolver};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a.txt", "🚀 Rebels left Syria.")].into_iter().collect();
/// let mut out = Vec::new();
/// export::tsv(&corpus, &Resolver::embedded().resolve(&corpus), Rows::Mentions, &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("\na.txt\t17\t22\t14\t19\tSyria\tplace\t"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn tsv(corpus: &Corpus, resolution: &Resolution, rows: Rows, out: impl Write) -> io::Result<()> {
    write(corpus, resolution, rows, &mut Cells { out, delimiter: b'\t', end: b"\n" })
}

/// The text of a cell without the apostrophe that [`csv`] and [`tsv`] put before what a spreadsheet would run.
///
/// # Examples
///
/// ```
/// use allonym::export::unguarded;
///
/// assert_eq!(unguarded("'=1+1"), "=1+1");
/// assert_eq!(unguarded("'Abd al-Rahman"), "'Abd al-Rahman");
/// ```
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// Whether a spreadsheet may run the cell, or would without the apostrophes and blanks before it.
fn is_formula(cell: &str) -> bool {
    if cell.trim_start_matches('\'').starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let mut rest =
        cell.trim_start_matches(|c: char| c == '\'' || c == '\u{feff}' || c.is_whitespace() || c.is_control());
    let sign = rest.chars().next();
    rest = rest.get(sign.map_or(0, char::len_utf8)..).unwrap_or_default();
    sign.is_some_and(|c| "=+-@＝＋－＠".contains(c)) && !rest.is_empty()
}

fn write(corpus: &Corpus, resolution: &Resolution, rows: Rows, cells: &mut Cells<impl Write>) -> io::Result<()> {
    match rows {
        Rows::Mentions => mentions(corpus, resolution, cells)?,
        Rows::Names => names(resolution, cells)?,
    }
    cells.out.flush()
}

fn mentions(corpus: &Corpus, resolution: &Resolution, cells: &mut Cells<impl Write>) -> io::Result<()> {
    const HEADER: [&str; 11] = [
        "document", "start", "end", "char_start", "char_end", "text", "kind", "confidence", "entity", "name",
        "table_id",
    ];
    cells.row(HEADER)?;
    for (document, d) in corpus.documents().iter().enumerate() {
        for (mention, m) in d.mentions.iter().enumerate() {
            let entity = resolution.entity_of(MentionRef { document, mention });
            let [start, end] = [m.span.start, m.span.end].map(|at| at.to_string());
            let [char_start, char_end] = [m.char_span.start, m.char_span.end].map(|at| at.to_string());
            cells.row([
                &*d.id,
                &*start,
                &*end,
                &*char_start,
                &*char_end,
                &*m.surface,
                m.kind.word(),
                &*json::confidence(m).to_string(),
                entity.map_or("", |e| &e.id),
                entity.map_or("", |e| &e.name),
                entity.and_then(|e| e.table_id.as_deref()).unwrap_or_default(),
            ])?;
        }
    }
    Ok(())
}

fn names(resolution: &Resolution, cells: &mut Cells<impl Write>) -> io::Result<()> {
    cells.row(["entity", "kind", "name", "table_id", "mentions", "documents", "alias", "count"])?;
    for e in resolution.entities() {
        let [mentions, documents] = [e.mentions.len(), e.documents()].map(|number| number.to_string());
        for alias in &e.aliases {
            cells.row([
                &*e.id,
                e.kind.word(),
                &*e.name,
                e.table_id.as_deref().unwrap_or_default(),
                &*mentions,
                &*documents,
                &*alias.text,
                &*alias.count.to_string(),
            ])?;
        }
    }
    Ok(())
}

/// Writes rows of cells.
struct Cells<W> {
    out: W,
    delimiter: u8,
    end: &'static [u8],
}

impl<W: Write> Cells<W> {
    fn row<const N: usize>(&mut self, cells: [&str; N]) -> io::Result<()> {
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 {
                self.out.write_all(&[self.delimiter])?;
            }
            self.cell(cell)?;
        }
        self.out.write_all(self.end)
    }

    fn cell(&mut self, cell: &str) -> io::Result<()> {
        let cell: Cow<'_, str> = if is_formula(cell) { format!("'{cell}").into() } else { cell.into() };
        if cell.contains([char::from(self.delimiter), '"', '\r', '\n']) {
            write!(self.out, "\"{}\"", cell.replace('"', "\"\""))
        } else {
            self.out.write_all(cell.as_bytes())
        }
    }
}
