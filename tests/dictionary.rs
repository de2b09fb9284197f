//! Whole-word search against a slow and obvious one: all stretches of a text, looked up in a set.

use std::collections::BTreeSet;

use allonym::name::fold;
use allonym::tables::Dictionary;
use proptest::prelude::*;

/// Letters, digits and marks, as the dictionary has them.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '\u{200D}' | 'ـ' | '\u{64E}')
}

/// Whether a place is inside of a word.
fn cuts(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back().is_some_and(is_word);
    before && text[at..].chars().next().is_some_and(is_word)
}

/// All stretches that are names and cut no word.
fn slow_exact(names: &[String], text: &str) -> Vec<(usize, usize, u32)> {
    let places: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
    let mut found = Vec::new();
    for &start in &places {
        for &end in places.iter().filter(|end| **end > start) {
            let stretch = &text[start..end];
            if stretch.chars().any(is_word) && !cuts(text, start) && !cuts(text, end) {
                let same = names.iter().zip(0..).filter(|(name, _)| *name == stretch);
                found.extend(same.map(|(_, number)| (start, end, number)));
            }
        }
    }
    found.sort_unstable();
    found
}

/// The words of a text, and where they are; no apostrophe and no full stop is in it.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_word(*c)) {
        match words.last_mut() {
            Some(last) if last.1 == at => last.1 += c.len_utf8(),
            _ => words.push((at, at + c.len_utf8())),
        }
    }
    words.retain(|(start, end)| !fold(&text[*start..*end]).is_empty());
    words
}

/// Folded words with what stands between them, but for white space and hyphens.
fn key(text: &str, words: &[(usize, usize)]) -> String {
    let mut key = String::new();
    for (i, (start, end)) in words.iter().enumerate() {
        if i > 0 {
            let gap = text[words[i - 1].1..*start].chars();
            key.push(' ');
            key.extend(gap.filter(|c| !c.is_whitespace() && *c != '-'));
            key.push(' ');
        }
        key.push_str(&fold(&text[*start..*end]));
    }
    key
}

/// All runs of words that fold to those of a name.
fn slow_folded(names: &[String], text: &str) -> Vec<(usize, usize, u32)> {
    let keys: BTreeSet<(String, u32)> = names.iter().zip(0..).map(|(name, n)| (key(name, &words(name)), n)).collect();
    let words = words(text);
    let mut found = Vec::new();
    for start in 0..words.len() {
        for end in start + 1..=words.len() {
            let run = &words[start..end];
            let own = key(text, run);
            let same = keys.iter().filter(|(key, _)| *key == own);
            found.extend(same.map(|(_, number)| (run[0].0, run[run.len() - 1].1, *number)));
        }
    }
    found.sort_unstable();
    found
}

fn fast(dictionary: &Dictionary, text: &str) -> Vec<(usize, usize, u32)> {
    let mut found: Vec<_> = dictionary.find(text).map(|f| (f.span.start, f.span.end, f.number)).collect();
    let order: Vec<(usize, std::cmp::Reverse<usize>)> =
        found.iter().map(|f| (f.1, std::cmp::Reverse(f.1 - f.0))).collect();
    assert!(order.is_sorted(), "{order:?}");
    found.sort_unstable();
    found
}

const WORD: &str =
    "(New|new|York|NEW|a|b|la|İ|i|Straße|STRASSE|ﬁn|fin|é|e\u{301}|e|x1|أحمد|أَحمد|😀|Muhammad-Abdulrahman|7)";
const GAP: &str = "( | |-|, | & |  |’|'|. |\n|—|)";
const PLAIN_GAP: &str = "( | |-|, | & |  |\t|—|)";

fn text(gap: &'static str, most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec((WORD, gap), 0..most)
        .prop_map(|pieces| pieces.into_iter().map(|(word, gap)| word + &gap).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 600 } else { 2_000 }, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exact_search_finds_what_a_slow_one_finds(
        names in proptest::collection::vec(text(GAP, 4), 0..12),
        text in text(GAP, 20),
    ) {
        let dictionary = Dictionary::exact(names.iter().zip(0..));
        prop_assert_eq!(fast(&dictionary, &text), slow_exact(&names, &text));
    }

    #[test]
    fn folded_search_finds_what_a_slow_one_finds(
        names in proptest::collection::vec(text(PLAIN_GAP, 4), 0..12),
        text in text(PLAIN_GAP, 20),
    ) {
        let named: Vec<String> = names.iter().filter(|name| !words(name).is_empty()).cloned().collect();
        let dictionary = Dictionary::folded(named.iter().zip(0..));
        prop_assert_eq!(fast(&dictionary, &text), slow_folded(&named, &text));
    }
}

#[test]
fn long_texts_are_searched_across_blocks() {
    let names = ["New York Times", "York", "The New", "nobody"].map(str::to_owned);
    let dictionary = Dictionary::exact(names.iter().zip(0..));
    for before in 0..200 {
        let text = format!("{}The New York Times", "- ".repeat(4_000 + before));
        let found: Vec<u32> = dictionary.find(&text).map(|f| f.number).collect();
        assert_eq!(found, [2, 1, 0]);
    }
    // Names go on from one stretch of blocks to the next, at any place.
    let text = "The New York Times of York. ".repeat(3_000);
    assert_eq!(dictionary.find(&text).count(), 4 * 3_000);
}
