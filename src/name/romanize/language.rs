//! Which script a letter is of, and which languages a name in it may be in.

use unicode_script::{Script, UnicodeScript};

use super::kana;
use super::table::ANY;

/// A script that is romanized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// A letter for a sound; its name in the table of letters.
    Letters(&'static str),
    /// A consonant with its vowel.
    Indic(&'static str),
    /// As Devanagari, whose letters stand in the same order.
    LikeDevanagari,
    Thai,
    Hangul,
    /// Chinese characters and kana.
    EastAsian,
}

impl Writing {
    /// The name of the script in the table of letters, if its words are spelled by languages.
    pub fn script(self) -> Option<&'static str> {
        match self {
            Self::Letters(script) | Self::Indic(script) => Some(script),
            Self::LikeDevanagari => Some("Deva"),
            Self::Thai => Some("Thai"),
            Self::Hangul | Self::EastAsian => None,
        }
    }
}

/// The script that a letter is romanized by; nothing for Latin, for signs and for scripts without a table.
pub(super) fn writing(c: char) -> Option<Writing> {
    if c.is_ascii() {
        return None;
    }
    if kana::is_kana(c) {
        return Some(Writing::EastAsian);
    }
    Some(match c.script() {
        Script::Arabic if c.is_alphanumeric() => Writing::Letters("Arab"),
        Script::Armenian => Writing::Letters("Armn"),
        Script::Cyrillic => Writing::Letters("Cyrl"),
        Script::Ethiopic => Writing::Letters("Ethi"),
        Script::Georgian => Writing::Letters("Geor"),
        Script::Greek => Writing::Letters("Grek"),
        Script::Hebrew => Writing::Letters("Hebr"),
        Script::Bengali => Writing::Indic("Beng"),
        Script::Devanagari => Writing::Indic("Deva"),
        Script::Gujarati
        | Script::Gurmukhi
        | Script::Kannada
        | Script::Malayalam
        | Script::Oriya
        | Script::Tamil
        | Script::Telugu => Writing::LikeDevanagari,
        Script::Thai => Writing::Thai,
        Script::Hangul => Writing::Hangul,
        Script::Han | Script::Hiragana | Script::Katakana => Writing::EastAsian,
        _ => return None,
    })
}

/// Letters that tell a language, the surest first.
#[rustfmt::skip]
const TELLING: [(&str, &str, &str); 19] = [
    ("Cyrl", "mk", "ѓќѕ"), ("Cyrl", "sr", "ђћ"), ("Cyrl", "sr", "љњџј"), ("Cyrl", "tg", "ҷӣӯ"),
    ("Cyrl", "uz", "қҳ"), ("Cyrl", "be", "ў"), ("Cyrl", "uk", "їєґ"), ("Cyrl", "kk", "қәғұһі"), ("Cyrl", "ky", "ң"),
    ("Cyrl", "mn", "өү"), ("Cyrl", ANY, "ыэё"),
    ("Arab", "ug", "ۇۈۋې"), ("Arab", "ckb", "ێۆڕڵە"), ("Arab", "ps", "ټډړښږڼۍېځڅ"), ("Arab", "ur", "ٹڈڑےںہھ"),
    ("Arab", "ar", "ةكيىأإ"), ("Arab", "fa", "پچژگکی"),
    ("Hebr", "yi", "װױײ"), ("Hebr", "yi", "\u{5b7}\u{5b8}"),
];

/// The spellings of each script that a name is tried in, the likeliest first.
const LIKELY: [(&str, &[&str]); 10] = [
    ("Arab", &[ANY, "ar-alt", "fa", "ur", "fa-alt", "ckb", "ps"]),
    ("Armn", &[ANY, "hy-alt", "hyw"]),
    ("Beng", &[ANY, "bn-alt"]),
    ("Cyrl", &[ANY, "ru-alt", "uk", "bg", "sr", "kk", "be", "sr-alt"]),
    ("Deva", &[ANY, "hi-alt", "ne"]),
    ("Ethi", &[ANY, "am-alt"]),
    ("Geor", &[ANY, "ka-alt"]),
    ("Grek", &[ANY, "el-alt", "el-old"]),
    ("Hebr", &[ANY, "he-alt", "he-old", "yi"]),
    ("Thai", &[ANY, "th-alt"]),
];

/// The other usual spelling of languages that have one.
const OTHER_SPELLING: [(&str, &str); 6] =
    [("uk", "uk-alt"), ("be", "be-alt"), ("sr", "sr-alt"), ("kk", "kk-alt"), ("fa", "fa-alt"), ("ur", "fa")];

/// The language that the letters of a name in lower case tell, if any.
fn told(script: &str, name: &str) -> Option<&'static str> {
    let has = |letters: &str| name.chars().any(|c| !c.is_ascii() && letters.contains(c));
    let of_script = TELLING.iter().filter(|(of, _, _)| *of == script);
    let found = of_script.filter(|(_, _, letters)| has(letters)).map(|(_, language, _)| *language).next();
    if script != "Cyrl" {
        return found;
    }
    match found {
        // Kazakh, Belarusian and Ukrainian share the i; a hard sign before a consonant is a vowel in Bulgarian.
        Some("kk") if !has("қәғұһңөү") => Some(if has("ыэё") { "be" } else { "uk" }),
        Some("uz") if !has("ҳў") => Some("kk"),
        Some("be") if has("қҳғ") => Some("uz"),
        None if is_bulgarian(name) => Some("bg"),
        // The endings of Ukrainian family names.
        None if ["ськ", "цьк"].iter().any(|ending| name.contains(ending)) => Some("uk"),
        other => other,
    }
}

/// Whether a hard sign stands where only Bulgarian has one: not before a vowel that it parts from its consonant.
fn is_bulgarian(name: &str) -> bool {
    let mut letters = name.chars().peekable();
    std::iter::from_fn(|| letters.next().map(|c| (c, letters.peek().copied())))
        .any(|(c, next)| c == 'ъ' && next.is_some_and(|n| n.is_alphabetic() && !"еёюяи".contains(n)))
}

/// The languages in whose spellings a name is given, the likeliest first.
pub(super) fn languages(script: &'static str, name: &str) -> Vec<&'static str> {
    let mut list = Vec::with_capacity(LIKELY.len());
    if let Some(language) = told(script, name).map(|l| if l == "ar" { ANY } else { l }) {
        list.push(language);
        list.extend(OTHER_SPELLING.iter().filter(|(of, _)| *of == language).map(|(_, other)| *other));
    }
    for language in LIKELY.iter().filter(|(of, _)| *of == script).flat_map(|(_, languages)| *languages) {
        if !list.contains(language) {
            list.push(language);
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_by_their_letters() {
        for (script, name, language) in [
            ("Cyrl", "зеленський", "uk"),
            ("Cyrl", "київ", "uk"),
            ("Cyrl", "харків", "uk"),
            ("Cyrl", "лукашэнка аляксандр мінск", "be"),
            ("Cyrl", "българия", "bg"),
            ("Cyrl", "объект", ANY),
            ("Cyrl", "вучић", "sr"),
            ("Cyrl", "тоқаев", "kk"),
            ("Arab", "رئیسی", "fa"),
            ("Arab", "أحمد الشرع", ANY),
            ("Arab", "نواز شریف ہے", "ur"),
            ("Hebr", "נתניהו", ANY),
        ] {
            assert_eq!(languages(script, name).first(), Some(&language), "{name}");
        }
    }
}
