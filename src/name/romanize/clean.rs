//! What is set right before a name is romanized: forms of one letter, invisible signs, letters of the wrong script.

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

use crate::token::is_apostrophe;

/// Letters that look alike: Latin, Cyrillic, Greek; a space where a script has none.
#[rustfmt::skip]
const LOOKALIKES: [(char, char, char); 49] = [
    ('A', 'А', 'Α'), ('B', 'В', 'Β'), ('C', 'С', 'Ϲ'), ('D', 'Ԁ', ' '), ('E', 'Е', 'Ε'), ('F', ' ', 'Ϝ'),
    ('G', 'Ԍ', ' '), ('H', 'Н', 'Η'), ('I', 'І', 'Ι'), ('J', 'Ј', 'Ϳ'), ('K', 'К', 'Κ'), ('M', 'М', 'Μ'),
    ('N', ' ', 'Ν'), ('O', 'О', 'Ο'), ('P', 'Р', 'Ρ'), ('Q', 'Ԛ', ' '), ('S', 'Ѕ', ' '), ('T', 'Т', 'Τ'),
    ('V', 'Ѵ', ' '), ('W', 'Ԝ', ' '), ('X', 'Х', 'Χ'), ('Y', 'У', 'Υ'), ('Z', ' ', 'Ζ'), ('Ë', 'Ё', ' '),
    ('Ï', 'Ї', 'Ϊ'), ('a', 'а', 'α'), ('c', 'с', 'ϲ'), ('d', 'ԁ', ' '), ('e', 'е', ' '), ('g', 'ԍ', ' '),
    ('h', 'һ', ' '), ('i', 'і', 'ι'), ('j', 'ј', 'ϳ'), ('k', 'к', 'κ'), ('m', 'м', ' '), ('n', ' ', 'η'),
    ('o', 'о', 'ο'), ('p', 'р', 'ρ'), ('q', 'ԛ', ' '), ('r', 'г', ' '), ('s', 'ѕ', ' '), ('t', 'т', 'τ'),
    ('u', ' ', 'υ'), ('v', 'ѵ', 'ν'), ('w', 'ԝ', 'ω'), ('x', 'х', 'χ'), ('y', 'у', 'γ'), ('ë', 'ё', ' '),
    ('ï', 'ї', 'ϊ'),
];

/// A name in its ordinary forms: compatibility forms resolved, invisible signs and tatweel dropped, apostrophes and
/// quotes inside words made those of the script, letters of another script that look alike put right.
pub(super) fn clean(name: &str) -> String {
    let visible: Vec<char> = name.nfkc().filter(|c| !is_invisible(*c)).collect();
    let mut out = String::with_capacity(name.len());
    for (i, &c) in visible.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|b| visible.get(b)).copied();
        let after = visible.get(i + 1).copied();
        out.push(match c {
            '־' => '-',
            _ if is_hebrew(before) && (is_apostrophe(c) || c == '׳') => '׳',
            '"' | '“' | '”' if is_hebrew(before) && is_hebrew(after) => '״',
            _ if is_apostrophe(c) && is_foreign(before) && is_foreign(after) => 'ʼ',
            _ if is_middle_dot(c) && (is_east_asian(before) || is_east_asian(after)) => ' ',
            _ => c,
        });
    }
    if is_mixed(&out) { one_script_a_word(&out) } else { out }
}

/// Signs between the parts of a foreign name in Chinese, Japanese or Korean text.
fn is_middle_dot(c: char) -> bool {
    matches!(c, '・' | '·' | '•' | '‧' | '∙' | '⋅' | '●' | '=' | '゠' | '᛫')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{640}' | '\u{61C}' | '\u{34F}')
}

fn is_hebrew(c: Option<char>) -> bool {
    c.is_some_and(|c| c.script() == Script::Hebrew && c != '׳' && c != '״')
}

fn is_foreign(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphabetic() && !matches!(c.script(), Script::Latin | Script::Common))
}

fn is_east_asian(c: Option<char>) -> bool {
    let scripts = [Script::Han, Script::Hiragana, Script::Katakana, Script::Hangul];
    c.is_some_and(|c| scripts.contains(&c.script()) || c == 'ー')
}

/// Where a letter's script stands in [`LOOKALIKES`].
fn column(c: char) -> Option<usize> {
    match c.script() {
        Script::Latin => Some(0),
        Script::Cyrillic => Some(1),
        Script::Greek => Some(2),
        _ => None,
    }
}

/// Whether letters of two of the scripts that look alike are there.
fn is_mixed(text: &str) -> bool {
    let mut seen = text.chars().filter_map(column);
    seen.next().is_some_and(|first| seen.any(|other| other != first))
}

/// Gives every word the script that most of its letters have, if all others look like letters of it.
fn one_script_a_word(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let mut counts = [0_usize; 3];
        piece.chars().filter_map(column).for_each(|at| counts[at] += 1);
        let most = counts.iter().max().copied().unwrap_or_default();
        let sum: usize = counts.iter().sum();
        // Of two scripts with as many letters, the one that the other's letters can stand for.
        let fitting = (0..3).filter(|&to| counts[to] == most).find_map(|to| in_script(piece, to));
        match fitting {
            Some(word) if most < sum => out.push_str(&word),
            _ => out.push_str(piece),
        }
    }
    out
}

/// A word with all letters in the script of a column, if each has its lookalike there.
fn in_script(word: &str, to: usize) -> Option<String> {
    let of = |row: &(char, char, char), at: usize| [row.0, row.1, row.2][at];
    word.chars()
        .map(|c| match column(c) {
            Some(from) if from != to => {
                let row = LOOKALIKES.iter().find(|row| of(row, from) == c)?;
                Some(of(row, to)).filter(|c| *c != ' ')
            }
            _ => Some(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_letters_right() {
        for (written, meant) in [
            ("Зeлeнский", "Зеленский"),
            ("Pаris", "Paris"),
            ("Mитсотакис", "Митсотакис"),
            ("Μητσοτάκηs", "Μητσοτάκηs"),
            ("Зеленский Paris", "Зеленский Paris"),
            ("ﺍﻟﺸﺮﻉ", "الشرع"),
            ("الشـــرع", "الشرع"),
            ("ג'ורג'", "ג׳ורג׳"),
            ("צה\"ל", "צה״ל"),
            ("תל־אביב", "תל-אביב"),
            ("アントニオ・グテーレス", "アントニオ グテーレス"),
            ("ｱﾝﾄﾆｵ", "アントニオ"),
            ("Дем'ян", "Демʼян"),
            ("a\u{200d}b", "ab"),
        ] {
            assert_eq!(clean(written), meant, "{written}");
        }
    }
}
