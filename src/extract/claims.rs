//! Claims: what a sentence itself says of two names in it.
//!
//! Every rule looks at the words between two neighbouring mentions, whole: `, better known as “` is a claim, the same
//! words further along are none. Each claim bears the name of its rule and its sentence.
//!
//! # Limits
//!
//! Only neighbouring mentions are looked at, and a claim that is reported as false (`he denied being known as`) is read
//! as one.

use once_cell::sync::OnceCell;
use regex::Regex;

use super::Document;
use crate::mention::EntityKind::{Person, Place};
use crate::mention::{Claim, Mention, Relation};
use crate::name::{acronym_fit, fold};
use crate::span::Span;
use crate::tables::{Flags, Tables};
use crate::token::{Shape, TokenKind, is_quote};

/// A pattern that is compiled when it is first needed: most texts need few of them, and compiling all takes longer than
/// reading an article.
struct Pattern {
    text: &'static str,
    regex: OnceCell<Option<Regex>>,
}

impl Pattern {
    const fn new(text: &'static str) -> Self {
        Self { text, regex: OnceCell::new() }
    }

    /// Whether it matches; a pattern that does not compile never does, and a test holds that all compile.
    fn is_match(&self, text: &str) -> bool {
        self.regex.get_or_init(|| Regex::new(self.text).ok()).as_ref().is_some_and(|r| r.is_match(text))
    }
}

/// Words of kinship, as far as they are alike.
const KIN: &[&str] = &[
    "brother", "sister", "son", "daughter", "father", "mother", "wife", "husband", "uncle", "aunt", "nephew", "niece",
    "cousin", "widow", "twin", "sibling", "fianc",
];

/// A rule over the words between two mentions.
struct Rule {
    name: &'static str,
    relation: Relation,
    /// Matched against the whole gap, white space made single spaces.
    pattern: Pattern,
    /// A gap that holds none of these, in lower case, is not this rule's.
    hints: &'static [&'static str],
    /// Whether the second mention must be followed by a closing parenthesis.
    closed: bool,
}

/// Words of kinship, as an alternation.
macro_rules! kin {
    () => {
        "(?:(?:half-|step|grand|god)?(?:brother|sister|son|daughter|father|mother)(?:-in-law)?|wife|husband|uncle|aunt|nephew|niece|cousin|widow|twin|sibling|fiancée?)"
    };
}

/// Opening quotes and brackets, and an article, right before the second name.
macro_rules! opening {
    () => {
        r#"[“”"„«‘'(\[]*(?:[Tt]he )?[“”"„«‘']*$"#
    };
}

/// The rules. Those of one relation stand together; the first that matches is taken.
static RULES: [Rule; 12] = [
    Rule {
        name: "known-as",
        relation: Relation::SameAs,
        pattern: Pattern::new(concat!(
            r"^(?: ?[,(—–-] ?| (?:is|was|are|were|who is|who was|and) )(?:\(|and |who is |who was |he is |he was |she is |is |was |are |(?:a|an|the) (?:[a-z-]+ ){1,2})*",
            r"(?:also |better |best |widely |commonly |formerly |previously |once |popularly |sometimes |long |now |then |locally |simply |internationally )*",
            r"(?:known|called|nicknamed|dubbed|styled|referred to|spelled|spelt|transliterated|rendered|written|named)",
            r"(?: (?:simply|locally|in [A-Z][a-z]+|to (?:his |her |its |their |the )?[a-z]+|by|under|as|the|his|her|its|their|nom de guerre|noms? de guerre|nickname|alias|pseudonym|name|of|or|war|stage|pen|battle|code|code-?name|kunya|acronym|initials))*",
            r"[,:]? ?",
            opening!()
        )),
        hints: &["known", "call", "named", "dubbed", "styled", "referred", "spel", "transl", "render", "written"],
        closed: false,
    },
    Rule {
        name: "also-known-as",
        relation: Relation::SameAs,
        pattern: Pattern::new(concat!(
            r"^ ?[,(\[—–-]? ?(?i:a\.?k\.?a\.?|a/k/a|aka|alias|aliases|nom de guerre|kunya|pseudonym|code-?name[d]?|née?|geb\.|real name|born as)",
            r"(?: is| was|:|,)? ?",
            opening!()
        )),
        hints: &[
            "aka", "a.k", "a/k", "alias", "guerre", "kunya", "pseudonym", "code", "né", "geb", "real name", "born as",
        ],
        closed: false,
    },
    Rule {
        name: "real-name",
        relation: Relation::SameAs,
        pattern: Pattern::new(concat!(
            r"^(?: ?[,(—–-]? ?(?:whose |his |her |its |and his |and her )?|['’]s? )(?:real |birth |given |full |original |legal |true |official |former )name (?:is |was |being )?",
            opening!()
        )),
        hints: &["name"],
        closed: false,
    },
    Rule {
        name: "nom-de-guerre-of",
        relation: Relation::SameAs,
        pattern: Pattern::new(concat!(
            r"^ ?,? ?(?:is |was )?(?:the |a )?(?:nom de guerre|alias|pseudonym|pen name|stage name|nickname|former name|acronym|short) (?:of|for|used by) ",
            opening!()
        )),
        hints: &["guerre", "alias", "pseudonym", "name", "acronym", "short"],
        closed: false,
    },
    Rule {
        name: "goes-by",
        relation: Relation::SameAs,
        pattern: Pattern::new(concat!(
            r"^,? (?:who |which |that )?(?:calls? (?:him|her|it)self|called (?:him|her|it)self|calling (?:him|her|it)self|(?:goes|went|going|writes|wrote|operates|operated|fights|fought|acting|posting|writing|performing|operating) (?:by|under|as)) (?:the |a |his |her |its )?(?:nom de guerre |name of |name |alias |pseudonym |pen name |banner of |handle )?(?:of )?",
            opening!()
        )),
        hints: &["by ", "under ", "as ", "self"],
        closed: false,
    },
    Rule {
        name: "formerly",
        relation: Relation::SameAs,
        pattern: Pattern::new(concat!(
            r"^ ?[,(—–-] ?(?:formerly|previously|originally|earlier|once|now|then|today|until recently|in English|in Arabic|in French|in Russian|Arabic for|or)(?: the| called| known as| named)? ",
            opening!()
        )),
        hints: &[
            "formerly", "previously", "originally", "earlier", "once", "now", "then", "today", "recently", "in ",
            "for", "or ",
        ],
        closed: false,
    },
    Rule {
        name: "born",
        relation: Relation::SameAs,
        pattern: Pattern::new(r#"^ ?[,(—–-] ?(?:was )?born (?:as )?[“"‘']*$"#),
        hints: &["born"],
        closed: false,
    },
    Rule {
        name: "quoted-in-parentheses",
        relation: Relation::SameAs,
        pattern: Pattern::new(r#"^ ?\( ?[“”"„«‘'](?:[Tt]he )?$"#),
        hints: &["("],
        closed: true,
    },
    Rule {
        name: "kin-possessive",
        relation: Relation::Kin,
        pattern: Pattern::new(concat!(
            r"^['’]s? (?:[a-z-]+ ){0,3}",
            kin!(),
            r",? (?:the late |[A-Z][a-z]*\. |[Ff]ormer [A-Za-z]+ |[A-Z][a-z]+ ){0,2}$"
        )),
        hints: KIN,
        closed: false,
    },
    Rule {
        name: "kin-of",
        relation: Relation::Kin,
        pattern: Pattern::new(concat!(
            r"^,? (?:who is |who was |is |was |and |not )?(?:another |the |a |an |his |her )?(?:[a-z-]+ ){0,3}",
            kin!(),
            r" (?:of|to) (?:the )?(?:late |former |longtime |slain )*(?:[a-z-]+ ){0,3}(?:[A-Z][a-z]+\.? ){0,2}$"
        )),
        hints: KIN,
        closed: false,
    },
    Rule {
        name: "kin-whose",
        relation: Relation::Kin,
        pattern: Pattern::new(concat!(
            r"^,? (?:and |not |with )?(?:whose|his|her) (?:[a-z-]+ ){0,3}",
            kin!(),
            r",? (?:the late |[A-Z][a-z]*\. |[Ff]ormer [A-Za-z]+ |[A-Z][a-z]+ ){0,2}$"
        )),
        hints: KIN,
        closed: false,
    },
    Rule {
        name: "not-to-be-confused",
        relation: Relation::Different,
        pattern: Pattern::new(
            r"^,? ?\(?(?:who is |who are |is |are |was )?(?:not to be confused with|no relation to|not related to|unrelated to|distinct from|a different person from) (?:the )?$",
        ),
        hints: &["confused", "relat", "distinct", "different"],
        closed: false,
    },
];

/// No rule's words are longer; longer gaps are not looked at.
const LONGEST_GAP: usize = 120;

/// Sentences longer than this, in characters, are quoted in part.
const LONGEST_QUOTE: usize = 400;

/// Plural words of kinship, right before two names.
const SIBLINGS: [&str; 7] = ["brothers", "sisters", "siblings", "cousins", "twins", "half-brothers", "half-sisters"];

/// The same after two names.
static SIBLINGS_AFTER: Pattern = Pattern::new(
    r"^,? (?:who (?:are|were) |are |were |both )?(?:twin |half-|the )?(?:brothers|sisters|siblings|cousins|twins)\b",
);

/// A possessive and a word of kinship after the second name.
static KIN_AFTER: Pattern = Pattern::new(concat!(r"^['’]s? (?:[a-z-]+ ){0,2}", kin!(), r"\b"));

/// What may stand between a place and the one that it lies in.
static INSIDE: Pattern = Pattern::new(concat!(
    r"^(?:,? (?:the |a |an )?(?:[a-z-]+ ){0,2}(?:capital|city|town|village|port|district|province|region|suburb|island|part|stronghold|enclave|camp)",
    r"(?: city| town)? (?:of|in)|,? in|,? region of|,? province of) (?:the )?(?:(?:north|south|east|west)[a-z]* |central |rural )?$"
));

/// `Tripoli, Lebanon's second city`: what follows the container.
static OWNED: Pattern =
    Pattern::new(r"^['’]s? (?:[a-z-]+ ){0,2}(?:capital|city|town|village|port|province|region|island)\b");

/// What the words between two names say of them, and by which rule; `after` is the text behind the second.
pub(super) fn gap_claim(gap: &str, after: &str) -> Option<(Relation, &'static str)> {
    if gap.len() < 3 || gap.len() > LONGEST_GAP {
        return None;
    }
    let mut spaced = String::with_capacity(gap.len());
    for c in gap.chars() {
        match c.is_whitespace() {
            true if spaced.ends_with(' ') => {}
            true => spaced.push(' '),
            false => spaced.push(c),
        }
    }
    let closed = || {
        let rest = after.trim_start_matches(|c: char| is_quote(c) || c == ',' || c == '.');
        rest.starts_with(')')
    };
    let lower = spaced.to_lowercase();
    let hinted = |rule: &Rule| rule.hints.iter().any(|hint| lower.contains(hint));
    let applies = |rule: &&Rule| hinted(rule) && (!rule.closed || closed()) && rule.pattern.is_match(&spaced);
    RULES.iter().find(applies).map(|rule| (rule.relation, rule.name))
}

/// Reads the claims between mentions, which are in the order of the text.
pub(super) fn read(document: &Document<'_>, mentions: &[Mention]) -> Vec<Claim> {
    let text = document.text();
    let placed: Vec<usize> =
        (0..mentions.len()).filter(|&i| text.get(mentions[i].span.range()).is_some_and(|s| !s.is_empty())).collect();
    let mut claims = Vec::new();
    for pair in placed.windows(2) {
        let (left, right) = (pair[0], pair[1]);
        let (a, b) = (&mentions[left], &mentions[right]);
        if a.span.end > b.span.start {
            continue;
        }
        let Some((gap, after)) = text.get(a.span.end..b.span.start).zip(text.get(b.span.end..)) else { continue };
        let Some(sentence) = sentence_of(document, a.span) else { continue };
        if document.sentences()[sentence].span.end < b.span.end {
            continue;
        }
        let before = text.get(..a.span.start).unwrap_or_default();
        let found = parenthesis(a, b, gap, after)
            .or_else(|| container(document, a, b, gap, after))
            .or_else(|| siblings(a, b, before, gap, after))
            .or_else(|| gap_claim(gap, after).filter(|(relation, _)| allowed(*relation, a, b)));
        if let Some((relation, rule)) = found {
            let quote = quote(document, sentence, Span::new(a.span.start, b.span.end));
            claims.push(Claim::new(left, right, relation, rule, quote));
        }
    }
    claims.extend(kin_of_subject(document, mentions, &placed, &claims));
    claims.sort();
    claims
}

fn allowed(relation: Relation, a: &Mention, b: &Mention) -> bool {
    match relation {
        Relation::Kin => a.kind == Person && b.kind == Person,
        _ => a.kind == b.kind,
    }
}

/// `A (ACR)`, `ACR (A)`: when the letters fit.
fn parenthesis(a: &Mention, b: &Mention, gap: &str, after: &str) -> Option<(Relation, &'static str)> {
    let open = gap.trim();
    let dash = matches!(open, "," | "—" | "–" | "-" | ", or" | "or") && !after.is_empty();
    if !(open == "(" && after.trim_start().starts_with(')') || dash) || a.kind != b.kind || a.kind == Person {
        return None;
    }
    let acronym = |m: &Mention| !m.surface.contains(' ') && m.surface.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let fit = match (acronym(a), acronym(b)) {
        (false, true) => acronym_fit(&a.surface, &b.surface),
        (true, false) => acronym_fit(&b.surface, &a.surface),
        _ => None,
    };
    match fit {
        Some(crate::name::AcronymFit::Initials) => Some((Relation::Acronym, "acronym")),
        Some(crate::name::AcronymFit::Shuffled) if !dash => Some((Relation::Acronym, "acronym-of-a-translation")),
        _ => None,
    }
}

/// The last characters of a text, as many as any rule looks back.
fn tail(text: &str) -> &str {
    let start = text.len().saturating_sub(LONGEST_GAP);
    (start..text.len()).find(|&i| text.is_char_boundary(i)).map_or("", |i| &text[i..])
}

/// The first characters of a text, as many as any rule looks ahead.
fn head(text: &str) -> &str {
    let end = text.len().min(LONGEST_GAP);
    (0..=end).rev().find(|&i| text.is_char_boundary(i)).map_or("", |i| &text[..i])
}

/// Whether a name begins with a listed given name.
fn is_given(mention: &Mention) -> bool {
    let first = mention.surface.split(' ').next().unwrap_or_default();
    Tables::none().lexicon().word(&fold(first)).has(Flags::GIVEN)
}

/// `The brothers A and B`; `A and B, who are brothers`; `A, B's brother`.
fn siblings(a: &Mention, b: &Mention, before: &str, gap: &str, after: &str) -> Option<(Relation, &'static str)> {
    if a.kind != Person || b.kind != Person {
        return None;
    }
    let pair = gap.trim() == "and";
    let plural = |word: &str| SIBLINGS.contains(&word);
    let before_both = || tail(before).ends_with(' ') && tail(before).split_whitespace().next_back().is_some_and(plural);
    let after_both = || SIBLINGS.iter().any(|s| head(after).contains(s)) && SIBLINGS_AFTER.is_match(head(after));
    if pair && (before_both() || after_both()) {
        return Some((Relation::Kin, "siblings"));
    }
    // `Bashar and Hafez al-Assad`: one given name, and a full name.
    let lone = !a.surface.contains([' ', '-']) && b.surface.contains(' ');
    if gap == " and " && lone && is_given(a) && is_given(b) && !before.trim_end().ends_with(',') {
        return Some((Relation::Kin, "shared-family-name"));
    }
    let apposed = matches!(gap.trim(), "," | "is" | "was" | ", not" | "—" | "–" | "(");
    let possessive = after.starts_with(['\'', '’']);
    (apposed && possessive && KIN_AFTER.is_match(head(after))).then_some((Relation::Kin, "kin-apposed"))
}

/// `City, Country`, but not in a list of places; `town in Country`.
fn container(
    document: &Document<'_>,
    a: &Mention,
    b: &Mention,
    gap: &str,
    after: &str,
) -> Option<(Relation, &'static str)> {
    if a.kind != Place || b.kind != Place {
        return None;
    }
    let comma = gap.trim() == "," && gap.starts_with(',');
    let linked = gap.len() <= LONGEST_GAP && (gap.contains(" in") || gap.contains(" of"));
    let inside = !comma && linked && INSIDE.is_match(gap);
    let owned = comma && after.starts_with(['\'', '’']) && OWNED.is_match(head(after));
    if !comma && !inside {
        return None;
    }
    let tables = document.tables();
    let ids =
        |m: &Mention| tables.find(&m.surface).filter(|(e, _)| e.kind == Place).map(|(e, _)| e).collect::<Vec<_>>();
    let (inner, outer) = (ids(a), ids(b));
    let rule = if comma { "container" } else { "inside" };
    if inner.iter().any(|i| outer.iter().any(|o| tables.is_within(&i.id, &o.id))) {
        return Some((Relation::Within, rule));
    }
    // Two places of the tables that lie apart are a list; an unknown one lies in a country or region that is named.
    let region = outer.iter().any(|o| o.rank >= 5) || tables.entities().is_empty();
    let listed = |rest: &str| {
        let rest = rest.trim_start();
        let next = rest.trim_start_matches([',', ' ']);
        rest.starts_with("and ")
            || rest.starts_with(',') && (next.starts_with("and ") || next.starts_with(char::is_uppercase))
    };
    let commaed = after.starts_with(',') || after.starts_with('.') || after.starts_with(')') || after.trim().is_empty();
    let said = inside || owned || commaed && !listed(after);
    (inner.is_empty() && region && said).then_some((Relation::Within, rule))
}

/// `His brother B`: the person spoken of last is another than B.
fn kin_of_subject(document: &Document<'_>, mentions: &[Mention], placed: &[usize], known: &[Claim]) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut subject: Option<usize> = None;
    for &i in placed {
        let mention = &mentions[i];
        if mention.kind != Person {
            continue;
        }
        if let Some(previous) = subject.filter(|_| pronoun_kin(document, mention.span)) {
            let said = known.iter().any(|c| c.left == previous && c.right == i);
            let near = mention.span.start.saturating_sub(mentions[previous].span.end) <= LONGEST_QUOTE;
            let sentence = sentence_of(document, mention.span);
            if let Some(sentence) = sentence.filter(|_| !said && near) {
                let quote = quote(document, sentence, mention.span);
                claims.push(Claim::new(previous, i, Relation::Kin, "kin-of-subject", quote));
            }
        }
        subject = Some(i);
    }
    claims
}

/// Whether `his`, `her` or `whose` and a word of kinship stand right before a span.
fn pronoun_kin(document: &Document<'_>, span: Span) -> bool {
    let tokens = document.tokens();
    let at = tokens.partition_point(|t| t.span.end <= span.start);
    // A title or two may stand between: `his father, Col. Muammar`.
    let mut back = at;
    for _ in 0..5 {
        let Some(before) = back.checked_sub(1) else { return false };
        back = before;
        let token = &tokens[back];
        if document.flag(back).has(Flags::KIN) && token.shape == Shape::Lower {
            let pronoun = |i: usize| matches!(document.folded_word(i), "his" | "her" | "whose" | "their");
            return (1..=3).filter_map(|k| back.checked_sub(k)).any(pronoun);
        }
        let passes = document.flag(back).has(Flags::TITLE)
            || token.kind == TokenKind::Punctuation && matches!(document.word(back), "," | ".");
        if !passes {
            return false;
        }
    }
    false
}

fn sentence_of(document: &Document<'_>, span: Span) -> Option<usize> {
    let sentences = document.sentences();
    let at = sentences.partition_point(|s| s.span.end <= span.start);
    sentences.get(at).filter(|s| s.span.contains(span)).map(|_| at)
}

/// The sentence, or of a long one the part around `core`.
fn quote(document: &Document<'_>, sentence: usize, core: Span) -> String {
    let text = document.text();
    let whole = document.sentences()[sentence].span;
    if whole.len() <= LONGEST_QUOTE {
        return text[whole].to_owned();
    }
    let margin = LONGEST_QUOTE.saturating_sub(core.len()) / 2;
    let mut start = core.start.saturating_sub(margin).max(whole.start);
    let mut end = (core.end + margin).min(whole.end);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let (head, tail) = (if start > whole.start { "…" } else { "" }, if end < whole.end { "…" } else { "" });
    format!("{head}{}{tail}", &text[start..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_compiles() {
        let others = [&SIBLINGS_AFTER, &KIN_AFTER, &INSIDE, &OWNED];
        for pattern in RULES.iter().map(|rule| &rule.pattern).chain(others) {
            assert!(Regex::new(pattern.text).is_ok(), "{}", pattern.text);
        }
    }

    #[test]
    fn reads_gaps() {
        let rows = [
            (", better known as “", "”.", Some("known-as")),
            (", better known by the nom de guerre ", ",", Some("known-as")),
            (", whose real name is ", ",", Some("real-name")),
            (" (a.k.a. ", ")", Some("also-known-as")),
            (" (“the ", "”)", Some("quoted-in-parentheses")),
            (" (\"the ", "\")", Some("quoted-in-parentheses")),
            (", also spelled ", ".", Some("known-as")),
            (", also known as ", ".", Some("known-as")),
            (", formerly ", ",", Some("formerly")),
            (" (formerly ", ")", Some("formerly")),
            (", born ", ",", Some("born")),
            (", alias ", ",", Some("also-known-as")),
            ("’s brother ", "", Some("kin-possessive")),
            (", another son of ", "", Some("kin-of")),
            (", a son of the late ", "", Some("kin-of")),
            (", whose father, Col. ", "", Some("kin-whose")),
            (", not his father ", "", Some("kin-whose")),
            (" called ", "", None),
            (" met ", "", None),
            (", born in ", "", None),
            (" and ", "", None),
            (", who called ", "", None),
            (" was named in ", "", None),
        ];
        for (gap, after, expected) in rows {
            assert_eq!(gap_claim(gap, after).map(|(_, rule)| rule), expected, "{gap}");
        }
    }
}
