//! Entities written as a table.

use std::io::Write;

use super::names::is_found;
use crate::error::Error;
use crate::tables::{AliasSort, TableEntity};

/// The columns, in the order of the tables of the crate.
const HEADER: &str = "id\tkind\tsort\tname\tlang\tmarks\twithin\trank\tsource";

/// Writes entities as rows of a table, which [`TablesBuilder::entities`](crate::tables::TablesBuilder::entities) and
/// [`Tables::from_dir`](crate::Tables::from_dir) read back as they were.
///
/// # Examples
///
/// ```
/// use allonym::tables::import::TsvWriter;
/// use allonym::{EntityKind, Tables, tables::TableEntity};
///
/// let harem = TableEntity::new("harem-idlib", EntityKind::Place, "Harem");
/// let mut table = TsvWriter::new("mine.tsv", Vec::new());
/// table.write(&harem)?;
/// let text = String::from_utf8(table.finish()?).unwrap();
/// let tables = Tables::builder().entities("mine.tsv", text).build()?;
/// assert!(tables.get("harem-idlib").is_some_and(|read| *read == harem));
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug)]
pub struct TsvWriter<W> {
    file: String,
    out: W,
    line: usize,
}

impl<W: Write> TsvWriter<W> {
    /// A table of that file name, which is for messages; its header is written before the first entity, or at the end.
    /// Give a buffered writer: every name is a call.
    #[must_use]
    pub fn new(file: impl Into<String>, out: W) -> Self {
        Self { file: file.into(), out, line: 0 }
    }

    /// Writes an entity, one row a name. That no two entities have one id is the caller's care.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] when a table could not give the entity back: an empty id or name, a tab or line break in a
    /// field, a name without letter or digit or there twice, a rank that is not 1 to 9, a canonical name that is not
    /// the first one or not the only one; nothing of it is written then. [`Error::File`] when it cannot be written.
    pub fn write(&mut self, entity: &TableEntity) -> Result<(), Error> {
        if let Some(reason) = fault(entity) {
            return Err(Error::table(&self.file, self.line.max(1) + 1, reason));
        }
        self.header()?;
        let (id, kind) = (&entity.id, entity.kind);
        for (i, alias) in entity.aliases.iter().enumerate() {
            let (name, sort, lang, source) = (&alias.name, alias.sort.word(), &alias.lang, &alias.source);
            let marks = match (alias.ambiguous, alias.weak) {
                (true, true) => "ambiguous,weak",
                (true, false) => "ambiguous",
                (false, true) => "weak",
                (false, false) => "",
            };
            let (within, rank) = match i {
                0 => (entity.within.as_deref().unwrap_or_default(), entity.rank.to_string()),
                _ => ("", String::new()),
            };
            self.row(&format!("{id}\t{kind}\t{sort}\t{name}\t{lang}\t{marks}\t{within}\t{rank}\t{source}"))?;
        }
        Ok(())
    }

    /// Writes what is left and gives the writer back.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when it cannot be written.
    pub fn finish(mut self) -> Result<W, Error> {
        self.header()?;
        self.out.flush().map_err(|e| Error::file(&self.file, e))?;
        Ok(self.out)
    }

    fn header(&mut self) -> Result<(), Error> {
        if self.line == 0 { self.row(HEADER) } else { Ok(()) }
    }

    fn row(&mut self, row: &str) -> Result<(), Error> {
        self.line += 1;
        self.out
            .write_all(row.as_bytes())
            .and_then(|()| self.out.write_all(b"\n"))
            .map_err(|e| Error::file(&self.file, e))
    }
}

/// Why a table could not give an entity back.
fn fault(entity: &TableEntity) -> Option<String> {
    let id = entity.id.escape_debug();
    let is_cut = |field: &str| field.contains(['\t', '\n', '\r']);
    if entity.id.is_empty() {
        return Some("an entity without id".to_owned());
    }
    if is_cut(&entity.id) || entity.within.as_deref().is_some_and(|w| w.is_empty() || is_cut(w)) {
        return Some(format!("'{id}': an id is empty or holds a tab or line break"));
    }
    if !(1..=9).contains(&entity.rank) {
        return Some(format!("'{id}': rank {} is not 1 to 9", entity.rank));
    }
    let canonical = |(i, alias): (usize, &crate::tables::Alias)| (i == 0) == (alias.sort == AliasSort::Canonical);
    if entity.aliases.is_empty() || !entity.aliases.iter().enumerate().all(canonical) {
        return Some(format!("'{id}': not one canonical name, the first"));
    }
    let mut names: Vec<&str> = entity.aliases.iter().map(|a| a.name.as_str()).collect();
    names.sort_unstable();
    if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        return Some(format!("'{id}' has the name '{}' twice", pair[0].escape_debug()));
    }
    for alias in &entity.aliases {
        let name = alias.name.escape_debug();
        if !is_found(&alias.name) {
            return Some(format!("'{id}': the name '{name}' holds no letter or digit"));
        }
        if [&alias.name, &alias.lang, &alias.source].iter().any(|field| is_cut(field)) {
            return Some(format!("'{id}': a tab or line break in a field of '{name}'"));
        }
    }
    None
}
