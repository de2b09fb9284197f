//! Choosing among alternate names of which neither language nor origin is told.

use allonym::name::{fold, romanizations, romanize};

use unicode_script::{Script, UnicodeScript};

use crate::languages::Languages;

/// What is less like the canonical name is the name of something else, or an old one.
const LEAST_ALIKE: f64 = 0.5;

/// What letters count for that the language has and its neighbours do not.
const OWN_LETTER: f64 = 0.1;
/// What Han characters count for in Japanese, where kana tell the sound only.
const CHARACTERS: f64 = 0.3;
/// What the Arabic article counts for: who writes it means it.
const ARTICLE: f64 = 0.05;

/// The names in a language's letters whose romanization comes nearest to the canonical name: by edit distance over what
/// both have at the longest, of consonants alone where the script leaves the vowels out. Letters that only this language
/// has speak for a name; those of Russian only where Russian spells it: it does names of its own lands and of China with
/// them, and other names of the world without, which Belarusian does not. Of names as near the shortest is the first, of
/// those the first by its code points.
pub fn nearest<'n>(names: &'n [String], canonical: &str, to: (&str, bool), languages: &Languages) -> Vec<&'n str> {
    let (language, russian) = to;
    let consonants = matches!(languages.script(language), "Arab" | "Hebr");
    let wanted = letters(canonical, consonants);
    let likeness = |name: &str| {
        // Han characters have readings enough to be like anything.
        let readings = if language == "zh" { vec![romanize(name).into_owned()] } else { romanizations(name) };
        let likeness = readings.iter().map(|r| strsim::normalized_levenshtein(&letters(r, consonants), &wanted));
        likeness.fold(0.0, f64::max)
    };
    let own = |name: &str| {
        let letters = if name.contains(own_letters(language)) { OWN_LETTER } else { 0.0 };
        match language {
            "ja" if name.chars().any(|c| c.script() == Script::Han) => letters + CHARACTERS,
            "ar" if name.starts_with("ال") => letters + ARTICLE,
            "ru" if russian && name.contains(['ы', 'э', 'Э']) => letters + OWN_LETTER,
            _ => letters,
        }
    };
    let written = names.iter().filter(|n| languages.is_written(n, language) && is_plain(n));
    let near = written.map(|name| (likeness(name), name)).filter(|(likeness, _)| *likeness >= LEAST_ALIKE);
    let mut near: Vec<(f64, usize, &str)> =
        near.map(|(likeness, name)| (likeness + own(name), name.chars().count(), name.as_str())).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let best = near.first().map_or(0.0, |n| n.0);
    near.into_iter().take_while(|n| n.0.total_cmp(&best).is_eq()).map(|(_, _, name)| name).collect()
}

/// Letters that other languages of the same script do without.
fn own_letters(language: &str) -> &'static [char] {
    match language {
        "ar" => &['ة', 'ك', 'ي', 'ى', 'أ', 'إ'],
        "fa" => &['ی', 'ک', 'گ', 'پ', 'چ', 'ژ'],
        "uk" => &['і', 'ї', 'є', 'ґ'],
        _ => &[],
    }
}

/// Whether a name holds letters alone, and more than one.
fn is_plain(name: &str) -> bool {
    let joins = |c: char| matches!(c, ' ' | '-' | '\'' | '’' | '・' | '\u{200c}');
    let mark = |c: char| unicode_normalization::char::is_combining_mark(c);
    name.chars().count() > 1 && name.chars().all(|c| c.is_alphabetic() || joins(c) || mark(c))
}

/// The folded letters of a name; with consonants alone goes the Arabic article.
fn letters(name: &str, consonants: bool) -> String {
    let vowel = |c: char| consonants && matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'w' | 'y');
    let name = fold(name);
    let article = |first: &str| matches!(first, "al" | "el" | "ad" | "an" | "ar" | "as" | "ash" | "at" | "az");
    let bare = name.split_once(' ').filter(|(first, _)| consonants && article(first));
    bare.map_or(name.as_str(), |(_, rest)| rest).chars().filter(|c| c.is_alphabetic() && !vowel(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_chosen() {
        let languages = Languages::of_scripts(&[("ar", "Arab"), ("ru", "Cyrl"), ("uk", "Cyrl")]);
        let names = ["Суран", "صوران", "Шуран", "Sawran"].map(str::to_owned);
        assert_eq!(nearest(&names, "Suran", ("ar", false), &languages), ["صوران"]);
        assert_eq!(nearest(&names, "Suran", ("ru", true), &languages).first(), Some(&"Суран"));
        assert!(nearest(&names, "Moscow", ("ar", false), &languages).is_empty());
    }
}
