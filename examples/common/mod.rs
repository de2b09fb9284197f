//! What the examples share: options, reading files, exit statuses.
#![allow(dead_code, reason = "each example uses its part")]

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use allonym::extract::tagger::Tagger;
use allonym::resolve::Decisions;
use allonym::{Error, Extractor, Resolver, Tables};

/// All input was read.
pub const DONE: u8 = 0;
/// Some input was skipped, each named on standard error.
pub const SKIPPED: u8 = 1;
/// Bad options, tables or files.
pub const REFUSED: u8 = 2;

/// The options and operands of a command line.
pub struct Options {
    values: Vec<(String, String)>,
    flags: Vec<String>,
    pub operands: Vec<String>,
}

impl Options {
    /// Reads the command line: options that take a value, and those that do not. `--tables` is always known.
    pub fn read(usage: &str, with_value: &[&str], flags: &[&str]) -> Result<Self, String> {
        let mut options = Self { values: Vec::new(), flags: Vec::new(), operands: Vec::new() };
        let mut arguments = std::env::args_os()
            .skip(1)
            .map(|a| a.into_string().map_err(|a| format!("an argument is not UTF-8: {}", a.to_string_lossy())));
        let mut only_operands = false;
        while let Some(argument) = arguments.next() {
            let argument = argument?;
            if only_operands || !argument.starts_with("--") {
                options.operands.push(argument);
            } else if argument == "--" {
                only_operands = true;
            } else if argument == "--help" {
                println!("{usage}");
                std::process::exit(0);
            } else if let Some((name, value)) = argument.split_once('=') {
                if !with_value.contains(&name) && name != "--tables" {
                    return Err(format!("unknown option '{name}'\n{usage}"));
                }
                options.values.push((name.to_owned(), value.to_owned()));
            } else if with_value.contains(&argument.as_str()) || argument == "--tables" {
                let value = arguments.next().ok_or_else(|| format!("{argument} needs a value\n{usage}"))??;
                options.values.push((argument, value));
            } else if flags.contains(&argument.as_str()) {
                options.flags.push(argument);
            } else {
                return Err(format!("unknown option '{argument}'\n{usage}"));
            }
        }
        Ok(options)
    }

    /// The last value given for an option.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().rev().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// All values given for an option, in order.
    pub fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub fn flag(&self, name: &str) -> bool {
        self.flags.iter().any(|f| f == name)
    }

    /// The tables that `--tables` asks for.
    pub fn tables(&self) -> Result<Tables, Error> {
        match self.value("--tables") {
            None => Tables::try_embedded(),
            Some("none") => Ok(Tables::none()),
            Some(path) if Path::new(path).is_file() => Tables::open(path),
            Some(dir) => Tables::from_dir(dir),
        }
    }

    /// An extractor over the tables asked for.
    pub fn extractor(&self) -> Result<Extractor, Error> {
        let mut builder = Extractor::builder().tables(self.tables()?);
        if let Some(file) = self.value("--weights") {
            let fault = |e: std::io::Error| Error::File { path: file.into(), reason: e.to_string() };
            builder = builder.tagger(Tagger::from_bytes(file, &fs::read(file).map_err(fault)?)?);
        }
        match self.value("--only") {
            Some("tagger") => builder = builder.without_own_recognizers(),
            Some("rules") => builder = builder.without_tagger(),
            Some(other) => {
                let reason = format!("unknown recognizers '{other}' (rules or tagger)");
                return Err(Error::Option { option: "--only".into(), reason });
            }
            None => {}
        }
        if self.flag("--sentences") {
            builder = builder.without_document_evidence();
        }
        builder.build()
    }

    /// A resolver over the tables asked for, held to the decisions of `--decisions`.
    pub fn resolver(&self) -> Result<Resolver, Error> {
        let resolver = Resolver::new(self.tables()?);
        let Some(file) = self.value("--decisions") else { return Ok(resolver) };
        let log = read(Path::new(file)).map_err(|reason| Error::File { path: file.into(), reason })?;
        Ok(resolver.with_decisions(&Decisions::read(file, &log)?))
    }
}

/// Runs an example: an error goes to standard error and ends with status 2, else the number returned is the status.
pub fn run(main: impl FnOnce() -> Result<u8, Box<dyn std::error::Error>>) -> ExitCode {
    match main() {
        Ok(status) => ExitCode::from(status),
        // A reader that has seen enough is no fault.
        Err(error) if is_closed_pipe(error.as_ref()) => ExitCode::from(DONE),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(REFUSED)
        }
    }
}

fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    let kind = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    let json = error.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
    kind.or(json) == Some(std::io::ErrorKind::BrokenPipe)
}

/// A text that was read, under the name that was given for it.
pub struct Text {
    pub id: String,
    pub text: String,
}

/// Reads files, all files of folders (and theirs, in the order of their names), and `-`, standard input. What cannot be
/// read, or is not UTF-8, is named on standard error and skipped; the second result says whether anything was.
pub fn texts(paths: &[String]) -> (Vec<Text>, bool) {
    let mut texts = Vec::new();
    let skipped = batches(paths, usize::MAX, |batch, _, _| texts.extend(batch));
    (texts, skipped)
}

/// Reads the same a batch at a time: as many texts as have so many bytes together, the one that reaches them included.
/// Each batch comes with the number of files that were looked at, and of all. Says whether anything was skipped.
pub fn batches(paths: &[String], bytes: usize, mut each: impl FnMut(Vec<Text>, usize, usize)) -> bool {
    let (mut found, mut of) = (Vec::new(), 0);
    for path in paths {
        let mut files = Vec::new();
        let fault = if path == "-" {
            files.push(PathBuf::from("-"));
            None
        } else {
            gather(Path::new(path), &mut files).err()
        };
        of += files.len();
        found.push((files, fault));
    }
    let (mut batch, mut size, mut looked_at, mut skipped) = (Vec::new(), 0, 0, false);
    for (files, fault) in found {
        if let Some((at, error)) = fault {
            eprintln!("{}: {error}", at.display());
            skipped = true;
        }
        for file in files {
            looked_at += 1;
            match read(&file) {
                Ok(text) => {
                    size += text.len();
                    batch.push(Text { id: file.to_string_lossy().into_owned(), text });
                }
                Err(reason) => {
                    eprintln!("{}: {reason}", file.display());
                    skipped = true;
                }
            }
            if size >= bytes {
                each(std::mem::take(&mut batch), looked_at, of);
                size = 0;
            }
        }
    }
    if !batch.is_empty() {
        each(batch, looked_at, of);
    }
    skipped
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), (PathBuf, std::io::Error)> {
    let fault = |error| (path.to_owned(), error);
    if !fs::metadata(path).map_err(fault)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut inside: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(path).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        // Hidden files are no articles; links could lead in circles.
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && !entry.file_type().map_err(fault)?.is_symlink() {
            inside.push(entry.path());
        }
    }
    inside.sort();
    for path in inside {
        gather(&path, files)?;
    }
    Ok(())
}

/// Reads one file, or standard input, as UTF-8.
pub fn read(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    } else {
        bytes = fs::read(path).map_err(|e| e.to_string())?;
    }
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let line = e.as_bytes()[..at].iter().filter(|&&b| b == b'\n').count() + 1;
        format!("line {line}: not UTF-8 (byte {at}); skipped")
    })
}

/// Reads a file that must be there, such as gold data.
pub fn must_read(path: &str) -> Result<String, Box<dyn std::error::Error>> {
    read(Path::new(path)).map_err(|reason| format!("{path}: {reason}").into())
}
