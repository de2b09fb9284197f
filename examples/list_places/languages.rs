//! Which languages a territory has, and which letters a language is written in.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

use crate::json;

/// A language that is official in a region of the territory alone counts if this many in a hundred speak it.
const LEAST_REGIONAL: f64 = 20.0;

/// What is known of languages.
#[derive(Debug, Default)]
pub struct Languages {
    /// The languages of each territory, the most spoken first.
    of_territory: BTreeMap<String, Vec<String>>,
    /// The likely script of each language.
    script: BTreeMap<String, String>,
    /// Characters that have a simplified form.
    not_simplified: BTreeSet<char>,
    /// Characters that are the simplified form of others.
    simplified: BTreeSet<char>,
}

impl Languages {
    /// Reads the data of CLDR, and which Han characters are simplified.
    pub fn read(folder: &Path, data: &Path) -> Result<Self, Box<dyn Error>> {
        let core = folder.join("cldr-core/supplemental");
        let mut languages = Self::default();
        let likely = json::read(&core.join("likelySubtags.json"))?;
        for (language, full) in json::texts(&likely["supplemental"]["likelySubtags"]) {
            if let Some(script) = full.split('-').find(|part| is_script(part)) {
                languages.script.insert(language, script.to_owned());
            }
        }
        let info = json::read(&core.join("territoryInfo.json"))?;
        for (territory, fields) in info["supplemental"]["territoryInfo"].as_object().into_iter().flatten() {
            let mut found: Vec<(f64, String)> = Vec::new();
            for (language, of) in fields["languagePopulation"].as_object().into_iter().flatten() {
                let share = of["_populationPercent"].as_str().and_then(|p| p.parse::<f64>().ok()).unwrap_or_default();
                let official = match of["_officialStatus"].as_str() {
                    Some("official" | "de_facto_official") => true,
                    Some("official_regional") => share >= LEAST_REGIONAL,
                    _ => false,
                };
                if official {
                    found.push((share, language.replace('_', "-")));
                }
            }
            found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            languages.of_territory.insert(territory.clone(), found.into_iter().map(|(_, l)| l).collect());
        }
        for line in fs::read_to_string(data.join("names/han.tsv"))?.lines().skip(1) {
            let mut fields = line.split('\t').map(|f| f.chars().next());
            if let (Some(Some(c)), Some(Some(form))) = (fields.next(), fields.nth(4)) {
                languages.not_simplified.insert(c);
                languages.simplified.insert(form);
            }
        }
        Ok(languages)
    }

    /// Languages of which the script alone is known.
    #[cfg(test)]
    pub fn of_scripts(scripts: &[(&str, &str)]) -> Self {
        let script = scripts.iter().map(|(l, s)| ((*l).to_owned(), (*s).to_owned())).collect();
        Self { script, ..Self::default() }
    }

    /// As [`Languages::of_scripts`], with the languages of territories.
    #[cfg(test)]
    pub fn of_territories(territories: &[(&str, &str)], scripts: &[(&str, &str)]) -> Self {
        let of_territory = territories.iter().map(|(t, l)| ((*t).to_owned(), vec![(*l).to_owned()])).collect();
        Self { of_territory, ..Self::of_scripts(scripts) }
    }

    /// The official languages of a territory, the most spoken first.
    pub fn of(&self, territory: &str) -> &[String] {
        self.of_territory.get(territory).map_or(&[], Vec::as_slice)
    }

    /// The script that a language is written in, by its code of ISO 15924.
    pub fn script<'l>(&'l self, language: &'l str) -> &'l str {
        let written = language.split('-').find(|part| is_script(part));
        let primary = || language.split('-').next().unwrap_or_default();
        let known = |l: &str| self.script.get(l).map(String::as_str);
        written.or_else(|| known(language)).or_else(|| known(primary())).unwrap_or("Latn")
    }

    /// The same, Chinese characters being one script.
    pub fn plain_script(&self, language: &str) -> &'static str {
        find(self.script(language)).2
    }

    /// Whether a territory writes one of its languages in Latin letters, and it is not one that only offices use.
    pub fn is_latin(&self, territory: &str) -> bool {
        self.of(territory).iter().any(|l| self.script(l) == "Latn" && l != "en" && l != "fr")
            || self.of(territory).iter().all(|l| self.script(l) == "Latn")
    }

    /// The language of a territory that is written in Latin letters; the local one before English.
    pub fn own_latin(&self, territory: &str) -> Option<&str> {
        let latin = || self.of(territory).iter().filter(|l| self.script(l) == "Latn").map(String::as_str);
        let own = latin().find(|l| *l != "en").or_else(|| latin().next());
        own.filter(|_| self.is_latin(territory))
    }

    /// A name as English news writes it: where no Latin letters are at home, without the signs of transliteration.
    pub fn printed(&self, name: &str, territory: &str) -> String {
        let name = name.replace(['’', '‘', 'ʼ', 'ʿ', 'ʾ', '`', 'ʹ', 'ʺ'], "'").replace('–', "-").replace('²', "");
        if self.is_latin(territory) {
            return name;
        }
        let plain = name.nfd().filter(|c| !is_combining_mark(*c) && *c != '\'').collect::<String>();
        plain.nfc().map(|c| if c == 'ı' { 'i' } else { c }).collect()
    }

    /// Whether all letters of a name are those that a language is written in.
    pub fn is_written(&self, name: &str, language: &str) -> bool {
        let script = find(self.script(language)).1;
        let primary = language.split('-').next().unwrap_or_default();
        let mut letters = name.chars().filter(|c| !matches!(c.script(), Script::Common | Script::Inherited)).peekable();
        letters.peek().is_some()
            && letters.all(|c| {
                let here = match primary {
                    "ja" => script.contains(&c.script()) || matches!(c.script(), Script::Katakana | Script::Hiragana),
                    _ => script.contains(&c.script()),
                };
                here && match language {
                    "zh" | "zh-Hans" => !self.not_simplified.contains(&c),
                    "zh-Hant" => !self.simplified.contains(&c) || self.not_simplified.contains(&c),
                    _ => letters_of(primary).is_none_or(|letters| c.to_lowercase().all(|l| letters.contains(l))),
                }
            })
    }
}

fn is_script(part: &str) -> bool {
    part.len() == 4 && part.starts_with(|c: char| c.is_ascii_uppercase())
}

/// A script's letters and code.
type Known = (&'static str, &'static [Script], &'static str);

/// Codes of CLDR, the scripts of Unicode that they stand for, and the plain code.
const SCRIPTS: [Known; 25] = [
    ("Arab", &[Script::Arabic], "Arab"),
    ("Armn", &[Script::Armenian], "Armn"),
    ("Beng", &[Script::Bengali], "Beng"),
    ("Cyrl", &[Script::Cyrillic], "Cyrl"),
    ("Deva", &[Script::Devanagari], "Deva"),
    ("Ethi", &[Script::Ethiopic], "Ethi"),
    ("Geor", &[Script::Georgian], "Geor"),
    ("Grek", &[Script::Greek], "Grek"),
    ("Gujr", &[Script::Gujarati], "Gujr"),
    ("Guru", &[Script::Gurmukhi], "Guru"),
    ("Hans", &[Script::Han], "Hani"),
    ("Hant", &[Script::Han], "Hani"),
    ("Hani", &[Script::Han], "Hani"),
    ("Hebr", &[Script::Hebrew], "Hebr"),
    ("Jpan", &[Script::Han], "Jpan"),
    ("Khmr", &[Script::Khmer], "Khmr"),
    ("Kore", &[Script::Hangul], "Kore"),
    ("Laoo", &[Script::Lao], "Laoo"),
    ("Latn", &[Script::Latin], "Latn"),
    ("Mymr", &[Script::Myanmar], "Mymr"),
    ("Sinh", &[Script::Sinhala], "Sinh"),
    ("Taml", &[Script::Tamil], "Taml"),
    ("Thaa", &[Script::Thaana], "Thaa"),
    ("Thai", &[Script::Thai], "Thai"),
    ("Tibt", &[Script::Tibetan], "Tibt"),
];

fn find(code: &str) -> Known {
    SCRIPTS.iter().find(|(known, ..)| *known == code).copied().unwrap_or(("Zyyy", &[], "Zyyy"))
}

/// The letters of a language that shares its script with others; names in others' letters are not in it.
fn letters_of(language: &str) -> Option<&'static str> {
    Some(match language {
        "ar" => "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي",
        "fa" => "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی\u{200c}",
        "ur" => "ءآأؤئابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھیے",
        "ps" => "ءآأؤئابپتټثجځچڅحخدډذرړزژږسشښصضطظعغفقکګگلمنڼوهۀيېۍئی",
        "be" => "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
        "bg" => "абвгдежзийклмнопрстуфхцчшщъьюя",
        "kk" => "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
        "ky" => "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
        "mk" => "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
        "mn" => "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя",
        "ru" => "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "sr" => "абвгдђежзијклљмнњопрстћуфхцчџш",
        "tg" => "абвгғдеёжзийӣкқлмнопрстуӯфхҳчҷшъэюя",
        "uk" => "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages() -> Languages {
        let script = [("ar", "Arab"), ("fa", "Arab"), ("ja", "Jpan"), ("ru", "Cyrl"), ("uk", "Cyrl"), ("zh", "Hans")];
        Languages {
            script: script.iter().map(|(l, s)| ((*l).to_owned(), (*s).to_owned())).collect(),
            not_simplified: "廣".chars().collect(),
            simplified: "广".chars().collect(),
            ..Languages::default()
        }
    }

    #[test]
    fn letters_tell_languages() {
        let languages = languages();
        for (name, language, wanted) in [
            ("Харків", "uk", true),
            ("Харків", "ru", false),
            ("Харьков", "uk", true),
            ("Крыница", "uk", false),
            ("سرمين", "ar", true),
            ("سرمین", "ar", false),
            ("سرمین", "fa", true),
            ("Sarmin", "ar", false),
            ("广州", "zh", true),
            ("廣州", "zh", false),
            ("廣州", "zh-Hant", true),
            ("つくば", "ja", true),
            ("つくば", "zh", false),
            ("", "ru", false),
        ] {
            assert_eq!(languages.is_written(name, language), wanted, "{name} {language}");
        }
        assert_eq!(languages.script("uz-Cyrl"), "Cyrl");
    }
}
