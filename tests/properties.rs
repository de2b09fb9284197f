//! What holds for every text and every name, tried on random ones and on ones made to hurt.

mod common;

use allonym::name::spelling::Spelling;
use allonym::name::{Alphabet, Name, fold};
use allonym::token::{TokenKind, Tokenized};
use allonym::{EntityKind, Extraction, Extractor, compare};
use common::config;
use proptest::prelude::*;

/// Pieces that a text is made of when it is made to hurt: letters that fold to more or fewer bytes, marks, scripts that
/// run the other way, halves of emoji, debris of HTML, signs that the rules look for, and names.
const PIECES: &[&str] = &[
    "İ", "ß", "ﬁ", "ŉ", "ǆ", "Ｆ", "ſ", "ı", "\u{301}", "e\u{301}", "\u{345}", "\u{64b}", "\u{200b}", "\u{200c}",
    "\u{200d}", "\u{200e}", "\u{202e}", "\u{2066}", "\u{feff}", "\u{ad}", "\u{a0}", "\u{2028}", "\u{0}", "\u{7f}",
    "\u{85}", "\u{fffd}", "أحمد", "الشرع", "דוד", "习近平", "김정은", "กรุงเทพ", "Зеленский", "👨\u{200d}👩\u{200d}👧",
    "👨\u{200d}", "🇸", "🇸🇾", "⚡\u{fe0f}", "<p>", "</b", "<", ">", "&nbsp;", "&amp", "&#39;", "<!--", "-->", "(", ")",
    "((", "))", "[", "]", "\"", "“", "”", "‘", "’", "'", "’s", "«", "»", ".", ",", ";", ":", "!", "?", "…", "-", "–",
    "—", "|", "@", "#", "https://t.co/x", "@SyriaNews", "bbc.co.uk", "Paris-based", "Jong-un", "anti-French", "M23",
    "44th", "Mc", "& Sons", "d’", "Workers’", "Omar Omsen", "Omsen", "Diaby", "al-Sharaa", "Harem", "Idlib", "SOHR",
    "HTS", "U.S.", "U.N", "J.", "Jordan", "May", "Turkey", "Chad", "Reading", "President", "Field Marshal", "Sheikh",
    "Mr", "brother", "son of", "his father", "led by", "town of", "the", "The", "of", "and", "in", "near",
    "Ministry of", "Brigade", "44", "Army", "Ltd", "Inc.", "University", "Monday", "French", "aka", "a.k.a.", "alias",
    "better known as", "formerly", "born", "harem", "siege", "SAID", "BEIRUT", "O'Brien", "abd", "al", "\n", "\n\n",
    "\r\n", "\t", " ", "  ",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(PIECES), any::<bool>());
    prop::collection::vec(piece, 0..60).prop_map(|pieces| {
        let mut text = String::new();
        for (piece, spaced) in pieces {
            text.push_str(piece);
            if spaced {
                text.push(' ');
            }
        }
        text
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![3 => hostile(), 1 => any::<String>(), 1 => "[A-Za-z .,'()\n-]{0,200}"]
}

/// A name of random syllables, one that a person might have.
fn invented() -> impl Strategy<Value = String> {
    "[BDGKLMNRSTVZ][aeiou][bdgklmnrstvz][aeiou]([bdgklmnrstvz][aeiou])?[kmnrt]"
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => (invented(), invented()).prop_map(|(given, family)| format!("{given} {family}")),
        1 => prop::collection::vec(invented(), 1..12).prop_map(|parts| parts.join(" ")),
        2 => prop::collection::vec(prop::sample::select(PIECES), 0..8).prop_map(|parts| parts.join(" ")),
        1 => any::<String>(),
    ]
}

/// A word as it is compared: folded Latin, or in the letters of another script.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{0,12}",
        2 => "[aeiouhysktd]{0,9}",
        1 => "[a-z]{0,60}",
        1 => "[а-яіїєґ]{0,10}",
        1 => "[ا-ي]{0,8}",
        1 => "[א-ת]{0,8}",
        1 => "[ァ-ヺー]{0,8}",
        1 => "[가-힣]{0,4}",
        1 => "[一-鿿]{0,4}",
        1 => any::<String>().prop_map(|text| fold(&text)),
    ]
}

fn any_kind() -> impl Strategy<Value = EntityKind> {
    prop::sample::select(&EntityKind::ALL[..])
}

/// Characters before a byte, counted the slow way.
fn chars_before(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < byte).count()
}

fn check(text: &str, found: &Extraction) -> Result<(), TestCaseError> {
    let mut end = 0;
    for mention in &found.mentions {
        let span = mention.span;
        prop_assert!(span.start >= end, "{:?} overlaps or is out of order", mention);
        prop_assert!(!span.is_empty() && span.end <= text.len());
        prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        prop_assert_eq!(&text[span], mention.surface.as_str());
        prop_assert_eq!(mention.char_span.start, chars_before(text, span.start));
        prop_assert_eq!(mention.char_span.end, chars_before(text, span.end));
        prop_assert!((0.0..=1.0).contains(&mention.confidence()));
        prop_assert_eq!(mention.surface.trim(), mention.surface.as_str(), "white space at an end");
        end = span.end;
    }
    for claim in &found.claims {
        prop_assert!(
            claim.left < found.mentions.len() && claim.right < found.mentions.len() && claim.left != claim.right
        );
        prop_assert!(!claim.sentence.is_empty() && !claim.rule.is_empty());
        let inner = claim.sentence.trim_start_matches('…').trim_end_matches('…');
        prop_assert!(text.contains(inner), "the sentence of {:?} is not in the text", claim);
    }
    Ok(())
}

fn is_ignorable(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}')
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn mentions_and_claims_fit_any_text(text in any_text()) {
        check(&text, &Extractor::embedded().extract("t", &text))?;
    }

    #[test]
    fn extraction_is_a_function_of_the_text(text in any_text(), other in any_text()) {
        let extractor = Extractor::embedded();
        let first = extractor.extract("t", &text);
        let _ = extractor.extract("other", &other);
        prop_assert_eq!(first, extractor.extract("t", &text));
    }

    #[test]
    fn texts_together_extract_as_each_by_itself(texts in prop::collection::vec(any_text(), 0..6)) {
        let extractor = Extractor::embedded();
        let ids: Vec<String> = (0..texts.len()).map(|i| format!("t{}", i / 2)).collect();
        let pairs: Vec<(&str, &str)> = ids.iter().zip(&texts).map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let one_by_one: Vec<Extraction> = pairs.iter().map(|(id, text)| extractor.extract(id, text)).collect();
        prop_assert_eq!(extractor.extract_all(&pairs), one_by_one);
    }

    #[test]
    fn claims_between_given_mentions_fit(text in any_text(), spare in 0_usize..400) {
        let extractor = Extractor::embedded();
        let mut mentions = extractor.extract("t", &text).mentions;
        // One that lies outside, or cuts a character: it takes part in nothing, and breaks nothing.
        mentions.push(allonym::Mention::new("Omsen", EntityKind::Person).at(allonym::Span::new(spare, spare + 5)));
        let found = extractor.read_claims("t", &text, mentions);
        for claim in &found.claims {
            prop_assert!(claim.left < found.mentions.len() && claim.right < found.mentions.len());
        }
    }

    #[test]
    fn tokens_cover_any_text_once(text in any_text()) {
        let tokenized = Tokenized::new(&text);
        let mut end = 0;
        for token in tokenized.tokens() {
            prop_assert!(token.span.start >= end && !token.span.is_empty() && token.span.end <= text.len());
            prop_assert!(text.is_char_boundary(token.span.start) && text.is_char_boundary(token.span.end));
            prop_assert!(text[end..token.span.start].chars().all(is_ignorable), "a gap holds {:?}", &text[end..token.span.start]);
            if token.kind != TokenKind::Markup {
                prop_assert!(!text[token.span].contains([' ', '\n']), "a token holds white space: {:?}", &text[token.span]);
            }
            end = token.span.end;
        }
        prop_assert!(text[end..].chars().all(is_ignorable), "the end {:?} is in no token", &text[end..]);
    }

    #[test]
    fn sentences_hold_every_token_once(text in any_text()) {
        let tokenized = Tokenized::new(&text);
        let mut next = 0;
        for sentence in tokenized.sentences() {
            prop_assert_eq!(sentence.tokens.start, next);
            prop_assert!(!sentence.tokens.is_empty());
            prop_assert_eq!(sentence.span.start, tokenized.tokens()[sentence.tokens.start].span.start);
            prop_assert_eq!(sentence.span.end, tokenized.tokens()[sentence.tokens.end - 1].span.end);
            next = sentence.tokens.end;
        }
        prop_assert_eq!(next, tokenized.tokens().len());
    }

    #[test]
    fn comparison_is_symmetric_and_sums_its_evidence(a in any_name(), b in any_name(), k in any_kind(), l in any_kind()) {
        let (a, b) = (Name::new(&a, k), Name::new(&b, l));
        let (there, back) = (compare(&a, &b), compare(&b, &a));
        prop_assert_eq!(there.weight, back.weight);
        for comparison in [there, back] {
            prop_assert_eq!(comparison.weight, comparison.evidence.iter().map(|e| e.weight).sum::<i32>());
            prop_assert!((0.0..=1.0).contains(&comparison.score()));
            prop_assert_eq!(comparison.is_match(), comparison.score() > 0.5);
            if !comparison.to_string().contains(['\r']) && !a.surface.contains('\n') && !b.surface.contains('\n') {
                prop_assert_eq!(comparison.to_string().lines().count(), comparison.evidence.len() + 2);
            }
        }
    }

    #[test]
    fn comparison_is_symmetric_for_variants(parts in prop::collection::vec(invented(), 1..10), drop in 0_usize..10, k in any_kind()) {
        let mut fewer = parts.clone();
        fewer.remove(drop % parts.len());
        fewer.reverse();
        let (a, b) = (Name::new(&parts.join(" "), k), Name::new(&fewer.join(" "), k));
        prop_assert_eq!(compare(&a, &b).weight, compare(&b, &a).weight);
    }

    #[test]
    fn score_grows_with_the_weight(names in prop::collection::vec(any_name(), 3..6), kind in any_kind()) {
        let names: Vec<Name> = names.iter().map(|n| Name::new(n, kind)).collect();
        let mut all = Vec::new();
        for a in &names {
            all.extend(names.iter().map(|b| compare(a, b)));
        }
        all.sort_by_key(|c| c.weight);
        for pair in all.windows(2) {
            prop_assert!(pair[0].score() <= pair[1].score());
            // A double shows every step of the weight up to some forty bits.
            if pair[0].weight < pair[1].weight && pair[0].weight.abs() < 40_000 && pair[1].weight.abs() < 40_000 {
                prop_assert!(pair[0].score() < pair[1].score(), "{} {}", pair[0].weight, pair[1].weight);
            }
        }
    }

    #[test]
    fn a_full_name_is_itself(given in invented(), family in invented()) {
        let name = Name::new(&format!("{given} {family}"), EntityKind::Person);
        prop_assert!(compare(&name, &name).is_match(), "{}", compare(&name, &name));
    }

    #[test]
    fn a_difference_more_makes_nobody_one(
        parts in prop::collection::vec(invented(), 2..5), at in 0_usize..4, from in 0_usize..4,
    ) {
        let at = at % parts.len();
        let from = (at + 1 + from % (parts.len() - 1)) % parts.len();
        // One part is another word, then a second one too; neither looks like any of the others.
        let (mut one, mut two) = (parts.clone(), parts.clone());
        one[at] = "Wyhnqoxf".to_owned();
        two[at] = "Wyhnqoxf".to_owned();
        two[from] = "Jawpviqh".to_owned();
        let name = |parts: &[String]| Name::new(&parts.join(" "), EntityKind::Person);
        let weight = |changed: &[String]| compare(&name(&parts), &name(changed)).weight;
        let weights = [weight(&parts), weight(&one), weight(&two)];
        // Far below even, what counts of the agreement at most may weigh more for the second.
        let [same, once, twice] = weights;
        prop_assert!(same >= once && (once > 0 || twice <= 0), "{:?} {:?} {:?} {:?}", weights, parts, one, two);
    }

    #[test]
    fn spelling_is_symmetric_and_adds_up(a in word(), b in word()) {
        let spelling = Spelling::embedded();
        let (x, y) = (spelling.spell(Alphabet::of(&a), &a), spelling.spell(Alphabet::of(&b), &b));
        let weight = spelling.weigh(&x, &y);
        prop_assert_eq!(weight, spelling.weigh(&y, &x));
        // The slow path cuts the words in every way. What is rejected early is no spelling of one name by it either.
        let cut = spelling.align(&x, &y);
        let sum = cut.iter().map(|piece| piece.2).sum::<i32>();
        prop_assert_eq!(weight.unwrap_or(sum), sum, "{} {} {:?}", a, b, cut);
        prop_assert!(weight.is_some() || cut.is_empty() || sum < 0, "{} {} {:?}", a, b, cut);
    }

    #[test]
    fn folding_twice_folds_no_further(text in any_text(), name in any_name()) {
        for text in [text, name] {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone(), "of {:?}", text);
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "), "{:?}", once);
        }
    }
}

// What the properties above found once, kept as it was found.

#[test]
fn order_of_parts_counts_the_same_from_both_sides() {
    for (a, b) in [("Rebom Gokak Dubir", "Dubir Gokak"), ("Zabet Vozut", "o F z")] {
        let (a, b) = (Name::new(a, EntityKind::Person), Name::new(b, EntityKind::Person));
        assert_eq!(compare(&a, &b).weight, compare(&b, &a).weight, "{}\n{}", compare(&a, &b), compare(&b, &a));
    }
}

#[test]
fn signs_that_characters_decompose_into_are_folded_away() {
    for text in ["🄀", "⒈", "⑴ Corps", "℅ Omsen", "a\u{fe52}b", "１．２"] {
        let once = fold(text);
        assert_eq!(fold(&once), once, "of {text}");
    }
}

#[test]
fn given_mentions_that_overlap_break_nothing() {
    let text = "Omar Omsen and his brother Ali Omsen left.";
    let at =
        |start, end| allonym::Mention::new(&text[start..end], EntityKind::Person).at(allonym::Span::new(start, end));
    let orders =
        [vec![at(27, 36), at(0, 10)], vec![at(15, 36), at(27, 36)], vec![at(0, 40), at(27, 36)], vec![at(27, 36); 3]];
    for mentions in orders {
        let found = Extractor::embedded().read_claims("t", text, mentions);
        assert!(found.claims.iter().all(|c| c.left < found.mentions.len() && c.right < found.mentions.len()));
    }
}
