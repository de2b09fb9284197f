//! Comparison: how many pairs of prepared names a second, beside Jaro-Winkler and the edit distance of `rapidfuzz` on the
//! same pairs.
//!
//! The peers answer one number for two strings; the comparison aligns parts, looks up what letters stand for one another,
//! and says what it saw, so a multiple of their time is what that costs.

mod common;

use std::hint::black_box;
use std::time::Duration;

use allonym::{EntityKind, PreparedName};
use common::{Bearer, Seeded};
use criterion::{Criterion, Throughput};
use rapidfuzz::distance::osa;
use strsim::jaro_winkler;

const PAIRS: usize = 1_000;

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
    criterion.final_summary();

    let [weight, evidence, scripts, winkler, edits] = best.map(|time| PAIRS as f64 / time.as_secs_f64());
    println!("weight: {weight:.0} pairs/s; with evidence: {evidence:.0}; two scripts: {scripts:.0}");
    println!("strsim jaro_winkler: {winkler:.0} pairs/s; rapidfuzz osa: {edits:.0} pairs/s");
    println!("a weight takes {:.1} times as long as jaro_winkler", winkler / weight);
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
