//! What tests of the resolver share: documents made of names that are near each other.
#![allow(dead_code, reason = "each test uses its part")]

use allonym::{Claim, EntityKind, Extraction, Mention, Relation};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Names that are near each other: variants, brothers, short forms, table entities under several names, one word in
/// two kinds.
pub const NAMES: &[(&str, EntityKind)] = &[
    ("Omar Omsen", EntityKind::Person),
    ("Omar Omsin", EntityKind::Person),
    ("Omar Diaby", EntityKind::Person),
    ("Omar Diab", EntityKind::Person),
    ("Omsen", EntityKind::Person),
    ("Omsin", EntityKind::Person),
    ("Omsyn", EntityKind::Person),
    ("Ōmsen", EntityKind::Person),
    ("Omar", EntityKind::Person),
    ("Diaby", EntityKind::Person),
    ("Bashar al-Assad", EntityKind::Person),
    ("Bashar Assad", EntityKind::Person),
    ("Hafez al-Assad", EntityKind::Person),
    ("Assad", EntityKind::Person),
    ("Ahmed al-Sharaa", EntityKind::Person),
    ("Ahmad al-Sharra", EntityKind::Person),
    ("Abu Mohammad al-Jolani", EntityKind::Person),
    ("al-Jolani", EntityKind::Person),
    ("Jean Kaboro", EntityKind::Person),
    ("Jean Kaborou", EntityKind::Person),
    ("Marie Kaboro", EntityKind::Person),
    ("Kaboro", EntityKind::Person),
    ("Kaborou", EntityKind::Person),
    ("Ali Kaboro", EntityKind::Person),
    ("Harem", EntityKind::Place),
    ("Harim", EntityKind::Place),
    ("Syria", EntityKind::Place),
    ("Damascus", EntityKind::Place),
    ("Odessa", EntityKind::Place),
    ("Texas", EntityKind::Place),
    ("Ukraine", EntityKind::Place),
    ("Jordan", EntityKind::Place),
    ("Jordan", EntityKind::Person),
    ("Hayat Tahrir al-Sham", EntityKind::Organization),
    ("HTS", EntityKind::Organization),
    ("Front for Northern Renewal", EntityKind::Organization),
    ("FNR", EntityKind::Organization),
    ("Brigade 44", EntityKind::Organization),
    ("Brigade 45", EntityKind::Organization),
];

const RELATIONS: [Relation; 5] =
    [Relation::Different, Relation::Kin, Relation::SameAs, Relation::Acronym, Relation::Within];

/// The names of a document, and its claims.
type Row = (Vec<usize>, Vec<(usize, usize, Relation)>);

fn row() -> impl Strategy<Value = Row> {
    let mentions = prop::collection::vec(0..NAMES.len(), 1..9);
    let claims = prop::collection::vec((0_usize..9, 0_usize..9, prop::sample::select(&RELATIONS[..])), 0..5);
    (mentions, claims)
}

fn document(id: String, (names, claims): Row) -> Extraction {
    let mentions: Vec<Mention> = names.iter().map(|&n| Mention::new(NAMES[n].0, NAMES[n].1)).collect();
    let mut document = Extraction::new(id, mentions);
    for (left, right, relation) in claims {
        if left < names.len() && right < names.len() && left != right {
            document.claims.push(Claim::new(left, right, relation, "given", "It says so."));
        }
    }
    document
}

/// A few documents of a few names each, and claims about some of them.
pub fn documents() -> impl Strategy<Value = Vec<Extraction>> {
    prop::collection::vec(row(), 1..5)
        .prop_map(|rows| rows.into_iter().enumerate().map(|(i, row)| document(format!("d{i}"), row)).collect())
}

/// A document of one of a few ids.
pub fn one_of(ids: usize) -> impl Strategy<Value = Extraction> {
    (0..ids, row()).prop_map(|(id, row)| document(format!("d{id}"), row))
}

/// The same cases in every run, unless `ALLONYM_SEED` says otherwise; `ALLONYM_CASES` multiplies them.
pub fn config(cases: u32) -> ProptestConfig {
    let number = |name: &str| std::env::var(name).ok().and_then(|v| v.parse::<u32>().ok());
    ProptestConfig {
        cases: cases * number("ALLONYM_CASES").unwrap_or(1),
        rng_seed: RngSeed::Fixed(u64::from(number("ALLONYM_SEED").unwrap_or(20_251_022))),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}
