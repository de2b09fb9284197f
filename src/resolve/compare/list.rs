//! One name against many, with the weights of the comparison: names that cannot reach a floor are not weighed.
//!
//! A name of a person weighs what any two names do, which is far below 0, and what its parts say. So a name that
//! exceeds a floor has a part that says something for one name. Of the parts of the name that is sought, those that
//! say least at best are left aside as long as all of them together are not enough; then one of the others, the
//! anchors, has to say more than a share of what is still needed. The distinct parts of the list that say so much beside
//! an anchor are found by what they have in common with it, or in a tree of their letters, and all names that have
//! none of them are out. Of the others, what all their parts say at best is summed up, each with the part that it fits
//! best, and only those that reach the floor so are weighed.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt};

use super::pair::{Comparer, Lone};
use super::prepared::{PreparedName, Reading, Ready};
use super::weights::Weights;
use super::{DIFFERENT_KINDS, bound, comparer, person};
use crate::mention::EntityKind;
use crate::name::spelling::{Shortlist, Spelled, Spelling};

/// Words of fewer letters are compared with all parts: what is taken from their odds for their length is less.
const FEWEST_LETTERS: usize = 3;
/// What a part has not said yet.
const UNKNOWN: i32 = i32::MIN;

/// A part of names of the list, or two that stand side by side, written together.
#[derive(Debug, Clone)]
struct Entry {
    part: Ready,
    joined: bool,
    /// Whether it is all there is of every name that has it.
    whole: bool,
    /// The names that have it, in order.
    names: Vec<u32>,
}

/// Latin words, and the entry of each.
#[derive(Debug, Clone)]
struct Words {
    tree: Shortlist,
    entries: Vec<u32>,
}

/// Words of two parts, all of them as long.
#[derive(Debug, Clone)]
struct Together {
    length: usize,
    /// Whether they are all there is of the names that have them.
    whole: bool,
    words: Words,
}

/// A list of names that are searched for those that can be a name's.
///
/// # Cost
///
/// Building takes some microseconds a name, most of them to make the names ready. A search for a person's name grows with
/// the distinct parts of the list, and with the names that have a part like one of its own; names of places and
/// organizations are bounded one by one.
///
/// # Examples
///
/// ```
/// use allonym::{EntityKind, NameList, PreparedName};
///
/// let names = ["Muammar Gaddafi", "Saif al-Islam Gaddafi", "Moussa Koussa", "Moammar el-Kadhafi"];
/// let list: NameList = names.iter().map(|name| PreparedName::new(name, EntityKind::Person)).collect();
/// let name = PreparedName::new("Mu'ammar al-Qadhafi", EntityKind::Person);
/// let matches: Vec<usize> = list.matches(&name, 0).into_iter().map(|(at, _)| at).collect();
/// assert_eq!(matches, [0, 3]);
/// ```
///
/// ```
/// use allonym::resolve::Weights;
/// use allonym::{EntityKind, NameList, PreparedName};
///
/// let list = NameList::new(["Omar Omsen", "Omar Diab", "Ahmad al-Sharra"], EntityKind::Person);
/// let asked = PreparedName::new("Ahmed al-Sharaa", EntityKind::Person);
/// let (number, weight) = list.best(&asked, 0).unwrap();
/// assert_eq!(list.names()[number].name().surface, "Ahmad al-Sharra");
/// assert_eq!(list.matches(&asked, 0), [(number, weight)]);
///
/// // The same by weights of one's own.
/// let mut weights = Weights::embedded().clone();
/// *weights.get_mut("person prior").unwrap() -= 1_000; // one bit more is asked of a match
/// let strict = NameList::with_weights(list.names().to_vec(), weights);
/// assert!(strict.best(&asked, 0).unwrap().1 < weight);
/// ```
#[derive(Debug, Clone)]
pub struct NameList {
    names: Vec<PreparedName>,
    weights: Weights,
    /// The names that are no people's.
    others: Vec<u32>,
    entries: Vec<Entry>,
    /// The entries of each person's name, where they end.
    of_names: Vec<u32>,
    ends: Vec<u32>,
    /// Whether each name is read in another script, and as a single part.
    classes: Vec<(bool, bool)>,
    /// Entries by what they have in common with others.
    keys: HashMap<String, Vec<u32>>,
    /// Entries that are compared with every part in Latin letters, or in others: those of the other letters, and short
    /// ones.
    beside_latin: Vec<u32>,
    beside_foreign: Vec<u32>,
    /// The words of the others: those of single parts, and those that are written together by their lengths.
    words: Option<Words>,
    joined: Vec<Together>,
    /// No entry is rarer.
    rarest: i32,
}

impl FromIterator<PreparedName> for NameList {
    fn from_iter<I: IntoIterator<Item = PreparedName>>(names: I) -> Self {
        Self::with_weights(names, Weights::embedded().clone())
    }
}

impl NameList {
    /// Parses names of one kind and lays them out.
    #[must_use]
    pub fn new<S: AsRef<str>>(names: impl IntoIterator<Item = S>, kind: EntityKind) -> Self {
        names.into_iter().map(|name| PreparedName::new(name.as_ref(), kind)).collect()
    }

    /// Lays names out that are compared by other weights than those of the crate.
    #[must_use]
    pub fn with_weights(names: impl IntoIterator<Item = PreparedName>, weights: Weights) -> Self {
        let mut list = Self {
            names: names.into_iter().collect(),
            weights,
            others: Vec::new(),
            entries: Vec::new(),
            of_names: Vec::new(),
            ends: Vec::new(),
            classes: Vec::new(),
            keys: HashMap::new(),
            beside_latin: Vec::new(),
            beside_foreign: Vec::new(),
            words: None,
            joined: Vec::new(),
            rarest: 0,
        };
        let mut known: HashMap<String, u32> = HashMap::new();
        let names = std::mem::take(&mut list.names);
        for (number, name) in (0_u32..).zip(&names) {
            if name.name.kind == EntityKind::Person {
                for reading in &name.readings {
                    let parts = reading.parts.iter().map(|part| (part, false));
                    for (part, joined) in parts.chain(reading.joined.iter().flatten().map(|part| (part, true))) {
                        list.add(part, joined, joined && reading.parts.len() == 2, number, &mut known);
                    }
                }
            } else {
                list.others.push(number);
            }
            list.ends.push(number_of(list.of_names.len()));
            let any = |is: fn(&Reading) -> bool| name.readings.iter().any(is);
            list.classes.push((any(|reading| reading.foreign), any(|reading| reading.parts.len() == 1)));
        }
        list.names = names;
        list.lay_out();
        list
    }

    /// Takes a part of a name.
    fn add(&mut self, part: &Ready, joined: bool, whole: bool, name: u32, known: &mut HashMap<String, u32>) {
        let next = number_of(self.entries.len());
        // Everything that is known of a part is in it.
        let entry = *known.entry(format!("{joined} {part:?}")).or_insert(next);
        if entry == next {
            self.entries.push(Entry { part: part.clone(), joined, whole, names: Vec::new() });
        }
        self.entries[entry as usize].whole &= whole;
        let names = &mut self.entries[entry as usize].names;
        if names.last() != Some(&name) {
            names.push(name);
        }
        self.of_names.push(entry);
    }

    /// Lays the entries out by what they are found by.
    fn lay_out(&mut self) {
        let spelling = Spelling::embedded();
        let mut words: Vec<(&Spelled, u32)> = Vec::new();
        let mut joined: BTreeMap<(usize, bool), Vec<(&Spelled, u32)>> = BTreeMap::new();
        for (number, entry) in (0_u32..).zip(&self.entries) {
            let part = &entry.part;
            self.rarest = self.rarest.max(part.rarity);
            let keys = &mut self.keys;
            person::keys(part, |key| {
                let entries = keys.entry(key).or_default();
                if entries.last() != Some(&number) {
                    entries.push(number);
                }
            });
            let forms = || std::iter::once(part.latin()).chain(&part.glued);
            let short = forms().any(|word| word.letters() < FEWEST_LETTERS);
            if short || part.roman.is_some() {
                self.beside_latin.push(number);
            }
            if short || part.roman.is_none() {
                self.beside_foreign.push(number);
            }
            if !short {
                let key = (part.text.len(), entry.whole);
                let into = if entry.joined { joined.entry(key).or_default() } else { &mut words };
                into.extend(forms().map(|word| (word, number)));
            }
        }
        let plant = |words: Vec<(&Spelled, u32)>| {
            let (words, entries): (Vec<&Spelled>, Vec<u32>) = words.into_iter().unzip();
            spelling.shortlist(&words).map(|tree| Words { tree, entries })
        };
        self.words = plant(words);
        for ((length, whole), words) in joined {
            self.joined.extend(plant(words).map(|words| Together { length, whole, words }));
        }
    }

    /// The names, in their order.
    #[must_use]
    pub fn names(&self) -> &[PreparedName] {
        &self.names
    }

    /// The names that weigh more than `floor` (1/1000 log2 odds; 0 is even) beside a name, by their numbers in the list
    /// and in that order, each with what [`PreparedName::weight`] says.
    #[must_use]
    pub fn matches(&self, name: &PreparedName, floor: i32) -> Vec<(usize, i32)> {
        let weigh = |number: u32| {
            let weight = name.weight_with(&self.names[number as usize], &self.weights);
            (weight > floor).then_some((number as usize, weight))
        };
        let all = || (0..number_of(self.names.len())).filter_map(weigh).collect();
        if floor < DIFFERENT_KINDS {
            return all();
        }
        if name.name.kind != EntityKind::Person {
            let may = |number: &u32| {
                let other = &self.names[*number as usize];
                let (a, b) = if name.turned(other) { (other, name) } else { (name, other) };
                bound::at_most(a, b, &self.weights) > i64::from(floor)
            };
            return self.others.iter().copied().filter(may).filter_map(weigh).collect();
        }
        match self.candidates(name, floor) {
            Some(candidates) => candidates.into_iter().filter_map(weigh).collect(),
            None => all(),
        }
    }

    /// The name of the list that is most likely this one, with its weight: the first of the heaviest, if it weighs more
    /// than `floor` (1/1000 log2 odds; 0 is even). The same as [`PreparedName::best_of`].
    #[must_use]
    pub fn best(&self, name: &PreparedName, floor: i32) -> Option<(usize, i32)> {
        self.matches(name, floor).into_iter().min_by_key(|&(i, weight)| (std::cmp::Reverse(weight), i))
    }

    /// The people's names that may weigh more than `floor`, in order; nothing if all may.
    fn candidates(&self, name: &PreparedName, floor: i32) -> Option<Vec<u32>> {
        let foreign = name.readings.iter().any(|reading| reading.foreign);
        let single = name.readings.iter().any(|reading| reading.parts.len() == 1);
        // By whether a name of the list is foreign or a single part; one of several readings may be either.
        let mixed = name.readings.len() > 1;
        let mut needed = [0; 4];
        for (class, needed) in needed.iter_mut().enumerate() {
            let (is_foreign, is_single) = (class & 1 == 1, class & 2 == 2);
            *needed = person::needed(mixed || foreign || is_foreign, single || is_single, floor, &self.weights)?;
        }
        let least = needed.into_iter().min()?;
        let c = comparer(EntityKind::Person, &self.weights);
        let mut found: Vec<u32> = Vec::new();
        for reading in &name.readings {
            let search = Search::new(self, reading, c);
            let mut said = vec![UNKNOWN; self.entries.len()];
            let mut names: Vec<u32> = Vec::new();
            for entry in search.entries(least)? {
                names.extend(&self.entries[entry as usize].names);
            }
            names.sort_unstable();
            names.dedup();
            names.retain(|name| {
                let number = *name as usize;
                let begin = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
                let entries = &self.of_names[begin..self.ends[number] as usize];
                let sum: i64 = entries.iter().map(|entry| i64::from(search.said(*entry, &mut said))).sum();
                let (is_foreign, is_single) = self.classes[number];
                sum > needed[usize::from(is_foreign) + 2 * usize::from(is_single)]
            });
            found.extend(names);
        }
        found.sort_unstable();
        found.dedup();
        Some(found)
    }
}

/// A search for one reading of a name.
struct Search<'l> {
    list: &'l NameList,
    reading: &'l Reading,
    c: Comparer<'l>,
    /// What compares names of a single part in two scripts.
    lone: Option<Comparer<'l>>,
}

impl<'l> Search<'l> {
    fn new(list: &'l NameList, reading: &'l Reading, c: Comparer<'l>) -> Self {
        let w = &list.weights;
        let lone = Lone { base: w.person_lone_base, scale: 0, gain: w.person_lone_gain };
        let lone = (reading.parts.len() == 1).then_some(Comparer { lone: Some(lone), ..c });
        Self { list, reading, c, lone }
    }

    /// What an entry says for one name, beside the part that it fits best.
    fn said(&self, entry: u32, said: &mut [i32]) -> i32 {
        let slot = &mut said[entry as usize];
        if *slot == UNKNOWN {
            let entry = &self.list.entries[entry as usize];
            let parts = self.reading.parts.iter().map(|part| (part, false));
            let joined = self.reading.joined.iter().flatten().map(|part| (part, true));
            *slot = parts.chain(joined).map(|(part, joined)| self.says(part, joined, entry)).max().unwrap_or(0).max(0);
        }
        *slot
    }

    /// What two parts say, or one and two that are written together.
    fn says(&self, part: &Ready, joined: bool, entry: &Entry) -> i32 {
        let with = |c: &Comparer<'_>| match (joined, entry.joined) {
            (false, false) => person::pair(part, &entry.part, c).weight,
            (true, false) => person::together(part, &entry.part, c),
            (false, true) => person::together(&entry.part, part, c),
            (true, true) => 0,
        };
        let lone = self.lone.as_ref().map_or(0, with);
        with(&self.c).max(lone)
    }

    /// The entries one of which a name has that exceeds the floor; nothing if that is not known.
    fn entries(&self, needed: i64) -> Option<Vec<u32>> {
        let parts = &self.reading.parts;
        // The rarity of what is romanized is that of the other part.
        let most = |part: &Ready| {
            let rarity = if part.roman.is_some() { part.rarity.max(self.list.rarest) } else { part.rarity };
            person::most_of_part(rarity, &self.c)
        };
        let mut says: Vec<(i64, usize)> = parts.iter().enumerate().map(|(i, part)| (most(part), i)).collect();
        for (i, joined) in self.reading.joined.iter().enumerate() {
            if let Some(joined) = joined {
                let half = (most(joined) + 1) / 2;
                for (says, _) in &mut says[i..i + 2] {
                    *says = half.max(*says);
                }
            }
        }
        says.sort_unstable();
        let mut aside = 0;
        let mut rest = needed;
        for (says, _) in &says {
            if self.lone.is_some() || *says > rest {
                break;
            }
            rest -= says;
            aside += 1;
        }
        let anchors: Vec<usize> = says[aside..].iter().map(|(_, i)| *i).collect();
        let share = i32::try_from(rest / i64::try_from(anchors.len().max(1)).unwrap_or(1)).unwrap_or(i32::MAX);
        let all = i32::try_from(needed).unwrap_or(i32::MAX);
        let mut found: Vec<u32> = Vec::new();
        for (i, part) in parts.iter().enumerate() {
            if anchors.contains(&i) {
                self.like(part, false, (share, all), &mut found)?;
            }
            if let Some(joined) = &self.reading.joined[i]
                && (anchors.contains(&i) || anchors.contains(&(i + 1)))
            {
                self.like(joined, true, (share, all), &mut found)?;
            }
        }
        found.sort_unstable();
        found.dedup();
        Some(found)
    }

    /// The entries that say more than so much beside a part; nothing if that is not known.
    fn like(&self, part: &Ready, joined: bool, (share, needed): (i32, i32), found: &mut Vec<u32>) -> Option<()> {
        let list = self.list;
        let mut seen = vec![false; list.entries.len()];
        let mut see = |entry: u32| {
            if !std::mem::replace(&mut seen[entry as usize], true)
                && self.says(part, joined, &list.entries[entry as usize]) > share
            {
                found.push(entry);
            }
        };
        let forms = || std::iter::once(part.latin()).chain(&part.glued);
        if forms().any(|word| word.letters() < FEWEST_LETTERS) {
            (0..number_of(list.entries.len())).for_each(see);
            return Some(());
        }
        person::wanted(part, |key| list.keys.get(&key).into_iter().flatten().for_each(|entry| see(*entry)));
        let across = if part.roman.is_some() { &list.beside_foreign } else { &list.beside_latin };
        for entry in across {
            see(*entry);
        }
        let words = list.words.as_ref()?;
        let w = &list.weights;
        for word in forms() {
            let together = if joined { w.person_joined } else { w.person_given_only.max(0) };
            let least = self.c.least(word, FEWEST_LETTERS, share.saturating_sub(together))?;
            self.c.spelling.above(&words.tree, word, least, |number| see(words.entries[number as usize]));
            if joined {
                continue;
            }
            // Two parts of a name are not written together with those of another.
            for Together { length, whole, words } in &list.joined {
                if length.abs_diff(part.text.len()) > person::most_longer(part) {
                    continue;
                }
                // Nothing else of such a name is left to speak for it.
                let share = if *whole { needed } else { share };
                let least = self.c.least(word, FEWEST_LETTERS, share.saturating_sub(w.person_joined))?;
                self.c.spelling.above(&words.tree, word, least, |number| see(words.entries[number as usize]));
            }
        }
        Some(())
    }
}

/// A place in a list; lists of as many names as have none do not fit in memory.
fn number_of(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
