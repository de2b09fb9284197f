//! One name against many: `NameList` and `PreparedName::best_of` beside the batch comparator of `rapidfuzz`, which stops at a bound.

use std::hint::black_box;

use allonym::{EntityKind, NameList, PreparedName};
use rapidfuzz::distance::osa;

use crate::measure::{self, number, table};
use crate::{Options, lists};

/// How many names one is compared with.
const MANY: usize = 100_000;
/// How many names are looked for.
const WANTED: usize = 10;
/// The peer looks no further than so many edits.
const CUTOFF: usize = 3;

pub fn run(options: &Options) {
    let count = if options.test { 1_000 } else { MANY };
    let rows = lists::generate(count, 11);
    let prepared: Vec<PreparedName> = rows.iter().map(|row| PreparedName::new(&row.name, EntityKind::Person)).collect();
    let folded: Vec<Vec<char>> = prepared.iter().map(|name| name.name().folded.chars().collect()).collect();
    let wanted: Vec<usize> = (0..WANTED).map(|i| i * count / WANTED).collect();
    // Each finds the best of all names but its own.
    let others = |at: usize| (at + 1..count).chain(0..at);
    let list: NameList = prepared.iter().cloned().collect();
    // What has no name above even odds has none; itself it finds always.
    let own = || {
        let is_like = |&&at: &&usize| list.matches(black_box(&prepared[at]), 0).iter().any(|(other, _)| *other != at);
        wanted.iter().filter(is_like).count()
    };
    let slow = || {
        let best = |&at: &usize| {
            let (before, after) = (&prepared[..at], &prepared[at + 1..]);
            let name = black_box(&prepared[at]);
            let found = [name.best_of(before, 0), name.best_of(after, 0)];
            found.into_iter().flatten().map(|(_, weight)| weight).max().is_some()
        };
        wanted.iter().filter(|at| best(at)).count()
    };
    let peer = || {
        let best = |&at: &usize| {
            let name = osa::BatchComparator::new(black_box(&folded[at]).iter().copied());
            let mut cutoff = CUTOFF;
            for other in others(at) {
                let options = osa::Args::default().score_cutoff(cutoff);
                if let Some(distance) = name.distance_with_args(folded[other].iter().copied(), &options) {
                    cutoff = distance;
                }
            }
            cutoff < CUTOFF
        };
        wanted.iter().filter(|at| best(at)).count()
    };
    let taken = measure::turns(options.runs().min(3), &[&own, &slow, &peer]);
    assert_eq!(taken[0].0, taken[1].0, "the list finds what comparing all does");
    let milliseconds = |i: usize| taken[i].1.as_secs_f64() * 1e3 / WANTED as f64;
    let row = |title: &str, i: usize| {
        let ratio = number(milliseconds(i) / milliseconds(0));
        let pairs = number(count as f64 / milliseconds(i) / 1e3);
        vec![title.to_owned(), number(milliseconds(i)), pairs, ratio, measure::count(taken[i].0)]
    };
    let rows = [
        row("allonym, NameList::matches", 0),
        row("allonym, PreparedName::best_of", 1),
        row("rapidfuzz, osa with a bound", 2),
    ];
    let title = format!("One name against {}, {WANTED} times", measure::count(count));
    let head = ["", "ms a name", "M pairs/s", "NameList is so many times as fast", "names that have a like one"];
    table(&title, &head, &rows);
}
