//! Cue rules: what the words around a capital run say of it.
//!
//! The words are data (`titles.tsv`, `heads.tsv`, `cues.tsv`); here is what their places mean.

use std::ops::Range;

use super::chunk::{Chunk, Lead};
use super::{Candidate, Document, Recognizer};
use crate::mention::EntityKind::{self, Organization, Person, Place};
use crate::name::{Acronym, AcronymFit, acronym_fit};
use crate::tables::Flags;
use crate::token::{Gap, Shape, TokenKind, is_hyphen, is_quote};

/// The recognizer of cues.
pub(super) struct Cued;

// Weights in 1/1000 log2 odds, set by reading the development texts: a cue that is right nine times in ten adds about
// three bits to an even prior, one that is right three times in four one and a half.
const TITLE: i32 = 5_000;
const ROLE: i32 = 3_500;
const KIN: i32 = 4_000;
const SPEECH: i32 = 2_200;
const APPOSITION: i32 = 2_000;
const AGE: i32 = 4_000;
const BEFORE_PERSON: i32 = 1_500;
const BEFORE_PLACE: i32 = 2_600;
const BEFORE_ORG: i32 = 2_200;
const HEAD: i32 = 5_000;
const FIRST_HEAD: i32 = 3_500;
const LEGAL_FORM: i32 = 6_000;
const GENERIC_AFTER: i32 = 4_000;
const OF_NAME: i32 = 9_000;
const PARENTHESIS: i32 = 5_000;
const DATELINE: i32 = 4_500;
const CONTAINER: i32 = 2_500;

/// Lower-case words after a hyphen that show what stands before it: `UK-based`, `al-Qaeda-linked`.
const BASED: [&str; 4] = ["based", "born", "bound", "administered"];
pub(super) const LINKED: [&str; 9] =
    ["linked", "led", "backed", "affiliated", "aligned", "inspired", "run", "funded", "sponsored"];

impl Recognizer for Cued {
    fn name(&self) -> &'static str {
        "rules"
    }

    fn recognize(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
        for (i, chunk) in document.chunks.iter().enumerate() {
            let mut look = Look::new(document, chunk, out);
            look.heads();
            look.before();
            look.after();
            look.container(document.chunks.get(i + 1));
            if chunk.tokens.len() == 1 {
                look.parenthesis();
            }
            look.of_name(&document.chunks[i + 1..]);
        }
    }
}

/// A chunk, and what is said of it.
pub(super) struct Look<'a, 't> {
    pub document: &'a Document<'t>,
    pub chunk: &'a Chunk,
    pub out: &'a mut Vec<Candidate>,
    /// The tokens of its sentence.
    sentence: Range<usize>,
}

impl<'a, 't> Look<'a, 't> {
    pub fn new(document: &'a Document<'t>, chunk: &'a Chunk, out: &'a mut Vec<Candidate>) -> Self {
        let sentence = document.sentences()[chunk.sentence].tokens.clone();
        Self { document, chunk, out, sentence }
    }

    pub fn say(&mut self, kind: EntityKind, rule: &'static str, weight: i32) {
        self.out.push(Candidate::new(self.document.span(&self.chunk.tokens), kind, rule, weight));
    }

    pub fn sentence(&self) -> Range<usize> {
        self.sentence.clone()
    }

    /// The word at a token of this sentence, else nothing.
    pub fn word(&self, i: usize) -> &'t str {
        if self.sentence.contains(&i) { self.document.word(i) } else { "" }
    }

    pub fn has(&self, i: usize, flags: Flags) -> bool {
        self.sentence.contains(&i) && self.document.flag(i).has(flags)
    }

    pub fn is_lower(&self, i: usize) -> bool {
        self.sentence.contains(&i) && self.document.tokens()[i].shape == Shape::Lower
    }

    /// The heads of organizations and places inside the chunk.
    fn heads(&mut self) {
        let Range { start, end } = self.chunk.tokens;
        let last = end - 1;
        let several = end - start > 1;
        if several && self.has(last, Flags::LEGAL_FORM) && self.document.word(last).len() > 1 {
            self.say(Organization, "rules:legal-form", LEGAL_FORM);
        }
        let numbered = self.document.tokens()[last].kind == TokenKind::Number && self.has(last - 1, Flags::ORG_LAST);
        if several && (self.has(last, Flags::ORG_LAST) || numbered) {
            let common = (start..last).all(|i| self.has(i, Flags::COMMON));
            let weak = common && self.chunk.initial && end - start == 2;
            let label = weak && self.word(end) == ":";
            if !label {
                // George Washington University, whoever it is named after.
                self.say(Person, "rules:organization-head", -HEAD);
                self.say(Organization, "rules:organization-head", if weak { HEAD / 2 } else { HEAD });
            }
        } else if several && self.has(start, Flags::ORG_FIRST) {
            self.say(Organization, "rules:organization-first", FIRST_HEAD);
        }
        if several && self.has(last, Flags::PLACE_LAST) {
            self.say(Place, "rules:place-head", HEAD);
        } else if several && self.has(start, Flags::PLACE_FIRST) && !self.has(start, Flags::GIVEN) {
            self.say(Place, "rules:place-first", FIRST_HEAD);
        }
        // One generic word by itself is no name: `the Ministry`, `the River`.
        let generic = Flags::ORG_LAST.with(Flags::ORG_FIRST).with(Flags::PLACE_LAST).with(Flags::LEGAL_FORM);
        if !several && self.has(start, generic) {
            for kind in EntityKind::ALL {
                self.say(kind, "rules:generic-alone", -2_500);
            }
        }
    }

    /// The words before the chunk.
    fn before(&mut self) {
        match self.chunk.lead {
            Lead::Title => self.say(Person, "rules:title", TITLE),
            Lead::Role => self.say(Person, "rules:role", ROLE),
            Lead::Kin => self.say(Person, "rules:kin", KIN),
            Lead::None => {}
        }
        let sentence = self.sentence();
        let Some(mut before) = self.chunk.tokens.start.checked_sub(1).filter(|b| sentence.contains(b)) else { return };
        // `the town of the Harem`, `“Harem`
        for _ in 0..2 {
            let word = self.word(before);
            let skip = matches!(word, "the" | "The") || word.chars().all(is_quote);
            if skip && before > sentence.start {
                before -= 1;
            }
        }
        let article = before + 1 < self.chunk.tokens.start && matches!(self.word(before + 1), "the" | "The");
        if self.has(before, Flags::BEFORE_PLACE) {
            // `in the Guardian`, `in the Commons`: an article halves it.
            self.say(Place, "rules:before-place", if article { BEFORE_PLACE / 2 } else { BEFORE_PLACE });
        }
        if self.has(before, Flags::BEFORE_ORG) {
            self.say(Organization, "rules:before-organization", BEFORE_ORG);
        }
        if self.has(before, Flags::BEFORE_PERSON) && !article {
            self.say(Person, "rules:before-person", BEFORE_PERSON);
        }
        if article {
            self.say(Person, "rules:article", -2_500);
            self.say(Organization, "rules:article", 700);
        }
        if matches!(self.word(before), "a" | "an") {
            self.say(Person, "rules:indefinite", -4_000);
            self.say(Place, "rules:indefinite", -1_500);
        }
    }

    /// The words after the chunk.
    fn after(&mut self) {
        let end = self.chunk.tokens.end;
        let next = self.word(end);
        if self.has(end, Flags::SPEECH) && self.is_lower(end) {
            self.say(Person, "rules:speech", SPEECH);
            // A capital speaks for its government.
            self.say(Organization, "rules:speech", SPEECH / 2);
            self.say(Place, "rules:speech", SPEECH / 2);
        }
        if self.is_lower(end) && self.has(end, Flags::AFTER_ORG) {
            self.say(Organization, "rules:body-after", GENERIC_AFTER);
        }
        if self.is_lower(end) && self.has(end, Flags::AFTER_PLACE) {
            self.say(Place, "rules:ground-after", GENERIC_AFTER);
        }
        if next.chars().all(is_hyphen) && !next.is_empty() {
            let tied = self.word(end + 1);
            if BASED.contains(&tied) {
                self.say(Place, "rules:based", GENERIC_AFTER);
            } else if LINKED.contains(&tied) {
                self.say(Organization, "rules:linked", 1_000);
                self.say(Place, "rules:linked", 1_000);
            }
        }
        let possessive = self.document.tokens().get(end).is_some_and(|t| t.kind == TokenKind::Possessive);
        if possessive {
            for kind in EntityKind::ALL {
                self.say(kind, "rules:possessive", 500);
            }
        }
        let comma = matches!(next, "," | "(" | "—" | "–");
        if comma && self.document.tokens().get(end + 1).is_some_and(|t| t.kind == TokenKind::Number) {
            let age = self.word(end + 1).parse::<u8>().is_ok_and(|age| (8..=110).contains(&age));
            if age && matches!(self.word(end + 2), "," | ")" | "." | "—" | "years") {
                self.say(Person, "rules:age", AGE);
            }
        }
        let after = if comma { end + 1 } else { end };
        if self.has(after, Flags::AFTER_PERSON) && (comma || self.is_lower(end)) {
            let word = self.word(after);
            if comma || matches!(word, "who" | "whose" | "himself" | "herself") {
                self.say(Person, "rules:after-person", APPOSITION);
            }
        }
        if self.dateline() {
            self.say(Place, "rules:dateline", DATELINE);
        }
    }

    /// `TUNIS —`, `BEIRUT, Lebanon (AP) —` at the start of a paragraph.
    fn dateline(&self) -> bool {
        let start = self.chunk.tokens.start;
        let token = &self.document.tokens()[start];
        let rest = (self.chunk.tokens.end..self.chunk.tokens.end + 6).map(|i| self.word(i));
        token.shape == Shape::Upper
            && self.chunk.initial
            && matches!(token.gap, Gap::Paragraph | Gap::Line)
            && rest.take_while(|w| !w.is_empty()).any(|w| matches!(w, "—" | "–" | "--"))
    }

    /// `City, Country,`: a comma between two names of which the second may hold the first.
    fn container(&mut self, next: Option<&Chunk>) {
        let Some(next) = next.filter(|n| n.sentence == self.chunk.sentence) else { return };
        let end = self.chunk.tokens.end;
        if next.tokens.start != end + 1 || self.word(end) != "," {
            return;
        }
        let clear_place = |tokens: &Range<usize>| {
            let mut hits = self.document.hits_in(tokens).iter();
            hits.any(|h| h.tokens == *tokens && h.kind == Place && h.clear && h.rank >= 5)
        };
        // A list goes on with a comma and a name, or with `and`.
        let after = self.word(next.tokens.end);
        let list = after == "and"
            || after == ","
                && self
                    .document
                    .tokens()
                    .get(next.tokens.end + 1)
                    .is_some_and(super::super::token::Token::is_capitalized)
            || after == "," && self.word(next.tokens.end + 1) == "and";
        if clear_place(&next.tokens) && !list {
            self.say(Place, "rules:container", CONTAINER);
        }
    }

    /// `Name (ACR)` and `ACR (Name)`: the words before or in the parentheses, when their initials fit.
    fn parenthesis(&mut self) {
        let at = self.chunk.tokens.start;
        let token = self.document.tokens()[at];
        let acronym = token.shape == Shape::Upper || token.kind == TokenKind::Initialism;
        if !acronym || self.word(at + 1) != ")" || at.checked_sub(1).map(|b| self.word(b)) != Some("(") {
            return;
        }
        let Some(open) = at.checked_sub(1) else { return };
        let first = self.sentence().start.max(open.saturating_sub(14));
        let text = |tokens: Range<usize>| self.document.span(&tokens);
        // The shortest run of words that the letters fit.
        let acronym = Acronym::of(self.document.word(at));
        // Words of ASCII with spaces between them are folded already.
        let is_plain = |i: usize| {
            let token = self.document.tokens()[i];
            token.kind == TokenKind::Word && token.gap != Gap::None
        };
        let plain = (first..open).rev().take_while(|&i| is_plain(i)).last().unwrap_or(open);
        let fits = |start: usize| {
            let token = self.document.tokens()[start];
            if !token.is_capitalized() || self.has(start, Flags::STARTER) {
                return false;
            }
            let name = &self.document.text()[text(start..open)];
            if start < plain || !name.is_ascii() {
                return acronym_fit(name, self.document.word(at)) == Some(AcronymFit::Initials);
            }
            let words = (start..open).map(|i| self.document.folded_word(i)).filter(|w| !w.is_empty());
            acronym.as_ref().is_some_and(|acronym| acronym.is_initials_of(words))
        };
        let start = (first..open).rev().find(|&start| fits(start));
        if let Some(start) = start {
            // A demonym before it belongs to it when its letter is needed; else the shortest run is the name.
            self.out.push(Candidate::new(text(start..open), Organization, "rules:acronym", OF_NAME));
            self.say(Organization, "rules:acronym", PARENTHESIS);
        } else {
            self.say(Organization, "rules:parenthesis", 500);
        }
    }

    /// `Ministry of Defence`, `Observatory for Human Rights`: a head, a preposition, and what follows.
    fn of_name(&mut self, rest: &[Chunk]) {
        let Range { start, end } = self.chunk.tokens;
        let link = self.word(end);
        let of = matches!(link, "of" | "de" | "du" | "des" | "della" | "di");
        if !(of || matches!(link, "for" | "on" | "against" | "to" | "in")) {
            return;
        }
        let several = end - start > 1;
        let first = (start..end).rev().take(1).any(|i| self.has(i, Flags::ORG_FIRST));
        let head = first || several && self.has(end - 1, Flags::ORG_LAST);
        let place = self.has(end - 1, Flags::PLACE_FIRST) && of && !first;
        if !(head || place) || !of && link != "for" && !(head && several) {
            return;
        }
        let mut at = end + 1;
        if matches!(self.word(at), "the" | "The") {
            at += 1;
        }
        // `Organization of Islamic Cooperation`: a demonym belongs to what follows.
        while self.has(at, Flags::DEMONYM) && self.document.tokens()[at].is_capitalized() {
            at += 1;
        }
        let Some(index) = rest.iter().take(3).position(|c| c.tokens.start <= at && at < c.tokens.end) else { return };
        let mut last = rest[index].tokens.end;
        // A second name after `and` is in the same name when both are common words: `Foreign Affairs and Expatriates`.
        let common = |tokens: &Range<usize>| tokens.clone().all(|i| self.has(i, Flags::COMMON));
        for next in rest[index + 1..].iter().take(2) {
            let joined = next.tokens.start == last + 1 && matches!(self.word(last), "and" | "&" | "of");
            // What is neither listed nor anybody's name is of a kind with the common words before it.
            let listed = self.document.hits_in(&next.tokens).iter().any(|h| h.clear);
            let named = self.has(next.tokens.start, Flags::GIVEN) || listed;
            let alike = common(&next.tokens) || common(&(at..last)) && next.tokens.len() == 1 && !named;
            if !joined || !alike {
                break;
            }
            last = next.tokens.end;
        }
        // A place after `in` is where it is, not what it is called.
        if matches!(link, "in" | "to" | "on" | "against") && !common(&(at..last)) {
            return;
        }
        // Of a country it is its name only for heads that a country has one of.
        let span = self.document.span(&(start..last));
        let (kind, rule) =
            if place && !head { (Place, "rules:place-of") } else { (Organization, "rules:organization-of") };
        self.out.push(Candidate::new(span, kind, rule, if kind == Place { HEAD } else { OF_NAME }));
    }
}
