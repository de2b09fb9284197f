//! Names and the parts that they are made of: `golden/parse.txt`, which anyone can extend.

use allonym::EntityKind;
use allonym::name::Name;

const GOLDEN: &str = include_str!("golden/parse.txt");

struct Row {
    line: usize,
    /// Not reached yet: counted and printed, not a failure.
    wanted: bool,
    kind: EntityKind,
    name: &'static str,
    parts: &'static str,
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (i, text) in GOLDEN.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
        let line = i + 1;
        let fields: Vec<&str> = text.split('\t').collect();
        let [kind, name, parts] = fields[..] else { panic!("golden/parse.txt:{line}: not three fields: {text}") };
        let (wanted, kind) = kind.strip_prefix("wanted ").map_or((false, kind), |kind| (true, kind));
        let kind = kind.parse().unwrap_or_else(|e| panic!("golden/parse.txt:{line}: {e}"));
        rows.push(Row { line, wanted, kind, name, parts });
    }
    rows
}

fn parts(row: &Row) -> String {
    let name = Name::new(row.name, row.kind);
    name.parts.iter().map(|p| format!("{}/{:?}", p.text, p.role)).collect::<Vec<_>>().join(" ")
}

#[test]
fn golden_rows_are_parsed_right() {
    let wrong: Vec<String> = rows()
        .iter()
        .filter(|row| !row.wanted && parts(row) != row.parts)
        .map(|row| format!("golden/parse.txt:{}: {}\n  {}\n  {}", row.line, row.name, row.parts, parts(row)))
        .collect();
    assert!(wrong.is_empty(), "{} rows, each as it should be and as it is\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows().iter().filter(|row| !row.wanted).count() >= 60, "too few rows are judged");
}

/// Prints how many of the wanted rows are reached; those that are can lose their mark.
#[test]
fn wanted_rows_are_counted() {
    let rows = rows();
    let (mut reached, mut all) = (0, 0);
    for row in rows.iter().filter(|row| row.wanted) {
        all += 1;
        if parts(row) == row.parts {
            reached += 1;
            println!("reached, golden/parse.txt:{}: {}", row.line, row.name);
        } else {
            println!("wanted, golden/parse.txt:{}: {} is {}", row.line, row.name, parts(row));
        }
    }
    println!("{reached} of {all} wanted rows of parts are reached");
}
