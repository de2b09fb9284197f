//! Pairs of names with the verdict that the comparison alone must come to: `golden/names.txt`, which anyone can extend.

use allonym::name::Name;
use allonym::{Comparison, EntityKind, compare};

const GOLDEN: &str = include_str!("golden/names.txt");

struct Row {
    line: usize,
    /// Whether the two are to be one name.
    same: bool,
    /// Not reached yet: counted and printed, not a failure.
    wanted: bool,
    kind: EntityKind,
    left: &'static str,
    right: &'static str,
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (i, text) in GOLDEN.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
        let line = i + 1;
        let fields: Vec<&str> = text.split('\t').collect();
        let [verb, kind, left, right] = fields[..] else { panic!("golden/names.txt:{line}: not four fields: {text}") };
        let (same, wanted) = match verb {
            "same" => (true, false),
            "differ" => (false, false),
            "wanted-same" => (true, true),
            "wanted-differ" => (false, true),
            _ => panic!("golden/names.txt:{line}: unknown verb '{verb}'"),
        };
        let kind = kind.parse().unwrap_or_else(|e| panic!("golden/names.txt:{line}: {e}"));
        assert!(!left.trim().is_empty() && !right.trim().is_empty(), "golden/names.txt:{line}: an empty name");
        rows.push(Row { line, same, wanted, kind, left, right });
    }
    rows
}

fn comparison(row: &Row) -> Comparison {
    compare(&Name::new(row.left, row.kind), &Name::new(row.right, row.kind))
}

#[test]
fn golden_rows_are_judged_right() {
    let wrong: Vec<String> = rows()
        .iter()
        .filter(|row| !row.wanted)
        .filter_map(|row| {
            let found = comparison(row);
            let verb = if row.same { "should be one" } else { "should be two" };
            (found.is_match() != row.same).then(|| format!("golden/names.txt:{} {verb}:\n{found}", row.line))
        })
        .collect();
    assert!(wrong.is_empty(), "{} rows are judged wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn golden_rows_are_judged_alike_from_both_sides() {
    for row in rows() {
        let (there, back) =
            (comparison(&row), compare(&Name::new(row.right, row.kind), &Name::new(row.left, row.kind)));
        assert_eq!(there.weight, back.weight, "golden/names.txt:{}:\n{there}\n{back}", row.line);
    }
}

#[test]
fn every_name_matches_itself() {
    let weak: Vec<String> = rows()
        .iter()
        .flat_map(|row| [(row, row.left), (row, row.right)])
        .filter_map(|(row, name)| {
            let name = Name::new(name, row.kind);
            let found = compare(&name, &name);
            // A single part is left to the document: `Omsen` and `Omsen` may be two brothers.
            (name.core().count() > 1 && !found.is_match()).then(|| format!("golden/names.txt:{}:\n{found}", row.line))
        })
        .collect();
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[test]
fn golden_rows_stand_once() {
    let mut seen: Vec<(EntityKind, &str, &str)> = Vec::new();
    for row in rows() {
        let key = (row.kind, row.left.min(row.right), row.left.max(row.right));
        assert!(!seen.contains(&key), "golden/names.txt:{}: {} and {} twice", row.line, row.left, row.right);
        seen.push(key);
    }
    let judged = rows().iter().filter(|r| !r.wanted).count();
    assert!(judged >= 100, "only {judged} rows are judged");
}

/// Prints how many of the wanted rows are reached; those that are can move up in the file.
#[test]
fn wanted_rows_are_counted() {
    let (mut reached, mut all) = (0, 0);
    for row in rows().iter().filter(|r| r.wanted) {
        all += 1;
        let found = comparison(row);
        if found.is_match() == row.same {
            reached += 1;
            println!("reached, golden/names.txt:{}: {} / {}", row.line, row.left, row.right);
        } else {
            println!("wanted, golden/names.txt:{}: {} / {} {:+}", row.line, row.left, row.right, found.weight);
        }
    }
    println!("{reached} of {all} wanted rows of names are reached");
}
