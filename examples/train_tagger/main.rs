//! Learns the weights of the tagger, and writes `data/tagger.bin`.
//!
//! `cargo run --release --example train_tagger -- ../shared/corpora/train > tagger.new`
//!
//! A conditional random field over the runs of tokens that may hold names, learned by AdaGrad (Duchi, Hazan and Singer
//! 2011) from annotated documents, sentence by sentence. What it learned is told on standard error. The same input gives the same
//! bytes; it takes a few minutes.

mod corpus;
mod crf;

use std::error::Error;
use std::io::{self, Write};

use allonym::extract::tagger::Model;
use allonym::extract::tagger::labels::LABELS;

use corpus::Corpus;
use crf::Crf;

/// Features that were met less often are left out: what was seen once or twice is as likely noise.
const LEAST_COUNT: u32 = 3;
/// How often the corpus is gone through.
const EPOCHS: usize = 10;
/// Lines of four features: with these the table of weights has a megabyte, as much as a core's second cache holds.
const LINES: usize = 1 << 14;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("give the folder of the annotated corpora")?;
    let setting = |name: &str, default: f64| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default);
    let corpus = Corpus::read(&folder, setting("LEAST", f64::from(LEAST_COUNT)) as u32)?;
    eprintln!("{} runs of {} tokens, {} features", corpus.runs.len(), corpus.tokens(), corpus.hashes.len());
    let mut corpus = corpus;
    let most = setting("MOSTLOSS", 0.0);
    if most > 0.0 {
        let mut doubtful = vec![false; corpus.runs.len()];
        for fold in 0..2 {
            let mut crf = Crf::new(corpus.hashes.len(), setting("RATE", 0.15) as f32, setting("DECAY", 0.0) as f32, setting("DROP", 0.0) as f32);
            for epoch in 0..6 {
                crf.epoch_of(&corpus, epoch, 6, |i| !(corpus.runs[i].silver && i / 64 % 2 == fold));
            }
            crf.average();
            for (i, run) in corpus.runs.iter().enumerate() {
                if run.silver && i / 64 % 2 == fold {
                    doubtful[i] = crf.loss(run) > most;
                }
            }
        }
        eprintln!("{} doubtful runs of {}", doubtful.iter().filter(|d| **d).count(), doubtful.len());
        let mut keep = doubtful.iter().map(|d| !d);
        corpus.runs.retain(|_| keep.next().unwrap_or(true));
    }
    let mut crf = Crf::new(corpus.hashes.len(), setting("RATE", 0.15) as f32, setting("DECAY", 0.0) as f32, setting("DROP", 0.0) as f32);
    let epochs = setting("EPOCHS", EPOCHS as f64) as usize;
    for epoch in 0..epochs {
        let loss = crf.epoch(&corpus, epoch, epochs);
        eprintln!("epoch {epoch}: {loss:.4} nats a token");
    }
    let weights = crf.finish();
    // The heaviest features first: where a line is full the lightest are left out.
    let mut order: Vec<usize> = (0..corpus.hashes.len()).collect();
    let heft = |f: &usize| {
        let row = &weights.features[*f];
        let (low, high) = row.iter().fold((0.0_f32, 0.0_f32), |(low, high), w| (low.min(*w), high.max(*w)));
        (high - low) * (1.0 + corpus.counts[*f] as f32).ln()
    };
    order.sort_by(|a, b| heft(b).total_cmp(&heft(a)).then(corpus.hashes[*a].cmp(&corpus.hashes[*b])));
    let lines = setting("LINES", LINES as f64) as usize;
    let kept = order.iter().map(|f| (corpus.hashes[*f], weights.features[*f]));
    let (model, left_out) = Model::new(lines, kept, &weights.transitions);
    eprintln!("{} features kept, {left_out} left out", model.features());
    io::stdout().lock().write_all(&model.to_bytes())?;
    let _ = LABELS;
    Ok(())
}
