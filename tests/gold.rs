//! The gold documents of `../shared/gold`, where they are there: what `evaluate` must reach, and that it counts right.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The gold folder beside the checkout (or where `ALLONYM_GOLD` says), if it is there.
fn gold() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold");
    let dir = std::env::var_os("ALLONYM_GOLD").map_or(beside, PathBuf::from);
    if dir.join("seeds.jsonl").is_file() {
        return Some(dir);
    }
    println!("skipped: ../shared/gold is not here");
    None
}

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

fn evaluate(file: &Path, more: &[&str]) -> String {
    let output =
        Command::new(example("evaluate")).arg("--entities").arg(file).args(more).output().expect("evaluate runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

/// The number after a word of a line, the words of which a space parts.
fn after(line: &str, word: &str) -> f64 {
    let mut words = line.split_whitespace().map(|w| w.trim_matches([';', ',', '(', ')']));
    words.find(|w| *w == word).unwrap_or_else(|| panic!("no '{word}' in: {line}"));
    words.next().and_then(|w| w.parse().ok()).unwrap_or_else(|| panic!("no number after '{word}' in: {line}"))
}

/// Mention F1 and the mean over groups, from the last line.
fn figures(file: &Path, more: &[&str]) -> (f64, f64) {
    let output = evaluate(file, more);
    let last = output.lines().last().unwrap_or_default();
    assert!(last.starts_with("all:"), "{last}");
    (after(last, "F1"), after(last, "groups"))
}

#[test]
fn seeds_reach_their_figures() {
    let Some(gold) = gold() else { return };
    let (f1, mean) = figures(&gold.join("seeds.jsonl"), &[]);
    println!("seeds: mention F1 {f1}, mean {mean}");
    assert!(f1 >= 0.98, "mention F1 {f1} on the seeds");
    assert!(mean >= 0.98, "mean {mean} on the seeds");
    let (f1, mean) = figures(&gold.join("seeds.jsonl"), &["--tables", "none"]);
    println!("seeds without tables: mention F1 {f1}, mean {mean}");
}

#[test]
fn dossiers_reach_their_figures() {
    let Some(gold) = gold() else { return };
    let (f1, mean) = figures(&gold.join("dossiers.jsonl"), &[]);
    println!("dossiers: mention F1 {f1}, mean {mean}");
    assert!(f1 >= 0.80, "mention F1 {f1} on the dossiers");
    assert!(mean >= 0.75, "mean {mean} on the dossiers");
}

/// The names that comparison, a sentence and parentheses must join without any table.
#[test]
fn seeds_are_joined_without_tables() {
    let Some(gold) = gold() else { return };
    let extractor =
        allonym::Extractor::builder().tables(allonym::Tables::none()).build().unwrap_or_else(|e| panic!("{e}"));
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(gold.join("seeds")).expect("the raw texts").map(|e| e.expect("readable").path()).collect();
    paths.sort();
    let read = |path: &PathBuf| std::fs::read_to_string(path).expect("a readable text");
    let corpus: allonym::Corpus = paths.iter().map(|p| extractor.extract(&p.to_string_lossy(), &read(p))).collect();
    let resolution = allonym::Resolver::new(allonym::Tables::none()).resolve(&corpus);
    let of = |name: &str| -> Vec<&str> {
        let has = |e: &&allonym::Entity| e.aliases.iter().any(|a| a.text == name);
        resolution.entities().iter().filter(has).map(|e| e.id.as_str()).collect()
    };
    for (a, b) in [
        ("Omsen", "Omsin"),
        ("Omar Omsen", "Omar Omsin"),
        ("Harem", "Harim"),
        ("Ahmed al-Sharaa", "Ahmad al-Sharra"),
        ("Ahmed al-Sharaa", "Sharaa"),
        ("Omar Omsen", "Diaby"),
        ("SOHR", "Syrian Observatory for Human Rights"),
        ("HTS", "Hayat Tahrir al-Sham"),
        ("Bashar Assad", "Bashar al-Assad"),
    ] {
        assert!(
            !of(a).is_empty() && of(a) == of(b),
            "{a} {:?} and {b} {:?}\n{}",
            of(a),
            of(b),
            resolution.explain(a, b)
        );
    }
    let (one, two) = (of("Asaad al-Shibani"), of("Ahmed al-Sharaa"));
    assert!(!one.is_empty() && !two.is_empty() && one != two, "Asaad al-Shibani {one:?}, Ahmed al-Sharaa {two:?}");
}

#[test]
fn the_independent_score_agrees() {
    let Some(gold) = gold() else { return };
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = Command::new("python3").arg("--version").output().is_ok_and(|o| o.status.success());
    if !python || !project.join("target/release/examples/resolve").is_file() {
        println!("skipped: no python3, or target/release/examples/resolve is not built");
        return;
    }
    for file in ["seeds.jsonl", "dossiers.jsonl"] {
        let file = gold.join(file);
        let output =
            Command::new("python3").arg(gold.join("score.py")).arg(&file).arg("--project").arg(project).output();
        let output = output.expect("python3 runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let theirs = String::from_utf8(output.stdout).expect("output is UTF-8");
        let ours = evaluate(&file, &[]);
        // A line a group: its name, then the figures.
        for line in theirs.lines().filter(|l| l.contains(" MUC ")) {
            let group = line.split_whitespace().next().unwrap_or_default();
            let mine = ours.lines().find(|l| l.split_whitespace().next() == Some(group) && l.contains(" MUC "));
            let mine = mine.unwrap_or_else(|| panic!("evaluate has no group {group}"));
            for (word, other) in [
                ("P", "P"),
                ("R", "R"),
                ("F1", "F1"),
                ("MUC", "MUC"),
                ("B3", "B3"),
                ("CEAFe", "CEAFe"),
                ("mean", "CoNLL"),
            ] {
                let (a, b) = (after(mine, word), after(line, other));
                assert!(
                    (a - b).abs() < 0.0015,
                    "{group} {word}: {a} here, {b} there\n{mine}\n{line}\n(is target/release older than the sources?)"
                );
            }
        }
    }
}
