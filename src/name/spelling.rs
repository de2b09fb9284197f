//! How likely two words are spellings of one: a weighted edit distance whose weights are learned.
//!
//! Two spellings are cut into pieces of up to three letters that stand for one another, `kh` for `خ`, `ou` for `u`,
//! `sch` for `sh`. Each pair of pieces has a weight, positive when it is met more often between spellings of one name
//! than between names that merely look alike; the evidence is the sum over the best way to cut. Letters that stand for
//! nothing (a silent h, a vowel that Arabic leaves out) are pieces against an empty one, and the ends of a word are
//! letters, so that a last `e` may cost less than one in the middle.
//!
//! The model is a joint multigram (Deligne and Bimbot, 1995) as an edit distance (Ristad and Yianilos, 1998), then
//! trained to tell pairs apart (McCallum, Bellare and Pereira, 2005). `examples/train_spelling` learns the weights.
//!
//! # Examples
//!
//! ```
//! use allonym::name::Alphabet;
//! use allonym::name::spelling::Spelling;
//!
//! let spelling = Spelling::embedded();
//! let latin = |word| spelling.spell(Alphabet::Latin, word);
//! assert!(spelling.weigh(&latin("omsen"), &latin("omsin")) > spelling.weigh(&latin("omsen"), &latin("omran")));
//! ```

use once_cell::sync::OnceCell;

use super::Part;
use super::letters::Alphabet;
use crate::error::Error;
use crate::tables::tsv::Tsv;

mod channel;
mod piece;
mod shortlist;

use channel::Channel;
use piece::{Piece, Pieces};
pub(crate) use shortlist::Shortlist;

/// Pieces have at most this many letters: `tsch` is met as `t` and `sch`.
const LONGEST: usize = 3;
/// Longer words are cut here before they are compared: no name part is as long, and time is quadratic.
const LONGEST_WORD: usize = 48;
/// The letters that stand for the ends of a word.
const ENDS: [char; 2] = ['^', '$'];
/// Weights, in 1/1000 log2 odds, are between this and as much below 0: three of them, as two letters and
/// what they weigh apart, make a gain, which has 16 bits. Larger ones of groups are cut.
const MOST_WEIGHT: i32 = 20_000;
/// The piece that stands for letters which the table does not have.
const UNKNOWN: &str = "?";

/// A word as the pieces that it can be cut into.
///
/// # Examples
///
/// ```
/// use allonym::name::Alphabet;
/// use allonym::name::spelling::Spelling;
///
/// let word = Spelling::embedded().spell(Alphabet::Cyrillic, "Омар");
/// assert_eq!((word.alphabet(), word.letters()), (Alphabet::Cyrillic, 4));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelled {
    alphabet: Alphabet,
    /// Its letters, with those that stand for its ends.
    letters: Box<[u8]>,
    /// What two or three of them are a piece of its channel, in the order in which they end.
    groups: Box<[Group]>,
    /// The same of a Latin word in any channel.
    wide: Box<[Group]>,
    /// The bits of its letters.
    has: u64,
}

/// Some letters of a word that are one piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Group {
    piece: Piece,
    /// Its number in the channel that it is weighed in.
    number: u16,
    start: u8,
    end: u8,
}

impl Spelled {
    /// The alphabet that the word is compared in.
    #[must_use]
    pub fn alphabet(&self) -> Alphabet {
        self.alphabet
    }

    /// How many letters it has.
    #[must_use]
    pub fn letters(&self) -> usize {
        // Without those that stand for its ends.
        self.letters.len().saturating_sub(ENDS.len())
    }

    /// The piece of `length` letters that ends before letter `end`.
    fn piece(&self, end: usize, length: usize) -> Option<Piece> {
        match length {
            0 => Some(Piece::EMPTY),
            1 => self.letters.get(end - 1).copied().map(Piece::of_letter),
            _ => {
                let spans = |g: &&Group| (usize::from(g.start), usize::from(g.end)) == (end - length, end);
                self.groups.iter().chain(&self.wide).find(spans).map(|g| g.piece)
            }
        }
    }
}

/// The learned weights.
///
/// # Examples
///
/// ```
/// use allonym::name::Alphabet;
/// use allonym::name::spelling::Spelling;
///
/// let spelling = Spelling::embedded();
/// let (a, b) = (spelling.spell(Alphabet::Latin, "smirnov"), spelling.spell(Alphabet::Cyrillic, "Смирнов"));
/// let weight = spelling.weigh(&a, &b);
/// assert!(weight.is_some_and(|weight| weight > 0));
/// // The pieces of the best way to cut both add up to it.
/// assert_eq!(Some(spelling.align(&a, &b).iter().map(|(_, _, weight)| weight).sum()), weight);
/// ```
#[derive(Debug)]
pub struct Spelling {
    /// Those of Latin letters first; `Latin` and `Romanized` have them in common.
    pieces: Vec<Pieces>,
    channels: Vec<Channel>,
}

static EMBEDDED: OnceCell<Spelling> = OnceCell::new();

impl Spelling {
    /// The weights that come with the crate, read once.
    pub fn embedded() -> &'static Self {
        EMBEDDED.get_or_init(|| {
            Self::from_tsv("spelling.tsv", include_str!("../../data/names/spelling.tsv")).unwrap_or_default()
        })
    }

    /// Reads weights: the columns `script` (an [`Alphabet`]'s code), `latin`, `other` and `weight` (1/1000 log2 odds).
    ///
    /// The row of a script with two empty pieces holds what every sum begins with; a piece `?` stands for a letter
    /// that no row has. A pair of single letters that has no row weighs what `?` against `?` does.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] for the first row that breaks a rule.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::name::spelling::Spelling;
    ///
    /// let mine = "script\tlatin\tother\tweight\nLatn\t\t\t-1000\nLatn\ta\ta\tmany\n";
    /// assert_eq!(Spelling::from_tsv("mine.tsv", mine).unwrap_err().to_string(), "mine.tsv:3: 'many' is no weight");
    /// ```
    pub fn from_tsv(file: &str, text: &str) -> Result<Self, Error> {
        let columns = ["script", "latin", "other", "weight"];
        let (table, header) = Tsv::with_columns(file, text, &columns, &columns)?;
        let mut spelling = Self::default();
        let mut rows: Vec<Vec<(Piece, Piece, i32)>> = vec![Vec::new(); Alphabet::ALL.len()];
        for row in table.rows(header) {
            let row = row?;
            let code = row.filled("script")?;
            let Some(alphabet) = Alphabet::ALL.iter().position(|a| a.code() == code) else {
                return Err(row.error(format!("unknown script '{code}'")));
            };
            let digits = row.get("weight");
            let weight: i32 = digits.parse().map_err(|_| row.error(format!("'{digits}' is no weight")))?;
            if weight.abs() > MOST_WEIGHT {
                return Err(row.error(format!("'{digits}' is not between -{MOST_WEIGHT} and {MOST_WEIGHT}")));
            }
            let (latin, other) = (row.get("latin"), row.get("other"));
            if [latin, other].iter().any(|piece| piece.chars().count() > LONGEST) {
                return Err(row.error(format!("a piece has more than {LONGEST} letters")));
            }
            if latin.is_empty() && other.is_empty() {
                spelling.channels[alphabet].bias = weight;
                continue;
            }
            // What bounds a sum from above counts on it.
            if (latin.is_empty() || other.is_empty()) && weight > 0 {
                return Err(row.error("a letter that stands for nothing must not weigh more than 0"));
            }
            let numbered = (spelling.pieces[0].number(latin), spelling.pieces[own_pieces(alphabet)].number(other));
            let (Some(latin), Some(other)) = numbered else {
                return Err(row.error("more letters or pieces than a script may have"));
            };
            if [(latin, other), (other, latin)].iter().any(|(x, y)| x.is_empty() && y.is_group()) {
                return Err(row.error("only single letters may stand for nothing"));
            }
            rows[alphabet].push((latin, other, weight));
        }
        for (alphabet, rows) in rows.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
            let across = alphabet != Alphabet::Latin as usize;
            let (latin, other) = (&spelling.pieces[0], &spelling.pieces[own_pieces(alphabet)]);
            spelling.channels[alphabet].fill(rows, latin, other, across);
        }
        Ok(spelling)
    }

    /// The pieces of an alphabet.
    fn pieces(&self, alphabet: Alphabet) -> &Pieces {
        &self.pieces[own_pieces(alphabet as usize)]
    }

    /// Prepares a word for comparison. Words of Latin letters must be folded.
    ///
    /// # Cost
    ///
    /// Linear; a few hundred nanoseconds for an ordinary word.
    #[must_use]
    pub fn spell(&self, alphabet: Alphabet, word: &str) -> Spelled {
        let mut chars = vec![ENDS[0]];
        alphabet.letters(word, &mut chars);
        chars.truncate(LONGEST_WORD);
        chars.push(ENDS[1]);
        let (table, channel) = (self.pieces(alphabet), &self.channels[alphabet as usize]);
        let text: String = chars.iter().collect();
        let mut bounds: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        bounds.push(text.len());
        let mut letters = Vec::with_capacity(chars.len());
        let (mut groups, mut wide) = (Vec::new(), Vec::new());
        for end in 1..=chars.len() {
            for length in 1..=LONGEST.min(end) {
                let start = end - length;
                let piece = table.get(&text[bounds[start]..bounds[end]]);
                if length == 1 {
                    letters.push(byte(piece.or_else(|| table.get(UNKNOWN)).unwrap_or_default().letter()));
                } else if let Some(piece) = piece {
                    let number = channel.number(piece);
                    let group = Group { piece, number, start: byte(start), end: byte(end) };
                    groups.extend(Some(group).filter(|_| number > 0));
                    wide.extend(Some(group).filter(|_| alphabet == Alphabet::Latin));
                }
            }
        }
        let has = letters.iter().map(|&letter| Piece::of_letter(letter).bit()).fold(0, |bits, bit| bits | bit);
        Spelled { alphabet, letters: letters.into(), groups: groups.into(), wide: wide.into(), has }
    }

    /// The channel of two words, if one of them is Latin, and whether the first is the Latin one.
    fn channel(&self, a: Alphabet, b: Alphabet) -> Option<(&Channel, bool)> {
        let of = |other: Alphabet| self.channels.get(other as usize).filter(|c| !c.is_empty());
        match (a, b) {
            (Alphabet::Latin, other) => Some((of(other)?, true)),
            (other, Alphabet::Latin) => Some((of(other)?, false)),
            _ => None,
        }
    }

    /// Lays words of Latin letters out to be searched, numbered in their order; nothing if words weigh more in one order
    /// than in the other.
    pub(crate) fn shortlist(&self, words: &[&Spelled]) -> Option<Shortlist> {
        let channel = self.channels.first().filter(|channel| channel.turns && !channel.is_empty())?;
        Some(Shortlist::new(channel, words))
    }

    /// The numbers of the words of a list that may weigh more than `least` beside a Latin word: all that do are among
    /// them.
    pub(crate) fn above(&self, list: &Shortlist, word: &Spelled, least: i32, found: impl FnMut(u32)) {
        if let Some(channel) = self.channels.first() {
            list.above(channel, word, least, found);
        }
    }

    /// The evidence that two words are spellings of one, in 1/1000 log2 odds; nothing when many of their letters have no
    /// counterpart, or when neither word is Latin.
    ///
    /// Symmetric.
    ///
    /// # Cost
    ///
    /// The product of the lengths, without allocation: some three nanoseconds for each pair of letters. Words with many
    /// letters that have no counterpart take a few for each letter.
    #[must_use]
    pub fn weigh(&self, a: &Spelled, b: &Spelled) -> Option<i32> {
        let (channel, in_order) = self.channel(a.alphabet, b.alphabet)?;
        let (latin, other) = if in_order { (a, b) } else { (b, a) };
        channel.weigh(latin, other)
    }

    /// No less than [`Spelling::weigh`] finds; nothing where it finds nothing.
    ///
    /// # Cost
    ///
    /// A few nanoseconds a letter.
    pub(crate) fn at_most(&self, a: &Spelled, b: &Spelled) -> Option<i32> {
        let (channel, in_order) = self.channel(a.alphabet, b.alphabet)?;
        let (latin, other) = if in_order { (a, b) } else { (b, a) };
        channel.at_most(latin, other)
    }

    /// The pieces of the best way to cut two words, each with its weight, after what every sum begins with; the weights
    /// add up to [`Spelling::weigh`], if that has any. Empty when neither word is Latin.
    #[must_use]
    pub fn align(&self, a: &Spelled, b: &Spelled) -> Vec<(&str, &str, i32)> {
        let Some((channel, in_order)) = self.channel(a.alphabet, b.alphabet) else { return Vec::new() };
        let (latin, other) = if in_order { (a, b) } else { (b, a) };
        let found = channel.align(latin, other).into_iter().map(|(x, y, weight)| {
            let (x, y) = (self.pieces(latin.alphabet).name(x), self.pieces(other.alphabet).name(y));
            if in_order { (x, y, weight) } else { (y, x, weight) }
        });
        std::iter::once(("", "", channel.bias)).chain(found).collect()
    }
}

impl Default for Spelling {
    /// No weights at all: no pair of words has evidence.
    fn default() -> Self {
        let pieces = Alphabet::ALL.iter().map(|a| Pieces::new(own_pieces(*a as usize) == 0)).collect();
        Self { pieces, channels: Alphabet::ALL.iter().map(|_| Channel::default()).collect() }
    }
}

/// The evidence that two parts of names are spellings of one, in 1/1000 log2 odds; nothing when they are far apart.
///
/// # Cost
///
/// A microsecond or two, most of it to prepare the words.
///
/// # Examples
///
/// ```
/// use allonym::name::{Name, spelling::odds};
/// use allonym::EntityKind;
///
/// let part = |name| Name::new(name, EntityKind::Person).parts[0].clone();
/// assert!(odds(&part("Omsen"), &part("Omsin")) > odds(&part("Omsen"), &part("Omran")));
/// assert!(odds(&part("Зеленский"), &part("Zelenskyy")) > Some(0));
/// ```
#[must_use]
pub fn odds(a: &Part, b: &Part) -> Option<i32> {
    let spelling = Spelling::embedded();
    let own = |part: &Part| part.native.as_ref().map(|(alphabet, word)| spelling.spell(*alphabet, word));
    let latin = |part: &Part| spelling.spell(Alphabet::Latin, &part.text);
    let (x, y) = match (own(a), own(b)) {
        (Some(x), None) => (x, latin(b)),
        (None, Some(y)) => (latin(a), y),
        _ => (latin(a), latin(b)),
    };
    spelling.weigh(&x, &y)
}

/// Where the pieces of a channel's other side are kept: those of romanized words are Latin.
fn own_pieces(alphabet: usize) -> usize {
    if alphabet == Alphabet::Romanized as usize { 0 } else { alphabet }
}

/// A number of letters; words are cut far below 256 of them.
fn byte(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_rows_name_file_line_and_reason() {
        let refused = |rows: &str| {
            let read = Spelling::from_tsv("x.tsv", &format!("script\tlatin\tother\tweight\n{rows}"));
            read.map_err(|error| error.to_string()).expect_err("a refused row")
        };
        let error = refused("Latn\ta\ta\t100\nXxxx\ta\ta\t100");
        assert!(error.contains("x.tsv") && error.contains('3') && error.contains("unknown script 'Xxxx'"), "{error}");
        assert!(refused("Latn\ta\ta\tmuch").contains("'much' is no weight"));
        assert!(refused("Latn\ta\ta\t30000").contains("not between"));
        assert!(refused("Latn\tabcd\ta\t1").contains("more than 3 letters"));
        assert!(refused("Latn\ta\t\t1").contains("must not weigh more than 0"));
        assert!(refused("Latn\tab\t\t-1").contains("only single letters"));
    }

    #[test]
    fn letters_of_no_row_weigh_what_the_unknown_letter_does() {
        let table = "script\tlatin\tother\tweight\nLatn\t\t\t-1000\nLatn\ta\ta\t2000\nLatn\tb\tb\t2000\nLatn\t?\t?\t-3000\nLatn\t?\t\t-1000\nLatn\t\t?\t-1000\nLatn\tsh\tq\t4000\nLatn\t^\t^\t0\nLatn\t$\t$\t0";
        let spelling = Spelling::from_tsv("x.tsv", table).expect("a table");
        let weigh =
            |a: &str, b: &str| spelling.weigh(&spelling.spell(Alphabet::Latin, a), &spelling.spell(Alphabet::Latin, b));
        assert_eq!(weigh("a", "a"), Some(1_000));
        // Left out, both, before they stand for one another.
        assert_eq!(weigh("axa", "aya"), Some(1_000));
        assert_eq!(weigh("bashab", "baqab"), Some(11_000));
        assert_eq!(weigh("a", "b"), None);
    }

    #[test]
    fn no_word_above_is_left_out_of_a_shortlist() {
        let spelling = Spelling::embedded();
        let words = "mohammed muhamad kadhafi qaddafi gaddafi tsch schtsch szczepan x a ab nguyen wroclaw khrushchev \
                     khrushchow aleksandrovich alexandrowitsch zelenskyy ouagadougou wagadugu 1234 bush bushbush bush \
                     abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
        let words: Vec<Spelled> = words.split_whitespace().map(|word| spelling.spell(Alphabet::Latin, word)).collect();
        let list = spelling.shortlist(&words.iter().collect::<Vec<_>>()).expect("the embedded weights are symmetric");
        for least in (-30_000..10_000).step_by(1_000) {
            for a in &words {
                let mut found = vec![false; words.len()];
                spelling.above(&list, a, least, |number| found[number as usize] = true);
                for (b, found) in words.iter().zip(found) {
                    assert!(found || spelling.weigh(a, b).is_none_or(|weight| weight <= least), "{a:?} {b:?} {least}");
                }
            }
        }
    }
}
