//! Whether two names can be names of one thing: a sum of evidence.
//!
//! Parts are aligned in the way that says most for one name; what stays on one side only is absence, what stays on both
//! is a conflict. Closeness of the letters as a whole is never looked at: *Omar Diaby* and *Omar Diab* differ in one
//! letter, and in their family.
//!
//! # Limits
//!
//! The weights are set by hand from the development sets, not yet learned; two people of one full name are one name to
//! it, and so are a father and a son who share it.

use super::evidence::{Comparison, Evidence};
use crate::mention::EntityKind;
use crate::name::distance::{distance, distance_without_vowels};
use crate::name::{AcronymFit, Name, Part, Role, acronym_fit, sound};
use crate::tables::{Lexicon, Tables};

// All in 1/1000 log2 odds.

/// Before anything is seen, of the pairs that blocking brings together one in about sixteen is one thing.
const PRIOR_PERSON: i32 = -3_000;
const PRIOR_PLACE: i32 = -3_000;
const PRIOR_ORGANIZATION: i32 = -3_000;

/// How far apart, in 1/1000 of a distance, spellings of one part may be, for each letter of the shorter sound. At 180 a
/// name of five letters is forgiven one unlike vowel, one of nine a consonant and a half.
const FORGIVEN_PER_LETTER: u32 = 260;
/// The same when one side leaves out its vowels.
const FORGIVEN_PER_BARE_LETTER: u32 = 240;
/// What a conflict between aligned parts costs at least, and at most.
const CONFLICT_BASE: i32 = 2_000;
const CONFLICT_MOST: i32 = 11_000;
/// A word on each side that nothing pairs.
const WORDS_CONFLICT: i32 = -4_000;
/// A part that only one side has.
const ABSENT_PERSON: i32 = -700;
const ABSENT_MOST: i32 = -2_100;
/// Parts in another order.
const REORDERED: i32 = -800;
/// A single part that is the other's given name.
const GIVEN_ONLY: i32 = -2_500;
/// `Bill` for `William`.
const NICKNAME: i32 = -1_500;
/// `Jr.` on one side only; `II` against `III`.
const SUFFIX_ABSENT: i32 = -8_000;
const SUFFIX_CONFLICT: i32 = -12_000;
/// Numbers that differ: `Brigade 44`, `Brigade 45`.
const NUMBER_CONFLICT: i32 = -12_000;
/// `River`, `Port` or `City` on one side only.
const FEATURE_ABSENT: i32 = -6_000;
/// `South` on one side only.
const COMPASS_CONFLICT: i32 = -9_000;
/// An initial and a name that begins with it, or not.
const INITIAL: i32 = 1_200;
const INITIAL_CONFLICT: i32 = -9_000;
/// An organization's whole name, word for word: everyday words together say more than each does.
const SAME_NAME: i32 = 4_000;
/// Each letter of an acronym that fits.
const ACRONYM_LETTER: i32 = 1_900;

/// Compares two names.
///
/// Symmetric but for the order of what the evidence saw. Names of different kinds have no evidence in common and a
/// weight far below zero.
///
/// # Cost
///
/// The product of the numbers of parts times that of their lengths; a few microseconds for ordinary names.
///
/// # Examples
///
/// ```
/// use allonym::name::Name;
/// use allonym::{EntityKind, compare};
///
/// let name = |text| Name::new(text, EntityKind::Person);
/// assert!(compare(&name("Ahmed al-Sharaa"), &name("Ahmad al-Sharra")).is_match());
/// assert!(!compare(&name("Bashar al-Assad"), &name("Hafez al-Assad")).is_match());
/// assert!(!compare(&name("Omar Diaby"), &name("Omar Diab")).is_match());
/// ```
#[must_use]
pub fn compare(a: &Name, b: &Name) -> Comparison {
    let mut evidence = Vec::with_capacity(8);
    if a.kind != b.kind {
        evidence.push(Evidence::new("different kinds", a.kind.word(), b.kind.word(), -2 * CONFLICT_MOST));
        return Comparison::new(&a.surface, &b.surface, evidence);
    }
    match a.kind {
        EntityKind::Person => person(a, b, &mut evidence),
        EntityKind::Place => place(a, b, &mut evidence),
        EntityKind::Organization => organization(a, b, &mut evidence),
    }
    Comparison::new(&a.surface, &b.surface, evidence)
}

/// Whether both names show their vowels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vowels {
    Known,
    /// One name is in a script that leaves them out, the other is not.
    Unknown,
}

impl Vowels {
    fn of(a: &Name, b: &Name) -> Self {
        if a.vowelless == b.vowelless { Self::Known } else { Self::Unknown }
    }
}

/// What a pair of parts says.
struct PairEvidence {
    feature: &'static str,
    weight: i32,
}

/// How alike two parts are: their shared weight when they are one, less the more they differ, and a conflict beyond.
fn pair(a: &Part, b: &Part, lexicon: &Lexicon, vowels: Vowels) -> PairEvidence {
    let initial = |p: &Part| p.role == Role::Initial;
    if initial(a) || initial(b) {
        let same = a.text.chars().next() == b.text.chars().next();
        let weight = if same { INITIAL } else { INITIAL_CONFLICT };
        return PairEvidence { feature: if same { "initial" } else { "different initial" }, weight };
    }
    let shared = a.weight.min(b.weight);
    if a.text == b.text {
        return PairEvidence { feature: "same part", weight: shared };
    }
    if a.role == Role::Number || b.role == Role::Number {
        return PairEvidence { feature: "different number", weight: NUMBER_CONFLICT };
    }
    if vowels == Vowels::Unknown {
        return bare_pair(a, b);
    }
    let letters = u32::try_from(a.sound.chars().count().min(b.sound.chars().count())).unwrap_or(u32::MAX);
    let limit = FORGIVEN_PER_LETTER.saturating_mul(letters).max(1);
    let apart = distance(&a.sound, &b.sound, limit.saturating_mul(4)).unwrap_or(limit.saturating_mul(4));
    if apart > limit {
        let names = lexicon.nickname(&a.text);
        let others = lexicon.nickname(&b.text);
        let is = |list: &[Box<str>], text: &str| list.iter().any(|n| n.as_ref() == text);
        if is(names, &b.text) || is(others, &a.text) || names.iter().any(|n| is(others, n)) {
            return PairEvidence { feature: "nickname", weight: (shared + NICKNAME).max(500) };
        }
    }
    graded(apart, limit, shared)
}

/// Two parts of which one lacks its vowels: those of the other are no difference, and say nothing.
fn bare_pair(a: &Part, b: &Part) -> PairEvidence {
    let letters = u32::try_from(a.sound.chars().count().min(b.sound.chars().count())).unwrap_or(u32::MAX);
    let limit = FORGIVEN_PER_BARE_LETTER.saturating_mul(letters).max(400);
    let apart = distance_without_vowels(&a.sound, &b.sound, limit.saturating_mul(4)).unwrap_or(limit.saturating_mul(4));
    graded(apart, limit, a.weight.min(b.weight))
}

/// The evidence of a distance: all that is shared at none, nothing at the limit, a conflict beyond.
fn graded(apart: u32, limit: u32, shared: i32) -> PairEvidence {
    // In thousandths of the limit; what is at the limit says nothing.
    let share = i32::try_from(u64::from(apart) * 1_000 / u64::from(limit)).unwrap_or(i32::MAX).min(4_000);
    if share <= 1_000 {
        let feature = if apart == 0 { "same sound" } else { "variant part" };
        // A different spelling of the same sound is worth a little less than the same letters.
        PairEvidence { feature, weight: shared * (1_000 - share) / 1_000 - shared / 20 }
    } else {
        let weight = -CONFLICT_BASE - 2 * shared.max(3_000) * (share - 1_000) / 1_000;
        PairEvidence { feature: "different part", weight: weight.max(-CONFLICT_MOST) }
    }
}

/// Joins neighbours of `a` that together are one part of `b`: `Jong Un`, `Jongun`; `Ben Haddou`, `Benhaddou`.
fn join(a: &[Part], b: &[Part]) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::with_capacity(a.len());
    let mut i = 0;
    while i < a.len() {
        if let Some(next) = a.get(i + 1).filter(|n| n.role != Role::Suffix && a[i].role != Role::Suffix) {
            let text = format!("{}{}", a[i].text, next.text);
            // Sounds are no longer than texts, and variants differ by few letters.
            let near = |p: &Part| p.text.len().abs_diff(text.len()) <= 3;
            if !b.iter().any(near) {
                out.push(a[i].clone());
                i += 1;
                continue;
            }
            let joined = sound(&text);
            let limit = 80 * u32::try_from(joined.len()).unwrap_or(u32::MAX);
            let is = |p: &&Part| p.role != Role::Initial && distance(&joined, &p.sound, limit).is_some();
            let apart =
                |p: &Part| !matches!(p.role, Role::Particle | Role::Initial) && b.iter().any(|q| q.text == p.text);
            if let Some(whole) = b.iter().find(is).filter(|_| !apart(&a[i]) && !apart(next)) {
                let weight = whole.weight.max(a[i].weight).max(next.weight);
                out.push(Part { text, role: next.role.max(a[i].role).min(whole.role), sound: joined, weight, native: None });
                i += 2;
                continue;
            }
        }
        out.push(a[i].clone());
        i += 1;
    }
    out
}

/// The alignment of parts with the highest sum: every part of the shorter list with one of the longer.
///
/// The sum is the same from both sides, whatever ties there are. Lists of more than eight parts are aligned greedily
/// from the most to the least alike.
fn align(a: &[&Part], b: &[&Part], score: &dyn Fn(&Part, &Part) -> i32) -> Vec<(usize, usize)> {
    if a.len() > b.len() {
        let mut pairs: Vec<(usize, usize)> =
            align(b, a, &|x, y| score(y, x)).into_iter().map(|(i, j)| (j, i)).collect();
        pairs.sort_unstable();
        return pairs;
    }
    if b.len() > 8 {
        let mut pairs: Vec<(i32, usize, usize)> = Vec::new();
        for (i, x) in a.iter().enumerate() {
            pairs.extend(b.iter().enumerate().map(|(j, y)| (score(x, y), i, j)));
        }
        pairs.sort_by_key(|p| (-p.0, p.1.abs_diff(p.2), p.1, p.2));
        let (mut left, mut right, mut out) = (vec![false; a.len()], vec![false; b.len()], Vec::new());
        for (_, i, j) in pairs {
            if !left[i] && !right[j] {
                (left[i], right[j]) = (true, true);
                out.push((i, j));
            }
        }
        out.sort_unstable();
        return out;
    }
    // best[mask]: the highest sum with the first parts of `a` placed on the parts of `b` in the mask.
    let full = 1_usize << b.len();
    let mut best = vec![i32::MIN; full];
    let mut from = vec![(0_usize, 0_usize); full];
    best[0] = 0;
    for mask in 0..full {
        let i = mask.count_ones() as usize;
        if i >= a.len() || best[mask] == i32::MIN {
            continue;
        }
        for (j, part) in b.iter().enumerate().filter(|(j, _)| mask >> j & 1 == 0) {
            let sum = best[mask].saturating_add(score(a[i], part));
            let next = mask | 1 << j;
            if sum > best[next] {
                (best[next], from[next]) = (sum, (mask, j));
            }
        }
    }
    let placed = |mask: &usize| mask.count_ones() as usize == a.len();
    let Some(mut mask) = (0..full).filter(placed).max_by_key(|&m| (best[m], std::cmp::Reverse(m))) else {
        return Vec::new();
    };
    let mut out = Vec::with_capacity(a.len());
    while mask != 0 {
        let (before, j) = from[mask];
        out.push((before.count_ones() as usize, j));
        mask = before;
    }
    out.reverse();
    out
}

/// The alignment in the order of both lists with the highest sum: every part of the shorter with one of the longer.
fn align_in_order(a: &[&Part], b: &[&Part], score: &dyn Fn(&Part, &Part) -> i32) -> Vec<(usize, usize)> {
    if a.len() > b.len() {
        return align_in_order(b, a, &|x, y| score(y, x)).into_iter().map(|(i, j)| (j, i)).collect();
    }
    // best[i][j]: the highest sum of the first i parts of `a` on the first j of `b`.
    let mut best = vec![vec![i32::MIN; b.len() + 1]; a.len() + 1];
    best[0].fill(0);
    for i in 1..=a.len() {
        for j in i..=b.len() {
            let placed = best[i - 1][j - 1].saturating_add(score(a[i - 1], b[j - 1]));
            best[i][j] = if j > i { placed.max(best[i][j - 1]) } else { placed };
        }
    }
    let (mut i, mut j) = (a.len(), b.len());
    let mut out = Vec::with_capacity(i);
    while i > 0 {
        if j > i && best[i][j] == best[i][j - 1] {
            j -= 1;
        } else {
            (i, j) = (i - 1, j - 1);
            out.push((i, j));
        }
    }
    out.reverse();
    out
}

fn person(a: &Name, b: &Name, evidence: &mut Vec<Evidence>) {
    let tables = Tables::none();
    let (lexicon, vowels) = (tables.lexicon(), Vowels::of(a, b));
    evidence.push(Evidence::new("prior for two names of people", "", "", PRIOR_PERSON));
    let (left, right) = (join(&a.parts, &b.parts), join(&b.parts, &a.parts));
    let core = |parts: &[Part]| -> Vec<usize> {
        (0..parts.len()).filter(|&i| !matches!(parts[i].role, Role::Particle | Role::Suffix)).collect()
    };
    let (left_core, right_core) = (core(&left), core(&right));
    let l: Vec<&Part> = left_core.iter().map(|&i| &left[i]).collect();
    let r: Vec<&Part> = right_core.iter().map(|&i| &right[i]).collect();
    let score = |x: &Part, y: &Part| pair(x, y, lexicon, vowels).weight + slot(x, y);
    let sum = |pairs: &[(usize, usize)]| pairs.iter().map(|&(i, j)| score(l[i], r[j])).sum::<i32>();
    // Another order is taken when it says more than it costs: so the weight is the same from both sides.
    let (mut aligned, in_order) = (align(&l, &r, &score), align_in_order(&l, &r, &score));
    let crosses = |pairs: &[(usize, usize)]| pairs.windows(2).any(|p| p[0].1 > p[1].1);
    let crossed = crosses(&aligned) && sum(&aligned) + REORDERED > sum(&in_order);
    if !crossed {
        aligned = in_order;
    }
    for &(i, j) in &aligned {
        let found = pair(l[i], r[j], lexicon, vowels);
        evidence.push(Evidence::new(found.feature, &l[i].text, &r[j].text, found.weight));
        if slot(l[i], r[j]) != 0 {
            evidence.push(Evidence::new("a given name only", &l[i].text, &r[j].text, slot(l[i], r[j])));
        }
    }
    if crossed {
        evidence.push(Evidence::new("other order", "", "", REORDERED));
    }
    let mut absent = 0;
    let alone = |parts: &[&Part], taken: &dyn Fn(usize) -> bool| -> Vec<String> {
        parts.iter().enumerate().filter(|(i, _)| !taken(*i)).map(|(_, p)| p.text.clone()).collect()
    };
    let left_alone = alone(&l, &|i| aligned.iter().any(|p| p.0 == i));
    let right_alone = alone(&r, &|j| aligned.iter().any(|p| p.1 == j));
    for (text, side) in left_alone.iter().map(|t| (t, true)).chain(right_alone.iter().map(|t| (t, false))) {
        let weight = ABSENT_PERSON.max(ABSENT_MOST - absent);
        absent += weight;
        let (x, y) = if side { (text.as_str(), "") } else { ("", text.as_str()) };
        evidence.push(Evidence::new("absent part", x, y, weight));
    }
    let suffix = |parts: &[Part]| parts.iter().find(|p| p.role == Role::Suffix).map(|p| generation(&p.text).to_owned());
    match (suffix(&left), suffix(&right)) {
        (Some(x), Some(y)) if x != y => evidence.push(Evidence::new("different generation", x, y, SUFFIX_CONFLICT)),
        (Some(x), None) => evidence.push(Evidence::new("generation on one side", x, "", SUFFIX_ABSENT)),
        (None, Some(y)) => evidence.push(Evidence::new("generation on one side", "", y, SUFFIX_ABSENT)),
        _ => {}
    }
}

/// What it costs that two parts stand in different places of their names.
fn slot(a: &Part, b: &Part) -> i32 {
    match (a.role, b.role) {
        (Role::Mononym, Role::Given) | (Role::Given, Role::Mononym) => GIVEN_ONLY,
        _ => 0,
    }
}

fn generation(suffix: &str) -> &str {
    match suffix {
        "jr" | "junior" | "fils" => "jr",
        "sr" | "senior" => "sr",
        other => other,
    }
}

fn place(a: &Name, b: &Name, evidence: &mut Vec<Evidence>) {
    let tables = Tables::none();
    let lexicon = tables.lexicon();
    evidence.push(Evidence::new("prior for two names of places", "", "", PRIOR_PLACE));
    let (left, right) = (join(&a.parts, &b.parts), join(&b.parts, &a.parts));
    let core = |parts: &[Part]| -> Vec<Part> {
        parts.iter().filter(|p| !matches!(p.role, Role::Generic | Role::Compass | Role::Particle)).cloned().collect()
    };
    words(&core(&left), &core(&right), (lexicon, Vowels::of(a, b)), evidence, |part| match part.role {
        Role::Common => FEATURE_ABSENT,
        _ => -part.weight * 7 / 10,
    });
    let compass = |parts: &[Part]| {
        let mut points: Vec<&str> = parts.iter().filter(|p| p.role == Role::Compass).map(|p| point(&p.text)).collect();
        points.sort_unstable();
        points.join(" ")
    };
    let (x, y) = (compass(&left), compass(&right));
    if x != y {
        evidence.push(Evidence::new("different compass point", x, y, COMPASS_CONFLICT));
    }
}

/// `northern` and `north` are one.
fn point(word: &str) -> &str {
    word.strip_suffix("ern").unwrap_or(word)
}

fn organization(a: &Name, b: &Name, evidence: &mut Vec<Evidence>) {
    let tables = Tables::none();
    let lexicon = tables.lexicon();
    evidence.push(Evidence::new("prior for two names of organizations", "", "", PRIOR_ORGANIZATION));
    if let Some((fit, letters)) = acronym(a, b) {
        let weight = match fit {
            AcronymFit::Initials => ACRONYM_LETTER * letters,
            AcronymFit::Shuffled => ACRONYM_LETTER * letters / 2,
        };
        evidence.push(Evidence::new("acronym", &a.surface, &b.surface, weight));
        return;
    }
    if a.folded == b.folded && a.parts.len() > 1 {
        evidence.push(Evidence::new("same name", &a.surface, &b.surface, SAME_NAME));
    }
    let core =
        |name: &Name| -> Vec<Part> { name.parts.iter().filter(|p| p.role != Role::LegalForm).cloned().collect() };
    let (left, right) = (core(a), core(b));
    let (left, right) = (join(&left, &right), join(&right, &left));
    words(&left, &right, (lexicon, Vowels::of(a, b)), evidence, |part| match part.role {
        Role::Number => -8_000,
        Role::Generic => -800,
        Role::Common => -1_500,
        _ => -part.weight * 6 / 10,
    });
}

/// When one name is an acronym that fits the other: how, and its letters.
fn acronym(a: &Name, b: &Name) -> Option<(AcronymFit, i32)> {
    let is = |n: &Name| {
        let capitals = n.surface.chars().filter(|c| c.is_uppercase()).count();
        !n.surface.contains(' ') && (2..=8).contains(&capitals) && capitals + 1 >= n.folded.chars().count()
    };
    let (full, short) = match (is(a), is(b)) {
        (false, true) => (a, b),
        (true, false) => (b, a),
        _ => return None,
    };
    let letters = i32::try_from(short.folded.chars().filter(|c| *c != ' ').count()).unwrap_or(8);
    acronym_fit(&full.surface, &short.surface).map(|fit| (fit, letters))
}

/// Words of places and organizations: each shared one speaks for, each that only one side has against, and one on
/// each side that nothing pairs most of all.
fn words(
    a: &[Part],
    b: &[Part],
    (lexicon, vowels): (&Lexicon, Vowels),
    evidence: &mut Vec<Evidence>,
    absent: impl Fn(&Part) -> i32,
) {
    let mut candidates: Vec<(i32, usize, usize)> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let weight = pair(x, y, lexicon, vowels).weight;
            if weight > 0 {
                candidates.push((weight, i, j));
            }
        }
    }
    // The most alike first; ties by what the parts are, the same from both sides.
    candidates.sort_by(|p, q| {
        let key = |c: &(i32, usize, usize)| {
            let (x, y) = (a[c.1].text.as_str(), b[c.2].text.as_str());
            (-c.0, c.1.abs_diff(c.2), x.min(y).to_owned(), x.max(y).to_owned(), c.1 + c.2)
        };
        key(p).cmp(&key(q))
    });
    let (mut left, mut right) = (vec![None; a.len()], vec![false; b.len()]);
    for (_, i, j) in candidates {
        if left[i].is_none() && !right[j] {
            (left[i], right[j]) = (Some(j), true);
        }
    }
    for (i, x) in a.iter().enumerate() {
        if let Some(j) = left[i] {
            let found = pair(x, &b[j], lexicon, vowels);
            evidence.push(Evidence::new(found.feature, &x.text, &b[j].text, found.weight));
        }
    }
    let left_alone: Vec<&Part> = a.iter().enumerate().filter(|(i, _)| left[*i].is_none()).map(|(_, p)| p).collect();
    let right_alone: Vec<&Part> = b.iter().enumerate().filter(|(j, _)| !right[*j]).map(|(_, p)| p).collect();
    let conflict = !left_alone.is_empty() && !right_alone.is_empty();
    for part in &left_alone {
        evidence.push(Evidence::new("absent word", &part.text, "", absent(part)));
    }
    for part in &right_alone {
        evidence.push(Evidence::new("absent word", "", &part.text, absent(part)));
    }
    if conflict {
        evidence.push(Evidence::new("different words", &left_alone[0].text, &right_alone[0].text, WORDS_CONFLICT));
    }
}
