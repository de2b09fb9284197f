//! The same documents, in any order and on any number of threads, give the same entities.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use allonym::{Corpus, EntityKind, Extraction, Extractor, Mention, Resolution, Resolver, export};

/// The sample articles, and documents built for what is most easily decided by whoever comes first: brothers, two towns
/// of one name, two people of one name, a short form that two people share, a table entity under several names.
fn documents() -> Vec<Extraction> {
    let extractor = Extractor::embedded();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let mut out: Vec<Extraction> = Vec::new();
    for entry in fs::read_dir(folder).expect("the sample articles are there") {
        let path = entry.expect("a readable folder").path();
        let text = fs::read_to_string(&path).expect("a readable article");
        out.push(extractor.extract(&path.file_name().unwrap_or_default().to_string_lossy(), &text));
    }
    assert!(out.len() >= 5, "only {} sample articles", out.len());
    for (id, text) in [
        ("b1", "Khalifa Haftar met Saddam Haftar, his son, in Benghazi. Haftar then left. Haftar said nothing."),
        ("b2", "Saddam Hifter spoke in Tripoli, Libya. Khaled Haftar, brother of Saddam Haftar, was absent."),
        ("b3", "The mayor of Odessa, Texas, met nobody. Odesa, Ukraine, was shelled on Monday. Odessa was quiet."),
        ("b4", "Jean Kaboro spoke. Marie Kaboro left. Kaboro is ill, the Front for Northern Renewal (FNR) said."),
        ("b5", "The FNR denied it. Jean Kaborou, a spokesman, and Kaboro's wife were seen in Zamtesh province."),
        ("b6", "Zamtech was taken by the Front for the Renewal of the North. Jean-Paul Kaboro was wounded."),
    ] {
        out.push(extractor.extract(id, text));
    }
    let person = |name: &str| Mention::new(name, EntityKind::Person);
    out.push(Extraction::new(
        "list-1",
        vec![person("Omar Omsin"), person("Omsen"), person("Kaboro"), person("Haftar")],
    ));
    out.push(Extraction::new(
        "list-2",
        vec![person("Omar Omsan"), person("Omer Omsen"), person("Jan Kaboro"), person("Omsen")],
    ));
    out
}

fn resolve(documents: &[Extraction]) -> (Corpus, Resolution) {
    let corpus: Corpus = documents.iter().cloned().collect();
    let resolution = Resolver::embedded().resolve(&corpus);
    (corpus, resolution)
}

/// Everything of the entities and links that does not count documents by their place, as text.
fn picture(corpus: &Corpus, resolution: &Resolution) -> String {
    let mut out = String::new();
    for entity in resolution.entities() {
        let mut mentions: Vec<(&str, usize)> =
            entity.mentions.iter().map(|m| (corpus.documents()[m.document].id.as_str(), m.mention)).collect();
        mentions.sort_unstable();
        let aliases: Vec<String> = entity.aliases.iter().map(|a| format!("{} {}", a.text, a.count)).collect();
        let documents = entity.documents();
        let (id, name, table) = (&entity.id, &entity.name, &entity.table_id);
        writeln!(out, "{id} {name} {table:?} {aliases:?} {documents} {mentions:?}").expect("a string takes all");
    }
    for link in resolution.links() {
        writeln!(out, "{link:?}").expect("a string takes all");
    }
    let of = |m: &allonym::resolve::MentionRef| (corpus.documents()[m.document].id.as_str(), m.mention);
    let mut ambiguous: Vec<_> =
        resolution.ambiguous().iter().map(|a| (of(&a.mention), &a.candidates, &a.chosen)).collect();
    assert!(!ambiguous.is_empty(), "the documents have short forms that two share");
    ambiguous.sort();
    writeln!(out, "{ambiguous:?}").expect("a string takes all");
    out
}

/// The JSON output with its documents in the order of their ids.
fn json(corpus: &Corpus, resolution: &Resolution) -> Vec<u8> {
    let mut out = Vec::new();
    export::json(corpus, resolution, &mut out).expect("writing to memory");
    let mut value: serde_json::Value = serde_json::from_slice(&out).expect("the output is JSON");
    let documents = value["documents"].as_array_mut().expect("a list of documents");
    documents.sort_by_key(|d| d["id"].as_str().map(str::to_owned));
    serde_json::to_vec(&value).expect("a value is JSON")
}

/// Shuffles by a seed (xorshift, Fisher-Yates).
fn shuffle<T>(items: &mut [T], mut seed: u64) {
    for i in (1..items.len()).rev() {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let j = usize::try_from(seed % (i as u64 + 1)).unwrap_or(0);
        items.swap(i, j);
    }
}

#[test]
fn every_rotation_gives_the_same() {
    let mut documents = documents();
    let (corpus, resolution) = resolve(&documents);
    let (picture_first, json_first) = (picture(&corpus, &resolution), json(&corpus, &resolution));
    for turn in 1..documents.len() {
        documents.rotate_left(1);
        let (corpus, resolution) = resolve(&documents);
        assert_eq!(picture(&corpus, &resolution), picture_first, "rotated by {turn}");
        assert!(json(&corpus, &resolution) == json_first, "JSON rotated by {turn}");
    }
}

#[test]
fn shuffles_give_the_same() {
    let mut documents = documents();
    let (corpus, resolution) = resolve(&documents);
    let (picture_first, json_first) = (picture(&corpus, &resolution), json(&corpus, &resolution));
    for seed in 1..=12 {
        shuffle(&mut documents, seed * 0x9e37_79b9);
        let (corpus, resolution) = resolve(&documents);
        assert_eq!(picture(&corpus, &resolution), picture_first, "seed {seed}");
        assert!(json(&corpus, &resolution) == json_first, "JSON, seed {seed}");
    }
}

#[test]
fn documents_sorted_first_give_the_same_bytes() {
    let mut documents = documents();
    let bytes = |documents: &[Extraction]| {
        let mut sorted = documents.to_vec();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let (corpus, resolution) = resolve(&sorted);
        let mut out = Vec::new();
        export::json(&corpus, &resolution, &mut out).expect("writing to memory");
        out
    };
    let first = bytes(&documents);
    shuffle(&mut documents, 77);
    assert!(bytes(&documents) == first);
}

#[test]
fn several_threads_at_once_give_the_same() {
    let documents = documents();
    let (corpus, resolution) = resolve(&documents);
    let expected = json(&corpus, &resolution);
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let (c, r) = resolve(&documents);
                    json(&c, &r)
                })
            })
            .collect();
        for run in runs {
            assert!(run.join().expect("no panic") == expected);
        }
    });
}

#[cfg(feature = "parallel")]
#[test]
fn pools_of_any_size_give_the_same() {
    let documents = documents();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a thread pool");
        pool.install(|| {
            let (corpus, resolution) = resolve(&documents);
            let mut out = Vec::new();
            export::json(&corpus, &resolution, &mut out).expect("writing to memory");
            out
        })
    };
    let one = run(1);
    for threads in [2, 4, 7] {
        assert!(run(threads) == one, "{threads} threads");
    }
}

#[test]
fn extraction_in_threads_gives_the_same() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles/03-magazine.txt"))
        .expect("a readable article");
    let expected = Extractor::embedded().extract("a", &text);
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| Extractor::embedded().extract("a", &text))).collect();
        for run in runs {
            assert_eq!(run.join().expect("no panic"), expected);
        }
    });
}

/// Ids, names, aliases and links of the entities that some documents mention.
fn of_documents(corpus: &Corpus, resolution: &Resolution, ids: &[String]) -> Vec<String> {
    let mine = |m: &allonym::resolve::MentionRef| ids.contains(&corpus.documents()[m.document].id);
    let mut out: Vec<String> = Vec::new();
    for entity in resolution.entities().iter().filter(|e| e.mentions.iter().any(mine)) {
        let links: Vec<String> =
            resolution.links().iter().filter(|l| l.entity == entity.id).map(|l| format!("{l:?}")).collect();
        out.push(format!("{} {} {:?} {:?} {links:?}", entity.id, entity.name, entity.table_id, entity.aliases));
    }
    out.sort();
    out
}

#[test]
fn unrelated_documents_change_nothing() {
    let documents = documents();
    let ids: Vec<String> = documents.iter().map(|d| d.id.clone()).collect();
    let (corpus, resolution) = resolve(&documents);
    let expected = of_documents(&corpus, &resolution, &ids);
    let mut more = Vec::new();
    let (givens, families) =
        (["Vopel", "Trusk", "Ylmor", "Quixa", "Brund"], ["Wexlop", "Jurtz", "Pellbrook", "Xandrup", "Fyrgold"]);
    for i in 0..1_000 {
        let (given, family) = (givens[i % 5], families[i / 5 % 5]);
        let town = format!("{}burg", ["Klempt", "Vrost", "Wulp", "Grimsl", "Plunk"][i / 200]);
        let mentions = vec![
            Mention::new(format!("{given} {family}"), EntityKind::Person),
            Mention::new(family, EntityKind::Person),
            Mention::new(town, EntityKind::Place),
        ];
        more.push(Extraction::new(format!("unrelated-{i}"), mentions));
    }
    let mut all = documents;
    for (i, document) in more.into_iter().enumerate() {
        // Some before, some between, some after.
        all.insert((i * 7) % (all.len() + 1), document);
    }
    let (corpus, resolution) = resolve(&all);
    assert_eq!(of_documents(&corpus, &resolution, &ids), expected);
}
