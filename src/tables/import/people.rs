//! Names of people as lists sort them, `FAMILY, Given`, as news writes them.

/// Words of family names that begin with a small letter where another word follows.
const PARTICLES: [&str; 26] = [
    "al", "bin", "bint", "da", "das", "de", "degli", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el",
    "ibn", "la", "las", "los", "ul", "van", "vom", "von", "y",
];

/// The Arabic article before a hyphen, as it is said before each letter.
const ARTICLES: [&str; 14] = ["ad", "adh", "al", "an", "ar", "as", "ash", "at", "ath", "az", "ed", "el", "es", "ul"];

/// Puts the family name behind the given one, in small letters if it is all capitals.
pub(super) fn given_first(name: &str) -> String {
    let mut parts = name.split(',').map(str::trim);
    let family = in_small_letters(parts.next().unwrap_or_default());
    let given = parts.next().unwrap_or_default();
    let mut words: Vec<&str> = vec![given, &family];
    words.extend(parts);
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

fn in_small_letters(family: &str) -> String {
    if family.chars().any(char::is_lowercase) {
        return family.to_owned();
    }
    let words: Vec<&str> = family.split_whitespace().collect();
    let last = words.len().saturating_sub(1);
    let words = words.iter().enumerate().map(|(i, word)| {
        let small = small(word);
        if i < last && PARTICLES.contains(&small.as_str()) { small } else { hyphened(word) }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// `AL-ASSAD` al-Assad, `GARCIA-LOPEZ` Garcia-Lopez.
fn hyphened(word: &str) -> String {
    let pieces: Vec<&str> = word.split('-').collect();
    let last = pieces.len() - 1;
    let pieces = pieces.iter().enumerate().map(|(i, piece)| {
        let small = small(piece);
        if i < last && ARTICLES.contains(&small.as_str()) { small } else { capital(piece) }
    });
    pieces.collect::<Vec<_>>().join("-")
}

/// `DIABY` Diaby, `O'BRIEN` O'Brien, `MCDONALD` `McDonald`, `'ALI` 'Ali, `SHARA'` Shara'.
fn capital(piece: &str) -> String {
    let small = small(piece);
    // `MAC` begins too many other names (Machado, Macchi); `Mc` before two letters none.
    let prefix = ["mc", "o'", "d'", "l'", "m'", "n'", "o’", "d’", "l’", "m’", "n’"];
    let prefix = prefix.iter().find(|p| small.strip_prefix(**p).is_some_and(|rest| rest.chars().count() > 1));
    let (first, rest) = small.split_at(prefix.map_or(0, |p| p.len()));
    let mut out = raised(first);
    out.push_str(&raised(rest));
    out
}

/// In small letters; the dotted capital of Turkish gets the one dot of its small letter.
fn small(word: &str) -> String {
    word.to_lowercase().replace("i\u{307}", "i")
}

/// With its first letter in capital.
fn raised(word: &str) -> String {
    let mut done = false;
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !done && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            done = true;
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn family_names_go_last_in_small_letters() {
        for (listed, expected) in [
            ("HUSSEIN, Saddam", "Saddam Hussein"),
            ("AL-TIKRITI, Barzan Ibrahim", "Barzan Ibrahim al-Tikriti"),
            ("BIN LADEN, Usama", "Usama bin Laden"),
            ("O'BRIEN, Sean", "Sean O'Brien"),
            ("MCDONALD, Mary", "Mary McDonald"),
            ("MACHADO, Ana", "Ana Machado"),
            ("DE LA CRUZ, Juan", "Juan de la Cruz"),
            ("GARCIA ABREGO, Juan, Jr.", "Juan Garcia Abrego Jr."),
            ("GARCIA-LOPEZ, Luis", "Luis Garcia-Lopez"),
            ("ABU ALI", "Abu Ali"),
            ("'ABD AL-RAHMAN, 'Umar", "'Umar 'Abd al-Rahman"),
            ("AL-SHARA', Faruq", "Faruq al-Shara'"),
            ("ABD-AL-RAHMAN, Ali", "Ali Abd-al-Rahman"),
            ("DO, Van", "Van Do"),
            ("ŞAHİN, Can", "Can Şahin"),
            ("al-Sayyid, Omar", "Omar al-Sayyid"),
            ("КОШКИН, Пётр", "Пётр Кошкин"),
            ("SMITH", "Smith"),
            ("SMITH,", "Smith"),
            (", John", "John"),
            ("", ""),
        ] {
            assert_eq!(given_first(listed), expected, "{listed}");
        }
    }
}
