//! What the comparison knows of single words: how rare they are in names, what they are short for, what they mean.
//!
//! The tables are embedded and read when a name first needs them; extraction needs none of them.

use foldhash::{HashMap, HashMapExt, HashSet};
use once_cell::sync::OnceCell;

use super::sound::rough;
use crate::error::Error;
use crate::mention::EntityKind;
use crate::tables::tsv::{Row, Tsv};

/// A word's class in names of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlaceWord {
    /// It may be left out: the name without it is that place still, or its seat.
    Administrative,
    /// With it the place is of another kind: a river, a port.
    Feature,
    /// An article before a name.
    Article,
    /// New, upper, north: with another one the place is another.
    Qualifier,
}

/// No spelled-out legal form has more words.
const LONGEST_PHRASE: usize = 8;

/// The tables.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    nicknames: HashMap<&'static str, Vec<&'static str>>,
    /// Given names that are one in several languages, by what they share.
    equivalents: HashMap<&'static str, Vec<&'static str>>,
    /// How many names of each kind hold a part of a rough sound; 0 when it was not met.
    parts: HashMap<String, [u32; 3]>,
    /// How many names of each kind there are.
    all: [u32; 3],
    /// What words of organizations and places mean, as numbers of key words.
    senses: HashMap<&'static str, Vec<u16>>,
    legal_phrases: HashSet<&'static str>,
    /// The words that legal phrases begin with.
    legal_starts: HashSet<&'static str>,
    place_words: HashMap<&'static str, PlaceWord>,
}

impl Vocabulary {
    /// The tables of the crate. A table that is broken is empty; a test reads each.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: OnceCell<Vocabulary> = OnceCell::new();
        EMBEDDED.get_or_init(|| Self::read().unwrap_or_default())
    }

    fn read() -> Result<Self, Error> {
        let mut vocabulary = Self::default();
        let text = include_str!("../../data/names/nicknames.tsv");
        each("nicknames.tsv", text, &["nickname", "name"], |row| {
            vocabulary.nicknames.entry(row.filled("nickname")?).or_default().push(row.filled("name")?);
            Ok(())
        })?;
        let text = include_str!("../../data/names/name_equivalents.tsv");
        each("name_equivalents.tsv", text, &["name", "sense", "lang"], |row| {
            vocabulary.equivalents.entry(row.filled("name")?).or_default().push(row.filled("sense")?);
            Ok(())
        })?;
        let text = include_str!("../../data/names/name_parts.tsv");
        each("name_parts.tsv", text, &["kind", "sound", "count"], |row| {
            let code = row.filled("kind")?;
            let kind: EntityKind = code.parse().map_err(|_| row.error(format!("unknown kind '{code}'")))?;
            let digits = row.get("count");
            let count: u32 = digits.parse().map_err(|_| row.error(format!("'{digits}' is no count")))?;
            vocabulary.parts.entry(rough(row.filled("sound")?)).or_default()[kind as usize] += count;
            Ok(())
        })?;
        vocabulary.all = vocabulary.parts.remove("*").unwrap_or_default();
        let mut numbers: HashMap<&str, u16> = HashMap::new();
        let text = include_str!("../../data/names/word_senses.tsv");
        each("word_senses.tsv", text, &["word", "sense", "lang"], |row| {
            let next = u16::try_from(numbers.len()).map_err(|_| row.error("more than 65,535 senses"))?;
            let number = *numbers.entry(row.filled("sense")?).or_insert(next);
            vocabulary.senses.entry(row.filled("word")?).or_default().push(number);
            Ok(())
        })?;
        let text = include_str!("../../data/names/legal_phrases.tsv");
        each("legal_phrases.tsv", text, &["phrase", "form"], |row| {
            let phrase = row.filled("phrase")?;
            vocabulary.legal_phrases.insert(phrase);
            vocabulary.legal_starts.extend(phrase.split(' ').next());
            Ok(())
        })?;
        let text = include_str!("../../data/names/place_words.tsv");
        each("place_words.tsv", text, &["word", "class", "lang"], |row| {
            let class = match row.filled("class")? {
                "administrative" => PlaceWord::Administrative,
                "feature" => PlaceWord::Feature,
                "article" => PlaceWord::Article,
                "qualifier" => PlaceWord::Qualifier,
                class => return Err(row.error(format!("unknown class '{class}'"))),
            };
            // Of two classes the first counts: languages differ, and a name does not say its own.
            vocabulary.place_words.entry(row.filled("word")?).or_insert(class);
            Ok(())
        })?;
        Ok(vocabulary)
    }

    /// How rare a part of names of a kind is, by its sound, in 1/1000 bits: the binary logarithm of how many names hold
    /// it out of all that were counted; nothing when it was met less than three times.
    pub fn rarity(&self, kind: EntityKind, sound: &str) -> Option<i32> {
        self.parts.get(&rough(sound)).and_then(|counts| self.bits(kind, counts[kind as usize]))
    }

    /// The same for each kind.
    pub fn rarities(&self, sound: &str) -> [Option<i32>; 3] {
        let counts = self.parts.get(&rough(sound)).copied().unwrap_or_default();
        EntityKind::ALL.map(|kind| self.bits(kind, counts[kind as usize]))
    }

    /// How rare what so many names of a kind hold is.
    fn bits(&self, kind: EntityKind, count: u32) -> Option<i32> {
        let all = self.all[kind as usize];
        if count == 0 || all == 0 {
            return None;
        }
        let times = f64::from(all) / f64::from(count);
        // At most 32 bits, so the cast keeps every digit before the point.
        #[expect(clippy::cast_possible_truncation, reason = "bounded by the logarithm of a 32-bit number")]
        let bits = (times.log2() * 1_000.0) as i32;
        Some(bits.max(0))
    }

    /// The full names that a folded given name may be short for.
    pub fn nickname(&self, folded: &str) -> &[&'static str] {
        self.nicknames.get(folded).map_or(&[], Vec::as_slice)
    }

    /// What a folded given name has in common with its forms in other languages.
    pub fn equivalents(&self, folded: &str) -> &[&'static str] {
        self.equivalents.get(folded).map_or(&[], Vec::as_slice)
    }

    /// What a folded word of an organization's or place's name means, as numbers that words of one meaning share.
    pub fn senses(&self, folded: &str) -> &[u16] {
        self.senses.get(folded).map_or(&[], Vec::as_slice)
    }

    /// How many of the first folded words are a spelled-out legal form; 0 when none is.
    pub fn legal_phrase(&self, words: &[&str]) -> usize {
        if !words.first().is_some_and(|first| self.legal_starts.contains(first)) {
            return 0;
        }
        let lengths = (2..=words.len().min(LONGEST_PHRASE)).rev();
        lengths.into_iter().find(|&n| self.legal_phrases.contains(words[..n].join(" ").as_str())).unwrap_or(0)
    }

    /// The class of a folded word in names of places.
    pub fn place_word(&self, folded: &str) -> Option<PlaceWord> {
        self.place_words.get(folded).copied()
    }
}

/// Does something with each row of a table.
fn each(
    file: &'static str,
    text: &'static str,
    columns: &[&str],
    mut take: impl FnMut(&Row<'static, '_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let (table, header) = Tsv::with_columns(file, text, columns, columns)?;
    table.rows(header).try_for_each(|row| take(&row?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_reads() {
        let vocabulary = Vocabulary::read().map_err(|e| e.to_string()).unwrap();
        assert!(vocabulary.nickname("bill").contains(&"william"));
        let are_one = |a, b| vocabulary.equivalents(a).iter().any(|sense| vocabulary.equivalents(b).contains(sense));
        assert!(are_one("vladimir", "volodymyr"));
        assert!(!are_one("vladimir", "sergei"));
        assert!(vocabulary.senses("universite").iter().any(|s| vocabulary.senses("university").contains(s)));
        assert_eq!(vocabulary.legal_phrase(&["limited", "liability", "company", "acme"]), 3);
        assert_eq!(vocabulary.place_word("oblast"), Some(PlaceWord::Administrative));
        assert!(vocabulary.rarity(EntityKind::Person, "mukamid") < vocabulary.rarity(EntityKind::Person, "kim"));
    }
}
