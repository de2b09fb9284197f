//! The names of a list, each distinct one once, as numbers of distinct parts.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::graph::number;
use crate::mention::EntityKind;
use crate::name::spelling::Spelling;
use crate::name::{Alphabet, Name, Part, PlainWords, Role, fold, skeleton, word_hash};
use crate::resolve::compare::{MOST_PARTS, PreparedName, Ready};

/// No number.
pub(super) const NONE: u32 = u32::MAX;

/// A part as it stands in names of the list.
#[derive(Debug)]
pub(super) struct Piece {
    pub part: Part,
    pub ready: Ready,
    /// The word that it is, whatever its role.
    pub word: u32,
    /// Its consonants, as keys have them.
    pub bones: Box<str>,
}

/// What most comparisons ask of a piece, close together in memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outline {
    pub word: u32,
    pub role: Role,
    /// Its first letter, and how many bytes it has.
    pub letter: char,
    pub length: u16,
    /// It is written in another script than Latin, or has a particle that may be written with it: what it says is asked of the
    /// piece.
    pub special: bool,
}

/// A word of names: what parts of one spelling have in common.
#[derive(Debug)]
pub(super) struct Word {
    /// One of its pieces, the first met.
    pub piece: u32,
}

/// What makes two parts the same piece.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    text: String,
    native: Option<(Alphabet, String)>,
    prefix: Option<String>,
    role: Role,
    weight: i32,
    aside: bool,
}

/// A distinct name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Its pieces begin here in [`Pool::of_nodes`].
    start: u32,
    pieces: u8,
    pub marks: u8,
    /// The place of its name ready for comparison in [`Pool::ready`], when its pieces are not all there is to it.
    ready: u32,
    /// Its text begins here in [`Pool::texts`], and that of the next node where it ends.
    text: u32,
}

/// It has a given and a family part, or what makes a name of another kind full.
pub(super) const FULL: u8 = 1;
/// It is written in another script than Latin.
pub(super) const FOREIGN: u8 = 2;
/// It is a person's, known by initials and a family name alone.
pub(super) const ABBREVIATED: u8 = 4;
/// It is a by-name of fatherhood and no more.
pub(super) const KUNYA: u8 = 8;

/// A word that so many names of a list have is as common as the list says: fewer may be one bearer's.
const COMMON: u32 = 50;
/// A bit of what a common part says is spent on names being compared because they share something, and no part says less than
/// one: as the parser has it.
const SHARED_BY_CHANCE: i32 = 1_000;
const LEAST_PART: i32 = 1_000;

/// What a plain word can be.
const PLAIN_ROLES: [Role; 4] = [Role::Given, Role::Family, Role::Mononym, Role::Initial];

/// What is kept from name to name, so that reading one allocates nothing.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    text: String,
    words: Vec<(u32, Role)>,
}

/// The distinct names of one kind.
#[derive(Debug)]
pub(super) struct Pool {
    pub kind: EntityKind,
    pub pieces: Vec<Piece>,
    pub outlines: Vec<Outline>,
    pub words: Vec<Word>,
    by_key: HashMap<Key, u32>,
    by_word: HashMap<(String, Option<(Alphabet, String)>), u32>,
    pub nodes: Vec<Node>,
    of_nodes: Vec<u32>,
    pub ready: Vec<Arc<PreparedName>>,
    texts: String,
    plain: PlainWords,
    /// The piece of each plain word in each role.
    of_plain: Vec<[u32; PLAIN_ROLES.len()]>,
    /// The node of each text, by its hash: of two that share it the second is found at the next number.
    by_text: HashMap<u64, u32>,
}

impl Pool {
    pub fn new(kind: EntityKind) -> Self {
        Self {
            kind,
            pieces: Vec::new(),
            outlines: Vec::new(),
            words: Vec::new(),
            by_key: HashMap::new(),
            by_word: HashMap::new(),
            nodes: Vec::new(),
            of_nodes: Vec::new(),
            ready: Vec::new(),
            texts: String::new(),
            plain: PlainWords::new(),
            of_plain: Vec::new(),
            by_text: HashMap::new(),
        }
    }

    /// The folded text of a node.
    pub fn text(&self, node: u32) -> &str {
        let start = self.nodes[node as usize].text as usize;
        let end = self.nodes.get(node as usize + 1).map_or(self.texts.len(), |next| next.text as usize);
        &self.texts[start..end]
    }

    /// The pieces of a node: those that are compared.
    pub fn pieces_of(&self, node: u32) -> &[u32] {
        let node = &self.nodes[node as usize];
        let start = node.start as usize;
        &self.of_nodes[start..start + usize::from(node.pieces)]
    }

    pub fn is(&self, node: u32, mark: u8) -> bool {
        self.nodes[node as usize].marks & mark != 0
    }

    /// Whether any node has a mark.
    pub fn is_any(&self, mark: u8) -> bool {
        self.nodes.iter().any(|node| node.marks & mark != 0)
    }

    /// The name of a node, ready for comparison, when its pieces are not all there is to it.
    pub fn ready_of(&self, node: u32) -> Option<&Arc<PreparedName>> {
        self.ready.get(self.nodes[node as usize].ready as usize)
    }

    /// The node of a folded text, or the key to make one by.
    pub fn find(&self, folded: &str) -> Result<u32, u64> {
        let mut hash = word_hash(folded);
        loop {
            match self.by_text.get(&hash) {
                Some(&node) if self.text(node) == folded => return Ok(node),
                Some(_) => hash = hash.wrapping_add(1),
                None => return Err(hash),
            }
        }
    }

    /// The node of a person's plain name, made if there is none; nothing for other names.
    pub fn plain(&mut self, surface: &str, scratch: &mut Scratch) -> Option<u32> {
        let Scratch { text, words } = scratch;
        if self.kind != EntityKind::Person || !self.plain.read(surface, text, words) {
            return None;
        }
        let hash = match self.find(text) {
            Ok(node) => return Some(node),
            Err(hash) => hash,
        };
        let start = number(self.of_nodes.len());
        for &(word, role) in &*words {
            let piece = self.plain_piece(word, role);
            self.of_nodes.push(piece);
        }
        let has = |wanted: Role| words.iter().any(|(_, role)| *role == wanted);
        let abbreviated = has(Role::Initial) && !has(Role::Given) && !has(Role::Mononym);
        let marks = if words.len() > 1 { FULL } else { 0 } | if abbreviated { ABBREVIATED } else { 0 };
        let pieces = u8::try_from(words.len()).unwrap_or(u8::MAX);
        Some(self.node(text, hash, Node { start, pieces, marks, ready: NONE, text: 0 }))
    }

    fn plain_piece(&mut self, word: u32, role: Role) -> u32 {
        if self.of_plain.len() <= word as usize {
            self.of_plain.resize(word as usize + 1, [NONE; PLAIN_ROLES.len()]);
        }
        let place = PLAIN_ROLES.iter().position(|plain| *plain == role).unwrap_or_default();
        let known = self.of_plain[word as usize][place];
        if known != NONE {
            return known;
        }
        let part = Part { role, ..self.plain.part(word).clone() };
        let piece = self.piece(&part);
        self.of_plain[word as usize][place] = piece;
        piece
    }

    /// Makes a node of a parsed name, whose text has no node yet.
    pub fn add(&mut self, folded: &str, hash: u64, name: Name) -> u32 {
        let mut marks = 0;
        let mut mark = |bit: u8, is: bool| marks |= if is { bit } else { 0 };
        mark(FULL, name.is_full());
        mark(FOREIGN, crate::name::is_foreign(&name));
        mark(ABBREVIATED, crate::resolve::short_forms::is_abbreviated(&name));
        mark(KUNYA, name.is_kunya());
        let compared = |p: &&Part| !matches!(p.role, Role::Particle | Role::Suffix);
        let simple = self.kind == EntityKind::Person
            && name.readings.is_empty()
            && !name.parts.iter().any(|p| p.role == Role::Suffix)
            && name.parts.iter().filter(compared).count() <= MOST_PARTS;
        let start = u32::try_from(self.of_nodes.len()).unwrap_or(NONE);
        let all = std::iter::once(&name.parts).chain(&name.readings).flatten();
        let mut pieces: Vec<u32> = Vec::with_capacity(name.parts.len());
        for part in all.filter(compared).take(usize::from(u8::MAX)) {
            let piece = self.piece(part);
            // Of several readings each word counts once.
            if simple || !pieces.contains(&piece) {
                pieces.push(piece);
            }
        }
        self.of_nodes.extend(&pieces);
        let mut ready = NONE;
        if !simple {
            ready = u32::try_from(self.ready.len()).unwrap_or(NONE);
            self.ready.push(Arc::new(PreparedName::of(Arc::new(name))));
        }
        let pieces = u8::try_from(pieces.len()).unwrap_or(u8::MAX);
        self.node(folded, hash, Node { start, pieces, marks, ready, text: 0 })
    }

    fn node(&mut self, folded: &str, hash: u64, node: Node) -> u32 {
        let number = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        let text = u32::try_from(self.texts.len()).unwrap_or(NONE);
        self.texts.push_str(folded);
        self.nodes.push(Node { text, ..node });
        self.by_text.insert(hash, number);
        number
    }

    fn piece(&mut self, part: &Part) -> u32 {
        let key = Key {
            text: part.text.clone(),
            native: part.native.clone(),
            prefix: part.prefix.clone(),
            role: part.role,
            weight: part.weight,
            aside: part.aside,
        };
        if let Some(&piece) = self.by_key.get(&key) {
            return piece;
        }
        let number = u32::try_from(self.pieces.len()).unwrap_or(NONE);
        let next = u32::try_from(self.words.len()).unwrap_or(NONE);
        let word = *self.by_word.entry((part.text.clone(), part.native.clone())).or_insert(next);
        if word == next {
            self.words.push(Word { piece: number });
        }
        let ready = Ready::new(part, Spelling::embedded(), self.kind == EntityKind::Person);
        let bones = skeleton(&part.sound).into();
        self.outlines.push(Outline {
            word,
            role: part.role,
            letter: part.text.chars().next().unwrap_or_default(),
            length: u16::try_from(part.text.len()).unwrap_or(u16::MAX),
            special: ready.roman.is_some() || ready.glued.is_some() || part.role == Role::Mononym,
        });
        self.pieces.push(Piece { part: part.clone(), ready, word, bones });
        self.by_key.insert(key, number);
        number
    }

    /// Forgets what only names that are still to come are looked up in.
    pub fn close(&mut self) {
        (self.by_key, self.by_word, self.by_text) = (HashMap::new(), HashMap::new(), HashMap::new());
        (self.plain, self.of_plain) = (PlainWords::new(), Vec::new());
    }

    /// Makes no part rarer than it is in the list: of so many nodes, the first.
    pub fn weigh_by_list(&mut self, listed: u32) {
        let mut counts = vec![0u32; self.pieces.len()];
        for node in 0..listed {
            for &piece in self.pieces_of(node) {
                counts[piece as usize] += 1;
            }
        }
        let mut of_words = vec![0u32; self.words.len()];
        for (piece, count) in self.pieces.iter().zip(&counts) {
            of_words[piece.word as usize] += count;
        }
        // What parts of one word say does not depend on which of them is asked.
        let mut rarities = vec![i32::MAX; self.words.len()];
        for piece in &self.pieces {
            let rarity = &mut rarities[piece.word as usize];
            *rarity = piece.ready.rarity.min(*rarity);
        }
        for (rarity, &count) in rarities.iter_mut().zip(&of_words).filter(|(_, count)| **count >= COMMON) {
            let bits = (f64::from(listed) / f64::from(count)).log2() * 1_000.0;
            #[expect(clippy::cast_possible_truncation, reason = "at most 32 bits")]
            let bits = (bits as i32 - SHARED_BY_CHANCE).max(LEAST_PART);
            *rarity = bits.min(*rarity);
        }
        for piece in self.pieces.iter_mut().filter(|piece| piece.part.role != Role::Initial) {
            piece.ready.rarity = rarities[piece.word as usize];
            piece.part.weight = rarities[piece.word as usize];
        }
    }

    /// The part that stands for a word.
    pub fn part(&self, word: u32) -> &Part {
        &self.pieces[self.words[word as usize].piece as usize].part
    }
}

/// What a name of the list is known by.
pub(super) fn key(surface: &str) -> String {
    fold(surface)
}
