//! Whole-word search for a list of names: all occurrences, overlapping ones too, that cut no word in two.
//!
//! The automata know no words: they find every occurrence, and those that cut words are dropped. The transducer (`fst`) is
//! walked from the beginning of each word.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use allonym::tables::Dictionary;
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use fst::raw::Fst;

use crate::measure::{self, megabytes, number, table};
use crate::{Failure, Options, names};

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
/// How long the text is, in bytes.
const LENGTH: usize = 16 << 20;

/// How often names were found, and the sum of their numbers.
type Found = (usize, u64);

/// Those that search.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Searcher {
    Exact,
    Folded,
    Daachorse,
    Sampled,
    Noncontiguous,
    Contiguous,
    Fst,
}

/// One that searches, with the list built in.
enum Built {
    Own(Dictionary),
    Daachorse(DoubleArrayAhoCorasick<u32>),
    AhoCorasick(AhoCorasick),
    Fst(Fst<Vec<u8>>),
}

impl Searcher {
    const ALL: [Self; 7] =
        [Self::Exact, Self::Folded, Self::Daachorse, Self::Sampled, Self::Noncontiguous, Self::Contiguous, Self::Fst];

    fn title(self) -> &'static str {
        match self {
            Self::Exact => "allonym, exact",
            Self::Folded => "allonym, folded",
            Self::Daachorse => "daachorse",
            Self::Sampled => "daachorse, laid out by a sample",
            Self::Noncontiguous => "aho-corasick, NFA",
            Self::Contiguous => "aho-corasick, contiguous NFA",
            Self::Fst => "fst",
        }
    }

    fn build(self, names: &[&str], sample: &str) -> Result<Built, Failure> {
        let numbered = || names.iter().copied().zip(0..);
        Ok(match self {
            Self::Exact => Built::Own(Dictionary::exact(numbered())),
            Self::Folded => Built::Own(Dictionary::folded(numbered())),
            Self::Daachorse => {
                Built::Daachorse(DoubleArrayAhoCorasick::with_values(numbered()).map_err(|error| error.to_string())?)
            }
            Self::Sampled => {
                let builder = DoubleArrayAhoCorasickBuilder::new().corpus([sample]);
                Built::Daachorse(builder.build_with_values(numbered()).map_err(|error| error.to_string())?)
            }
            Self::Noncontiguous | Self::Contiguous => {
                let kind = if self == Self::Contiguous {
                    AhoCorasickKind::ContiguousNFA
                } else {
                    AhoCorasickKind::NoncontiguousNFA
                };
                Built::AhoCorasick(AhoCorasick::builder().kind(Some(kind)).build(names)?)
            }
            Self::Fst => {
                let mut sorted: Vec<(&str, u64)> = names.iter().copied().zip(0..).collect();
                sorted.sort_unstable();
                let mut builder = fst::raw::Builder::memory();
                for (name, number) in sorted {
                    builder.insert(name, number)?;
                }
                Built::Fst(builder.into_fst())
            }
        })
    }
}

impl Built {
    fn find(&self, text: &str) -> Found {
        let counted = |found: Found, number: u64| (found.0 + 1, found.1 + number);
        match self {
            Self::Own(dictionary) => {
                dictionary.find(text).fold((0, 0), |found, one| counted(found, u64::from(one.number)))
            }
            Self::Daachorse(automaton) => automaton
                .find_overlapping_iter(text)
                .filter(|m| cuts_no_word(text, m.start(), m.end()))
                .fold((0, 0), |found, m| counted(found, u64::from(m.value()))),
            Self::AhoCorasick(automaton) => automaton
                .find_overlapping_iter(text)
                .filter(|m| cuts_no_word(text, m.start(), m.end()))
                .fold((0, 0), |found, m| counted(found, m.pattern().as_u64())),
            Self::Fst(fst) => {
                let mut found = (0, 0);
                for start in (0..text.len()).filter(|at| begins_word(text, *at)) {
                    let (mut node, mut output) = (fst.root(), 0);
                    for (at, byte) in (start..).zip(&text.as_bytes()[start..]) {
                        let Some(place) = node.find_input(*byte) else { break };
                        let step = node.transition(place);
                        output += step.out.value();
                        node = fst.node(step.addr);
                        if node.is_final() && ends_word(text, at + 1) {
                            found = counted(found, output + node.final_output().value());
                        }
                    }
                }
                found
            }
        }
    }
}

fn cuts_no_word(text: &str, start: usize, end: usize) -> bool {
    ends_word(text, end) && begins_word(text, start)
}

fn begins_word(text: &str, at: usize) -> bool {
    is_word(text, at) && !is_word_before(text, at)
}

fn ends_word(text: &str, at: usize) -> bool {
    is_word_before(text, at) && !is_word(text, at)
}

fn is_word(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        Some(_) => text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric),
        None => false,
    }
}

fn is_word_before(text: &str, at: usize) -> bool {
    match at.checked_sub(1).and_then(|before| text.as_bytes().get(before)) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        Some(_) => text.get(..at).and_then(|begin| begin.chars().next_back()).is_some_and(char::is_alphanumeric),
        None => false,
    }
}

pub fn run(options: &Options) -> Result<(), Failure> {
    let length = if options.test { 1 << 18 } else { LENGTH };
    let sizes = options.sizes(&SIZES, 1_000_000);
    let most = sizes.iter().copied().max().unwrap_or_default();
    let all = names::list(most);
    for size in sizes {
        let listed = &all[..size];
        let text = names::news(length, listed);
        let file = file(&options.folder, size);
        fs::write(&file, listed.join("\n") + "\n")?;
        fs::write(options.folder.join(format!("text-{size}.txt")), &text)?;
        one_size(options, listed, &text, &file)?;
    }
    Ok(())
}

fn file(folder: &Path, size: usize) -> PathBuf {
    folder.join(format!("names-{size}.txt"))
}

fn one_size(options: &Options, listed: &[String], text: &str, file: &Path) -> Result<(), Failure> {
    let names: Vec<&str> = listed.iter().map(String::as_str).collect();
    // A sample that is not the text that is searched, but of its kind.
    let sample = names::news(text.len() / 16, &listed[..listed.len() / 2]);
    let mut built = Vec::new();
    for searcher in Searcher::ALL {
        built.push(searcher.build(&names, &sample)?);
    }
    let works: Vec<Box<dyn Fn() -> Found>> = built
        .iter()
        .map(|b| -> Box<dyn Fn() -> Found> { Box::new(move || black_box(b).find(black_box(text))) })
        .collect();
    let works: Vec<&dyn Fn() -> Found> = works.iter().map(AsRef::as_ref).collect();
    let taken = measure::turns(options.runs(), &works);
    let expected = taken[0].0;
    let speed = |time: Duration| text.len() as f64 / 1e6 / time.as_secs_f64();
    let own = speed(taken[0].1);
    let mut rows = Vec::new();
    for (searcher, (found, time)) in Searcher::ALL.into_iter().zip(&taken) {
        // What is folded finds more.
        let agrees = if searcher == Searcher::Folded { found.0 >= expected.0 } else { *found == expected };
        assert!(agrees, "{} found {found:?}, not {expected:?}", searcher.title());
        let cost = measure::child(&["dictionary", searcher.title(), &file.to_string_lossy()])?;
        let [seconds, peak, kept] = cost[..] else { return Err("a process printed something else".into()) };
        rows.push(vec![
            searcher.title().to_owned(),
            measure::count(found.0),
            number(speed(*time)),
            number(own / speed(*time)),
            number(seconds as f64 / 1e6),
            megabytes(peak),
            megabytes(kept),
        ]);
    }
    let title = format!(
        "Whole-word search for {} names in {} MB of news, {} rounds",
        measure::count(names.len()),
        number(text.len() as f64 / 1e6),
        options.runs()
    );
    let head = ["", "found", "MB/s", "exact is so many times as fast", "build, s", "peak of the build, MB", "kept, MB"];
    table(&title, &head, &rows);
    Ok(())
}

/// Builds one of them alone and prints microseconds, and the bytes at most and at last beyond those of the list.
pub fn child(arguments: &[String]) -> Result<(), Failure> {
    let [title, file] = arguments else { return Err("a searcher and a file".into()) };
    let searcher = Searcher::ALL.into_iter().find(|s| s.title() == title).ok_or("no such searcher")?;
    let list = fs::read_to_string(file)?;
    let names: Vec<&str> = list.lines().collect();
    let sample = if searcher == Searcher::Sampled {
        let listed: Vec<String> = names[..names.len() / 2].iter().map(|name| (*name).to_owned()).collect();
        names::news(LENGTH / 16, &listed)
    } else {
        String::new()
    };
    let before = measure::memory("VmRSS");
    let (built, time) = measure::timed(|| searcher.build(&names, &sample));
    let built = built?;
    let (peak, after) = (measure::memory("VmHWM"), measure::memory("VmRSS"));
    black_box(built);
    println!("{} {} {}", time.as_micros(), peak.saturating_sub(before), after.saturating_sub(before));
    Ok(())
}
