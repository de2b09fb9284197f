//! Documents that are taken in and let go come to what all of them come to at once, in whatever batches they came.

mod common;

use allonym::resolve::{Decision, Decisions, EntitySummary, Gathered, Intake, MentionRef, Named};
use allonym::{Corpus, EntityKind, Extraction, Mention, Resolution, Resolver, Tables, export};
use common::{NAMES, config, documents};
use proptest::prelude::*;

fn taken_in(mut intake: Intake, documents: &[Extraction], batch: usize) -> Gathered {
    documents.chunks(batch).for_each(|batch| intake.add(batch));
    intake.finish()
}

fn table(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("writing to memory");
    String::from_utf8(out).expect("output is UTF-8")
}

fn check(resolver: &Resolver, documents: &[Extraction], batch: usize) -> Result<(), TestCaseError> {
    let corpus: Corpus = documents.iter().cloned().collect();
    let resolution = resolver.resolve(&corpus);
    let gathered = taken_in(Intake::with_mentions(resolver), documents, batch);
    let entities: Vec<EntitySummary> = resolution.entities().iter().map(EntitySummary::from).collect();
    prop_assert_eq!(gathered.entities(), &entities);
    prop_assert_eq!(gathered.links(), resolution.links());
    prop_assert_eq!(gathered.capped(), resolution.capped());
    prop_assert_eq!(gathered.documents().len(), documents.len());
    for (d, (document, entities)) in gathered.documents().enumerate() {
        prop_assert_eq!(&document.id, &documents[d].id);
        prop_assert_eq!(&document.mentions, &documents[d].mentions);
        for (m, entity) in entities.iter().enumerate() {
            let expected = resolution.entity_of(MentionRef { document: d, mention: m });
            prop_assert_eq!(entity.map(|e| &e.id), expected.map(|e| &e.id));
        }
    }
    written_alike(&corpus, &resolution, &gathered)?;
    // Without the mentions the entities are the same.
    let counted = taken_in(Intake::new(resolver), documents, batch);
    prop_assert_eq!(counted.documents().len(), 0);
    prop_assert_eq!((counted.entities(), counted.links()), (gathered.entities(), gathered.links()));
    Ok(())
}

fn written_alike(corpus: &Corpus, resolution: &Resolution, gathered: &Gathered) -> Result<(), TestCaseError> {
    let json = table(|out| export::json(corpus, resolution, out));
    prop_assert_eq!(table(|out| export::gathered_json(gathered, out)), json);
    let shown = table(|out| export::table(resolution, out));
    prop_assert_eq!(table(|out| export::gathered_table(gathered, out)), shown);
    Ok(())
}

/// Documents whose claims each have a sentence of their own.
fn reports() -> impl Strategy<Value = Vec<Extraction>> {
    documents().prop_map(|mut documents| {
        for (d, document) in documents.iter_mut().enumerate() {
            for (c, claim) in document.claims.iter_mut().enumerate() {
                claim.sentence = format!("Number {} says so.", (7 * d + 3 * c) % 5);
            }
        }
        documents
    })
}

fn decision() -> impl Strategy<Value = Decision> {
    let named = || {
        (0..NAMES.len(), prop::option::weighted(0.3, 0..4_usize)).prop_map(|(name, document)| {
            let named = Named::new(NAMES[name].1, NAMES[name].0);
            if let Some(document) = document { named.within(format!("d{document}")) } else { named }
        })
    };
    prop_oneof![
        (named(), named()).prop_map(|(a, b)| Decision::same(a, b)),
        (named(), named()).prop_map(|(a, b)| Decision::different(a, b)),
        named().prop_map(|a| Decision::rename(a, "Somebody Else")),
        named().prop_map(Decision::reject),
    ]
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn any_batches_come_to_the_same(documents in reports(), batch in 1_usize..5) {
        check(&Resolver::embedded(), &documents, batch)?;
        check(&Resolver::new(Tables::none()), &documents, batch)?;
    }

    #[test]
    fn decisions_hold(documents in reports(), decided in prop::collection::vec(decision(), 1..6), batch in 1_usize..5) {
        let mut decisions = Decisions::new();
        for decision in decided {
            // One that contradicts those before is refused.
            let _ = decisions.push(decision);
        }
        check(&Resolver::embedded().with_decisions(&decisions), &documents, batch)?;
    }
}

#[test]
fn documents_of_one_id_and_empty_ones_stay_apart() {
    let place = |name: &str| Mention::new(name, EntityKind::Place);
    let documents = [
        Extraction::new("a", vec![place("Harem"), place("Harim")]),
        Extraction::new("b", Vec::new()),
        Extraction::new("a", vec![place("Harem")]),
    ];
    check(&Resolver::embedded(), &documents, 2).expect("all at once and in batches alike");
    let gathered = taken_in(Intake::new(&Resolver::embedded()), &documents, 1);
    assert_eq!((gathered.entities()[0].mentions, gathered.entities()[0].documents), (3, 2));
    assert!(Intake::with_mentions(&Resolver::embedded()).finish().entities().is_empty());
}

#[test]
fn more_documents_than_are_resolved_at_once_come_to_the_same() {
    let person = |name: String| Mention::new(name, EntityKind::Person);
    let document = |i: usize| {
        let names =
            vec![person(format!("Omar Oms{}n", ["e", "i", "a"][i % 3])), person(format!("Bilal Ka{}ro", i % 40))];
        Extraction::new(format!("d{i}"), names)
    };
    let documents: Vec<Extraction> = (0..700).map(document).collect();
    check(&Resolver::embedded(), &documents, 300).expect("all at once and in batches alike");
}
