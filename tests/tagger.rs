//! The tagger: what it finds that no list holds, and what it does with damaged weights and odd text.

use std::fs;
use std::path::Path;

use allonym::extract::Extractor;
use allonym::extract::tagger::labels::{ALLOWED, LABELS, OUTSIDE};
use allonym::extract::tagger::{Model, Tagger};
use allonym::{EntityKind, Error, Tables};

fn names(extractor: &Extractor, text: &str) -> Vec<(EntityKind, String)> {
    extractor.extract("t", text).mentions.into_iter().map(|m| (m.kind, m.surface)).collect()
}

fn alone() -> Extractor {
    let builder = Extractor::builder().tables(Tables::none()).without_own_recognizers();
    builder.without_document_evidence().build().unwrap()
}

#[test]
fn finds_names_that_no_list_holds() {
    let own = |kind, surface: &str| (kind, surface.to_owned());
    let rows = [
        (
            "The girl, Maimouna Firstay, was born in Qarnabad.",
            vec![own(EntityKind::Person, "Maimouna Firstay"), own(EntityKind::Place, "Qarnabad")],
        ),
        (
            "Spokesman Dorval Quimpert said the Brenlow Institute had left.",
            vec![own(EntityKind::Person, "Dorval Quimpert"), own(EntityKind::Organization, "Brenlow Institute")],
        ),
        ("Nobody had seen the harem of the palace.", vec![]),
    ];
    for (text, expected) in rows {
        assert_eq!(names(&alone(), text), expected, "{text}");
    }
}

#[test]
fn says_how_sure_it_is() {
    let found = Extractor::embedded().extract("t", "President Emmanuel Macron met Quelvan in Paris.");
    let confidence =
        |surface: &str| found.mentions.iter().find(|m| m.surface == surface).map(allonym::Mention::confidence);
    let (clear, unclear) = (confidence("Emmanuel Macron").unwrap_or(0.0), confidence("Quelvan").unwrap_or(0.5));
    assert!(clear > 0.9 && clear > unclear, "{clear} {unclear}");
    assert!(found.mentions.iter().all(|m| m.sources.iter().any(|s| s.rule == "tagger") || !m.sources.is_empty()));
}

#[test]
fn odd_text_is_no_name() {
    let texts = [
        "",
        "a",
        "😂😂 😂",
        "omg cant believe its friday lol #blessed @mike",
        "Th1s is n0ise frorn a bad scan , tbe lazy d0g .",
        "&nbsp;<b></b>&amp;",
        "\u{202E}\u{0}\u{FFFD}",
    ];
    for text in texts {
        let people: Vec<_> = names(&Extractor::embedded(), text);
        assert!(people.iter().all(|(kind, _)| *kind != EntityKind::Person), "{text}: {people:?}");
    }
}

#[test]
fn damaged_weights_are_refused_by_name() {
    let good = Model::new(4, [(7, [0.5; LABELS])], &[[0.0; LABELS]; LABELS]).0.to_bytes();
    assert!(Tagger::from_bytes("own.bin", &good).is_ok());
    let mut other_version = good.clone();
    other_version[7] = b'9';
    for bytes in [&good[..good.len() - 1], &good[..10], &other_version, b""] {
        let error = Tagger::from_bytes("own.bin", bytes).unwrap_err();
        assert!(matches!(&error, Error::Table { .. }), "{error}");
        assert!(error.to_string().contains("own.bin"), "{error}");
    }
}

#[test]
fn other_weights_find_other_names() {
    let silent = Tagger::new(Model::new(1, [], &[[0.0; LABELS]; LABELS]).0);
    let builder = Extractor::builder().tables(Tables::none()).without_own_recognizers();
    let extractor = builder.without_document_evidence().tagger(silent).build().unwrap();
    assert_eq!(names(&extractor, "The girl, Maimouna Firstay, was born in Qarnabad."), []);
    assert!(ALLOWED[OUTSIDE][OUTSIDE]);
}

/// The exact-span F1 of an extractor on annotated documents, their texts changed.
fn f1(extractor: &Extractor, lines: &str, change: impl Fn(&str) -> String) -> f64 {
    let (mut right, mut found, mut gold) = (0, 0, 0);
    for line in lines.lines() {
        let document: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = change(document["text"].as_str().unwrap());
        let spans: Vec<(u64, u64, String)> = serde_json::from_value(document["spans"].clone()).unwrap();
        let mentions = extractor.extract("t", &text).mentions;
        gold += spans.len();
        found += mentions.len();
        let own = |m: &allonym::Mention| (m.char_span.start as u64, m.char_span.end as u64, m.kind.code().to_owned());
        right += mentions.iter().filter(|m| spans.contains(&own(m))).count();
    }
    2.0 * right as f64 / (found + gold) as f64
}

#[test]
fn text_without_case_loses_less_than_half() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/dev/pud.jsonl");
    let Ok(lines) = fs::read_to_string(&file) else {
        println!("skipped: ../shared/corpora/dev/pud.jsonl is not there");
        return;
    };
    let one = |mut chars: Box<dyn Iterator<Item = char>>, own| {
        let first = chars.next();
        if chars.next().is_none() { first.unwrap_or(own) } else { own }
    };
    let lower = |text: &str| text.chars().map(|c| one(Box::new(c.to_lowercase()), c)).collect::<String>();
    let upper = |text: &str| text.chars().map(|c| one(Box::new(c.to_uppercase()), c)).collect::<String>();
    let all = Extractor::embedded();
    let rules = Extractor::builder().without_tagger().build().unwrap();
    let full = f1(&all, &lines, str::to_owned);
    assert!(full > 0.70, "{full}");
    for (case, change) in [("lower", &lower as &dyn Fn(&str) -> String), ("upper", &upper)] {
        let (own, table) = (f1(&all, &lines, change), f1(&rules, &lines, change));
        println!("pud, {case}: F1 {own:.3}, rules and tables {table:.3}");
        assert!(own > full / 2.0 && own > table, "{case}: {own} of {full}, rules and tables {table}");
    }
}
