//! The file of an index: JSON Lines, the first with the version and the number of lines, the last with a checksum.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::fnv::{START, fnv1a};
use crate::mention::Extraction;
use crate::resolve::decisions::Decisions;

/// The version that is written, and the only one so far.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Header {
    allonym_index: u32,
    documents: usize,
    decisions: usize,
}

#[derive(Serialize, Deserialize)]
struct Footer {
    /// Of all bytes before its line, in hexadecimal digits.
    checksum: String,
}

/// A checksum as the file has it.
fn digits(sum: u64) -> String {
    format!("{sum:016x}")
}

/// A writer that keeps the checksum of what went through it.
struct Summing<W> {
    out: W,
    sum: u64,
}

impl<W: Write> Write for Summing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sum = fnv1a(self.sum, bytes[..written].iter().copied());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes the file of an index.
pub(super) fn save<'d>(
    path: &Path,
    documents: impl ExactSizeIterator<Item = &'d Extraction>,
    decisions: &Decisions,
) -> Result<(), Error> {
    crate::file::replace(path, |out| write(out, documents, decisions))
}

fn write<'d>(
    out: &mut impl Write,
    documents: impl ExactSizeIterator<Item = &'d Extraction>,
    decisions: &Decisions,
) -> io::Result<()> {
    let mut out = Summing { out, sum: START };
    let header = Header { allonym_index: VERSION, documents: documents.len(), decisions: decisions.log().len() };
    line(&mut out, &header)?;
    for document in documents {
        line(&mut out, document)?;
    }
    for decision in decisions.log() {
        line(&mut out, decision)?;
    }
    let footer = Footer { checksum: digits(out.sum) };
    line(&mut out, &footer)
}

fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Reads a file, and all or nothing of it.
pub(super) fn load(path: &Path) -> Result<(Vec<Extraction>, Decisions), Error> {
    let fault = |reason: String| Error::file(path, reason);
    let text = fs::read_to_string(path).map_err(|error| fault(error.to_string()))?;
    let first = text.lines().next().unwrap_or_default();
    let header: Header =
        serde_json::from_str(first).map_err(|_| fault("it does not begin as the file of an index does".into()))?;
    if header.allonym_index != VERSION {
        let version = header.allonym_index;
        return Err(fault(format!("it is of version {version} of the format, and this crate reads version {VERSION}")));
    }
    let cut = || fault("it is cut short".into());
    let (body, last) = text.strip_suffix('\n').and_then(|t| t.rsplit_once('\n')).ok_or_else(cut)?;
    let footer: Footer = serde_json::from_str(last).map_err(|_| cut())?;
    if footer.checksum != digits(fnv1a(START, body.bytes().chain([b'\n']))) {
        return Err(fault("it is damaged: its checksum is not that of its lines".into()));
    }
    let mut lines = body.lines().enumerate().skip(1);
    let mut documents: Vec<Extraction> = Vec::with_capacity(header.documents.min(body.len()));
    for (i, line) in lines.by_ref().take(header.documents) {
        documents.push(serde_json::from_str(line).map_err(|e| fault(format!("line {}: {e}", i + 1)))?);
    }
    let log: String = lines.flat_map(|(_, line)| [line, "\n"]).collect();
    let decisions = Decisions::read(&path.to_string_lossy(), &log)?;
    if documents.len() != header.documents || decisions.log().len() != header.decisions {
        return Err(fault("it holds other numbers of documents and decisions than it says".into()));
    }
    Ok((documents, decisions))
}
