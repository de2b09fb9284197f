//! Tables written to a file and opened again; entities put in and taken out; what users want otherwise.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use allonym::tables::{Alias, AliasSort, Entry, TableEntity};
use allonym::{Corpus, EntityKind, Error, Extractor, Resolver, Tables};
use arc_swap::ArcSwap;
use proptest::prelude::*;

const TABLE: &str = "id\tkind\tsort\tname\tlang\tmarks\tprior\twithin\trank\tsource\n\
    acme\torganization\tcanonical\tAcme Corp\ten\t\t\tduckburg\t6\tmine\n\
    acme\torganization\tacronym\tACX\ten\tambiguous\t7\t\t\tmine\n\
    acme\torganization\tnative\tأكمي\tar\t\t\t\t\tmine\n\
    duckburg\tplace\tcanonical\tDuckburg\ten\t\t\t\t3\tmine\n\
    omsen\tperson\tcanonical\tOmar Omsen\tfr\t\t\t\t5\treports\n\
    omsen\tperson\tbirth-name\tOmar Diaby\tfr\t\t\t\t\treports\n";

fn file(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("prebuilt");
    fs::create_dir_all(&dir).expect("a folder to test in");
    dir.join(name)
}

fn small() -> Tables {
    Tables::builder().entities("mine.tsv", TABLE).build().unwrap_or_else(|e| panic!("{e}"))
}

fn entities(tables: &Tables) -> Vec<TableEntity> {
    tables.entities().map(Entry::to_entity).collect()
}

fn owned(tables: &Tables, id: &str) -> TableEntity {
    tables.get(id).map_or_else(|| panic!("no '{id}'"), Entry::to_entity)
}

#[test]
fn what_is_written_is_opened_as_it_was() {
    let path = file("small.bin");
    let lists = small().to_builder().sheet("titles.tsv".into(), "phrase\tsort\ngrand vizier\toffice\n".into());
    for tables in [small(), lists.build().unwrap_or_else(|e| panic!("{e}")), Tables::none(), Tables::embedded()] {
        tables.write_to(&path).unwrap_or_else(|e| panic!("{e}"));
        assert!(fs::read(&path).is_ok_and(|bytes| bytes == tables.to_bytes()));
        let opened = Tables::open(&path).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(entities(&opened), entities(&tables));
        assert!(opened.to_bytes() == tables.to_bytes(), "opened and written again it is another");
        let text = "Grand Vizier Iznogoud met Omar Diaby of Acme Corp in Duckburg on Tuesday.";
        let extract =
            |tables: &Tables| Extractor::builder().tables(tables.clone()).build().map(|e| e.extract("a", text));
        let (before, after) = (extract(&tables), extract(&opened));
        assert_eq!(before.as_ref().ok(), after.as_ref().ok());
        let corpus: Corpus = after.into_iter().collect();
        let resolve = |tables: Tables| format!("{:?}", Resolver::new(tables).resolve(&corpus).entities());
        assert_eq!(resolve(tables), resolve(opened));
    }
}

#[test]
fn the_order_of_rows_leaves_no_trace() {
    let id = |row: &str| row.split('\t').next().map(str::to_owned);
    let mut groups: Vec<Vec<&str>> = Vec::new();
    for row in TABLE.lines().skip(1) {
        match groups.last_mut().filter(|group| id(group[0]) == id(row)) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    let header = TABLE.lines().next().unwrap_or_default();
    let turned: Vec<&str> = groups.iter().rev().flatten().copied().collect();
    let turned = format!("{header}\n{}\n", turned.join("\n"));
    let other = Tables::builder().entities("turned.tsv", turned).build().unwrap_or_else(|e| panic!("{e}"));
    assert!(other.to_bytes() == small().to_bytes());
    // Nor do the files that they stand in.
    let apart = groups.iter().rev().fold(Tables::builder(), |builder, group| {
        builder.entities(format!("{}.tsv", group[0]), format!("{header}\n{}\n", group.join("\n")))
    });
    assert!(apart.build().is_ok_and(|tables| tables.to_bytes() == small().to_bytes()));
}

#[test]
fn a_file_may_add_names_to_an_entity_of_another() {
    let more =
        "id\tkind\tsort\tname\nacme\torganization\tformer\tRoadrunner Company\nacme\torganization\talias\tAcme Corp\n";
    let tables = small().to_builder().entities("more.tsv", more).build().unwrap_or_else(|e| panic!("{e}"));
    let names: Vec<&str> = tables.get("acme").into_iter().flat_map(Entry::aliases).map(|a| a.name).collect();
    assert_eq!(names, ["Acme Corp", "ACX", "أكمي", "Roadrunner Company"], "what is there is not added again");
    let fault = |text: &str| small().to_builder().entities("more.tsv", text).build().err().map(|e| e.to_string());
    let header = "id\tkind\tsort\tname\n";
    let said = fault(&format!("{header}nobody\tperson\talias\tNobody\n")).unwrap_or_default();
    assert!(said.starts_with("more.tsv:2: ") && said.contains("canonical"), "{said}");
    let said = fault(&format!("{header}acme\tplace\talias\tAcme Valley\n")).unwrap_or_default();
    assert!(said.starts_with("more.tsv:2: 'acme' is a organization in another table"), "{said}");
    let said =
        fault(&format!("{header}x\tplace\tcanonical\tX\nacme\torganization\tcanonical\tAcme\n")).unwrap_or_default();
    assert_eq!(said, "more.tsv:3: duplicate id 'acme'");
}

#[test]
fn putting_in_and_taking_out_are_idempotent() {
    let mut omsen = owned(&small(), "omsen");
    omsen.aliases.push(Alias::new("Abu Test", AliasSort::NomDeGuerre));
    let build = |builder: allonym::tables::TablesBuilder| builder.build().unwrap_or_else(|e| panic!("{e}")).to_bytes();
    let once = build(small().to_builder().upsert(omsen.clone()));
    assert!(once != small().to_bytes());
    assert!(once == build(small().to_builder().upsert(omsen.clone()).upsert(omsen.clone())));
    assert!(once == build(small().to_builder().remove("omsen").upsert(omsen.clone())));
    let without = build(small().to_builder().remove("omsen"));
    assert!(without == build(small().to_builder().upsert(omsen.clone()).remove("omsen").remove("omsen")));
    assert!(small().to_bytes() == build(small().to_builder().remove("nobody")));
    // What comes after a removal counts.
    let rest: Vec<&str> = TABLE.lines().filter(|l| l.starts_with("id\t") || l.starts_with("omsen\t")).collect();
    let again = small().to_builder().remove("omsen").entities("again.tsv", rest.join("\n"));
    assert!(build(again) == small().to_bytes());
}

#[test]
fn entities_that_no_table_could_hold_are_refused() {
    let acme = || TableEntity::new("acme", EntityKind::Organization, "Acme");
    let with = |change: &dyn Fn(&mut TableEntity)| {
        let mut entity = acme();
        change(&mut entity);
        entity
    };
    for (bad, reason) in [
        (with(&|e| e.id.clear()), "no id"),
        (with(&|e| e.id.push('\n')), "line break"),
        (with(&|e| e.rank = 0), "rank"),
        (with(&|e| e.rank = 10), "rank"),
        (with(&|e| e.aliases.clear()), "canonical"),
        (with(&|e| e.aliases[0].sort = AliasSort::Short), "canonical"),
        (with(&|e| e.aliases[0].name = "-".into()), "letter"),
        (with(&|e| e.aliases[0].prior = 11), "prior"),
        (with(&|e| e.aliases.push(Alias::new("Acme", AliasSort::Alias))), "twice"),
        (with(&|e| e.aliases.push(Alias::new("B", AliasSort::Canonical))), "second"),
        (with(&|e| e.within = Some(String::new())), "container"),
    ] {
        let error = Tables::builder().upsert(bad.clone()).build().err();
        assert!(matches!(&error, Some(Error::Entity { .. })), "{bad:?}: {error:?}");
        assert!(error.is_some_and(|e| e.to_string().contains(reason)), "{bad:?}");
    }
}

#[test]
fn users_override_rank_container_marks_and_prior() {
    let overrides = "# of mine\nid\tname\tmarks\tprior\twithin\trank\nacme\t\t\t\t-\t9\nacme\tACX\t-\t-\t\t\nacme\tAcme Corp\tambiguous,weak\t3\t\t\n";
    let tables = small().to_builder().sheet("mine.tsv".into(), overrides.into()).build();
    let tables = tables.unwrap_or_else(|e| panic!("{e}"));
    let acme = owned(&tables, "acme");
    assert_eq!((acme.rank, acme.within.as_deref()), (9, None));
    let marks: Vec<_> = acme.aliases.iter().map(|a| (a.name.as_str(), a.ambiguous, a.weak, a.prior)).collect();
    assert_eq!(marks, [("Acme Corp", true, true, 3), ("ACX", false, false, 0), ("أكمي", false, false, 0)]);
    for (rows, reason) in [
        ("nobody\t\t\t\t\t3", "mine.tsv:2: no table has 'nobody'"),
        ("acme\tAcme Inc\tweak\t\t\t", "mine.tsv:2: 'acme' has no name 'Acme Inc'"),
        ("acme\tACX\t\t\t\t3", "mine.tsv:2: container and rank are the entity's: leave the name empty"),
        ("acme\t\tweak\t\t\t", "mine.tsv:2: marks and prior are a name's: which one?"),
        ("acme\tACX\t\t\t\t", "mine.tsv:2: the row changes nothing"),
        ("acme\t\t\t\t\t0", "mine.tsv:2: rank '0' is not 1 to 9"),
        ("acme\tACX\t\t11\t\t", "mine.tsv:2: prior '11' is not 1 to 10"),
        ("acme\tACX\todd\t\t\t", "mine.tsv:2: unknown mark 'odd' (ambiguous, weak)"),
        ("acme\tACX\todd", "mine.tsv:2: 3 fields, but the header has 6"),
    ] {
        let text = format!("id\tname\tmarks\tprior\twithin\trank\n{rows}\n");
        let said = small().to_builder().sheet("mine.tsv".into(), text).build().err().map(|e| e.to_string());
        assert_eq!(said.as_deref(), Some(reason));
    }
}

/// The names that an extractor over some tables finds in a text.
fn found(tables: &Tables, text: &str) -> Vec<String> {
    let extractor = Extractor::builder().tables(tables.clone()).build().unwrap_or_else(|e| panic!("{e}"));
    extractor.extract("a", text).mentions.into_iter().map(|m| format!("{} {}", m.kind.code(), m.surface)).collect()
}

#[test]
fn a_weak_name_counts_where_another_name_of_its_entity_stands() {
    let table = "id\tkind\tsort\tname\tmarks\n\
        front\torganization\tcanonical\tMacina Liberation Front\t\n\
        front\torganization\tshort\tKatiba\tambiguous,weak\n";
    let tables = Tables::builder().entities("front.tsv", table).build().unwrap_or_else(|e| panic!("{e}"));
    let alone = found(&tables, "Katiba was quiet today.");
    assert!(!alone.contains(&"ORG Katiba".to_owned()), "{alone:?}");
    let named = found(&tables, "The Macina Liberation Front said so. Katiba was quiet today.");
    assert!(named.contains(&"ORG Katiba".to_owned()), "{named:?}");
}

#[test]
fn a_prior_says_what_a_name_mostly_means() {
    let table = |prior: u8| {
        format!(
            "id\tkind\tsort\tname\tmarks\tprior\n\
             band\torganization\tcanonical\tBosnia Velka\tambiguous\t{prior}\n\
             town\tplace\tcanonical\tBosnia Velka\tambiguous\t{}\n",
            11 - prior
        )
    };
    let kinds = |prior| {
        let tables = Tables::builder().entities("t.tsv", table(prior)).build().unwrap_or_else(|e| panic!("{e}"));
        found(&tables, "People spoke of Bosnia Velka again.")
    };
    assert_eq!(kinds(10), ["ORG Bosnia Velka"]);
    assert_eq!(kinds(1), ["LOC Bosnia Velka"]);
}

#[test]
fn of_namesakes_the_prior_goes_before_the_rank() {
    let meant = |prior: &str| {
        let table = format!(
            "id\tkind\tsort\tname\tmarks\tprior\trank\nhuge\tplace\tcanonical\tVogsphere\t\t\t8\n\
             tiny\tplace\tcanonical\tVogsphere\tambiguous\t{prior}\t2\n"
        );
        let tables = Tables::builder().entities("t.tsv", table).build().unwrap_or_else(|e| panic!("{e}"));
        let extractor = Extractor::builder().tables(tables.clone()).build().unwrap_or_else(|e| panic!("{e}"));
        let corpus: Corpus = [extractor.extract("a", "They met in Vogsphere on Tuesday.")].into_iter().collect();
        let resolution = Resolver::new(tables).resolve(&corpus);
        resolution.entities().iter().filter_map(|e| e.table_id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(meant(""), ["huge"]);
    assert_eq!(meant("9"), ["tiny"]);
}

#[test]
fn readers_see_old_or_new_tables_and_nothing_else() {
    const TEXT: &str = "People spoke of Bosnia Velka again.";
    let tables = |kind: &str| {
        let text = format!("id\tkind\tname\nvelka\t{kind}\tBosnia Velka\n");
        let tables = Tables::builder().entities("t.tsv", text).build().unwrap_or_else(|e| panic!("{e}"));
        Extractor::builder().tables(tables).build().unwrap_or_else(|e| panic!("{e}"))
    };
    let (old, new) = (tables("organization"), tables("place"));
    let expected = [old.extract("a", TEXT), new.extract("a", TEXT)];
    assert_ne!(expected[0], expected[1]);
    let (live, done) = (ArcSwap::from_pointee(old.clone()), AtomicBool::new(false));
    let seen: BTreeSet<usize> = std::thread::scope(|scope| {
        let read = || {
            let mut seen = BTreeSet::new();
            while !done.load(Ordering::Acquire) {
                let extraction = live.load().extract("a", TEXT);
                seen.insert(expected.iter().position(|e| *e == extraction).expect("old or new"));
            }
            seen
        };
        let readers = [scope.spawn(read), scope.spawn(read)];
        for turn in 0..400 {
            live.store(std::sync::Arc::new(if turn % 2 == 0 { new.clone() } else { old.clone() }));
            std::thread::yield_now();
        }
        done.store(true, Ordering::Release);
        readers.into_iter().flat_map(|r| r.join().expect("no reader fails")).collect()
    });
    assert!(!seen.is_empty());
}

/// Ten thousand files that are not what was written: cut short, with bytes changed, longer, of other things.
#[test]
fn damaged_files_are_refused() {
    let good = small().to_bytes();
    let path = file("damaged.bin");
    let refused = |bytes: &[u8], what: &str| {
        fs::write(&path, bytes).expect("a file to test with");
        let error = Tables::open(&path).err().unwrap_or_else(|| panic!("{what}: accepted"));
        let said = error.to_string();
        assert!(matches!(error, Error::File { .. }), "{what}: {said}");
        let reasons = ["it does not begin as", "it is cut short", "it is longer", "it is damaged", "it is of version"];
        assert!(
            said.starts_with(&*path.to_string_lossy()) && reasons.iter().any(|r| said.contains(r)),
            "{what}: {said}"
        );
    };
    fs::write(&path, &good).expect("a file to test with");
    assert!(Tables::open(&path).is_ok());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 10_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let edit = (any::<prop::sample::Index>(), 1..=u8::MAX, 0..6u8, prop::collection::vec(any::<u8>(), 1..40));
    let run = runner.run(&edit, |(at, bits, what, bytes)| {
        let at = at.index(good.len());
        let mut bad = good.clone();
        match what {
            0 => bad[at] ^= 1 << (bits % 8),
            1 => bad[at] ^= bits,
            2 => bad.truncate(at),
            3 => bad.extend(&bytes),
            4 => {
                bad.splice(at..at, bytes.iter().copied());
            }
            _ => bad = bytes,
        }
        refused(&bad, &format!("change {what} at {at}"));
        Ok(())
    });
    run.unwrap_or_else(|e| panic!("{e}"));
    refused(b"", "nothing");
    refused(b"id\tkind\tname\n", "a table");
    refused(&good[..39], "half a head");
    let mut version = good.clone();
    version[8] = 2;
    fs::write(&path, version).expect("a file to test with");
    let said = Tables::open(&path).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(said.ends_with("it is of version 2 of the format, and this crate reads version 1"), "{said}");
    let missing = Tables::open(file("missing.bin")).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(missing.contains("missing.bin"), "{missing}");
    let folder = Tables::open(env!("CARGO_TARGET_TMPDIR")).err();
    assert!(matches!(folder, Some(Error::File { .. })), "{folder:?}");
}
