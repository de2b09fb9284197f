//! Acronyms and the names that they stand for.

use super::fold;

/// Words that give no letter to an acronym, or may: function words and Arabic articles.
const SILENT: [&str; 36] = [
    "a", "al", "an", "and", "ar", "as", "ash", "at", "az", "ad", "by", "da", "das", "de", "del", "der", "des", "di",
    "die", "do", "du", "e", "el", "et", "for", "fur", "in", "la", "le", "les", "of", "on", "the", "to", "und", "y",
];

/// How an acronym stands for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AcronymFit {
    /// Its letters are the initials of the name's words, in order; function words and articles may be skipped.
    Initials,
    /// Its letters are initials of the name's words in another order, as when the name is a translation:
    /// *National Anti-Terrorism Prosecution Office*, PNAT.
    Shuffled,
}

/// Whether, and how, an acronym of two to ten letters stands for a name. Case and signs don't matter.
///
/// # Cost
///
/// The product of the two lengths in words and letters, both bounded.
pub(crate) fn acronym_fit(name: &str, acronym: &str) -> Option<AcronymFit> {
    let acronym = Acronym::of(acronym)?;
    // A name has a space between two words.
    if name.len() < 3 {
        return None;
    }
    let name = fold(name);
    let words = || name.split(' ').filter(|w| !w.is_empty());
    if !acronym.may_be_of(words()) {
        return None;
    }
    let letters = acronym.letters();
    if in_order(words(), letters) {
        return Some(AcronymFit::Initials);
    }
    // Fewer than three letters are found in any order of many names.
    if letters.len() < 3 {
        return None;
    }
    let mut initials: Vec<char> = words().filter(|w| !is_silent(w)).filter_map(|w| w.chars().next()).collect();
    let all_found = letters.iter().all(|letter| {
        let at = initials.iter().position(|i| i == letter);
        at.map(|at| initials.swap_remove(at)).is_some()
    });
    (all_found && initials.len() <= 1).then_some(AcronymFit::Shuffled)
}

/// An acronym, folded.
pub(crate) struct Acronym {
    folded: String,
    letters: [char; MOST_LETTERS],
    count: usize,
}

impl Acronym {
    /// An acronym of two to ten letters.
    pub fn of(acronym: &str) -> Option<Self> {
        let mut folded = fold(acronym);
        folded.retain(|c| c != ' ');
        let (mut letters, mut count) = ([' '; MOST_LETTERS], 0);
        for letter in folded.chars() {
            *letters.get_mut(count)? = letter;
            count += 1;
        }
        (count >= 2).then_some(Self { folded, letters, count })
    }

    fn letters(&self) -> &[char] {
        &self.letters[..self.count]
    }

    /// Whether it may stand for a name of some folded words at all.
    fn may_be_of<'w>(&self, words: impl Iterator<Item = &'w str> + Clone) -> bool {
        let number = words.clone().take(MOST_WORDS + 1).count();
        (2..=MOST_WORDS).contains(&number) && !words.into_iter().any(|word| word == self.folded)
    }

    /// Whether its letters are the initials of a name of some folded words, [`AcronymFit::Initials`].
    pub fn is_initials_of<'w>(&self, words: impl Iterator<Item = &'w str> + Clone) -> bool {
        self.may_be_of(words.clone()) && in_order(words, self.letters())
    }
}

/// No acronym has more letters, and no name that one stands for more words.
const MOST_LETTERS: usize = 10;
const MOST_WORDS: usize = 16;

/// Whether a word may give no letter.
fn is_silent(word: &str) -> bool {
    word.len() <= 3 && SILENT.contains(&word)
}

/// Whether the letters can be shared out over the words in order: each content word gives its initial, and may give
/// its next letters too when it is the last (`Interpol` is not found this way); silent words give one or none.
fn in_order<'w>(words: impl Iterator<Item = &'w str>, letters: &[char]) -> bool {
    // Bit k: after the words so far, the first k letters can be spoken for; also with a content word that gave none.
    let (mut reach, mut skipped) = (1_u32, 0_u32);
    let long = letters.len() >= 4;
    for word in words {
        let initial = word.chars().next();
        let given = (0..).zip(letters).filter(|(_, letter)| initial == Some(**letter));
        let given = given.fold(0_u32, |given, (k, _)| given | 1 << k);
        let (with, with_skipped) = ((reach & given) << 1, (skipped & given) << 1);
        (reach, skipped) = match (is_silent(word), long) {
            (true, _) => (with | reach, with_skipped | skipped),
            // Of four letters or more one content word may be missing.
            (false, true) => (with, with_skipped | reach),
            (false, false) => (with, with_skipped),
        };
    }
    (reach | skipped) >> letters.len() & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits() {
        let rows = [
            ("Syrian Observatory for Human Rights", "SOHR", Some(AcronymFit::Initials)),
            ("Hayat Tahrir al-Sham", "HTS", Some(AcronymFit::Initials)),
            ("Government of National Unity", "GNU", Some(AcronymFit::Initials)),
            ("Libyan National Army", "L.N.A.", Some(AcronymFit::Initials)),
            ("National Anti-Terrorism Prosecution Office", "PNAT", Some(AcronymFit::Shuffled)),
            ("Organization for Security and Co-operation in Europe", "OSCE", Some(AcronymFit::Initials)),
            ("Islamic State in Iraq and Syria", "ISIS", Some(AcronymFit::Initials)),
            ("Libyan National Army", "GNU", None),
            ("Deutsche Bank", "DT", None),
            ("United States", "USA", None),
            ("Washington Post", "", None),
        ];
        for (name, acronym, expected) in rows {
            assert_eq!(acronym_fit(name, acronym), expected, "{name} {acronym}");
        }
    }
}
