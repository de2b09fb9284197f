//! Invented names and news that hold some of them, for the search.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::input::Seeded;

const SYLLABLES: [&str; 60] = [
    "ba", "be", "bo", "bra", "chi", "da", "de", "di", "do", "dri", "fa", "fe", "ga", "gho", "go", "ha", "hi", "ja",
    "jo", "ka", "ke", "ki", "kho", "la", "le", "li", "lo", "lu", "ma", "me", "mi", "mo", "na", "ne", "ni", "no", "pa",
    "pe", "ra", "re", "ri", "ro", "sa", "se", "sha", "si", "so", "ta", "te", "ti", "to", "tra", "va", "vi", "wa", "ya",
    "yu", "za", "ze", "zi",
];
const ENDS: [&str; 12] = ["n", "r", "s", "ni", "di", "v", "wi", "sky", "m", "l", "", "t"];
const BODIES: [&str; 8] = ["Council", "Party", "Agency", "University", "Front", "Committee", "Bank", "Institute"];
const MATTERS: [&str; 8] = ["Press", "Water", "Trade", "Health", "Liberation", "Security", "Education", "Development"];
/// How many given names there are; few of them are most people's.
const GIVEN: usize = 4_000;

/// Everyday words, the commonest first.
fn words() -> Vec<&'static str> {
    let sheet = include_str!("../../../data/common_words.tsv");
    let mut rows: Vec<(usize, &str)> = sheet
        .lines()
        .skip(1)
        .filter_map(|row| {
            let mut fields = row.split('\t');
            let word = fields.next()?;
            Some((fields.next()?.parse().ok()?, word))
        })
        .collect();
    rows.sort_by_key(|(count, word)| (std::cmp::Reverse(*count), *word));
    rows.into_iter().map(|(_, word)| word).collect()
}

/// A number below `end`, small ones the most often, as words and given names are.
fn seldom(seeded: &mut Seeded, end: usize) -> usize {
    let part = seeded.below(1 << 20) as f64 / f64::from(1 << 20);
    ((end as f64).powf(part) - 1.0) as usize % end
}

fn word(out: &mut String, seeded: &mut Seeded, syllables: usize) {
    let begin = out.len();
    for _ in 0..syllables {
        out.push_str(seeded.pick::<&str>(&SYLLABLES));
    }
    out.push_str(seeded.pick::<&str>(&ENDS));
    out[begin..=begin].make_ascii_uppercase();
    if seeded.once_in(30) {
        let accented = out[begin..].replacen('a', "á", 1).replacen('o', "ö", 1);
        out.truncate(begin);
        out.push_str(&accented);
    }
}

/// Three names in four are a person's, of two words or three; the others are places of one word and bodies of several.
fn name(seeded: &mut Seeded) -> String {
    let mut name = String::new();
    let given = |name: &mut String, seeded: &mut Seeded| {
        let number = seldom(seeded, GIVEN);
        word(name, &mut Seeded::new(number as u64), 1 + number % 2);
    };
    match seeded.below(20) {
        0..15 => {
            given(&mut name, seeded);
            name.push(' ');
            if seeded.once_in(6) {
                given(&mut name, seeded);
                name.push(' ');
            }
            if seeded.once_in(12) {
                name.push_str("al-");
            }
            let syllables = 2 + seeded.below(3);
            word(&mut name, seeded, syllables);
        }
        15..18 => {
            let syllables = 3 + seeded.below(2);
            word(&mut name, seeded, syllables);
        }
        _ => {
            let syllables = 2 + seeded.below(3);
            word(&mut name, seeded, syllables);
            let _ = write!(name, " {} {}", seeded.pick(&MATTERS), seeded.pick(&BODIES));
        }
    }
    name
}

/// Different names.
pub fn list(count: usize) -> Vec<String> {
    let mut seeded = Seeded::new(2_024);
    let mut known = BTreeSet::new();
    let mut out = Vec::with_capacity(count);
    while out.len() < count {
        let name = name(&mut seeded);
        if known.insert(name.clone()) {
            out.push(name);
        }
    }
    out
}

/// News of so many bytes: a name for about every twenty words, half of them from the list.
pub fn news(bytes: usize, listed: &[String]) -> String {
    let mut seeded = Seeded::new(7);
    let words = words();
    let mut text = String::with_capacity(bytes + 1_000);
    while text.len() < bytes {
        for _ in 0..2 + seeded.below(5) {
            sentence(&mut text, &mut seeded, &words, listed);
            text.push(' ');
        }
        text.push_str("\n\n");
    }
    text
}

fn sentence(text: &mut String, seeded: &mut Seeded, words: &[&str], listed: &[String]) {
    let length = 8 + seeded.below(24);
    let quoted = seeded.once_in(10);
    text.push_str(if quoted { "“" } else { "" });
    for i in 0..length {
        if i > 0 {
            text.push_str(if seeded.once_in(14) { ", " } else { " " });
        }
        let begin = text.len();
        match seeded.below(120) {
            0..3 => {
                text.push_str(seeded.pick::<String>(listed));
                text.push_str(if seeded.once_in(8) { "’s" } else { "" });
            }
            3..6 => text.push_str(&name(seeded)),
            6..8 => {
                let _ = write!(text, "{}", seeded.below(3_000));
            }
            _ => {
                text.push_str(words[seldom(seeded, words.len())]);
                if i == 0 {
                    text[begin..=begin].make_ascii_uppercase();
                }
            }
        }
    }
    text.push_str(if quoted { ".”" } else { "." });
}
