//! Writes foreign data as a table of entities.
//!
//! `cargo run --release --example import -- geonames cities500.txt --alternate-names alternateNamesV2.txt --out cities.tsv`

mod common;
#[path = "common/progress.rs"]
mod progress;

use std::cell::RefCell;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;

use allonym::EntityKind;
use allonym::tables::import::{Csv, Ftm, GeoNames, Input, Ofac, Summary, TsvWriter, Wikidata};
use common::Options;
use progress::Progress;

const USAGE: &str = "import FORMAT FILE [--out TABLE.tsv] [--source WORD] ...

FILE may be -, standard input; without --out the table goes to standard output. A summary goes to standard error;
--progress shows there how far it is, as on a terminal, --quiet does not.
  geonames FILE  [--alternate-names FILE] [--min-population N] [--classes AP] [--languages en,fr] [--wikidata-ids]
                 [--listed-names]
  wikidata FILE  [--languages en,fr] [--class Q515=place]...
  ofac sdn.csv   [--alternate-names alt.csv] [--rank N]
  ftm FILE       [--country sy=Q858]... [--by-caption] [--rank N]
  csv FILE       [--column name=HEADER]... [--kind KIND] [--kind-word WORD=KIND]... [--separator ;] [--delimiter ,]
                 [--no-quotes] [--rank N]
  tsv FILE       the same, with tabs and no quotes";

/// The options with a value that each format knows, and those without.
const FORMATS: [(&str, &[&str], &[&str]); 6] = [
    (
        "geonames",
        &["--alternate-names", "--min-population", "--classes", "--languages"],
        &["--wikidata-ids", "--listed-names"],
    ),
    ("wikidata", &["--languages", "--class"], &[]),
    ("ofac", &["--alternate-names", "--rank"], &[]),
    ("ftm", &["--country", "--rank"], &["--by-caption"]),
    ("csv", &["--column", "--kind", "--kind-word", "--separator", "--delimiter", "--rank"], &["--no-quotes"]),
    ("tsv", &["--column", "--kind", "--kind-word", "--separator", "--rank"], &[]),
];

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    common::run(|| {
        let first = std::env::args_os().nth(1).unwrap_or_default();
        let format = FORMATS.iter().find(|(name, ..)| first == *name);
        let (name, with_value, flags) = *format.unwrap_or(&("", &[], &[]));
        let options = Options::read(
            USAGE,
            &[with_value, &["--out", "--source"][..]].concat(),
            &[flags, &progress::FLAGS[..]].concat(),
        )?;
        let [_, file] = &options.operands[..] else { return Err(USAGE.into()) };
        if name.is_empty() {
            return Err(format!("unknown format '{}'\n{USAGE}", first.to_string_lossy()).into());
        }
        let summary = match options.value("--out") {
            None => {
                let mut table = TsvWriter::new("-", BufWriter::new(io::stdout().lock()));
                let summary = import(name, file, &options, &mut table)?;
                table.finish()?;
                summary
            }
            Some(out) => whole(Path::new(out), |table| import(name, file, &options, table))?,
        };
        eprint!("{summary}");
        Ok(common::DONE)
    })
}

/// Writes a file that is there when all went well, and else not: under another name first.
fn whole(out: &Path, write: impl FnOnce(&mut TsvWriter<BufWriter<File>>) -> Fallible<Summary>) -> Fallible<Summary> {
    let fault = |error: io::Error| format!("{}: {error}", out.display());
    let mut name = out.file_name().ok_or_else(|| format!("{}: no file name", out.display()))?.to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let partial: PathBuf = out.with_file_name(name);
    let file = File::create_new(&partial).map_err(fault)?;
    let write = || -> Fallible<Summary> {
        let mut table = TsvWriter::new(out.to_string_lossy(), BufWriter::new(file));
        let summary = write(&mut table)?;
        table.finish()?.get_ref().sync_all().map_err(fault)?;
        fs::rename(&partial, out).map_err(fault)?;
        Ok(summary)
    };
    let written = write();
    if written.is_err() {
        // What went wrong first is told; a file that cannot be removed either is not news.
        let _ = fs::remove_file(&partial);
    }
    written
}

fn import(format: &str, file: &str, options: &Options, table: &mut TsvWriter<impl Write>) -> Fallible<Summary> {
    let sink = |entity| table.write(&entity);
    let progress = Rc::new(RefCell::new(Progress::new(options)));
    let input = open(file, &progress)?;
    let names = options.value("--alternate-names").map(|file| open(file, &progress)).transpose()?;
    let rank = options.value("--rank").map(|rank| value(rank, "--rank")).transpose()?;
    let or = |option: &str, default: String| options.value(option).map_or(default, str::to_owned);
    let languages = options.value("--languages").map(|list| list.split(',').map(str::to_owned).collect());
    let summary = match format {
        "geonames" => {
            let mut from = GeoNames::default();
            from.source = or("--source", from.source);
            from.feature_classes = or("--classes", from.feature_classes);
            from.languages = languages.unwrap_or_default();
            if let Some(least) = options.value("--min-population") {
                from.min_population = value(least, "--min-population")?;
            }
            from.wikidata_ids = options.flag("--wikidata-ids");
            from.listed_names = options.flag("--listed-names");
            from.read(input, names, sink)?
        }
        "wikidata" => {
            let mut from = Wikidata::default();
            from.source = or("--source", from.source);
            from.languages = languages.unwrap_or_default();
            for class in options.values("--class") {
                let (id, kind) = pair(class, "--class")?;
                let number = id.strip_prefix('Q').ok_or_else(|| format!("--class: '{id}' is no Wikidata id"))?;
                from = from.class(value(number, "--class")?, kind.parse()?);
            }
            from.read(input, sink)?
        }
        "ofac" => {
            let mut from = Ofac::default();
            from.source = or("--source", from.source);
            from.rank = rank.unwrap_or(from.rank);
            from.read(input, names, sink)?
        }
        "ftm" => {
            let mut from = Ftm::default().by_caption(options.flag("--by-caption"));
            from.source = or("--source", from.source);
            from.rank = rank.unwrap_or(from.rank);
            for country in options.values("--country") {
                let (code, id) = pair(country, "--country")?;
                from = from.country(code, id);
            }
            from.read(input, sink)?
        }
        _ => {
            let mut from = lists(format, options)?;
            from.source = or("--source", from.source);
            from.rank = rank.unwrap_or(from.rank);
            from.read(input, sink)?
        }
    };
    Ok(summary)
}

/// The reader of CSV or TSV that the options ask for.
fn lists(format: &str, options: &Options) -> Fallible<Csv> {
    let mut from = if format == "tsv" { Csv::tsv() } else { Csv::default() };
    from.kind = options.value("--kind").map(str::parse::<EntityKind>).transpose()?;
    for column in options.values("--column") {
        let (column, header) = pair(column, "--column")?;
        from = from.column(column.parse()?, header);
    }
    for word in options.values("--kind-word") {
        let (word, kind) = pair(word, "--kind-word")?;
        from = from.kind_word(word, kind.parse()?);
    }
    if let Some(sign) = options.value("--separator") {
        from = from.separator(value(sign, "--separator")?);
    }
    if let Some(sign) = options.value("--delimiter") {
        from = from.delimiter(value(sign, "--delimiter")?);
    }
    Ok(if options.flag("--no-quotes") { from.quotes(false) } else { from })
}

/// A file, or standard input.
fn open(file: &str, progress: &Rc<RefCell<Progress>>) -> Fallible<Input<'static>> {
    let (reader, of): (Box<dyn Read>, _) = if file == "-" {
        (Box::new(io::stdin()), None)
    } else {
        let opened = File::open(file).map_err(|e| format!("{file}: {e}"))?;
        let length = opened.metadata().ok().filter(fs::Metadata::is_file).map(|known| known.len());
        (Box::new(opened), length)
    };
    let told = Told { reader, stage: format!("kB of {file}"), read: 0, of, progress: progress.clone() };
    // Large files come faster in large pieces.
    Ok(Input::new(file, BufReader::with_capacity(1 << 18, told)))
}

/// A reader that tells how much of it is read.
struct Told {
    reader: Box<dyn Read>,
    stage: String,
    read: u64,
    of: Option<u64>,
    progress: Rc<RefCell<Progress>>,
}

impl Read for Told {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.read += count as u64;
        let kilobytes = |bytes: u64| usize::try_from(bytes / 1000).unwrap_or(usize::MAX);
        self.progress.borrow_mut().at(&self.stage, kilobytes(self.read), self.of.map(kilobytes));
        Ok(count)
    }
}

fn pair<'o>(text: &'o str, option: &str) -> Fallible<(&'o str, &'o str)> {
    Ok(text.split_once('=').ok_or_else(|| format!("{option}: '{text}' has no ="))?)
}

fn value<T: std::str::FromStr>(text: &str, option: &str) -> Fallible<T> {
    Ok(text.parse().map_err(|_| format!("{option}: '{text}' cannot be read"))?)
}
