//! Characters to tokens.

use unicode_normalization::char::is_combining_mark;

use super::{Gap, Shape, Token, TokenKind, is_apostrophe};
use crate::span::Span;

/// No tag, entity, initialism or domain is longer, in bytes; what claims to be is plain text. It keeps the look-ahead,
/// and so the whole scan, linear.
const LOOK_AHEAD: usize = 300;

/// No initialism has more letters.
const LONGEST_INITIALISM: usize = 12;

/// The endings by which `word.word` is known as a domain rather than as two sentences that touch.
const DOMAINS: [&str; 24] = [
    "com", "org", "net", "gov", "edu", "info", "co", "io", "tv", "me", "news", "uk", "fr", "de", "ru", "ua", "sy",
    "tr", "ir", "il", "eu", "cn", "in", "us",
];

/// Small and capital letters of ASCII.
const LOWER: u8 = 1;
const UPPER: u8 = 1 << 1;
const LETTER: u8 = LOWER | UPPER;
/// What ends a word, whatever comes after it.
const CLOSING: u8 = 1 << 2;
/// What is one punctuation mark, whatever stands around it.
const SIGN: u8 = 1 << 3;

/// What is known of each byte by itself.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        let mut class = 0;
        if byte.is_ascii_lowercase() {
            class |= LOWER;
        }
        if byte.is_ascii_uppercase() {
            class |= UPPER;
        }
        if matches!(byte, b' ' | b',' | b'\n' | b')' | b'"' | b';' | b'?' | b'!') {
            class |= CLOSING;
        }
        if byte.is_ascii_punctuation() && !matches!(byte, b'@' | b'#' | b'<' | b'&' | b'\'' | b'`') {
            class |= SIGN;
        }
        classes[byte as usize] = class;
        byte += 1;
    }
    classes
};

fn class_of(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// Cuts a text into tokens.
pub(super) fn scan(text: &str) -> Vec<Token> {
    // News text has a token for about five bytes; the guess saves most of the growing.
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0, tokens: Vec::with_capacity(text.len() / 5 + 4) };
    scanner.run();
    scanner.tokens
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut gap = Gap::Paragraph;
        while let Some(c) = self.char_at(self.at) {
            if c == ' ' {
                self.at += 1;
                gap = gap.max(Gap::Space);
                continue;
            }
            if let Some((end, shape)) = self.plain_word() {
                self.tokens.push(Token { span: Span::new(self.at, end), kind: TokenKind::Word, shape, gap });
                self.at = end;
                gap = Gap::None;
                continue;
            }
            if c.is_ascii() && class_of(c as u8) & SIGN != 0 {
                let span = Span::new(self.at, self.at + 1);
                self.tokens.push(Token { span, kind: TokenKind::Punctuation, shape: Shape::Uncased, gap });
                self.at += 1;
                gap = Gap::None;
                continue;
            }
            if is_space(c) {
                let lines = self.skip_space();
                gap = gap.max(match lines {
                    0 => Gap::Space,
                    1 => Gap::Line,
                    _ => Gap::Paragraph,
                });
                continue;
            }
            let start = self.at;
            let (end, kind) = self.token(c);
            let shape = match kind {
                TokenKind::Word | TokenKind::Initialism => shape(&self.text[start..end]),
                _ => Shape::Uncased,
            };
            self.tokens.push(Token { span: Span::new(start, end), kind, shape, gap });
            self.at = end;
            gap = Gap::None;
        }
    }

    /// The end and shape of a word of ASCII letters alone, as most are, that ends before something that can neither
    /// belong to a word nor to an address or initialism. It is what [`Scanner::token`] and [`shape`] find, in one walk.
    fn plain_word(&self) -> Option<(usize, Shape)> {
        let rest = &self.bytes[self.at..];
        let first = class_of(*rest.first()?) & LETTER;
        if first == 0 {
            return None;
        }
        let (mut len, mut further) = (1, 0);
        let next = loop {
            let Some(byte) = rest.get(len) else { break None };
            let class = class_of(*byte);
            if class & LETTER == 0 {
                break Some(*byte);
            }
            further |= class;
            len += 1;
        };
        let ends = match next {
            None => true,
            // A full stop before a space is the sentence's, but for the `www.` of an address.
            Some(b'.') => {
                matches!(rest.get(len + 1), None | Some(b' ' | b'\n')) && !rest[..len].eq_ignore_ascii_case(b"www")
            }
            Some(b'\'' | 0x80..) => self.ends_before_sign(self.at + len),
            Some(byte) => class_of(byte) & CLOSING != 0,
        };
        if !ends {
            return None;
        }
        let shape = match (first, further & LETTER) {
            (LOWER, 0 | LOWER) => Shape::Lower,
            (LOWER, _) => Shape::Inner,
            (_, 0) => Shape::Initial,
            (_, LOWER) => Shape::Capital,
            (_, UPPER) => Shape::Upper,
            _ => Shape::Camel,
        };
        Some((self.at + len, shape))
    }

    /// Whether a word ends before what stands at `at`, an apostrophe or no ASCII.
    fn ends_before_sign(&self, at: usize) -> bool {
        let Some(c) = self.char_at(at) else { return true };
        if !is_apostrophe(c) {
            return !is_word_char(c);
        }
        self.possessive(at).is_some() || !self.char_at(at + c.len_utf8()).is_some_and(char::is_alphabetic)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        match self.bytes.get(at) {
            Some(&b) if b < 0x80 => Some(char::from(b)),
            Some(_) => self.text[at..].chars().next(),
            None => None,
        }
    }

    /// Skips white space and returns the number of line breaks in it.
    fn skip_space(&mut self) -> usize {
        let mut lines = 0;
        while let Some(c) = self.char_at(self.at) {
            if !is_space(c) {
                break;
            }
            lines += usize::from(matches!(c, '\n' | '\u{2028}'));
            lines += 2 * usize::from(c == '\u{2029}');
            self.at += c.len_utf8();
        }
        lines
    }

    /// The end and kind of the token that begins here with `c`.
    fn token(&self, c: char) -> (usize, TokenKind) {
        let at = self.at;
        let next = at + c.len_utf8();
        if c.is_alphanumeric() {
            if let Some(end) = self.link(at) {
                return (end, TokenKind::Link);
            }
            if c.is_numeric() {
                return self.number(at);
            }
            if let Some(end) = self.initialism(at) {
                return (end, TokenKind::Initialism);
            }
            return (self.word(at), TokenKind::Word);
        }
        match c {
            '@' | '#' if self.char_at(next).is_some_and(is_handle) => (self.run_of(next, is_handle), TokenKind::Handle),
            '<' => self.tag(at).map_or((next, TokenKind::Symbol), |end| (end, TokenKind::Markup)),
            '&' => self.entity(at).map_or((next, TokenKind::Punctuation), |end| (end, TokenKind::Markup)),
            _ if is_apostrophe(c) => match self.possessive(at) {
                Some(end) if self.tokens.last().is_some_and(|t| t.span.end == at && t.is_word()) => {
                    (end, TokenKind::Possessive)
                }
                _ => (next, TokenKind::Punctuation),
            },
            _ if is_punctuation(c) => (next, TokenKind::Punctuation),
            _ => (next, TokenKind::Symbol),
        }
    }

    fn run_of(&self, mut at: usize, accept: impl Fn(char) -> bool) -> usize {
        while let Some(c) = self.char_at(at) {
            if !accept(c) {
                break;
            }
            at += c.len_utf8();
        }
        at
    }

    /// The end of the word at `at`.
    fn word(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(c) = self.char_at(at) {
            if is_word_char(c) {
                at += c.len_utf8();
            } else if is_apostrophe(c) {
                let after = at + c.len_utf8();
                if self.possessive(at).is_some() || !self.char_at(after).is_some_and(char::is_alphabetic) {
                    break;
                }
                if is_elision(&self.text[start..at]) {
                    return after;
                }
                at = after;
            } else {
                break;
            }
        }
        at
    }

    /// The end of a possessive `'s` whose apostrophe is at `at`.
    fn possessive(&self, at: usize) -> Option<usize> {
        let mark = self.char_at(at)?;
        let s = at + mark.len_utf8();
        let end = s + 1;
        (matches!(self.bytes.get(s), Some(b's' | b'S')) && !self.char_at(end).is_some_and(is_word_char)).then_some(end)
    }

    fn number(&self, start: usize) -> (usize, TokenKind) {
        let mut at = start;
        let mut letters = false;
        while let Some(c) = self.char_at(at) {
            if is_word_char(c) {
                letters |= c.is_alphabetic();
                at += c.len_utf8();
            } else if matches!(c, '.' | ',' | ':') && self.bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
                at += 1;
            } else {
                break;
            }
        }
        (at, if letters { TokenKind::Word } else { TokenKind::Number })
    }

    /// The end of `U.S.`, `a.k.a.`, `L.N.A`: single letters with full stops between them.
    fn initialism(&self, start: usize) -> Option<usize> {
        let (mut at, mut end, mut letters) = (start, start, 0);
        while let Some(c) = self.char_at(at).filter(|c| c.is_alphabetic()) {
            let dot = at + c.len_utf8();
            if letters > LONGEST_INITIALISM {
                return None;
            }
            if self.bytes.get(dot) != Some(&b'.') {
                // A last letter without its full stop counts when the word ends there.
                if !self.char_at(dot).is_some_and(is_word_char) && letters >= 1 {
                    end = dot;
                    letters += 1;
                }
                break;
            }
            (at, end) = (dot + 1, dot + 1);
            letters += 1;
        }
        if self.char_at(end).is_some_and(is_word_char) {
            return None;
        }
        (letters >= 2).then_some(end)
    }

    /// The end of an address that begins at `at`.
    fn link(&self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at..];
        let scheme = ["http://", "https://", "ftp://", "www."];
        if scheme.iter().any(|s| rest.len() > s.len() && rest[..s.len()].eq_ignore_ascii_case(s.as_bytes())) {
            return Some(self.run_of(at, is_link));
        }
        // word.word.tld, perhaps with a path; word@word.tld
        let label = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'@');
        // Most words are ended by something that no address holds: that is one comparison.
        let word = rest.iter().take(LOOK_AHEAD).position(|b| !b.is_ascii_alphanumeric())?;
        if !matches!(rest[word], b'.' | b'@' | b'-' | b'_') {
            return None;
        }
        let len = rest.iter().take(LOOK_AHEAD).take_while(|b| label(b)).count();
        if len == LOOK_AHEAD {
            return None;
        }
        let chain = &self.text[at..at + len];
        let chain = chain.trim_end_matches(['.', '-', '@', '_']);
        let (_, last) = chain.rsplit_once('.')?;
        let path = self.bytes.get(at + chain.len()) == Some(&b'/');
        let mail = chain.contains('@');
        if !(DOMAINS.contains(&last) && (mail || path || chain.bytes().all(|b| !b.is_ascii_uppercase()))) {
            return None;
        }
        let end = at + chain.len();
        Some(if path { self.run_of(end, is_link) } else { end })
    }

    /// The end of an HTML tag or comment that begins at `at`.
    fn tag(&self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at + 1..];
        if !rest.first().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!')) {
            return None;
        }
        let len = rest.iter().take(LOOK_AHEAD).position(|b| matches!(b, b'>' | b'<'))?;
        (rest[len] == b'>').then_some(at + 1 + len + 1)
    }

    /// The end of an HTML entity that begins at `at`.
    fn entity(&self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at + 1..];
        let len = rest.iter().take(10).position(|b| !b.is_ascii_alphanumeric() && *b != b'#')?;
        (len >= 2 && rest[len] == b';').then_some(at + 1 + len + 1)
    }
}

fn is_space(c: char) -> bool {
    // Zero-width space and byte order mark part words as a space does, though Unicode does not count them as white.
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}') || (c.is_control() && c != '\u{7f}')
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}' | '\u{AD}' | '\u{2060}' | 'ـ')
}

fn is_handle(c: char) -> bool {
    c == '_' || is_word_char(c)
}

fn is_link(c: char) -> bool {
    !(is_space(c) || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '…' | '|'))
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
            | '¡' | '¿' | '«' | '»' | '§' | '¶' | '·' | '،' | '؛' | '؟' | '۔' | '।' | '॥' | '״' | '׳' | '־'
            | '！' | '（' | '）' | '，' | '．' | '：' | '；' | '？' | '＂' | '＇' | '－')
}

/// Lower-case French and Italian words that lose their vowel before another: `d’al-Jolani`.
fn is_elision(word: &str) -> bool {
    matches!(word, "d" | "l" | "m" | "n" | "s" | "t" | "j" | "c" | "qu" | "dell" | "nell" | "all")
}

fn shape(word: &str) -> Shape {
    let (mut upper, mut lower, mut first_upper, mut seen) = (0_usize, 0_usize, false, false);
    for c in word.chars() {
        let is_upper = c.is_uppercase();
        if is_upper {
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        } else {
            continue;
        }
        if !seen {
            (seen, first_upper) = (true, is_upper);
        }
    }
    // O'Brien
    if (upper, first_upper) == (2, true) && lower > 0 && word.chars().nth(1).is_some_and(is_apostrophe) {
        return Shape::Capital;
    }
    shape_of_counts(upper, lower, first_upper)
}

/// The shape of a word with so many capitals and small letters.
fn shape_of_counts(upper: usize, lower: usize, first_upper: bool) -> Shape {
    match (upper, lower, first_upper) {
        (0, 0, _) => Shape::Uncased,
        (0, _, _) => Shape::Lower,
        (1, 0, _) => Shape::Initial,
        (_, 0, _) => Shape::Upper,
        (1, _, true) => Shape::Capital,
        (_, _, true) => Shape::Camel,
        (_, _, false) => Shape::Inner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        scan(text).iter().map(|t| &text[t.span]).collect()
    }

    #[test]
    fn takes_chains_and_clitics_apart() {
        let rows: &[(&str, &[&str])] = &[
            ("al-Qaeda-linked", &["al", "-", "Qaeda", "-", "linked"]),
            ("UK-based", &["UK", "-", "based"]),
            ("Syria’s and the boys' U.S.", &["Syria", "’s", "and", "the", "boys", "'", "U.S."]),
            ("la trahison d’al-Jolani", &["la", "trahison", "d’", "al", "-", "Jolani"]),
            ("O'Brien of N'Djamena", &["O'Brien", "of", "N'Djamena"]),
            ("combattants.Il", &["combattants", ".", "Il"]),
            ("end.U.S", &["end", ".", "U.S"]),
            ("U.N.-recognised", &["U.N.", "-", "recognised"]),
            ("at 10,000.5 p.m.", &["at", "10,000.5", "p.m."]),
            ("J. Maxwell", &["J", ".", "Maxwell"]),
            ("a\u{a0}b\u{200b}c", &["a", "b", "c"]),
            ("war—and peace", &["war", "—", "and", "peace"]),
            ("(@SyriaNewsFr) #Idlib", &["(", "@SyriaNewsFr", ")", "#Idlib"]),
            ("see https://t.co/Va8 now", &["see", "https://t.co/Va8", "now"]),
            ("me@example.org, bbc.co.uk.", &["me@example.org", ",", "bbc.co.uk", "."]),
            ("<b class=\"x\">Idlib</b>&nbsp;&#39;", &["<b class=\"x\">", "Idlib", "</b>", "&nbsp;", "&#39;"]),
            ("⚡️🇸🇾 |", &["⚡", "\u{fe0f}", "🇸", "🇾", "|"]),
            ("أحمد الشرع", &["أحمد", "الشرع"]),
            ("\u{301}", &["\u{301}"]),
            ("4th M23", &["4th", "M23"]),
        ];
        for (text, expected) in rows {
            assert_eq!(&words(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn plain_words_are_as_others(text in "([a-cIwW]{1,4}|http|ftp|U\\.S|[ ,.:;@'`_/\n\"?!)(-]|[0-9é’ا\u{301}\u{a0}]){0,12}") {
            for (at, _) in text.char_indices() {
                let scanner = Scanner { text: &text, bytes: text.as_bytes(), at, tokens: Vec::new() };
                if let (Some((end, word)), Some(c)) = (scanner.plain_word(), scanner.char_at(at)) {
                    assert_eq!(scanner.token(c), (end, TokenKind::Word), "{text:?} {at}");
                    assert_eq!(shape(&text[at..end]), word, "{text:?} {at}");
                }
            }
        }
    }

    #[test]
    fn knows_shapes() {
        for (word, expected) in [
            ("idlib", Shape::Lower),
            ("Idlib", Shape::Capital),
            ("O'Brien", Shape::Capital),
            ("SOHR", Shape::Upper),
            ("J", Shape::Initial),
            ("WaPo", Shape::Camel),
            ("iPhone", Shape::Inner),
            ("الشرع", Shape::Uncased),
            ("İdlib", Shape::Capital),
        ] {
            assert_eq!(shape(word), expected, "{word}");
        }
    }
}
