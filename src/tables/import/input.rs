//! Foreign files, read a line at a time.

use std::fmt;
use std::io::{BufRead, Read};

use crate::error::Error;

/// The most bytes of a line, or of a CSV record. The largest entities of Wikidata take some 5 MB; a line beyond this
/// is no record of any format here, and memory ends somewhere.
///
/// # Examples
///
/// ```
/// use allonym::tables::import::LONGEST_LINE;
///
/// assert_eq!(LONGEST_LINE, 64 * 1024 * 1024);
/// ```
pub const LONGEST_LINE: usize = 64 << 20;

/// A file to import from: a reader, and the name that stands in messages. A byte order mark is passed over; lines may
/// end in LF or CR LF.
///
/// # Examples
///
/// ```
/// use allonym::tables::import::{Ftm, Input};
///
/// let lines = br#"{"id": "nk-1", "schema": "Person", "properties": {"name": ["Omar Diaby"]}}"#;
/// let mut names = Vec::new();
/// let summary = Ftm::default().read(Input::new("list.json", &lines[..]), |entity| {
///     names.push(entity.name().to_owned());
///     Ok(())
/// })?;
/// assert_eq!((names, summary.entities), (vec!["Omar Diaby".to_owned()], 1));
/// # Ok::<(), allonym::Error>(())
/// ```
pub struct Input<'r> {
    file: String,
    read: Box<dyn BufRead + 'r>,
    line: usize,
}

impl fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input").field("file", &self.file).field("line", &self.line).finish_non_exhaustive()
    }
}

/// A line of a file, for messages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'f> {
    pub file: &'f str,
    /// Counted from 1.
    pub line: usize,
}

impl Place<'_> {
    /// An error at this line.
    pub fn error(self, reason: impl Into<String>) -> Error {
        Error::Record { file: self.file.to_owned(), line: self.line, reason: reason.into() }
    }
}

impl<'r> Input<'r> {
    /// A file of that name.
    #[must_use]
    pub fn new(file: impl Into<String>, read: impl BufRead + 'r) -> Self {
        Self { file: file.into(), read: Box::new(read), line: 0 }
    }

    /// The line that was read last.
    pub(super) fn place(&self) -> Place<'_> {
        self.place_of(self.line)
    }

    pub(super) fn place_of(&self, line: usize) -> Place<'_> {
        Place { file: &self.file, line }
    }

    /// The next line, without its end; none at the end of the file.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when it cannot be read; [`Error::Record`] when it is not UTF-8 or longer than [`LONGEST_LINE`].
    pub(super) fn line<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Option<&'b str>, Error> {
        if self.bytes(buffer)? { self.text(buffer).map(Some) } else { Ok(None) }
    }

    /// The next line that is not empty.
    ///
    /// # Errors
    ///
    /// As [`Input::line`].
    pub(super) fn filled_line<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Option<&'b str>, Error> {
        while self.bytes(buffer)? {
            if !buffer.is_empty() {
                return self.text(buffer).map(Some);
            }
        }
        Ok(None)
    }

    fn text<'b>(&self, line: &'b [u8]) -> Result<&'b str, Error> {
        std::str::from_utf8(line).map_err(|_| self.place().error("not UTF-8"))
    }

    /// Reads the next line's bytes; whether there was one.
    fn bytes(&mut self, line: &mut Vec<u8>) -> Result<bool, Error> {
        line.clear();
        // The line's end and a mark before it count, too.
        let most = LONGEST_LINE as u64 + 5;
        let read = self.read.by_ref().take(most).read_until(b'\n', line);
        if read.map_err(|e| Error::file(&self.file, e))? == 0 {
            return Ok(false);
        }
        self.line += 1;
        if line.last() == Some(&b'\n') {
            line.pop();
            if line.last() == Some(&b'\r') {
                line.pop();
            }
        }
        if self.line == 1 && line.starts_with("\u{feff}".as_bytes()) {
            line.drain(.."\u{feff}".len());
        }
        if line.len() > LONGEST_LINE {
            return Err(self.place().error(format!("a line of more than {LONGEST_LINE} bytes")));
        }
        Ok(true)
    }
}

/// The fields of a line parted by tabs.
///
/// # Errors
///
/// [`Error::Record`] when there are not `N`.
pub(super) fn fields<'l, const N: usize>(line: &'l str, at: Place<'_>) -> Result<[&'l str; N], Error> {
    let (mut fields, mut count) = ([""; N], 0);
    for field in line.split('\t') {
        if let Some(slot) = fields.get_mut(count) {
            *slot = field;
        }
        count += 1;
    }
    if count == N { Ok(fields) } else { Err(at.error(format!("{count} columns, not {N}"))) }
}

/// A number of a record.
///
/// # Errors
///
/// [`Error::Record`] when the field is none.
pub(super) fn number<T: std::str::FromStr>(field: &str, column: &str, at: Place<'_>) -> Result<T, Error> {
    field.parse().map_err(|_| at.error(format!("{column} '{}' is not a number", shown(field))))
}

/// As much of a field as a message shows.
pub(super) fn shown(field: &str) -> String {
    // Messages are read by people; a field may be megabytes long.
    const MOST: usize = 60;
    match field.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}...", &field[..end]),
        None => field.to_owned(),
    }
}
