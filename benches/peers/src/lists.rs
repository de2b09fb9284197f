//! Lists of names with known truth, and what gathers them.
//!
//! Three entities in ten have one name; the others have two to six, made of the first by what happens to names on their way:
//! other romanizations, other scripts, initials, the family name first, slips of the keyboard.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use allonym::resolve::Dedupe;
use allonym::{EntityKind, Resolver, Tables};

use crate::input::Seeded;
use crate::growth;
use crate::measure::{self, megabytes, number, table};
use crate::{Failure, Options};

const SIZES: [usize; 7] = [10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000];

/// A name and the number of what it names.
pub struct Row {
    pub name: String,
    pub truth: usize,
}

const BEGINS: [&str; 40] = [
    "ab", "akh", "al", "an", "ba", "be", "bou", "che", "da", "dmi", "do", "el", "fa", "fer", "ga", "gho", "ha", "hus",
    "ib", "ja", "ka", "kha", "kir", "la", "ma", "mou", "na", "nou", "ol", "pe", "qa", "ra", "sa", "she", "ta", "tch",
    "va", "ya", "yu", "za",
];
const MIDDLES: [&str; 30] = [
    "ba", "de", "di", "fi", "ga", "hi", "ja", "ki", "la", "li", "lo", "ma", "mi", "na", "ne", "ni", "ou", "ra", "ri",
    "ro", "sa", "sh", "si", "ta", "ti", "va", "vi", "ya", "za", "zi",
];
const ENDS: [&str; 24] = [
    "b", "d", "ddin", "di", "ev", "f", "i", "in", "k", "l", "lah", "m", "n", "ni", "nko", "ov", "r", "s", "sky", "t",
    "wi", "y", "yan", "z",
];

/// What romanizations write for one another.
const SPELLINGS: [(&str, &str); 14] = [
    ("kh", "h"),
    ("sh", "ch"),
    ("ou", "u"),
    ("dd", "d"),
    ("sky", "ski"),
    ("ev", "yev"),
    ("wi", "oui"),
    ("q", "k"),
    ("gh", "g"),
    ("y", "i"),
    ("ya", "ia"),
    ("lah", "la"),
    ("tch", "ch"),
    ("e", "i"),
];

/// Latin letters in Cyrillic, the longer first.
const CYRILLIC: [(&str, &str); 34] = [
    ("tch", "ч"),
    ("sky", "ский"),
    ("kh", "х"),
    ("sh", "ш"),
    ("ch", "ч"),
    ("gh", "г"),
    ("ou", "у"),
    ("ya", "я"),
    ("yu", "ю"),
    ("ev", "ев"),
    ("a", "а"),
    ("b", "б"),
    ("c", "к"),
    ("d", "д"),
    ("e", "е"),
    ("f", "ф"),
    ("g", "г"),
    ("h", "х"),
    ("i", "и"),
    ("j", "дж"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("q", "к"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("v", "в"),
    ("w", "в"),
    ("z", "з"),
];

/// So many names of people, in no order.
pub fn generate(count: usize, seed: u64) -> Vec<Row> {
    let mut seeded = Seeded::new(seed);
    let mut rows = Vec::with_capacity(count + 6);
    let mut truth = 0;
    while rows.len() < count {
        // A few thousand given names, and as many family names as it takes.
        let mut common = Seeded::new(seeded.below(3_000) as u64);
        let given = word(&mut common, 0);
        let middles = 1 + seeded.below(2);
        let family = word(&mut seeded, middles);
        let names = if seeded.below(10) < 3 { 1 } else { 2 + seeded.below(5) };
        for i in 0..names {
            let name = if i == 0 { written(&given, &family) } else { variant(&given, &family, &mut seeded) };
            rows.push(Row { name, truth });
        }
        truth += 1;
    }
    rows.truncate(count);
    seeded.shuffle(&mut rows);
    rows
}

fn word(seeded: &mut Seeded, middles: usize) -> String {
    let mut out = (*seeded.pick(&BEGINS)).to_owned();
    for _ in 0..middles {
        out.push_str(seeded.pick::<&str>(&MIDDLES));
    }
    out.push_str(seeded.pick::<&str>(&ENDS));
    out
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn written(given: &str, family: &str) -> String {
    format!("{} {}", capital(given), capital(family))
}

fn variant(given: &str, family: &str, seeded: &mut Seeded) -> String {
    match seeded.below(10) {
        0..4 => written(&respelled(given, seeded), &respelled(family, seeded)),
        4 => written(&cyrillic(given), &cyrillic(family)),
        5 => format!("{}. {}", capital(&given[..1]), capital(family)),
        6 => format!("{}, {}", capital(family), capital(given)),
        7 => written(given, &slipped(family, seeded)),
        8 => written(&slipped(given, seeded), family),
        _ => written(given, family),
    }
}

fn respelled(word: &str, seeded: &mut Seeded) -> String {
    let fitting: Vec<_> = SPELLINGS.iter().filter(|(from, _)| word.contains(from)).collect();
    if fitting.is_empty() {
        return word.to_owned();
    }
    let (from, to) = seeded.pick(&fitting);
    word.replacen(from, to, 1)
}

fn cyrillic(word: &str) -> String {
    let (mut rest, mut out) = (word, String::new());
    while let Some(first) = rest.chars().next() {
        let found = CYRILLIC.iter().find_map(|(latin, own)| rest.strip_prefix(latin).map(|after| (after, *own)));
        let (after, own) = found.unwrap_or((&rest[first.len_utf8()..], ""));
        out.push_str(own);
        rest = after;
    }
    out
}

/// One letter left out, doubled or changed with the next, not the first.
fn slipped(word: &str, seeded: &mut Seeded) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return word.to_owned();
    }
    let at = 1 + seeded.below(letters.len() - 2);
    match seeded.below(3) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

/// Writes a list as `name,type,truth`.
pub fn write(rows: &[Row], file: &Path) -> Result<(), Failure> {
    let mut out = String::from("name,type,truth\n");
    for row in rows {
        writeln!(out, "\"{}\",PER,{}", row.name.replace('"', "\"\""), row.truth)?;
    }
    Ok(fs::write(file, out)?)
}

/// Reads such a list: three fields, of which only the name is quoted.
pub fn read(file: &Path) -> Result<Vec<Row>, Failure> {
    let text = fs::read_to_string(file)?;
    let row = |line: &str| {
        let (rest, truth) = line.rsplit_once(',')?;
        let (name, _) = rest.rsplit_once(',')?;
        let name = name.trim_matches('"').replace("\"\"", "\"");
        Some(Row { name, truth: truth.parse().ok()? })
    };
    text.lines().skip(1).map(|line| row(line).ok_or_else(|| format!("a row that is none: {line}").into())).collect()
}

/// How well some names are gathered, pair by pair: precision, recall and their harmonic mean.
pub fn score(found: &[usize], truth: &[usize]) -> [f64; 3] {
    let pairs = |count: u64| count * (count - 1) / 2;
    let sum = |counts: &BTreeMap<(usize, usize), u64>| counts.values().map(|count| pairs(*count)).sum::<u64>() as f64;
    let (mut both, mut of_found, mut of_truth) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (found, truth) in found.iter().zip(truth) {
        *both.entry((*found, *truth)).or_insert(0) += 1;
        *of_found.entry((*found, 0)).or_insert(0) += 1;
        *of_truth.entry((*truth, 0)).or_insert(0) += 1;
    }
    let right = sum(&both);
    let (precision, recall) = (right / sum(&of_found).max(1.0), right / sum(&of_truth).max(1.0));
    [precision, recall, 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)]
}

pub fn run(options: &Options) -> Result<(), Failure> {
    let (mut rows, mut points) = (Vec::new(), Vec::new());
    for size in options.sizes(&SIZES, 1_000_000) {
        let file = options.folder.join(format!("list-{size}.csv"));
        write(&generate(size, 5), &file)?;
        let printed = measure::child(&["lists", &file.to_string_lossy()])?;
        let [time, peak, entities, scores @ ..] = &printed[..] else { return Err("no figures".into()) };
        let seconds = *time as f64 / 1e6;
        points.push((size as f64, seconds));
        growth::note(options, "dedupe", size, seconds, *peak)?;
        let mut row = vec![measure::count(size), number(seconds), number(size as f64 / seconds)];
        row.extend([megabytes(*peak), measure::count(usize::try_from(*entities)?)]);
        row.extend(scores.iter().map(|score| format!("{:.3}", *score as f64 / 1e6)));
        rows.push(row);
    }
    let head = ["names", "s", "names/s", "peak, MB", "entities", "precision", "recall", "F1"];
    table("Lists of names gathered by Dedupe, without tables, on one core; pairs of names", &head, &rows);
    if let Some(slope) = growth::slope(&points) {
        println!("\nTime grows with the number of names to the power of {slope:.2}");
    }
    Ok(())
}

/// Gathers a list; prints microseconds, bytes at most, entities, and the scores in millionths.
pub fn child(arguments: &[String]) -> Result<(), Failure> {
    let [file] = arguments else { return Err("a file".into()) };
    let rows = read(Path::new(file))?;
    let before = measure::memory("VmRSS");
    let (found, time) = measure::timed(|| {
        let mut list = Dedupe::new(&Resolver::new(Tables::none()));
        for row in &rows {
            list.push(&row.name, EntityKind::Person);
        }
        list.group()
    });
    let peak = measure::memory("VmHWM").saturating_sub(before);
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of = |row: usize| -> Result<usize, Failure> {
        let next = numbers.len();
        Ok(*numbers.entry(found.id(row).ok_or("a name without an id")?).or_insert(next))
    };
    let ids = (0..rows.len()).map(&mut of).collect::<Result<Vec<usize>, _>>()?;
    let truth: Vec<usize> = rows.iter().map(|row| row.truth).collect();
    let scores = score(&ids, &truth).map(|score| (score * 1e6).round());
    println!("{} {peak} {} {} {} {}", time.as_micros(), numbers.len(), scores[0], scores[1], scores[2]);
    Ok(())
}
