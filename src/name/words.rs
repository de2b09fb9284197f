//! A surface form to words: folded, romanized where they are in another script, and with their own letters kept.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::fold::fold;
use super::letters::Alphabet;
use super::romanize::romanize;
use crate::token::is_apostrophe;

/// A word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Folded, in Latin letters.
    pub text: String,
    /// As written, when it is in another script, without its article.
    pub native: Option<Native>,
    /// It stands in parentheses.
    pub aside: bool,
}

/// A word in another script than Latin: its alphabet, and the word without its article.
pub(super) type Native = (Alphabet, String);

/// The words of a name, in order.
pub(super) fn words(surface: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = surface;
    let mut aside = false;
    while !rest.is_empty() {
        let end = rest.find(if aside { CLOSING } else { OPENING }).unwrap_or(rest.len());
        add(&rest[..end], aside, &mut words);
        rest = rest[end..].trim_start_matches(if aside { CLOSING } else { OPENING });
        aside = !aside;
    }
    // What stands in parentheses alone is the name.
    if words.iter().all(|w| w.aside) {
        for word in &mut words {
            word.aside = false;
        }
    }
    words
}

const OPENING: [char; 4] = ['(', '[', '（', '【'];
const CLOSING: [char; 4] = [')', ']', '）', '】'];

/// Appends the words of a piece of a name.
fn add(surface: &str, aside: bool, words: &mut Vec<Word>) {
    let latin = |text: &str, words: &mut Vec<Word>| {
        let folded = fold(text);
        let each = folded.split(' ').filter(|w| !w.is_empty());
        words.extend(each.map(|w| Word { text: w.to_owned(), native: None, aside }));
    };
    if Alphabet::of(surface) == Alphabet::Latin {
        return latin(surface, words);
    }
    let inner = |c: char| c.is_alphanumeric() || is_combining_mark(c) || is_apostrophe(c) || is_joining(c);
    for piece in surface.split(|c| !inner(c)).filter(|p| !p.is_empty()) {
        let alphabet = Alphabet::of(piece);
        if alphabet == Alphabet::Latin {
            latin(piece, words);
            continue;
        }
        let bare = without_article(alphabet, piece);
        let text = fold(&romanize(bare)).replace(' ', "");
        if !text.is_empty() {
            let word = if alphabet == Alphabet::Romanized { text.clone() } else { bare.to_owned() };
            words.push(Word { text, native: Some((alphabet, word)), aside });
        }
    }
}

/// Characters that are part of a word and are no letters: geresh and gershayim, joiners, the sign of a long vowel.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{5F3}' | '\u{5F4}' | '\u{200C}' | '\u{200D}' | '\u{640}' | 'ー')
}

/// An Arabic word without the article that is written with it.
fn without_article(alphabet: Alphabet, word: &str) -> &str {
    let rest = word.strip_prefix("ال").filter(|rest| rest.chars().filter(|c| c.is_alphabetic()).count() > 2);
    rest.filter(|_| alphabet == Alphabet::Arabic).unwrap_or(word)
}

/// A name whose parts stand in the order that it is read in: `Last, First` and `Last, First, Jr.` turned round.
///
/// Also its last part as it stood, if it was turned.
pub(super) fn in_order(surface: &str, is_suffix: impl Fn(&str) -> bool) -> (Cow<'_, str>, Option<&str>) {
    let Some((last, first)) = surface.split_once([',', '،']) else { return (Cow::Borrowed(surface), None) };
    if first.trim().is_empty() || is_suffix(&fold(first)) {
        return (Cow::Borrowed(surface), None);
    }
    let (first, suffix) = match first.rsplit_once([',', '،']) {
        Some((first, suffix)) if is_suffix(&fold(suffix)) => (first, suffix),
        _ => (first, ""),
    };
    let turned = format!("{} {} {}", first.trim(), last.trim(), suffix.trim());
    (Cow::Owned(turned.trim_end().to_owned()), Some(last))
}
