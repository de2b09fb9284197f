//! The rules of claims: which words between two names, and around them, say what.

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use once_cell::sync::OnceCell;
use regex::Regex;

use crate::mention::Relation;
use crate::token::is_quote;

/// A pattern that is compiled when it is first needed: most texts need few of them, and compiling all takes longer than
/// reading an article.
pub(super) struct Pattern {
    text: &'static str,
    regex: OnceCell<Option<Regex>>,
}

impl Pattern {
    const fn new(text: &'static str) -> Self {
        Self { text, regex: OnceCell::new() }
    }

    /// Whether it matches; a pattern that does not compile never does, and a test holds that all compile.
    pub fn is_match(&self, text: &str) -> bool {
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
    /// A gap that begins with none of these, a space aside, is not this rule's: it is seen before the pattern is tried.
    begins: &'static str,
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
        begins: ",(—–-iwa",
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
            "aka", "a.k", "a/k", "alias", "guerre", "kunya", "pseudonym", "code", "né", "nÉ", "geb", "real name",
            "born as",
        ],
        begins: ",([—–-aAnNkK\u{212A}pPcCgGrRbB",
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
        begins: ",(—–-’'whiarbgfolt",
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
        begins: ",iwtanpsf",
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
        begins: ",wtcgofap",
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
        begins: ",(—–-",
        closed: false,
    },
    Rule {
        name: "born",
        relation: Relation::SameAs,
        pattern: Pattern::new(r#"^ ?[,(—–-] ?(?:was )?born (?:as )?[“"‘']*$"#),
        hints: &["born"],
        begins: ",(—–-",
        closed: false,
    },
    Rule {
        name: "quoted-in-parentheses",
        relation: Relation::SameAs,
        pattern: Pattern::new(r#"^ ?\( ?[“”"„«‘'](?:[Tt]he )?$"#),
        hints: &["("],
        begins: "(",
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
        begins: "’'",
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
        begins: ",abcdefghijklmnopqrstuvwxyz-",
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
        begins: ",anwh",
        closed: false,
    },
    Rule {
        name: "not-to-be-confused",
        relation: Relation::Different,
        pattern: Pattern::new(
            r"^,? ?\(?(?:who is |who are |is |are |was )?(?:not to be confused with|no relation to|not related to|unrelated to|distinct from|a different person from) (?:the )?$",
        ),
        hints: &["confused", "relat", "distinct", "different"],
        begins: ",(wianud",
        closed: false,
    },
];

/// No rule's words are longer; longer gaps are not looked at.
pub(super) const LONGEST_GAP: usize = 120;

/// Plural words of kinship, right before two names.
pub(super) const SIBLINGS: [&str; 7] =
    ["brothers", "sisters", "siblings", "cousins", "twins", "half-brothers", "half-sisters"];

/// The same after two names.
pub(super) static SIBLINGS_AFTER: Pattern = Pattern::new(
    r"^,? (?:who (?:are|were) |are |were |both )?(?:twin |half-|the )?(?:brothers|sisters|siblings|cousins|twins)\b",
);

/// A possessive and a word of kinship after the second name.
pub(super) static KIN_AFTER: Pattern = Pattern::new(concat!(r"^['’]s? (?:[a-z-]+ ){0,2}", kin!(), r"\b"));

/// What may stand between a place and the one that it lies in.
pub(super) static INSIDE: Pattern = Pattern::new(concat!(
    r"^(?:,? (?:the |a |an )?(?:[a-z-]+ ){0,2}(?:capital|city|town|village|port|district|province|region|suburb|island|part|stronghold|enclave|camp)",
    r"(?: city| town)? (?:of|in)|,? in|,? region of|,? province of) (?:the )?(?:(?:north|south|east|west)[a-z]* |central |rural )?$"
));

/// `Tripoli, Lebanon's second city`: what follows the container.
pub(super) static OWNED: Pattern =
    Pattern::new(r"^['’]s? (?:[a-z-]+ ){0,2}(?:capital|city|town|village|port|province|region|island)\b");

/// What the words between two names say of them, and by which rule; `after` is the text behind the second.
pub(super) fn gap_claim(gap: &str, after: &str) -> Option<(Relation, &'static str)> {
    if gap.len() < 3 || gap.len() > LONGEST_GAP {
        return None;
    }
    let spaced = single_spaced(gap);
    let closed = || {
        let rest = after.trim_start_matches(|c: char| is_quote(c) || c == ',' || c == '.');
        rest.starts_with(')')
    };
    let hinted = hinted(&spaced);
    let first = spaced.strip_prefix(' ').unwrap_or(&spaced).chars().next();
    let begins = |rule: &Rule| first.is_some_and(|first| rule.begins.contains(first));
    let applies = |rule: &Rule| begins(rule) && (!rule.closed || closed()) && rule.pattern.is_match(&spaced);
    let mut rules = RULES.iter().enumerate().filter(|(i, _)| hinted >> i & 1 == 1).map(|(_, rule)| rule);
    rules.find(|rule| applies(rule)).map(|rule| (rule.relation, rule.name))
}

/// The same with white space made single spaces; most gaps have no other.
fn single_spaced(gap: &str) -> Cow<'_, str> {
    let is_double = |pair: &[u8]| pair[0] == b' ' && pair[1] == b' ';
    if gap.bytes().all(|b| matches!(b, b' '..=b'~')) && !gap.as_bytes().windows(2).any(is_double) {
        return Cow::Borrowed(gap);
    }
    let mut spaced = String::with_capacity(gap.len());
    for c in gap.chars() {
        match c.is_whitespace() {
            true if spaced.ends_with(' ') => {}
            true => spaced.push(' '),
            false => spaced.push(c),
        }
    }
    Cow::Owned(spaced)
}

/// The rules whose hints a gap holds, as bits.
fn hinted(gap: &str) -> u32 {
    static HINTS: OnceCell<Option<(AhoCorasick, Vec<usize>)>> = OnceCell::new();
    let hints = HINTS.get_or_init(|| {
        let all = || RULES.iter().enumerate().flat_map(|(i, rule)| rule.hints.iter().map(move |hint| (i, *hint)));
        let mut builder = AhoCorasick::builder();
        builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA));
        let automaton = builder.build(all().map(|(_, hint)| hint)).ok()?;
        Some((automaton, all().map(|(i, _)| i).collect()))
    });
    // Without an automaton each rule looks for itself.
    hints.as_ref().map_or(u32::MAX, |(automaton, rules)| {
        automaton.find_overlapping_iter(gap).fold(0, |bits, found| bits | 1 << rules[found.pattern().as_usize()])
    })
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
    fn what_a_gap_begins_with_rules_out_no_match() {
        // Every beginning of a pattern, tried with every character before what the rule's own examples go on with.
        let tails = [
            ", better known as ", " is known as ", " who was called ", "aka ", " (alias ", "kunya ", "geb. ", "née ",
            "code-name ", "real name ", "born as ", "pseudonym ", "nom de guerre ", ", whose real name ",
            "his birth name ", "’s original name ", "legal name ", "true name ", "and her full name ", "given name ",
            "former name ", " is the nom de guerre of ", "alias for ", "pen name of ", "stage name of ", "short for ",
            "acronym of ", ", who goes by ", "which calls itself ", "that operates under ", "fights as ",
            "posting as ", "acting as ", "writes as ", "went by ", ", formerly ", "(originally ", ", born ", " (“",
            "’s brother ", "'s wife ", "brother of ", ", a cousin of ", "not his father ", "and whose wife ",
            "with her son ", ", not to be confused with ", "(no relation to ", "unrelated to ", "distinct from ",
            "a different person from ",
        ];
        let begins = |gap: &str, rule: &Rule| {
            gap.strip_prefix(' ').unwrap_or(gap).chars().next().is_some_and(|first| rule.begins.contains(first))
        };
        let mut matches = 0;
        for tail in tails {
            let plain = tail.trim_start_matches([' ', ',', '(']);
            let upper = plain.to_uppercase();
            for body in [tail, plain, &upper, &plain.replace('k', "\u{212A}")] {
                for sign in ["", " ", ",", ", ", " ,", "(", " (", "[", " [", "—", " — ", "–", "-", "’", "'", "x", "é"]
                {
                    let gap = format!("{sign}{body}");
                    let gap = single_spaced(&gap);
                    for rule in RULES.iter().filter(|rule| rule.pattern.is_match(&gap)) {
                        assert!(begins(&gap, rule), "{}: {gap}", rule.name);
                        matches += 1;
                    }
                }
            }
        }
        assert!(matches > 200, "{matches}");
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
