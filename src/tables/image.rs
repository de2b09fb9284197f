//! What tables hold, flat in two pieces: all text, and all numbers. It is the same whether it was just built, is embedded
//! in the crate or was read from a file, and nothing is built when it is read.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::bytes::{index, u32_at, u64_at};
use super::entities::AliasSort;
use super::links::Links;
use super::phrases::Phrases;
use super::postings::Postings;
use crate::mention::EntityKind;

/// The parts of the numbers, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Texts that many rows share (languages, sources, containers): start and length in bytes.
    Labels,
    /// What many entities have alike, see [`HEAD`].
    Heads,
    /// Of each entity, by id: where its id begins, its first name, its head; one more at the end.
    Entities,
    /// What many names have alike, see [`PROFILE`].
    Profiles,
    /// Of each name, entity by entity: where it begins, and its profile; one more at the end.
    Names,
    /// What extraction asks of a name, see [`super::pattern`].
    Patterns,
    /// The search keys of names, and the pattern of each.
    Phrases,
    /// The names of a search key.
    ByName,
    /// The last words of the names of people whom all know.
    Families,
    /// The kinds of the names of a rough sound.
    Sounds,
    /// The word lists that are others than the crate's: labels of file and text.
    Lists,
    /// The names of a sound, for the resolver; made when first needed where it is empty.
    BySound,
    /// The entities of a blocking key, for the resolver.
    ByKey,
    /// How many people bear a family name.
    Bearers,
}

impl Section {
    pub const ALL: [Self; 14] = [
        Self::Labels,
        Self::Heads,
        Self::Entities,
        Self::Profiles,
        Self::Names,
        Self::Patterns,
        Self::Phrases,
        Self::ByName,
        Self::Families,
        Self::Sounds,
        Self::Lists,
        Self::BySound,
        Self::ByKey,
        Self::Bearers,
    ];
}

/// Start and length.
pub(super) const LABEL: usize = 8;
/// Kind, rank, two bytes left free, and the labels of the container and the code.
pub(super) const HEAD: usize = 12;
pub(super) const ENTITY: usize = 12;
/// Sort, marks, prior, a byte left free, and the labels of language and source.
pub(super) const PROFILE: usize = 12;
pub(super) const NAME: usize = 8;
pub(super) const PATTERN: usize = 8;
pub(super) const LIST: usize = 8;

/// Bits of a profile's marks.
pub(super) const AMBIGUOUS: u8 = 1;
pub(super) const WEAK: u8 = 2;

/// Text and numbers, and where the parts of these begin.
#[derive(Clone, Default)]
pub(super) struct Image {
    pub text: Cow<'static, str>,
    pub numbers: Cow<'static, [u8]>,
    sections: [(usize, usize); Section::ALL.len()],
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Image")
            .field("entities", &self.entities())
            .field("names", &self.names())
            .finish_non_exhaustive()
    }
}

/// What a name's row says beside the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Profile {
    pub sort: AliasSort,
    pub marks: u8,
    pub prior: u8,
    pub lang: u32,
    pub source: u32,
}

/// What an entity's canonical row says beside its id and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub kind: EntityKind,
    pub rank: u8,
    pub within: u32,
    pub code: u32,
}

impl Image {
    /// An image of its two pieces; the numbers begin with the length of each section.
    ///
    /// # Errors
    ///
    /// What is wrong, when the pieces are not of one image.
    pub fn new(text: Cow<'static, str>, numbers: Cow<'static, [u8]>) -> Result<Self, &'static str> {
        let wrong = "its parts are not as long as it says";
        let mut at = Section::ALL.len() * 8;
        let mut sections = [(0, 0); Section::ALL.len()];
        for (i, section) in sections.iter_mut().enumerate() {
            let end = usize::try_from(u64_at(&numbers, i * 8)).ok().and_then(|length| at.checked_add(length));
            *section = (at, end.ok_or(wrong)?);
            at = section.1;
        }
        if at != numbers.len() {
            return Err(wrong);
        }
        let image = Self { text, numbers, sections };
        image.check()?;
        Ok(image)
    }

    /// Puts sections together.
    pub fn assemble(text: String, sections: &[Vec<u8>; Section::ALL.len()]) -> Result<Self, &'static str> {
        let mut numbers = Vec::with_capacity(sections.iter().map(|s| s.len() + 8).sum());
        for section in sections {
            numbers.extend(u64::try_from(section.len()).unwrap_or(u64::MAX).to_le_bytes());
        }
        for section in sections {
            numbers.extend_from_slice(section);
        }
        Self::new(text.into(), numbers.into())
    }

    /// The same with what the resolver finds names by.
    pub fn with_links(&self, links: &Links) -> Result<Self, &'static str> {
        let sections = Section::ALL.map(|section| match self.section(section) {
            [] => links.section(section).to_vec(),
            own => own.to_vec(),
        });
        Self::assemble(self.text.clone().into_owned(), &sections)
    }

    /// Whether all sections are such as others go by; single numbers are looked at when they are read.
    fn check(&self) -> Result<(), &'static str> {
        use Section::{
            Bearers, ByKey, ByName, BySound, Entities, Families, Heads, Labels, Lists, Names, Patterns, Profiles,
            Sounds,
        };
        let records = [
            (Labels, LABEL),
            (Heads, HEAD),
            (Entities, ENTITY),
            (Profiles, PROFILE),
            (Names, NAME),
            (Patterns, PATTERN),
            (Lists, LIST),
        ];
        let whole = records.iter().all(|(section, record)| self.section(*section).len().is_multiple_of(*record));
        let tables = [ByName, Families, Sounds].iter().all(|s| Postings::read(self.section(*s)).is_some());
        let links = [BySound, ByKey, Bearers].map(|s| self.section(s));
        let linked = links.iter().all(|s| s.is_empty()) || links.iter().all(|s| Postings::read(s).is_some());
        let ended = !self.section(Entities).is_empty() && !self.section(Names).is_empty();
        let phrases = Phrases::read(self.section(Section::Phrases)).is_some();
        if whole && tables && linked && ended && phrases { Ok(()) } else { Err("its parts do not belong together") }
    }

    pub fn section(&self, section: Section) -> &[u8] {
        let (from, to) = self.sections[section as usize];
        self.numbers.get(from..to).unwrap_or_default()
    }

    pub fn postings(&self, section: Section) -> Postings<'_> {
        Postings::read(self.section(section)).unwrap_or_default()
    }

    pub fn phrases(&self) -> Phrases<'_> {
        Phrases::read(self.section(Section::Phrases)).unwrap_or_default()
    }

    fn text(&self, from: u32, to: u32) -> &str {
        self.text.get(index(from)..index(to)).unwrap_or_default()
    }

    pub fn label(&self, label: u32) -> &str {
        let labels = self.section(Section::Labels);
        let at = index(label).saturating_mul(LABEL);
        let start = u32_at(labels, at);
        self.text(start, start.saturating_add(u32_at(labels, at.saturating_add(4))))
    }

    pub fn entities(&self) -> usize {
        (self.section(Section::Entities).len() / ENTITY).saturating_sub(1)
    }

    pub fn names(&self) -> usize {
        (self.section(Section::Names).len() / NAME).saturating_sub(1)
    }

    pub fn id(&self, entity: usize) -> &str {
        let (entities, at) = (self.section(Section::Entities), entity.saturating_mul(ENTITY));
        self.text(u32_at(entities, at), u32_at(entities, at.saturating_add(ENTITY)))
    }

    /// The names of an entity.
    pub fn names_of(&self, entity: usize) -> Range<usize> {
        let (entities, at) = (self.section(Section::Entities), entity.saturating_mul(ENTITY).saturating_add(4));
        let from = index(u32_at(entities, at));
        let to = index(u32_at(entities, at.saturating_add(ENTITY))).min(self.names());
        from.min(to)..to
    }

    /// The entity that a name belongs to.
    pub fn entity_of(&self, name: usize) -> usize {
        let entities = self.section(Section::Entities);
        let (mut low, mut high) = (0, self.entities());
        while low + 1 < high {
            let middle = low.midpoint(high);
            if index(u32_at(entities, middle * ENTITY + 4)) <= name {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }

    pub fn head(&self, entity: usize) -> Head {
        let entities = self.section(Section::Entities);
        let head = u32_at(entities, entity.saturating_mul(ENTITY).saturating_add(8));
        let (heads, at) = (self.section(Section::Heads), index(head).saturating_mul(HEAD));
        let byte = |i: usize| heads.get(at.saturating_add(i)).copied().unwrap_or_default();
        Head {
            kind: EntityKind::ALL.get(usize::from(byte(0))).copied().unwrap_or(EntityKind::Place),
            rank: byte(1).clamp(1, 9),
            within: u32_at(heads, at.saturating_add(4)),
            code: u32_at(heads, at.saturating_add(8)),
        }
    }

    pub fn name(&self, name: usize) -> &str {
        let (names, at) = (self.section(Section::Names), name.saturating_mul(NAME));
        self.text(u32_at(names, at), u32_at(names, at.saturating_add(NAME)))
    }

    pub fn profile(&self, name: usize) -> Profile {
        let names = self.section(Section::Names);
        let profile = u32_at(names, name.saturating_mul(NAME).saturating_add(4));
        let (profiles, at) = (self.section(Section::Profiles), index(profile).saturating_mul(PROFILE));
        let byte = |i: usize| profiles.get(at.saturating_add(i)).copied().unwrap_or_default();
        Profile {
            sort: AliasSort::of_number(byte(0)),
            marks: byte(1),
            prior: byte(2).min(10),
            lang: u32_at(profiles, at.saturating_add(4)),
            source: u32_at(profiles, at.saturating_add(8)),
        }
    }

    /// The entity of an id.
    pub fn find_id(&self, id: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.entities());
        while low < high {
            let middle = low.midpoint(high);
            match self.id(middle).cmp(id) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    pub fn pattern(&self, pattern: u32) -> u64 {
        u64_at(self.section(Section::Patterns), index(pattern).saturating_mul(PATTERN))
    }

    /// The word lists that replace the crate's: file and text.
    pub fn lists(&self) -> impl Iterator<Item = (&str, &str)> {
        let lists = self.section(Section::Lists).chunks_exact(LIST);
        lists.map(|list| (self.label(u32_at(list, 0)), self.label(u32_at(list, 4))))
    }
}
