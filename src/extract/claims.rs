//! Claims: what a sentence itself says of two names in it.
//!
//! Every rule looks at the words between two neighbouring mentions, whole: `, better known as “` is a claim, the same
//! words further along are none. Each claim bears the name of its rule and its sentence.
//!
//! # Limits
//!
//! Only neighbouring mentions are looked at, and a claim that is reported as false (`he denied being known as`) is read
//! as one.

use super::Document;
use super::claim_rules::{INSIDE, KIN_AFTER, LONGEST_GAP, OWNED, SIBLINGS, SIBLINGS_AFTER, gap_claim};
use crate::mention::EntityKind::{Person, Place};
use crate::mention::{Claim, Mention, Relation};
use crate::name::{acronym_fit, fold};
use crate::span::Span;
use crate::tables::Flags;
use crate::token::{Shape, TokenKind};

/// Sentences longer than this, in characters, are quoted in part.
const LONGEST_QUOTE: usize = 400;

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
            .or_else(|| siblings(document, a, b, before, gap, after))
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
fn is_given(document: &Document<'_>, mention: &Mention) -> bool {
    let first = mention.surface.split(' ').next().unwrap_or_default();
    document.tables().lexicon().word(&fold(first)).has(Flags::GIVEN)
}

/// `The brothers A and B`; `A and B, who are brothers`; `A, B's brother`.
fn siblings(
    document: &Document<'_>,
    a: &Mention,
    b: &Mention,
    before: &str,
    gap: &str,
    after: &str,
) -> Option<(Relation, &'static str)> {
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
    if gap == " and " && lone && is_given(document, a) && is_given(document, b) && !before.trim_end().ends_with(',') {
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
        |m: &Mention| tables.find(&m.surface).filter(|(e, _)| e.kind() == Place).map(|(e, _)| e).collect::<Vec<_>>();
    let (inner, outer) = (ids(a), ids(b));
    let rule = if comma { "container" } else { "inside" };
    if inner.iter().any(|i| outer.iter().any(|o| tables.is_within(i.id(), o.id()))) {
        return Some((Relation::Within, rule));
    }
    // Two places of the tables that lie apart are a list; an unknown one lies in a country or region that is named.
    let region = outer.iter().any(|o| o.rank() >= 5) || tables.is_empty();
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
