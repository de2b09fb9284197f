//! The weights between Latin letters and those of one alphabet.
//!
//! Every letter may stand for nothing, which weighs 0 or less. What two pieces weigh is kept as their gain over leaving
//! out all letters of both: pieces without a gain are never needed, sums only grow along both words, and the most that
//! they can come to is known early.

use super::piece::{LATIN_LETTERS, LETTERS, Piece, Pieces};
use super::{ENDS, LONGEST, Spelled, UNKNOWN};

/// What a letter that stands for nothing weighs when no row says so: no letter of a learned table weighs less.
const NO_GAP: i32 = -10_000;
/// A gain that is brought by few letters of the other word: those that often stand for this one, and not any that takes
/// its place.
const CLEAR_GAIN: i32 = 1_500;
/// A pair of pieces that never stand for one another.
const NEVER: i32 = i32::MIN / 2;

#[derive(Debug, Default)]
pub(super) struct Channel {
    /// What every sum begins with.
    pub bias: i32,
    /// The gain of two letters: a row for each letter of the other alphabet, a column for each Latin one.
    gains: Vec<[u16; LATIN_LETTERS]>,
    /// What letters weigh that stand for nothing.
    latin_gaps: Vec<i32>,
    other_gaps: Vec<i32>,
    /// For each group of letters of the other alphabet, the Latin pieces that stand for it.
    other_groups: Vec<Partners>,
    /// For each group of Latin letters, the single letters of the other alphabet that stand for it.
    latin_groups: Vec<Partners>,
    /// What each letter and each group of the other alphabet can gain.
    letter_reach: Vec<Reach>,
    group_reach: Vec<Reach>,
}

/// The pieces that stand for a group of letters, with their gains.
#[derive(Debug, Default, Clone)]
pub(super) struct Partners {
    /// Bits of letters and groups, as [`Spelled::has_letters`] and [`Spelled::has_groups`].
    pub letters: u64,
    pub groups: u64,
    pub gains: Vec<(Piece, i32)>,
}

impl Partners {
    fn push(&mut self, partner: Piece, gain: i32) {
        *(if partner.is_group() { &mut self.groups } else { &mut self.letters }) |= partner.bit();
        self.gains.push((partner, gain));
    }
}

/// The most that a letter of a word can gain: `most`, and `least` beside a word that has none of `letters`.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    pub letters: u64,
    pub most: i32,
    pub least: i32,
}

impl Reach {
    /// Notes the gain of a piece with the letters of its partner.
    fn note(&mut self, gain: i32, partner: &[Piece]) {
        self.most = self.most.max(gain);
        if gain <= CLEAR_GAIN {
            self.least = self.least.max(gain);
            return;
        }
        // Without one of its letters there is no partner; consonants, which are rarer, come last in most groups.
        if partner.iter().all(|letter| self.letters & letter.bit() == 0) {
            self.letters |= partner.last().map_or(0, |letter| letter.bit());
        }
    }

    /// The same letter as a part of another piece.
    pub fn or(self, other: Self) -> Self {
        let (most, least) = (self.most.max(other.most), self.least.max(other.least));
        Self { letters: self.letters | other.letters, most, least }
    }
}

impl Channel {
    pub fn is_empty(&self) -> bool {
        self.gains.is_empty()
    }

    /// Takes the rows of the table: Latin piece, other piece, weight.
    pub fn fill(&mut self, rows: &[(Piece, Piece, i32)], latin: &Pieces, other: &Pieces) {
        let mut letters: Vec<[Option<i32>; LATIN_LETTERS]> = vec![[None; LATIN_LETTERS]; LETTERS];
        for &(x, y, weight) in rows.iter().filter(|(x, y, _)| !x.is_group() && !y.is_group()) {
            letters[y.letter()][x.letter()] = Some(weight);
        }
        let row = |x: Piece, y: Piece| letters[y.letter()][x.letter()];
        // What no row has is said by that of the unknown letter, but for the ends of a word.
        let unknown = (latin.get(UNKNOWN), other.get(UNKNOWN));
        self.latin_gaps = vec![NO_GAP; LATIN_LETTERS];
        self.other_gaps = vec![NO_GAP; LETTERS];
        for (x, _) in latin.letters() {
            let known = row(x, Piece::EMPTY).or_else(|| row(unknown.0?, Piece::EMPTY));
            self.latin_gaps[x.letter()] = known.unwrap_or(NO_GAP);
        }
        for (y, _) in other.letters() {
            let known = row(Piece::EMPTY, y).or_else(|| row(Piece::EMPTY, unknown.1?));
            self.other_gaps[y.letter()] = known.unwrap_or(NO_GAP);
        }
        let ends = ENDS.iter().filter_map(|end| latin.get(&end.to_string()).zip(other.get(&end.to_string())));
        for (x, y) in ends {
            // Low enough for a gain above 0: the ends of two words always stand for one another.
            let low = row(x, y).unwrap_or(0).min(0) / 2 - 1;
            (self.latin_gaps[x.letter()], self.other_gaps[y.letter()]) = (low, low);
        }
        self.gains = vec![[0; LATIN_LETTERS]; LETTERS];
        self.letter_reach = vec![Reach::default(); LETTERS];
        for (x, name) in latin.letters() {
            for (y, other_name) in other.letters() {
                let weight = match (name.contains(ENDS), other_name.contains(ENDS)) {
                    (false, false) => row(x, y).or_else(|| row(unknown.0?, unknown.1?)),
                    (true, true) if name == other_name => row(x, y).or(Some(0)),
                    _ => None,
                };
                let gain = weight.map_or(0, |weight| self.gain(&[x], &[y], weight)).max(0);
                self.gains[y.letter()][x.letter()] = u16::try_from(gain).unwrap_or(u16::MAX);
                self.letter_reach[y.letter()].note(gain, &[x]);
            }
        }
        for &(x, y, weight) in rows {
            let (x_letters, y_letters) = (latin.letters_of(x), other.letters_of(y));
            let gain = self.gain(&x_letters, &y_letters, weight);
            let (groups, group, partner) = match (x.group(), y.group()) {
                (_, Some(group)) => (&mut self.other_groups, group, x),
                (Some(group), None) => (&mut self.latin_groups, group, y),
                (None, None) => continue,
            };
            if gain <= 0 {
                continue;
            }
            if groups.len() <= group {
                groups.resize(group + 1, Partners::default());
            }
            groups[group].push(partner, gain);
            // A group's gain is shared out over its letters, rounded up.
            let share = gain / i32::try_from(y_letters.len()).unwrap_or(1) + 1;
            if let Some(group) = y.group() {
                if self.group_reach.len() <= group {
                    self.group_reach.resize(group + 1, Reach::default());
                }
                self.group_reach[group].note(share, &x_letters);
            } else {
                self.letter_reach[y.letter()].note(share, &x_letters);
            }
        }
    }

    /// What a weight is more than what the letters weigh when they stand for nothing.
    fn gain(&self, latin: &[Piece], other: &[Piece], weight: i32) -> i32 {
        let latin: i32 = latin.iter().map(|x| self.latin_gaps[x.letter()]).sum();
        let other: i32 = other.iter().map(|y| self.other_gaps[y.letter()]).sum();
        weight - latin - other
    }

    /// The gains of a letter of the other alphabet with each Latin one.
    pub fn row(&self, letter: u8) -> &[u16; LATIN_LETTERS] {
        &self.gains[usize::from(letter) % LETTERS]
    }

    /// What Latin letters weigh that stand for nothing.
    pub fn latin_gaps(&self, letters: &[u8]) -> i32 {
        letters.iter().map(|&letter| self.latin_gaps[usize::from(letter) % LATIN_LETTERS]).sum()
    }

    /// What letters of the other alphabet weigh that stand for nothing.
    pub fn other_gaps(&self, letters: &[u8]) -> i32 {
        letters.iter().map(|&letter| self.other_gaps[usize::from(letter) % LETTERS]).sum()
    }

    /// What each letter of a piece of the other alphabet can gain.
    pub fn reach(&self, piece: Piece) -> Reach {
        let found = match piece.group() {
            Some(group) => self.group_reach.get(group),
            None => self.letter_reach.get(piece.letter()),
        };
        found.copied().unwrap_or_default()
    }

    /// What stands for a group of letters of the other alphabet.
    pub fn of_other(&self, group: Piece) -> Option<&Partners> {
        self.other_groups.get(group.group()?)
    }

    /// The single letters of the other alphabet that stand for a group of Latin letters.
    pub fn of_latin(&self, group: Piece) -> Option<&Partners> {
        self.latin_groups.get(group.group()?)
    }

    /// The weight of two pieces, far below all others if they do not stand for one another or gain nothing by it.
    fn weight(&self, (latin, x): (&[u8], Piece), (other, y): (&[u8], Piece)) -> i32 {
        let found = |partners: Option<&Partners>, partner: Piece| {
            partners.and_then(|p| p.gains.iter().find(|(p, _)| *p == partner)).map_or(0, |(_, gain)| *gain)
        };
        let gain = match (x.is_group(), y.is_group()) {
            (false, false) if x.is_empty() || y.is_empty() => return self.latin_gaps(latin) + self.other_gaps(other),
            (false, false) => latin_gain(self.row(other[0]), latin[0]),
            (true, false) => found(self.of_latin(x), y),
            (_, true) => found(self.of_other(y), x),
        };
        if gain > 0 { gain + self.latin_gaps(latin) + self.other_gaps(other) } else { NEVER }
    }

    /// The pieces of the best way to cut two words, with their weights.
    pub fn align(&self, latin: &Spelled, other: &Spelled) -> Vec<(Piece, Piece, i32)> {
        let (n, m) = (latin.letters.len(), other.letters.len());
        let mut best = vec![vec![(NEVER, 0, 0); m + 1]; n + 1];
        best[0][0].0 = self.bias;
        let weigh = |i: usize, k: usize, j: usize, l: usize| {
            let (x, y) = (latin.piece(i, k)?, other.piece(j, l)?);
            let weight = self.weight((&latin.letters[i - k..i], x), (&other.letters[j - l..j], y));
            Some((x, y, weight))
        };
        for i in 0..=n {
            for j in 0..=m {
                for k in 0..=LONGEST.min(i) {
                    for l in 0..=LONGEST.min(j) {
                        if (k, l) == (0, 0) || (k == 0 && l > 1) || (l == 0 && k > 1) {
                            continue;
                        }
                        let Some((.., weight)) = weigh(i, k, j, l) else { continue };
                        let sum = best[i - k][j - l].0 + weight;
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
            let Some(step) = weigh(i, k, j, l).filter(|_| k + l > 0) else { break };
            out.push(step);
            (i, j) = (i - k, j - l);
        }
        out.reverse();
        out
    }
}

/// The gain of a Latin letter in the row of another letter.
pub(super) fn latin_gain(row: &[u16; LATIN_LETTERS], latin: u8) -> i32 {
    i32::from(row[usize::from(latin) % LATIN_LETTERS])
}
