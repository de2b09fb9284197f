//! An index is at every moment what its documents and decisions come to at once; what it saves is whole or refused.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use allonym::resolve::{Change, Decision, Decisions, Index, Named};
use allonym::{Corpus, EntityKind, Extraction, Mention, Resolution, Resolver, Source, Tables, export};
use common::{NAMES, config, one_of};
use proptest::prelude::*;

/// What is done to an index.
#[derive(Debug, Clone)]
enum Step {
    Put(Extraction),
    Remove(usize),
    Decide(Decision),
    Undo(usize),
}

/// More documents than a sequence has ids would seldom be replaced.
const IDS: usize = 6;

fn named() -> impl Strategy<Value = Named> {
    (0..NAMES.len(), prop::option::weighted(0.3, 0..IDS)).prop_map(|(name, document)| {
        let named = Named::new(NAMES[name].1, NAMES[name].0);
        if let Some(document) = document { named.within(format!("d{document}")) } else { named }
    })
}

fn decision() -> impl Strategy<Value = Decision> {
    prop_oneof![
        3 => (named(), named()).prop_map(|(a, b)| Decision::same(a, b)),
        3 => (named(), named()).prop_map(|(a, b)| Decision::different(a, b)),
        1 => named().prop_map(|a| Decision::rename(a, "Somebody Else")),
        1 => named().prop_map(Decision::reject),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => one_of(IDS).prop_map(Step::Put),
        2 => (0..IDS).prop_map(Step::Remove),
        3 => decision().prop_map(Step::Decide),
        1 => (0..8_usize).prop_map(Step::Undo),
    ];
    prop::collection::vec(step, 1..14)
}

fn json(corpus: &Corpus, resolution: &Resolution) -> String {
    let mut out = Vec::new();
    export::json(corpus, resolution, &mut out).expect("writing to memory");
    String::from_utf8(out).expect("JSON is UTF-8")
}

/// Does what can be done, and keeps a record of documents and decisions beside it.
fn apply(index: &mut Index, record: &mut BTreeMap<String, Extraction>, log: &mut Decisions, step: Step) -> Vec<Change> {
    match step {
        Step::Put(document) => {
            record.insert(document.id.clone(), document.clone());
            index.replace(document)
        }
        Step::Remove(id) => {
            let id = format!("d{id}");
            assert_eq!(record.remove(&id).is_some(), index.document(&id).is_some());
            index.remove(&id).unwrap_or_default()
        }
        Step::Decide(decision) => {
            let taken = log.push(decision.clone());
            let changes = index.decide(decision);
            assert_eq!(taken.is_ok(), changes.is_ok());
            changes.unwrap_or_default()
        }
        Step::Undo(number) => {
            let Some(undone) = log.log().get(number).map(Decision::undone) else { return Vec::new() };
            let taken = log.push(undone.clone());
            let changes = index.decide(undone);
            assert_eq!(taken.is_ok(), changes.is_ok());
            changes.unwrap_or_default()
        }
    }
}

/// The ids of all entities.
fn ids(resolution: &Resolution) -> Vec<String> {
    let mut ids: Vec<String> = resolution.entities().iter().map(|e| e.id.clone()).collect();
    ids.sort();
    ids
}

/// Whether the feed tells how the ids before became those after.
fn feed_tells(before: &[String], after: &[String], changes: &[Change]) -> Result<(), TestCaseError> {
    let mut known: Vec<String> = before.to_vec();
    for change in changes {
        match change {
            Change::Created { id } => {
                prop_assert!(!known.contains(id), "{id} is there: {changes:?}");
                known.push(id.clone());
            }
            Change::MergedInto { id, .. } | Change::Removed { id } => {
                prop_assert!(known.contains(id), "{id} is not there: {changes:?}");
                known.retain(|k| k != id);
            }
            Change::SplitFrom { id, .. } | Change::Updated { id } => prop_assert!(known.contains(id), "{changes:?}"),
            other => prop_assert!(false, "an unknown change: {other:?}"),
        }
    }
    known.sort();
    prop_assert_eq!(&known[..], after, "{:?}", changes);
    Ok(())
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn any_sequence_comes_to_what_the_batch_does(steps in steps(), embedded in any::<bool>()) {
        let resolver = if embedded { Resolver::embedded() } else { Resolver::new(Tables::none()) };
        let mut index = Index::new(&resolver);
        let (mut record, mut log) = (BTreeMap::new(), Decisions::new());
        let mut before = Vec::new();
        for step in steps {
            let changes = apply(&mut index, &mut record, &mut log, step);
            let resolution = index.resolution();
            let after = ids(&resolution);
            feed_tells(&before, &after, &changes)?;
            before = after;
            let corpus: Corpus = record.values().cloned().collect();
            let batch = resolver.with_decisions(&log).resolve(&corpus);
            prop_assert_eq!(json(&index.corpus(), &resolution), json(&corpus, &batch));
            prop_assert_eq!(resolution.choices(), batch.choices());
            prop_assert_eq!(resolution.diagnostics(), batch.diagnostics());
            prop_assert_eq!(resolution.review(&corpus, 20), batch.review(&corpus, 20));
            prop_assert_eq!(resolution.proposals(&corpus), batch.proposals(&corpus));
            prop_assert_eq!(resolution.ambiguous(), batch.ambiguous());
            for (a, b) in [("Omar Omsen", "Diaby"), ("Kaboro", "Jean Kaboro"), ("Odessa", "Texas")] {
                prop_assert_eq!(index.resolution().explain(a, b).to_string(), batch.explain(a, b).to_string());
            }
        }
        for document in index.documents() {
            for mention in 0..document.mentions.len() {
                let id = index.entity_id_of(&document.id, mention);
                let entity = index.entity_of(&document.id, mention);
                prop_assert_eq!(&id, &entity.as_ref().map(|e| e.id.clone()));
                if let Some(entity) = entity {
                    let all = index.resolution();
                    prop_assert_eq!(all.entities().iter().find(|e| Some(&e.id) == id.as_ref()), Some(&entity));
                }
            }
        }
    }

    #[test]
    fn what_users_part_is_never_one(documents in common::documents(), decisions in prop::collection::vec(decision(), 1..6)) {
        let mut log = Decisions::new();
        for decision in decisions {
            // One that contradicts another is refused, which is as well.
            let _ = log.push(decision);
        }
        let corpus: Corpus = documents.into_iter().collect();
        let resolution = Resolver::embedded().with_decisions(&log).resolve(&corpus);
        let bears = |document: &str, mention: &Mention, named: &Named| {
            mention.kind == named.kind
                && allonym::name::fold(&mention.surface) == allonym::name::fold(&named.name)
                && named.document.as_deref().is_none_or(|d| d == document)
        };
        for verdict in log.in_force() {
            let allonym::resolve::Verdict::Different { left, right } = verdict else { continue };
            for entity in resolution.entities() {
                let own: Vec<(&str, &Mention)> = entity.mentions.iter().map(|m| {
                    let document = &corpus.documents()[m.document];
                    (document.id.as_str(), &document.mentions[m.mention])
                }).collect();
                let (mut on_left, mut on_right) = (Vec::new(), Vec::new());
                for (document, mention) in own {
                    if bears(document, mention, left) {
                        on_left.push((document, &mention.surface));
                    } else if bears(document, mention, right) {
                        on_right.push((document, &mention.surface));
                    }
                }
                prop_assert!(on_left.is_empty() || on_right.is_empty(), "{verdict:?}: {on_left:?} and {on_right:?}");
            }
        }
    }
}

/// A folder of a test's own, empty.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a folder for the test");
    path
}

fn small() -> Index {
    let person = |name: &str| Mention::new(name, EntityKind::Person);
    let mut index = Index::new(&Resolver::embedded());
    index
        .add_all([
            Extraction::new("a", vec![person("Omar Omsen"), person("Omsen")]),
            Extraction::new("b", vec![person("Omar Omsin"), Mention::new("Harim\n\"", EntityKind::Place)]),
        ])
        .expect("two ids");
    let named = |name: &str| Named::new(EntityKind::Person, name);
    index.decide(Decision::different(named("Omar Omsen"), named("Omar Omsin")).noting("says A. B.")).expect("no other");
    index
}

#[test]
fn a_saved_index_comes_back() {
    let path = folder("comes_back").join("index");
    let index = small();
    index.save(&path).expect("a folder that can be written to");
    let again = Index::load(&path, &Resolver::embedded()).expect("the file just written");
    assert_eq!(json(&again.corpus(), &again.resolution()), json(&index.corpus(), &index.resolution()));
    assert_eq!(again.decisions(), index.decisions());
    again.save(path.with_file_name("again")).expect("the same folder");
    assert_eq!(fs::read(&path).ok(), fs::read(path.with_file_name("again")).ok());
    assert_eq!(
        fs::read_dir(path.parent().expect("its folder")).expect("it is there").count(),
        2,
        "nothing is left over"
    );
}

#[test]
fn a_damaged_file_is_refused() {
    let path = folder("damaged").join("index");
    small().save(&path).expect("a folder that can be written to");
    let whole = fs::read(&path).expect("the file just written");
    let refused = |bytes: &[u8]| {
        fs::write(&path, bytes).expect("the same file");
        Index::load(&path, &Resolver::embedded()).map(|_| ()).expect_err("a damaged file").to_string()
    };
    // In debug builds a third of the places do.
    let step = if cfg!(debug_assertions) { 3 } else { 1 };
    for length in (0..whole.len()).step_by(step) {
        let reason = refused(&whole[..length]);
        assert!(reason.contains("cut short") || reason.contains("does not begin"), "{length}: {reason}");
    }
    for at in (0..whole.len()).step_by(step) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        refused(&bytes);
    }
    let text = String::from_utf8(whole).expect("JSON");
    let older = text.replacen("\"allonym_index\":1", "\"allonym_index\":0", 1);
    assert!(refused(older.as_bytes()).contains("it is of version 0 of the format, and this crate reads version 1"));
    assert!(refused(b"").contains("does not begin"));
    assert!(Index::load(path.with_file_name("none"), &Resolver::embedded()).is_err());
}

#[test]
fn ids_are_taken_once() {
    let mut index = small();
    let before = json(&index.corpus(), &index.resolution());
    let error = index.add(Extraction::new("a", Vec::new())).expect_err("a second a");
    assert_eq!(error.to_string(), "document 'a': it is there already");
    let twice = [Extraction::new("c", Vec::new()), Extraction::new("c", Vec::new())];
    assert!(index.add_all(twice).is_err());
    assert_eq!(index.remove("c").expect_err("no c").to_string(), "document 'c': there is no such document");
    assert_eq!(json(&index.corpus(), &index.resolution()), before);
}

/// Two states of an index that are saved in turn; large, but soon made.
fn two_states() -> [Index; 2] {
    let resolver = Resolver::new(Tables::none());
    [3, 12].map(|documents| {
        let mut index = Index::new(&resolver);
        for number in 0..documents {
            let mut mention = Mention::new("Klemptburg", EntityKind::Place);
            mention.sources.push(Source { rule: "r".repeat(20_000).into(), weight: 1 });
            index.add(Extraction::new(format!("d{number}"), vec![mention])).expect("each id once");
        }
        index
    })
}

/// The file that [`killed_while_saving`] has this program save to, over and over.
const SAVE_TO: &str = "ALLONYM_TEST_SAVE_TO";

#[test]
#[ignore = "started, and killed, by another test"]
fn saves_until_killed() {
    let Ok(path) = std::env::var(SAVE_TO) else { return };
    let states = two_states();
    println!("ready");
    loop {
        for index in &states {
            index.save(&path).expect("a folder that can be written to");
        }
    }
}

#[test]
fn killed_while_saving() {
    let path = folder("killed").join("index");
    let states = two_states();
    states[0].save(&path).expect("a folder that can be written to");
    let whole: Vec<Vec<u8>> = states
        .iter()
        .map(|index| {
            let beside = path.with_file_name("whole");
            index.save(&beside).expect("a folder that can be written to");
            fs::read(beside).expect("the file just written")
        })
        .collect();
    let (program, mut found) = (std::env::current_exe().expect("this test"), [0; 2]);
    for round in 0..200_u64 {
        let mut child = Command::new(&program)
            .args(["saves_until_killed", "--exact", "--ignored", "--nocapture"])
            .env(SAVE_TO, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("this test again");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let ready = lines.map_while(Result::ok).any(|line| line.ends_with("ready"));
        assert!(ready, "round {round}: it never began");
        // Some are killed before they write, most while they do.
        std::thread::sleep(Duration::from_micros(round * 7_919 % 40_000));
        child.kill().expect("a child that runs until then");
        child.wait().expect("a killed child");
        let bytes = fs::read(&path).expect("the old or the new file");
        let state = whole.iter().position(|state| *state == bytes);
        found[state.unwrap_or_else(|| panic!("round {round}: neither state"))] += 1;
    }
    assert!(found.iter().all(|&times| times > 0), "one state was never seen: {found:?}");
    Index::load(&path, &Resolver::new(Tables::none())).expect("a whole file");
}

#[test]
fn a_save_that_fails_leaves_the_old_file() {
    let path = folder("fails").join("index");
    let [small, large] = two_states();
    small.save(&path).expect("a folder that can be written to");
    let before = fs::read(&path).expect("the file just written");
    // Something stands where the new file would be written.
    fs::create_dir(path.with_file_name("index.tmp")).expect("a folder");
    assert!(large.save(&path).expect_err("a folder is no file").to_string().contains("index"));
    assert_eq!(fs::read(&path).ok(), Some(before));
    assert!(large.save(Path::new("/")).is_err());
}

#[test]
fn a_block_that_grows_too_large_and_shrinks_again() {
    let resolver = Resolver::new(Tables::none());
    let mut index = Index::new(&resolver);
    let person =
        |n: usize, name: String| Extraction::new(format!("d{n:04}"), vec![Mention::new(name, EntityKind::Person)]);
    // Given names that begin alike, all of one family.
    let syllables = ["ba", "do", "fi", "ku", "le", "mo", "na", "ri", "su", "te", "vo", "zi"];
    let given = |n: usize| {
        let (a, b, c) = (syllables[n % 12], syllables[n / 12 % 12], syllables[n / 144 % 12]);
        format!("Ba{a}{b}{c} Wexlop")
    };
    index.add_all((0..400).map(|n| person(n, given(n)))).expect("each id once");
    let check = |index: &Index, capped: bool| {
        let (corpus, resolution) = (index.corpus(), index.resolution());
        let batch = resolver.resolve(&corpus);
        assert_eq!(json(&corpus, &resolution), json(&corpus, &batch));
        assert_eq!(resolution.capped(), batch.capped());
        assert_eq!(!resolution.capped().is_empty(), capped, "{:?}", resolution.capped());
    };
    check(&index, false);
    index.add(person(400, given(400))).expect("another");
    check(&index, true);
    index.remove("d0007").expect("it is there");
    check(&index, false);
}
