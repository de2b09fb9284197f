//! Folding: what two spellings have in common before anything is compared.
//!
//! Case, diacritics, ligatures, full-width and presentation forms go (Unicode NFKD, then marks dropped, then
//! lower-case), letters that no decomposition reaches are spelled out (`ß` ss, `ø` o, `ł` l), apostrophes and
//! invisible characters are dropped.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::fnv::{START, fnv1a};
use crate::token::{Token, TokenKind, is_apostrophe, is_hyphen, is_quote};

/// Folds one word and appends it.
///
/// # Cost
///
/// Linear; ASCII takes no Unicode table.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let begin = out.len();
        if word.bytes().any(is_ascii_apostrophe) {
            out.extend(word.chars().filter(|c| !is_apostrophe(*c)));
        } else {
            out.push_str(word);
        }
        out[begin..].make_ascii_lowercase();
        return;
    }
    for c in word.nfkd() {
        if is_combining_mark(c) || is_apostrophe(c) || is_invisible(c) || c.is_whitespace() {
            continue;
        }
        for lower in c.to_lowercase() {
            match spelled_out(lower) {
                Some(letters) => out.push_str(letters),
                // Signs that a character decomposes into are no letters of the name: the bar of ¼.
                None if is_combining_mark(lower) || !lower.is_alphanumeric() => {}
                None => out.push(lower),
            }
        }
    }
}

const fn is_ascii_apostrophe(b: u8) -> bool {
    matches!(b, b'\'' | b'`')
}

/// Whether two spaces stand side by side.
fn has_two_spaces(name: &str) -> bool {
    name.as_bytes().windows(2).any(|pair| pair[0] == b' ' && pair[1] == b' ')
}

/// The folded form of a whole name: words in lower case without diacritics, one space between them, signs dropped.
///
/// # Examples
///
/// ```
/// use allonym::name::fold;
///
/// assert_eq!(fold("Al-Ġazālī’s  ŁÓDŹ ﬁlm"), "al gazalis lodz film");
/// assert_eq!(fold("U.S."), "us");
/// ```
#[must_use]
pub fn fold(name: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b' ';
    if name.bytes().all(plain) && !has_two_spaces(name) {
        return name.trim().to_ascii_lowercase();
    }
    let mut out = String::with_capacity(name.len());
    // Signs part words, but for full stops inside an initialism and the apostrophes that a word may hold.
    let is_inner =
        |c: char| c.is_alphanumeric() || is_combining_mark(c) || is_apostrophe(c) || is_invisible(c) || c == '.';
    for word in name.split(|c: char| !is_inner(c)) {
        let initialism = is_dotted(word);
        let mut begun = false;
        for piece in word.split('.') {
            let before = out.len();
            if !(out.is_empty() || out.ends_with(' ') || initialism && begun) {
                out.push(' ');
            }
            let start = out.len();
            fold_into(piece, &mut out);
            if out.len() == start {
                out.truncate(before);
            } else {
                begun = true;
            }
        }
        if initialism && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a word is letters each with a full stop after it: `U.S.`, `a.k.a`.
fn is_dotted(word: &str) -> bool {
    let mut pieces = word.split('.');
    pieces.clone().count() > 2 - usize::from(!word.ends_with('.'))
        && pieces.by_ref().all(|p| p.chars().count() <= 1)
        && word.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

/// A text's tokens, folded and set one after another with a space before each: what dictionaries are searched in.
///
/// A token never holds a space, so every match of a folded name that begins and ends at spaces begins and ends at
/// tokens, and no letter that folds to two (`ß`, `ﬁ`) or to fewer bytes (`İ`) can shift a span. Hyphens, apostrophes,
/// full stops and possessives leave nothing, other signs themselves.
pub(crate) struct FoldedTokens {
    /// The folded tokens.
    pub text: String,
    /// Where each token begins in it; one that left nothing begins where the next space is.
    starts: Vec<u32>,
    /// The hash of each token's folded form.
    hashes: Vec<u64>,
    /// The tokens that begin sentences.
    breaks: Vec<bool>,
}

/// What links, handles, symbols and markup leave.
pub(crate) const NO_WORD: char = '\u{1}';

/// The hash of a token that left nothing.
pub(super) const NOTHING: u64 = 0;

/// A hash of a folded word (FNV-1a, made to end in good bits); never that of nothing.
pub(crate) fn word_hash(word: &str) -> u64 {
    finished(fnv1a(START, word.bytes()))
}

/// A hash made to end in good bits.
fn finished(hash: u64) -> u64 {
    (hash ^ hash >> 32).max(1)
}

impl FoldedTokens {
    /// Folds the tokens of a text; `breaks` are the tokens that begin sentences, in order.
    pub fn new(text: &str, tokens: &[Token], breaks: impl Iterator<Item = usize>) -> Self {
        let mut out = Vec::with_capacity(text.len() + text.len() / 8);
        let mut starts = Vec::with_capacity(tokens.len());
        let mut hashes = Vec::with_capacity(tokens.len());
        // What takes Unicode tables is folded here first.
        let mut other = String::new();
        for token in tokens {
            let before = out.len();
            starts.push(u32::try_from(before).unwrap_or(u32::MAX));
            let plain = matches!(token.kind, TokenKind::Word | TokenKind::Number)
                .then(|| fold_plain(&text.as_bytes()[token.span.range()], &mut out));
            if let Some(hash) = plain.flatten() {
                hashes.push(hash);
                continue;
            }
            other.clear();
            fold_token(&text[token.span], token.kind, &mut other);
            if other.is_empty() {
                hashes.push(NOTHING);
            } else {
                hashes.push(word_hash(&other));
                out.push(b' ');
                out.extend_from_slice(other.as_bytes());
            }
        }
        out.push(b' ');
        let mut begins = vec![false; tokens.len()];
        for begin in breaks {
            if let Some(begins) = begins.get_mut(begin) {
                *begins = true;
            }
        }
        // Pieces of texts are a text.
        let text = String::from_utf8(out).unwrap_or_default();
        Self { text, starts, hashes, breaks: begins }
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// The hash of the folded form of token `i`; nothing when it left nothing.
    pub fn hash(&self, i: usize) -> Option<u64> {
        self.hashes.get(i).copied().filter(|hash| *hash != NOTHING)
    }

    /// The hash of the folded form of each token; [`NOTHING`] of those that left nothing.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// Whether a sentence begins at token `i`.
    pub fn begins_sentence(&self, i: usize) -> bool {
        self.breaks.get(i).copied().unwrap_or_default()
    }

    /// The folded form of token `i`.
    pub fn word(&self, i: usize) -> &str {
        let start = self.starts[i] as usize;
        let end = self.starts.get(i + 1).map_or(self.text.len() - 1, |&e| e as usize);
        self.text.get(start..end).and_then(|spaced| spaced.strip_prefix(' ')).unwrap_or_default()
    }
}

/// Each ASCII character in lower case; 0 for apostrophes and for what is no ASCII, which need more than that.
const PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        if !is_ascii_apostrophe(byte) {
            plain[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    plain
};

/// Appends a space and a word of ASCII without apostrophes, folded, and returns its hash; of others nothing.
fn fold_plain(word: &[u8], out: &mut Vec<u8>) -> Option<u64> {
    let before = out.len();
    let (mut hash, mut plain) = (START, true);
    out.push(b' ');
    out.extend(word.iter().map(|byte| {
        let lower = PLAIN[usize::from(*byte)];
        plain &= lower != 0;
        hash = fnv1a(hash, [lower]);
        lower
    }));
    if !plain {
        out.truncate(before);
    }
    plain.then(|| finished(hash))
}

/// Folds one token as [`FoldedTokens`] does.
fn fold_token(word: &str, kind: TokenKind, out: &mut String) {
    match kind {
        TokenKind::Initialism => fold_into(&word.replace('.', ""), out),
        TokenKind::Word | TokenKind::Number => fold_into(word, out),
        TokenKind::Possessive => {}
        TokenKind::Punctuation => match word.chars().next() {
            Some(c) if is_hyphen(c) || is_apostrophe(c) || c == '.' => {}
            Some(c) if is_quote(c) => out.push('"'),
            _ => out.push_str(word),
        },
        TokenKind::Symbol | TokenKind::Link | TokenKind::Handle | TokenKind::Markup => out.push(NO_WORD),
    }
}

/// The key by which a name is found among [`FoldedTokens`]; empty when the name holds nothing to find.
pub(crate) fn search_key(name: &str) -> String {
    // Most names and words of the tables are letters and single spaces, which come out as they are.
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b' ';
    if name.bytes().all(plain) && !has_two_spaces(name) && !name.starts_with(' ') && !name.ends_with(' ') {
        return name.to_ascii_lowercase();
    }
    let tokenized = crate::token::Tokenized::new(name);
    FoldedTokens::new(name, tokenized.tokens(), std::iter::empty()).text.trim().to_owned()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | 'ـ')
}

/// Lower-case letters that Unicode does not decompose, as Latin news spells them.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "ng",
        'ə' => "a",
        'ƙ' => "k",
        'ɓ' => "b",
        'ɗ' => "d",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Tokenized;

    #[test]
    fn folds() {
        for (name, expected) in [
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("Sana’a", "sanaa"),
            ("L.N.A.", "lna"),
            ("PKN Orlen S.A.", "pkn orlen sa"),
            ("the U.S. Army", "the us army"),
            ("J. Smith", "j smith"),
            ("St. Petersburg", "st petersburg"),
            ("a\u{301}", "a"),
            ("\u{301}", ""),
            ("Al-Qaeda", "al qaeda"),
            ("", ""),
            ("Ｆｕｌｌ", "full"),
            ("AT&T", "at t"),
        ] {
            assert_eq!(fold(name), expected, "{name}");
        }
    }

    #[test]
    fn tokens_are_folded_and_hashed() {
        let text = "İn ﬁne, the al-Qaeda ß men. Qaeda";
        let tokenized = Tokenized::new(text);
        let breaks = tokenized.sentences().iter().map(|s| s.tokens.start);
        let folded = FoldedTokens::new(text, tokenized.tokens(), breaks);
        let last = tokenized.tokens().len() - 1;
        assert_eq!(folded.word(last), "qaeda");
        assert_eq!(folded.word(1), "fine");
        assert_eq!(folded.hash(last), Some(word_hash("qaeda")));
        let hyphen = tokenized.tokens().iter().position(|t| &text[t.span] == "-").unwrap();
        assert_eq!(folded.hash(hyphen), None);
        assert!(folded.begins_sentence(0) && folded.begins_sentence(last) && !folded.begins_sentence(1));
    }
}
