//! The one reader of tab-separated tables, for the embedded ones and the user's.

use crate::error::Error;

/// No table has more columns.
const MOST_COLUMNS: usize = 12;

/// A table with a header, cut into rows of as many fields as the header has.
#[derive(Debug)]
pub(crate) struct Tsv<'t> {
    file: &'t str,
    columns: Vec<&'t str>,
    body: &'t str,
}

/// One row, and where it stands.
#[derive(Debug)]
pub(crate) struct Row<'t, 'a> {
    table: &'a Tsv<'t>,
    /// The line, counted from 1.
    pub line: usize,
    fields: [&'t str; MOST_COLUMNS],
}

impl<'t> Tsv<'t> {
    /// Reads the header. Lines that begin with `#` before it are comments.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] when there is no header.
    pub fn new(file: &'t str, text: &'t str) -> Result<(Self, usize), Error> {
        let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut line = 1;
        loop {
            let (head, body) = rest.split_once('\n').unwrap_or((rest, ""));
            let head = head.strip_suffix('\r').unwrap_or(head);
            if head.is_empty() && body.is_empty() {
                return Err(Error::table(file, line, "the table has no header"));
            }
            if !head.starts_with('#') {
                return Ok((Self { file, columns: head.split('\t').collect(), body }, line));
            }
            (rest, line) = (body, line + 1);
        }
    }

    /// Reads a table whose columns are all among `known` and hold all of `required`.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] naming the column that is missing, unknown or there twice.
    pub fn with_columns(
        file: &'t str,
        text: &'t str,
        required: &[&str],
        known: &[&str],
    ) -> Result<(Self, usize), Error> {
        let (table, line) = Self::new(file, text)?;
        for (i, column) in table.columns.iter().enumerate() {
            if !known.contains(column) {
                return Err(Error::table(
                    file,
                    line,
                    format!("unknown column '{column}' (known: {})", known.join(", ")),
                ));
            }
            if table.columns[..i].contains(column) {
                return Err(Error::table(file, line, format!("column '{column}' twice")));
            }
        }
        if table.columns.len() > MOST_COLUMNS {
            return Err(Error::table(file, line, format!("more than {MOST_COLUMNS} columns")));
        }
        if let Some(missing) = required.iter().find(|c| !table.columns.contains(c)) {
            return Err(Error::table(file, line, format!("column '{missing}' is missing")));
        }
        Ok((table, line))
    }

    /// The place of a column among those of the header.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| *c == name)
    }

    /// The rows, each checked for its number of fields; `header` is the header's line. Empty lines are skipped.
    pub fn rows<'a>(&'a self, header: usize) -> impl Iterator<Item = Result<Row<'t, 'a>, Error>> {
        let (mut rest, mut line) = (self.body, header);
        std::iter::from_fn(move || {
            loop {
                if rest.is_empty() {
                    return None;
                }
                line += 1;
                // Fields are a few bytes long: one look at each byte is faster than a search for each sign.
                let (mut fields, mut count, mut start) = ([""; MOST_COLUMNS], 0, 0);
                let mut end = rest.len();
                let mut field = |range: std::ops::Range<usize>| {
                    if let Some(slot) = fields.get_mut(count) {
                        *slot = &rest[range];
                    }
                    count += 1;
                };
                for (at, byte) in rest.bytes().enumerate() {
                    match byte {
                        b'\t' => {
                            field(start..at);
                            start = at + 1;
                        }
                        b'\n' => {
                            end = at;
                            break;
                        }
                        _ => {}
                    }
                }
                let text = &rest[..end];
                field(start..start.max(end - usize::from(text.ends_with('\r'))));
                rest = rest.get(end + 1..).unwrap_or_default();
                if matches!(text, "" | "\r") {
                    continue;
                }
                if count != self.columns.len() {
                    let reason = format!("{count} fields, but the header has {}", self.columns.len());
                    return Some(Err(Error::table(self.file, line, reason)));
                }
                return Some(Ok(Row { table: self, line, fields }));
            }
        })
    }
}

impl<'t> Row<'t, '_> {
    /// The field in the place of a column, as [`Tsv::column`] has it; empty when the table has no such column.
    pub fn at(&self, column: Option<usize>) -> &'t str {
        column.and_then(|column| self.fields.get(column)).copied().unwrap_or_default()
    }

    /// The field in the place of a column that must not be empty.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] when it is.
    pub fn filled_at(&self, column: Option<usize>, name: &str) -> Result<&'t str, Error> {
        let field = self.at(column);
        if field.is_empty() { Err(self.error(format!("column '{name}' is empty"))) } else { Ok(field) }
    }

    /// The field of a column; empty when the table has no such column.
    pub fn get(&self, column: &str) -> &'t str {
        self.at(self.table.column(column))
    }

    /// The field of a column that must not be empty.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] when it is.
    pub fn filled(&self, column: &str) -> Result<&'t str, Error> {
        self.filled_at(self.table.column(column), column)
    }

    /// An error at this row.
    pub fn error(&self, reason: impl Into<String>) -> Error {
        Error::table(self.table.file, self.line, reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        let read = || -> Result<(), Error> {
            let (table, header) = Tsv::with_columns("t.tsv", text, &["a"], &["a", "b"])?;
            for row in table.rows(header) {
                row?.filled("a")?;
            }
            Ok(())
        };
        read().err().map(|e| e.to_string()).unwrap_or_default()
    }

    #[test]
    fn names_the_place_of_a_fault() {
        assert_eq!(fault("a\tb\n1\t2\n"), "");
        assert_eq!(fault("# made by hand\na\n1\n\n2"), "");
        assert_eq!(fault("\u{feff}a\tb\r\n1\t2\r\n"), "");
        assert_eq!(fault(""), "t.tsv:1: the table has no header");
        assert_eq!(fault("a\tb\n1\n"), "t.tsv:2: 1 fields, but the header has 2");
        assert_eq!(fault("#\na\tb\n1\t2\n\t2\n"), "t.tsv:4: column 'a' is empty");
        assert_eq!(fault("a\tc\n"), "t.tsv:1: unknown column 'c' (known: a, b)");
        assert_eq!(fault("a\ta\n"), "t.tsv:1: column 'a' twice");
        assert_eq!(fault("b\n"), "t.tsv:1: column 'a' is missing");
    }
}
