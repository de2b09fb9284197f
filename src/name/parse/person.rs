//! Names of people.
//!
//! # Limits
//!
//! An article or particle that is a name by itself (`Al` Gore, `Ben` Affleck) is kept when it begins a name of two words.
//! Letters written without full stops (`JRR Tolkien`) are initials when they hold no vowel; `AJ` is a name. A numeral of
//! one letter counts only kings (`King Charles I`, `Malcolm X`). A title that is a name as well (`King`, `Sayyid`) is a
//! title by what follows it; Burmese `U` when it stands without a full stop.

use std::borrow::Cow;

use super::{ARTICLES, LEAST_PART, numeral, order, part, rarity};
use crate::mention::EntityKind;
use crate::name::fold::fold;
use crate::name::readings::readings;
use crate::name::sound::sound;
use crate::name::vocabulary::Vocabulary;
use crate::name::words::{Native, Word, in_order, words};
use crate::name::{Part, Role};
use crate::tables::{Flags, Lexicon};

/// Particles, folded.
const PARTICLES: [&str; 34] = [
    "bin", "ibn", "ben", "bint", "binti", "bt", "ould", "oglu", "ogly", "kyzy", "gizi", "von", "van", "der", "den",
    "de", "del", "della", "di", "da", "dos", "das", "do", "du", "des", "la", "le", "y", "e", "of", "i", "d", "dit",
    "st",
];

/// Whether a word is a particle.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Words of a personal name's end that tell father and son apart, with the numerals that need no capitals to be seen.
pub(super) const SUFFIXES: [&str; 9] = ["jr", "junior", "sr", "senior", "i", "ii", "iii", "iv", "fils"];

/// Father or mother of: one name with what follows. `Um` is a Korean family name too, and left out.
pub(super) const PARENTS: [(&str, &str); 8] = [
    ("abu", "abu"),
    ("abou", "abu"),
    ("abo", "abu"),
    ("abi", "abu"),
    ("ebu", "abu"),
    ("umm", "umm"),
    ("oum", "umm"),
    ("oumm", "umm"),
];
/// Servant of: one name with what follows.
pub(super) const SERVANTS: [&str; 7] = ["abd", "abdul", "abdel", "abdal", "abdol", "abdur", "abdu"];
/// Of the faith: one name with what stands before.
pub(super) const FAITH: [&str; 4] = ["din", "deen", "dine", "dien"];

/// Titles of those who are called by given names. Some are family names: they are titles before a given name.
pub(super) const REGNAL: [&str; 5] = ["king", "queen", "pope", "emperor", "empress"];
/// Titles that are given names as well: they are titles when two more words follow.
pub(super) const REVERED: [&str; 7] = ["sayyed", "sayyid", "seyed", "seyyed", "maulana", "mawlana", "molana"];

/// An initial's weight: one letter in a dozen or so begins a given name, and names are compared because they share
/// something.
const INITIAL: i32 = 1_500;
/// A listed given or family name is borne by many: a bit and a half less.
const LISTED_NAME: i32 = 1_500;
/// Names are compared because they share something: a bit of what a common part says is spent on that.
const SHARED_BY_CHANCE: i32 = 1_000;
/// Fewer bear a name and are called by it as somebody's father: a bit and a half more than the name's own weight.
const KUNYA: i32 = 1_500;

/// The parts of a name, and those of its other readings.
pub(super) fn parse(surface: &str, lexicon: &Lexicon) -> (Vec<Part>, Vec<Vec<Part>>) {
    let (ordered, last) = in_order(surface, |word| SUFFIXES.contains(&word) || numeral(word).is_some());
    let ordered = with_initials_apart(&ordered, lexicon);
    let words = words(&ordered);
    let mut read: Vec<Vec<Part>> = Vec::new();
    for reading in readings(&words, true) {
        let mut parts: Vec<Part> = reading.iter().map(|w| name_part(w, lexicon)).collect();
        // Where family and given name are written together the family's comes first.
        order::family_first(&mut parts);
        read.push(parts);
    }
    if read.is_empty() {
        return (parts(&ordered, &words, last, lexicon), Vec::new());
    }
    (read.remove(0), read)
}

/// A name with a space after each initial: `J.R.R. Tolkien`, `JRR Tolkien`.
fn with_initials_apart<'s>(surface: &'s str, lexicon: &Lexicon) -> Cow<'s, str> {
    let has_lower_case = surface.contains(char::is_lowercase);
    let is_joined = |word: &str| {
        let letters = word.bytes().all(|b| b.is_ascii_uppercase()) && (2..=3).contains(&word.len());
        let folded = word.to_ascii_lowercase();
        letters
            && has_lower_case
            && !folded.contains(['a', 'e', 'i', 'o', 'u', 'y'])
            && numeral(&folded).is_none()
            && !SUFFIXES.contains(&folded.as_str())
            && lexicon.word(&folded) == Flags::default()
    };
    let dotted = |word: &str| word.find('.').is_some_and(|dot| word[dot + 1..].starts_with(char::is_alphabetic));
    let words = || surface.split(' ');
    if !words().any(|word| dotted(word) || is_joined(word)) {
        return Cow::Borrowed(surface);
    }
    let mut out = String::with_capacity(surface.len() + 4);
    for word in words() {
        let joined = is_joined(word);
        for letter in word.chars() {
            out.push(letter);
            if joined || letter == '.' {
                out.push(' ');
            }
        }
        out.push(' ');
    }
    Cow::Owned(out)
}

/// A part of a person's name whose role is not told yet.
pub(super) fn name_part(word: &Word, lexicon: &Lexicon) -> Part {
    let text = servant(&word.text).or_else(|| of_the_faith(&word.text)).unwrap_or_else(|| word.text.clone());
    let role = if word.text.chars().count() == 1 { Role::Initial } else { Role::Given };
    let weight = if role == Role::Initial { INITIAL } else { name_weight(&text, &word.text, lexicon) };
    Part { aside: word.aside, ..part(text, role, weight, word.native.as_ref()) }
}

/// The parts of a name whose words are written apart; `last` is what stood before a comma.
fn parts(surface: &str, words: &[Word], last: Option<&str>, lexicon: &Lexicon) -> Vec<Part> {
    let texts: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
    let titles = titles(surface, &texts, lexicon);
    let mut regnal = texts[..titles].last().is_some_and(|title| REGNAL.contains(title));
    let (words, texts) = (&words[titles..], &texts[titles..]);
    if last.is_none() && order::is_eastern(surface, texts, lexicon) {
        let mut parts: Vec<Part> = words.iter().map(|w| name_part(w, lexicon)).collect();
        order::family_first(&mut parts);
        return parts;
    }
    let mut parts: Vec<Part> = Vec::with_capacity(words.len());
    let mut i = 0;
    let mut prefix: Option<&str> = None;
    while i < words.len() {
        let word = texts[i];
        let has_next = i + 1 < words.len();
        let begins_pair = i == 0 && words.len() == 2;
        i += 1;
        if ARTICLES.contains(&word) && has_next && !(begins_pair && is_bare_article(surface, word)) {
            prefix = Some(word);
            continue;
        }
        if i > 1 && !has_next && is_suffix(surface, word, regnal) {
            regnal |= parts.len() == 1 && numeral(word).is_some();
            parts.push(part(word.to_owned(), Role::Suffix, 0, None));
            continue;
        }
        let particle = PARTICLES.contains(&word) && (word.len() > 1 || is_small(surface, word))
            || word == "t" && parts.last().is_some_and(|p| p.role == Role::Particle);
        if particle && has_next && !(begins_pair && word == "ben") {
            parts.push(part(word.to_owned(), Role::Particle, 0, None));
            prefix = Some(word);
            continue;
        }
        let prefix = prefix.take().map(str::to_owned);
        let (part, used) = compound(&words[i - 1..], lexicon).unwrap_or_else(|| (name_part(&words[i - 1], lexicon), 1));
        parts.push(Part { prefix, ..part });
        i += used - 1;
    }
    order::roles(&mut parts, last.map(fold).as_deref(), regnal, lexicon);
    parts
}

/// A name that is written in several words, and in how many: `Abd al-Rahman`, `Abu Bakr`, `Salah ad-Din`.
fn compound(words: &[Word], lexicon: &Lexicon) -> Option<(Part, usize)> {
    let (first, rest) = words.split_first()?;
    let articles = rest.iter().take_while(|w| ARTICLES.contains(&w.text.as_str())).count().min(rest.len().max(1) - 1);
    let next = rest.get(articles)?;
    let whole = |first: &Native, next: &Native| (first.0, format!("{}{}", first.1, next.1));
    let native = |next: Option<&Native>| first.native.as_ref().zip(next).map(|(a, b)| whole(a, b));
    if SERVANTS.contains(&first.text.as_str()) {
        let text = format!("abd{}", next.text);
        let weight = name_weight(&text, &next.text, lexicon);
        return Some((part(text, Role::Given, weight, native(next.native.as_ref()).as_ref()), articles + 2));
    }
    if let Some((_, parent)) = PARENTS.iter().find(|(spelled, _)| *spelled == first.text) {
        let one = || (name_part(next, lexicon), 1);
        let (child, used) = compound(&rest[articles..], lexicon).unwrap_or_else(one);
        let text = format!("{parent}{}", child.text);
        let weight = (child.weight + KUNYA).min(rarity(&sound(&text)));
        return Some((part(text, Role::Given, weight, native(child.native.as_ref()).as_ref()), 1 + articles + used));
    }
    // Arabic letters have the article with the word, and it is taken off.
    let faith = match (&rest[0].native, articles) {
        (Some(_), 0) => first.native.is_some(),
        _ => articles > 0,
    };
    let (ending, used) = if faith && FAITH.contains(&next.text.as_str()) {
        (true, articles + 2)
    } else {
        (ends_in_faith(&rest[0].text), 2)
    };
    ending.then(|| {
        let text = format!("{}din", first.text);
        let weight = name_weight(&text, &first.text, lexicon);
        (part(text, Role::Given, weight, native(rest[used - 2].native.as_ref()).as_ref()), used)
    })
}

/// Whether a folded name of several words begins with father or mother of.
pub(in crate::name) fn is_kunya(folded: &str) -> bool {
    let first = folded.split_once(' ').map(|(first, _)| first);
    PARENTS.iter().any(|(spelled, _)| Some(*spelled) == first)
}

/// How many of the first words are titles. Titles lead; one that is the whole name stays (`Prince`, `Sheikh`).
fn titles(surface: &str, words: &[&str], lexicon: &Lexicon) -> usize {
    let name = Flags::GIVEN.with(Flags::FAMILY);
    let mut at = 0;
    while at + 1 < words.len() {
        let (word, left) = (words[at], words.len() - at);
        let flags = lexicon.word(word);
        let title = lexicon.title_len(&words[at..]);
        if title > 0 && title < left {
            at += title;
            continue;
        }
        let plain = word.chars().count() > 1 && flags.has(Flags::TITLE) && !flags.has(name);
        let regnal = REGNAL.contains(&word) && lexicon.word(words[at + 1]).has(Flags::GIVEN);
        let revered = REVERED.contains(&word) && left > 2;
        let burmese = at == 0 && word == "u" && surface.starts_with("U ");
        if !(plain || regnal || revered || burmese) {
            break;
        }
        at += 1;
    }
    at
}

/// Whether the last word of a name tells a generation. Numerals are written in capitals, and a single letter counts kings.
fn is_suffix(surface: &str, word: &str, regnal: bool) -> bool {
    let capitals = || {
        let last = surface.split_whitespace().next_back().unwrap_or_default();
        surface.contains(char::is_lowercase) && !last.contains(char::is_lowercase)
    };
    SUFFIXES.contains(&word) || numeral(word).is_some() && (regnal || word.len() > 1 && capitals())
}

/// Whether a word of one letter is written as particles are: `Ortega y Gasset`, not `George Y. Bush`.
fn is_small(surface: &str, letter: &str) -> bool {
    let is_written = |text: &str| surface.split(|c: char| !c.is_alphanumeric()).any(|word| word == text);
    is_written(letter) || letter == "y" && !surface.contains(char::is_lowercase)
}

/// Whether the article stands in the surface as a word with a capital and no hyphen: `Al Gore`, not `al-Gore`.
fn is_bare_article(surface: &str, word: &str) -> bool {
    let first = surface.split(char::is_whitespace).next().unwrap_or_default();
    first.starts_with(char::is_uppercase) && fold(first) == word
}

/// `Abdurrahman`, `Abdelaziz`: the prefix and its article, which assimilates, brought to one form.
fn servant(word: &str) -> Option<String> {
    let rest = word.strip_prefix("abd")?;
    let mut chars = rest.chars();
    let vowel = chars.next().filter(|c| matches!(c, 'a' | 'e' | 'o' | 'u'))?;
    let after = &rest[vowel.len_utf8()..];
    let mut letters = after.chars();
    let (l, next) = (letters.next()?, letters.next()?);
    // The l, or a sun letter that doubles the one after it.
    let assimilated = l == 'l' || l == next;
    // Of short rests, only that of Abdullah is a name of God.
    let stem = after.get(l.len_utf8()..).filter(|s| assimilated && (s.len() >= 3 || *s == "la"))?;
    Some(format!("abd{stem}"))
}

/// Whether a word is what makes one of the faith of the word before it: `Salah Uddin`.
pub(super) fn ends_in_faith(word: &str) -> bool {
    of_the_faith(&format!("xxx{word}")).as_deref() == Some("xxxdin")
}

/// `Salahuddin`, `Seifeddine`: the article, which assimilates, and the vowels of faith brought to one form.
fn of_the_faith(word: &str) -> Option<String> {
    let vowels = ["een", "ine", "ien", "in", "yn"];
    let ending = vowels.iter().find_map(|vowels| word.strip_suffix(vowels))?;
    // Geraldine and Baldin are none.
    let article = ending.strip_suffix("dd").or_else(|| ending.strip_suffix("ld").filter(|_| !word.ends_with("ine")))?;
    let stem = article.strip_suffix(['a', 'e', 'i', 'o', 'u'])?;
    (stem.len() >= 3).then(|| format!("{stem}din"))
}

fn name_weight(text: &str, word: &str, lexicon: &Lexicon) -> i32 {
    let sound = sound(text);
    let counted = Vocabulary::embedded().rarity(EntityKind::Person, &sound).map(|bits| bits - SHARED_BY_CHANCE);
    let listed = lexicon.word(word).has(Flags::GIVEN.with(Flags::FAMILY));
    let unmet = rarity(&sound) - if listed { LISTED_NAME } else { 0 };
    counted.map_or(unmet, |bits| bits.clamp(LEAST_PART, unmet))
}
