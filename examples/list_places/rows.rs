//! Rows of an entity table, and how they are written.

use std::collections::{BTreeMap, BTreeSet};

use allonym::name::fold;
use unicode_normalization::UnicodeNormalization;

use crate::hand::Hand;

const HEADER: &str = "id\tkind\tsort\tname\tlang\tmarks\twithin\trank\tsource\tcode";

/// A name of a place.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub id: String,
    pub sort: &'static str,
    pub name: String,
    pub lang: String,
    pub ambiguous: bool,
    /// Of canonical rows alone, as `rank` and `code`.
    pub within: String,
    pub rank: Option<u8>,
    pub source: &'static str,
    pub code: String,
    /// It stays without a mark though other places share it.
    pub outshines: bool,
}

impl Row {
    /// What two names of one place must not have in common.
    pub fn key(name: &str) -> String {
        name.nfc().collect::<String>().to_lowercase()
    }
}

/// A table that is made.
#[derive(Debug, Default)]
pub struct Sheet {
    pub rows: Vec<Row>,
}

impl Sheet {
    /// The table, sorted by id, each place's canonical name first and the others by their bytes.
    ///
    /// # Errors
    ///
    /// A name that is empty, not clean, or twice in one place.
    pub fn text(mut self) -> Result<String, String> {
        self.rows.sort_by(|a, b| {
            let key = |r: &Row| (r.id.clone(), r.sort != "canonical", r.name.clone());
            key(a).cmp(&key(b))
        });
        let mut seen = BTreeSet::new();
        let mut out = format!("{HEADER}\n");
        for row in &self.rows {
            if row.name.trim() != row.name || row.name.is_empty() || row.name.chars().any(char::is_control) {
                return Err(format!("{}: the name {:?} is not clean", row.id, row.name));
            }
            if !seen.insert((row.id.as_str(), Row::key(&row.name))) {
                return Err(format!("{}: has the name '{}' twice", row.id, row.name));
            }
            let marks = if row.ambiguous { "ambiguous" } else { "" };
            let rank = row.rank.map(|r| r.to_string()).unwrap_or_default();
            let Row { id, sort, name, lang, within, source, code, .. } = row;
            out += &[id, "place", sort, name, lang, marks, within, &rank, source, code].join("\t");
            out.push('\n');
        }
        Ok(out)
    }
}

/// Marks the names that another entity has too, or that are names of people or common words; all but those of a place
/// that outshines its namesakes.
pub fn mark_shared<const N: usize>(sheets: [&mut Sheet; N], hand: &Hand) {
    let mut bearers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in sheets.iter().flat_map(|s| &s.rows) {
        bearers.entry(fold(&row.name)).or_default().insert(row.id.clone());
    }
    for row in sheets.into_iter().flat_map(|s| &mut s.rows) {
        let key = fold(&row.name);
        let shared = bearers.get(&key).is_some_and(|ids| ids.iter().any(|id| *id != row.id));
        let known = hand.has_other(&key, &row.id) || hand.is_word(&key);
        row.ambiguous |= (shared && !row.outshines) || known;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, sort: &'static str, name: &str) -> Row {
        Row { id: id.to_owned(), sort, name: name.to_owned(), source: "cldr", ..Row::default() }
    }

    #[test]
    fn rows_are_sorted_and_unique() {
        let rows = vec![row("b", "native", "Ж"), row("a", "canonical", "Z"), row("b", "canonical", "Zh")];
        let text = Sheet { rows }.text().unwrap_or_default();
        let names: Vec<&str> = text.lines().skip(1).filter_map(|l| l.split('\t').nth(3)).collect();
        assert_eq!(names, ["Z", "Zh", "Ж"]);
        let twice = vec![row("a", "canonical", "Peru"), row("a", "endonym", "PERU")];
        assert!(Sheet { rows: twice }.text().is_err());
        assert!(Sheet { rows: vec![row("a", "canonical", " Peru")] }.text().is_err());
    }

    #[test]
    fn shared_names_are_marked() {
        let hand = Hand::default();
        let mut sheet = Sheet { rows: vec![row("a", "canonical", "Córdoba"), row("b", "canonical", "Cordoba")] };
        sheet.rows[1].outshines = true;
        mark_shared([&mut sheet], &hand);
        assert!(sheet.rows[0].ambiguous && !sheet.rows[1].ambiguous);
    }
}
