//! Words that are spellings of one name, and words that are not, out of pairs of names.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;

use allonym::EntityKind;
use allonym::name::spelling::{Spelled, Spelling};
use allonym::name::{Alphabet, Name, Role, fold};

use crate::csv::Sheet;

/// The sets that teach spelling; those of organizations and territories are mostly translations.
const SETS: [&str; 16] = [
    "loc_wof_cross", "loc_wof_latin", "org_ofac_latin", "per_congress_latin", "per_everypolitician_cross",
    "per_everypolitician_latin", "per_hebrew_wdfull", "per_korean_wdfull", "per_ofac_latin", "tok_arabic_wd",
    "tok_chinese_wd", "tok_hebrew_wd", "tok_katakana_wd", "tok_korean_wd", "tok_latin_pivot", "tok_russian_wd",
];

/// Two names, as the words that they don't share.
pub struct Pair {
    left: Vec<Word>,
    right: Vec<Word>,
    same: bool,
    /// Of a set of single words with next to no noise.
    clean: bool,
}

/// A word: its alphabet and what it is spelled by.
type Word = (Alphabet, String);

/// Two words, as letters between the signs for a word's ends, the Latin one first.
pub struct Sample {
    pub latin: Vec<char>,
    pub other: Vec<char>,
    /// They are spellings of one name.
    pub same: bool,
    /// How far the label is to be trusted: the words alone were judged, in a set with next to no noise or in another;
    /// or names that hold them were.
    pub trust: Trust,
}

/// All that is learned from.
pub struct Lesson {
    pairs: Vec<Pair>,
    /// Words of people's names in Latin letters, each with the number of names that hold it.
    words: BTreeMap<String, usize>,
}

/// How a sample came to its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    Inferred,
    Judged,
    Clean,
}

/// Reads the pairs of all sets in a folder.
pub fn read(folder: &str) -> Result<Lesson, Box<dyn Error>> {
    let mut pairs = Vec::new();
    let mut names: BTreeMap<String, Vec<Word>> = BTreeMap::new();
    for set in SETS {
        let file = format!("{folder}/{set}.csv");
        let sheet = Sheet::parse(&file, &fs::read_to_string(&file)?, &["type", "name1", "name2", "is_match"])?;
        let place = |column| sheet.column(column).unwrap_or_default();
        let (kind, one, two, truth) = (place("type"), place("name1"), place("name2"), place("is_match"));
        for row in &sheet.rows {
            let kind: EntityKind = row.fields[kind].parse()?;
            let words = |field: &str| if set.starts_with("tok") { token(field) } else { words(field, kind) };
            let (mut left, mut right) = (words(&row.fields[one]), words(&row.fields[two]));
            if set.starts_with("per") && set.ends_with("latin") {
                names.insert(row.fields[one].clone(), left.clone());
                names.insert(row.fields[two].clone(), right.clone());
            }
            left.retain(|word| match right.iter().position(|other| other == word) {
                Some(at) => {
                    right.remove(at);
                    false
                }
                None => true,
            });
            if !left.is_empty() && !right.is_empty() && left.len().max(right.len()) <= 4 {
                let clean = set.starts_with("tok") && set != "tok_latin_pivot";
                pairs.push(Pair { left, right, same: row.fields[truth] == "1", clean });
            }
        }
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, word) in names.into_values().flatten().filter(|(alphabet, _)| *alphabet == Alphabet::Latin) {
        *counts.entry(word).or_default() += 1;
    }
    Ok(Lesson { pairs, words: counts })
}

/// A single word of a set of single words.
fn token(field: &str) -> Vec<Word> {
    match Alphabet::of(field) {
        Alphabet::Latin => vec![(Alphabet::Latin, fold(field).replace(' ', ""))],
        alphabet => vec![(alphabet, field.to_owned())],
    }
}

/// The words of a name that may be spelled in several ways.
fn words(field: &str, kind: EntityKind) -> Vec<Word> {
    let name = Name::new(field, kind);
    let spelled = |role| matches!(role, Role::Given | Role::Family | Role::Mononym | Role::Word | Role::Common);
    let parts = name.parts.iter().filter(|p| spelled(p.role));
    parts.map(|p| p.native.clone().unwrap_or_else(|| (Alphabet::Latin, p.text.clone()))).collect()
}

/// The samples of each alphabet, in the order of the pairs.
///
/// Names that differ in one word teach that word. Of those that differ in more, the best alignment that `known` finds
/// teaches: all its words when the names are one, and the least alike when they are not, for the others may be the
/// same given name of two people.
pub fn channels(lesson: &Lesson, known: &Spelling) -> BTreeMap<Alphabet, Vec<Sample>> {
    let mut channels: BTreeMap<Alphabet, Vec<Sample>> = BTreeMap::new();
    let mut variants = Variants::default();
    let mut add = |a: &Word, b: &Word, same: bool, trust: Trust| {
        let (latin, other) = if a.0 == Alphabet::Latin { (a, b) } else { (b, a) };
        if latin.0 != Alphabet::Latin {
            return;
        }
        if same {
            variants.join(&latin.1, &other.1);
        }
        let (latin, letters) = (letters(latin), letters(other));
        // Longer words are names written as one or worse.
        let spaced = latin.contains(&' ') || letters.contains(&' ');
        let long = latin.len().max(letters.len()) > 24 || spaced;
        if !long && latin != letters && latin.len().min(letters.len()) > 3 {
            channels.entry(other.0).or_default().push(Sample { latin, other: letters, same, trust });
        }
    };
    for pair in &lesson.pairs {
        if let ([a], [b]) = (&pair.left[..], &pair.right[..]) {
            add(a, b, pair.same, if pair.clean { Trust::Clean } else { Trust::Judged });
            continue;
        }
        let aligned = align(&pair.left, &pair.right, known);
        if pair.same && pair.left.len() == pair.right.len() {
            // A word of a name that is one may still be another's: a middle name for a family name.
            for &(i, j, _) in aligned.iter().filter(|a| a.2 > LEAST_ALIKE) {
                add(&pair.left[i], &pair.right[j], true, Trust::Inferred);
            }
        } else if !pair.same
            && let Some(&(i, j, _)) = aligned.iter().min_by_key(|a| a.2)
        {
            add(&pair.left[i], &pair.right[j], false, Trust::Inferred);
        }
    }
    let apart = names_apart(&lesson.words, &variants, known);
    channels.entry(Alphabet::Latin).or_default().extend(apart);
    channels
}

fn letters(word: &Word) -> Vec<char> {
    let mut out = vec!['^'];
    word.0.letters(&word.1, &mut out);
    out.push('$');
    out
}

/// A word that as many names hold is a name by itself, not somebody's spelling of one.
const FREQUENT: usize = 4;
/// Frequent names whose odds are below these, in 1/1000 log2, are told apart already.
const NEARLY_ALIKE: i32 = -3_000;

/// Names that look alike and are two: both are frequent, and nobody's name was spelled with one for the other.
///
/// Khalid and Khalil, Jamal and Kamal: the pairs of whole names hold few of these, and they are what accuses a brother.
fn names_apart(words: &BTreeMap<String, usize>, variants: &Variants, known: &Spelling) -> Vec<Sample> {
    let frequent: Vec<&String> = words.iter().filter(|(w, n)| **n >= FREQUENT && w.len() > 2).map(|(w, _)| w).collect();
    let spelled: Vec<Spelled> = frequent.iter().map(|w| known.spell(Alphabet::Latin, w)).collect();
    let mut apart = Vec::new();
    for (i, a) in frequent.iter().enumerate() {
        for (j, b) in frequent.iter().enumerate().skip(i + 1) {
            if known.weigh(&spelled[i], &spelled[j]).is_some_and(|odds| odds >= NEARLY_ALIKE) && !variants.are_one(a, b)
            {
                let word = |text: &String| letters(&(Alphabet::Latin, text.clone()));
                apart.push(Sample { latin: word(a), other: word(b), same: false, trust: Trust::Inferred });
            }
        }
    }
    eprintln!("{} frequent names, {} pairs of them look alike and are two", frequent.len(), apart.len());
    apart
}

/// Words that were met as spellings of one name.
#[derive(Default)]
struct Variants(BTreeSet<(String, String)>);

impl Variants {
    fn join(&mut self, a: &str, b: &str) {
        self.0.insert((a.min(b).to_owned(), a.max(b).to_owned()));
    }

    fn are_one(&self, a: &str, b: &str) -> bool {
        self.0.contains(&(a.min(b).to_owned(), a.max(b).to_owned()))
    }
}

/// Words of one name that weigh less, in 1/1000 log2 odds, are not taken for spellings of one.
const LEAST_ALIKE: i32 = -1_500;

/// Pairs of words, the most alike first, each word in one of them at most, with what they weigh.
fn align(left: &[Word], right: &[Word], known: &Spelling) -> Vec<(usize, usize, i32)> {
    let spell = |words: &[Word]| -> Vec<Spelled> { words.iter().map(|w| known.spell(w.0, &w.1)).collect() };
    let (a, b) = (spell(left), spell(right));
    let mut all: Vec<(usize, usize, i32)> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        all.extend(b.iter().enumerate().filter_map(|(j, y)| Some((i, j, known.weigh(x, y)?))));
    }
    all.sort_by_key(|&(i, j, weight)| (-weight, i, j));
    let (mut used_left, mut used_right) = (vec![false; a.len()], vec![false; b.len()]);
    all.retain(|&(i, j, _)| {
        let free = !used_left[i] && !used_right[j];
        (used_left[i], used_right[j]) = (used_left[i] || free, used_right[j] || free);
        free
    });
    all
}
