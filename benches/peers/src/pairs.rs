//! Two names compared, beside string metrics on the same folded names.

use std::hint::black_box;

use allonym::{EntityKind, PreparedName};
use rapidfuzz::distance::osa;
use strsim::{jaro_winkler, osa_distance};

use crate::Options;
use crate::input::{Bearer, Seeded};
use crate::measure::{self, number, table};

const PAIRS: usize = 20_000;

pub fn run(options: &Options) {
    let count = if options.test { 500 } else { PAIRS };
    let mut seeded = Seeded::new(23);
    let mut name = |bearer: &Bearer| PreparedName::new(&bearer.full(&mut seeded), EntityKind::Person);
    let mut others = Seeded::new(24);
    // Half are two spellings of one person, half two people.
    let pairs: Vec<(PreparedName, PreparedName)> = (0..count)
        .map(|number| {
            let one = Bearer::numbered(number);
            let other = if number % 2 == 0 { one.clone() } else { Bearer::numbered(others.below(5_000)) };
            (name(&one), name(&other))
        })
        .collect();
    let folded: Vec<(&str, &str)> =
        pairs.iter().map(|(a, b)| (a.name().folded.as_str(), b.name().folded.as_str())).collect();
    let weight = || pairs.iter().filter(|(a, b)| black_box(a).weight(b) > 0).count();
    let evidence = || pairs.iter().filter(|(a, b)| black_box(a).compare(b).is_match()).count();
    let winkler = || folded.iter().filter(|(a, b)| jaro_winkler(black_box(a), b) > 0.92).count();
    let edits = || folded.iter().filter(|(a, b)| osa_distance(black_box(a), b) < 3).count();
    let rapid = || folded.iter().filter(|(a, b)| osa::distance(black_box(a).chars(), b.chars()) < 3).count();
    let taken = measure::turns(options.runs(), &[&weight, &evidence, &winkler, &edits, &rapid]);
    assert_eq!(taken[0].0, taken[1].0, "the weight and the comparison disagree");
    assert_eq!(taken[3].0, taken[4].0, "the peers disagree");
    let titles =
        ["allonym, weight", "allonym, with evidence", "strsim, jaro_winkler", "strsim, osa_distance", "rapidfuzz, osa"];
    let rows: Vec<Vec<String>> = titles
        .iter()
        .zip(&taken)
        .map(|(title, (_, time))| {
            let ratio = time.as_secs_f64() / taken[0].1.as_secs_f64();
            vec![(*title).to_owned(), number(count as f64 / time.as_secs_f64() / 1e6), number(ratio)]
        })
        .collect();
    let title = format!("{} pairs of people's names in Latin letters", measure::count(count));
    table(&title, &["", "M pairs/s", "the weight is so many times as fast"], &rows);
}
