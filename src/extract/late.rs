//! Cues that are said after the tagger has judged.
//!
//! What they find is frequent or certain. Were it in the draft that the tagger sees, it would learn to trust the rules
//! for other single words, too, and take more of the people that nobody lists for places.

use std::ops::Range;

use super::chunk::Chunk;
use super::gazetteer::Case;
use super::rules::{LINKED, Look};
use super::{Candidate, Document};
use crate::mention::EntityKind::{self, Organization, Person, Place};
use crate::name::is_article;
use crate::tables::Flags;
use crate::token::{Gap, Shape, Style, is_hyphen};

// Weights in 1/1000 log2 odds; see `rules.rs` for how they were set. They outweigh what the tagger says against a name.
/// The letters of a state, which have the priors of a body's acronym and mostly look like a common word.
const STATE: i32 = 8_000;
/// `La Stampa`, like other heads of organizations.
const MEDIUM: i32 = 5_000;
/// Beside what the table says, which for capitals as such is little.
const LISTED_STATE: i32 = 4_000;
/// In a sentence of capitals, where no capital says anything, a listed name is what there is to go by.
const SHOUTED: i32 = 2_000;
/// What a military operation says against an organization that is called so.
const OPERATION: i32 = -3_000;
/// `Voice of Cyrenaica`, like other names with `of`.
const VOICE: i32 = 9_000;
/// Four in five of the training texts' names of one word with a capital inside are organizations.
const INNER_CAPITAL: i32 = 1_200;
/// All by-names that stand alone in the training texts are people, and there are few.
const NISBA: i32 = 3_000;
/// What the given name `Al` says for a person.
const GIVEN_NAME: i32 = 3_500;
/// `al-Qaeda-linked`: so do words before organizations.
const LINKED_GROUP: i32 = 2_200;
/// `a battalion known as`, and what `known as` alone says for a person.
const CALLED: i32 = 4_000;
const CALLED_PERSON: i32 = 1_500;
/// What ends a headline after a dash.
const ATTRIBUTION: i32 = 3_000;
/// The longer of two readings, of which the shorter has all of the evidence.
const PART_OF_PLACE: i32 = 8_000;

/// What stands before an inner capital in names of people.
const PREFIXES: [&str; 13] = ["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Fitz", "Van", "O’", "O'", "El", "Al"];
/// Words after a hyphen that mostly follow names of groups.
const TIED_TO_GROUPS: [&str; 4] = ["linked", "affiliated", "aligned", "inspired"];
/// A headline has at least so many tokens before the medium that it is from.
const HEADLINE: usize = 4;
/// The shortest word that is taken for a by-name.
const SHORTEST_NISBA: usize = 5;

/// What the late cues say of a document's chunks.
pub(super) fn cues(document: &Document<'_>) -> Vec<Candidate> {
    let mut out = Vec::new();
    for hit in document.hits.iter().filter(|hit| hit.case == Case::Shouted && hit.clear) {
        out.push(Candidate::new(document.span(&hit.tokens), hit.kind, "late:shouted", SHOUTED));
    }
    for (i, chunk) in document.chunks.iter().enumerate() {
        let mut look = Look::new(document, chunk, &mut out);
        look.state();
        look.words();
        look.around();
        look.part_of_place();
        look.operation();
        look.voice(document.chunks.get(i + 1));
    }
    out
}

impl<'t> Look<'_, 't> {
    /// The word that a hyphen ties to the chunk.
    fn tied(&self) -> &'t str {
        let hyphen = self.word(self.chunk.tokens.end);
        if !hyphen.is_empty() && hyphen.chars().all(is_hyphen) { self.word(self.chunk.tokens.end + 1) } else { "" }
    }

    /// Whether the line ends before a token.
    fn ends_line(&self, end: usize) -> bool {
        self.document.tokens().get(end).is_none_or(|next| matches!(next.gap, Gap::Line | Gap::Paragraph))
    }

    /// The letters of a state, and no part of an adjective (`US-led`): where no table lists them, and less where one does.
    fn state(&mut self) {
        let Range { start, end } = self.chunk.tokens;
        if end - start > 1 || !self.document.flag(start).has(Flags::STATE) {
            return;
        }
        let shouted = self.document.sentences()[self.chunk.sentence].style == Style::Capitals;
        if !shouted && !LINKED.contains(&self.tied()) {
            let listed = !self.document.hits_in(&self.chunk.tokens).is_empty();
            self.say(Place, "late:state", if listed { LISTED_STATE } else { STATE });
        }
    }

    /// What the words of the chunk are.
    fn words(&mut self) {
        let Range { start, end } = self.chunk.tokens;
        let (document, last) = (self.document, end - 1);
        if end - start == 1 {
            let prefixed = || {
                PREFIXES.iter().any(|prefix| {
                    let rest = document.word(start).strip_prefix(prefix);
                    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
                })
            };
            if document.tokens()[start].shape == Shape::Camel && !prefixed() {
                self.say(Organization, "late:inner-capital", INNER_CAPITAL);
            }
            return;
        }
        if self.has(last, Flags::MEDIUM) {
            self.say(Organization, "late:medium", MEDIUM);
            self.say(Person, "late:medium", -MEDIUM);
        }
        if !is_article(document.word(start)) {
            return;
        }
        let folded = document.folded_word(last);
        if end - start == 3 && self.is_lower(start) && folded.len() >= SHORTEST_NISBA && folded.ends_with('i') {
            // Of a place or trade: `al-Masri`, `al-Baghdadi`.
            self.say(Person, "late:by-name", NISBA);
        }
        // `Al Gore`, but `Al Arabiya`
        let names = Flags::GIVEN.with(Flags::FAMILY).with(Flags::COMMON);
        if end - start == 2 && self.has(start, Flags::GIVEN) && !self.has(last, names) {
            self.say(Person, "late:article", -GIVEN_NAME);
        }
    }

    /// What stands around the chunk.
    fn around(&mut self) {
        if TIED_TO_GROUPS.contains(&self.tied()) && !self.has(self.chunk.tokens.start, Flags::STATE) {
            self.say(Organization, "late:linked", LINKED_GROUP);
        }
        if let Some(kind) = self.thing_called() {
            self.say(kind, "late:called", CALLED);
            self.say(Person, "late:called", -CALLED_PERSON);
        }
        if self.attribution() {
            self.say(Organization, "late:attribution", ATTRIBUTION);
        }
    }

    /// What bears the name in `a battalion known as`, `the village called`, when it is an organization or a place.
    fn thing_called(&self) -> Option<EntityKind> {
        let mut before = self.chunk.tokens.start.checked_sub(1)?;
        if matches!(self.word(before), "the" | "“" | "\"") {
            before = before.checked_sub(1)?;
        }
        let verb = if self.word(before) == "as" { before.checked_sub(1)? } else { before };
        if !matches!(self.word(verb), "known" | "called" | "named" | "dubbed" | "nicknamed") {
            return None;
        }
        let adverb = matches!(self.word(verb.checked_sub(1)?), "also" | "commonly" | "better" | "locally" | "widely");
        let thing = verb.checked_sub(1 + usize::from(adverb)).filter(|&i| self.is_lower(i))?;
        if self.has(thing, Flags::ORG_LAST.with(Flags::AFTER_ORG)) {
            Some(Organization)
        } else if self.has(thing, Flags::PLACE_LAST.with(Flags::AFTER_PLACE)) {
            Some(Place)
        } else {
            None
        }
    }

    /// `Talks fail – WaPo`: what ends a headline after a dash is where it is from.
    fn attribution(&self) -> bool {
        let Range { start, end } = self.chunk.tokens;
        let sentence = self.sentence();
        if end != sentence.end || start < sentence.start + HEADLINE {
            return false;
        }
        let tokens = self.document.tokens();
        let dash = matches!(self.word(start - 1), "–" | "—" | "-" | "|");
        let spaced = tokens[start - 1].gap != Gap::None && tokens[start].gap != Gap::None;
        dash && spaced && self.ends_line(end)
    }

    /// `Western Europe`: a word that stands before places, and is cut off as one for people.
    fn part_of_place(&mut self) {
        let Range { start, end } = self.chunk.tokens;
        let Some(before) = start.checked_sub(1).filter(|&b| b > self.sentence().start) else { return };
        let common = (start..end).any(|i| self.has(i, Flags::COMMON.with(Flags::ORG_LAST)));
        let token = self.document.tokens()[before];
        let part = self.has(before, Flags::DEMONYM) && self.has(before, Flags::BEFORE_PLACE);
        if part && token.is_capitalized() && !common && self.document.tokens()[start].gap != Gap::None {
            let span = self.document.span(&(before..end));
            self.out.push(Candidate::new(span, Place, "late:part-of-place", PART_OF_PLACE));
        }
    }

    /// `Kherson Offensive`, which is none of our kinds, though its first words may be.
    fn operation(&mut self) {
        let Range { start, end } = self.chunk.tokens;
        if end - start > 1 && matches!(self.word(end - 1), "Operation" | "Offensive" | "Campaign") {
            self.say(Organization, "late:operation", OPERATION);
        }
    }

    /// `Voice of Cyrenaica`, a station.
    fn voice(&mut self, next: Option<&Chunk>) {
        let end = self.chunk.tokens.end;
        let voice = end - 1;
        let Some(next) = next.filter(|n| n.tokens.start == end + 1 && self.word(end) == "of") else { return };
        if self.word(voice) != "Voice" {
            return;
        }
        let span = self.document.span(&(voice..next.tokens.end));
        self.out.push(Candidate::new(span, Organization, "late:voice", VOICE));
    }
}
