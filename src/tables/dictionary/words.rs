//! The words of a text, one after another, each with a hash: as little as a search for names needs.
//!
//! Words of ASCII letters and digits are read eight bytes at a time; all others character by character, by the same rules.

use crate::name::fold_into;
use crate::token::is_apostrophe;
use unicode_normalization::char::is_combining_mark;

/// The highest bit of each of eight bytes.
const HIGH: u64 = 0x8080_8080_8080_8080;
/// The bit that small ASCII letters and digits have and capitals lack, in each of eight bytes.
const SMALL: u64 = 0x2020_2020_2020_2020;
/// No initialism has more letters; what claims to be is so many words.
const LONGEST_INITIALISM: usize = 12;
/// Small French and Italian words that lose their vowel before another.
const ELISIONS: [&str; 12] = ["d", "l", "m", "n", "s", "t", "j", "c", "qu", "dell", "nell", "all"];

/// The same byte eight times.
const fn eight(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The high bit of each byte that is an ASCII letter or digit.
fn alphanumeric(bytes: u64) -> u64 {
    let seven = bytes & !HIGH;
    // Sums of seven bits never reach the next byte; the high bit says whether the bound was reached.
    let between = |of: u64, first: u8, last: u8| (of + eight(0x80 - first)) & !(of + eight(0x7F - last));
    (between(seven, b'0', b'9') | between(seven | SMALL, b'a', b'z')) & HIGH & !bytes
}

/// Whether a character belongs to a word: letters, digits, marks, and what is written inside words without being seen.
pub(super) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
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

/// The hash of a word's bytes.
fn hash(word: &str) -> u64 {
    closed(word.as_bytes().chunks(8).fold(0, |hash, chunk| mixed(hash, padded(chunk))))
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
    /// Of its bytes, or of its folded form.
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
    /// Each word is taken the long way.
    #[cfg(test)]
    slow: bool,
}

impl<'t> Words<'t> {
    /// The words from a character on.
    pub fn new(text: &'t str, at: usize, fold: bool) -> Self {
        Self {
            text,
            at,
            fold,
            folded: String::new(),
            #[cfg(test)]
            slow: false,
        }
    }

    /// The next word.
    #[inline]
    pub fn next(&mut self) -> Option<Word> {
        let bytes = self.text.as_bytes();
        loop {
            let first = *bytes.get(self.at)?;
            if first.is_ascii_alphanumeric() {
                #[cfg(test)]
                if self.slow {
                    let (start, long) = (self.at, self.long_word(self.at));
                    match long {
                        Some(word) => return Some(word),
                        None if self.at > start => continue,
                        None => {}
                    }
                }
                let word = self.ascii_word();
                if bytes.get(word.end).is_some_and(|&after| self.goes_on(after, word))
                    && let Some(word) = self.long_word(word.start)
                {
                    return Some(word);
                }
                self.at = word.end;
                return Some(word);
            }
            if first < 0x80 {
                self.at += 1;
                continue;
            }
            let start = self.at;
            if let Some(word) = self.long_word(start) {
                return Some(word);
            }
            if self.at == start {
                self.at += self.char_at(start).map_or(1, char::len_utf8);
            }
        }
    }

    /// Whether a word of ASCII letters may be longer, or other, than its letters: by the byte after it.
    #[inline]
    fn goes_on(&self, after: u8, word: Word) -> bool {
        after >= 0x80 || self.fold && (matches!(after, b'\'' | b'`') || after == b'.' && word.end == word.start + 1)
    }

    /// The ASCII letters and digits from here on.
    #[inline]
    fn ascii_word(&self) -> Word {
        let (start, mut end, mut state) = (self.at, self.at, 0);
        let case = if self.fold { SMALL } else { 0 };
        loop {
            let rest = self.text.as_bytes().get(end..).unwrap_or_default();
            let next = rest.first_chunk().map_or_else(|| padded(rest), |whole| u64::from_le_bytes(*whole));
            let others = !alphanumeric(next) & HIGH;
            if others == 0 {
                state = mixed(state, next | case);
                end += 8;
                continue;
            }
            let letters = others.trailing_zeros() / 8;
            if letters > 0 {
                // Letters and digits have the bit of small letters or get it: nothing else is in the mask.
                state = mixed(state, (next | case) & ((1 << (letters * 8)) - 1));
                end += letters as usize;
            }
            return Word { start, end, hash: closed(state), plain: true };
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The word of any characters that begins here, and what it folds to. Nothing where none begins, or where nothing is
    /// left of it; of the latter the place is passed.
    #[cold]
    fn long_word(&mut self, start: usize) -> Option<Word> {
        if !is_word_char(self.char_at(start)?) {
            return None;
        }
        let mut end = self.run(start);
        if self.fold {
            end = self.initialism(start).unwrap_or_else(|| self.with_apostrophes(start, end));
        }
        self.at = end;
        let word = self.text.get(start..end)?;
        self.folded.clear();
        if !self.fold {
            return Some(Word { start, end, hash: hash(word), plain: false });
        }
        for piece in word.split('.') {
            fold_into(piece, &mut self.folded);
        }
        (!self.folded.is_empty()).then(|| Word { start, end, hash: hash(&self.folded), plain: false })
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
        kept.map(|c| if crate::token::is_quote(c) || is_apostrophe(c) { '"' } else { c }).collect()
    };
    // A full stop ends a sentence, and a blank line what went before.
    let stops = found.contains('.') && !wanted.contains('.') && !short;
    let parts = found.matches('\n').count() > 1;
    !stops && !parts && told(wanted) == told(found)
}

/// Whether a character between two words says no more than that there are two.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || crate::token::is_hyphen(c) || matches!(c, '\u{200B}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, fold: bool, slow: bool) -> Vec<(usize, usize, u64)> {
        let mut words = Words { slow, ..Words::new(text, 0, fold) };
        std::iter::from_fn(|| words.next().map(|w| (w.start, w.end, w.hash))).collect()
    }

    fn cut(text: &str, fold: bool) -> Vec<&str> {
        words(text, fold, false).into_iter().map(|(start, end, _)| &text[start..end]).collect()
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
            assert_eq!(words(one, true, false)[0].2, words(other, true, false)[0].2, "{one}");
            assert_ne!(words(one, false, false)[0].2, words(other, false, false)[0].2, "{one}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_fast_way_is_the_slow_way(text in "([a-cUSs]{1,17}|[ .'’`,&_-]|[0-9éßİ\u{301}ﬁ—ع\u{200d}]|[@\\[{`/:Zz]){0,12}") {
            for fold in [false, true] {
                assert_eq!(words(&text, fold, false), words(&text, fold, true), "{text:?}");
            }
        }

        #[test]
        fn eight_bytes_are_told_at_once(bytes in proptest::array::uniform8(0u8..)) {
            let expected = bytes.map(|b| if b.is_ascii_alphanumeric() { 0x80 } else { 0 });
            assert_eq!(alphanumeric(u64::from_le_bytes(bytes)), u64::from_le_bytes(expected));
        }
    }
}
