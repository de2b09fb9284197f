//! What a run of capitals says by itself: its length, shape, and the words in it.

use super::chunk::{Chunk, is_numeral};
use super::{Candidate, Document, Recognizer};
use crate::mention::EntityKind::{self, Organization, Person, Place};
use crate::name::is_article;
use crate::tables::Flags;
use crate::token::{Shape, TokenKind};

/// The recognizer of capital runs.
pub(super) struct Capitalized;

/// Prior weights of a run of 1, 2, 3 and 4 or more words, for people, places and organizations, in 1/1000 log2 odds.
/// News names people by two words, places by one, and longer runs are mostly organizations or titles of works; a
/// single unknown word is left to the cues.
const PRIORS: [[i32; 3]; 4] =
    [[-1_500, -900, -1_400], [1_000, -1_200, -900], [300, -2_000, -600], [-1_500, -2_500, -700]];

impl Recognizer for Capitalized {
    fn name(&self) -> &'static str {
        "capitals"
    }

    fn recognize(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
        for chunk in &document.chunks {
            let span = document.span(&chunk.tokens);
            let mut say = |kind: EntityKind, rule: &'static str, weight: i32| {
                if weight != 0 {
                    out.push(Candidate::new(span, kind, rule, weight));
                }
            };
            let words = Words::of(document, chunk);
            let [person, place, organization] = PRIORS[words.count.clamp(1, 4) - 1];
            say(Person, "capitals:length", person);
            say(Place, "capitals:length", place);
            say(Organization, "capitals:length", organization);
            if hits_and_common(document, chunk) {
                for kind in EntityKind::ALL {
                    say(kind, "capitals:listed-and-common", -1_500);
                }
            }
            words.shape(&mut say);
            words.lexicon(chunk, &mut say);
        }
    }
}

/// Whether the run is listed names and everyday words side by side, and so a phrase rather than a name: `Paris Talks`.
fn hits_and_common(document: &Document<'_>, chunk: &Chunk) -> bool {
    let hits = document.hits_in(&chunk.tokens);
    let listed = |i: usize| hits.iter().any(|h| h.tokens.contains(&i));
    let mut capitals = chunk.tokens.clone().filter(|&i| document.tokens()[i].is_capitalized());
    let heads = Flags::ORG_LAST.with(Flags::ORG_FIRST).with(Flags::PLACE_LAST).with(Flags::PLACE_FIRST);
    !hits.is_empty()
        && hits.iter().all(|h| h.tokens != chunk.tokens)
        && capitals.clone().any(|i| !listed(i))
        && capitals.all(|i| listed(i) || document.flag(i).has(Flags::COMMON) && !document.flag(i).has(heads))
}

/// Counts over the words of a chunk.
#[derive(Default)]
struct Words {
    count: usize,
    /// Words in capitals only.
    upper: usize,
    /// Words with capitals inside.
    camel: usize,
    /// Words that running text writes in lower case and that are no names.
    common: usize,
    /// Words that are as much a common word as a name.
    name_and_word: usize,
    given_first: bool,
    family_last: bool,
    last_common: bool,
    place_first: bool,
    initials: bool,
    article: bool,
    kunya: bool,
    digits: bool,
    numeral: bool,
    acronym_len: usize,
}

impl Words {
    fn of(document: &Document<'_>, chunk: &Chunk) -> Self {
        let tokens = document.tokens();
        let names = Flags::GIVEN.with(Flags::FAMILY);
        let mut words = Self::default();
        let (mut first, mut last, mut all) = (chunk.tokens.start, chunk.tokens.start, 0);
        for i in chunk.tokens.clone() {
            let (token, flags) = (&tokens[i], document.flag(i));
            words.digits |= token.kind == TokenKind::Number || document.word(i).bytes().any(|b| b.is_ascii_digit());
            all += usize::from(token.is_word());
            words.article |= token.is_word() && token.shape == Shape::Lower;
            if !token.is_capitalized() {
                continue;
            }
            (first, last) = (if words.count == 0 { i } else { first }, i);
            words.count += 1;
            words.upper += usize::from(token.shape == Shape::Upper && !is_numeral(document.word(i)));
            words.camel += usize::from(token.shape == Shape::Camel);
            words.initials |= token.shape == Shape::Initial;
            if flags.has(Flags::COMMON) {
                *(if flags.has(names) { &mut words.name_and_word } else { &mut words.common }) += 1;
            }
        }
        let several = words.count > 1;
        let flag = |i: usize| document.flag(i);
        let is_tied_article = || is_article(document.word(first)) && all > 1 && document.word(first + 1) == "-";
        words.numeral = several && is_numeral(document.word(last));
        words.given_first = flag(first).has(Flags::GIVEN) && !is_tied_article();
        words.family_last = flag(last).has(Flags::FAMILY);
        words.last_common = flag(last).has(Flags::COMMON);
        words.place_first = flag(first).has(Flags::NAME_AND_PLACE);
        words.initials &= several;
        words.kunya = several && matches!(document.folded_word(first), "abu" | "abou" | "umm");
        words.acronym_len = if words.count == 1 { document.folded_word(first).len() } else { 0 };
        words
    }

    /// Evidence of the letters' shapes.
    fn shape(&self, say: &mut impl FnMut(EntityKind, &'static str, i32)) {
        if self.count == 1 && self.upper == 1 && (2..=6).contains(&self.acronym_len) {
            // Of unlisted words in capitals most are organizations; weapons, tests and diseases are the rest.
            say(Organization, "capitals:acronym", 2_000);
            say(Person, "capitals:acronym", -2_500);
            say(Place, "capitals:acronym", -1_000);
        }
        if self.camel > 0 {
            say(Organization, "capitals:inner-capital", if self.count == 1 { 800 } else { 0 });
        }
        if self.upper > 0 && self.count > 1 {
            say(Organization, "capitals:acronym-inside", 1_500);
            say(Person, "capitals:acronym-inside", -1_500);
        }
        if self.initials {
            say(Person, "capitals:initial", 3_000);
        }
        if self.numeral {
            say(Person, "capitals:numeral", 2_000);
        }
        if self.digits {
            say(Person, "capitals:digit", -3_000);
            say(Place, "capitals:digit", -1_500);
        }
        if self.article && self.count > 1 {
            say(Person, "capitals:particle", 1_500);
        } else if self.article {
            say(Person, "capitals:article", 500);
        }
    }

    /// Evidence of what the words are.
    fn lexicon(&self, chunk: &Chunk, say: &mut impl FnMut(EntityKind, &'static str, i32)) {
        if self.kunya {
            say(Person, "capitals:kunya", 3_500);
        }
        let several = self.count > 1;
        if self.given_first && several {
            say(Person, "capitals:given-name", if self.place_first { 2_500 } else { 3_500 });
            say(Place, "capitals:given-name", -1_500);
            say(Organization, "capitals:given-name", -1_500);
        } else if self.given_first && !self.place_first {
            say(Person, "capitals:given-name", 1_700);
        }
        if self.family_last && several && (self.given_first || !self.last_common) {
            say(Person, "capitals:family-name", 2_000);
        } else if self.family_last && !self.given_first && !self.place_first {
            say(Person, "capitals:family-name", 1_700);
        }
        if self.common > 0 {
            // A common word makes a name of a person or place unlikely, all of them make a name unlikely.
            let all = self.common == self.count;
            let inside = self.count > 1;
            say(Person, "capitals:common-word", if all { -4_000 } else { -2_000 });
            say(Place, "capitals:common-word", if all { -2_500 } else { -500 });
            say(
                Organization,
                "capitals:common-word",
                match (all, inside) {
                    (true, true) => -300,
                    (true, false) => -2_000,
                    (false, _) => 300,
                },
            );
        }
        if chunk.initial && self.count == 1 && self.common + self.name_and_word > 0 {
            for kind in EntityKind::ALL {
                say(kind, "capitals:sentence-start", -2_500);
            }
        }
        if chunk.loud {
            for kind in EntityKind::ALL {
                say(kind, "capitals:headline", if self.given_first && several { -500 } else { -1_800 });
            }
        }
    }
}
