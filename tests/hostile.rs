//! Input that is made to break, to hang or to be cut: each ends within a bound that grows with its size, and loses
//! nothing.
//!
//! Debug builds take smaller sizes; `ALLONYM_LONG=1` takes all of them.

use std::time::{Duration, Instant};

use allonym::name::{Name, fold};
use allonym::token::Tokenized;
use allonym::{Corpus, EntityKind, Extraction, Extractor, Mention, Resolution, Resolver, compare};

fn is_long() -> bool {
    !cfg!(debug_assertions) || std::env::var_os("ALLONYM_LONG").is_some()
}

/// A size, or a part of it in debug builds.
fn size(full: usize) -> usize {
    if is_long() { full } else { full / 10 }
}

/// How long this thread has run, where the system tells: a machine that does other things, too, changes no verdict.
fn running() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split(' ').next()?.parse().ok()?))
}

/// What times a run: this thread alone, or for what runs on several the clock on the wall.
#[derive(PartialEq)]
enum Clock {
    Thread,
    Wall,
}

/// Runs something over so many bytes (or items) and holds it to a bound: two seconds, and so much a million.
fn within<T>(what: &str, items: usize, seconds_a_million: f64, clock: Clock, run: impl FnOnce() -> T) -> T {
    // What is read once in a process is not what is timed.
    let _ = (Extractor::embedded(), Resolver::embedded());
    let (begun, ran) = (Instant::now(), running());
    let result = run();
    let alone = ran.zip(running()).map(|(before, after)| after.saturating_sub(before));
    let slower = if cfg!(debug_assertions) { 12.0 } else { 1.0 };
    let bound = Duration::from_secs_f64(2.0 + slower * seconds_a_million * items as f64 / 1e6);
    let took = alone.filter(|_| clock == Clock::Thread).unwrap_or_else(|| begun.elapsed());
    println!("{what}: {items} in {took:.2?}, bound {bound:.2?}");
    assert!(took < bound, "{what}: {items} took {took:.2?}, more than {bound:.2?}");
    result
}

/// Extracts within the bound for text and checks what came out against the text.
fn extract(what: &str, text: &str) -> Extraction {
    let found = within(what, text.len(), 1.5, Clock::Thread, || Extractor::embedded().extract("hostile", text));
    let mut end = 0;
    for mention in &found.mentions {
        assert!(mention.span.start >= end && mention.span.end <= text.len(), "{what}: {mention:?}");
        assert_eq!(&text[mention.span], mention.surface);
        end = mention.span.end;
    }
    assert!(found.claims.iter().all(|c| c.left < found.mentions.len() && c.right < found.mentions.len()));
    found
}

fn resolve(what: &str, corpus: &Corpus, seconds_a_million: f64) -> Resolution {
    let mentions = corpus.documents().iter().map(|d| d.mentions.len()).sum();
    let resolution = within(what, mentions, seconds_a_million, Clock::Wall, || Resolver::embedded().resolve(corpus));
    assert_eq!(
        resolution.entities().iter().map(|e| e.mentions.len()).sum::<usize>(),
        mentions,
        "{what}: a mention is lost"
    );
    resolution
}

fn person(name: impl Into<String>) -> Mention {
    Mention::new(name, EntityKind::Person)
}

#[test]
fn nothing_gives_nothing() {
    for text in ["", " ", "\n\n\n", "\u{feff}", "\0", "\u{200b}\u{200d}", "\"", "“”“”", "...", "((()))"] {
        assert!(extract("nothing", text).mentions.is_empty(), "{text:?}");
    }
    let resolution = Resolver::embedded().resolve(&Corpus::new());
    assert!(resolution.entities().is_empty() && resolution.links().is_empty());
    let odd = ["", " ", "\u{301}", "(", "al-", "الـ", "Jr.", "of"];
    for kind in EntityKind::ALL {
        let corpus: Corpus =
            [Extraction::new("odd", odd.iter().map(|n| Mention::new(*n, kind)).collect())].into_iter().collect();
        resolve("odd names", &corpus, 10.0);
        for (a, b) in odd.iter().flat_map(|a| odd.iter().map(move |b| (a, b))) {
            let _ = compare(&Name::new(a, kind), &Name::new(b, kind));
        }
    }
}

#[test]
fn text_without_a_space() {
    let full = size(10_000_000);
    for piece in [
        "a", "A", "Aa", "ß", "İ", "一", "ا", "0", "a.", "A.", "a-", "A-A'", "O’", "'", "<a", "&a", "@", "#x",
        "http://", "a.b@",
    ] {
        // The longest is a plain one; the others are a fifth of it.
        let len = if piece == "a" { full } else { full / 5 };
        let text = piece.repeat(len / piece.len());
        let found = extract(&format!("no space, {piece:?}"), &text);
        assert!(found.mentions.iter().all(|m| m.surface.len() < 4_000_000), "{piece}");
    }
    // A name after it is still found: nothing was cut off.
    let text = format!(
        "{}. Fighters led by Omar Omsen left the town of Harem yesterday, residents said.",
        "a".repeat(full / 5)
    );
    let names: Vec<String> = extract("a name at the end", &text).mentions.into_iter().map(|m| m.surface).collect();
    assert_eq!(names, ["Omar Omsen", "Harem"]);
}

#[test]
fn parentheses_quotes_and_other_signs() {
    for piece in [
        "(", ")", "()", "[", "\"", "“", "”", "«»", "'", "‘", "<", ">", "</", "&", "-", "—", ".", "…", "!?", ",", "|",
        "\n", "\r", "\t",
    ] {
        let found = extract(&format!("signs {piece:?}"), &piece.repeat(size(1_000_000)));
        assert!(found.mentions.is_empty(), "{piece:?}: {:?}", found.mentions.first());
    }
    let nested = format!("{}Omar Omsen{}", "(".repeat(size(500_000)), ")".repeat(size(500_000)));
    extract("a name in parentheses", &nested);
    let acronyms = "Northern Front (NF) ".repeat(size(50_000));
    let found = extract("acronyms", &acronyms);
    assert!(found.claims.len() >= size(50_000) - 1, "{} claims", found.claims.len());
}

#[test]
fn combining_marks_and_other_scripts() {
    let marks = "\u{301}".repeat(size(200_000));
    assert!(extract("lone marks", &marks).mentions.is_empty());
    for base in ["Omsen", "ا", "İ", "👨"] {
        let text = format!("Fighters led by {base}{marks} left the town of Harem.");
        let found = extract("a letter with many marks", &text);
        assert!(found.mentions.iter().any(|m| m.surface == "Harem"), "{base}");
    }
    within("folding marks", marks.len(), 2.0, Clock::Thread, || assert_eq!(fold(&format!("a{marks}")), "a"));
    for piece in [
        "\u{202e}Omar Omsen\u{202c} ",
        "أحمد الشرع في دمشق ",
        "דוד בן גוריון ",
        "กรุงเทพมหานคร",
        "習近平在北京",
        "Ａｈｍｅｄ ",
        "ﬁﬂ ",
        "ŉ ",
    ] {
        extract(&format!("script {piece:?}"), &piece.repeat(size(1_000_000) / piece.len()));
    }
}

#[test]
fn text_cut_anywhere_in_an_emoji() {
    let whole =
        "⚡️🇸🇾 | 👨\u{200d}👩\u{200d}👧\u{200d}👦 Omar Omsen 🏴\u{e0067}\u{e0062}\u{e007f} Harem e\u{301} İ ß ﬁ «Idlib»";
    for (start, _) in whole.char_indices() {
        for (len, c) in whole[start..].char_indices() {
            let end = start + len + c.len_utf8();
            let text = &whole[start..end];
            let found = Extractor::embedded().extract("cut", text);
            assert!(found.mentions.iter().all(|m| text[m.span] == m.surface));
            assert!(Tokenized::new(text).tokens().iter().all(|t| !text[t.span].is_empty()));
        }
    }
}

#[test]
fn one_name_many_times() {
    let count = size(100_000);
    let found = extract("one name in a text", &"Omar Omsen said no. ".repeat(count));
    assert_eq!(found.mentions.len(), count);
    let corpus: Corpus = [found].into_iter().collect();
    let resolution = resolve("one name in one document", &corpus, 25.0);
    assert_eq!(resolution.entities().len(), 1);
    assert_eq!(resolution.entities()[0].aliases[0].count, count);
    let run = extract("one name without a stop", &"Omar Omsen ".repeat(count));
    assert!(run.mentions.iter().all(|m| m.surface.len() < 1_000));
    let documents = (0..2_000).map(|i| Extraction::new(format!("d{i}"), vec![person("Omar Omsen")]));
    let resolution = resolve("one name in 2,000 documents", &documents.collect(), 100.0);
    assert_eq!(resolution.entities().len(), 1);
    assert_eq!(resolution.entities()[0].documents(), 2_000);
}

/// A word of its own for each number below 6,561: four syllables whose consonants no spelling mixes up, and two that check
/// them, so that any two words differ in three consonants at least.
fn invented(i: usize) -> String {
    let digits = [i % 9, i / 9 % 9, i / 81 % 9, i / 729 % 9];
    let [a, b, c, d] = digits;
    let checks = [(a + b + c + d) % 9, (a + 2 * b + 4 * c + 5 * d) % 9];
    let mut word = String::new();
    for (digit, vowel) in digits.into_iter().chain(checks).zip(['a', 'i', 'u', 'a', 'o', 'e']) {
        word.push(char::from(b"bdklmnrsf"[digit]));
        word.push(vowel);
    }
    format!("{}{}t", word[..1].to_uppercase(), &word[1..])
}

#[test]
fn one_family_name_that_thousands_share() {
    let count = 5_000;
    let documents =
        (0..count).map(|i| Extraction::new(format!("d{i}"), vec![person(format!("{} Kaboro", invented(i)))]));
    let corpus: Corpus = documents.collect();
    let resolution = resolve("5,000 of one family, a document each", &corpus, 200.0);
    assert!(!resolution.capped().is_empty(), "the cap is reported");
    // Blocks by how the given names begin, together all of them.
    assert!(resolution.capped().iter().map(|block| block.names).sum::<usize>() > 4_000, "{:?}", resolution.capped());
    assert!(resolution.capped().iter().all(|block| block.names > 400), "{:?}", resolution.capped());
    // No two of them are spellings of one name.
    assert!(resolution.entities().len() > count / 2, "{} entities", resolution.entities().len());
    let mentions = (0..count).map(|i| person(format!("{} Kaboro", invented(i)))).collect();
    let one: Corpus = [Extraction::new("all", mentions)].into_iter().collect();
    let resolution = resolve("5,000 of one family in one document", &one, 200.0);
    assert!(resolution.entities().len() > count / 2, "{} entities", resolution.entities().len());
}

#[test]
fn thousands_of_names_in_one_document() {
    let count = size(20_000);
    let mut mentions: Vec<Mention> = Vec::new();
    for i in 0..count {
        mentions.push(person(format!("{} {}", invented(i * 7), invented(i * 13 + 5))));
        mentions.push(person(invented(i * 13 + 5)));
        mentions.push(Mention::new(format!("{} Brigade", invented(i * 31)), EntityKind::Organization));
        mentions.push(Mention::new(invented(i * 17), EntityKind::Place));
    }
    let corpus: Corpus = [Extraction::new("all", mentions)].into_iter().collect();
    resolve("many names in one document", &corpus, 300.0);
}

#[test]
fn cue_words_many_times() {
    for piece in [
        "aka ", "a.k.a. ", "better known as ", "his brother ", "son of the ", "President ", "Field Marshal ",
        "the town of ", "Ministry of ", "University of the ", "al-", "al ", "bin ", "abd al ", "of the ", "Jordan ",
        "Jordan, ", "The ", "Mr. ", "J. ", "U.S. ", "Ltd ", "Army ",
    ] {
        extract(&format!("cue {piece:?}"), &piece.repeat(size(100_000)));
    }
    let text = "Omar Diaby aka ".repeat(size(20_000));
    let found = extract("a chain of aka", &text);
    assert!(found.claims.len() + 1 >= size(20_000), "{} claims", found.claims.len());
    let resolution = resolve("a chain of aka", &[found].into_iter().collect(), 200.0);
    assert_eq!(resolution.entities().len(), 1);
}

#[test]
fn long_names() {
    let long = "Kaboro ".repeat(size(5_000));
    let corpus: Corpus = [Extraction::new("d", EntityKind::ALL.map(|kind| Mention::new(long.as_str(), kind)).to_vec())]
        .into_iter()
        .collect();
    within("a name of thousands of words", 1, 0.0, Clock::Wall, || Resolver::embedded().resolve(&corpus));
    let parts: Vec<String> = (0..60).map(|i| invented(i * 97)).collect();
    let (name, mut turned) = (parts.join(" "), parts);
    turned.reverse();
    for kind in EntityKind::ALL {
        let (a, b) = (Name::new(&name, kind), Name::new(&turned.join(" "), kind));
        assert_eq!(
            within("names of sixty words", 1, 0.0, Clock::Thread, || compare(&a, &b)).weight,
            compare(&b, &a).weight,
            "{kind}"
        );
    }
    let (a, b) = ("k".repeat(size(50_000)), "t".repeat(size(50_000)));
    let (a, b) = (Name::new(&a, EntityKind::Person), Name::new(&b, EntityKind::Person));
    within("a part of thousands of letters", 1, 0.0, Clock::Thread, || compare(&a, &b));
}

#[test]
fn time_grows_with_the_text_alone() {
    let article =
        "Syrian forces led by Omar Omsen left the town of Harem, the Syrian Observatory for Human Rights (SOHR) said. ";
    let time = |bytes: usize| {
        let text = article.repeat(bytes / article.len());
        // The fastest of three: what else runs on the machine only adds.
        let run = || {
            let begun = Instant::now();
            let _ = Extractor::embedded().extract("t", &text);
            begun.elapsed().as_secs_f64()
        };
        run().min(run()).min(run())
    };
    let _ = time(10_000);
    let (one, eight) = (time(size(1_000_000) / 4), time(size(8_000_000) / 4));
    assert!(eight < 8.0 * one * 2.5 + 0.2, "eight times the text took {:.1} times as long", eight / one);
}
