//! Start-up: the first extraction of a fresh process, the embedded tables included.
//!
//! The bench runs itself again as a process that times nothing but that.

mod common;

use std::env;
use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use allonym::{Corpus, Extractor, Resolver};
use criterion::{Criterion, SamplingMode};

/// Set for the processes that this one starts.
const FRESH: &str = "ALLONYM_BENCH_FRESH";
const GOAL: Duration = Duration::from_millis(30);
const RUNS: usize = 15;

fn main() {
    if env::var_os(FRESH).is_some() {
        fresh();
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("startup");
    group.sample_size(RUNS).sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    group.bench_function("first extraction", |b| {
        b.iter_custom(|runs| (0..runs).map(|_| in_fresh_process().extraction).sum());
    });
    group.finish();
    criterion.final_summary();
    summary();
}

/// Prints the medians of some fresh processes.
fn summary() {
    let runs = if common::is_test() { 3 } else { RUNS };
    let times: Vec<Times> = (0..runs).map(|_| in_fresh_process()).collect();
    let median = |part: fn(&Times) -> Duration| {
        let mut parts: Vec<Duration> = times.iter().map(part).collect();
        parts.sort_unstable();
        parts[parts.len() / 2].as_secs_f64() * 1e3
    };
    let extraction = median(|t| t.extraction);
    let verdict = if extraction <= GOAL.as_secs_f64() * 1e3 { "met" } else { "missed" };
    println!("startup: first extraction {extraction:.1} ms, median of {runs} processes; goal 30 ms: {verdict}");
    let fastest = times.iter().map(|t| t.extraction).min().unwrap_or_default();
    println!("startup:   the fastest of them, for a machine that is busy: {:.1} ms", fastest.as_secs_f64() * 1e3);
    println!("startup:   of these the extractor {:.1} ms", median(|t| t.extractor));
    println!("startup: the first resolution then adds {:.1} ms", median(|t| t.resolution));
    println!("startup: the whole process, from its start to its end, {:.1} ms", median(|t| t.process));
}

/// What a fresh process took.
#[derive(Debug)]
struct Times {
    /// Until the extractor was there.
    extractor: Duration,
    /// Until the first extraction was done, the extractor included.
    extraction: Duration,
    /// For the first resolution, the resolver included.
    resolution: Duration,
    /// From the start of the process to its end, as seen from outside.
    process: Duration,
}

/// Does the first work of a process and prints how long it took, in microseconds.
fn fresh() {
    let begin = Instant::now();
    let extractor = Extractor::embedded();
    let extracted = begin.elapsed();
    let extraction = black_box(extractor.extract("first", black_box(common::ARTICLES[0])));
    let first = begin.elapsed();
    assert!(!extraction.mentions.is_empty(), "nothing found");
    let corpus: Corpus = [extraction].into_iter().collect();
    let before = Instant::now();
    black_box(Resolver::embedded().resolve(&corpus));
    let resolved = before.elapsed();
    println!("{} {} {}", extracted.as_micros(), first.as_micros(), resolved.as_micros());
}

fn in_fresh_process() -> Times {
    let this = env::current_exe().expect("the bench knows its own file");
    let begin = Instant::now();
    let output = Command::new(this).env(FRESH, "1").stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.expect("the bench starts itself");
    let process = begin.elapsed();
    assert!(output.status.success(), "the fresh process failed: {}", output.status);
    let printed = String::from_utf8_lossy(&output.stdout);
    let micros: Vec<u64> = printed.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [extractor, extraction, resolution] = micros[..] else { panic!("the fresh process printed {printed:?}") };
    let [extractor, extraction, resolution] = [extractor, extraction, resolution].map(Duration::from_micros);
    Times { extractor, extraction, resolution, process }
}
