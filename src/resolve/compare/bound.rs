//! The most that two names can weigh, found without cutting their parts into pieces.
//!
//! Each pair of parts is given no less than it says: what it says exactly where that is seen at once, as of equal parts,
//! initials and numbers; nothing, where so many letters have no counterpart that spellings have no weight; and else the
//! most that spellings of parts as rare can say. Then each part of one name takes what is best for it, or is left out,
//! whatever the others take, and in whatever order. What no part can take on both sides is left over on both. All that
//! is found so for a way to pair the parts is no less than what the comparison finds for it, so the most of all ways is
//! no less than its most.

use super::pair::Comparer;
use super::prepared::{MOST_PARTS, MOST_WORDS, PreparedName, Reading, Ready};
use super::weights::Weights;
use super::words::{Alone, most_conflict};
use super::{
    DIFFERENT_KINDS, comparer, lone_of_organizations, lone_of_places, may_be_read, of_organizations, of_places, person,
    same_words,
};
use crate::mention::EntityKind;
use crate::name::acronym_fit;

/// No less than the weight of two names.
pub(super) fn at_most(a: &PreparedName, b: &PreparedName, weights: &Weights) -> i64 {
    if a.name.kind != b.name.kind {
        return i64::from(DIFFERENT_KINDS);
    }
    let mut most = i64::from(i32::MIN);
    for x in 0..a.readings.len() {
        for y in 0..b.readings.len() {
            if may_be_read(a, x, &b.readings[y]) && may_be_read(b, y, &a.readings[x]) {
                let reading = if x + y > 0 { i64::from(weights.reading) } else { 0 };
                most = most.max(reading + of_readings((a, x), (b, y), weights));
            }
        }
    }
    most
}

/// The same of one reading of each, both of one kind.
fn of_readings((a, x): (&PreparedName, usize), (b, y): (&PreparedName, usize), weights: &Weights) -> i64 {
    let (left, right) = (&a.readings[x], &b.readings[y]);
    let kind = a.name.kind;
    let c = comparer(kind, weights);
    match kind {
        EntityKind::Person => {
            let generation = match (a.generation, b.generation) {
                (Some(x), Some(y)) if x != y => weights.person_generation,
                (None, None) | (Some(_), Some(_)) => 0,
                _ => weights.person_generation_absent,
            };
            i64::from(generation) + people(left, right, &c)
        }
        EntityKind::Place => {
            let c = Comparer { lone: lone_of_places(left, right, weights), ..c };
            let cross = if left.foreign == right.foreign { 0 } else { weights.place_cross };
            let same = if same_words(left, right) { weights.place_same_name } else { 0 };
            i64::from(weights.place_prior)
                + i64::from(cross)
                + i64::from(same)
                + words(left, right, &c, &of_places(weights))
        }
        EntityKind::Organization => {
            let cross = if left.foreign == right.foreign { 0 } else { weights.organization_cross };
            let begin = i64::from(weights.organization_prior) + i64::from(cross);
            let fit = match (a.acronym, b.acronym) {
                (None, Some(letters)) => acronym_fit(&a.name.surface, &b.name.surface).map(|_| letters),
                (Some(letters), None) => acronym_fit(&b.name.surface, &a.name.surface).map(|_| letters),
                _ => None,
            };
            if let Some(letters) = fit {
                return begin + acronym(letters, weights);
            }
            let c = Comparer { lone: lone_of_organizations(left, right, weights), ..c };
            let same = if same_words(left, right) { weights.organization_same_name } else { 0 };
            begin + i64::from(same) + words(left, right, &c, &of_organizations(weights))
        }
    }
}

/// The most that an acronym of so many letters says.
fn acronym(letters: u8, w: &Weights) -> i64 {
    let whole = i64::from(w.organization_acronym_letter) * i64::from(letters);
    // A share is cut towards 0.
    let shuffled = whole * i64::from(w.organization_acronym_shuffled) / 1_000;
    i64::from(w.organization_acronym) + whole.max(shuffled)
}

/// The most that the parts of one side come to.
#[derive(Debug, Clone, Copy, Default)]
struct Side {
    /// When each is paired.
    paired: i64,
    /// When some may be left out.
    any: i64,
    /// The most that those left out come to when there is one at least.
    left_out: i64,
}

impl Side {
    /// From the most that each part says when it is paired, and what it says when it is left out.
    fn new(parts: impl Iterator<Item = (i64, i32)>) -> Self {
        let (mut side, mut least, mut above) = (Self::default(), i64::MIN, 0);
        for (paired, absent) in parts {
            let absent = i64::from(absent);
            side.paired += paired;
            side.any += paired.max(absent);
            least = least.max(absent);
            above += absent.max(0);
        }
        side.left_out = if above > 0 { above } else { least.max(-FAR) };
        side
    }
}

/// Further than any sum goes.
const FAR: i64 = 1 << 40;

/// The parts of people's names.
fn people(a: &Reading, b: &Reading, c: &Comparer<'_>) -> i64 {
    let w = c.weights;
    let (n, m) = (a.parts.len(), b.parts.len());
    let c = &person::lone(a, b, c);
    let begin = i64::from(person::begin(a, b, w));
    let (mut left, mut right) = ([-FAR; MOST_PARTS], [-FAR; MOST_PARTS]);
    let (is_left, is_right) = person::same_parts(a, b);
    for (i, x) in a.parts.iter().enumerate() {
        for (j, y) in b.parts.iter().enumerate() {
            let found = person::pair_at_most(x, y, is_left[i] || is_right[j], c);
            left[i] = left[i].max(found);
            right[j] = right[j].max(found);
            if is_left[i] || is_right[j] {
                continue;
            }
            if let Some(whole) = a.joined[i].as_ref().filter(|_| !is_left[i + 1])
                && let Some(found) = person::together_at_most(whole, y, c)
            {
                both(&mut left[i..i + 2], found);
                right[j] = right[j].max(found);
            }
            if let Some(whole) = b.joined[j].as_ref().filter(|_| !is_right[j + 1])
                && let Some(found) = person::together_at_most(whole, x, c)
            {
                both(&mut right[j..j + 2], found);
                left[i] = left[i].max(found);
            }
        }
    }
    let side = |name: &Reading, most: &[i64]| {
        Side::new(
            most.iter()
                .enumerate()
                .map(|(i, most)| (*most, person::absent(name.parts[i].role, i, name.parts.len(), c))),
        )
    };
    let (left, right) = (side(a, &left[..n]), side(b, &right[..m]));
    let none = i64::from(w.person_complete) + left.paired.min(right.paired);
    let on_right = (left.paired + right.left_out).min(right.any);
    let on_left = (right.paired + left.left_out).min(left.any);
    let on_both = (left.any + right.left_out).min(right.any + left.left_out) + i64::from(w.person_absent_both);
    begin + i64::from(w.person_reordered.max(0)) + none.max(on_left).max(on_right).max(on_both)
}

/// Shares what two parts say together out among them.
fn both(parts: &mut [i64], together: i64) {
    for part in parts {
        *part = (*part).max((together.max(0) + 1) / 2);
    }
}

/// The words of other names.
fn words(a: &Reading, b: &Reading, c: &Comparer<'_>, alone: &Alone<'_>) -> i64 {
    let (n, m) = (a.parts.len(), b.parts.len());
    let (mut left, mut right) = ([-FAR; MOST_WORDS], [-FAR; MOST_WORDS]);
    for (i, x) in a.parts.iter().enumerate() {
        for (j, y) in b.parts.iter().enumerate() {
            // What says nothing for one name is not paired, but for equal words and for names of one word.
            let is_paired = |found: &i64| *found > 0 || c.lone.is_some() || super::pair::is_same(x, y);
            if let Some(found) = c.alike_at_most(x, y, alone.different).map(i64::from).filter(is_paired) {
                left[i] = left[i].max(found);
                right[j] = right[j].max(found);
            }
            let together = |whole: &Ready, part: &Ready| {
                let (long, short) = (whole.text.len(), part.text.len());
                let near = long.abs_diff(short) <= 2 + short / 4;
                let found = near.then(|| c.alike_at_most(whole, part, alone.different)).flatten()?;
                Some(i64::from(found) + i64::from(alone.joined)).filter(|found| *found > 0 || c.lone.is_some())
            };
            if let Some(found) = a.joined[i].as_ref().and_then(|whole| together(whole, y)) {
                both(&mut left[i..i + 2], found);
                right[j] = right[j].max(found);
            }
            if let Some(found) = b.joined[j].as_ref().and_then(|whole| together(whole, x)) {
                both(&mut right[j..j + 2], found);
                left[i] = left[i].max(found);
            }
        }
    }
    // What is paired counts on one side; what is left out, on both.
    let paired = |name: &Reading, most: &[i64]| -> i64 {
        name.parts.iter().zip(most).map(|(part, most)| i64::from(alone.absent(part)).max(*most)).sum()
    };
    let left_out = |name: &Reading, most: &[i64]| -> (i64, bool) {
        let (mut sum, mut told) = (0, false);
        for (part, most) in name.parts.iter().zip(most) {
            let (absent, surely) = (i64::from(alone.absent(part)), *most <= -FAR);
            sum += if surely { absent } else { absent.max(0) };
            told |= surely && !part.aside;
        }
        (sum, told)
    };
    let (left, right) = (&left[..n], &right[..m]);
    let ((left_sum, on_left), (right_sum, on_right)) = (left_out(a, left), left_out(b, right));
    let sum = (paired(a, left) + right_sum).min(paired(b, right) + left_sum);
    let conflict = most_conflict(a, b, alone);
    sum + match (on_left, on_right) {
        (true, true) => conflict,
        (false, false) => conflict.max(i64::from(alone.complete)).max(0),
        _ => conflict.max(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_weighs_more_than_the_bound() {
        let names = [
            "Ahmed al-Sharaa",
            "Ahmad al-Sharra",
            "al-Sharaa",
            "Sharaa, Ahmed Hussein",
            "A. H. Sharaa",
            "Abu Talha",
            "أحمد الشرع",
            "Ben Haddou",
            "Benhaddou",
            "Mohamed Benhaddou",
            "George W. Bush",
            "George Bush Jr.",
            "George Bush III",
            "毛泽东",
            "Mao Zedong",
            "Mao Tse-tung",
            "김정은",
            "Kim Jong Un",
            "Kim Jong-il",
            "Bill Clinton",
            "William Clinton",
            "Tim",
            "Tom",
            "",
            "-",
            "1 2 3",
            "Syrian Observatory for Human Rights",
            "SOHR",
            "Libyan National Army",
            "LNA",
            "44th Brigade",
            "Brigade 45",
            "Ministry of Defence",
            "Ministère de la Défense",
            "Ministry of Finance",
            "Northern Syria",
            "Syria",
            "Southern Syria",
            "Deir ez-Zor",
            "Deir Ezzor",
            "Deirezzor (Syria)",
            "دير الزور",
            "Владимир Зеленский",
            "Volodymyr Zelensky",
        ];
        let weights = Weights::embedded();
        for kind in EntityKind::ALL {
            let names: Vec<PreparedName> = names.iter().map(|name| PreparedName::new(name, kind)).collect();
            for a in &names {
                for b in &names {
                    let (weight, most) = (a.weight(b), at_most(a, b, weights));
                    assert!(i64::from(weight) <= most, "{} {} {weight} {most}", a.name.surface, b.name.surface);
                }
            }
        }
    }
}
