//! What the hand-written tables and the word lists hold.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use allonym::name::fold;

use crate::rows::{Row, Sheet};

/// The hand-written tables of entities; the places first.
const TABLES: [&str; 4] = ["countries.tsv", "places.tsv", "organizations.tsv", "people.tsv"];
/// Lists whose words are not places by themselves.
const WORDS: [&str; 4] = ["common_words.tsv", "demonyms.tsv", "family_names.tsv", "given_names.tsv"];

/// A place, person or organization with its names.
#[derive(Debug, Default)]
pub struct Entity {
    pub names: Vec<String>,
    /// The language of each name.
    pub langs: Vec<String>,
    pub within: String,
    /// Whether its canonical name needs a cue.
    pub ambiguous: bool,
    /// ISO 3166-1 or 3166-2.
    pub code: String,
}

/// The hand-written tables, and what was added to them since.
#[derive(Debug, Default)]
pub struct Hand {
    entities: BTreeMap<String, Entity>,
    /// Ids of places in the order of the tables.
    places: Vec<String>,
    by_code: BTreeMap<String, String>,
    by_name: BTreeMap<String, BTreeSet<String>>,
    words: BTreeSet<String>,
    common: BTreeSet<String>,
}

impl Hand {
    /// Reads the tables and lists of a folder.
    pub fn read(data: &Path) -> Result<Self, Box<dyn Error>> {
        let mut hand = Self::default();
        for file in TABLES {
            for row in rows(&data.join(file))? {
                let of = |column: &str| row.get(column).cloned().unwrap_or_default();
                if of("kind") == "place" && of("sort") == "canonical" {
                    hand.places.push(of("id"));
                }
                let marked = of("sort") == "canonical" && of("marks").contains("ambiguous");
                hand.add([of("id"), of("name"), of("lang"), of("within"), of("code")], marked);
            }
        }
        for file in WORDS {
            for row in rows(&data.join(file))? {
                let word = row.get("word").or_else(|| row.get("name")).ok_or_else(|| format!("{file}: no word"))?;
                hand.words.insert(fold(word));
                if file == WORDS[0] {
                    hand.common.insert(fold(word));
                }
            }
        }
        Ok(hand)
    }

    fn add(&mut self, [id, name, lang, within, code]: [String; 5], ambiguous: bool) {
        self.by_name.entry(fold(&name)).or_default().insert(id.clone());
        if !code.is_empty() {
            self.by_code.insert(code.clone(), id.clone());
        }
        let entity = self.entities.entry(id).or_default();
        if entity.names.is_empty() {
            (entity.within, entity.code, entity.ambiguous) = (within, code, ambiguous);
        }
        entity.names.push(name);
        entity.langs.push(lang);
    }

    /// Adds what a table holds that was made.
    pub fn learn(&mut self, sheet: &Sheet) {
        for row in &sheet.rows {
            let Row { id, name, lang, within, code, .. } = row.clone();
            self.add([id, name, lang, within, code], row.ambiguous);
        }
    }

    /// The id of a code.
    pub fn id(&self, code: &str) -> Option<&str> {
        self.by_code.get(code).map(String::as_str)
    }

    /// Ids by code.
    pub fn codes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_code.iter().map(|(code, id)| (code.as_str(), id.as_str()))
    }

    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.entities.get(id)
    }

    /// Whether an entity has a name, spelled so but for case.
    pub fn has(&self, id: &str, name: &str) -> bool {
        self.entity(id).is_some_and(|e| e.names.iter().any(|n| Row::key(n) == Row::key(name)))
    }

    /// Whether an entity has a name, spelled so but for case, diacritics and signs.
    pub fn has_folded(&self, id: &str, name: &str) -> bool {
        self.by_name.get(&fold(name)).is_some_and(|ids| ids.contains(id))
    }

    /// The ids that have a name, spelled so but for case, diacritics and signs.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &str> + use<'_> {
        self.by_name.get(&fold(name)).into_iter().flatten().map(String::as_str)
    }

    /// Whether another entity has a folded name.
    pub fn has_other(&self, key: &str, id: &str) -> bool {
        self.by_name.get(key).is_some_and(|ids| ids.iter().any(|i| i != id))
    }

    /// Whether a folded name is a common word, or a name or word for people.
    pub fn is_word(&self, key: &str) -> bool {
        self.words.contains(key)
    }

    /// Whether a folded word is one that running text writes in lower case.
    pub fn is_common(&self, key: &str) -> bool {
        self.common.contains(key)
    }

    /// Whether any entity has this id.
    pub fn is_id(&self, id: &str) -> bool {
        self.entities.contains_key(id)
    }

    /// The hand-written places.
    pub fn places(&self) -> impl Iterator<Item = (&str, &Entity)> {
        self.places.iter().filter_map(|id| Some((id.as_str(), self.entities.get(id)?)))
    }

    /// What a place lies in, from itself outward.
    pub fn outward(&self, id: &str) -> impl Iterator<Item = &Entity> + use<'_> {
        // Places nest a handful deep.
        std::iter::successors(self.entities.get(id), |entity| self.entities.get(&entity.within)).take(16)
    }

    /// The code of the state or territory that a place lies in.
    pub fn country(&self, id: &str) -> Option<&str> {
        self.outward(id).map(|e| e.code.as_str()).find(|code| code.len() == 2)
    }
}

/// The rows of a table by column.
fn rows(path: &Path) -> Result<Vec<BTreeMap<String, String>>, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let row = |line: &str| header.iter().map(|c| (*c).to_owned()).zip(line.split('\t').map(str::to_owned)).collect();
    Ok(lines.map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lie_in_states() {
        let mut hand = Hand::default();
        let mut add = |id: &str, within: &str, code: &str| {
            hand.add([id, id, "en", within, code].map(str::to_owned), false);
        };
        add("Q30", "", "US");
        add("us-ohio", "Q30", "US-OH");
        add("dayton", "us-ohio", "");
        add("nowhere", "nowhere", "");
        assert_eq!(hand.country("dayton"), Some("US"));
        assert_eq!(hand.country("nowhere"), None);
        assert_eq!(hand.id("US-OH"), Some("us-ohio"));
        assert!(hand.has("dayton", "DAYTON") && !hand.has("dayton", "Däyton") && hand.has_folded("dayton", "Däyton"));
    }
}
