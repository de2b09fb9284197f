//! What sentences say of two of their names: `golden/claims.txt`, a line `relation|rule|left|right|text`; a line
//! `none|text` licenses no claim at all.

use allonym::{Extractor, Relation};

const GOLDEN: &str = include_str!("golden/claims.txt");

struct Row {
    line: usize,
    wanted: bool,
    /// Relation, rule, left and right surface; nothing when there is to be no claim.
    claim: Option<[&'static str; 4]>,
    text: String,
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (i, line) in GOLDEN.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
        let (wanted, rest) = line.strip_prefix("wanted: ").map_or((false, line), |rest| (true, rest));
        let fields: Vec<&str> = rest.split('|').collect();
        let (claim, text) = match fields[..] {
            ["none", text] => (None, text),
            [relation, rule, left, right, text] => (Some([relation, rule, left, right]), text),
            _ => panic!("golden/claims.txt:{}: neither two nor five fields", i + 1),
        };
        rows.push(Row { line: i + 1, wanted, claim, text: text.replace("\\n", "\n") });
    }
    rows
}

fn word(relation: Relation) -> &'static str {
    match relation {
        Relation::SameAs => "same",
        Relation::Acronym => "acronym",
        Relation::Within => "within",
        Relation::Different => "different",
        Relation::Kin => "kin",
        _ => "?",
    }
}

/// The claims of a text, each as its row would have it.
fn found(row: &Row) -> Vec<String> {
    let extraction = Extractor::embedded().extract("golden", &row.text);
    let surface = |i: usize| extraction.mentions[i].surface.as_str();
    let show = |c: &allonym::Claim| format!("{}|{}|{}|{}", word(c.relation), c.rule, surface(c.left), surface(c.right));
    extraction.claims.iter().map(show).collect()
}

fn expected(row: &Row) -> Vec<String> {
    row.claim.iter().map(|claim| claim.join("|")).collect()
}

#[test]
fn sentences_license_exactly_their_claims() {
    let wrong: Vec<String> = rows()
        .iter()
        .filter(|row| !row.wanted && found(row) != expected(row))
        .map(|row| {
            let mentions = Extractor::embedded().extract("golden", &row.text).mentions;
            let names: Vec<String> = mentions.iter().map(|m| format!("{} {}", m.kind.code(), m.surface)).collect();
            let (expected, found) = (expected(row), found(row));
            format!(
                "golden/claims.txt:{}: {}\n  expected {expected:?}\n  found    {found:?}\n  of {names:?}",
                row.line, row.text
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{} sentences are read wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_sentence_is_quoted() {
    for row in rows().iter().filter(|row| row.claim.is_some() && !row.wanted) {
        for claim in Extractor::embedded().extract("golden", &row.text).claims {
            assert!(row.text.contains(&claim.sentence), "golden/claims.txt:{}: {:?}", row.line, claim.sentence);
        }
    }
}

#[test]
fn a_long_sentence_is_quoted_in_part() {
    let filler = "and on and on ".repeat(60);
    let text = format!("They went {filler}until Omar Diaby, better known as “Omar Omsen”, was seen {filler}again.");
    let found = Extractor::embedded().extract("long", &text);
    let claim = found.claims.first().expect("the claim is read in a long sentence too");
    assert!(claim.sentence.chars().count() <= 420, "{} characters", claim.sentence.chars().count());
    assert!(claim.sentence.starts_with('…') && claim.sentence.ends_with('…'), "{}", claim.sentence);
    assert!(claim.sentence.contains("Omar Diaby, better known as “Omar Omsen”"));
}

#[test]
fn a_claim_does_not_reach_over_a_sentence() {
    let found =
        Extractor::embedded().extract("two", "The camp is run by Omar Diaby. Also known as Omar Omsen is nobody.");
    assert!(found.claims.is_empty(), "{:?}", found.claims);
}

#[test]
fn every_rule_has_a_row() {
    let rows = rows();
    for rule in [
        "known-as", "also-known-as", "real-name", "nom-de-guerre-of", "goes-by", "formerly", "born",
        "quoted-in-parentheses", "kin-possessive", "kin-of", "kin-whose", "kin-of-subject", "not-to-be-confused",
        "acronym", "acronym-of-a-translation", "container",
    ] {
        assert!(
            rows.iter().any(|r| !r.wanted && r.claim.is_some_and(|c| c[1] == rule)),
            "no row shows the rule {rule}"
        );
    }
}

#[test]
fn wanted_rows_are_counted() {
    let (mut reached, mut all) = (0, 0);
    for row in rows().iter().filter(|r| r.wanted) {
        all += 1;
        let (expected, found) = (expected(row), found(row));
        if found == expected {
            reached += 1;
            println!("reached, golden/claims.txt:{}: {}", row.line, row.text);
        } else {
            println!(
                "wanted, golden/claims.txt:{}: {}\n  expected {expected:?}\n  found    {found:?}",
                row.line, row.text
            );
        }
    }
    println!("{reached} of {all} wanted claims are reached");
}
