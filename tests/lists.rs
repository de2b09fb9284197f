//! Lists of names and the things that they come to: `golden/lists.txt`, which anyone can extend; and what holds of any list.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use allonym::resolve::{Dedupe, NameGroups};
use allonym::{EntityKind, Resolver, Tables};
use proptest::prelude::*;

const GOLDEN: &str = include_str!("golden/lists.txt");

fn group(resolver: &Resolver, names: &[(&str, EntityKind)]) -> NameGroups {
    let mut list = Dedupe::new(resolver);
    for (name, kind) in names {
        list.push(name, *kind);
    }
    list.group()
}

fn without_tables() -> Resolver {
    Resolver::new(Tables::none())
}

/// The names of each thing, sorted.
fn things<'n>(names: &[(&'n str, EntityKind)], groups: &NameGroups) -> BTreeSet<BTreeSet<&'n str>> {
    let mut things: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (row, (name, _)) in names.iter().enumerate() {
        things.entry(groups.id(row).expect("every name has an id")).or_default().insert(name);
    }
    things.into_values().collect()
}

#[test]
fn golden_lists() {
    let (tables, none) = (Resolver::embedded(), without_tables());
    let mut faults = Vec::new();
    for (i, row) in GOLDEN.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
        let fields: Vec<&str> = row.split('|').map(str::trim).collect();
        let [rule, kind, names, expected] = fields[..] else {
            panic!("golden/lists.txt:{}: not four fields: {row}", i + 1)
        };
        let mut words = kind.split(' ');
        let kind: EntityKind = words.next().unwrap_or_default().parse().unwrap_or_else(|e| panic!("{}: {e}", i + 1));
        let resolvers = match words.next() {
            Some("none") => vec![&none],
            Some("tables") => vec![&tables],
            // The tables are read for each list; debug builds take a long time for it.
            _ if cfg!(debug_assertions) && i % 5 > 0 => vec![&none],
            _ => vec![&tables, &none],
        };
        let names: Vec<(&str, EntityKind)> = names.split(';').map(|name| (name.trim(), kind)).collect();
        let mut wanted: BTreeSet<BTreeSet<&str>> = BTreeSet::new();
        for thing in expected.split(" / ").filter(|thing| !thing.is_empty()) {
            wanted.insert(thing.split(" = ").map(str::trim).collect());
        }
        let told: BTreeSet<&str> = wanted.iter().flatten().copied().collect();
        wanted.extend(names.iter().filter(|(name, _)| !told.contains(name)).map(|(name, _)| BTreeSet::from([*name])));
        let holds = resolvers.iter().all(|resolver| things(&names, &group(resolver, &names)) == wanted);
        if holds == rule.starts_with("wanted ") {
            let found: Vec<_> = resolvers.iter().map(|resolver| things(&names, &group(resolver, &names))).collect();
            faults.push(format!("golden/lists.txt:{}: {row}\n  {found:?}", i + 1));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_name_of_the_tables_has_their_id() {
    let names = [("Bashar al-Assad", EntityKind::Person), ("Bachar el-Assad", EntityKind::Person)];
    let groups = group(&Resolver::embedded(), &names);
    let id = groups.id(0).expect("an id");
    assert_eq!(groups.id(1), Some(id));
    assert!(Tables::embedded().entities().any(|entity| entity.id() == id), "{id}");
}

#[test]
fn kinds_are_gathered_apart() {
    let names =
        [("Zamtesh", EntityKind::Place), ("Zamtesh", EntityKind::Organization), ("Zamtesh", EntityKind::Person)];
    let groups = group(&without_tables(), &names);
    assert_eq!((groups.len(), groups.entities()), (3, 3));
    assert_eq!(groups.id(3), None);
}

#[test]
fn one_who_watches_may_stop_it() {
    let list = || {
        let mut list = Dedupe::new(&without_tables());
        (0..300).for_each(|i| list.push(&format!("Jean Kaboro{}", "ab".repeat(i % 7)), EntityKind::Person));
        list
    };
    let mut stages = Vec::new();
    let all = list().group_with(|progress| {
        assert!(progress.done <= progress.of, "{progress:?}");
        stages.push(progress.stage);
        ControlFlow::Continue(())
    });
    assert!(all.is_some() && stages.len() >= 4, "{stages:?}");
    for (stop, stage) in stages.iter().enumerate() {
        let mut calls = 0;
        let stopped = list().group_with(|_| {
            calls += 1;
            if calls > stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(stopped.is_none(), "stopped at {stage}");
    }
}

#[test]
fn what_is_too_common_to_compare_is_told() {
    let names: Vec<String> = (0..900).map(|i| format!("Jean X{}q{} Kaboro", word(i), word(i * 7))).collect();
    let mut list = Dedupe::new(&without_tables());
    for name in &names {
        list.push(name, EntityKind::Person);
    }
    let groups = list.group();
    let capped: Vec<_> = groups.capped().iter().map(|block| (block.key.as_str(), block.names)).collect();
    assert_eq!(capped, [("jean + kaboro", 900)]);
}

/// A word of letters for a number.
fn word(number: usize) -> String {
    let letters = "bdfgklmnprstvz";
    let at = |place: usize| letters.chars().nth(place % 14).unwrap_or('b');
    format!("{}a{}u{}i", at(number), at(number / 14), at(number / 196))
}

/// Words of which the lists of the properties are made: spellings of a few names, particles, initials, others.
const WORDS: [&str; 30] = [
    "Omar", "Umar", "Omer", "Kaboro", "Kaborou", "Caboro", "Jean", "J.", "Jean-Pierre", "Viktor", "Виктор", "Арленко",
    "Arlenko", "al-Barzawi", "Barzavi", "bin", "van der", "Abu", "Meulen", "III", "Jr.", "Kim", "Lee", "李", "Brigade",
    "44th", "LLC", "Ministry", "Bill", "William",
];

fn lists() -> impl Strategy<Value = Vec<(String, EntityKind)>> {
    let name = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..4).prop_map(|words| words.join(" "));
    let kind = prop::sample::select(vec![EntityKind::Person, EntityKind::Person, EntityKind::Organization]);
    prop::collection::vec((name, kind), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 24 } else { 400 }))]

    /// The order of a list, and what stands in it twice, changes nothing.
    #[test]
    fn order_changes_nothing(list in lists(), seed in 0..1000usize) {
        let names: Vec<(&str, EntityKind)> = list.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
        let mut others = names.clone();
        others.extend_from_slice(&names[..names.len() / 2]);
        let count = others.len();
        for i in 0..count {
            others.swap(i, (i * 31 + seed) % count);
        }
        let resolver = without_tables();
        let (one, two) = (group(&resolver, &names), group(&resolver, &others));
        let ids = |names: &[(&str, EntityKind)], groups: &NameGroups| -> BTreeSet<(String, String)> {
            names.iter().enumerate().map(|(i, name)| (format!("{name:?}"), groups.id(i).unwrap_or("none").to_owned())).collect()
        };
        prop_assert_eq!(ids(&names, &one), ids(&others, &two));
        prop_assert_eq!(one.entities(), two.entities());
    }

    /// Any text is a name.
    #[test]
    fn any_text_is_a_name(list in prop::collection::vec("\\PC{0,24}", 0..12)) {
        let mut dedupe = Dedupe::new(&without_tables());
        for kind in EntityKind::ALL {
            for name in &list {
                dedupe.push(name, kind);
            }
        }
        let rows = dedupe.len();
        let groups = dedupe.group();
        prop_assert_eq!(groups.len(), rows);
        prop_assert!((0..rows).all(|row| groups.id(row).is_some()));
    }
}

/// Threads change nothing in a list that is worth sharing out.
#[cfg(feature = "parallel")]
#[test]
fn threads_change_nothing() {
    let names: Vec<String> = (0..3_000).map(|i| format!("{} Kabor{}", word(i % 60), word(i % 700))).collect();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a thread pool");
        let mut list = Dedupe::new(&without_tables());
        for name in &names {
            list.push(name, EntityKind::Person);
        }
        let groups = pool.install(|| list.group());
        (0..names.len()).map(|row| groups.id(row).map(str::to_owned)).collect::<Vec<_>>()
    };
    let one = run(1);
    for threads in [2, 5] {
        assert!(run(threads) == one, "{threads} threads");
    }
}
