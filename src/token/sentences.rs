//! Tokens to sentences.

use std::ops::Range;

use super::{Gap, Shape, Token, TokenKind, is_quote};
use crate::span::Span;

/// How the words of a sentence are cased, which says how much a capital means there.
///
/// # Examples
///
/// ```
/// use allonym::token::{Style, Tokenized};
///
/// let style = |text| Tokenized::new(text).sentences()[0].style;
/// assert_eq!(style("The town of Idlib fell on Monday."), Style::Plain);
/// assert_eq!(style("THE TOWN OF IDLIB FELL ON MONDAY"), Style::Capitals);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// Capitals mark names and the start.
    Plain,
    /// A headline in which every longer word has a capital.
    Title,
    /// All in capitals.
    Capitals,
    /// No capital at all.
    Lower,
}

/// A sentence, headline or other piece of text that stands for itself.
///
/// # Examples
///
/// ```
/// use allonym::token::Tokenized;
///
/// let text = "Idlib fell. Nobody spoke.";
/// let tokenized = Tokenized::new(text);
/// let second = &tokenized.sentences()[1];
/// assert_eq!((&text[second.span], second.tokens.len()), ("Nobody spoke.", 3));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens, as indices.
    pub tokens: Range<usize>,
    /// Its place, in bytes.
    pub span: Span,
    /// How its words are cased.
    pub style: Style,
}

/// Abbreviations after which a full stop seldom ends a sentence, lower-case.
const ABBREVIATIONS: [&str; 56] = [
    "adm", "apr", "aug", "brig", "capt", "cf", "cmdr", "co", "col", "corp", "dec", "dept", "det", "dr", "ed", "eg",
    "est", "etc", "feb", "fig", "gen", "gov", "hon", "ie", "inc", "insp", "jan", "jr", "lt", "ltd", "maj", "messrs",
    "mr", "mrs", "ms", "mt", "mme", "no", "nov", "oct", "pres", "prof", "rep", "rev", "sec", "sen", "sept", "sgt",
    "sr", "st", "supt", "tel", "viz", "vol", "vs", "ft",
];

/// Those that do end one when a word follows that begins sentences.
const COMPANY: [&str; 8] = ["co", "corp", "etc", "inc", "jr", "ltd", "sr", "no"];

/// Words that begin sentences and stand in no name: after an initialism or company abbreviation they mark a new one.
const STARTERS: [&str; 28] = [
    "The", "A", "An", "In", "On", "At", "But", "And", "He", "She", "It", "They", "We", "His", "Her", "Their", "Its",
    "This", "That", "These", "Those", "There", "When", "While", "After", "If", "For", "As",
];

/// Words of four letters and more that headlines write small.
const SMALL: [&str; 14] = [
    "about", "after", "against", "amid", "before", "between", "from", "into", "near", "over", "than", "that", "under",
    "with",
];

/// Cuts tokens into sentences.
pub(super) fn split(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let wrapped = is_hard_wrapped(text);
    let mut sentences = Vec::with_capacity(tokens.len() / 16 + 4);
    let mut start = 0;
    let mut finish = |end: usize| {
        if let [first, .., last] | [first @ last] = &tokens[start..end] {
            let span = Span::new(first.span.start, last.span.end);
            sentences.push(Sentence { tokens: start..end, span, style: style(text, &tokens[start..end]) });
        }
        start = end;
    };
    for (i, pair) in (1..).zip(tokens.windows(2)) {
        if may_be_boundary(&pair[0], &pair[1]) && is_boundary(text, tokens, i, wrapped) {
            finish(i);
        }
    }
    finish(tokens.len());
    sentences
}

/// Whether a sentence can begin between two tokens: of most it is seen at once that none does.
fn may_be_boundary(before: &Token, here: &Token) -> bool {
    here.gap > Gap::Space || ends_sentences(before)
}

/// Whether sentences end with tokens of its kind.
fn ends_sentences(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Punctuation | TokenKind::Symbol | TokenKind::Initialism)
}

/// Whether a sentence begins at token `i`.
fn is_boundary(text: &str, tokens: &[Token], i: usize, wrapped: bool) -> bool {
    let (before, here) = (&tokens[i - 1], &tokens[i]);
    match here.gap {
        Gap::Paragraph => return true,
        Gap::Line if !wrapped => {
            // A line that goes on in lower case, or after a comma, is one sentence with the line before.
            let goes_on = here.shape == Shape::Lower || matches!(&text[before.span], "," | "-" | "–" | "(");
            if !goes_on {
                return true;
            }
        }
        _ => {}
    }
    // Nothing else ends a sentence, and what stands after other tokens is most of what there is.
    if !ends_sentences(before) {
        return false;
    }
    if matches!(&text[before.span], "|" | "•" | "■" | "►") {
        return true;
    }
    // The closing quotes and brackets after a full stop belong to its sentence.
    let mut end = i;
    let touches = |k: usize| tokens[k].gap == Gap::None;
    while end > 0 && is_closing(&text[tokens[end - 1].span]) && touches(end - 1) {
        end -= 1;
        if i - end > 4 {
            return false;
        }
    }
    let Some(stop) = end.checked_sub(1).map(|k| &tokens[k]) else { return false };
    if is_closing(&text[here.span]) && touches(i) {
        return false;
    }
    match &text[stop.span] {
        "。" | "！" | "？" | "۔" | "।" => true,
        "!" | "?" | "؟" => here.shape != Shape::Lower,
        "…" => here.is_capitalized() || here.kind == TokenKind::Link,
        "." => is_full_stop(text, tokens, end - 1, i),
        _ if stop.kind == TokenKind::Initialism && end == i => {
            here.gap != Gap::None && stop.shape == Shape::Upper && STARTERS.contains(&&text[here.span])
        }
        _ => false,
    }
}

/// Whether the full stop at token `stop` ends a sentence, the next of which would begin at token `next`.
fn is_full_stop(text: &str, tokens: &[Token], stop: usize, next: usize) -> bool {
    let here = &tokens[next];
    if here.shape == Shape::Lower {
        return false;
    }
    let Some(before) = stop.checked_sub(1).map(|k| &tokens[k]) else { return true };
    if before.span.end != tokens[stop].span.start {
        return true;
    }
    let word = &text[before.span];
    if here.gap == Gap::None && next == stop + 1 {
        // `combattants.Il` is two sentences, `v2.Final` and `Node.js` are not.
        return before.shape == Shape::Lower && before.span.len() > 2 && here.shape == Shape::Capital;
    }
    if before.shape == Shape::Initial {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    if before.is_word() && word.len() <= 6 && ABBREVIATIONS.contains(&lower.as_str()) {
        return COMPANY.contains(&lower.as_str()) && STARTERS.contains(&&text[here.span]);
    }
    true
}

fn is_closing(text: &str) -> bool {
    matches!(text, ")" | "]" | "”" | "’" | "\"" | "'" | "»")
}

/// Whether the text breaks its lines at a width, not at the ends of paragraphs.
fn is_hard_wrapped(text: &str) -> bool {
    let (mut lines, mut cut) = (0_usize, 0_usize);
    for line in text.lines().map(str::trim_end).filter(|l| !l.is_empty()) {
        lines += 1;
        let open = !line.ends_with(['.', '!', '?', ':', '"', '”', ')']);
        cut += usize::from(open && (45..=110).contains(&line.len()));
    }
    // Fewer than four lines say nothing; of wrapped prose about four lines in five end within a sentence.
    lines >= 4 && cut * 2 > lines
}

fn style(text: &str, tokens: &[Token]) -> Style {
    let (mut capital, mut upper, mut others) = (0_usize, 0_usize, 0_usize);
    for (i, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Word {
            continue;
        }
        match token.shape {
            Shape::Upper if token.span.len() > 1 => upper += 1,
            Shape::Capital | Shape::Camel if i > 0 && !follows_colon(text, tokens, i) => capital += 1,
            Shape::Capital | Shape::Camel | Shape::Lower => others += 1,
            _ => {}
        }
    }
    let cased = capital + others;
    // Lower-case words that a headline would give a capital.
    let is_lower = |t: &&Token| t.kind == TokenKind::Word && t.shape == Shape::Lower && t.span.len() > 3;
    let lower = || tokens.iter().filter(is_lower).filter(|t| !SMALL.contains(&&text[t.span])).count();
    // A full stop ends sentences, not headlines.
    let stopped = tokens.last().is_some_and(|t| &text[t.span] == ".");
    if upper >= 2 && upper > 2 * cased {
        Style::Capitals
    } else if capital >= 3 && !stopped && capital >= 4 * lower() {
        Style::Title
    } else if upper == 0 && capital == 0 && others >= 4 && tokens.iter().all(|t| !t.shape.is_capitalized()) {
        Style::Lower
    } else {
        Style::Plain
    }
}

fn follows_colon(text: &str, tokens: &[Token], i: usize) -> bool {
    if tokens[i - 1].kind != TokenKind::Punctuation {
        return false;
    }
    let before = &text[tokens[i - 1].span];
    before == ":" || before.chars().all(is_quote) && i >= 2 && &text[tokens[i - 2].span] == ":"
}

#[cfg(test)]
mod tests {
    use super::super::Tokenized;
    use super::*;

    #[test]
    fn finds_sentences() {
        let rows: &[(&str, &[&str])] = &[
            ("He met Gen. Smith. They left.", &["He met Gen. Smith.", "They left."]),
            ("In the U.S. The army left.", &["In the U.S.", "The army left."]),
            ("U.S. Army units came. \"Go,\" he said.", &["U.S. Army units came.", "\"Go,\" he said."]),
            ("“I go.” She left.", &["“I go.”", "She left."]),
            ("leurs combattants.Il est", &["leurs combattants.", "Il est"]),
            ("A headline\nThe first line goes\non here.", &["A headline", "The first line goes\non here."]),
            ("G. Maxwell spoke. 100 heard.", &["G. Maxwell spoke.", "100 heard."]),
            ("Is it? Yes! no", &["Is it?", "Yes! no"]),
            ("Acme Inc. The firm", &["Acme Inc.", "The firm"]),
        ];
        for (text, expected) in rows {
            let got: Vec<&str> = Tokenized::new(text).sentences().iter().map(|s| &text[s.span]).collect();
            assert_eq!(&got, expected);
        }
    }

    #[test]
    fn joins_wrapped_lines() {
        let text = "Forces loyal to Field Marshal Khalifa Haftar moved an armoured column toward\nSirte on Sunday, \
                    residents said, raising fears that the truce with the Libyan\nGovernment of National Unity in Tripoli \
                    is unravelling in the wake of the\nElections that were put off again and again by both\nSides.";
        assert_eq!(Tokenized::new(text).sentences().len(), 1);
    }

    #[test]
    fn tells_styles() {
        for (text, expected) in [
            ("Syrian Government Besieges Foreign Fighter Camp", Style::Title),
            ("Idlib: Security Tensions and Clashes Near the “French Camp” in Northern Syria", Style::Title),
            ("SYRIAN GOVERNMENT BESIEGES CAMP", Style::Capitals),
            ("Former allies of al-Sharra’s HTS now surrounded in Idlib", Style::Plain),
            ("Brian Wellbrock", Style::Plain),
            ("clashes were reported near idlib today", Style::Lower),
        ] {
            assert_eq!(Tokenized::new(text).sentences()[0].style, expected, "{text}");
        }
    }
}
