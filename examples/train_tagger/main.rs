//! Learns the weights of the tagger, and writes `data/tagger.bin`.
//!
//! `cargo run --release --example train_tagger -- ../shared/corpora/train > tagger.new`
//!
//! A conditional random field over the runs of tokens that may hold names, learned by `AdaGrad` (Duchi, Hazan and Singer
//! 2011) with features left out at random (Hinton and others 2012), as the mean of several such fields. First what a
//! machine labelled is read against the grain: a field that has not seen it tells which runs are labelled in a way that
//! surprises it much, and those are left out. What was learned is told on standard error. The same input gives the same bytes;
//! it takes three minutes.
//!
//! `--alone` learns without what the rules find, for a tagger that is to work alone.

mod corpus;
mod crf;

use std::error::Error;
use std::io::{self, Write};

use allonym::extract::tagger::Model;

use corpus::Corpus;
use crf::{Crf, Weights};

/// Features that were met less often are left out: what was seen once or twice is as likely noise.
const LEAST_COUNT: u32 = 3;
/// How often the corpus is gone through, by each member of the mean and by the fields that look for wrong labels.
const EPOCHS: usize = 10;
const FIRST_EPOCHS: usize = 6;
/// How many fields the weights are the mean of: they differ in what was left out and in the order of the runs, and
/// their errors even out.
const MEMBERS: u64 = 10;
/// A run labelled by a machine whose labels surprise by more nats is left out: one in fifteen. Half and twice as much were
/// worse on the development texts.
const MOST_SURPRISE: f64 = 1.2;
/// Lines of four features: with these the table of weights has a megabyte, as much as a core's second cache holds.
const LINES: usize = 1 << 14;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let alone = arguments.iter().any(|a| a == "--alone");
    arguments.retain(|a| a != "--alone");
    let [folder] = arguments.as_slice() else { return Err("train_tagger [--alone] FOLDER".into()) };
    let mut corpus = Corpus::read(folder, LEAST_COUNT, alone)?;
    eprintln!("{} runs of {} tokens, {} features", corpus.runs.len(), corpus.tokens(), corpus.hashes.len());
    leave_out_doubtful(&mut corpus);
    let mut sum = Weights::zero(corpus.hashes.len());
    for member in 0..MEMBERS {
        let mut crf = Crf::new(corpus.hashes.len(), member);
        for epoch in 0..EPOCHS {
            let loss = crf.epoch(&corpus, epoch, EPOCHS, |_| true);
            eprintln!("member {member}, epoch {epoch}: {loss:.4} nats a token");
        }
        sum.add(&crf.finish(), 1.0);
    }
    let mut weights = Weights::zero(corpus.hashes.len());
    weights.add(&sum, 1.0 / MEMBERS as f32);
    // The heaviest features first: where a line is full the lightest are left out.
    let mut order: Vec<usize> = (0..corpus.hashes.len()).collect();
    let heft = |f: &usize| {
        let row = &weights.features[*f];
        let (low, high) = row.iter().fold((0.0_f32, 0.0_f32), |(low, high), w| (low.min(*w), high.max(*w)));
        (high - low) * (1.0 + corpus.counts[*f] as f32).ln()
    };
    order.sort_by(|a, b| heft(b).total_cmp(&heft(a)).then(corpus.hashes[*a].cmp(&corpus.hashes[*b])));
    let kept = order.iter().map(|f| (corpus.hashes[*f], weights.features[*f]));
    let (model, left_out) = Model::new(LINES, kept, &weights.transitions);
    eprintln!("{} features kept, {left_out} left out", model.features());
    io::stdout().lock().write_all(&model.to_bytes())?;
    Ok(())
}

/// Leaves out runs that a machine labelled and that surprise a field which has not seen them, half by half.
fn leave_out_doubtful(corpus: &mut Corpus) {
    let fold = |i: usize| i / 64 % 2;
    let mut keep = vec![true; corpus.runs.len()];
    for half in 0..2 {
        let mut crf = Crf::new(corpus.hashes.len(), 0);
        for epoch in 0..FIRST_EPOCHS {
            crf.epoch(corpus, epoch, FIRST_EPOCHS, |i| !(corpus.runs[i].silver && fold(i) == half));
        }
        let mut crf = crf.learned();
        for (i, run) in corpus.runs.iter().enumerate().filter(|(i, run)| run.silver && fold(*i) == half) {
            keep[i] = crf.surprise(run) <= MOST_SURPRISE;
        }
    }
    eprintln!("{} runs of a machine's labels left out", keep.iter().filter(|keep| !**keep).count());
    let mut keep = keep.into_iter();
    corpus.runs.retain(|_| keep.next().unwrap_or(true));
}
