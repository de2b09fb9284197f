//! The places of GeoNames.

use std::mem;

use foldhash::{HashMap, HashMapExt};

use super::input::{Input, Place, fields, number, shown};
use super::names::{Draft, clean_name, is_initials, is_language, is_name, lists, primary, step};
use super::summary::{Intake, SAME_ID, Summary};
use crate::error::Error;
use crate::mention::EntityKind;
use crate::tables::{AliasSort, TableEntity};

/// The least inhabitants of each rank. News that crosses a border names a city of millions weekly, one of a hundred
/// thousand when something happens there, a village hardly ever.
const RANKS: [(u64, u8); 6] = [(5_000_000, 7), (1_000_000, 6), (300_000, 5), (100_000, 4), (15_000, 3), (1_000, 2)];

/// The least inhabitants of each rank of a country.
const COUNTRY_RANKS: [(u64, u8); 3] = [(100_000_000, 9), (10_000_000, 8), (0, 7)];

/// Capitals rank as small countries do: the word stands for the government.
const CAPITAL_RANK: u8 = 7;

/// First-level regions are known to those who know the country.
const REGION_RANK: u8 = 4;

/// Reads `allCountries.txt`, `cities500.txt` or a country's file, and `alternateNamesV2.txt` beside it.
///
/// | GeoNames | entity |
/// |---|---|
/// | `geonameid` | id `geonames-N`; with [`GeoNames::wikidata_ids`] the place's `wkdt`, which goes to the first place that has it |
/// | `name` | canonical name |
/// | `alternatenames` of the main file | left out, for it does not say which language each is; with [`GeoNames::listed_names`] names of unknown language |
/// | alternate name, historic | `former` |
/// | colloquial | `nickname` |
/// | short | `acronym` where it is two to eight capitals, else `short` |
/// | in another script than `name` | `native` |
/// | in English, or of unknown language | `alias` |
/// | in another language | `translation` |
/// | of the language `fr_1793` (names of the French Revolution) | `former`, French |
/// | of a code that is no language (`link`, `post`, `iata`, `wkdt`, `abbr`, ...) | skipped: languages have two or three letters, these four |
/// | country of the code that the place bears (`PCLI`), if it was kept | `within` |
///
/// The rank goes by inhabitants: 7 from 5,000,000, 6 from 1,000,000, 5 from 300,000, 4 from 100,000, 3 from 15,000, 2
/// from 1,000, else 1. Capitals (`PPLC`) have at least 7, first-level regions (`ADM1`) at least 4, countries (`PCL` and
/// what begins so) 7, from 10,000,000 inhabitants 8 and from 100,000,000 9. Lower regions (`ADM2` to `ADM5`) rank one
/// step below: where they are named, the town of that name is meant more often.
///
/// The entities come in the order of the file.
///
/// # Cost
///
/// One pass over each file: on one core 90 MB/s of places that are kept and written, 350 MB/s of those that are not, 45
/// to 90 MB/s with alternate names, the less the more of them are kept. Memory goes with the places that are kept and their names,
/// some 120 bytes and the letters for each, not with the files.
///
/// # Examples
///
/// ```
/// use allonym::tables::import::{GeoNames, Input};
///
/// let places = "172109\tḨārim\tHarim\tHarem,Harim\t36.20\t36.51\tP\tPPLA2\tSY\t\t12\t\t\t\t21934\t\t150\tAsia/Damascus\t2020-01-01\n";
/// let reader = GeoNames::default()
///     .feature_classes("P")
///     .min_population(10_000)
///     .languages(["en", "ar"])
///     .wikidata_ids(true)
///     .listed_names(true)
///     .source("geonames of 2020");
/// let mut names = 0;
/// reader.read(Input::new("SY.txt", places.as_bytes()), None, |entity| {
///     names += entity.aliases.len();
///     Ok(())
/// })?;
/// assert!(names > 1);
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GeoNames {
    /// The feature classes kept, a letter each: `P` (populated places) and `A` (countries and regions).
    pub feature_classes: String,
    /// The least inhabitants of a place; countries, first-level regions and capitals are kept whatever they have, for
    /// GeoNames often says 0.
    pub min_population: u64,
    /// The languages of the alternate names kept, variants included (`zh` keeps `zh-Hant`), an
    /// empty word for those of unknown language; none: all.
    pub languages: Vec<String>,
    /// Whether a place's id is its Wikidata id, where the alternate names tell it.
    pub wikidata_ids: bool,
    /// Whether the alternate names of the main file are taken.
    pub listed_names: bool,
    /// The source of every name.
    pub source: String,
}

impl Default for GeoNames {
    fn default() -> Self {
        Self {
            feature_classes: "AP".to_owned(),
            min_population: 0,
            languages: Vec::new(),
            wikidata_ids: false,
            listed_names: false,
            source: "geonames".to_owned(),
        }
    }
}

/// A place that is kept, until all names are read.
struct Kept {
    id: u32,
    /// Its number of Wikidata; 0: none.
    wikidata: u64,
    /// Where its name stands among the texts.
    name: Text,
    country: [u8; 2],
    rank: u8,
    is_country: bool,
    line: usize,
}

/// A place in the one string of all names.
#[derive(Clone, Copy)]
struct Text {
    start: usize,
    len: u32,
}

/// An alternate name of a place that is kept.
struct Alternate {
    place: u32,
    line: usize,
    /// The language's code, then the name.
    text: Text,
    lang: u8,
    /// Nothing: by script and language.
    sort: Option<AliasSort>,
    /// Whether it stands in the main file.
    is_listed: bool,
}

/// The places that are kept, and their names.
#[derive(Default)]
struct Gathered {
    places: Vec<Kept>,
    alternates: Vec<Alternate>,
    texts: String,
}

impl Gathered {
    fn push_text(&mut self, parts: [&str; 2]) -> Text {
        let start = self.texts.len();
        self.texts.extend(parts);
        // A line is shorter than four gigabytes.
        Text { start, len: u32::try_from(self.texts.len() - start).unwrap_or_default() }
    }

    fn text(&self, text: Text) -> &str {
        self.texts.get(text.start..text.start + text.len as usize).unwrap_or_default()
    }
}

/// Where each place stands, by its number.
type ById = HashMap<u32, u32>;

impl GeoNames {
    /// Keeps these feature classes, a letter each.
    #[must_use]
    pub fn feature_classes(mut self, classes: impl Into<String>) -> Self {
        self.feature_classes = classes.into();
        self
    }

    /// Keeps places of at least so many inhabitants.
    #[must_use]
    pub fn min_population(mut self, least: u64) -> Self {
        self.min_population = least;
        self
    }

    /// Keeps alternate names of these languages.
    #[must_use]
    pub fn languages(mut self, languages: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.languages = languages.into_iter().map(Into::into).collect();
        self
    }

    /// Takes Wikidata ids as ids.
    #[must_use]
    pub fn wikidata_ids(mut self, yes: bool) -> Self {
        self.wikidata_ids = yes;
        self
    }

    /// Takes the alternate names of the main file.
    #[must_use]
    pub fn listed_names(mut self, yes: bool) -> Self {
        self.listed_names = yes;
        self
    }

    /// Names this source.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }

    /// Reads places, and their alternate names where these are given.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] for a line with another number of columns (19 and 10), a number that is none, or bytes that
    /// are not UTF-8; [`Error::File`] when a file cannot be read; those of the sink.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::tables::import::{GeoNames, Input};
    ///
    /// let places = "172109\tḨārim\tHarim\t\t36.20\t36.51\tP\tPPLA2\tSY\t\t12\t\t\t\t21934\t\t150\tAsia/Damascus\t2020-01-01\n";
    /// let names = "1\t172109\ten\tHarem\t1\t\t\t\t\t\n2\t172109\tar\tحارم\t\t\t\t\t\t\n";
    /// let mut harem = None;
    /// GeoNames::default().read(
    ///     Input::new("SY.txt", places.as_bytes()),
    ///     Some(Input::new("alternateNamesV2.txt", names.as_bytes())),
    ///     |entity| {
    ///         harem = Some(entity);
    ///         Ok(())
    ///     },
    /// )?;
    /// let harem = harem.unwrap();
    /// assert_eq!((harem.id.as_str(), harem.rank, harem.aliases.len()), ("geonames-172109", 3, 3));
    /// # Ok::<(), allonym::Error>(())
    /// ```
    pub fn read(
        &self,
        mut places: Input<'_>,
        alternate_names: Option<Input<'_>>,
        sink: impl FnMut(TableEntity) -> Result<(), Error>,
    ) -> Result<Summary, Error> {
        let mut intake = Intake::new(sink);
        let mut gathered = Gathered::default();
        let by_id = self.read_places(&mut places, &mut gathered, &mut intake)?;
        let mut names_file = String::new();
        if let Some(mut names) = alternate_names {
            self.read_names(&mut names, &by_id, &mut gathered, &mut intake)?;
            names.place().file.clone_into(&mut names_file);
        }
        drop(by_id);
        self.give(gathered, places.place().file, &names_file, &mut intake)?;
        Ok(intake.summary)
    }

    fn read_places<S: FnMut(TableEntity) -> Result<(), Error>>(
        &self,
        places: &mut Input<'_>,
        gathered: &mut Gathered,
        intake: &mut Intake<S>,
    ) -> Result<ById, Error> {
        let (mut by_id, mut buffer) = (ById::new(), Vec::new());
        while let Some(line) = places.filled_line(&mut buffer)? {
            let at = places.place();
            let row: [&str; 19] = fields(line, at)?;
            intake.summary.records += 1;
            let kept = match self.place(&row, at, gathered)? {
                Ok(kept) if by_id.contains_key(&kept.id) => Err(SAME_ID),
                other => other,
            };
            let kept = match kept {
                Ok(kept) => kept,
                Err(reason) => {
                    intake.skip(reason, at);
                    continue;
                }
            };
            let index = u32::try_from(gathered.places.len()).map_err(|_| at.error("more places than there can be"))?;
            by_id.insert(kept.id, index);
            gathered.places.push(kept);
            if self.listed_names {
                for name in row[3].split(',').filter(|name| !name.is_empty()) {
                    let (text, line) = (gathered.push_text(["", name]), at.line);
                    let listed = Alternate { place: index, line, text, lang: 0, sort: None, is_listed: true };
                    gathered.alternates.push(listed);
                }
            }
        }
        Ok(by_id)
    }

    /// The place of a row, or why it is skipped.
    fn place(
        &self,
        row: &[&str; 19],
        at: Place<'_>,
        gathered: &mut Gathered,
    ) -> Result<Result<Kept, &'static str>, Error> {
        let [id, name, _, _, latitude, longitude, class, code, country, ..] = *row;
        let id: u32 = number(id, "geonameid", at)?;
        within(latitude, "latitude", 90.0, at)?;
        within(longitude, "longitude", 180.0, at)?;
        let inhabitants: u64 = if row[14].is_empty() { 0 } else { number(row[14], "population", at)? };
        let is_code = |code: &str, len: usize| code.len() == len && code.bytes().all(|b| b.is_ascii_uppercase());
        if !class.is_empty() && !is_code(class, 1) {
            return Err(at.error(format!("feature class '{}' is not a letter", shown(class))));
        }
        if !country.is_empty() && !is_code(country, 2) {
            return Err(at.error(format!("country code '{}' is not two letters", shown(country))));
        }
        if class.is_empty() || !self.feature_classes.contains(class) {
            return Ok(Err("a feature class that was not asked for"));
        }
        let is_country = class == "A" && code.starts_with("PCL");
        let exempt = is_country || matches!(code, "ADM1" | "PPLC");
        if inhabitants < self.min_population && !exempt {
            return Ok(Err("a place below the least population"));
        }
        let name = clean_name(name);
        if !is_name(&name) {
            return Ok(Err("no name with a letter"));
        }
        let name = gathered.push_text(["", &name]);
        let mut letters = [0; 2];
        letters.iter_mut().zip(country.bytes()).for_each(|(to, from)| *to = from);
        let is_country_of_code = is_country && code == "PCLI";
        let rank = rank(code, is_country, inhabitants);
        Ok(Ok(Kept { id, wikidata: 0, name, country: letters, rank, is_country: is_country_of_code, line: at.line }))
    }

    fn read_names<S: FnMut(TableEntity) -> Result<(), Error>>(
        &self,
        names: &mut Input<'_>,
        by_id: &ById,
        gathered: &mut Gathered,
        intake: &mut Intake<S>,
    ) -> Result<(), Error> {
        let mut buffer = Vec::new();
        while let Some(line) = names.filled_line(&mut buffer)? {
            let at = names.place();
            let row: [&str; 10] = fields(line, at)?;
            let _: u64 = number(row[0], "alternateNameId", at)?;
            let place: u32 = number(row[1], "geonameid", at)?;
            // Which of several names is preferred, a table does not say.
            let [_, short, colloquial, historic] = flags(&row, at)?;
            let Some(&place) = by_id.get(&place) else {
                intake.skip_name("of a place that was not kept", at);
                continue;
            };
            if row[2] == "wkdt" && self.wikidata_ids {
                let kept = &mut gathered.places[place as usize];
                match wikidata_number(row[3]) {
                    Some(number) if kept.wikidata == 0 => kept.wikidata = number,
                    Some(_) => intake.skip_name("a second Wikidata id of a place", at),
                    None => intake.skip_name("a Wikidata id that is none", at),
                }
                continue;
            }
            let (lang, revolution) = if row[2] == "fr_1793" { ("fr", true) } else { (row[2], false) };
            // `post`, `link`, `iata` and the like have four letters.
            if !(is_language(lang) && matches!(primary(lang).len(), 0 | 2 | 3)) {
                intake.skip_name("a code, not a name", at);
                continue;
            }
            if !self.languages.is_empty() && !lists(&self.languages, lang) {
                intake.skip_name("a language that was not asked for", at);
                continue;
            }
            let sort = match (historic || revolution, colloquial, short) {
                (true, _, _) => Some(AliasSort::Former),
                (_, true, _) => Some(AliasSort::Nickname),
                (_, _, true) if is_initials(row[3]) => Some(AliasSort::Acronym),
                (_, _, true) => Some(AliasSort::Short),
                _ => None,
            };
            let text = gathered.push_text([lang, row[3]]);
            let lang = u8::try_from(lang.len()).unwrap_or_default();
            gathered.alternates.push(Alternate { place, line: at.line, text, lang, sort, is_listed: false });
        }
        Ok(())
    }

    /// Gives the entities to the sink, in the order of the file.
    fn give<S: FnMut(TableEntity) -> Result<(), Error>>(
        &self,
        mut gathered: Gathered,
        places_file: &str,
        names_file: &str,
        intake: &mut Intake<S>,
    ) -> Result<(), Error> {
        // Those of one place together, and in their order.
        let mut alternates = mem::take(&mut gathered.alternates);
        alternates.sort_by_key(|a| (a.place, a.is_listed));
        let ids = Ids::new(&gathered.places);
        let mut rest = alternates.as_slice();
        for (index, kept) in gathered.places.iter().enumerate() {
            let own = rest.iter().take_while(|a| a.place as usize == index).count();
            let (names, others) = rest.split_at(own);
            rest = others;
            let at = Place { file: places_file, line: kept.line };
            let name = gathered.text(kept.name);
            let Some(mut draft) = Draft::new(ids.id(kept, index), EntityKind::Place, name, "", &self.source) else {
                intake.skip("no name with a letter", at);
                continue;
            };
            draft.entity.rank = kept.rank;
            draft.entity.within = ids.country(kept, &gathered.places);
            for alternate in names {
                let (lang, name) = gathered.text(alternate.text).split_at(alternate.lang.into());
                let file = if alternate.is_listed { places_file } else { names_file };
                let sort = alternate.sort.unwrap_or_else(|| draft.plain_sort(name, lang, "en"));
                intake.name(&mut draft, name, sort, lang, false, Place { file, line: alternate.line });
            }
            intake.accept_new(draft)?;
        }
        Ok(())
    }
}

/// Which ids places have.
struct Ids {
    /// The first place of each number of Wikidata.
    wikidata: HashMap<u64, usize>,
    /// The country of each code.
    countries: HashMap<[u8; 2], usize>,
}

impl Ids {
    fn new(places: &[Kept]) -> Self {
        let mut ids = Self { wikidata: HashMap::new(), countries: HashMap::new() };
        for (index, kept) in places.iter().enumerate() {
            if kept.wikidata != 0 {
                ids.wikidata.entry(kept.wikidata).or_insert(index);
            }
            if kept.is_country {
                ids.countries.entry(kept.country).or_insert(index);
            }
        }
        ids
    }

    fn id(&self, kept: &Kept, index: usize) -> String {
        if self.wikidata.get(&kept.wikidata) == Some(&index) {
            format!("Q{}", kept.wikidata)
        } else {
            format!("geonames-{}", kept.id)
        }
    }

    /// The id of the country that a place lies in.
    fn country(&self, kept: &Kept, places: &[Kept]) -> Option<String> {
        let country = *self.countries.get(&kept.country)?;
        let found = places.get(country).filter(|found| found.id != kept.id)?;
        Some(self.id(found, country))
    }
}

fn rank(code: &str, is_country: bool, inhabitants: u64) -> u8 {
    let by_size = step(&RANKS, inhabitants);
    match code {
        _ if is_country => step(&COUNTRY_RANKS, inhabitants),
        "PPLC" => by_size.max(CAPITAL_RANK),
        "ADM1" => by_size.max(REGION_RANK),
        "ADM2" | "ADM3" | "ADM4" | "ADM5" => by_size.max(2) - 1,
        _ => by_size,
    }
}

/// Refuses degrees that are none.
fn within(field: &str, column: &str, most: f64, at: Place<'_>) -> Result<(), Error> {
    let degrees: f64 = number(field, column, at)?;
    if degrees.abs() <= most {
        Ok(())
    } else {
        Err(at.error(format!("{column} '{}' is not from -{most} to {most}", shown(field))))
    }
}

/// Whether an alternate name is preferred, short, colloquial, historic.
fn flags(row: &[&str; 10], at: Place<'_>) -> Result<[bool; 4], Error> {
    let mut flags = [false; 4];
    for (flag, field) in flags.iter_mut().zip(&row[4..]) {
        *flag = match *field {
            "" | "0" => false,
            "1" => true,
            other => return Err(at.error(format!("'{}' is neither 1 nor empty", shown(other)))),
        };
    }
    Ok(flags)
}

/// The number of a Wikidata id; none for `Q0` and what is no id.
fn wikidata_number(id: &str) -> Option<u64> {
    id.strip_prefix('Q').filter(|n| n.bytes().all(|b| b.is_ascii_digit()))?.parse().ok().filter(|n| *n > 0)
}
