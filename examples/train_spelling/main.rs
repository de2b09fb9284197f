//! Learns what letters of one script stand for in another, and writes `data/names/spelling.tsv`.
//!
//! `cargo run --release --example train_spelling -- ../shared/names/train > data/names/spelling.tsv`
//!
//! For each script: which words are spellings of one another is read off the pairs ([`samples`]), how often which
//! letters stand for which is counted by expectation maximization ([`multigram`]), and the weights are trained to tell
//! spellings of one name from names that look alike ([`tune`]). The same input gives the same bytes. What was learned
//! is told on standard error.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "words have a few dozen letters, weights a few dozen bits"
)]
#![allow(clippy::float_cmp, reason = "a weight that nothing moved is the one that it was made from")]
#![allow(clippy::needless_range_loop, reason = "lattices are walked by their indices")]

#[path = "../common/csv.rs"]
mod csv;
mod multigram;
mod samples;
mod tune;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, BufWriter, Write};

use allonym::name::Alphabet;
use allonym::name::spelling::Spelling;
use samples::Sample;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("give the folder of training names")?;
    let lesson = samples::read(&folder)?;
    let mut text = String::new();
    // The second round aligns names of several words by what the first has learned.
    for round in 1..=2 {
        let known = Spelling::from_tsv("round 1", if text.is_empty() { HEADER } else { &text })?;
        let channels = samples::channels(&lesson, &known);
        text = learn(&channels, round);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

const HEADER: &str = "script\tlatin\tother\tweight\n";

/// The table of weights that the samples teach.
fn learn(channels: &BTreeMap<Alphabet, Vec<Sample>>, round: usize) -> String {
    let mut text = HEADER.to_owned();
    for (alphabet, samples) in channels {
        let same = samples.iter().filter(|s| s.same).count();
        eprintln!("round {round} {}: {} spellings, {} others", alphabet.code(), same, samples.len() - same);
        let symmetric = *alphabet == Alphabet::Latin;
        let mut model = multigram::learn(samples, symmetric);
        tune::tune(&mut model, samples, symmetric);
        tune::calibrate(&mut model, samples);
        for (latin, other, weight) in model.rows() {
            let row = [alphabet.code(), &latin, &other, &weight.to_string()].join("\t");
            text.extend([row.as_str(), "\n"]);
        }
    }
    text
}
