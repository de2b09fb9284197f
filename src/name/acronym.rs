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
    let acronym = fold(acronym).replace(' ', "");
    let letters: Vec<char> = acronym.chars().collect();
    let name = fold(name);
    let words: Vec<&str> = name.split(' ').filter(|w| !w.is_empty()).collect();
    if !(2..=10).contains(&letters.len()) || words.len() < 2 || words.len() > 16 || words.contains(&acronym.as_str()) {
        return None;
    }
    if in_order(&words, &letters) {
        return Some(AcronymFit::Initials);
    }
    // Fewer than three letters are found in any order of many names.
    let content: Vec<&&str> = words.iter().filter(|w| !SILENT.contains(*w)).collect();
    let mut initials: Vec<char> = content.iter().filter_map(|w| w.chars().next()).collect();
    let all_found = letters.iter().all(|letter| {
        let at = initials.iter().position(|i| i == letter);
        at.map(|at| initials.swap_remove(at)).is_some()
    });
    (letters.len() >= 3 && all_found && initials.len() <= 1).then_some(AcronymFit::Shuffled)
}

/// Whether the letters can be shared out over the words in order: each content word gives its initial, and may give
/// its next letters too when it is the last (`Interpol` is not found this way); silent words give one or none.
fn in_order(words: &[&str], letters: &[char]) -> bool {
    // reach[k]: after the words so far, the first k letters can be spoken for.
    let mut reach = vec![false; letters.len() + 1];
    reach[0] = true;
    let long = letters.len() >= 4;
    let mut skipped = vec![false; letters.len() + 1];
    for word in words {
        let initial = word.chars().next();
        let silent = SILENT.contains(word);
        let mut next = vec![false; letters.len() + 1];
        let mut next_skipped = vec![false; letters.len() + 1];
        for k in 0..=letters.len() {
            if reach[k] || skipped[k] {
                if k < letters.len() && initial == Some(letters[k]) {
                    next[k + 1] |= reach[k];
                    next_skipped[k + 1] |= skipped[k];
                }
                if silent {
                    next[k] |= reach[k];
                    next_skipped[k] |= skipped[k];
                } else if long {
                    // Of four letters or more one content word may be missing.
                    next_skipped[k] |= reach[k];
                }
            }
        }
        (reach, skipped) = (next, next_skipped);
    }
    reach[letters.len()] || skipped[letters.len()]
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
