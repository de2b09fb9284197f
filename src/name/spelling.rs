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

use foldhash::HashMap;
use once_cell::sync::OnceCell;

use super::Part;
use super::letters::Alphabet;
use crate::error::Error;
use crate::tables::tsv::Tsv;

/// Pieces have at most this many letters: `tsch` is met as `t` and `sch`.
const LONGEST: usize = 3;
/// A pair of pieces that the table does not have. Far below every sum of weights, and far above overflow.
const NEVER: i16 = i16::MIN;
/// Longer words are cut here before they are compared: no name part is as long, and time is quadratic.
const LONGEST_WORD: usize = 48;
/// The letters that stand for the ends of a word.
const ENDS: [char; 2] = ['^', '$'];
/// The piece that stands for letters which the table does not have.
const UNKNOWN: &str = "?";

/// A word as the pieces that end at each of its letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelled {
    alphabet: Alphabet,
    /// For each letter, the pieces of one, two and three letters that end with it; 0 where the table has none.
    pieces: Box<[[u16; LONGEST]]>,
    /// The most that the letters from each on can add to a sum.
    rest: Box<[i32]>,
}

impl Spelled {
    /// The alphabet that the word is compared in.
    #[must_use]
    pub fn alphabet(&self) -> Alphabet {
        self.alphabet
    }
}

/// The pieces of one alphabet.
#[derive(Debug, Default)]
struct Pieces {
    ids: HashMap<Box<str>, u16>,
    names: Vec<Box<str>>,
    /// The most that any pair with the piece weighs, at least 0.
    most: Vec<i32>,
}

impl Pieces {
    /// The number of a piece; a new one is numbered next.
    fn number(&mut self, piece: &str) -> Option<u16> {
        if let Some(&id) = self.ids.get(piece) {
            return Some(id);
        }
        let id = u16::try_from(self.names.len()).ok()?;
        self.ids.insert(piece.into(), id);
        self.names.push(piece.into());
        self.most.push(0);
        Some(id)
    }
}

/// The weights between Latin letters and those of one alphabet.
#[derive(Debug, Default)]
struct Channel {
    /// A row for each Latin piece, a column for each of the other alphabet.
    weights: Vec<i16>,
    columns: usize,
    bias: i32,
}

/// The learned weights.
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
    pub fn from_tsv(file: &str, text: &str) -> Result<Self, Error> {
        let columns = ["script", "latin", "other", "weight"];
        let (table, header) = Tsv::with_columns(file, text, &columns, &columns)?;
        let mut rows: Vec<(usize, u16, u16, i16)> = Vec::new();
        let mut spelling = Self::default();
        for row in table.rows(header) {
            let row = row?;
            let code = row.filled("script")?;
            let Some(alphabet) = Alphabet::ALL.iter().position(|a| a.code() == code) else {
                return Err(row.error(format!("unknown script '{code}'")));
            };
            let digits = row.get("weight");
            let weight: i16 = digits.parse().map_err(|_| row.error(format!("'{digits}' is no weight")))?;
            let (latin, other) = (row.get("latin"), row.get("other"));
            if [latin, other].iter().any(|piece| piece.chars().count() > LONGEST) {
                return Err(row.error(format!("a piece has more than {LONGEST} letters")));
            }
            if latin.is_empty() && other.is_empty() {
                spelling.channels[alphabet].bias = i32::from(weight);
                continue;
            }
            let numbered = (spelling.pieces[0].number(latin), spelling.pieces[own_pieces(alphabet)].number(other));
            let (Some(latin), Some(other)) = numbered else {
                return Err(row.error("more than 65,535 pieces"));
            };
            // What bounds a sum from above counts on it.
            if (latin == 0 || other == 0) && weight > 0 {
                return Err(row.error("a letter that stands for nothing must not weigh more than 0"));
            }
            rows.push((alphabet, latin, other, weight));
        }
        spelling.fill(&rows);
        Ok(spelling)
    }

    /// Makes the tables of the rows.
    fn fill(&mut self, rows: &[(usize, u16, u16, i16)]) {
        for (alphabet, channel) in self.channels.iter_mut().enumerate() {
            let of_channel = || rows.iter().filter(move |r| r.0 == alphabet);
            // Numbers are given in the order of the rows, so those of other channels cost room only at the end.
            let height = of_channel().map(|r| usize::from(r.1) + 1).max().unwrap_or(0);
            channel.columns = self.pieces[own_pieces(alphabet)].names.len();
            channel.weights = vec![NEVER; height * channel.columns];
            let unknown = |pieces: &Pieces| pieces.ids.get(UNKNOWN).map(|&id| usize::from(id));
            let (latin, other) = (&self.pieces[0], &self.pieces[own_pieces(alphabet)]);
            for &(_, x, y, weight) in of_channel() {
                channel.weights[usize::from(x) * channel.columns + usize::from(y)] = weight;
            }
            // What no row has: a single letter against another, or against nothing.
            let (Some(x), Some(y)) = (unknown(latin), unknown(other)) else { continue };
            let at = |x: usize, y: usize| channel.weights.get(x * channel.columns + y).copied().unwrap_or(NEVER);
            let (both, left, right) = (at(x, y), at(x, 0), at(0, y));
            let letters = |pieces: &Pieces, most: usize| -> Vec<usize> {
                let is_letter = |name: &str| name.chars().nth(1).is_none() && !name.is_empty() && !name.contains(ENDS);
                (0..pieces.names.len().min(most)).filter(|&i| is_letter(&pieces.names[i])).collect()
            };
            let (rows, columns) = (letters(latin, height), letters(other, usize::MAX));
            let pairs = rows.iter().flat_map(|&i| columns.iter().map(move |&j| (i, j, both)));
            let lone = rows.iter().map(|&i| (i, 0, left)).chain(columns.iter().map(|&j| (0, j, right)));
            for (i, j, weight) in pairs.chain(lone) {
                let slot = &mut channel.weights[i * channel.columns + j];
                if *slot == NEVER {
                    *slot = weight;
                }
            }
        }
        for &(alphabet, x, y, weight) in rows {
            for (pieces, id) in [(0, x), (own_pieces(alphabet), y)] {
                let most = &mut self.pieces[pieces].most[usize::from(id)];
                *most = (*most).max(i32::from(weight));
            }
        }
    }

    /// Prepares a word for comparison. Words of Latin letters must be folded.
    ///
    /// # Cost
    ///
    /// Linear; a few hundred nanoseconds for an ordinary word.
    #[must_use]
    pub fn spell(&self, alphabet: Alphabet, word: &str) -> Spelled {
        let mut letters = vec![ENDS[0]];
        alphabet.letters(word, &mut letters);
        letters.truncate(LONGEST_WORD);
        letters.push(ENDS[1]);
        let table = &self.pieces[if alphabet == Alphabet::Romanized { 0 } else { alphabet as usize }];
        let unknown = table.ids.get(UNKNOWN).copied().unwrap_or(0);
        let text: String = letters.iter().collect();
        let ends: Vec<usize> = text.char_indices().map(|(i, c)| i + c.len_utf8()).collect();
        let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        let mut pieces = vec![[0; LONGEST]; letters.len()];
        let mut gain = vec![0; letters.len() + 1];
        for (i, slots) in pieces.iter_mut().enumerate() {
            for (n, slot) in slots.iter_mut().enumerate().take(i + 1) {
                *slot = table.ids.get(&text[starts[i - n]..ends[i]]).copied().unwrap_or(0);
            }
            if slots[0] == 0 {
                slots[0] = unknown;
            }
            for (n, &id) in slots.iter().enumerate().filter(|(_, id)| **id > 0) {
                // A piece's weight is shared out over its letters, rounded up.
                let share = table.most[usize::from(id)] / (i32::try_from(n).unwrap_or(0) + 1) + 1;
                for best in &mut gain[i - n..=i] {
                    *best = share.max(*best);
                }
            }
        }
        for i in (0..letters.len()).rev() {
            gain[i] += gain[i + 1];
        }
        Spelled { alphabet, pieces: pieces.into(), rest: gain.into() }
    }

    /// The channel of two alphabets, if one of them is Latin, and whether the first is the Latin one.
    fn channel(&self, a: Alphabet, b: Alphabet) -> Option<(&Channel, bool)> {
        let of = |other: Alphabet| self.channels.get(other as usize).filter(|c| !c.weights.is_empty());
        match (a, b) {
            (Alphabet::Latin, other) => Some((of(other)?, true)),
            (other, Alphabet::Latin) => Some((of(other)?, false)),
            _ => None,
        }
    }

    /// The evidence that two words are spellings of one, in 1/1000 log2 odds; nothing when it is below `floor`, or when
    /// neither word is Latin.
    ///
    /// Symmetric.
    ///
    /// # Cost
    ///
    /// The product of the lengths, without allocation; words that are far apart are left early.
    #[must_use]
    pub fn weigh(&self, a: &Spelled, b: &Spelled, floor: i32) -> Option<i32> {
        let (channel, in_order) = self.channel(a.alphabet, b.alphabet)?;
        let (a, b) = if in_order { (a, b) } else { (b, a) };
        channel.weigh(a, b, floor)
    }

    /// The pieces of the best way to cut two words, each with its weight, after what every sum begins with; the weights
    /// add up to [`Spelling::weigh`]. Empty when neither word is Latin.
    #[must_use]
    pub fn align(&self, a: &Spelled, b: &Spelled) -> Vec<(&str, &str, i32)> {
        let Some((channel, in_order)) = self.channel(a.alphabet, b.alphabet) else { return Vec::new() };
        let (left, right) = if in_order { (a, b) } else { (b, a) };
        let name = |s: &Spelled, id: u16| -> &str {
            let table = &self.pieces[if s.alphabet == Alphabet::Romanized { 0 } else { s.alphabet as usize }];
            table.names.get(usize::from(id)).map_or("", |n| n)
        };
        let found = channel.align(left, right).into_iter().map(|(x, y, weight)| {
            let (x, y) = (name(left, x), name(right, y));
            if in_order { (x, y, weight) } else { (y, x, weight) }
        });
        std::iter::once(("", "", channel.bias)).chain(found).collect()
    }
}

impl Default for Spelling {
    /// No weights at all: no pair of words has evidence.
    fn default() -> Self {
        let mut pieces: Vec<Pieces> = Alphabet::ALL.iter().map(|_| Pieces::default()).collect();
        for pieces in &mut pieces {
            pieces.number("");
        }
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
    spelling.weigh(&x, &y, FAR_APART)
}

/// Words of fewer odds, in 1/1000 log2, are no spellings of one name.
const FAR_APART: i32 = -20_000;

/// Where the pieces of a channel's other side are kept: those of romanized words are Latin.
fn own_pieces(alphabet: usize) -> usize {
    if alphabet == Alphabet::Romanized as usize { 0 } else { alphabet }
}

impl Channel {
    fn at(&self, x: u16, y: u16) -> i32 {
        let weight = self.weights.get(usize::from(x) * self.columns + usize::from(y));
        i32::from(weight.copied().unwrap_or(NEVER))
    }

    /// The weights of a Latin piece against every other.
    fn row(&self, x: u16) -> &[i16] {
        let start = usize::from(x) * self.columns;
        self.weights.get(start..start + self.columns).unwrap_or_default()
    }

    fn weigh(&self, a: &Spelled, b: &Spelled, floor: i32) -> Option<i32> {
        let m = b.pieces.len();
        let weight = |row: &[i16], y: u16| i32::from(row.get(usize::from(y)).copied().unwrap_or(NEVER));
        let gaps = self.row(0);
        // Rows of sums, of which a piece reaches back three; a letter that stands for nothing reaches to the left.
        let mut rows = [[i32::MIN / 2; LONGEST_WORD + 3]; LONGEST + 1];
        rows[0][0] = self.bias;
        for (j, counterparts) in b.pieces.iter().enumerate() {
            rows[0][j + 1] = rows[0][j] + weight(gaps, counterparts[0]);
        }
        // The best sums of the last rows, each with the most that what follows can add.
        let mut reach = [i32::MIN / 2; LONGEST];
        reach[0] = self.bias + a.rest[0];
        for (i, ends) in a.pieces.iter().enumerate() {
            let mut here = [i32::MIN / 2; LONGEST_WORD + 3];
            let own = [self.row(ends[0]), self.row(ends[1]), self.row(ends[2])];
            let above = &rows[i % (LONGEST + 1)];
            let gap = weight(own[0], 0);
            for j in 0..=m {
                here[j] = above[j] + gap;
            }
            for (k, row) in own.iter().enumerate().take(i + 1).filter(|(k, _)| ends[*k] != 0) {
                let from = &rows[(i - k) % (LONGEST + 1)];
                for (j, counterparts) in b.pieces.iter().enumerate() {
                    let mut best = from[j] + weight(row, counterparts[0]);
                    if counterparts[1] != 0 {
                        best = best.max(from[j - 1] + weight(row, counterparts[1]));
                    }
                    if counterparts[2] != 0 {
                        best = best.max(from[j - 2] + weight(row, counterparts[2]));
                    }
                    here[j + 1] = here[j + 1].max(best);
                }
            }
            let mut most = here[0];
            for (j, counterparts) in b.pieces.iter().enumerate() {
                here[j + 1] = here[j + 1].max(here[j] + weight(gaps, counterparts[0]));
                most = most.max(here[j + 1]);
            }
            rows[(i + 1) % (LONGEST + 1)] = here;
            // The next piece begins in one of the last rows.
            reach[(i + 1) % LONGEST] = most + a.rest[i + 1];
            if reach.iter().all(|&most| most < floor) {
                return None;
            }
        }
        Some(rows[a.pieces.len() % (LONGEST + 1)][m]).filter(|sum| *sum >= floor)
    }

    fn align(&self, a: &Spelled, b: &Spelled) -> Vec<(u16, u16, i32)> {
        let (n, m) = (a.pieces.len(), b.pieces.len());
        let mut best = vec![vec![(i32::MIN / 2, 0, 0); m + 1]; n + 1];
        best[0][0].0 = self.bias;
        for i in 0..=n {
            for j in 0..=m {
                for k in 0..=LONGEST.min(i) {
                    for l in 0..=LONGEST.min(j) {
                        if (k, l) == (0, 0) || (k == 0 && l > 1) || (l == 0 && k > 1) {
                            continue;
                        }
                        let (x, y) = (piece(a, i, k), piece(b, j, l));
                        if (k > 0 && x == 0) || (l > 0 && y == 0) {
                            continue;
                        }
                        let sum = best[i - k][j - l].0 + self.at(x, y);
                        if sum > best[i][j].0 {
                            best[i][j] = (sum, k, l);
                        }
                    }
                }
            }
        }
        let (mut i, mut j) = (n, m);
        let mut out = Vec::new();
        while (i, j) != (0, 0) {
            let (_, k, l) = best[i][j];
            if (k, l) == (0, 0) {
                break;
            }
            let (x, y) = (piece(a, i, k), piece(b, j, l));
            out.push((x, y, self.at(x, y)));
            (i, j) = (i - k, j - l);
        }
        out.reverse();
        out
    }
}

/// The piece of `length` letters that ends before letter `end`.
fn piece(word: &Spelled, end: usize, length: usize) -> u16 {
    if length == 0 { 0 } else { word.pieces[end - 1][length - 1] }
}
