//! Comparison: how many pairs of prepared names a second, beside Jaro-Winkler and the edit distance of `rapidfuzz` on the
//! same pairs; and how many names of a list a second one name is searched for, beside that edit distance to each of them.
//!
//! The peers answer one number for two strings; the comparison aligns parts, looks up what letters stand for one another,
//! and says what it saw, so a multiple of their time is what that costs.

mod common;

use std::hint::black_box;
use std::time::Duration;

use allonym::{EntityKind, NameList, PreparedName};
use common::{Bearer, Seeded};
use criterion::{Criterion, Throughput};
use rapidfuzz::distance::osa;
use strsim::jaro_winkler;

const PAIRS: usize = 1_000;

/// Names of the list that is searched, and how many are searched for.
const LIST: usize = 100_000;
const QUERIES: usize = 100;
/// One search in so many is compared with weighing all names one by one.
const CHECKED: usize = 10;

/// Names as news writes them in another script and in Latin letters.
const SCRIPTS: [(&str, &str); 16] = [
    ("أحمد الشرع", "Ahmed al-Sharaa"),
    ("معمر القذافي", "Muammar Gaddafi"),
    ("حسن نصر الله", "Hassan Nasrallah"),
    ("خليفة حفتر", "Khalifa Haftar"),
    ("Владимир Зеленский", "Volodymyr Zelensky"),
    ("Сергей Лавров", "Sergei Lavrov"),
    ("Дмитрий Медведев", "Dmitry Medvedev"),
    ("Виталий Кличко", "Vitali Klitschko"),
    ("בנימין נתניהו", "Benjamin Netanyahu"),
    ("יצחק רבין", "Yitzhak Rabin"),
    ("Κυριάκος Μητσοτάκης", "Kyriakos Mitsotakis"),
    ("Αλέξης Τσίπρας", "Alexis Tsipras"),
    ("アントニオ・グテーレス", "Antonio Guterres"),
    ("마이클 조던", "Michael Jordan"),
    ("नरेन्द्र मोदी", "Narendra Modi"),
    ("მიხეილ სააკაშვილი", "Mikheil Saakashvili"),
];

type Pair = (PreparedName, PreparedName);

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let latin = latin();
    let matches = latin.iter().filter(|(left, right)| left.weight(right) > 0).count();
    println!("compare: {PAIRS} pairs of people's names, {matches} of them matches");
    assert!(matches > PAIRS / 4 && matches < PAIRS * 3 / 4, "{matches} matches");
    let across = across();
    let mut best = [Duration::MAX; 5];

    let mut group = criterion.benchmark_group("compare");
    group.sample_size(20).measurement_time(Duration::from_secs(3)).throughput(Throughput::Elements(PAIRS as u64));
    let [weight, evidence, scripts, winkler, edits] = &mut best;
    let sum = |pairs: &[Pair]| pairs.iter().map(|(a, b)| i64::from(black_box(a).weight(black_box(b)))).sum::<i64>();
    group.bench_function("weight", |b| common::keep_best(b, weight, || sum(&latin)));
    group.bench_function("weight, two scripts", |b| common::keep_best(b, scripts, || sum(&across)));
    group.bench_function("with evidence", |b| {
        common::keep_best(b, evidence, || {
            let found = latin.iter().filter(|(left, right)| black_box(left).compare(black_box(right)).is_match());
            assert_eq!(found.count(), matches);
        });
    });
    group.bench_function("strsim jaro_winkler", |b| {
        common::keep_best(b, winkler, || {
            let one = |(a, b): &Pair| jaro_winkler(black_box(&a.name().folded), &b.name().folded);
            latin.iter().map(one).sum::<f64>()
        });
    });
    group.bench_function("rapidfuzz osa", |b| {
        common::keep_best(b, edits, || {
            let one = |(a, b): &Pair| osa::distance(black_box(a.name().folded.chars()), b.name().folded.chars());
            latin.iter().map(one).sum::<usize>()
        });
    });
    group.bench_function("PreparedName::new, both sides", |b| {
        let prepare = |name: &PreparedName| PreparedName::new(&name.name().surface, name.name().kind);
        b.iter(|| {
            for (left, right) in &latin {
                black_box((prepare(left), prepare(right)));
            }
        });
    });
    group.finish();
    let [searched, distances] = one_against_many(&mut criterion);
    criterion.final_summary();

    let [weight, evidence, scripts, winkler, edits] = best.map(|time| PAIRS as f64 / time.as_secs_f64());
    println!("weight: {weight:.0} pairs/s; with evidence: {evidence:.0}; two scripts: {scripts:.0}");
    println!("strsim jaro_winkler: {winkler:.0} pairs/s; rapidfuzz osa: {edits:.0} pairs/s");
    println!("a weight takes {:.1} times as long as jaro_winkler", winkler / weight);
    println!("one name against {LIST}: {searched:.0} pairs/s; rapidfuzz osa, one against all: {distances:.0} pairs/s");
    println!("a search is {:.1} times as fast as the distances", searched / distances);
}

/// Pairs of full names in Latin script: half of them two spellings of one person, half two people.
fn latin() -> Vec<Pair> {
    let mut seeded = Seeded::new(23);
    let mut pairs = Vec::with_capacity(PAIRS);
    for number in 0..PAIRS {
        let one = Bearer::numbered(number);
        let other = if number % 2 == 0 { one.clone() } else { Bearer::numbered(seeded.below(5_000)) };
        let name = |surface: String| PreparedName::new(&surface, EntityKind::Person);
        pairs.push((name(one.full(&mut seeded)), name(other.full(&mut seeded))));
    }
    pairs
}

/// Pairs of full names in two scripts, one in sixteen of them one person's.
fn across() -> Vec<Pair> {
    let name = |surface: &str| PreparedName::new(surface, EntityKind::Person);
    let pair = |number: usize| {
        let (native, _) = SCRIPTS[number % SCRIPTS.len()];
        let (_, latin) = SCRIPTS[number / SCRIPTS.len() % SCRIPTS.len()];
        (name(native), name(latin))
    };
    (0..PAIRS).map(pair).collect()
}

/// The names that are searched for, and those of the list. With `ALLONYM_BENCH_NAMES` in the environment they are
/// written to that folder, for peers in other languages.
fn list_of_names() -> (Vec<String>, Vec<String>) {
    let mut seeded = Seeded::new(41);
    let mut names = |count: usize| -> Vec<String> { (0..count).map(|_| common::person(&mut seeded)).collect() };
    let (queries, names) = (names(QUERIES), names(LIST));
    if let Some(folder) = std::env::var_os("ALLONYM_BENCH_NAMES").map(std::path::PathBuf::from) {
        for (file, lines) in [("queries.txt", &queries), ("names.txt", &names)] {
            std::fs::write(folder.join(file), lines.join("\n")).expect("a folder to write the names to");
        }
    }
    (queries, names)
}

/// Pairs a second of a search for one name in many, and of the edit distances to all.
fn one_against_many(criterion: &mut Criterion) -> [f64; 2] {
    let (queries, names) = list_of_names();
    let prepare = |name: &String| PreparedName::new(name, EntityKind::Person);
    let prepared: Vec<PreparedName> = queries.iter().map(prepare).collect();
    let list: NameList = names.iter().map(prepare).collect();
    let mut found = 0;
    for query in prepared.iter().step_by(CHECKED) {
        let weighed = list.names().iter().map(|name| query.weight(name)).enumerate();
        let expected: Vec<(usize, i32)> = weighed.filter(|(_, weight)| *weight > 0).collect();
        assert_eq!(list.matches(query, 0), expected, "{}", query.name().surface);
        found += expected.len();
    }
    println!("one name against {LIST}: {:.1} matches", found as f64 / (QUERIES / CHECKED) as f64);
    let mut best = [Duration::MAX; 2];
    let [search, edits] = &mut best;
    let pairs = QUERIES * LIST;
    let mut group = criterion.benchmark_group("one against many");
    group.sample_size(10).measurement_time(Duration::from_secs(3)).throughput(Throughput::Elements(pairs as u64));
    group.bench_function("NameList::matches", |b| {
        common::keep_best(b, search, || {
            prepared.iter().map(|query| list.matches(black_box(query), 0).len()).sum::<usize>()
        });
    });
    group.bench_function("rapidfuzz osa, batch", |b| {
        common::keep_best(b, edits, || {
            let all = |query: &String| {
                let one = osa::BatchComparator::new(query.chars());
                names.iter().map(|name| one.distance(black_box(name).chars())).sum::<usize>()
            };
            queries.iter().map(all).sum::<usize>()
        });
    });
    group.finish();
    best.map(|time| pairs as f64 / time.as_secs_f64())
}
