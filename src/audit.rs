//! What is wrong with tables of entities beyond what their reader refuses: for those who write tables.
//!
//! The reader takes whatever it can go by; a table can be read and still be careless. [`audit`] finds names that two entities
//! claim without a mark, rows out of order, text that was decoded wrongly, names in another script than their language's,
//! rows without a source, codes that contradict each other, and spelling variants, which the comparison finds by itself.
//!
//! # Examples
//!
//! ```
//! use allonym::audit::audit;
//!
//! let mine = "id\tkind\tsort\tname\tsource\nacme\torganization\tcanonical\tAcme Corp\tits statutes\n";
//! assert!(audit([("mine.tsv", mine)])?.is_empty());
//! # Ok::<(), allonym::Error>(())
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use unicode_script::{Script, UnicodeScript};

use crate::error::Error;
use crate::mention::EntityKind;
use crate::name::{fold, rough, search_key, sound};
use crate::resolve::PreparedName;
use crate::tables::{AliasSort, parse_rows};

/// Something that is wrong with a row.
///
/// # Examples
///
/// ```
/// use allonym::audit::audit;
///
/// let mine = "id\tkind\tsort\tname\tsource\nacme\torganization\tcanonical\tAcme Corp \this desk\n";
/// let found = &audit([("mine.tsv", mine)])?[0];
/// assert_eq!((found.file.as_str(), found.line, found.problem.as_str()), ("mine.tsv", 2, "'Acme Corp ': space at an end"));
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Finding {
    /// The table's file name, as it was given.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.problem)
    }
}

/// A row of a table.
struct Row<'t> {
    file: &'t str,
    line: usize,
    id: &'t str,
    kind: EntityKind,
    sort: AliasSort,
    name: &'t str,
    lang: &'t str,
    marked: bool,
    rank: u8,
    within: &'t str,
    code: &'t str,
    source: &'t str,
}

impl Row<'_> {
    fn finding(&self, problem: String) -> Finding {
        Finding { file: self.file.to_owned(), line: self.line, problem }
    }
}

/// What is wrong with some tables of entities, each a file name and its text, taken together; by file and line.
///
/// # Errors
///
/// [`Error::Table`] for the first row that the reader of tables refuses by itself.
///
/// # Cost
///
/// Some microseconds a name.
///
/// # Examples
///
/// ```
/// let mine = "id\tkind\tsort\tname\tsource\nacme\torganization\tcanonical\tAcme  Corp\t\n";
/// let found: Vec<String> = allonym::audit::audit([("mine.tsv", mine)])?.iter().map(ToString::to_string).collect();
/// assert_eq!(found, ["mine.tsv:2: 'Acme  Corp': two spaces", "mine.tsv:2: no source"]);
/// # Ok::<(), allonym::Error>(())
/// ```
pub fn audit<'t>(sheets: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Vec<Finding>, Error> {
    let mut rows: Vec<Row<'t>> = Vec::new();
    for (file, text) in sheets {
        read(file, text, &mut rows)?;
    }
    let mut found = Vec::new();
    for row in &rows {
        found.extend(unclean(row).map(|problem| row.finding(format!("'{}': {problem}", row.name))));
        found.extend(foreign(row).map(|problem| row.finding(problem)));
        if row.source.is_empty() {
            found.push(row.finding("no source".to_owned()));
        }
    }
    order(&rows, &mut found);
    claims(&rows, &mut found);
    codes(&rows, &mut found);
    variants(&rows, &mut found);
    found.sort();
    Ok(found)
}

fn read<'t>(file: &'t str, text: &'t str, rows: &mut Vec<Row<'t>>) -> Result<(), Error> {
    parse_rows(file, text, |row| {
        let facts = row.entity;
        rows.push(Row {
            file,
            line: row.line,
            id: row.id,
            kind: row.kind,
            sort: row.facts.sort,
            name: row.name,
            lang: row.facts.lang,
            marked: row.facts.ambiguous || row.facts.weak || row.facts.prior > 0,
            rank: facts.map_or(0, |facts| facts.rank),
            within: facts.map_or("", |facts| facts.within),
            code: facts.map_or("", |facts| facts.code),
            source: row.facts.source,
        });
        Ok(())
    })
}

/// Pairs of letters that UTF-8 makes when it is read as another encoding, and no name has.
const MOJIBAKE: [&str; 7] = ["Ã", "â€", "Ð", "Ñ\u{80}", "\u{fffd}", "&amp;", "\\u"];

/// What is unclean in a name.
fn unclean(row: &Row<'_>) -> Option<&'static str> {
    let name = row.name;
    let invisible = |c: char| matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{a0}' | '\u{ad}');
    if MOJIBAKE.iter().any(|pair| name.contains(pair)) {
        return Some("decoded wrongly");
    }
    if name.chars().any(char::is_control) {
        return Some("a control character");
    }
    if name.chars().any(invisible) {
        return Some("an invisible character");
    }
    if name.trim() != name {
        return Some("space at an end");
    }
    name.contains("  ").then_some("two spaces")
}

/// The scripts that a language is written in; none when nothing is known of it.
fn scripts(lang: &str) -> &'static [Script] {
    let mut subtags = lang.split('-');
    let (language, script) = (subtags.next().unwrap_or_default(), subtags.next().unwrap_or_default());
    match script {
        "Latn" => return &[Script::Latin],
        "Cyrl" => return &[Script::Cyrillic],
        "Arab" => return &[Script::Arabic],
        "Hani" | "Hant" | "Hans" => return &[Script::Han],
        _ => {}
    }
    match language {
        "" | "und" | "mul" => &[],
        "ar" | "fa" | "ur" | "ps" | "ckb" | "ug" | "sd" | "ks" | "bal" => &[Script::Arabic],
        "ru" | "uk" | "bg" | "sr" | "mk" | "be" | "kk" | "ky" | "mn" | "tg" => &[Script::Cyrillic],
        "zh" => &[Script::Han],
        "ja" => &[Script::Han, Script::Hiragana, Script::Katakana],
        "ko" => &[Script::Hangul, Script::Han],
        "he" | "yi" => &[Script::Hebrew],
        "el" => &[Script::Greek],
        "hy" => &[Script::Armenian],
        "ka" => &[Script::Georgian],
        "th" => &[Script::Thai],
        "hi" | "ne" | "mr" => &[Script::Devanagari],
        "bn" | "as" => &[Script::Bengali],
        "ta" => &[Script::Tamil],
        "te" => &[Script::Telugu],
        "kn" => &[Script::Kannada],
        "ml" => &[Script::Malayalam],
        "gu" => &[Script::Gujarati],
        "pa" => &[Script::Gurmukhi],
        "or" => &[Script::Oriya],
        "si" => &[Script::Sinhala],
        "km" => &[Script::Khmer],
        "lo" => &[Script::Lao],
        "my" => &[Script::Myanmar],
        "am" | "ti" => &[Script::Ethiopic],
        "bo" | "dz" => &[Script::Tibetan],
        "dv" => &[Script::Thaana],
        "tzm" => &[Script::Tifinagh, Script::Latin],
        _ => &[Script::Latin],
    }
}

/// Whether a name is in another script than its language is written in.
fn foreign(row: &Row<'_>) -> Option<String> {
    let allowed = scripts(row.lang);
    let letters = || row.name.chars().filter(|c| c.is_alphabetic()).map(|c| c.script());
    let own = |script: Script| allowed.contains(&script) || matches!(script, Script::Common | Script::Inherited);
    // Latin letters stand in names of all scripts, but not alone.
    let fits = allowed.is_empty()
        || letters().all(|s| own(s) || s == Script::Latin) && letters().any(|s| allowed.contains(&s))
        || letters().next().is_none();
    (!fits).then(|| format!("'{}' is not in the script of '{}'", row.name, row.lang))
}

/// Rows out of order: by id, the canonical name first, the others by name.
fn order(rows: &[Row<'_>], found: &mut Vec<Finding>) {
    for pair in rows.windows(2).filter(|pair| pair[0].file == pair[1].file) {
        let key = |row: &Row<'_>| (row.id.to_owned(), row.sort != AliasSort::Canonical, row.name.to_owned());
        if key(&pair[0]) >= key(&pair[1]) {
            found.push(pair[1].finding(format!("stands after '{}' of '{}'", pair[0].name, pair[0].id)));
        }
    }
}

/// Names that several entities of a kind claim without a mark. One of them needs none when it is the most prominent.
fn claims(rows: &[Row<'_>], found: &mut Vec<Finding>) {
    let mut bearers: BTreeMap<(EntityKind, String), Vec<&Row<'_>>> = BTreeMap::new();
    let mut ranks: BTreeMap<&str, u8> = BTreeMap::new();
    for row in rows {
        bearers.entry((row.kind, fold(row.name))).or_default().push(row);
        let rank = ranks.entry(row.id).or_default();
        *rank = row.rank.max(*rank);
    }
    for ((kind, name), rows) in bearers {
        let unmarked: BTreeSet<&str> = rows.iter().filter(|row| !row.marked).map(|row| row.id).collect();
        let ids: BTreeSet<&str> = rows.iter().map(|row| row.id).collect();
        let rank = |id: &str| ranks.get(id).copied().unwrap_or_default();
        let best = |ids: &mut dyn Iterator<Item = &&str>| ids.map(|id| rank(id)).max().unwrap_or_default();
        let leads = unmarked.len() == 1
            && best(&mut unmarked.iter()) > best(&mut ids.iter().filter(|id| !unmarked.contains(*id)));
        if ids.len() > 1 && !unmarked.is_empty() && !leads {
            let others = ids.iter().copied().collect::<Vec<_>>().join(", ");
            for row in rows.iter().filter(|row| !row.marked) {
                found.push(row.finding(format!("{kind} '{name}' is claimed by {others}, and here without a mark")));
            }
        }
    }
}

/// Codes that are none, that two entities have, or of a region that does not lie in its country.
fn codes(rows: &[Row<'_>], found: &mut Vec<Finding>) {
    let canonical = || rows.iter().filter(|row| row.sort == AliasSort::Canonical);
    let by_id: BTreeMap<&str, &Row<'_>> = canonical().map(|row| (row.id, row)).collect();
    let mut bearers: BTreeMap<&str, &Row<'_>> = BTreeMap::new();
    for row in canonical().filter(|row| !row.code.is_empty()) {
        let (country, region) = row.code.split_once('-').unwrap_or((row.code, "A"));
        let is_code = country.len() == 2
            && country.bytes().all(|b| b.is_ascii_uppercase())
            && (1..=3).contains(&region.len())
            && region.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !is_code {
            found.push(row.finding(format!("'{}' is no code of ISO 3166", row.code)));
        }
        if let Some(other) = bearers.insert(row.code, row) {
            found.push(row.finding(format!("code '{}' is that of '{}' too", row.code, other.id)));
        }
        if is_code && row.code.len() > 2 && !lies_in(row, country, &by_id) {
            found.push(row.finding(format!("'{}' does not lie in '{country}'", row.code)));
        }
    }
}

/// Whether the first container of an entity that has a country's code has this one. Some territories lie in no country of
/// the tables.
fn lies_in(row: &Row<'_>, code: &str, by_id: &BTreeMap<&str, &Row<'_>>) -> bool {
    let mut at = row;
    for _ in 0..16 {
        match by_id.get(at.within) {
            Some(outer) if outer.code.len() == 2 => return outer.code == code,
            Some(outer) => at = outer,
            None => break,
        }
    }
    at.within.is_empty()
}

/// Names that the comparison finds from another name of the entity, and that extraction does not need: a person's name in the
/// same script, which the tagger finds; and any that sounds like another, which the gazetteer finds.
fn variants(rows: &[Row<'_>], found: &mut Vec<Finding>) {
    let mut entities: BTreeMap<&str, Vec<&Row<'_>>> = BTreeMap::new();
    for row in rows {
        entities.entry(row.id).or_default().push(row);
    }
    for names in entities.into_values() {
        let Some((canonical, others)) = names.split_first() else { continue };
        let mut kept = vec![Kept::of(canonical)];
        for row in others {
            let own = Kept::of(row);
            // What a thing is called in another language, or was called, is a fact, as is what it is not called without a cue.
            let is_fact = matches!(
                row.sort,
                AliasSort::Acronym
                    | AliasSort::Native
                    | AliasSort::Translation
                    | AliasSort::Endonym
                    | AliasSort::Exonym
                    | AliasSort::Former
            ) || row.marked;
            let same = |other: &&Kept| other.script == own.script && own.prepared.weight(&other.prepared) > 0;
            match kept.iter().find(same).filter(|_| !is_fact) {
                Some(other) if row.kind == EntityKind::Person || other.sound == own.sound => {
                    let (name, other) = (row.name, other.prepared.name().surface.as_str());
                    found.push(row.finding(format!("'{name}' is found from '{other}' without a row")));
                }
                _ => kept.push(own),
            }
        }
    }
}

/// A name to compare further ones with.
struct Kept {
    prepared: PreparedName,
    sound: String,
    script: Option<Script>,
}

impl Kept {
    fn of(row: &Row<'_>) -> Self {
        let prepared = PreparedName::new(row.name, row.kind);
        let words = search_key(row.name);
        let sound = words.split(' ').map(|word| rough(&sound(word)) + " ").collect();
        let script = row.name.chars().find(|c| c.is_alphabetic()).map(|c| c.script());
        Self { prepared, sound, script }
    }
}
