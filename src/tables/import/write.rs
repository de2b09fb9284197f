//! Entities written as a table.

use std::io::Write;

use crate::error::Error;
use crate::tables::TableEntity;

/// The columns, in the order of the tables of the crate.
const HEADER: &str = "id\tkind\tsort\tname\tlang\tmarks\tprior\twithin\trank\tcode\tsource";

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
/// assert!(tables.get("harem-idlib").is_some_and(|read| read.to_entity() == harem));
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
    /// [`Error::Entity`] when a table could not give the entity back: an empty id, a tab or line break in a field, a name
    /// without letter or digit or there twice, a rank that is not 1 to 9, a canonical name that is not the first one or
    /// not the only one; nothing of it is written then. [`Error::File`] when it cannot be written.
    pub fn write(&mut self, entity: &TableEntity) -> Result<(), Error> {
        entity.check()?;
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
            let prior = if alias.prior == 0 { String::new() } else { alias.prior.to_string() };
            let of_entity = match i {
                0 => {
                    let (within, code) = (entity.within.as_deref(), entity.code.as_deref());
                    format!("{}\t{}\t{}", within.unwrap_or_default(), entity.rank, code.unwrap_or_default())
                }
                _ => "\t\t".to_owned(),
            };
            self.row(&format!("{id}\t{kind}\t{sort}\t{name}\t{lang}\t{marks}\t{prior}\t{of_entity}\t{source}"))?;
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
