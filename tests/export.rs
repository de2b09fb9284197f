//! What the exports write: golden files, what holds for any text, and round trips.
//!
//! `tests/golden/export` holds what [`documents`] gives in each format; a test that fails says where it put what it got.
//! `tests/foreign/check.py` reads the same files with parsers that others wrote.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use allonym::export::{self, Rows, Unit, unguarded};
use allonym::tables::import::{Column, Csv, Ftm, Input, clean_name};
use allonym::{Corpus, EntityKind, Extraction, Mention, Resolution, Resolver, Span, Tables};
use common::config;
use proptest::prelude::*;
use serde_json::Value;

const TABLE: &str = "id\tkind\tsort\tname\tlang
Q858\tplace\tcanonical\tSyria\ten
Q858\tplace\tnative\tسوريا\tar
Q858\tplace\tnative\tСирия\tru
ilham-əliyev\tperson\tcanonical\tİlham Əliyev\taz
ilham-əliyev\tperson\talias\tIlham Aliyev\ten
omar-omsen\tperson\tcanonical\tOmar Omsen\ten
omar-omsen\tperson\talias\tOmsen\ten
";

/// A text in which `[P|...]`, `[L|...]` and `[O|...]` are mentions, and the mentions with their places.
fn document(id: &str, marked: &str) -> (String, Extraction) {
    let (mut text, mut mentions) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inside, after) = after.split_once(']').expect("each mention ends");
        let (kind, surface) = inside.split_once('|').expect("each mention has a kind");
        let kind = match kind {
            "P" => EntityKind::Person,
            "L" => EntityKind::Place,
            _ => EntityKind::Organization,
        };
        let start = text.len();
        text.push_str(surface);
        mentions.push(Mention::new(surface, kind).at(Span::new(start, text.len())));
        rest = after;
    }
    text.push_str(rest);
    let mut extraction = Extraction::new(id, mentions);
    extraction.place_chars(&text);
    (text, extraction)
}

/// Documents that hurt: emoji, letters that fold to more bytes, text from right to left, quotes, formulas, names over
/// lines, signs that formats are made of.
fn documents() -> Vec<(String, Extraction)> {
    vec![
        document(
            "emoji.txt",
            "🚀👨\u{200d}👩\u{200d}👧 [P|Omar Omsen] met [P|İlham Əliyev] in [L|İdlib], [L|Syria] 🇸🇾. “[P|Omsen]” left 🎉 [L|Syria].\n",
        ),
        document(
            "arabic.txt",
            "قال [P|أحمد الشرع] في [L|دمشق] إن \u{202b}[L|سوريا]\u{202c} 🕊️ «[O|هيئة تحرير الشام]».\nסוף: [L|Сирия] в [L|東京タワー].\n",
        ),
        document(
            "hostile.txt",
            "[O|=cmd|' /C calc'!A0] and [O|@SUM(1)], [P|\"Abu\", \"the\" <b>Lion</b>]; [O|Syrian\r\nObservatory for\n\nHuman Rights] \
             said\t[O|Tab\tBrigade] #1 & [O|-Front\\North\u{2028}West] of <a href=\"x\n y\">[P|'=Ali]</a>. [P|Ilham Aliyev]'s #tag.",
        ),
        document("empty.txt", ""),
        document("none.txt", "No name here."),
    ]
}

fn resolve(documents: &[(String, Extraction)]) -> (Corpus, Resolution) {
    let corpus: Corpus = documents.iter().map(|(_, extraction)| extraction.clone()).collect();
    let tables = Tables::builder().entities("t.tsv", TABLE).build().expect("a good table");
    let resolution = Resolver::new(tables).resolve(&corpus);
    (corpus, resolution)
}

fn texts(documents: &[(String, Extraction)]) -> impl Iterator<Item = &str> {
    documents.iter().map(|(text, _)| text.as_str())
}

/// What a function writes, and what it returns.
fn written<R>(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<R>) -> (String, R) {
    let mut out = Vec::new();
    let returned = write(&mut out).expect("memory takes all");
    (String::from_utf8(out).expect("exports are UTF-8"), returned)
}

const BASE: &str = "https://example.org/id/";

/// Every export of some documents, under the names of the golden files.
fn all(documents: &[(String, Extraction)]) -> Vec<(String, String)> {
    let (corpus, resolution) = resolve(documents);
    let rows = |rows| {
        [
            written(|o| export::csv(&corpus, &resolution, rows, o)).0,
            written(|o| export::tsv(&corpus, &resolution, rows, o)).0,
        ]
    };
    let [csv, tsv] = rows(Rows::Mentions);
    let [csv_names, tsv_names] = rows(Rows::Names);
    let displacy = |unit| written(|o| export::displacy(&corpus, &resolution, texts(documents), unit, o)).0;
    let mut all = vec![
        ("mentions.csv", csv),
        ("mentions.tsv", tsv),
        ("names.csv", csv_names),
        ("names.tsv", tsv_names),
        ("resolution.json", written(|o| export::json(&corpus, &resolution, o)).0),
        ("resolution.jsonl", written(|o| export::json_lines(&corpus, &resolution, o)).0),
        ("skos.nt", written(|o| export::skos_ntriples(&resolution, BASE, o)).0),
        ("skos.jsonld", written(|o| export::skos_jsonld(&resolution, BASE, o)).0),
        ("entities.ftm.json", written(|o| export::ftm(&corpus, &resolution, o)).0),
        ("mentions.conllup", written(|o| export::conll(&corpus, &resolution, texts(documents), o)).0),
        ("displacy.json", displacy(Unit::Chars)),
        ("displacy.utf16.json", displacy(Unit::Utf16)),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text))
    .collect::<Vec<_>>();
    for (number, (text, extraction)) in documents.iter().enumerate() {
        let stem = extraction.id.strip_suffix(".txt").unwrap_or(&extraction.id);
        let ann = written(|o| export::brat(&corpus, &resolution, number, text, o)).0;
        all.push((format!("brat/{stem}.ann"), ann));
        all.push((format!("brat/{stem}.txt"), text.clone()));
    }
    all
}

#[test]
fn golden_files() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/export");
    let got = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export");
    let _ = fs::remove_dir_all(&got);
    fs::create_dir_all(got.join("brat")).expect("a folder to write to");
    let mut other = Vec::new();
    let all = all(&documents());
    for (name, text) in &all {
        fs::write(got.join(name), text).expect("a file to write");
        if fs::read(golden.join(name)).ok().as_deref() != Some(text.as_bytes()) {
            other.push(name);
        }
    }
    assert!(other.is_empty(), "{other:?} are not as in {}: what came is in {}", golden.display(), got.display());
    let files = |dir: &Path| fs::read_dir(dir).expect("a folder").count();
    assert_eq!(files(&golden) - 1 + files(&golden.join("brat")), all.len(), "a golden file that nothing writes");
}

#[test]
fn what_counts_no_documents_is_the_same_in_any_order() {
    let mut documents = documents();
    let first = all(&documents);
    documents.reverse();
    let names = ["names.csv", "names.tsv", "skos.nt", "skos.jsonld"];
    for ((name, one), (_, other)) in
        first.iter().zip(&all(&documents)).filter(|((name, _), _)| names.contains(&&**name))
    {
        assert_eq!(one, other, "{name}");
    }
}

#[test]
fn json_lines_are_the_items_of_json() {
    let (corpus, resolution) = resolve(&documents());
    let json: Value = serde_json::from_str(&written(|o| export::json(&corpus, &resolution, o)).0).expect("JSON");
    let lines = written(|o| export::json_lines(&corpus, &resolution, o)).0;
    let mut lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    assert_eq!(lines.next(), Some(serde_json::json!({"record": "header", "version": json["version"]})));
    for (list, record) in [("documents", "document"), ("entities", "entity"), ("links", "link")] {
        for item in json[list].as_array().expect("a list") {
            let mut line = lines.next().expect("a line each");
            assert_eq!(line.as_object_mut().and_then(|o| o.remove("record")), Some(record.into()));
            assert_eq!(&line, item);
        }
    }
    assert_eq!(lines.next(), None);
}

/// The rows of a CSV or TSV, as the crate `csv` reads them.
fn rows(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(|cell| unguarded(cell).to_owned()).collect()).collect()
}

#[test]
fn csv_and_tsv_hold_the_same_and_no_formula() {
    let files: std::collections::BTreeMap<String, String> = all(&documents()).into_iter().collect();
    for stem in ["mentions", "names"] {
        let (csv, tsv) = (&files[&format!("{stem}.csv")], &files[&format!("{stem}.tsv")]);
        assert_eq!(rows(csv, b','), rows(tsv, b'\t'));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
        for cell in reader.records().flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
        }
    }
    let (corpus, _) = resolve(&documents());
    let surfaces: Vec<&str> = corpus.documents().iter().flat_map(|d| &d.mentions).map(|m| m.surface.as_str()).collect();
    let read: Vec<String> = rows(&files["mentions.csv"], b',').into_iter().skip(1).map(|row| row[5].clone()).collect();
    assert_eq!(read, surfaces);
    assert!(surfaces.contains(&"'=Ali"), "a name that looks guarded");
}

/// The names of each entity, cleaned as tables have them.
fn names(resolution: &Resolution, kinds: &[EntityKind]) -> BTreeSet<(String, BTreeSet<String>)> {
    let entities = resolution.entities().iter().filter(|e| kinds.contains(&e.kind));
    let names = entities.map(|e| {
        let aliases = e.aliases.iter().map(|a| a.text.as_str()).chain([e.name.as_str()]);
        (clean_name(&e.name).into_owned(), aliases.map(|name| clean_name(name).into_owned()).collect())
    });
    names.collect()
}

#[test]
fn tables_are_made_of_exports() {
    let documents = documents();
    let (corpus, resolution) = resolve(&documents);
    let ftm = written(|o| export::ftm(&corpus, &resolution, o)).0;
    let mut read = BTreeSet::new();
    Ftm::default()
        .read(Input::new("entities.ftm.json", ftm.as_bytes()), |entity| {
            let names = entity.aliases.iter().map(|a| a.name.clone()).collect();
            read.insert((entity.name().to_owned(), names));
            Ok(())
        })
        .expect("FollowTheMoney");
    assert_eq!(read, names(&resolution, &[EntityKind::Person, EntityKind::Organization]));

    // A row is a name here, and the importer wants an entity a row: each is named as the export has it, guard included.
    let text = written(|o| export::csv(&corpus, &resolution, Rows::Names, o)).0;
    let mut read = BTreeSet::new();
    let list = Csv::default().column(Column::Id, "entity");
    list.read(Input::new("names.csv", text.as_bytes()), |entity| {
        read.insert(unguarded(entity.name()).to_owned());
        Ok(())
    })
    .expect("a list");
    let canonical: BTreeSet<String> = names(&resolution, &EntityKind::ALL).into_iter().map(|(name, _)| name).collect();
    assert_eq!(read, canonical);
}

#[test]
fn ids_of_followthemoney_are_ones_that_it_allows() {
    let (corpus, resolution) = resolve(&documents());
    let ftm = written(|o| export::ftm(&corpus, &resolution, o)).0;
    let (mut ids, mut referred) = (BTreeSet::new(), BTreeSet::new());
    for line in ftm.lines() {
        let value: Value = serde_json::from_str(line).expect("JSON");
        let id = value["id"].as_str().expect("an id").to_owned();
        assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)), "{id}");
        assert!(ids.insert(id), "twice: {line}");
        for property in ["document", "resolved", "proof"] {
            let values = value["properties"][property].as_array().into_iter().flatten();
            referred.extend(values.filter_map(|v| v.as_str().map(str::to_owned)));
        }
    }
    assert!(ids.contains("Q858") && ids.contains("omar-omsen"));
    assert!(referred.is_subset(&ids));
}

#[test]
fn a_bad_base_is_refused() {
    let (_, resolution) = resolve(&documents());
    for base in ["names/", "https://example.org/a b/", ""] {
        let fault = export::skos_ntriples(&resolution, base, Vec::new()).expect_err(base);
        assert_eq!(fault.kind(), std::io::ErrorKind::InvalidInput);
        assert!(export::skos_jsonld(&resolution, base, Vec::new()).is_err(), "{base}");
    }
}

#[test]
fn rejected_and_placeless_mentions() {
    use allonym::resolve::{Decision, Decisions, Named};
    let text = "Omsen met Haftar.";
    let mut extraction = Extraction::new(
        "a",
        vec![
            Mention::new("Omsen", EntityKind::Person).at(Span::new(0, 5)),
            Mention::new("Haftar", EntityKind::Person).at(Span::new(10, 16)),
            Mention::new("Sirte", EntityKind::Place),
            Mention::new("outside", EntityKind::Place).at(Span::new(12, 40)),
        ],
    );
    extraction.place_chars(text);
    let corpus: Corpus = [extraction].into_iter().collect();
    let mut decisions = Decisions::default();
    let reject = Decision::reject(Named::new(EntityKind::Person, "Haftar"));
    decisions.push(reject).expect("nothing is against it");
    let resolution = Resolver::embedded().with_decisions(&decisions).resolve(&corpus);
    let (conll, left_out) = written(|o| export::conll(&corpus, &resolution, [text], o));
    assert_eq!(left_out, 2);
    assert!(conll.contains("\tOmsen\t0\t5\tB-PER\t") && conll.contains("\tHaftar\t10\t16\tO\t_\n"), "{conll}");
    assert_eq!(written(|o| export::displacy(&corpus, &resolution, [text], Unit::Chars, o)).1, 2);
    let (brat, left_out) = written(|o| export::brat(&corpus, &resolution, 0, text, o));
    assert_eq!((left_out, brat.lines().count()), (2, 2));
    // Without texts no mention has a place.
    assert_eq!(written(|o| export::conll(&corpus, &resolution, [""; 0], o)).1, 3);
    assert_eq!(written(|o| export::brat(&corpus, &resolution, 7, text, o)), (String::new(), 0));
    let csv = written(|o| export::csv(&corpus, &resolution, Rows::Mentions, o)).0;
    assert!(csv.contains(",Haftar,person,0.9697,,,\r\n"), "{csv}");
}

const PIECES: &[&str] = &[
    "İ", "ß", "e\u{301}", "\u{200b}", "\u{200d}", "\u{202e}", "\u{feff}", "\u{a0}", "\u{2028}", "\u{0}", "\u{85}",
    "أحمد", "الشرع", "דוד", "习近平", "김정은", "東京タワー", "Зеленский", "👨\u{200d}👩\u{200d}👧", "🇸🇾",
    "<p a=\"b c\">", "&nbsp;", "(", "\"", "“", "'", "’s", ",", ".", ";", "-", "@", "#", "=", "+", "_", "%", "\\",
    "Omar Omsen", "Omsen", "al-Qaeda-linked", "U.S.", "Syria", "Paris", "the", "of", "\n", "\n\n", "\r\n", "\t", " ",
    "  ",
];

/// A text, and mentions anywhere in it: empty, overlapping, across lines.
fn any_document() -> impl Strategy<Value = (String, Extraction)> {
    let pieces = prop::collection::vec((prop::sample::select(PIECES), any::<bool>()), 0..40);
    let ends = prop::collection::vec((any::<prop::sample::Index>(), 0_usize..30, 0_usize..3), 0..8);
    (pieces, ends).prop_map(|(pieces, ends)| {
        let text: String = pieces.iter().flat_map(|(piece, spaced)| [*piece, if *spaced { " " } else { "" }]).collect();
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mentions = ends.into_iter().map(|(start, length, kind)| {
            let start = start.index(places.len());
            let span = Span::new(places[start], places[(start + length).min(places.len() - 1)]);
            Mention::new(&text[span], EntityKind::ALL[kind]).at(span)
        });
        let mut extraction = Extraction::new("=a\tb \"c\"", mentions.collect());
        extraction.place_chars(&text);
        (text, extraction)
    })
}

fn chars(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

fn offset(value: &Value) -> usize {
    value.as_u64().and_then(|at| usize::try_from(at).ok()).expect("an offset")
}

/// The surface forms of the entity whose id a mention has.
fn is_name(resolution: &Resolution, id: &str, surface: &str) -> bool {
    resolution.entities().iter().any(|e| e.id == id && e.aliases.iter().any(|a| a.text == surface))
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn units_go_there_and_back((text, extraction) in any_document()) {
        for m in &extraction.mentions {
            for unit in Unit::ALL {
                let span = unit.of_bytes(&text, m.span).expect("it is in the text");
                prop_assert_eq!(unit.to_bytes(&text, span), Some(m.span));
                let slice = match unit {
                    Unit::Bytes => text[span].to_owned(),
                    Unit::Chars => chars(&text, span.start, span.end),
                    Unit::Utf16 => {
                        let units: Vec<u16> = text.encode_utf16().collect();
                        String::from_utf16(&units[span.range()]).expect("no half of a pair")
                    }
                };
                prop_assert_eq!(slice, m.surface.as_str());
            }
            prop_assert_eq!(Unit::Chars.of_bytes(&text, m.span), Some(m.char_span));
        }
    }

    #[test]
    fn spans_outside_or_within_characters_are_none(text in ".{0,12}", start in 0_usize..20, end in 0_usize..20) {
        for unit in Unit::ALL {
            let span = Span { start, end };
            if let Some(bytes) = unit.to_bytes(&text, span) {
                prop_assert_eq!(unit.of_bytes(&text, bytes), Some(span));
            }
            prop_assert_eq!(unit.of_bytes(&text, span).is_some(), text.get(start..end).is_some());
        }
    }

    #[test]
    fn every_offset_slices_back((text, extraction) in any_document(), other in any_document()) {
        let (mentions, documents) = (extraction.mentions.len(), vec![(text.clone(), extraction), other]);
        let (corpus, resolution) = resolve(&documents);

        let json: Value = serde_json::from_str(&written(|o| export::json(&corpus, &resolution, o)).0).expect("JSON");
        for m in json["documents"][0]["mentions"].as_array().expect("a list") {
            prop_assert_eq!(&text[offset(&m["start"])..offset(&m["end"])], m["text"].as_str().expect("a text"));
            prop_assert_eq!(chars(&text, offset(&m["char_start"]), offset(&m["char_end"])), m["text"].as_str().expect("a text"));
        }

        for (csv, delimiter) in [
            (written(|o| export::csv(&corpus, &resolution, Rows::Mentions, o)).0, b','),
            (written(|o| export::tsv(&corpus, &resolution, Rows::Mentions, o)).0, b'\t'),
        ] {
            let rows = rows(&csv, delimiter);
            prop_assert_eq!(rows.len(), 1 + corpus.documents().iter().map(|d| d.mentions.len()).sum::<usize>());
            for row in rows.iter().skip(1).take(mentions) {
                let at = |i: usize| row[i].parse::<usize>().expect("an offset");
                prop_assert_eq!(&row[0], &corpus.documents()[0].id);
                prop_assert_eq!(&text[at(1)..at(2)], row[5].as_str());
                prop_assert_eq!(chars(&text, at(3), at(4)), row[5].as_str());
                prop_assert!(is_name(&resolution, &row[8], &row[5]));
            }
        }

        for unit in Unit::ALL {
            let (displacy, _) = written(|o| export::displacy(&corpus, &resolution, texts(&documents), unit, o));
            let displacy: Value = serde_json::from_str(&displacy).expect("JSON");
            let mut end = 0;
            for ent in displacy[0]["ents"].as_array().expect("a list") {
                let span = Span::new(offset(&ent["start"]), offset(&ent["end"]));
                prop_assert!(span.start >= end, "they overlap");
                end = span.end;
                let bytes = unit.to_bytes(&text, span).expect("on characters");
                prop_assert!(is_name(&resolution, ent["kb_id"].as_str().expect("an id"), &text[bytes]));
            }
        }
    }

    #[test]
    fn conll_lines_are_sound((text, extraction) in any_document()) {
        let documents = vec![(text.clone(), extraction)];
        let (corpus, resolution) = resolve(&documents);
        let (conll, left_out) = written(|o| export::conll(&corpus, &resolution, texts(&documents), o));
        let (mut before, mut end, mut number, mut begun) = ("O".to_owned(), 0, 0, 0);
        for line in conll.lines().skip(1).filter(|line| !line.starts_with("# newdoc")) {
            if line.is_empty() {
                (before, number) = ("O".to_owned(), 0);
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, form, start, to, tag, entity] = columns[..] else { panic!("{line:?}") };
            number += 1;
            prop_assert_eq!(id.parse(), Ok(number));
            prop_assert!(!form.is_empty() && !form.contains(|c: char| c.is_whitespace() || c.is_control()));
            let (start, to): (usize, usize) = (start.parse().expect("an offset"), to.parse().expect("an offset"));
            prop_assert!(start >= end && start < to);
            end = to;
            prop_assert_eq!(chars(&text, start, to), form);
            match tag.split_once('-') {
                None => prop_assert_eq!((tag, entity), ("O", "_")),
                Some(("I", kind)) => prop_assert_eq!(before.split_once('-').map(|b| b.1), Some(kind), "{}", conll),
                Some(_) => begun += 1,
            }
            before = tag.to_owned();
        }
        prop_assert_eq!(begun + left_out, corpus.documents()[0].mentions.len(), "{}", conll);
    }

    #[test]
    fn brat_spans_hold_no_line_break((text, extraction) in any_document()) {
        let (corpus, resolution) = resolve(&[(text.clone(), extraction)]);
        let (ann, left_out) = written(|o| export::brat(&corpus, &resolution, 0, &text, o));
        let mut mentions = 0;
        for line in ann.split_terminator('\n') {
            let columns: Vec<&str> = line.split('\t').collect();
            if !line.starts_with('T') {
                prop_assert!(line.starts_with('N') || line.starts_with('*'));
                continue;
            }
            let [_, places, surface] = columns[..] else { panic!("{line:?}") };
            mentions += 1;
            let (_, places) = places.split_once(' ').expect("a kind and places");
            let mut fragments = Vec::new();
            for place in places.split(';') {
                let (start, end) = place.split_once(' ').expect("two offsets");
                let fragment = chars(&text, start.parse().expect("an offset"), end.parse().expect("an offset"));
                prop_assert!(!fragment.is_empty() && fragment.trim() == fragment && !fragment.contains(char::is_control));
                fragments.push(fragment);
            }
            prop_assert_eq!(fragments.join(" "), surface);
        }
        prop_assert_eq!(mentions + left_out, corpus.documents()[0].mentions.len());
    }

    #[test]
    fn triples_are_one_line_each((text, extraction) in any_document()) {
        let (_, resolution) = resolve(&[(text, extraction)]);
        let (triples, ()) = written(|o| export::skos_ntriples(&resolution, BASE, o));
        for line in triples.lines() {
            prop_assert!(line.starts_with("<https://example.org/id/") && line.ends_with(" ."), "{}", line);
        }
        let (concepts, ()) = written(|o| export::skos_jsonld(&resolution, BASE, o));
        let concepts: Value = serde_json::from_str(&concepts).expect("JSON");
        let labels = concepts["@graph"].as_array().expect("a list").iter().map(|c| {
            1 + c["altLabel"].as_array().map_or(0, Vec::len)
        });
        prop_assert_eq!(labels.sum::<usize>(), triples.lines().filter(|line| line.contains("Label> \"")).count());
    }

    #[test]
    fn a_guard_comes_off_again(cell in "['=+@\t\r\n \u{feff}＝a-]{0,6}") {
        let mention = Mention::new(cell.as_str(), EntityKind::Person);
        let corpus: Corpus = [Extraction::new("d", vec![mention])].into_iter().collect();
        let resolution = Resolver::new(Tables::none()).resolve(&corpus);
        let (csv, ()) = written(|o| export::csv(&corpus, &resolution, Rows::Mentions, o));
        prop_assert_eq!(&rows(&csv, b',')[1][5], &cell);
    }
}
