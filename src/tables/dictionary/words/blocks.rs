//! Words by blocks of 64 bytes.
//!
//! Which bytes of a block are ASCII letters and digits is one number of 64 bits. Where its bits change, words begin and end,
//! so that no word has to wait for the end of the one before, and none is gone through byte by byte.

use super::{SMALL, Word, Words, closed, goes_on, mixed, plain_hash};

/// The bytes of a block: one for each bit of a number.
const BLOCK: usize = 64;
/// As many of the first bytes of a number as the place says.
const FIRST: [u64; 9] = {
    let mut masks = [0; 9];
    let mut bytes = 1;
    while bytes < 9 {
        masks[bytes] = u64::MAX >> (64 - 8 * bytes);
        bytes += 1;
    }
    masks
};

/// What takes the words of a text.
pub(crate) trait Taker {
    /// A plain word, neither hashed nor folded.
    fn plain(&mut self, start: usize, end: usize);
    /// Any other.
    fn word(&mut self, word: Word);
}

/// The words of a text, those of a block at a time: what [`Words`] finds.
#[derive(Debug, Clone)]
pub(crate) struct Blocks<'t> {
    text: &'t str,
    fold: bool,
    /// Where the next block begins.
    at: usize,
    /// The last block ends inside of a run of letters, which begins here.
    open: bool,
    start: usize,
    /// The open run may hold other letters than those of ASCII.
    odd: bool,
    /// For what is not plain.
    words: Words<'t>,
}

impl<'t> Blocks<'t> {
    pub fn new(text: &'t str, fold: bool) -> Self {
        let words = Words::new(text, 0, fold);
        Self { text, fold, at: 0, open: false, start: 0, odd: false, words }
    }

    /// Gives the words that end in the next block; whether there was one.
    #[inline]
    pub fn next(&mut self, taker: &mut impl Taker) -> bool {
        let bytes = self.text.as_bytes();
        // The block after the last byte ends the last word.
        let Some(rest) = bytes.get(self.at..) else { return false };
        let (run, odd) = if let Some(block) = rest.first_chunk() {
            letters(block)
        } else {
            let mut block = [0; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            letters(&block)
        };
        let before = run << 1 | u64::from(self.open);
        let (mut starts, mut ends) = (run & !before, before & !run);
        let base = self.at;
        let next = |bits: &mut u64| {
            let at = base + bits.trailing_zeros() as usize;
            *bits &= bits.wrapping_sub(1);
            at
        };
        let mut start = if self.open { self.start } else { next(&mut starts) };
        // The run that is open may be odd before this block.
        let mut is_odd = self.open && self.odd;
        let mut done = 0;
        while ends != 0 {
            let end = next(&mut ends);
            // Up to the byte after the run, what no run before has seen.
            let seen = u64::MAX >> (BLOCK - 1 - (end - base));
            is_odd |= odd & seen & !done != 0;
            done = seen;
            if is_odd || self.fold && (end - start == 1 || start < self.words.at) {
                self.careful(start, end, taker);
            } else {
                taker.plain(start, end);
            }
            is_odd = false;
            start = next(&mut starts);
        }
        self.start = start;
        self.open = run >> (BLOCK - 1) != 0;
        self.odd = is_odd || odd & !done != 0;
        self.at += BLOCK;
        true
    }

    /// Gives the words of a run that may hold other letters than those of ASCII, go on after it, or be part of one before.
    fn careful(&mut self, start: usize, end: usize, taker: &mut impl Taker) {
        let bytes = self.text.as_bytes();
        // The word before may have taken some of it.
        let start = start.max(self.words.at);
        if start >= end {
            return;
        }
        let run = bytes.get(start..end).unwrap_or_default();
        if run.is_ascii() && !goes_on(bytes.get(end).copied(), end - start, self.fold) {
            return taker.plain(start, end);
        }
        self.words.at = start;
        while let Some(word) = self.words.next_before(end) {
            taker.word(word);
        }
    }
}

/// Which bytes are ASCII letters and digits or belong to other characters, a bit each, and which are of the latter or
/// apostrophes.
#[inline]
fn letters(block: &[u8; BLOCK]) -> (u64, u64) {
    let is_odd = |byte: u8| byte >> 7 | u8::from(byte == b'\'') | u8::from(byte == b'`');
    let run = bits(block, |byte| {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let digit = byte.wrapping_sub(b'0') < 10;
        u8::from(letter) | u8::from(digit) | byte >> 7
    });
    // Most blocks have none.
    let any = block.iter().fold(0, |any, byte| any | is_odd(*byte));
    (run, if any == 0 { 0 } else { bits(block, is_odd) })
}

/// A bit for each byte, by what is 1 of the byte and 0 of others.
#[inline]
fn bits(block: &[u8; BLOCK], of: impl Fn(u8) -> u8) -> u64 {
    let mut flags = [0; BLOCK];
    for (flag, &byte) in flags.iter_mut().zip(block) {
        *flag = of(byte);
    }
    let mut bits = 0;
    for (i, eight) in flags.chunks_exact(8).enumerate() {
        let eight = eight.first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
        // Each of the eight bits goes to its place in the highest byte.
        bits |= eight.wrapping_mul(0x0102_0408_1020_4080) >> 56 << (8 * i);
    }
    bits
}

/// The first bytes of a plain word of a text, folded if need be: its [`Word::head`].
#[inline]
pub(crate) fn plain_head(bytes: &[u8], start: usize, end: usize, fold: bool) -> u64 {
    let Some(eight) = bytes.get(start..).and_then(|rest| rest.first_chunk()) else {
        return super::head(bytes.get(start..end).unwrap_or_default(), if fold { SMALL } else { 0 });
    };
    (u64::from_le_bytes(*eight) | if fold { SMALL } else { 0 }) & FIRST[(end - start).min(8)]
}

/// A plain word of a text, without going through it where it has sixteen bytes or fewer.
#[inline]
pub(crate) fn plain_word(bytes: &[u8], start: usize, end: usize, fold: bool) -> Word {
    let head = plain_head(bytes, start, end, fold);
    let of = |hash| Word { start, end, head, hash, plain: true };
    let second = bytes.get(start + 8..).and_then(|rest| rest.first_chunk());
    match (end - start, second) {
        (..=8, _) => of(closed(mixed(0, head))),
        (length @ 9..=16, Some(eight)) => {
            let second = (u64::from_le_bytes(*eight) | if fold { SMALL } else { 0 }) & FIRST[length - 8];
            of(closed(mixed(mixed(0, head), second)))
        }
        _ => of(plain_hash(bytes.get(start..end).unwrap_or_default(), fold)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct All<'t>(&'t str, bool, Vec<Word>);

    impl Taker for All<'_> {
        fn plain(&mut self, start: usize, end: usize) {
            self.2.push(plain_word(self.0.as_bytes(), start, end, self.1));
        }

        fn word(&mut self, word: Word) {
            self.2.push(word);
        }
    }

    fn both(text: &str, fold: bool) {
        let mut words = Words::new(text, 0, fold);
        let slow: Vec<Word> = std::iter::from_fn(|| words.next()).collect();
        let (mut blocks, mut fast) = (Blocks::new(text, fold), All(text, fold, Vec::new()));
        while blocks.next(&mut fast) {}
        assert_eq!(fast.2, slow, "{text:?}");
    }

    #[test]
    fn words_may_lie_anywhere() {
        for length in [0, 1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 128, 200] {
            for before in 0..130 {
                for after in ["", " ", "'s", "é", "’s of", "."] {
                    let text = format!("{}{}{after}", " ".repeat(before), "aB3".repeat(70).split_at(length).0);
                    both(&text, false);
                    both(&text, true);
                }
            }
        }
    }

    #[test]
    fn every_byte_is_told() {
        for byte in 0..=u8::MAX {
            let mut block = [b' '; BLOCK];
            block[37] = byte;
            let expected = byte.is_ascii_alphanumeric() || byte >= 0x80;
            let odd = byte >= 0x80 || byte == b'\'' || byte == b'`';
            assert_eq!(letters(&block), (u64::from(expected) << 37, u64::from(odd) << 37), "{byte}");
        }
    }

    proptest::proptest! {
        #[test]
        fn blocks_find_the_same(text in "([a-cUSs]{1,17}|[ .'’`,&_-]|[0-9éßİ\u{301}ﬁ—ع\u{200d}]|[@\\[{`/:Zz]|U\\.S\\.){0,60}") {
            both(&text, false);
            both(&text, true);
        }
    }
}
