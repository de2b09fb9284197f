//! Capital runs: the pieces of a sentence that may be names.
//!
//! A run of capitalized words, held together by hyphens, initials and particles (`Deir ez-Zor`, `George W. Bush`,
//! `Saif al-Islam`), is cut at titles, demonyms, days and months, and freed of the word that has its capital only from
//! standing first. What is left is a chunk: one name, most often, whose kind other rules find.

use std::ops::Range;

use super::Document;
use crate::name::ARTICLES;
use crate::tables::Flags;
use crate::token::{Gap, Sentence, Shape, Style, TokenKind, is_apostrophe, is_hyphen};

/// No name has more tokens; longer runs are lists or shouting, and are cut. It keeps every look at a run's rest short.
const LONGEST: usize = 24;

/// What stands before a chunk and speaks of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lead {
    None,
    /// An honorific, office or rank.
    Title,
    /// An occupation.
    Role,
    /// A word of kinship.
    Kin,
}

/// A run of words that may be a name.
#[derive(Debug, Clone)]
pub(crate) struct Chunk {
    pub tokens: Range<usize>,
    pub lead: Lead,
    /// It begins its sentence, so that its first capital says little.
    pub initial: bool,
    /// It stands in a headline or in capitals, where capitals say nothing.
    pub loud: bool,
    /// The index of its sentence.
    pub sentence: usize,
}

/// Whether a word is a particle that joins the parts of a name when capitals stand on both sides.
fn is_joining(word: &str) -> bool {
    matches!(
        word,
        "al" | "el"
            | "ul"
            | "bin"
            | "ibn"
            | "bint"
            | "ben"
            | "ould"
            | "von"
            | "van"
            | "der"
            | "den"
            | "de"
            | "del"
            | "della"
            | "di"
            | "da"
            | "dos"
            | "das"
            | "do"
            | "du"
            | "des"
            | "la"
            | "le"
            | "les"
            | "y"
            | "e"
            | "ter"
            | "zu"
            | "zur"
            | "und"
            | "abu"
    )
}

/// Articles of other languages, as they begin names.
const FOREIGN_ARTICLES: [&str; 10] = ["Le", "La", "Les", "El", "Los", "Las", "Il", "Der", "Die", "Das"];

/// Whether a word is the Roman numeral of a ruler or a unit: II to XX.
pub(super) fn is_numeral(word: &str) -> bool {
    word.len() > 1 && word.len() <= 5 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// All chunks of a text, in order.
pub(crate) fn chunks(document: &Document<'_>) -> Vec<Chunk> {
    let guarded = guarded(document);
    // News has a capital run for six tokens or so.
    let mut out = Vec::with_capacity(document.tokens().len() / 6 + 4);
    for (index, sentence) in document.sentences().iter().enumerate() {
        if sentence.style == Style::Lower {
            continue;
        }
        let mut cutter = Cutter { document, guarded: &guarded, sentence, index, out: &mut out };
        let mut i = sentence.tokens.start;
        while i < sentence.tokens.end {
            match cutter.run(i) {
                Some(end) => {
                    cutter.cut(i..end);
                    i = end;
                }
                None => i += 1,
            }
        }
    }
    out
}

/// Which tokens are inside a listed name of several words, where no cut is made.
fn guarded(document: &Document<'_>) -> Vec<bool> {
    let mut guarded = vec![false; document.tokens().len()];
    for hit in document.hits.iter().filter(|h| h.case == super::gazetteer::Case::Name) {
        if hit.tokens.clone().filter(|&i| document.tokens()[i].is_word()).count() > 1 {
            guarded[hit.tokens.clone()].fill(true);
        }
    }
    guarded
}

struct Cutter<'a, 't> {
    document: &'a Document<'t>,
    guarded: &'a [bool],
    sentence: &'a Sentence,
    index: usize,
    out: &'a mut Vec<Chunk>,
}

impl Cutter<'_, '_> {
    fn in_sentence(&self, i: usize) -> bool {
        i < self.sentence.tokens.end
    }

    fn is_capital(&self, i: usize) -> bool {
        self.in_sentence(i) && self.document.tokens()[i].is_capitalized()
    }

    fn touches(&self, i: usize) -> bool {
        self.in_sentence(i) && self.document.tokens()[i].gap == Gap::None
    }

    fn is_sign(&self, i: usize, is: impl Fn(char) -> bool) -> bool {
        self.in_sentence(i)
            && self.document.tokens()[i].kind == TokenKind::Punctuation
            && self.document.word(i).chars().all(is)
    }

    fn has(&self, i: usize, flags: Flags) -> bool {
        self.in_sentence(i) && self.document.flag(i).has(flags)
    }

    /// The token after an article that a hyphen ties to a capital, `al-` `Jolani`, if such begins at `i`.
    fn article(&self, i: usize) -> Option<usize> {
        let tied =
            self.is_sign(i + 1, is_hyphen) && self.touches(i + 1) && self.touches(i + 2) && self.is_capital(i + 2);
        (tied && ARTICLES.contains(&self.document.word(i))).then_some(i + 3)
    }

    /// The end of the run that begins at token `i`, if one does.
    fn run(&self, i: usize) -> Option<usize> {
        let token = &self.document.tokens()[i];
        let mut end = if self.is_capital(i) {
            // The pronoun is no initial.
            if token.shape == Shape::Initial && self.document.word(i) == "I" && !self.is_sign(i + 1, |c| c == '.') {
                return None;
            }
            i + 1
        } else if token.shape == Shape::Lower {
            self.article(i)?
        } else {
            return None;
        };
        while end - i < LONGEST {
            match self.extension(i, end) {
                Some(further) => end = further,
                None => break,
            }
        }
        Some(end)
    }

    /// Where the run `start..end` ends with the next word taken in, if it can be.
    fn extension(&self, start: usize, end: usize) -> Option<usize> {
        if !self.in_sentence(end) {
            return None;
        }
        let document = self.document;
        let last = &document.tokens()[end - 1];
        let word = document.word(end);
        if self.is_capital(end) {
            return (!self.touches(end) || document.word(end - 1).ends_with(is_apostrophe)).then_some(end + 1);
        }
        if self.is_sign(end, is_hyphen) && self.touches(end) && self.touches(end + 1) {
            if self.is_capital(end + 1) {
                return Some(end + 2);
            }
            // Mazar-i-Sharif, Bab el-Mandeb, Tehreek-e-Taliban
            let small = document.tokens().get(end + 1).is_some_and(|t| t.shape == Shape::Lower && t.span.len() <= 3);
            let tied = small && self.is_sign(end + 2, is_hyphen) && self.touches(end + 2) && self.touches(end + 3);
            if tied && self.is_capital(end + 3) {
                return Some(end + 4);
            }
            // Kim Jong-il, Roh Moo-hyun, Ban Ki-moon: a syllable in lower case, after a family name.
            let syllable = document.tokens().get(end + 1).is_some_and(|t| t.shape == Shape::Lower && t.span.len() <= 5);
            let asian = end - start >= 2 && self.is_capital(end - 2) && last.span.len() <= 5;
            let common = |i: usize| self.has(i, Flags::COMMON);
            let name = || !common(end + 1) || !common(end - 1) && self.has(end - 2, Flags::FAMILY);
            return (syllable && asian && name()).then_some(end + 2);
        }
        if self.is_sign(end, |c| c == '.') && self.touches(end) && self.is_capital(end + 1) && !self.touches(end + 1) {
            let abbreviates =
                last.shape == Shape::Initial || self.has(end - 1, Flags::TITLE) || document.word(end - 1) == "St";
            return (abbreviates && !self.has(end + 1, Flags::STARTER)).then_some(end + 2);
        }
        if self.is_sign(end, |c| c == '&') && self.is_capital(end + 1) {
            return Some(end + 2);
        }
        // Workers' Party, Lord's Resistance Army
        let possessive = document.tokens()[end].kind == TokenKind::Possessive
            || self.is_sign(end, is_apostrophe) && document.word(end - 1).ends_with('s');
        if possessive
            && self.touches(end)
            && self.is_capital(end + 1)
            && !self.has(end - 1, Flags::GIVEN.with(Flags::FAMILY))
        {
            let head = (end + 1..end + 4).take_while(|&k| self.is_capital(k)).any(|k| self.has(k, Flags::ORG_LAST));
            let common = self.has(end - 1, Flags::COMMON) || document.tokens()[end].kind != TokenKind::Possessive;
            return (head && common).then_some(end + 2);
        }
        if self.document.tokens()[end].shape == Shape::Lower {
            if let Some(end) = self.article(end) {
                return Some(end);
            }
            if is_joining(word) {
                let mut next = end + 1;
                while next < end + 3 && self.in_sentence(next) && is_joining(document.word(next)) {
                    next += 1;
                }
                return match self.article(next) {
                    Some(end) => Some(end),
                    None => self.is_capital(next).then_some(next + 1),
                };
            }
        }
        // Brigade 44, Division 30
        let numbered = document.tokens()[end].kind == TokenKind::Number && self.has(end - 1, Flags::ORG_LAST);
        (numbered && end - start > 1 && !self.touches(end)).then_some(end + 1)
    }

    /// Whether no word of the sentence stands before token `i`, or only a colon, dash or opening quote does.
    fn is_initial(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|&b| b >= self.sentence.tokens.start) else { return true };
        let word = self.document.word(before);
        match word {
            ":" | "—" | "–" | "•" | "*" => true,
            // What is quoted may begin a sentence, and its first capital may be that of any quoted word.
            "\"" | "“" | "«" | "‘" | "'" | "„" => true,
            "(" | "[" | "-" if !self.touches(before) => self.is_initial_quote(before),
            _ => {
                matches!(self.document.tokens()[before].kind, TokenKind::Symbol | TokenKind::Markup)
                    && self.is_initial(before)
            }
        }
    }

    /// Whether what an opening quote or bracket at `i` opens is a sentence of its own.
    fn is_initial_quote(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|&b| b >= self.sentence.tokens.start) else { return true };
        matches!(self.document.word(before), "," | ":" | "." | "—")
    }

    /// Cuts a run into chunks.
    fn cut(&mut self, run: Range<usize>) {
        let loud = matches!(self.sentence.style, Style::Title | Style::Capitals);
        let mut start = run.start;
        let mut lead = self.lead_before(run.start);
        let mut i = run.start;
        // The word that stands first may have its capital from that alone.
        if self.is_initial(i) && !self.guarded[i] {
            let names = Flags::GIVEN.with(Flags::FAMILY);
            let organization = self.ends_organization(run.clone());
            // `Le Monde`, `Los Angeles`: a foreign article belongs to the name.
            let article = run.len() > 1 && FOREIGN_ARTICLES.contains(&self.document.word(i));
            if self.has(i, Flags::STARTER) && !article && !(organization && self.has(i, Flags::ORG_FIRST))
                || self.has(i, Flags::VERY_COMMON) && !self.has(i, names) && run.len() > 1 && !organization
            {
                (i, start) = (i + 1, i + 1);
                lead = Lead::None;
            }
        }
        while i < run.end {
            let cut = match self.guarded[i] {
                // A listed name after an everyday word begins a chunk of its own.
                true if i > start && !self.guarded[i - 1] && self.begins_person(i, &run) => {
                    self.push(start..i, lead, loud);
                    (start, lead) = (i, Lead::None);
                    None
                }
                true => None,
                false if self.is_title(i, &run) => Some(match () {
                    () if self.has(i, Flags::TITLE) => Lead::Title,
                    () if self.has(i, Flags::KIN) => Lead::Kin,
                    () => Lead::Role,
                }),
                false if self.is_divider(i, &run, loud) && !(i == start && lead == Lead::Title) => Some(Lead::None),
                false if i > start && self.begins_person(i, &run) => {
                    self.push(start..i, lead, loud);
                    (start, lead) = (i, Lead::None);
                    None
                }
                false => None,
            };
            if let Some(next_lead) = cut {
                self.push(start..i, lead, loud);
                (start, lead) = (i + 1, next_lead);
            }
            i += 1;
        }
        self.push(start..run.end, lead, loud);
    }

    /// Whether the run, seen from here, ends in the head of an organization.
    fn ends_organization(&self, run: Range<usize>) -> bool {
        run.len() > 1 && self.has(run.end - 1, Flags::ORG_LAST.with(Flags::LEGAL_FORM))
            || self.document.tokens()[run.end - 1].kind == TokenKind::Number
    }

    /// Whether token `i` is a title, rank or occupation that leads a name (`General` Haftar, not `General` Motors).
    fn is_title(&self, i: usize, run: &Range<usize>) -> bool {
        if !self.has(i, Flags::TITLE.with(Flags::ROLE).with(Flags::KIN)) {
            return false;
        }
        let names = Flags::GIVEN.with(Flags::FAMILY);
        let next = (i + 1..run.end).find(|&k| self.document.tokens()[k].is_word());
        let Some(next) = next else {
            // `Erik Prince` keeps it, `Pentagon Chief` does not.
            let before = i.checked_sub(1).filter(|&b| b >= run.start);
            return !(before.is_some_and(|b| self.has(b, Flags::GIVEN)) && self.has(i, names));
        };
        if self.has(next, Flags::TITLE.with(Flags::ROLE)) && next + 1 < run.end || self.guarded[next] {
            return true;
        }
        if self.ends_organization(next..run.end) || self.ends_organization(i..run.end) {
            return false;
        }
        // Words such as `Major` or `Guide` before another common word are no titles.
        self.has(i, Flags::TITLE) || !self.has(next, Flags::COMMON) || self.has(next, names)
    }

    /// Whether a full name begins at token `i`, after an everyday word: `Budget Director` `Mick Mulvaney`.
    fn begins_person(&self, i: usize, run: &Range<usize>) -> bool {
        let names = Flags::GIVEN.with(Flags::FAMILY);
        let everyday = |b: usize| self.is_capital(b) && self.has(b, Flags::COMMON) && !self.has(b, names);
        let before = (run.start..i).next_back().is_some_and(everyday);
        let known = self.has(i, Flags::GIVEN) && !self.has(i, Flags::COMMON);
        let follows = i + 1 < run.end && self.is_capital(i + 1) && !self.has(i + 1, Flags::COMMON);
        before && known && follows && !self.ends_organization(i..run.end)
    }

    /// Whether token `i` belongs to no name: a demonym, a day, in headlines a common word.
    fn is_divider(&self, i: usize, run: &Range<usize>, loud: bool) -> bool {
        let names = Flags::GIVEN.with(Flags::FAMILY);
        if self.has(i, Flags::DEMONYM) {
            return !self.ends_organization(i..run.end);
        }
        if self.has(i, Flags::CALENDAR) {
            // `April Jones`, `Theresa May`; but `May Day`, `Sunday`
            let next_to = |k: usize| run.contains(&k) && self.has(k, names) && !self.has(k, Flags::COMMON);
            return !(self.has(i, names) && (next_to(i + 1) || i > 0 && next_to(i - 1))
                || self.ends_organization(i..run.end));
        }
        let joined = i > run.start && self.is_sign(i - 1, is_hyphen);
        if self.has(i, Flags::OTHER_NAME) && !joined && !(i > run.start && is_numeral(self.document.word(i))) {
            return !self.ends_organization(i..run.end);
        }
        loud && self.has(i, Flags::COMMON.with(Flags::STARTER))
            && !self.has(
                i,
                names.with(Flags::ORG_LAST).with(Flags::ORG_FIRST).with(Flags::PLACE_LAST).with(Flags::PLACE_FIRST),
            )
            && !self.ends_organization(i..run.end)
    }

    /// What stands right before token `i`.
    fn lead_before(&self, i: usize) -> Lead {
        let Some(mut before) = i.checked_sub(1).filter(|&b| b >= self.sentence.tokens.start) else { return Lead::None };
        // `Lt. Gen.`, `Mr.`
        if self.is_sign(before, |c| c == '.') && before > self.sentence.tokens.start {
            before -= 1;
        }
        let flags = self.document.flag(before);
        let plain = !self.document.tokens()[before].shape.is_capitalized();
        if flags.has(Flags::TITLE) {
            Lead::Title
        } else if flags.has(Flags::KIN) && plain {
            Lead::Kin
        } else if flags.has(Flags::ROLE) && plain {
            Lead::Role
        } else {
            Lead::None
        }
    }

    /// Keeps a piece of a run, without the signs at its ends.
    fn push(&mut self, piece: Range<usize>, lead: Lead, loud: bool) {
        let is_word =
            |i: &usize| self.document.tokens()[*i].is_word() || self.document.tokens()[*i].kind == TokenKind::Number;
        let Some(start) = piece.clone().find(is_word) else { return };
        let Some(last) = piece.rev().find(is_word) else { return };
        let (mut start, mut last) = (start, last);
        // A particle that lost its name on one side is none: `de`, `und`.
        let is_small = |i: usize| self.document.tokens()[i].shape == Shape::Lower;
        while start < last && is_small(start) && self.article(start).is_none() {
            start += 1;
        }
        while start < last && is_small(last) {
            last -= 1;
        }
        if is_small(last) || self.document.tokens()[last].kind == TokenKind::Number && start == last {
            return;
        }
        // Letters alone are no name: a list's numbers, the rest of a word.
        let letters = (start..=last).filter(|&i| self.document.tokens()[i].is_word());
        if letters.clone().all(|i| self.document.tokens()[i].shape == Shape::Initial) {
            return;
        }
        // 44th Brigade
        if let Some(before) = start.checked_sub(1).filter(|&b| b >= self.sentence.tokens.start) {
            let word = self.document.word(before);
            let ordinal =
                word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with(|c: char| c.is_ascii_lowercase());
            if ordinal && self.ends_organization(before..last + 1) {
                start = before;
            }
        }
        let initial = self.is_initial(start);
        self.out.push(Chunk { tokens: start..last + 1, lead, initial, loud, sentence: self.index });
    }
}
