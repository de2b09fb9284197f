//! Resolution: how many mentions a second, of documents that spell names differently.

mod common;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Duration;

use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
use common::{Bearer, Seeded};
use criterion::{BenchmarkId, Criterion, Throughput};

const SEED: u64 = 11;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let resolver = Resolver::embedded();
    let mut group = criterion.benchmark_group("resolve");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    for size in if common::is_test() { &[50, 200][..] } else { &[50, 200, 800] } {
        let News { documents, mentions, surfaces, bearers } = news(*size);
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
}

struct News {
    documents: Vec<Extraction>,
    mentions: usize,
    /// How many different surface forms there are, of each kind.
    surfaces: usize,
    /// How many people, towns and bodies are mentioned.
    bearers: usize,
}

/// Documents of some 25 mentions: people in full and by their family names, each in one of its spellings, towns, bodies
/// in full and by acronym. The number of bearers grows with the number of documents.
fn news(documents: usize) -> News {
    let mut seeded = Seeded::new(SEED);
    let (mut surfaces, mut bearers) = (BTreeSet::new(), BTreeSet::new());
    let mut made = Vec::with_capacity(documents);
    let mut count = 0;
    for number in 0..documents {
        let mut mentions = Vec::new();
        for _ in 0..4 {
            let person = seeded.below(documents);
            bearers.insert((EntityKind::Person, person));
            let bearer = Bearer::numbered(person);
            mentions.push(Mention::new(bearer.full(&mut seeded), EntityKind::Person));
            for _ in 0..seeded.below(4) {
                mentions.push(Mention::new(bearer.family(&mut seeded), EntityKind::Person));
            }
        }
        for _ in 0..5 {
            let place = seeded.below(120.min(documents));
            bearers.insert((EntityKind::Place, place));
            mentions.push(Mention::new(common::town(place), EntityKind::Place));
        }
        for _ in 0..3 {
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
