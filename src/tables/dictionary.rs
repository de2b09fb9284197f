//! Whole-word search for many names at once.
//!
//! Each name is the path of its words' hashes, as the crate's own tables have it ([`Phrases`]). The words of a text are
//! cut and hashed in one walk; a small filter says which of them may begin a name, and only from those paths are followed.
//! What a path finds is compared with the text, so that no hash decides.

use std::fmt;
use std::iter::FusedIterator;

use super::phrases::{self, Phrases, onward};
use crate::span::Span;

mod words;

use words::{Blocks, Taker, Word, Words, alike, is_word_char, plain_head, plain_word};

/// Bits of the first filter for each name: one other word in sixteen passes if no two names begin alike, and most do.
const FIRST_BITS: usize = 8;
/// The smallest first filter has so many bits, the largest fits the second cache.
const FEWEST_FIRST: usize = 1 << 12;
const MOST_FIRST: usize = 1 << 22;

/// Many names, to be found in texts as whole words.
///
/// All occurrences are found, overlapping ones too: of `New York Times` also `New York` and `York`. Whoever wants the
/// longest alone picks from them: a search that picks first loses names.
///
/// [`Dictionary::exact`] finds names as they are written; [`Dictionary::folded`] whatever their case, diacritics,
/// apostrophes, hyphens and white space.
///
/// # Cost
///
/// Making one takes some 0.3 microseconds and 60 bytes a name, about 40 of which stay. A search takes 2 to 4 nanoseconds a
/// byte, hardly more with a million names than with a thousand, and at worst (names that begin alike, over and over in the
/// text) as many times that as the longest name has words. Nothing is kept of the text.
///
/// # Limits
///
/// A word is a run of letters, digits and marks: in scripts written without spaces a name inside a run is no whole word, and
/// is not found. A name without letter or digit is never found.
///
/// # Examples
///
/// ```
/// use allonym::tables::Dictionary;
///
/// let names = ["New York", "York", "New York Times", "Deir ez-Zor"];
/// let dictionary = Dictionary::folded(names.into_iter().zip(0..));
/// let text = "The NEW YORK Times was read in Deir Ez Zor.";
/// let found: Vec<(u32, &str)> = dictionary.find(text).map(|f| (f.number, &text[f.span])).collect();
/// assert_eq!(found, [(0, "NEW YORK"), (1, "YORK"), (2, "NEW YORK Times"), (3, "Deir Ez Zor")]);
///
/// let dictionary = Dictionary::exact(names.into_iter().zip(0..));
/// assert_eq!(dictionary.find(text).count(), 0);
/// assert_eq!(dictionary.find("Old New York, Yorkshire").count(), 2);
/// ```
#[derive(Clone)]
pub struct Dictionary {
    fold: bool,
    first: First,
    /// The paths, as [`Phrases`] reads them; the numbers are places in `numbers`.
    phrases: Vec<u8>,
    /// The names as they are compared, one after another.
    texts: String,
    /// Where each ends in `texts`.
    ends: Vec<usize>,
    /// The number that each was given.
    numbers: Vec<u32>,
}

/// A name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Occurrence {
    /// The number that the name was given.
    pub number: u32,
    /// Its place in the text, in bytes.
    pub span: Span,
}

impl Dictionary {
    /// Names to be found as they are written, each with a number of the caller's: byte for byte, where they cut no word in
    /// two.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::tables::Dictionary;
    ///
    /// let dictionary = Dictionary::exact([("Reading", 1), ("Yahoo!", 2)]);
    /// let text = "Reading of Yahoo! while reading Yahoo";
    /// let found: Vec<u32> = dictionary.find(text).map(|f| f.number).collect();
    /// assert_eq!(found, [1, 2]);
    /// ```
    #[must_use]
    pub fn exact(names: impl IntoIterator<Item = (impl AsRef<str>, u32)>) -> Self {
        Self::new(names, false)
    }

    /// Names to be found however they are written, each with a number of the caller's: their words are compared
    /// [folded](crate::name::fold). Signs around a name do not count. Between its words hyphens and white space are one,
    /// quotes are one, and other signs count.
    ///
    /// A full stop ends a sentence, and so no name goes on behind it but one that has it there, too, or where the word
    /// before has two letters or fewer: `J. Smith`, `St. Petersburg`. Neither does one go beyond a blank line.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::tables::Dictionary;
    ///
    /// let dictionary = Dictionary::folded([("Sana'a", 7), ("İzmir", 8), ("AT&T", 9), ("US Army", 10)]);
    /// let text = "From SANAA to Izmir, at & t; the U.S. Army.";
    /// let found: Vec<u32> = dictionary.find(text).map(|f| f.number).collect();
    /// assert_eq!(found, [7, 8, 9, 10]);
    /// ```
    #[must_use]
    pub fn folded(names: impl IntoIterator<Item = (impl AsRef<str>, u32)>) -> Self {
        Self::new(names, true)
    }

    fn new(names: impl IntoIterator<Item = (impl AsRef<str>, u32)>, fold: bool) -> Self {
        let names = names.into_iter();
        let expected = names.size_hint().0;
        let mut texts = String::new();
        let (mut ends, mut numbers) = (Vec::with_capacity(expected), Vec::with_capacity(expected));
        let mut paths: Vec<(u64, u32)> = Vec::with_capacity(expected);
        let (mut heads, mut leading) = (Vec::with_capacity(expected), Vec::new());
        for (name, number) in names {
            let name = name.as_ref();
            let mut words = Words::new(name, 0, fold);
            let Some(first) = words.next() else { continue };
            // Numbers of four bytes last for all names that a memory holds.
            let Ok(place) = u32::try_from(numbers.len()) else { break };
            let (mut path, mut end) = (onward(0, first.hash), first.end);
            heads.push(first.head);
            while let Some(word) = words.next() {
                leading.push(path);
                path = onward(path, word.hash);
                end = word.end;
            }
            paths.push((path, place));
            texts.push_str(if fold { name.get(first.start..end).unwrap_or_default() } else { name });
            ends.push(texts.len());
            numbers.push(number);
        }
        let first = First::new(&heads);
        drop(heads);
        paths.sort_unstable();
        let mut bytes = Vec::new();
        phrases::write(&paths, &leading, &mut bytes);
        texts.shrink_to_fit();
        Self { fold, first, phrases: bytes, texts, ends, numbers }
    }

    /// How many names there are to find.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there is no name to find.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// All occurrences of all names in a text, overlapping ones too: in the order in which they end, the longer before the
    /// shorter.
    #[must_use]
    pub fn find<'d>(&'d self, text: &'d str) -> Occurrences<'d> {
        let phrases = Phrases::read(&self.phrases).unwrap_or_default();
        let search = Search { dictionary: self, phrases, text, walks: Vec::new(), found: Vec::new() };
        Occurrences { blocks: Blocks::new(text, self.fold), search, given: 0 }
    }

    /// The text of a name by its place.
    fn text(&self, place: usize) -> Option<&str> {
        let start = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.texts.get(start..*self.ends.get(place)?)
    }

    /// Where a name stands in a text whose words from `start` to `end` have its path.
    fn span(&self, place: usize, text: &str, start: usize, end: usize) -> Option<Span> {
        let name = self.text(place)?;
        if self.fold {
            let same = text.get(start..end)?.eq_ignore_ascii_case(name) || alike(name, text, start, end);
            return same.then(|| Span::new(start, end));
        }
        let before = name.find(is_word_char)?;
        let begin = start.checked_sub(before)?;
        let after = name.len() - name.trim_end_matches(|c| !is_word_char(c)).len();
        let span = Span::new(begin, end + after);
        (text.get(span.start..span.end)? == name).then_some(span)
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary").field("names", &self.len()).field("fold", &self.fold).finish_non_exhaustive()
    }
}

/// Which first bytes of words may begin a name: a bit each. Words that begin otherwise are not even hashed.
#[derive(Clone)]
struct First(Vec<u64>);

impl First {
    fn new(heads: &[u64]) -> Self {
        let bits = (heads.len() * FIRST_BITS).next_power_of_two().clamp(FEWEST_FIRST, MOST_FIRST);
        let mut first = Self(vec![0; bits / 64]);
        for head in heads {
            let (word, bit) = first.place(*head);
            first.0[word] |= bit;
        }
        first
    }

    #[inline]
    fn place(&self, head: u64) -> (usize, u64) {
        let mixed = head.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let word = usize::try_from(mixed >> 32).unwrap_or_default() & (self.0.len() - 1);
        (word, 1 << (mixed >> 58))
    }

    #[inline]
    fn has(&self, head: u64) -> bool {
        let (word, bit) = self.place(head);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

/// What [`Dictionary::find`] finds, one after another.
#[derive(Clone)]
pub struct Occurrences<'d> {
    blocks: Blocks<'d>,
    search: Search<'d>,
    /// How many of the names that were found last are given.
    given: usize,
}

#[derive(Clone)]
struct Search<'d> {
    dictionary: &'d Dictionary,
    phrases: Phrases<'d>,
    text: &'d str,
    /// The paths that may go on to a name, the oldest first.
    walks: Vec<Walk>,
    /// The names that end in the last block.
    found: Vec<Occurrence>,
}

/// A path of words of a text that may lead to a name.
#[derive(Debug, Clone, Copy)]
struct Walk {
    path: u64,
    /// Where its first word begins.
    start: usize,
}

impl fmt::Debug for Occurrences<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Occurrences").finish_non_exhaustive()
    }
}

impl Search<'_> {
    /// Takes a path on to what ends here; whether it may go on.
    fn settle(&mut self, walk: Walk, end: usize) -> bool {
        let bits = self.phrases.bits(walk.path);
        if bits.is_one {
            for place in self.phrases.numbers(walk.path) {
                let place = super::bytes::index(place);
                let number = self.dictionary.numbers.get(place);
                let span = self.dictionary.span(place, self.text, walk.start, end);
                self.found.extend(number.zip(span).map(|(number, span)| Occurrence { number: *number, span }));
            }
        }
        bits.leads
    }

    /// Takes all paths on by a word.
    fn go_on(&mut self, hash: u64, end: usize) {
        let mut kept = 0;
        for i in 0..self.walks.len() {
            let walk = Walk { path: onward(self.walks[i].path, hash), ..self.walks[i] };
            if self.settle(walk, end) {
                self.walks[kept] = walk;
                kept += 1;
            }
        }
        self.walks.truncate(kept);
    }
}

impl Taker for Search<'_> {
    #[inline]
    fn plain(&mut self, start: usize, end: usize) {
        let (bytes, fold) = (self.text.as_bytes(), self.dictionary.fold);
        if !self.walks.is_empty() || self.dictionary.first.has(plain_head(bytes, start, end, fold)) {
            self.word(plain_word(bytes, start, end, fold));
        }
    }

    fn word(&mut self, word: Word) {
        if !self.walks.is_empty() {
            self.go_on(word.hash, word.end);
        }
        if self.dictionary.first.has(word.head) {
            let walk = Walk { path: onward(0, word.hash), start: word.start };
            if self.settle(walk, word.end) {
                self.walks.push(walk);
            }
        }
    }
}

impl Iterator for Occurrences<'_> {
    type Item = Occurrence;

    #[inline]
    fn next(&mut self) -> Option<Occurrence> {
        loop {
            if let Some(found) = self.search.found.get(self.given) {
                self.given += 1;
                return Some(*found);
            }
            self.search.found.clear();
            self.given = 0;
            let search = &mut self.search;
            while search.found.is_empty() {
                if !self.blocks.next(search) {
                    return None;
                }
            }
        }
    }
}

impl FusedIterator for Occurrences<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(dictionary: &Dictionary, text: &str) -> Vec<(u32, String)> {
        let mut out: Vec<(u32, String)> = dictionary.find(text).map(|f| (f.number, text[f.span].to_owned())).collect();
        out.sort();
        out
    }

    #[test]
    fn exact_names_are_found_as_written() {
        let names = ["New York", "York", "(A)", "A", "!!!", "Yahoo!", "New  York", "", "a.b"];
        let dictionary = Dictionary::exact(names.into_iter().zip(0..));
        assert_eq!(dictionary.len(), 7);
        let owned = |rows: &[(u32, &str)]| rows.iter().map(|(n, t)| (*n, (*t).to_owned())).collect::<Vec<_>>();
        assert_eq!(found(&dictionary, "New York"), owned(&[(0, "New York"), (1, "York")]));
        assert_eq!(found(&dictionary, "New  York's"), owned(&[(1, "York"), (6, "New  York")]));
        assert_eq!(found(&dictionary, "Yorkshire new york 3York Yorké"), []);
        assert_eq!(found(&dictionary, "(A) !!!"), owned(&[(2, "(A)"), (3, "A")]));
        assert_eq!(found(&dictionary, "Yahoo? Yahoo!Yahoo!"), owned(&[(5, "Yahoo!"), (5, "Yahoo!")]));
        assert_eq!(found(&dictionary, "a.b a-b"), owned(&[(8, "a.b")]));
        assert_eq!(found(&dictionary, ""), []);
        assert!(Dictionary::exact([("?", 1)]).is_empty());
        assert_eq!(Dictionary::exact([("", 1)]).find("a b").count(), 0);
    }

    #[test]
    fn folded_names_are_found_however_written() {
        let rows = [
            ("Deir ez-Zor", "DEIR EZ\nZOR", true),
            ("Deir ez-Zor", "Deir ez\n\nZor", false),
            ("New York", "It is new. York is old.", false),
            ("St. Petersburg", "St Petersburg", true),
            ("St Petersburg", "St. Petersburg", true),
            ("Mass. Pike", "Mass. Pike", true),
            ("Sana'a", "Sana’a's", true),
            ("McDonald's", "McDonald’s", true),
            ("McDonald's", "McDonald", false),
            ("Straße", "STRASSE", true),
            ("İstanbul", "istanbul’da", false),
            ("İstanbul", "ISTANBUL", true),
            ("AT&T", "AT T", false),
            ("US", "the U.S.", true),
            ("الشرع", "أحمد الشرع.", true),
            ("\"Al\" Smith", "“Al” Smith", true),
        ];
        for (name, text, expected) in rows {
            let count = Dictionary::folded([(name, 5)]).find(text).count();
            assert_eq!(count, usize::from(expected), "{name} in {text}");
        }
    }

    #[test]
    fn one_spelling_may_have_several_numbers() {
        let dictionary = Dictionary::folded([("Ann Lee", 3), ("ann lee", 1), ("Lee", 3)]);
        let text = "ANN LEE";
        let found: Vec<(u32, &str)> = dictionary.find(text).map(|f| (f.number, &text[f.span])).collect();
        assert_eq!(found, [(3, "ANN LEE"), (1, "ANN LEE"), (3, "LEE")]);
    }

    #[test]
    fn long_names_are_found() {
        let long = vec!["la"; 300].join(" ");
        let dictionary = Dictionary::exact([(long.as_str(), 0), ("la", 1)]);
        assert_eq!(dictionary.find(&format!("{long} la li")).filter(|f| f.number == 0).count(), 2);
    }
}
