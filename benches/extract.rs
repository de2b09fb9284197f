//! Extraction: how many bytes a second, and whether twice the text takes twice the time.

mod common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use allonym::Extractor;
use criterion::{Criterion, Throughput};

const MEGABYTE: usize = 1 << 20;
/// A megabyte of the longest text may take this many times what one of the shortest takes.
const MOST: f64 = 2.0;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    throughput(&mut criterion);
    linearity();
    criterion.final_summary();
}

/// Reports of an outlet's length one by one, and the same as one long document.
fn throughput(criterion: &mut Criterion) {
    let size = if common::is_test() { MEGABYTE / 16 } else { MEGABYTE };
    let extractor = Extractor::embedded();
    let mut group = criterion.benchmark_group("extract");
    group.sample_size(10).measurement_time(Duration::from_secs(5));

    let (reports, long, mixed) = (common::ARTICLES, common::articles(size), common::news(size, 1));
    let expected: Vec<usize> = reports.iter().map(|text| extractor.extract("report", text).mentions.len()).collect();
    assert!(expected.iter().all(|&mentions| mentions >= 10), "few mentions: {expected:?}");

    group.throughput(Throughput::Bytes(reports.iter().map(|text| text.len() as u64).sum()));
    group.bench_function("five articles", |b| {
        b.iter(|| {
            let found = reports.map(|text| extractor.extract("report", black_box(text)).mentions.len());
            assert_eq!(found.as_slice(), expected);
        });
    });
    for (name, text) in [("articles as one text", &long), ("generated news as one text", &mixed)] {
        let expected = extractor.extract("long", text).mentions.len();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| assert_eq!(extractor.extract("long", black_box(text)).mentions.len(), expected));
        });
    }
    group.finish();
}

/// 1, 2, 4 and 8 MB of news as one document each: the time a megabyte must not grow with the length.
fn linearity() {
    let (unit, runs) = if common::is_test() { (MEGABYTE / 64, 1) } else { (MEGABYTE, 3) };
    let extractor = Extractor::embedded();
    let mut first = None;
    println!("linearity: a text's length, the best time of {runs}, and that for a megabyte beside the shortest text's");
    for times in [1, 2, 4, 8] {
        let text = common::news(unit * times, 7);
        let best = (0..runs).map(|_| time(&extractor, &text)).min().unwrap_or_default();
        let megabytes = text.len() as f64 / MEGABYTE as f64;
        let each = best.as_secs_f64() / megabytes;
        let ratio = each / *first.get_or_insert(each);
        println!(
            "linearity: {megabytes:>6.3} MB  {:>9.1} ms  {:>8.1} ms/MB  {:>6.2} MB/s  x {ratio:.2}",
            best.as_secs_f64() * 1e3,
            each * 1e3,
            1.0 / each,
        );
        assert!(common::is_test() || ratio < MOST, "a megabyte of {megabytes:.0} takes {ratio:.2} times as long");
    }
}

fn time(extractor: &Extractor, text: &str) -> Duration {
    let begin = Instant::now();
    let found = black_box(extractor.extract("news", black_box(text)));
    let taken = begin.elapsed();
    assert!(found.mentions.len() > text.len() / 1_000, "{} mentions in {} bytes", found.mentions.len(), text.len());
    taken
}
