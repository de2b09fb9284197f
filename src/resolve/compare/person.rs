//! Names of people: parts aligned in order, or with the family name brought to the other end.

use super::Side;
use super::evidence_of::Sink;
use super::pair::{Comparer, Found, Lone, is_same, is_shared};
use super::prepared::{MOST_PARTS, Reading, Ready};
use super::weights::Weights;
use crate::name::{Role, Vocabulary, rough, sound};

/// No way to pair two parts; so low that no sum is, and far from overflow.
const NEVER: i32 = i32::MIN / 4;
/// The same for those who make a [`Matrix`].
pub(in crate::resolve) const NO_WAY: i32 = NEVER;
/// Which sides have left a part out, as bits: none, the left, the right, both.
const STATES: usize = 4;

/// What each pair of parts says.
#[derive(Debug)]
pub(in crate::resolve) struct Matrix {
    pub one: Square,
    /// Two parts of the left with one of the right, and the other way round, where they are alike.
    pub two_left: Square,
    pub two_right: Square,
}

impl Matrix {
    /// No pair says anything.
    pub fn empty() -> Self {
        let square = [[NEVER; MOST_PARTS]; MOST_PARTS];
        Self { one: square, two_left: square, two_right: square }
    }
}

type Square = [[i32; MOST_PARTS]; MOST_PARTS];

pub(super) fn person(a: &Reading, b: &Reading, c: &Comparer<'_>, sink: &mut impl Sink) {
    let across = a.foreign != b.foreign;
    let c = &for_lengths(a.parts.len(), b.parts.len(), across, c);
    let matrix = matrix(a, b, c);
    let roles = |reading: &Reading| {
        let mut roles = [Role::Given; MOST_PARTS];
        roles.iter_mut().zip(&reading.parts).for_each(|(role, part)| *role = part.role);
        roles
    };
    let (x, y) = (roles(a), roles(b));
    let (x, y) = (&x[..a.parts.len()], &y[..b.parts.len()]);
    with_matrix(x, y, across, &matrix, c, sink, |turn, sink| reasons(a, b, (x, y), &matrix, turn, c, sink));
}

/// The comparer for names of so many parts: of one part each in two scripts, nothing but their spelling speaks.
pub(in crate::resolve) fn for_lengths<'w>(n: usize, m: usize, across: bool, c: &Comparer<'w>) -> Comparer<'w> {
    let lone = (n, m) == (1, 1) && across;
    let w = c.weights;
    Comparer { lone: lone.then_some(Lone { base: w.person_lone_base, scale: 0, gain: w.person_lone_gain }), ..*c }
}

/// The evidence for two names whose parts have these roles, when it is known what each pair of parts says; `reasons` tells
/// what the parts say when the right name is turned by some, if that is wanted.
pub(in crate::resolve) fn with_matrix<S: Sink>(
    a: &[Role],
    b: &[Role],
    across: bool,
    matrix: &Matrix,
    c: &Comparer<'_>,
    sink: &mut S,
    reasons: impl FnOnce(usize, &mut S),
) {
    let w = c.weights;
    sink.add("prior for two names of people", "", "", w.person_prior);
    if across {
        sink.add("in two scripts", "", "", w.person_cross);
    }
    let (n, m) = (a.len(), b.len());
    if n.min(m) == 1 {
        sink.add("a single part", "", "", w.person_single);
    }
    let (mut best, mut turn) = (score(a, b, matrix, 0, c), 0);
    if n > 1 && m > 1 && most(matrix, n, m).saturating_add(w.person_reordered + w.person_complete) > best.sum {
        for by in 1..m {
            let score = score(a, b, matrix, by, c).and(w.person_reordered);
            if score.sum > best.sum {
                (best, turn) = (score, by);
            }
        }
    }
    if sink.wants_reasons() {
        reasons(turn, sink);
        if turn > 0 {
            sink.add("other order", "", "", w.person_reordered);
        }
    } else {
        sink.add("parts", "", "", best.sum);
    }
    let beyond = best.agreed - w.person_most;
    if beyond > 0 {
        sink.add("agreement beyond the most that counts", "", "", -beyond);
    }
}

/// Words that parts have in common when they may be known to be one, as [`pair`] finds: equal ones, short and full
/// names, names of several languages, initials, words of one meaning.
pub(super) fn keys(part: &Ready, mut take: impl FnMut(String)) {
    let initial = part.text.chars().next().unwrap_or_default();
    // An initial is compared with all parts that begin so, and each of these with initials.
    take(format!("{}{initial}", if part.role == Role::Initial { '^' } else { '>' }));
    take(format!("={}", part.text));
    let of = |equivalents: &[&'static str], take: &mut dyn FnMut(String)| {
        for sense in equivalents {
            take(format!("~{sense}"));
        }
    };
    of(part.equivalents, &mut take);
    for full in part.full {
        take(format!("={full}"));
        of(Vocabulary::embedded().equivalents(full), &mut take);
    }
    for sense in &part.senses {
        take(format!("#{sense}"));
    }
}

/// The keys by which the parts of others are found that may be known to be one with a part.
pub(super) fn wanted(part: &Ready, mut take: impl FnMut(String)) {
    let is_initial = part.role == Role::Initial;
    keys(part, |key| {
        if let Some(initial) = key.strip_prefix(['^', '>']) {
            take(format!("^{initial}"));
            if is_initial {
                take(format!(">{initial}"));
            }
        } else {
            take(key);
        }
    });
}

/// How far a name is from `floor` before its parts speak: no more than that is what they have to say; nothing where
/// weights are such that parts may speak for a name that say nothing for it. Of names that are in one script or in two,
/// and of a single part or not.
pub(super) fn needed(in_two: bool, single: bool, floor: i32, w: &Weights) -> Option<i64> {
    let against = [
        w.person_conflict_family, w.person_conflict_given, w.person_conflict_mixed, w.person_initial_conflict,
        w.person_generation, w.person_absent_first, w.person_absent_middle, w.person_absent_last,
        w.person_absent_initial,
    ];
    if against.into_iter().any(|weight| weight > 0) {
        return None;
    }
    let begin = [w.person_prior, if in_two { w.person_cross } else { 0 }, if single { w.person_single } else { 0 }];
    let at_best =
        [w.reading, w.person_generation_absent, w.person_reordered, w.person_complete.max(w.person_absent_both)];
    let begin: i64 = begin.into_iter().map(i64::from).sum();
    let at_best: i64 = at_best.into_iter().map(|weight| i64::from(weight.max(0))).sum();
    Some(i64::from(floor) - begin - at_best).filter(|needed| *needed >= 0)
}

/// The most that a part says whose rarity is no more than this, and is shared with no rarer one.
pub(super) fn most_of_part(rarity: i32, c: &Comparer<'_>) -> i64 {
    let w = c.weights;
    let named = c.most(rarity) + i64::from(w.person_nickname.max(0));
    named.max(i64::from(w.person_initial)).max(0)
        + i64::from(w.person_given_only.max(0))
        + i64::from(w.person_joined.max(0))
}

/// The most that is said of two full names of people in one script.
#[derive(Debug, Clone, Copy)]
pub(in crate::resolve) struct Most {
    /// Besides what their parts say.
    pub begin: i32,
    /// Besides that, when they have as many parts.
    pub whole: i32,
    /// Of a part that has no like, in names of as many parts.
    pub unlike: i32,
    /// Of an initial and a part that begins with it, and one that does not.
    pub initial: i32,
    pub other_initial: i32,
}

impl Most {
    pub fn new(w: &Weights) -> Self {
        let unlike = [w.person_conflict_family, w.person_conflict_given, w.person_conflict_mixed, w.person_absent_both];
        let unlike = unlike.into_iter().fold(NEVER, i32::max);
        Self {
            begin: w.person_prior + w.person_reordered.max(0),
            whole: w.person_complete.max(0),
            unlike,
            initial: w.person_initial.max(unlike),
            other_initial: w.person_initial_conflict.max(unlike),
        }
    }
}

/// What any two names of people begin with, whatever their parts.
pub(super) fn begin(a: &Reading, b: &Reading, w: &Weights) -> i32 {
    let cross = if a.foreign == b.foreign { 0 } else { w.person_cross };
    let single = if a.parts.len().min(b.parts.len()) == 1 { w.person_single } else { 0 };
    w.person_prior.saturating_add(cross).saturating_add(single)
}

/// What compares names of one part each in two scripts, or others.
pub(super) fn lone<'w>(a: &Reading, b: &Reading, c: &Comparer<'w>) -> Comparer<'w> {
    for_lengths(a.parts.len(), b.parts.len(), a.foreign != b.foreign, c)
}

/// The evidence of the generations of two people.
pub(in crate::resolve) fn generations(a: Option<&str>, b: Option<&str>, w: &Weights, sink: &mut impl Sink) {
    match (a, b) {
        (Some(x), Some(y)) if x != y => sink.add("different generation", x, y, w.person_generation),
        (Some(x), None) => sink.add("generation on one side", x, "", w.person_generation_absent),
        (None, Some(y)) => sink.add("generation on one side", "", y, w.person_generation_absent),
        _ => {}
    }
}

/// Which parts the other name has too: they are compared with no other part.
pub(super) fn same_parts(a: &Reading, b: &Reading) -> ([bool; MOST_PARTS], [bool; MOST_PARTS]) {
    let (mut left, mut right) = ([false; MOST_PARTS], [false; MOST_PARTS]);
    for (i, x) in a.parts.iter().enumerate() {
        for (j, y) in b.parts.iter().enumerate() {
            let same = x.role != Role::Initial && is_same(x, y);
            (left[i], right[j]) = (left[i] || same, right[j] || same);
        }
    }
    (left, right)
}

/// No less than two parts say; `only` if one of them has its like, and is compared with no other.
pub(super) fn pair_at_most(a: &Ready, b: &Ready, only: bool, c: &Comparer<'_>) -> i64 {
    let unlike = unlike(a, b, c);
    let same = is_same(a, b);
    if unlike.feature != "different part" || (only && !same) {
        return i64::from(unlike.weight);
    }
    let slot = i64::from(slot(a, b, c.weights));
    let found = c.alike_at_most(a, b, unlike.weight).unwrap_or(unlike.weight);
    if same {
        return i64::from(found) + slot;
    }
    let full = by_another_name(a, b).map(|_| c.same(a, b) + c.weights.person_nickname);
    i64::from(full.map_or(found, |full| full.max(found)).max(unlike.weight)) + slot
}

/// No less than two parts written as one say beside a part of the other name; nothing where they are not taken for it.
pub(super) fn together_at_most(whole: &Ready, part: &Ready, c: &Comparer<'_>) -> Option<i64> {
    if !is_near(whole, part) {
        return None;
    }
    let found = c.alike_at_most(whole, part, c.weights.person_conflict_mixed).filter(|found| *found > 0)?;
    Some(i64::from(found) + i64::from(joined(whole, part, c.weights)))
}

fn matrix(a: &Reading, b: &Reading, c: &Comparer<'_>) -> Matrix {
    let mut matrix = Matrix::empty();
    let (left, right) = same_parts(a, b);
    for (i, x) in a.parts.iter().enumerate() {
        for (j, y) in b.parts.iter().enumerate() {
            matrix.one[i][j] =
                if (left[i] || right[j]) && !is_same(x, y) { unlike(x, y, c).weight } else { pair(x, y, c).weight };
            if left[i] || right[j] {
                continue;
            }
            if let Some(whole) = a.joined[i].as_ref().filter(|_| !left[i + 1]) {
                matrix.two_left[i][j] = together(whole, y, c);
            }
            if let Some(whole) = b.joined[j].as_ref().filter(|_| !right[j + 1]) {
                matrix.two_right[i][j] = together(whole, x, c);
            }
        }
    }
    matrix
}

/// What two parts written as one say beside one part of the other name.
pub(in crate::resolve) fn together(whole: &Ready, part: &Ready, c: &Comparer<'_>) -> i32 {
    if !is_near(whole, part) {
        return NEVER;
    }
    let different = c.weights.person_conflict_mixed;
    let found = c.alike(whole, part, different).filter(|found| found.weight > 0);
    found.map_or(NEVER, |found| found.weight + joined(whole, part, c.weights))
}

/// Whether two parts written as one are compared with a part of the other name.
fn is_near(whole: &Ready, part: &Ready) -> bool {
    // Spellings of one name differ by a few letters; those in two scripts by more, as one may leave out vowels.
    let near = if whole.roman.is_some() == part.roman.is_some() {
        whole.text.len().abs_diff(part.text.len()) <= most_longer(part)
    } else {
        let (whole, part) = (whole.own.letters(), part.own.letters());
        whole.max(part) <= whole.min(part) * 2
    };
    near && part.role != Role::Initial
}

/// By how many letters two parts written as one may differ from a part in the same script.
pub(in crate::resolve) fn most_longer(part: &Ready) -> usize {
    2 + part.text.len() / 4
}

/// What it says that two parts are written as one.
fn joined(whole: &Ready, part: &Ready, w: &Weights) -> i32 {
    // Scripts without spaces between the parts of a name write them together always.
    let unspaced = part.roman.is_some() && whole.roman.is_none();
    if unspaced { 0 } else { w.person_joined }
}

/// What it says that two parts differ.
fn unlike(a: &Ready, b: &Ready, c: &Comparer<'_>) -> Found {
    differing(a.role, b.role, || a.text.chars().next() == b.text.chars().next(), c)
}

/// What it says that two parts of these roles differ; of an initial and another part only whether they begin alike counts.
pub(in crate::resolve) fn differing(a: Role, b: Role, begin_alike: impl FnOnce() -> bool, c: &Comparer<'_>) -> Found {
    let w = c.weights;
    let initial = a == Role::Initial || b == Role::Initial;
    let base = match (a, b) {
        _ if initial && begin_alike() => return Found { feature: "initial", weight: w.person_initial },
        _ if initial => return Found { feature: "different initial", weight: w.person_initial_conflict },
        (Role::Given, Role::Given) => w.person_conflict_given,
        (Role::Given, _) | (_, Role::Given) => w.person_conflict_mixed,
        _ => w.person_conflict_family,
    };
    Found { feature: "different part", weight: base }
}

/// What two parts say.
pub(in crate::resolve) fn pair(a: &Ready, b: &Ready, c: &Comparer<'_>) -> Found {
    let w = c.weights;
    let unlike = unlike(a, b, c);
    if unlike.feature != "different part" {
        return unlike;
    }
    let mut found = c.alike(a, b, unlike.weight).unwrap_or(unlike);
    if found.feature != "same part" {
        if let Some(feature) = by_another_name(a, b) {
            let full = c.same(a, b) + w.person_nickname;
            if full > found.weight {
                found = Found { feature, weight: full };
            }
        } else if are_short_for_others(a, b) {
            found = unlike;
        }
    }
    Found { weight: found.weight + slot(a, b, w), ..found }
}

/// What two parts say, each of them a given or a family name beside others, by how many are given names: their spelling is
/// weighed once. Nothing where that is no more than `least`.
pub(in crate::resolve) fn pair_by_roles(a: &Ready, b: &Ready, least: i32, c: &Comparer<'_>) -> Option<[i32; 3]> {
    let w = c.weights;
    let different = [w.person_conflict_family, w.person_conflict_mixed, w.person_conflict_given];
    let lowest = different.into_iter().min().unwrap_or(NEVER);
    let full = one_given(a, b).map(|_| c.same(a, b) + w.person_nickname);
    let found = c.alike(a, b, lowest);
    let is_same = found.is_some_and(|found| found.feature == "same part");
    let is_other = !is_same && are_short_for_others(a, b);
    let says = std::array::from_fn(|given| {
        let spelled = found.map_or(different[given], |found| found.weight.max(different[given]));
        match full.filter(|_| given > 0 && !is_same) {
            Some(full) => full.max(spelled),
            None if is_other => different[given],
            None => spelled,
        }
    });
    Some(says).filter(|says| says.iter().any(|says| *says > least))
}

/// What it says that one part is the only one and the other a given name.
fn slot(a: &Ready, b: &Ready, w: &Weights) -> i32 {
    match (a.role, b.role) {
        (Role::Mononym, Role::Given) | (Role::Given, Role::Mononym) => w.person_given_only,
        _ => 0,
    }
}

/// Whether two given names are known to be one: short and full, or the forms of two languages.
fn by_another_name(a: &Ready, b: &Ready) -> Option<&'static str> {
    if a.role == Role::Family && b.role == Role::Family {
        return None;
    }
    one_given(a, b)
}

/// The same of two that may be given names, whatever their roles.
fn one_given(a: &Ready, b: &Ready) -> Option<&'static str> {
    let is_one = |full: &str, other: &Ready| {
        full == &*other.text || is_shared(Vocabulary::embedded().equivalents(full), other.equivalents)
    };
    if a.full.is_empty() && b.full.is_empty() && (a.equivalents.is_empty() || b.equivalents.is_empty()) {
        return None;
    }
    // Lou may be short for Louis, and so for Luis.
    if a.full.iter().any(|full| is_one(full, b)) || b.full.iter().any(|full| is_one(full, a)) {
        return Some("nickname");
    }
    is_shared(a.equivalents, b.equivalents).then_some("the same name in another language")
}

/// Whether two given names in Latin letters are known to be short for different names: Tim is no spelling of Tom.
fn are_short_for_others(a: &Ready, b: &Ready) -> bool {
    let in_latin = a.roman.is_none() && b.roman.is_none();
    let listed = in_latin && !a.full.is_empty() && !b.full.is_empty() && !is_shared(a.full, b.full);
    // Benny and Beni sound alike, whatever they are short for.
    listed && rough(&sound(&a.text)) != rough(&sound(&b.text))
}

/// What it says that a part is on one side only.
pub(super) fn absent(role: Role, i: usize, parts: usize, c: &Comparer<'_>) -> i32 {
    let w = c.weights;
    match role {
        Role::Initial => w.person_absent_initial,
        _ if i == 0 => w.person_absent_first,
        _ if i + 1 == parts => w.person_absent_last,
        _ => w.person_absent_middle,
    }
}

/// A sum of evidence, and how much of it speaks for one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    sum: i32,
    agreed: i32,
}

impl Score {
    const NEVER: Self = Self { sum: NEVER, agreed: 0 };

    fn and(self, weight: i32) -> Self {
        Self { sum: self.sum.saturating_add(weight).max(NEVER), agreed: self.agreed.saturating_add(weight.max(0)) }
    }
}

/// More than any alignment sums up to: each part of the left with the one that says most.
fn most(matrix: &Matrix, n: usize, m: usize) -> i32 {
    let best = |square: &Square, i: usize| square[i][..m].iter().copied().max().unwrap_or(NEVER);
    (0..n).map(|i| best(&matrix.one, i).max(best(&matrix.two_left, i)).max(best(&matrix.two_right, i)).max(0)).sum()
}

/// The sums of the best alignments of the first parts of both sides, by which sides have left a part out.
///
/// Of names of fewer than `SIZE` parts.
type Sums<const SIZE: usize> = [[[Score; STATES]; SIZE]; SIZE];

/// The size of [`Sums`] for most names: room for more costs time.
const FEW: usize = 4;
/// The same for all names.
const MANY: usize = MOST_PARTS + 1;

/// The sums of alignments in order, the right side turned by some parts.
fn sums<const SIZE: usize>(a: &[Role], b: &[Role], matrix: &Matrix, turn: usize, c: &Comparer<'_>) -> Sums<SIZE> {
    let (n, m) = (a.len(), b.len());
    let mut sums = [[[Score::NEVER; STATES]; SIZE]; SIZE];
    sums[0][0][0].sum = 0;
    let (mut left, mut right) = ([0; MOST_PARTS], [0; MOST_PARTS]);
    for (i, weight) in left.iter_mut().enumerate().take(n) {
        *weight = absent(a[i], i, n, c);
    }
    for (j, weight) in right.iter_mut().enumerate().take(m) {
        let at = turned(j, turn, m);
        *weight = absent(b[at], at, m, c);
    }
    for i in 0..=n {
        for j in 0..=m {
            let ways = ways(i, j, m, turn, matrix);
            for state in 0..STATES {
                let mut best = sums[i][j][state];
                for (k, l, weight, is_way) in ways {
                    if is_way && sums[i - k][j - l][state].sum > NEVER {
                        best = best.max(sums[i - k][j - l][state].and(weight));
                    }
                }
                if i > 0 && state & 1 == 1 {
                    best = best.max(sums[i - 1][j][state].max(sums[i - 1][j][state ^ 1]).and(left[i - 1]));
                }
                if j > 0 && state & 2 == 2 {
                    best = best.max(sums[i][j - 1][state].max(sums[i][j - 1][state ^ 2]).and(right[j - 1]));
                }
                sums[i][j][state] = best;
            }
        }
    }
    sums
}

/// Where part `j` of a turned name of `m` parts stands in the name.
fn turned(j: usize, turn: usize, m: usize) -> usize {
    if j + turn < m { j + turn } else { j + turn - m }
}

/// The ways to pair the last parts of the first `i` and `j`: how many of each, what that says, and whether it is one.
fn ways(i: usize, j: usize, m: usize, turn: usize, matrix: &Matrix) -> [(usize, usize, i32, bool); 3] {
    if i == 0 || j == 0 {
        return [(0, 0, 0, false); 3];
    }
    let last = turned(j - 1, turn, m);
    let two_left = if i > 1 { matrix.two_left[i - 2][last] } else { NEVER };
    // Only parts that stand side by side in the name are written together.
    let two_right = if j > 1 && last > 0 { matrix.two_right[i - 1][last - 1] } else { NEVER };
    [(1, 1, matrix.one[i - 1][last], true), (2, 1, two_left, two_left > NEVER), (1, 2, two_right, two_right > NEVER)]
}

/// What it says which sides have left a part out.
fn end(state: usize, c: &Comparer<'_>) -> i32 {
    match state {
        0 => c.weights.person_complete,
        3 => c.weights.person_absent_both,
        _ => 0,
    }
}

/// The best sum, and the state that it ends in: of equal sums the one with the fewest parts left out.
fn best(sums: &[Score; STATES], c: &Comparer<'_>) -> (Score, usize) {
    let mut best = (sums[0].and(end(0, c)), 0);
    for (state, score) in sums.iter().enumerate().skip(1) {
        let score = score.and(end(state, c));
        if score.sum > best.0.sum {
            best = (score, state);
        }
    }
    best
}

fn score(a: &[Role], b: &[Role], matrix: &Matrix, turn: usize, c: &Comparer<'_>) -> Score {
    let (n, m) = (a.len(), b.len());
    if n.max(m) < FEW {
        best(&sums::<FEW>(a, b, matrix, turn, c)[n][m], c).0
    } else {
        best(&sums::<MANY>(a, b, matrix, turn, c)[n][m], c).0
    }
}

/// Tells the evidence of the best alignment.
fn reasons(
    a: &Reading,
    b: &Reading,
    (left, right): (&[Role], &[Role]),
    matrix: &Matrix,
    turn: usize,
    c: &Comparer<'_>,
    sink: &mut impl Sink,
) {
    let sums = sums::<MANY>(left, right, matrix, turn, c);
    let (a, b) = (&a.parts, &b.parts);
    let (mut i, mut j) = (a.len(), b.len());
    let m = j;
    let (_, last) = best(&sums[i][j], c);
    let mut state = last;
    let mut steps: Vec<(Side, Side, Found)> = Vec::new();
    while (i, j) != (0, 0) {
        let here = sums[i][j][state];
        let ways = ways(i, j, m, turn, matrix);
        let taken = ways.iter().find(|w| w.3 && sums[i - w.0][j - w.1][state].and(w.2) == here);
        if let Some(&(k, l, weight, _)) = taken {
            let text = |name: &[Ready], at: usize, count: usize| -> Side {
                name[at..at + count].iter().map(|p| p.text.as_ref()).collect::<Vec<_>>().join(" ")
            };
            let (x, y) = (i - k, turned(j - 1, turn, m) + 1 - l);
            let feature = if k + l > 2 {
                "written together"
            } else {
                let (p, q) = (&a[x], &b[y]);
                let (found, other) = (pair(p, q, c), unlike(p, q, c));
                if found.weight == weight { found.feature } else { other.feature }
            };
            steps.push((text(a, x, k), text(b, y, l), Found { feature, weight }));
            (i, j) = (i - k, j - l);
            continue;
        }
        // A part on one side only; a state is left for the one without it where the part was the first left out.
        let on_left = i > 0 && state & 1 == 1 && {
            let weight = absent(left[i - 1], i - 1, left.len(), c);
            sums[i - 1][j][state].and(weight) == here || sums[i - 1][j][state ^ 1].and(weight) == here
        };
        if !on_left && (j == 0 || state & 2 == 0) {
            break;
        }
        let (bit, name, roles, at) = if on_left { (1, a, left, i - 1) } else { (2, b, right, turned(j - 1, turn, m)) };
        let weight = absent(roles[at], at, roles.len(), c);
        let (k, l) = (usize::from(on_left), usize::from(!on_left));
        let text = name[at].text.to_string();
        let sides = if on_left { (text, Side::new()) } else { (Side::new(), text) };
        steps.push((sides.0, sides.1, Found { feature: "absent part", weight }));
        if sums[i - k][j - l][state].and(weight) != here {
            state ^= bit;
        }
        (i, j) = (i - k, j - l);
    }
    for (left, right, found) in steps.iter().rev() {
        sink.add(found.feature, left, right, found.weight);
    }
    if end(last, c) != 0 {
        let feature = if last == 3 { "each has a part that the other lacks" } else { "no part is left over" };
        sink.add(feature, "", "", end(last, c));
    }
}
