//! Texts with their mentions marked, `golden/extraction.txt`: exactly those are to be found, with the embedded tables, or
//! without any entity known where a line begins with `bare: `.
//!
//! `[PER Omar Omsen]` marks a mention; `\n` is a line break; lines that begin with `wanted: ` are not reached yet and are
//! counted and printed only.

use std::fmt::Write;
use std::sync::LazyLock;

use allonym::{EntityKind, Extractor, Tables};

const GOLDEN: &str = include_str!("golden/extraction.txt");

type Marked = (usize, usize, EntityKind);

struct Row {
    line: usize,
    wanted: bool,
    bare: bool,
    text: String,
    mentions: Vec<Marked>,
}

/// Takes the marks out of a line.
fn strip(line: usize, marked: &str) -> (String, Vec<Marked>) {
    let marked = marked.replace("\\n", "\n");
    let (mut text, mut mentions) = (String::new(), Vec::new());
    let mut rest = marked.as_str();
    while let Some(at) = ["[PER ", "[LOC ", "[ORG "].iter().filter_map(|mark| rest.find(mark)).min() {
        text.push_str(&rest[..at]);
        let kind = rest[at + 1..at + 4].parse().unwrap_or_else(|e| panic!("golden/extraction.txt:{line}: {e}"));
        let inner = &rest[at + 5..];
        let end = inner.find(']').unwrap_or_else(|| panic!("golden/extraction.txt:{line}: a mark does not end"));
        mentions.push((text.len(), text.len() + end, kind));
        text.push_str(&inner[..end]);
        rest = &inner[end + 1..];
    }
    text.push_str(rest);
    (text, mentions)
}

fn rows() -> Vec<Row> {
    let lines = GOLDEN.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    let row = |(i, line): (usize, &str)| {
        let (wanted, marked) = line.strip_prefix("wanted: ").map_or((false, line), |marked| (true, marked));
        let (bare, marked) = marked.strip_prefix("bare: ").map_or((false, marked), |marked| (true, marked));
        let (text, mentions) = strip(i + 1, marked);
        Row { line: i + 1, wanted, bare, text, mentions }
    };
    lines.map(row).collect()
}

/// Puts the marks of what was found into the text.
fn mark(text: &str, mentions: &[Marked]) -> String {
    let (mut out, mut end) = (String::new(), 0);
    for &(start, stop, kind) in mentions {
        write!(out, "{}[{} {}]", &text[end..start], kind.code(), &text[start..stop]).expect("a string takes all");
        end = stop;
    }
    out.push_str(&text[end..]);
    out.replace('\n', "\\n")
}

fn found(row: &Row) -> Vec<Marked> {
    static BARE: LazyLock<Extractor> =
        LazyLock::new(|| Extractor::builder().tables(Tables::none()).build().unwrap_or_else(|e| panic!("{e}")));
    let extractor = if row.bare { BARE.clone() } else { Extractor::embedded() };
    let extraction = extractor.extract("golden", &row.text);
    extraction.mentions.iter().map(|m| (m.span.start, m.span.end, m.kind)).collect()
}

#[test]
fn marked_mentions_are_found_and_no_others() {
    let wrong: Vec<String> = rows()
        .iter()
        .filter(|row| !row.wanted)
        .filter_map(|row| {
            let found = found(row);
            let (expected, got) = (mark(&row.text, &row.mentions), mark(&row.text, &found));
            (found != row.mentions)
                .then(|| format!("golden/extraction.txt:{}:\n  expected {expected}\n  found    {got}", row.line))
        })
        .collect();
    assert!(wrong.is_empty(), "{} texts are read wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn marked_mentions_are_found_in_one_text_too() {
    // Together the texts say more of each name (a surname said in full elsewhere), so only the invariants are looked at.
    let text: String = rows().iter().flat_map(|row| [row.text.as_str(), "\n\n"]).collect();
    let found = Extractor::embedded().extract("all", &text);
    let all: usize = rows().iter().map(|row| row.mentions.len()).sum();
    assert!(found.mentions.len() * 10 > all * 8, "{} of {all}", found.mentions.len());
    assert!(found.mentions.iter().all(|m| text[m.span] == m.surface));
}

#[test]
fn every_row_is_well_formed() {
    let rows = rows();
    let judged = rows.iter().filter(|r| !r.wanted).count();
    assert!(judged >= 50, "only {judged} texts are judged");
    for row in &rows {
        assert!(
            !row.text.contains("[PER") && !row.text.contains("[LOC") && !row.text.contains("[ORG"),
            "line {}",
            row.line
        );
        assert!(
            row.mentions.iter().all(|(start, end, _)| start < end),
            "golden/extraction.txt:{}: an empty mark",
            row.line
        );
    }
}

#[test]
fn wanted_rows_are_counted() {
    let (mut reached, mut all) = (0, 0);
    for row in rows().iter().filter(|r| r.wanted) {
        all += 1;
        let found = found(row);
        if found == row.mentions {
            reached += 1;
            println!("reached, golden/extraction.txt:{}: {}", row.line, mark(&row.text, &found));
        } else {
            let (expected, got) = (mark(&row.text, &row.mentions), mark(&row.text, &found));
            println!("wanted, golden/extraction.txt:{}:\n  expected {expected}\n  found    {got}", row.line);
        }
    }
    println!("{reached} of {all} wanted texts are reached");
}
