//! Many Latin words, searched for those that weigh more than so much beside one.
//!
//! The words stand in a tree by their first letters, so what the beginnings of two words gain is found once for all words
//! that begin so. A branch is left as soon as no way to go on can gain enough, whatever letters follow.

use super::channel::Channel;
use super::{Group, LONGEST, LONGEST_WORD, Spelled};

/// Letters of a word with those of its ends, and one more.
const ROW: usize = LONGEST_WORD + 3;

/// A letter of some words that begin alike.
#[derive(Debug, Clone, Copy)]
struct Branch {
    letter: u8,
    /// How many letters stand before it.
    depth: u8,
    /// The numbers of the groups of two and of three letters that end with it.
    groups: [u16; LONGEST - 1],
    /// What it and the letters before it weigh when they stand for nothing.
    gaps: i32,
    /// The first branch that does not follow from it.
    next: u32,
    /// The words that end with it: where they stand among all.
    words: (u32, u32),
}

/// Words in a tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shortlist {
    branches: Vec<Branch>,
    /// The numbers of the words, in the order of their branches.
    words: Vec<u32>,
}

impl Shortlist {
    /// Takes words of Latin letters, which are numbered in their order.
    pub(super) fn new(channel: &Channel, words: &[&Spelled]) -> Self {
        let mut order: Vec<u32> = (0..u32::try_from(words.len()).unwrap_or(u32::MAX)).collect();
        let letters = |number: u32| &words[number as usize].letters;
        order.sort_by(|a, b| letters(*a).cmp(letters(*b)).then(a.cmp(b)));
        let mut list = Self::default();
        // The branch of each letter of the word before.
        let mut path: Vec<usize> = Vec::new();
        for (place, number) in (0_u32..).zip(&order) {
            let word = words[*number as usize];
            let shared =
                path.iter().zip(&word.letters).take_while(|(at, letter)| list.branches[**at].letter == **letter);
            let shared = shared.count();
            list.leave(&mut path, shared);
            for (depth, letter) in word.letters.iter().enumerate().skip(shared) {
                let before = path.last().map_or(0, |at| list.branches[*at].gaps);
                let groups = [2, 3].map(|length| {
                    let ends = |g: &&Group| usize::from(g.end) == depth + 1 && g.end - g.start == length;
                    word.groups.iter().find(ends).map_or(0, |group| group.number)
                });
                path.push(list.branches.len());
                list.branches.push(Branch {
                    letter: *letter,
                    depth: super::byte(depth),
                    groups,
                    gaps: before + channel.other_gap(*letter),
                    next: 0,
                    words: (place, place),
                });
            }
            if let Some(at) = path.last() {
                list.branches[*at].words.1 = place + 1;
            }
        }
        list.leave(&mut path, 0);
        list.words = order;
        list
    }

    /// Leaves branches until so many letters are left.
    fn leave(&mut self, path: &mut Vec<usize>, letters: usize) {
        let next = u32::try_from(self.branches.len()).unwrap_or(u32::MAX);
        for at in path.drain(letters..) {
            self.branches[at].next = next;
        }
    }

    /// The numbers of the words that may weigh more than `least` beside this one: all that do, and some that do not, as
    /// they have many letters without a counterpart.
    pub(super) fn above(&self, channel: &Channel, latin: &Spelled, least: i32, mut found: impl FnMut(u32)) {
        let columns = &latin.letters[..latin.letters.len().min(ROW - 1)];
        let last = columns.len();
        let needed = least.saturating_sub(channel.bias + channel.latin_gaps(columns));
        let ahead: [i32; ROW] = channel.ahead(columns, &latin.groups);
        // The gains of the first letters of both words: a row for each number of letters of the other word.
        let mut rows = [[0_i32; ROW]; ROW + LONGEST];
        // Up to which row the best way may still be found.
        let mut hopes = [0_usize; ROW + LONGEST];
        let mut at = 0;
        while let Some(branch) = self.branches.get(at) {
            let depth = usize::from(branch.depth) + 1;
            // Rows before the first are never reached by a group, and stay as they are.
            let (before, rest) = rows.split_at_mut(depth + LONGEST - 1);
            let Some((here, [one, two, three])) = rest.first_mut().zip(before.last_chunk().map(|[a, b, c]| [c, b, a]))
            else {
                break;
            };
            channel.row(here, [one, two, three], columns, &latin.groups, branch.letter, branch.groups);
            let most = (0..=last).map(|j| here[j] + ahead[j]).max().unwrap_or(0);
            let hope = if most + branch.gaps > needed { depth } else { hopes[depth - 1] };
            hopes[depth] = hope;
            if depth - hope >= LONGEST {
                at = branch.next as usize;
                continue;
            }
            if here[last] + branch.gaps > needed {
                for word in &self.words[branch.words.0 as usize..branch.words.1 as usize] {
                    found(*word);
                }
            }
            at += 1;
        }
    }
}
