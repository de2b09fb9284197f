//! The weights between Latin letters and those of one alphabet, and the best way to cut two words into pieces.
//!
//! Every letter may stand for nothing, which weighs 0 or less. What two pieces weigh is kept as their gain over leaving
//! out all letters of both. Pieces without a gain are then never needed, sums only grow along both words, and the tables
//! can be full ones of small numbers: looking up a gain of 0 is faster than asking whether there is one.

use std::hint::select_unpredictable;

use super::piece::{LATIN_LETTERS, LETTERS, Piece, Pieces};
use super::{ENDS, Group, LONGEST, LONGEST_WORD, MOST_WEIGHT, Spelled, UNKNOWN};

/// What a letter that stands for nothing weighs when no row says so: no letter of a learned table weighs less.
const NO_GAP: i32 = -10_000;
/// Letters are alike when they weigh at most this much less than the best pair with either of them.
const NEARLY_BEST: i32 = 1_000;
/// Letters of groups that weigh more than this are alike too.
const GROUPS_ALIKE: i32 = 1_000;
/// Words are far apart when letters without one that is alike weigh more than one part in so many of all letters. Of
/// parts of people's names that are compared and are no spellings of one, that leaves out two thirds; of spellings of
/// one name, none in a thousand.
const MOST_WITHOUT: i32 = 3;
/// A pair of pieces that never stand for one another.
const NEVER: i32 = i32::MIN / 2;
/// Letters of most words, with those that stand for its ends: room for more costs time.
const USUAL_WORD: usize = 15;

#[derive(Debug, Default)]
pub(super) struct Channel {
    /// What every sum begins with.
    pub bias: i32,
    /// What is known of each single letter.
    latin: Vec<Letter>,
    other: Vec<Letter>,
    /// The numbers that groups of letters have in the tables below; 0 for those that have no gain.
    latin_groups: Numbers,
    other_groups: Numbers,
    /// The gains of letters: a row for each letter of the other alphabet, a column for each Latin one.
    letters: Vec<[u16; LATIN_LETTERS]>,
    /// A row for each group of the other alphabet, a column for each Latin letter.
    groups: Vec<[u16; LATIN_LETTERS]>,
    /// A row for each letter of the other alphabet, a column for each Latin group.
    letters_by_group: Vec<Vec<u16>>,
    /// A row for each group of the other alphabet, a column for each Latin group.
    groups_by_group: Vec<Vec<u16>>,
    /// What each group of Latin letters weighs at most, by its number.
    most_of_groups: Vec<i32>,
    /// Whether Latin words weigh the same in both orders.
    pub turns: bool,
}

/// What is known of a letter by itself.
#[derive(Debug, Clone, Copy)]
struct Letter {
    /// What it weighs when it stands for nothing: 0 or less.
    gap: i32,
    /// The letters on the other side that it may well stand for, as [`Spelled::has`].
    like: u64,
    /// What it weighs at most, whatever it stands for.
    most: i32,
}

impl Default for Letter {
    fn default() -> Self {
        Self { gap: NO_GAP, like: 0, most: NO_GAP }
    }
}

/// The numbers of groups in the tables of a channel, from 1.
#[derive(Debug, Default, Clone)]
struct Numbers {
    of_group: Vec<u16>,
    count: usize,
}

impl Numbers {
    fn add(&mut self, piece: Piece) {
        let Some(group) = piece.group() else { return };
        if self.of_group.len() <= group {
            self.of_group.resize(group + 1, 0);
        }
        if self.of_group[group] == 0 {
            self.count += 1;
            self.of_group[group] = u16::try_from(self.count).unwrap_or(0);
        }
    }

    /// The number of a group; 0 if it has none.
    fn get(&self, piece: Piece) -> u16 {
        piece.group().and_then(|group| self.of_group.get(group)).copied().unwrap_or(0)
    }
}

/// A gain as the tables have it.
fn small(gain: i32) -> u16 {
    u16::try_from(gain.max(0)).unwrap_or(u16::MAX)
}

impl Channel {
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// Takes the rows of the table: Latin piece, other piece, weight. Words are compared across scripts, or Latin ones
    /// with each other.
    pub fn fill(&mut self, rows: &[(Piece, Piece, i32)], latin: &Pieces, other: &Pieces, across: bool) {
        self.fill_letters(rows, latin, other);
        let (mut latin_groups, mut other_groups) = (Numbers::default(), Numbers::default());
        for (x, y, _) in rows {
            latin_groups.add(*x);
            other_groups.add(*y);
        }
        if !across {
            // A word's groups have one number on whichever side the word stands.
            for (x, ..) in rows {
                other_groups.add(*x);
            }
            latin_groups = other_groups.clone();
        }
        self.fill_alike(rows, latin, other, across);
        let (width, height) = (latin_groups.count + 1, other_groups.count + 1);
        (self.latin_groups, self.other_groups) = (latin_groups, other_groups);
        self.groups = vec![[0; LATIN_LETTERS]; height];
        self.letters_by_group = vec![vec![0; width]; LETTERS];
        self.groups_by_group = vec![vec![0; width]; height];
        for &(x, y, weight) in rows.iter().filter(|(x, y, _)| x.is_group() || y.is_group()) {
            let gain = small(self.gain(&latin.letters_of(x), &other.letters_of(y), weight));
            let (column, row) = (usize::from(self.latin_groups.get(x)), usize::from(self.other_groups.get(y)));
            match (x.is_group(), y.is_group()) {
                (true, true) => self.groups_by_group[row][column] = gain,
                (true, false) => self.letters_by_group[y.letter()][column] = gain,
                _ => self.groups[row][x.letter()] = gain,
            }
        }
        self.fill_most(rows);
        self.turns = !across && self.is_symmetric();
    }

    /// Notes what Latin letters and groups of them weigh at most.
    fn fill_most(&mut self, rows: &[(Piece, Piece, i32)]) {
        for (x, letter) in self.latin.iter_mut().enumerate() {
            let weights = self.letters.iter().zip(&self.other).filter(|(row, _)| row[x] > 0);
            let most = weights.map(|(row, other)| i32::from(row[x]) + letter.gap + other.gap).max();
            letter.most = most.unwrap_or(letter.gap).max(letter.gap);
        }
        self.most_of_groups = vec![NEVER; self.latin_groups.count + 1];
        for &(x, _, weight) in rows.iter().filter(|(x, y, _)| x.is_group() || y.is_group()) {
            let most = match x.group() {
                Some(_) => &mut self.most_of_groups[usize::from(self.latin_groups.get(x))],
                None => &mut self.latin[x.letter()].most,
            };
            *most = weight.max(*most);
        }
    }

    /// Whether a channel of Latin words weighs them the same in both orders.
    fn is_symmetric(&self) -> bool {
        let letters = |x: usize| {
            self.latin[x].gap == self.other[x].gap
                && (0..LATIN_LETTERS).all(|y| self.letters[y][x] == self.letters[x][y])
                && (0..self.groups.len()).all(|group| self.groups[group][x] == self.letters_by_group[x][group])
        };
        let groups =
            |x: usize| (0..self.groups.len()).all(|y| self.groups_by_group[y][x] == self.groups_by_group[x][y]);
        (0..LATIN_LETTERS).all(letters) && (0..self.groups.len()).all(groups)
    }

    /// What a letter of the other alphabet weighs when it stands for nothing.
    pub fn other_gap(&self, letter: u8) -> i32 {
        self.other[usize::from(letter) % LETTERS].gap
    }

    /// What Latin letters weigh when all of them stand for nothing.
    pub fn latin_gaps(&self, letters: &[u8]) -> i32 {
        letters.iter().map(|x| self.latin[usize::from(*x) % LATIN_LETTERS].gap).sum()
    }

    /// The most that is still to come once so many letters of a Latin word have been cut, whatever the letters of the
    /// other word: what its pieces gain, less what the other word's letters in them weigh when they stand for nothing.
    pub fn ahead<const N: usize>(&self, columns: &[u8], spans: &[Group]) -> [i32; N] {
        let mut ahead = [NEVER; N];
        ahead[columns.len()] = 0;
        let mut spans = spans.iter().rev().peekable();
        for end in (1..=columns.len()).rev() {
            let here = ahead[end];
            let letter = &self.latin[usize::from(columns[end - 1]) % LATIN_LETTERS];
            ahead[end - 1] = ahead[end - 1].max(here + letter.most - letter.gap);
            while let Some(group) = spans.next_if(|group| usize::from(group.end) >= end) {
                let start = usize::from(group.start);
                if usize::from(group.end) == end && start < end {
                    let most = self.most_of_groups.get(usize::from(group.number)).copied().unwrap_or(NEVER);
                    ahead[start] = ahead[start].max(here + most - self.latin_gaps(&columns[start..end]));
                }
            }
        }
        ahead
    }

    /// The gains of a row, from those of the three rows before, the last first: for a letter of the other word and the
    /// groups of two and three letters that end with it.
    pub fn row<const N: usize>(
        &self,
        here: &mut [i32; N],
        [one, two, three]: [&[i32; N]; LONGEST],
        columns: &[u8],
        spans: &[Group],
        letter: u8,
        groups: [u16; LONGEST - 1],
    ) {
        let row = &self.letters[usize::from(letter) % LETTERS];
        for (j, column) in columns.iter().enumerate() {
            here[j + 1] = larger(one[j] + gain(row, *column), one[j + 1]);
        }
        raise(here, one, spans, &self.letters_by_group[usize::from(letter) % LETTERS]);
        for (number, from) in groups.into_iter().zip([two, three]).filter(|(number, _)| *number > 0) {
            let row = &self.groups[usize::from(number)];
            for (j, column) in columns.iter().enumerate() {
                here[j + 1] = larger(from[j] + gain(row, *column), here[j + 1]);
            }
            raise(here, from, spans, &self.groups_by_group[usize::from(number)]);
        }
        let mut left = 0;
        for cell in &mut here[1..=columns.len()] {
            left = larger(*cell, left);
            *cell = left;
        }
    }

    fn fill_letters(&mut self, rows: &[(Piece, Piece, i32)], latin: &Pieces, other: &Pieces) {
        let mut weights: Vec<[Option<i32>; LATIN_LETTERS]> = vec![[None; LATIN_LETTERS]; LETTERS];
        for &(x, y, weight) in rows.iter().filter(|(x, y, _)| !x.is_group() && !y.is_group()) {
            weights[y.letter()][x.letter()] = Some(weight);
        }
        let row = |x: Piece, y: Piece| weights[y.letter()][x.letter()];
        // What no row has is said by that of the unknown letter, but for the ends of a word.
        let unknown = (latin.get(UNKNOWN), other.get(UNKNOWN));
        self.latin = vec![Letter::default(); LATIN_LETTERS];
        self.other = vec![Letter::default(); LETTERS];
        for (x, _) in latin.letters() {
            let known = row(x, Piece::EMPTY).or_else(|| row(unknown.0?, Piece::EMPTY));
            self.latin[x.letter()].gap = known.unwrap_or(NO_GAP).min(0);
        }
        for (y, _) in other.letters() {
            let known = row(Piece::EMPTY, y).or_else(|| row(Piece::EMPTY, unknown.1?));
            self.other[y.letter()].gap = known.unwrap_or(NO_GAP).min(0);
        }
        let ends = ENDS.iter().filter_map(|end| latin.get(&end.to_string()).zip(other.get(&end.to_string())));
        for (x, y) in ends {
            // Low enough for a gain above 0: the ends of two words always stand for one another.
            let low = row(x, y).unwrap_or(0).min(0) / 2 - 1;
            (self.latin[x.letter()].gap, self.other[y.letter()].gap) = (low, low);
        }
        self.letters = vec![[0; LATIN_LETTERS]; LETTERS];
        for (x, name) in latin.letters() {
            for (y, other_name) in other.letters() {
                let weight = match (name.contains(ENDS), other_name.contains(ENDS)) {
                    (false, false) => row(x, y).or_else(|| row(unknown.0?, unknown.1?)),
                    (true, true) if name == other_name => row(x, y).or(Some(0)),
                    _ => None,
                };
                let gain = weight.map_or(0, |weight| self.gain(&[x], &[y], weight));
                self.letters[y.letter()][x.letter()] = small(gain);
            }
        }
    }

    /// Notes which letters are alike.
    fn fill_alike(&mut self, rows: &[(Piece, Piece, i32)], latin: &Pieces, other: &Pieces, across: bool) {
        let letters = |piece: Piece, pieces: &Pieces| -> Vec<Piece> {
            let mut letters = pieces.letters_of(piece);
            letters.retain(|letter| piece == *letter || !pieces.name(*letter).contains(ENDS));
            letters
        };
        let bits = |letters: &[Piece]| letters.iter().map(|letter| letter.bit()).fold(0, |bits, bit| bits | bit);
        let (single, groups): (Vec<_>, Vec<_>) = rows
            .iter()
            .filter(|(x, y, _)| !x.is_empty() && !y.is_empty())
            .partition(|(x, y, _)| !x.is_group() && !y.is_group());
        let (mut best_latin, mut best_other) = ([i32::MIN; LATIN_LETTERS], [i32::MIN; LETTERS]);
        for &(x, y, weight) in &single {
            best_latin[x.letter()] = weight.max(best_latin[x.letter()]);
            best_other[y.letter()] = weight.max(best_other[y.letter()]);
        }
        for &(x, y, weight) in &single {
            if weight + NEARLY_BEST >= best_latin[x.letter()].min(best_other[y.letter()]) {
                self.latin[x.letter()].like |= y.bit();
                self.other[y.letter()].like |= x.bit();
            }
        }
        // Across scripts a letter is often written with several.
        for (x, y, _) in groups.iter().filter(|(.., weight)| across && *weight > GROUPS_ALIKE) {
            let (xs, ys) = (letters(*x, latin), letters(*y, other));
            for (own, letters, partner) in [(&mut self.latin, &xs, bits(&ys)), (&mut self.other, &ys, bits(&xs))] {
                for letter in letters {
                    let like = &mut own[letter.letter()].like;
                    *like |= if *like & partner == 0 { partner } else { 0 };
                }
            }
        }
    }

    /// What a weight is more than what the letters weigh when they stand for nothing.
    fn gain(&self, latin: &[Piece], other: &[Piece], weight: i32) -> i32 {
        let latin: i32 = latin.iter().map(|x| self.latin[x.letter()].gap).sum();
        let other: i32 = other.iter().map(|y| self.other[y.letter()].gap).sum();
        weight - latin - other
    }

    /// The number of a group of the other alphabet in the tables; 0 if it has no gain.
    pub fn number(&self, piece: Piece) -> u16 {
        self.other_groups.get(piece)
    }

    /// What the letters of two words weigh when all of them stand for nothing; nothing if so many have no counterpart in
    /// the other word that the words are no spellings of one.
    fn gaps(&self, latin: &Spelled, other: &Spelled) -> Option<i32> {
        let (mut all, mut without) = (0, 0);
        for &x in &latin.letters {
            let letter = &self.latin[usize::from(x) % LATIN_LETTERS];
            all += letter.gap;
            without += if letter.like & other.has == 0 { letter.gap } else { 0 };
        }
        for &y in &other.letters {
            let letter = &self.other[usize::from(y) % LETTERS];
            all += letter.gap;
            without += if letter.like & latin.has == 0 { letter.gap } else { 0 };
        }
        (without * MOST_WITHOUT >= all).then_some(all)
    }

    /// No less than the sum over the best way to cut two words; nothing for words that are far apart.
    pub fn at_most(&self, latin: &Spelled, other: &Spelled) -> Option<i32> {
        let _ = self.gaps(latin, other)?;
        Some(MOST_WEIGHT * 50)
    }

    /// The sum over the best way to cut two words; nothing for words that are far apart.
    pub fn weigh(&self, latin: &Spelled, other: &Spelled) -> Option<i32> {
        let gaps = self.gaps(latin, other)?;
        // Groups of Latin letters have numbers in their own channel; in another they have others, or none.
        let mut spans = [Group::default(); 2 * LONGEST_WORD + 4];
        let spans = if latin.alphabet == other.alphabet {
            &latin.groups[..]
        } else {
            let mut count = 0;
            for group in &latin.wide {
                let number = self.latin_groups.get(group.piece);
                if number > 0 {
                    spans[count] = Group { number, ..*group };
                    count += 1;
                }
            }
            &spans[..count]
        };
        let gain = if latin.letters.len() <= USUAL_WORD {
            self.most_gain::<{ USUAL_WORD + 1 }>(latin, spans, other)
        } else {
            self.most_gain::<{ LONGEST_WORD + 3 }>(latin, spans, other)
        };
        Some(self.bias + gaps + gain)
    }

    /// The gain of the best way for Latin words of fewer than `N` letters, with the groups that begin and end in them.
    fn most_gain<const N: usize>(&self, latin: &Spelled, spans: &[Group], other: &Spelled) -> i32 {
        let columns = &latin.letters[..latin.letters.len().min(N - 1)];
        let last = columns.len();
        // The gains of the first letters of both words: a row for each number of letters of the other word. They grow
        // along each row and from row to row. A piece reaches back three rows.
        let (mut here, mut one, mut two, mut three) = ([0; N], [0; N], [0; N], [0; N]);
        let (mut here, mut one, mut two, mut three) = (&mut here, &mut one, &mut two, &mut three);
        let mut groups = other.groups.iter().peekable();
        for (i, &letter) in other.letters.iter().enumerate() {
            let row = &self.letters[usize::from(letter) % LETTERS];
            for j in 0..last {
                here[j + 1] = larger(one[j] + gain(row, columns[j]), one[j + 1]);
            }
            let by_group = &self.letters_by_group[usize::from(letter) % LETTERS];
            raise(here, one, spans, by_group);
            while let Some(group) = groups.next_if(|group| usize::from(group.end) == i + 1) {
                let from = if group.end - group.start == 2 { &*two } else { &*three };
                let number = usize::from(group.number);
                let row = &self.groups[number];
                for j in 0..last {
                    here[j + 1] = larger(from[j] + gain(row, columns[j]), here[j + 1]);
                }
                raise(here, from, spans, &self.groups_by_group[number]);
            }
            let mut left = 0;
            for cell in &mut here[1..=last] {
                left = larger(*cell, left);
                *cell = left;
            }
            (here, one, two, three) = (three, here, one, two);
        }
        one[last]
    }

    /// The weight of two pieces, far below all others if they do not stand for one another or gain nothing by it.
    fn weight(&self, (latin, x): (&[u8], Piece), (other, y): (&[u8], Piece)) -> i32 {
        let gaps: i32 = latin.iter().map(|&x| self.latin[usize::from(x) % LATIN_LETTERS].gap).sum();
        let gaps = other.iter().map(|&y| self.other[usize::from(y) % LETTERS].gap).sum::<i32>() + gaps;
        let (column, row) = (usize::from(self.latin_groups.get(x)), usize::from(self.other_groups.get(y)));
        let gain = match (x.is_group(), y.is_group()) {
            (false, false) if x.is_empty() || y.is_empty() => return gaps,
            (false, false) => self.letters[y.letter()][x.letter()],
            (true, false) => self.letters_by_group[y.letter()][column],
            (false, true) => self.groups[row][x.letter()],
            (true, true) => self.groups_by_group[row][column],
        };
        if gain > 0 { i32::from(gain) + gaps } else { NEVER }
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

/// The gain of a Latin letter in a row.
fn gain(row: &[u16; LATIN_LETTERS], latin: u8) -> i32 {
    i32::from(row[usize::from(latin) % LATIN_LETTERS])
}

/// The larger of two numbers, of which nothing tells which it will be.
fn larger(a: i32, b: i32) -> i32 {
    select_unpredictable(a > b, a, b)
}

/// Raises the sums where groups of Latin letters end: what they gain in the row, and the sum where they begin.
fn raise<const N: usize>(here: &mut [i32; N], from: &[i32; N], groups: &[Group], row: &[u16]) {
    for group in groups {
        let (start, end) = (usize::from(group.start), usize::from(group.end));
        if start < N && end < N {
            let gain = row.get(usize::from(group.number)).copied().unwrap_or(0);
            here[end] = larger(from[start] + i32::from(gain), here[end]);
        }
    }
}
