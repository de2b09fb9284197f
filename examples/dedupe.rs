//! Gives the names of one thing in a list one id.
//!
//! `cargo run --release --example dedupe -- --names names.csv`

mod common;
#[path = "common/progress.rs"]
mod progress;
#[path = "common/whole.rs"]
mod whole;

use std::cell::Cell;
use std::error::Error;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use allonym::EntityKind;
use allonym::resolve::{Dedupe, NameGroups};
use csv::{ByteRecord, Reader, ReaderBuilder, WriterBuilder};
use progress::Progress;

const USAGE: &str = "dedupe --names FILE.csv [--out FILE.csv] [--progress|--quiet] [--tables DIR|none]

FILE.csv has the columns name,type (PER, LOC or ORG); out come name,type,entity in the same order, in the file of --out,
which is written whole or not at all, else on standard output. The file is read twice, so it is no pipe.";

/// The status of a run that was stopped by Ctrl-C, as shells have it.
const STOPPED: u8 = 130;

fn main() -> ExitCode {
    common::run(|| {
        let options = common::Options::read(USAGE, &["--names", "--out"], &progress::FLAGS)?;
        let file = options.value("--names").ok_or(USAGE)?;
        let mut progress = Progress::new(&options);
        let stopped = Arc::new(AtomicBool::new(false));
        let handler = stopped.clone();
        ctrlc::set_handler(move || handler.store(true, Ordering::Relaxed))?;

        let mut list = Dedupe::new(&options.resolver()?);
        let mut skipped = false;
        let mut sheet = Sheet::open(file)?;
        while let Some(row) = sheet.next()? {
            match row.kind {
                Ok(kind) => list.push(row.name, kind),
                Err(kind) => {
                    eprintln!("{file}:{}: unknown type '{kind}' (PER, LOC, ORG)", row.line);
                    skipped = true;
                }
            }
            if list.len().is_multiple_of(1 << 12) {
                progress.at("names read", list.len(), None);
                if stopped.load(Ordering::Relaxed) {
                    return Ok(STOPPED);
                }
            }
        }
        progress.say(&format!("{} names read", list.len()));
        let groups = list.group_with(|at| {
            progress.at(at.stage, at.done, Some(at.of));
            if stopped.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let Some(groups) = groups else { return Ok(STOPPED) };
        progress.say(&format!("{} entities", groups.entities()));
        for block in groups.capped() {
            eprintln!("{} names share the key {}: too many to compare", block.names, block.key);
        }
        let done = match options.value("--out") {
            None => write(file, &groups, io::stdout().lock(), &stopped)?,
            Some(out) => whole::write_whole(out, |part| write(file, &groups, part, &stopped))?,
        };
        Ok(if !done {
            STOPPED
        } else if skipped {
            common::SKIPPED
        } else {
            common::DONE
        })
    })
}

/// Reads the list again, and writes each of its rows with its entity; says whether it was not stopped.
fn write(file: &str, groups: &NameGroups, out: impl Write, stopped: &AtomicBool) -> Result<bool, Box<dyn Error>> {
    let mut out = WriterBuilder::new().from_writer(BufWriter::new(out));
    out.write_record(["name", "type", "entity"])?;
    let mut sheet = Sheet::open(file)?;
    let mut row = 0;
    while let Some(Row { name, text_of_kind, kind, .. }) = sheet.next()? {
        if kind.is_err() {
            continue;
        }
        let entity = groups.id(row).ok_or_else(|| format!("{file}: it was changed while it was read"))?;
        out.write_record([name, text_of_kind, entity])?;
        row += 1;
        if row.is_multiple_of(1 << 12) && stopped.load(Ordering::Relaxed) {
            return Ok(false);
        }
    }
    if row != groups.len() {
        return Err(format!("{file}: it was changed while it was read").into());
    }
    out.flush()?;
    Ok(true)
}

/// A list in a file, read a row at a time.
struct Sheet {
    file: String,
    reader: Reader<Quotes>,
    /// A quote is open at the end of what was read.
    open: Rc<Cell<bool>>,
    record: ByteRecord,
    name: usize,
    kind: usize,
    columns: usize,
}

/// A file whose quotes are followed, so that it is seen when the last one does not end.
struct Quotes {
    file: BufReader<File>,
    state: Quoting,
    open: Rc<Cell<bool>>,
}

/// Where in a field a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quoting {
    Start,
    Plain,
    Quoted,
    /// After a quote in a quoted field: its end, or the first of two.
    Quote,
}

impl Read for Quotes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        for &byte in &buffer[..count] {
            self.state = match (self.state, byte) {
                (Quoting::Start, b'"') | (Quoting::Quote, b'"') => Quoting::Quoted,
                (Quoting::Quoted, b'"') => Quoting::Quote,
                (Quoting::Quoted, _) => Quoting::Quoted,
                (_, b',' | b'\n' | b'\r') => Quoting::Start,
                _ => Quoting::Plain,
            };
        }
        self.open.set(self.state == Quoting::Quoted);
        Ok(count)
    }
}

/// A row of a list.
struct Row<'s> {
    line: u64,
    name: &'s str,
    text_of_kind: &'s str,
    /// The kind, or what stands for it that is none.
    kind: Result<EntityKind, &'s str>,
}

impl Sheet {
    fn open(file: &str) -> Result<Self, String> {
        let fault = |e: csv::Error| format!("{file}: {}", reason(&e));
        let open = Rc::new(Cell::new(false));
        let opened = File::open(file).map_err(|e| format!("{file}: {e}"))?;
        let quotes = Quotes { file: BufReader::new(opened), state: Quoting::Start, open: open.clone() };
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(quotes);
        let header = reader.byte_headers().map_err(fault)?.clone();
        if header.is_empty() {
            return Err(format!("{file}:1: no header (columns: name,type)"));
        }
        let column = |name: &str| {
            let at = header.iter().position(|column| column == name.as_bytes());
            at.ok_or_else(|| format!("{file}:1: column '{name}' is missing"))
        };
        let (name, kind, columns) = (column("name")?, column("type")?, header.len());
        Ok(Self { file: file.to_owned(), reader, open, record: ByteRecord::new(), name, kind, columns })
    }

    /// The next row. One of another length than the header, or whose text is not UTF-8, is an error.
    fn next(&mut self) -> Result<Option<Row<'_>>, String> {
        let read = self.reader.read_byte_record(&mut self.record);
        if !read.map_err(|e| format!("{}: {}", self.file, reason(&e)))? {
            let end = self.record.position().map_or(1, csv::Position::line);
            return if self.open.get() {
                Err(format!("{}:{end}: a quoted field does not end", self.file))
            } else {
                Ok(None)
            };
        }
        let line = self.record.position().map_or(0, csv::Position::line);
        if self.record.len() != self.columns {
            let (have, want) = (self.record.len(), self.columns);
            return Err(format!("{}:{line}: {have} fields, but the header has {want}", self.file));
        }
        let text = |column: usize| {
            let field = self.record.get(column).unwrap_or_default();
            std::str::from_utf8(field).map_err(|_| format!("{}:{line}: not UTF-8", self.file))
        };
        let (name, text_of_kind) = (text(self.name)?, text(self.kind)?);
        Ok(Some(Row { line, name, text_of_kind, kind: text_of_kind.parse().map_err(|_| text_of_kind) }))
    }
}

/// What went wrong with a file, without what the file is.
fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}
