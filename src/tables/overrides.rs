//! What users say is otherwise than the tables have it: how prominent a thing is, where it lies, which of its names need a
//! cue.

use super::entities::{marks, prior, rank};
use super::tsv::Tsv;
use crate::error::Error;

const COLUMNS: [&str; 6] = ["id", "name", "marks", "prior", "within", "rank"];

/// What a field holds that takes away what the tables have: an empty one leaves it.
const NONE: &str = "-";

/// A row: what is otherwise of an entity, or of one of its names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Override<'t> {
    file: &'t str,
    line: usize,
    pub id: &'t str,
    /// The name that marks and prior are of; without it rank and container are changed.
    pub name: Option<&'t str>,
    pub marks: Option<(bool, bool)>,
    pub prior: Option<u8>,
    pub within: Option<&'t str>,
    pub rank: Option<u8>,
}

impl Override<'_> {
    /// An error at this row.
    pub fn error(&self, reason: String) -> Error {
        Error::table(self.file, self.line, reason)
    }
}

/// Whether a table is one of overrides: it speaks of entities and does not say of what kind.
pub(super) fn is_overrides(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let header = text.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
    let mut columns = header.split('\t');
    columns.next() == Some("id") && columns.clone().all(|c| c != "kind") && columns.any(|c| COLUMNS[2..].contains(&c))
}

/// Reads a table of overrides.
///
/// # Errors
///
/// [`Error::Table`] for the first row that breaks a rule.
pub(super) fn parse<'t>(file: &'t str, text: &'t str, out: &mut Vec<Override<'t>>) -> Result<(), Error> {
    let (table, header) = Tsv::with_columns(file, text, &["id"], &COLUMNS)?;
    for row in table.rows(header) {
        let row = row?;
        let id = row.filled("id")?;
        let name = Some(row.get("name")).filter(|name| !name.is_empty());
        let marks = match row.get("marks") {
            "" => None,
            NONE => Some((false, false)),
            field => Some(marks(&row, field)?),
        };
        let prior = match row.get("prior") {
            "" => None,
            NONE => Some(0),
            digits => Some(prior(&row, digits)?),
        };
        let within = match row.get("within") {
            "" => None,
            NONE => Some(""),
            id => Some(id),
        };
        let rank = match row.get("rank") {
            "" => None,
            digits => Some(rank(&row, digits)?),
        };
        match (name, marks.is_some() || prior.is_some(), within.is_some() || rank.is_some()) {
            (Some(_), _, true) => return Err(row.error("container and rank are the entity's: leave the name empty")),
            (None, true, _) => return Err(row.error("marks and prior are a name's: which one?")),
            (_, false, false) => return Err(row.error("the row changes nothing")),
            _ => {}
        }
        out.push(Override { file, line: row.line, id, name, marks, prior, within, rank });
    }
    Ok(())
}
