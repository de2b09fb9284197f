//! What can go wrong, and where.

use std::path::PathBuf;

/// An error from tables, files, options or constraints; never from text, which always extracts.
///
/// # Examples
///
/// ```
/// let error = allonym::Tables::builder().entities("mine.tsv", "id\tkind\tname\nx\tplanet\tMars\n").build().unwrap_err();
/// assert_eq!(error.to_string(), "mine.tsv:2: unknown kind 'planet' (person, place or organization)");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A row of a table is refused.
    #[error("{file}:{line}: {reason}")]
    Table {
        /// The table's file name, as it was given.
        file: String,
        /// The line, counted from 1, the header included.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A file or folder cannot be read, or does not hold what it should.
    #[error("{}: {reason}", path.display())]
    File {
        /// The path, as it was given.
        path: PathBuf,
        /// What the system, or the format, says.
        reason: String,
    },
    /// A record of a JSON Lines or CSV input is refused.
    #[error("{file}:{line}: {reason}")]
    Record {
        /// The file name, as it was given.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// An entity cannot be put into tables.
    #[error("entity '{id}': {reason}")]
    Entity {
        /// Its id.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A document of an index cannot be added or removed.
    #[error("document '{id}': {reason}")]
    Document {
        /// Its id.
        id: String,
        /// What is wrong.
        reason: String,
    },
    /// A decision contradicts those in force, or says nothing that can be done.
    #[error("decision: {reason}")]
    Decision {
        /// What is wrong with it.
        reason: String,
    },
    /// An option has no such value.
    #[error("{option}: {reason}")]
    Option {
        /// The option's name.
        option: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl Error {
    pub(crate) fn table(file: &str, line: usize, reason: impl Into<String>) -> Self {
        Self::Table { file: file.to_owned(), line, reason: reason.into() }
    }

    pub(crate) fn file(path: impl Into<PathBuf>, reason: impl ToString) -> Self {
        Self::File { path: path.into(), reason: reason.to_string() }
    }
}
