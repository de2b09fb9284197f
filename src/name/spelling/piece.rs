//! Letters and groups of letters by number.

use foldhash::HashMap;

use super::UNKNOWN;

/// Nothing, a letter or a group of letters, by its number in one alphabet.
///
/// Letters have the numbers from 1, groups those from [`GROUPS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Piece(u16);

/// Letters of an alphabet, the empty piece and the ends of a word among them: Hangul has 67 jamo.
pub(super) const LETTERS: usize = 128;
/// The same of Latin letters: they are folded.
pub(super) const LATIN_LETTERS: usize = 32;
/// The number of the first group.
const GROUPS: u16 = 128;

impl Piece {
    pub const EMPTY: Self = Self(0);

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn is_group(self) -> bool {
        self.0 >= GROUPS
    }

    /// The number of a letter, 0 for the empty piece.
    pub fn letter(self) -> usize {
        if self.is_group() { 0 } else { usize::from(self.0) }
    }

    /// The letter of a number.
    pub fn of_letter(letter: u8) -> Self {
        Self(u16::from(letter))
    }

    /// A letter's bit in a set; letters whose numbers differ by 64 have one bit.
    pub fn bit(self) -> u64 {
        1 << (self.0 % 64)
    }

    /// Where a group stands among the groups.
    pub fn group(self) -> Option<usize> {
        self.0.checked_sub(GROUPS).map(usize::from)
    }
}

/// The pieces of one alphabet.
#[derive(Debug)]
pub(super) struct Pieces {
    ids: HashMap<Box<str>, Piece>,
    letters: Vec<Box<str>>,
    groups: Vec<Box<str>>,
    most_letters: usize,
}

impl Pieces {
    pub fn new(is_latin: bool) -> Self {
        let most_letters = if is_latin { LATIN_LETTERS } else { LETTERS };
        Self { ids: HashMap::default(), letters: vec![Box::default()], groups: Vec::new(), most_letters }
    }

    /// The number of a piece; a new one is numbered next. Nothing if there is no number left.
    pub fn number(&mut self, piece: &str) -> Option<Piece> {
        if piece.is_empty() {
            return Some(Piece::EMPTY);
        }
        if let Some(&id) = self.ids.get(piece) {
            return Some(id);
        }
        let is_letter = piece.chars().nth(1).is_none();
        let (names, most, first) = if is_letter {
            (&mut self.letters, self.most_letters, 0)
        } else {
            (&mut self.groups, usize::from(u16::MAX - GROUPS), GROUPS)
        };
        let next = u16::try_from(names.len()).ok().filter(|n| usize::from(*n) < most)?;
        names.push(piece.into());
        let id = Piece(first + next);
        self.ids.insert(piece.into(), id);
        Some(id)
    }

    /// The number of a piece that has one.
    pub fn get(&self, piece: &str) -> Option<Piece> {
        self.ids.get(piece).copied()
    }

    /// The letters of a piece.
    pub fn name(&self, piece: Piece) -> &str {
        let name = match piece.group() {
            Some(group) => self.groups.get(group),
            None => self.letters.get(piece.letter()),
        };
        name.map_or("", |name| name)
    }

    /// The letters, without the empty piece.
    pub fn letters(&self) -> impl Iterator<Item = (Piece, &str)> {
        self.letters.iter().enumerate().skip(1).filter_map(|(i, name)| Some((Piece(u16::try_from(i).ok()?), &**name)))
    }

    /// The letters of a piece.
    pub fn letters_of(&self, piece: Piece) -> Vec<Piece> {
        if !piece.is_group() {
            return vec![piece];
        }
        let unknown = self.get(UNKNOWN).unwrap_or_default();
        let mut text = [0; 4];
        self.name(piece).chars().map(|c| self.get(c.encode_utf8(&mut text)).unwrap_or(unknown)).collect()
    }
}
