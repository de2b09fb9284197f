//! Names in other scripts, in Latin letters, as news spells them.
//!
//! What each letter becomes stands in `data/names/romanization.tsv`, by script and language; how Chinese characters are read,
//! in `data/names/han.tsv`; how names of people are read and spelled, in `data/names/chinese_names.tsv`, `data/names/japanese_names.tsv`
//! and `data/names/korean_names.tsv`. Vowels that Arabic and Hebrew leave out are left out here too.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

mod chinese;
mod clean;
mod han;
mod hangul;
mod japanese;
mod kana;
mod language;
mod letters;
mod table;
mod thai;

pub(super) use chinese::family_spellings as chinese_families;
pub(super) use hangul::family_spellings as korean_families;
pub(super) use hangul::jamo;
use language::{Writing, writing};
use table::{ANY, Letters};

/// No name is given in more spellings.
const MOST: usize = 8;
/// Kinds of spelling that are tried: those of Chinese characters are the most.
const TRIED: usize = 10;
/// The Arabic article, and how it is parted from its word.
const ARTICLE: (&str, &str) = ("ال", "al-");
/// A shorter word that begins with the letters of the article does not have it.
const SHORTEST_WITH_ARTICLE: usize = 5;

/// Writes a name in Latin letters; text in Latin letters is returned as it is.
///
/// The spelling is the one that news uses most for names in the language that the letters tell: Ukrainian `г` is `h`
/// where `і` or `ї` stands beside it. Chinese characters are read in Chinese unless the name looks Japanese. Names of
/// people in Chinese characters and in Hangul are parted into family and given name.
///
/// # Limits
///
/// Scripts without a table (Khmer, Burmese and others) are returned unchanged. Letters alone seldom tell a language:
/// see [`romanizations`].
///
/// # Cost
///
/// A few microseconds a name. Tables are read when a name first needs them, that of Chinese characters (a millisecond)
/// only when there are some.
///
/// # Examples
///
/// ```
/// use allonym::name::romanize;
///
/// assert_eq!(romanize("Зеленский"), "zelensky");
/// assert_eq!(romanize("الشرع"), "al-shr'");
/// assert_eq!(romanize("Idlib"), "Idlib");
/// assert_eq!(romanize("习近平"), "xi jinping");
/// assert_eq!(romanize("김정은"), "kim jeongeun");
/// ```
#[must_use]
pub fn romanize(name: &str) -> Cow<'_, str> {
    if !name.chars().any(|c| writing(c).is_some()) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(Speller::new(&clean::clean(name)).spell(0).unwrap_or_default())
}

/// All usual spellings of a name in Latin letters, each once, the best first, at most eight: those of the other
/// languages of its script; for Chinese characters the readings in Chinese, Japanese and Korean; for Hangul both
/// romanizations, and the spellings that bearers of a family name use.
///
/// # Cost
///
/// That of [`romanize`] for each spelling.
///
/// # Examples
///
/// ```
/// use allonym::name::romanizations;
///
/// let spellings = romanizations("安倍晋三");
/// assert!(spellings.contains(&"abe shinzo".to_owned()));
/// assert_eq!(romanizations("Idlib"), ["Idlib"]);
/// ```
#[must_use]
pub fn romanizations(name: &str) -> Vec<String> {
    if !name.chars().any(|c| writing(c).is_some()) {
        return vec![name.to_owned()];
    }
    let name = clean::clean(name);
    let speller = Speller::new(&name);
    let mut list: Vec<String> = Vec::new();
    for number in 0..TRIED {
        if let Some(spelling) = speller.spell(number).filter(|s| list.len() < MOST && !list.contains(s)) {
            list.push(spelling);
        }
    }
    list
}

/// The Mandarin reading of a Chinese character, without its tone.
pub(super) fn pinyin(c: char) -> Option<&'static str> {
    han::reading(c)?.mandarin.split(' ').next()
}

/// A name in Chinese characters in Hangul, as Koreans read it.
pub(super) fn korean(name: &[char]) -> Option<String> {
    let syllable = |c: &char| han::reading(*c)?.korean.split(' ').next().filter(|s| !s.is_empty());
    name.iter().map(syllable).collect()
}

/// A name in Chinese characters as Japanese read it, romanized, in its likeliest readings.
pub(super) fn japanese(name: &[char]) -> Vec<String> {
    (0..=3).filter_map(|number| japanese::spelling(name, number)).collect()
}

/// A name in Chinese characters as Hong Kong spells it.
pub(super) fn cantonese(name: &[char]) -> Option<String> {
    chinese::cantonese(name, true)
}

/// A name that is being spelled, and what holds for all of it.
struct Speller<'n> {
    name: &'n str,
    /// The length of the name without the spaces around it: that of a word that is all of it.
    length: usize,
    /// In which languages the words of a script may be.
    languages: Vec<(&'static str, Vec<&'static str>)>,
}

impl<'n> Speller<'n> {
    fn new(name: &'n str) -> Self {
        let mut languages: Vec<(&str, Vec<&str>)> = Vec::new();
        let lower = name.to_lowercase();
        for script in lower.chars().filter_map(|c| writing(c)?.script()) {
            if languages.iter().all(|(known, _)| *known != script) {
                languages.push((script, language::languages(script, &lower)));
            }
        }
        Self { name, length: name.trim().len(), languages }
    }

    /// The name in the spelling of a number, the best being 0; nothing when none of its words has so many.
    fn spell(&self, number: usize) -> Option<String> {
        let mut out = String::with_capacity(self.name.len());
        let mut is_new = number == 0;
        let mut rest = self.name;
        while let Some(first) = rest.chars().next() {
            let Some(writing) = writing(first) else {
                out.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            };
            let end = rest.char_indices().find(|(_, c)| !continues(*c, writing)).map_or(rest.len(), |(at, _)| at);
            let (word, after) = rest.split_at(end.max(first.len_utf8()));
            is_new |= self.spell_word(word, writing, number, &mut out);
            rest = after;
        }
        is_new.then_some(out)
    }

    /// Appends a word in one of its spellings, or in the best when it has not so many; what comes back is whether it
    /// has.
    fn spell_word(&self, word: &str, of: Writing, number: usize, out: &mut String) -> bool {
        let alone = word.len() == self.length;
        let spelled = |n: usize| match of {
            Writing::Hangul => hangul::spelling(word, alone, n),
            Writing::EastAsian if word.chars().all(kana::is_kana) => kana::spelling(word, n),
            Writing::EastAsian => han::spelling(word, alone, n),
            _ => self.by_letters(word, of, n),
        };
        let spelling = spelled(number);
        let is_new = spelling.is_some();
        out.push_str(&spelling.or_else(|| spelled(0)).unwrap_or_default());
        is_new
    }

    /// A word by the letters of one of its languages.
    fn by_letters(&self, word: &str, of: Writing, number: usize) -> Option<String> {
        let script = of.script()?;
        let (_, languages) = self.languages.iter().find(|(known, _)| *known == script)?;
        let language = *languages.get(number)?;
        let alphabet = Letters::embedded().alphabet(script, language);
        let mut out = String::with_capacity(word.len());
        match of {
            Writing::Indic(_) => letters::indic(word, &alphabet, &mut out),
            Writing::LikeDevanagari => letters::like_devanagari(word, &alphabet, &mut out),
            Writing::Thai => thai::word(word, &alphabet, &mut out),
            _ => {
                let word = word.to_lowercase();
                let has_article = script == "Arab" && matches!(language, ANY | "ar-alt");
                letters::word(part_article(&word, has_article, &mut out), &alphabet, &mut out);
            }
        }
        Some(out)
    }
}

/// Whether a letter belongs to the word that letters of a script stand before it in.
fn continues(c: char, of: Writing) -> bool {
    match writing(c) {
        Some(other) => other == of,
        None => is_combining_mark(c) || c == 'ʼ',
    }
}

/// A word without the Arabic article, which is written with its word; the names of the tables and of news part it.
fn part_article<'w>(word: &'w str, has_article: bool, out: &mut String) -> &'w str {
    let long = || word.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST_WITH_ARTICLE;
    match word.strip_prefix(ARTICLE.0).filter(|_| has_article && long()) {
        Some(rest) => {
            out.push_str(ARTICLE.1);
            rest
        }
        None => word,
    }
}
