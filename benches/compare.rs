//! Comparison: how many pairs of prepared names a second, beside Jaro-Winkler on the same pairs.
//!
//! Jaro-Winkler answers one number for two strings; `compare` aligns parts and says what it saw, so a multiple of its
//! time is what the evidence costs.

mod common;

use std::hint::black_box;
use std::time::Duration;

use allonym::name::Name;
use allonym::{EntityKind, compare};
use common::{Bearer, Seeded};
use criterion::{Criterion, Throughput};
use strsim::jaro_winkler;

const PAIRS: usize = 1_000;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let pairs = pairs();
    let matches = pairs.iter().filter(|(left, right)| compare(left, right).is_match()).count();
    println!("compare: {PAIRS} pairs of people's names, {matches} of them matches");
    assert!(matches > PAIRS / 4 && matches < PAIRS * 3 / 4, "{matches} matches");
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);

    let mut group = criterion.benchmark_group("compare");
    group.sample_size(20).measurement_time(Duration::from_secs(3)).throughput(Throughput::Elements(PAIRS as u64));
    group.bench_function("compare", |b| {
        common::keep_best(b, &mut ours, || {
            let found = pairs.iter().filter(|(left, right)| compare(black_box(left), black_box(right)).is_match());
            assert_eq!(found.count(), matches);
        });
    });
    group.bench_function("strsim jaro_winkler", |b| {
        common::keep_best(b, &mut theirs, || {
            let sum = |sum, (left, right): &(Name, Name)| sum + jaro_winkler(black_box(&left.folded), &right.folded);
            pairs.iter().fold(0.0, sum)
        });
    });
    group.bench_function("Name::new, both sides", |b| {
        b.iter(|| {
            for (left, right) in &pairs {
                black_box((Name::new(&left.surface, left.kind), Name::new(&right.surface, right.kind)));
            }
        });
    });
    group.finish();
    criterion.final_summary();

    let second = |time: Duration| PAIRS as f64 / time.as_secs_f64();
    println!(
        "compare: {:.0} pairs/s; strsim jaro_winkler: {:.0} pairs/s; compare takes {:.1} times as long",
        second(ours),
        second(theirs),
        ours.as_secs_f64() / theirs.as_secs_f64(),
    );
}

/// Pairs of full names in Latin script: half of them two spellings of one person, half two people.
fn pairs() -> Vec<(Name, Name)> {
    let mut seeded = Seeded::new(23);
    let mut pairs = Vec::with_capacity(PAIRS);
    for number in 0..PAIRS {
        let one = Bearer::numbered(number);
        let other = if number % 2 == 0 { one.clone() } else { Bearer::numbered(seeded.below(5_000)) };
        let name = |surface: String| Name::new(&surface, EntityKind::Person);
        pairs.push((name(one.full(&mut seeded)), name(other.full(&mut seeded))));
    }
    pairs
}
