//! Tables of a million names: how long they take to build and to open, in how much memory, and what a scan with them
//! takes beside one with ten thousand.
//!
//! Build and opening are timed in processes of their own, so that their memory is theirs.

mod common;

use std::env;
use std::fmt::Write;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use allonym::tables::Entry;
use allonym::{Extractor, Tables};
use common::Seeded;
use criterion::Criterion;

/// What a process that this one starts is to do: `build` or `open`.
const TASK: &str = "ALLONYM_BENCH_TASK";
const FEW: usize = 10_000;
const MANY: usize = 1_000_000;
const BUILD_GOAL: Duration = Duration::from_secs(2);
const OPEN_GOAL: Duration = Duration::from_millis(50);
const MEMORY_GOAL: u64 = 400 << 20;
const SCAN_GOAL: f64 = 2.0;

fn main() {
    let names = if common::is_test() { MANY / 50 } else { MANY };
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench-tables.bin");
    match env::var(TASK).as_deref() {
        Ok("build") => return build(names, &file),
        Ok("open") => return open(&file),
        _ => {}
    }
    let mut criterion = Criterion::default().configure_from_args();
    let built = run("build");
    let opened: Vec<Taken> = (0..if common::is_test() { 1 } else { 5 }).map(|_| run("open")).collect();
    let bytes = fs::metadata(&file).map_or(0, |m| m.len());
    report(names, bytes, &built, &opened);
    scan(&mut criterion, &file);
    criterion.final_summary();
    let _ = fs::remove_file(&file);
}

/// What a process took: time, and its largest memory, where the system says.
#[derive(Debug)]
struct Taken {
    time: Duration,
    /// Of it, what writing took (`build` alone).
    write: Duration,
    memory: u64,
}

fn run(task: &str) -> Taken {
    let this = env::current_exe().expect("the bench knows its own file");
    let mut command = Command::new(this);
    command.args(env::args().skip(1)).env(TASK, task).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().expect("the bench starts itself");
    assert!(output.status.success(), "{task} failed: {}", output.status);
    let printed = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<u64> = printed.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [time, write, memory] = numbers[..] else { panic!("{task} printed {printed:?}") };
    Taken { time: Duration::from_micros(time), write: Duration::from_micros(write), memory }
}

fn build(names: usize, file: &Path) {
    let sheet = sheet(names);
    let begin = Instant::now();
    let tables = Tables::builder().entities("million.tsv", sheet).build().expect("the table is in order");
    let built = begin.elapsed();
    let memory = peak();
    let begin = Instant::now();
    tables.write_to(file).expect("the folder of the bench can be written");
    println!("{} {} {memory}", built.as_micros(), begin.elapsed().as_micros());
}

fn open(file: &Path) {
    let begin = Instant::now();
    let tables = Tables::open(file).expect("the file was just written");
    let opened = begin.elapsed();
    assert!(!black_box(tables).is_empty());
    println!("{} 0 {}", opened.as_micros(), peak());
}

/// The largest memory of this process so far, in bytes; 0 where the system does not say.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().unwrap_or_default();
    kilobytes << 10
}

fn report(names: usize, bytes: u64, built: &Taken, opened: &[Taken]) {
    let verdict = |met: bool| if met { "met" } else { "missed" };
    let best = opened.iter().map(|t| t.time).min().unwrap_or_default();
    let megabytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    println!(
        "tables: {names} names built in {:.2} s; goal 2 s: {}",
        built.time.as_secs_f64(),
        verdict(built.time <= BUILD_GOAL)
    );
    println!(
        "tables:   at most {:.0} MB, the rows of {:.0} MB included; goal 400 MB: {}",
        megabytes(built.memory),
        megabytes(sheet(names).len() as u64),
        verdict(built.memory <= MEMORY_GOAL)
    );
    println!(
        "tables: linked for the resolver and written in {:.2} s, {:.1} MB",
        built.write.as_secs_f64(),
        megabytes(bytes)
    );
    println!(
        "tables: opened in {:.1} ms, the best of {}; goal 50 ms: {}",
        best.as_secs_f64() * 1e3,
        opened.len(),
        verdict(best <= OPEN_GOAL)
    );
    println!("tables:   at most {:.0} MB", megabytes(opened.iter().map(|t| t.memory).max().unwrap_or_default()));
}

/// Invented people, a row each.
fn sheet(names: usize) -> String {
    const SYLLABLES: [&str; 40] = [
        "ba", "be", "bo", "da", "di", "do", "fa", "fe", "ga", "go", "ha", "hi", "ja", "ka", "ke", "ki", "la", "le",
        "li", "lo", "ma", "me", "mi", "mo", "na", "ne", "ni", "pa", "pe", "ra", "re", "ri", "ro", "sa", "se", "ta",
        "te", "va", "vi", "za",
    ];
    let mut seeded = Seeded::new(1_000);
    let mut rows = String::with_capacity(names * 48);
    rows.push_str("id\tkind\tname\n");
    for number in 0..names {
        let _ = write!(rows, "x{number:07}\tperson\t");
        for (i, syllables) in [2 + seeded.below(2), 2 + seeded.below(3)].into_iter().enumerate() {
            if i > 0 {
                rows.push(' ');
            }
            let begin = rows.len();
            for _ in 0..syllables {
                rows.push_str(SYLLABLES[seeded.below(SYLLABLES.len())]);
            }
            rows[begin..=begin].make_ascii_uppercase();
        }
        rows.push('\n');
    }
    rows
}

/// The scan of a megabyte of news, in which every other sentence names somebody of the small table, with it and with the
/// large one.
fn scan(criterion: &mut Criterion, file: &Path) {
    let size = if common::is_test() { 1 << 16 } else { 1 << 20 };
    let few = Tables::builder().entities("few.tsv", sheet(FEW)).build().expect("the table is in order");
    let many = Tables::open(file).expect("the file was just written");
    let listed: Vec<&str> = few.entities().map(Entry::name).collect();
    let mut seeded = Seeded::new(7);
    let mut text = String::new();
    for sentence in common::news(size, 7).split_inclusive(". ") {
        text.push_str(sentence);
        if seeded.once_in(2) {
            let _ = write!(text, "The report names {}. ", seeded.pick(&listed));
        }
    }
    // Tokens, word flags and the names of the tables, without what else makes a mention of them.
    let scanner = |tables: &Tables| {
        Extractor::builder()
            .tables(tables.clone())
            .without_own_recognizers()
            .without_tagger()
            .without_document_evidence()
    };
    let extractor = |tables: &Tables| Extractor::builder().tables(tables.clone());
    let mut group = criterion.benchmark_group("tables");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    let pairs = [("scan", scanner(&few), scanner(&many)), ("whole extraction", extractor(&few), extractor(&many))];
    for (what, few, many) in pairs {
        let mut best = [Duration::MAX; 2];
        for (best, (names, builder)) in best.iter_mut().zip([("few", few), ("many", many)]) {
            let extractor = builder.build().expect("the tables are in order");
            group.bench_function(format!("{what}, {names} names"), |b| {
                common::keep_best(b, best, || extractor.extract("news", black_box(&text)).mentions.len());
            });
        }
        let ratio = best[1].as_secs_f64() / best[0].as_secs_f64();
        let verdict = if ratio <= SCAN_GOAL { "met" } else { "missed" };
        let rate = |best: Duration| text.len() as f64 / best.as_secs_f64() / f64::from(1 << 20);
        println!(
            "tables: {what} with {FEW} names {:.1} MB/s, with {} {:.1} MB/s: x {ratio:.2}; goal x 2: {verdict}",
            rate(best[0]),
            many_names(),
            rate(best[1]),
        );
    }
    group.finish();
}

fn many_names() -> usize {
    if common::is_test() { MANY / 50 } else { MANY }
}
