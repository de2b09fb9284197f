//! The crate beside others that do the same, on the same seeded input in one run.
//!
//! `cargo run --release --manifest-path benches/peers/Cargo.toml -- [dictionary|tagger|extraction|pairs|many|lists]... [OPTION]...`
//!
//! Without a name of a part all parts run. Each prints a table and sees that those who must agree do. Times are of one core,
//! the best of some runs, in which all take turns; build times and memory are of processes of their own.
//!
//! - `--test`: little input, once each, to see that it runs
//! - `--write FOLDER`: keeps the input there, for `peers.py`, which runs peers of Python on it
//! - `--largest N`: no list of more names (1,000,000)
//! - `--smallest N`: none of fewer
//! - `--figures FILE`: adds what lists of each size took to the file, of which `draw FILE SVG` draws how they grow

#[path = "../../common/input.rs"]
#[allow(dead_code, reason = "the crate's own benches use the rest")]
mod input;

mod dictionary;
mod extraction;
mod growth;
mod lists;
mod many;
mod measure;
mod names;
mod pairs;
mod tagger;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

/// What a part of the bench may fail of.
type Failure = Box<dyn Error>;

const PARTS: [&str; 6] = ["dictionary", "tagger", "extraction", "pairs", "many", "lists"];

/// How a part is run.
struct Options {
    /// Little input, once each.
    test: bool,
    /// Where the input lies.
    folder: PathBuf,
    largest: Option<usize>,
    smallest: usize,
    /// Where figures are kept that are drawn.
    figures: Option<PathBuf>,
}

impl Options {
    /// How many runs the best is taken of.
    fn runs(&self) -> usize {
        if self.test { 1 } else { 7 }
    }

    /// Some sizes of lists, those that are too large left out.
    fn sizes(&self, sizes: &[usize], largest: usize) -> Vec<usize> {
        let largest = if self.test { 2_000 } else { self.largest.unwrap_or(largest) };
        let fitting: Vec<usize> =
            sizes.iter().copied().filter(|size| (self.smallest..=largest).contains(size)).collect();
        if fitting.is_empty() { vec![largest] } else { fitting }
    }
}

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let mut parts = Vec::new();
    let (mut test, mut folder, mut largest, mut smallest, mut figures) = (false, None, None, 0, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--test" => test = true,
            "--write" => folder = Some(PathBuf::from(arguments.next().ok_or("--write FOLDER")?)),
            "--largest" => largest = Some(arguments.next().ok_or("--largest N")?.parse()?),
            "--smallest" => smallest = arguments.next().ok_or("--smallest N")?.parse()?,
            "--figures" => figures = Some(PathBuf::from(arguments.next().ok_or("--figures FILE")?)),
            "draw" => return growth::draw(&arguments.collect::<Vec<_>>()),
            // A process that this one started: a task and what it needs.
            "--child" => return child(&arguments.collect::<Vec<_>>()),
            part if PARTS.contains(&part) => parts.push(part.to_owned()),
            other => return Err(format!("'{other}' is none of {}", PARTS.join(", ")).into()),
        }
    }
    let scratch = folder.is_none();
    let folder = folder.unwrap_or_else(|| std::env::temp_dir().join(format!("allonym-peers-{}", std::process::id())));
    fs::create_dir_all(&folder)?;
    let options = Options { test, folder, largest, smallest, figures };
    let done = run(&parts, &options);
    if scratch {
        fs::remove_dir_all(&options.folder)?;
    }
    done
}

fn run(parts: &[String], options: &Options) -> Result<(), Failure> {
    for part in PARTS.into_iter().filter(|part| parts.is_empty() || parts.iter().any(|p| p == part)) {
        match part {
            "dictionary" => dictionary::run(options)?,
            "tagger" => tagger::run(options)?,
            "extraction" => extraction::run(options),
            "pairs" => pairs::run(options),
            "many" => many::run(options),
            _ => lists::run(options)?,
        }
    }
    Ok(())
}

fn child(arguments: &[String]) -> Result<(), Failure> {
    match arguments {
        [task, rest @ ..] if task == "dictionary" => dictionary::child(rest),
        [task, rest @ ..] if task == "lists" => lists::child(rest),
        _ => Err("no such task".into()),
    }
}
