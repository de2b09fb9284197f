//! Importers: golden tables and summaries, what is refused with which line, and what holds for any bytes.
//!
//! `tests/import/NAME.tsv` and `NAME.summary` are what the case of that name gives; see [`CASES`].

mod common;

use std::fs;
use std::io::{BufReader, Read, repeat};
use std::path::Path;

use allonym::tables::import::{
    Column, Csv, Ftm, GeoNames, Input, LONGEST_LINE, Ofac, Part, Summary, TsvWriter, Wikidata, clean_name,
};
use allonym::tables::{Alias, AliasSort, TableEntity};
use allonym::{EntityKind, Error, Tables};
use common::config;
use proptest::prelude::*;

/// What a reader makes of one or two files: the entities, and the summary.
type Made = Result<(Vec<TableEntity>, Summary), Error>;

/// A way to read: the files' names and bytes, the second one perhaps not there.
type Reader = fn(Named<'_>, Option<Named<'_>>) -> Made;
type Named<'f> = (&'f str, &'f [u8]);

/// A case: its name, how it is read, and its files.
type Case = (&'static str, Reader, &'static str, Option<&'static str>);

/// To add one, add a row, run the test, look at what it prints, and write the two files.
const CASES: &[Case] = &[
    ("geonames", geonames, "geonames.txt", Some("geonames.alternate.txt")),
    ("geonames-alone", geonames, "geonames.txt", None),
    ("geonames-wikidata", geonames_wikidata, "geonames.txt", Some("geonames.alternate.txt")),
    ("ofac", ofac, "ofac.csv", Some("ofac.alternate.csv")),
    ("ftm", ftm, "ftm.json", None),
    ("ftm-caption", ftm_caption, "ftm.json", None),
    ("wikidata", wikidata, "wikidata.json", None),
    ("wikidata-languages", wikidata_languages, "wikidata.json", None),
    ("csv", csv, "list.csv", None),
    ("tsv", tsv, "list.tsv", None),
];

fn input((file, bytes): Named<'_>) -> Input<'_> {
    // A small buffer: lines begin and end anywhere in it.
    Input::new(file, BufReader::with_capacity(7, bytes))
}

fn gather(read: impl FnOnce(&mut dyn FnMut(TableEntity) -> Result<(), Error>) -> Result<Summary, Error>) -> Made {
    let mut entities = Vec::new();
    let summary = read(&mut |entity| {
        entities.push(entity);
        Ok(())
    })?;
    Ok((entities, summary))
}

fn geonames(places: Named<'_>, names: Option<Named<'_>>) -> Made {
    gather(|sink| GeoNames::default().min_population(500).read(input(places), names.map(input), sink))
}

fn geonames_wikidata(places: Named<'_>, names: Option<Named<'_>>) -> Made {
    let from = GeoNames::default().wikidata_ids(true).listed_names(true).languages(["ar", "zh"]).feature_classes("APS");
    gather(|sink| from.read(input(places), names.map(input), sink))
}

fn ofac(list: Named<'_>, names: Option<Named<'_>>) -> Made {
    gather(|sink| Ofac::default().read(input(list), names.map(input), sink))
}

fn ftm(lines: Named<'_>, _: Option<Named<'_>>) -> Made {
    gather(|sink| Ftm::default().country("sy", "Q858").read(input(lines), sink))
}

fn ftm_caption(lines: Named<'_>, _: Option<Named<'_>>) -> Made {
    gather(|sink| Ftm::default().by_caption(true).rank(3).source("opensanctions").read(input(lines), sink))
}

fn wikidata(lines: Named<'_>, _: Option<Named<'_>>) -> Made {
    gather(|sink| Wikidata::default().read(input(lines), sink))
}

fn wikidata_languages(lines: Named<'_>, _: Option<Named<'_>>) -> Made {
    let from = Wikidata::default().languages(["fr", "en"]).class(3_305_213, EntityKind::Place);
    gather(|sink| from.read(input(lines), sink))
}

fn csv(list: Named<'_>, _: Option<Named<'_>>) -> Made {
    let columns = [
        (Column::Id, "key"),
        (Column::Kind, "type"),
        (Column::Name, "full name"),
        (Column::Aliases, "also"),
        (Column::Lang, "language"),
        (Column::Within, "in"),
        (Column::Rank, "weight"),
        (Column::Source, "said by"),
        (Column::Marks, "flags"),
    ];
    let from = columns.into_iter().fold(Csv::default(), |csv, (column, header)| csv.column(column, header));
    let from = from.separator('|').kind_word("Firm", EntityKind::Organization).source("list");
    gather(|sink| from.read(input(list), sink))
}

fn tsv(list: Named<'_>, _: Option<Named<'_>>) -> Made {
    gather(|sink| Csv::tsv().kind(EntityKind::Person).read(input(list), sink))
}

fn fixture(file: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(file);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The entities as a table, which must give them back.
fn table(entities: &[TableEntity]) -> String {
    let mut writer = TsvWriter::new("out.tsv", Vec::new());
    for entity in entities {
        writer.write(entity).unwrap_or_else(|e| panic!("{e}: {entity:?}"));
    }
    let text = String::from_utf8(writer.finish().expect("memory takes it")).expect("tables are UTF-8");
    let read = Tables::builder().entities("out.tsv", text.as_str()).build().unwrap_or_else(|e| panic!("{e}\n{text}"));
    assert_eq!(read.entities().len(), entities.len(), "{text}");
    for entity in entities {
        assert!(read.get(&entity.id).is_some_and(|found| found.to_entity() == *entity), "{entity:?}\n{text}");
    }
    text
}

/// What holds of everything that is made.
fn check((entities, summary): &(Vec<TableEntity>, Summary)) -> String {
    let skipped = summary.skipped.iter().filter(|s| s.part == Part::Record).map(|s| s.count).sum::<u64>();
    assert_eq!(summary.records, summary.entities + skipped, "{summary}");
    assert_eq!(summary.entities, entities.len() as u64, "{summary}");
    assert_eq!(summary.names, entities.iter().map(|e| e.aliases.len() as u64).sum::<u64>(), "{summary}");
    assert!(summary.skipped.iter().all(|s| s.line > 0 && s.count > 0), "{summary}");
    for alias in entities.iter().flat_map(|e| &e.aliases) {
        assert_eq!(clean_name(&alias.name), alias.name);
        assert!(alias.name.chars().any(char::is_alphabetic), "{alias:?}");
    }
    table(entities)
}

#[test]
fn golden_tables_and_summaries() {
    for (name, read, file, second) in CASES {
        let (bytes, more) = (fixture(file), second.map(|file| (file, fixture(file))));
        let made = read((file, &bytes), more.as_ref().map(|(file, bytes)| (*file, bytes.as_slice())));
        let made = made.unwrap_or_else(|e| panic!("{name}: {e}"));
        let (table, summary) = (check(&made), made.1.to_string());
        for (said, suffix) in [(table, "tsv"), (summary, "summary")] {
            let expected = format!("{name}.{suffix}");
            let there = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(&expected));
            assert!(there.is_ok_and(|there| there == said), "tests/import/{expected} should hold\n{said}");
        }
    }
}

/// What a reader refuses: the reader, the first file, the second, the line, and what is said of it.
type Refusal<'t> = (Reader, &'t str, Option<&'t str>, usize, &'t str);

#[test]
fn malformed_records_are_refused_with_their_line() {
    let place = "1\tHama\tHama\t\t35.1\t36.7\tP\tPPLA\tSY\t\t05\t\t\t\t460602\t\t300\tAsia/Damascus\t2020-01-01\n";
    let edited = |from: &str, to: &str| format!("{place}{}", place.replace("1\tHama", "2\tHama").replace(from, to));
    let names = "1\t1\tar\tحماة\t\t\t\t\t\t\n";
    let sdn = "36,\"ACME\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n";
    let alt = "36,1,\"aka\",\"ROADRUNNER\",-0- \n";
    let person = "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Omar\"]}}\n";
    let item = r#"{"type":"item","id":"Q1","labels":{"en":{"language":"en","value":"A"}},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}]}}"#;
    let items = |line: &str| format!("{item}\n{line}\n");
    let list = "id\tname\trank\tlang\tmarks\twithin\na\tOmar\t3\ten\t\t\n";
    let listed = |row: &str| format!("{list}{row}\n");
    let rows: &[Refusal<'_>] = &[
        (geonames, &edited("\t2020-01-01", ""), None, 2, "18 columns, not 19"),
        (geonames, &edited("2020-01-01", "2020-01-01\t"), None, 2, "20 columns, not 19"),
        (geonames, &edited("2\tHama", "x\tHama"), None, 2, "geonameid 'x' is not a number"),
        (geonames, &edited("2\tHama", "-2\tHama"), None, 2, "geonameid '-2' is not a number"),
        (geonames, &edited("460602", "many"), None, 2, "population 'many' is not a number"),
        (geonames, &edited("35.1", "135.1"), None, 2, "latitude '135.1' is not from -90 to 90"),
        (geonames, &edited("36.7", ""), None, 2, "longitude '' is not a number"),
        (geonames, &edited("36.7", "NaN"), None, 2, "longitude 'NaN'"),
        (geonames, &edited("\tP\t", "\tPP\t"), None, 2, "feature class 'PP'"),
        (geonames, &edited("\tSY\t", "\tSYR\t"), None, 2, "country code 'SYR'"),
        (geonames, place, Some(&format!("{names}\n2\t1\tar\tحماة\n")), 3, "4 columns, not 10"),
        (geonames, place, Some(&format!("{names}{}", names.replace("\t1\tar", "\tHama\tar"))), 2, "'Hama'"),
        (geonames, place, Some(&names.replace("\t\t\t\t\t\t", "\tyes\t\t\t\t\t")), 1, "'yes' is neither 1 nor empty"),
        (ofac, &format!("{sdn}37,\"B\"\n"), None, 2, "2 columns, not 12"),
        (ofac, &format!("{sdn}{}", sdn.replace("36,", "no. 36,")), None, 2, "ent_num 'no. 36' is not a number"),
        (ofac, &format!("{sdn}{}", sdn.replace("\"ACME\"", "\"ACME\"x")), None, 2, "a quote inside a field"),
        (ofac, &format!("{sdn}{}", sdn.replace("\"ACME\"", "AC\"ME")), None, 2, "a quote inside a field"),
        (ofac, &format!("{sdn}\n{}", sdn.replace("\"CUBA\"", "\"CUBA")), None, 3, "a quoted field does not end"),
        (ofac, &format!("{sdn}\u{1a}\n{sdn}"), None, 3, "behind the end-of-file sign"),
        (ofac, sdn, Some(&format!("{alt}{}", alt.replace("aka", "alias"))), 2, "alt_type 'alias' is not aka"),
        (ofac, sdn, Some(&alt.replace(",-0- ", "")), 1, "4 columns, not 5"),
        (ftm, &format!("{person}{{\"id\":\"b\"\n"), None, 2, "EOF while parsing"),
        (ftm, &format!("{person}\n[]\n"), None, 3, "invalid length 0"),
        (ftm, &person.replace("\"a\"", "7"), None, 1, "expected a string"),
        (ftm, &person.replace("\"a\"", "\"\""), None, 1, "no id"),
        (ftm, &person.replace("\"a\"", "\"a\\tb\""), None, 1, "the id 'a\\tb' holds blanks"),
        (ftm, &person.replace("[\"Omar\"]", "\"Omar\""), None, 1, "expected a sequence"),
        (ftm, &person.replace("Omar", "\\ud800"), None, 1, "column"),
        (ftm, &format!("{person}{} x", person.trim()), None, 2, "trailing characters"),
        (wikidata, &items("{}"), None, 2, "missing field `type`"),
        (wikidata, &items(&item.replace("Q1", "P1")), None, 2, "'P1' is not the id of an item"),
        (wikidata, &items(&item.replace("\"Q5\"", "\"five\"")), None, 2, "P31 holds no item"),
        (wikidata, &items(&item.replace("\"en\":{", "\"e n\":{")), None, 2, "'e n' is not a language"),
        (wikidata, &items(&format!("{item},")), None, 2, "trailing characters"),
        (wikidata, &items("]"), None, 2, "expected value"),
        (wikidata, &format!("[\n{item}\n{item}\n]\n"), None, 3, "no comma before this entity"),
        (wikidata, &format!("[\n{item},\n{item}\n"), None, 3, "the array does not end"),
        (wikidata, &format!("[\n{item}\n]\n{item}\n"), None, 4, "behind the end of the array"),
        (wikidata, &item.replace("\"P31\":[", "\"P31\":[[],"), None, 1, "column"),
        (tsv, &listed("b\tOmar"), None, 3, "2 fields, but the header has 6"),
        (tsv, &listed("\tOmar\t\t\t\t"), None, 3, "no id"),
        (tsv, &listed("b  c\tOmar\t\t\t\t"), None, 3, "the id 'b  c' holds blanks"),
        (tsv, &listed("b\tOmar\t10\t\t\t"), None, 3, "rank '10' is not 1 to 9"),
        (tsv, &listed("b\tOmar\t\tEnglish!\t\t"), None, 3, "'English!' is not a language"),
        (tsv, &listed("b\tOmar\t\t\tdoubtful\t"), None, 3, "unknown mark 'doubtful'"),
        (tsv, &listed("b\tOmar\t\t\t\ta  b"), None, 3, "the id 'a  b' holds blanks"),
        (tsv, "", None, 1, "no header"),
        (tsv, "id\trank\n", None, 1, "column 'name' is missing"),
        (tsv, "id\tname\tname\n", None, 1, "column 'name' twice"),
        (csv, "id,name\n", None, 1, "column 'key' is missing"),
    ];
    for (read, first, second, line, reason) in rows {
        let made = read(("a", first.as_bytes()), second.map(|text| ("b", text.as_bytes())));
        let Err(error) = made else { panic!("accepted: {first}") };
        let (said, file) = (error.to_string(), if second.is_some() { "b" } else { "a" });
        assert!(said.starts_with(&format!("{file}:{line}: ")) && said.contains(reason), "{said}, not {line}: {reason}");
        assert!(matches!(error, Error::Record { .. }), "{error:?}");
    }
}

#[test]
fn values_that_a_property_does_not_have_are_refused() {
    let item = r#"{"type":"item","id":"Q1","labels":{"en":{"value":"A"}},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}],"P1448":[{"mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}]}}"#;
    let said = wikidata(("a", item.as_bytes()), None).err().map(|e| e.to_string());
    assert_eq!(said.as_deref(), Some("a:1: P1448 holds no text"));
}

#[test]
fn bytes_that_are_not_utf8_are_refused_with_their_line() {
    for (name, read, file, second) in CASES {
        let bytes = fixture(file);
        let lines = bytes.iter().filter(|b| **b == b'\n').count();
        // Before the end of the array, or of the file.
        let at = bytes.iter().position(|b| *b == b'\n').unwrap_or_default();
        let broken = [&bytes[..at], b"\xff", &bytes[at..]].concat();
        let said = read((file, &broken), None).err().map(|e| e.to_string());
        assert_eq!(said, Some(format!("{file}:1: not UTF-8")), "{name} of {lines} lines");
        if let Some(second) = second {
            let more = [&fixture(second)[..], b"\n\xc3\x28"].concat();
            let said = read((file, &bytes), Some((second, &more))).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(said.starts_with(&format!("{second}:")) && said.ends_with("not UTF-8"), "{name}: {said}");
        }
    }
}

/// A reader of bytes as they come.
struct Bytes<I>(I);
impl<I: Iterator<Item = u8>> Read for Bytes<I> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        Ok(buffer.iter_mut().zip(&mut self.0).map(|(to, from)| *to = from).count())
    }
}

#[test]
fn endless_lines_are_refused() {
    let endless = || Input::new("endless", BufReader::new(repeat(b'a')));
    let said = |made: Made| made.err().map(|e| e.to_string());
    let expected = Some(format!("endless:1: a line of more than {LONGEST_LINE} bytes"));
    assert_eq!(said(gather(|sink| GeoNames::default().read(endless(), None, sink))), expected);
    assert_eq!(said(gather(|sink| Csv::default().read(endless(), sink))), expected);
    // A quoted field that never ends, in lines of a megabyte.
    let line = [&vec![b'a'; 1 << 20][..], b"\n"].concat();
    let lines = (0..).flat_map(|i| if i == 0 { b"id,name,kind\nx,\"".to_vec() } else { line.clone() });
    let endless = Input::new("endless", BufReader::new(Bytes(lines)));
    let expected = Some(format!("endless:2: a record of more than {LONGEST_LINE} bytes"));
    assert_eq!(said(gather(|sink| Csv::default().read(endless, sink))), expected);
}

/// A reader that fails.
struct Broken;
impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("the disk is gone"))
    }
}

#[test]
fn readers_that_fail_and_sinks_that_refuse_end_the_import() {
    let broken = Input::new("broken.json", BufReader::new(Broken));
    let said = gather(|sink| Ftm::default().read(broken, sink)).err().map(|e| e.to_string());
    assert_eq!(said.as_deref(), Some("broken.json: the disk is gone"));
    let full = |_| Err(Error::Option { option: "disk".into(), reason: "full".into() });
    let list = fixture("ftm.json");
    let said = Ftm::default().read(input(("ftm.json", &list)), full).err().map(|e| e.to_string());
    assert_eq!(said.as_deref(), Some("disk: full"));
    for rank in [0, 10] {
        let said = gather(|sink| Ofac::default().rank(rank).read(input(("a", b"")), None, sink)).err();
        assert!(matches!(said, Some(Error::Option { .. })), "{said:?}");
    }
}

#[test]
fn entities_that_no_table_gives_back_are_not_written() {
    let entity = |id: &str, name: &str| TableEntity::new(id, EntityKind::Place, name);
    let mut rank = entity("a", "A");
    rank.rank = 0;
    let mut twice = entity("a", "A");
    twice.aliases.push(Alias::new("A", AliasSort::Short));
    let mut two = entity("a", "A");
    two.aliases.push(Alias::new("B", AliasSort::Canonical));
    let mut none = entity("a", "A");
    none.aliases.clear();
    let mut within = entity("a", "A");
    within.within = Some(String::new());
    let mut lang = entity("a", "A");
    lang.aliases[0].lang = "e\tn".to_owned();
    for bad in [
        entity("", "A"),
        entity("a\tb", "A"),
        entity("a", "A\nB"),
        entity("a", "-"),
        rank,
        twice,
        two,
        none,
        within,
        lang,
    ] {
        let mut table = TsvWriter::new("t.tsv", Vec::new());
        let error = table.write(&bad).err();
        assert!(matches!(error, Some(Error::Entity { .. })), "{bad:?}: {error:?}");
        let written = table.finish().map(|out| out.iter().filter(|b| **b == b'\n').count());
        assert_eq!(written.ok(), Some(1), "more than the header");
    }
}

/// An edit of a file: where, how many bytes go, and what comes in their place.
type Edit = (prop::sample::Index, usize, Vec<u8>);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "\t", "\n", "\r\n", "\"", "\"\"", ",", ";", "'", "{", "}", "[", "]", "[]", ":", "\\", "\u{1a}", "-0- ",
            "null", "0", "-1", "1e9", "a.k.a. '", "Q858", "\u{feff}", "\u{202e}", "\u{301}", "’s", "ʼ", "ـ", "水", "İ",
            "\u{0}",
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
    ];
    prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, piece), 0..6)
}

fn edit(mut bytes: Vec<u8>, edits: Vec<Edit>) -> Vec<u8> {
    for (at, gone, piece) in edits {
        let start = at.index(bytes.len() + 1);
        let end = (start + gone).min(bytes.len());
        bytes.splice(start..end, piece);
    }
    bytes
}

/// A name that anything may be in.
fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[A-Za-zé \t\n'’.-]{0,12}",
        "(Omar|’s|ʼ|ـ|\u{301}|\u{200f}|حارم|水|U\\.S\\.| |\t){0,6}"
    ]
}

proptest! {
    #![proptest_config(config(400))]

    /// Whatever is in a file, it is refused with a line, or what comes of it goes into a table.
    #[test]
    fn broken_files_are_refused_or_read(case in 0..CASES.len(), first in edits(), second in edits()) {
        let (_, read, file, more) = CASES[case];
        let bytes = edit(fixture(file), first);
        let more = more.map(|file| (file, edit(fixture(file), second)));
        match read((file, &bytes), more.as_ref().map(|(file, bytes)| (*file, bytes.as_slice()))) {
            Ok(made) => { check(&made); }
            Err(Error::Record { line, .. }) => prop_assert!(line > 0),
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn any_bytes_are_refused_or_read(case in 0..CASES.len(), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (_, read, file, _) = CASES[case];
        match read((file, &bytes), Some(("more", &bytes))) {
            Ok(made) => { check(&made); }
            Err(error) => prop_assert!(matches!(error, Error::Record { line: 1.., .. }), "{error:?}"),
        }
    }

    /// What is written is read back as it was; names of any letters, once they are clean.
    #[test]
    fn entities_are_written_and_read_back(
        names in prop::collection::vec((any_name(), 1_usize..8, any::<(bool, bool)>()), 1..6),
        rank in 1_u8..10,
        within in prop::option::of("[a-z]{1,5}"),
    ) {
        const SORTS: [AliasSort; 7] = [
            AliasSort::Official, AliasSort::Short, AliasSort::Acronym, AliasSort::Former, AliasSort::Native,
            AliasSort::Nickname, AliasSort::Alias,
        ];
        let names: Vec<_> = names.iter().map(|(name, sort, marks)| (clean_name(name), sort, marks)).collect();
        let mut entity = TableEntity::new("x", EntityKind::Person, names[0].0.as_ref());
        (entity.rank, entity.within) = (rank, within);
        for (name, sort, (ambiguous, weak)) in &names[1..] {
            let mut alias = Alias::new(name.as_ref(), SORTS[*sort - 1]);
            (alias.ambiguous, alias.weak) = (*ambiguous, *weak);
            entity.aliases.push(alias);
        }
        let mut writer = TsvWriter::new("out.tsv", Vec::new());
        if writer.write(&entity).is_ok() {
            table(std::slice::from_ref(&entity));
        } else {
            let key = |name: &str| Tables::builder().entities("t", format!("id\tkind\tname\nx\tperson\t{name}\n")).build();
            let twice = (0..names.len()).any(|i| names[..i].iter().any(|other| other.0 == names[i].0));
            prop_assert!(twice || names.iter().any(|(name, ..)| key(name).is_err()), "{entity:?}");
        }
    }

    /// A list of quoted fields gives what was quoted.
    #[test]
    fn quoted_fields_are_read_as_they_were(names in prop::collection::vec(any_name(), 1..6), crlf in any::<bool>()) {
        let end = if crlf { "\r\n" } else { "\n" };
        let row = |(i, name): (usize, &String)| format!("r{i},\"{}\",PER{end}", name.replace('"', "\"\""));
        let list = format!("id,name,kind{end}{}", names.iter().enumerate().map(row).collect::<String>());
        let made = gather(|sink| Csv::default().read(input(("list.csv", list.as_bytes())), sink));
        let (entities, _) = made.unwrap_or_else(|e| panic!("{e}\n{list}"));
        for entity in &entities {
            let row: usize = entity.id[1..].parse().unwrap();
            prop_assert_eq!(entity.name(), clean_name(&names[row]));
        }
    }
}
