//! What a person is shown: the review list, proposals, diagnostics, and why two names are not one.

use allonym::resolve::{Decisions, MentionRef, Outcome};
use allonym::tables::AliasSort;
use allonym::{Claim, Corpus, EntityKind, Extraction, Mention, Relation, Resolution, Resolver, Tables};

/// Documents of people, each as its names.
fn people(documents: &[(&str, &[&str])]) -> Corpus {
    let mentions = |names: &[&str]| names.iter().map(|name| Mention::new(*name, EntityKind::Person)).collect();
    documents.iter().map(|(id, names)| Extraction::new(*id, mentions(names))).collect()
}

fn resolve(corpus: &Corpus) -> Resolution {
    Resolver::new(Tables::none()).resolve(corpus)
}

#[test]
fn the_most_open_come_first_and_say_where() {
    let corpus = people(&[
        ("a", &["Viktor Orlenko", "Jean Kaboro"]),
        ("b", &["Victor Orlenka", "J. Kaboro", "Orlenka"]),
        ("c", &["Viktor Orlenko", "Jacques Kaboro"]),
    ]);
    let resolution = resolve(&corpus);
    let items = resolution.review(&corpus, 100);
    assert!(items.len() >= 2, "{items:?}");
    let open: Vec<i32> = items.iter().filter(|i| i.outcome != Outcome::Queued).map(|i| i.weight.abs()).collect();
    assert!(open.is_sorted(), "{open:?}");
    for item in &items {
        for side in [&item.left, &item.right] {
            assert!(!side.mentions.is_empty(), "{item:?}");
            for &MentionRef { document, mention } in &side.mentions {
                assert_eq!(corpus.documents()[document].mentions[mention].surface, side.name);
            }
        }
        assert_eq!(item.weight, item.evidence.iter().map(|e| e.weight).sum::<i32>(), "{item:?}");
        let one = item.left.entity == item.right.entity;
        assert_eq!(one, item.outcome == Outcome::Merged, "{item:?}");
    }
    assert_eq!(resolution.review(&corpus, 1), items[..1]);
    // J. Kaboro may be Jean or Jacques: that is for a person to say.
    assert!(
        items.iter().any(|i| i.outcome == Outcome::Queued && [&i.left, &i.right].iter().any(|s| s.name == "J. Kaboro"))
    );
}

#[test]
fn what_is_accepted_or_refused_is_done() {
    let corpus = people(&[("a", &["Viktor Orlenko"]), ("b", &["Victor Orlenka"]), ("c", &["Jean Kaboro"])]);
    let resolver = Resolver::new(Tables::none());
    for (same, wanted) in [(true, 2), (false, 3)] {
        let items = resolver.resolve(&corpus).review(&corpus, 1);
        let mut decisions = Decisions::new();
        decisions.push(if same { items[0].same() } else { items[0].different() }).expect("the first decision");
        let resolution = resolver.with_decisions(&decisions).resolve(&corpus);
        assert_eq!(resolution.entities().len(), wanted, "{items:?}");
        // What users decided is not asked again.
        let asked = resolution.review(&corpus, 100);
        assert!(
            same || asked.iter().all(|i| (&i.left.name, &i.right.name) != (&items[0].left.name, &items[0].right.name))
        );
    }
}

#[test]
fn who_resembles_two_that_a_user_parted_is_queued() {
    let corpus = people(&[("a", &["Omar Omsen"]), ("b", &["Omar Omsin"]), ("c", &["Omar Omsyn"])]);
    let resolver = Resolver::new(Tables::none());
    assert_eq!(resolver.resolve(&corpus).entities().len(), 1);
    let log = r#"{"decision":"different","left":{"kind":"person","name":"Omar Omsen"},"right":{"kind":"person","name":"Omar Omsin"}}"#;
    let resolution = resolver.with_decisions(&Decisions::read("log", log).expect("a log")).resolve(&corpus);
    assert_eq!(resolution.entities().len(), 3);
    let items = resolution.review(&corpus, 2);
    assert!(items.iter().all(|i| i.outcome == Outcome::Queued), "{items:?}");
    let explained = resolution.explain("Omar Omsen", "Omar Omsin").to_string();
    assert!(explained.contains("Held apart: a user decided that they are two."), "{explained}");
}

#[test]
fn names_that_texts_give_are_proposed_with_their_sentence() {
    let person = |name: &str| Mention::new(name, EntityKind::Person);
    let document = |id: &str, sentence: &str| {
        let mut document = Extraction::new(id, vec![person("Omar Varsi"), person("Abu\tKalin")]);
        document.claims.push(Claim::new(0, 1, Relation::SameAs, "known-as", sentence));
        document
    };
    let corpus: Corpus = [document("b", "Second."), document("a", "First.")].into_iter().collect();
    let resolution = resolve(&corpus);
    let proposals = resolution.proposals(&corpus);
    assert_eq!(proposals.len(), 1, "{proposals:?}");
    let proposal = &proposals[0];
    assert_eq!((proposal.documents, &*proposal.document, &*proposal.sentence), (2, "a", "First."));
    let table = "id\tkind\tsort\tname\tsource\n".to_owned() + &proposal.to_rows(AliasSort::NomDeGuerre);
    let tables = Tables::builder().entities("mine.tsv", &table).build().unwrap_or_else(|e| panic!("{e}\n{table}"));
    let resolution = Resolver::new(tables).resolve(&people(&[("c", &["Abu Kalin"])]));
    assert_eq!(resolution.entities()[0].table_id.as_deref(), Some(&*proposal.entity));
}

#[test]
fn diagnostics_count_what_is_there() {
    let corpus = people(&[("a", &["Jean Kaboro", "Kaboro"]), ("b", &["Marie Kaboro", "Kaboro", "Jean Kaborou"])]);
    let resolution = resolve(&corpus);
    let diagnostics = resolution.diagnostics();
    assert_eq!(diagnostics.mentions, 5);
    assert_eq!(diagnostics.entities, resolution.entities().len());
    assert_eq!(diagnostics.variation.values().sum::<usize>(), diagnostics.entities);
    let kaboro = diagnostics.homonyms.iter().find(|h| h.name == "kaboro").expect("two are called so");
    assert_eq!(kaboro.entities.len(), 2);
    assert!(diagnostics.largest[0].weakest.is_some());
    assert!(diagnostics.to_string().contains("names that several bear: 1"), "{diagnostics}");
}

#[test]
fn why_not_names_the_strongest_and_the_way_by_others() {
    let corpus = people(&[("a", &["Omar Omsen", "Abu Dunya"]), ("b", &["Umar Omsin"]), ("c", &["Hafid Omsen"])]);
    let mut corpus: Vec<Extraction> = corpus.documents().to_vec();
    corpus[0].claims.push(Claim::new(0, 1, Relation::SameAs, "known-as", "It says so."));
    let resolution = resolve(&corpus.into_iter().collect());
    let told = resolution.explain("Abu Dunya", "Hafid Omsen").to_string();
    assert!(told.contains("Of their names these are nearest to one:"), "{told}");
    assert!(told.contains("To be one they lack"), "{told}");
}
