//! Names of states and territories, from CLDR.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;

use allonym::name::fold;

use crate::hand::Hand;
use crate::json;
use crate::languages::Languages;
use crate::rows::{Row, Sheet};

/// Languages that name every territory: those of the United Nations, and German.
const WORLD: [&str; 8] = ["en", "fr", "es", "de", "ru", "ar", "zh", "zh-Hant"];
/// What CLDR shortens in Russian names, and how news prints it.
const RUSSIAN: [(&str, &str); 3] = [("о-ва", "острова"), ("о-в", "остров"), ("Св.", "Святой")];
/// Names that are a common word of English, but not one of the lists.
const WORDS: [&str; 1] = ["Chili"];
/// What CLDR adds to a code where a territory has a further name.
const FORMS: [&str; 3] = ["", "-alt-short", "-alt-variant"];

/// The names that hand-written tables lack.
pub fn sheet(folder: &Path, hand: &Hand, languages: &Languages) -> Result<Sheet, Box<dyn Error>> {
    let territories: Vec<(&str, &str)> = hand.codes().filter(|(code, _)| code.len() == 2).collect();
    let own = territories.iter().flat_map(|(code, _)| languages.of(code)).map(String::as_str);
    let wanted: Vec<&str> = WORLD.into_iter().chain(own.collect::<BTreeSet<_>>()).collect();
    let mut sheet = Sheet::default();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    let mut lacking = Vec::new();
    for (at, language) in wanted.iter().enumerate() {
        if wanted[..at].contains(language) {
            continue;
        }
        let path = folder.join("cldr-localenames-full/main").join(language).join("territories.json");
        if !path.exists() {
            lacking.push(*language);
            continue;
        }
        let names = json::read(&path)?;
        let names = &names["main"][*language]["localeDisplayNames"]["territories"];
        for (code, id) in &territories {
            let is_own = languages.of(code).iter().any(|l| l == language);
            if !is_own && !WORLD.contains(language) {
                continue;
            }
            for form in FORMS {
                let Some(name) = names[format!("{code}{form}")].as_str().and_then(|n| printed(n, code)) else {
                    continue;
                };
                // What differs in case, diacritics and signs alone is found by the name that is there.
                if hand.has_folded(id, &name) || !seen.insert(((*id).to_owned(), fold(&name))) {
                    continue;
                }
                // Another spelling of a name that needs a cue needs it too.
                let doubtful = *language == "en" && hand.entity(id).is_some_and(|e| e.ambiguous);
                let ambiguous = doubtful || WORDS.contains(&name.as_str());
                let sort = sort(languages.script(language), is_own, language, form);
                let (id, lang) = ((*id).to_owned(), (*language).to_owned());
                sheet.rows.push(Row { id, sort, name, lang, ambiguous, source: "cldr", ..Row::default() });
            }
        }
    }
    eprintln!("territories: CLDR has no names in {}", lacking.join(", "));
    Ok(sheet)
}

/// The sort of a name by its script, and by whether it is in a language of the territory.
fn sort(script: &str, is_own: bool, language: &str, form: &str) -> &'static str {
    match (script, is_own) {
        ("Latn", _) if language == "en" => {
            if form == "-alt-short" {
                "short"
            } else {
                "alias"
            }
        }
        ("Latn", true) => "endonym",
        ("Latn", false) => "translation",
        _ => "native",
    }
}

/// A name as news prints it; none if it only explains another one, or is the code.
fn printed(name: &str, code: &str) -> Option<String> {
    let explains = name.contains(['(', ')', '（', '）', '²', '+']) || name.contains(" - ") || name.contains(" – ");
    let short = name.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | ' '));
    let name = RUSSIAN.iter().fold(name.to_owned(), |name, (short, long)| name.replace(short, long));
    let name = name.replace(" & ", " and ").replace('’', "'").replace(['\u{a0}', '\u{202f}'], " ");
    let invisible = |c: char| matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{ad}');
    (!explains && !short && name != code && !name.chars().any(invisible)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_print() {
        assert_eq!(printed("Trinidad & Tobago", "TT").as_deref(), Some("Trinidad and Tobago"));
        assert_eq!(printed("о-ва Кука", "CK").as_deref(), Some("острова Кука"));
        assert_eq!(printed("Côte d’Ivoire", "CI").as_deref(), Some("Côte d'Ivoire"));
        for name in ["Myanmar (Burma)", "缅甸（曼德勒）", "Congo - Kinshasa", "MM", "UK", "R.-U.", "EE. UU."] {
            assert_eq!(printed(name, "MM"), None);
        }
    }

    #[test]
    fn sorts_go_by_script_and_language() {
        assert_eq!(sort("Latn", true, "pl", ""), "endonym");
        assert_eq!(sort("Latn", false, "fr", ""), "translation");
        assert_eq!(sort("Cyrl", false, "ru", ""), "native");
        assert_eq!(sort("Latn", true, "en", "-alt-short"), "short");
    }
}
