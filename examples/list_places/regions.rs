//! First-level regions of the countries that news reports from, from CLDR and ISO 3166-2.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use allonym::name::fold;

use crate::cities::Cities;
use crate::hand::Hand;
use crate::json;
use crate::languages::Languages;
use crate::rows::{Row, Sheet};

/// A country's code, what a region is called there if a city bears its name, another word for that; the language and
/// pattern of such a name in the country's script; the prominence of its regions.
type Country = (&'static str, &'static str, &'static str, &'static str, &'static str, u8);

/// The countries of whose regions world news writes by name: those at war or with armed groups, the great powers, and
/// the large or federal states that report elections, courts and disasters by region.
const COUNTRIES: [Country; 76] = [
    ("AE", "Emirate", "", "", "", 5),
    ("AF", "Province", "", "fa", "ولایت {}", 4),
    ("AR", "Province", "", "", "", 4),
    ("AT", "State", "", "", "", 4),
    ("AU", "", "", "", "", 5),
    ("BD", "Division", "", "", "", 4),
    ("BE", "Province", "", "", "", 4),
    ("BF", "Region", "", "", "", 4),
    ("BR", "State", "", "", "", 4),
    ("BY", "Region", "Oblast", "", "", 4),
    ("CA", "", "", "", "", 5),
    ("CD", "Province", "", "", "", 4),
    ("CF", "Prefecture", "", "", "", 4),
    ("CH", "canton", "Canton", "", "", 4),
    ("CL", "Region", "", "", "", 4),
    ("CM", "Region", "", "", "", 4),
    ("CN", "Province", "", "", "", 5),
    ("CO", "Department", "", "", "", 4),
    ("DE", "State", "", "", "", 5),
    ("DZ", "Province", "Wilaya", "ar", "ولاية {}", 4),
    ("EG", "Governorate", "Province", "ar", "محافظة {}", 4),
    ("ER", "Region", "", "", "", 4),
    ("ES", "Province", "", "", "", 5),
    ("ET", "Region", "", "", "", 4),
    ("FR", "region", "", "", "", 5),
    ("GB", "", "", "", "", 5),
    ("GR", "region", "", "", "", 4),
    ("HT", "Department", "", "", "", 4),
    ("ID", "Province", "", "", "", 4),
    ("IL", "District", "", "", "", 4),
    ("IN", "State", "", "", "", 5),
    ("IQ", "Governorate", "Province", "ar", "محافظة {}", 5),
    ("IR", "Province", "", "fa", "استان {}", 5),
    ("IT", "region", "", "", "", 4),
    ("JO", "Governorate", "Province", "ar", "محافظة {}", 4),
    ("JP", "Prefecture", "", "", "", 4),
    ("KE", "County", "", "", "", 4),
    ("KP", "Province", "", "", "", 4),
    ("KR", "Province", "", "", "", 4),
    ("KW", "Governorate", "", "ar", "محافظة {}", 4),
    ("KZ", "Region", "Oblast", "", "", 4),
    ("LB", "Governorate", "Province", "ar", "محافظة {}", 5),
    ("LY", "District", "", "", "", 4),
    ("MA", "region", "", "", "", 4),
    ("ML", "Region", "", "", "", 5),
    ("MM", "Region", "", "", "", 4),
    ("MX", "State", "", "", "", 4),
    ("MZ", "Province", "", "", "", 4),
    ("NE", "Region", "", "", "", 4),
    ("NG", "State", "", "", "", 5),
    ("NL", "Province", "", "", "", 4),
    ("OM", "Governorate", "Province", "ar", "محافظة {}", 4),
    ("PE", "Region", "", "", "", 4),
    ("PH", "Region", "", "", "", 4),
    ("PK", "Province", "", "", "", 5),
    ("PL", "Voivodeship", "Province", "", "", 4),
    ("PS", "Governorate", "", "ar", "محافظة {}", 5),
    ("QA", "Municipality", "", "", "", 4),
    ("RU", "Oblast", "Region", "", "", 5),
    ("RW", "Province", "", "", "", 4),
    ("SA", "Province", "Region", "ar", "منطقة {}", 4),
    ("SD", "State", "", "ar", "ولاية {}", 5),
    ("SO", "Region", "", "", "", 5),
    ("SS", "State", "", "", "", 5),
    ("SY", "Governorate", "Province", "ar", "محافظة {}", 5),
    ("TD", "Province", "Region", "", "", 4),
    ("TH", "Province", "", "", "", 4),
    ("TN", "Governorate", "Province", "ar", "ولاية {}", 4),
    ("TR", "Province", "", "", "", 4),
    ("TW", "County", "", "", "", 4),
    ("UA", "Oblast", "Region", "", "", 5),
    ("UG", "Region", "", "", "", 4),
    ("US", "State", "", "", "", 5),
    ("VE", "State", "", "", "", 4),
    ("YE", "Governorate", "Province", "ar", "محافظة {}", 5),
    ("ZA", "Province", "", "", "", 4),
];
/// Regions of the United Kingdom that are known as places, beside those that hand-written tables hold.
const BRITISH: [&str; 38] = [
    "ABD", "AGY", "BKM", "CAM", "CMA", "DBY", "DEV", "DOR", "DUR", "ENG", "ESS", "ESX", "FIF", "GLS", "GWN", "HAM",
    "HEF", "HLD", "HRT", "IOW", "KEN", "LAN", "LIN", "NBL", "NFK", "NTT", "NYK", "ORK", "OXF", "PEM", "SFK", "SHR",
    "SOM", "SRY", "STS", "WIL", "WSX", "ZET",
];
/// Codes for what is no region: groups of islands, cities below a region, territories with a code of their own, and
/// regions that are gone.
const NO_REGION: [&str; 20] = [
    "CN-HK", "CN-MO", "CN-TW", "FR-971", "FR-972", "FR-973", "FR-974", "FR-976", "ID-JW", "ID-KA", "ID-ML", "ID-NU",
    "ID-PP", "ID-SL", "ID-SM", "NL-BQ1", "NL-BQ2", "NL-BQ3", "TH-S", "US-DC",
];
/// Words of names of regions that tell no place.
#[rustfmt::skip]
const PLAIN: [&str; 34] = [
    "bay", "capital", "central", "centre", "department", "dependencies", "district", "east", "eastern", "est",
    "federal", "governorate", "highland", "lac", "lakes", "littoral", "lower", "nord", "north", "northern", "northwest",
    "ouest", "province", "region", "sea", "south", "southern", "southwest", "state", "sud", "unity", "upper", "west",
    "western",
];
/// What the names are called that are written by hand, where CLDR has another word than news or none.
const BY_HAND: &str = include_str!("region_names.tsv");

/// A region of ISO 3166-2.
struct Region {
    code: String,
    /// In a language of the country; in Latin letters.
    name: String,
    country: String,
}

/// The regions, and names that those of the hand-written tables lack.
pub fn sheet(folder: &Path, hand: &Hand, languages: &Languages, cities: &Cities) -> Result<Sheet, Box<dyn Error>> {
    let english = json::read(&folder.join("cldr-subdivisions-full/subdivisions/en/en.json"))?;
    let english = &english["subdivisions"]["localeDisplayNames"]["subdivisions"];
    let by_hand = by_hand()?;
    let mut sheet = Sheet::default();
    let (mut ids, mut lacking) = (BTreeSet::new(), Vec::new());
    for region in regions(&fs::read_to_string(folder.join("iso-3166/2.js"))?) {
        let Some(country) = COUNTRIES.iter().find(|c| c.0 == region.country) else { continue };
        let own = region.code.split_once('-').map_or("", |(_, own)| own);
        if NO_REGION.contains(&region.code.as_str()) || (country.0 == "GB" && !BRITISH.contains(&own)) {
            continue;
        }
        let written = by_hand.get(region.code.as_str());
        let key = region.code.replace('-', "").to_lowercase();
        let name = written.map(|w| w.name.to_owned()).or_else(|| english[&key].as_str().map(str::to_owned));
        let known = hand.id(&region.code);
        let Some(name) = name.map(|n| languages.printed(&n, country.0)).filter(|n| n != "-") else {
            if known.is_none() && !by_hand.contains_key(region.code.as_str()) {
                lacking.push(region.code.clone());
            }
            continue;
        };
        let of_city = known.is_none() && is_city(&name, country.0, hand, cities);
        let canonical = if of_city { format!("{name} {}", country.1) } else { name.clone() };
        let id = known.map_or_else(|| slug(&canonical, country.0, hand, &ids), str::to_owned);
        ids.insert(id.clone());
        let source = if written.is_some() { "general" } else { "cldr" };
        let mut add = |sort: &'static str, name: String, lang: &str, source: &'static str| {
            let held = sheet.rows.iter().any(|r| r.id == id && fold(&r.name) == fold(&name));
            if !held && !hand.has_folded(&id, &name) {
                sheet.rows.push(Row { id: id.clone(), sort, name, lang: lang.to_owned(), source, ..Row::default() });
            }
        };
        if known.is_none() {
            add("canonical", canonical, "en", source);
            if of_city && !country.2.is_empty() {
                add("alias", format!("{name} {}", country.2), "en", source);
            }
        }
        for other in written.iter().flat_map(|w| &w.others) {
            add(other.sort, other.name.to_owned(), other.lang, "general");
        }
        let written_so = written.is_some_and(|w| w.others.iter().any(|o| o.sort == "endonym"));
        if let Some(language) = languages.own_latin(country.0)
            && !written_so
            && is_own(&region.name, &name, country.0, hand, cities)
        {
            let sort = if language == "en" { "alias" } else { "endonym" };
            add(sort, region.name.replace('’', "'"), language, "iso3166");
        }
        let written_native = written.is_some_and(|w| w.others.iter().any(|o| o.lang == country.3));
        if of_city
            && !country.4.is_empty()
            && !written_native
            && let Some(native) = native(&name, country, hand, cities, languages)
        {
            add("native", country.4.replace("{}", &native), country.3, "geonames");
        }
        if known.is_none()
            && let Some(row) = sheet.rows.iter_mut().find(|r| r.id == id)
        {
            hand.id(country.0).unwrap_or_default().clone_into(&mut row.within);
            row.rank = Some(country.5);
            row.code.clone_from(&region.code);
            row.ambiguous = is_plain(&row.name, hand);
        }
    }
    eprintln!("regions: CLDR has no English name of {}", lacking.join(", "));
    Ok(sheet)
}

/// Whether a city bears a region's name: one of GeoNames, or a place of the hand-written tables.
fn is_city(name: &str, country: &str, hand: &Hand, cities: &Cities) -> bool {
    cities.has(country, name) || hand.named(name).any(|id| hand.country(id) == Some(country))
}

/// Whether ISO's name tells more than the English one, and is that of the region alone.
fn is_own(name: &str, english: &str, country: &str, hand: &Hand, cities: &Cities) -> bool {
    let (own, english) = (fold(name), fold(english));
    let plain = !name.contains([',', '(', '/', '[']) && !is_plain(name, hand);
    plain && !english.starts_with(&own) && !is_city(name, country, hand, cities)
}

/// Whether a name holds nothing but common words.
fn is_plain(name: &str, hand: &Hand) -> bool {
    fold(name).split([' ', '-']).all(|word| hand.is_common(word) || PLAIN.contains(&word))
}

/// The name of a city in its country's script: that of the hand-written tables, else the one that GeoNames has.
fn native(name: &str, country: &Country, hand: &Hand, cities: &Cities, languages: &Languages) -> Option<String> {
    let in_language = |id: &str| {
        let entity = hand.entity(id)?;
        let mut names = entity.names.iter().zip(&entity.langs);
        names.find(|(_, lang)| lang.as_str() == country.3).map(|(name, _)| name.clone())
    };
    let known = hand.named(name).filter(|id| hand.country(id) == Some(country.0)).find_map(in_language);
    known.or_else(|| cities.native(country.0, name, country.3, languages).map(str::to_owned))
}

/// A readable id that no other place has.
fn slug(name: &str, country: &str, hand: &Hand, ids: &BTreeSet<String>) -> String {
    let slug = fold(name).replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    if hand.is_id(&slug) || ids.contains(&slug) || hand.named(name).next().is_some() {
        format!("{}-{slug}", country.to_lowercase())
    } else {
        slug
    }
}

/// The entries of `2.js` that lie in no other region, in the order of their codes.
fn regions(text: &str) -> Vec<Region> {
    let mut regions = Vec::new();
    let (mut code, mut name) = (String::new(), String::new());
    for line in text.lines() {
        let Some((key, value)) = line.trim().split_once(": ") else { continue };
        let value = value.trim_end_matches(',');
        let value = value.get(1..value.len().saturating_sub(1)).unwrap_or_default().replace("\\'", "'");
        match key {
            "code" => code = value,
            "name" => name = value,
            "parent" if value.len() == 2 => {
                regions.push(Region {
                    code: std::mem::take(&mut code),
                    name: std::mem::take(&mut name),
                    country: value,
                });
            }
            _ => {}
        }
    }
    regions.sort_by(|a, b| a.code.cmp(&b.code));
    regions
}

/// A region's names as they are written by hand.
struct Written {
    name: &'static str,
    others: Vec<Other>,
}

struct Other {
    sort: &'static str,
    lang: &'static str,
    name: &'static str,
}

/// The names written by hand, by code: `sort:lang:name`, parted by `|`.
fn by_hand() -> Result<BTreeMap<&'static str, Written>, String> {
    let mut found = BTreeMap::new();
    for line in BY_HAND.lines().skip(1) {
        let fault = || format!("region_names.tsv: {line}");
        let mut fields = line.split('\t');
        let (code, name) = fields.next().zip(fields.next()).ok_or_else(fault)?;
        let mut others = Vec::new();
        for other in fields.next().unwrap_or_default().split('|').filter(|o| !o.is_empty()) {
            let mut parts = other.splitn(3, ':');
            let (Some(sort), Some(lang), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
                return Err(fault());
            };
            others.push(Other { sort, lang, name });
        }
        found.insert(code, Written { name, others });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_read() {
        let text = "  {\n    code: 'IL-HA',\n    name: \"Hai'fa\",\n    parent: 'IL'\n  },\n  {\n    code: 'IT-MI',\n    \
                    name: 'Milano',\n    parent: 'IT-25'\n  },\n";
        let found: Vec<_> = regions(text).into_iter().map(|r| (r.code, r.name, r.country)).collect();
        assert_eq!(found, [("IL-HA".to_owned(), "Hai'fa".to_owned(), "IL".to_owned())]);
    }

    #[test]
    fn names_by_hand_are_whole() {
        let names = by_hand().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(names.get("SY-SU").map(|w| w.name), Some("Suwayda"));
        assert_eq!(names.len(), BY_HAND.lines().count() - 1, "a code twice");
        for (code, written) in names {
            assert!(COUNTRIES.iter().any(|c| code.starts_with(c.0)), "{code}");
            assert!(written.others.iter().all(|o| !o.name.is_empty()), "{code}");
        }
    }

    #[test]
    fn countries_are_sorted() {
        assert!(COUNTRIES.is_sorted_by_key(|c| c.0));
        assert!(BRITISH.is_sorted() && PLAIN.is_sorted() && NO_REGION.is_sorted());
    }
}
