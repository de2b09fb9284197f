//! CSV as RFC 4180 has it, read a record at a time.

use super::input::{Input, LONGEST_LINE, Place};
use crate::error::Error;

/// A reader of records, strict: a quote stands where the RFC allows one, or the record is refused. Spaces behind a
/// quoted field are passed over, as OFAC writes them.
pub(super) struct Records<'r> {
    input: Input<'r>,
    delimiter: char,
    /// Whether a quote at the begin of a field quotes it.
    quotes: bool,
    buffer: Vec<u8>,
}

/// One record.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Where it begins.
    pub line: usize,
    text: String,
    /// Where each field ends in the text.
    ends: Vec<usize>,
}

impl Record {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A field; empty where there is none.
    pub fn get(&self, field: usize) -> &str {
        let start = field.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(field));
        range.and_then(|(start, &end)| self.text.get(start..end)).unwrap_or_default()
    }

    fn clear(&mut self, line: usize) {
        self.line = line;
        self.text.clear();
        self.ends.clear();
    }

    fn end_field(&mut self) {
        self.ends.push(self.text.len());
    }
}

/// Where in a field the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    /// After a quote in a quoted field: its end, or half of a doubled one.
    Quote,
    /// Behind the end of a quoted field.
    Behind,
}

impl<'r> Records<'r> {
    pub fn new(input: Input<'r>, delimiter: char, quotes: bool) -> Self {
        Self { input, delimiter, quotes, buffer: Vec::new() }
    }

    /// The line of a record.
    pub fn place(&self, record: &Record) -> Place<'_> {
        self.input.place_of(record.line)
    }

    pub fn file(&self) -> &str {
        self.input.place().file
    }

    /// Reads the next record, but for lines that hold nothing; whether there is one.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] for a quote where there can be none, a quoted field without end, and as the lines have them.
    pub fn read(&mut self, record: &mut Record) -> Result<bool, Error> {
        let mut buffer = std::mem::take(&mut self.buffer);
        let found = self.read_with(record, &mut buffer);
        self.buffer = buffer;
        found
    }

    fn read_with(&mut self, record: &mut Record, buffer: &mut Vec<u8>) -> Result<bool, Error> {
        let Some(line) = self.input.filled_line(buffer)? else { return Ok(false) };
        record.clear(self.input.place().line);
        let mut state = self.scan(line, State::Start, record)?;
        while state == State::Quoted {
            record.text.push('\n');
            let Some(line) = self.input.line(buffer)? else {
                return Err(self.place(record).error("a quoted field does not end"));
            };
            if record.text.len() + line.len() > LONGEST_LINE {
                return Err(self.place(record).error(format!("a record of more than {LONGEST_LINE} bytes")));
            }
            state = self.scan(line, state, record)?;
        }
        record.end_field();
        Ok(true)
    }

    /// Takes a line into the record; where in a field it ends.
    fn scan(&self, line: &str, mut state: State, record: &mut Record) -> Result<State, Error> {
        let stray = || Err(self.input.place().error("a quote inside a field"));
        for c in line.chars() {
            state = match (state, c) {
                (State::Quoted, '"') => State::Quote,
                (State::Quoted, _) => {
                    record.text.push(c);
                    State::Quoted
                }
                (State::Quote, '"') => {
                    record.text.push('"');
                    State::Quoted
                }
                (_, c) if c == self.delimiter => {
                    record.end_field();
                    State::Start
                }
                (State::Quote | State::Behind, ' ') => State::Behind,
                (State::Quote | State::Behind, _) => return stray(),
                (State::Start, '"') if self.quotes => State::Quoted,
                (State::Plain, '"') if self.quotes => return stray(),
                (State::Start | State::Plain, _) => {
                    record.text.push(c);
                    State::Plain
                }
            };
        }
        Ok(state)
    }
}
