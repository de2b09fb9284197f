//! The table of letters: which Latin letters stand for which of another script, by language.

use std::collections::BTreeMap;

use once_cell::sync::OnceCell;

use crate::error::Error;
use crate::tables::tsv::Tsv;

/// The table, one row a group of letters.
pub(super) const TEXT: &str = include_str!("../../../data/names/romanization.tsv");
/// Its name in errors.
pub(super) const FILE: &str = "data/names/romanization.tsv";
/// The language of the rows that hold unless a language has its own.
pub(super) const ANY: &str = "*";

/// What one group of letters becomes.
#[derive(Debug, Clone, Copy)]
struct Rule {
    first: char,
    letters: &'static str,
    /// Only where a word begins.
    begins: bool,
    /// Only where a word ends.
    ends: bool,
    latin: &'static str,
}

/// All rules, by script and language.
#[derive(Debug, Default)]
pub(super) struct Letters {
    languages: BTreeMap<(&'static str, &'static str), Vec<Rule>>,
}

/// The rules of one language and of those that it falls back on, the closest first.
#[derive(Debug, Clone)]
pub(super) struct Alphabet {
    levels: Vec<&'static [Rule]>,
}

impl Letters {
    /// Reads the table.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] naming the row that breaks a rule.
    fn read(text: &'static str) -> Result<Self, Error> {
        let columns = ["script", "lang", "letters", "latin"];
        let (table, header) = Tsv::with_columns(FILE, text, &columns, &columns)?;
        let mut letters = Self::default();
        for row in table.rows(header) {
            let row = row?;
            let (begins, inner) = strip(row.filled("letters")?, str::strip_prefix, '^');
            let (ends, inner) = strip(inner, str::strip_suffix, '$');
            let first = inner.chars().next().ok_or_else(|| row.error("no letters"))?;
            let rule = Rule { first, letters: inner, begins, ends, latin: row.get("latin") };
            letters.languages.entry((row.filled("script")?, row.filled("lang")?)).or_default().push(rule);
        }
        // The first rule that fits is the one to take: the longest, then the one that says most about its place.
        let anchors = |rule: &Rule| u8::from(rule.begins) + u8::from(rule.ends);
        for rules in letters.languages.values_mut() {
            rules.sort_by_key(|r| (r.first, std::cmp::Reverse((r.letters.len(), anchors(r)))));
        }
        Ok(letters)
    }

    /// The embedded table, read when it is first needed.
    pub fn embedded() -> &'static Self {
        static TABLE: OnceCell<Letters> = OnceCell::new();
        // A unit test reads every row, so there is no error to tell anyone of.
        TABLE.get_or_init(|| Self::read(TEXT).unwrap_or_default())
    }

    /// The rules of a language such as `uk`, or of its other usual spelling, `uk-alt`.
    pub fn alphabet(&'static self, script: &'static str, language: &'static str) -> Alphabet {
        let parent = language.strip_suffix("-alt").unwrap_or(ANY);
        let mut levels: Vec<&'static [Rule]> = Vec::new();
        for (i, name) in [language, parent, ANY].into_iter().enumerate() {
            if [language, parent, ANY][..i].contains(&name) {
                continue;
            }
            levels.extend(self.languages.get(&(script, name)).map(Vec::as_slice));
        }
        Alphabet { levels }
    }
}

/// A field without its mark, and whether it had it.
fn strip(field: &'static str, cut: fn(&'static str, char) -> Option<&'static str>, mark: char) -> (bool, &'static str) {
    cut(field, mark).map_or((false, field), |inner| (true, inner))
}

impl Alphabet {
    /// What the letters at the beginning of `rest` become, and how many bytes they are: the longest that fit, those of
    /// the closest language first. `begins` tells that a word begins here; `rest` ends where it ends.
    pub fn longest(&self, rest: &str, begins: bool) -> Option<(&'static str, usize)> {
        let first = rest.chars().next()?;
        let mut best: Option<&Rule> = None;
        for rules in &self.levels {
            let from = rules.partition_point(|r| r.first < first);
            let of_letter = rules[from..].iter().take_while(|r| r.first == first);
            let fits = |r: &&Rule| {
                rest.starts_with(r.letters) && (begins || !r.begins) && (!r.ends || rest.len() == r.letters.len())
            };
            if let Some(rule) = of_letter.filter(|r| rest.starts_with(r.letters)).find(fits)
                && best.is_none_or(|b| b.letters.len() < rule.letters.len())
            {
                best = Some(rule);
            }
        }
        best.map(|rule| (rule.latin, rule.letters.len()))
    }

    /// What a whole group of letters becomes: for the scripts whose syllables are taken apart before.
    pub fn whole(&self, letters: &str, ends: bool) -> Option<&'static str> {
        let first = letters.chars().next()?;
        self.levels.iter().find_map(|rules| {
            let from = rules.partition_point(|r| r.first < first);
            let of_letter = rules[from..].iter().take_while(|r| r.first == first);
            of_letter.filter(|r| r.letters == letters && r.ends == ends).map(|r| r.latin).next()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_parses_and_stands_in_order() {
        assert!(Letters::read(TEXT).is_ok_and(|table| table.languages.len() > 30));
        let keys: Vec<(&str, &str, &str)> = TEXT
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut fields = line.split('\t');
                Some((fields.next()?, fields.next()?, fields.next()?))
            })
            .collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "sorted, each once");
        for line in TEXT.lines().skip(1) {
            let latin = line.rsplit('\t').next().unwrap_or_default();
            assert!(
                latin.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"'-".contains(&b)),
                "{line}"
            );
            let letters = line.split('\t').nth(2).unwrap_or_default().trim_start_matches('^').trim_end_matches('$');
            assert!((1..=5).contains(&letters.chars().count()), "{line}");
        }
    }

    #[test]
    fn takes_the_longest_and_the_closest() {
        let russian = Letters::embedded().alphabet("Cyrl", ANY);
        let ukrainian = Letters::embedded().alphabet("Cyrl", "uk");
        assert_eq!(russian.longest("гора", true), Some(("g", 2)));
        assert_eq!(ukrainian.longest("гора", true), Some(("h", 2)));
        assert_eq!(russian.longest("ий", false), Some(("y", 4)));
        assert_eq!(russian.longest("ийа", false), Some(("i", 2)));
        assert_eq!(russian.longest("ельцин", true), Some(("ye", 2)));
        assert_eq!(russian.longest("x", true), None);
    }
}
