//! The words of a text, one after another, each with a hash: as little as a search for names needs.
//!
//! [`Words`] reads character by character, and says what a word is; [`blocks`] finds the same words much faster where they
//! are ASCII.

use unicode_normalization::char::is_combining_mark;

use crate::name::fold_into;
use crate::token::{is_apostrophe, is_hyphen, is_quote};

mod blocks;

pub(super) use blocks::{Blocks, Taker, plain_head, plain_word};

/// The bit that small ASCII letters and digits have and capitals lack, in each of eight bytes.
const SMALL: u64 = 0x2020_2020_2020_2020;
/// No initialism has more letters; what claims to be is so many words.
const LONGEST_INITIALISM: usize = 12;
/// Small French and Italian words that lose their vowel before another.
const ELISIONS: [&str; 12] = ["d", "l", "m", "n", "s", "t", "j", "c", "qu", "dell", "nell", "all"];

/// Whether a character belongs to a word: letters, digits, marks, and what is written inside words without being seen.
pub(super) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // Dashes and quotes are what news has most of beyond ASCII.
    if ('\u{2010}'..='\u{205F}').contains(&c) {
        return false;
    }
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}' | '\u{AD}' | '\u{2060}' | 'ـ')
}

/// The hash of a word of which these bytes follow: all but the last step.
fn mixed(hash: u64, eight: u64) -> u64 {
    (hash.rotate_left(23) ^ eight).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The last step: what the first bytes say reaches the last bits, too.
fn closed(hash: u64) -> u64 {
    hash ^ hash >> 32
}

/// The first bytes of a word, each with some bits set.
fn head(word: &[u8], set: u64) -> u64 {
    word.chunks(8).next().map_or(0, |chunk| padded(chunk) | set & u64::MAX >> (64 - 8 * chunk.len()))
}

/// The hash of a word's bytes, each with some bits set.
fn hash(word: &[u8], set: u64) -> u64 {
    closed(word.chunks(8).fold(0, |hash, chunk| mixed(hash, head(chunk, set))))
}

/// The hash of a plain word.
fn plain_hash(word: &[u8], fold: bool) -> u64 {
    // Letters have the bit of small ones or get it, and digits have it.
    hash(word, if fold { SMALL } else { 0 })
}

/// Eight bytes or fewer as a number, the first byte the lowest.
fn padded(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte))
}

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    /// Its first eight bytes or fewer, the first one the lowest; of its folded form when words are folded.
    pub head: u64,
    /// The hash of all of them.
    pub hash: u64,
    /// ASCII letters and digits alone, folded by their case alone.
    pub plain: bool,
}

/// The words of a text from some place on.
#[derive(Debug, Clone)]
pub(super) struct Words<'t> {
    text: &'t str,
    at: usize,
    /// Words are folded, and cut as folding wants it.
    fold: bool,
    /// The folded form of the last word that was not plain.
    folded: String,
}

impl<'t> Words<'t> {
    /// The words from a character on.
    pub fn new(text: &'t str, at: usize, fold: bool) -> Self {
        Self { text, at, fold, folded: String::new() }
    }

    /// The next word, if it begins before some place.
    pub fn next_before(&mut self, limit: usize) -> Option<Word> {
        while self.at < limit {
            let start = self.at;
            let rest = self.text.as_bytes().get(start..)?;
            let letters = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let end = start + letters;
            if letters > 0 && !goes_on(rest.get(letters).copied(), letters, self.fold) {
                self.at = end;
                let set = if self.fold { SMALL } else { 0 };
                let word = &rest[..letters];
                return Some(Word { start, end, head: head(word, set), hash: hash(word, set), plain: true });
            }
            match self.char_at(start) {
                Some(c) if is_word_char(c) => {
                    if let Some(word) = self.long_word(start) {
                        return Some(word);
                    }
                }
                Some(c) => self.at += c.len_utf8(),
                None => return None,
            }
        }
        None
    }

    /// The next word.
    pub fn next(&mut self) -> Option<Word> {
        self.next_before(self.text.len())
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The word of any characters that begins here, which is passed; nothing when folding leaves nothing of it.
    fn long_word(&mut self, start: usize) -> Option<Word> {
        let mut end = self.run(start);
        if self.fold {
            end = self.initialism(start).unwrap_or_else(|| self.with_apostrophes(start, end));
        }
        self.at = end;
        let word = self.text.get(start..end)?;
        if !self.fold {
            return Some(Self::long(start, end, word.as_bytes()));
        }
        self.folded.clear();
        for piece in word.split('.') {
            fold_into(piece, &mut self.folded);
        }
        (!self.folded.is_empty()).then(|| Self::long(start, end, self.folded.as_bytes()))
    }

    fn long(start: usize, end: usize, bytes: &[u8]) -> Word {
        Word { start, end, head: head(bytes, 0), hash: hash(bytes, 0), plain: false }
    }

    /// The end of the characters of words from here on.
    fn run(&self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        start + rest.find(|c| !is_word_char(c)).unwrap_or(rest.len())
    }

    /// The end of a word, beyond the apostrophes in it: `Sana'a`, but `Syria` and `s`, and `d'` before another word.
    fn with_apostrophes(&self, start: usize, mut end: usize) -> usize {
        while let Some(mark) = self.char_at(end).filter(|c| is_apostrophe(*c)) {
            let after = end + mark.len_utf8();
            if !self.char_at(after).is_some_and(char::is_alphabetic) {
                break;
            }
            let next = self.run(after);
            if matches!(self.text.get(after..next), Some("s" | "S")) {
                break;
            }
            if self.text.get(start..end).is_some_and(|word| ELISIONS.contains(&word)) {
                return after;
            }
            end = next;
        }
        end
    }

    /// The end of letters that each have a full stop after them, but for the last one, which may: `U.S.`, `L.N.A`.
    fn initialism(&self, start: usize) -> Option<usize> {
        let (mut at, mut end, mut letters) = (start, start, 0);
        while let Some(c) = self.char_at(at).filter(|c| c.is_alphabetic()) {
            let after = at + c.len_utf8();
            if letters == LONGEST_INITIALISM {
                return None;
            }
            let stopped = self.text.as_bytes().get(after) == Some(&b'.');
            if !stopped && self.char_at(after).is_some_and(is_word_char) {
                break;
            }
            letters += 1;
            end = after + usize::from(stopped);
            at = end;
            if !stopped {
                break;
            }
        }
        // `U.S.A.Today` is letters and a word that touch.
        (letters >= 2 && !self.char_at(end).is_some_and(is_word_char)).then_some(end)
    }

    /// What the last word that came folds to.
    fn folded(&self, word: Word) -> String {
        if word.plain {
            return self.text.get(word.start..word.end).unwrap_or_default().to_ascii_lowercase();
        }
        self.folded.clone()
    }
}

/// Whether a word of so many ASCII letters and digits may be longer, or other, than they are: by the byte after them.
fn goes_on(after: Option<u8>, letters: usize, fold: bool) -> bool {
    match after {
        Some(byte) if byte >= 0x80 => true,
        Some(b'\'' | b'`') => fold,
        Some(b'.') => fold && letters == 1,
        _ => false,
    }
}

/// Whether some folded words of a text, and what stands between them, are those of a name.
pub(super) fn alike(name: &str, text: &str, start: usize, end: usize) -> bool {
    let mut of_name = Words::new(name, 0, true);
    let mut of_text = Words::new(text, start, true);
    let mut before: Option<(Word, Word)> = None;
    loop {
        let (own, word) = (of_name.next(), of_text.next().filter(|word| word.start < end));
        let (Some(own), Some(word)) = (own, word) else { return own.is_none() && word.is_none() };
        if of_name.folded(own) != of_text.folded(word) {
            return false;
        }
        if let Some((last_own, last)) = before {
            let wanted = name.get(last_own.end..own.start).unwrap_or_default();
            let found = text.get(last.end..word.start).unwrap_or_default();
            let short = text.get(last.start..last.end).is_some_and(|word| word.chars().count() <= SHORT);
            if !joins(wanted, found, short) {
                return false;
            }
        }
        before = Some((own, word));
    }
}

/// Words of so many letters may be abbreviated by a full stop that no name writes: `J. Smith`, `St. Petersburg`.
const SHORT: usize = 2;

/// Whether what stands between two words of a text may stand between those of a name.
fn joins(wanted: &str, found: &str, short: bool) -> bool {
    if wanted == found {
        return true;
    }
    let told = |gap: &str| -> Vec<char> {
        let kept = gap.chars().filter(|c| !is_blank(*c) && *c != '.');
        kept.map(|c| if is_quote(c) || is_apostrophe(c) { '"' } else { c }).collect()
    };
    // A full stop ends a sentence, and a blank line what went before.
    let stops = found.contains('.') && !wanted.contains('.') && !short;
    let parts = found.matches('\n').count() > 1;
    !stops && !parts && told(wanted) == told(found)
}

/// Whether a character between two words says no more than that there are two.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_hyphen(c) || matches!(c, '\u{200B}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, fold: bool) -> Vec<(usize, usize, u64)> {
        let mut words = Words::new(text, 0, fold);
        std::iter::from_fn(|| words.next().map(|w| (w.start, w.end, w.hash))).collect()
    }

    fn cut(text: &str, fold: bool) -> Vec<&str> {
        words(text, fold).into_iter().map(|(start, end, _)| &text[start..end]).collect()
    }

    #[test]
    fn cuts_words() {
        assert_eq!(
            cut("Sana'a, al-Qaeda's U.S. men_of 1967", false),
            ["Sana", "a", "al", "Qaeda", "s", "U", "S", "men", "of", "1967"]
        );
        assert_eq!(
            cut("Sana'a, al-Qaeda's U.S. men_of J. d’Alembert", true),
            ["Sana'a", "al", "Qaeda", "s", "U.S.", "men", "of", "J", "d’", "Alembert"]
        );
        assert_eq!(cut("é e\u{301}tat—ﬁn \u{301} İnönü😀a", true), ["é", "e\u{301}tat", "ﬁn", "İnönü", "a"]);
        assert_eq!(cut("", true), [""; 0]);
    }

    #[test]
    fn folded_words_have_one_hash() {
        let rows =
            [("Straße", "STRASSE"), ("İstanbul", "istanbul"), ("Sana’a", "sanaa"), ("U.S.", "US"), ("ﬁlm", "Film")];
        for (one, other) in rows {
            assert_eq!(words(one, true)[0].2, words(other, true)[0].2, "{one}");
            assert_ne!(words(one, false)[0].2, words(other, false)[0].2, "{one}");
        }
    }
}
