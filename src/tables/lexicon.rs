//! Cue words: what the rules and the comparison know of single words and fixed phrases.

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::Sheet;
use super::phrases::{self, Phrases, path_of};
use super::tsv::{Row, Tsv};
use crate::error::Error;
use crate::name::{DistinctWords, FoldedTokens, search_key, word_hash};

/// What is known of a word, as a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flags(u32);

impl Flags {
    pub const GIVEN: Self = Self(1);
    pub const FAMILY: Self = Self(1 << 1);
    /// A name that is also a common word (`Will`, `Young`).
    pub const NAME_AND_WORD: Self = Self(1 << 2);
    /// A name that is also a place (`Jordan`, `Lincoln`).
    pub const NAME_AND_PLACE: Self = Self(1 << 3);
    /// Part of an honorific, an office or a rank.
    pub const TITLE: Self = Self(1 << 4);
    /// An occupation, written in lower case before a name.
    pub const ROLE: Self = Self(1 << 5);
    /// A word of kinship.
    pub const KIN: Self = Self(1 << 6);
    pub const ORG_LAST: Self = Self(1 << 7);
    pub const ORG_FIRST: Self = Self(1 << 8);
    pub const PLACE_LAST: Self = Self(1 << 9);
    pub const PLACE_FIRST: Self = Self(1 << 10);
    pub const CALENDAR: Self = Self(1 << 11);
    pub const SPEECH: Self = Self(1 << 12);
    /// The last word of a phrase after which places stand.
    pub const BEFORE_PLACE: Self = Self(1 << 13);
    pub const BEFORE_ORG: Self = Self(1 << 14);
    pub const BEFORE_PERSON: Self = Self(1 << 15);
    /// The first word of a phrase that follows people.
    pub const AFTER_PERSON: Self = Self(1 << 16);
    pub const STARTER: Self = Self(1 << 17);
    pub const DEMONYM: Self = Self(1 << 18);
    /// A word that running text writes in lower case.
    pub const COMMON: Self = Self(1 << 19);
    /// A common word that is nearly never part of a name.
    pub const VERY_COMMON: Self = Self(1 << 20);
    pub const LEGAL_FORM: Self = Self(1 << 21);
    /// A word that text writes with a capital though it names none of our kinds (`Internet`, `God`).
    pub const OTHER_NAME: Self = Self(1 << 22);
    /// The first word of a phrase that follows organizations: the `battalion` of `the al-Ghuraba battalion`.
    pub const AFTER_ORG: Self = Self(1 << 23);
    /// The first word of a phrase that follows places: the `region` of `Harem region`.
    pub const AFTER_PLACE: Self = Self(1 << 24);
    /// A given name of languages that write the family's first.
    pub const EASTERN_GIVEN: Self = Self(1 << 25);
    /// A family name of those who bear two.
    pub const DOUBLE_FAMILY: Self = Self(1 << 26);
    /// The letters that stand for a state where they are capitals: `US`, `U.S.`, `UAE`.
    pub const STATE: Self = Self(1 << 27);
    /// What papers and stations are called in other languages: the `Stampa` of `La Stampa`.
    pub const MEDIUM: Self = Self(1 << 28);
    /// A given or family name of the few that half of the people of its culture bear.
    pub const FREQUENT: Self = Self(1 << 29);
    /// What is said only when the tagger has judged, and is none of its features.
    pub const LATE: Self = Self(1 << 27 | 1 << 28);

    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn bits(self) -> u32 {
        self.0
    }

    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// Which words of a phrase a flag goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    All,
    First,
    Last,
}

/// The cue words and phrases of the tables.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// By hash: two words of one hash are as good as never met, and would only lend each other flags.
    words: HashMap<u64, Flags>,
    /// The phrases, as [`Phrases::read`] takes them.
    phrases: Vec<u8>,
    phrase_flags: Vec<Vec<(Flags, Reach)>>,
    /// Titles of several words, and the words that begin them.
    titles: HashSet<Box<str>>,
    title_starts: HashSet<Box<str>>,
}

/// A word list is one of these files; a folder's replaces the embedded one of the same name.
pub(super) const FILES: [&str; 8] = [
    "common_words.tsv", "cues.tsv", "demonyms.tsv", "family_names.tsv", "given_names.tsv", "heads.tsv",
    "legal_forms.tsv", "titles.tsv",
];

/// A word that running text writes in lower case this often is never a name by itself at the start of a sentence.
/// One million tokens of news were counted; 40 is where names that are also words (`hope`, `rose`) end.
const VERY_COMMON_COUNT: u32 = 40;

/// The column of the classes of names by how many bear them.
const RARITY: &str = "rarity";

/// Flags of words and phrases as they are gathered, before the automaton is made.
#[derive(Default)]
struct Gathering {
    words: HashMap<u64, Flags>,
    phrases: Vec<(String, Flags, Reach)>,
    titles: HashSet<Box<str>>,
    title_starts: HashSet<Box<str>>,
}

impl Gathering {
    fn sheet(&mut self, (path, text): &Sheet) -> Result<(), Error> {
        self.list(path, text)
    }

    fn list(&mut self, path: &str, text: &str) -> Result<(), Error> {
        let file = list_name(path);
        let columns = columns(file);
        // How rare a name is need not be said.
        let required = columns.strip_suffix(&[RARITY]).unwrap_or(columns);
        let (table, header) = Tsv::with_columns(path, text, required, columns)?;
        for row in table.rows(header) {
            self.row(file, &row?)?;
        }
        Ok(())
    }

    /// Adds a word or phrase.
    fn add(&mut self, phrase: &str, flags: Flags, reach: Reach) {
        let plain = phrase.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let key = if plain { Cow::Borrowed(phrase) } else { Cow::Owned(search_key(phrase)) };
        if key.is_empty() {
            return;
        }
        if key.contains(' ') {
            self.phrases.push((key.into_owned(), flags, reach));
        } else {
            let word = self.words.entry(word_hash(&key)).or_default();
            *word = word.with(flags);
        }
    }

    fn row(&mut self, file: &str, row: &Row<'_, '_>) -> Result<(), Error> {
        match file {
            "common_words.tsv" => {
                let count = |column: &str| {
                    let digits = row.get(column);
                    digits.parse::<u32>().map_err(|_| row.error(format!("'{digits}' is no count")))
                };
                let (lower, capital) = (count("lower")?, count("capital")?);
                let very = lower >= VERY_COMMON_COUNT && lower > capital;
                let flags = if very { Flags::COMMON.with(Flags::VERY_COMMON) } else { Flags::COMMON };
                self.add(row.filled("word")?, flags, Reach::All);
            }
            "cues.tsv" => {
                let (flags, reach) = match row.filled("class")? {
                    "calendar" => (Flags::CALENDAR, Reach::All),
                    "speech" => (Flags::SPEECH, Reach::First),
                    "place-before" => (Flags::BEFORE_PLACE, Reach::Last),
                    "org-before" => (Flags::BEFORE_ORG, Reach::Last),
                    "person-before" => (Flags::BEFORE_PERSON, Reach::Last),
                    "person-after" => (Flags::AFTER_PERSON, Reach::First),
                    "org-after" => (Flags::AFTER_ORG, Reach::First),
                    "place-after" => (Flags::AFTER_PLACE, Reach::First),
                    "starter" => (Flags::STARTER, Reach::All),
                    "state" => (Flags::STATE, Reach::All),
                    "medium" => (Flags::MEDIUM, Reach::All),
                    "other-name" => (Flags::OTHER_NAME, Reach::All),
                    class => return Err(row.error(format!("unknown class '{class}'"))),
                };
                self.add(row.filled("phrase")?, flags, reach);
            }
            "demonyms.tsv" => self.add(row.filled("word")?, Flags::DEMONYM, Reach::All),
            "given_names.tsv" | "family_names.tsv" => {
                let mut flags = match (file.starts_with("given"), row.get("culture")) {
                    (true, "zh" | "ko" | "vi") => Flags::GIVEN.with(Flags::EASTERN_GIVEN),
                    (true, _) => Flags::GIVEN,
                    (false, "es" | "pt") => Flags::FAMILY.with(Flags::DOUBLE_FAMILY),
                    (false, _) => Flags::FAMILY,
                };
                for mark in row.get("marks").split(',').filter(|m| !m.is_empty()) {
                    flags = flags.with(match mark {
                        "word" => Flags::NAME_AND_WORD,
                        "place" => Flags::NAME_AND_PLACE,
                        "family" => Flags::FAMILY,
                        "given" => Flags::GIVEN,
                        _ => return Err(row.error(format!("unknown mark '{mark}' (word, place, family, given)"))),
                    });
                }
                match row.get(RARITY) {
                    "1" => flags = flags.with(Flags::FREQUENT),
                    "" | "2" | "3" => {}
                    class => return Err(row.error(format!("rarity '{class}' is not 1 to 3"))),
                }
                self.add(row.filled("name")?, flags, Reach::All);
            }
            "heads.tsv" => {
                let (first, last) = match row.filled("class")? {
                    "org" => (Flags::ORG_FIRST, Flags::ORG_LAST),
                    "place" => (Flags::PLACE_FIRST, Flags::PLACE_LAST),
                    class => return Err(row.error(format!("unknown class '{class}' (org, place)"))),
                };
                let flags = match row.filled("position")? {
                    "first" => first,
                    "last" => last,
                    "both" => first.with(last),
                    position => return Err(row.error(format!("unknown position '{position}' (first, last, both)"))),
                };
                self.add(row.filled("word")?, flags, if flags == first { Reach::First } else { Reach::Last });
            }
            "legal_forms.tsv" => self.add(row.filled("form")?, Flags::LEGAL_FORM, Reach::All),
            "titles.tsv" => {
                let flags = match row.filled("sort")? {
                    "honorific" | "office" | "military" => Flags::TITLE,
                    "role" => Flags::ROLE,
                    "kin" => Flags::KIN,
                    sort => {
                        return Err(
                            row.error(format!("unknown sort '{sort}' (honorific, office, military, role, kin)"))
                        );
                    }
                };
                let phrase = row.filled("phrase")?;
                if let Some((first, _)) = phrase.split_once(' ').filter(|_| flags == Flags::TITLE) {
                    self.titles.insert(search_key(phrase).into());
                    self.title_starts.insert(search_key(first).into());
                }
                self.add(phrase, flags, Reach::All);
            }
            _ => {}
        }
        Ok(())
    }
}

fn columns(file: &str) -> &'static [&'static str] {
    match file {
        "common_words.tsv" => &["word", "lower", "capital"],
        "cues.tsv" => &["phrase", "class"],
        "demonyms.tsv" => &["word", "place"],
        "family_names.tsv" | "given_names.tsv" => &["name", "culture", "marks", RARITY],
        "heads.tsv" => &["word", "class", "position"],
        "legal_forms.tsv" => &["form", "country"],
        _ => &["phrase", "sort"],
    }
}

impl Lexicon {
    /// Reads the word lists; each is a file name (the last part of its path says which list it is) and its text.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] for the first row that breaks a rule.
    pub fn new<'t>(lists: impl Iterator<Item = &'t Sheet>) -> Result<Self, Error> {
        let lists: Vec<&Sheet> = lists.collect();
        let is_names = |sheet: &&&Sheet| matches!(list_name(&sheet.0), "given_names.tsv" | "family_names.tsv");
        let gather = |names: bool, capacity: usize| {
            let mut gathering = Gathering { words: HashMap::with_capacity(capacity), ..Gathering::default() };
            let mut chosen = lists.iter().filter(|s| is_names(s) == names);
            chosen.try_for_each(|sheet| gathering.sheet(sheet)).map(|()| gathering)
        };
        // Half of all words are names of people: apart, the two halves are read at once. The capacities are what the
        // embedded lists need.
        let (all, names) = crate::parallel::join(|| gather(false, 1 << 15), || gather(true, 1 << 15));
        let (mut all, mut names) = (all?, names?);
        all.phrases.append(&mut names.phrases);
        all.phrases.sort_by(|a, b| a.0.cmp(&b.0));
        // No map is gone through in its own order: the sum of two sets of flags is the same in any.
        #[expect(clippy::iter_over_hash_type, reason = "flags add up in any order")]
        for (word, flags) in names.words {
            let both = all.words.entry(word).or_default();
            *both = both.with(flags);
        }
        let mut patterns: Vec<String> = Vec::new();
        let mut phrase_flags: Vec<Vec<(Flags, Reach)>> = Vec::new();
        for (phrase, flags, reach) in all.phrases {
            if patterns.last() != Some(&phrase) {
                patterns.push(phrase);
                phrase_flags.push(Vec::new());
            }
            if let Some(last) = phrase_flags.last_mut() {
                last.push((flags, reach));
            }
        }
        let mut leading = Vec::new();
        let path = |phrase: &String| path_of(phrase, |path| leading.push(path));
        let mut paths: Vec<(u64, u32)> = patterns.iter().map(path).zip(0..).collect();
        paths.sort_unstable();
        let mut phrases = Vec::new();
        phrases::write(&paths, &leading, &mut phrases);
        Ok(Self { words: all.words, phrases, phrase_flags, titles: all.titles, title_starts: all.title_starts })
    }

    /// What is known of a folded word.
    pub fn word(&self, folded: &str) -> Flags {
        self.flags_of(word_hash(folded))
    }

    fn flags_of(&self, hash: u64) -> Flags {
        self.words.get(&hash).copied().unwrap_or_default()
    }

    /// Whether a title of several words begins with a folded word.
    pub fn begins_title(&self, folded: &str) -> bool {
        self.title_starts.contains(folded)
    }

    /// How many of the first folded words are a title of several words; 0 when none is.
    pub fn title_len(&self, words: &[&str]) -> usize {
        if !words.first().is_some_and(|first| self.title_starts.contains(*first)) {
            return 0;
        }
        // No title has more words.
        let lengths = (2..=words.len().min(6)).rev();
        lengths.into_iter().find(|&n| self.titles.contains(words[..n].join(" ").as_str())).unwrap_or(0)
    }

    /// Flags of each token, by its word and by the phrases that it stands in.
    pub fn flags(&self, folded: &FoldedTokens, words: &DistinctWords) -> Vec<Flags> {
        // Most words of a text come again soon, and the table is larger than a cache.
        let of_word: Vec<Flags> =
            words.hashes().map(|hash| hash.map(|hash| self.flags_of(hash)).unwrap_or_default()).collect();
        let mut flags: Vec<Flags> = words.of_tokens().iter().map(|number| of_word[*number as usize]).collect();
        let phrases = Phrases::read(&self.phrases).unwrap_or_default();
        phrases.find(folded, words, |number, range| {
            for &(bits, reach) in self.phrase_flags.get(number as usize).into_iter().flatten() {
                let range = match reach {
                    Reach::All => range.clone(),
                    Reach::First => range.start..range.start + 1,
                    Reach::Last => range.end - 1..range.end,
                };
                for flag in &mut flags[range] {
                    *flag = flag.with(bits);
                }
            }
        });
        flags
    }
}

/// The file name of a list's path.
pub(super) fn list_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
