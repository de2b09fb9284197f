//! The letters that a word is compared by, in the script that it is written in.
//!
//! Latin words are compared folded. Other scripts keep their own letters, so that nothing is lost before the learned
//! weights see it; what a script packs into one sign is taken apart: a Hangul syllable into its jamo, a kana into
//! consonant and vowel, a Han character into the pinyin of its Mandarin reading.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

use super::romanize::{jamo, pinyin};

/// A script that has spelling weights of its own.
///
/// # Examples
///
/// ```
/// use allonym::name::Alphabet;
///
/// assert_eq!(Alphabet::of("Смирнов"), Alphabet::Cyrillic);
/// assert_eq!(Alphabet::Cyrillic.code(), "Cyrl");
/// let mut letters = Vec::new();
/// Alphabet::Hangul.letters("김", &mut letters);
/// assert_eq!(letters.len(), 3); // three jamo
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Alphabet {
    /// Latin letters.
    Latin,
    /// Arabic letters: Arabic, Persian, Urdu and others.
    Arabic,
    /// Cyrillic letters.
    Cyrillic,
    /// Greek letters.
    Greek,
    /// Hangul, as jamo.
    Hangul,
    /// Han characters, as the letters of pinyin.
    Han,
    /// Hebrew letters.
    Hebrew,
    /// Hiragana and katakana, as consonants and vowels.
    Kana,
    /// Latin letters that romanize a script without weights of its own.
    Romanized,
}

impl Alphabet {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; 9] = [
        Self::Latin,
        Self::Arabic,
        Self::Cyrillic,
        Self::Greek,
        Self::Hangul,
        Self::Han,
        Self::Hebrew,
        Self::Kana,
        Self::Romanized,
    ];

    /// Its code in the table of weights: that of ISO 15924, with `Zyyy` for what is romanized.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Latin => "Latn",
            Self::Arabic => "Arab",
            Self::Cyrillic => "Cyrl",
            Self::Greek => "Grek",
            Self::Hangul => "Hang",
            Self::Han => "Hani",
            Self::Hebrew => "Hebr",
            Self::Kana => "Kana",
            Self::Romanized => "Zyyy",
        }
    }

    /// The alphabet that a word is compared in: that of its first letter that is not Latin, if it has any.
    #[must_use]
    pub fn of(word: &str) -> Self {
        if word.is_ascii() {
            return Self::Latin;
        }
        let foreign = |c: char| match c.script() {
            Script::Latin | Script::Common | Script::Inherited | Script::Unknown => None,
            Script::Arabic => Some(Self::Arabic),
            Script::Cyrillic => Some(Self::Cyrillic),
            Script::Greek => Some(Self::Greek),
            Script::Hangul => Some(Self::Hangul),
            Script::Han => Some(Self::Han),
            Script::Hebrew => Some(Self::Hebrew),
            Script::Hiragana | Script::Katakana => Some(Self::Kana),
            _ => Some(Self::Romanized),
        };
        word.chars().find_map(foreign).unwrap_or(Self::Latin)
    }

    /// Appends the letters of a word, in lower case and without the marks that its users leave out.
    ///
    /// Words of [`Alphabet::Latin`] and [`Alphabet::Romanized`] are taken as they are: folded already.
    pub fn letters(self, word: &str, out: &mut Vec<char>) {
        match self {
            // Letters are doubled and made single at will: Sharaa, Shara, Sharra.
            Self::Latin | Self::Romanized => {
                for c in word.chars() {
                    if out.last() != Some(&c) {
                        out.push(c);
                    }
                }
            }
            Self::Hangul => hangul(word, out),
            Self::Kana => kana(word, out),
            Self::Han => han(word, out),
            _ => {
                for c in word.nfkc().flat_map(char::to_lowercase) {
                    plain(c, out);
                }
                if matches!(self, Self::Cyrillic | Self::Greek) {
                    out.dedup();
                }
            }
        }
    }
}

/// One letter of an alphabet that spells letter by letter.
fn plain(c: char, out: &mut Vec<char>) {
    match c {
        // Keyboards and scribes write these for one another.
        'ي' | 'ى' | 'ئ' | 'ے' => out.push('ی'),
        'ك' => out.push('ک'),
        'أ' | 'إ' | 'ٱ' => out.push('ا'),
        'ؤ' => out.push('و'),
        'ہ' | 'ھ' => out.push('ه'),
        // Final forms.
        'ך' => out.push('כ'),
        'ם' => out.push('מ'),
        'ן' => out.push('נ'),
        'ף' => out.push('פ'),
        'ץ' => out.push('צ'),
        'ς' => out.push('σ'),
        'ё' => out.push('е'),
        // Two sounds in one sign.
        'щ' => out.extend(['ш', 'ч']),
        // The geresh that makes a Hebrew letter another, however it is typed.
        '׳' | '’' | '\'' => out.push('\''),
        'ـ' | 'ء' => {}
        _ if is_combining_mark(c) => {}
        _ if c.is_alphanumeric() => {
            // Accents of Greek vowels.
            let bare = std::iter::once(c).nfd().next().filter(|_| c.script() == Script::Greek).unwrap_or(c);
            out.push(bare);
        }
        _ => {}
    }
}

fn hangul(word: &str, out: &mut Vec<char>) {
    for c in word.nfc() {
        match jamo(c) {
            Some(letters) => out.extend(letters),
            None => plain(c, out),
        }
    }
}

/// Katakana from U+30A1, each as consonant and vowel; `*` marks the small vowels and y-sounds, `N` the moraic nasal,
/// `Q` the doubling sign.
const KATAKANA: &str = "*a a *i i *u u *e e *o o ka ga ki gi ku gu ke ge ko go sa za si zi su zu se ze so zo ta da ci \
                        zi Q cu zu te de to do na ni nu ne no ha ba pa hi bi pi hu bu pu he be pe ho bo po ma mi mu \
                        me mo *ya ya *yu yu *yo yo ra ri ru re ro *wa wa i e o N vu";

fn kana(word: &str, out: &mut Vec<char>) {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    for c in word.nfkc() {
        // Hiragana stand 0x60 before katakana.
        let katakana = if ('\u{3041}'..='\u{3096}').contains(&c) { u32::from(c) + 0x60 } else { u32::from(c) };
        let signs = katakana.checked_sub(0x30A1).and_then(|i| KATAKANA.split(' ').nth(i as usize));
        match signs {
            _ if c == 'ー' => out.push('-'),
            Some(small) if small.starts_with('*') => {
                // A small sign takes the vowel of the one before it: shi + small e is one syllable.
                match out.last().copied() {
                    Some('i') => {
                        out.pop();
                        out.extend((!small.starts_with("*y")).then_some('y'));
                    }
                    Some('u') => {
                        out.pop();
                        let lips = matches!(out.last(), Some('v' | 'h'));
                        out.extend((!lips && !small.starts_with("*y")).then_some('w'));
                    }
                    Some(before) if is_vowel(before) => {
                        out.pop();
                    }
                    _ => {}
                }
                out.extend(small.chars().skip(1));
            }
            Some(signs) => out.extend(signs.chars()),
            None if c.script() == Script::Han => han(c.encode_utf8(&mut [0; 4]), out),
            None => plain(c, out),
        }
    }
}

/// Digraphs of pinyin that are one sound, and what stands for them.
const PINYIN: [(&str, char); 4] = [("zh", 'Z'), ("ch", 'C'), ("sh", 'S'), ("ng", 'ŋ')];

fn han(word: &str, out: &mut Vec<char>) {
    for c in word.chars() {
        match pinyin(c) {
            Some(mut syllable) => {
                while let Some(letter) = syllable.chars().next() {
                    let digraph = PINYIN.iter().find(|(letters, _)| syllable.starts_with(letters));
                    out.push(digraph.map_or(letter, |(_, sign)| *sign));
                    syllable = &syllable[digraph.map_or(letter.len_utf8(), |(letters, _)| letters.len())..];
                }
            }
            None if c.script() == Script::Han => out.push(c),
            None if matches!(c.script(), Script::Hiragana | Script::Katakana) => {
                kana(c.encode_utf8(&mut [0; 4]), out);
            }
            None => plain(c, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(word: &str) -> String {
        let mut out = Vec::new();
        Alphabet::of(word).letters(word, &mut out);
        out.into_iter().collect()
    }

    #[test]
    fn takes_scripts_apart() {
        for (word, expected) in [
            ("idlib", "idlib"),
            ("Щука", "шчука"),
            ("يحيى", "یحیی"),
            ("אריאל", "אריאל"),
            ("キャロル", "kyaroru"),
            ("シェーン", "sye-N"),
            ("ティム", "timu"),
            ("ファン", "haN"),
            ("ウォン", "woN"),
            ("ロック", "roQku"),
            ("はるか", "haruka"),
            ("Άρης", "αρησ"),
        ] {
            assert_eq!(letters(word), expected, "{word}");
        }
        assert_eq!(letters("김").chars().count(), 3);
        assert_eq!(letters("아").chars().count(), 1);
        assert_eq!(Alphabet::of("Ђ"), Alphabet::Cyrillic);
        assert_eq!(Alphabet::of("თბილისი"), Alphabet::Romanized);
    }
}
