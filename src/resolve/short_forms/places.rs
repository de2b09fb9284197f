//! Words that say what sort of place it is: *Thames* for the *River Thames*; *Aleppo Governorate* is not *Aleppo*.
//!
//! A town is what it is with or without the word: *City of Odessa*. No rule here takes a province, governorate or district
//! for the town that it is named for; the comparison takes them for one, as texts do that say *Idlib* for *Idlib Province*.
//! They are held apart where a document speaks of a town by that word too, and so are a province and a district of one name,
//! and a mountain and a country. What the tables or a claim know for one stays one.
//!
//! # Spurious pairs
//!
//! *Aleppo* and *Aleppo Governorate*, when the document says of neither that it is a town. Never *Niger* for the *Niger
//! River* or *Sudan* for *Port Sudan*: only a river whose word stands before its name is called by that alone, and not when
//! the name is also one of people or of a land (*River Jordan*).

use std::collections::BTreeMap;

use super::{ONLY_ONE, of_kind};
use crate::mention::{EntityKind, Extraction, Relation};
use crate::name::{Name, Role};
use crate::resolve::block::LARGEST_BLOCK;
use crate::resolve::evidence::Evidence;
use crate::resolve::groups::Groups;
use crate::resolve::local::{Form, Join};
use crate::resolve::names::Names;
use crate::tables::{Flags, Tables};

/// Words of regions that are named for their seats, and of towns, and of what rank these are. What is also said of a land by itself
/// (region, state, territory) is none.
const REGIONS: [(&str, u8); 19] = [
    ("governate", 1),
    ("governorate", 1),
    ("krai", 1),
    ("muhafaza", 1),
    ("oblast", 1),
    ("prefecture", 1),
    ("province", 1),
    ("vilayet", 1),
    ("voivodeship", 1),
    ("wilaya", 1),
    ("wilayat", 1),
    ("county", 2),
    ("district", 2),
    ("powiat", 2),
    ("raion", 2),
    ("rayon", 2),
    ("subdistrict", 3),
    ("town", TOWN),
    ("village", TOWN),
];

/// The rank of a town, whose name is its own without the word.
const TOWN: u8 = 9;

/// A place's rank, 0 when it is neither region nor town, and what it is called beside.
fn rank(name: &Name) -> (u8, Vec<&str>) {
    let rank_of = |text: &str| REGIONS.iter().find(|(word, _)| *word == text).map(|(_, rank)| *rank);
    if name.folded.starts_with("city of ") {
        // Behind a name the word may be part of it: Mexico City.
        return (TOWN, name.parts.iter().skip(1).map(|p| p.sound.as_str()).collect());
    }
    let rank = name.parts.iter().filter(|p| p.role == Role::Generic).find_map(|p| rank_of(&p.text));
    let telling = name.parts.iter().filter(|p| p.role != Role::Generic).map(|p| p.sound.as_str());
    (rank.unwrap_or(0), telling.collect())
}

/// Holds places apart that are called alike and are regions of two ranks, a region and a town, or a mountain and a land.
pub(super) fn hold_apart(names: &Names, forms: &[Form], groups: &mut Groups) {
    let mut alike: BTreeMap<Vec<&str>, Vec<(u8, usize)>> = BTreeMap::new();
    for (f, form) in of_kind(forms, EntityKind::Place) {
        let (rank, telling) = rank(names.name(form.name));
        alike.entry(telling).or_default().push((rank, f));
    }
    for places in alike.into_values().filter(|places| places.iter().any(|(rank, _)| *rank > 0)) {
        // The bare name is the town's when the document says that there is one.
        let has_town = places.iter().any(|(rank, _)| *rank == TOWN);
        let rank_of = |rank: u8| if rank == 0 && has_town { TOWN } else { rank };
        for (i, &(rank, a)) in places.iter().enumerate().take(LARGEST_BLOCK) {
            for &(other, b) in places[i + 1..].iter().take(LARGEST_BLOCK) {
                let (rank, other) = (rank_of(rank), rank_of(other));
                if rank != other && rank > 0 && other > 0 && groups.root(a) != groups.root(b) {
                    groups.hold_apart(a, b);
                }
            }
        }
    }
    let mut lands: BTreeMap<&str, usize> = BTreeMap::new();
    for (f, form) in of_kind(forms, EntityKind::Place) {
        if let [land] = names.name(form.name).parts.as_slice()
            && !land.senses.is_empty()
        {
            lands.entry(&land.text).or_insert(f);
        }
    }
    for (f, form) in of_kind(forms, EntityKind::Place) {
        if let [first, last] = names.name(form.name).parts.as_slice()
            && first.text == MOUNTAIN
            && let Some(&land) = lands.get(last.text.as_str())
        {
            groups.hold_apart(f, land);
        }
    }
}

/// A mountain, as names of places have it once they are parsed.
const MOUNTAIN: &str = "mt";

/// What stands before the name of a place that is called by that alone as well.
const BEFORE: [&str; 4] = ["river ", "city of ", "town of ", "village of "];

/// Binds the bare names of named and towns.
pub(super) fn bind(document: &Extraction, names: &Names, forms: &[Form], groups: &mut Groups) {
    let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (f, form) in of_kind(forms, EntityKind::Place) {
        let name = names.name(form.name).folded.trim_start_matches("the ");
        if let Some(bare) = BEFORE.iter().find_map(|before| name.strip_prefix(before)) {
            named.entry(bare).or_default().push(f);
        }
    }
    if named.is_empty() {
        return;
    }
    let holds = |f: usize| {
        let claims = document.claims.iter().filter(|claim| claim.relation == Relation::Within);
        claims.map(|claim| claim.right).any(|outer| forms[f].mentions.binary_search(&outer).is_ok())
    };
    let is_town = |full: usize| !names.name(forms[full].name).folded.contains("river ");
    for (f, form) in of_kind(forms, EntityKind::Place) {
        let name = names.name(form.name);
        let is_land = name.parts.iter().any(|p| !p.senses.is_empty());
        let is_borne = Tables::none().lexicon().word(&name.folded).has(Flags::NAME_AND_PLACE);
        if let Some(&[full]) = named.get(name.folded.as_str()).map(Vec::as_slice)
            && (is_town(full) || form.table.is_none() && !is_borne && !is_land && !holds(f))
        {
            let (left, right) = (&name.surface, &names.name(forms[full].name).surface);
            let evidence = Evidence::new("the only place so named here", left, right, ONLY_ONE);
            groups.join(f, full, Join::new(left, right, "short-form:place-head", evidence));
        }
    }
}
