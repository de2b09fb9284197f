//! The contracts of the examples: exit status, messages, and the shape of what they write.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The built example: beside this test's own binary, built first when it is not there.
fn example(name: &str) -> PathBuf {
    let here = std::env::current_exe().expect("a test has a path");
    let built = here.ancestors().nth(2).expect("target/PROFILE/deps").join("examples").join(name);
    if !built.is_file() {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--example", name]).current_dir(env!("CARGO_MANIFEST_DIR"));
        if !cfg!(debug_assertions) {
            cargo.arg("--release");
        }
        assert!(cargo.status().expect("cargo runs").success(), "{name} does not build");
    }
    built
}

fn run_with(name: &str, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(example(name))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example runs");
    // One that refuses its options does not read.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the example ends")
}

fn run(name: &str, arguments: &[&str]) -> Output {
    run_with(name, arguments, b"")
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("an exit status, not a signal")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// A folder of its own for a test, with these files.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{name}"));
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("a folder to test in");
    for (file, bytes) in files {
        fs::write(dir.join(file), bytes).expect("a file to test with");
    }
    dir
}

fn path(dir: &Path, file: &str) -> String {
    dir.join(file).to_string_lossy().into_owned()
}

fn parsed(output: &Output) -> Value {
    serde_json::from_str(&out(output)).unwrap_or_else(|e| panic!("no JSON: {e}\n{}{}", out(output), err(output)))
}

const TEXT: &str =
    "İdlib — Fighters led by Omar Omsen left the town of Harem. Omsin, also known as Omar Diaby, is free.\n";

#[test]
fn bad_options_end_with_two_and_a_message() {
    let csv = folder("options", &[("pairs.csv", b"name1,name2,type\nA B,A C,PER\n")]);
    let pairs = path(&csv, "pairs.csv");
    let cases: &[(&str, &[&str], &str)] = &[
        ("resolve", &[], "resolve"),
        ("resolve", &["--nonsense", "examples/articles"], "--nonsense"),
        ("resolve", &["--format", "yaml", "examples/articles"], "yaml"),
        ("resolve", &["--format"], "--format"),
        ("resolve", &["--format", "brat", "examples/articles"], "--out"),
        ("resolve", &["--format", "brat", "--out", "/nowhere/at/all", "examples/articles"], "/nowhere/at/all"),
        ("resolve", &["--format", "json", "--out", "examples", "examples/articles"], "--out"),
        ("resolve", &["--format", "ntriples", "--base", "names/", "examples/articles/01-wire.txt"], "names/"),
        ("resolve", &["--nonsense=3", "examples/articles"], "--nonsense"),
        ("resolve", &["--batch", "many", "examples/articles"], "--batch"),
        ("resolve", &["--mentions", "/nowhere/at/all.jsonl"], "/nowhere/at/all.jsonl"),
        ("resolve", &["--tables", "/nowhere/at/all", "examples/articles"], "/nowhere/at/all"),
        ("compare", &[], "--pairs"),
        ("compare", &["--pairs", "/nowhere/at/all.csv"], "/nowhere/at/all.csv"),
        ("compare", &["--pairs", &pairs, "--tables", "/nowhere/at/all"], "/nowhere/at/all"),
        ("evaluate", &[], "--entities"),
        ("evaluate", &["--entities", "/nowhere/at/all.jsonl"], "/nowhere/at/all.jsonl"),
        ("explain", &["examples/articles"], "--pair"),
        ("explain", &["--pair", "Omsen", "Diaby"], "FILE"),
    ];
    for (name, arguments, said) in cases {
        let output = run(name, arguments);
        assert_eq!(status(&output), 2, "{name} {arguments:?}: {}", err(&output));
        assert!(err(&output).contains(said), "{name} {arguments:?}: {}", err(&output));
        assert!(output.stdout.is_empty(), "{name} {arguments:?} wrote output");
        assert!(!err(&output).contains("panicked"), "{name} {arguments:?}");
    }
}

#[test]
fn bad_tables_end_with_two_and_file_line_and_reason() {
    let dir = folder("tables", &[("mine.tsv", b"id\tkind\tname\na\tplace\tAden\nb\tplanet\tMars\n")]);
    let csv = folder("tables-csv", &[("pairs.csv", b"name1,name2,type\nA B,A C,PER\n")]);
    let (tables, pairs) = (dir.to_string_lossy().into_owned(), path(&csv, "pairs.csv"));
    for (name, arguments) in [
        ("resolve", vec!["--tables", &tables, "examples/articles"]),
        ("compare", vec!["--tables", &tables, "--pairs", &pairs]),
        ("explain", vec!["--tables", &tables, "examples/articles", "--pair", "Omsen", "Diaby"]),
    ] {
        let output = run(name, &arguments);
        assert_eq!(status(&output), 2, "{name}: {}", err(&output));
        assert!(err(&output).contains("mine.tsv:3: ") && err(&output).contains("planet"), "{name}: {}", err(&output));
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_done() {
    let latin = b"First line.\nThe caf\xe9 in Paris.\n";
    let dir = folder(
        "skipped",
        &[("a.txt", TEXT.as_bytes()), ("b.txt", latin), ("c.txt", b"Troops left the town of Harim.")],
    );
    let (a, b, c) = (path(&dir, "a.txt"), path(&dir, "b.txt"), path(&dir, "c.txt"));
    let missing = path(&dir, "missing.txt");
    let output = run("resolve", &["--format", "json", &a, &missing, &b, &c]);
    assert_eq!(status(&output), 1, "{}", err(&output));
    let messages = err(&output);
    assert!(messages.lines().any(|l| l.contains(&missing)), "{messages}");
    assert!(messages.lines().any(|l| l.contains(&b) && l.contains('2') && l.contains("UTF-8")), "{messages}");
    let value = parsed(&output);
    let ids: Vec<&str> =
        value["documents"].as_array().expect("a list").iter().filter_map(|d| d["id"].as_str()).collect();
    assert_eq!(ids, [a.as_str(), c.as_str()]);
    // The folder itself, in the order of its names.
    let output = run("resolve", &["--format", "json", &dir.to_string_lossy()]);
    assert_eq!(status(&output), 1);
    assert_eq!(parsed(&output)["documents"].as_array().map(Vec::len), Some(2));
}

#[test]
fn json_has_the_fields_of_the_contract() {
    let dir = folder("json", &[("a.txt", TEXT.as_bytes()), ("b.txt", b"")]);
    let (a, b) = (path(&dir, "a.txt"), path(&dir, "b.txt"));
    let output = run("resolve", &["--format", "json", &a, &b]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    check(&parsed(&output), &[(&a, TEXT), (&b, "")]);
    let output = run("resolve", &["--format=json", "--tables", "none", &a]);
    assert_eq!(status(&output), 0);
    let value = parsed(&output);
    check(&value, &[(&a, TEXT)]);
    assert!(value["entities"].as_array().expect("a list").iter().all(|e| e["table_id"].is_null()));
}

/// Checks the output of `resolve --format json` over documents against their texts.
fn check(value: &Value, texts: &[(&str, &str)]) {
    let list = |value: &Value, key: &str| value[key].as_array().unwrap_or_else(|| panic!("no list '{key}'")).clone();
    let entities = list(value, "entities");
    let mut counted = 0;
    for entity in &entities {
        assert!(entity["id"].is_string() && entity["name"].is_string(), "{entity}");
        assert!(entity.as_object().is_some_and(|o| o.contains_key("table_id")), "{entity}");
        assert!(matches!(entity["kind"].as_str(), Some("person" | "place" | "organization")), "{entity}");
        for alias in list(entity, "aliases") {
            assert!(alias["text"].is_string());
            counted += alias["count"].as_u64().expect("a count");
        }
    }
    let documents = list(value, "documents");
    assert_eq!(documents.len(), texts.len());
    let mut mentions = 0;
    for (document, (id, text)) in documents.iter().zip(texts) {
        assert_eq!(document["id"], *id);
        for mention in list(document, "mentions") {
            mentions += 1;
            let at = |key: &str| {
                usize::try_from(mention[key].as_u64().unwrap_or_else(|| panic!("no '{key}'"))).expect("small")
            };
            assert_eq!(&text[at("start")..at("end")], mention["text"], "bytes");
            let chars: String = text.chars().skip(at("char_start")).take(at("char_end") - at("char_start")).collect();
            assert_eq!(chars, mention["text"], "characters");
            let confidence = mention["confidence"].as_f64().expect("a number");
            assert!((0.0..=1.0).contains(&confidence));
            let entity = entities.iter().find(|e| e["id"] == mention["entity"]).expect("the entity is listed");
            assert_eq!(entity["kind"], mention["kind"]);
        }
    }
    assert_eq!(counted, mentions, "the counts of the aliases add up to the mentions");
    for link in list(value, "links") {
        assert!(entities.iter().any(|e| e["id"] == link["entity"]), "{link}");
    }
}

#[test]
fn standard_input_is_read() {
    let output = run_with("resolve", &["--format", "json", "-"], TEXT.as_bytes());
    assert_eq!(status(&output), 0, "{}", err(&output));
    let value = parsed(&output);
    check(&value, &[("-", TEXT)]);
    assert!(value["entities"].as_array().expect("a list").len() >= 2);
    let output = run_with("resolve", &["-"], b"\xff\xfe not text");
    assert_eq!(status(&output), 1);
    assert!(err(&output).contains("UTF-8"), "{}", err(&output));
}

#[test]
fn the_table_is_for_people() {
    let output = run("resolve", &["examples/articles"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    for word in ["Omar", "Harem", "SOHR"] {
        assert!(out(&output).contains(word), "{word} is missing:\n{}", out(&output));
    }
    assert_eq!(out(&output), out(&run("resolve", &["--format", "table", "examples/articles"])));
}

#[test]
fn batches_and_progress_change_nothing_that_comes_out() {
    let line = |id: &str, name: &str| format!(r#"{{"id":"{id}","mentions":[{{"text":"{name}","type":"PER"}}]}}"#);
    let lines = format!("{}\r\n\nnot json\n{}", line("one", "Omar Omsen"), line("two", "Omsin"));
    let dir = folder("batches", &[("m.jsonl", lines.as_bytes()), ("bad.txt", b"\xff"), ("good.txt", TEXT.as_bytes())]);
    let (given, dir) = (path(&dir, "m.jsonl"), dir.to_string_lossy().into_owned());
    for (input, skipped) in
        [(vec!["examples/articles"], 0), (vec!["examples/articles", &dir], 1), (vec!["--mentions", &given], 1)]
    {
        for format in ["table", "json"] {
            let with = |more: &[&str]| run("resolve", &[&["--format", format], &*input, more].concat());
            let whole = with(&[]);
            assert_eq!(status(&whole), skipped, "{input:?}: {}", err(&whole));
            assert!(!whole.stdout.is_empty());
            // Where standard error is no terminal nothing is told unasked.
            for options in [&["--batch", "1"][..], &["--batch", "5000"], &["--quiet"], &["--quiet", "--progress"]] {
                let output = with(options);
                assert_eq!((status(&output), err(&output)), (skipped, err(&whole)), "{input:?} {options:?}");
                assert!(output.stdout == whole.stdout, "{input:?} {options:?}: {}", out(&output));
            }
            let told = with(&["--progress", "--batch", "1"]);
            assert!(told.stdout == whole.stdout, "{}", out(&told));
            let (first, last) =
                if input[0] == "--mentions" { ("lines: 1", " entities") } else { ("files: 1 of ", " entities") };
            assert!(err(&told).contains(first) && err(&told).trim_end().ends_with(last), "{}", err(&told));
        }
    }
}

#[test]
fn progress_is_told_where_it_is_asked_for() {
    let place = "1\tHama\tHama\t\t35.1\t36.7\tP\tPPLA\tSY\t\t05\t\t\t\t460602\t\t300\tAsia/Damascus\t2020-01-01\n";
    let gold = r#"{"id":"a","text":"Omar Omsen left.","spans":[[0,10,"PER"]]}"#;
    let names = b"name,type\nOmar Omsen,PER\nOmar Omsin,PER\n";
    let dir =
        folder("progress", &[("SY.txt", place.as_bytes()), ("gold.jsonl", gold.as_bytes()), ("names.csv", names)]);
    let (places, gold, names) = (path(&dir, "SY.txt"), path(&dir, "gold.jsonl"), path(&dir, "names.csv"));
    let index = path(&dir, "news.index");
    let runs: [(&str, &[&str], &str); 6] = [
        ("explain", &["examples/articles", "--pair", "Omsen", "Diaby"], "files: 5 of 5"),
        ("review", &["examples/articles"], "files: 5 of 5"),
        ("index", &["--file", &index, "--show", "examples/articles"], "files: 1 of 5"),
        ("evaluate", &["--spans", &gold], "gold.jsonl: 0 of 1"),
        ("import", &["geonames", &places], "kB of "),
        ("dedupe", &["--names", &names], "2 names read"),
    ];
    for (name, arguments, told) in runs {
        let with = |option: &'static [&'static str]| run(name, &[arguments, option].concat());
        let (plain, asked, quiet) = (with(&[]), with(&["--progress"]), with(&["--progress", "--quiet"]));
        for output in [&plain, &asked, &quiet] {
            assert_eq!(status(output), 0, "{name}: {}", err(output));
        }
        assert!(err(&asked).contains(told), "{name}: {}", err(&asked));
        // Where standard error is no terminal nothing is told unasked.
        assert_eq!(err(&plain), err(&quiet), "{name}");
        assert!(!err(&plain).contains(told), "{name}: {}", err(&plain));
        // Measured rates aside, what is told changes nothing that comes out.
        assert!(name == "evaluate" || asked.stdout == plain.stdout, "{name}: {}", out(&asked));
    }
}

#[test]
fn tables_are_in_colour_only_where_they_may_be() {
    let colored = |name: &str, arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = Command::new(example(name));
        command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("NO_COLOR");
        let output = command.env_remove("CLICOLOR_FORCE").envs(variables.iter().copied()).output();
        out(&output.expect("the example runs"))
    };
    let dir = folder("colour", &[]);
    let index = path(&dir, "news.index");
    for (name, arguments) in
        [("resolve", vec!["examples/articles"]), ("index", vec!["--file", &index, "--show", "examples/articles"])]
    {
        // A pipe gets no colours unasked, and none where they are forbidden.
        let plain = colored(name, &arguments, &[]);
        assert!(!plain.contains('\x1b'), "{name}");
        assert_eq!(colored(name, &arguments, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]), plain, "{name}");
        let forced = colored(name, &arguments, &[("CLICOLOR_FORCE", "1")]);
        assert!(forced.contains("\x1b[1mPeople") && forced.contains("\x1b[36mOmar Omsen"), "{name}: {forced}");
        let mut bare = forced;
        for code in ["\x1b[1m", "\x1b[36m", "\x1b[2m", "\x1b[0m"] {
            bare = bare.replace(code, "");
        }
        assert_eq!(bare, plain, "{name}");
    }
    let json = colored("resolve", &["--format", "json", "examples/articles"], &[("CLICOLOR_FORCE", "1")]);
    assert!(!json.contains('\x1b'));
}

#[test]
fn small_examples_run_and_show_what_they_say() {
    for (name, shown) in [
        ("quickstart", "Omar Omsen (person): Diaby, Omar Diaby, Omar Omsen, Omar Omsin, Omsen"),
        ("bring_your_own", "Salim Vardan (person): Abu Kalin, Salim Vardan, Selim Vardan"),
        ("decide", "Refused: decision: 'Viktor Orlenko' and 'Victor Orlenko' would be one"),
        ("own_table", "Selim Vardan (person, vardan): Abu Kalin, Selim Vardan"),
        ("screen", "Moammar Gaddafi: Muammar Qadhafi"),
        ("find_names", "examples/articles/01-wire.txt:193: Harem, written Harem"),
        ("increments", "MergedInto"),
        ("export_all", "-- displacy, "),
        ("romanize", "parts: ahmed Given, sharaa Family"),
    ] {
        let output = run(name, &[]);
        assert_eq!(status(&output), 0, "{name}: {}", err(&output));
        assert!(out(&output).contains(shown), "{name}: {}", out(&output));
    }
}

#[test]
fn given_mentions_that_are_no_text_are_refused() {
    let dir = folder("no-text", &[("m.jsonl", b"{\"id\":\"a\",\"mentions\":[]}\n\n{\"id\":\"\xff\"}\n")]);
    let output = run("resolve", &["--mentions", &path(&dir, "m.jsonl")]);
    assert_eq!((status(&output), out(&output).as_str()), (2, ""));
    assert!(err(&output).contains("m.jsonl: line 3: not UTF-8 (byte 33)"), "{}", err(&output));
}

#[test]
fn every_format_is_written() {
    let dir = folder(
        "formats",
        &[("a.txt", TEXT.as_bytes()), ("given.jsonl", br#"{"id":"x","mentions":[{"text":"Harem","type":"LOC"}]}"#)],
    );
    let a = path(&dir, "a.txt");
    for (format, wanted) in [
        ("json", "{\"version\":1,\n\"documents\":["),
        ("jsonl", "{\"record\":\"header\",\"version\":1}\n"),
        ("csv", ",Harem,place,"),
        ("tsv", "\tHarem\tplace\t"),
        ("csv-names", ",Harem,1\r\n"),
        ("tsv-names", "\tHarem\t1\n"),
        ("ntriples", "#prefLabel> \"Harem\"@und-Latn .\n"),
        ("jsonld", "{\"@context\":"),
        ("ftm", "\"schema\":\"Mention\""),
        ("conll", "\tHarem\t52\t57\tB-LOC\t"),
        ("displacy", "{\"start\":52,\"end\":57,\"label\":\"LOC\""),
    ] {
        let output = run("resolve", &["--format", format, &a]);
        assert_eq!((status(&output), err(&output).as_str()), (0, ""), "{format}");
        assert!(out(&output).contains(wanted), "{format}: {}", out(&output));
    }
    let output = run("resolve", &["--format", "brat", "--out", &dir.to_string_lossy(), &a]);
    assert_eq!((status(&output), out(&output).as_str()), (0, ""), "{}", err(&output));
    let read = |file: &str| fs::read_to_string(dir.join(file)).expect("a file");
    assert!(read("0001-a.ann").contains("\tPlace 52 57\tHarem\n"), "{}", read("0001-a.ann"));
    assert_eq!(read("0001-a.txt"), TEXT);
    assert!(read("annotation.conf").contains("Organization"));
    // What a format cannot hold is said.
    let output = run("resolve", &["--format", "conll", "--mentions", &path(&dir, "given.jsonl")]);
    assert_eq!(status(&output), 1);
    assert!(err(&output).contains("1 mentions have no place"), "{}", err(&output));
}

#[test]
fn given_mentions_are_answered_in_their_order() {
    let lines = concat!(
        r#"{"id":"one","text":"ééé Omsen met Omar Omsen.","mentions":[{"text":"Omar Omsen","type":"PER","start":14,"end":24},{"text":"Omsen","type":"PER","start":4,"end":9}]}"#,
        "\n",
        r#"{"id":"two","mentions":[{"text":"Harem","type":"LOC"},{"text":"SOHR","type":"ORG"},{"text":"Omar Omsin","type":"PER"}]}"#,
        "\n"
    );
    let dir = folder(
        "mentions",
        &[
            ("m.jsonl", lines.as_bytes()),
            (
                "bad.jsonl",
                format!("{lines}not json\n{{\"id\":\"x\",\"mentions\":[{{\"text\":\"A\",\"type\":\"DOG\"}}]}}\n")
                    .as_bytes(),
            ),
        ],
    );
    let output = run("resolve", &["--mentions", &path(&dir, "m.jsonl"), "--format", "json"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    let value = parsed(&output);
    let texts = |d: usize| -> Vec<String> {
        let mentions = value["documents"][d]["mentions"].as_array().expect("a list");
        mentions.iter().map(|m| m["text"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(texts(0), ["Omar Omsen", "Omsen"]);
    assert_eq!(texts(1), ["Harem", "SOHR", "Omar Omsin"]);
    let first = &value["documents"][0]["mentions"][0];
    assert_eq!((first["char_start"].as_u64(), first["char_end"].as_u64()), (Some(14), Some(24)));
    assert_eq!((first["start"].as_u64(), first["end"].as_u64()), (Some(17), Some(27)));
    assert_eq!(first["entity"], value["documents"][1]["mentions"][2]["entity"], "Omar Omsen and Omar Omsin");
    let output = run("resolve", &["--mentions", &path(&dir, "bad.jsonl"), "--format", "json"]);
    assert_eq!(status(&output), 1);
    assert!(err(&output).contains("bad.jsonl:3: ") && err(&output).contains("bad.jsonl:4: "), "{}", err(&output));
    // A bad line is no document; a bad mention leaves its document without it.
    let value = parsed(&output);
    assert_eq!(value["documents"].as_array().map(Vec::len), Some(3));
    assert_eq!(value["documents"][2]["mentions"].as_array().map(Vec::len), Some(0));
}

#[test]
fn compare_passes_other_columns_through() {
    let csv = "note,name1,name2,type,more\n\"a, \"\"b\"\"\",Ahmed al-Sharaa,Ahmad al-Sharra,PER,1\nx,Omar Omsen,Donald Trump,PER,\n,\"Haftar, Khalifa\",Khalifa Hifter,PER,ü\n";
    let dir = folder(
        "compare",
        &[
            ("pairs.csv", csv.as_bytes()),
            ("bad.csv", b"name1,name2,type\nA B,A B,PER\nA,B,DOG\nC D,C D,LOC\n"),
            ("short.csv", b"name1,name2,type\nA,B\n"),
            ("columns.csv", b"name1,type\nA,PER\n"),
        ],
    );
    let output = run("compare", &["--pairs", &path(&dir, "pairs.csv")]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    let text = out(&output);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0], "note,name1,name2,type,more,score,match");
    for (line, before, verdict) in [
        (lines[1], "\"a, \"\"b\"\"\",Ahmed al-Sharaa,Ahmad al-Sharra,PER,1,", "true"),
        (lines[2], "x,Omar Omsen,Donald Trump,PER,,", "false"),
        (lines[3], ",\"Haftar, Khalifa\",Khalifa Hifter,PER,ü,", "true"),
    ] {
        let rest = line.strip_prefix(before).unwrap_or_else(|| panic!("{line}"));
        let (score, matched) = rest.split_once(',').expect("a score and a verdict");
        let score: f64 = score.parse().expect("a number");
        assert!((0.0..=1.0).contains(&score) && matched == verdict && (score > 0.5) == (verdict == "true"), "{line}");
    }
    let output = run("compare", &["--pairs", &path(&dir, "bad.csv")]);
    assert_eq!(status(&output), 1);
    assert!(err(&output).contains("bad.csv:3: ") && err(&output).contains("DOG"), "{}", err(&output));
    assert_eq!(out(&output).lines().count(), 3, "the other rows are compared");
    for (file, said) in [("short.csv", "short.csv:2: "), ("columns.csv", "name2")] {
        let output = run("compare", &["--pairs", &path(&dir, file)]);
        assert_eq!(status(&output), 2, "{file}: {}", err(&output));
        assert!(err(&output).contains(said), "{file}: {}", err(&output));
    }
}

#[test]
fn explain_says_why_and_why_not() {
    let output = run(
        "explain",
        &[
            "examples/articles/01-wire.txt",
            "examples/articles/02-daily.txt",
            "examples/articles/03-magazine.txt",
            "--pair",
            "Omar Omsin",
            "Diaby",
        ],
    );
    assert_eq!(status(&output), 0, "{}", err(&output));
    assert!(out(&output).contains("One person") && out(&output).contains("Diaby"), "{}", out(&output));
    let output = run("explain", &["--pair", "Bashar al-Assad", "Omar Omsen", "examples/articles/01-wire.txt"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    assert!(out(&output).starts_with("Two"), "{}", out(&output));
    let output = run("explain", &["examples/articles/01-wire.txt", "--pair", "Omar Omsen", "Nobody Here"]);
    assert!(out(&output).contains("Nobody Here"), "{}", out(&output));
    let output = run("explain", &["examples/articles/01-wire.txt", "--pair", "Omar Omsen"]);
    assert_eq!(status(&output), 2, "one name is no pair: {}", out(&output));
}

#[test]
fn help_is_no_error() {
    for name in ["resolve", "compare", "evaluate", "explain"] {
        let output = run(name, &["--help"]);
        assert_eq!(status(&output), 0, "{name}: {}", err(&output));
        assert!(out(&output).contains("--tables"), "{name}: {}", out(&output));
    }
}

#[test]
fn decisions_are_held_to_and_bad_ones_refused() {
    let (kinds, name) =
        ("{\"kind\":\"person\",\"name\":\"Omar Omsen\"}", "{\"kind\":\"person\",\"name\":\"Omar Omsin\"}");
    let different = format!("{{\"decision\":\"different\",\"left\":{kinds},\"right\":{name}}}\n");
    let same = format!("{{\"decision\":\"same\",\"left\":{kinds},\"right\":{name},\"note\":\"no\"}}\n");
    let contradiction = "{\"decision\":\"undo\",\"of\":{\"decision\":\"reject-mention\",\"mention\":{\"kind\":\"person\",\"name\":\"X\"}}}\n";
    let files: [(&str, &[u8]); 4] = [
        ("a.txt", b"Omar Omsen met Omar Omsin in Idlib."),
        ("apart.jsonl", different.as_bytes()),
        ("one.jsonl", same.as_bytes()),
        ("bad.jsonl", contradiction.as_bytes()),
    ];
    let dir = folder("decisions", &files);
    let people = |file: &str| {
        let output = run("resolve", &["--format", "json", "--decisions", &path(&dir, file), &path(&dir, "a.txt")]);
        assert_eq!(status(&output), 0, "{}", err(&output));
        let value = parsed(&output);
        value["entities"].as_array().expect("entities").iter().filter(|e| e["kind"] == "person").count()
    };
    assert_eq!(people("apart.jsonl"), 2);
    assert_eq!(people("one.jsonl"), 1);
    let output = run("resolve", &["--decisions", &path(&dir, "bad.jsonl"), &path(&dir, "a.txt")]);
    assert_eq!(status(&output), 2);
    assert!(err(&output).contains("bad.jsonl:1: it undoes a decision that is not in force"), "{}", err(&output));
    let told = run(
        "explain",
        &[&path(&dir, "a.txt"), "--decisions", &path(&dir, "apart.jsonl"), "--pair", "Omar Omsen", "Omar Omsin"],
    );
    assert!(out(&told).contains("a user decided that they are two"), "{}", out(&told));
}

/// The data of a report's element.
fn shown(page: &str, id: &str) -> Value {
    let begin = format!("<script type=\"application/json\" id=\"data-{id}\">");
    let (_, rest) = page.split_once(&begin).unwrap_or_else(|| panic!("no {id}"));
    serde_json::from_str(rest.split_once("</script>").expect("an end").0).expect("JSON")
}

#[test]
fn what_a_report_shows_is_decided_on_and_fed_back() {
    let files: [(&str, &[u8]); 4] = [
        ("a.txt", b"Viktor Orlenko spoke in Minsk. Jean Kaboro met Maria Tavares."),
        ("b.txt", b"Victor Orlenko left Minsk on Monday. J. Kaboro stayed. Mario Tavarez is ill."),
        ("c.txt", b"Jacques Kaboro and Viktor Orlenka were seen."),
        ("report.html", b"old"),
    ];
    let dir = folder("report", &files);
    let report = path(&dir, "report.html");
    let texts: Vec<String> = ["a.txt", "b.txt", "c.txt"].iter().map(|file| path(&dir, file)).collect();
    let make = |decisions: Option<&str>| {
        let mut arguments = vec!["--format", "html", "--out", &report];
        arguments.extend(decisions.iter().flat_map(|file| ["--decisions", file]));
        arguments.extend(texts.iter().map(String::as_str));
        let output = run("resolve", &arguments);
        assert_eq!((status(&output), out(&output).as_str()), (0, ""), "{}", err(&output));
        fs::read_to_string(&report).expect("a report")
    };
    let page = make(None);
    assert_eq!(fs::read_dir(&dir).expect("a folder").count(), 4, "a partial file is left");
    assert_eq!(shown(&page, "documents")[0][0].as_str(), Some(texts[0].as_str()));
    assert_eq!(shown(&page, "t0").as_str().map(str::as_bytes), Some(files[0].1));
    let reviewed = shown(&page, "review");
    let reviewed = reviewed.as_array().expect("a list");
    assert!(reviewed.len() >= 2, "{reviewed:?}");
    let log = path(&dir, "log.jsonl");
    // The entities that bear a name, by their places.
    let bearers = |page: &str, name: &str| -> Vec<usize> {
        let entities = shown(page, "entities");
        let entities = entities.as_array().expect("a list");
        let has = |e: &Value| e[4].as_array().is_some_and(|all| all.iter().any(|alias| alias[0] == name));
        (0..entities.len()).filter(|&i| has(&entities[i])).collect()
    };
    for item in reviewed {
        let kind =
            shown(&page, "words")["kinds"][item[1].as_u64().map_or(9, |k| usize::try_from(k).unwrap_or(9))].clone();
        let (left, right) = (item[2][0].as_str().expect("a name"), item[3][0].as_str().expect("a name"));
        let merged = item[0] == "merged";
        let verdict = if merged { "different" } else { "same" };
        let side = |name: &str| serde_json::json!({ "kind": kind, "name": name });
        let line = serde_json::json!({ "decision": verdict, "left": side(left), "right": side(right) });
        fs::write(&log, format!("{line}\n")).expect("a log");
        let again = make(Some(&log));
        let one = bearers(&again, left).iter().any(|e| bearers(&again, right).contains(e));
        assert_eq!(one, !merged, "{line}");
    }
    let nowhere = run("resolve", &["--format", "html", "--out", &path(&dir, "no/such/folder.html"), &texts[0]]);
    assert_eq!(status(&nowhere), 2);
    assert!(err(&nowhere).contains("folder.html"), "{}", err(&nowhere));
}

#[test]
fn an_index_takes_documents_decisions_and_removals() {
    let files: [(&str, &[u8]); 2] =
        [("a.txt", b"Viktor Orlenko spoke in Minsk."), ("b.txt", b"Victor Orlenko left Minsk on Monday.")];
    let dir = folder("index", &files);
    let (file, a, b) = (path(&dir, "news.index"), path(&dir, "a.txt"), path(&dir, "b.txt"));
    let first = run("index", &["--file", &file, &a, &b]);
    assert_eq!(status(&first), 0, "{}", err(&first));
    assert!(out(&first).contains("\"change\":\"created\""), "{}", out(&first));
    let table = |output: &Output| out(output).lines().filter(|l| l.contains("Orlenko")).count();
    assert_eq!(table(&run("index", &["--file", &file, "--show"])), 1);
    let apart = r#"{"decision":"different","left":{"kind":"person","name":"Viktor Orlenko"},"right":{"kind":"person","name":"Victor Orlenko"}}"#;
    let decided = run("index", &["--file", &file, "--decide", apart]);
    assert!(out(&decided).contains("split_from") || out(&decided).contains("created"), "{}", out(&decided));
    assert_eq!(table(&run("index", &["--file", &file, "--show"])), 2);
    assert_eq!(table(&run("index", &["--file", &file, "--remove", &b, "--show"])), 1);
    assert_eq!(status(&run("index", &["--file", &file, "--remove", &b])), 2);
    fs::write(&file, b"something else").expect("the same file");
    let refused = run("index", &["--file", &file, "--show"]);
    assert_eq!(status(&refused), 2);
    assert!(err(&refused).contains("it does not begin as the file of an index does"), "{}", err(&refused));
}

#[test]
fn a_review_shows_both_sides_and_the_lines_to_decide_with() {
    let dir = folder(
        "review",
        &[
            ("a.txt", b"Viktor Orlenko spoke. The Front for Northern Renewal (FNR) agreed."),
            ("b.txt", b"Victor Orlenka left."),
        ],
    );
    let output = run("review", &[&path(&dir, "a.txt"), &path(&dir, "b.txt")]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    for wanted in [
        "[Viktor Orlenko]",
        "[Victor Orlenka]",
        "{\"decision\":\"same\"",
        "{\"decision\":\"different\"",
        "FNR beside Front for Northern Renewal",
    ] {
        assert!(out(&output).contains(wanted), "{wanted}: {}", out(&output));
    }
    let rows = out(&run("review", &["--rows", &path(&dir, "a.txt")]));
    assert!(rows.contains("\torganization\tacronym\tFNR\t"), "{rows}");
}

#[test]
fn import_writes_whole_tables_or_none() {
    let place = "1\tHama\tHama\t\t35.1\t36.7\tP\tPPLA\tSY\t\t05\t\t\t\t460602\t\t300\tAsia/Damascus\t2020-01-01\n";
    let broken = format!("{place}2\tHoms\n");
    let dir = folder("import", &[("good.txt", place.as_bytes()), ("bad.txt", broken.as_bytes()), ("old.tsv", b"old")]);
    let (good, bad, table) = (path(&dir, "good.txt"), path(&dir, "bad.txt"), path(&dir, "old.tsv"));
    let refused = run("import", &["geonames", &bad, "--out", &table]);
    assert_eq!(status(&refused), 2, "{}", err(&refused));
    assert!(err(&refused).contains("bad.txt:2: 2 columns, not 19"), "{}", err(&refused));
    assert_eq!(fs::read(&table).expect("it is still there"), b"old");
    assert_eq!(fs::read_dir(&dir).expect("a folder").count(), 3, "a partial file is left");
    let done = run("import", &["geonames", &good, "--min-population", "500", "--out", &table]);
    assert_eq!((status(&done), out(&done).as_str()), (0, ""), "{}", err(&done));
    assert_eq!(err(&done), "1 records read, 1 entities and 1 names kept\n");
    let written = fs::read_to_string(&table).expect("a table");
    assert!(written.ends_with("\ngeonames-1\tplace\tcanonical\tHama\t\t\t\t\t5\t\tgeonames\n"), "{written}");
    let piped = run_with("import", &["geonames", "-"], place.as_bytes());
    assert_eq!((status(&piped), out(&piped)), (0, written));
    for bad in [
        &["geonames"][..],
        &["gazetteer", &good],
        &["geonames", &good, "--rank", "3"],
        &["geonames", &good, "--min-population", "many"],
        &["csv", &good, "--column", "name"],
        &["ofac", "no-such-file.csv"],
    ] {
        let refused = run("import", bad);
        assert_eq!((status(&refused), out(&refused).as_str()), (2, ""), "{bad:?}");
        assert!(!err(&refused).is_empty(), "{bad:?}");
    }
}

#[test]
fn a_list_gets_an_id_for_each_name() {
    let list = "type,note,name\r\nPER,a,Khalifa Haftar\r\nPER,\"b, c\",\"Hifter, Khalifa\"\nLOC,d,Harem\nXYZ,e,Nobody\nPER,f,Saddam Haftar\n";
    let dir = folder("dedupe", &[("list.csv", list.as_bytes())]);
    let (names, made) = (path(&dir, "list.csv"), path(&dir, "out.csv"));
    let output = run("dedupe", &["--names", &names]);
    assert_eq!(status(&output), 1, "{}", err(&output));
    assert!(err(&output).contains("list.csv:5: unknown type 'XYZ'"), "{}", err(&output));
    let text = out(&output);
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(rows[0], "name,type,entity");
    let id = |row: usize| rows[row].rsplit(',').next().unwrap_or_default();
    assert!(rows[1].starts_with("Khalifa Haftar,PER,") && rows[2].starts_with("\"Hifter, Khalifa\",PER,"), "{text}");
    assert_eq!((id(1), rows.len()), (id(2), 5));
    assert!(id(4) != id(1) && rows[3].starts_with("Harem,LOC,"), "{text}");
    // What goes to a file is the same, and nothing else is left beside it.
    assert_eq!(status(&run("dedupe", &["--names", &names, "--out", &made])), 1);
    assert_eq!(fs::read_to_string(&made).expect("a file"), text);
    assert_eq!(fs::read_dir(&dir).expect("a folder").count(), 2);
    // A list that cannot be read leaves what was there before.
    fs::write(dir.join("open.csv"), "name,type\n\"Khalifa Haftar,PER\n").expect("a file");
    let output = run("dedupe", &["--names", &path(&dir, "open.csv"), "--out", &made]);
    assert_eq!((status(&output), out(&output).as_str()), (2, ""));
    assert!(err(&output).contains("open.csv"), "{}", err(&output));
    assert_eq!(fs::read_to_string(&made).expect("a file"), text);
}

#[cfg(unix)]
#[test]
fn a_list_that_is_stopped_leaves_no_file() {
    let row = |i: usize| {
        let (given, family) = ("abcdefgh".repeat(1 + i % 3), "lmnoprst".repeat(1 + i / 3_000));
        format!("Jean{given} Kaboro{family},PER\nOmar{i} Diaby,PER\n")
    };
    let list: String = std::iter::once("name,type\n".to_owned()).chain((0..60_000).map(row)).collect();
    let dir = folder("stopped", &[("list.csv", list.as_bytes())]);
    let (names, made) = (path(&dir, "list.csv"), path(&dir, "out.csv"));
    let mut child = Command::new(example("dedupe"))
        .args(["--names", &names, "--out", &made, "--progress"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example runs");
    // It listens once it has said something.
    let mut said = [0; 1];
    let mut told = child.stderr.take().expect("a pipe");
    std::io::Read::read_exact(&mut told, &mut said).expect("progress");
    let stop = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(stop.success());
    // Whoever does not read on blocks it.
    std::io::copy(&mut told, &mut std::io::sink()).expect("progress");
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    let left: Vec<_> = fs::read_dir(&dir).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["list.csv"]);
}
