//! Names in other scripts, in Latin letters.
//!
//! A first table a script, Cyrillic, Greek, Arabic and Hebrew, letter by letter, as news spells
//! names. Vowels that Arabic and Hebrew leave out are left out here too. Other scripts stay as they are.

use std::borrow::Cow;

use unicode_script::{Script, UnicodeScript};

/// Writes a name in Latin letters; text in Latin letters is returned as it is.
///
/// # Limits
///
/// One output a letter, whatever the language: Ukrainian `г` is given as Russian has it. Scripts without a table are
/// returned unchanged.
///
/// # Examples
///
/// ```
/// use allonym::name::romanize;
///
/// assert_eq!(romanize("Зеленский"), "zelenskiy");
/// assert_eq!(romanize("الشرع"), "al-shr'");
/// assert_eq!(romanize("Idlib"), "Idlib");
/// ```
#[must_use]
pub fn romanize(name: &str) -> Cow<'_, str> {
    let foreign = |c: char| !c.is_ascii() && letters(c).is_some();
    if !name.chars().any(foreign) {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len());
    let mut letters_left = 0;
    for (at, c) in name.char_indices() {
        // The Arabic article is written with its word; the names of the tables and of news part it.
        if letters_left > 0 {
            letters_left -= 1;
            continue;
        }
        let begins = name[..at].chars().next_back().is_none_or(|before| before.script() != Script::Arabic);
        if begins
            && name[at..].starts_with("ال")
            && name[at..].chars().take_while(|c| c.script() == Script::Arabic).count() > 4
        {
            out.push_str("al-");
            letters_left = 1;
            continue;
        }
        match letters(c) {
            Some(latin) => out.push_str(latin),
            None if is_vowel_sign(c) => {}
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The Mandarin reading of a Han character, without its tone.
pub(super) fn pinyin(c: char) -> Option<&'static str> {
    static READINGS: once_cell::sync::OnceCell<foldhash::HashMap<char, &'static str>> = once_cell::sync::OnceCell::new();
    let rows = || {
        let text = include_str!("../../data/han.tsv").lines().skip(1);
        let row = |line: &'static str| {
            let (c, rest) = line.split_once('\t')?;
            Some((c.chars().next()?, rest.split(['\t', ' ']).next()?))
        };
        text.filter_map(row).collect()
    };
    READINGS.get_or_init(rows).get(&c).copied()
}

/// Whether a name is in a script that leaves out short vowels.
pub(super) fn is_vowelless(name: &str) -> bool {
    name.chars().any(|c| !c.is_ascii() && matches!(c.script(), Script::Arabic | Script::Hebrew))
}

fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{652}' | '\u{670}' | '\u{5B0}'..='\u{5C7}' | 'ـ')
}

fn letters(c: char) -> Option<&'static str> {
    let lower = c.to_lowercase().next().unwrap_or(c);
    match c.script() {
        Script::Cyrillic => cyrillic(lower),
        Script::Greek => greek(lower),
        Script::Arabic => arabic(c),
        Script::Hebrew => hebrew(c),
        _ => None,
    }
}

#[rustfmt::skip]
fn cyrillic(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a", 'б' => "b", 'в' => "v", 'г' | 'ґ' => "g", 'д' => "d", 'е' | 'э' | 'ё' => "e", 'є' => "ye",
        'ж' => "zh", 'з' => "z", 'и' | 'і' => "i", 'ї' => "yi", 'й' => "y", 'к' | 'қ' => "k", 'л' => "l", 'м' => "m",
        'н' | 'ң' => "n", 'о' | 'ө' => "o", 'п' => "p", 'р' => "r", 'с' => "s", 'т' => "t", 'у' | 'ү' | 'ұ' => "u",
        'ф' => "f", 'х' | 'һ' => "kh", 'ц' => "ts", 'ч' => "ch", 'ш' => "sh", 'щ' => "shch", 'ъ' | 'ь' => "",
        'ы' => "y", 'ю' => "yu", 'я' => "ya", 'ў' => "u", 'ј' => "j", 'љ' => "lj", 'њ' => "nj", 'ђ' => "dj",
        'ћ' => "c", 'џ' => "dz", 'ә' => "a", 'ғ' => "gh", 'ѓ' => "gj", 'ќ' => "kj", 'ѕ' => "dz",
        _ => return None,
    })
}

#[rustfmt::skip]
fn greek(c: char) -> Option<&'static str> {
    Some(match c {
        'α' | 'ά' => "a", 'β' => "v", 'γ' => "g", 'δ' => "d", 'ε' | 'έ' => "e", 'ζ' => "z",
        'η' | 'ή' | 'ι' | 'ί' | 'ϊ' | 'ΐ' => "i", 'θ' => "th", 'κ' => "k", 'λ' => "l", 'μ' => "m", 'ν' => "n",
        'ξ' => "x", 'ο' | 'ό' | 'ω' | 'ώ' => "o", 'π' => "p", 'ρ' => "r", 'σ' | 'ς' => "s", 'τ' => "t",
        'υ' | 'ύ' | 'ϋ' | 'ΰ' => "y", 'φ' => "f", 'χ' => "ch", 'ψ' => "ps",
        _ => return None,
    })
}

#[rustfmt::skip]
fn arabic(c: char) -> Option<&'static str> {
    Some(match c {
        'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'ى' => "a", 'ب' => "b", 'ت' | 'ط' => "t", 'ة' => "a", 'ث' => "th", 'ج' => "j",
        'ح' | 'ه' | 'ھ' | 'ہ' => "h", 'خ' => "kh", 'د' | 'ض' => "d", 'ذ' => "dh", 'ر' => "r", 'ز' | 'ظ' => "z",
        'س' | 'ص' => "s", 'ش' => "sh", 'ع' => "'", 'غ' => "gh", 'ف' => "f", 'ق' => "q", 'ك' | 'ک' => "k", 'ل' => "l",
        'م' => "m", 'ن' | 'ں' => "n", 'و' | 'ؤ' => "w", 'ي' | 'ی' | 'ئ' | 'ے' => "y", 'ء' => "", 'پ' => "p",
        'چ' => "ch", 'ژ' => "zh", 'گ' => "g", 'ٹ' => "t", 'ڈ' => "d", 'ڑ' => "r",
        _ => return None,
    })
}

#[rustfmt::skip]
fn hebrew(c: char) -> Option<&'static str> {
    Some(match c {
        'א' => "a", 'ב' => "b", 'ג' => "g", 'ד' => "d", 'ה' => "h", 'ו' => "v", 'ז' => "z", 'ח' => "h",
        'ט' | 'ת' => "t", 'י' => "y", 'כ' | 'ך' => "k", 'ל' => "l", 'מ' | 'ם' => "m", 'נ' | 'ן' => "n",
        'ס' | 'ש' => "s", 'ע' => "a", 'פ' | 'ף' => "p", 'צ' | 'ץ' => "ts", 'ק' => "k", 'ר' => "r",
        _ => return None,
    })
}
