//! The best way to cut two words into pieces that stand for one another, as a sum of their gains.

use std::hint::select_unpredictable;

use super::channel::{Channel, Partners, latin_gain};
use super::{LONGEST_WORD, Spelled, byte};

/// Letters of most words, with those that stand for its ends: room for more costs time.
const USUAL_WORD: usize = 15;
/// Ways of two words that are kept without allocation; few have as many.
const USUAL_WAYS: usize = 24;

/// A group of letters and what stands for it in the other word: the row and the column where they end, how many rows it
/// reaches back, the column where it begins, and the gain.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    row: u8,
    rows: u8,
    start: u8,
    end: u8,
    gain: i32,
}

/// The ways of two words: the first of them, how many these are, and the others.
struct Ways {
    usual: [Way; USUAL_WAYS],
    count: usize,
    more: Vec<Way>,
    /// Bit `n` is set if one ends in row `n`.
    rows: u64,
}

impl Ways {
    /// The groups of two words that a piece of the other word stands for.
    fn new(channel: &Channel, latin: &Spelled, other: &Spelled) -> Self {
        let mut ways = Self { usual: [Way::default(); USUAL_WAYS], count: 0, more: Vec::new(), rows: 0 };
        let may = |partners: &&Partners, word: &Spelled| {
            partners.letters & word.has_letters | partners.groups & word.has_groups != 0
        };
        for group in &other.groups {
            let Some(partners) = channel.of_other(group.piece).filter(|p| may(p, latin)) else { continue };
            let (row, rows) = (group.end, group.end - group.start);
            for &(partner, gain) in &partners.gains {
                if partner.is_group() {
                    if latin.has_groups & partner.bit() != 0 {
                        for x in latin.groups.iter().filter(|x| x.piece == partner) {
                            ways.push(Way { row, rows, start: x.start, end: x.end, gain });
                        }
                    }
                } else if latin.has_letters & partner.bit() != 0 {
                    for (j, _) in latin.letters.iter().enumerate().filter(|(_, x)| usize::from(**x) == partner.letter()) {
                        ways.push(Way { row, rows, start: byte(j), end: byte(j + 1), gain });
                    }
                }
            }
        }
        for group in &latin.groups {
            let Some(partners) = channel.of_latin(group.piece).filter(|p| may(p, other)) else { continue };
            for &(partner, gain) in partners.gains.iter().filter(|(p, _)| other.has_letters & p.bit() != 0) {
                for (i, _) in other.letters.iter().enumerate().filter(|(_, y)| usize::from(**y) == partner.letter()) {
                    ways.push(Way { row: byte(i + 1), rows: 1, start: group.start, end: group.end, gain });
                }
            }
        }
        ways
    }

    fn push(&mut self, way: Way) {
        match self.usual.get_mut(self.count) {
            Some(slot) => (*slot, self.count) = (way, self.count + 1),
            None => self.more.push(way),
        }
        self.rows |= 1 << (way.row % 64);
    }

    /// Those that end in a row.
    fn of_row(&self, row: usize) -> impl Iterator<Item = &Way> {
        let here = self.rows & 1 << (row % 64) != 0;
        let (usual, more) = if here { (&self.usual[..self.count], &self.more[..]) } else { (&[][..], &[][..]) };
        usual.iter().chain(more).filter(move |way| usize::from(way.row) == row)
    }
}

/// The sum over the best way to cut two words, unless it is below the floor.
pub(super) fn weigh(channel: &Channel, latin: &Spelled, other: &Spelled, floor: i32) -> Option<i32> {
    let none = channel.bias + other.gaps + channel.latin_gaps(&latin.letters);
    // The most that the letters of the other word can gain, from each on.
    let mut rest = [0; LONGEST_WORD + 3];
    let mut most = 0;
    for (i, reach) in other.reach.iter().enumerate().rev() {
        most += select_unpredictable(reach.letters & latin.has_letters != 0, reach.most, reach.least);
        rest[i] = most;
    }
    if none + most < floor {
        return None;
    }
    let gain = if latin.letters.len() <= USUAL_WORD {
        gain::<{ USUAL_WORD + 1 }>(channel, latin, other, &rest, floor - none)
    } else {
        gain::<{ LONGEST_WORD + 3 }>(channel, latin, other, &rest, floor - none)
    };
    gain.map(|gain| none + gain)
}

/// The gain of the best way for Latin words of fewer than `N` letters, unless it is below the floor.
fn gain<const N: usize>(
    channel: &Channel,
    latin: &Spelled,
    other: &Spelled,
    rest: &[i32],
    floor: i32,
) -> Option<i32> {
    let columns = &latin.letters[..latin.letters.len().min(N - 1)];
    let ways = Ways::new(channel, latin, other);
    // The gains of the first letters of both words: a row for each number of letters of the other word. They grow along
    // each row and from row to row. A piece reaches back three rows.
    let (mut here, mut one, mut two, mut three) = ([0; N], [0; N], [0; N], [0; N]);
    let (mut here, mut one, mut two, mut three) = (&mut here, &mut one, &mut two, &mut three);
    let last = columns.len();
    for (i, &letter) in other.letters.iter().enumerate() {
        let row = channel.row(letter);
        let (mut left, mut before) = (0, 0);
        for ((&letter, &above), cell) in columns.iter().zip(&one[1..]).zip(&mut here[1..]) {
            let paired = before + latin_gain(row, letter);
            let best = select_unpredictable(paired > above, paired, above);
            left = select_unpredictable(best > left, best, left);
            *cell = left;
            before = above;
        }
        for way in ways.of_row(i + 1) {
            let from = match way.rows {
                1 => &*one,
                2 => &*two,
                _ => &*three,
            };
            let gain = from[usize::from(way.start)] + way.gain;
            for cell in here[usize::from(way.end)..=last].iter_mut().take_while(|cell| **cell < gain) {
                *cell = gain;
            }
        }
        // The next piece begins in one of the last rows.
        let most = (here[last] + rest[i + 1]).max(one[last] + rest[i]);
        if most < floor && (i == 0 || two[last] + rest[i - 1] < floor) {
            return None;
        }
        (here, one, two, three) = (three, here, one, two);
    }
    Some(one[last]).filter(|gain| *gain >= floor)
}
