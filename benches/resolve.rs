//! Resolution: how many mentions a second, of documents that spell names differently.

mod common;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use allonym::resolve::{Index, Intake};
use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
use common::{Bearer, Seeded};
use criterion::{BenchmarkId, Criterion, Throughput};

const SEED: u64 = 11;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let resolver = Resolver::embedded();
    // First, while no memory is free that was used before.
    let_go(&resolver, Intake::new, "nothing kept", 6);
    let_go(&resolver, Intake::with_mentions, "mentions kept", 30);
    let mut group = criterion.benchmark_group("resolve");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    for size in if common::is_test() { &[50, 200][..] } else { &[50, 200, 800] } {
        let News { documents, mentions, surfaces, bearers } = news(*size, [4, 5, 3]);
        let corpus: Corpus = documents.iter().cloned().collect();
        let found = resolver.resolve(&corpus).entities().len();
        println!(
            "resolve: {size} documents, {mentions} mentions, {surfaces} surface forms, {bearers} bearers: {found} entities"
        );
        // No two bearers share a full name; some of a document's short forms fit two of them and stay alone.
        assert!(found > bearers / 2 && found < surfaces, "{found} entities");

        // The order of the documents decides nothing.
        let mut shuffled = documents;
        Seeded::new(SEED + 1).shuffle(&mut shuffled);
        let again: Corpus = shuffled.into_iter().collect();
        assert_eq!(resolver.resolve(&again).entities().len(), found, "another order of documents");

        group.throughput(Throughput::Elements(mentions as u64));
        group.bench_with_input(BenchmarkId::new("documents", size), &corpus, |b, corpus| {
            b.iter(|| assert_eq!(resolver.resolve(black_box(corpus)).entities().len(), found));
        });
    }
    group.finish();
    criterion.final_summary();
    increments(&resolver);
}

/// Adding a document to a large index may take this many times what it takes with a small one.
const MOST: f64 = 3.0;

/// One document more in an index of 10,000 mentions, and in one of 100,000.
fn increments(resolver: &Resolver) {
    let (sizes, further) = if common::is_test() { ([20, 200], 5) } else { ([1_000, 10_000], 200) };
    let mut first = None;
    for size in sizes {
        // The same news in both: what is added is of the same people, whatever is there.
        let News { mut documents, .. } = news(sizes[1] + further, [2, 3, 2]);
        let more = documents.split_off(sizes[1]);
        documents.truncate(size);
        let mentions: usize = documents.iter().map(|d| d.mentions.len()).sum();
        let before = resident();
        let mut index = Index::new(resolver);
        index.add_all(documents).expect("each id once");
        let held = resident().zip(before).map(|(after, before)| after.saturating_sub(before) / mentions);
        let begin = Instant::now();
        for document in more {
            black_box(index.add(document).expect("each id once"));
        }
        let each = begin.elapsed().as_secs_f64() * 1e6 / further as f64;
        let ratio = each / *first.get_or_insert(each);
        let held = held.map_or(String::new(), |bytes| format!(", {bytes} bytes a mention"));
        println!(
            "index: {mentions} mentions in {size} documents{held}; a document more takes {each:.0} µs, x {ratio:.2}"
        );
        assert!(common::is_test() || ratio < MOST, "{ratio:.2} times as long");
    }
}

/// What further mentions of known names take of memory where the documents are let go, and how many bytes they may.
fn let_go(resolver: &Resolver, intake: fn(&Resolver) -> Intake, how: &str, most: usize) {
    let (size, times) = if common::is_test() { (20, 2) } else { (1_000, 50) };
    let News { documents, mentions, .. } = news(size, [2, 3, 2]);
    let mut intake = intake(resolver);
    intake.add(&documents);
    let before = resident();
    let begin = Instant::now();
    for _ in 0..times {
        intake.add(&documents);
    }
    let rate = (times * mentions) as f64 / begin.elapsed().as_secs_f64();
    let held = resident().zip(before).map(|(after, before)| after.saturating_sub(before) as f64);
    let each = held.map(|bytes| bytes / (times * mentions) as f64);
    let told = each.map_or(String::new(), |bytes| format!(", {bytes:.1} bytes a mention"));
    println!("intake, {how}: {} mentions more, {rate:.0} a second{told}", times * mentions);
    assert!(common::is_test() || each.is_none_or(|bytes| bytes < most as f64), "{each:?} bytes a mention");
    black_box(intake);
}

/// The bytes of memory that this process holds, where the system tells.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<usize>().ok().map(|kilobytes| kilobytes * 1024)
}

struct News {
    documents: Vec<Extraction>,
    mentions: usize,
    /// How many different surface forms there are, of each kind.
    surfaces: usize,
    /// How many people, towns and bodies are mentioned.
    bearers: usize,
}

/// Documents of so many people, towns and bodies: people in full and by their family names, each in one of its spellings,
/// bodies in full and by acronym. The number of bearers grows with the number of documents.
fn news(documents: usize, [people, towns, bodies]: [usize; 3]) -> News {
    let mut seeded = Seeded::new(SEED);
    let (mut surfaces, mut bearers) = (BTreeSet::new(), BTreeSet::new());
    let mut made = Vec::with_capacity(documents);
    let mut count = 0;
    for number in 0..documents {
        let mut mentions = Vec::new();
        for _ in 0..people {
            let person = seeded.below(documents);
            bearers.insert((EntityKind::Person, person));
            let bearer = Bearer::numbered(person);
            mentions.push(Mention::new(bearer.full(&mut seeded), EntityKind::Person));
            for _ in 0..seeded.below(4) {
                mentions.push(Mention::new(bearer.family(&mut seeded), EntityKind::Person));
            }
        }
        for _ in 0..towns {
            let place = seeded.below(120.min(documents));
            bearers.insert((EntityKind::Place, place));
            mentions.push(Mention::new(common::town(place), EntityKind::Place));
        }
        for _ in 0..bodies {
            let organization = seeded.below(240.min(documents));
            bearers.insert((EntityKind::Organization, organization));
            let (name, acronym) = common::body(organization);
            mentions.push(Mention::new(name, EntityKind::Organization));
            if seeded.once_in(2) {
                mentions.push(Mention::new(acronym, EntityKind::Organization));
            }
        }
        count += mentions.len();
        surfaces.extend(mentions.iter().map(|m| (m.kind, m.surface.clone())));
        made.push(Extraction::new(format!("report-{number:04}"), mentions));
    }
    News { documents: made, mentions: count, surfaces: surfaces.len(), bearers: bearers.len() }
}
