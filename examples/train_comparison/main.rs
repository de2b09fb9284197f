//! Learns what each observation of the comparison counts for, and writes `data/names/comparison.tsv`.
//!
//! `cargo run --release --example train_comparison -- ../shared/names/train data/names/comparison.tsv > comparison.new`
//!
//! Reads the table's weights with where they start and between what they must stay, and moves one after the other, by
//! steps that grow while they help and shrink when they do not, so that the mean surprise at the training pairs falls.
//! `person`, `place` or `organization` after the two learns that kind alone. The weights of `data/names/spelling.tsv` must
//! be there already. The same input gives the same bytes; it takes five minutes on two cores.

#[path = "../common/csv.rs"]
mod csv;

use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::thread;

use allonym::{EntityKind, PreparedName, Weights};
use csv::Sheet;

/// The sets, and how much each counts. Territories are mostly exonyms that no spelling finds, `tok_latin_pivot` is a
/// fifth noise, and parts alone are worth less here than whole names: they have taught the spelling.
const SETS: [(&str, f64); 16] = [
    ("loc_wof_cross", 1.0),
    ("loc_wof_latin", 1.0),
    ("org_ofac_latin", 1.0),
    ("org_ror_latin", 1.0),
    ("per_congress_latin", 1.0),
    ("per_everypolitician_cross", 1.0),
    ("per_everypolitician_latin", 1.0),
    ("per_hebrew_wdfull", 0.7),
    ("per_korean_wdfull", 2.0),
    ("per_ofac_latin", 1.5),
    ("tok_arabic_wd", 0.3),
    ("tok_chinese_wd", 0.3),
    ("tok_hebrew_wd", 0.3),
    ("tok_katakana_wd", 0.3),
    ("tok_korean_wd", 0.3),
    ("tok_russian_wd", 0.3),
];
/// Pairs of a set beyond about these are left out, evenly: more change no weight by more than a few thousandths.
const MOST_PAIRS: usize = 4_000;
/// How often each weight is tried.
const ROUNDS: usize = 30;
/// The first step of each weight, and the smallest that is still tried.
const FIRST_STEP: i32 = 400;
const LEAST_STEP: i32 = 12;

struct Pair {
    left: PreparedName,
    right: PreparedName,
    same: bool,
    share: f64,
}

/// A weight as the table has it.
struct Row {
    name: String,
    weight: i32,
    start: i32,
    least: i32,
    most: i32,
    what: String,
    step: i32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(table)) = (arguments.next(), arguments.next()) else {
        return Err("give the folder of training names and the table of weights".into());
    };
    let kinds: Vec<String> = arguments.collect();
    let text = fs::read_to_string(&table)?;
    let mut weights = Weights::from_tsv(&table, &text)?;
    let mut rows = rows(&text)?;
    let chosen = |kind: &EntityKind| kinds.is_empty() || kinds.iter().any(|k| k == kind.word());
    for kind in [EntityKind::Person, EntityKind::Place, EntityKind::Organization].into_iter().filter(chosen) {
        for row in rows.iter_mut().filter(|r| r.name.starts_with(kind.word())) {
            row.weight = row.start;
            set(&mut weights, row);
        }
        let mut pairs = read(&folder, kind)?;
        if kind == EntityKind::Person {
            let more = siblings(&pairs);
            pairs.extend(more);
        }
        learn(&pairs, &mut rows, &mut weights, kind.word());
    }
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "name\tweight\tstart\tleast\tmost\twhat")?;
    for row in &rows {
        writeln!(out, "{}\t{}\t{}\t{}\t{}\t{}", row.name, row.weight, row.start, row.least, row.most, row.what)?;
    }
    Ok(out.flush()?)
}

fn rows(text: &str) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut rows = Vec::new();
    for (i, line) in text.lines().enumerate().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, weight, start, least, most, what] = fields[..] else {
            return Err(format!("line {}: not six columns", i + 1).into());
        };
        rows.push(Row {
            name: name.to_owned(),
            weight: weight.parse()?,
            start: start.parse()?,
            least: least.parse()?,
            most: most.parse()?,
            what: what.to_owned(),
            step: FIRST_STEP,
        });
    }
    Ok(rows)
}

fn set(weights: &mut Weights, row: &Row) {
    if let Some(slot) = weights.get_mut(&row.name) {
        *slot = row.weight;
    }
}

fn read(folder: &str, kind: EntityKind) -> Result<Vec<Pair>, Box<dyn Error>> {
    let mut pairs = Vec::new();
    for (set, share) in SETS {
        let file = format!("{folder}/{set}.csv");
        let sheet = Sheet::parse(&file, &fs::read_to_string(&file)?, &["type", "name1", "name2", "is_match"])?;
        let place = |column| sheet.column(column).unwrap_or_default();
        let (of, one, two, truth) = (place("type"), place("name1"), place("name2"), place("is_match"));
        let is_kind = |row: &&csv::Record| row.fields[of].parse().is_ok_and(|of: EntityKind| of == kind);
        // Matches and others stand in a pattern: rows are drawn by a multiplicative hash of their place.
        let place_of = |i: usize| (i as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let share_drawn = ((MOST_PAIRS as u64) << 32) / (sheet.rows.len() as u64).max(1);
        let drawn = sheet.rows.iter().enumerate().filter(|(i, _)| place_of(*i) < share_drawn);
        let rows: Vec<_> = drawn.map(|(_, row)| row).filter(is_kind).collect();
        for row in &rows {
            let name = |column: usize| PreparedName::new(&row.fields[column], kind);
            let share = share / rows.len() as f64;
            pairs.push(Pair { left: name(one), right: name(two), same: row.fields[truth] == "1", share });
        }
    }
    Ok(pairs)
}

/// How much the siblings count, of all sets together.
const SIBLINGS: f64 = 1.0;

/// Names of two people who share all parts but one: a given name is that of somebody else. Lists of aliases hold few of
/// these, for their names were chosen by likeness; brothers, and fathers and sons, are whom a wrong merge accuses.
fn siblings(pairs: &[Pair]) -> Vec<Pair> {
    let words =
        |name: &PreparedName| -> Vec<String> { name.name().surface.split_whitespace().map(str::to_owned).collect() };
    let whole = |name: &PreparedName| {
        let plain = |c: char| c.is_ascii_alphabetic() || c == ' ';
        name.name().surface.chars().all(plain) && (2..=4).contains(&name.name().parts.len())
    };
    let names: Vec<&PreparedName> = pairs.iter().map(|p| &p.left).filter(|name| whole(name)).collect();
    let count = names.len().min(MOST_PAIRS);
    let mut out = Vec::with_capacity(count);
    for (i, name) in names.iter().enumerate().take(count) {
        // Another name of the list, as far away as any; the middle part of every other longer name.
        let other = words(names[(i + names.len() / 2) % names.len()]);
        let mut changed = words(name);
        let place = usize::from(changed.len() > 2 && i % 2 == 0);
        let Some(given) = other.first().filter(|given| !changed.contains(given)) else { continue };
        changed[place].clone_from(given);
        let right = PreparedName::new(&changed.join(" "), EntityKind::Person);
        out.push(Pair { left: (*name).clone(), right, same: false, share: SIBLINGS / count as f64 });
    }
    out
}

/// The mean surprise at the pairs, in bits.
fn surprise(pairs: &[Pair], weights: &Weights) -> f64 {
    let part = |pairs: &[Pair]| -> f64 {
        let one = |pair: &Pair| {
            let odds = f64::from(pair.left.weight_with(&pair.right, weights)) / 1_000.0;
            let against = if pair.same { -odds } else { odds };
            // A pair that is wrongly labelled must not move the weights far.
            pair.share * (1.0 + against.exp2()).log2().min(MOST_SURPRISE)
        };
        pairs.iter().map(one).sum()
    };
    // Halves are summed apart, whatever the number of threads, so that the sum is the same everywhere.
    let (first, second) = pairs.split_at(pairs.len() / 2);
    thread::scope(|scope| {
        let other = scope.spawn(|| part(second));
        part(first) + other.join().unwrap_or(f64::NAN)
    })
}

/// Bits of surprise that one pair may cause.
const MOST_SURPRISE: f64 = 14.0;

fn learn(pairs: &[Pair], rows: &mut [Row], weights: &mut Weights, kind: &str) {
    let mut best = surprise(pairs, weights);
    eprintln!("{kind}: {} pairs, {best:.4} bits", pairs.len());
    for round in 1..=ROUNDS {
        let began: Vec<i32> = rows.iter().map(|r| r.weight).collect();
        for row in rows.iter_mut().filter(|r| r.name.starts_with(kind)) {
            let before = row.weight;
            let mut moved = false;
            for step in [row.step, -row.step] {
                row.weight = (before + step).clamp(row.least, row.most);
                if row.weight == before {
                    continue;
                }
                set(weights, row);
                let now = surprise(pairs, weights);
                if now < best {
                    (best, moved) = (now, true);
                    // The next try goes on the same way first.
                    row.step = step * 3 / 2;
                    break;
                }
            }
            if !moved {
                row.weight = before;
                set(weights, row);
                row.step = if row.step.abs() > 2 * LEAST_STEP { row.step / 2 } else { row.step };
            }
        }
        // What the round has moved moves on together as long as that helps (Hooke and Jeeves, 1961): weights that hang
        // together are followed along the valley that single steps cross.
        let stride: Vec<i32> = rows.iter().zip(&began).map(|(row, before)| row.weight - before).collect();
        loop {
            let before: Vec<i32> = rows.iter().map(|r| r.weight).collect();
            for (row, stride) in rows.iter_mut().zip(&stride) {
                row.weight = (row.weight + stride).clamp(row.least, row.most);
                set(weights, row);
            }
            let now = surprise(pairs, weights);
            if now < best {
                best = now;
                continue;
            }
            for (row, before) in rows.iter_mut().zip(before) {
                row.weight = before;
                set(weights, row);
            }
            break;
        }
        eprintln!("  round {round}: {best:.4} bits");
    }
}
