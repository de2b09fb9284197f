//! Documents of a few names and the entities that they come to: `golden/short_forms.txt`, which anyone can extend.

use std::collections::BTreeMap;

use allonym::resolve::{Ambiguous, Decision, Index, MentionRef, Named};
use allonym::{
    Claim, Corpus, EntityKind, Extraction, Extractor, Mention, Relation, Resolution, Resolver, Span, Tables,
};

const GOLDEN: &str = include_str!("golden/short_forms.txt");

struct Row {
    line: usize,
    rule: &'static str,
    /// Not reached yet: the row fails when it begins to hold.
    wanted: bool,
    /// It holds without tables only.
    without_tables: bool,
    /// Some of its names are to be one.
    joins: bool,
    document: Extraction,
    expected: Vec<Vec<String>>,
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (i, text) in GOLDEN.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
        let line = i + 1;
        let fields: Vec<&str> = text.split('|').map(str::trim).collect();
        let [rule, kind, names, groups] = fields[..] else {
            panic!("golden/short_forms.txt:{line}: not four fields: {text}")
        };
        let (wanted, rule) = rule.strip_prefix("wanted ").map_or((false, rule), |rule| (true, rule));
        let (kind, without_tables) = kind.strip_suffix(" none").map_or((kind, false), |kind| (kind, true));
        let kind: EntityKind = kind.parse().unwrap_or_else(|e| panic!("golden/short_forms.txt:{line}: {e}"));
        let mut expected: Vec<Vec<String>> = groups.split(" / ").map(group).collect();
        expected.sort();
        let document = document(names, kind);
        assert_eq!(
            document.mentions.len(),
            expected.iter().map(Vec::len).sum::<usize>(),
            "golden/short_forms.txt:{line}"
        );
        let joins = expected.iter().any(|group| group.len() > 1);
        rows.push(Row { line, rule, wanted, without_tables, joins, document, expected });
    }
    rows
}

fn group(text: &str) -> Vec<String> {
    let mut names: Vec<String> = text.split(" = ").map(|name| name.trim().to_owned()).collect();
    names.sort();
    names
}

/// What stands between two names of one sentence in the rows: as much as ` and ` takes.
const AND: usize = 5;
/// What stands between the names of two sentences.
const SENTENCE: usize = 120;

/// A document of names: `;` parts those of two sentences, `+` those that only an `and` parts.
fn document(names: &str, kind: EntityKind) -> Extraction {
    let mut mentions = Vec::new();
    let mut at = 0;
    for sentence in names.split(" ; ") {
        at += SENTENCE;
        for name in sentence.split(" + ").map(str::trim) {
            mentions.push(Mention::new(name, kind).at(Span::new(at, at + name.len())));
            at += name.len() + AND;
        }
    }
    Extraction::new("row", mentions)
}

/// The entities of a document by their names: one that stays ambiguous is marked `?`, one of several that was taken for
/// the last one spoken of `~`.
fn groups(document: &Extraction, resolution: &Resolution) -> Vec<Vec<String>> {
    let marks: BTreeMap<usize, char> = resolution
        .ambiguous()
        .iter()
        .map(|a| (a.mention.mention, if a.chosen.is_some() { '~' } else { '?' }))
        .collect();
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (m, mention) in document.mentions.iter().enumerate() {
        let entity = resolution.entity_of(MentionRef { document: 0, mention: m }).map_or("", |e| e.id.as_str());
        let mark = marks.get(&m).map_or(String::new(), char::to_string);
        groups.entry(entity).or_default().push(format!("{}{mark}", mention.surface));
    }
    let mut groups: Vec<Vec<String>> = groups.into_values().collect();
    for group in &mut groups {
        group.sort();
    }
    groups.sort();
    groups
}

fn found(row: &Row, tables: &Resolver) -> Vec<Vec<String>> {
    let corpus: Corpus = [row.document.clone()].into_iter().collect();
    groups(&row.document, &tables.resolve(&corpus))
}

fn picture(groups: &[Vec<String>]) -> String {
    groups.iter().map(|group| group.join(" = ")).collect::<Vec<_>>().join(" / ")
}

/// What is wrong with a row, if anything is.
fn wrong(row: &Row) -> Option<String> {
    let none = Resolver::new(Tables::none());
    let mut with: Vec<(&str, Resolver)> = vec![("none", none)];
    if !row.without_tables {
        with.push(("embedded", Resolver::embedded()));
    }
    with.iter().find_map(|(tables, resolver)| {
        let found = found(row, resolver);
        let (is, be) = (picture(&found), picture(&row.expected));
        (found != row.expected)
            .then(|| format!("golden/short_forms.txt:{} {}, tables {tables}:\n  {be}\n  {is}", row.line, row.rule))
    })
}

#[test]
fn golden_rows_are_gathered_right() {
    let wrong: Vec<String> = rows().iter().filter(|row| !row.wanted).filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{} rows, each as it should be and as it is\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn wanted_rows_are_not_reached_yet() {
    let reached: Vec<String> = rows()
        .iter()
        .filter(|row| row.wanted && wrong(row).is_none())
        .map(|row| format!("golden/short_forms.txt:{}: {}", row.line, picture(&row.expected)))
        .collect();
    assert!(reached.is_empty(), "these hold now and can lose their mark\n{}", reached.join("\n"));
}

/// Every rule has rows in which it joins and rows in which it does not.
#[test]
fn every_rule_has_rows_of_both_sorts() {
    let rows = rows();
    let judged = rows.iter().filter(|row| !row.wanted);
    let mut sorts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for row in judged {
        sorts.entry(row.rule).or_default()[usize::from(row.joins)] += 1;
    }
    for rule in RULES {
        let sorts = sorts.remove(rule).unwrap_or_default();
        assert!(sorts.iter().all(|&rows| rows > 0), "{rule}: {} rows that join, {} that do not", sorts[1], sorts[0]);
    }
    assert!(sorts.is_empty(), "rules that are not listed: {sorts:?}");
    assert!(rows.iter().filter(|row| !row.wanted).count() >= 120, "too few rows are judged");
}

const RULES: [&str; 13] = [
    "family-name", "nearest", "title", "given-name", "by-name", "initials", "some-parts", "acronym", "words-in-a-row",
    "telling-word", "turned-round", "legal-form", "place-head",
];

fn links(names: &[&str], kind: EntityKind) -> Vec<String> {
    let mentions = names.iter().map(|&name| Mention::new(name, kind)).collect();
    let corpus: Corpus = [Extraction::new("a", mentions)].into_iter().collect();
    let resolution = Resolver::new(Tables::none()).resolve(&corpus);
    resolution.links().iter().map(|link| link.rule.clone()).collect()
}

/// What each rule calls itself where it joins.
#[test]
fn links_name_the_rule() {
    use EntityKind::{Organization, Person, Place};
    for (rule, kind, names) in [
        ("short-form:family-name", Person, ["Jean Kaboro", "Kaboro"]),
        ("short-form:given-name", Person, ["Svetlana Arlenko", "Svetlana"]),
        ("short-form:some-parts", Person, ["Juan Carlos Villalba", "Juan Carlos"]),
        ("short-form:telling-word", Organization, ["Zorvex Group", "Zorvex"]),
        ("short-form:by-name", Person, ["Abu Walid al-Tunisi", "Abu Walid"]),
        ("short-form:initials", Person, ["John Smith", "J. Smith"]),
        ("short-form:initials", Person, ["Mohammed bin Salman", "MBS"]),
        ("acronym", Organization, ["Front for Northern Renewal", "FNR"]),
        ("short-form:words-in-a-row", Organization, ["United States Air Force", "Air Force"]),
        ("short-form:turned-round", Organization, ["Ministry of Health of Lebanon", "Health Ministry"]),
        ("short-form:place-head", Place, ["River Brennock", "Brennock"]),
    ] {
        let found = links(&names, kind);
        assert!(found.iter().any(|link| link == rule), "{rule}: {found:?}");
    }
}

fn people(id: &str, names: &[&str]) -> Extraction {
    Extraction::new(id, names.iter().map(|&name| Mention::new(name, EntityKind::Person)).collect())
}

/// What is ambiguous, by the documents' ids.
fn ambiguous(index: &Index) -> Vec<(String, usize, Vec<String>, Option<String>)> {
    let documents: Vec<&str> = index.documents().map(|d| d.id.as_str()).collect();
    let resolution = index.resolution();
    let of = |a: &Ambiguous| {
        (documents[a.mention.document].to_owned(), a.mention.mention, a.candidates.clone(), a.chosen.clone())
    };
    resolution.ambiguous().iter().map(of).collect()
}

#[test]
fn what_is_ambiguous_comes_and_goes_with_its_document() {
    let mut index = Index::new(&Resolver::new(Tables::none()));
    let both = || vec!["Elena Marchetti".to_owned(), "Paolo Marchetti".to_owned()];
    index.replace(people("b", &["Marchetti", "Elena Marchetti", "Paolo Marchetti", "Marchetti"]));
    index.replace(people("a", &["Elena Marchetti", "Paolo Marchetti", "Elena Marchetti", "Marchetti"]));
    let of_b = [("b".to_owned(), 0, both(), None), ("b".to_owned(), 3, both(), Some("Paolo Marchetti".to_owned()))];
    assert_eq!(ambiguous(&index)[1..], of_b);
    assert_eq!(ambiguous(&index)[0], ("a".to_owned(), 3, both(), Some("Elena Marchetti".to_owned())));
    index.remove("a").expect("it is there");
    assert_eq!(ambiguous(&index), of_b);
    index.replace(people("b", &["Elena Marchetti", "Marchetti"]));
    assert!(ambiguous(&index).is_empty());
    // A user's word settles it.
    index.replace(people("b", &["Marchetti", "Elena Marchetti", "Paolo Marchetti"]));
    assert_eq!(ambiguous(&index), [("b".to_owned(), 0, both(), None)]);
    let named = |name: &str| Named::new(EntityKind::Person, name);
    index.decide(Decision::same(named("Marchetti"), named("Paolo Marchetti"))).expect("the first decision");
    assert!(ambiguous(&index).is_empty());
}

#[test]
fn what_a_text_tells_apart_is_no_candidate() {
    let mut document = people("a", &["Elena Marchetti", "Paolo Marchetti", "Marchetti"]);
    document.claims.push(Claim::new(1, 2, Relation::Different, "given", "Marchetti is not Paolo Marchetti."));
    let corpus: Corpus = [document.clone()].into_iter().collect();
    let resolution = Resolver::new(Tables::none()).resolve(&corpus);
    assert!(resolution.ambiguous().is_empty());
    assert_eq!(picture(&groups(&document, &resolution)), "Elena Marchetti = Marchetti / Paolo Marchetti");
}

#[test]
fn two_of_one_sentence_are_as_near() {
    for (text, chosen) in [
        ("Jean Kaboro and Marie Kaboro came. Kaboro spoke.", None),
        ("Jean Kaboro came. Then, in the evening, Marie Kaboro came. Kaboro spoke.", Some("Marie Kaboro")),
    ] {
        let corpus: Corpus = [Extractor::embedded().extract("a", text)].into_iter().collect();
        let resolution = Resolver::embedded().resolve(&corpus);
        let [only] = resolution.ambiguous() else { panic!("{text}: {:?}", resolution.ambiguous()) };
        assert_eq!((only.chosen.as_deref(), only.candidates.len()), (chosen, 2), "{text}");
    }
}

/// Many names that all share something, in one document: time is linear in them.
#[test]
fn a_long_list_of_like_names_is_soon_done() {
    let mut mentions = Vec::new();
    let count = if cfg!(debug_assertions) { 600 } else { 1_500 };
    for n in 0..count {
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap_or(0));
        let word = format!("Zor{}{}{}vex", letter(n), letter(n / 26), letter(n / 676));
        mentions.push(Mention::new(format!("{word} Kaboro"), EntityKind::Person));
        mentions.push(Mention::new(format!("{word} Group of Brunvik"), EntityKind::Organization));
        mentions.push(Mention::new(format!("{word} province"), EntityKind::Place));
        mentions.push(Mention::new("Kaboro", EntityKind::Person));
        mentions.push(Mention::new("Brunvik Group", EntityKind::Organization));
    }
    let start = std::time::Instant::now();
    let corpus: Corpus = [Extraction::new("a", mentions)].into_iter().collect();
    let resolution = Resolver::new(Tables::none()).resolve(&corpus);
    assert!(resolution.ambiguous().len() >= count && resolution.ambiguous().iter().all(|a| a.candidates.len() <= 16));
    println!("{:?}", start.elapsed());
    assert!(cfg!(debug_assertions) || start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
