//! What the resolver finds the names of the tables by: their sounds and their blocking keys.

use std::fmt;
use std::ops::Range;

use super::image::{Image, Section, WEAK};
use super::postings::{self, Kept};
use super::text_hash;
use crate::mention::EntityKind;
use crate::name::{Name, blocking_keys, family_key, sound_key};

/// Postings for the resolver, as [`Image`] has them.
#[derive(Default)]
pub(super) struct Links {
    pub by_sound: Vec<u8>,
    pub by_key: Vec<u8>,
    pub bearers: Vec<u8>,
}

/// The hash of a sound of names of one kind.
pub(super) fn kind_hash(kind: EntityKind, text: &str) -> u64 {
    super::onward(text_hash(text), kind as u64 + 1)
}

/// What some entities are found by.
#[derive(Debug, Default)]
struct Found {
    by_sound: Vec<(u64, u32)>,
    by_key: Vec<(u64, u32)>,
    families: Vec<(u64, u32)>,
}

impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Links").finish_non_exhaustive()
    }
}

impl Links {
    /// The links of all names of an image.
    ///
    /// # Cost
    ///
    /// Each name is parsed: about three microseconds a name.
    pub fn of(image: &Image) -> Self {
        let half = image.entities() / 2;
        let (mut all, mut rest) =
            crate::parallel::join(|| Found::of(image, 0..half), || Found::of(image, half..image.entities()));
        all.by_sound.append(&mut rest.by_sound);
        all.by_key.append(&mut rest.by_key);
        all.families.append(&mut rest.families);
        let written = |mut records: Vec<(u64, u32)>, kept: Kept| {
            records.sort_unstable();
            records.dedup();
            let mut out = Vec::new();
            postings::write(&records, kept, &mut out);
            out
        };
        all.families.sort_unstable();
        let counted = all.families.chunk_by(|a, b| a.0 == b.0);
        let families = counted.map(|f| (f[0].0, u32::try_from(f.len()).unwrap_or(u32::MAX))).collect();
        Self {
            by_sound: written(all.by_sound, Kept::Most),
            by_key: written(all.by_key, Kept::Some),
            bearers: written(families, Kept::Most),
        }
    }

    pub fn section(&self, section: Section) -> &[u8] {
        match section {
            Section::BySound => &self.by_sound,
            Section::ByKey => &self.by_key,
            Section::Bearers => &self.bearers,
            _ => &[],
        }
    }
}

impl Found {
    fn of(image: &Image, entities: Range<usize>) -> Self {
        let mut found = Self::default();
        entities.for_each(|entity| found.entity(image, entity));
        found
    }

    fn entity(&mut self, image: &Image, entity: usize) {
        let kind = image.head(entity).kind;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (keys, families) = (self.by_key.len(), self.families.len());
        for place in image.names_of(entity) {
            let name = Name::new(image.name(place), kind);
            self.by_sound.push((kind_hash(kind, &sound_key(&name)), number(place)));
            if name.is_full() && image.profile(place).marks & WEAK == 0 {
                self.by_key.extend(blocking_keys(&name).iter().map(|key| (text_hash(key), number(entity))));
            }
            self.families.extend(family_key(&name).map(|family| (text_hash(&family), number(entity))));
        }
        // A name counts once for an entity.
        for (records, from) in [(&mut self.by_key, keys), (&mut self.families, families)] {
            records[from..].sort_unstable();
            let mut last = None;
            let mut kept = from;
            for i in from..records.len() {
                if last.replace(records[i]) != Some(records[i]) {
                    records[kept] = records[i];
                    kept += 1;
                }
            }
            records.truncate(kept);
        }
    }
}
